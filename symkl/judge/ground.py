"""Exact equality at one model: the normal form of two terms with every number and mass put in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from symkl.errors import UndefinedTerm
from symkl.judge.atoms import Domain, Entry, Index
from symkl.judge.budget import Budget, Undecided
from symkl.judge.coordinates import Coordinates
from symkl.judge.logs import refined
from symkl.judge.polynomial import Polynomial, constant, subtract, variable
from symkl.language.scope import LawDeclaration
from symkl.language.term import Derivative, Extremum, Function, Integral, Term, signed, subterms

if TYPE_CHECKING:
    from symkl.judge.model import Element, Model


def equal_at(model: Model, left: Term, right: Term, budget: Budget) -> bool:
    """Whether two terms are certainly equal at a model; False also where this cannot be told."""
    from symkl.judge.algebra import Algebra

    if any(isinstance(part, Derivative | Extremum | Integral | Function) for side in (left, right) for part in subterms(side)):
        return False
    if model.widths:
        return False
    algebra = Algebra(model.setting, budget)
    algebra.coordinates = GroundCoordinates(algebra, model)
    values = {name: element_index(element) for name, element in model.values.items()}
    try:
        gap = subtract(algebra.translate(left, values), algebra.translate(right, values))
        return not refined(algebra, gap)
    except (Undecided, UndefinedTerm):
        return False


def element_index(element: Element) -> Index:
    """The index that an element of a model is."""
    return ("c", element, 0) if isinstance(element, str) else ("c", "", element)


class GroundCoordinates(Coordinates):
    """Coordinates in which every number and every mass is that of one model."""

    def __init__(self, algebra: object, model: Model) -> None:
        super().__init__(algebra, model.setting)  # type: ignore[arg-type]
        self.model = model
        for name, value in model.numbers.items():
            self.equal[name] = signed(Fraction(int(value.p), int(value.q)))

    def elements(self, alphabet: Term) -> tuple[Index, ...] | None:
        """The elements of an alphabet at the model."""
        return tuple(element_index(element) for element in self.model.elements(alphabet))

    def size(self, domain: Domain) -> Polynomial:
        """The number of elements at the model."""
        return constant(len(self.model.elements(domain.alphabet)))

    def mass(self, law: LawDeclaration, at: Mapping[str, Index]) -> Polynomial:
        """The mass at the model; as it is while its values are bound."""
        if not at:
            return constant(1)
        if law.name in self.setting.formulas:
            found = self._by_formula(law, next(iter(at.values())))
            if found is not None:
                return found
        if any(index[0] != "c" for index in at.values()):
            entry = tuple((name, at[name]) for name in law.variables if name in at)
            return variable(self.algebra.table.intern(Entry(law.name, entry)))
        value = self.model.mass(law.name, {name: index[2] if index[1] == "" else str(index[1]) for name, index in at.items()})
        return constant(Fraction(int(value.p), int(value.q)))
