"""Decides a statement: the normal form of the difference of its sides, a certificate, a point, or neither.

Proved and refuted are unconditional; unknown says why. Terms go in already read.
"""

from __future__ import annotations

from itertools import islice

from symkl.errors import UsageError
from symkl.judge import definedness
from symkl.judge.algebra import Algebra
from symkl.judge.argmin import judge_extrema
from symkl.judge.budget import Budget, OutsideFragment, Undecided
from symkl.judge.certificates import certificate
from symkl.judge.coordinates import AlphabetsKept
from symkl.judge.free_values import Element, instances
from symkl.judge.ground import element_index
from symkl.judge.logs import refined
from symkl.judge.optima import judge_optima
from symkl.judge.polynomial import Polynomial, scale, subtract
from symkl.judge.quotients import vanishes
from symkl.judge.refutation import Refutation, Refuter, shown_point
from symkl.judge.sampling import Plan, Sampler, generic_plans, special_plans
from symkl.judge.translation import POSITIVE
from symkl.judge.verdict import PROVED, REFUTED, UNKNOWN, Verdict
from symkl.language.kinds import meant_function
from symkl.language.scope import DENSITY
from symkl.language.term import Extremum, Label, Relation, Term, without_labels
from symkl.theory.setting import Setting

FEW = 9
"""Of a difference of so few terms the long list of inequalities is tried before the search for a point."""

_FOLLOWS = "it follows from inequalities that hold everywhere"

EQUALITIES, INEQUALITIES = ("=", ":="), ("<=", ">=", "<", ">", "!=")


def judge(relation: Term, setting: Setting, budget: Budget | None = None) -> Verdict:
    """The verdict on a relation, or on a chain of them, under a setting.

    Raises: UsageError for a term that is no relation; UndefinedTerm for one without a value somewhere on the domain.
    """
    if not isinstance(relation, Relation):
        raise UsageError("A statement relates two sides, with = or <= or another relation between them.")
    budget = budget or Budget()
    worst = None
    sides = [_bare(side) for side in relation.args]
    for operator, left, right in zip(relation.operators, sides, sides[1:], strict=False):
        link = Relation((left, right), (operator,))
        for values in instances(link, setting):
            verdict = _judge_link(link, values, setting, budget, relation)
            if verdict.verdict == REFUTED:
                return verdict
            if worst is None or verdict.verdict == UNKNOWN:
                worst = verdict
            elif worst.verdict == PROVED and verdict.certificate and verdict.certificate != worst.certificate:
                worst = _both(worst, verdict)
    if worst is None:
        raise UsageError("A statement without a relation.")
    return worst


def _bare(side: Term) -> Term:
    return _bare(side.body) if isinstance(side, Label) else side


def _both(one: Verdict, other: Verdict) -> Verdict:
    text = "\n".join(filter(None, (one.certificate, other.certificate)))
    return Verdict(one.statement, one.setting, PROVED, one.reason, certificate=text)


def _judge_link(link: Relation, values: dict[str, Element], setting: Setting, budget: Budget, whole: Relation) -> Verdict:
    (operator,), (left, right) = link.operators, link.args
    if operator not in EQUALITIES + INEQUALITIES:
        return Verdict(whole, setting, UNKNOWN, f"the relation {operator} is not decided")
    operator = "=" if operator == ":=" else operator
    try:
        if isinstance(left, Extremum) or isinstance(right, Extremum):
            return judge_extrema(link, setting, budget, whole)
        optimal = judge_optima(link, setting, whole, lambda needed: _judge_link(needed, values, setting, budget, whole))
        if optimal is not None:
            return optimal
        return _Link(Relation((left, right), (operator,)), values, setting, budget, whole).verdict()
    except Undecided as reason:
        return Verdict(whole, setting, UNKNOWN, str(reason))


def _everywhere() -> list[Plan]:
    return [*generic_plans(6), *special_plans()]


class _Link:
    """One relation between two sides on its way to a verdict."""

    def __init__(self, link: Relation, values: dict[str, Element], setting: Setting, budget: Budget, whole: Relation) -> None:
        (self.operator,), (self.left, self.right) = link.operators, link.args
        self.values = values
        self.setting, self.budget, self.whole = setting, budget, whole
        self.algebra = Algebra(setting, budget)
        self._refuter: Refuter | None = None

    @property
    def refuter(self) -> Refuter:
        if self._refuter is None:
            sampler = Sampler(self.algebra.coordinates, self.algebra.domain, (self.left, self.right), self.budget, self.values)
            self._refuter = Refuter(sampler, self.left, self.right, self.budget)
        return self._refuter

    def verdict(self) -> Verdict:
        """The verdict on the link."""
        try:
            gap = self.difference()
        except Undecided as reason:
            return self._without_normal_form(reason)
        missing = definedness.not_shown(self.algebra)
        if missing is None:
            return self._decided(gap, "")
        # A division by zero at a point leaves a statement that fails elsewhere false; a log of something negative does not.
        if missing.asks == POSITIVE:
            self.refuter.undefined(_everywhere())
        found = self._decided(gap, definedness.reason(self.algebra, missing))
        if found.verdict != REFUTED:
            self.refuter.undefined(_everywhere())
        return found

    def _decided(self, gap: Polynomial, why: str) -> Verdict:
        if not gap:
            return self._equal(why)
        if self.operator == "=":
            following = None if why else self._by_equations(gap)
            if following is not None:
                return following
            return self._search("both sides differ in normal form, and no point was found where their values do", 14)
        if not why and self.algebra.table.is_number(gap):
            values = self.refuter.values_of_numbers(self.operator)
            if values is not None:
                return self._proved(f"the left side is {values[0]} and the right side {values[1]}")
        return self._inequality(gap, why)

    def _by_equations(self, gap: Polynomial) -> Verdict | None:
        """An equation that follows from those of the givens: neither side is less than the other."""
        if not any(relation.operators == ("=",) for relation in self.algebra.domain.relations):
            return None
        above, below = (certificate(self.algebra, scale(gap, sign), False) for sign in (1, -1))
        if above is None or below is None:
            return None
        return self._proved("it follows from the givens", f"left side - right side {above}\nright side - left side {below}")

    def difference(self) -> Polynomial:
        """The normal form of left - right."""
        gap = self._difference(self.algebra)
        return {} if vanishes(self.algebra, gap) else gap

    def _difference(self, algebra: Algebra) -> Polynomial:
        at = {name: element_index(element) for name, element in self.values.items()}
        return refined(algebra, subtract(algebra.translate(self.left, at), algebra.translate(self.right, at)))

    def _equal(self, why: str) -> Verdict:
        if self.operator in ("<", ">", "!="):
            found = self.refuter.equal_point(generic_plans(6))
            if found is not None:
                return self._refuted(found, "both sides are equal everywhere")
            return self._unknown("both sides are equal everywhere, and no point of the domain was found")
        if why:
            return self._unknown(why)
        return self._proved("both sides have the same normal form")

    def _inequality(self, gap: Polynomial, why: str) -> Verdict:
        """What is cheap comes first: one point, the short list of inequalities, a few points, then the long ones of both."""
        early = self.refuter.search(self.operator, generic_plans(1))
        text = None if early or why else self._certificate(gap, wide=False)
        if early is None and text is None:
            early = self.refuter.search(self.operator, islice(special_plans(), 3))
        if early is None and text is None and not why and len(gap) <= FEW:
            text = self._certificate(gap, wide=True)
        if early is not None:
            return self._refuted(early)
        if text is not None:
            return self._proved(_FOLLOWS, text)
        found = self._search(why or "no point was found where it fails, and no known inequality shows it", 8, special=True)
        if found.verdict == REFUTED or why:
            return found
        text = self._certificate(gap, wide=True)
        return found if text is None else self._proved(_FOLLOWS, text)

    def _certificate(self, gap: Polynomial, wide: bool) -> str | None:
        """A certificate with the alphabets kept as they are, or else with the sums written out."""
        if any(
            self.algebra.coordinates.elements(a) is not None for law in self.setting.scope.laws.values() for a in law.alphabets
        ):
            general = Algebra(self.setting, self.budget)
            general.coordinates = AlphabetsKept(general, self.setting)
            try:
                text = self._certified(general, self._difference(general), wide)
            except Undecided:
                text = None
            if text is not None:
                return text
        try:
            return self._certified(self.algebra, gap, wide)
        except Undecided:
            return None

    def _certified(self, algebra: Algebra, gap: Polynomial, wide: bool) -> str | None:
        strict = self.operator in ("<", ">", "!=")
        signs = {"<=": (-1,), "<": (-1,), ">=": (1,), ">": (1,)}.get(self.operator, (1, -1))
        for sign in signs:
            text = certificate(algebra, scale(gap, sign), strict, wide) if gap else None
            if text is not None:
                sides = ("left", "right") if sign > 0 else ("right", "left")
                return f"{sides[0]} side - {sides[1]} side {text}"
        return None

    def _search(self, reason: str, count: int, special: bool = False) -> Verdict:
        plans = [*special_plans(), *generic_plans(count)] if special else list(generic_plans(count))
        found = self.refuter.search(self.operator, plans)
        return self._unknown(reason) if found is None else self._refuted(found)

    def _without_normal_form(self, reason: Undecided) -> Verdict:
        """A statement outside the fragment may still be refuted at a point."""
        self.budget = Budget.for_a_search()
        try:
            plans = [*generic_plans(6), *(special_plans() if self.operator != "=" else ())]
            found = self.refuter.search(self.operator, plans)
            if found is not None:
                return self._refuted(found)
            self.refuter.undefined(_everywhere())
        except Undecided:
            pass
        what = "outside the fragment: " if isinstance(reason, OutsideFragment) else ""
        return self._unknown(f"{what}{reason}")

    # Verdicts

    def _proved(self, reason: str, text: str | None = None) -> Verdict:
        return Verdict(self.whole, self.setting, PROVED, reason + self._conditions(), certificate=text)

    def _conditions(self) -> str:
        dense = any(law.entries == DENSITY for law in self.setting.scope.laws.values())
        return ", where the integrals exist" if dense else ""

    def _refuted(self, found: Refutation, why: str = "") -> Verdict:
        meant = meant_function(self.whole.args[0], self.whole.args[-1])
        if meant:
            return self._unknown(f"what values {meant} takes is not known here")
        left, right = found.values
        point = f"at {shown_point(found.witness)}" if found.witness else "as numbers"
        reason = f"{point} the left side is {left} and the right side {right}"
        if len(self.whole.operators) > 1:
            reason += f" in {self.setting.write(without_labels(Relation((self.left, self.right), (self.operator,))))}"
        if why:
            reason = f"{why}; {reason}"
        return Verdict(self.whole, self.setting, REFUTED, reason, found.witness, found.values, found.difference)

    def _unknown(self, reason: str) -> Verdict:
        return Verdict(self.whole, self.setting, UNKNOWN, reason)
