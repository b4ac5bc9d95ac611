"""Strategies: where a rule is applied. A rule says what, a strategy where, a script when.

A strategy proposes applications; the kernel confirms each. Two applications of one rewrite never overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from symkl.derivation.computed import compute
from symkl.derivation.context import Context
from symkl.derivation.kernel import replacement
from symkl.derivation.match import Binding, matches
from symkl.derivation.places import at
from symkl.derivation.polynomial import is_constant, polynomial
from symkl.derivation.side_conditions import conditions
from symkl.derivation.step import EVERYWHERE, FIRST, INNERMOST, Application, Bound, Place, Rewrite, Trial
from symkl.errors import Rejection
from symkl.language.term import (
    Expectation,
    Integral,
    Mass,
    Measure,
    Number,
    Plus,
    Product,
    Relation,
    Sum,
    Term,
    Times,
    signed,
    subterms,
    without_labels,
)
from symkl.theory.pattern import Each, Run
from symkl.theory.rules import EQUIVALENT, Rule, patterns

MOST_MATCHES = 50
"""How many ways of matching at one place are tried before the rule is taken not to apply there."""

_HEADS: Mapping[str, tuple[type[Term], ...]] = {
    "write-out": (Sum, Product),
    "marginalise": (Sum, Integral),
    "substitute-masses": (Mass,),
    "unfold": (Measure,),
    "variable-order": (Measure,),
    "expectation-as-sum": (Expectation,),
    "condition": (Mass,),
}

Finder = Callable[[Term, tuple[int, ...]], Application | None]


def find(
    known: Rule, term: Term, context: Context, backward: bool, supplied: Binding, strategy: str = EVERYWHERE
) -> list[Application]:
    """The applications of a rule in a term, outermost first, none inside another."""
    finder = _finder(known, term, context, backward, supplied)
    found = _inward(term, (), finder) if strategy == INNERMOST else _outward(term, finder)
    if strategy == FIRST:
        first = next(iter(found), None)
        return [] if first is None else [first]
    return list(found)


def _outward(term: Term, finder: Finder) -> Iterator[Application]:
    pending: list[tuple[tuple[int, ...], Term]] = [((), term)]
    while pending:
        path, current = pending.pop()
        application = finder(current, path)
        if application is not None and application.place.run is None:
            yield application
            continue
        start, stop = (0, 0) if application is None or application.place.run is None else application.place.run
        if application is not None:
            yield application
        inner = (number for number in range(len(current.args)) if not start <= number < stop)
        pending.extend(((*path, number), current.args[number]) for number in reversed(list(inner)))


def _inward(term: Term, path: tuple[int, ...], finder: Finder) -> Iterator[Application]:
    found = [one for number, part in enumerate(term.args) for one in _inward(part, (*path, number), finder)]
    if found:
        yield from found
        return
    application = finder(term, path)
    if application is not None:
        yield application


def _finder(known: Rule, term: Term, context: Context, backward: bool, supplied: Binding) -> Finder:
    if known.name == "result":
        return _result_finder(context, backward, supplied)
    if known.name == "arithmetic":
        return _arithmetic_finder
    if known.computed:
        return _computed_finder(known, context, backward, supplied)
    return _pattern_finder(known, term, context, backward, supplied)


# Pattern rules


def _pattern_finder(known: Rule, term: Term, context: Context, backward: bool, supplied: Binding) -> Finder:
    read = patterns(known)
    left, _ = read.sides(backward)
    whole_line = read.operator == EQUIVALENT or read.operator in ("<", "<=", ">", ">=")
    width = _width(left)

    def confirmed(place: Place, found: Term) -> Application | None:
        for number, binding in enumerate(matches(left, found, supplied)):
            if number == MOST_MATCHES:
                return None
            trial = _trial(known, Application(place, binding), term, found, context, backward)
            if trial is not None:
                return Application(place, binding, trial)
        return None

    def finder(found: Term, path: tuple[int, ...]) -> Application | None:
        if whole_line and path:
            return None
        application = confirmed(Place(path), found)
        if application is not None or width is None or type(found) is not type(left):
            return application
        for start in range(len(found.args) - width + 1):
            run = (start, start + width)
            if width < len(found.args):
                application = confirmed(Place(path, run), at(found, Place((), run)))
                if application is not None:
                    return application
        return None

    return finder


def _width(left: Term) -> int | None:
    """How many neighbours of a sum or product a pattern takes, where that number is fixed."""
    if isinstance(left, Plus | Times) and not any(isinstance(part, Run | Each) for part in left.args):
        return len(left.args)
    return None


def _trial(known: Rule, application: Application, term: Term, found: Term, context: Context, backward: bool) -> Trial | None:
    """What the application puts at its place and the conditions that it needs, or None where it does not hold."""
    try:
        made = replacement(known, application, Rewrite(known.name, backward, (application,), term, term), context)
        return Trial(found, made, conditions(known, (application,), context))
    except Rejection:
        return None


# Computed rules


def _computed_finder(known: Rule, context: Context, backward: bool, supplied: Binding) -> Finder:
    heads = _HEADS.get(known.name, (Term,))

    def finder(found: Term, path: tuple[int, ...]) -> Application | None:
        if backward:
            return _backward(known, found, path, context, supplied)
        if not isinstance(found, heads):
            return None
        return _tried(known, found, Place(path), supplied, backward, context)

    return finder


def _tried(
    known: Rule, found: Term, place: Place, supplied: Mapping[str, Bound], backward: bool, context: Context
) -> Application | None:
    try:
        compute(known.name, found, supplied, backward, context)
    except Rejection:
        return None
    return Application(place, supplied)


def _backward(known: Rule, found: Term, path: tuple[int, ...], context: Context, supplied: Binding) -> Application | None:
    application = _tried(known, found, Place(path), supplied, True, context)
    if application is not None or not isinstance(found, Plus | Times):
        return application
    definition = _replayed(known, supplied, context)
    if type(definition) is not type(found) or definition is None:
        return None
    width = len(definition.args)
    for start in range(len(found.args) - width + 1):
        run = (start, start + width)
        if without_labels(at(found, Place((), run))) == definition:
            return Application(Place(path, run), supplied)
    return None


def _replayed(known: Rule, supplied: Binding, context: Context) -> Term | None:
    source = supplied.get("from")
    if not isinstance(source, Term):
        return None
    try:
        return compute(known.name, source, supplied, False, context)
    except Rejection:
        return None


def _result_finder(context: Context, backward: bool, supplied: Binding) -> Finder:
    numbers = range(1, len(context.results) + 1)
    asked = supplied.get("number")
    if isinstance(asked, Number):
        numbers = range(int(asked.value), int(asked.value) + 1)

    def side(result: Relation) -> Term:
        return result.args[1] if backward else result.args[0]

    shown = {side(context.results[k - 1]): k for k in reversed(numbers) if k <= len(context.results)}

    def finder(found: Term, path: tuple[int, ...]) -> Application | None:
        number = shown.get(without_labels(found))
        if number is None:
            return None
        source = {"from": context.results[number - 1].args[0]} if backward else {}
        return Application(Place(path), {"number": Number(number), **source})

    return finder


def _arithmetic_finder(found: Term, path: tuple[int, ...]) -> Application | None:
    if not found.args or not all(isinstance(part, Number) for part in subterms(found) if not part.args):
        return None
    try:
        value = polynomial(found)
    except Rejection:
        return None
    if not is_constant(value):
        return None
    result = signed(next(iter(value.values()), 0))
    return None if result == found else Application(Place(path), {"to": result})
