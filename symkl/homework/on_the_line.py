"""Densities of a random variable that is stretched and moved, aX + c: their integrals and their entropies.

With u = a y + c the integral of F(f(a y + c)) over the line is 1/|a| times that of F(f(u)), and h(aX + c) = h(X) + log|a|.
Where Y is aX + c, its density at y is f((y - c)/a)/|a|.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from symkl.language.scope import DENSITY
from symkl.language.term import (
    Abs,
    Alphabet,
    Integral,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Quotient,
    RandomVariable,
    Term,
    Times,
    Value,
    difference,
    free_names,
    product_of,
    subterms,
    sum_of,
)
from symkl.theory.setting import Setting


@dataclass(frozen=True, slots=True)
class Line:
    """A term a t + c in one variable or value t; `slope` is a, and `rest` is c."""

    of: Term
    slope: Term
    rest: Term


def line(term: Term) -> Line | None:
    """The term as an affine function of the one random variable or value in it; None where it is none."""
    match term:
        case RandomVariable() | Value():
            return Line(term, Number(1), Number(0))
        case Negation(inner):
            found = line(inner)
            return None if found is None else Line(found.of, Negation(found.slope), _negated(found.rest))
        case Plus(terms):
            return _sum(terms)
        case Times(factors):
            moving = [factor for factor in factors if _moves(factor)]
            still = [factor for factor in factors if not _moves(factor)]
            found = line(moving[0]) if len(moving) == 1 else None
            return None if found is None else Line(found.of, _times(still, found.slope), _times(still, found.rest))
        case Quotient(top, bottom) if not _moves(bottom):
            found = line(top)
            return None if found is None else Line(found.of, Quotient(found.slope, bottom), _divided(found.rest, bottom))
    return None


def _sum(terms: tuple[Term, ...]) -> Line | None:
    moving = [term for term in terms if _moves(term)]
    still = [term for term in terms if not _moves(term)]
    found = line(moving[0]) if len(moving) == 1 else None
    return None if found is None else Line(found.of, found.slope, _added(found.rest, still))


def _times(factors: list[Term], last: Term) -> Term:
    if last == Number(0):
        return last
    kept = factors if last == Number(1) and factors else [*factors, last]
    return product_of(kept)


def _negated(term: Term) -> Term:
    return term if term == Number(0) else Negation(term)


def _divided(top: Term, bottom: Term) -> Term:
    return top if top == Number(0) else Quotient(top, bottom)


def _added(first: Term, others: list[Term]) -> Term:
    kept = others if first == Number(0) and others else [first, *others]
    return sum_of(kept)


def _moves(term: Term) -> bool:
    return any(isinstance(part, RandomVariable | Value | Mass | Law | Measure) for part in subterms(term))


def straightened(term: Term, known: Setting) -> Term:
    """The term with integrals of densities at a y + c, and entropies h(aX + c), brought to those of f and X themselves."""
    if not any(isinstance(part, Integral | Measure) for part in subterms(term)):
        return term
    again = term.with_args([straightened(argument, known) for argument in term.args])
    if isinstance(again, Integral):
        return _integral(again) or again
    if isinstance(again, Measure) and again.name == "h" and len(again.args) == 1:
        return _entropy(again, known) or again
    return again


def _integral(term: Integral) -> Term | None:
    """An integral over the whole line in which a value stands nowhere but in a density, always at the same a y + c."""
    if len(term.names) != 1 or not isinstance(term.domains[0], Alphabet):
        return None
    name = term.names[0]
    masses = {part for part in subterms(term.body) if isinstance(part, Mass) and name in free_names(part)}
    places = {part.args for part in masses}
    if len(places) != 1 or len({part.marginal for part in masses}) != 1:
        return None
    (arguments,), density = places, next(iter(masses))
    if len(arguments) != 1 or isinstance(arguments[0], Value):
        return None
    found = line(arguments[0])
    if found is None or found.of != Value(name):
        return None
    body = _with_place(term.body, density, Mass(density.marginal, (Value(name),)))
    if sum(part == Value(name) for part in subterms(body)) != sum(part == density for part in subterms(term.body)):
        return None
    return Quotient(Integral(term.names, (Alphabet(density.marginal.of[0]),), body), Abs(found.slope))


def _with_place(term: Term, old: Term, new: Term) -> Term:
    if term == old:
        return new
    return term.with_args([_with_place(argument, old, new) for argument in term.args])


def _entropy(term: Measure, known: Setting) -> Term | None:
    if isinstance(term.args[0], RandomVariable):
        return None
    found = line(term.args[0])
    if found is None or not isinstance(found.of, RandomVariable) or not _has_density(found.of, known):
        return None
    return Plus(term.with_args((found.of,)), Log(Abs(found.slope), known.scope.log_base))


def _has_density(variable: RandomVariable, known: Setting) -> bool:
    law = known.scope.laws.get(known.scope.variables.get(variable.name, ""))
    return law is not None and law.entries == DENSITY


def density_of(measured: Term, after: Term, known: Setting) -> tuple[Mass, Term] | None:
    """What h(aX + c) = -int f_Y(y) log f_Y(y) dy says of f_Y: its value at y, and what that is in terms of X."""
    if not isinstance(measured, Measure) or measured.name not in ("h", "H") or len(measured.args) != 1:
        return None
    found = line(measured.args[0])
    if found is None or not isinstance(found.of, RandomVariable) or found.of == measured.args[0]:
        return None
    masses = {part for part in subterms(after) if isinstance(part, Mass)}
    if len(masses) != 1 or not _has_density(found.of, known):
        return None
    density = masses.pop()
    if len(density.args) != 1 or not isinstance(density.args[0], Value) or density.marginal.of == (found.of.name,):
        return None
    own = replace(density.marginal, law=known.scope.variables[found.of.name], of=(found.of.name,), given=())
    place = density.args[0] if found.rest == Number(0) else difference(density.args[0], found.rest)
    at = place if found.slope == Number(1) else Quotient(place, found.slope)
    return density, Quotient(Mass(own, (at,)), Abs(found.slope))
