"""A position in the tokens of one plain text: expecting, whole numbers, the end, and how deep it nests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from symkl.language.cursor import TokenCursor
from symkl.language.term import DEPTH_LIMIT
from symkl.language.tokens import Token, tokens


class TokenReader(TokenCursor[Token]):
    """What every reader of the plain spelling stands on."""

    def __init__(self, text: str) -> None:
        super().__init__(text, tokens(text))

    def at(self, *texts: str) -> bool:
        """Whether one of these symbols (or names) stands here."""
        return self.here.kind in ("symbol", "name") and self.here.text in texts

    def expect(self, text: str, why: str = "") -> Token:
        """Take the symbol, or raise the error that says what stands there instead."""
        if not self.at(text):
            raise self.error(f"Expected '{text}'{why}, found {self._found()}")
        return self.take()

    def _found(self) -> str:
        return "the end" if self.here.kind == "end" else f"'{self.here.text}'"

    def whole(self, token: Token) -> int:
        """The digits of a number, without its point."""
        if len(token.text) > 1000:
            raise self.error("A number of more than 1000 digits", token)
        return int(token.text.replace(".", ""))

    def end(self) -> None:
        """Raise unless everything has been read."""
        if self.here.kind == "end":
            return
        hint = ""
        if self.here.text in ("(", "[") or self.here.kind in ("name", "number"):
            hint = "; a product needs its '*'"
        raise self.error(f"Expected an operator or the end, found {self._found()}{hint}")

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self.error(f"Nested deeper than {DEPTH_LIMIT} levels")
        try:
            yield
        finally:
            self._depth -= 1
