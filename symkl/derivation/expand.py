"""Expanding a side of an identity, phase by phase: definitions, masses, logs, sums.

Each phase is a row of a table: rules to use until they apply nowhere, and where. One phase is one printed line. What the
phases leave is a sum of products of logs, masses and sums that the ring rules of `rearrange` can compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from symkl.derivation.canonical import expanded
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_to
from symkl.derivation.places import places
from symkl.derivation.step import Application, Bound, Place, Rewrite
from symkl.derivation.strategy import EVERYWHERE, INNERMOST, find
from symkl.errors import Rejection
from symkl.language.term import Binder, Constant, Integral, Log, Mass, Number, Plus, Quotient, Sum, Term
from symkl.theory.independence import independent, stated_independences
from symkl.theory.rules import rule

MOST_ROUNDS = 40
"""A phase that still changes the term after so many rounds is cut off; the identity is then not found, not wrong."""

MOST_SIZE = 20_000
"""A term of more nodes is not expanded further."""

ANYWHERE, UNDER_BINDER, IN_LOG = "anywhere", "under a binder", "in a log"


@dataclass(frozen=True, slots=True)
class Phase:
    """Rules to use until none applies, where, and what the line says."""

    name: str
    rules: tuple[str, ...]
    says: str = ""
    where: str = ANYWHERE


DEFINITIONS = Phase("definitions", ("unfold", "expectation-as-sum"))
WRITTEN_OUT = Phase("written out", ("write-out",))
MASSES = Phase("masses", ("substitute-masses", "arithmetic"))
INDEPENDENCE = Phase("independence", ("independence", "condition", "conditional-mass"), where=IN_LOG)
CONDITIONALS = Phase("conditionals", ("conditional-mass", "cancel-product", "cancel-product-left", "cancel-against"))
LOGS = Phase(
    "logs",
    (
        "cancel",
        "log-one",
        "log-of-base",
        "log-quotient",
        "log-reciprocal",
        "log-product",
        "log-power",
        "log-exp",
        "log-of-number",
    ),
)
SPLIT = Phase(
    "split",
    (
        "factor-into-sum",
        "sum-merge",
        "distribute",
        "product-sign",
        "expand",
        "sum-linearity",
        "integral-linearity",
        "sum-negation",
        "integral-negation",
        "sum-constant-out",
        "integral-constant-out",
        "sum-denominator-out",
        "integral-denominator-out",
    ),
    "The sum is split, and what does not depend on the values goes in front.",
)
TOTALS = Phase("totals", ("marginalise", "sum-of-constant", "size-of-range", "sum-of-zero", "times-zero", "times-one"))
DERIVATIVES = Phase(
    "derivatives",
    (
        "diff-constant",
        "diff-variable",
        "diff-sum",
        "diff-negation",
        "diff-constant-factor",
        "diff-constant-denominator",
        "diff-under-sum",
        "diff-ln",
        "diff-log",
        "diff-exp",
        "diff-quotient",
        "diff-product",
        "diff-power",
    ),
    "The rules of differentiation.",
)
BASES = Phase("bases", ("change-of-base",))
"""Taken only where a statement has logs to several bases."""

_ONLY_UNDER_BINDER = frozenset(("distribute", "product-sign", "factor-into-sum", "expand"))


@dataclass(frozen=True, slots=True)
class Line:
    """What one phase did."""

    phase: Phase
    rewrites: tuple[Rewrite, ...]

    @property
    def after(self) -> Term:
        """The term at its end."""
        return self.rewrites[-1].after


def expansion(term: Term, phases: Sequence[Phase], context: Context) -> Iterator[Line]:
    """The lines of a term's expansion, one for each phase that changes it."""
    for phase in phases:
        rewrites = list(_rounds(term, phase, context))
        if rewrites:
            term = rewrites[-1].after
            yield Line(phase, tuple(rewrites))


def _rounds(term: Term, phase: Phase, context: Context) -> Iterator[Rewrite]:
    for _ in range(MOST_ROUNDS):
        changed = False
        for name in phase.rules:
            if _size(term) > MOST_SIZE:
                return
            rewrite = _once(name, term, phase, context)
            if rewrite is not None and rewrite.after != term:
                yield rewrite
                term, changed = rewrite.after, True
        if not changed:
            return


def _once(name: str, term: Term, phase: Phase, context: Context) -> Rewrite | None:
    try:
        special = _SPECIAL.get(name)
        if special is not None:
            return special(term, context)
        known = rule(name)
        strategy = INNERMOST if name == "sum-merge" else EVERYWHERE
        found = find(known, term, context, False, {}, strategy)
        if name in _ONLY_UNDER_BINDER:
            found = _under_binder(term, found)
        return apply_at(known, term, found, context) if found else None
    except Rejection:
        return None


def _under_binder(term: Term, found: Sequence[Application]) -> list[Application]:
    bodies = [(*path, len(part.args) - 1) for path, part in places(term) if isinstance(part, Sum | Integral)]
    return [one for one in found if any(one.place.path[: len(body)] == body for body in bodies)]


def _size(term: Term) -> int:
    return sum(1 for _ in places(term))


# Rules that need a choice


def _expand(term: Term, context: Context) -> Rewrite | None:
    """Multiply the body of a sum out where the plain distributive rules have left a product of sums."""
    for path, part in places(term):
        if isinstance(part, Sum | Integral) and not _contains_binder(part.body):
            target = expanded(part.body)
            if target is not None and isinstance(target, Plus) and target != part.body:
                place = Place((*path, len(part.args) - 1))
                if len(target.args) > len(part.body.args) or not isinstance(part.body, Plus):
                    return rewrite_to("rearrange", term, target, context, place)
    return None


def _contains_binder(term: Term) -> bool:
    return any(isinstance(part, Binder) for _, part in places(term))


def _log_of_number(term: Term, context: Context) -> Rewrite | None:
    """Write a rational under a log as the quotient that it is, so that the log of a quotient applies."""
    found = []
    for path, part in places(term):
        if isinstance(part, Log) and isinstance(part.argument, Number) and part.argument.value.denominator > 1:
            value = part.argument.value
            target = Quotient(Number(value.numerator), Number(value.denominator))
            found.append(Application(Place((*path, 0)), {"to": target}))
    return apply_at(rule("rearrange"), term, found, context) if found else None


def _independence(term: Term, context: Context) -> Rewrite | None:
    """Split masses of independent variables, inside logs."""
    return _on_masses("independence", term, context, _independent_first)


def _condition(term: Term, context: Context) -> Rewrite | None:
    """Bring a joint mass under a log into the form that a conditional independence speaks of."""
    return _on_masses("condition", term, context, _condition_first)


def _on_masses(
    name: str, term: Term, context: Context, choose: Callable[[Mass, Context], tuple[Term, ...] | None]
) -> Rewrite | None:
    logs = [path for path, part in places(term) if isinstance(part, Log)]
    found = []
    for path, part in places(term):
        if isinstance(part, Mass) and any(path[: len(log)] == log for log in logs):
            first = choose(part, context)
            if first is not None:
                binding: Mapping[str, Bound] = {"first": first}
                found.append(Application(Place(path), binding))
    return apply_at(rule(name), term, found, context) if found else None


def _independent_first(mass: Mass, context: Context) -> tuple[Term, ...] | None:
    pairs = list(zip(mass.marginal.of, mass.args, strict=False))
    condition = frozenset(mass.marginal.given)
    for size in range(1, len(pairs)):
        for chosen in combinations(pairs, size):
            left = frozenset(name for name, _ in chosen)
            right = frozenset(name for name, _ in pairs) - left
            if independent(left, right, condition, context.setting):
                return tuple(value for _, value in chosen)
    return None


def _condition_first(mass: Mass, context: Context) -> tuple[Term, ...] | None:
    names = frozenset(mass.marginal.of)
    for left, right, behind in stated_independences(context.setting):
        if behind and behind < names and names & left and names & right and not mass.marginal.given:
            return tuple(value for name, value in zip(mass.marginal.of, mass.args, strict=False) if name in behind)
    return None


def _change_of_base(term: Term, context: Context) -> Rewrite | None:
    """Bring every log to the natural base."""
    known = rule("change-of-base")
    found = [one for one in find(known, term, context, False, {}) if not _natural(term, one)]
    return apply_at(known, term, found, context) if found else None


def _natural(term: Term, application: Application) -> bool:
    for number in application.place.path:
        term = term.args[number]
    return isinstance(term, Log) and isinstance(term.base, Constant)


def _factor_into_sum(term: Term, context: Context) -> Rewrite | None:
    """A factor of an inner sum goes under it, so that the sums can be merged."""
    known = rule("factor-into-sum")
    found = [one for one in _under_binder(term, find(known, term, context, False, {})) if _has_others(one)]
    return apply_at(known, term, found, context) if found else None


def _has_others(application: Application) -> bool:
    return any(application.binding.get(name) != () for name in ("as", "bs"))


_SPECIAL: Mapping[str, Callable[[Term, Context], Rewrite | None]] = {
    "expand": _expand,
    "log-of-number": _log_of_number,
    "independence": _independence,
    "condition": _condition,
    "change-of-base": _change_of_base,
    "factor-into-sum": _factor_into_sum,
}
