"""What a row of a chain introduces in passing: the rest of a sum under a name, a name for a part, a constant, a label.

Such a row claims nothing of the name, which is known below; everything else in it has to be as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from symkl.errors import SymklError
from symkl.homework.compare import PROVED, Comparer, Definition
from symkl.homework.constants import CONSTANTS, summands
from symkl.language.term import (
    Binder,
    Derivative,
    Exp,
    Expectation,
    Function,
    Integral,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    substitute,
    subterms,
    sum_of,
)

MOST_TERMS, MOST_PARTS = 5, 40
_COMPOUND = (Plus, Times, Quotient, Power, Exp, Log, Sum, Product, Integral, Expectation, Measure)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A name that a row introduces, and what it stands for."""

    definition: Definition
    says: str


def introduction(before: Term, after: Term, new: Collection[str], comparer: Comparer) -> Introduction | None:
    """The name among `new` ones that the side after introduces beside what the side before has, if it is that."""
    heads = _heads(after, frozenset(new) - set(CONSTANTS))
    if len(heads) != 1:
        return None
    head = heads.pop()
    body = _rest(before, after, head, comparer) or _part(before, after, head, comparer)
    if body is None:
        return None
    write = comparer.setting.write
    return Introduction(Definition(head, body), f"{write(head)} is introduced, for {write(body)}")


def _heads(term: Term, new: Collection[str]) -> set[Term]:
    """The new names that a term speaks of; of a new function not what it is a function of."""
    match term:
        case Symbol(name) | Function(name, _) if name in new:
            return {term}
        case Mass(marginal, (Value(),)) if marginal.law in new:
            return {term}
    return {head for argument in term.args for head in _heads(argument, new)}


def _rest(before: Term, after: Term, head: Term, comparer: Comparer) -> Term | None:
    """L in after = L + B, where before = A + B: the terms A that are left."""
    terms, others = summands(before), summands(after)
    own = [term for term in others if term in (head, Negation(head))]
    others = [term for term in others if term not in own]
    if len(own) != 1 or not others or not 1 < len(terms) <= MOST_TERMS or any(_speaks_of(term, head) for term in others):
        return None
    wanted = sum_of(others)
    forms = comparer.normal_forms()
    for size in range(1, len(terms)):
        for kept in combinations(range(len(terms)), size):
            same = sum_of([terms[k] for k in kept])
            if forms.may_be_equal(same, wanted) and comparer.compare("=", same, wanted).verdict == PROVED:
                rest = sum_of([terms[k] for k in range(len(terms)) if k not in kept])
                return Negation(rest) if isinstance(own[0], Negation) else rest
    return None


def _speaks_of(term: Term, head: Term) -> bool:
    return any(part == head for part in subterms(term))


def _part(before: Term, after: Term, head: Term, comparer: Comparer) -> Term | None:
    """S in after = before with S written under a name."""
    if isinstance(head, Function):
        return None
    bound = {name for part in subterms(after) if isinstance(part, Binder) for name in part.names}
    if free_names(head) & bound:
        return None
    forms = comparer.normal_forms()
    for part in _closed_parts(before):
        try:
            written = _written_out(after, head, part)
        except SymklError:
            continue
        if forms.may_be_equal(before, written) and comparer.compare("=", before, written).verdict == PROVED:
            return part
    return None


def _closed_parts(term: Term) -> Iterator[Term]:
    """The compound parts of a term that speak of nothing bound in it."""
    free = free_names(term)
    found = dict.fromkeys(
        part for part in subterms(term) if isinstance(part, _COMPOUND) and part != term and free_names(part) <= free
    )
    yield from list(found)[:MOST_PARTS]


def _written_out(term: Term, head: Term, body: Term) -> Term:
    if isinstance(head, Symbol):
        return substitute(term, {head.name: body})
    if term == head:
        return body
    return term.with_args([_written_out(argument, head, body) for argument in term.args])


# Derivatives


def differentiated(left: Term, right: Term) -> Definition | None:
    """What dL/dz = d/dz(...) says of L: that it is what is differentiated."""
    if not isinstance(left, Derivative) or not isinstance(left.body, Symbol | Mass | Function):
        return None
    negative = isinstance(right, Negation)
    inner = right.argument if isinstance(right, Negation) else right
    if not isinstance(inner, Derivative) or inner.variable != left.variable or _speaks_of(inner.body, left.body):
        return None
    return Definition(left.body, Negation(inner.body) if negative else inner.body)


# Labels


def one_hot(before: Term, after: Term, comparer: Comparer) -> str | None:
    """What says that a vector is 1 at one index and 0 elsewhere: its sum becomes the summand at that index."""
    free = sorted(free_names(after) - free_names(before))
    if len(free) != 1:
        return None
    for part in subterms(before):
        if isinstance(part, Sum) and len(part.names) == 1:
            index = part.names[0]
            for label in {p.marginal.law for p in subterms(part.body) if isinstance(p, Mass) and p.args == (Value(index),)}:
                at = _at_label(before, label, index, free[0])
                if at is not None and comparer.compare("=", at, after).verdict == PROVED:
                    return f"says that {label} is 1 at {free[0]} and 0 elsewhere"
    return None


def _at_label(term: Term, label: str, index: str, at: str) -> Term | None:
    """The term with the sum over an index taken at one value, where the vector's entry is 1."""
    match term:
        case Sum((name,), _, body) if name == index:
            entries = [part for part in subterms(body) if isinstance(part, Mass) and part.marginal.law == label]
            if len(set(entries)) != 1 or any(_speaks_of(log, entries[0]) for log in subterms(body) if isinstance(log, Log)):
                return None
            return substitute(_written_out(body, entries[0], Number(1)), {index: Value(at)})
        case Negation(inner):
            found = _at_label(inner, label, index, at)
            return None if found is None else Negation(found)
    return None
