"""Where two expansions meet: lines of either side that are equal by the ring rules, and the step between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from symkl.derivation.canonical import ordered
from symkl.derivation.context import Context
from symkl.derivation.engine import rewrite_to
from symkl.derivation.expand import Line
from symkl.derivation.polynomial import Polynomial, RationalForm, fraction, is_constant, multiplied, polynomial
from symkl.derivation.reverse import reverse
from symkl.derivation.step import Rewrite
from symkl.errors import Rejection
from symkl.language.term import Quotient, Term, subterms

T = TypeVar("T")


class Station:
    """A line of an expansion, and the forms that it is compared in, each worked out when it is asked for."""

    def __init__(self, term: Term, context: Context) -> None:
        self.term = term
        self.context = context

    @cached_property
    def polynomial(self) -> Polynomial | None:
        """The line as a polynomial in its opaque parts."""
        return _tried(lambda: polynomial(self.term))

    @cached_property
    def fraction(self) -> RationalForm | None:
        """The line as one fraction, where it has denominators that are no numbers."""
        if not any(isinstance(part, Quotient) for part in subterms(self.term)):
            return None
        return _tried(lambda: fraction(self.term))

    @cached_property
    def put_in_order(self) -> list[Rewrite]:
        """The rewrites that put the insides of its logs and sums into a fixed order."""
        return ordered(self.term, self.context)

    @cached_property
    def in_order(self) -> Station:
        """The line after those rewrites."""
        rewrites = self.put_in_order
        return Station(rewrites[-1].after, self.context) if rewrites else self


@dataclass(frozen=True, slots=True)
class Meeting:
    """How many lines of either side lead to the meeting, and the rewrites between the two."""

    left: int
    right: int
    bridge: tuple[Rewrite, ...]


def meeting(left: Term, lefts: Sequence[Line], right: Term, rights: Sequence[Line], context: Context) -> Meeting | None:
    """The first two lines that are equal by the ring rules: the fewest lines in all, and then the fewest of the right side."""
    before = [Station(term, context) for term in (left, *(line.after for line in lefts))]
    after = [Station(term, context) for term in (right, *(line.after for line in rights))]
    for i, j in _pairs(len(lefts), len(rights)):
        bridge = _bridge(before[i], after[j], context)
        if bridge is not None:
            return Meeting(i, j, tuple(bridge))
    return None


def _pairs(lefts: int, rights: int) -> Iterator[tuple[int, int]]:
    pairs = ((i, j) for i in range(lefts + 1) for j in range(rights + 1))
    yield from sorted(pairs, key=lambda pair: (pair[0] + pair[1], pair[1]))


def _bridge(a: Station, b: Station, context: Context) -> list[Rewrite] | None:
    """Rewrites from one line to the other that only reorder, or bring fractions over one denominator."""
    if a.term == b.term:
        return []
    direct = _named(a, b)
    if direct is not None:
        return _tried(lambda: [rewrite_to(direct, a.term, b.term, context)])
    x, y = a.in_order, b.in_order
    if x is a and y is b:
        return None
    if x.term == y.term:
        return _tried(lambda: [*a.put_in_order, *reverse(b.put_in_order, context)])
    between = _named(x, y)
    if between is None:
        return None
    return _tried(
        lambda: [*a.put_in_order, rewrite_to(between, x.term, y.term, context), *reverse(b.put_in_order, context)],
    )


def _named(a: Station, b: Station) -> str | None:
    """The rule that makes one line of the other."""
    if a.polynomial is not None and a.polynomial == b.polynomial:
        return "rearrange"
    x, y = a.fraction, b.fraction
    if x is None and y is None:
        return None
    x = x or _tried(lambda: fraction(a.term))
    y = y or _tried(lambda: fraction(b.term))
    if x is None or y is None or (is_constant(x.below) and is_constant(y.below)):
        return None
    return "fractions" if _same_fraction(x, y) else None


def _same_fraction(x: RationalForm, y: RationalForm) -> bool:
    try:
        return multiplied(x.above, y.below) == multiplied(y.above, x.below)
    except Rejection:
        return False


def _tried(make: Callable[[], T]) -> T | None:
    try:
        return make()
    except Rejection:
        return None
