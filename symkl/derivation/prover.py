"""Finds the derivation of an identity: expand both sides, and let them meet.

Both sides are expanded phase by phase. The two lines that meet first (equal by the ring rules of `rearrange`, or as
fractions) make the middle; the right side's half is printed backwards. What both halves would change in the same way stays
as it is, so that no line undoes another. No step is taken on the word of a decision procedure, and the kernel checks the
result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symkl.derivation.choices import (
    CHOICES,
    all_masses,
    conditional_marginals,
    split_everywhere,
    stated_marginals,
    sum_over,
    towards,
)
from symkl.derivation.context import Context
from symkl.derivation.expand import Line, expansion
from symkl.derivation.kernel import check
from symkl.derivation.lemmas import NO_LEMMAS
from symkl.derivation.meeting import Meeting, meeting
from symkl.derivation.phases import (
    BASES,
    CANCELS,
    COMPLEMENTS,
    DEFINITIONS,
    EXPONENTIALS,
    LATE,
    LOGS,
    LOGS_BEFORE_DERIVATIVES,
    MASSES,
    MERGED,
    PLAN,
    SPLIT,
    TOTALS,
    WITH_DERIVATIVES,
    WITH_EXPONENTS,
    WITH_LAST_TERMS,
    WITH_NUMBERS,
    WITH_SPLIT_LOGS,
    Phase,
)
from symkl.derivation.reverse import reverse
from symkl.derivation.run import printed_step
from symkl.derivation.step import Derivation, Part, Step
from symkl.errors import Rejection, UndefinedTerm
from symkl.language.term import (
    Derivative,
    Exp,
    Extremum,
    Log,
    Marginal,
    Mass,
    Measure,
    Number,
    Plus,
    Power,
    Range,
    Relation,
    Sum,
    Term,
    subterms,
)
from symkl.theory.setting import Setting

NEVER, NEEDED, FIRST = "never", "needed", "first"
"""When lemmas are cited."""

MOST_LINES = 12
"""A derivation of more lines is shortened by lemmas where that can be."""

MOST_WRITTEN_OUT = 200
"""Sums over longer alphabets stay sums."""

REORDERED = "Terms and factors are reordered."


@dataclass(frozen=True, slots=True)
class NotFound:
    """The search stopped: what the two sides looked like there."""

    left: Term
    right: Term


def prove_by_rules(statement: Relation, setting: Setting, title: str = "", lemmas: str = NEEDED) -> Derivation | NotFound:
    """A derivation of an equation or an inequality by named rules, accepted by the kernel, or how far the two sides got.

    `lemmas` says when one is cited: never, where the derivation is not found or long without, or before anything else.
    """
    context = Context(setting, below=NO_LEMMAS if lemmas == NEVER else None)
    if statement.operators != ("=",):
        from symkl.derivation.bounds import prove_bound

        return prove_bound(statement, context)
    left, right = statement.args[0], statement.args[1]
    found = (_cited(left, right, context) if lemmas == FIRST else None) or steps_between(left, right, context)
    if found == []:
        # The two sides are the same term, which no step shows.
        return NotFound(left, right)
    parts = _least(left, right, context) if isinstance(found, NotFound) else [Part("", left, tuple(found))]
    if parts is None:
        return found if isinstance(found, NotFound) else NotFound(left, right)
    text = setting.write(statement)
    made = Derivation(name=text, title=title or f"`{text}`", setting=setting, goal=statement, parts=tuple(parts))
    try:
        check(made, context.below)
    except Rejection:
        return NotFound(left, right)
    return made


def steps_between(left: Term, right: Term, context: Context, most: int = MOST_LINES) -> list[Step] | NotFound:
    """The printed lines from one side to the other, or how far the two sides got; more lines than `most` rather cite lemmas."""
    found = _without_lemmas(left, right, context)
    if isinstance(found, NotFound) or len(found) > most:
        cited = _cited(left, right, context)
        if cited is not None and (isinstance(found, NotFound) or len(cited) < len(found)):
            return cited
    return found


def _least(left: Term, right: Term, context: Context) -> Sequence[Part] | None:
    """The parts that show where a function is least, for a statement that says so."""
    if not isinstance(left, Extremum) or isinstance(right, Extremum):
        return None
    from symkl.derivation.minima import minimum

    return minimum(left, right, context)


def _cited(left: Term, right: Term, context: Context) -> list[Step] | None:
    if context.below == NO_LEMMAS:
        return None
    from symkl.derivation.citing import steps_by_lemmas

    return steps_by_lemmas(left, right, context)


def _without_lemmas(left: Term, right: Term, context: Context) -> list[Step] | NotFound:
    if isinstance(left, Extremum) and isinstance(right, Extremum):
        from symkl.derivation.extrema import same_place

        return same_place(left, right, context)
    last = NotFound(left, right)
    for plan in _plans(left, right, context):
        try:
            found = _by_plan(left, right, plan, context)
        except (Rejection, UndefinedTerm):
            continue
        if not isinstance(found, NotFound):
            return found
        last = found
    return last


def _plans(left: Term, right: Term, context: Context) -> Iterator[Sequence[Phase]]:
    """The orders of phases to try, one after the other."""
    parts = [part for side in (left, right) for part in subterms(side)]
    bases = {part.base for part in parts if isinstance(part, Log)}
    if any(isinstance(part, Measure) for part in parts):
        bases.add(context.setting.scope.log_base)

    def plan(*phases: Phase) -> list[Phase]:
        return [phase for phase in phases if phase is not BASES or len(bases) > 1]

    formulas = any(formula.formula is not None for formula in context.setting.formulas.values())
    if any(isinstance(part, Derivative) for part in parts):
        if formulas:
            yield plan(*LOGS_BEFORE_DERIVATIVES)
        yield plan(*WITH_SPLIT_LOGS)
        yield plan(*WITH_DERIVATIVES)
        yield plan(*WITH_DERIVATIVES, *LATE)
        return
    if not any(isinstance(part, Log | Measure) for part in parts):
        yield from _of_masses(left, right)
    conditionals = _conditional_marginals(left, right, context)
    if conditionals:
        choices = {"condition": towards(conditionals), "independence": CHOICES["independence"]}
        product_rule = Phase("product rule", ("independence", "condition", *CANCELS), choices=choices)
        yield plan(DEFINITIONS, MERGED, BASES, MASSES, product_rule, LOGS, SPLIT, TOTALS, EXPONENTIALS)
    if formulas:
        # What holds for any law needs no masses put in.
        yield plan(*(phase for phase in PLAN if phase is not MASSES))
    yield plan(*PLAN)
    if any(isinstance(part, Exp | Power) for part in parts):
        yield plan(*WITH_EXPONENTS)
    if any(isinstance(part, Range) and isinstance(part.high, Plus) for part in parts):
        yield plan(*WITH_LAST_TERMS)
    with_numbers = all(_few(alphabet) for law in context.setting.scope.laws.values() for alphabet in law.alphabets)
    if with_numbers:
        yield plan(*WITH_NUMBERS)
    yield plan(*PLAN, *LATE)
    if with_numbers:
        yield plan(*WITH_NUMBERS, COMPLEMENTS, LOGS, SPLIT, *LATE)


def _of_masses(left: Term, right: Term) -> Iterator[Sequence[Phase]]:
    """The orders of phases for a statement in masses alone: without a log, each mass may be taken apart."""
    split = Phase("independence", ("split",), choices={"split": split_everywhere})
    yield (split,)
    for mass, other in ((left, right), (right, left)):
        if isinstance(mass, Mass) and isinstance(other, Sum):
            conditionals = tuple(dict.fromkeys(part.marginal for _, part in all_masses(other) if part.marginal.given))
            summed = Phase("total", ("sum-over",), choices={"sum-over": sum_over(other.names, other.domains)})
            product = Phase("product rule", ("condition",), choices={"condition": towards(conditionals, all_masses)})
            yield (summed, product, split)
        elif isinstance(mass, Mass):
            conditionals = tuple(dict.fromkeys(part.marginal for _, part in all_masses(other) if part.marginal.given))
            choices = {"condition": towards(conditionals, all_masses), "split": split_everywhere}
            yield (Phase("product rule", ("condition", "split"), choices=choices),)


def _few(alphabet: Term) -> bool:
    """Whether a sum over the alphabet is worth writing out."""
    match alphabet:
        case Range(Number(low), Number(high)):
            return high - low < MOST_WRITTEN_OUT
        case _:
            return True


def _conditional_marginals(left: Term, right: Term, context: Context) -> tuple[Marginal, ...]:
    """The conditional laws that the definitions of either side or the givens speak of."""
    try:
        ends = [list(expansion(side, (DEFINITIONS,), context)) for side in (left, right)]
    except (Rejection, UndefinedTerm):
        return ()
    unfolded = (lines[-1].after if lines else side for lines, side in zip(ends, (left, right), strict=True))
    return tuple(dict.fromkeys((*conditional_marginals(*unfolded), *stated_marginals(context.setting))))


# Meeting


def _by_plan(left: Term, right: Term, plan: Sequence[Phase], context: Context) -> list[Step] | NotFound:
    lefts, rights = list(expansion(left, plan, context)), list(expansion(right, plan, context))
    met = meeting(left, lefts, right, rights, context)
    if met is None:
        return NotFound(lefts[-1].after if lefts else left, rights[-1].after if rights else right)
    lefts, rights = lefts[: met.left], rights[: met.right]
    steps = _printed(lefts, met, rights, context)
    shared = _changed(lefts) & _changed(rights)
    if not shared:
        return steps
    return _leaving(shared, left, right, plan, context, len(steps)) or steps


def _changed(lines: Sequence[Line]) -> set[Term]:
    return {part for line in lines for part in line.changed()}


def _leaving(shared: set[Term], left: Term, right: Term, plan: Sequence[Phase], context: Context, most: int) -> list[Step] | None:
    """The lines without those changes that both sides make to the same parts, where the sides still meet."""
    lefts, rights = (list(expansion(side, plan, context, shared)) for side in (left, right))
    met = meeting(left, lefts, right, rights, context)
    if met is None or met.left + met.right + bool(met.bridge) > most:
        return None
    return _printed(lefts[: met.left], met, rights[: met.right], context)


# Printing


def _printed(lefts: Sequence[Line], met: Meeting, rights: Sequence[Line], context: Context) -> list[Step]:
    steps = [printed_step(line.rewrites, line.phase.says) for line in lefts]
    if met.bridge:
        steps.append(printed_step(met.bridge, REORDERED if len(met.bridge) > 1 else ""))
    for line in reversed(rights):
        steps.append(printed_step(reverse(line.rewrites, context), line.phase.says))
    return steps
