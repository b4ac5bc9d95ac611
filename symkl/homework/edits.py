"""Small changes to a side: a sign, a quotient turned over, arguments or laws exchanged, the base of a log, a factor more or less.

What makes a wrong row right with the smallest change is both the suggestion and the wrong part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, islice

from symkl.derivation.places import places, put
from symkl.derivation.step import Place
from symkl.homework.lost_parts import (
    replaced,
    with_complements,
    with_conditions,
    with_conditions_turned,
    with_joint_masses,
    with_logs,
    with_sums,
)
from symkl.language.term import (
    Binder,
    E,
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Quotient,
    RandomVariable,
    Relation,
    Symbol,
    Term,
    Times,
    product_of,
    substitute,
    subterms,
)

MOST_COUNTED = 11
"""A side may be a whole number below this one."""

MOST_EXCHANGED = 6
"""So many pairs of laws, and of numbers, are exchanged."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A side with one part replaced: where, what came of it, and the misconception that it undoes, by its slug."""

    path: tuple[int, ...]
    after: Term
    slug: str = ""


def edits(term: Term, before: Term, base: Term = E) -> Iterator[Edit]:
    """Changes to `term`, the smaller first; `before` is the side that it should be equal to, `base` that of a bare log."""
    for slug, found in _small(term, before, base):
        for path, new in found:
            yield Edit(path, replaced(term, path, new), slug or _of_measure(new))
    for path, part in places(term):
        if not path or isinstance(part, Binder):
            for exchanged in _laws_exchanged(part):
                yield Edit(path, replaced(term, path, exchanged))
    for whole in _other_bases(term, before):
        yield Edit((), whole, "base-mixed")
    yield from _missing(term, before)
    yield from (Edit((), Number(value)) for value in range(MOST_COUNTED))


def _small(term: Term, before: Term, base: Term) -> Iterator[tuple[str, Found]]:
    """The changes of one part, and the slug of the misconception that each of them undoes."""
    yield "quotient-flipped", _turned(term)
    yield "complement-lost", with_complements(term)
    yield "", _reversed(term)
    yield "sign-lost", _signs(term)
    yield "", _all_signs(term)
    yield "", _exchanged(term)
    yield "", _other_variables(term)
    yield "condition-turned", with_conditions_turned(term)
    yield "condition-lost", with_conditions(term, before)
    yield "", _conditions(term)
    yield "joint-as-product", with_joint_masses(term)
    yield "log-lost", with_logs(term, before, base)
    yield "sum-lost", with_sums(term, before)
    yield "", _factors(term)


def _of_measure(new: Term) -> str:
    """The misconception that exchanging the arguments of a measure, or two logs, undoes."""
    match new:
        case Measure("H", ("|",), (RandomVariable(), RandomVariable())):
            return "conditional-of-the-other"
        case Measure("KL", _, _):
            return "kl-symmetric"
        case Plus((Log(), Negation(Log()))):
            return "quotient-flipped"
    return ""


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


def _reversed(term: Term) -> Found:
    """A difference the other way round: of logs and measures first, then those such as 1 - p."""
    found = [(path, part) for path, part in places(term) if isinstance(part, Plus) and len(part.args) == 2]
    for path, part in sorted(found, key=lambda each: any(isinstance(argument, Number) for argument in each[1].args)):
        first, second = part.args
        if isinstance(second, Negation) and not isinstance(first, Negation):
            yield path, Plus(second.argument, Negation(first))


def _all_signs(term: Term) -> Found:
    for path, part in places(term):
        if isinstance(part, Plus):
            yield path, Plus(*(each.argument if isinstance(each, Negation) else Negation(each) for each in part.args))


def _laws_exchanged(term: Term) -> Iterator[Term]:
    """The whole side with two laws, or two numbers, exchanged: sum q log p for sum p log q."""
    marginals = {part.marginal.law: part.marginal for part in subterms(term) if isinstance(part, Mass | Law)}
    for one, other in islice(combinations(marginals.values(), 2), MOST_EXCHANGED):
        yield _with_laws(term, {one.law: other, other.law: one})
    numbers = dict.fromkeys(part for part in subterms(term) if isinstance(part, Symbol))
    for first, second in islice(combinations(numbers, 2), MOST_EXCHANGED):
        yield substitute(term, {first.name: second, second.name: first})


def _with_laws(term: Term, instead: Mapping[str, Marginal]) -> Term:
    if isinstance(term, Mass | Law) and term.marginal.law in instead:
        other = instead[term.marginal.law]
        marginal = replace(term.marginal, law=other.law, letter=other.letter)
        return type(term)(marginal, term.args)
    return term.with_args([_with_laws(argument, instead) for argument in term.args])


def _other_bases(term: Term, before: Term) -> Iterator[Term]:
    """The logs to the base of a log of the side before: one of them, or all."""
    wanted = {part.base: part for part in subterms(before) if isinstance(part, Log)}
    for base, written in wanted.items():
        others = [(path, part) for path, part in places(term) if isinstance(part, Log) and part.base != base]
        changed = {Place(path): Log(part.argument, base, written=written.written) for path, part in others}
        if len(changed) > 1:
            for place, new in changed.items():
                yield put(term, {place: new})
        yield _with_base(term, written)


def _with_base(term: Term, like: Log) -> Term:
    args = [_with_base(argument, like) for argument in term.args]
    return Log(args[0], like.base, written=like.written) if isinstance(term, Log) else term.with_args(args)


def _turned(term: Term) -> Found:
    for path, part in places(term):
        if isinstance(part, Log) and isinstance(part.argument, Quotient):
            yield (*path, 0), Quotient(part.argument.denominator, part.argument.numerator)


def _exchanged(term: Term) -> Found:
    for path, part in places(term):
        if isinstance(part, Measure) and len(part.args) == 2 and not any(isinstance(a, Relation) for a in part.args):
            yield path, part.with_args(reversed(part.args))


def _other_variables(term: Term) -> Found:
    """A measure of another random variable that the side speaks of: H(X) for H(Y)."""
    variables = dict.fromkeys(part for part in subterms(term) if isinstance(part, RandomVariable))
    for path, part in places(term):
        if isinstance(part, Measure) and len(part.args) == 1 and isinstance(part.args[0], RandomVariable):
            for other in variables:
                if other != part.args[0]:
                    yield path, part.with_args([other])


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
                yield path, product_of(rest)
                if len(rest) == 1:
                    yield path, Plus(*part.args)


def _missing(term: Term, before: Term) -> Iterator[Edit]:
    """A factor or a term of the side before that is missing, put back at the top or in one of the terms."""
    factors = [f for _, part in places(before) if isinstance(part, Times) for f in part.args if not isinstance(f, Binder | Log)]
    factors += [Number(2), Quotient(Number(1), Number(2))]
    for factor in list(dict.fromkeys(factors))[:6]:
        if isinstance(term, Plus):
            for k, argument in enumerate(term.args):
                yield Edit((k,), put(term, {Place((k,)): _scaled(factor, argument)}), "factor-lost")
        else:
            yield Edit((), _scaled(factor, term), "factor-lost")
    if isinstance(before, Plus):
        for argument in before.args:
            added = (*term.args, argument) if isinstance(term, Plus) else (term, argument)
            yield Edit((), Plus(*added), "term-lost")


def _scaled(factor: Term, term: Term) -> Term:
    if isinstance(term, Negation):
        return Negation(_scaled(factor, term.argument))
    return Times(factor, *term.args) if isinstance(term, Times) else Times(factor, term)
