"""Terms to SymPy and back. SymPy is imported only here, and only when asked for.

What comes back is equal in value, in our forms: a sum with a negative part is a difference, a product with a negative
power a quotient. The order is the order of SymPy's arguments, which SymPy chooses unless the expression is unevaluated.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from symkl.errors import NoImage
from symkl.interop.sympy_text import RELATIONS, function_name, size_name, sympy_text
from symkl.language.scope import LawDeclaration, Scope
from symkl.language.term import (
    DEPTH_LIMIT,
    PI,
    Abs,
    Alphabet,
    Delta,
    Derivative,
    E,
    Exp,
    Function,
    Log,
    Marginal,
    Mass,
    Negation,
    Number,
    Outcome,
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
    Value,
    free_names,
    product_of,
    signed,
)
from symkl.theory.setting import Setting


@cache
def _sympy() -> Any:
    try:
        return importlib.import_module("sympy")
    except ImportError as error:
        raise NoImage("SymPy is not installed; 'pip install symkl[sympy]' brings it.") from error


def to_sympy(term: Term, setting: Setting | None = None) -> Any:
    """The SymPy expression that a term is, unevaluated; under a setting with the assumptions that the givens allow.

    Raises: NoImage with the reason, where SymPy has none; measures and expectations are to be unfolded first.
    """
    # The text holds constructors and quoted names alone; with no builtins in reach it can do nothing else.
    return eval(sympy_text(term, setting), {**vars(_sympy()), "__builtins__": {}})


def from_sympy(expression: Any, setting: Setting | None = None) -> Term:
    """The term that a SymPy expression is: names by the scope of the setting, or without one as they stand.

    Raises: NoImage for a float, an infinity, a function or a construct that the language does not have, and under a
    setting for a name that no given declares.
    """
    sympy = _sympy()
    scope = Scope(lenient=True) if setting is None else setting.scope
    try:
        expression = sympy.sympify(expression)
    except (sympy.SympifyError, TypeError, ValueError) as error:
        raise NoImage(f"SymPy does not understand {expression!r}.") from error
    return _Reader(sympy, scope).read(expression, frozenset())


class _Reader:
    def __init__(self, sympy: Any, scope: Scope) -> None:
        self.sympy = sympy
        self.scope = scope
        self.depth = 0
        self.sizes = {size_name(alphabet): alphabet for alphabet in self._alphabets()}
        self.laws = {function_name(law.marginal()): law for law in scope.laws.values()}

    def _alphabets(self) -> list[Term]:
        named = [*self.scope.alphabets.values(), *map(Alphabet, self.scope.variables)]
        return [*named, *(alphabet for law in self.scope.laws.values() for alphabet in law.alphabets)]

    def read(self, expression: Any, bound: frozenset[str]) -> Term:
        """The term of an expression inside the sums that bind these names."""
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise NoImage(f"The SymPy expression nests deeper than {DEPTH_LIMIT} levels.")
        term = self._read(expression, bound)
        self.depth -= 1
        return term

    def _read(self, expression: Any, bound: frozenset[str]) -> Term:
        name = type(expression).__name__
        if not isinstance(expression, self.sympy.Expr | self.sympy.core.relational.Relational):
            raise NoImage(f"The language has nothing that SymPy's {name} could be: {expression}.")
        if expression.is_Rational:
            return signed(Fraction(int(expression.p), int(expression.q)))
        if expression.is_Symbol:
            return self._symbol(str(expression.name), bound)
        if expression == self.sympy.E:
            return E
        if expression == self.sympy.pi:
            return PI
        readers: dict[str, Callable[[Any, frozenset[str]], Term]] = {
            "Add": self._sum,
            "Mul": self._product,
            "Pow": self._power,
            "Indexed": self._indexed,
            "Sum": self._finite,
            "Product": self._finite,
            "Derivative": self._derivative,
        }
        if isinstance(expression, self.sympy.core.function.AppliedUndef):
            return self._applied(expression, bound)
        if name in readers:
            return readers[name](expression, bound)
        return self._called(name, expression, bound)

    def _called(self, name: str, expression: Any, bound: frozenset[str]) -> Term:
        if name in _OPERATORS:
            return Relation([self.read(argument, bound) for argument in expression.args], (_OPERATORS[name],))
        match name, expression.args:
            case "exp", (argument,):
                return Exp(self.read(argument, bound))
            case "log", (argument,):
                return Log(self.read(argument, bound))
            case "Abs", (argument,):
                return Abs(self.read(argument, bound))
            case "KroneckerDelta", (left, right):
                return Delta(self._value(left, bound), self._value(right, bound))
        if expression.is_Float:
            raise NoImage(f"{expression} is a float, which stands for no exact number; use a Rational.")
        raise NoImage(f"The language has nothing that SymPy's {name} could be: {expression}.")

    # Names

    def _symbol(self, name: str, bound: frozenset[str]) -> Term:
        if name in bound:
            return Value(name)
        if name in self.sizes:
            return Size(self.sizes[name])
        if not _NAME.fullmatch(name):
            raise NoImage(f"'{name}' is no name of the language; rename the SymPy symbol.")
        if self.scope.lenient or name in self.scope.numbers:
            return Symbol(name)
        if self.scope.variable_of_value(name) is not None:
            return Value(name)
        raise NoImage(f"No given declares the number {name}.")

    def _value(self, expression: Any, bound: frozenset[str]) -> Term:
        """An argument of a mass, where a name that nothing declares is a free value."""
        if not expression.is_Symbol or str(expression.name) in bound or str(expression.name) in self.scope.numbers:
            return self.read(expression, bound)
        name = str(expression.name)
        return Outcome(name) if name in self.scope.outcomes else Value(name)

    def _indexed(self, expression: Any, bound: frozenset[str]) -> Term:
        name = str(expression.base.label)
        values = [self._value(index, bound) for index in expression.indices]
        law = self.scope.law(name)
        if law is None and self.scope.lenient:
            law = LawDeclaration(name, name, True, ("",), (Alphabet(name),))
        if law is None or len(law.variables) != len(values):
            raise NoImage(f"No given declares {name} with {len(values)} index(es).")
        return law.mass(*values)

    def _applied(self, expression: Any, bound: frozenset[str]) -> Term:
        name = str(expression.func.__name__)
        marginal = self._marginal(name)
        if marginal is not None and len(marginal.of) + len(marginal.given) == len(expression.args):
            return Mass(marginal, (self._value(argument, bound) for argument in expression.args))
        if not self.scope.lenient and name not in self.scope.functions:
            raise NoImage(f"No given declares the function {name} of {len(expression.args)} argument(s).")
        return Function(name, (self.read(argument, bound) for argument in expression.args))

    def _marginal(self, name: str) -> Marginal | None:
        """The law that a function's name says: P, or p_{Y|X}."""
        letter, _, inside = name.partition("_{")
        law = self.laws.get(name) or self.scope.law(letter)
        if law is None:
            return None
        if not inside:
            return law.marginal()
        of, _, given = inside.removesuffix("}").partition("|")
        names, conditions = tuple(of.split(",")), tuple(given.split(",")) if given else ()
        return law.marginal(names, conditions) if {*names, *conditions} <= set(law.variables) else None

    # Arithmetic

    def _sum(self, expression: Any, bound: frozenset[str]) -> Term:
        return Plus(*(self.read(argument, bound) for argument in expression.args))

    def _product(self, expression: Any, bound: frozenset[str]) -> Term:
        negative = False
        above: list[Term] = []
        below: list[Term] = []
        for factor in expression.args:
            if factor.is_Rational and factor.is_negative:
                negative = not negative
                factor = -factor
                if factor == 1:
                    continue
            term = self.read(factor, bound)
            if factor.is_Pow and isinstance(term, Quotient) and term.numerator == Number(1):
                below.append(term.denominator)
            else:
                above.append(term)
        product = product_of(above)
        if below:
            product = Quotient(product, product_of(below))
        return Negation(product) if negative else product

    def _power(self, expression: Any, bound: frozenset[str]) -> Term:
        base, exponent = expression.args
        if exponent.is_Rational and exponent.is_negative:
            below = self.read(base, bound)
            return Quotient(Number(1), below if exponent == -1 else Power(below, self.read(-exponent, bound)))
        return Power(self.read(base, bound), self.read(exponent, bound))

    # Binders

    def _finite(self, expression: Any, bound: frozenset[str]) -> Term:
        limits = list(reversed(expression.limits))
        if any(len(limit) != 3 or self.sympy.oo in (abs(limit[1]), abs(limit[2])) for limit in limits):
            raise NoImage(f"A sum over something else than a finite range has no image: {expression}.")
        head = Sum if type(expression).__name__ == "Sum" else Product
        names = [str(limit[0].name) for limit in limits]
        inside = [bound.union(names[:k]) for k in range(len(names))]
        ranges = [Range(self.read(low, b), self.read(high, b)) for (_, low, high), b in zip(limits, inside, strict=True)]
        body = self.read(expression.function, bound.union(names))
        if len(set(names)) == len(names) and not any(free_names(domain).intersection(names) for domain in ranges):
            return head(names, ranges, body)
        # A range that depends on an outer index is inside that index's sum.
        for name, domain in reversed(list(zip(names, ranges, strict=True))):
            body = head([name], [domain], body)
        return body

    def _derivative(self, expression: Any, bound: frozenset[str]) -> Term:
        body = self.read(expression.expr, bound)
        for variable, count in expression.variable_count:
            by = self.read(variable, bound)
            if not isinstance(by, Symbol | Mass) or not count.is_Integer:
                raise NoImage(f"A derivative is by a number or an entry of a vector, a whole number of times: {expression}.")
            for _ in range(int(count)):
                body = Derivative(body, by)
        return body


_NAME = re.compile(r"[^\W\d_]\w*'*")
_CLASSES = {"Eq": "Equality", "Ne": "Unequality", "Le": "LessThan", "Ge": "GreaterThan", "Lt": "StrictLessThan"}
_CLASSES |= {"Gt": "StrictGreaterThan"}
_OPERATORS = {_CLASSES[name]: operator for operator, name in reversed(RELATIONS.items()) if operator != ":="}
