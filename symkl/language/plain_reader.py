"""Reads the plain spelling of grammar.md into terms, elaborated against a scope.

A hand-written precedence reader: one pass, linear in the input, depth-limited. Reading elaborates: a mass learns its
law and the random variables it is marginal or conditional of, a binder its alphabet. What is not understood raises
`ReadError` with the place.

A minus that begins a sum negates the whole product after it (-a*b is the negation of a*b), as a textbook reads it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

from symkl.errors import ReadError
from symkl.language.scope import LawDeclaration, Scope
from symkl.language.term import (
    DEPTH_LIMIT,
    RELATIONS,
    Abs,
    Alphabet,
    Constant,
    Delta,
    Derivative,
    E,
    Exp,
    Expectation,
    Extremum,
    Function,
    Integral,
    Label,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Power,
    Product,
    Quotient,
    RandomVariable,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    is_law,
)
from symkl.language.tokens import Token, tokens

MEASURES = ("H", "h", "KL", "I", "JS")
LOGS = {"log": None, "ln": E, "log2": Number(2), "log10": Number(10)}

_SUM, _PRODUCT, _FACTOR, _POWER = 10, 20, 25, 30
"""How tightly an operator binds."""


def read_plain(text: str, scope: Scope) -> Term:
    """The term or statement that a plain text spells.

    Raises: ReadError with the place, for text that is not understood, for an undeclared name, for a kind that does not fit.
    """
    return PlainReader(text, scope).statement()


class PlainReader:
    """A reader at a position in one text."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope
        self._tokens = tokens(text)
        self._position = 0
        self._depth = 0
        self._bound: dict[str, Term | None] = {}
        self._laws_allowed = False

    # Tokens

    @property
    def here(self) -> Token:
        """The token at the reader's position."""
        return self._tokens[self._position]

    def ahead(self, distance: int = 1) -> Token:
        """A later token; the end token past the end."""
        return self._tokens[min(self._position + distance, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The token at the position, which moves on."""
        token = self.here
        self._position += token.kind != "end"
        return token

    def at(self, *texts: str) -> bool:
        """Whether one of these symbols (or names) stands here."""
        return self.here.kind in ("symbol", "name") and self.here.text in texts

    def expect(self, text: str, why: str = "") -> Token:
        """Take the symbol, or raise the error that says what stands there instead."""
        if not self.at(text):
            raise self.error(f"Expected '{text}'{why}, found {self._found()}")
        return self.take()

    def error(self, reason: str, token: Token | None = None) -> ReadError:
        """A read error at a token, by default the one here."""
        token = self.here if token is None else token
        return ReadError(reason, self.text, token.start, token.end)

    def _found(self) -> str:
        return "the end" if self.here.kind == "end" else f"'{self.here.text}'"

    def end(self) -> None:
        """Raise unless everything has been read."""
        if self.here.kind == "end":
            return
        hint = ""
        if self.here.text in ("(", "[") or self.here.kind in ("name", "number"):
            hint = "; a product needs its '*'"
        raise self.error(f"Expected an operator or the end, found {self._found()}{hint}")

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self.error(f"Nested deeper than {DEPTH_LIMIT} levels")
        try:
            yield
        finally:
            self._depth -= 1

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

    # Statements and expressions

    def statement(self) -> Term:
        """A whole text: an expression, or a chain of relations."""
        result = self.chain()
        self.end()
        return result

    def chain(self) -> Term:
        """An expression, or several with relations between them."""
        sides, operators = [self.expression()], []
        while self.here.kind == "symbol" and self.here.text in RELATIONS:
            operators.append(self.take().text)
            sides.append(self.expression())
        return Relation(sides, operators) if operators else sides[0]

    def expression(self, binding: int = 0) -> Term:
        """An expression whose operators bind tighter than `binding`."""
        with self._deeper():
            if self.at("-"):
                self.take()
                left: Term = Negation(self.expression(_PRODUCT - 1 if binding < _PRODUCT else _FACTOR))
            else:
                left = self.atom()
            if binding < _POWER and self.at("^"):
                self.take()
                left = Power(left, self.expression(_FACTOR))
            if binding < _PRODUCT:
                left = self._products(left)
            if binding < _SUM:
                left = self._sums(left)
            return left

    def _products(self, left: Term) -> Term:
        factors = [left]
        quotients = 0
        while self.at("*", "/"):
            if self.take().text == "*":
                factors.append(self.expression(_FACTOR - 1))
                continue
            quotients += 1
            if quotients > DEPTH_LIMIT:
                raise self.error(f"Nested deeper than {DEPTH_LIMIT} levels")
            numerator = Times(*factors) if len(factors) > 1 else factors[0]
            factors = [Quotient(numerator, self.expression(_FACTOR - 1))]
        return Times(*factors) if len(factors) > 1 else factors[0]

    def _sums(self, left: Term) -> Term:
        terms = [left]
        while self.at("+", "-"):
            negative = self.take().text == "-"
            term = self.expression(_SUM + 1)
            terms.append(Negation(term) if negative else term)
        return Plus(*terms) if len(terms) > 1 else left

    # Atoms

    def atom(self) -> Term:
        """A number, a name, a mass, a measure, a binder, a call, or brackets."""
        token = self.here
        if token.kind == "number":
            return self._number()
        if token.kind == "name":
            return self._name()
        if self.at("("):
            self.take()
            inner = self.expression()
            self.expect(")", " to close the bracket")
            return inner
        if self.at("|"):
            self.take()
            inner = self.expression()
            self.expect("|", " to close the absolute value")
            return Abs(inner)
        raise self.error(f"Expected a number, a name or a bracket, found {self._found()}")

    def _number(self) -> Term:
        token = self.take()
        if "." in token.text:
            return Number(Fraction(token.text), token.text)
        value = _whole(self, token)
        slash, below, after = self.here, self.ahead(), self.ahead(2)
        if slash.text == "/" and below.kind == "number" and "." not in below.text and after.text != "^":
            fraction = Fraction(value, _whole(self, below)) if int(below.text) else None
            raised = self._position >= 2 and self._tokens[self._position - 2].text in ("^", "/")
            if fraction is not None and fraction.denominator == int(below.text) != 1 and not raised:
                self.take(), self.take()
                return Number(fraction)
        return Number(value)

    def _name(self) -> Term:
        token = self.take()
        name = token.text
        readers: dict[str, Callable[[Token], Term]] = {
            "sum": self._finite,
            "prod": self._finite,
            "int": self._integral,
            "E": self._expectation,
            "diff": self._derivative,
            "argmin": self._extremum,
            "argmax": self._extremum,
            "min": self._extremum,
            "max": self._extremum,
            "label": self._label,
            "delta": self._delta,
            "size": self._size,
            "exp": self._call,
            "sqrt": self._call,
            "abs": self._call,
        }
        if self.at("(", "["):
            if name in LOGS:
                return self._log(token)
            if name in MEASURES and not (name not in ("H", "h") and self.scope.law(name)):
                return self._measure(token)
            if name in readers and (name != "E" or self.at("[")):
                return readers[name](token)
            return self._applied(token)
        return self.resolve(token)

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
        if name in self.scope.outcomes:
            return Outcome(name)
        stem, _, index = name.partition("_")
        if index and (entry := self.scope.law(stem)) is not None and entry.indexed:
            return self._mass(entry, [self._index(index, token)], 1, token)
        if self.scope.variable_of_value(name) is not None:
            return Value(name)
        if name in ("e", "pi"):
            return Constant(name)
        if law is not None or name in self.scope.variables:
            kind = "a random variable" if name in self.scope.variables else "a law"
            raise self.error(f"'{name}' is {kind}; a number is needed here", token)
        if self.scope.lenient:
            return Symbol(name)
        raise self.error(f"'{name}' is not declared; {self._declare(name)}", token)

    def _index(self, text: str, token: Token) -> Term:
        if text.isdigit():
            return Number(int(text))
        return self.resolve(Token("name", text, token.end - len(text), token.end))

    def _declare(self, name: str) -> str:
        known = [*self.scope.numbers, *self.scope.laws, *self.scope.variables, *self._bound]
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" (or is '{near[0]}' meant?)" if near else ""
        if name.isupper():
            return f"a given such as '{name} on {{1..n}}' or '{name} ~ Bernoulli({name.lower()})' would declare it{hint}"
        return f"a given such as '0 < {name} < 1' or '{name} > 0' would declare it{hint}"

    # Calls

    def _arguments(self, close: str = ")") -> list[Term]:
        found = [self.expression()]
        while self.at(","):
            self.take()
            found.append(self.expression())
        self.expect(close, " or ',' in the list of arguments")
        return found

    def _call(self, token: Token) -> Term:
        self.expect("(")
        argument = self.expression()
        self.expect(")", f" to close {token.text}")
        if token.text == "exp":
            return Exp(argument)
        return Abs(argument) if token.text == "abs" else Power(argument, Number(Fraction(1, 2)))

    def _log(self, token: Token) -> Term:
        base = LOGS[token.text] or self.scope.log_base
        if self.at("[") and token.text == "log":
            self.take()
            base = self.expression()
            self.expect("]", " to close the base")
        self.expect("(", " after log")
        with self._laws(False):
            argument = self.expression()
        self.expect(")", " to close the log")
        return Log(argument, base, "ln" if token.text == "ln" else "")

    def _derivative(self, token: Token) -> Term:
        self.expect("(")
        body = self.expression()
        self.expect(",", " and the variable of the derivative")
        variable = self.expression()
        self.expect(")")
        if not isinstance(variable, Symbol | Mass):
            raise self.error("A derivative is by a number or by one entry z[k] of a vector", token)
        return Derivative(body, variable)

    def _extremum(self, token: Token) -> Term:
        self.expect("[", f" after {token.text}")
        over = self.take()
        if over.kind != "name":
            raise self.error(f"{token.text} is over a name", over)
        self.expect("]")
        self.expect("(")
        body = self.expression()
        self.expect(")")
        return Extremum(token.text, over.text, body)

    def _label(self, token: Token) -> Term:
        self.expect("(")
        body = self.expression()
        self.expect(",", " and the text or formula under the brace")
        if self.here.kind == "string":
            under: str | Term = self.take().text[1:-1]
        else:
            under = self.expression()
        self.expect(")")
        return Label(body, under)

    def _delta(self, token: Token) -> Term:
        close = ")" if self.take().text == "(" else "]"
        values = self._arguments(close)
        if len(values) != 2:
            raise self.error("delta compares two values", token)
        return Delta(values[0], values[1])

    def _size(self, token: Token) -> Term:
        self.expect("(")
        alphabet = self.alphabet()
        self.expect(")")
        return Size(alphabet)

    # Binders

    def _ranges(self) -> tuple[list[str], list[Term]]:
        names: list[str] = []
        domains: list[Term] = []
        while self.here.kind == "name" and self.ahead().text in (",", "in"):
            if self.ahead().text == "," and names and not self._another_range():
                break
            token = self.take()
            names.append(token.text)
            if self.at("in"):
                self.take()
                domains.append(self.alphabet())
            else:
                domains.append(self.domain_of(token))
            self.expect(",", " and what is summed")
        if not names:
            raise self.error("Expected a bound name, as in sum(i in 1..n, ...)")
        return names, domains

    def _another_range(self) -> bool:
        return self.here.text not in self._bound

    def domain_of(self, token: Token) -> Term:
        """The alphabet that a bound name without one ranges over."""
        variable = self.scope.variable_of_value(token.text)
        found = self.scope.alphabet_of(variable) if variable is not None else self.scope.only_alphabet()
        if found is None:
            raise self.error(f"The alphabet of '{token.text}' is not known; write '{token.text} in ...'", token)
        return found

    def alphabet(self) -> Term:
        """1..n, {1..n}, {H, T}, or a name."""
        if self.at("{"):
            self.take()
            first = self._element()
            if self.at(".."):
                self.take()
                result: Term = Range(first, self.expression())
            else:
                elements = [first]
                while self.at(","):
                    self.take()
                    elements.append(self._element())
                result = Outcomes(*elements)
            self.expect("}", " to close the alphabet")
            return result
        if self.here.kind == "name" and self.ahead().text != "..":
            token = self.take()
            if token.text in self.scope.alphabets:
                return self.scope.alphabets[token.text]
            if token.text in self.scope.variables:
                return self.scope.alphabet_of(token.text)
            return Alphabet(token.text)
        low = self.expression()
        self.expect("..", " of the range")
        return Range(low, self.expression())

    def _element(self) -> Term:
        if self.here.kind == "name" and self.ahead().text in (",", "}"):
            name = self.take().text
            return Symbol(name) if name in self.scope.numbers else Outcome(name)
        return self.expression()

    def _finite(self, token: Token) -> Term:
        self.expect("(")
        names, domains = self._ranges()
        with self._binding(dict(zip(names, domains, strict=True))):
            body = self.expression()
        self.expect(")", f" to close the {token.text}")
        return (Sum if token.text == "sum" else Product)(names, domains, body)

    def _integral(self, token: Token) -> Term:
        self.expect("(")
        names, domains = self._ranges()
        with self._binding(dict(zip(names, domains, strict=True))):
            body = self.expression()
        self.expect(")", " to close the integral")
        return Integral(names, domains, body)

    def _expectation(self, token: Token) -> Term:
        self.expect("[")
        names = [self._bound_name()]
        while self.at(","):
            self.take()
            names.append(self._bound_name())
        self.expect("~", " and the law, as in E[x ~ p](...)")
        with self._laws(True):
            law = self.expression()
        self.expect("]")
        if not is_law(law):
            raise self.error("An expectation is under a law", token)
        self.expect("(", " and what is averaged")
        with self._binding(dict.fromkeys(names)), self._laws(False):
            body = self.expression()
        self.expect(")", " to close the expectation")
        return Expectation(names, (law,), body)

    def _bound_name(self) -> str:
        token = self.take()
        if token.kind != "name":
            raise self.error("Expected a bound name", token)
        return token.text

    # Masses

    def _applied(self, token: Token) -> Term:
        name = token.text
        law = self.scope.law(name)
        if law is not None:
            return self._mass_written(law, token)
        if self.at("[") and self.scope.lenient:
            return self._mass_written(LawDeclaration(name, name, True, ("",), (Alphabet(name),)), token)
        if name in self.scope.functions or (self.scope.lenient and self.at("(")):
            self.expect("(")
            return Function(name, self._arguments())
        if name in self.scope.numbers:
            raise self.error(f"'{name}' is a number; write {name}*(...) for the product", token)
        raise self.error(f"'{name}' is not declared as a law or a function", token)

    def _mass_written(self, law: LawDeclaration, token: Token) -> Term:
        close = ")" if self.take().text == "(" else "]"
        with self._laws(False):
            values = [self.value()]
            count = 1
            while self.at(",", "|"):
                if self.take().text == "|":
                    if count != len(values):
                        raise self.error("A mass has one conditional bar")
                    values.append(self.value())
                else:
                    values.append(self.value())
                    count += count == len(values) - 1
        before_bar = count
        self.expect(close, f" to close {token.text}")
        return self._mass(law, values, before_bar, token)

    def value(self) -> Term:
        """An argument of a mass: a value, an outcome, an index expression."""
        token = self.here
        if token.kind in ("name", "number") and token.text in self.scope.aliases and self.ahead().text in (")", "]", ",", "|"):
            self.take()
            return Outcome(self.scope.aliases[token.text])
        if token.kind == "name" and self.ahead().text in (")", "]", ",", "|") and token.text not in self._bound:
            if token.text in self.scope.outcomes:
                return Outcome(self.take().text)
            if token.text not in self.scope.numbers:
                return Value(self.take().text)
        return self.expression()

    def _mass(self, law: LawDeclaration, values: list[Term], before_bar: int, token: Token) -> Term:
        variables = self._variables_of(law, values, token)
        marginal = law.marginal(tuple(variables[:before_bar]), tuple(variables[before_bar:]))
        for variable, value in zip(variables, values, strict=True):
            _inside(self, value, law.alphabet(variable), token)
        if not self._laws_allowed:
            return Mass(marginal, values)
        return Law(marginal, values[before_bar:])

    def _variables_of(self, law: LawDeclaration, values: list[Term], token: Token) -> list[str]:
        if len(law.variables) == 1 and len(values) == 1:
            return list(law.variables)
        named = [self._variable_named(law, value) for value in values]
        if None not in named and len(set(named)) == len(named):
            return [str(name) for name in named]
        if len(values) == len(law.variables):
            return list(law.variables)
        raise self.error(
            f"The law {law.name} has {len(law.variables)} variable{'s' * (len(law.variables) != 1)}, "
            f"and {len(values)} value{'s' * (len(values) != 1)} that do not say which are meant",
            token,
        )

    def _variable_named(self, law: LawDeclaration, value: Term) -> str | None:
        if not isinstance(value, Value):
            return None
        domain = self._bound.get(value.name)
        if isinstance(domain, Alphabet) and domain.name in law.variables:
            return domain.name
        found = self.scope.variable_of_value(value.name)
        return found if found in law.variables else None

    # Measures

    def _measure(self, token: Token) -> Term:
        arguments: list[Term] = []
        separators: list[str] = []
        if self.at("["):
            if token.text != "JS":
                raise self.error(f"{token.text} takes round brackets")
            self.take()
            arguments.append(self.expression())
            self.expect("]", " to close the weight")
            separators.append("]")
        self.expect("(", f" after {token.text}")
        arguments.append(self.measure_argument())
        while self.at(",", ";", "|", "||"):
            separators.append(self.take().text)
            arguments.append(self.measure_argument())
        self.expect(")", f" to close {token.text}")
        return self._settled(token, arguments, separators)

    def measure_argument(self) -> Term:
        """A law, a random variable, an event X = x, or a number."""
        with self._laws(True):
            argument = self.expression()
            if self.at("="):
                self.take()
                with self._laws(False):
                    return Relation((argument, self.value()), ("=",))
            return argument

    def _settled(self, token: Token, arguments: list[Term], separators: list[str]) -> Term:
        measured = [a for a, s in zip(arguments, [*separators, ""], strict=True) if s != "]"]
        kinds = {_kind(argument) for argument in measured}
        if {"law", "variable"} <= kinds:
            raise self.error(f"{token.text} mixes laws and random variables", token)
        if token.text in ("KL", "JS"):
            if kinds != {"law"}:
                raise self.error(f"{token.text} is between laws", token)
            if "||" not in separators or len(measured) > (3 if token.text == "KL" else 2):
                raise self.error(f"{token.text} is written {token.text}(P || Q)", token)
        if token.text == "I" and (kinds != {"variable"} or not {";", ","} & set(separators)):
            raise self.error("I is of random variables, written I(X; Y)", token)
        if "number" in kinds and len(measured) > 1:
            raise self.error(f"{token.text} of several arguments is of laws or of random variables", token)
        if token.text == "KL" and separators[-1] == "|":
            arguments = [Law(a.marginal) if isinstance(a, Law) else a for a in arguments]
        return Measure(token.text, arguments, separators)


def _kind(argument: Term) -> str:
    match argument:
        case RandomVariable():
            return "variable"
        case Relation(_, (RandomVariable(), _)):
            return "variable"
        case _ if is_law(argument):
            return "law"
        case _:
            return "number"


def _inside(reader: PlainReader, value: Term, alphabet: Term, token: Token) -> None:
    if isinstance(value, Number) and isinstance(alphabet, Range):
        low, high = alphabet.low, alphabet.high
        above = isinstance(low, Number) and value.value < low.value
        below = isinstance(high, Number) and value.value > high.value
        if above or below or value.value.denominator != 1:
            raise reader.error(f"{token.text} has no value at {value.value}, outside its alphabet", token)
    if isinstance(value, Outcome) and isinstance(alphabet, Outcomes) and value not in alphabet.args:
        raise reader.error(f"{token.text} has no value at {value.name}, outside its alphabet", token)


def _whole(reader: PlainReader, token: Token) -> int:
    if len(token.text) > 1000:
        raise reader.error("A number of more than 1000 digits", token)
    return int(token.text)
