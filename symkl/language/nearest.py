"""The nearest text in the plain spelling that reads, for one that does not: what was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symkl.errors import SymklError
from symkl.language.plain_reader import read_plain
from symkl.language.scope import Scope

LONGEST = 400
"""For longer texts nothing is tried."""

_SPELLINGS = (
    ("**", "^"), ("−", "-"), ("–", "-"), ("⋅", "*"), ("→", "->"), ("==", "="), ("=<", "<="), ("=>", ">="), ("×", "*"), ("·", "*"),
    ("[", "("), ("]", ")"), ("{", "("), ("}", ")"), (" | ", " || "), ("|", "||"), (";", ","), (",", ";"), (",", " ||"),
    (";", " ||"),
)  # fmt: skip
"""What people write for what the plain spelling has."""

_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def nearest_reading(text: str, scope: Scope) -> str | None:
    """A text that reads, made of another one by one small change: a bracket closed or taken away, an operator respelled."""
    if len(text) > LONGEST:
        return None
    for candidate in dict.fromkeys(_changed(text)):
        try:
            read_plain(candidate, scope)
        except SymklError:
            continue
        return candidate
    return None


def _changed(text: str) -> Iterator[str]:
    missing = _unclosed(text)
    if missing:
        relation = next((place for mark in ("<=", ">=", "=", "<", ">") if (place := text.find(mark)) >= 0), len(text))
        yield text[:relation].rstrip() + missing + (" " + text[relation:] if relation < len(text) else "")
        yield text + missing
    for place, character in enumerate(text):
        if character in ")]}":
            yield text[:place] + text[place + 1 :]
    for written, meant in _SPELLINGS:
        if written in text:
            yield text.replace(written, meant)
    yield from _applied(text)


def _applied(text: str) -> Iterator[str]:
    """Every log and exp with brackets around the name after it; every number in front of a name with its sign of a product."""
    yield re.sub(r"\b(log2|log10|log|ln|exp|sqrt)\s+([^\W\d_]\w*(?:\[\w+\]|\(\w+\))?)", r"\1(\2)", text)
    yield re.sub(r"(?<![\w.\[])(\d+)\s*(?=[^\W\d_])", r"\1*", text)
    yield re.sub(r"(?<=[\w)\]])\s+(?=[^\W\d_]\w*\s*[(\[^])", "*", text)


def _unclosed(text: str) -> str:
    """The brackets that close what is left open, innermost first."""
    open_: list[str] = []
    for character in text:
        if character in _CLOSERS:
            open_.append(_CLOSERS[character])
        elif open_ and character == open_[-1]:
            open_.pop()
    return "".join(reversed(open_))
