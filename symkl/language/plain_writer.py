"""Writes terms in the plain spelling, so that reading the text under the same scope gives the same tree back."""

from __future__ import annotations

import re
from math import gcd

from symkl.language.term import (
    Abs,
    Alphabet,
    Binder,
    Constant,
    Delta,
    Derivative,
    E,
    Exp,
    Expectation,
    Extremum,
    Function,
    Label,
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Negation,
    Number,
    Optimum,
    Outcome,
    Outcomes,
    Pick,
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
)

_SUM, _PRODUCT, _FACTOR, _ATOM = range(4)
_BINDERS = {Sum: "sum", Product: "prod"}
_ENDS_WITH_INTEGER = re.compile(r"(?:^|[^\w.'/^\d])(\d+)$")


def write_plain(term: Term, log_base: Term = E) -> str:
    """The plain spelling of a term, for a scope whose bare log has the base `log_base`."""
    return PlainWriter(log_base).write(term)


class PlainWriter:
    """Writes one spelling: the log's bare base is all it has to know."""

    def __init__(self, log_base: Term = E) -> None:
        self.log_base = log_base

    def write(self, term: Term, binding: int = _SUM) -> str:
        """The text of a term, bracketed where it binds less tightly than `binding`."""
        text, own = self._spelled(term)
        return text if own >= binding else f"({text})"

    def listed(self, terms: tuple[Term, ...]) -> str:
        """Terms with commas between them."""
        return ", ".join(map(self.write, terms))

    def _spelled(self, term: Term) -> tuple[str, int]:
        match term:
            case Number(value):
                text = term.written or str(value)
                return text, _PRODUCT if "/" in text else _ATOM
            case Symbol(name) | Constant(name) | Value(name) | Outcome(name) | RandomVariable(name) | Alphabet(name):
                return name, _ATOM
            case Plus(terms):
                return self._sum(terms), _SUM
            case Negation(inner):
                return "-" + self.write(inner, _PRODUCT), _SUM
            case Times(factors):
                first, *rest = factors
                head = self.write(first, _FACTOR if isinstance(first, Times) else _PRODUCT)
                return "*".join([head, *(self.write(f, _FACTOR) for f in rest)]), _PRODUCT
            case Quotient(numerator, denominator):
                return self._quotient(numerator, denominator), _PRODUCT
            case Power(base, exponent):
                return f"{self.write(base, _ATOM)}^{self.write(exponent, _FACTOR)}", _FACTOR
            case _:
                return self._called(term), _ATOM

    def _sum(self, terms: tuple[Term, ...]) -> str:
        first, *rest = terms
        pieces = [self.write(first, _PRODUCT) if not isinstance(first, Negation) else self._spelled(first)[0]]
        for term in rest:
            if isinstance(term, Negation):
                pieces.append(f" - {self.write(term.argument, _PRODUCT)}")
            else:
                pieces.append(f" + {self.write(term, _PRODUCT)}")
        return "".join(pieces)

    def _quotient(self, numerator: Term, denominator: Term) -> str:
        above, below = self.write(numerator, _PRODUCT), self.write(denominator, _FACTOR)
        last = _ENDS_WITH_INTEGER.search(above)
        # A fraction of two integers in lowest terms would be read as one number.
        if last is not None and below.isdigit() and int(below) > 1 and gcd(int(last[1]), int(below)) == 1:
            below = f"({below})"
        return f"{above}/{below}"

    def _called(self, term: Term) -> str:
        match term:
            case Mass(marginal, values):
                return _mass(marginal, [self.write(v) for v in values])
            case Law(marginal, values):
                return self._law(marginal, values)
            case Log(argument, base):
                return f"{self._log_word(term, base)}({self.write(argument)})"
            case Exp(argument):
                return f"exp({self.write(argument)})"
            case Abs(argument):
                return f"abs({self.write(argument)})"
            case Range(low, high):
                return f"{self.write(low)}..{self.write(high)}"
            case Outcomes(values):
                return "{" + self.listed(values) + "}"
            case Size(alphabet):
                return f"size({self.write(alphabet)})"
            case Delta():
                return f"delta({self.listed(term.args)})"
            case Binder():
                return self._binder(term)
            case Derivative(body, variable):
                return f"diff({self.write(body)}, {self.write(variable)})"
            case Extremum(kind, name, body):
                return f"{kind}[{name}]({self.write(body)})"
            case Optimum(kind, laws, body):
                within = f" in {term.within}" if term.within else ""
                conditions = f" : {self.listed(term.conditions)}" if term.conditions else ""
                return f"{kind}[{self.listed(laws)}{within}{conditions}]({self.write(body)})"
            case Pick(kind, several):
                return f"{kind}({self.listed(several)})"
            case Measure(name, separators, arguments):
                return self._measure(name, separators, arguments)
            case Function(name, arguments):
                return f"{name}({self.listed(arguments)})"
            case Label(body, text, claim):
                under = f'"{text}"' if claim is None else self.write(claim)
                return f"label({self.write(body)}, {under})"
            case Relation(operators, sides):
                first, *rest = map(self.write, sides)
                return first + "".join(f" {op} {side}" for op, side in zip(operators, rest, strict=True))
            case _:
                raise TypeError(f"no plain spelling for {type(term).__name__}")

    def _log_word(self, term: Term, base: Term) -> str:
        if base == E:
            return "ln" if term.written == "ln" or self.log_base != E else "log"
        if isinstance(base, Number) and base.value in (2, 10):
            return f"log{base.value}"
        return "log" if base == self.log_base else f"log[{self.write(base)}]"

    def _law(self, marginal: Marginal, values: tuple[Term, ...]) -> str:
        whole = not marginal.given and len(marginal.of) == 1
        if whole and (marginal.of == ("",) or marginal.law != marginal.letter):
            return marginal.law
        given = [self.write(v) for v in values] or [name.lower() for name in marginal.given]
        return _mass(marginal, [*(name.lower() for name in marginal.of), *given])

    def _binder(self, term: Binder) -> str:
        if isinstance(term, Expectation):
            return f"E[{', '.join(term.names)} ~ {self.write(term.domains[0])}]({self.write(term.body)})"
        ranges = []
        for name, domain in zip(term.names, term.domains, strict=True):
            bare = isinstance(domain, Alphabet) and domain.name == name.upper()
            ranges.append(name if bare else f"{name} in {self.write(domain)}")
        word = _BINDERS.get(type(term), "int")
        return f"{word}({', '.join(ranges)}, {self.write(term.body)})"

    def _measure(self, name: str, separators: tuple[str, ...], arguments: tuple[Term, ...]) -> str:
        texts = [self.write(a) for a in arguments]
        weight = ""
        if separators[:1] == ("]",):
            weight, texts, separators = f"[{texts[0]}]", texts[1:], separators[1:]
        joined = texts[0]
        for separator, text in zip(separators, texts[1:], strict=True):
            joined += f"{separator} {text}" if separator in ",;" else f" {separator} {text}"
        return f"{name}{weight}({joined})"


def _mass(marginal: Marginal, values: list[str]) -> str:
    open_, close = "[]" if marginal.indexed else "()"
    of, given = values[: len(marginal.of)], values[len(marginal.of) :]
    bar = "|" + ",".join(given) if given else ""
    return f"{marginal.letter}{open_}{','.join(of)}{bar}{close}"
