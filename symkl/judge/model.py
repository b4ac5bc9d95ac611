"""A concrete model of a setting: numbers, alphabets, masses, step densities, values of unknown functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import TypeVar

from flint import fmpq

from symkl.language.scope import LawDeclaration
from symkl.language.term import Number, Outcome, Outcomes, Range, Symbol, Term
from symkl.theory.setting import Setting

Element = int | str
Table = dict[tuple[Element, ...], fmpq]

T = TypeVar("T", bound=Term)


class NoModel(Exception):
    """The model has no such part, or the alphabet is too large to be written out."""


@dataclass(slots=True)
class Model:
    """One model: every law has its table (of heights, for a density), every number its value."""

    setting: Setting
    equal: Mapping[str, Term]
    numbers: dict[str, fmpq] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    widths: dict[Term, tuple[fmpq, ...]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    values: dict[str, Element] = field(default_factory=dict)
    functions: dict[tuple[object, ...], fmpq] = field(default_factory=dict)
    written: dict[Term, Term] = field(default_factory=dict)
    evaluate: Callable[[Term], fmpq] | None = None
    choose: Callable[[tuple[object, ...]], fmpq] | None = None
    _marginals: dict[tuple[str, tuple[str, ...]], Table] = field(default_factory=dict)

    def number(self, name: str) -> fmpq:
        """The value of a number."""
        if name not in self.numbers:
            raise NoModel(f"no value for {name}")
        return self.numbers[name]

    def elements(self, alphabet: Term) -> tuple[Element, ...]:
        """The elements of an alphabet; the cells of a density's range, numbered from 1."""
        if alphabet in self.widths:
            return tuple(range(1, len(self.widths[alphabet]) + 1))
        match alphabet:
            case Outcomes(values):
                return tuple(v.name if isinstance(v, Outcome) else self.whole(v) for v in values)
            case Range(low, high):
                first, last = self.whole(low), self.whole(high)
                if last - first > 5000:
                    raise NoModel("an alphabet of more than 5000 elements")
                return tuple(range(first, last + 1))
            case _:
                name = str(alphabet.identity)
                if name not in self.sizes:
                    raise NoModel(f"no size for the alphabet {name}")
                return tuple(range(1, self.sizes[name] + 1))

    def whole(self, term: Term) -> int:
        """The whole number that a bound of a range is."""
        match term:
            case Number(value) if value.denominator == 1:
                return int(value)
            case Symbol(name) if name in self.numbers and self.numbers[name].q == 1:
                return int(self.numbers[name].p)
        found = self.evaluate(term) if self.evaluate is not None else None
        if not isinstance(found, fmpq) or found.q != 1:
            raise NoModel("a bound that is no whole number")
        return int(found.p)

    def width(self, alphabet: Term, element: Element) -> fmpq:
        """The width of a cell of a density's range."""
        if alphabet not in self.widths:
            raise NoModel("an integral over something that has no density")
        return self.widths[alphabet][int(element) - 1]

    def inside(self, law: str, at: Mapping[str, Element]) -> bool:
        """Whether values lie in the alphabets of a law's variables."""
        declared = self.declared(law)
        return all(element in self.elements(declared.alphabet(name)) for name, element in at.items())

    def declared(self, law: str) -> LawDeclaration:
        """The declaration of a law."""
        return self.setting.scope.laws[law]

    def mass(self, law: str, at: Mapping[str, Element]) -> fmpq:
        """The mass of a marginal at values of its variables."""
        declared = self.declared(law)
        names = declared.in_order(at)
        key = tuple(at[name] for name in names)
        return self._marginal(declared, names)[key]

    def _marginal(self, law: LawDeclaration, names: tuple[str, ...]) -> Table:
        if law.name not in self.tables:
            raise NoModel(f"no masses for {law.name}")
        if names == law.variables:
            return self.tables[law.name]
        known = self._marginals.get((law.name, names))
        if known is None:
            known = {}
            places = [law.variables.index(name) for name in names]
            for key, value in self.tables[law.name].items():
                width = fmpq(1)
                for place, name in enumerate(law.variables):
                    if name not in names and law.alphabet(name) in self.widths:
                        width *= self.widths[law.alphabet(name)][int(key[place]) - 1]
                own = tuple(key[place] for place in places)
                known[own] = known.get(own, fmpq(0)) + width * value
            self._marginals[law.name, names] = known
        return known

    def free_value(self, name: str) -> Element:
        """The element that a free value is taken to be."""
        if name not in self.values:
            raise NoModel(f"no value for {name}")
        return self.values[name]

    def function(self, name: str, arguments: tuple[object, ...]) -> fmpq:
        """The value of an unknown function: any, but always the same at the same arguments."""
        key = (name, *arguments)
        if key not in self.functions:
            if self.choose is None:
                raise NoModel(f"no values for the function {name}")
            self.functions[key] = self.choose(key)
        return self.functions[key]

    def cached(self, term: T, write: Callable[[T], Term]) -> Term:
        """What a term is written out as, once for all models of a judgement."""
        known = self.written.get(term)
        if known is None:
            known = self.written[term] = write(term)
        return known

    # What a reader is shown

    def witness(self) -> dict[str, Fraction]:
        """The model by the plain spelling of its numbers and masses."""
        shown = {name: _fraction(value) for name, value in sorted(self.numbers.items())}
        for alphabet, size in sorted(self.sizes.items()):
            if not any(str(term.identity) == alphabet for term in self.widths):
                shown[f"size({alphabet})"] = Fraction(size)
        shown.update({name: Fraction(value) for name, value in self.values.items() if isinstance(value, int)})
        for term, widths in self.widths.items():
            shown.update({f"width of cell {k} of {term.identity}": _fraction(w) for k, w in enumerate(widths, 1)})
        for law, table in self.tables.items():
            shown.update({spelled: _fraction(value) for spelled, value in self._spelled(self.declared(law), table)})
        for key, value in self.functions.items():
            shown[f"{key[0]}({','.join(map(str, key[1:]))})"] = _fraction(value)
        return shown

    def _spelled(self, law: LawDeclaration, table: Table) -> Iterator[tuple[str, fmpq]]:
        open_, close = "[]" if law.indexed else "()"
        for key, value in table.items():
            yield f"{law.letter}{open_}{','.join(map(str, key))}{close}", value


def positions(model: Model, law: LawDeclaration) -> list[tuple[Element, ...]]:
    """Every tuple of values of a law's variables."""
    return list(product(*(model.elements(alphabet) for alphabet in law.alphabets)))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
