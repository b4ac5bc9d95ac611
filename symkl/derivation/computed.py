"""The closed list of rules that are Python: what each makes of the term at a place.

The kernel replays these functions; they search for nothing. Each takes the term, the binding that the step carries, the
direction and the context, and returns what stands there afterwards, or raises a named rejection. `rearrange` and
`arithmetic` take their result from the binding and check that it is the same polynomial.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from symkl.derivation.polynomial import is_constant, polynomial
from symkl.derivation.step import Bound
from symkl.errors import Rejection, UndefinedTerm
from symkl.language.scope import DENSITY, MASS
from symkl.language.term import (
    Expectation,
    Integral,
    Mass,
    Measure,
    Number,
    Outcomes,
    Plus,
    Product,
    Range,
    Relation,
    Sum,
    Term,
    Times,
    Value,
    free_names,
    substitute,
    subterms,
    without_labels,
)
from symkl.theory.definedness import undefined_part
from symkl.theory.measures import coordinates, mass_of, unfold
from symkl.theory.setting import Setting

NOT_APPLICABLE = "the rule does not apply"
MOST_TERMS = 100_000
"""A finite sum of more terms is not written out."""


@dataclass(frozen=True, slots=True)
class Context:
    """The givens, and what earlier parts have shown."""

    setting: Setting
    results: tuple[Relation, ...] = ()


def compute(name: str, term: Term, binding: Mapping[str, Bound], backward: bool, context: Context) -> Term:
    """What a computed rule makes of a term.

    From right to left, the binding says under `from` what the term comes from; the rule has to make the term of it.

    Raises: Rejection where it does not apply.
    """
    try:
        if not backward:
            return _RULES[name](term, binding, context)
        source = _supplied(binding, "from")
        made = _RULES[name](source, binding, context)
    except UndefinedTerm as error:
        raise Rejection(NOT_APPLICABLE, str(error)) from error
    if without_labels(made) != without_labels(term):
        raise _refuse("From right to left, the rule starts from another term.")
    return source


def _refuse(detail: str) -> Rejection:
    return Rejection(NOT_APPLICABLE, detail)


def _supplied(binding: Mapping[str, Bound], name: str) -> Term:
    bound = binding.get(name)
    if not isinstance(bound, Term):
        raise _refuse(f"The step has to supply the term '{name}'.")
    return bound


def _number(binding: Mapping[str, Bound], name: str) -> int:
    bound = binding.get(name, Number(0))
    if not isinstance(bound, Number) or bound.value.denominator != 1:
        raise _refuse(f"'{name}' is a whole number.")
    return int(bound.value)


# Algebra


def _rearrange(term: Term, binding: Mapping[str, Bound], context: Context) -> Term:
    target = _supplied(binding, "to")
    if polynomial(without_labels(term)) != polynomial(without_labels(target)):
        raise _refuse("The two are not the same polynomial in their logs, masses and other parts.")
    new = undefined_part(target, context.setting, set(subterms(term)))
    if new is not None:
        raise _refuse(f"Nothing given shows that {context.setting.write(new)} has a value.")
    return target


def _arithmetic(term: Term, binding: Mapping[str, Bound], context: Context) -> Term:
    target = _rearrange(term, binding, context)
    if not is_constant(polynomial(without_labels(term))):
        raise _refuse("Arithmetic is for numbers alone.")
    return target


# Sums


def elements(alphabet: Term) -> Sequence[Term] | None:
    """The elements of an alphabet that can be written out, or None."""
    match alphabet:
        case Range(Number(low), Number(high)) if low.denominator == high.denominator == 1:
            return [Number(k) for k in range(int(low), int(high) + 1)] if high - low < MOST_TERMS else None
        case Outcomes(values):
            return values
        case _:
            return None


def _write_out(term: Term, _binding: Mapping[str, Bound], _context: Context) -> Term:
    if not isinstance(term, Sum | Product):
        raise _refuse("Only a finite sum or product is written out.")
    alphabets = [elements(domain) for domain in term.domains]
    found = [alphabet for alphabet in alphabets if alphabet is not None]
    if len(found) < len(alphabets) or prod(map(len, found)) > MOST_TERMS:
        raise _refuse("The alphabet is not one that can be written out.")
    terms = [substitute(term.body, dict(zip(term.names, values, strict=True))) for values in product(*found)]
    if len(terms) < 2:
        return terms[0] if terms else Number(0 if isinstance(term, Sum) else 1)
    return Plus(*terms) if isinstance(term, Sum) else Times(*terms)


def _marginalise(term: Term, _binding: Mapping[str, Bound], context: Context) -> Term:
    if not isinstance(term, Sum | Integral) or not isinstance(term.body, Mass):
        raise _refuse("What is summed is not a mass alone.")
    mass = term.body
    law = context.setting.scope.laws.get(mass.marginal.law)
    if law is None or law.entries != (MASS if isinstance(term, Sum) else DENSITY):
        raise _refuse(f"{mass.marginal.law} is no law whose total is one.")
    of = list(zip(mass.marginal.of, mass.args, strict=False))
    rest = mass.args[len(of) :]
    for name, domain in zip(term.names, term.domains, strict=True):
        at = [pair for pair in of if pair[1] == Value(name)]
        if len(at) != 1 or law.alphabet(at[0][0]) != domain or any(name in free_names(value) for value in rest):
            raise _refuse(f"'{name}' does not range over the whole alphabet of one variable of the mass.")
        of.remove(at[0])
        if any(name in free_names(value) for _, value in of):
            raise _refuse(f"'{name}' occurs a second time.")
    if not of:
        return Number(1)
    return Mass(law.marginal(tuple(variable for variable, _ in of), mass.marginal.given), (*(v for _, v in of), *rest))


def _expectation_as_sum(term: Term, _binding: Mapping[str, Bound], context: Context) -> Term:
    if not isinstance(term, Expectation):
        raise _refuse("Only an expectation is a weighted sum.")
    found = coordinates(term.domains[0], context.setting)
    if len(found) != len(term.names):
        raise _refuse("The expectation names other values than its law has.")
    at = {c.variable: Value(name) for c, name in zip(found, term.names, strict=True)}
    weighted = Times(mass_of(term.domains[0], at), term.body)
    laws = context.setting.scope.laws
    density = any(isinstance(t, Mass) and laws[t.marginal.law].entries == DENSITY for t in (weighted.args[0],))
    head = Integral if density else Sum
    return head(term.names, [c.alphabet for c in found], weighted)


# Masses and measures


def _substitute_masses(term: Term, _binding: Mapping[str, Bound], context: Context) -> Term:
    formula = context.setting.formulas.get(term.marginal.law) if isinstance(term, Mass) else None
    value = None if formula is None or len(term.args) != 1 else formula.at(term.args[0])
    if value is None:
        raise _refuse("The givens do not say this mass.")
    return value


def _unfold(term: Term, binding: Mapping[str, Bound], context: Context) -> Term:
    if not isinstance(term, Measure):
        raise _refuse("Only a measure has a definition.")
    return unfold(term, context.setting, _number(binding, "form"))


def _condition(term: Term, binding: Mapping[str, Bound], context: Context) -> Term:
    first = binding.get("first")
    if not isinstance(term, Mass) or not isinstance(first, tuple):
        raise _refuse("The step has to say which values of the mass come first.")
    of = list(zip(term.marginal.of, term.args, strict=False))
    rest = term.args[len(of) :]
    before = [pair for pair in of if pair[1] in first]
    after = [pair for pair in of if pair[1] not in first]
    law = context.setting.scope.laws.get(term.marginal.law)
    if law is None or not before or not after or law.entries not in (MASS, DENSITY):
        raise _refuse("A joint mass is split into two factors.")
    given = term.marginal.given
    names = tuple(variable for variable, _ in before)
    values = tuple(value for _, value in before)
    left = Mass(law.marginal(names, given), (*values, *rest))
    right_names = tuple(variable for variable, _ in after)
    right = Mass(law.marginal(right_names, (*names, *given)), (*(value for _, value in after), *values, *rest))
    return Times(left, right)


def _result(term: Term, binding: Mapping[str, Bound], context: Context) -> Term:
    number = _number(binding, "number")
    if not 1 <= number <= len(context.results):
        raise _refuse(f"There is no earlier result {number}.")
    shown = context.results[number - 1]
    if shown.operators != ("=",):
        raise _refuse("The earlier result is no equation.")
    left, right = shown.args
    if without_labels(term) != without_labels(left):
        raise _refuse("The earlier result speaks of another term.")
    return right


_RULES: Mapping[str, Callable[[Term, Mapping[str, Bound], Context], Term]] = {
    "arithmetic": _arithmetic,
    "condition": _condition,
    "expectation-as-sum": _expectation_as_sum,
    "marginalise": _marginalise,
    "rearrange": _rearrange,
    "result": _result,
    "substitute-masses": _substitute_masses,
    "unfold": _unfold,
    "write-out": _write_out,
}
