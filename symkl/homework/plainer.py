"""Terms as the judge takes them: what only the notation of students has is written out."""

from __future__ import annotations

from collections.abc import Collection

from symkl.language.term import (
    Exp,
    Function,
    Log,
    Power,
    Quotient,
    Sum,
    Term,
    Times,
    difference,
    substitute,
    subterms,
)

EXCEPT = "except"
"""How the reader marks a sum over all values but one."""


def without_exceptions(term: Term) -> Term:
    """Sums over i != k as the whole sum without the summand at k."""
    if not any(isinstance(part, Function) and part.name == EXCEPT for part in subterms(term)):
        return term
    term = term.with_args(map(without_exceptions, term.args))
    if isinstance(term, Sum) and len(term.names) == 1:
        match term.domains[0]:
            case Function("except", (whole, excluded)):
                return difference(Sum(term.names, (whole,), term.body), substitute(term.body, {term.names[0]: excluded}))
    return term


def logged_functions(term: Term) -> frozenset[str]:
    """Unknown functions that a log is taken of, by themselves or as factors: they are positive, or nothing has a value."""
    found: set[str] = set()
    for part in subterms(term):
        if isinstance(part, Log):
            found.update(factor.name for factor in _factors(part.argument) if isinstance(factor, Function))
    return frozenset(found)


def _factors(term: Term) -> list[Term]:
    match term:
        case Times() | Quotient():
            return [factor for argument in term.args for factor in _factors(argument)]
        case Power(base, _):
            return _factors(base)
    return [term]


def as_exponentials(term: Term, names: Collection[str]) -> Term:
    """The term with positive unknown functions written as the exponential of unknown functions."""
    if isinstance(term, Function) and term.name in names:
        return Exp(Function(f"log_{term.name}", term.args))
    return term.with_args([as_exponentials(argument, names) for argument in term.args])
