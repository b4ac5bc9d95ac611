"""Inequalities: a difference shown to be a non-negative combination of things known not to be negative.

The known things are log x <= x - 1 averaged over positive weights (with x a ratio it is Gibbs' inequality, with x a ratio
to a mean it is Jensen's), logs of ratios that are at least one, terms of one sign, and the elemental inequalities of
Shannon, and squares. An exact linear programme finds the combination, and exact arithmetic adds it up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import gcd, lcm
from typing import TYPE_CHECKING

from symkl.judge.atoms import Domain, Index, Integer, LogOf, Scalar, SumOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.linear import nonnegative_combination
from symkl.judge.logsum import by_log_sums
from symkl.judge.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    constant,
    frozen,
    monomial_power,
    monomial_product,
    scale,
    subtract,
)
from symkl.judge.shannon import Named, elemental
from symkl.judge.spelling import Spelling
from symkl.judge.squares import by_squares
from symkl.judge.sums import Live, opened

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

TERMS, LOGS, COLUMNS = 300, 8, 900
"""Differences of more terms, weights with more logs, programmes with more columns are not tried."""


@dataclass(slots=True)
class _LogTerm:
    """One monomial of a difference: a coefficient and an outer factor, times a sum of weight times the log of an atom."""

    coefficient: Rational
    outer: Monomial
    weight: Monomial
    live: Live
    base: int


def certificate(algebra: Algebra, gap: Polynomial, strict: bool, wide: bool = False) -> str | None:
    """How a polynomial is seen to be non-negative (positive, where `strict`) on the whole domain; None where it is not.

    With `wide`, by the long list of what log x <= x - 1 says of any two things under its logs.
    """
    sign = algebra.signs.of(gap)
    if sign == 1:
        return f"= {Spelling(algebra).polynomial(gap)} > 0"
    if len(gap) > TERMS or sign == -1:
        return None
    logs = any(_log_terms_of(algebra, gap))
    families = (_of_sign, _by_shannon, _by_logs, _by_log_sums) if logs else (_of_sign, by_squares)
    for family in (_by_pairs_of_logs,) if wide else families:
        columns = list(_of_sign(algebra, gap)) if family is not _of_sign else []
        columns.extend(family(algebra, gap))
        text = _combination(algebra, gap, columns, strict)
        if text is not None:
            return text
    return None


def _combination(algebra: Algebra, gap: Polynomial, columns: list[Named], strict: bool) -> str | None:
    if len(columns) > COLUMNS:
        return None
    rows: dict[Monomial, int] = {}
    vectors = [{rows.setdefault(m, len(rows)): Fraction(c) for m, c in column.items()} for _, column, _ in columns]
    target = {rows.setdefault(m, len(rows)): Fraction(c) for m, c in gap.items()}
    algebra.budget.look()
    found = nonnegative_combination(vectors, target)
    if found is None or (strict and not any(columns[k][2] for k in found)):
        return None
    parts = [f"{'' if value == 1 else f'{value} * '}[{columns[k][0].rsplit(' >', 1)[0]}]" for k, value in sorted(found.items())]
    reasons = [columns[k][0] for k in sorted(found)]
    return f"= {' + '.join(parts)}\n" + "\n".join(f"  {reason}" for reason in dict.fromkeys(reasons))


# Terms of one sign, and Shannon's inequalities


def _of_sign(algebra: Algebra, gap: Polynomial) -> Iterator[Named]:
    for monomial in gap:
        sign = algebra.signs.of_monomial(monomial)
        if sign:
            text = Spelling(algebra).polynomial({monomial: sign})
            yield f"{text} > 0", {monomial: sign}, True
    yield from _given(algebra, gap)


def _given(algebra: Algebra, gap: Polynomial) -> Iterator[Named]:
    """What the givens state of the numbers in the difference: a - b >= 0, b - 1 > 0."""
    known = list(algebra.signs.stated())
    atoms = {atom for monomial in gap for atom, _ in monomial}
    for members, total, strict in algebra.signs.totals(atoms):
        known.append((subtract(constant(total), {((atom, 1),): 1 for atom in members}), strict))
    for atom in sorted(atoms):
        key = algebra.table.keys[atom]
        if isinstance(key, Scalar):
            interval = algebra.domain.interval(key.name)
            if interval.low is not None:
                known.append((subtract({((atom, 1),): 1}, constant(interval.low)), interval.open_low))
            if interval.high is not None:
                known.append((subtract(constant(interval.high), {((atom, 1),): 1}), interval.open_high))
    for column, strict in known:
        if column:
            yield f"{Spelling(algebra).polynomial(column)} {'>' if strict else '>='} 0", column, strict


def _by_shannon(algebra: Algebra, gap: Polynomial) -> Iterator[Named]:
    known = [(name, column, strict) for name, column, strict in elemental(algebra) if column]
    yield from known
    for multiplier, text in _multipliers(algebra, {_without_sums(algebra, monomial) for monomial in gap}):
        for name, column, _ in known:
            yield f"{text}*({name[: -len(' >= 0')]}) >= 0", algebra.multiply(column, multiplier), False


def _without_sums(algebra: Algebra, monomial: Monomial) -> Monomial:
    """The factor of a monomial that multiplies its sum, or its log."""
    return tuple(pair for pair in monomial if not isinstance(algebra.table.keys[pair[0]], SumOf | LogOf) or pair[1] < 0)


def _multipliers(algebra: Algebra, outers: Iterable[Monomial]) -> list[tuple[Polynomial, str]]:
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


# log x <= x - 1


def _by_logs(algebra: Algebra, gap: Polynomial) -> Iterator[Named]:
    return _columns_of_logs(algebra, gap, wide=False)


def _by_log_sums(algebra: Algebra, gap: Polynomial) -> Iterator[Named]:
    return by_log_sums(algebra, [(term.base, term.live) for term in _log_terms_of(algebra, gap)])


def _by_pairs_of_logs(algebra: Algebra, gap: Polynomial) -> Iterator[Named]:
    return _columns_of_logs(algebra, gap, wide=True)


def _columns_of_logs(algebra: Algebra, gap: Polynomial, wide: bool) -> Iterator[Named]:
    terms = list(_log_terms_of(algebra, gap))
    basic: dict[object, Named] = {}
    for found in (*_weighted(algebra, terms, wide), *_direct(algebra, terms, wide)):
        basic.setdefault(frozen(found[1]), found)
    yield from basic.values()
    multipliers = _multipliers(algebra, {term.outer for term in terms})
    if wide:
        # A multiplier may cancel against a denominator inside the sum, so that it goes in before the sum is closed.
        for multiplier, _ in multipliers:
            yield from _weighted(algebra, terms, wide, multiplier)
    for multiplier, text in multipliers:
        for name, column, _ in basic.values():
            bare, relation = (name.rsplit(" >", 1)[0], name.rsplit(" >", 1)[1])
            yield f"{text}*({bare}) >{relation}", algebra.multiply(column, multiplier), False


def _log_terms_of(algebra: Algebra, gap: Polynomial) -> Iterator[_LogTerm]:
    return (term for monomial, coefficient in gap.items() for term in _log_terms(algebra, monomial, coefficient))


def _log_terms(algebra: Algebra, monomial: Monomial, coefficient: Rational) -> Iterator[_LogTerm]:
    """The ways to see a monomial as outer factor times a sum of weight times log: one for each of its sums or logs."""
    keys = algebra.table.keys
    for atom, exponent in monomial:
        if exponent != 1:
            continue
        outer = tuple(pair for pair in monomial if pair[0] != atom)
        key = keys[atom]
        if isinstance(key, LogOf):
            yield _LogTerm(coefficient, outer, UNIT, {}, key.base)
            for pair in outer:
                if pair[1] == 1 and isinstance(keys[pair[0]], SumOf):
                    rest = tuple(other for other in outer if other != pair)
                    yield _LogTerm(coefficient, rest, (pair,), {}, key.base)
        elif isinstance(key, SumOf):
            body, live = opened(algebra, key, algebra.table.height[atom])
            logs = [(inner, power) for inner, power in body if isinstance(keys[inner], LogOf) and power == 1]
            if len(logs) == 1:
                weight = tuple(pair for pair in body if pair != logs[0])
                base = keys[logs[0][0]].base  # type: ignore[union-attr]
                yield _LogTerm(coefficient, outer, weight, live, base)


def _weighted(algebra: Algebra, terms: list[_LogTerm], wide: bool, multiplier: Polynomial | None = None) -> Iterator[Named]:
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
            ratios.update(dict.fromkeys(_pairs(algebra, {base: 1 for own in exponents.values() for base in own})))
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


def _top_weights(algebra: Algebra, terms: list[_LogTerm]) -> list[_Top]:
    found: dict[object, _Top] = {}
    for term in terms:
        if term.live:
            closed = frozen(algebra.close({term.weight: 1}, dict(term.live)))
            shape = (len(term.live), closed, _shape(algebra, term.weight))
            found.setdefault(shape, _Top(term.weight, tuple(term.live.items())))
    return list(found.values())[:8]


def _shape(algebra: Algebra, weight: Monomial) -> tuple[str, ...]:
    return tuple(sorted(f"{algebra.table.skeleton(atom)}^{exponent}" for atom, exponent in weight))


def _bases_under(algebra: Algebra, weight: Monomial, live: Live, term: _LogTerm) -> Iterator[int]:
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
    algebra: Algebra, top: _Top, terms: list[_LogTerm], outers: list[Monomial]
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


def _pairs(algebra: Algebra, exponents: dict[int, Rational]) -> Iterator[Monomial]:
    """Ratios of two of the things under logs, or of one to 1, with and without the numbers among them."""
    numbers = [base for base in exponents if not algebra.table.free[base]]
    moving = [base for base in exponents if algebra.table.free[base]]
    if len(moving) > LOGS or len(numbers) > 2:
        return
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
        yield _as_monomial({base: -value / common for base, value in present.items()})


def _as_monomial(exponents: dict[int, Rational]) -> Monomial:
    return tuple(sorted((base, value.numerator if value.denominator == 1 else value) for base, value in exponents.items()))


def _of_ratio(algebra: Algebra, weight: Polynomial, ratio: Polynomial, live: Live) -> Iterator[Named]:
    """weight * (x - 1 - log x) >= 0, and weight * log x >= 0 where x - 1 is seen to be positive."""
    ratio = algebra.settled(_numbers_out(algebra, ratio))
    if algebra.signs.of(ratio) != 1:
        return
    log = algebra.log(ratio)
    excess = subtract(ratio, constant(1))
    spelled = Spelling(algebra)
    x, w = spelled.polynomial(ratio), spelled.polynomial(weight)
    over = "summed over " + ", ".join(spelled.index(index) for index in live) if live else ""
    kind = f" (log x <= x - 1 at x = {x}, weight {w}{', ' if over else ''}{over})"
    try:
        column = _averaged(algebra, algebra.multiply(weight, subtract(excess, log)), live)
    except OutsideFragment:
        return
    if column:
        yield f"{_short(algebra, column)} >= 0{kind}", column, False
    if algebra.signs.of(excess) == 1:
        column = _averaged(algebra, algebra.multiply(weight, log), live)
        if column:
            yield f"{_short(algebra, column)} > 0 (log of {x} > 1, weight {w}{', ' if over else ''}{over})", column, True


def _averaged(algebra: Algebra, polynomial: Polynomial, live: Live) -> Polynomial:
    return algebra.close(polynomial, dict(live)) if live else polynomial


def _short(algebra: Algebra, polynomial: Polynomial) -> str:
    return Spelling(algebra).polynomial(polynomial)


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


def _direct(algebra: Algebra, terms: list[_LogTerm], wide: bool) -> Iterator[Named]:
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
