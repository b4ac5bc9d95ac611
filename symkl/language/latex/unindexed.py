"""Sums that are written without their index.

\\sum p_i \\log p_i is over i, the one index that stands in it; \\sum -y \\log \\hat{y} is over observations, of which y is the
label and \\hat{y} the estimate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symkl.language.latex.naming import bound_by, index_names, walk
from symkl.language.latex.syntax import Expression, Group, Name, Node, Operator, Run, chain_of

_INDICES = frozenset("cijklmnrst")
_OBSERVATION = "i"
_LABELS = frozenset("ytx")


def indexed(factors: Sequence[Node]) -> None:
    """Give every sum and product among these factors that has no index the one index that stands in what follows it.

    The subscript is empty in the text: it starts where it ends. One that holds several indices, or other values in brackets,
    stays as it is written.
    """
    for position, factor in enumerate(factors):
        if isinstance(factor, Operator) and factor.word in ("sum", "prod") and factor.sub is None and factor.sup is None:
            index = _only_index(factors[position + 1 :])
            if index is not None:
                factor.sub = _unwritten(factor.end, index)


def observed(expression: Expression) -> None:
    """Give a sum without an index, of labels and their estimates alone, and every one of these the index of an observation.

    It is over the term it stands in and those after it, up to the last that holds one of the names. Bare laws such as p and
    \\hat{p}, values in brackets, other names and a second sum leave it as it is written.
    """
    for position, run in enumerate(expression.runs):
        for place, factor in enumerate(run.factors):
            if isinstance(factor, Operator) and factor.word == "sum" and factor.sub is None and factor.sup is None:
                body = _reached(run.factors[place + 1 :], expression.runs[position + 1 :])
                if _are_observations(body):
                    factor.sub = _unwritten(factor.end, _OBSERVATION)
                    for node in body:
                        if isinstance(node, Name):
                            node.sub = _unwritten(node.end, _OBSERVATION)


def _reached(own: Sequence[Node], later: Sequence[Run]) -> list[Node]:
    """What a sum without an index reaches: its own term, and those after it that hold its names, up to the next sum."""
    body = list(_inside(own))
    stems, reached, pending = _stems(body), list[Node](), list[Node]()
    for run in later:
        if any(isinstance(factor, Operator) and factor.word in ("sum", "prod") for factor in run.factors):
            break
        pending += walk(run)
        if stems & _stems(walk(run)):
            reached += pending
            pending = []
    return body + reached


def _are_observations(body: Sequence[Node]) -> bool:
    names = [node for node in body if isinstance(node, Name)]
    if any(name.sub is not None or name.tag is not None or name.stem[0] not in _LABELS for name in names):
        return False
    if any(isinstance(node, Operator) and node.word not in ("log", "ln") for node in body):
        return False
    stems = {name.stem for name in names}
    return len(stems) == 2 and any(f"{label}_{accent}" in stems for label in stems for accent in ("hat", "tilde", "bar"))


def _stems(nodes: Iterable[Node]) -> set[str]:
    return {node.stem for node in nodes if isinstance(node, Name)}


def _unwritten(at: int, index: str) -> Group:
    return Group(at, at, "{", [chain_of(Name(at, at, index))], [])


def is_unwritten(sub: Group) -> bool:
    """Whether a subscript is one that `indexed` or `observed` gave."""
    return sub.start == sub.end


def said_of(operator: Operator, body: Iterable[Run]) -> str:
    """What has to be said of a sum or a product whose subscript is unwritten."""
    index = bound_by(operator)[0]
    names = [node for run in body for node in walk(run) if isinstance(node, Name) and node.sub is not None]
    given = dict.fromkeys(name.stem for name in names if name.sub is not None and is_unwritten(name.sub))
    if given:
        return f"the {operator.word} without an index is over observations {index}, and {', '.join(given)} are of each of them"
    return f"the {operator.word} without an index is over {index}, the one index in it"


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
