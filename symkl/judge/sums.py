"""Sums over symbolic alphabets: marginalise, normalise, count, split into connected components, name canonically."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations, product
from typing import TYPE_CHECKING

from symkl.judge.atoms import DeltaOf, Domain, Entry, Index, SumOf
from symkl.judge.budget import GaveUp
from symkl.judge.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    lone_monomial,
    monomial_power,
    monomial_product,
    times_monomial,
)
from symkl.language.scope import DENSITY, MASS

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

Live = dict[Index, Domain]
"""Bound values on their way, and what they range over."""

COPIES, ORDERS = 6, 720
"""A sum is opened at most so many times in a product; so many orders of alike bound values are tried for the least."""


def close(algebra: Algebra, polynomial: Mapping[Monomial, Rational], live: Live) -> Polynomial:
    """The sum of a polynomial over bound values."""
    concrete = next((index for index, domain in live.items() if algebra.elements(domain) is not None), None)
    if concrete is not None:
        rest = {index: domain for index, domain in live.items() if index != concrete}
        total: Polynomial = {}
        for element in algebra.elements(live[concrete]) or ():
            accumulate(total, algebra.substitute(polynomial, {concrete: element}))
            algebra.budget.spend(len(polynomial), len(total))
        return close(algebra, total, rest) if rest else total
    total = {}
    for monomial, coefficient in polynomial.items():
        algebra.budget.spend(len(monomial) + 1)
        accumulate(total, _close_monomial(algebra, monomial, dict(live)), coefficient)
    return total


def _close_monomial(algebra: Algebra, monomial: Monomial, live: Live) -> Polynomial:
    monomial = _opened(algebra, monomial, live)
    delta = _delta(algebra, monomial, live)
    if delta is not None:
        atom, bound, other = delta
        rest = tuple(pair for pair in monomial if pair[0] != atom)
        del live[bound]
        return close(algebra, algebra.substitute({rest: 1}, {bound: other}), live)
    factor: Polynomial = {UNIT: 1}
    changed = True
    while changed and live:
        changed = False
        for index in list(live):
            users = [pair for pair in monomial if index in algebra.table.free[pair[0]]]
            if not users:
                factor = algebra.multiply(factor, algebra.coordinates.size(live.pop(index)))
                changed = True
                continue
            without = _marginalised(algebra, monomial, users, index, live[index])
            if without is not None:
                monomial = without
                del live[index]
                changed = True
    if not live:
        return times_monomial(factor, monomial)
    return times_monomial(factor, _components(algebra, monomial, live))


def opened(algebra: Algebra, component: SumOf, height: int) -> tuple[Monomial, Live]:
    """The body of a closed sum under fresh bound values, and these."""
    names: dict[Index, Index] = {("b", height, k): algebra.fresh(domain) for k, domain in enumerate(component.domains)}
    live = dict(zip(names.values(), component.domains, strict=True))
    return algebra.table.renamed_monomial(component.body, names), live


def _opened(algebra: Algebra, monomial: Monomial, live: Live) -> Monomial:
    table = algebra.table
    while True:
        for atom, exponent in monomial:
            key = table.keys[atom]
            if isinstance(key, SumOf) and exponent >= 1 and exponent == int(exponent) and not table.free[atom].isdisjoint(live):
                break
        else:
            return monomial
        if exponent > COPIES:
            raise GaveUp("a power of a sum inside a sum")
        body: Monomial = tuple(pair for pair in monomial if pair[0] != atom)
        for _ in range(int(exponent)):
            inner, bound = opened(algebra, key, table.height[atom])
            live.update(bound)
            body = monomial_product(body, inner)
        monomial = body


def _delta(algebra: Algebra, monomial: Monomial, live: Live) -> tuple[int, Index, Index] | None:
    for atom, _ in monomial:
        key = algebra.table.keys[atom]
        if isinstance(key, DeltaOf):
            for bound, other in ((key.left, key.right), (key.right, key.left)):
                if bound in live and _ranges_over(algebra, other, live[bound]):
                    return atom, bound, other
    return None


def _ranges_over(algebra: Algebra, index: Index, domain: Domain) -> bool:
    """Whether an index certainly lies in what a bound value ranges over."""
    if index[0] == "c":
        return algebra.coordinates.contains(domain.alphabet, index)
    known = algebra.domain_of(index)
    # A free value stands for an element of the alphabet that the delta's other side ranges over.
    return known == domain or (known is None and index[0] == "v")


# One bound value


def _marginalised(
    algebra: Algebra, monomial: Monomial, users: list[tuple[int, Rational]], index: Index, domain: Domain
) -> Monomial | None:
    """The monomial summed over a value that occurs only as the factor that a mass brings; None where it does not."""
    law = ""
    at: dict[str, Index] = {}
    for atom, _ in users:
        key = algebra.table.keys[atom]
        if not isinstance(key, Entry) or (law and key.law != law):
            return None
        law = key.law
        for variable, place in key.at:
            if at.setdefault(variable, place) != place:
                return None
    declared = algebra.coordinates.setting.scope.laws.get(law)
    variables = [variable for variable, place in at.items() if place == index]
    if declared is None or declared.entries not in (MASS, DENSITY) or len(variables) != 1:
        return None
    if algebra.coordinates.alphabet_of(declared, variables[0]) != domain:
        return None
    whole = lone_monomial(algebra.coordinates.mass(declared, at))
    rest = lone_monomial(algebra.coordinates.mass(declared, {v: place for v, place in at.items() if v != variables[0]}))
    if whole is None or rest is None or whole[1] != 1 or rest[1] != 1:
        return None
    mentioning = [pair for pair in whole[0] if index in algebra.table.free[pair[0]]]
    if mentioning != users:
        return None
    others = tuple(pair for pair in monomial if pair not in users)
    left_over = tuple(pair for pair in whole[0] if pair not in users)
    return monomial_product(monomial_product(others, monomial_power(left_over, -1)), rest[0])


# Connected components


def _components(algebra: Algebra, monomial: Monomial, live: Live) -> Monomial:
    table = algebra.table
    outside: list[tuple[int, Rational]] = []
    groups: list[tuple[set[Index], list[tuple[int, Rational]]]] = []
    for pair in monomial:
        bound = {index for index in table.free[pair[0]] if index in live}
        if not bound:
            outside.append(pair)
            continue
        parts = [pair]
        apart = []
        for names, members in groups:
            if names & bound:
                bound |= names
                parts = members + parts
            else:
                apart.append((names, members))
        groups = [*apart, (bound, parts)]
    result: Monomial = tuple(outside)
    for names, members in groups:
        component = _canonical(algebra, tuple(sorted(members)), {index: live[index] for index in names})
        result = monomial_product(result, ((component, 1),))
    return result


def _canonical(algebra: Algebra, body: Monomial, live: Live) -> int:
    """The closed sum, its bound values numbered so that the body is the least of all numberings."""
    table = algebra.table
    height = table.height_of(body) + 1
    classes: dict[tuple[str, ...], list[Index]] = {}
    for index in sorted(live):
        classes.setdefault(_signature(algebra, body, index, live[index]), []).append(index)
    ordered = [classes[signature] for signature in sorted(classes)]
    best: tuple[Monomial, tuple[Domain, ...]] | None = None
    for count, order in enumerate(product(*(permutations(alike) for alike in ordered))):
        if count >= ORDERS:
            break
        indices = [index for group in order for index in group]
        names: dict[Index, Index] = {index: ("b", height, k) for k, index in enumerate(indices)}
        candidate = (table.renamed_monomial(body, names), tuple(live[index] for index in indices))
        if best is None or candidate[0] < best[0]:
            best = candidate
    if best is None:
        raise GaveUp("a sum without bound values")
    return table.intern(SumOf(best[1], best[0]))


def _signature(algebra: Algebra, body: Monomial, index: Index, domain: Domain) -> tuple[str, ...]:
    table = algebra.table
    mentions = (pair for pair in body if index in table.free[pair[0]])
    marks = sorted(f"{table.skeleton(atom)}^{exponent}@{_places(algebra, atom, index)}" for atom, exponent in mentions)
    return (repr(domain), *marks)


def _places(algebra: Algebra, atom: int, index: Index) -> str:
    key = algebra.table.keys[atom]
    if isinstance(key, Entry):
        return ",".join(variable for variable, place in key.at if place == index)
    return ""
