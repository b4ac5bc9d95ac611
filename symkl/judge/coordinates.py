"""Coordinates: what a mass is in terms of free ones.

A law with a formula has its formula; the last mass of a law on a concrete alphabet is one minus the others; a joint mass
factors along the independences and Markov chains that the givens state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from symkl.errors import UndefinedTerm
from symkl.judge.atoms import Domain, Entry, Index, SizeOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.polynomial import (
    Monomial,
    Polynomial,
    accumulate,
    constant,
    lone_monomial,
    monomial_power,
    monomial_product,
    number_of,
    variable,
)
from symkl.language.scope import DENSITY, MASS, LawDeclaration
from symkl.language.term import Mass, Number, Outcome, Outcomes, Range, Symbol, Term, free_names
from symkl.theory.setting import Setting

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

WRITTEN_OUT = 8
"""A marginal mass is written as a sum of so many joint ones, at most."""

ELEMENTS = 5000
"""Alphabets with more elements than this are not written out."""


@dataclass(frozen=True, slots=True)
class Separation:
    """`left` and `right` are independent given `condition`."""

    left: frozenset[str]
    right: frozenset[str]
    condition: frozenset[str]


def separations(setting: Setting) -> tuple[Separation, ...]:
    """Every independence that the givens state, a chain as one for each of its inner links."""
    found = [Separation(frozenset(g.left), frozenset(g.right), frozenset(g.condition)) for g in setting.independences]
    for given in setting.chains:
        groups = [frozenset(group) for group in given.chain]
        for k in range(1, len(groups) - 1):
            found.append(Separation(frozenset().union(*groups[:k]), frozenset().union(*groups[k + 1 :]), groups[k]))
    return tuple(found)


def concrete_index(term: Term) -> Index | None:
    """The index that a number or an outcome is."""
    match term:
        case Number(value) if value.denominator == 1:
            return ("c", "", value.numerator)
        case Outcome(name):
            return ("c", name, 0)
        case Symbol(name):
            return ("c", name, 0)
        case _:
            return None


class Coordinates:
    """The masses of one setting's laws as polynomials, which nobody changes in place."""

    def __init__(self, algebra: Algebra, setting: Setting) -> None:
        self.algebra = algebra
        self.setting = setting
        self.separations = separations(setting)
        self.equal: dict[str, Term] = {}
        """Symbols that a given sets equal to a term."""
        self.fixed: dict[tuple[str, Index], Fraction] = {}
        """Masses that a given sets equal to a number."""
        self._masses: dict[tuple[str, Index], Polynomial] = {}
        self._elements: dict[Term, tuple[Index, ...] | None] = {}
        self._places: dict[Term, frozenset[Index]] = {}
        for fact in setting.facts:
            self._read_equality(fact.relation.operators, fact.relation.args)

    def _read_equality(self, operators: tuple[str, ...], sides: tuple[Term, ...]) -> None:
        if operators != ("=",):
            return
        left, right = sides
        if isinstance(left, Number):
            left, right = right, left
        match left, right:
            case Symbol(name), _ if name not in self.equal and not self._leads_to(right, name):
                self.equal[name] = right
            case _, Symbol(name) if name not in self.equal and not self._leads_to(left, name):
                self.equal[name] = left
            case Mass(marginal, (value,)), Number(number) if marginal.of == self.setting.scope.laws[marginal.law].variables:
                index = concrete_index(value)
                if index is not None:
                    self.fixed[marginal.law, index] = number

    def _leads_to(self, term: Term, name: str) -> bool:
        reached = set(free_names(term))
        while new := {deeper for known in reached if known in self.equal for deeper in free_names(self.equal[known])} - reached:
            reached |= new
        return name in reached

    # Alphabets

    def elements(self, alphabet: Term) -> tuple[Index, ...] | None:
        """The elements of a concrete alphabet, None for a symbolic one."""
        if alphabet not in self._elements:
            found = self._elements[alphabet] = self._written_out(alphabet)
            self._places[alphabet] = frozenset(found or ())
        return self._elements[alphabet]

    def _written_out(self, alphabet: Term) -> tuple[Index, ...] | None:
        match alphabet:
            case Outcomes(values):
                found = [concrete_index(value) for value in values]
                if None in found:
                    raise OutsideFragment("an alphabet whose elements are neither names nor whole numbers")
                return tuple(index for index in found if index is not None)
            case Range(low, high):
                first, last = self.whole(low), self.whole(high)
                if first is None or last is None:
                    return None
                if last - first >= ELEMENTS:
                    raise OutsideFragment(f"an alphabet of more than {ELEMENTS} elements written out")
                return tuple(("c", "", k) for k in range(first, last + 1))
            case _:
                return None

    def contains(self, alphabet: Term, index: Index) -> bool:
        """Whether an element certainly belongs to an alphabet, whatever its size."""
        if self.elements(alphabet) is not None:
            return self._resolved(index) in self._places[alphabet]
        if not isinstance(alphabet, Range) or not isinstance(alphabet.low, Number):
            return False
        low, least = alphabet.low.value, self.algebra.domain.least(alphabet.high)
        if index[1] == "":
            return low <= index[2] and least is not None and index[2] <= least
        from_the_end = isinstance(alphabet.high, Symbol) and index[1] == alphabet.high.name
        return from_the_end and index[2] <= 0 and least is not None and least + index[2] >= low

    def whole(self, term: Term) -> int | None:
        """The whole number that a bound of a range is, where it is one."""
        if isinstance(term, Number):
            value: int | Fraction | None = term.value
        elif isinstance(term, Symbol) and term.name not in self.equal:
            return None
        else:
            value = number_of(self.algebra.translate(term))
        return int(value) if value is not None and value == int(value) else None

    def size(self, domain: Domain) -> Polynomial:
        """The number of elements of an alphabet."""
        if domain.integral:
            raise OutsideFragment("an integral over a range of unknown length")
        known = self.elements(domain.alphabet)
        if known is not None:
            return constant(len(known))
        match domain.alphabet:
            case Range(low, high):
                translate = self.algebra.translate
                total = dict(translate(high))
                accumulate(total, translate(low), -1)
                accumulate(total, constant(1))
                return total
            case alphabet:
                return variable(self.algebra.table.intern(SizeOf(alphabet)))

    def least_size(self, alphabet: Term) -> int:
        """The number of elements that an alphabet has at least."""
        match alphabet:
            case Outcomes(values):
                return len(values)
            case Range(low, high):
                first, last = self.whole(low), self.algebra.domain.least(high)
                return 2 if first is None or last is None else max(2, last - first + 1)
            case _:
                return 2

    def alphabet_of(self, law: LawDeclaration, name: str) -> Domain:
        """What a value of one of a law's variables ranges over."""
        return Domain(law.alphabet(name), law.entries == DENSITY)

    # Masses

    def mass(self, law: LawDeclaration, at: Mapping[str, Index]) -> Polynomial:
        """The mass of a law's marginal at values of some of its variables."""
        if not at:
            return constant(1)
        if law.name in self.setting.formulas:
            found = self._by_formula(law, next(iter(at.values())))
            if found is not None:
                return found
        if len(law.variables) == 1:
            index = next(iter(at.values()))
            if index[0] == "c":
                return self._single(law, index)
        entry = tuple((name, at[name]) for name in law.variables if name in at)
        if law.entries in (MASS, DENSITY):
            if self.separations:
                return self._factored(law, entry) if len(at) > 1 else variable(self.algebra.table.intern(Entry(law.name, entry)))
            summed = self._summed(law, at)
            if summed is not None:
                return summed
        return variable(self.algebra.table.intern(Entry(law.name, entry)))

    def _summed(self, law: LawDeclaration, at: Mapping[str, Index]) -> Polynomial | None:
        """A marginal mass as the sum of joint ones, where the other variables have few values, all of them written out."""
        missing = [name for name in law.variables if name not in at]
        listed = [self.elements(law.alphabet(name)) for name in missing]
        found = [elements for elements in listed if elements is not None]
        if not missing or len(found) < len(listed) or prod(map(len, found)) > WRITTEN_OUT:
            return None
        total: Polynomial = {}
        for values in product(*found):
            accumulate(total, self.mass(law, {**at, **dict(zip(missing, values, strict=True))}))
        return total

    def _by_formula(self, law: LawDeclaration, index: Index) -> Polynomial | None:
        formula = self.setting.formulas[law.name]
        key = (law.name, index)
        if key in self._masses:
            return self._masses[key]
        if formula.formula is not None:
            found = self.algebra.translate(formula.formula, {formula.index: index})
        elif index[0] == "c":
            term = formula.outcomes.get(Number(index[2]) if index[1] == "" else Outcome(str(index[1])))
            if term is None:
                raise self._outside(law, index)
            found = self.algebra.translate(term)
        else:
            return None
        if index[0] in "cv":
            self._masses[key] = found
        return found

    def known_mass(self, law: str, index: Index) -> Polynomial | None:
        """The mass of a law of one variable at an element, if it has been worked out already."""
        return self._masses.get((law, index))

    def _single(self, law: LawDeclaration, index: Index) -> Polynomial:
        key = (law.name, index)
        known = self._masses.get(key)
        if known is None:
            known = self._masses[key] = self._coordinate(law, index)
        return known

    def _coordinate(self, law: LawDeclaration, index: Index) -> Polynomial:
        if (law.name, index) in self.fixed:
            return constant(self.fixed[law.name, index])
        elements = self.elements(law.alphabets[0])
        if elements is not None:
            index = self._resolved(index)
            if index not in self._places[law.alphabets[0]]:
                raise self._outside(law, index)
        else:
            self._inside(law, index)
        if law.entries == MASS and elements is not None and index == self._dependent(law, elements):
            total = constant(1)
            for other in elements:
                if other != index:
                    accumulate(total, self._single(law, other), -1)
            return total
        return variable(self.algebra.table.intern(Entry(law.name, ((law.variables[0], index),))))

    def _dependent(self, law: LawDeclaration, elements: tuple[Index, ...]) -> Index | None:
        """The element whose mass is one minus the others: the last whose mass no given fixes."""
        return next((index for index in reversed(elements) if (law.name, index) not in self.fixed), None)

    def _resolved(self, index: Index) -> Index:
        if index[1] in self.equal:
            value = self.whole(Symbol(str(index[1])))
            if value is not None:
                return ("c", "", value + index[2])
        return index

    def _outside(self, law: LawDeclaration, index: Index) -> UndefinedTerm:
        at, alphabet = shown_index(index), self.setting.write(law.alphabets[0])
        part = f"{law.letter}[{at}]" if law.indexed else f"{law.letter}({at})"
        return UndefinedTerm(f"{part} has no value: {law.name} is a law on {alphabet}, of which {at} is no element.", part)

    def _inside(self, law: LawDeclaration, index: Index) -> None:
        """Raise where an element of a symbolic range may lie outside it."""
        alphabet = law.alphabets[0]
        if not isinstance(alphabet, Range) or not isinstance(alphabet.low, Number):
            return
        low = alphabet.low.value
        least = self.algebra.domain.least(alphabet.high)
        if index[1] == "":
            if index[2] < low or (least is not None and index[2] > least):
                size = self.setting.write(alphabet.high)
                raise UndefinedTerm(
                    f"{law.letter}[{index[2]}] has no value at {size} = {least}; a given '{size} >= {index[2]}' gives it one.",
                    f"{law.letter}[{index[2]}]",
                )
            return
        from_the_end = isinstance(alphabet.high, Symbol) and index[1] == alphabet.high.name
        if from_the_end and (index[2] > 0 or (least is not None and least + index[2] < low)):
            raise self._outside(law, index)

    def _factored(self, law: LawDeclaration, entry: tuple[tuple[str, Index], ...]) -> Polynomial:
        names = frozenset(name for name, _ in entry)
        at = dict(entry)
        for separation in self.separations:
            left, right, condition = names & separation.left, names & separation.right, separation.condition
            if left and right and condition <= names and left | right | condition == names:
                product: Monomial = ()
                for part, power in ((left | condition, 1), (right | condition, 1), (condition, -1)):
                    factor = lone_monomial(self.mass(law, {name: at[name] for name in part}))
                    if factor is None:
                        raise OutsideFragment("a joint mass that does not factor into masses")
                    product = monomial_product(product, monomial_power(factor[0], power))
                return {product: 1}
        return variable(self.algebra.table.intern(Entry(law.name, entry)))


class AlphabetsKept(Coordinates):
    """Coordinates in which no sum is written out and no mass eliminated: what holds so, holds on every alphabet."""

    def elements(self, alphabet: Term) -> tuple[Index, ...] | None:
        """None: every alphabet stays as it is."""
        return None

    def size(self, domain: Domain) -> Polynomial:
        """The number of elements, also of a concrete alphabet."""
        known = None if domain.integral else super().elements(domain.alphabet)
        return constant(len(known)) if known is not None else super().size(domain)

    def _by_formula(self, law: LawDeclaration, index: Index) -> Polynomial | None:
        formula = self.setting.formulas[law.name]
        if formula.formula is not None:
            return super()._by_formula(law, index)
        values = set(formula.outcomes.values())
        return self.algebra.translate(values.pop()) if len(values) == 1 else None

    def _coordinate(self, law: LawDeclaration, index: Index) -> Polynomial:
        if (law.name, index) in self.fixed:
            return constant(self.fixed[law.name, index])
        return variable(self.algebra.table.intern(Entry(law.name, ((law.variables[0], index),))))


def shown_index(index: Index) -> str:
    """An element as it is written."""
    name, offset = str(index[1]), index[2]
    if not name:
        return str(offset)
    return name if not offset else f"{name}{'+' if offset > 0 else '-'}{abs(offset)}"
