"""Terms into polynomials: measures by their definitions, masses by their coordinates, binders summed and closed.

A polynomial that comes out of here may be shared, the one of a mass above all: nobody changes it in place.
Every log argument, denominator and root that is met becomes an obligation: it has to be shown positive, or nonzero, on
the whole domain before anything is said to be proved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from symkl.errors import UndefinedTerm
from symkl.judge.atoms import Domain, ExpOf, Index, Scalar
from symkl.judge.budget import OutsideFragment
from symkl.judge.coordinates import concrete_index, shown_index
from symkl.judge.derivative import derivative, free_coordinate, named_after
from symkl.judge.polynomial import UNIT, Polynomial, accumulate, add, constant, number_of, scale, subtract, variable
from symkl.judge.ranges import within_declared
from symkl.judge.sums import Live
from symkl.language.picks import by_absolute_value
from symkl.language.scope import DENSITY, REAL, LawDeclaration
from symkl.language.term import (
    Abs,
    Binder,
    Constant,
    Delta,
    Derivative,
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
    Outcome,
    Pick,
    Plus,
    Power,
    Product,
    Quotient,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
)
from symkl.theory.measures import unfold, written_as_sum

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

Values = Mapping[str, Index]

POSITIVE, NONZERO, NOT_ONE = "positive", "nonzero", "not one"
"""What an obligation asks for."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What has to hold of a part of the statement for it to have a value."""

    asks: str
    part: Term
    polynomial: Polynomial


class Translation:
    """Translates terms for one algebra and collects the obligations."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.obligations: list[Obligation] = []
        self._unfolded: dict[Term, Term] = {}
        self._logs: dict[tuple[str, tuple[str, ...], Index], Polynomial | None] = {}
        self._by_type: dict[type[Term], Callable[..., Polynomial]] = {
            Number: self._number,
            Symbol: self._symbol,
            Constant: self._constant,
            Value: self._value,
            Outcome: self._outcome,
            Mass: self._mass,
            Plus: self._plus,
            Times: self._times,
            Quotient: self._quotient,
            Negation: self._negation,
            Power: self._power,
            Log: self._log,
            Exp: self._exp,
            Abs: self._abs,
            Pick: self._pick,
            Size: self._size,
            Delta: self._delta,
            Sum: self._sum,
            Integral: self._sum,
            Product: self._product,
            Expectation: self._expectation,
            Measure: self._measure,
            Derivative: self._derivative,
            Function: self._function,
            Label: self._label,
            Extremum: self._extremum,
            Relation: self._relation,
        }

    def polynomial(self, term: Term, values: Values) -> Polynomial:
        """The polynomial that a term is; `values` holds the indices of its bound values."""
        translate = self._by_type.get(type(term))
        if translate is None:
            raise OutsideFragment(f"{self.algebra.setting.write(term)} is no number")
        return translate(term, values)

    def index(self, term: Term, values: Values) -> Index:
        """The index that a value, a number or an outcome is."""
        if isinstance(term, Value):
            return values.get(term.name) or ("v", term.name, 0)
        if isinstance(term, Number) and (value := term.value).denominator == 1:
            return ("c", "", value.numerator)
        if isinstance(term, Number | Symbol):
            number = number_of(self.polynomial(term, values))
            if number is not None and number == int(number):
                return ("c", "", int(number))
        found = concrete_index(term)
        if found is not None:
            return found
        match term:
            case Plus((Symbol(name), Number(value))) if value == int(value):
                return ("c", name, int(value))
            case Plus((Symbol(name), Negation(Number(value)))) if value == int(value):
                return ("c", name, -int(value))
        raise OutsideFragment(f"the index {self.algebra.setting.write(term)}")

    # Leaves

    def _number(self, term: Number, _values: Values) -> Polynomial:
        return constant(term.value)

    def _symbol(self, term: Symbol, values: Values) -> Polynomial:
        equal = self.algebra.coordinates.equal.get(term.name)
        if equal is not None:
            return self.polynomial(equal, values)
        return variable(self.algebra.table.intern(Scalar(term.name)))

    def _constant(self, term: Constant, _values: Values) -> Polynomial:
        return variable(self.algebra.table.intern(ExpOf(UNIT) if term.name == "e" else Scalar(term.name)))

    def _value(self, term: Value, values: Values) -> Polynomial:
        return self.algebra.position(self.index(term, values))

    def _outcome(self, term: Outcome, values: Values) -> Polynomial:
        raise OutsideFragment(f"the outcome {term.name} used as a number")

    def _mass(self, term: Mass, values: Values) -> Polynomial:
        marginal = term.marginal
        if any(isinstance(value, Function) for value in term.args):
            return self._mass_at_data(term, values)
        indices = [self.index(value, values) for value in term.args]
        known = self.algebra.coordinates.known_mass(marginal.law, indices[0]) if len(indices) == 1 else None
        if known is not None:
            return known
        law = self._declared(term)
        at = dict(zip(marginal.of + marginal.given, indices, strict=True))
        whole = self.algebra.coordinates.mass(law, at)
        if not marginal.given:
            return whole
        condition = self.algebra.coordinates.mass(law, {name: at[name] for name in marginal.given})
        return self.algebra.multiply(whole, self.algebra.inverse(condition))

    def _declared(self, term: Mass) -> LawDeclaration:
        law = self.algebra.setting.scope.laws.get(term.marginal.law)
        if law is None:
            raise OutsideFragment(f"{self.algebra.setting.write(term)}, whose law no given declares")
        return law

    def _mass_at_data(self, term: Mass, values: Values) -> Polynomial:
        """A mass at a value that an unknown function gives, p(x_i) of the i-th of the data: of it only the sign is known.

        A conditional mass is the quotient of the joint one, so that p(x_i, z) = p(x_i | z) p(z) still holds.
        """
        marginal, entries = term.marginal, self._declared(term).entries
        pairs = list(zip(marginal.of + marginal.given, term.args, strict=True))
        given = pairs[len(marginal.of) :]
        whole = self._at_data(marginal, pairs, entries, values)
        if not given:
            return whole
        return self.algebra.multiply(whole, self.algebra.inverse(self._at_data(marginal, given, entries, values)))

    def _at_data(self, marginal: Marginal, pairs: Sequence[tuple[str, Term]], entries: str, values: Values) -> Polynomial:
        pairs = sorted(pairs, key=lambda pair: pair[0])
        of = tuple(variable for variable, _ in pairs)
        if not any(isinstance(value, Function) for _, value in pairs):
            return self._mass(Mass(replace(marginal, of=of, given=()), [value for _, value in pairs]), values)
        data = (f"{variable}={value.name if isinstance(value, Function) else ''}" for variable, value in pairs)
        inner = [part for _, value in pairs for part in (value.args if isinstance(value, Function) else (value,))]
        unknown = Function(f"{marginal.law} at {','.join(data)}", inner)
        return self.polynomial(unknown if entries == REAL else Exp(unknown), values)

    # Arithmetic

    def _plus(self, term: Plus, values: Values) -> Polynomial:
        total: Polynomial = {}
        for summand in term.args:
            if isinstance(summand, Negation):
                accumulate(total, self.polynomial(summand.argument, values), -1)
            else:
                accumulate(total, self.polynomial(summand, values))
        self.algebra.budget.spend(len(term.args), len(total))
        return total

    def _times(self, term: Times, values: Values) -> Polynomial:
        first, *rest = term.args
        product = self.polynomial(first, values)
        for factor in rest:
            product = self.algebra.multiply(product, self.polynomial(factor, values))
        return product

    def _quotient(self, term: Quotient, values: Values) -> Polynomial:
        below = self.polynomial(term.denominator, values)
        self._require(NONZERO, term.denominator, below, values)
        return self.algebra.multiply(self.polynomial(term.numerator, values), self.algebra.inverse(below))

    def _negation(self, term: Negation, values: Values) -> Polynomial:
        return scale(self.polynomial(term.argument, values), -1)

    def _power(self, term: Power, values: Values) -> Polynomial:
        base = self.polynomial(term.base, values)
        exponent = self.polynomial(term.exponent, values)
        number = number_of(exponent)
        if number is not None:
            if number != int(number):
                self._require(POSITIVE, term.base, base, values)
            elif number < 0:
                self._require(NONZERO, term.base, base, values)
            return self.algebra.power(base, Fraction(number))
        self._require(POSITIVE, term.base, base, values)
        return self.algebra.exp(self.algebra.multiply(exponent, self.algebra.log(base)))

    def _log(self, term: Log, values: Values) -> Polynomial:
        natural = self._log_of_parts(term.argument, values)
        if natural is None:
            argument = self.polynomial(term.argument, values)
            self._require(POSITIVE, term.argument, argument, values)
            natural = self.algebra.log(argument)
        if isinstance(term.base, Constant) and term.base.name == "e":
            return natural
        base = self.polynomial(term.base, values)
        self._require(POSITIVE, term.base, base, values)
        self._require(NOT_ONE, term.base, base, values)
        return self.algebra.multiply(natural, self.algebra.inverse(self.algebra.log(base)))

    def _log_of_parts(self, term: Term, values: Values) -> Polynomial | None:
        """The natural log split over products, quotients and powers as written; None unless every part is seen to be positive."""
        match term:
            case Times(factors):
                logs = [self._log_of_parts(factor, values) for factor in factors]
                known = [part for part in logs if part is not None]
                return add(*known) if len(known) == len(logs) else None
            case Quotient(above, below):
                over, under = self._log_of_parts(above, values), self._log_of_parts(below, values)
                return None if over is None or under is None else subtract(over, under)
            case Power(base, Number(exponent)):
                inner = self._log_of_parts(base, values)
                return None if inner is None else scale(inner, exponent)
            case Mass(marginal, (Value() | Number() | Outcome() as value,)):
                at = (marginal.law, marginal.of, self.index(value, values))
                if at not in self._logs:
                    self._logs[at] = self._log_of_positive(self.polynomial(term, values))
                return self._logs[at]
            case _:
                return self._log_of_positive(self.polynomial(term, values))

    def _log_of_positive(self, part: Polynomial) -> Polynomial | None:
        return self.algebra.log(part) if self.algebra.signs.of(part) == 1 else None

    def _exp(self, term: Exp, values: Values) -> Polynomial:
        return self.algebra.exp(self.polynomial(term.argument, values))

    def _abs(self, term: Abs, values: Values) -> Polynomial:
        inner = self.polynomial(term.argument, values)
        sign = self.algebra.signs.of(inner)
        if sign or not inner:
            return scale(inner, sign or 1)
        first = min(inner, key=self.algebra.rank)
        return self.algebra.applied("abs", [inner if inner[first] > 0 else scale(inner, -1)])

    def _pick(self, term: Pick, values: Values) -> Polynomial:
        return self.polynomial(by_absolute_value(term), values)

    def _size(self, term: Size, _values: Values) -> Polynomial:
        return self.algebra.coordinates.size(Domain(term.argument))

    def _delta(self, term: Delta, values: Values) -> Polynomial:
        return self.algebra.delta(*(self.index(side, values) for side in term.args))

    def _function(self, term: Function, values: Values) -> Polynomial:
        return self.algebra.applied(term.name, [self._argument(argument, values) for argument in term.args])

    def _argument(self, argument: Term, values: Values) -> Polynomial:
        if isinstance(argument, Value | Outcome):
            return self.algebra.position(self.index(argument, values))
        return self.polynomial(argument, values)

    def _label(self, term: Label, values: Values) -> Polynomial:
        return self.polynomial(term.body, values)

    # Binders

    def _ranges(self, term: Binder, values: Values) -> tuple[list[dict[str, Index]], Live]:
        """The indices that a body is translated under, for each choice of elements of concrete alphabets; what stays bound."""
        elements: dict[str, tuple[Index, ...]] = {}
        live: Live = {}
        inner = dict(values)
        for name, alphabet in zip(term.names, term.domains, strict=True):
            domain = Domain(alphabet, isinstance(term, Integral))
            known = self.algebra.elements(domain)
            if known is not None:
                elements[name] = known
            else:
                index = inner[name] = self.algebra.fresh(domain)
                live[index] = domain
        self.algebra.budget.spend(prod(map(len, elements.values())))
        return [inner | dict(zip(elements, chosen, strict=True)) for chosen in product(*elements.values())], live

    def _sum(self, term: Binder, values: Values) -> Polynomial:
        declared = within_declared(self.algebra, term)
        if declared is not None:
            return self.polynomial(declared, values)
        self._right_binder(term)
        choices, live = self._ranges(term, values)
        total: Polynomial = {}
        for inner in choices:
            accumulate(total, self.polynomial(term.body, inner))
            self.algebra.budget.spend(1, len(total))
        return self.algebra.close(total, live) if live else total

    def _right_binder(self, term: Binder) -> None:
        """Raise where a density is summed or a mass function integrated."""
        laws = self.algebra.setting.scope.laws.values()
        for alphabet in term.domains:
            entries = {law.entries for law in laws if alphabet in law.alphabets}
            dense = DENSITY in entries
            if entries and dense != isinstance(term, Integral) and len(entries) == 1:
                what = "a density is integrated, not summed" if dense else "a law with masses is summed, not integrated"
                raise OutsideFragment(f"{self.algebra.setting.write(term)}: {what}")

    def _product(self, term: Product, values: Values) -> Polynomial:
        choices, live = self._ranges(term, values)
        total = constant(1)
        for inner in choices:
            factor = self.polynomial(term.body, inner)
            if live and self.algebra.signs.of(factor) != 1:
                raise OutsideFragment("a product over factors not shown to be positive")
            total = self.algebra.multiply(
                total, self.algebra.exp(self.algebra.close(self.algebra.log(factor), live)) if live else factor
            )
        return total

    def _expectation(self, term: Expectation, values: Values) -> Polynomial:
        return self.polynomial(written_as_sum(term, self.algebra.setting), values)

    def _measure(self, term: Measure, values: Values) -> Polynomial:
        found = self._unfolded.get(term)
        if found is None:
            found = self._unfolded[term] = unfold(term, self.algebra.setting)
        return self.polynomial(found, values)

    def _derivative(self, term: Derivative, values: Values) -> Polynomial:
        unwritten = (
            named_after(term.body, term.variable.name, self.algebra.setting) if isinstance(term.variable, Symbol) else None
        )
        if unwritten is not None:
            raise OutsideFragment(f"how {unwritten} changes with {self.algebra.setting.write(term.variable)} is not written")
        return derivative(self.algebra, self.polynomial(term.body, values), self._coordinate(term.variable, values))

    def _coordinate(self, term: Term, values: Values) -> int:
        """The atom of a free coordinate."""
        if isinstance(term, Mass):
            indices = tuple(self.index(value, values) for value in term.args)
            return free_coordinate(self.algebra, term, indices)
        return free_coordinate(self.algebra, term, ())

    def _extremum(self, term: Extremum, _values: Values) -> Polynomial:
        raise OutsideFragment(f"{term.kind} inside an expression")

    def _relation(self, term: Relation, _values: Values) -> Polynomial:
        raise OutsideFragment(f"the relation {self.algebra.setting.write(term)} inside an expression")

    # Obligations

    def _require(self, asks: str, part: Term, polynomial: Polynomial, values: Values) -> None:
        if not polynomial and asks in (POSITIVE, NONZERO):
            reason = "the log or root of 0" if asks == POSITIVE else "a division by 0"
            written = self.algebra.setting.write(part)
            bound = [(name, values[name]) for name in sorted(free_names(part)) if name in values]
            at = ", ".join(f"{name} = {shown_index(index)}" for name, index in bound if index[0] == "c")
            raise UndefinedTerm(f"{written} is 0 {f'at {at}' if at else 'on the whole domain'}: {reason} has no value.", written)
        number = number_of(polynomial)
        if number is not None and (asks == NONZERO or number > 0) and (asks != NOT_ONE or number != 1):
            return
        self.obligations.append(Obligation(asks, part, polynomial))
