"""The kernel: re-checks every step of a derivation, and is the only module that says a derivation holds.

It never matches and never searches. A rewrite carries its places and substitutions; the kernel makes both instances of the
rule, compares the left one with what stands at the place, puts the right one there, compares the outcome, and discharges
every condition against the givens and the parts shown before. What it cannot confirm it rejects by name, and nothing here
is an assertion that an optimised interpreter would drop.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symkl.derivation.computed import compute
from symkl.derivation.context import Context
from symkl.derivation.instance import instance, result
from symkl.derivation.places import at, put
from symkl.derivation.step import (
    EQUAL,
    EQUIVALENT,
    Application,
    Bound,
    Condition,
    Derivation,
    Part,
    Rewrite,
    Step,
)
from symkl.errors import Rejection, UnknownName
from symkl.language.term import Relation, Symbol, Term, substitute, subterms, without_labels
from symkl.theory.conditions import depends_on, discharge
from symkl.theory.definedness import undefined_part
from symkl.theory.pattern import Run, Wild, formal_scopes, variables_of
from symkl.theory.rules import ARROW, Rule, patterns, rule

BROKEN_CHAIN = "broken chain"
MISMATCH = "the rule does not match"
WRONG_RESULT = "wrong result"
WRONG_RELATION = "wrong relation"
WRONG_DIRECTION = "wrong direction"
UNKNOWN_RULE = "unknown rule"
UNDISCHARGED = "condition not discharged"
OTHER_CONDITIONS = "other conditions"
UNDEFINED = "may be undefined"
GOAL_NOT_SHOWN = "goal not shown"

STRICT = {"<", ">"}
DIRECTIONS = {"<": -1, "<=": -1, "=": 0, ">=": 1, ">": 1}


def check(derivation: Derivation) -> tuple[Relation, ...]:
    """What a derivation shows, part by part, after re-checking every step.

    Raises: Rejection with its reason and the number of the printed step.
    """
    results: tuple[Relation, ...] = ()
    number = 0
    for part in derivation.parts:
        context = Context(derivation.setting, results)
        if (part_without := undefined_part(part.start, derivation.setting)) is not None:
            text = derivation.setting.write(part_without)
            raise Rejection(UNDEFINED, f"Nothing given shows that {text} has a value.", number + 1)
        before = part.start
        for step in part.steps:
            number += 1
            try:
                _continues(step.before, before)
                check_step(step, context)
            except Rejection as rejection:
                raise Rejection(rejection.reason, rejection.detail, number) from rejection
            before = step.after
        results = (*results, conclusion(part, results))
    if not any(_shows(shown, derivation.goal) for shown in results):
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
    return relation


def replacement(known: Rule, application: Application, rewrite: Rewrite, context: Context) -> Term:
    """What one application of a rule puts at its place.

    Raises: Rejection where the rule does not match there.
    """
    found = at(rewrite.before, application.place)
    if known.computed:
        return compute(known.name, found, application.binding, rewrite.backward, context)
    read = patterns(known)
    if rewrite.backward and read.operator not in (ARROW, EQUIVALENT):
        raise Rejection(WRONG_DIRECTION, f"'{known.name}' is an inequality, used from left to right only.")
    left, right = read.sides(rewrite.backward)
    binding, formal = application.binding, formal_scopes(left)
    if found not in (instance(left, binding), result(left, binding, formal)):
        raise Rejection(MISMATCH, f"'{known.name}' does not match what stands at {application.place.path}.")
    _free_of(read.free, binding, context)
    for name in variables_of(right) - variables_of(left):
        bound = binding.get(name)
        if isinstance(bound, Term) and undefined_part(bound, context.setting, set(subterms(found))) is not None:
            raise Rejection(UNDEFINED, f"Nothing given shows that {context.setting.write(bound)} has a value.")
    return instance(right, binding, formal) if rewrite.backward else result(right, binding, formal)


def conditions(known: Rule, applications: Iterable[Application], context: Context) -> tuple[Condition, ...]:
    """The conditions of a rule at all its places, each discharged, each once.

    Raises: Rejection for one that neither the givens nor an earlier part discharges.
    """
    found: dict[Condition, None] = {}
    if known.computed:
        return ()
    for application in applications:
        for pattern in patterns(known).when:
            for relation in _instances(pattern, application.binding):
                found[Condition(relation, _discharged(relation, context))] = None
    return tuple(found)


def _discharged(relation: Relation, context: Context) -> str:
    if relation.operators == (":=",):
        reason = _admitted(relation, context)
    else:
        shown = without_labels(relation)
        earlier = next((k for k, each in enumerate(context.results, 1) if without_labels(each) == shown), None)
        reason = f"part {earlier}" if earlier is not None else None
        if reason is None and relation.operators != (EQUIVALENT,):
            reason = discharge(relation, context.setting)
    if reason is None:
        write = context.setting.write
        text = f" {relation.operators[0]} ".join(map(write, relation.args))
        raise Rejection(UNDISCHARGED, f"Nothing given shows {text}.")
    return reason


def _admitted(relation: Relation, context: Context) -> str | None:
    """Whether a variable may take a value: every given bound on the variable holds for the value."""
    variable, value = relation.args
    if not isinstance(variable, Symbol):
        return None
    reasons = []
    for fact in context.setting.facts:
        if variable in subterms(fact.relation):
            bound = substitute(fact.relation, {variable.name: value})
            reasons.append(discharge(bound, context.setting) if isinstance(bound, Relation) else None)
    if not reasons or None in reasons:
        return None
    return "; ".join(dict.fromkeys(str(reason) for reason in reasons))


def _instances(pattern: Relation, binding: Mapping[str, Bound]) -> list[Relation]:
    """A condition on a run is one on each of its terms."""
    run = next((t.name for t in subterms(pattern) if isinstance(t, Wild | Run) and isinstance(binding.get(t.name), tuple)), None)
    elements = binding.get(run) if run is not None else None
    if run is None or not isinstance(elements, tuple):
        made = instance(pattern, binding)
        return [made] if isinstance(made, Relation) else []
    return [found for element in elements for found in _instances(pattern, {**binding, run: element})]


def _free_of(pairs: Iterable[tuple[str, str]], binding: Mapping[str, Bound], context: Context) -> None:
    for name, variable in pairs:
        bound, over = binding.get(name, ()), binding.get(variable)
        if not isinstance(over, Term) or isinstance(bound, str):
            raise Rejection(MISMATCH, f"'{variable}' has to stand for a variable.")
        for term in bound if isinstance(bound, tuple) else (bound,):
            if depends_on(term, over, context.setting):
                write = context.setting.write
                raise Rejection(UNDISCHARGED, f"{write(term)} may depend on {write(over)}.")


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


def _shows(shown: Relation, goal: Term) -> bool:
    return without_labels(shown) == without_labels(goal)
