"""Definedness: every log argument positive and every denominator nonzero on the whole domain, shown by signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symkl.judge.polynomial import UNIT, Frozen, accumulate, frozen
from symkl.judge.translation import NONZERO, NOT_ONE, POSITIVE, Obligation

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

_WORDS = {POSITIVE: "is positive", NONZERO: "is not zero", NOT_ONE: "is not 1"}


def not_shown(algebra: Algebra) -> Obligation | None:
    """An obligation of the translations so far that is not shown to be met, one of a log before others; None where all are."""
    found = None
    seen: set[tuple[str, Frozen]] = set()
    for obligation in algebra.translation.obligations:
        key = (obligation.asks, frozen(obligation.polynomial))
        if key not in seen and not _met(algebra, obligation):
            if obligation.asks == POSITIVE:
                return obligation
            found = found or obligation
        seen.add(key)
    return found


def _met(algebra: Algebra, obligation: Obligation) -> bool:
    polynomial = obligation.polynomial
    if obligation.asks == NOT_ONE:
        polynomial = dict(polynomial)
        accumulate(polynomial, {UNIT: -1})
    return algebra.signs.of(polynomial) == 1 if obligation.asks == POSITIVE else algebra.signs.nonzero(polynomial)


def reason(algebra: Algebra, obligation: Obligation) -> str:
    """What is not shown, as a sentence."""
    part = algebra.setting.write(obligation.part)
    return f"it is not shown that {part} {_WORDS[obligation.asks]} on the whole domain, and no point was found where it fails"
