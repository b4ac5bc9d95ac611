"""Gibbs and Jensen: log x <= x - 1 averaged over positive weights.

With x a ratio of masses it is Gibbs' inequality, with x a ratio to a mean it is Jensen's. Which x and which weights to try is
read off the logs that a difference has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import permutations
from math import gcd, lcm
from typing import TYPE_CHECKING

from symkl.judge.atoms import Domain, Entry, ExpOf, Index, Integer, Key, LogOf, Scalar, SumOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.known import Known
from symkl.judge.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    constant,
    frozen,
    lone_atom,
    monomial_power,
    monomial_product,
    scale,
    subtract,
)
from symkl.judge.spelling import Spelling
from symkl.judge.sums import Live, opened

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

LOGS = 8
"""Weights with more logs are not paired."""


@dataclass(slots=True)
class LogTerm:
    """One monomial of a difference: a coefficient and an outer factor, times a sum of weight times the log of an atom."""

    coefficient: Rational
    outer: Monomial
    weight: Monomial
    live: Live
    base: int


def by_logs(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """log x <= x - 1 at the ratio of everything that stands under the logs of one weight."""
    return _columns_of_logs(algebra, gap, wide=False)


def by_pairs_of_logs(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """log x <= x - 1 at the ratio of any two things that stand under logs."""
    return _columns_of_logs(algebra, gap, wide=True)


def _columns_of_logs(algebra: Algebra, gap: Polynomial, wide: bool) -> Iterator[Known]:
    terms = list(log_terms_of(algebra, gap))
    basic: dict[object, Known] = {}
    for found in (*_weighted(algebra, terms, wide), *_direct(algebra, terms, wide)):
        basic.setdefault(frozen(found.polynomial), found)
    yield from basic.values()
    factors = multipliers(algebra, {term.outer for term in terms})
    if wide:
        # A multiplier may cancel against a denominator inside the sum, so that it goes in before the sum is closed.
        for multiplier, _ in factors:
            yield from _weighted(algebra, terms, wide, multiplier)
    for multiplier, text in factors:
        for known in basic.values():
            yield Known(algebra.multiply(known.polynomial, multiplier), known.strict, partial(_times, algebra, text, known))


def _times(algebra: Algebra, text: str, known: Known) -> str:
    return f"{text} times {known.reason(algebra)}"


def log_terms_of(algebra: Algebra, gap: Polynomial) -> Iterator[LogTerm]:
    """The logs of a difference, each with its weight."""
    return (term for monomial, coefficient in gap.items() for term in _log_terms(algebra, monomial, coefficient))


def _log_terms(algebra: Algebra, monomial: Monomial, coefficient: Rational) -> Iterator[LogTerm]:
    """The ways to see a monomial as outer factor times a sum of weight times log: one for each of its sums or logs."""
    keys = algebra.table.keys
    exponents = exponents_in(algebra)
    for atom, exponent in monomial:
        if exponent != 1:
            continue
        outer = tuple(pair for pair in monomial if pair[0] != atom)
        key = keys[atom]
        base = _under_log(algebra, atom, exponents)
        if base is not None:
            yield LogTerm(coefficient, outer, UNIT, {}, base)
            for pair in outer:
                if pair[1] == 1 and isinstance(keys[pair[0]], SumOf):
                    rest = tuple(other for other in outer if other != pair)
                    yield LogTerm(coefficient, rest, (pair,), {}, base)
        elif isinstance(key, SumOf):
            body, live = opened(algebra, key, algebra.table.height[atom])
            logs = [(inner, under) for inner, power in body if power == 1 and (under := _under_log(algebra, inner, exponents))]
            if len(logs) == 1:
                weight = tuple(pair for pair in body if pair[0] != logs[0][0])
                yield LogTerm(coefficient, outer, weight, live, logs[0][1])


def _under_log(algebra: Algebra, atom: int, exponents: frozenset[str]) -> int | None:
    """The atom that this one is the log of: z is the log of exp(z), where exponentials of such z occur."""
    key = algebra.table.keys[atom]
    if isinstance(key, LogOf):
        return key.base
    return algebra.table.intern(ExpOf(((atom, 1),))) if _name(key) in exponents else None


def exponents_in(algebra: Algebra) -> frozenset[str]:
    """The numbers and vectors of which the statement has exponentials: z of exp(z[j])."""
    found = set()
    for key in algebra.table.keys:
        if isinstance(key, ExpOf) and len(key.exponent) == 1 and key.exponent[0][1] == 1:
            found.add(_name(algebra.table.keys[key.exponent[0][0]]))
    return frozenset(found - {""})


def is_exponent(algebra: Algebra, monomial: Monomial) -> bool:
    """Whether the statement has exponentials of a product, or of such a number or entry as it is."""
    if len(monomial) == 1 and monomial[0][1] == 1:
        return _name(algebra.table.keys[monomial[0][0]]) in exponents_in(algebra)
    return algebra.table.known(ExpOf(monomial))


def _name(key: Key) -> str:
    match key:
        case Scalar(name) | Entry(name, _):
            return name
        case _:
            return ""


def _weighted(algebra: Algebra, terms: list[LogTerm], wide: bool, multiplier: Polynomial | None = None) -> Iterator[Known]:
    """log x <= x - 1 summed over the weights of the difference's sums."""
    for top in _top_weights(algebra, terms):
        live = dict(top.live)
        if algebra.signs.of_monomial(top.weight) != 1:
            continue
        exponents: dict[Monomial, dict[int, Rational]] = {}
        for term in terms:
            for base in _bases_under(algebra, top.weight, live, term):
                own = exponents.setdefault(term.outer, {})
                own[base] = own.get(base, 0) + term.coefficient
        for outer, base, coefficient in _constants_under(algebra, top, terms, list(exponents)):
            exponents[outer][base] = exponents[outer].get(base, 0) + coefficient
        ratios: dict[Monomial, None] = {}
        if wide:
            outside = {atom for term in terms for atom, _ in term.outer} | {term.base for term in terms}
            sizes = [base for domain in live.values() for base in _size(algebra, domain) if base in outside]
            bases = list(dict.fromkeys(base for own in exponents.values() for base in own))
            ratios.update(dict.fromkeys(_pairs(algebra, bases, sizes)))
        else:
            for own in exponents.values():
                ratios.update(dict.fromkeys(_together(own)))
        for ratio in ratios:
            yield from _of_ratio(algebra, algebra.multiply({top.weight: 1}, multiplier or constant(1)), {ratio: 1}, live)


@dataclass(frozen=True, slots=True)
class _Top:
    """A weight that logs are summed under, and the bound values it is summed over."""

    weight: Monomial
    live: tuple[tuple[Index, Domain], ...]


def _top_weights(algebra: Algebra, terms: list[LogTerm]) -> list[_Top]:
    found: dict[object, _Top] = {}
    for term in terms:
        if term.live:
            closed = frozen(algebra.close({term.weight: 1}, dict(term.live)))
            shape = (len(term.live), closed, _shape(algebra, term.weight))
            found.setdefault(shape, _Top(term.weight, tuple(term.live.items())))
    return list(found.values())[:8]


def _shape(algebra: Algebra, weight: Monomial) -> tuple[str, ...]:
    return tuple(sorted(f"{algebra.table.skeleton(atom)}^{exponent}" for atom, exponent in weight))


def _bases_under(algebra: Algebra, weight: Monomial, live: Live, term: LogTerm) -> Iterator[int]:
    """What a log term has under its log, when its weight is a marginal of this one, in this one's bound values."""
    if len(term.live) > len(live):
        return
    for chosen in permutations(live, len(term.live)):
        if any(live[a] != term.live[b] for a, b in zip(chosen, term.live, strict=True)):
            continue
        names = dict(zip(term.live, chosen, strict=True))
        rest = {index: domain for index, domain in live.items() if index not in chosen}
        marginal = algebra.close({weight: 1}, rest) if rest else {weight: 1}
        if marginal == {algebra.table.renamed_monomial(term.weight, names): 1}:
            yield algebra.table.renamed(term.base, names)
            return


def _constants_under(
    algebra: Algebra, top: _Top, terms: list[LogTerm], outers: list[Monomial]
) -> Iterator[tuple[Monomial, int, Rational]]:
    """The logs that stand outside sums, as averages: log p(x) is the sum of q(z,x) log p(x) over z, over the marginal q(x).

    Where the marginal is a sum that stands before the log, `_log_terms` has seen it already.
    """
    total = algebra.close({top.weight: 1}, dict(top.live))
    if len(total) != 1 or UNIT in total:
        return
    ((marginal, share),) = total.items()
    summed = isinstance(algebra.table.keys[marginal[0][0]], SumOf)
    for term in terms:
        if not term.live and not term.weight and not (summed and marginal[0] in term.outer):
            for outer in outers:
                if monomial_product(outer, marginal) == term.outer:
                    yield outer, term.base, Fraction(term.coefficient) / Fraction(share)


def _size(algebra: Algebra, domain: Domain) -> Iterator[int]:
    """The size of an alphabet, where it is one atom."""
    try:
        atom = lone_atom(algebra.coordinates.size(domain))
    except OutsideFragment:
        return
    if atom is not None:
        yield atom


def _pairs(algebra: Algebra, bases: list[int], sizes: list[int]) -> Iterator[Monomial]:
    """Ratios of two of the things under logs, or of one to 1, with and without the numbers among them and the sizes."""
    numbers = [base for base in bases if not algebra.table.free[base]]
    moving = [base for base in bases if algebra.table.free[base]]
    if len(moving) > LOGS or len(numbers) > 2:
        return
    numbers = list(dict.fromkeys([*numbers, *sizes]))
    scales: list[Monomial] = [UNIT, *(((base, sign),) for base in numbers for sign in (1, -1))]
    for scaled in scales:
        for one in moving:
            for sign in (1, -1):
                yield monomial_product(((one, sign),), scaled)
            for two in moving:
                if one != two:
                    yield monomial_product(tuple(sorted(((one, 1), (two, -1)))), scaled)


def _together(exponents: dict[int, Rational]) -> Iterator[Monomial]:
    """The ratio x with log x a negative multiple of all the logs together."""
    present = {base: value for base, value in exponents.items() if value}
    if present:
        common = Fraction(
            gcd(*(Fraction(v).numerator for v in present.values())), lcm(*(Fraction(v).denominator for v in present.values()))
        )
        for unit in dict.fromkeys((common, *(abs(Fraction(value)) for value in present.values()))):
            yield _as_monomial({base: -value / unit for base, value in present.items()})


def _as_monomial(exponents: dict[int, Rational]) -> Monomial:
    return tuple(sorted((base, value.numerator if value.denominator == 1 else value) for base, value in exponents.items()))


def _of_ratio(algebra: Algebra, weight: Polynomial, ratio: Polynomial, live: Live) -> Iterator[Known]:
    """weight * (x - 1 - log x) >= 0, and weight * log x >= 0 where x - 1 is seen to be positive."""
    ratio = algebra.settled(_numbers_out(algebra, ratio))
    if algebra.signs.of(ratio) != 1:
        return
    log = algebra.log(ratio)
    excess = subtract(ratio, constant(1))
    try:
        column = _averaged(algebra, algebra.multiply(weight, subtract(excess, log)), live)
    except OutsideFragment:
        return
    if column:
        yield Known(column, why=partial(_spelled, algebra, "log x <= x - 1 at x = {}", ratio, weight, live))
    if algebra.signs.of(excess) == 1:
        column = _averaged(algebra, algebra.multiply(weight, log), live)
        if column:
            yield Known(column, True, partial(_spelled, algebra, "log of {} > 1", ratio, weight, live))


def _spelled(algebra: Algebra, words: str, ratio: Polynomial, weight: Polynomial, live: Live) -> str:
    spelled = Spelling(algebra)
    text = f"{words.format(spelled.polynomial(ratio))}, weight {spelled.polynomial(weight)}"
    return text + (", summed over " + ", ".join(spelled.index(index) for index in live) if live else "")


def _averaged(algebra: Algebra, polynomial: Polynomial, live: Live) -> Polynomial:
    return algebra.close(polynomial, dict(live)) if live else polynomial


def _numbers_out(algebra: Algebra, polynomial: Polynomial) -> Polynomial:
    """Whole numbers among the atoms of a ratio as coefficients."""
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        rest = []
        for atom, exponent in monomial:
            key = algebra.table.keys[atom]
            if isinstance(key, Integer) and exponent == int(exponent):
                coefficient = coefficient * Fraction(key.value) ** int(exponent)
            else:
                rest.append((atom, exponent))
        accumulate(total, {tuple(rest): coefficient})
    return total


def _direct(algebra: Algebra, terms: list[LogTerm], wide: bool) -> Iterator[Known]:
    """log x <= x - 1 under the coefficients of logs that stand outside sums."""
    coefficients: dict[int, Polynomial] = {}
    for term in terms:
        if not term.live:
            own = coefficients.setdefault(term.base, {})
            accumulate(own, {term.outer: term.coefficient})
    weights: dict[object, Polynomial] = {}
    for own in coefficients.values():
        sign = algebra.signs.of(own)
        if sign:
            weight = scale(own, sign)
            weights[frozen(weight)] = weight
    numbers: dict[int, Rational] = {}
    for base, own in coefficients.items():
        if isinstance(algebra.table.keys[base], Integer) and UNIT in own and len(own) == 1:
            numbers[base] = own[UNIT]
    scaled = _as_monomial(numbers) if numbers else UNIT
    for weight in weights.values():
        related = [base for base, own in coefficients.items() if own in (weight, scale(weight, -1))]
        if wide:
            ratios = dict.fromkeys(_direct_pairs(related, list(coefficients), scaled))
        else:
            signs = {base: 1 if coefficients[base] == weight else -1 for base in related}
            ratios = dict.fromkeys(_direct_together(signs, scaled))
        for ratio in ratios:
            yield from _of_ratio(algebra, weight, {ratio: 1}, {})


def _direct_together(signs: dict[int, int], numbers: Monomial) -> Iterator[Monomial]:
    """The ratio of everything under the logs of one weight, and the same with the numbers that the whole difference has."""
    own = tuple(sorted((base, -sign) for base, sign in signs.items()))
    yield own
    if numbers:
        yield monomial_product(own, monomial_power(numbers, -1))


def _direct_pairs(related: list[int], every: list[int], numbers: Monomial) -> Iterator[Monomial]:
    for base in related[:LOGS]:
        for sign in (1, -1):
            own: Monomial = ((base, sign),)
            pairs = (monomial_product(own, ((other, -sign),)) for other in every[: 2 * LOGS] if other != base)
            for ratio in (own, *pairs):
                yield ratio
                if numbers:
                    yield monomial_product(ratio, numbers)
                    yield monomial_product(ratio, monomial_power(numbers, -1))


def without_sums(algebra: Algebra, monomial: Monomial) -> Monomial:
    """The factor of a monomial that multiplies its sum, or its log."""
    return tuple(pair for pair in monomial if not isinstance(algebra.table.keys[pair[0]], SumOf | LogOf) or pair[1] < 0)


def multipliers(algebra: Algebra, outers: Iterable[Monomial]) -> list[tuple[Polynomial, str]]:
    """Positive factors to multiply known inequalities with: what the difference has, and a parameter's distance to a bound."""
    found: dict[object, Polynomial] = {}
    for outer in sorted(outers):
        if outer and algebra.signs.of_monomial(outer) == 1:
            found[frozen({outer: 1})] = {outer: 1}
        for atom, exponent in outer:
            key = algebra.table.keys[atom]
            if isinstance(key, Scalar) and exponent == 1:
                interval = algebra.domain.interval(key.name)
                if interval.high is not None:
                    gap: Polynomial = {UNIT: interval.high, ((atom, 1),): -1}
                    found[frozen(gap)] = gap
    return [(factor, f"({Spelling(algebra).polynomial(factor)})") for factor in found.values()][:6]
