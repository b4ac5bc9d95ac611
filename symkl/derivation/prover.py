"""Finds the derivation of an identity: expand both sides, and let them meet.

Both sides are expanded phase by phase. The two lines that meet first (equal by the ring rules of `rearrange`, or as
fractions) make the middle; the right side's half is printed backwards. No step is taken on the word of a decision procedure,
and the kernel checks the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symkl.derivation.canonical import ordered
from symkl.derivation.context import Context
from symkl.derivation.engine import rewrite_everywhere, rewrite_to
from symkl.derivation.expand import (
    BASES,
    CONDITIONALS,
    DEFINITIONS,
    DERIVATIVES,
    INDEPENDENCE,
    LOGS,
    MASSES,
    SPLIT,
    TOTALS,
    WRITTEN_OUT,
    Line,
    Phase,
    expansion,
)
from symkl.derivation.kernel import check
from symkl.derivation.polynomial import fraction, multiplied, polynomial
from symkl.derivation.reverse import reverse
from symkl.derivation.run import printed_step
from symkl.derivation.step import Derivation, Part, Rewrite, Step
from symkl.errors import Rejection, UndefinedTerm
from symkl.language.term import Derivative, Extremum, Log, Negation, Plus, Relation, Symbol, Term, subterms
from symkl.theory.conditions import depends_on
from symkl.theory.rules import rule
from symkl.theory.setting import Setting

PLAN = (DEFINITIONS, BASES, MASSES, INDEPENDENCE, CONDITIONALS, LOGS, SPLIT, TOTALS)
"""The phases, in the order in which a textbook takes them."""

WITH_NUMBERS = (DEFINITIONS, BASES, WRITTEN_OUT, MASSES, INDEPENDENCE, CONDITIONALS, LOGS, SPLIT, TOTALS)
WITH_DERIVATIVES = (DEFINITIONS, BASES, WRITTEN_OUT, MASSES, DERIVATIVES, LOGS, SPLIT, TOTALS)


@dataclass(frozen=True, slots=True)
class NotFound:
    """The search stopped: what the two sides looked like there."""

    left: Term
    right: Term


def prove_by_rules(statement: Relation, setting: Setting, title: str = "") -> Derivation | NotFound:
    """A derivation of an equation by named rules, accepted by the kernel, or how far the two sides got."""
    context = Context(setting)
    left, right = statement.args[0], statement.args[1]
    found = _steps(left, right, context)
    if isinstance(found, NotFound):
        return found
    text = setting.write(statement)
    made = Derivation(name=text, title=title or text, setting=setting, goal=statement, parts=(Part("", left, tuple(found)),))
    try:
        check(made)
    except Rejection:
        return NotFound(left, right)
    return made


def _steps(left: Term, right: Term, context: Context) -> list[Step] | NotFound:
    if isinstance(left, Extremum) and isinstance(right, Extremum) and left.kind == right.kind and left.name == right.name:
        return _same_minimum(left, right, context)
    calculus = any(isinstance(part, Derivative) for side in (left, right) for part in subterms(side))
    bases = {part.base for side in (left, right) for part in subterms(side) if isinstance(part, Log)}
    last = NotFound(left, right)
    for phases in (WITH_DERIVATIVES,) if calculus else (PLAN, WITH_NUMBERS):
        plan = [phase for phase in phases if phase is not BASES or len(bases) > 1]
        met = _meet(left, right, plan, context)
        if not isinstance(met, NotFound):
            return met
        last = met
    return last


# Meeting


def _meet(left: Term, right: Term, plan: Sequence[Phase], context: Context) -> list[Step] | NotFound:
    """Expand both sides line by line, and join the first two lines that are equal by the ring rules."""
    try:
        lefts = list(expansion(left, plan, context))
        rights = list(expansion(right, plan, context))
    except (Rejection, UndefinedTerm):
        return NotFound(left, right)
    for i, j in _pairs(len(lefts), len(rights)):
        a = lefts[i - 1].after if i else left
        b = rights[j - 1].after if j else right
        bridge = _bridge(a, b, context)
        if bridge is not None:
            return _printed(lefts[:i], bridge, rights[:j], context)
    return NotFound(lefts[-1].after if lefts else left, rights[-1].after if rights else right)


def _pairs(lefts: int, rights: int) -> Iterator[tuple[int, int]]:
    """Pairs of line numbers, the shortest derivation first, and among equals the one that works on the left."""
    pairs = ((i, j) for i in range(lefts + 1) for j in range(rights + 1))
    yield from sorted(pairs, key=lambda pair: (pair[0] + pair[1], pair[1]))


def _bridge(a: Term, b: Term, context: Context) -> list[Rewrite] | None:
    """Rewrites from one line to the other that only reorder, or bring fractions over one denominator."""
    if a == b:
        return []
    for name, equal in (("rearrange", _same_polynomial), ("fractions", _same_fraction)):
        if equal(a, b):
            return _tried(lambda name=name: [rewrite_to(name, a, b, context)])
    from_left, from_right = ordered(a, context), ordered(b, context)
    x = from_left[-1].after if from_left else a
    y = from_right[-1].after if from_right else b
    if not from_left and not from_right:
        return None
    for name, equal in (("rearrange", _same_polynomial), ("fractions", _same_fraction)):
        if equal(x, y):
            middle = [] if x == y else [rewrite_to(name, x, y, context)]
            return _tried(lambda middle=middle: [*from_left, *middle, *reverse(from_right, context)])
    return None


def _tried(make: object) -> list[Rewrite] | None:
    try:
        return make()  # type: ignore[operator,no-any-return]
    except Rejection:
        return None


def _same_polynomial(a: Term, b: Term) -> bool:
    try:
        return polynomial(a) == polynomial(b)
    except Rejection:
        return False


def _same_fraction(a: Term, b: Term) -> bool:
    try:
        x, y = fraction(a), fraction(b)
        return multiplied(x.above, y.below) == multiplied(y.above, x.below)
    except Rejection:
        return False


# Printing


def _printed(lefts: Sequence[Line], bridge: Sequence[Rewrite], rights: Sequence[Line], context: Context) -> list[Step]:
    steps = [printed_step(line.rewrites, line.phase.says) for line in lefts]
    back = [reverse(line.rewrites, context) for line in reversed(rights)]
    if bridge:
        steps.append(printed_step(bridge, "Terms and factors are reordered." if len(bridge) > 1 else ""))
    for line, rewrites in zip(reversed(rights), back, strict=True):
        steps.append(printed_step(rewrites, line.phase.says))
    return steps


# Minima


def _same_minimum(left: Extremum, right: Extremum, context: Context) -> list[Step] | NotFound:
    """argmin f = argmin g where f - g does not depend on the variable."""
    over = Symbol(left.name)
    constant = _constant_between(left.body, right.body, over, context)
    if constant is None:
        return NotFound(left.body, right.body)
    shifted = Plus(right.body, constant)
    inner = _steps(left.body, shifted, context)
    if isinstance(inner, NotFound):
        return inner
    lifted = [_under_extremum(step, left, context) for step in inner]
    final = rewrite_everywhere("argmin-constant" if left.kind == "argmin" else "argmax-constant", lifted[-1].after, context)
    if final is None or final.after != right:
        return NotFound(lifted[-1].after, right)
    return [*lifted, printed_step([final])]


def _constant_between(f: Term, g: Term, over: Term, context: Context) -> Term | None:
    """A term c without the variable with f = g + c, from measures of the statement's laws."""
    difference = Plus(f, Negation(g))
    lines = list(expansion(difference, WITH_NUMBERS, context))
    residue = lines[-1].after if lines else difference
    from symkl.derivation.canonical import expanded

    simple = expanded(residue)
    if simple is None or depends_on(simple, over, context.setting):
        return None
    return simple


def _under_extremum(step: Step, around: Extremum, context: Context) -> Step:
    """A step of the body as a step of the argmin around it."""
    from dataclasses import replace

    from symkl.derivation.engine import apply_at
    from symkl.derivation.step import Application, Place

    def wrapped(body: Term) -> Term:
        return around.with_args((body,))

    rewrites = []
    for rewrite in step.rewrites:
        moved = [Application(Place((0, *one.place.path), one.place.run), one.binding) for one in rewrite.applications]
        rewrites.append(apply_at(rule(rewrite.rule), wrapped(rewrite.before), moved, context, rewrite.backward))
    return replace(step, before=wrapped(step.before), after=wrapped(step.after), rewrites=tuple(rewrites))
