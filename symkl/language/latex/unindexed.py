"""Sums that are written without their index: \\sum p_i \\log p_i is over i, the one index that stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symkl.language.latex.naming import bound_by, index_names, walk
from symkl.language.latex.syntax import Chain, Expression, Group, Name, Node, Operator, Run

_INDICES = frozenset("cijklmnrst")


def indexed(factors: Sequence[Node]) -> None:
    """Give every sum and product among these factors that has no index the one index that stands in what follows it.

    The subscript is empty in the text: it starts where it ends. One that holds several indices, or other values in brackets,
    stays as it is written.
    """
    for position, factor in enumerate(factors):
        if isinstance(factor, Operator) and factor.word in ("sum", "prod") and factor.sub is None and factor.sup is None:
            index = _only_index(factors[position + 1 :])
            if index is not None:
                at = factor.end
                run = Run(at, at, [Name(at, at, index)], [""])
                factor.sub = Group(at, at, "{", [Chain(at, at, [Expression(at, at, [run])], [])], [])


def is_unwritten(sub: Group) -> bool:
    """Whether a subscript is one that `indexed` gave."""
    return sub.start == sub.end


def _only_index(body: Sequence[Node]) -> str | None:
    found: set[str] = set()
    for node in _inside(body):
        if isinstance(node, Name) and node.sub is not None:
            found.update(name for name in index_names(node.sub) if name in _INDICES)
        if isinstance(node, Operator) and ((node.word in ("sum", "prod") and node.sub is None) or set(bound_by(node)) & _INDICES):
            return None
        if isinstance(node, Run) and _holds_a_value(node):
            return None
    return found.pop() if len(found) == 1 else None


def _inside(body: Sequence[Node]) -> Iterable[Node]:
    if body:
        yield from walk(Run(body[0].start, body[-1].end, list(body), [""] * len(body)))


def _holds_a_value(run: Run) -> bool:
    """Whether a name stands before brackets that hold a name without an index, as p does in p(x)."""
    for head, group in zip(run.factors, run.factors[1:], strict=False):
        if isinstance(head, Name) and isinstance(group, Group) and group.bracket != "{":
            names = [part.lone_name() for part in group.parts]
            if any(name is not None and name.sub is None for name in names):
                return True
    return False
