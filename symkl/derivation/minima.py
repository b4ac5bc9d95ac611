"""Finds where a function is least: its derivative vanishes at one point alone, and its second derivative is positive.

Four parts: the derivative as one fraction, where it is zero, the sign of the second derivative, and the minimum.
"""

from __future__ import annotations

from dataclasses import replace

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_everywhere
from symkl.derivation.expand import expansion
from symkl.derivation.kernel import conclusion
from symkl.derivation.phases import DERIVATIVES, WITH_SPLIT_LOGS
from symkl.derivation.polynomial import RationalForm, fraction, polynomial
from symkl.derivation.prover import NotFound, steps_between
from symkl.derivation.run import printed_step
from symkl.derivation.step import EQUAL, Application, Part, Place, Rewrite
from symkl.errors import Rejection
from symkl.language.term import (
    Derivative,
    Extremum,
    Negation,
    Number,
    Plus,
    Quotient,
    Relation,
    Symbol,
    Term,
    Times,
    product_of,
    subterms,
)
from symkl.theory.rules import rule

_ZERO = Number(0)


def minimum(left: Extremum, point: Term, context: Context) -> list[Part] | None:
    """The parts that show argmin f = point, or None where they are not found."""
    if left.kind == "argmax":
        return _turned(left, point, context)
    if left.kind != "argmin":
        return None
    variable = Symbol(left.name)
    slope = Derivative(left.body, variable)
    try:
        first = _slope(slope, variable, point, context)
        parts = [] if first is None else [first]
        for make in (_zero, _convex, _least):
            if not parts:
                return None
            here = replace(context, results=_results(parts))
            parts.append(make(left, slope, point, here))
    except Rejection:
        return None
    return parts


def _turned(left: Extremum, point: Term, context: Context) -> list[Part] | None:
    """argmax f = point by way of argmin -f, in front of the last part."""
    turned = rewrite_everywhere("argmin-negation", left, context, backward=True)
    parts = None if turned is None or not isinstance(turned.after, Extremum) else minimum(turned.after, point, context)
    if parts is None or turned is None:
        return None
    last = parts[-1]
    return [*parts[:-1], replace(last, start=left, steps=(printed_step([turned]), *last.steps))]


def _results(parts: list[Part]) -> tuple[Relation, ...]:
    shown: tuple[Relation, ...] = ()
    for part in parts:
        shown = (*shown, conclusion(part, shown))
    return shown


def _slope(slope: Term, variable: Term, point: Term, context: Context) -> Part | None:
    """The derivative as the distance from the point over something positive."""
    lines = list(expansion(slope, WITH_SPLIT_LOGS, context))
    last = lines[-1].after if lines else slope
    form, distance = fraction(last), Plus(variable, Negation(point))
    below = _below(form, distance, [part.denominator for part in subterms(last) if isinstance(part, Quotient)])
    if below is None:
        return None
    steps = steps_between(slope, Quotient(distance, below), context)
    return None if isinstance(steps, NotFound) else Part("", slope, tuple(steps))


def _below(form: RationalForm, distance: Term, denominators: list[Term]) -> Term | None:
    """What a fraction is the distance over, as a product of the denominators that it has and a number."""
    factors = [factor for part in denominators for factor in (part.args if isinstance(part, Times) else (part,))]
    others = [factor for factor in factors if not isinstance(factor, Number)]
    sought, own = polynomial(distance), polynomial(product_of(others))
    for candidate in (product_of(denominators), product_of(others)):
        if form.above == sought and form.below == polynomial(candidate):
            return candidate
    ratios = {value / sought[key] for key, value in form.above.items()} if form.above.keys() == sought.keys() else set()
    sizes = {value / own[key] for key, value in form.below.items()} if form.below.keys() == own.keys() else set()
    if len(ratios) != 1 or len(sizes) != 1:
        return None
    number = sizes.pop() / ratios.pop()
    if number < 0:
        return None
    return product_of(others if number == 1 and others else [Number(number), *others])


def _zero(_left: Extremum, slope: Term, _point: Term, context: Context) -> Part:
    start = Relation((slope, _ZERO), (EQUAL,))
    rewrites = [apply_at(rule("result"), start, [Application(Place((0,)), {"number": Number(1)})], context)]
    for name in ("fraction-zero", "difference-zero"):
        rewrites.append(_applied(name, rewrites[-1].after, context))
    return Part("", start, (printed_step(rewrites, "A fraction is zero just where its numerator is."),))


def _convex(left: Extremum, slope: Term, _point: Term, context: Context) -> Part:
    second = Derivative(slope, Symbol(left.name))
    lines = list(expansion(second, WITH_SPLIT_LOGS, context))
    if not lines:
        raise Rejection("no second derivative", "The second derivative is not worked out.")
    first = next((k for k, line in enumerate(lines) if line.phase is DERIVATIVES), 0)
    written = [rewrite for line in lines[:first] for rewrite in line.rewrites]
    steps = [printed_step(written, "The function is written out as before.")] if written else []
    steps += [printed_step(line.rewrites, line.phase.says) for line in lines[first:]]
    return Part("", second, (*steps, printed_step([_applied("positive", lines[-1].after, context)])))


def _least(left: Extremum, _slope: Term, point: Term, context: Context) -> Part:
    found = rewrite_everywhere("convex-minimum", left, context, supplied={"a": point})
    if found is None:
        raise Rejection("no minimum", "The function is not shown to be convex.")
    return Part("", left, (printed_step([found]),))


def _applied(name: str, term: Term, context: Context) -> Rewrite:
    done = rewrite_everywhere(name, term, context)
    if done is None:
        raise Rejection("no such line", f"'{name}' does not apply.")
    return done
