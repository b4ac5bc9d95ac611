"""The conditions of a rule at a place: each one an instance of the rule's own, discharged by the givens or an earlier part.

This is part of the kernel: what is not discharged here is rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symkl.derivation.context import Context
from symkl.derivation.instance import instance
from symkl.derivation.step import EQUIVALENT, Application, Bound, Condition
from symkl.errors import Rejection
from symkl.language.givens import SortGiven
from symkl.language.term import (
    Number,
    Plus,
    Quotient,
    Relation,
    Symbol,
    Term,
    Times,
    difference,
    substitute,
    subterms,
    without_labels,
)
from symkl.theory.affine import affine
from symkl.theory.conditions import ARITHMETIC, depends_on, discharge
from symkl.theory.laws import has_total_one
from symkl.theory.pattern import Run, Wild
from symkl.theory.rules import Patterns, Rule, patterns
from symkl.theory.setting import Setting

MISMATCH = "the rule does not match"
UNDISCHARGED = "condition not discharged"


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


def check_scopes(read: Patterns, binding: Mapping[str, Bound], setting: Setting) -> None:
    """The conditions that no author writes: what does not depend on a variable, and what is a law.

    Raises: Rejection.
    """
    for name, variable in read.free:
        bound, over = binding.get(name, ()), binding.get(variable)
        if not isinstance(over, Term) or isinstance(bound, str):
            raise Rejection(MISMATCH, f"'{variable}' has to stand for a variable.")
        for term in bound if isinstance(bound, tuple) else (bound,):
            if depends_on(term, over, setting):
                raise Rejection(UNDISCHARGED, f"{setting.write(term)} may depend on {setting.write(over)}.")
    for name in read.laws:
        law = binding.get(name)
        if not isinstance(law, Term) or not has_total_one(law, setting):
            shown = setting.write(law) if isinstance(law, Term) else name
            raise Rejection(UNDISCHARGED, f"Nothing given shows that {shown} is a law whose total is one.")


def _discharged(relation: Relation, context: Context) -> str:
    if relation.operators == (":=",):
        reason = _admitted(relation, context.setting)
    else:
        shown = without_labels(relation)
        earlier = next((k for k, each in enumerate(context.results, 1) if without_labels(each) == shown), None)
        reason = f"part {earlier}" if earlier is not None else None
        if reason is None and relation.operators != (EQUIVALENT,):
            reason = discharge(relation, context.setting)
        if reason is None and relation.operators == (">=",) and relation.args[1] == Number(0):
            reason = _by_parts(relation.args[0], context)
    if reason is None:
        write = context.setting.write
        text = f" {relation.operators[0]} ".join(map(write, relation.args))
        raise Rejection(UNDISCHARGED, f"Nothing given shows {text}.")
    return reason


def _by_parts(term: Term, context: Context) -> str | None:
    """Why a sum of multiples is not negative: earlier parts show it of what is multiplied, the givens of the factors."""
    for number, shown in enumerate(context.results, 1):
        left, right = without_labels(shown.args[0]), without_labels(shown.args[1])
        if shown.operators in ((">=",), (">",)) and right == Number(0) and left == without_labels(term):
            return f"part {number}"
    positive = discharge(Relation((term, Number(0)), (">=",)), context.setting)
    if positive is not None:
        return positive
    match term:
        case Plus(terms) | Times(terms):
            reasons = [_by_parts(each, context) for each in terms]
        case Quotient(above, below):
            reasons = [_by_parts(above, context), discharge(Relation((below, Number(0)), (">",)), context.setting)]
        case _:
            return None
    if None in reasons:
        return None
    given = dict.fromkeys(str(reason) for reason in reasons)
    return "; ".join(reason for reason in given if reason != ARITHMETIC)


def _admitted(relation: Relation, setting: Setting) -> str | None:
    """Whether a variable moves over an interval that the value lies in: its givens are affine bounds, and hold for the value."""
    variable, value = relation.args
    if not isinstance(variable, Symbol) or variable.name in setting.integers:
        return None
    reasons = []
    for fact in setting.facts:
        if not depends_on(fact.relation, variable, setting):
            continue
        sides = map(affine, map(difference, fact.relation.args, fact.relation.args[1:]))
        if variable not in subterms(fact.relation) or "!=" in fact.relation.operators or None in sides:
            return None
        bound = substitute(fact.relation, {variable.name: value})
        reasons.append(discharge(bound, setting) if isinstance(bound, Relation) else None)
    if not reasons:
        # Without a bound it moves over the whole line, where a given calls it real.
        real = (each for each in setting.givens if isinstance(each, SortGiven) and each.sort == "real")
        return next((each.text for each in real if variable.name in each.names), None)
    if None in reasons:
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
