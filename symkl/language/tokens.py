"""Tokens of the plain spelling: text in, (kind, text, start, end) out; one pass, no backtracking."""

from __future__ import annotations

import re
from typing import NamedTuple

from symkl.errors import ReadError


class Token(NamedTuple):
    """A piece of the input: its kind (number, name, string, symbol or end), its text and its span."""

    kind: str
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<name>[^\W\d_](?:\w)*'*)
    | (?P<string>"[^"\n]*")
    | (?P<symbol>\.\.\.|\.\.|\|\||->|<=|>=|!=|:=|~=|[-+*/^()\[\]{},;:|=<>~])
    """,
    re.VERBOSE,
)


def tokens(text: str) -> list[Token]:
    """The tokens of a plain text, an end token last.

    Raises: ReadError at the first character that no token starts with.
    """
    found = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ReadError(f"The character {text[position]!r} has no meaning here", text, position)
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(Token(kind, match.group(), match.start(), match.end()))
        position = match.end()
    found.append(Token("end", "", len(text), len(text)))
    return found
