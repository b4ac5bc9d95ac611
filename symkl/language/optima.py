"""Heads for extrema that are no minimisation over one number: over laws, with conditions, and among several numbers."""

from __future__ import annotations

from collections.abc import Iterable

from symkl.language.node import Term


class Optimum(Term):
    """max[p(x)](f), min[q(z|x)](f): the least or greatest f, or where it is, over all laws with these values.

    The laws vary as wholes: the others that the givens declare stay what they are. `within` names the set that the laws are
    of, or is the empty text; `conditions` are relations that hold of them, as in min[p(y|x) : E[...](d(x, y)) <= D](I(X; Y)).
    """

    __slots__ = ()
    __match_args__ = ("kind", "laws", "body")

    def __init__(self, kind: str, laws: Iterable[Term], body: Term, conditions: Iterable[Term] = (), within: str = "") -> None:
        laws = tuple(laws)
        super().__init__((body, *laws, *conditions), (kind, len(laws), within))

    @property
    def kind(self) -> str:
        """max, min, argmax or argmin."""
        return self.identity[0]  # type: ignore[index,no-any-return]

    @property
    def within(self) -> str:
        """The name of the set that the laws are of, or the empty text."""
        return self.identity[2]  # type: ignore[index,no-any-return]

    @property
    def body(self) -> Term:
        """What is extremal."""
        return self.args[0]

    @property
    def laws(self) -> tuple[Term, ...]:
        """The laws that vary."""
        return self.args[1 : 1 + self.identity[1]]  # type: ignore[index]

    @property
    def conditions(self) -> tuple[Term, ...]:
        """What holds of them."""
        return self.args[1 + self.identity[1] :]  # type: ignore[index]


class Pick(Term):
    """min(a, b, ...) or max(a, b, ...): the least or the greatest of several numbers."""

    __slots__ = ()
    __match_args__ = ("kind", "args")

    def __init__(self, kind: str, args: Iterable[Term]) -> None:
        super().__init__(args, kind)

    @property
    def kind(self) -> str:
        """min or max."""
        return str(self.identity)
