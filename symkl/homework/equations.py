"""Equations from equations: the same one rearranged, added to, scaled, or solved for a name."""

from __future__ import annotations

from symkl.homework.compare import PROVED, REFUTED, Comparer, Outcome
from symkl.language.term import Derivative, Mass, Negation, Number, Symbol, Term, difference, subterms


def follows(left: Term, right: Term, new_left: Term, new_right: Term, comparer: Comparer) -> Outcome | None:
    """Whether left = right gives new_left = new_right; None where the two have nothing to do with each other."""
    above, below = difference(left, right), difference(new_left, new_right)
    for sign in (below, Negation(below)):
        outcome = comparer.compare("=", above, sign)
        if outcome.verdict == PROVED:
            return outcome
    for name, value in ((new_left, new_right), (new_right, new_left)):
        if isinstance(name, Symbol | Mass) and _holds(above, name) and not _holds(value, name):
            return _solved(above, name, value, comparer)
    return None


def _holds(term: Term, name: Term) -> bool:
    return any(part == name for part in subterms(term))


def _solved(above: Term, name: Term, value: Term, comparer: Comparer) -> Outcome | None:
    """Whether name = value solves above = 0: it vanishes there. What does not vanish there does not follow."""
    above = comparer.unfolded(above)
    if any(isinstance(part, Derivative) for part in subterms(above)) or not _holds(above, name):
        return None
    outcome = comparer.compare("=", _at(above, name, comparer.unfolded(value)), Number(0))
    return outcome if outcome.verdict in (PROVED, REFUTED) else None


def _at(term: Term, name: Term, value: Term) -> Term:
    if term == name:
        return value
    return term.with_args([_at(argument, name, value) for argument in term.args])
