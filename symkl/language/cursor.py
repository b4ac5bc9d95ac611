"""A position in the tokens of one text: looking ahead, taking, and errors that name the place."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from symkl.errors import ReadError


class Placed(Protocol):
    """A token of any spelling; the last one of a text is of the kind 'end'."""

    @property
    def kind(self) -> str:
        """What sort of piece it is."""

    @property
    def start(self) -> int:
        """Where it starts in the text."""

    @property
    def end(self) -> int:
        """Where it ends."""


TokenType = TypeVar("TokenType", bound=Placed)


class TokenCursor(Generic[TokenType]):
    """What every hand-written reader stands on."""

    def __init__(self, text: str, found: list[TokenType]) -> None:
        self.text = text
        self._tokens = found
        self._position = 0
        self._depth = 0

    @property
    def here(self) -> TokenType:
        """The token at the position."""
        return self._tokens[self._position]

    def ahead(self, distance: int = 1) -> TokenType:
        """A later token; the end token past the end."""
        at = self._position + distance
        return self._tokens[at] if at < len(self._tokens) else self._tokens[-1]

    def take(self) -> TokenType:
        """The token at the position, which moves on."""
        token = self._tokens[self._position]
        if token.kind != "end":
            self._position += 1
        return token

    def error(self, reason: str, token: TokenType | None = None) -> ReadError:
        """A read error at a token, by default the one here."""
        token = self.here if token is None else token
        return ReadError(reason, self.text, token.start, token.end)
