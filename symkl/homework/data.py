"""Whether data that a row gives for a law fit the shape of the side before: -sum of a log a for an entropy."""

from __future__ import annotations

from symkl.language.term import Expectation, Integral, Log, Measure, Negation, Quotient, Sum, Term, Times

_ENTROPY, _DIVERGENCE = "entropy", "divergence"


def matches_definition(before: Term, after: Term) -> str:
    """Whether a side has the shape of the side before it, with data for the masses.

    'yes' where it has, 'sign' where only the sign differs, 'no' for any other shape.
    """
    shape, data = _shape(before), _shape(after)
    if shape is None or data is None or shape[0] != data[0]:
        return "no"
    return "yes" if shape == data else "sign"


def _shape(term: Term) -> tuple[str, bool] | None:
    """Entropy or divergence, and whether log a is weighted with a minus: the mean of log a, or of log a/b, under a."""
    match term:
        case Negation(inner):
            found = _shape(inner)
            return None if found is None else (found[0], not found[1])
        case Measure("H" | "h", _, (_,)):
            return _ENTROPY, True
        case Measure("KL", _, (_, _)):
            return _DIVERGENCE, False
        case Expectation(_, _, Log()):
            return _ENTROPY, False
        case Sum() | Integral():
            return _weighted(term.body)
    return None


def _weighted(term: Term) -> tuple[str, bool] | None:
    if isinstance(term, Negation):
        found = _weighted(term.argument)
        return None if found is None else (found[0], not found[1])
    if not isinstance(term, Times):
        return None
    logs = [factor for factor in term.args if isinstance(factor, Log)]
    rest = tuple(factor for factor in term.args if not isinstance(factor, Log))
    if len(logs) != 1 or not rest:
        return None
    argument = logs[0].argument
    if _factors(argument) == rest:
        return _ENTROPY, False
    if isinstance(argument, Quotient) and _factors(argument.numerator) == rest:
        return _DIVERGENCE, False
    return None


def _factors(term: Term) -> tuple[Term, ...]:
    return term.args if isinstance(term, Times) else (term,)
