"""The atoms of the term tree: numbers, the names of numbers, values, outcomes and variables, and the laws with their masses.

An atom of a law says which of its random variables it is marginal or conditional of; its values are terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from symkl.language.node import BoundNames, Term

# Leaves


class Number(Term):
    """An exact rational, not negative. A decimal keeps its digits in `written`."""

    __slots__ = ()
    __match_args__ = ("value",)

    def __init__(self, value: Fraction | int, written: str = "") -> None:
        if value < 0:
            raise ValueError("a number in the tree is not negative; use signed()")
        super().__init__((), Fraction(value), written)

    @property
    def value(self) -> Fraction:
        return self.identity  # type: ignore[return-value]


class Named(Term):
    """A term that is nothing but its name."""

    __slots__ = ()
    __match_args__ = ("name",)

    def __init__(self, name: str) -> None:
        super().__init__((), name)

    @property
    def name(self) -> str:
        return str(self.identity)


class Symbol(Named):
    """A number by name: a parameter, a size, an unknown."""

    __slots__ = ()


class Constant(Named):
    """A mathematical constant: `e`, `pi`."""

    __slots__ = ()


class Value(Named):
    """A value of a random variable or an index, bound by a binder or free: the x of p(x), the i of p[i]."""

    __slots__ = ()

    def _fingerprint(self) -> int:
        # The name stays out, so that a hash does not see the names of bound values.
        return hash("Value")

    def alike(self, other: Term, mine: BoundNames, theirs: BoundNames, depth: int = 0) -> bool:
        """Bound by the same binder, or free under the same name."""
        at, there = mine.get(str(self.identity)), theirs.get(str(other.identity))
        return type(other) is Value and at == there and (at is not None or self.identity == other.identity)


class Outcome(Named):
    """A named element of an alphabet: the H of {H, T}."""

    __slots__ = ()


class RandomVariable(Named):
    """A random variable: the X of H(X)."""

    __slots__ = ()


# Laws and their masses


@dataclass(frozen=True, slots=True)
class Marginal:
    """Which law a mass belongs to, marginal or conditional of which of its random variables.

    A law on a bare alphabet (`P on {1..n}`) has one variable, whose name is the empty text. `letter` and `indexed` say
    how the mass is written: p with an index, or P with an argument.
    """

    law: str
    letter: str
    indexed: bool
    of: tuple[str, ...]
    given: tuple[str, ...] = ()


class Mass(Term):
    """A mass (or density) at values: p[i], P(H), p(x,y), p(y|x). The values of `of` come first, then those of `given`."""

    __slots__ = ()
    __match_args__ = ("marginal", "args")

    def __init__(self, marginal: Marginal, values: Iterable[Term]) -> None:
        super().__init__(values, marginal)

    @property
    def marginal(self) -> Marginal:
        return self.identity  # type: ignore[return-value]


class Law(Term):
    """A law itself, as an argument of a measure: P, p(x,y), p(y|x).

    Of a conditional law the values of `given` are the arguments; without arguments it is the whole kernel. Laws are
    added, scaled and multiplied with the heads of numbers: (P + Q)/2 is a mixture, p(x)*p(y) a product law.
    """

    __slots__ = ()
    __match_args__ = ("marginal", "args")

    def __init__(self, marginal: Marginal, values: Iterable[Term] = ()) -> None:
        super().__init__(values, marginal)

    @property
    def marginal(self) -> Marginal:
        return self.identity  # type: ignore[return-value]
