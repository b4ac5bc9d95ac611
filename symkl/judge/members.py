"""A sum of positive terms exceeds each of them: sum(j, f(j)) > f(k), for every alphabet has two elements or more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symkl.judge.atoms import Applied, DeltaOf, Domain, Entry, ExpOf, Form, Index, LogOf, Position, SumOf
from symkl.judge.known import Known
from symkl.judge.polynomial import Monomial, Polynomial, accumulate
from symkl.judge.sums import opened
from symkl.language.term import Range, Term

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

ELEMENTS = 6
"""Of more elements that a difference names none is looked at."""


def by_members(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """sum(j, f(j)) - f(k) > 0, for the sums of the difference and the elements k that it names."""
    for monomial in gap:
        for whole, member in members(algebra, monomial, gap):
            column: Polynomial = {whole: 1}
            accumulate(column, member, -1)
            yield Known(column, True, lambda: "a sum of positive terms exceeds one of them")


def members(algebra: Algebra, monomial: Monomial, polynomial: Polynomial) -> Iterator[tuple[Monomial, Polynomial]]:
    """A positive product with a sum over one alphabet, and what it is with one of the sum's terms in place of the sum."""
    elements = {index for other in polynomial for atom, _ in other for index in _elements(algebra, atom)}
    if not elements or len(elements) > ELEMENTS or algebra.signs.of_monomial(monomial) != 1:
        return
    for pair in monomial:
        key = algebra.table.keys[pair[0]]
        if not isinstance(key, SumOf) or len(key.domains) != 1 or pair[1] != 1 or algebra.signs.of_monomial(key.body) != 1:
            continue
        body, live = opened(algebra, key, algebra.table.height[pair[0]])
        ((bound, domain),) = live.items()
        rest = tuple(other for other in monomial if other != pair)
        for index in sorted(elements):
            if _in(algebra, index, domain):
                yield monomial, algebra.multiply(algebra.substitute({body: 1}, {bound: index}), {rest: 1})


def exceeded(algebra: Algebra, polynomial: Polynomial) -> Iterator[Polynomial]:
    """The polynomial with one term in place of a sum: what is less than the polynomial."""
    for monomial, coefficient in polynomial.items():
        if coefficient > 0:
            for whole, member in members(algebra, monomial, polynomial):
                less = dict(polynomial)
                del less[whole]
                accumulate(less, member, coefficient)
                yield less


def _in(algebra: Algebra, index: Index, domain: Domain) -> bool:
    """Whether an element that the statement names is one of an alphabet."""
    if domain.integral or not _has_two(algebra, domain.alphabet):
        return False
    if index[0] == "c":
        return algebra.coordinates.contains(domain.alphabet, index)
    return any(
        index == place and algebra.coordinates.alphabet_of(algebra.setting.scope.laws[key.law], variable) == domain
        for key in algebra.table.keys
        if isinstance(key, Entry)
        for variable, place in key.at
    )


def _has_two(algebra: Algebra, alphabet: Term) -> bool:
    """Whether an alphabet has two elements or more: one by name, or a range that is long enough."""
    if not isinstance(alphabet, Range):
        return True
    first, last = algebra.coordinates.whole(alphabet.low), algebra.domain.least(alphabet.high)
    return first is not None and last is not None and last > first


def _elements(algebra: Algebra, atom: int) -> Iterator[Index]:
    """The elements that an atom names."""
    match algebra.table.keys[atom]:
        case Entry(_, at):
            yield from (index for _, index in at if index[0] in "vc")
        case Position(index) if index[0] in "vc":
            yield index
        case DeltaOf(left, right):
            yield from (index for index in (left, right) if index[0] in "vc")
        case LogOf(base):
            yield from _elements(algebra, base)
        case ExpOf(exponent) | SumOf(_, exponent):
            yield from (index for inner, _ in exponent for index in _elements(algebra, inner))
        case Form(polynomial):
            yield from (index for monomial, _ in polynomial for inner, _ in monomial for index in _elements(algebra, inner))
        case Applied(_, arguments):
            for argument in arguments:
                yield from (index for monomial, _ in argument for inner, _ in monomial for index in _elements(algebra, inner))
