"""The least and the greatest of several numbers by absolute values: min(a, b) = (a + b - abs(a - b))/2."""

from __future__ import annotations

from symkl.language.term import Abs, Negation, Number, Pick, Plus, Quotient, Term, difference


def by_absolute_value(pick: Pick) -> Term:
    """What a pick is, two of its numbers after the other."""
    found, *others = pick.args
    for other in others:
        apart: Term = Abs(difference(found, other))
        found = Quotient(Plus(found, other, apart if pick.kind == "max" else Negation(apart)), Number(2))
    return found
