"""Inequalities: a difference shown to be a non-negative combination of things known not to be negative.

The known things are log x <= x - 1 averaged over positive weights, logs of ratios that are at least one, terms of one sign,
squares, what the givens state, and the elemental inequalities of Shannon. An exact linear programme finds the combination,
and exact arithmetic adds it up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symkl.judge.absolute import by_absolute_values
from symkl.judge.atoms import Integer, LogOf, Scalar
from symkl.judge.budget import OutsideFragment
from symkl.judge.gibbs import by_logs, by_pairs_of_logs, log_terms_of, multipliers, without_sums
from symkl.judge.known import Known
from symkl.judge.linear import nonnegative_combination
from symkl.judge.logsum import by_log_sums
from symkl.judge.means import by_means
from symkl.judge.members import by_members
from symkl.judge.numbers import bounds_of_number
from symkl.judge.polynomial import Monomial, Polynomial, constant, frozen, scale, subtract, variable
from symkl.judge.shannon import elemental
from symkl.judge.squares import by_squares
from symkl.language.term import Mass

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

TERMS, COLUMNS = 300, 900
"""Differences of more terms, programmes with more columns are not tried."""

Family = Callable[["Algebra", Polynomial], Iterable[Known]]


def combination(algebra: Algebra, gap: Polynomial, strict: bool, wide: bool = False) -> str | None:
    """A polynomial as a sum of things that are not negative (one of them positive, where `strict`); None where none is found.

    With `wide`, by the long lists of what each inequality says of any two things of the polynomial.
    """
    if len(gap) > TERMS:
        return None
    own = list(_of_sign(algebra, gap))
    if wide:
        return _by_long_lists(algebra, gap, own, strict)
    logs = any(log_terms_of(algebra, gap))
    families: tuple[Family, ...] = (_by_shannon, by_logs, _by_log_sums) if logs else (by_squares,)
    text = _combined(algebra, gap, own, strict)
    for family in families:
        if text is None:
            text = _combined(algebra, gap, [*own, *family(algebra, gap)], strict)
    return text


def _by_long_lists(algebra: Algebra, gap: Polynomial, own: list[Known], strict: bool) -> str | None:
    """The long lists one after the other, and at last everything that is known together."""
    known: list[Known] = []
    for family in (by_pairs_of_logs, by_means):
        columns = list(family(algebra, gap))
        text = _combined(algebra, gap, [*own, *columns], strict) if columns else None
        if text is not None:
            return text
        known.extend(columns)
    others = [column for family in (by_squares, by_absolute_values, by_members, _by_log_sums) for column in family(algebra, gap)]
    return _combined(algebra, gap, [*own, *others, *known], strict)


def _combined(algebra: Algebra, gap: Polynomial, columns: list[Known], strict: bool) -> str | None:
    columns = list({frozen(column.polynomial): column for column in columns}.values())
    if len(columns) > COLUMNS:
        return None
    rows: dict[Monomial, int] = {}
    polynomials = [column.polynomial for column in columns]
    vectors = [{rows.setdefault(m, len(rows)): Fraction(c) for m, c in column.items()} for column in polynomials]
    target = {rows.setdefault(m, len(rows)): Fraction(c) for m, c in gap.items()}
    algebra.budget.look()
    found = nonnegative_combination(vectors, target)
    if found is None or (strict and not any(columns[k].strict for k in found)):
        return None
    parts = [f"{'' if value == 1 else f'{value} * '}[{columns[k].called(algebra)}]" for k, value in sorted(found.items())]
    reasons = [columns[k].reason(algebra) for k in sorted(found)]
    return f"= {' + '.join(parts)}\n" + "\n".join(f"  {reason}" for reason in dict.fromkeys(reasons))


# Terms of one sign, and what the givens state


def _of_sign(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    yield Known(constant(1), True)
    for monomial in gap:
        sign = algebra.signs.of_monomial(monomial)
        if sign:
            yield Known({monomial: sign}, True)
        elif monomial and all(int(exponent) == exponent and not int(exponent) % 2 for _, exponent in monomial):
            yield Known({monomial: 1})
        yield from _between(algebra, monomial)
    yield from _given(algebra, gap)


def _between(algebra: Algebra, monomial: Monomial) -> Iterator[Known]:
    """A product with the log of a whole number between what it is with the rationals next to that log."""
    for pair in monomial:
        key = algebra.table.keys[pair[0]]
        if isinstance(key, LogOf) and pair[1] == 1 and isinstance(algebra.table.keys[key.base], Integer):
            rest = tuple(other for other in monomial if other != pair)
            factor = tuple((atom, exponent) for atom, exponent in rest if algebra.signs.of_atom(atom) != 1)
            low, high = bounds_of_number(algebra, variable(pair[0]))
            if all(int(exponent) == exponent and not int(exponent) % 2 for _, exponent in factor):
                yield Known({monomial: 1, rest: -low})
                yield Known({rest: high, monomial: -1})


def _given(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """What the givens state of the numbers in the difference: a - b >= 0, b - 1 > 0."""
    known = [*algebra.signs.stated(), *_stated_of_quantities(algebra)]
    atoms = {atom for monomial in gap for atom, _ in monomial}
    for members, total, strict in algebra.signs.totals(atoms):
        known.append((subtract(constant(total), {((atom, 1),): 1 for atom in members}), strict))
    for atom in sorted(atoms):
        key = algebra.table.keys[atom]
        if isinstance(key, Scalar):
            interval = algebra.domain.interval(key.name)
            if interval.low is not None and interval.low > 0:
                known.append((subtract(constant(1 / interval.low), {((atom, -1),): 1}), interval.open_low))
            if interval.low is not None:
                known.append((subtract({((atom, 1),): 1}, constant(interval.low)), interval.open_low))
            if interval.high is not None:
                known.append((subtract(constant(interval.high), {((atom, 1),): 1}), interval.open_high))
    for column, strict in known:
        if column:
            yield Known(column, strict)


def _stated_of_quantities(algebra: Algebra) -> Iterator[tuple[Polynomial, bool]]:
    """What equations and bounds of the givens say of more than numbers: H(Y | X) = 0, KL(P || Q) <= t."""
    for relation in algebra.domain.relations:
        (operator,), (left, right) = relation.operators, relation.args
        if operator == "!=" or any(isinstance(side, Mass) for side in relation.args):
            continue
        try:
            gap = subtract(algebra.translate(left), algebra.translate(right))
        except OutsideFragment:
            continue
        if operator in ("=", ">", ">="):
            yield gap, operator == ">"
        if operator in ("=", "<", "<="):
            yield scale(gap, -1), operator == "<"


# Families


def _by_shannon(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    known = [column for column in elemental(algebra) if column.polynomial]
    yield from known
    for multiplier, text in multipliers(algebra, {without_sums(algebra, monomial) for monomial in gap}):
        for column in known:
            yield Known(algebra.multiply(column.polynomial, multiplier), name=f"{text}*({column.name})")


def _by_log_sums(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    return by_log_sums(algebra, [(term.base, term.live) for term in log_terms_of(algebra, gap)])
