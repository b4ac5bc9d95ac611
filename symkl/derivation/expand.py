"""Expanding a side of an identity, phase by phase: definitions, masses, logs, sums.

Each phase is a row of a table: rules to use until they apply nowhere. One phase is one printed line. What the phases leave
is a sum of products of logs, masses and sums that the ring rules of `rearrange` can compare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from symkl.derivation.choices import CHOICES, Choice, under_binder
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.places import at
from symkl.derivation.shape import may_apply, shape_of
from symkl.derivation.step import Application, Rewrite
from symkl.derivation.strategy import EVERYWHERE, INNERMOST, find
from symkl.errors import Rejection
from symkl.language.term import Term, subterms
from symkl.theory.rules import rule

MOST_ROUNDS = 40
"""A phase that still changes the term after so many rounds is cut off; the identity is then not found, not wrong."""

MOST_SIZE = 20_000
"""A term of more nodes is not expanded further."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Rules to use until none applies, those that tidy up after them, and what the line says.

    `choices` make the rewrites of rules that need more than a place; the others are used wherever they match. `shared` is
    whether a part that both sides of an identity have may be left as it is.
    """

    name: str
    rules: tuple[str, ...]
    says: str = ""
    tidy: tuple[str, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=lambda: CHOICES)
    shared: bool = True


SIGNS = ("sum-sign", "double-negation", "minus-zero", "plus-zero", "times-one", "over-one")
"""What leaves a line without needless signs, brackets, zeros and ones."""

DEFINITIONS = Phase("definitions", ("unfold", "expectation-as-sum"))
MERGED = Phase("merged", ("sign-before-sum", "factor-into-sum", "sum-merge", "integral-merge", "join", "sum-order"))
WRITTEN_OUT = Phase("written out", ("write-out",), shared=False)
MASSES = Phase("masses", ("substitute-masses", "arithmetic"), shared=False)
INDEPENDENCE = Phase("independence", ("independence", "condition", "conditional-mass"))
CANCELS = ("cancel", "cancel-factor", "cancel-against", "cancel-below", "times-one", "over-one", "log-one", "times-zero")
CONDITIONALS = Phase(
    "conditionals",
    ("conditional-mass", "cancel-product", "cancel-product-left", "cancel-against"),
)
LOGS = Phase(
    "logs",
    (
        "cancel",
        "one-fraction",
        "log-one",
        "log-of-base",
        "log-quotient",
        "log-reciprocal",
        "log-product",
        "log-power",
        "log-exp",
        "log-of-number",
    ),
    tidy=SIGNS,
)
SPLIT = Phase(
    "split",
    (
        "factor-into-sum",
        "sum-merge",
        "integral-merge",
        "distribute",
        "distribute-right",
        "product-sign",
        "multiply-fractions",
        "multiply-fraction-right",
        "sum-linearity",
        "integral-linearity",
        "sum-negation",
        "integral-negation",
        "sum-constant-out",
        "integral-constant-out",
        "sum-denominator-out",
        "integral-denominator-out",
        "expand",
    ),
    "The sum is split, and what does not depend on the values goes in front.",
    tidy=SIGNS,
)
TOTALS = Phase(
    "totals", ("marginalise", "sum-of-constant", "size-of-range", "sum-of-zero", "times-zero", "times-one"), tidy=SIGNS
)
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
    tidy=("times-zero", "zero-over", "sum-of-zero", "product-sign", "quotient-sign", *SIGNS),
    shared=False,
)
EXPONENTIALS = Phase("exponentials", ("exp-product", "exp-log"))
BASES = Phase("bases", ("change-of-base",))
"""Taken only where a statement has logs to several bases."""

_ONLY_UNDER_BINDER = frozenset(
    (
        "distribute",
        "distribute-right",
        "product-sign",
        "factor-into-sum",
        "expand",
        "multiply-fractions",
        "multiply-fraction-right",
    )
)
_INWARD = frozenset(("sum-merge", "integral-merge"))


@dataclass(frozen=True, slots=True)
class Line:
    """What one phase did."""

    phase: Phase
    rewrites: tuple[Rewrite, ...]

    @property
    def before(self) -> Term:
        """The term at its start."""
        return self.rewrites[0].before

    @property
    def after(self) -> Term:
        """The term at its end."""
        return self.rewrites[-1].after

    def changed(self) -> Iterator[Term]:
        """The parts of the line before it that its rewrites took away."""
        if self.phase.shared:
            there = set(subterms(self.before))
            parts = (at(rewrite.before, one.place) for rewrite in self.rewrites for one in rewrite.applications)
            yield from (part for part in parts if part in there)


def expansion(term: Term, phases: Sequence[Phase], context: Context, frozen: Collection[Term] = ()) -> Iterator[Line]:
    """The lines of a term's expansion, one for each phase that changes it; what is frozen stays as it is."""
    for phase in phases:
        rewrites = list(_rounds(term, phase, context, frozen))
        if rewrites:
            term = rewrites[-1].after
            yield Line(phase, tuple(rewrites))


def _rounds(term: Term, phase: Phase, context: Context, frozen: Collection[Term]) -> Iterator[Rewrite]:
    shape, first = shape_of(term), term
    for _ in range(MOST_ROUNDS):
        started = term
        for name in (*phase.rules, *phase.tidy):
            known = rule(name) if name not in phase.choices else None
            if shape.size > MOST_SIZE or (known is not None and not may_apply(known, shape)):
                continue
            if name in phase.tidy and term is first:
                # There is nothing to tidy up after.
                continue
            rewrite = _once(name, term, phase, context, frozen)
            if rewrite is not None and rewrite.after != term:
                yield rewrite
                term, shape = rewrite.after, shape_of(rewrite.after)
        if term is started:
            return


def _once(name: str, term: Term, phase: Phase, context: Context, frozen: Collection[Term]) -> Rewrite | None:
    try:
        choice = phase.choices.get(name)
        if choice is not None:
            rewrite = choice(term, context)
            return None if rewrite is None or any(_kept(term, one, frozen) for one in rewrite.applications) else rewrite
        known = rule(name)
        found = find(known, term, context, False, {}, INNERMOST if name in _INWARD else EVERYWHERE)
        if name in _ONLY_UNDER_BINDER and phase is SPLIT:
            found = under_binder(term, found)
        found = [one for one in found if not _kept(term, one, frozen)]
        return apply_at(known, term, found, context) if found else None
    except Rejection:
        return None


def _kept(term: Term, application: Application, frozen: Collection[Term]) -> bool:
    """Whether an application would change something frozen."""
    if not frozen:
        return False
    place = application.place
    for number in place.path:
        if term in frozen:
            return True
        term = term.args[number]
    return term in frozen
