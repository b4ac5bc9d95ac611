"""Is a term one of the language under these givens: numbers where numbers stand, laws where laws do, values in their alphabets?

The readers only build such terms. A rewriting could leave them, putting a number where a random variable stood or a name where
it is bound to something else, so that the kernel asks again of every line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from symkl.errors import UndefinedTerm
from symkl.language.kinds import law_fault, measure_fault, range_fault, value_fault
from symkl.language.scope import POSITIVE, REAL, LawDeclaration
from symkl.language.term import (
    DEPTH_LIMIT,
    Abs,
    Alphabet,
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
    Quotient,
    RandomVariable,
    Range,
    Relation,
    Size,
    Symbol,
    Term,
    Times,
    Value,
    is_law,
)
from symkl.theory.conditions import discharge
from symkl.theory.measures import coordinates
from symkl.theory.setting import Setting

_DEEPEST = 2 * DEPTH_LIMIT
"""Rewriting may nest deeper than a reader does, but not without bound."""

Bound = Mapping[str, Term]
"""The names bound around a place, each with its alphabet."""


def malformed(term: Term, setting: Setting) -> str:
    """Why a line is no number and no statement of the language; empty where it is one."""
    check = _Check(setting)
    faults = check.statement(term, 0) if isinstance(term, Relation) else check.number(term, {}, 0)
    return next(faults, "")


class _Check:
    """Yields what is wrong with a term; each method for what is expected to stand there."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.scope = setting.scope

    def statement(self, relation: Relation, depth: int) -> Iterator[str]:
        for side in relation.args:
            if isinstance(side, Relation):
                yield from self.statement(side, depth + 1)
            else:
                yield from self.number(side, {}, depth + 1)

    def number(self, term: Term, bound: Bound, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            yield "the term is nested too deeply"
            return
        inner = depth + 1
        match term:
            case Number() | Constant() | Value() | Symbol():
                yield from self.leaf(term, bound)
            case Plus(parts) | Times(parts) if len(parts) < 2:
                yield "a sum or a product has two terms or more"
            case Plus() | Times() | Quotient() | Negation() | Power() | Log() | Exp() | Abs() | Label():
                yield from self.numbers(term.args, bound, inner)
            case Mass(marginal, values):
                yield from self.mass(marginal, values, bound, inner)
            case Expectation():
                yield from self.expectation(term, bound, inner)
            case Binder():
                yield from self.binder(term, bound, inner)
            case Derivative(body, variable):
                yield from self.varies(variable)
                yield from self.numbers((variable, body), bound, inner)
            case Extremum(_, name, body):
                yield from self.numbers((Symbol(name), body), bound, inner)
            case Optimum(_, laws, body):
                for law in laws:
                    yield from self.law(law, bound, inner)
                yield from self.number(body, bound, inner)
            case Pick(_, several):
                yield from self.numbers(several, bound, inner)
            case Measure():
                yield from self.measure(term, bound, inner)
            case Function(name, arguments):
                if name not in self.scope.functions:
                    yield f"{name} is no function here"
                yield from self.numbers(arguments, bound, inner)
            case Delta():
                yield from self.numbers([part for part in term.args if not isinstance(part, Value | Outcome)], bound, inner)
            case Size(alphabet):
                yield from self.alphabet(alphabet, bound, inner)
            case _:
                yield f"{self.setting.write(term)} stands where a number has to"

    def numbers(self, terms: Iterable[Term], bound: Bound, depth: int) -> Iterator[str]:
        for term in terms:
            yield from self.number(term, bound, depth)

    def leaf(self, term: Term, bound: Bound) -> Iterator[str]:
        match term:
            case Number(value) if term.written and Fraction(term.written) != value:
                yield f"{term.written} is written for {value}"
            case Value(name):
                over = bound.get(name)
                if isinstance(over, Outcomes) and any(isinstance(element, Outcome) for element in over.args):
                    yield f"{name} is an outcome and no number"
            case Symbol(name) if name in bound or name not in self.scope.numbers:
                yield f"{name} is no number here"

    def expectation(self, term: Expectation, bound: Bound, depth: int) -> Iterator[str]:
        law = term.domains[0]
        yield from self.law(law, bound, depth)
        yield from self.number(term.body, {**bound, **self.drawn(term.names, law)}, depth)
        if len(coordinates(law, self.setting)) != len(term.names) or len(set(term.names)) < len(term.names):
            yield "an expectation names other values than its law has"

    def varies(self, variable: Term) -> Iterator[str]:
        if not isinstance(variable, Symbol | Mass):
            yield "a derivative is by a number by name, or by an entry of a vector"
        elif isinstance(variable, Mass) and not self.free(variable.marginal.law):
            yield f"the masses of {variable.marginal.law} sum to 1, so that none varies alone"

    def free(self, law: str) -> bool:
        declared = self.scope.laws.get(law)
        return declared is not None and declared.entries in (POSITIVE, REAL) and law not in self.setting.formulas

    def binder(self, term: Binder, bound: Bound, depth: int) -> Iterator[str]:
        if len(set(term.names)) < len(term.names):
            yield "a name is bound twice at once"
        word = "int" if isinstance(term, Integral) else "sum"
        for domain in term.domains:
            yield from self.alphabet(domain, bound, depth)
            yield from filter(None, (range_fault(word, domain, self.scope),))
        yield from self.number(term.body, {**bound, **dict(zip(term.names, term.domains, strict=True))}, depth)

    def drawn(self, names: tuple[str, ...], law: Term) -> Bound:
        return {name: each.alphabet for name, each in zip(names, coordinates(law, self.setting), strict=False)}

    # Laws and what stands in measures

    def measure(self, measure: Measure, bound: Bound, depth: int) -> Iterator[str]:
        fault = measure_fault(measure.name, measure.args, measure.separators)
        if fault:
            yield fault
            return
        for part in measure.args:
            match part:
                case RandomVariable(name) | Relation(("=",), (RandomVariable(name), _)):
                    if name not in self.scope.variables:
                        yield f"{name} is no random variable here"
                    elif isinstance(part, Relation):
                        yield from self.index(part.args[1], self.scope.alphabet_of(name), bound, depth)
                case Relation():
                    yield "an event is written X = x"
                case _ if is_law(part):
                    yield from self.law(part, bound, depth)
                case _:
                    yield from self.number(part, bound, depth)

    def law(self, law: Term, bound: Bound, depth: int) -> Iterator[str]:
        if depth > _DEEPEST or not is_law(law):
            yield f"{self.setting.write(law)} stands where a law has to"
            return
        fault = law_fault(law)
        if fault:
            yield fault
            return
        yield from self.law_parts(law, bound, depth)
        try:
            variables = [each.variable for each in coordinates(law, self.setting)]
        except UndefinedTerm as error:
            yield str(error)
            return
        if len(set(variables)) < len(variables):
            yield f"{self.setting.write(law)} is a product of laws of the same variable"

    def law_parts(self, law: Term, bound: Bound, depth: int) -> Iterator[str]:
        match law:
            case Law(marginal, values):
                yield from self.marginal(marginal)
                declared = self.scope.laws.get(marginal.law)
                if declared is not None and values:
                    yield from self.values(declared, marginal.given, values, bound, depth)
            case Plus() | Times() | Quotient() | Negation() | Label():
                for part in law.args:
                    yield from self.law(part, bound, depth + 1) if is_law(part) else self.number(part, bound, depth + 1)
            case _:
                yield f"{self.setting.write(law)} stands where a law has to"

    # Masses and their values

    def mass(self, marginal: Marginal, values: tuple[Term, ...], bound: Bound, depth: int) -> Iterator[str]:
        yield from self.marginal(marginal)
        declared = self.scope.laws.get(marginal.law)
        if declared is not None:
            yield from self.values(declared, (*marginal.of, *marginal.given), values, bound, depth)

    def marginal(self, marginal: Marginal) -> Iterator[str]:
        declared = self.scope.laws.get(marginal.law)
        names = (*marginal.of, *marginal.given)
        if declared is None:
            yield f"{marginal.law} is no law here"
        elif not marginal.of or len(set(names)) < len(names) or not set(names) <= set(declared.variables):
            yield f"{marginal.law} has no such marginal"
        elif marginal != declared.marginal(marginal.of, marginal.given):
            yield f"the masses of {marginal.law} are written {declared.letter}"

    def values(
        self, declared: LawDeclaration, names: tuple[str, ...], values: tuple[Term, ...], bound: Bound, depth: int
    ) -> Iterator[str]:
        if len(names) != len(values) or not set(names) <= set(declared.variables):
            yield f"a mass of {declared.name} has other values"
            return
        for name, value in zip(names, values, strict=True):
            yield from self.index(value, declared.alphabet(name), bound, depth)

    def index(self, value: Term, alphabet: Term, bound: Bound, depth: int) -> Iterator[str]:
        over = bound.get(value.name) if isinstance(value, Value) else None
        computed = not isinstance(value, Value | Outcome | Number | Symbol)
        if not isinstance(value, Value | Outcome):
            yield from self.number(value, bound, depth)
        outside = value_fault(value, alphabet) or (over is not None and not self.within(over, alphabet))
        if outside or (computed and not isinstance(alphabet, Range)):
            yield f"{self.setting.write(value)} is not in the alphabet {self.setting.write(alphabet)}"

    def within(self, inner: Term, outer: Term) -> bool:
        match inner, outer:
            case _ if inner == outer:
                return True
            case Range(low, high), Range(least, most):
                edges = (Relation((least, low), ("<=",)), Relation((high, most), ("<=",)))
                return all(discharge(edge, self.setting) is not None for edge in edges)
            case Outcomes(some), Outcomes(every):
                return set(some) <= set(every)
            case _:
                return False

    def alphabet(self, alphabet: Term, bound: Bound, depth: int) -> Iterator[str]:
        match alphabet:
            case Alphabet():
                pass
            case Range():
                for part in alphabet.args:
                    yield from self.number(part, bound, depth + 1)
            case Outcomes(values) if len(set(values)) == len(values) and all(isinstance(v, Number | Outcome) for v in values):
                pass
            case _:
                yield f"{self.setting.write(alphabet)} stands where an alphabet has to"
