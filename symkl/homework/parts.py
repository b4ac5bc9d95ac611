"""Parts of a side: the smallest that differs, those that say nothing, and what kind of side it is."""

from __future__ import annotations

from symkl.derivation.places import at
from symkl.derivation.step import Place
from symkl.errors import SymklError
from symkl.language.grouping import groups
from symkl.language.kinds import measure_fault
from symkl.language.term import (
    Binder,
    Expectation,
    Integral,
    Log,
    Measure,
    Negation,
    Number,
    Plus,
    Relation,
    Sum,
    Term,
    Times,
    subterms,
    sum_of,
)


def different_part(before: Term, after: Term) -> tuple[int, ...]:
    """The path in `after` of the smallest part around everything that is not as in `before`."""
    path: tuple[int, ...] = ()
    while True:
        if (
            type(before) is not type(after)
            or before.identity != after.identity
            or (isinstance(before, Binder) and len(before.args) != len(after.args))
        ):
            return path
        if isinstance(before, Plus | Times):
            left = _left_over(before.args, after.args)
            right = _left_over(after.args, before.args)
            if len(right) != 1:
                return path
            if len(left) != 1:
                return (*path, right[0])
            before, after, path = before.args[left[0]], after.args[right[0]], (*path, right[0])
            continue
        if len(before.args) != len(after.args):
            return path
        changed = [k for k, (a, b) in enumerate(zip(before.args, after.args, strict=True)) if a != b]
        if len(changed) != 1:
            return path
        before, after, path = before.args[changed[0]], after.args[changed[0]], (*path, changed[0])


def _left_over(terms: tuple[Term, ...], others: tuple[Term, ...]) -> list[int]:
    rest = list(others)
    found = []
    for k, term in enumerate(terms):
        if term in rest:
            rest.remove(term)
        else:
            found.append(k)
    return found


def without_zeros(term: Term) -> Term:
    """The term without addends 0, and with 0 for what has a factor 0."""
    args = [without_zeros(argument) for argument in term.args]
    zero = Number(0)
    match term:
        case Plus():
            kept = [argument for argument in args if argument not in (zero, Negation(zero))]
            return sum_of(kept)
        case Times() if zero in args:
            return zero
        case Negation() | Sum() | Expectation() | Integral() if args[-1] == zero:
            return zero
    return term.with_args(args)


def changes_sign(suggestion: Term, after: Term, part: tuple[int, ...]) -> bool:
    """Whether a suggestion differs from a side in the sign of a part."""
    try:
        old, new = at(after, Place(part)), at(suggestion, Place(part))
    except SymklError:
        return False
    return old == Negation(new) or new == Negation(old)


def decimal_places(term: Term) -> str:
    """The digits behind the point of a decimal; none of any other term."""
    inner = term.argument if isinstance(term, Negation) else term
    return inner.written.partition(".")[2] if isinstance(inner, Number) else ""


def logs_in(term: Term) -> int:
    """How many logs a term has."""
    return sum(isinstance(part, Log) for part in subterms(term))


def fits(term: Term) -> bool:
    """Whether every measure in a term has arguments of the kinds that it takes."""
    measures = [part for part in subterms(term) if isinstance(part, Measure)]
    return not any(measure_fault(measure.name, measure.args, measure.separators) or _of_events(measure) for measure in measures)


def _of_events(measure: Measure) -> bool:
    """Whether an event stands where a random variable is measured: H(Y = 1 | X)."""
    return any(isinstance(argument, Relation) for group in groups(measure).measured for argument in group)
