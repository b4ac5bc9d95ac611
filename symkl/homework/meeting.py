"""The rules that bring two sides to one form, each applied wherever it matches: what was done between them.

Both sides are opened as far as they must be, and no further: first not at all, then means as sums, measures by their
definitions, conditional masses as quotients. After each of these the logs are split, products distributed, sums split and
marginalised, until the sides are the same. A rule that is not needed for that is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import thread_time

from symkl.derivation.citing import steps_by_lemmas
from symkl.derivation.context import Context
from symkl.derivation.engine import rewrite_everywhere
from symkl.derivation.lemmas import LEMMA
from symkl.derivation.polynomial import polynomial
from symkl.errors import SymklError
from symkl.language.term import Binder, Expectation, Integral, Log, Mass, Measure, RandomVariable, Sum, Term, subterms

SECONDS = 0.02
"""The time of the processor for the meeting of two sides."""

MOST_ROUNDS = 3
"""So often a rule is applied before the next one is."""

MOST_RULES = 6
"""A path of more rules says no more than that it was a large step."""

MOST_VARIABLES = 3
"""Lemmas are looked for among the measures of so many random variables."""

_OPENINGS = (
    (),
    ("expectation-as-sum",),
    ("unfold", "expectation-as-sum"),
    ("conditional-mass",),
    ("unfold", "expectation-as-sum", "conditional-mass"),
)
_CANCELS = ("cancel", "cancel-factor", "cancel-product", "cancel-product-left", "cancel-against")
_LOGS = (
    "log-one", "log-reciprocal", "log-quotient", "log-product", "log-of-finite-product", "log-power", "log-exp", "sum-sign",
)  # fmt: skip
_PRODUCTS = ("distribute", "distribute-right", "product-sign", "sum-sign")
_SUMS = (
    "factor-into-sum", "sum-merge", *_CANCELS, *_PRODUCTS, "sum-linearity", "sum-negation", "sum-constant-out", "marginalise",
    "sum-of-constant", "size-of-range", "cancel", "sum-order",
)  # fmt: skip
_INTEGRALS = (*_PRODUCTS, "integral-linearity", "integral-negation", "integral-constant-out", "marginalise")
_MINOR = frozenset(
    {
        "product-sign", "distribute-right", "sum-order", "sum-sign", "factor-into-sum", "cancel-product-left", "sum-negation",
        "integral-negation", "size-of-range",
    }
)  # fmt: skip
"""Rules that only bring what others need into their form."""

_SORTED = "sum-order"


class Meeting:
    """Looks for the rules that bring two sides together."""

    def __init__(self, before: Term, after: Term, context: Context) -> None:
        self.sides = before, after
        self.context = context
        self.deadline = thread_time() + SECONDS
        kinds = {type(part) for side in self.sides for part in subterms(side)}
        self.has_logs = Log in kinds or Measure in kinds
        self.has_integrals = Integral in kinds
        self.has_sums = bool(kinds & {Sum, Expectation, Measure}) and not self.has_integrals
        self.openings = {
            "expectation-as-sum": Expectation in kinds,
            "unfold": Measure in kinds,
            "conditional-mass": Measure in kinds or any(_is_conditional(part) for side in self.sides for part in subterms(side)),
        }

    def rules(self) -> tuple[str, ...]:
        """The names of the rules in the order in which they are used; empty where there is no short path of them."""
        cited = self._cited()
        if cited:
            return cited
        tried: set[tuple[str, ...]] = set()
        for opening in _OPENINGS:
            opened = tuple(name for name in opening if self.openings[name])
            if opened in tried:
                continue
            tried.add(opened)
            plan = (*opened, *self._rest())
            used = self._used(plan)
            if used is not None:
                return self._needed(plan, used)
        return ()

    def _cited(self) -> tuple[str, ...]:
        """The lemmas of the gallery that lead from measures to measures."""
        parts = [part for side in self.sides for part in subterms(side)]
        variables = {part.name for part in parts if isinstance(part, RandomVariable)}
        if not any(isinstance(part, Measure) for part in parts) or len(variables) > MOST_VARIABLES:
            return ()
        if any(isinstance(part, Binder | Log | Mass) for part in parts):
            return ()
        try:
            steps = steps_by_lemmas(*self.sides, self.context) or []
        except SymklError:
            return ()
        rewrites = [rewrite for step in steps for rewrite in step.rewrites if rewrite.rule == LEMMA]
        return tuple(dict.fromkeys(str(rewrite.applications[0].binding[LEMMA]) for rewrite in rewrites))

    def _rest(self) -> Iterator[str]:
        yield from _CANCELS
        yield from _LOGS if self.has_logs else ()
        yield from _INTEGRALS if self.has_integrals else _SUMS if self.has_sums else _PRODUCTS

    def _needed(self, plan: tuple[str, ...], used: tuple[str, ...]) -> tuple[str, ...]:
        """The rules without those that can be left out, and without those that only tidy up."""
        for name in used:
            fewer = self._used(tuple(other for other in plan if other in used and other != name))
            if fewer is not None:
                used = fewer
        said = tuple(name for name in used if name not in _MINOR) or used
        return said if len(said) <= MOST_RULES else ()

    def _used(self, plan: tuple[str, ...]) -> tuple[str, ...] | None:
        """The rules of a plan that were used until the sides were the same; None where they never are."""
        one, other = self.sides
        used: dict[str, None] = {}
        if rearranged(one, other):
            return ()
        for name in plan:
            if thread_time() > self.deadline:
                return None
            one, other, before = self._applied(name, one), self._applied(name, other), (one, other)
            if (one, other) == before:
                continue
            used[name] = None
            if one == other or rearranged(one, other):
                return tuple(used)
        return None

    def _applied(self, name: str, term: Term) -> Term:
        if name == _SORTED:
            return _with_sorted_sums(term)
        for _ in range(MOST_ROUNDS):
            try:
                found = rewrite_everywhere(name, term, self.context)
            except SymklError:
                return term
            if found is None or found.after == term:
                return term
            term = found.after
        return term


def rearranged(before: Term, after: Term) -> bool:
    """Whether two terms are the same polynomial in their parts."""
    try:
        return polynomial(before) == polynomial(after)
    except SymklError:
        return False


def _is_conditional(term: Term) -> bool:
    return isinstance(term, Mass) and bool(term.marginal.given)


def _with_sorted_sums(term: Term) -> Term:
    """The term with the names below each sum in one order: finite sums commute."""
    term = term.with_args([_with_sorted_sums(argument) for argument in term.args])
    if not isinstance(term, Sum) or len(term.names) < 2 or any(set(term.names) & _names_in(d) for d in term.domains):
        return term
    order = sorted(range(len(term.names)), key=term.names.__getitem__)
    return Sum(tuple(term.names[k] for k in order), tuple(term.domains[k] for k in order), term.body)


def _names_in(term: Term) -> set[str]:
    return {getattr(part, "name", "") for part in subterms(term)}
