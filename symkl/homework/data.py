"""Whether data that a row gives for a law fit the shape of the side before: -sum of a log a for an entropy."""

from __future__ import annotations

from symkl.language.term import (
    Binder,
    Expectation,
    Function,
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
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    subterms,
)

_ENTROPY, _DIVERGENCE = "entropy", "divergence"


def matches_definition(before: Term, after: Term) -> str:
    """Whether a side has the shape of the side before it, with data for the masses.

    'yes' where it has, 'sign' where only the sign differs, 'mixed' where the two logs of a label differ in their signs, 'no' for
    any other shape.
    """
    signs = _signs_of_a_label(after) if isinstance(before, Measure) and before.name == "H" else frozenset()
    if 1 in signs:
        return "mixed" if -1 in signs else "sign"
    shape, data = _shape(before), _shape(after)
    if shape is None or data is None or shape[0] != data[0]:
        return "no"
    return "yes" if shape == data else "sign"


def is_entropy(term: Term) -> bool:
    """Whether a term is an entropy by name, or the sum of -p log p."""
    if isinstance(term, Measure):
        return term.name == "H" and all(isinstance(part, RandomVariable | Relation | Law) for part in term.args)
    return _shape(term) == (_ENTROPY, True)


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


def _signs_of_a_label(term: Term) -> frozenset[int]:
    """The signs of y log a and (1 - y) log(1 - a), alone or under a sum; empty where a term is of another shape.

    Both logs are negative, as a and 1 - a are positive, so that an entropy of the label y has a minus before both.
    """
    parts = _signed_logs(term, 1)
    if parts is None or len(parts) != 2:
        return frozenset()
    (_, weight, argument), (_, other, rest) = parts
    complements = {(weight, argument): (other, rest), (other, rest): (weight, argument)}
    if any(w == _complement(v) and a == _complement(b) for (v, b), (w, a) in complements.items()):
        return frozenset(sign for sign, _, _ in parts)
    return frozenset()


def _signed_logs(term: Term, sign: int) -> list[tuple[int, Term, Term]] | None:
    """The sign, the weight and the argument of every term w log a of a sum; None where one is of another shape."""
    match term:
        case Negation(inner):
            return _signed_logs(inner, -sign)
        case Sum():
            return _signed_logs(term.body, sign)
        case Plus():
            found = [_signed_logs(part, sign) for part in term.args]
            return None if None in found else [each for part in found for each in part or ()]
        case Times((weight, Log() as log)) | Times((Log() as log, weight)):
            return [(sign, weight, log.argument)]
    return None


def _complement(term: Term) -> Term:
    return Plus(Number(1), Negation(term))


def _factors(term: Term) -> tuple[Term, ...]:
    return term.args if isinstance(term, Times) else (term,)


# Unknown functions


def replaced_function(before: Term, after: Term) -> str | None:
    """The unknown function that a side writes out: the side before it, with f(t) everywhere replaced by one formula in t."""
    found: dict[str, Term] = {}
    if not _replaces(before, after, found) or len(found) != 1:
        return None
    return next(iter(found))


def _replaces(before: Term, after: Term, found: dict[str, Term]) -> bool:
    if before == after:
        return True
    if isinstance(before, Function) and len(before.args) == 1:
        formula = _in_place(after, before.args[0])
        if _speaks_of_masses(formula) or before.name in {p.name for p in subterms(after) if isinstance(p, Function)}:
            return False
        return found.setdefault(before.name, formula) == formula
    if type(before) is not type(after):
        return False
    if isinstance(before, Binder) and isinstance(after, Binder) and before.names != after.names:
        return False
    if isinstance(before, Times | Plus) and len(before.args) != len(after.args):
        return _replaces_within(before, after, found)
    if before.identity != after.identity or len(before.args) != len(after.args):
        return False
    return all(_replaces(a, b, found) for a, b in zip(before.args, after.args, strict=True))


def _replaces_within(before: Term, after: Term, found: dict[str, Term]) -> bool:
    """A product or sum in which the function became several factors or terms."""
    at = [k for k, argument in enumerate(before.args) if isinstance(argument, Function)]
    if len(at) != 1 or len(after.args) < len(before.args):
        return False
    tail = len(before.args) - at[0] - 1
    middle = after.args[at[0] : len(after.args) - tail]
    if before.args[: at[0]] != after.args[: at[0]] or (tail and before.args[-tail:] != after.args[-tail:]):
        return False
    return _replaces(before.args[at[0]], before.with_args(middle), found)


def _in_place(term: Term, argument: Term) -> Term:
    if term == argument:
        return Symbol("t")
    return term.with_args([_in_place(part, argument) for part in term.args])


def _speaks_of_masses(term: Term) -> bool:
    return any(isinstance(part, Mass | Value) for part in subterms(term)) or bool(free_names(term) - {"t"})
