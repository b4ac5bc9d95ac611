"""Computed rules of entries: derivatives by an entry, the term that a delta picks, the last term, the mass that is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symkl.derivation.context import Binding, Context, refuse, whole_number
from symkl.language.scope import MASS, POSITIVE, REAL
from symkl.language.term import (
    Binder,
    Delta,
    Derivative,
    Mass,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Quotient,
    Range,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    fresh_name,
    product_of,
    substitute,
    subterms,
)
from symkl.theory.conditions import discharge
from symkl.theory.setting import Setting

MOST_MASSES = 1000
"""A law of more outcomes is not written as one less all the others."""


def elements(alphabet: Term, most: int) -> Sequence[Term] | None:
    """The elements of an alphabet that can be written out, or None where it has more than `most` or is symbolic."""
    match alphabet:
        case Range(Number(low), Number(high)) if low.denominator == high.denominator == 1:
            return [Number(k) for k in range(int(low), int(high) + 1)] if high - low < most else None
        case Outcomes(values):
            return values
        case _:
            return None


def given(term: Term, binding: Binding, context: Context) -> Term:
    """One side of an equation among the givens, for the other; the step says which fact it is."""
    number = whole_number(binding, "number")
    facts = context.setting.facts
    if not 0 <= number < len(facts) or facts[number].relation.operators != ("=",):
        raise refuse(f"Fact {number} of the givens is no equation.")
    left, right = facts[number].relation.args
    if term != left:
        raise refuse("The given speaks of another term.")
    return right


def complement(term: Term, _binding: Binding, context: Context) -> Term:
    """p[3] = 1 - p[1] - p[2]; of a symbolic alphabet, p[n] = 1 less the sum of those before."""
    law = context.setting.scope.laws.get(term.marginal.law) if isinstance(term, Mass) else None
    if not isinstance(term, Mass) or law is None or law.entries != MASS or len(law.variables) != 1 or len(term.args) != 1:
        raise refuse("Only a mass of a law of one variable is what the others leave of one.")
    alphabet = law.alphabets[0]
    found = elements(alphabet, MOST_MASSES)
    if found is not None:
        if term.args[0] not in found or len(found) < 2:
            raise refuse("The value is no element of the alphabet.")
        return Plus(Number(1), *(Negation(Mass(term.marginal, (value,))) for value in found if value != term.args[0]))
    if not isinstance(alphabet, Range) or term.args[0] != alphabet.high:
        raise refuse("Of a symbolic alphabet only the last mass is left.")
    name = fresh_name("i", free_names(alphabet))
    before = Sum((name,), (_shortened(alphabet),), Mass(term.marginal, (Value(name),)))
    return Plus(Number(1), Negation(before))


def split_last(term: Term, _binding: Binding, context: Context) -> Term:
    """A sum over a range, with its last term apart."""
    if not isinstance(term, Sum) or len(term.names) != 1 or not isinstance(term.domains[0], Range):
        raise refuse("Only a sum over a range has a last term.")
    alphabet = term.domains[0]
    if discharge(Relation((alphabet.low, alphabet.high), ("<=",)), context.setting) is None:
        raise refuse("Nothing given shows that the range has a last element.")
    last = substitute(term.body, {term.names[0]: alphabet.high})
    return Plus(Sum(term.names, (_shortened(alphabet),), term.body), last)


def _shortened(alphabet: Range) -> Range:
    return Range(alphabet.low, Plus(alphabet.high, Negation(Number(1))))


def diff_entry(term: Term, _binding: Binding, context: Context) -> Term:
    """The derivative of an entry of a free vector by an entry of the same."""
    if not isinstance(term, Derivative) or not isinstance(term.body, Mass) or not isinstance(term.variable, Mass):
        raise refuse("Only an entry is differentiated by an entry.")
    entry, by = term.body, term.variable
    if entry.marginal != by.marginal or not _free_vector(entry, context.setting):
        raise refuse("The two are no entries of one vector that nothing constrains.")
    deltas = [_delta(one, other) for one, other in zip(entry.args, by.args, strict=True)]
    if Number(0) in deltas:
        return Number(0)
    left = [delta for delta in deltas if delta != Number(1)]
    return product_of(left)


def _free_vector(entry: Mass, setting: Setting) -> bool:
    name = entry.marginal.law
    law = setting.scope.laws.get(name)
    if law is None or law.entries not in (POSITIVE, REAL) or name in setting.formulas:
        return False
    equations = (fact.relation for fact in setting.facts if "=" in fact.relation.operators)
    return not any(isinstance(part, Mass) and part.marginal.law == name for each in equations for part in subterms(each))


def _delta(one: Term, other: Term) -> Term:
    if one == other:
        return Number(1)
    if not all(isinstance(each, Value | Number | Outcome | Symbol) for each in (one, other)):
        raise refuse("An index is a value, a number or an outcome here.")
    decided = all(isinstance(each, Number | Outcome) for each in (one, other))
    return Number(0) if decided else Delta(one, other)


def delta_sum(term: Term, _binding: Binding, context: Context) -> Term:
    """A sum over a delta is the term that the delta picks, where what it is compared with is in the alphabet."""
    if not isinstance(term, Sum):
        raise refuse("A delta picks a term of a sum.")
    for name, other, rest in _without_delta(term.body, term.names):
        number = term.names.index(name)
        body = substitute(rest, {name: other})
        if _stands_in(other, term.domains[number], body, context.setting):
            kept = [pair for k, pair in enumerate(zip(term.names, term.domains, strict=True)) if k != number]
            return Sum([each for each, _ in kept], [domain for _, domain in kept], body) if kept else body
    raise refuse("No delta of the product compares a bound value with a value of its alphabet.")


def _without_delta(term: Term, names: Sequence[str]) -> Iterator[tuple[str, Term, Term]]:
    """Each delta that is a factor of a term: the bound name, what it is compared with, and the term with 1 in its place."""
    match term:
        case Delta():
            for one, other in (term.args, term.args[::-1]):
                if isinstance(one, Value) and one.name in names and one != other:
                    yield one.name, other, Number(1)
        case Negation(inner):
            for name, other, rest in _without_delta(inner, names):
                yield name, other, Negation(rest)
        case Quotient(above, below):
            for name, other, rest in _without_delta(above, names):
                yield name, other, Quotient(rest, below)
        case Times(factors):
            for k, factor in enumerate(factors):
                for name, other, rest in _without_delta(factor, names):
                    left = [*factors[:k], *([] if rest == Number(1) else [rest]), *factors[k + 1 :]]
                    yield name, other, product_of(left)


def _stands_in(value: Term, alphabet: Term, body: Term, setting: Setting) -> bool:
    """Whether a value is an element of an alphabet: by itself, or because a mass on that alphabet has it for an index."""
    match value, alphabet:
        case Number(at), Range(low, high):
            between = Relation((low, value, high), ("<=", "<="))
            return at.denominator == 1 and discharge(between, setting) is not None
        case _, Outcomes(values) if value in values:
            return True
    return isinstance(value, Value) and any(
        index == value and over == alphabet for index, over in _indices(body, frozenset((value.name,)), setting)
    )


def _indices(term: Term, names: frozenset[str], setting: Setting) -> Iterator[tuple[Term, Term]]:
    """The indices of masses, each with its alphabet, outside of what binds one of the names again."""
    if isinstance(term, Binder) and not names.isdisjoint(term.names):
        return
    if isinstance(term, Mass) and term.marginal.law in setting.scope.laws:
        law = setting.scope.laws[term.marginal.law]
        for variable, value in zip((*term.marginal.of, *term.marginal.given), term.args, strict=False):
            yield value, law.alphabet(variable)
    for part in term.args:
        yield from _indices(part, names, setting)
