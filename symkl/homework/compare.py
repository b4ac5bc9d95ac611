"""Compares two sides: by the judge, each comparison once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from symkl.errors import SymklError, UndefinedTerm
from symkl.homework.extrema import PLACES, is_parameter, moved, pairs, spoken, to_minimise
from symkl.homework.hidden import HiddenDerivatives
from symkl.homework.integrals import integrated
from symkl.homework.on_the_line import straightened
from symkl.homework.plainer import as_exponentials, logged_functions, without_exceptions
from symkl.homework.settings import narrowed
from symkl.judge.algebra import Algebra
from symkl.judge.budget import Budget, Undecided
from symkl.judge.logs import refined
from symkl.judge.polynomial import Polynomial, subtract
from symkl.judge.prove import judge
from symkl.judge.quotients import over_common_denominator
from symkl.judge.verdict import PROVED, REFUTED, UNKNOWN
from symkl.language.term import (
    Alphabet,
    Binder,
    Derivative,
    Extremum,
    Function,
    Law,
    Mass,
    Number,
    Optimum,
    Plus,
    RandomVariable,
    Relation,
    Symbol,
    Term,
    Times,
    Value,
    difference,
    law_names,
    substitute,
    subterms,
)
from symkl.theory.setting import Setting
from symkl.theory.setting import setting as setting_of

SECONDS = 1.5
"""A comparison that takes longer stays undecided."""

OPERATIONS = 600_000

MANY = 4
"""A law of so many variables is one of those alone that a step speaks of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a comparison says: proved, refuted or unknown; `said` holds what had to be assumed for it."""

    verdict: str
    reason: str = ""
    witness: Mapping[str, Fraction] = field(default_factory=dict)
    values: tuple[str, str] | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """What a name stands for, where a row above says so: a number by name, or a function at its arguments."""

    head: Term
    body: Term


class Comparer:
    """Compares terms under one setting."""

    def __init__(self, setting: Setting, definitions: Mapping[str, Definition] | None = None) -> None:
        self.setting = setting
        self.definitions = dict(definitions or {})
        self.hidden = HiddenDerivatives(setting)
        # By the identity of a setting, which is kept beside what was found: one that is gone leaves its identity to another.
        self._known: dict[tuple[Relation, int], tuple[Setting, Outcome]] = {}
        self._narrowed: dict[tuple[int, frozenset[str]], tuple[Setting, Setting]] = {}

    def compare(self, operator: str, left: Term, right: Term, setting: Setting | None = None) -> Outcome:
        """Whether `left operator right` holds under the setting, or under another one."""
        setting = setting or self.setting
        left, right = self.unfolded(left), self.unfolded(right)
        positive = logged_functions(left) | logged_functions(right)
        if positive:
            left, right = as_exponentials(left, positive), as_exponentials(right, positive)
        setting = self.spoken_of(setting, left, right)
        key = Relation((left, right), (operator,)), id(setting)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = setting, self._judged(key[0], setting)
        return known[1]

    def spoken_of(self, setting: Setting, left: Term, right: Term) -> Setting:
        """The setting without the random variables that a step does not speak of, where there are many."""
        many = {law.name for law in setting.scope.laws.values() if len(law.variables) >= MANY}
        needed = variables_alone(left, right) if many else frozenset()
        if not needed or many & setting.formulas.keys() or any(many & law_names(fact.relation) for fact in setting.facts):
            return setting
        for apart in setting.independences:
            needed = needed.union(apart.left, apart.right, apart.condition)
        for chain in setting.chains:
            needed = needed.union(*chain.chain)
        known = self._narrowed.get((id(setting), needed))
        if known is None:
            known = self._narrowed[id(setting), needed] = setting, narrowed(setting, needed)
        return known[1]

    def defined(self, term: Term) -> Term:
        """The term with the names that rows above define replaced by what they stand for."""
        for definition in self.definitions.values():
            term = replaced_by(term, definition)
        return term

    def unfolded(self, term: Term) -> Term:
        """The term as the judge gets it: names replaced, derivatives of what is not written as unknown functions."""
        written = self.hidden.replaced(without_exceptions(self.defined(term)))
        return integrated(straightened(written, self.setting), self._positive)

    def _positive(self, term: Term) -> bool:
        return self.compare(">", term, Number(0)).verdict == PROVED

    def independent(self, term: Term, name: str, setting: Setting | None = None) -> Outcome:
        """Whether a term is the same whatever the value, number or law called `name` is; unknown where it is not seen."""
        there = moved(term, name, setting or self.setting)
        if there is None:
            return Outcome(UNKNOWN, f"how it changes with {name} is not written")
        return self.compare("=", term, there[0], there[1])

    def _places(self, left: Extremum, right: Extremum, setting: Setting) -> Outcome | None:
        """Whether two extrema are at the same places; refuted where one is least exactly where the other is greatest."""
        same = left.kind == right.kind and self.compare("=", left.body, right.body, setting).verdict == PROVED
        if same:
            return Outcome(PROVED)
        if left.kind not in PLACES or right.kind not in PLACES or left.name in setting.integers:
            return None
        if any(self._still(side, setting) for side in (left, right)):
            return None
        for one, other in pairs(left, right, lambda factor: self.compare(">", factor, Number(0), setting).verdict == PROVED):
            if self.independent(difference(one, other), left.name, setting).verdict == PROVED:
                return Outcome(PROVED, "the same but for what does not depend on " + left.name)
        one, other = to_minimise(left), to_minimise(right)
        if self.independent(Plus(one, other), left.name, setting).verdict == PROVED:
            moving = self.independent(one, left.name, setting)
            if moving.verdict == REFUTED:
                return Outcome(REFUTED, "what is least on one side is greatest on the other", moving.witness)
        return self._two_members(one, other, left.name, setting)

    def _places_of_laws(self, left: Optimum, right: Optimum, setting: Setting) -> Outcome | None:
        """Whether two places among the same laws are the same: what is extremal differs by nothing that holds these laws."""
        names = {law.marginal.law for law in left.laws if isinstance(law, Law)}
        if (left.laws, left.conditions, left.within) != (right.laws, right.conditions, right.within) or len(names) != 1:
            return None
        name = names.pop()
        if any(moved(side.body, name, setting) is None for side in (left, right)):
            return None
        for one, other in pairs(left, right, lambda factor: self.compare(">", factor, Number(0), setting).verdict == PROVED):
            if self.independent(difference(one, other), name, setting).verdict == PROVED:
                return Outcome(PROVED, "the same but for what does not depend on " + name)
        return None

    def _still(self, extremum: Extremum, setting: Setting) -> bool:
        """Whether a function is not seen to change: a loss by name alone may, and of one that does not nobody asks."""
        found = self.independent(extremum.body, extremum.name, setting)
        return found.verdict == PROVED or moved(extremum.body, extremum.name, setting) is None

    def _two_members(self, one: Term, other: Term, name: str, setting: Setting) -> Outcome | None:
        """A refutation by a family of two laws, of which one function is less at the first and the other at the second.

        Only where both functions speak of the same laws and values, and of the parameter as that of a law alone.
        """
        if spoken(one) != spoken(other) or not all(is_parameter(term, name, setting) for term in (one, other)):
            return None
        there, elsewhere = moved(one, name, setting), moved(other, name, setting)
        if there is None or elsewhere is None:
            return None
        agree = Times(difference(one, there[0]), difference(other, elsewhere[0]))
        found = self.compare(">=", agree, Number(0), there[1])
        if found.verdict != REFUTED:
            return None
        return Outcome(
            REFUTED,
            f"of two laws, at {name} and at another {name}, one side prefers the one and the other the other",
            found.witness,
        )

    def _judged(self, relation: Relation, setting: Setting) -> Outcome:
        left, right = relation.args
        if isinstance(left, Extremum) and isinstance(right, Extremum) and left.name == right.name:
            found = self._places(left, right, setting)
            if found is not None:
                return found
        if isinstance(left, Optimum) and isinstance(right, Optimum) and left.kind in PLACES and right.kind in PLACES:
            found = self._places_of_laws(left, right, setting)
            if found is not None:
                return found
        try:
            verdict = judge(relation, setting, Budget(SECONDS, OPERATIONS))
        except UndefinedTerm as error:
            return self._where_defined(relation, setting) or Outcome(UNKNOWN, str(error))
        except (SymklError, Undecided) as error:
            return Outcome(UNKNOWN, str(error).partition("\n")[0])
        return Outcome(verdict.verdict, verdict.reason, verdict.witness, verdict.values)

    def normal_forms(self, setting: Setting | None = None) -> NormalForms:
        """Normal forms under the setting or another one, for many terms that are compared with each other."""
        return NormalForms(self, setting)

    def _where_defined(self, relation: Relation, setting: Setting) -> Outcome | None:
        """What numbers above 1 say, whose logs are positive: there both sides have values, and differ or are the same.

        Sides of one normal form that are proved the same there are so wherever both have values.
        """
        names = sorted(part.name for part in set(subterms(relation)) if isinstance(part, Symbol))
        above = [f"{name} > 1" for name in names if any(f"{name} > 0" == given.text for given in setting.givens)]
        if not above:
            return None
        try:
            narrowed = setting_of([given.text for given in setting.givens], above)
            narrowed = replace(narrowed, scope=replace(narrowed.scope, log_base=setting.scope.log_base))
            verdict = judge(relation, narrowed, Budget(SECONDS, OPERATIONS))
        except (SymklError, Undecided):
            return None
        if verdict.verdict == PROVED and relation.operators == ("=",) and self.normal_forms(setting).may_be_equal(*relation.args):
            return Outcome(PROVED, said=("where both sides have values",))
        if verdict.verdict != REFUTED:
            return None
        return Outcome(REFUTED, verdict.reason, verdict.witness, verdict.values)

    def constant(self, term: Term) -> bool:
        """Whether a side is shown to have one value whatever the masses of its laws are."""
        scope = self.setting.scope
        laws = law_names(term)
        if not laws or any(isinstance(part, RandomVariable) for part in subterms(term)) or laws & self.setting.formulas.keys():
            return False
        others = {f"other_{name}": replace(scope.laws[name], name=f"other_{name}") for name in laws if name in scope.laws}
        widened = replace(self.setting, scope=replace(scope, laws={**scope.laws, **others}))
        return self.compare("=", term, _with_other_laws(term), widened).verdict == PROVED


class NormalForms:
    """Whether terms may be equal, by their normal forms in one algebra: a filter before the judge is asked."""

    def __init__(self, comparer: Comparer, setting: Setting | None = None) -> None:
        self._comparer = comparer
        self._algebra = Algebra(setting or comparer.setting, Budget(SECONDS, OPERATIONS))
        self._known: dict[Term, Polynomial | None] = {}

    def may_be_equal(self, left: Term, right: Term) -> bool:
        """True only where both sides have normal forms, and these are the same."""
        a, b = self._of(left), self._of(right)
        if a is None or b is None:
            return False
        try:
            gap = refined(self._algebra, subtract(a, b))
            if gap and self._algebra.table.forms:
                gap, _ = over_common_denominator(self._algebra, gap)
        except (SymklError, Undecided):
            return False
        return not gap

    def _of(self, term: Term) -> Polynomial | None:
        if term not in self._known:
            try:
                self._known[term] = self._algebra.translate(self._comparer.unfolded(term), {})
            except (SymklError, Undecided):
                self._known[term] = None
        return self._known[term]


def variables_alone(left: Term, right: Term) -> frozenset[str]:
    """The random variables that two sides speak of, where they speak of no law otherwise; empty where they do."""
    parts = [part for side in (left, right) for part in subterms(side)]
    if any(isinstance(part, Mass | Law | Alphabet | Function) for part in parts):
        return frozenset()
    return frozenset(part.name for part in parts if isinstance(part, RandomVariable))


def _with_other_laws(term: Term) -> Term:
    if isinstance(term, Mass | Law):
        marginal = replace(term.marginal, law=f"other_{term.marginal.law}")
        return type(term)(marginal, term.args)
    return term.with_args(map(_with_other_laws, term.args))


def replaced_by(term: Term, definition: Definition) -> Term:
    """The term with what a definition defines replaced by what it stands for."""
    head = definition.head
    if isinstance(head, Symbol):
        if not any(isinstance(part, Symbol) and part.name == head.name for part in subterms(term)):
            return term
        inside = any(isinstance(part, Derivative) for part in subterms(term))
        if isinstance(term, Derivative) or (inside and not isinstance(term, Binder)):
            # L in dL/dq stands for what it depends on q by: its q is the one of the derivative.
            return term.with_args([replaced_by(argument, definition) for argument in term.args])
        try:
            return substitute(term, {head.name: definition.body})
        except SymklError:
            return term
    if term == head:
        return definition.body
    if isinstance(head, Function) and isinstance(term, Derivative) and term.body == Symbol(head.name):
        return Derivative(definition.body, term.variable)
    if isinstance(head, Mass) and isinstance(term, Mass) and term.marginal == head.marginal and len(term.args) == 1:
        return _at_index(definition, term)
    return term.with_args([replaced_by(argument, definition) for argument in term.args])


def _at_index(definition: Definition, term: Mass) -> Term:
    """An entry of a vector of which another entry is defined by a formula in its index."""
    index = definition.head.args[0]
    if not isinstance(index, Value):
        return term
    try:
        return substitute(definition.body, {index.name: term.args[0]})
    except SymklError:
        return term


def is_zero(term: Term) -> bool:
    """Whether a term is written as 0."""
    return isinstance(term, Number) and term.value == 0


__all__ = ["PROVED", "REFUTED", "UNKNOWN", "Comparer", "Definition", "Outcome", "is_zero", "replaced_by"]
