"""A point of the domain: numbers that satisfy the givens, and uniform laws.

The assistant checks the point; without one the hypotheses might contradict each other, and would then prove anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import islice, product
from math import prod

from symkl.certificate.domain import Domain
from symkl.errors import NoImage
from symkl.language.scope import MASS, POSITIVE, LawDeclaration
from symkl.language.term import (
    Alphabet,
    Constant,
    Mass,
    Negation,
    Number,
    Outcomes,
    Plus,
    Power,
    Quotient,
    Range,
    Relation,
    Symbol,
    Term,
    Times,
)

Numbers = Mapping[str, Fraction]

_CANDIDATES = tuple(map(Fraction, ("1/2", "2", "1/3", "3", "1/4", "0", "-1", "5", "1", "3/2", "10", "3/4")))
_SIZES = tuple(map(Fraction, (2, 3, 4, 5)))
_MOST = 20_000
"""Points that are tried."""


def example(domain: Domain) -> list[str]:
    """A value for each variable of the domain, as the assistant writes it.

    Raises: NoImage where no point is found.
    """
    numbers = _numbers(domain)
    notation = domain.notation
    found = []
    for variable in domain.variables():
        match variable.kind:
            case "number":
                text = _text(numbers[variable.name])
                found.append(notation.whole.format(text) if variable.name in domain.terms.sizes else text)
            case "alphabet":
                found.append(notation.alphabet_of(map(notation.whole.format, (0, 1))))
            case "law":
                law = domain.setting.scope.laws[variable.name]
                found.append(_constant(len(law.variables), _text(_entry(law, numbers))))
            case _:
                found.append(_constant(domain.terms.functions[variable.name], "0"))
    return found


def _constant(arity: int, value: str) -> str:
    return f"(fun {' '.join('_' * arity)} => {value})"


def _numbers(domain: Domain) -> Numbers:
    setting = domain.setting
    vectors = [law.name for law in domain.laws if law.name not in setting.formulas and law.entries != MASS]
    names = [*sorted(setting.scope.numbers), *map(_every_entry, vectors)]
    choices = [_SIZES if name in domain.terms.sizes else _CANDIDATES for name in names]
    for values in islice(product(*choices), _MOST):
        numbers = dict(zip(names, values, strict=True))
        whole = all(numbers[name].denominator == 1 for name in setting.integers if name in numbers)
        positive = all(numbers[_every_entry(law.name)] > 0 for law in domain.laws if law.entries == POSITIVE)
        if whole and positive and all(_holds(fact.relation, numbers, domain) for fact in setting.facts):
            return numbers
    raise NoImage("No numbers were found that satisfy the givens.")


def _holds(relation: Relation, numbers: Numbers, domain: Domain) -> bool:
    sides = [_value(side, numbers, domain) for side in relation.args]
    return all(
        {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}.get(operator, False)
        for operator, a, b in zip(relation.operators, sides, sides[1:], strict=False)
    )


def _value(term: Term, numbers: Numbers, domain: Domain) -> Fraction:
    match term:
        case Number(value):
            return value
        case Symbol(name) if name in numbers:
            return numbers[name]
        case Plus(terms):
            return sum((_value(t, numbers, domain) for t in terms), Fraction(0))
        case Times(factors):
            return prod((_value(f, numbers, domain) for f in factors), start=Fraction(1))
        case Negation(inner):
            return -_value(inner, numbers, domain)
        case Quotient(numerator, denominator) if (below := _value(denominator, numbers, domain)) != 0:
            return _value(numerator, numbers, domain) / below
        case Power(base, Number(exponent)) if exponent.denominator == 1 and exponent <= 64:
            return _value(base, numbers, domain) ** int(exponent)
        case Mass(marginal, (at,)) if marginal.law in domain.setting.formulas:
            mass = domain.setting.formulas[marginal.law].at(at)
            if mass is not None:
                return _value(mass, numbers, domain)
        case Mass(marginal, _) if marginal.law in domain.setting.scope.laws:
            return _entry(domain.setting.scope.laws[marginal.law], numbers)
        case Constant("e"):
            return Fraction(271828, 100000)
    raise NoImage(f"No point of the domain was found: {domain.setting.write(term)} stands in a given.")


def _entry(law: LawDeclaration, numbers: Numbers) -> Fraction:
    """The mass of every value, or every entry of a vector: the point has them all the same."""
    if law.entries != MASS:
        return numbers[_every_entry(law.name)]
    return Fraction(1) / prod(_size(alphabet, numbers) for alphabet in law.alphabets)


def _every_entry(vector: str) -> str:
    return f"{vector}[...]"


def _size(alphabet: Term, numbers: Numbers) -> int:
    match alphabet:
        case Range(Number(low), Number(high)):
            return int(high - low) + 1
        case Range(Number(low), Symbol(name)):
            return int(numbers[name] - low) + 1
        case Outcomes(values):
            return len(values)
        case Alphabet():
            return 2
        case _:
            raise NoImage("An alphabet without a known size has no example.")


def _text(value: Fraction) -> str:
    text = str(abs(value)) if value >= 0 else f"- {abs(value)}"
    return f"({text})" if "/" in text or value < 0 else text
