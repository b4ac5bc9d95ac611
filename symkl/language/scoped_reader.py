"""What the names in a plain text are, under a scope: bare names, the alphabets of bound ones, masses and measures.

`PlainReader` reads the text; what it has read is settled here, or refused with the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from symkl.language.kernels import HALF_BOUND, averaged
from symkl.language.kinds import CONSTANTS, measure_fault, undeclared, value_fault
from symkl.language.scope import LawDeclaration, Scope
from symkl.language.term import (
    Constant,
    Law,
    Mass,
    Measure,
    Number,
    Outcome,
    Outcomes,
    RandomVariable,
    Symbol,
    Term,
    Value,
)
from symkl.language.token_reader import TokenReader
from symkl.language.tokens import Token


class ScopedReader(TokenReader):
    """A reader at a position in one text, under one scope, which knows what is bound where it stands."""

    def __init__(self, text: str, scope: Scope) -> None:
        super().__init__(text)
        self.scope = scope
        self._bound: dict[str, Term | None] = {}
        self._laws_allowed = False

    @contextmanager
    def _laws(self, allowed: bool) -> Iterator[None]:
        before, self._laws_allowed = self._laws_allowed, allowed
        try:
            yield
        finally:
            self._laws_allowed = before

    @contextmanager
    def _binding(self, bound: dict[str, Term | None]) -> Iterator[None]:
        before, self._bound = self._bound, {**self._bound, **bound}
        try:
            yield
        finally:
            self._bound = before

    # Names

    def resolve(self, token: Token) -> Term:
        """What a bare name stands for."""
        name = token.text
        if name in self._bound:
            return Value(name)
        law = self.scope.law(name)
        if self._laws_allowed:
            if name in self.scope.variables:
                return RandomVariable(name)
            if law is not None:
                return law.law()
        if name in self.scope.numbers:
            return Symbol(name)
        stem, _, index = name.partition("_")
        if index and (entry := self.scope.law(stem)) is not None and entry.indexed:
            return self._mass(entry, [self._index(index, token)], 1, token)
        if name not in self.scope.variables and self.scope.variable_of_value(name) is not None:
            return Value(name)
        if name in CONSTANTS:
            return Constant(name)
        kind = self._other_kind(name)
        if kind:
            raise self.error(f"'{name}' is {kind}; a number is needed here", token)
        if self.scope.lenient:
            return Symbol(name)
        raise self.error(undeclared(name, self._bound, self.scope, self._laws_allowed), token)

    def _other_kind(self, name: str) -> str:
        if name in self.scope.variables:
            return "a random variable"
        if self.scope.law(name) is not None:
            return "a law"
        return "an outcome" if name in self.scope.outcomes else ""

    def _index(self, text: str, token: Token) -> Term:
        if text.isdigit():
            return Number(int(text))
        return self._free_value(text) or self.resolve(Token("name", text, token.end - len(text), token.end))

    def _free_value(self, name: str) -> Term | None:
        """What a bare name is as an argument of a mass, where it is a value that nothing binds."""
        if name in self._bound or name in self.scope.numbers:
            return None
        return Outcome(name) if name in self.scope.outcomes else Value(name)

    # Alphabets

    def domain_of(self, token: Token) -> Term:
        """The alphabet that a bound name without one ranges over."""
        variable = self.scope.variable_of_value(token.text)
        named = self.scope.alphabets.get(token.text.upper()) or self.scope.only_alphabet()
        found = self.scope.alphabet_of(variable) if variable is not None else named
        if found is None:
            raise self.error(f"The alphabet of '{token.text}' is not known; write '{token.text} in ...'", token)
        return found

    def _outcomes(self, elements: list[Term]) -> Outcomes:
        """The alphabet of these elements; a coin's {1, 0} is its {H, T}."""
        names = [self.scope.aliases.get(str(element.value)) if isinstance(element, Number) else None for element in elements]
        if None in names:
            return Outcomes(*elements)
        return Outcomes(*(Outcome(str(name)) for name in names))

    # Masses and measures

    def _mass(self, law: LawDeclaration, values: list[Term], before_bar: int, token: Token) -> Term:
        variables = self._variables_of(law, values, token)
        marginal = law.marginal(tuple(variables[:before_bar]), tuple(variables[before_bar:]))
        values = [self.scope.outcome(value, law.alphabet(variable)) for variable, value in zip(variables, values, strict=True)]
        for variable, value in zip(variables, values, strict=True):
            fault = value_fault(value, law.alphabet(variable))
            if fault:
                at = value.name if isinstance(value, Outcome | Symbol) else str(value.identity)
                raise self.error(f"{token.text} has no value at {at}, {fault}", token)
        if self._laws_allowed and all(map(self._names_variable, marginal.of, values)):
            return Law(marginal, values[before_bar:])
        return Mass(marginal, values)

    def _names_variable(self, variable: str, value: Term) -> bool:
        """Whether a value only names the variable, as in H(p(x)), so that the law is meant; H(p[1]) is of a number."""
        if not isinstance(value, Value):
            return False
        return self.scope.variable_of_value(value.name) == variable if variable else value.name not in self._bound

    def _variables_of(self, law: LawDeclaration, values: list[Term], token: Token) -> list[str]:
        if len(law.variables) == 1 and len(values) == 1:
            return list(law.variables)
        named = [self.scope.variable_of(value, law, self._bound) for value in values]
        if None not in named and len(set(named)) == len(named):
            return [str(name) for name in named]
        if len(values) == len(law.variables):
            return list(law.variables)
        raise self.error(
            f"The law {law.name} has {len(law.variables)} variable{'s' * (len(law.variables) != 1)}, "
            f"and {len(values)} value{'s' * (len(values) != 1)} that do not say which are meant; its masses are {law.spelling()}",
            token,
        )

    def _settled(self, token: Token, arguments: list[Term], separators: list[str]) -> Term:
        fault = measure_fault(token.text, arguments, separators)
        if fault:
            raise self.error(fault, token)
        if token.text == "KL" and separators[-1] == "|":
            means = [averaged(argument, arguments[-1], self.scope) for argument in arguments[:-1]]
            if None in means:
                raise self.error(HALF_BOUND, token)
            arguments = [*(each for each in means if each is not None), arguments[-1]]
        return Measure(token.text, arguments, separators)
