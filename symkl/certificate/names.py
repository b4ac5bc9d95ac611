"""Identifiers for the names of a derivation, each its own.

The words of the assistant, and every name that a certificate itself writes, are taken from the start, so that a law called
`ln` or a number called `R` shadows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEMMA = re.compile(r"(step|part|fact|R)_.*|[DEHIL]\d*")


class Names:
    """Gives each name of each kind its identifier, the same every time."""

    def __init__(self, words: str) -> None:
        self._taken: set[str] = set(words.split())
        self._given: dict[tuple[str, str], str] = {}

    def of(self, kind: str, name: str) -> str:
        """The identifier of a name of a kind."""
        known = self._given.get((kind, name))
        if known is None:
            known = self._given[kind, name] = self.fresh(name)
        return known

    def alias(self, kind: str, name: str, like: str) -> None:
        """Have a name spelled like another text."""
        if (kind, name) not in self._given:
            self._given[kind, name] = self.fresh(like)

    def fresh(self, name: str) -> str:
        """An identifier like the name that nothing else has."""
        stem = spelled(name)
        found, number = stem, 0
        while found in self._taken or _LEMMA.fullmatch(found):
            number += 1
            found = f"{stem}_{number}" if stem[-1:].isdigit() or "'" in stem else f"{stem}{number}"
            if _LEMMA.fullmatch(stem):
                found = f"v_{found}"
        self._taken.add(found)
        return found


def spelled(name: str) -> str:
    """The name in letters, digits, underscores and primes; other characters by their number."""
    text = "".join(c if c.isascii() and (c.isalnum() or c in "_'") else f"u{ord(c):x}" for c in name)
    return text if text and (text[0].isalpha() or text[0] == "_") and text != "_" else f"v{text}"


def slug(words: Iterable[str]) -> str:
    """Words joined into the tail of an identifier."""
    return re.sub(r"[^A-Za-z0-9]+", "_", "_".join(words)).strip("_")
