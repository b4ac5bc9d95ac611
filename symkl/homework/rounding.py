"""Decimals as what they are on paper: a decimal of k digits is the interval of the numbers that round to it."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from symkl.errors import SymklError
from symkl.judge.algebra import Algebra
from symkl.judge.balls import Balls, NoValue, Unclear, precision
from symkl.judge.budget import Budget, Undecided
from symkl.judge.model import Model, NoModel
from symkl.judge.refutation import decimal
from symkl.judge.sampling import Sampler, generic_plans
from symkl.language.term import Log, Measure, Negation, Number, Term, difference, free_names, subterms
from symkl.theory.setting import Setting

_BITS = 100

LAST_UNITS = 2
"""A result is off by so many units of its last digit, at most, where it was rounded on the way."""

CUT_OFF = "cut off, not rounded"
"""What is said of a decimal whose further digits are left out."""


def decimals(term: Term) -> frozenset[str]:
    """The decimals of a term, as they are written."""
    return frozenset(part.written for part in subterms(term) if isinstance(part, Number) and "." in part.written)


def exact_decimals(term: Term) -> frozenset[str]:
    """The decimals of a term that one starts from: of two digits at most, and no third or sixth cut off."""
    return frozenset(filter(_exact, decimals(term)))


def data_decimals(term: Term) -> frozenset[str]:
    """The decimals that are data in a side that is still to be worked out, as 0.8 in -0.8 log 0.8; none in a result."""
    return exact_decimals(term) if any(isinstance(part, Log | Measure) for part in subterms(term)) else frozenset()


def _exact(written: str) -> bool:
    value, digits = Fraction(written), len(written.partition(".")[2])
    cut = any(digits > 1 and round(Fraction(k, 6), digits) == value != Fraction(k, 6) for k in (1, 2, 4, 5))
    return digits <= 2 and not cut


class _Rounded(Balls):
    """Evaluates numbers, each decimal that is not exact as its interval."""

    def __init__(self, model: Model, exact: Collection[str]) -> None:
        super().__init__(model, Budget(2.0))
        self._exact = exact

    def _number(self, term: Number, _values: Any) -> Any:
        if "." not in term.written or term.written in self._exact:
            return super()._number(term, _values)
        from flint import arb, fmpq

        digits = len(term.written.partition(".")[2])
        middle = fmpq(term.value.numerator, term.value.denominator)
        half = arb(fmpq(1, 2 * 10**digits))
        return arb(middle) + arb(0, 1) * half


def interval(term: Term, setting: Setting, exact: Collection[str] = (), model: Model | None = None) -> Any | None:
    """The ball of a term of numbers, or at a model, decimals outside of `exact` as intervals; None where it has no value."""
    if free_names(term) and model is None:
        return None
    try:
        with precision(_BITS):
            from flint import arb

            value = _Rounded(model or Model(setting, {}), exact).value(term)
            return value if isinstance(value, arb) else arb(value)
    except (NoValue, Unclear, NoModel, Undecided):
        return None


def rounded_to(digits: int, term: Term, setting: Setting, exact: Collection[str] = ()) -> Term | None:
    """The decimal of so many digits that a term of numbers alone rounds to; None where it has no value, or is too near two."""
    value = interval(term, setting, exact)
    if value is None or not value.is_finite():
        return None
    from flint import arb, fmpq

    with precision(_BITS):
        found = (abs(value) * 10**digits + arb(fmpq(1, 2))).floor().unique_fmpz()
    if found is None:
        return None
    whole, rest = divmod(int(found), 10**digits)
    number = Number(Fraction(int(found), 10**digits), f"{whole}.{rest:0{digits}}")
    return Negation(number) if value < 0 and found else number


def rounded_like(decimal: Term, term: Term, setting: Setting) -> Term | None:
    """A term of numbers with as many digits as a decimal has; None where it is no decimal."""
    number = decimal.argument if isinstance(decimal, Negation) else decimal
    digits = len(number.written.partition(".")[2]) if isinstance(number, Number) else 0
    return rounded_to(digits, term, setting) if digits else None


def agree(
    left: Term, right: Term, setting: Setting, exact: Collection[str], model: Model | None = None
) -> tuple[bool, tuple[str, str]] | None:
    """Whether two terms of numbers, or at a model, can be equal, and what each is; None where one has no value."""
    a, b = interval(left, setting, exact, model), interval(right, setting, exact, model)
    if a is None or b is None or not a.is_finite() or not b.is_finite():
        return None
    return bool(a.overlaps(b)), (decimal(a.mid()), decimal(b.mid()))


def nearly(left: Term, right: Term, setting: Setting, exact: Collection[str]) -> bool:
    """Whether a decimal is off by a few units of its last digit, as what was rounded on the way is."""
    number = right.argument if isinstance(right, Negation) else right
    if not isinstance(number, Number) or "." not in number.written:
        return False
    digits = len(number.written.partition(".")[2])
    gap = interval(difference(left, right), setting, {*exact, number.written}) if digits > 1 else None
    return gap is not None and bool(abs(gap) * 10**digits <= LAST_UNITS)


def model_of(setting: Setting, *terms: Term) -> Model | None:
    """A model of the givens for some terms: the only one there is, where they say what every law and number is."""
    budget = Budget(2.0)
    try:
        algebra = Algebra(setting, budget)
        sampler = Sampler(algebra.coordinates, algebra.domain, terms, budget)
        return next(filter(None, map(sampler.draw, generic_plans())), None)
    except (SymklError, Undecided, NoModel):
        return None


def cut_off(left: Term, right: Term, setting: Setting, exact: Collection[str]) -> bool:
    """Whether a decimal on the right is a number whose further digits are cut off: 0.5108 as 0.510."""
    negative, number = isinstance(right, Negation), right.argument if isinstance(right, Negation) else right
    if not isinstance(number, Number) or "." not in number.written:
        return False
    value = interval(left, setting, exact)
    if value is None or not value.is_finite():
        return False
    from flint import arb, fmpq

    low = arb(fmpq(number.value.numerator, number.value.denominator))
    beyond = (-value if negative else value) - low
    return bool(beyond >= 0 and beyond < arb(fmpq(1, 10 ** len(number.written.partition(".")[2]))))
