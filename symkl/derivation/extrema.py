"""Two extrema at one place: argmin f = argmin g where f and g differ by what does not depend on the variable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symkl.derivation.canonical import expanded
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_everywhere
from symkl.derivation.expand import expansion
from symkl.derivation.phases import WITH_NUMBERS
from symkl.derivation.polynomial import polynomial
from symkl.derivation.prover import NotFound, steps_between
from symkl.derivation.run import printed_step
from symkl.derivation.step import Application, Place, Step
from symkl.errors import Rejection, UndefinedTerm
from symkl.language.term import Extremum, Law, Measure, Negation, Number, Plus, Symbol, Term, subterms
from symkl.theory.conditions import depends_on
from symkl.theory.rules import rule, rules


def same_place(left: Extremum, right: Extremum, context: Context) -> list[Step] | NotFound:
    """The lines from one extremum to the other, or how far the two bodies got."""
    if left.name != right.name or {left.kind, right.kind} - {"argmin", "argmax"}:
        return NotFound(left, right)
    if left.kind == right.kind:
        return _same_kind(left, right, context)
    if left.kind == "argmin":
        return _turned(left, right, context)
    turned = rewrite_everywhere("argmin-negation", left, context, backward=True)
    if turned is None or not isinstance(turned.after, Extremum):
        return NotFound(left, right)
    rest = _same_kind(turned.after, right, context)
    return rest if isinstance(rest, NotFound) else [printed_step([turned]), *rest]


def _turned(left: Extremum, right: Extremum, context: Context) -> list[Step] | NotFound:
    """argmin f = argmax g by way of argmin -g."""
    middle = Extremum("argmin", right.name, Negation(right.body))
    steps = _same_kind(left, middle, context)
    turned = rewrite_everywhere("argmin-negation", middle, context)
    if isinstance(steps, NotFound) or turned is None or turned.after != right:
        return NotFound(left, right)
    return [*steps, printed_step([turned])]


def _same_kind(left: Extremum, right: Extremum, context: Context) -> list[Step] | NotFound:
    constant = _constant_between(left, right, context)
    if constant is None:
        return _stripped(left, right, context)
    if constant == Number(0):
        inner = steps_between(left.body, right.body, context)
        return inner if isinstance(inner, NotFound) else [_under(step, left, context) for step in inner]
    inner = steps_between(left.body, Plus(right.body, constant), context)
    if isinstance(inner, NotFound):
        return inner
    lifted = [_under(step, left, context) for step in inner]
    last = lifted[-1].after if lifted else left
    final = rewrite_everywhere(f"{left.kind}-constant", last, context)
    if final is None or final.after != right:
        return NotFound(last, right)
    return [*lifted, printed_step([final])]


def _stripped(left: Extremum, right: Extremum, context: Context) -> list[Step] | NotFound:
    """By way of the same function without a constant term or a positive factor."""
    for name in (f"{left.kind}-constant", f"{left.kind}-factor"):
        done = rewrite_everywhere(name, left, context) if name in rules() else None
        if done is not None and isinstance(done.after, Extremum) and done.after != left:
            if done.after == right:
                return [printed_step([done])]
            rest = _same_kind(done.after, right, context)
            return rest if isinstance(rest, NotFound) else [printed_step([done]), *rest]
    return NotFound(left.body, right.body)


def _constant_between(left: Extremum, right: Extremum, context: Context) -> Term | None:
    """A term c without the variable, with left = right + c: a measure of the laws in the statement, or what is left over."""
    over = Symbol(left.name)
    try:
        residue = _expanded(Plus(left.body, Negation(right.body)), context)
    except (Rejection, UndefinedTerm):
        return None
    if residue is None:
        return None
    if residue == Number(0):
        return residue
    for candidate in _measures(left, right):
        if not depends_on(candidate, over, context.setting) and _equal(_expanded(candidate, context), residue):
            return candidate
    return None if depends_on(residue, over, context.setting) else residue


def _measures(left: Extremum, right: Extremum) -> Iterator[Term]:
    laws = dict.fromkeys(part for side in (left, right) for part in subterms(side) if isinstance(part, Law))
    for law in laws:
        for measure in (Measure("H", (law,)), *(Measure("KL", (law, other), ("||",)) for other in laws if other != law)):
            yield measure
            yield Negation(measure)


def _expanded(term: Term, context: Context) -> Term | None:
    lines = list(expansion(term, WITH_NUMBERS, context))
    return expanded(lines[-1].after if lines else term)


def _equal(found: Term | None, residue: Term) -> bool:
    return found is not None and (found == residue or polynomial(found) == polynomial(residue))


def _under(step: Step, around: Extremum, context: Context) -> Step:
    """A step of the body as a step of the extremum around it."""
    rewrites = []
    for rewrite in step.rewrites:
        moved = [Application(Place((0, *one.place.path), one.place.run), one.binding) for one in rewrite.applications]
        before = around.with_args((rewrite.before,))
        rewrites.append(apply_at(rule(rewrite.rule), before, moved, context, rewrite.backward))
    before, after = around.with_args((step.before,)), around.with_args((step.after,))
    return replace(step, before=before, after=after, rewrites=tuple(rewrites))
