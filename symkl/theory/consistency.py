"""Whether relations leave a model: exact linear arithmetic over rationals, every non-affine part taken for a free number.

Taking parts for free numbers only widens what is possible, so a contradiction that is found is one. That none is found
does not show that there is a model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from symkl.language.term import Derivative, Negation, Number, Plus, Relation, Symbol, Term, signed, substitute, subterms
from symkl.theory.affine import Affine, affine, combined

_SIZE_LIMIT = 400
"""Eliminating an unknown multiplies bounds; past so many of them the search stops and finds nothing."""

_MINUS = Fraction(-1)

Stated = tuple[Relation, str]
"""A relation between numbers, and the given that states it."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """An affine form is at least zero, or more than zero where `strict`."""

    form: tuple[tuple[Term | None, Fraction], ...]
    strict: bool

    @property
    def unknowns(self) -> list[tuple[Term, Fraction]]:
        return [(term, value) for term, value in self.form if term is not None]

    @property
    def constant(self) -> Fraction:
        return next((value for term, value in self.form if term is None), Fraction(0))

    def coefficient(self, unknown: Term) -> Fraction:
        return next((value for term, value in self.form if term == unknown), Fraction(0))

    @property
    def false(self) -> bool:
        return not self.unknowns and (self.constant < 0 or (self.strict and not self.constant))


def contradiction(stated: Iterable[Stated], integers: Iterable[str] = ()) -> tuple[str, ...]:
    """The givens of a smallest set of relations that no numbers satisfy together; empty where none is found."""
    needed, whole = list(stated), frozenset(integers)
    if not _impossible(needed, whole):
        return ()
    for one in list(needed):
        rest = [other for other in needed if other is not one]
        if _impossible(rest, whole):
            needed = rest
    return tuple(dict.fromkeys(given for _, given in needed))


def _impossible(stated: Sequence[Stated], integers: frozenset[str]) -> bool:
    fixed = _fixed_symbols(stated)
    values = {name: signed(value) for name, value in fixed.items()}
    bounds = [bound for name, value in fixed.items() for bound in _bounds({Symbol(name): Fraction(1), None: -value}, "=")]
    apart: list[Affine] = []
    for relation, _ in stated:
        for operator, left, right in zip(relation.operators, relation.args, relation.args[1:], strict=False):
            gap = combined(_form(_with(left, values)), _form(_with(right, values)), _MINUS)
            bounds.extend(_bounds(gap, operator))
            if operator == "!=":
                apart.append(gap)
    if _infeasible(bounds, integers):
        return True
    # A convex set lies in a union of hyperplanes only if it lies in one of them.
    return any(all(_infeasible([*bounds, *_bounds(gap, side)], integers) for side in "<>") for gap in apart)


def _fixed_symbols(stated: Iterable[Stated]) -> dict[str, Fraction]:
    """The symbols that a relation sets to a number: n = 2."""
    fixed: dict[str, Fraction] = {}
    for relation, _ in stated:
        match relation:
            case Relation(("=",), (Symbol(name), Number(value)) | (Number(value), Symbol(name))):
                fixed.setdefault(name, value)
    return fixed


def _with(term: Term, values: Mapping[str, Term]) -> Term:
    return term if any(isinstance(part, Derivative) for part in subterms(term)) else substitute(term, values)


def _form(term: Term) -> Affine:
    """The affine form over symbols, masses and whatever else stands in the term."""
    known = affine(term)
    if known is not None:
        return known
    match term:
        case Plus(terms):
            total: Affine = {}
            for each in terms:
                total = combined(total, _form(each), Fraction(1))
            return total
        case Negation(inner):
            return combined({}, _form(inner), _MINUS)
        case _:
            return {term: Fraction(1)}


def _bounds(gap: Affine, operator: str) -> list[_Bound]:
    """The bounds that `gap operator 0` states."""
    strict = operator in "<>"
    up = _bound(gap, strict)
    down = _bound(combined({}, gap, _MINUS), strict)
    return {"=": [up, down], ">": [up], ">=": [up], "<": [down], "<=": [down]}.get(operator, [])


def _bound(form: Affine, strict: bool) -> _Bound:
    return _Bound(tuple(sorted(form.items(), key=lambda item: repr(item[0]))), strict)


def _whole(bound: _Bound, integers: frozenset[str]) -> _Bound:
    """A bound on one integer moves to the nearest integer that it allows; any other stays."""
    match bound.unknowns:
        case [(Symbol(name) as symbol, coefficient)] if name in integers:
            limit = -bound.constant / coefficient
            if coefficient > 0:
                least = floor(limit) + 1 if bound.strict else ceil(limit)
                return _bound({symbol: Fraction(1), None: Fraction(-least)}, False)
            most = ceil(limit) - 1 if bound.strict else floor(limit)
            return _bound({symbol: _MINUS, None: Fraction(most)}, False)
        case _:
            return bound


def _infeasible(bounds: Iterable[_Bound], integers: frozenset[str]) -> bool:
    """Fourier and Motzkin's elimination: an unknown between each lower and each upper bound goes, until constants remain."""
    current = list(dict.fromkeys(_whole(bound, integers) for bound in bounds))
    while not any(bound.false for bound in current):
        costs = _costs(current)
        if not costs or len(current) + min(costs.values()) > _SIZE_LIMIT:
            return False
        current = _without(min(costs, key=lambda unknown: costs[unknown]), current)
    return True


def _costs(bounds: Iterable[_Bound]) -> dict[Term, int]:
    """For each unknown how many bounds its elimination makes."""
    lower: Counter[Term] = Counter()
    upper: Counter[Term] = Counter()
    for bound in bounds:
        for unknown, coefficient in bound.unknowns:
            (lower if coefficient > 0 else upper)[unknown] += 1
    return {unknown: lower[unknown] * upper[unknown] for unknown in lower | upper}


def _without(unknown: Term, bounds: Sequence[_Bound]) -> list[_Bound]:
    kept = [bound for bound in bounds if not bound.coefficient(unknown)]
    lower = [bound for bound in bounds if bound.coefficient(unknown) > 0]
    upper = [bound for bound in bounds if bound.coefficient(unknown) < 0]
    for low in lower:
        for high in upper:
            weight = -high.coefficient(unknown) / low.coefficient(unknown)
            kept.append(_bound(combined(dict(high.form), dict(low.form), weight), low.strict or high.strict))
    return list(dict.fromkeys(kept))
