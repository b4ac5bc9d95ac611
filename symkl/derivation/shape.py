"""What a rule needs a term to have before it is worth looking for: a head, and heads directly below it.

A necessary condition only. One walk over a term spares a walk for every rule that cannot apply in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from symkl.language.term import Binder, Expectation, Integral, Mass, Measure, Product, Sum, Term, Value
from symkl.theory.pattern import Each, Run, Wild
from symkl.theory.rules import Rule, patterns

Head = type[Term]


@dataclass(frozen=True, slots=True)
class Shape:
    """The heads of a term, the pairs of a head and one directly below it, and the number of its nodes."""

    heads: frozenset[Head]
    pairs: frozenset[tuple[Head, Head]]
    size: int


def shape_of(term: Term) -> Shape:
    """The shape of a term."""
    heads: set[Head] = set()
    pairs: set[tuple[Head, Head]] = set()
    size = 0
    pending = [term]
    while pending:
        current = pending.pop()
        size += 1
        head = type(current)
        heads.add(head)
        for part in current.args:
            pairs.add((head, type(part)))
            pending.append(part)
    return Shape(frozenset(heads), frozenset(pairs), size)


def may_apply(known: Rule, shape: Shape) -> bool:
    """Whether a term of that shape has what the rule's left side asks for."""
    heads, pairs = _needs(known)
    if known.computed:
        return not heads or not heads.isdisjoint(shape.heads)
    return heads <= shape.heads and pairs <= shape.pairs


_COMPUTED: dict[str, frozenset[Head]] = {
    "write-out": frozenset((Sum, Product)),
    "marginalise": frozenset((Sum, Integral)),
    "substitute-masses": frozenset((Mass,)),
    "conditional-mass": frozenset((Mass,)),
    "unfold": frozenset((Measure,)),
    "expectation-as-sum": frozenset((Expectation,)),
}


@cache
def _needs(known: Rule) -> tuple[frozenset[Head], frozenset[tuple[Head, Head]]]:
    if known.computed:
        return _COMPUTED.get(known.name, frozenset()), frozenset()
    left = patterns(known).left
    if isinstance(left, Wild | Run | Each):
        return frozenset(), frozenset()
    below = left.args[-1:] if isinstance(left, Binder) else left.args
    plain = [type(part) for part in below if not isinstance(part, Wild | Run | Each | Value)]
    return frozenset((type(left),)), frozenset((type(left), head) for head in plain)
