"""Logs and exponentials of polynomials.

A log splits over the monomial content, the rational content and what remains. An affine remainder is irreducible: it is
its own key, with no ring and no factoring, so the cost stays linear in its length. Other remainders that are small go to
a FLINT ring of their own variables. Whole numbers are split by small primes alone; what is left over is refined by gcd.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from symkl.errors import UndefinedTerm
from symkl.judge.atoms import Applied, ExpOf, Form, Integer, LogOf
from symkl.judge.budget import GaveUp
from symkl.judge.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    common_monomial,
    constant,
    frozen,
    is_affine,
    lone_monomial,
    monomial_power,
    multiply,
    scale,
    tidy,
    times_monomial,
    variable,
)

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

_SMALL_PRIMES = tuple(p for p in range(2, 212) if all(p % d for d in range(2, int(p**0.5) + 1)))
RING_TERMS, RING_VARIABLES, RING_DEGREE = 60, 8, 12
"""A remainder larger than this is not factored."""

DIGITS = 4000
"""Numbers of more bits than this are not computed."""


def log(algebra: Algebra, argument: Polynomial) -> Polynomial:
    """The natural log of the absolute value of a polynomial, split as far as it splits."""
    lone = lone_monomial(argument)
    if lone is not None:
        return _log_of_monomial(algebra, *lone)
    if not argument:
        raise UndefinedTerm("The log of 0 has no value.")
    numerator, denominator = algebra.over_common_denominator(argument)
    total = _log_of_factors(algebra, numerator)
    accumulate(total, _log_of_monomial(algebra, denominator, 1), -1)
    return total


def _log_of_factors(algebra: Algebra, polynomial: Polynomial) -> Polynomial:
    content, monomial, factors = factored(algebra, polynomial)
    total = _log_of_monomial(algebra, monomial, content)
    for form, multiplicity in factors:
        accumulate(total, variable(algebra.table.intern(LogOf(form))), multiplicity)
    return total


def _log_of_monomial(algebra: Algebra, monomial: Monomial, coefficient: Rational) -> Polynomial:
    total = log_of_number(algebra, coefficient if coefficient > 0 else -coefficient) if coefficient not in (1, -1) else {}
    keys, intern = algebra.table.keys, algebra.table.intern
    for atom, exponent in monomial:
        key = keys[atom]
        if isinstance(key, ExpOf):
            accumulate(total, {key.exponent: 1}, exponent)
        elif isinstance(key, Integer):
            accumulate(total, log_of_number(algebra, key.value), exponent)
        elif isinstance(key, Applied) and key.name == "abs":
            accumulate(total, log(algebra, dict(key.arguments[0])), exponent)
        else:
            accumulate(total, variable(intern(LogOf(atom))), exponent)
    return total


def log_of_number(algebra: Algebra, value: Rational) -> Polynomial:
    """The log of a positive rational, over small primes and what they leave."""
    value = Fraction(value)
    total: Polynomial = {}
    for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
        for base, multiplicity in _split(whole):
            accumulate(total, variable(algebra.table.intern(LogOf(algebra.table.intern(Integer(base))))), sign * multiplicity)
    return total


def _split(whole: int) -> Iterator[tuple[int, int]]:
    for prime in _SMALL_PRIMES:
        if whole == 1:
            return
        multiplicity = 0
        while whole % prime == 0:
            whole //= prime
            multiplicity += 1
        if multiplicity:
            yield prime, multiplicity
    if whole > 1:
        yield whole, 1


# Factors


def factored(algebra: Algebra, polynomial: Polynomial) -> tuple[Rational, Monomial, list[tuple[int, int]]]:
    """A polynomial without forms in denominators as number times monomial times primitive forms to powers."""
    monomial = common_monomial(polynomial)
    rest = times_monomial(polynomial, monomial_power(monomial, -1)) if monomial else polynomial
    if len(rest) == 1:
        return next(iter(rest.values())), monomial, []
    content, primitive = _primitive(algebra, rest)
    if is_affine(primitive) or not _fits_ring(primitive):
        return content, monomial, [(algebra.table.intern(Form(frozen(primitive))), 1)]
    number, found = _ring_factors(primitive)
    content = content * number
    factors = []
    for factor, multiplicity in found:
        part, own = _primitive(algebra, factor)
        content = content * part**multiplicity
        factors.append((algebra.table.intern(Form(frozen(own))), multiplicity))
    return tidy(content), monomial, factors


def _primitive(algebra: Algebra, polynomial: Polynomial) -> tuple[Rational, Polynomial]:
    """The content, signed so that the constant (or the first monomial by name) is positive, and the primitive rest."""
    over, under = 0, 1
    for value in polynomial.values():
        over = gcd(over, value.numerator)
        under = lcm(under, value.denominator)
    leading = polynomial[UNIT if UNIT in polynomial else min(polynomial, key=algebra.rank)]
    content = Fraction(over if leading > 0 else -over, under)
    if content == 1:
        return 1, polynomial
    return tidy(content), scale(polynomial, 1 / content)


def _fits_ring(polynomial: Polynomial) -> bool:
    if len(polynomial) > RING_TERMS:
        return False
    atoms = {atom for monomial in polynomial for atom, _ in monomial}
    return len(atoms) <= RING_VARIABLES and all(
        all(type(exponent) is int and exponent > 0 for _, exponent in monomial) and sum(e for _, e in monomial) <= RING_DEGREE
        for monomial in polynomial
    )


def _ring_factors(polynomial: Polynomial) -> tuple[Rational, list[tuple[Polynomial, int]]]:
    from flint import Ordering, fmpq, fmpq_mpoly_ctx

    atoms = sorted({atom for monomial in polynomial for atom, _ in monomial})
    place = {atom: k for k, atom in enumerate(atoms)}
    ring = fmpq_mpoly_ctx.get(tuple(f"x{k}" for k in range(len(atoms))), Ordering.degrevlex)
    items = {}
    for monomial, coefficient in polynomial.items():
        exponents = [0] * len(atoms)
        for atom, exponent in monomial:
            exponents[place[atom]] = int(exponent)
        items[tuple(exponents)] = fmpq(coefficient.numerator, coefficient.denominator)
    number, factors = ring.from_dict(items).factor()
    result = []
    for factor, multiplicity in factors:
        own: Polynomial = {}
        for powers, value in factor.to_dict().items():
            monomial = tuple((atoms[k], int(e)) for k, e in enumerate(powers) if e)
            own[monomial] = tidy(Fraction(int(value.p), int(value.q)))
        result.append((own, int(multiplicity)))
    return tidy(Fraction(int(number.p), int(number.q))), result


# Exponentials


def exp(algebra: Algebra, exponent: Polynomial) -> Polynomial:
    """e to the power of a polynomial: e to each of its monomials, logs undone."""
    product = constant(1)
    for monomial, coefficient in exponent.items():
        product = algebra.multiply(product, _exp_of_monomial(algebra, monomial, coefficient))
    return product


def _exp_of_monomial(algebra: Algebra, monomial: Monomial, coefficient: Rational) -> Polynomial:
    match monomial:
        case ((atom, 1),) if isinstance(algebra.table.keys[atom], LogOf):
            base = algebra.table.keys[atom].base  # type: ignore[union-attr]
            # exp(log|b|) is b only where b is known to be positive.
            if algebra.signs.of_atom(base) == 1:
                return power_of_atom(algebra, base, coefficient)
    return variable(algebra.table.intern(ExpOf(monomial)), tidy(coefficient))


def power_of_atom(algebra: Algebra, atom: int, exponent: Rational) -> Polynomial:
    """A positive atom to a rational power."""
    key = algebra.table.keys[atom]
    if isinstance(key, Integer):
        return root_of_integer(algebra, key.value, exponent)
    if isinstance(key, Form) and exponent > 0 and exponent == int(exponent):
        return algebra.power(dict(key.polynomial), int(exponent))
    if isinstance(exponent, Fraction):
        algebra.table.roots = True
    return variable(atom, exponent)


def root_of_integer(algebra: Algebra, value: int, exponent: Rational) -> Polynomial:
    """A whole number to a rational power: its whole part as a number, the rest an atom with an exponent in (0, 1)."""
    whole = exponent.numerator // exponent.denominator
    if value.bit_length() * abs(whole) > DIGITS:
        raise GaveUp("a power of too many digits")
    number = constant(Fraction(value) ** whole)
    rest = exponent - whole
    if not rest:
        return number
    algebra.table.roots = True
    return multiply(number, variable(algebra.table.intern(Integer(value)), tidy(rest)))


def power_of_number(algebra: Algebra, value: Rational, exponent: Rational) -> Polynomial:
    """A positive rational to a rational power."""
    value = Fraction(value)
    product = constant(1)
    for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
        for base, multiplicity in _split(whole):
            product = multiply(product, root_of_integer(algebra, base, sign * multiplicity * Fraction(exponent)))
    return product


# Whole numbers under logs: coprime bases by gcd


def refined(algebra: Algebra, polynomial: Polynomial) -> Polynomial:
    """The polynomial with the logs of large whole numbers over a coprime base."""
    keys = algebra.table.keys
    large = {}
    for monomial in polynomial:
        for atom, _ in monomial:
            key = keys[atom]
            if isinstance(key, LogOf) and isinstance(base := keys[key.base], Integer) and base.value > _SMALL_PRIMES[-1]:
                large[atom] = base.value
    if len(large) < 2:
        return polynomial
    bases = _coprime_base(large.values())
    images = {atom: _over_base(algebra, value, bases) for atom, value in large.items()}
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        image: Polynomial = {tuple(pair for pair in monomial if pair[0] not in images): coefficient}
        for atom, exponent in monomial:
            if atom in images:
                image = algebra.multiply(image, algebra.power(images[atom], exponent))
        accumulate(total, image)
    return total


def _over_base(algebra: Algebra, value: int, bases: list[int]) -> Polynomial:
    total: Polynomial = {}
    for base in bases:
        while value % base == 0:
            value //= base
            accumulate(total, variable(algebra.table.intern(LogOf(algebra.table.intern(Integer(base))))))
    return total


def _coprime_base(values: object) -> list[int]:
    base: list[int] = []
    pending = list(set(values))  # type: ignore[call-overload]
    while pending:
        value = pending.pop()
        for k, known in enumerate(base):
            common = gcd(value, known)
            if common > 1:
                del base[k]
                pending.extend(part for part in (common, known // common, value // common) if part > 1)
                break
        else:
            if value > 1:
                base.append(value)
    return base
