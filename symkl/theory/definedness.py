"""Is every log of something positive, every denominator nonzero, on the whole domain?"""

from __future__ import annotations

from collections.abc import Container

from symkl.language.term import Constant, Log, Number, Power, Quotient, Relation, Term, is_law, subterms
from symkl.theory.conditions import discharge
from symkl.theory.setting import Setting

_ZERO = Number(0)


def undefined_part(term: Term, setting: Setting, known: Container[Term] = ()) -> Term | None:
    """The first part of a term that the givens do not show to have a value, or None where they show all of it.

    Parts in `known` are taken to have one. Laws and their arithmetic are not looked into.
    """
    for part in subterms(term):
        if part in known or is_law(part):
            continue
        if not all(discharge(condition, setting) is not None for condition in _conditions(part)):
            return part
    return None


def _conditions(part: Term) -> list[Relation]:
    match part:
        case Log(argument, base):
            positive = [Relation((argument, _ZERO), (">",))]
            if isinstance(base, Constant):
                return positive
            return [*positive, Relation((base, _ZERO), (">",)), Relation((base, Number(1)), ("!=",))]
        case Quotient(_, denominator):
            return [Relation((denominator, _ZERO), ("!=",))]
        case Power(_, Number(value)) if value.denominator == 1:
            return []
        case Power(base, _):
            return [Relation((base, _ZERO), (">",))]
        case _:
            return []
