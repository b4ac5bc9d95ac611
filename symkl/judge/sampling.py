"""Concrete models of a setting, to look for counterexamples in: off every symmetry first, then near the symmetric ones.

Numbers have small denominators; sizes go on past the small ones, because some false identities hold up to n = 4.
Independences and chains are built in, and checked exactly on every table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random

from flint import fmpq

from symkl.judge.balls import Balls, NoValue, Unclear
from symkl.judge.budget import Budget
from symkl.judge.coordinates import Coordinates
from symkl.judge.domain import Interval, NumberDomain
from symkl.judge.drawing import Shape, mixed, network, normalised, number, weights_on
from symkl.judge.model import Element, Model, NoModel, Table, positions
from symkl.language.scope import DENSITY, MASS, REAL, LawDeclaration
from symkl.language.term import (
    Alphabet,
    Function,
    Mass,
    Range,
    Relation,
    Symbol,
    Term,
    Value,
    free_names,
    subterms,
)

Tables = dict[tuple[object, ...], Table]
"""The first table drawn for each kind of law, which the others of that kind may be like."""

SIZES = (3, 5, 4, 7, 2, 6, 8, 9, 11, 13)
JOINT_SIZES = ((2, 3, 2, 2), (3, 2, 2, 2), (2, 2, 2, 2), (3, 3, 2, 2), (3, 4, 3, 2))
ATTEMPTS = 40
"""So many tries to meet the facts of the givens with one shape."""

REDRAWN = 4
"""So often a law is drawn again that came out as another one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sizes, which shape, which seed."""

    shape: Shape
    size: int
    joint: tuple[int, ...]
    seed: int


def generic_plans(count: int = 14) -> Iterator[Plan]:
    """Plans off every symmetry, over growing sizes."""
    for k in range(count):
        yield Plan(Shape.GENERIC, SIZES[k % len(SIZES)], JOINT_SIZES[k % len(JOINT_SIZES)], k)


def special_plans() -> Iterator[Plan]:
    """Plans near the symmetric, the independent and the degenerate models, small sizes first."""
    for k, (size, joint) in enumerate(((2, (2, 2, 2, 2)), (3, (2, 3, 2, 2)), (5, (3, 3, 2, 2)))):
        for shape in Shape:
            yield Plan(shape, size, joint, 100 + k)


class Sampler:
    """Draws models of one setting that a statement's terms need."""

    def __init__(
        self,
        coordinates: Coordinates,
        domain: NumberDomain,
        terms: Iterable[Term],
        budget: Budget,
        values: Mapping[str, Element] | None = None,
    ) -> None:
        self.setting = coordinates.setting
        self.coordinates = coordinates
        self.domain = domain
        self.budget = budget
        self.terms = tuple(terms)
        self.values = dict(values or {})
        self.written: dict[Term, Term] = {}
        self._parts = [part for term in self.terms for part in subterms(term)]
        self._size_symbols = self._find_size_symbols()

    def _find_size_symbols(self) -> frozenset[str]:
        ranges = [part for part in self._parts if isinstance(part, Range)]
        ranges.extend(a for law in self.setting.scope.laws.values() for a in law.alphabets if isinstance(a, Range))
        return frozenset(name for part in ranges for name in free_names(part))

    def draw(self, plan: Plan) -> Model | None:
        """A model by a plan that meets every given, or None where none was found."""
        for attempt in range(ATTEMPTS):
            self.budget.spend(50)
            random = Random(1000 * plan.seed + attempt)
            try:
                # Numbers that have to stay below a sum meet it the sooner, the smaller they are.
                model = self._model(plan, random, Fraction(1, 2 ** (attempt // 2)))
            except NoModel:
                return None
            if model is not None and self._holds(model):
                return model
        return None

    def _model(self, plan: Plan, random: Random, scale: Fraction) -> Model | None:
        model = Model(self.setting, self.coordinates.equal, written=self.written)
        model.evaluate = lambda term: Balls(model, self.budget).value(term)
        model.choose = lambda key: self._value_of_function(model, str(key[0]), plan, random)
        self._draw_numbers(model, plan, random, scale)
        self._draw_alphabets(model, plan, random)
        base: Tables = {}
        for law in self.setting.scope.laws.values():
            if law.name in self.setting.formulas:
                continue
            table = self._table(model, law, plan, random, base)
            if table is None:
                return None
            model.tables[law.name] = table
        self._draw_free_values(model, random)
        return model

    def _value_of_function(self, model: Model, name: str, plan: Plan, random: Random) -> fmpq:
        """A value of an unknown function: an element where a law is taken at it (the data of a sample), else any number."""
        for part in self._parts:
            if isinstance(part, Mass):
                law = model.declared(part.marginal.law)
                for variable, value in zip(part.marginal.of + part.marginal.given, part.args, strict=True):
                    if isinstance(value, Function) and value.name == name:
                        elements = [e for e in model.elements(law.alphabet(variable)) if isinstance(e, int)]
                        if elements:
                            return fmpq(random.choice(elements))
        return number(Interval(), plan.shape, random, [])

    # Numbers and alphabets

    def _draw_numbers(self, model: Model, plan: Plan, random: Random, scale: Fraction) -> None:
        taken: list[Fraction] = []
        for name in sorted(self.setting.scope.numbers - self.coordinates.equal.keys()):
            interval = self.domain.interval(name)
            if name in self._size_symbols:
                least = self.domain.least(Symbol(name)) or 1
                most = interval.high
                size = max(plan.size, least)
                model.numbers[name] = fmpq(size if most is None else min(size, int(most)))
            elif name in self.setting.integers:
                first = self.domain.least(Symbol(name))
                start = random.randint(-3, 5) if first is None else first + random.randint(0, 4)
                model.numbers[name] = fmpq(start if interval.high is None else min(start, int(interval.high)))
            else:
                model.numbers[name] = number(interval, plan.shape, random, taken, scale)

    def _draw_alphabets(self, model: Model, plan: Plan, random: Random) -> None:
        names = sorted({a.name for law in self.setting.scope.laws.values() for a in law.alphabets if isinstance(a, Alphabet)})
        names.extend(sorted({p.name for p in self._parts if isinstance(p, Alphabet)} - set(names)))
        for place, name in enumerate(names):
            model.sizes[name] = plan.joint[place % len(plan.joint)]
        for law in self.setting.scope.laws.values():
            for alphabet in law.alphabets:
                if law.entries == DENSITY and alphabet not in model.widths:
                    count = model.sizes.get(str(alphabet.identity), 2)
                    # On a narrow range densities are large, and differential entropies negative.
                    unit = 200 if plan.shape in (Shape.UNIFORM, Shape.EXTREME) else 2
                    widths = random.sample(range(1, count + 8), count)
                    model.widths[alphabet] = tuple(fmpq(width, unit) for width in widths)

    def _draw_free_values(self, model: Model, random: Random) -> None:
        model.values.update(self.values)
        bound = {name for term in self.terms for name in free_names(term)}
        for part in self._parts:
            if not isinstance(part, Mass):
                continue
            law = self.setting.scope.laws.get(part.marginal.law)
            for variable, value in zip(part.marginal.of + part.marginal.given, part.args, strict=True):
                if isinstance(value, Value) and value.name in bound and law is not None and value.name not in model.values:
                    model.values[value.name] = random.choice(model.elements(law.alphabet(variable)))
        for name in sorted(bound - model.values.keys() - model.numbers.keys() - self.coordinates.equal.keys()):
            alphabet = self._alphabet_of_value(name)
            if alphabet is not None:
                model.values[name] = random.choice(model.elements(alphabet))

    def _alphabet_of_value(self, name: str) -> Term | None:
        variable = self.setting.scope.variable_of_value(name)
        return self.setting.scope.alphabet_of(variable) if variable is not None else self.setting.scope.only_alphabet()

    # Laws

    def _table(
        self, model: Model, law: LawDeclaration, plan: Plan, random: Random, base: dict[tuple[object, ...], Table]
    ) -> Table | None:
        alike = base.get((law.alphabets, law.entries))
        if alike is not None and plan.shape in (Shape.EQUAL, Shape.NEAR_EQUAL):
            table = dict(alike) if plan.shape is Shape.EQUAL else mixed(alike, self._fresh(model, law, plan, random))
        else:
            table = self._fresh(model, law, plan, random)
            for _ in range(REDRAWN if plan.shape is Shape.GENERIC else 0):
                if not _is_another(table, model):
                    break
                table = self._fresh(model, law, plan, random)
        if law.entries in (MASS, DENSITY):
            table = self._fixed(model, law, table)
            if not self._separated(model, law, table):
                return None
        base.setdefault((law.alphabets, law.entries), table)
        return table

    def _fresh(self, model: Model, law: LawDeclaration, plan: Plan, random: Random) -> Table:
        if law.entries == REAL:
            return {key: number(Interval(), plan.shape, random, []) for key in positions(model, law)}
        if law.entries not in (MASS, DENSITY):
            return {key: number(Interval(Fraction(0)), plan.shape, random, []) for key in positions(model, law)}
        relevant = [s for s in self.coordinates.separations if (s.left | s.right | s.condition) <= set(law.variables)]
        if relevant or plan.shape is Shape.INDEPENDENT:
            return network(model, law, plan.shape, random, relevant)
        keys = positions(model, law)
        if plan.shape is Shape.APART:
            place = list(self.setting.scope.laws).index(law.name)
            return normalised(model, law, {key: 1000 if k == place % len(keys) else 1 for k, key in enumerate(keys)})
        weights = weights_on(keys, plan.shape, random)
        return normalised(model, law, weights)

    def _fixed(self, model: Model, law: LawDeclaration, table: Table) -> Table:
        fixed = {index: value for (name, index), value in self.coordinates.fixed.items() if name == law.name}
        if not fixed:
            return table
        known = {_element(model, index): fmpq(value.numerator, value.denominator) for index, value in fixed.items()}
        rest = sum((value for key, value in table.items() if key[0] not in known), fmpq(0))
        left = 1 - sum(known.values(), fmpq(0))
        return {key: known[key[0]] if key[0] in known else value * left / rest for key, value in table.items()}

    def _separated(self, model: Model, law: LawDeclaration, table: Table) -> bool:
        """Whether the table has every independence that the givens state, checked exactly."""
        relevant = [s for s in self.coordinates.separations if (s.left | s.right | s.condition) <= set(law.variables)]
        if not relevant:
            return True
        trial = Model(self.setting, {}, model.numbers, model.sizes, model.widths, {law.name: table})
        for s in relevant:
            for key in table:
                at = dict(zip(law.variables, key, strict=True))
                part = [
                    trial.mass(law.name, {v: at[v] for v in names}) for names in (s.left | s.condition, s.right | s.condition)
                ]
                whole = trial.mass(law.name, {v: at[v] for v in s.left | s.right | s.condition})
                shared = trial.mass(law.name, {v: at[v] for v in s.condition}) if s.condition else fmpq(1)
                if whole * shared != part[0] * part[1]:
                    return False
        return True

    # Facts

    def _holds(self, model: Model) -> bool:
        balls = Balls(model, self.budget)
        for fact in self.setting.facts:
            try:
                if not all(relation_holds(balls, fact.relation, at) for at in _assignments(fact.relation, model)):
                    return False
            except (NoValue, Unclear, NoModel, KeyError):
                return False
        return True


def _is_another(table: Table, model: Model) -> bool:
    """Whether a table is that of another law, or a permutation of it: at such a point much that is false holds."""
    return any(
        table.keys() == other.keys() and sorted(table.values()) == sorted(other.values()) for other in model.tables.values()
    )


def _assignments(relation: Relation, model: Model) -> Iterator[dict[str, Element]]:
    """Every choice of the free values that index laws: a given about p[i] is one about each of its entries."""
    free = free_names(relation)
    alphabets: dict[str, Term] = {}
    for part in subterms(relation):
        if isinstance(part, Mass):
            law = model.declared(part.marginal.law)
            for variable, value in zip(part.marginal.of + part.marginal.given, part.args, strict=True):
                if isinstance(value, Value) and value.name in free:
                    alphabets[value.name] = law.alphabet(variable)
    for elements in product(*map(model.elements, alphabets.values())):
        yield dict(zip(alphabets, elements, strict=True))


def relation_holds(balls: Balls, relation: Relation, at: dict[str, Element] | None = None) -> bool:
    """Whether a chain of relations certainly holds at a model; an equation only where both sides are exact."""
    values = [balls.value(side, at) for side in relation.args]
    for operator, left, right in zip(relation.operators, values, values[1:], strict=False):
        gap = left - right
        exact = isinstance(gap, fmpq)
        held = {
            "=": exact and gap == 0,
            "<": gap < 0,
            ">": gap > 0,
            "<=": gap < 0 or (exact and gap == 0),
            ">=": gap > 0 or (exact and gap == 0),
            "!=": gap < 0 or gap > 0,
        }
        if not held.get(operator, False):
            return False
    return True


def _element(model: Model, index: tuple[str, int | str, int]) -> Element:
    name, offset = str(index[1]), index[2]
    if not name:
        return offset
    return int(model.numbers[name].p) + offset if name in model.numbers else name
