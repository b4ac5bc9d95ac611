"""Equations from equations: the same one rearranged, added to, scaled, or solved for a name."""

from __future__ import annotations

from symkl.homework.compare import PROVED, REFUTED, Comparer, Outcome
from symkl.language.term import (
    Derivative,
    Function,
    Law,
    Log,
    Mass,
    Negation,
    Number,
    RandomVariable,
    Symbol,
    Term,
    difference,
    free_names,
    subterms,
)


def follows(left: Term, right: Term, new_left: Term, new_right: Term, comparer: Comparer) -> Outcome | None:
    """Whether left = right gives new_left = new_right; None where the two have nothing to do with each other."""
    above, below = difference(left, right), difference(new_left, new_right)
    for sign in (below, Negation(below)):
        outcome = comparer.compare("=", above, sign)
        if outcome.verdict == PROVED:
            return outcome
    if _by_logs((left, right), (new_left, new_right), comparer) or _by_logs((new_left, new_right), (left, right), comparer):
        return Outcome(PROVED, said=("logs are taken on both sides",))
    for name, value in ((new_left, new_right), (new_right, new_left)):
        if isinstance(name, Symbol | Mass) and _holds(above, name) and not _holds(value, name):
            return _solved(above, name, value, comparer)
    return None


def _by_logs(logged: tuple[Term, Term], plain: tuple[Term, Term], comparer: Comparer) -> bool:
    """Whether the first equation is the second one with the log of both sides."""
    if not any(isinstance(part, Log) for side in logged for part in subterms(side)):
        return False
    return comparer.compare("=", difference(*logged), difference(*map(Log, plain))).verdict == PROVED


def closed(left: Term, right: Term, name: Term) -> bool:
    """Whether an equation speaks of one name and of nothing else."""
    return all(free_names(side) <= free_names(name) for side in (left, right)) and not any(
        isinstance(part, Mass | Law | RandomVariable | Function) for side in (left, right) for part in subterms(side)
    )


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
