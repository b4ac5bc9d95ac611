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

from symkl.language.term import (
    Derivative,
    Number,
    Relation,
    Symbol,
    Term,
    free_names,
    signed,
    substitute,
    subterms,
)
from symkl.theory.affine import Affine, affine_in_parts, combined

_SIZE_LIMIT = 400
"""Eliminating an unknown multiplies bounds; past so many of them the search stops and finds nothing."""

_EXPLAINED = 12
"""Up to how many relations the search asks of each whether the contradiction needs it."""

_MINUS = Fraction(-1)

Stated = tuple[Relation, str]
"""A relation between numbers, and the given that states it."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """An affine form is at least zero, or more than zero where `strict`; `sources` are the relations it comes from."""

    form: Affine
    strict: bool
    sources: frozenset[int]

    @property
    def key(self) -> tuple[frozenset[tuple[Term | None, Fraction]], bool]:
        return frozenset(self.form.items()), self.strict

    @property
    def false(self) -> bool:
        constant = self.form.get(None, Fraction(0))
        return not self.form.keys() - {None} and (constant < 0 or (self.strict and not constant))


def contradiction(stated: Iterable[Stated], integers: Iterable[str] = ()) -> tuple[str, ...]:
    """The givens of relations that no numbers satisfy together, without any that is not needed; empty where none is found."""
    needed, whole = list(stated), frozenset(integers)
    sources = _impossible(needed, whole)
    if sources is None:
        return ()
    needed = [needed[k] for k in sorted(sources)]
    for one in list(needed) if len(needed) <= _EXPLAINED else []:
        rest = [other for other in needed if other is not one]
        if _impossible(rest, whole) is not None:
            needed = rest
    return tuple(dict.fromkeys(given for _, given in needed))


def _impossible(stated: Sequence[Stated], integers: frozenset[str]) -> frozenset[int] | None:
    """Which relations cannot hold together, or None."""
    fixed = _fixed_symbols(stated)
    values = {name: signed(value) for name, (value, _) in fixed.items()}
    bounds: list[_Bound] = []
    apart: list[tuple[Affine, frozenset[int]]] = []
    for name, (value, k) in fixed.items():
        bounds.extend(_bounds(combined({Symbol(name): Fraction(1)}, {None: value}, _MINUS), "=", frozenset((k,))))
    for k, (relation, _) in enumerate(stated):
        sources = frozenset((k, *(fixed[name][1] for name in free_names(relation) & fixed.keys())))
        for operator, left, right in zip(relation.operators, relation.args, relation.args[1:], strict=False):
            gap = combined(affine_in_parts(_with(left, values)), affine_in_parts(_with(right, values)), _MINUS)
            bounds.extend(_bounds(gap, operator, sources))
            if operator == "!=":
                apart.append((gap, sources))
    found = _infeasible(bounds, integers)
    if found is not None:
        return found
    # A convex set lies in a union of hyperplanes only if it lies in one of them.
    for gap, sources in apart:
        sides = [_infeasible([*bounds, *_bounds(gap, side, sources)], integers) for side in "<>"]
        if None not in sides:
            return sources.union(*(side for side in sides if side is not None))
    return None


def _fixed_symbols(stated: Iterable[Stated]) -> dict[str, tuple[Fraction, int]]:
    """The symbols that a relation sets to a number (n = 2), and which relation does."""
    fixed: dict[str, tuple[Fraction, int]] = {}
    for k, (relation, _) in enumerate(stated):
        match relation:
            case Relation(("=",), (Symbol(name), Number(value)) | (Number(value), Symbol(name))):
                fixed.setdefault(name, (value, k))
    return fixed


def _with(term: Term, values: Mapping[str, Term]) -> Term:
    return term if any(isinstance(part, Derivative) for part in subterms(term)) else substitute(term, values)


def _bounds(gap: Affine, operator: str, sources: frozenset[int]) -> list[_Bound]:
    """The bounds that `gap operator 0` states."""
    strict = operator in "<>"
    up, down = _Bound(gap, strict, sources), _Bound(combined({}, gap, _MINUS), strict, sources)
    return {"=": [up, down], ">": [up], ">=": [up], "<": [down], "<=": [down]}.get(operator, [])


def _whole(bound: _Bound, integers: frozenset[str]) -> _Bound:
    """A bound on one integer moves to the nearest integer that it allows; any other stays."""
    match [term for term in bound.form if term is not None]:
        case [Symbol(name) as symbol] if name in integers:
            coefficient = bound.form[symbol]
            limit = -bound.form.get(None, Fraction(0)) / coefficient
            if coefficient > 0:
                least = floor(limit) + 1 if bound.strict else ceil(limit)
                return _Bound(combined({symbol: Fraction(1)}, {None: Fraction(least)}, _MINUS), False, bound.sources)
            most = ceil(limit) - 1 if bound.strict else floor(limit)
            return _Bound(combined({symbol: _MINUS}, {None: Fraction(most)}, Fraction(1)), False, bound.sources)
        case _:
            return bound


def _infeasible(bounds: Iterable[_Bound], integers: frozenset[str]) -> frozenset[int] | None:
    """Fourier and Motzkin's elimination: an unknown between each lower and each upper bound goes, until constants remain."""
    current = _distinct(_whole(bound, integers) for bound in bounds)
    while True:
        false = next((bound for bound in current if bound.false), None)
        if false is not None:
            return false.sources
        costs = _costs(current)
        if not costs or len(current) + min(costs.values()) > _SIZE_LIMIT:
            return None
        current = _without(min(costs, key=lambda unknown: costs[unknown]), current)


def _distinct(bounds: Iterable[_Bound]) -> list[_Bound]:
    found: dict[object, _Bound] = {}
    for bound in bounds:
        found.setdefault(bound.key, bound)
    return list(found.values())


def _costs(bounds: Iterable[_Bound]) -> dict[Term, int]:
    """For each unknown how many bounds its elimination makes."""
    lower: Counter[Term] = Counter()
    upper: Counter[Term] = Counter()
    for bound in bounds:
        for unknown, coefficient in bound.form.items():
            if unknown is not None:
                (lower if coefficient > 0 else upper)[unknown] += 1
    return {unknown: lower[unknown] * upper[unknown] for unknown in lower | upper}


def _without(unknown: Term, bounds: Iterable[_Bound]) -> list[_Bound]:
    kept: list[_Bound] = []
    lower: list[_Bound] = []
    upper: list[_Bound] = []
    for bound in bounds:
        coefficient = bound.form.get(unknown)
        (kept if coefficient is None else lower if coefficient > 0 else upper).append(bound)
    for low in lower:
        for high in upper:
            form = combined(high.form, low.form, -high.form[unknown] / low.form[unknown])
            kept.append(_Bound(form, low.strict or high.strict, low.sources | high.sources))
    return _distinct(kept)
