"""What several tests need: exact evaluation of small terms, and random walks over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod

from symkl.language.term import (
    Binder,
    Delta,
    Label,
    Mass,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Power,
    Product,
    Quotient,
    Range,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
)

Point = Mapping[str, Fraction]
Masses = Callable[[Mass, tuple[object, ...]], Fraction]


def spread(mass: Mass, values: tuple[object, ...]) -> Fraction:
    """A positive number that differs from mass to mass and from value to value."""
    letters = sum(ord(letter) for letter in mass.marginal.law)
    weights = [
        Fraction(k + 2) * (Fraction(value) if not isinstance(value, str) else ord(value[0])) for k, value in enumerate(values)
    ]
    return 1 / (letters + abs(sum(weights, Fraction(1))) + 1)


def evaluate(term: Term, point: Point, masses: Masses = spread) -> Fraction:
    """The exact value of a term of rational arithmetic, finite sums and products, and masses.

    Raises: ZeroDivisionError where a denominator vanishes; TypeError for a head without a rational value.
    """
    return _Evaluation(masses).value(term, dict(point))


class _Evaluation:
    def __init__(self, masses: Masses) -> None:
        self.masses = masses

    def value(self, term: Term, point: dict[str, object]) -> Fraction:
        match term:
            case Number(value):
                return value
            case Symbol(name) | Value(name):
                return point[name]  # type: ignore[return-value]
            case Plus(terms):
                return sum((self.value(t, point) for t in terms), Fraction(0))
            case Times(factors):
                return prod((self.value(f, point) for f in factors), start=Fraction(1))
            case Negation(inner):
                return -self.value(inner, point)
            case Quotient(numerator, denominator):
                return self.value(numerator, point) / self.value(denominator, point)
            case Power(base, Number(exponent)) if exponent.denominator == 1:
                return self.value(base, point) ** int(exponent)
            case Label(body, _, _):
                return self.value(body, point)
            case Delta():
                left, right = (self._at(value, point) for value in term.args)
                return Fraction(left == right)
            case Mass(_, values):
                return self.masses(term, tuple(self._at(value, point) for value in values))
            case Sum(names, domains, body) | Product(names, domains, body):
                return self._finite(term, names, domains, body, point)
            case _:
                raise TypeError(f"no rational value for {type(term).__name__}")

    def _at(self, value: Term, point: dict[str, object]) -> object:
        return value.name if isinstance(value, Outcome) else self.value(value, point)

    def _finite(
        self, term: Term, names: tuple[str, ...], domains: tuple[Term, ...], body: Term, point: dict[str, object]
    ) -> Fraction:
        rows = product(*(list(self._elements(domain, point)) for domain in domains))
        found = [self.value(body, {**point, **dict(zip(names, row, strict=True))}) for row in rows]
        return sum(found, Fraction(0)) if isinstance(term, Sum) else prod(found, start=Fraction(1))

    def _elements(self, domain: Term, point: dict[str, object]) -> Iterator[object]:
        match domain:
            case Range(low, high):
                yield from map(Fraction, range(int(self.value(low, point)), int(self.value(high, point)) + 1))
            case Outcomes(values):
                yield from (self._at(value, point) for value in values)
            case _:
                raise TypeError(f"no elements of {domain!r}")


def binders(term: Term) -> Iterator[tuple[tuple[int, ...], Binder]]:
    """Every binder inside a term, with its path."""
    if isinstance(term, Binder):
        yield (), term
    for k, argument in enumerate(term.args):
        for path, found in binders(argument):
            yield (k, *path), found


def replaced(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The term with another subterm at a path; nothing is renamed."""
    if not path:
        return new
    args = list(term.args)
    args[path[0]] = replaced(args[path[0]], path[1:], new)
    return term.with_args(args)
