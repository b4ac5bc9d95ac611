"""A position in the tokens of one formula in LaTeX: commands, and what an error says of them."""

from __future__ import annotations

from symkl.language.cursor import TokenCursor
from symkl.language.latex.tokens import Token

BRACKET_LIMIT = 40
"""Brackets, fractions and scripts nested deeper are refused, so that no walk over what was read can exhaust the stack."""


class Cursor(TokenCursor[Token]):
    """What the reader of LaTeX stands on."""

    @property
    def before(self) -> Token:
        """The token that was taken last."""
        return self._tokens[self._position - 1]

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
