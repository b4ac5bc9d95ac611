"""Atoms, what polynomials are made of, and the table that interns them.

Indices are typed names of values: ("t", k, 0) a bound value on its way, ("b", h, k) a bound value of a closed sum of
height h, ("v", name, 0) a free value, ("c", name, offset) an element (("c", "", 3) is 3, ("c", "n", -1) is n - 1).
A closed sum numbers its own bound values at one height above all sums inside it, so renaming never captures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from symkl.judge.polynomial import Frozen, Monomial, frozen
from symkl.language.term import Term

Index = tuple[str, int | str, int]
Renaming = Mapping[Index, Index]


@dataclass(frozen=True, slots=True)
class Domain:
    """What a bound value ranges over: the elements of an alphabet, or the range of a density."""

    alphabet: Term
    integral: bool = False


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A mass of a law at values of some of its variables, or an entry of a vector."""

    law: str
    at: tuple[tuple[str, Index], ...]


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number that stands under a log or a root."""

    value: int


@dataclass(frozen=True, slots=True)
class Form:
    """A primitive polynomial of two terms or more, in a denominator, under a log or under a root."""

    polynomial: Frozen


@dataclass(frozen=True, slots=True)
class LogOf:
    """The natural log of the absolute value of an atom."""

    base: int


@dataclass(frozen=True, slots=True)
class ExpOf:
    """e to the power of a monomial."""

    exponent: Monomial


@dataclass(frozen=True, slots=True)
class SumOf:
    """A connected sum of one monomial over bound values."""

    domains: tuple[Domain, ...]
    body: Monomial


@dataclass(frozen=True, slots=True)
class SizeOf:
    """The number of elements of an alphabet."""

    alphabet: Term


@dataclass(frozen=True, slots=True)
class DeltaOf:
    """Kronecker's delta of two indices."""

    left: Index
    right: Index


@dataclass(frozen=True, slots=True)
class Position:
    """An index used as a number."""

    index: Index


@dataclass(frozen=True, slots=True)
class Applied:
    """An unknown function, or the absolute value, of polynomials."""

    name: str
    arguments: tuple[Frozen, ...]


Key = Scalar | Entry | Integer | Form | LogOf | ExpOf | SumOf | SizeOf | DeltaOf | Position | Applied


class Table:
    """Every atom of one judgement by number, with the bound values free in it and its height."""

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self.free: list[frozenset[Index]] = []
        self.height: list[int] = []
        self.forms: dict[int, int] = {}
        """Atoms that are forms, and how many terms each has."""
        self.roots = False
        """Whether any atom carries a fractional exponent that products may make whole."""
        self._known: dict[Key, int] = {}
        self._skeletons: dict[int, str] = {}

    def intern(self, key: Key) -> int:
        """The number of an atom."""
        known = self._known.get(key)
        if known is not None:
            return known
        atom = len(self.keys)
        free, height = self._measured(key)
        self._known[key] = atom
        self.keys.append(key)
        self.free.append(free)
        self.height.append(height)
        if isinstance(key, Form):
            self.forms[atom] = len(key.polynomial)
        return atom

    def known(self, key: Key) -> bool:
        """Whether an atom has been met."""
        return key in self._known

    def is_number(self, polynomial: Iterable[Monomial]) -> bool:
        """Whether nothing but numbers is in a polynomial, so that its value is the same at every point."""
        return all(self._is_number(self.keys[atom]) for monomial in polynomial for atom, _ in monomial)

    def _is_number(self, key: Key) -> bool:
        match key:
            case Integer() | Scalar("pi"):
                return True
            case LogOf(base):
                return self._is_number(self.keys[base])
            case ExpOf(exponent):
                return self.is_number((exponent,))
            case Form(polynomial):
                return self.is_number(monomial for monomial, _ in polynomial)
            case _:
                return False

    def free_of(self, monomial: Monomial) -> frozenset[Index]:
        """The bound values that a monomial mentions."""
        return frozenset().union(*(self.free[atom] for atom, _ in monomial))

    def height_of(self, monomial: Monomial) -> int:
        """The height of the highest sum inside a monomial."""
        return max((self.height[atom] for atom, _ in monomial), default=0)

    def _measured(self, key: Key) -> tuple[frozenset[Index], int]:
        match key:
            case Entry(_, at):
                return _bound(index for _, index in at), 0
            case Form(polynomial):
                return self._measured_frozen(polynomial)
            case LogOf(base):
                return self.free[base], self.height[base]
            case ExpOf(exponent):
                return self.free_of(exponent), self.height_of(exponent)
            case SumOf(_, body):
                height = self.height_of(body) + 1
                return frozenset(i for i in self.free_of(body) if not (i[0] == "b" and i[1] == height)), height
            case DeltaOf(left, right):
                return _bound((left, right)), 0
            case Position(index):
                return _bound((index,)), 0
            case Applied(_, arguments):
                parts = [self._measured_frozen(argument) for argument in arguments]
                return frozenset().union(*(free for free, _ in parts)), max((height for _, height in parts), default=0)
            case _:
                return frozenset(), 0

    def _measured_frozen(self, polynomial: Frozen) -> tuple[frozenset[Index], int]:
        free = frozenset().union(*(self.free_of(monomial) for monomial, _ in polynomial))
        return free, max((self.height_of(monomial) for monomial, _ in polynomial), default=0)

    # Renaming without rewriting: bound values for bound values

    def renamed(self, atom: int, names: Renaming) -> int:
        """The atom with its free bound values renamed."""
        if self.free[atom].isdisjoint(names):
            return atom
        match self.keys[atom]:
            case Entry(law, at):
                return self.intern(Entry(law, tuple((variable, names.get(index, index)) for variable, index in at)))
            case Form(polynomial):
                return self.intern(Form(self._renamed_frozen(polynomial, names)))
            case LogOf(base):
                return self.intern(LogOf(self.renamed(base, names)))
            case ExpOf(exponent):
                return self.intern(ExpOf(self.renamed_monomial(exponent, names)))
            case SumOf(domains, body):
                return self.intern(SumOf(domains, self.renamed_monomial(body, names)))
            case DeltaOf(left, right):
                return self.intern(delta_key(names.get(left, left), names.get(right, right)))
            case Position(index):
                return self.intern(Position(names.get(index, index)))
            case Applied(name, arguments):
                return self.intern(Applied(name, tuple(self._renamed_frozen(argument, names) for argument in arguments)))
        return atom

    def renamed_monomial(self, monomial: Monomial, names: Renaming) -> Monomial:
        """The monomial with its free bound values renamed."""
        return tuple(sorted((self.renamed(atom, names), exponent) for atom, exponent in monomial))

    def _renamed_frozen(self, polynomial: Frozen, names: Renaming) -> Frozen:
        return frozen({self.renamed_monomial(monomial, names): coefficient for monomial, coefficient in polynomial})

    def skeleton(self, atom: int) -> str:
        """A text that two atoms share when they differ in the names of bound values alone."""
        known = self._skeletons.get(atom)
        if known is None:
            known = self._skeletons[atom] = self._skeleton(self.keys[atom])
        return known

    def _skeleton(self, key: Key) -> str:
        def monomial(parts: Monomial) -> str:
            return "*".join(sorted(f"{self.skeleton(atom)}^{exponent}" for atom, exponent in parts))

        def polynomial(parts: Frozen) -> str:
            return "+".join(sorted(f"{coefficient}*{monomial(own)}" for own, coefficient in parts))

        match key:
            case Entry(law, at):
                return f"{law}({','.join(variable + _shown(index) for variable, index in at)})"
            case Form(parts):
                return f"({polynomial(parts)})"
            case LogOf(base):
                return f"log({self.skeleton(base)})"
            case ExpOf(parts):
                return f"exp({monomial(parts)})"
            case SumOf(domains, body):
                return f"sum{len(domains)}({monomial(body)})"
            case DeltaOf() | Position():
                return type(key).__name__
            case Applied(name, arguments):
                return f"{name}{len(arguments)}"
            case _:
                return repr(key)


def delta_key(left: Index, right: Index) -> DeltaOf:
    """Kronecker's delta with its indices in order: it is symmetric."""
    return DeltaOf(left, right) if left <= right else DeltaOf(right, left)


def _bound(indices: Iterable[Index]) -> frozenset[Index]:
    return frozenset(index for index in indices if index[0] in "tb")


def _shown(index: Index) -> str:
    return "" if index[0] in "tb" else f":{index[1]}{index[2]}"
