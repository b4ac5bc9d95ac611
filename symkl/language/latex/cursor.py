"""A position in the tokens of one formula: looking ahead, taking, expecting, and errors that name the place."""

from __future__ import annotations

from symkl.errors import ReadError
from symkl.language.latex.tokens import Token

BRACKET_LIMIT = 40
"""Brackets, fractions and scripts nested deeper are refused, so that no walk over what was read can exhaust the stack."""


class Cursor:
    """What the reader of LaTeX stands on."""

    def __init__(self, text: str, found: list[Token]) -> None:
        self.text = text
        self._tokens = found
        self._position = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        """The token at the position."""
        return self._tokens[self._position]

    def ahead(self, distance: int = 1) -> Token:
        """A later token; the end token past the end."""
        at = self._position + distance
        return self._tokens[at] if at < len(self._tokens) else self._tokens[-1]

    @property
    def before(self) -> Token:
        """The token that was taken last."""
        return self._tokens[self._position - 1]

    def take(self) -> Token:
        """The token at the position, which moves on."""
        token = self._tokens[self._position]
        if token.kind != "end":
            self._position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether one of these symbols stands here."""
        token = self._tokens[self._position]
        return token.kind == "symbol" and token.text in texts

    def at_command(self, *names: str) -> bool:
        """Whether one of these commands stands here."""
        token = self._tokens[self._position]
        return token.kind == "command" and token.text in names

    def expect(self, symbol: str, why: str) -> Token:
        """Take the symbol, or raise the error that says what stands there instead."""
        if not self.at(symbol):
            raise self.error(f"Expected '{symbol}' {why}, found {self.found()}")
        return self.take()

    def found(self) -> str:
        """What stands here, for an error message."""
        token = self.here
        if token.kind == "end":
            return "the end"
        written = self.text[token.start : token.end]
        return f"'{written}'" if len(written) < 30 else f"'{written[:27]}...'"

    def error(self, reason: str, token: Token | None = None) -> ReadError:
        """A read error at a token, by default the one here."""
        token = self.here if token is None else token
        return ReadError(reason, self.text, token.start, token.end)
