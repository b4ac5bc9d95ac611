"""Whether data that a row gives for a law fit the shape of the side before: -sum of a log a for an entropy."""

from __future__ import annotations

from symkl.homework.compare import Comparer
from symkl.language.term import (
    Binder,
    Expectation,
    Integral,
    Log,
    Mass,
    Negation,
    Plus,
    Quotient,
    Sum,
    Term,
    Times,
    subterms,
)


def matches_definition(before: Term, after: Term, comparer: Comparer) -> str:
    """'yes' where the side after has the shape of the side before with data for the masses, 'sign' where it has the
    opposite one, 'no' otherwise."""
    shape, data = _shape(before), _shape(after)
    if shape is None or data is None:
        return "no"
    return "yes" if shape == data else "sign"


def _shape(term: Term) -> bool | None:
    """Of one term a log a, summed or integrated: whether it carries a minus; None for another shape."""
    match term:
        case Negation(inner):
            found = _shape(inner)
            return None if found is None else not found
        case Sum() | Integral() | Expectation():
            assert_body: Binder = term
            return _shape(assert_body.body)
        case Times(args) if any(isinstance(a, Log) for a in args):
            logs = [a for a in args if isinstance(a, Log)]
            rest = [a for a in args if not isinstance(a, Log)]
            if len(logs) == 1 and len(rest) == 1 and rest[0] == logs[0].argument:
                return False
    if getattr(term, "name", "") in ("H", "h") and len(term.args) == 1:
        return True
    return None


_ = (Comparer, Mass, Plus, Quotient, subterms)
