"""The exact value of a term at a rational point, as a rational combination of logs of primes.

Every log has the setting's base; values are in units of one over the natural log of the base, so that rational numbers and
logs keep apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symkl.errors import NoImage, UndefinedTerm
from symkl.language.term import (
    Alphabet,
    Delta,
    Expectation,
    Label,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcomes,
    Plus,
    Power,
    Quotient,
    Range,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    substitute,
)
from symkl.theory.measures import coordinates, mass_of, unfold
from symkl.theory.setting import Setting

LARGEST_PRIME = 10_000
"""Trial division goes no further."""


@dataclass(frozen=True, slots=True)
class Combination:
    """rational + the sum of coefficients times logs of primes, the logs to the base of the setting."""

    rational: Fraction
    logs: Mapping[int, Fraction]

    def plus(self, other: Combination) -> Combination:
        """The sum of the two."""
        logs = {p: self.logs.get(p, Fraction(0)) + other.logs.get(p, Fraction(0)) for p in {*self.logs, *other.logs}}
        return Combination(self.rational + other.rational, {p: c for p, c in logs.items() if c})

    def times(self, factor: Fraction) -> Combination:
        """A rational multiple."""
        return Combination(self.rational * factor, {p: c * factor for p, c in self.logs.items() if factor})


class Point:
    """A rational point: numbers by name, sizes of alphabets, masses; read from the witness of a refutation."""

    def __init__(self, setting: Setting, witness: Mapping[str, Fraction]) -> None:
        self.setting = setting
        self.witness = witness
        self.factored: dict[int, Mapping[int, int]] = {}
        """The whole numbers above and below in the arguments of the logs that were met, with their prime factors."""

    def number(self, name: str) -> Fraction:
        """The value of a number."""
        if name not in self.witness:
            # The witness leaves out what the statement does not speak of.
            raise NoImage(f"The witness does not say {name}.")
        return self.witness[name]

    def elements(self, alphabet: Term) -> list[Term]:
        """The elements of an alphabet at the point."""
        match alphabet:
            case Range(Number(low), Number(high)):
                return [Number(k) for k in range(int(low), int(high) + 1)]
            case Range(Number(low), Symbol(name)):
                return [Number(k) for k in range(int(low), int(self.number(name)) + 1)]
            case Outcomes(values):
                return list(values)
            case Alphabet(name):
                return [Number(k) for k in range(1, int(self.number(f"size({name})")) + 1)]
            case _:
                raise NoImage("An alphabet without a known size at the witness.")

    def mass(self, law: str, values: Sequence[Term]) -> Fraction:
        """The mass of a law at values of all its variables."""
        formula = self.setting.formulas.get(law)
        if formula is not None:
            found = formula.at(values[0])
            if found is None:
                raise NoImage("The givens do not say this mass.")
            return self.rational(found)
        declared = self.setting.scope.laws[law]
        return self.number(self.setting.write(declared.mass(*values)))

    def rational(self, term: Term) -> Fraction:
        """The value of a term without logs."""
        found = self.value(term)
        if found.logs:
            raise NoImage("The statement is not linear in its logs; its refutation has no certificate.")
        return found.rational

    def value(self, term: Term) -> Combination:
        """The value of a term.

        Raises: NoImage for one that is no rational combination of logs of rational numbers.
        """
        match term:
            case Number(value):
                return _rational(value)
            case Symbol(name):
                return _rational(self.number(name))
            case Label(body, _, _):
                return self.value(body)
            case Plus(terms):
                total = _rational(Fraction(0))
                for part in terms:
                    total = total.plus(self.value(part))
                return total
            case Negation(inner):
                return self.value(inner).times(Fraction(-1))
            case Times(factors):
                return self._times(factors)
            case Quotient(numerator, denominator):
                return self.value(numerator).times(1 / _nonzero(self.rational(denominator)))
            case Power(base, Number(exponent)) if exponent.denominator == 1 and exponent <= 64:
                return _rational(self.rational(base) ** int(exponent))
            case Log(argument, base):
                return self._log(argument, base)
            case Mass():
                return _rational(self._mass(term))
            case Size(alphabet):
                return _rational(Fraction(len(self.elements(alphabet))))
            case Delta(left, right):
                return _rational(Fraction(left == right))
            case Measure():
                return self._measure(term)
            case Sum(names, domains, body):
                return self._sum(names, domains, body)
            case Expectation(names, (law,), body):
                return self._mean(names, law, body)
            case _:
                raise NoImage(f"A {type(term).__name__} at a point has no certificate.")

    def _times(self, factors: Sequence[Term]) -> Combination:
        total = _rational(Fraction(1))
        for value in map(self.value, factors):
            if total.logs and value.logs:
                raise NoImage("The statement is not linear in its logs; its refutation has no certificate.")
            total = total.times(value.rational) if not value.logs else value.times(total.rational)
        return total

    def _log(self, argument: Term, base: Term) -> Combination:
        own = self.setting.scope.log_base
        value = self.rational(argument)
        if base != own:
            raise NoImage("Logs to several bases at a point have no certificate.")
        if value <= 0:
            raise NoImage("A log of what is not positive.")
        above, below = (self.factored.setdefault(n, _factors(n)) for n in (value.numerator, value.denominator))
        return Combination(Fraction(0), {p: Fraction(above.get(p, 0) - below.get(p, 0)) for p in {*above, *below}})

    def _mass(self, mass: Mass) -> Fraction:
        law = self.setting.scope.laws[mass.marginal.law]
        at = dict(zip((*mass.marginal.of, *mass.marginal.given), mass.args, strict=True))
        joint = self._marginal(law.name, at)
        given = {name: at[name] for name in mass.marginal.given}
        return joint / _nonzero(self._marginal(law.name, given)) if given else joint

    def _marginal(self, name: str, at: Mapping[str, Term]) -> Fraction:
        law = self.setting.scope.laws[name]
        choices = [[at[v]] if v in at else self.elements(law.alphabet(v)) for v in law.variables]
        return sum((self.mass(name, values) for values in product(*choices)), Fraction(0))

    def _measure(self, term: Measure) -> Combination:
        try:
            return self.value(unfold(term, self.setting))
        except UndefinedTerm as error:
            raise NoImage(str(error)) from error

    def _sum(self, names: Sequence[str], domains: Sequence[Term], body: Term) -> Combination:
        total = _rational(Fraction(0))
        for at in self._points(names, domains):
            total = total.plus(self.value(substitute(body, at)))
        return total

    def _mean(self, names: Sequence[str], law: Term, body: Term) -> Combination:
        found = coordinates(law, self.setting)
        masses = mass_of(law, {c.variable: Value(name) for c, name in zip(found, names, strict=True)})
        return self._sum(names, [c.alphabet for c in found], Times(masses, body))

    def _points(self, names: Sequence[str], domains: Sequence[Term]) -> Iterator[dict[str, Term]]:
        for values in product(*map(self.elements, domains)):
            yield dict(zip(names, values, strict=True))


def _rational(value: Fraction) -> Combination:
    return Combination(value, {})


def _nonzero(value: Fraction) -> Fraction:
    if value == 0:
        raise NoImage("A denominator is zero at the witness.")
    return value


def _factors(number: int) -> dict[int, int]:
    found: dict[int, int] = {}
    p = 2
    while number > 1:
        if p > LARGEST_PRIME:
            raise NoImage("A number at the witness has large prime factors.")
        while number % p == 0:
            found[p] = found.get(p, 0) + 1
            number //= p
        p += 1
    return found
