"""What elaboration carries along: the scope, the bound names, the spans, and the choices it reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

from symkl.errors import ReadError
from symkl.language.latex.naming import FreeNames
from symkl.language.latex.reading import Ambiguity
from symkl.language.latex.syntax import (
    Node,
)
from symkl.language.scope import Scope
from symkl.language.term import (
    DEPTH_LIMIT,
    Term,
)

Choices = Mapping[tuple[str, int], bool]


class Context:
    """Elaborates one formula under one scope. `choices` holds the ambiguities to be read the other way."""

    def __init__(self, text: str, scope: Scope, choices: Choices | None = None) -> None:
        self.text = text
        self.scope = scope
        self.choices = choices or {}
        self.ambiguities: list[Ambiguity] = []
        self.assumed: dict[str, None] = {}
        self.spans: dict[int, tuple[Term, int, int]] = {}
        self.bound: dict[str, Term | None] = {}
        self.free = FreeNames()
        self.laws_allowed = False
        self.probabilities: dict[str, Term] = {}
        """Of each surprisal as it is written: the probability beside it."""
        self._depth = 0

    # Bookkeeping

    def fault(self, reason: str, node: Node) -> ReadError:
        """The read error at a node."""
        return ReadError(reason, self.text, node.start, node.end)

    def refuse(self, reason: str, node: Node) -> NoReturn:
        """Raise the read error at a node."""
        raise self.fault(reason, node)

    def placed(self, term: Term, start: int, end: int) -> Term:
        """The term, with its span remembered."""
        self.spans.setdefault(id(term), (term, start, end))
        return term

    def assume(self, sentence: str) -> None:
        """Say aloud what the text does not say."""
        self.assumed[sentence] = None

    def flipped(self, kind: str, node: Node, chosen: str, other: str) -> bool:
        """Report an ambiguity; whether its other reading is asked for."""
        self.ambiguities.append(Ambiguity(kind, (node.start, node.end), chosen, other))
        return self.choices.get((kind, node.start), False)

    def source(self, start: int, end: int, width: int = 40) -> str:
        """The source of a span, for a message."""
        shown = " ".join(self.text[start:end].split())
        return shown if len(shown) <= width else shown[: width - 3] + "..."

    @contextmanager
    def deeper(self, node: Node) -> Iterator[None]:
        """One level further down."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            self.refuse(f"Nested deeper than {DEPTH_LIMIT} levels", node)
        try:
            yield
        finally:
            self._depth -= 1

    @contextmanager
    def binding(self, names: Mapping[str, Term | None]) -> Iterator[None]:
        """The names bound, each with its domain."""
        before, self.bound = self.bound, {**self.bound, **names}
        try:
            yield
        finally:
            self.bound = before

    @contextmanager
    def laws(self, allowed: bool) -> Iterator[None]:
        """Whether a name stands for its law here, or for a number."""
        before, self.laws_allowed = self.laws_allowed, allowed
        try:
            yield
        finally:
            self.laws_allowed = before
