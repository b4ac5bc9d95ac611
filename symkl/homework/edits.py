"""Small changes to a side: a sign, a quotient turned over, arguments exchanged, a factor or a term more or less.

What makes a wrong row right with the smallest change is both the suggestion and the wrong part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symkl.derivation.places import places, put
from symkl.derivation.step import Place
from symkl.language.term import (
    Binder,
    Log,
    Marginal,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Quotient,
    Relation,
    Term,
    Times,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A side with one part replaced: where, and what came of it."""

    path: tuple[int, ...]
    after: Term


def edits(term: Term, before: Term) -> Iterator[Edit]:
    """Changes to `term`, the smaller first; `before` is the side that it should be equal to."""
    for find in (_turned, _signs, _exchanged, _conditions, _factors):
        for path, new in find(term):
            yield Edit(path, put(term, {Place(path): new}) if path else new)
    yield from _missing(term, before)


Found = Iterator[tuple[tuple[int, ...], Term]]


def _signs(term: Term) -> Found:
    for path, part in places(term):
        if isinstance(part, Negation):
            yield path, part.argument
        elif isinstance(part, Plus):
            for k, argument in enumerate(part.args):
                if not isinstance(argument, Negation):
                    yield (*path, k), Negation(argument)
    if not isinstance(term, Negation | Plus):
        yield (), Negation(term)


def _turned(term: Term) -> Found:
    for path, part in places(term):
        if isinstance(part, Log) and isinstance(part.argument, Quotient):
            yield (*path, 0), Quotient(part.argument.denominator, part.argument.numerator)


def _exchanged(term: Term) -> Found:
    for path, part in places(term):
        if isinstance(part, Measure) and len(part.args) == 2 and not any(isinstance(a, Relation) for a in part.args):
            yield path, part.with_args(reversed(part.args))


def _conditions(term: Term) -> Found:
    """A conditional mass as the joint one, and the other way round."""
    for path, part in places(term):
        if isinstance(part, Mass) and part.marginal.given:
            yield path, joint_mass(part)
        elif isinstance(part, Measure) and "|" in part.separators:
            at = part.separators.index("|")
            yield path, Measure(part.name, part.args[: at + 1], part.separators[:at])


def joint_mass(mass: Mass) -> Mass:
    """p(x,y) of p(y|x)."""
    marginal = mass.marginal
    return Mass(Marginal(marginal.law, marginal.letter, marginal.indexed, marginal.of + marginal.given), mass.args)


def _factors(term: Term) -> Found:
    for path, part in places(term):
        if isinstance(part, Times) and len(part.args) > 1:
            for k in range(len(part.args)):
                rest = part.args[:k] + part.args[k + 1 :]
                yield path, rest[0] if len(rest) == 1 else Times(*rest)
                if len(rest) == 1:
                    yield path, Plus(*part.args)


def _missing(term: Term, before: Term) -> Iterator[Edit]:
    """A factor or a term of the side before that is missing, put back at the top or in one of the terms."""
    factors = [f for _, part in places(before) if isinstance(part, Times) for f in part.args if not isinstance(f, Binder | Log)]
    factors += [Number(2), Quotient(Number(1), Number(2))]
    for factor in list(dict.fromkeys(factors))[:6]:
        if isinstance(term, Plus):
            for k, argument in enumerate(term.args):
                yield Edit((k,), put(term, {Place((k,)): _scaled(factor, argument)}))
        else:
            yield Edit((), _scaled(factor, term))
    if isinstance(before, Plus):
        for argument in before.args:
            added = (*term.args, argument) if isinstance(term, Plus) else (term, argument)
            yield Edit((), Plus(*added))


def _scaled(factor: Term, term: Term) -> Term:
    if isinstance(term, Negation):
        return Negation(_scaled(factor, term.argument))
    return Times(factor, *term.args) if isinstance(term, Times) else Times(factor, term)
