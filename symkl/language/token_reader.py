"""A position in the tokens of one text: looking ahead, taking, expecting, and errors that name the place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from symkl.errors import ReadError
from symkl.language.term import DEPTH_LIMIT
from symkl.language.tokens import Token, tokens


class TokenReader:
    """What every hand-written reader stands on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tokens(text)
        self._position = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        """The token at the reader's position."""
        return self._tokens[self._position]

    def ahead(self, distance: int = 1) -> Token:
        """A later token; the end token past the end."""
        return self._tokens[min(self._position + distance, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The token at the position, which moves on."""
        token = self.here
        self._position += token.kind != "end"
        return token

    def at(self, *texts: str) -> bool:
        """Whether one of these symbols (or names) stands here."""
        return self.here.kind in ("symbol", "name") and self.here.text in texts

    def expect(self, text: str, why: str = "") -> Token:
        """Take the symbol, or raise the error that says what stands there instead."""
        if not self.at(text):
            raise self.error(f"Expected '{text}'{why}, found {self._found()}")
        return self.take()

    def error(self, reason: str, token: Token | None = None) -> ReadError:
        """A read error at a token, by default the one here."""
        token = self.here if token is None else token
        return ReadError(reason, self.text, token.start, token.end)

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
