"""Coq identifiers for the names of a derivation, each its own.

Coq's words, and every name that a certificate itself writes, are taken from the start, so that a law called `ln` or a number
called `R` shadows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_KEYWORDS = """
    as at cofix else end exists exists2 fix for forall fun if IF in let match mod Prop return Set SProp then Type using where with
"""
_WRITTEN = """
    R nat list nil cons INR IZR Z bool True False and or not iff eq ex Some None option pair fst snd O S length In
    ln exp logb Rpower Rabs pow PI Rplus Rminus Rmult Rdiv Ropp Rinv Nat list_prod e
    Sum Prod range size delta Alphabet Positive Law Mean Entropy CrossEntropy KL BinaryEntropy ConditionalKL JensenShannon
    WeightedJensenShannon ConditionalEntropy MutualInformation ConditionalMutualInformation the Differentiable Derivative update
    Inside ArgMin ArgMax domain claim statement defined certified inhabited whole known
    LawWithZeros AbsolutelyContinuous Definitions Sums Calculus Support Rules Conditions Tactics Points
"""
_LEMMA = re.compile(r"(step|part|fact|R)_.*|[DEHIL]\d*")


class Names:
    """Gives each name of each kind its identifier, the same every time."""

    def __init__(self) -> None:
        self._taken: set[str] = set(re.findall(r"\w+", _KEYWORDS + _WRITTEN))
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
