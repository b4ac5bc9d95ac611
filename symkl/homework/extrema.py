"""Extrema of what an unstated family of laws makes of a parameter: argmin over theta of the cross-entropy with q_theta.

How q_theta moves with theta is not written, so two functions are compared as functions of every law that may move: least
at the same places where one is a positive multiple of the other up to what does not move, and at opposite ones where the
multiple is negative.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from symkl.errors import SymklError
from symkl.language.term import (
    Extremum,
    Law,
    Log,
    Mass,
    Negation,
    Number,
    Optimum,
    Product,
    Quotient,
    Relation,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    fresh_name,
    law_names,
    substitute,
    subterms,
)
from symkl.theory.facts import Fact
from symkl.theory.setting import Setting

PLACES, GREATEST = ("argmin", "argmax"), ("argmax", "max")
MOST_FACTORS = 6


def moving_laws(term: Term, name: str, known: Setting) -> frozenset[str]:
    """The laws that may change with a parameter called `name`: the law q itself, or q_theta that names theta."""
    laws = law_names(term)
    return frozenset(law for law in laws if law == name or name in re.split(r"[_^]", law)[1:] or _letter(law, known) == name)


def is_parameter(term: Term, name: str, known: Setting) -> bool:
    """Whether a term changes with a parameter by its laws alone: by q_theta, or by q(x|theta) and not by p(theta)."""
    behind = Counter(
        value
        for part in subterms(term)
        if isinstance(part, Mass | Law)
        for value in part.args[len(part.args) - len(part.marginal.given) :]
        if part.marginal.given and value == Value(name)
    )
    everywhere = sum(part in (Value(name), Symbol(name)) for part in subterms(term))
    return bool(behind or moving_laws(term, name, known)) and everywhere == behind[Value(name)]


def spoken(term: Term) -> frozenset[str]:
    """The names of the laws and of the free values and numbers that a term speaks of."""
    laws = law_names(term)
    return frozenset(laws) | free_names(term)


def _letter(law: str, known: Setting) -> str:
    declared = known.scope.laws.get(law)
    return declared.letter if declared is not None else law


def moved(term: Term, name: str, known: Setting) -> tuple[Term, Setting] | None:
    """The term at another value of the parameter, and a setting that knows the laws as they are there.

    None where nothing in it is seen to move.
    """
    laws = moving_laws(term, name, known)
    other = fresh_name(name, free_names(term) | known.scope.numbers)
    widened = {f"other_{law}": replace(known.scope.laws[law], name=f"other_{law}") for law in laws if law in known.scope.laws}
    if not widened and name not in free_names(term):
        return None
    kind: type[Value] | type[Symbol] = Value if any(isinstance(p, Value) and p.name == name for p in subterms(term)) else Symbol
    try:
        elsewhere = substitute(_with_laws(term, laws), {name: kind(other)})
    except SymklError:
        return None
    scope = replace(known.scope, laws={**known.scope.laws, **widened}, numbers=known.scope.numbers | {other})
    about = [fact for fact in known.facts if name in free_names(fact.relation)]
    facts = [Fact(cast(Relation, substitute(fact.relation, {name: kind(other)})), fact.given) for fact in about]
    return elsewhere, replace(known, scope=scope, facts=(*known.facts, *facts))


def _with_laws(term: Term, laws: frozenset[str]) -> Term:
    if isinstance(term, Mass | Law) and term.marginal.law in laws:
        return type(term)(replace(term.marginal, law=f"other_{term.marginal.law}"), term.args)
    return term.with_args([_with_laws(argument, laws) for argument in term.args])


def to_minimise(term: Extremum | Optimum) -> Term:
    """The function that an extremum takes the least place of."""
    return Negation(term.body) if term.kind in GREATEST else term.body


def pairs(one: Extremum | Optimum, other: Extremum | Optimum, positive: Callable[[Term], bool]) -> Iterator[tuple[Term, Term]]:
    """Functions least at the same places as two extrema, to be compared: as they are, by a positive factor, by their logs."""
    left, right = to_minimise(one), to_minimise(other)
    yield left, right
    for factor in filter(positive, _factors(left, right)):
        yield Times(factor, left), right
    if one.kind == other.kind and all(isinstance(each.body, Product | Mass | Times | Quotient) for each in (one, other)):
        yield Log(one.body), Log(other.body)
    for a, b in ((one, other), (other, one)):
        if isinstance(a.body, Product | Mass | Times | Quotient):
            logged = Log(a.body)
            function = Negation(logged) if a.kind in GREATEST else logged
            for factor in (Number(1), *filter(positive, _factors(a.body, to_minimise(b)))):
                yield Times(factor, function), to_minimise(b)


def _factors(*terms: Term) -> list[Term]:
    """Numbers that stand as factors or divisors in front of the terms, and what sums run up to."""
    found: dict[Term, None] = {}
    for term in terms:
        for part in subterms(term):
            match part:
                case Quotient(Number() as top, Number() | Symbol() as bottom):
                    found.update(dict.fromkeys((Quotient(top, bottom), Quotient(bottom, top))))
                case Times((Number() | Symbol() as factor, *_)):
                    found.update(dict.fromkeys((factor, Quotient(Number(1), factor))))
    return list(found)[:MOST_FACTORS]
