"""Equations from equations: the same one rearranged, added to, scaled, or solved for a name."""

from __future__ import annotations

from symkl.errors import SymklError
from symkl.homework.compare import PROVED, REFUTED, Comparer, Outcome
from symkl.language.term import (
    Derivative,
    Negation,
    Number,
    Plus,
    Symbol,
    Term,
    Times,
    difference,
    free_names,
    substitute,
    subterms,
)


def follows(left: Term, right: Term, new_left: Term, new_right: Term, comparer: Comparer) -> Outcome | None:
    """Whether left = right gives new_left = new_right; None where the two have nothing to do with each other."""
    above, below = difference(left, right), difference(new_left, new_right)
    for sign in (below, Negation(below)):
        outcome = comparer.compare("=", above, sign)
        if outcome.verdict == PROVED:
            return outcome
    for name, value in ((new_left, new_right), (new_right, new_left)):
        if isinstance(name, Symbol) and name.name in free_names(above) and name.name not in free_names(value):
            return _solved(above, name, value, comparer)
    return None


def _solved(above: Term, name: Symbol, value: Term, comparer: Comparer) -> Outcome | None:
    """Whether above = 0 has the one solution name = value: it is linear in the name, and vanishes there."""
    above = comparer.unfolded(above)
    if any(isinstance(part, Derivative) for part in subterms(above)):
        return None
    try:
        at_value = substitute(above, {name.name: value})
        at_zero = substitute(above, {name.name: Number(0)})
        at_one = substitute(above, {name.name: Number(1)})
    except SymklError:
        return None
    slope = difference(at_one, at_zero)
    line = Plus(at_zero, Times(name, slope))
    if comparer.compare("=", above, line).verdict != PROVED:
        return None
    if not any(comparer.compare(op, slope, Number(0)).verdict == PROVED for op in (">", "<", "!=")):
        return None
    outcome = comparer.compare("=", at_value, Number(0))
    return outcome if outcome.verdict in (PROVED, REFUTED) else None
