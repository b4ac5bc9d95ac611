"""An inequality that one named rule gives at once: Jensen's, or log x <= x - 1, on one side as it is defined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_everywhere
from symkl.derivation.prover import NotFound, steps_between
from symkl.derivation.run import printed_step
from symkl.derivation.step import Application, Place, Rewrite, Step
from symkl.errors import Rejection
from symkl.language.term import (
    Expectation,
    Law,
    Mass,
    Measure,
    Negation,
    Number,
    Sum,
    Term,
    Times,
    Value,
    product_of,
    without_labels,
)
from symkl.theory.measures import definition_of
from symkl.theory.rules import patterns, rule

_RULES = ("jensen-log", "jensen-minus-log", "log-below-line", "mean-log-below-line")


def one_inequality(first: Term, second: Term, operator: str, context: Context) -> Sequence[Step] | None:
    """The steps from the first side to the second, one of them an inequality, or None where no rule leads there."""
    for leading, form in _forms(first, context):
        for name in _RULES:
            if patterns(rule(name)).operator != operator:
                continue
            bound = rewrite_everywhere(name, form, context)
            rest = None if bound is None else _rest(bound.after, second, context)
            if bound is not None and rest is not None:
                return [*([printed_step(leading)] if leading else []), printed_step([bound]), *rest]
    return None


def _rest(term: Term, second: Term, context: Context) -> Sequence[Step] | None:
    if without_labels(term) == without_labels(second):
        return []
    found = steps_between(term, second, context)
    return None if isinstance(found, NotFound) else found


def _forms(term: Term, context: Context) -> Iterator[tuple[Sequence[Rewrite], Term]]:
    """A side as it stands, as each of its definitions, and its sum over a law as an expectation."""
    yield [], term
    path = (0,) if isinstance(term, Negation) else ()
    inner = term.argument if isinstance(term, Negation) else term
    for application in _definitions(inner, path):
        yield from _applied("unfold", term, application, context)
    mean = _as_mean(inner, context)
    if mean is not None:
        yield from _applied("expectation-as-sum", term, Application(Place(path), {"from": mean}), context, backward=True)


def _applied(
    name: str, term: Term, application: Application, context: Context, backward: bool = False
) -> Iterator[tuple[Sequence[Rewrite], Term]]:
    try:
        done = apply_at(rule(name), term, [application], context, backward)
    except Rejection:
        return
    yield [done], done.after


def _definitions(term: Term, path: tuple[int, ...]) -> Iterator[Application]:
    if isinstance(term, Measure):
        for form in range(len(definition_of(term).forms)):
            yield Application(Place(path), {"form": Number(form)})


def _as_mean(term: Term, context: Context) -> Expectation | None:
    """The expectation that a sum of masses times something is."""
    if not isinstance(term, Sum) or not isinstance(term.body, Times):
        return None
    mass, *rest = term.body.args
    values = tuple(Value(name) for name in term.names)
    if not isinstance(mass, Mass) or mass.marginal.given or mass.args != values:
        return None
    return Expectation(term.names, (Law(mass.marginal),), product_of(rest))
