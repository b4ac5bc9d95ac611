"""Denominators: inverses of polynomials as forms to negative powers, and the cancellation D * 1/D = 1."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symkl.errors import UndefinedTerm
from symkl.judge.atoms import Domain, Form, Index, SumOf
from symkl.judge.budget import GaveUp
from symkl.judge.logs import factored
from symkl.judge.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    lone_monomial,
    monomial_power,
    monomial_product,
    tidy,
    times_monomial,
)

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

COMMON = 10**6
"""A height above that of any sum: bound values of several sums share it while their bodies are compared."""

STEPS = 20_000
"""So many cancellations at most in one polynomial."""


def inverse(algebra: Algebra, polynomial: Polynomial) -> Polynomial:
    """One over a polynomial."""
    lone = lone_monomial(polynomial)
    if lone is not None:
        return algebra.settled({monomial_power(lone[0], -1): _reciprocal(lone[1])})
    if not polynomial:
        raise UndefinedTerm("A denominator is 0 on the whole domain.")
    numerator, denominator = over_common_denominator(algebra, polynomial)
    if not numerator:
        raise UndefinedTerm("A denominator is 0 on the whole domain.")
    content, monomial, factors = factored(algebra, numerator)
    for form, multiplicity in factors:
        monomial = monomial_product(monomial, ((form, multiplicity),))
    product = monomial_product(denominator, monomial_power(monomial, -1))
    return algebra.settled({product: _reciprocal(content)})


def _reciprocal(value: Rational) -> Rational:
    return tidy(1 / Fraction(value))


def over_common_denominator(algebra: Algebra, polynomial: Polynomial) -> tuple[Polynomial, Monomial]:
    """A numerator and a monomial of forms with positive exponents whose quotient the polynomial is."""
    forms = algebra.table.forms
    if not forms:
        return polynomial, UNIT
    needed: dict[int, Rational] = {}
    for monomial in polynomial:
        for atom, exponent in monomial:
            if atom in forms and exponent < 0:
                needed[atom] = max(needed.get(atom, 0), -exponent)
    if not needed:
        return polynomial, UNIT
    denominator = tuple(sorted(needed.items()))
    numerator: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        accumulate(numerator, expanded(algebra, {monomial_product(monomial, denominator): coefficient}))
    return numerator, denominator


def vanishes(algebra: Algebra, polynomial: Polynomial) -> bool:
    """Whether a polynomial is zero over common denominators, outside its sums and inside them."""
    if not polynomial:
        return True
    if not algebra.table.forms:
        return False
    numerator, _ = over_common_denominator(algebra, polynomial)
    return not numerator or not _without_vanishing_sums(algebra, numerator)


def _without_vanishing_sums(algebra: Algebra, polynomial: Polynomial) -> Polynomial:
    """The polynomial without the sums over the same values whose bodies together are zero over a common denominator."""
    rest: Polynomial = {}
    bodies: dict[tuple[Monomial, tuple[Domain, ...]], Polynomial] = {}
    for monomial, coefficient in polynomial.items():
        found = _single_sum(algebra, monomial)
        if found is None:
            accumulate(rest, {monomial: coefficient})
            continue
        outside, domains, body = found
        accumulate(bodies.setdefault((outside, domains), {}), {body: coefficient})
    if any(over_common_denominator(algebra, together)[0] for together in bodies.values()):
        return polynomial
    return rest


def _single_sum(algebra: Algebra, monomial: Monomial) -> tuple[Monomial, tuple[Domain, ...], Monomial] | None:
    """A monomial with one sum over values of one alphabet as what stands outside, the values, and the body under common names."""
    sums = [pair for pair in monomial if isinstance(algebra.table.keys[pair[0]], SumOf)]
    if len(sums) != 1 or sums[0][1] != 1:
        return None
    component, height = algebra.table.keys[sums[0][0]], algebra.table.height[sums[0][0]]
    if not isinstance(component, SumOf) or len(set(component.domains)) > 1:
        return None
    names: dict[Index, Index] = {("b", height, k): ("b", COMMON, k) for k in range(len(component.domains))}
    outside = tuple(pair for pair in monomial if pair != sums[0])
    return outside, component.domains, algebra.table.renamed_monomial(component.body, names)


def expanded(algebra: Algebra, polynomial: Polynomial) -> Polynomial:
    """The polynomial with forms to positive whole powers multiplied out."""
    forms = algebra.table.forms
    if all(not _to_expand(forms, monomial) for monomial in polynomial):
        return polynomial
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        pending = _to_expand(forms, monomial)
        rest = tuple(pair for pair in monomial if pair[0] not in pending)
        product: Polynomial = {rest: coefficient}
        for atom, exponent in pending.items():
            form = algebra.table.keys[atom]
            if isinstance(form, Form):
                for _ in range(exponent):
                    algebra.budget.spend(len(product) * len(form.polynomial), len(product))
                    product = algebra.raw_product(product, dict(form.polynomial))
        accumulate(total, product)
    return expanded(algebra, total)


def _to_expand(forms: dict[int, int], monomial: Monomial) -> dict[int, int]:
    return {atom: int(exponent) for atom, exponent in monomial if atom in forms and exponent >= 1 and exponent == int(exponent)}


def reduced(algebra: Algebra, polynomial: Polynomial) -> Polynomial:
    """The polynomial with no monomial that holds the leading monomial of one of its denominators."""
    forms = algebra.table.forms
    pending = list(polynomial.items())
    total: Polynomial = {}
    steps = 0
    while pending:
        monomial, coefficient = pending.pop()
        replaced = _cancelled(algebra, forms, monomial)
        if replaced is None:
            accumulate(total, {monomial: coefficient})
            continue
        steps += len(replaced)
        if steps > STEPS:
            raise GaveUp("the denominators take too many cancellations")
        pending.extend((own, value * coefficient) for own, value in replaced.items())
    return total


def _cancelled(algebra: Algebra, forms: dict[int, int], monomial: Monomial) -> Polynomial | None:
    exponents = dict(monomial)
    for atom, exponent in monomial:
        if atom not in forms or exponent > -1 or forms[atom] > 40:
            continue
        lead, factor, rest = _leading(algebra, atom)
        if all(exponents.get(own, 0) >= power for own, power in lead):
            # lead = (form - rest)/factor, so lead * form^-k = (form^(1-k) - rest * form^-k)/factor.
            stripped = monomial_product(monomial, monomial_power(lead, -1))
            result = times_monomial(rest, stripped, -_reciprocal(factor))
            accumulate(result, {monomial_product(stripped, ((atom, 1),)): _reciprocal(factor)})
            return result
        if len(lead) == 1 and lead[0][1] == 1 and exponents.get(lead[0][0], 0) <= -1 and rest.keys() == {UNIT}:
            # With form = c*g + r:  1/(g*form) = (1/g - c/form)/r.
            result = {monomial_product(monomial, ((atom, 1),)): _reciprocal(rest[UNIT])}
            accumulate(result, {monomial_product(monomial, lead): -factor * _reciprocal(rest[UNIT])})
            return result
    return None


def _leading(algebra: Algebra, atom: int) -> tuple[Monomial, Rational, Polynomial]:
    known = algebra.leading.get(atom)
    if known is None:
        form = algebra.table.keys[atom]
        if not isinstance(form, Form):
            raise TypeError(f"{form} is no form")
        parts = dict(form.polynomial)
        lead = max(parts, key=algebra.rank)
        factor = parts.pop(lead)
        known = algebra.leading[atom] = (lead, factor, parts)
    return known
