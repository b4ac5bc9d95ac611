"""Choices of the late phases: exponents, the factors of numbers, equations that are given, masses that the others leave.

As in `choices`, each function takes a term and the context and makes one rewrite, or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from symkl.derivation.choices import Choice
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.places import at, places
from symkl.derivation.step import Application, Place, Rewrite
from symkl.derivation.strategy import find
from symkl.language.term import (
    Exp,
    Log,
    Mass,
    Negation,
    Number,
    Outcomes,
    Plus,
    Power,
    Quotient,
    Range,
    Sum,
    Symbol,
    Term,
    Times,
    free_names,
    product_of,
    subterms,
)
from symkl.theory.rules import rule

MOST_FACTORED = 10**6
"""Larger numbers are not factored."""


def _exponents(term: Term) -> Iterator[tuple[tuple[int, ...], Term]]:
    """What stands in the exponent of exp or of a power, with its path."""
    for path, part in places(term):
        if isinstance(part, Exp | Power):
            number = len(part.args) - 1
            yield (*path, number), part.args[number]


def _exponent_sign(term: Term, context: Context) -> Rewrite | None:
    """A sign before a sum in an exponent goes under the sum."""
    negative = [Place(path) for path, part in _exponents(term) if isinstance(part, Negation) and isinstance(part.argument, Sum)]
    return _backward("sum-negation", term, negative, context)


def _exp_sum(term: Term, context: Context) -> Rewrite | None:
    """An exponential under a sum comes apart where part of its exponent does not move with the sum."""
    known = rule("exp-sum")
    found = [one for one in find(known, term, context, False, {}) if _moves_in_part(term, one)]
    return apply_at(known, term, found, context) if found else None


def _moves_in_part(term: Term, application: Application) -> bool:
    bound: set[str] = set()
    exponent = at(term, Place(application.place.path)).args[0]
    for number in application.place.path:
        if isinstance(term, Sum) and number == len(term.args) - 1:
            bound.update(term.names)
        term = term.args[number]
    return len({bool(bound & free_names(part)) for part in exponent.args}) > 1


def _exponent_factor(term: Term, context: Context) -> Rewrite | None:
    """A factor before a sum in an exponent goes under the sum."""
    inside = {(*path, 0) if isinstance(part, Negation) else path for path, part in _exponents(term)}
    found = [one for one in find(rule("factor-into-sum"), term, context, False, {}) if one.place.path in inside]
    return apply_at(rule("factor-into-sum"), term, [one for one in found if one.place.run is None], context) if found else None


def _backward(name: str, term: Term, at_places: list[Place], context: Context) -> Rewrite | None:
    known = rule(name)
    found = [one for one in find(known, term, context, True, {}) if one.place in at_places]
    return apply_at(known, term, found, context, backward=True) if found else None


def _exponent_of_logs(term: Term, context: Context) -> Rewrite | None:
    """The exponential of a sum in which a log stands is a product."""
    paths = {path[:-1] for path, part in _exponents(term) if isinstance(part, Plus) and any(map(_is_multiple_of_log, part.args))}
    found = [one for one in find(rule("exp-sum"), term, context, False, {}) if one.place.path in paths]
    return apply_at(rule("exp-sum"), term, found, context) if found else None


def _is_multiple_of_log(term: Term) -> bool:
    match term:
        case Log():
            return True
        case Negation(inner):
            return _is_multiple_of_log(inner)
        case Times(factors):
            return any(isinstance(factor, Log) for factor in factors)
        case _:
            return False


def _exp_power(term: Term, context: Context) -> Rewrite | None:
    """exp(a*ln(b)) as a power, the factor first and the sign with it."""
    turned = _factor_first(term)
    if turned:
        return apply_at(rule("rearrange"), term, turned, context)
    found = find(rule("exp-power"), term, context, False, {})
    return apply_at(rule("exp-power"), term, found, context) if found else None


def _factor_first(term: Term) -> list[Application]:
    """Where an exponent is a multiple of one log, the multiple as one factor before the log."""
    found = []
    for path, part in _exponents(term):
        factors = part.args if isinstance(part, Times) else ()
        negative = isinstance(part, Negation)
        if isinstance(part, Negation):
            factors = part.argument.args if isinstance(part.argument, Times) else (part.argument,)
        logs = [factor for factor in factors if isinstance(factor, Log)]
        if len(logs) != 1:
            continue
        others = [factor for factor in factors if factor is not logs[0]]
        before: Term = product_of(others)
        target = Times(Negation(before) if negative else before, logs[0])
        if target != part:
            found.append(Application(Place(path), {"to": target}))
    return found


def _exp_negation(term: Term, context: Context) -> Rewrite | None:
    """exp(-a) as a fraction, but not where a log stands right around it."""
    found = [one for one in find(rule("exp-negation"), term, context, False, {}) if not _in_log(term, one.place.path)]
    return apply_at(rule("exp-negation"), term, found, context) if found else None


def _in_log(term: Term, path: tuple[int, ...]) -> bool:
    return bool(path) and isinstance(at(term, Place(path[:-1])), Log)


# Numbers


def _prime_factors(term: Term, context: Context) -> Rewrite | None:
    """A whole number under a log as a power of the log's base, or as the product of its prime powers."""
    found = []
    for path, part in places(term):
        if isinstance(part, Log) and isinstance(part.argument, Number) and part.argument.value.denominator == 1:
            target = _as_power(int(part.argument.value), part.base) or _as_prime_powers(int(part.argument.value))
            if target is not None:
                found.append(Application(Place((*path, 0)), {"to": target}))
    return apply_at(rule("arithmetic"), term, found, context) if found else None


def _as_power(number: int, base: Term) -> Term | None:
    if not isinstance(base, Number) or base.value.denominator != 1 or base.value < 2:
        return None
    exponent, value = 0, 1
    while value < number:
        exponent, value = exponent + 1, value * int(base.value)
    return Power(base, Number(exponent)) if value == number and exponent > 1 else None


def _as_prime_powers(number: int) -> Term | None:
    if not 3 < number <= MOST_FACTORED:
        return None
    powers: dict[int, int] = {}
    divisor, rest = 2, number
    while divisor * divisor <= rest:
        while rest % divisor == 0:
            powers[divisor] = powers.get(divisor, 0) + 1
            rest //= divisor
        divisor += 1
    if rest > 1:
        powers[rest] = powers.get(rest, 0) + 1
    factors = [Number(prime) if power == 1 else Power(Number(prime), Number(power)) for prime, power in powers.items()]
    if len(factors) == 1:
        return None if isinstance(factors[0], Number) else factors[0]
    return Times(*factors)


# Masses


def _given(term: Term, context: Context) -> Rewrite | None:
    """One side of an equation that is given, by the other, where no mass is left then."""
    there = set(subterms(term))
    for number, fact in enumerate(context.setting.facts):
        left, right = fact.relation.args[0], fact.relation.args[-1]
        if fact.relation.operators == ("=",) and left in there and not set(subterms(left)) <= set(subterms(right)):
            binding = {"number": Number(number)}
            found = [Application(Place(path), binding) for path, part in places(term) if part == left]
            return apply_at(rule("given"), term, found, context)
    return None


def _complement(term: Term, context: Context) -> Rewrite | None:
    """The last mass of a law is what the others leave of one, where all its masses stand by name."""
    found = []
    for path, part in places(term):
        if isinstance(part, Mass) and _is_last(part, context):
            found.append(Application(Place(path)))
    return apply_at(rule("complement"), term, found, context) if found else None


def _is_last(mass: Mass, context: Context) -> bool:
    law = context.setting.scope.laws.get(mass.marginal.law)
    if law is None or law.name in context.setting.formulas or len(law.alphabets) != 1:
        return False
    match law.alphabets[0]:
        case Range(_, high):
            return mass.args[0] == high
        case Outcomes(values):
            return mass.args[0] == values[-1]
        case _:
            return False


def _split_last(term: Term, context: Context) -> Rewrite | None:
    """The last term of every sum up to a size by name is taken out."""
    found = [one for one in find(rule("split-last"), term, context, False, {}) if _up_to_a_size(at(term, one.place))]
    return apply_at(rule("split-last"), term, found, context) if found else None


def _up_to_a_size(term: Term) -> bool:
    return isinstance(term, Sum) and isinstance(term.domains[0], Range) and isinstance(term.domains[0].high, Symbol)


def _common_factors(term: Term, context: Context) -> Rewrite | None:
    """Powers of one factor above and below a fraction cancel."""
    found = []
    for path, part in places(term):
        target = _cancelled(part) if isinstance(part, Quotient) else None
        if target is not None:
            found.append(Application(Place(path), {"to": target}))
    # A fraction inside another one waits until that one is done.
    outer = [one for one in found if not any(_inside(one.place.path, other.place.path) for other in found)]
    return apply_at(rule("fractions"), term, outer, context) if outer else None


def _inside(path: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return len(path) > len(other) and path[: len(other)] == other


def _cancelled(fraction: Quotient) -> Term | None:
    """The fraction of two products of powers without what they share; None where they share nothing."""
    above, below = Counter(dict(_powers(fraction.numerator))), Counter(dict(_powers(fraction.denominator)))
    shared = above & below
    if not shared:
        return None
    numerator = _product(above - shared)
    rest = below - shared
    return Quotient(numerator, _product(rest)) if rest else numerator


def _powers(product: Term) -> Iterator[tuple[Term, int]]:
    """The factors of a product, each with the whole power that it has."""
    found: Counter[Term] = Counter()
    for factor in product.args if isinstance(product, Times) else (product,):
        match factor:
            case Power(base, Number(value)) if value.denominator == 1 and value > 0:
                found[base] += int(value)
            case Number(value) if value == 1:
                pass
            case _:
                found[factor] += 1
    yield from found.items()


def _product(powers: Counter[Term]) -> Term:
    factors = [base if count == 1 else Power(base, Number(count)) for base, count in powers.items()]
    return product_of(factors)


LATE_CHOICES: Mapping[str, Choice] = {
    "exponent-sign": _exponent_sign,
    "exponent-factor": _exponent_factor,
    "exp-sum": _exp_sum,
    "exponent-of-logs": _exponent_of_logs,
    "exp-power": _exp_power,
    "exp-negation": _exp_negation,
    "prime-factors": _prime_factors,
    "given": _given,
    "complement": _complement,
    "split-last": _split_last,
    "common-factors": _common_factors,
}
