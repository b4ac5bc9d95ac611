"""The SymPy image of a term as text: explicit constructors, unevaluated, that `sympy.sympify` reads back.

Written without importing SymPy. A mass is an `Indexed` where it is written with an index and an applied `Function`
otherwise; a marginal or conditional of a joint law carries its variables in its name, `p_{Y|X}`. Under a setting,
symbols and masses carry what the givens say of them: positive, integer.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symkl.errors import NoImage
from symkl.language.plain_writer import write_plain
from symkl.language.scope import REAL
from symkl.language.term import (
    PI,
    Abs,
    Binder,
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
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
)
from symkl.theory.setting import Setting

RELATIONS = {"=": "Eq", ":=": "Eq", "<=": "Le", ">=": "Ge", "<": "Lt", ">": "Gt", "!=": "Ne"}
"""SymPy's relations by ours."""

_NESTING_LIMIT = 180
"""Python reads no text whose brackets nest much deeper."""

_NO_IMAGE = {
    Measure: "SymPy has no measures of laws; unfold {} by its definition first",
    Expectation: "SymPy has no expectation under a law; write {} as a sum first",
    Integral: "SymPy needs the limits of an integral, which the alphabet in {} does not say",
    Extremum: "SymPy has no extremum over a domain, as in {}",
    Optimum: "SymPy has no extremum over laws, as in {}",
}


def sympy_text(term: Term, setting: Setting | None = None) -> str:
    """The text of constructors whose value in SymPy is the term, form kept: nothing is evaluated on the way in.

    An underbrace is dropped, a log to another base is a quotient of logs.
    Raises: NoImage with the reason, where SymPy has nothing that the term could be.
    """
    text = _Writer(setting).write(term)
    if _nesting(text) > _NESTING_LIMIT:
        raise NoImage("The term nests too deep for Python to read its SymPy text.")
    return text


def function_name(marginal: Marginal) -> str:
    """The name of the SymPy function that a mass becomes: P, or p_{Y|X} for a law of random variables."""
    if marginal.of == ("",):
        return marginal.letter
    given = f"|{','.join(marginal.given)}" if marginal.given else ""
    return f"{marginal.letter}_{{{','.join(marginal.of)}{given}}}"


def size_name(alphabet: Term) -> str:
    """The name of the SymPy symbol that the size of an alphabet becomes."""
    return f"|{write_plain(alphabet)}|"


class _Writer:
    def __init__(self, setting: Setting | None) -> None:
        self.setting = setting
        self.indices: Mapping[str, bool] = {}
        """The bound names, and whether each is an integer."""

    def write(self, term: Term) -> str:
        match term:
            case Number(value):
                return _rational(value)
            case Symbol(name):
                return self._symbol(name)
            case Value(name):
                return _call("Symbol", repr(name), "integer=True" if self.indices.get(name) else "")
            case Outcome(name):
                return f"Symbol({name!r})"
            case Constant():
                return self._constant(term)
            case Mass(marginal, values):
                return self._mass(marginal, values)
            case Plus(terms):
                return self._unevaluated("Add", *terms)
            case Times(factors):
                return self._unevaluated("Mul", *factors)
            case Negation(Number(value)):
                return _rational(-value)
            case Negation(inner):
                return f"Mul(Integer(-1), {self.write(inner)}, evaluate=False)"
            case Quotient(numerator, denominator):
                return self._quotient(numerator, denominator)
            case Power(base, exponent):
                return self._unevaluated("Pow", base, exponent)
            case Log(argument, base):
                return self._log(argument, base)
            case Exp(argument):
                return self._unevaluated("exp", argument)
            case Abs(argument):
                return self._unevaluated("Abs", argument)
            case Delta():
                return _call("KroneckerDelta", *map(self.write, term.args))
            case Label(body, _, _):
                return self.write(body)
            case _:
                return self._applied(term)

    def _applied(self, term: Term) -> str:
        match term:
            case Sum() | Product():
                return self._finite(term)
            case Derivative(body, variable):
                return _call("Derivative", self.write(body), self.write(variable))
            case Pick(kind, several):
                return _call(kind.capitalize(), *map(self.write, several), "evaluate=False")
            case Function(name, arguments):
                return _call(f"Function({name!r})", *map(self.write, arguments))
            case Size(alphabet):
                return self._size(alphabet)
            case Relation(operators, sides):
                return self._relation(operators, sides)
            case _:
                reason = _NO_IMAGE.get(type(term), "SymPy has nothing that {} could be")
                raise NoImage(reason.format(write_plain(term)) + ".")

    def _unevaluated(self, constructor: str, *terms: Term) -> str:
        return _call(constructor, *map(self.write, terms), "evaluate=False")

    def _symbol(self, name: str) -> str:
        if self.setting is None:
            return f"Symbol({name!r})"
        whole = "integer=True" if name in self.setting.integers else ""
        return _call("Symbol", repr(name), whole, "positive=True" if self._is_positive(name) else "")

    def _is_positive(self, name: str) -> bool:
        """Whether a given bounds the number from below by something that is at least zero."""
        facts = () if self.setting is None else self.setting.facts
        for fact in facts:
            match fact.relation:
                case Relation((">" | ">=" as operator,), (Symbol(other), Number(bound))):
                    pass
                case Relation(("<" | "<=" as operator,), (Number(bound), Symbol(other))):
                    pass
                case _:
                    continue
            if other == name and (bound > 0 or "=" not in operator):
                return True
        return False

    def _constant(self, constant: Term) -> str:
        if constant not in (E, PI):
            raise NoImage(f"SymPy has no constant {write_plain(constant)}.")
        return "E" if constant == E else "pi"

    def _mass(self, marginal: Marginal, values: tuple[Term, ...]) -> str:
        law = None if self.setting is None else self.setting.scope.laws.get(marginal.law)
        positive = "positive=True" if law is not None and law.entries != REAL else ""
        arguments = [self.write(value) for value in values]
        if marginal.indexed:
            return _call("Indexed", _call("IndexedBase", repr(marginal.letter), positive), *arguments)
        return _call(_call("Function", repr(function_name(marginal)), positive), *arguments)

    def _quotient(self, numerator: Term, denominator: Term) -> str:
        below = f"Pow({self.write(denominator)}, Integer(-1), evaluate=False)"
        return below if numerator == Number(1) else f"Mul({self.write(numerator)}, {below}, evaluate=False)"

    def _log(self, argument: Term, base: Term) -> str:
        natural = self._unevaluated("log", argument)
        if base == E:
            return natural
        return f"Mul({natural}, Pow({self._unevaluated('log', base)}, Integer(-1), evaluate=False), evaluate=False)"

    def _finite(self, term: Binder) -> str:
        limits = []
        for name, domain in zip(term.names, term.domains, strict=True):
            if not isinstance(domain, Range):
                raise NoImage(f"SymPy sums over ranges of integers, not over {write_plain(domain)}; write the sum out first.")
            limits.append(f"(Symbol({name!r}, integer=True), {self.write(domain.low)}, {self.write(domain.high)})")
        before, self.indices = self.indices, {**self.indices, **dict.fromkeys(term.names, True)}
        body = self.write(term.body)
        self.indices = before
        # SymPy lists the innermost index first.
        return _call("Sum" if isinstance(term, Sum) else "Product", body, *reversed(limits))

    def _size(self, alphabet: Term) -> str:
        match alphabet:
            case Range(Number(low), high) if low == 1:
                return self.write(high)
            case Outcomes(values):
                return f"Integer({len(values)})"
            case _:
                return f"Symbol({size_name(alphabet)!r}, integer=True, positive=True)"

    def _relation(self, operators: tuple[str, ...], sides: tuple[Term, ...]) -> str:
        if "~=" in operators:
            raise NoImage("SymPy has no approximate equality.")
        foreign = next((operator for operator in operators if operator not in RELATIONS), None)
        if foreign is not None:
            raise NoImage(f"SymPy has no relation like '{foreign}'.")
        links = [
            self._unevaluated(RELATIONS[operator], left, right)
            for operator, left, right in zip(operators, sides, sides[1:], strict=False)
        ]
        return links[0] if len(links) == 1 else _call("And", *links, "evaluate=False")


def _rational(value: Fraction) -> str:
    return f"Integer({value})" if value.denominator == 1 else f"Rational({value.numerator}, {value.denominator})"


def _call(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(filter(None, arguments))})"


def _nesting(text: str) -> int:
    deepest = depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest
