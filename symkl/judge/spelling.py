"""Polynomials of the judge in plain spelling, for certificates."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from symkl.judge.atoms import (
    Applied,
    DeltaOf,
    Domain,
    Entry,
    ExpOf,
    Form,
    Index,
    Integer,
    LogOf,
    Position,
    Scalar,
    SizeOf,
    SumOf,
)
from symkl.judge.coordinates import shown_index
from symkl.judge.polynomial import UNIT, Monomial, Polynomial, Rational
from symkl.language.term import Alphabet

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

LENGTH = 400
"""Longer spellings are cut."""


class Spelling:
    """Spells polynomials of one algebra; bound values get names as they are met."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.names: dict[Index, str] = {}

    def polynomial(self, polynomial: Polynomial) -> str:
        """A polynomial as a sum of products."""
        pieces: list[str] = []
        for monomial, coefficient in sorted(polynomial.items(), key=_negative_last):
            text = self.monomial(monomial, coefficient if coefficient > 0 else -coefficient)
            if pieces:
                pieces.append(f" {'-' if coefficient < 0 else '+'} {text}")
            else:
                pieces.append(f"-{text}" if coefficient < 0 else text)
        text = "".join(pieces) or "0"
        return text if len(text) <= LENGTH else text[:LENGTH] + " ..."

    def monomial(self, monomial: Monomial, coefficient: Rational = 1) -> str:
        """A monomial as a product, what has negative exponents below a bar."""
        above = [self.power(atom, exponent) for atom, exponent in monomial if exponent > 0]
        below = [self.power(atom, -exponent) for atom, exponent in monomial if exponent < 0]
        if coefficient.numerator != 1 or not above:
            above.insert(0, str(coefficient.numerator))
        if coefficient.denominator != 1:
            below.insert(0, str(coefficient.denominator))
        text = "*".join(above)
        return text if not below else f"{text}/{below[0]}" if len(below) == 1 else f"{text}/({'*'.join(below)})"

    def power(self, atom: int, exponent: Rational) -> str:
        """An atom to a power."""
        text = self.atom(atom)
        if exponent == 1:
            return text
        shown = str(exponent) if exponent.denominator == 1 else f"({exponent})"
        return f"{text}^{shown}"

    def atom(self, atom: int) -> str:
        """An atom."""
        match self.algebra.table.keys[atom]:
            case Scalar(name):
                return name
            case Entry(law, at):
                declared = self.algebra.setting.scope.laws[law]
                open_, close = "[]" if declared.indexed else "()"
                return f"{declared.letter}{open_}{','.join(self.index(i, v) for v, i in at)}{close}"
            case Integer(value):
                return str(value)
            case Form(parts):
                return f"({self.polynomial(dict(parts))})"
            case LogOf(base):
                inner = self.atom(base)
                return f"log{inner}" if inner.startswith("(") else f"log({inner})"
            case ExpOf(exponent):
                return f"exp({self.monomial(exponent)})" if exponent != UNIT else "e"
            case SumOf(domains, body):
                return self._sum(domains, body, self.algebra.table.height[atom])
            case SizeOf(Alphabet(name)):
                return f"size({name})"
            case SizeOf():
                return "size"
            case DeltaOf(left, right):
                return f"delta({self.index(left)}, {self.index(right)})"
            case Position(index):
                return self.index(index)
            case Applied(name, arguments):
                return f"{name}({', '.join(self.polynomial(dict(argument)) for argument in arguments)})"
        return "?"

    def _sum(self, domains: tuple[Domain, ...], body: Monomial, height: int) -> str:
        own: list[Index] = [("b", height, k) for k in range(len(domains))]
        names = [self.index(index, self._variable(body, index)) for index in own]
        text = f"{'int' if domains[0].integral else 'sum'}({', '.join(names)}, {self.monomial(body)})"
        for index in own:
            del self.names[index]
        return text

    def _variable(self, body: Monomial, index: Index) -> str:
        for atom, _ in body:
            key = self.algebra.table.keys[atom]
            if isinstance(key, Entry):
                for variable, place in key.at:
                    if place == index:
                        return variable
        return ""

    def index(self, index: Index, variable: str = "") -> str:
        """An index by name."""
        if index[0] == "v":
            return str(index[1])
        if index[0] == "c":
            return shown_index(index)
        if index not in self.names:
            wanted = variable.lower() or "i"
            taken = set(self.names.values())
            pool = [wanted, *(letter for letter in ascii_lowercase[8:13]), *(f"{wanted}{k}" for k in range(1, 50))]
            self.names[index] = next(name for name in pool if name not in taken)
        return self.names[index]


def _negative_last(item: tuple[Monomial, Rational]) -> tuple[bool, Monomial]:
    return item[1] < 0, item[0]
