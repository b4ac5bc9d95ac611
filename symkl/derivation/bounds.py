"""Finds the derivation of an inequality: the two sides differ by what is never negative.

The difference is sought as a sum of divergences, informations and entropies with positive factors. The derivation of each comes
first and names the one inequality step (Gibbs', or log x <= x - 1); the identity between the sides follows, and then the
terms are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from symkl.derivation.auxiliary import with_uniform_law
from symkl.derivation.context import Context
from symkl.derivation.difference import multiple, what_is_between
from symkl.derivation.directly import one_inequality
from symkl.derivation.engine import rewrite_everywhere
from symkl.derivation.grounds import never_negative
from symkl.derivation.kernel import check, conclusion
from symkl.derivation.prover import MOST_LINES, NotFound, steps_between
from symkl.derivation.run import printed_step
from symkl.derivation.step import Derivation, Part, Step
from symkl.errors import Rejection, UndefinedTerm
from symkl.language.term import CONVERSE, Negation, Number, Plus, Relation, Term, sum_of

_ZERO = Number(0)


def prove_bound(statement: Relation, context: Context) -> Derivation | NotFound:
    """A derivation of one inequality, accepted by the kernel, or the two sides where none was found."""
    first, second = statement.args[0], statement.args[1]
    if statement.operators in ((">=",), ("<=",)):
        for tried in (context, *_with_uniform_laws(statement, context)):
            made = _derivation(statement, tried)
            if made is not None:
                return made
    return NotFound(first, second)


def _with_uniform_laws(statement: Relation, context: Context) -> Iterator[Context]:
    for known in with_uniform_law(statement, context.setting):
        yield replace(context, setting=known)


def _derivation(statement: Relation, context: Context) -> Derivation | None:
    first, second, operator = statement.args[0], statement.args[1], statement.operators[0]
    if first == _ZERO:
        first, second, operator = second, first, CONVERSE[operator]
    text = context.setting.write(statement)
    try:
        parts = _parts(first, second, operator, context)
        if parts is None:
            return None
        made = Derivation(name=text, title=f"`{text}`", setting=context.setting, goal=statement, parts=tuple(parts))
        check(made, context.below)
    except (Rejection, UndefinedTerm):
        return None
    return made


def _parts(first: Term, second: Term, operator: str, context: Context) -> Sequence[Part] | None:
    greater, lesser = (first, second) if operator == ">=" else (second, first)
    if first == greater and lesser == _ZERO:
        plain = never_negative(greater, context)
        if plain is not None:
            return [Part("", greater, tuple(plain))]
    for start, end, sign in ((first, second, operator), (second, first, CONVERSE[operator])):
        direct = one_inequality(start, end, sign, context)
        if direct is not None:
            return [Part("", start, tuple(direct))]
    found = what_is_between(greater, lesser, context)
    if found is None:
        return None
    grounds = []
    for atom in dict.fromkeys(atom for _, _, atom in found):
        shown = never_negative(atom, context)
        if shown is None:
            return None
        grounds.append(Part(f"`{context.setting.write(atom)}` is never negative", atom, tuple(shown)))
    extra = sum_of([multiple(weight, number, atom) for weight, number, atom in found])
    if operator == ">=" and lesser == _ZERO and extra == grounds[0].start:
        leading = steps_between(greater, extra, context)
        return None if isinstance(leading, NotFound) else [Part("", greater, (*leading, *grounds[0].steps))]
    longest = max(len(ground.steps) for ground in grounds)
    last = _left_out(first, second, operator, extra, context, max(1, MOST_LINES - longest - 1), grounds)
    return None if last is None else [*grounds, last]


def _left_out(
    first: Term, second: Term, operator: str, extra: Term, context: Context, most: int, grounds: Sequence[Part]
) -> Part | None:
    """The part that brings the extra terms in, and leaves them out."""
    target, name = {
        (">=", True): (extra, "not-negative"),
        ("<=", True): (Negation(extra), "not-positive"),
        (">=", False): (Plus(second, extra), "drop-positive-term"),
        ("<=", False): (Plus(second, Negation(extra)), "drop-negative-term"),
    }[operator, second == _ZERO]
    leading: Sequence[Step] | NotFound = [] if first == target else steps_between(first, target, context, most)
    if isinstance(leading, NotFound):
        return None
    later = replace(context, results=tuple(conclusion(ground, ()) for ground in grounds))
    bound = rewrite_everywhere(name, target, later)
    return None if bound is None or bound.after != second else Part("The bound", first, (*leading, printed_step([bound])))
