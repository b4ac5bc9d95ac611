"""Whether conditions leave a model: exact linear arithmetic over rationals, every non-linear part taken for a free number.

Taking parts for free numbers only widens what is possible, so a contradiction that is found is one. That none is found
does not show that there is a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from symkl.language.term import Negation, Number, Plus, Power, Quotient, Relation, Symbol, Term, Times

_SIZE_LIMIT = 400
"""Eliminating a variable multiplies bounds; past so many constraints the search stops and finds nothing."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A relation between numbers, and the given that states it."""

    relation: Relation
    given: str


@dataclass(frozen=True, slots=True)
class _Bound:
    """The combination of atoms plus a constant is at least zero, or more than zero where `strict`."""

    atoms: tuple[tuple[Term, Fraction], ...]
    constant: Fraction
    strict: bool

    def coefficient(self, atom: Term) -> Fraction:
        return dict(self.atoms).get(atom, Fraction(0))


def contradiction(conditions: Iterable[Condition], integers: Iterable[str] = ()) -> tuple[str, ...]:
    """The givens of a smallest set of conditions that no numbers satisfy together; empty where none is found."""
    whole = frozenset(integers)
    stated = [condition for condition in conditions if set(condition.relation.operators) <= {"=", "<", "<=", ">", ">=", "!="}]
    if not _impossible(stated, whole):
        return ()
    for condition in list(stated):
        rest = [other for other in stated if other is not condition]
        if _impossible(rest, whole):
            stated = rest
    return tuple(dict.fromkeys(condition.given for condition in stated))


def _impossible(conditions: Sequence[Condition], integers: frozenset[str]) -> bool:
    fixed = _fixed_symbols(conditions)
    bounds: list[_Bound] = []
    apart: list[dict[Term, Fraction]] = []
    for condition in conditions:
        sides = condition.relation.args
        for operator, left, right in zip(condition.relation.operators, sides, sides[1:], strict=False):
            gap = _plus(_linear(left, fixed), _linear(right, fixed), -1)
            if operator == "!=":
                apart.append(gap)
            bounds.extend(_bounds(gap, operator))
    if _infeasible(_tightened(bounds, integers)):
        return True
    # A convex set lies in a union of hyperplanes only if it lies in one of them.
    return any(
        all(_infeasible(_tightened([*bounds, *_bounds(gap, side)], integers)) for side in ("<", ">")) for gap in apart
    )


def _bounds(gap: dict[Term, Fraction], operator: str) -> list[_Bound]:
    """The bounds that `gap operator 0` states."""
    strict = operator in "<>"
    up = _bound(gap, strict)
    down = _bound({atom: -coefficient for atom, coefficient in gap.items()}, strict)
    return {"=": [up, down], ">": [up], ">=": [up], "<": [down], "<=": [down]}.get(operator, [])


_ONE: Term = Number(1)


def _bound(gap: dict[Term, Fraction], strict: bool) -> _Bound:
    atoms = tuple((atom, coefficient) for atom, coefficient in gap.items() if atom != _ONE and coefficient)
    return _Bound(atoms, gap.get(_ONE, Fraction(0)), strict)


def _tightened(bounds: Iterable[_Bound], integers: frozenset[str]) -> list[_Bound]:
    return [_whole_bound(bound) if _is_whole(bound, integers) else bound for bound in bounds]


def _is_whole(bound: _Bound, integers: frozenset[str]) -> bool:
    return len(bound.atoms) == 1 and isinstance(bound.atoms[0][0], Symbol) and bound.atoms[0][0].name in integers


def _whole_bound(bound: _Bound) -> _Bound:
    """The bound on one integer, moved to the nearest integer that it allows."""
    ((atom, coefficient),) = bound.atoms
    limit = -bound.constant / coefficient
    if coefficient > 0:
        least = floor(limit) + 1 if bound.strict else ceil(limit)
        return _Bound(((atom, Fraction(1)),), Fraction(-least), False)
    most = ceil(limit) - 1 if bound.strict else floor(limit)
    return _Bound(((atom, Fraction(-1)),), Fraction(most), False)


def _infeasible(bounds: Sequence[_Bound]) -> bool:
    """Fourier and Motzkin's elimination: an atom between every lower and every upper bound goes, until constants remain."""
    current = list(dict.fromkeys(bounds))
    while True:
        if any(not bound.atoms and (bound.constant < 0 or (bound.strict and not bound.constant)) for bound in current):
            return True
        atoms = {atom for bound in current for atom, _ in bound.atoms}
        if not atoms or len(current) > _SIZE_LIMIT:
            return False
        current = _without(_cheapest(atoms, current), current)


def _cheapest(atoms: Iterable[Term], bounds: Sequence[_Bound]) -> Term:
    def products(atom: Term) -> int:
        signs = [bound.coefficient(atom) for bound in bounds]
        return sum(c > 0 for c in signs) * sum(c < 0 for c in signs)

    return min(atoms, key=products)


def _without(atom: Term, bounds: Sequence[_Bound]) -> list[_Bound]:
    kept = [bound for bound in bounds if not bound.coefficient(atom)]
    lower = [bound for bound in bounds if bound.coefficient(atom) > 0]
    upper = [bound for bound in bounds if bound.coefficient(atom) < 0]
    for low in lower:
        for high in upper:
            weight = -high.coefficient(atom) / low.coefficient(atom)
            total = _plus({**dict(high.atoms), _ONE: high.constant}, {**dict(low.atoms), _ONE: low.constant}, weight)
            total.pop(atom)
            kept.append(_bound(total, low.strict or high.strict))
    return list(dict.fromkeys(kept))


# Linear forms


def _fixed_symbols(conditions: Iterable[Condition]) -> dict[Term, Fraction]:
    """The symbols that a condition sets to a number: n = 2."""
    fixed: dict[Term, Fraction] = {}
    for condition in conditions:
        match condition.relation:
            case Relation(("=",), (Symbol() as symbol, Number(value)) | (Number(value), Symbol() as symbol)):
                fixed.setdefault(symbol, value)
    return fixed


def _plus(a: dict[Term, Fraction], b: dict[Term, Fraction], weight: Fraction | int = 1) -> dict[Term, Fraction]:
    total = dict(a)
    for atom, coefficient in b.items():
        total[atom] = total.get(atom, Fraction(0)) + weight * coefficient
    return total


def _linear(term: Term, fixed: dict[Term, Fraction]) -> dict[Term, Fraction]:
    """The term as coefficients of atoms; the atom one carries the constant."""
    match term:
        case Number(value):
            return {_ONE: value}
        case Plus(terms):
            total: dict[Term, Fraction] = {}
            for each in terms:
                total = _plus(total, _linear(each, fixed))
            return total
        case Negation(inner):
            return _plus({}, _linear(inner, fixed), -1)
        case Times(factors):
            constants = [_constant(factor, fixed) for factor in factors]
            rest = [factor for factor, value in zip(factors, constants, strict=True) if value is None]
            scale = Fraction(1)
            for value in constants:
                scale *= 1 if value is None else value
            if len(rest) <= 1:
                return _plus({}, _linear(rest[0], fixed) if rest else {_ONE: Fraction(1)}, scale)
        case Quotient(numerator, denominator):
            below = _constant(denominator, fixed)
            if below:
                return _plus({}, _linear(numerator, fixed), 1 / below)
    return {term: Fraction(1)}


def _constant(term: Term, fixed: dict[Term, Fraction]) -> Fraction | None:
    """The value of a term that is a number once the fixed symbols are put in."""
    if term in fixed:
        return fixed[term]
    match term:
        case Number() | Plus() | Negation() | Times() | Quotient():
            form = {atom: c for atom, c in _linear(term, fixed).items() if c and atom != _ONE}
            total = _linear(term, fixed).get(_ONE, Fraction(0))
            for atom, coefficient in form.items():
                if atom not in fixed:
                    return None
                total += coefficient * fixed[atom]
            return total
        case Power(base, Number(exponent)) if exponent.denominator == 1 and exponent <= 16:
            value = _constant(base, fixed)
            return None if value is None else value ** int(exponent)
        case _:
            return None
