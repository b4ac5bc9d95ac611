"""Reads the plain spelling of grammar.md into terms, elaborated against a scope.

A hand-written precedence reader: one pass, linear in the input, depth-limited. Reading elaborates: a mass learns its
law and the random variables it is marginal or conditional of, a binder its alphabet. What is not understood raises
`ReadError` with the place.

A minus that begins a sum negates the whole product after it (-a*b is the negation of a*b), as a textbook reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

from symkl.language.kernels import HALF_BOUND, with_kernels
from symkl.language.kinds import range_fault, unapplied, undeclared
from symkl.language.scope import LawDeclaration, Scope
from symkl.language.scoped_reader import ScopedReader
from symkl.language.term import (
    DEPTH_LIMIT,
    RELATIONS,
    Abs,
    Alphabet,
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
    Negation,
    Number,
    Optimum,
    Outcome,
    Pick,
    Plus,
    Power,
    Product,
    Quotient,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    is_law,
    product_of,
)
from symkl.language.tokens import Token

MEASURES = ("H", "h", "KL", "I", "JS")
LOGS = {"log": None, "ln": E, "log2": Number(2), "log10": Number(10)}

_RANGED = {"sum": Sum, "prod": Product, "int": Integral}
_SUM, _PRODUCT, _FACTOR, _POWER = 10, 20, 25, 30
"""How tightly an operator binds."""


def read_plain(text: str, scope: Scope) -> Term:
    """The term or statement that a plain text spells.

    Raises: ReadError with the place, for text that is not understood, for an undeclared name, for a kind that does not fit.
    """
    return PlainReader(text, scope).statement()


class PlainReader(ScopedReader):
    """Reads a text: statements, expressions, and what stands in them."""

    def __init__(self, text: str, scope: Scope) -> None:
        super().__init__(text, scope)
        self._chained = 0

    @contextmanager
    def _chain(self) -> Iterator[None]:
        # a/b/c nests without a bracket, so quotients are counted along the deepest branch.
        before, self._chained = self._chained, 0
        yield
        self._chained = max(before, self._chained)

    def number(self) -> Term:
        """An expression in which a law may not stand."""
        with self._laws(False):
            return self.expression()

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
        with self._deeper(), self._chain():
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
        while self.at("*", "/"):
            if self.take().text == "*":
                factors.append(self.expression(_FACTOR - 1))
                continue
            self._chained += 1
            if self._chained > DEPTH_LIMIT:
                raise self.error(f"Nested deeper than {DEPTH_LIMIT} levels")
            numerator = product_of(factors)
            factors = [Quotient(numerator, self.expression(_FACTOR - 1))]
        return product_of(factors)

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
            inner = self.number()
            self.expect("|", " to close the absolute value")
            return Abs(inner)
        raise self.error(f"Expected a number, a name or a bracket, found {self._found()}")

    def _number(self) -> Term:
        token = self.take()
        if "." in token.text:
            self.whole(token)
            return Number(Fraction(token.text), token.text)
        value = self.whole(token)
        slash, below, after = self.here, self.ahead(), self.ahead(2)
        if slash.text == "/" and below.kind == "number" and "." not in below.text and after.text != "^":
            fraction = Fraction(value, self.whole(below)) if int(below.text) else None
            raised = self._position >= 2 and self._tokens[self._position - 2].text in ("^", "/")
            if fraction is not None and fraction.denominator == int(below.text) != 1 and not raised:
                self.take(), self.take()
                return Number(fraction)
        return Number(value)

    def _name(self) -> Term:
        token = self.take()
        name = token.text
        readers: dict[str, Callable[[Token], Term]] = {
            **dict.fromkeys(_RANGED, self._ranged),
            "E": self._expectation,
            "diff": self._derivative,
            **dict.fromkeys(("argmin", "argmax", "min", "max"), self._extremum),
            "label": self._label,
            "delta": self._delta,
            "size": self._size,
            **dict.fromkeys(("exp", "sqrt", "abs"), self._call),
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

    # Calls

    def _arguments(self, close: str = ")") -> list[Term]:
        found = [self.number()]
        while self.at(","):
            self.take()
            found.append(self.number())
        self.expect(close, " or ',' in the list of arguments")
        return found

    def _call(self, token: Token) -> Term:
        self.expect("(")
        argument = self.number()
        self.expect(")", f" to close {token.text}")
        if token.text == "exp":
            return Exp(argument)
        return Abs(argument) if token.text == "abs" else Power(argument, Number(Fraction(1, 2)))

    def _log(self, token: Token) -> Term:
        base = LOGS[token.text] or self.scope.log_base
        if self.at("[") and token.text == "log":
            self.take()
            base = self.number()
            self.expect("]", " to close the base")
        self.expect("(", " after log")
        argument = self.number()
        self.expect(")", " to close the log")
        return Log(argument, base, "ln" if token.text == "ln" else "")

    def _derivative(self, token: Token) -> Term:
        self.expect("(")
        body = self.number()
        self.expect(",", " and the variable of the derivative")
        variable = self.number()
        self.expect(")")
        if not isinstance(variable, Symbol | Mass):
            raise self.error("A derivative is by a number or by one entry z[k] of a vector", token)
        return Derivative(body, variable)

    def _extremum(self, token: Token) -> Term:
        if self.at("("):
            return self._pick(token)
        self.expect("[", f" after {token.text}")
        over = self.here
        named = over.kind == "name" and self.ahead().text == "]"
        if named and (over.text in self.scope.numbers or self.scope.law(over.text) or self.scope.lenient):
            self.take()
            return Extremum(token.text, over.text, self._body_of_extremum())
        if named and (variable := self.scope.variable_of_value(over.text)) is not None:
            self.take()
            with self._binding({over.text: self.scope.alphabet_of(variable)}):
                return Extremum(token.text, over.text, self._body_of_extremum())
        if over.kind != "name":
            raise self.error(f"{token.text} is over a name or over laws", over)
        if self.scope.law(over.text) is None:
            raise self.error(undeclared(over.text, self._bound, self.scope, False), over)
        laws, within, conditions = self._varied(token), "", []
        if self.at("in"):
            self.take()
            within = self.take().text
        if self.at(":"):
            self.take()
            conditions = [self.chain()]
            while self.at(","):
                self.take()
                conditions.append(self.chain())
        return Optimum(token.text, laws, self._body_of_extremum(), conditions, within)

    def _varied(self, token: Token) -> list[Term]:
        """The laws that an extremum is over; a conditional one for every value of its condition."""
        laws: list[Term] = []
        with self._laws(True):
            while not laws or self.at(","):
                self.take() if laws else None
                law = self.expression()
                if not isinstance(law, Law):
                    raise self.error(f"{token.text} is over a symbol or over laws", token)
                laws.append(Law(law.marginal))
        return laws

    def _body_of_extremum(self) -> Term:
        self.expect("]")
        self.expect("(")
        body = self.number()
        self.expect(")")
        return body

    def _pick(self, token: Token) -> Term:
        """min(a, b), max(a, b)."""
        self.expect("(")
        several = [self.number()]
        while self.at(","):
            self.take()
            several.append(self.number())
        self.expect(")", f" to close {token.text}")
        if len(several) < 2 or token.text not in ("min", "max"):
            raise self.error(f"{token.text} needs '[' and what it is over, or several numbers", token)
        return Pick(token.text, several)

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

    def _delta(self, _token: Token) -> Term:
        close = ")" if self.take().text == "(" else "]"
        left = self.value()
        self.expect(",", " and the value to compare with")
        right = self.value()
        self.expect(close, " to close delta")
        return Delta(left, right)

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
            token = self.take()
            if token.text in names:
                raise self.error(f"'{token.text}' is bound twice", token)
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
                result = self._outcomes(elements)
            self.expect("}", " to close the alphabet")
            return result
        if self.here.kind == "name" and self.ahead().text != "..":
            token = self.take()
            if token.text in self.scope.alphabets:
                return self.scope.alphabets[token.text]
            if token.text in self.scope.variables:
                return self.scope.alphabet_of(token.text)
            if self.scope.lenient:
                return Alphabet(token.text)
            raise self.error(f"'{token.text}' is no alphabet here; a given such as 'P on {token.text}' would declare it", token)
        low = self.expression()
        self.expect("..", " of the range")
        return Range(low, self.expression())

    def _element(self) -> Term:
        if self.here.kind == "name" and self.ahead().text in (",", "}"):
            name = self.take().text
            return Symbol(name) if name in self.scope.numbers else Outcome(name)
        return self.expression()

    def _ranged(self, token: Token) -> Term:
        self.expect("(")
        names, domains = self._ranges()
        for fault in filter(None, (range_fault(token.text, domain, self.scope) for domain in domains)):
            raise self.error(fault, token)
        with self._binding(dict(zip(names, domains, strict=True))):
            body = self.number()
        self.expect(")", f" to close the {token.text}")
        return _RANGED[token.text](names, domains, body)

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
        if not self.stands_for_law(law):
            raise self.error("An expectation is under a law", token)
        self.expect("(", " and what is averaged")
        with self._binding(self.scope.drawn(names, law)):
            body = self.number()
        self.expect(")", " to close the expectation")
        return Expectation(names, (law,), body)

    def stands_for_law(self, term: Term) -> bool:
        """Whether values can be drawn from what a term stands for."""
        return is_law(term)

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
        raise self.error(unapplied(name, self.at("[")), token)

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
        if token.kind == "name" and self.ahead().text in (")", "]", ",", "|"):
            if token.text in self.scope.variables and token.text not in self._bound:
                raise self.error(f"'{token.text}' is a random variable; a mass is at a value, as {token.text.lower()}", token)
            found = self._free_value(token.text)
            if found is not None:
                self.take()
                return found
        return self.expression()

    # Measures

    def _measure(self, token: Token) -> Term:
        arguments: list[Term] = []
        separators: list[str] = []
        if self.at("["):
            if token.text != "JS":
                raise self.error(f"{token.text} takes round brackets")
            self.take()
            arguments.append(self.number())
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
            whole = with_kernels(argument, self.scope)
            if whole is None:
                raise self.error(HALF_BOUND)
            return whole
