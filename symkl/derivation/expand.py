"""Expanding a side of an identity, phase by phase (`symkl.derivation.phases`).

What the phases leave is a sum of products of logs, masses and sums that the ring rules of `rearrange` can compare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from symkl.derivation.choices import under_binder
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.phases import SPLIT, Phase
from symkl.derivation.places import at
from symkl.derivation.shape import may_apply, shape_of
from symkl.derivation.step import EVERYWHERE, INNERMOST, Application, Rewrite
from symkl.derivation.strategy import find
from symkl.errors import Rejection
from symkl.language.term import Term, subterms
from symkl.theory.rules import rule

MOST_ROUNDS = 40
"""A phase that still changes the term after so many rounds is cut off; the identity is then not found, not wrong."""

MOST_SIZE = 20_000
"""A term of more nodes is not expanded further."""


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
