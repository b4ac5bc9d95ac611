"""What the one side of an inequality is greater by: a sum of what is never negative, with positive factors.

The sides and the candidates are compared as polynomials in what their expansions leave. That is a search; what it finds is a
derivation only once the steps between the sides are found.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import islice

from symkl.derivation.atoms import atoms, weights
from symkl.derivation.canonical import expanded
from symkl.derivation.context import Context
from symkl.derivation.expand import expansion
from symkl.derivation.phases import PLAN
from symkl.derivation.polynomial import Monomial, Polynomial, multiplied, polynomial
from symkl.errors import Rejection, UndefinedTerm
from symkl.judge.linear import nonnegative_combination
from symkl.language.grouping import variable_groups
from symkl.language.scope import DENSITY
from symkl.language.term import Measure, Negation, Number, Plus, Quotient, RandomVariable, Term, Times

MOST_TERMS = 6
"""A difference of more terms than a reader follows is not looked for."""

MOST_ATOMS = 250

Found = tuple[Term, Number, Term]
"""A weight, a positive number and what is never negative."""


def what_is_between(greater: Term, lesser: Term, context: Context) -> list[Found] | None:
    """The terms whose sum is the difference of two sides; the fewer the better."""
    sought = _polynomial(Plus(greater, Negation(lesser)), context)
    if not sought:
        return None
    scales = [(weight, polynomial(weight)) for weight in weights((greater, lesser))]
    known: list[tuple[Term, Term]] = []
    columns: list[Polynomial] = []
    entropies = _Entropies(context)
    for atom in islice(atoms((greater, lesser), context.setting), MOST_ATOMS):
        found = entropies.polynomial(atom)
        for weight, scale in scales if found else ():
            column = multiplied(scale, found or {})
            number = _ratio(sought, column)
            if number is not None and number > 0:
                return [(weight, Number(number), atom)]
            if column not in columns:
                known.append((weight, atom))
                columns.append(column)
    chosen = _pair(sought, columns) or _combination(sought, columns)
    return None if chosen is None else [(known[k][0], Number(value), known[k][1]) for k, value in sorted(chosen.items())]


def multiple(weight: Term, number: Number, atom: Term) -> Term:
    """An atom times a weight and a positive number, as a reader writes it."""
    weighted = atom if weight == Number(1) else Times(weight, atom)
    above, below = number.value.numerator, number.value.denominator
    if above != 1:
        weighted = Times(Number(above), *(weighted.args if isinstance(weighted, Times) else (weighted,)))
    return weighted if below == 1 else Quotient(weighted, Number(below))


# Combinations


def _pair(sought: Polynomial, columns: Sequence[Polynomial]) -> dict[int, Fraction] | None:
    """Two columns of which the one is what a multiple of the other leaves of the polynomial."""
    by_direction = {direction: k for k, column in reversed(list(enumerate(columns))) for direction in [_direction(column)]}
    for k, column in enumerate(columns):
        for number in _multiples(sought, column):
            rest = _without(sought, number, column)
            other = by_direction.get(_direction(rest)) if rest else None
            ratio = None if other is None else _ratio(rest, columns[other])
            if other is not None and other != k and ratio is not None and ratio > 0:
                return {k: number, other: ratio}
    return None


def _without(sought: Polynomial, number: Fraction, column: Polynomial) -> Polynomial:
    rest = dict(sought)
    for monomial, value in column.items():
        rest[monomial] = rest.get(monomial, Fraction(0)) - number * value
    return {monomial: value for monomial, value in rest.items() if value}


def _multiples(sought: Polynomial, column: Polynomial) -> Iterator[Fraction]:
    """The positive factors with which a column takes some monomial of the polynomial away."""
    found = {sought[monomial] / value for monomial, value in column.items() if monomial in sought}
    yield from sorted(number for number in found if number > 0)


def _direction(column: Polynomial) -> frozenset[tuple[Monomial, Fraction]]:
    """A polynomial up to a positive factor."""
    size = sum((abs(value) for value in column.values()), Fraction(0))
    return frozenset((monomial, value / size) for monomial, value in column.items())


def _combination(sought: Polynomial, columns: Sequence[Polynomial]) -> dict[int, Fraction] | None:
    """A sum of several columns, as a linear programme finds it."""
    row: dict[Monomial, int] = {}
    for column in (sought, *columns):
        for monomial in column:
            row.setdefault(monomial, len(row))
    numbered = [{row[monomial]: value for monomial, value in column.items()} for column in columns]
    found = nonnegative_combination(numbered, {row[monomial]: value for monomial, value in sought.items()})
    return found if found and len(found) <= MOST_TERMS else None


def _ratio(sought: Polynomial, column: Polynomial) -> Fraction | None:
    """The number that the one polynomial is the other times, where there is one."""
    if sought.keys() != column.keys():
        return None
    ratios = {value / column[monomial] for monomial, value in sought.items()}
    return ratios.pop() if len(ratios) == 1 else None


# Polynomials


def _polynomial(term: Term, context: Context) -> Polynomial | None:
    try:
        lines = list(expansion(term, PLAN, context))
        made = expanded(lines[-1].after if lines else term)
        return None if made is None else _cancelled(polynomial(made))
    except (Rejection, UndefinedTerm):
        return None


class _Entropies:
    """Polynomials of candidates; those of random variables are put together from joint entropies, each expanded once.

    What a given says of independence changes how a measure is expanded, so that each is then expanded by itself.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.free = not context.setting.independences and not context.setting.chains
        self.known: dict[tuple[str, ...], Polynomial | None] = {(): {}}

    def polynomial(self, atom: Term) -> Polynomial | None:
        """The polynomial of one candidate, or None where it has none."""
        of = variable_groups(atom) if isinstance(atom, Measure) and atom.name in ("H", "I") else None
        if of is None or not self.free:
            return _polynomial(atom, self.context)
        (first, *others), given = of
        signed = [(1, first + given), (-1, given)]
        for second in others:
            signed += [(1, second + given), (-1, first + second + given)]
        result: Polynomial = {}
        for sign, names in signed:
            found = self.entropy(tuple(sorted(names)))
            if found is None:
                return None
            for monomial, value in found.items():
                result[monomial] = result.get(monomial, Fraction(0)) + sign * value
        return {monomial: value for monomial, value in result.items() if value}

    def entropy(self, names: tuple[str, ...]) -> Polynomial | None:
        """The polynomial of the joint entropy of some variables."""
        if names not in self.known:
            variables = [RandomVariable(name) for name in self._in_order(names)]
            word = "h" if any(law.entries == DENSITY for law in self.context.setting.scope.laws.values()) else "H"
            self.known[names] = _polynomial(Measure(word, variables, [","] * (len(names) - 1)), self.context)
        return self.known[names]

    def _in_order(self, names: tuple[str, ...]) -> list[str]:
        scope = self.context.setting.scope
        order = scope.laws[scope.variables[names[0]]].variables
        return [name for name in order if name in names]


def _cancelled(value: Polynomial) -> Polynomial:
    """The polynomial in which no part stands beside its own inverse."""
    result: Polynomial = {}
    for monomial, coefficient in value.items():
        powers: dict[Hashable, int] = dict(monomial)
        for part, exponent in monomial:
            below = ("inverse of", frozenset({(frozenset({(part, 1)}), Fraction(1))}))
            common = min(exponent, powers.get(below, 0))
            for each in (part, below) if common else ():
                powers[each] -= common
        left = frozenset((part, exponent) for part, exponent in powers.items() if exponent)
        result[left] = result.get(left, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in result.items() if coefficient}
