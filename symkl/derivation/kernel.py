"""The kernel: re-checks every step of a derivation, and is the only module that says a derivation holds.

It never matches and never searches. A rewrite carries its places and substitutions; the kernel makes both instances of the
rule, compares the left one with what stands at the place, puts the right one there, compares the outcome, and discharges
every condition against the givens and the parts shown before. What it cannot confirm it rejects by name, and nothing here
is an assertion that an optimised interpreter would drop.
"""

from __future__ import annotations

from collections.abc import Collection

from symkl.derivation.computed import compute
from symkl.derivation.context import Context
from symkl.derivation.instance import instance, result
from symkl.derivation.places import at, put
from symkl.derivation.side_conditions import MISMATCH, check_scopes, conditions
from symkl.derivation.step import EQUAL, EQUIVALENT, Application, Derivation, Part, Rewrite, Step
from symkl.errors import Rejection, UnknownName
from symkl.language.term import CONVERSE, Label, Relation, Term, equation, subterms, without_labels
from symkl.theory.definedness import parts_outside_binders, undefined_part
from symkl.theory.pattern import formal_scopes
from symkl.theory.rules import ARROW, Rule, patterns, printed_name, rule
from symkl.theory.wellformed import malformed

BROKEN_CHAIN = "broken chain"
WRONG_RESULT = "wrong result"
WRONG_RELATION = "wrong relation"
WRONG_DIRECTION = "wrong direction"
UNKNOWN_RULE = "unknown rule"
OTHER_CONDITIONS = "other conditions"
UNDEFINED = "may be undefined"
MALFORMED = "no term of the language"
UNSHOWN_LABEL = "label not shown"
OTHER_NAME = "other name"
GOAL_NOT_SHOWN = "goal not shown"

STRICT = {"<", ">"}
DIRECTIONS = {"<": -1, "<=": -1, "=": 0, ">=": 1, ">": 1}


def check(derivation: Derivation, below: int | None = None) -> tuple[Relation, ...]:
    """What a derivation shows, part by part, after re-checking every step; it cites lemmas of a rank below `below` alone.

    Raises: Rejection with its reason and the number of the printed step.
    """
    results: tuple[Relation, ...] = ()
    number = 0
    for part in derivation.parts:
        context = Context(derivation.setting, results, below)
        try:
            check_line(part.start, context)
            _defined(part.start, context)
            before = part.start
            for step in part.steps:
                number += 1
                _continues(step.before, before)
                check_step(step, context)
                before = step.after
            results = (*results, conclusion(part, results))
        except Rejection as rejection:
            raise Rejection(rejection.reason, rejection.detail, max(number, 1)) from rejection
    if not any(shows(shown, derivation.goal) for shown in results):
        raise Rejection(GOAL_NOT_SHOWN, "No part ends in the goal.")
    return results


def conclusion(part: Part, results: tuple[Relation, ...]) -> Relation:
    """What a checked part shows, given what was shown before it.

    A chain of terms shows how its end compares with its start. A chain of statements shows its last one where its first
    was shown before, and otherwise only that the two are equivalent.
    """
    start, end = without_labels(part.start), without_labels(part.end)
    if isinstance(start, Relation):
        known = any(without_labels(shown) == start for shown in results)
        return end if known and isinstance(end, Relation) else Relation((start, end), (EQUIVALENT,))
    operators = [step.relation for step in part.steps]
    signs = {DIRECTIONS[operator] for operator in operators} - {0}
    if len(signs) > 1:
        raise Rejection(WRONG_RELATION, "The chain goes up and down.")
    if not signs:
        return Relation((start, end), (EQUAL,))
    strict = any(operator in STRICT for operator in operators)
    return Relation((start, end), ({-1: "<", 1: ">"}[signs.pop()] + ("" if strict else "="),))


def check_step(step: Step, context: Context) -> None:
    """Re-check one printed step.

    Raises: Rejection.
    """
    current = step.before
    relation = EQUIVALENT if isinstance(step.before, Relation) else EQUAL
    for rewrite in step.rewrites:
        _continues(rewrite.before, current)
        used = check_rewrite(rewrite, context)
        if used not in (EQUAL, EQUIVALENT):
            if relation != EQUAL:
                raise Rejection(WRONG_RELATION, "A step shows one inequality.")
            relation = used
        current = rewrite.after
    _continues(step.after, current)
    if not step.rewrites:
        raise Rejection(BROKEN_CHAIN, "A step without a rewrite.")
    if step.relation != relation:
        raise Rejection(WRONG_RELATION, f"The step shows '{relation}', not '{step.relation}'.")
    named = printed_name(rewrite.rule for rewrite in step.rewrites)
    if step.rule != named:
        raise Rejection(OTHER_NAME, f"The step uses '{named}', and calls it '{step.rule}'.")


def check_line(line: Term, context: Context) -> None:
    """Check that a line is a term of the language under the givens, and that what its underbraces claim was shown before.

    Raises: Rejection.
    """
    if fault := malformed(line, context.setting):
        raise Rejection(MALFORMED, f"{fault}.")
    for part in subterms(line):
        if isinstance(part, Label) and part.claim is not None:
            body, claim = without_labels(part.body), without_labels(part.claim)
            claimed = (equation(body, claim), equation(claim, body))
            if body != claim and not any(shown in claimed for shown in context.results):
                raise Rejection(UNSHOWN_LABEL, f"No part before shows that {context.setting.write(claim)} is what is braced.")


def check_rewrite(rewrite: Rewrite, context: Context) -> str:
    """Re-check one rewrite; the relation that it shows between its two terms.

    Raises: Rejection.
    """
    known = _rule(rewrite.rule)
    if not rewrite.applications:
        raise Rejection(MISMATCH, f"'{known.name}' is applied nowhere.")
    replaced = {a.place: replacement(known, a, rewrite, context) for a in rewrite.applications}
    if len(replaced) < len(rewrite.applications):
        raise Rejection(MISMATCH, f"'{known.name}' is applied twice at one place.")
    relation = _relation(known, rewrite)
    # A label or a decimal's digits are part of the line, so the comparison is of the terms as written.
    if put(rewrite.before, replaced) != rewrite.after:
        raise Rejection(WRONG_RESULT, f"'{known.name}' gives another term.")
    if conditions(known, rewrite.applications, context) != rewrite.conditions:
        raise Rejection(OTHER_CONDITIONS, f"The conditions recorded for '{known.name}' are not those that it has here.")
    check_line(rewrite.after, context)
    return relation


def replacement(known: Rule, application: Application, rewrite: Rewrite, context: Context) -> Term:
    """What one application of a rule puts at its place.

    Raises: Rejection where the rule does not match there.
    """
    found = at(rewrite.before, application.place)
    if known.computed:
        new = compute(known.name, found, application.binding, rewrite.backward, context)
    else:
        new = _by_pattern(known, application, found, rewrite.backward, context)
    _defined(new, context, parts_outside_binders(found))
    return new


def _by_pattern(known: Rule, application: Application, found: Term, backward: bool, context: Context) -> Term:
    read = patterns(known)
    if backward and read.operator not in (ARROW, EQUIVALENT):
        raise Rejection(WRONG_DIRECTION, f"'{known.name}' is an inequality, used from left to right only.")
    left, right = read.sides(backward)
    binding, formal = application.binding, formal_scopes(left)
    if found not in (instance(left, binding), result(left, binding, formal)):
        raise Rejection(MISMATCH, f"'{known.name}' does not match what stands at {application.place.path}.")
    check_scopes(read, binding, context.setting)
    return instance(right, binding, formal) if backward else result(right, binding, formal)


def _defined(term: Term, context: Context, known: Collection[Term] = ()) -> None:
    without = undefined_part(term, context.setting, known)
    if without is not None:
        raise Rejection(UNDEFINED, f"Nothing given shows that {context.setting.write(without)} has a value.")


def _relation(known: Rule, rewrite: Rewrite) -> str:
    if known.computed:
        return EQUAL
    operator = patterns(known).operator
    if operator == ARROW:
        return EQUAL
    whole = len(rewrite.applications) == 1 and rewrite.applications[0].place.path == () and not rewrite.applications[0].place.run
    if not whole or isinstance(rewrite.before, Relation) != (operator == EQUIVALENT):
        raise Rejection(WRONG_RELATION, f"'{known.name}' is used on a whole line.")
    return operator


def _rule(name: str) -> Rule:
    try:
        return rule(name)
    except UnknownName as error:
        raise Rejection(UNKNOWN_RULE, str(error)) from error


def _continues(term: Term, before: Term) -> None:
    if term != before:
        raise Rejection(BROKEN_CHAIN, "The line does not start where the one before ended.")


def shows(shown: Relation, goal: Term) -> bool:
    """Whether what is shown is the goal, or the goal read from the right: 0 <= a is a >= 0."""
    plain, wanted = without_labels(shown), without_labels(goal)
    if plain == wanted:
        return True
    if not isinstance(plain, Relation) or len(plain.operators) != 1 or plain.operators[0] not in CONVERSE:
        return False
    return wanted == Relation((plain.args[1], plain.args[0]), (CONVERSE[plain.operators[0]],))
