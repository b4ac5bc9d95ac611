"""A joint law of which the words list every mass: terms as the numbers that they are under it.

A measure of its variables, a mass at values and a sum over their alphabets become logs of numbers. A summand of mass zero is
zero, as 0 log 0 = 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symkl.language.term import (
    Alphabet,
    Expectation,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcome,
    Plus,
    RandomVariable,
    Relation,
    Size,
    Sum,
    Term,
    Times,
    Value,
    substitute,
)

Event = Mapping[str, str]
"""The values of some variables."""


@dataclass(frozen=True, slots=True)
class JointTable:
    """The masses of the values of some variables, those of mass zero left out or not."""

    variables: tuple[str, ...]
    masses: Mapping[tuple[str, ...], Fraction]
    laws: frozenset[str]
    """The laws that these variables have in the document."""
    base: Term

    def written(self, term: Term) -> Term:
        """A term with what the table says of its variables as numbers."""
        match term:
            case Sum(names, domains, body) if all(isinstance(d, Alphabet) and d.name in self.variables for d in domains):
                variables = [domain.name for domain in domains if isinstance(domain, Alphabet)]
                return _sum([self.written(each) for each in self._instances(names, variables, body)])
            case Expectation((*names,), (Law(marginal, ()),), body) if marginal.law in self.laws and not marginal.given:
                if set(marginal.of) <= set(self.variables) and len(names) == len(marginal.of):
                    weighed = Times(Mass(marginal, tuple(map(Value, names))), body)
                    return _sum([self.written(each) for each in self._instances(names, marginal.of, weighed)])
            case Mass(marginal, args) if marginal.law in self.laws:
                found = self._mass(marginal.of, marginal.given, args)
                if found is not None:
                    return Number(found)
            case Measure("H" | "I", separators, args):
                measured = self._measure(separators, args)
                if measured is not None:
                    return measured
            case Size(Alphabet(name)) if name in self.variables:
                return Number(len(self.values(name)))
        again = term.with_args(map(self.written, term.args))
        return Number(0) if isinstance(again, Times) and Number(0) in again.args else again

    def values(self, variable: str) -> list[str]:
        """The values of a variable, in their order."""
        place = self.variables.index(variable)
        return list(dict.fromkeys(values[place] for values in self.masses))

    def _instances(self, names: Sequence[str], variables: Sequence[str], body: Term) -> Iterator[Term]:
        for values in product(*map(self.values, variables)):
            yield substitute(body, dict(zip(names, map(_as_term, values), strict=True)))

    def _probability(self, event: Event) -> Fraction:
        total = Fraction(0)
        for values, mass in self.masses.items():
            if all(values[self.variables.index(name)] == value for name, value in event.items()):
                total += mass
        return total

    def _mass(self, of: Sequence[str], given: Sequence[str], args: Sequence[Term]) -> Fraction | None:
        if not {*of, *given} <= set(self.variables):
            return None
        values = [_value(argument) for argument in args]
        if any(value not in self.values(name) for name, value in zip((*of, *given), values, strict=True)):
            return None
        event = dict(zip((*of, *given), map(str, values), strict=True))
        whole = self._probability({name: event[name] for name in given})
        return self._probability(event) / whole if whole else None

    def _measure(self, separators: Sequence[str], args: Sequence[Term]) -> Term | None:
        groups: list[set[str]] = [set()]
        event: dict[str, str] = {}
        for separator, argument in zip(("", *separators), args, strict=True):
            if separator in (";", "|"):
                groups.append(set())
            match argument:
                case RandomVariable(name) if name in self.variables:
                    groups[-1].add(name)
                case Relation(("=",), (RandomVariable(name), value)) if name in self.variables:
                    event[name] = _value(value)
                    if event[name] not in self.values(name):
                        return None
                case _:
                    return None
        given = groups.pop() if "|" in separators else set()
        if not all(groups) or len(groups) > 2 or not self._probability(event):
            return None
        joint = set().union(*groups, given)
        parts = [self._entropy(group | given, event) for group in groups] if len(groups) == 2 else []
        sign = Negation if len(groups) == 2 else _itself
        parts += [sign(self._entropy(joint, event)), Negation(self._entropy(given, event))]
        return _sum(parts)

    def _entropy(self, names: Iterable[str], event: Event) -> Term:
        """The entropy of some variables where others have a value."""
        variables = sorted(names)
        whole = self._probability(event)
        terms = []
        for values in product(*map(self.values, variables)):
            mass = self._probability({**dict(zip(variables, values, strict=True)), **event}) / whole
            if 0 < mass < 1:
                terms.append(Negation(Times(Number(mass), Log(Number(mass), self.base))))
        return _sum(terms)


def _itself(term: Term) -> Term:
    return term


def _as_term(value: str) -> Term:
    return Number(Fraction(value)) if _is_number(value) else Outcome(value)


def _is_number(value: str) -> bool:
    return value.removeprefix("-").isdigit()


def _value(term: Term) -> str:
    match term:
        case Number(value):
            return str(value)
        case Outcome(name) | Value(name):
            return name
    return ""


def _sum(terms: Sequence[Term]) -> Term:
    kept = [term for term in terms if term not in (Number(0), Negation(Number(0)))]
    return Plus(*kept) if len(kept) > 1 else kept[0] if kept else Number(0)
