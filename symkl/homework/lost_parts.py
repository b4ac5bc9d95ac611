"""Small changes that put back what was lost, or exchange what was taken for another: a log, a sum, a condition, a joint mass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symkl.derivation.places import places, put
from symkl.derivation.step import Place
from symkl.language.term import (
    Alphabet,
    Integral,
    Log,
    Mass,
    Negation,
    Number,
    Plus,
    Quotient,
    Sum,
    Term,
    Times,
    Value,
    difference,
    free_names,
    subterms,
)

Found = Iterator[tuple[tuple[int, ...], Term]]

MOST_SUMS = 4
"""So many of the sums of the side before are put back."""


def with_logs(term: Term, before: Term, base: Term) -> Found:
    """A factor, or what the side before takes the log of, as its log."""
    known = {part.argument: part for part in subterms(before) if isinstance(part, Log) and part.argument != Number(1)}
    for path, part in places(term):
        if part in known:
            yield path, known[part]
        elif isinstance(part, Times) and not any(isinstance(factor, Log) for factor in part.args):
            for k, factor in reversed(list(enumerate(part.args))):
                if isinstance(factor, Quotient | Mass | Plus):
                    yield (*path, k), Log(factor, base)


def with_sums(term: Term, before: Term) -> Found:
    """A term over values that nothing binds, under a sum or an integral of the side before, or under a sum over them."""
    binders: list[Sum | Integral] = [part for part in subterms(before) if isinstance(part, Sum | Integral)]
    values = {value.name: name for part in subterms(term) if isinstance(part, Mass) for name, value in _named(part)}
    free = [name for name in values if name in free_names(term)]
    if free:
        binders.append(Sum(tuple(free), tuple(Alphabet(values[name]) for name in free), term))
    terms = list(enumerate(term.args)) if isinstance(term, Plus) else [(None, term)]
    for binder in list(dict.fromkeys(binders))[:MOST_SUMS]:
        for k, part in terms:
            inner = part.argument if isinstance(part, Negation) else part
            if set(binder.names) & free_names(inner):
                summed: Term = type(binder)(binder.names, binder.domains, inner)
                whole = Negation(summed) if isinstance(part, Negation) else summed
                yield ((k,) if k is not None else ()), whole


def _named(mass: Mass) -> Iterator[tuple[str, Value]]:
    """The variables of a mass that have values by name, and these."""
    for name, value in zip((*mass.marginal.of, *mass.marginal.given), mass.args, strict=True):
        if isinstance(value, Value):
            yield name, value


def with_conditions_turned(term: Term) -> Found:
    """p(y|x) for p(x|y)."""
    for path, part in places(term):
        if isinstance(part, Mass) and part.marginal.given:
            of, given = part.marginal.of, part.marginal.given
            turned = replace(part.marginal, of=given, given=of)
            yield path, Mass(turned, (*part.args[len(of) :], *part.args[: len(of)]))


def with_conditions(term: Term, before: Term) -> Found:
    """p(y|x) for p(y), where a mass of the two stands beside it or in the side before."""
    masses = [part for side in (term, before) for part in subterms(side) if isinstance(part, Mass) and len(part.args) == 2]
    for path, part in places(term):
        if isinstance(part, Mass) and not part.marginal.given and len(part.args) == 1:
            for beside in dict.fromkeys(masses):
                names = (*beside.marginal.of, *beside.marginal.given)
                if beside.marginal.law == part.marginal.law and part.marginal.of[0] in names:
                    other = 1 - names.index(part.marginal.of[0])
                    given = replace(part.marginal, given=(names[other],))
                    yield path, Mass(given, (part.args[0], beside.args[other]))


def with_joint_masses(term: Term) -> Found:
    """p(x,y) for p(x) p(y)."""
    for path, part in places(term):
        if isinstance(part, Times):
            single = [k for k, f in enumerate(part.args) if isinstance(f, Mass) and len(f.args) == 1 and not f.marginal.given]
            if len(single) == 2:
                one, other = (part.args[k] for k in single)
                if isinstance(one, Mass) and isinstance(other, Mass) and one.marginal.law == other.marginal.law:
                    of = (*one.marginal.of, *other.marginal.of)
                    joint = Mass(replace(one.marginal, of=of), (*one.args, *other.args))
                    rest = [factor for k, factor in enumerate(part.args) if k not in single]
                    yield path, Times(joint, *rest) if rest else joint


def with_complements(term: Term) -> Found:
    """log(1 - a) for log a, and log a for log(1 - a)."""
    for path, part in places(term):
        if isinstance(part, Log) and not isinstance(part.argument, Quotient | Number):
            match part.argument:
                case Plus((Number(), Negation(inner))) if part.argument.args[0] == Number(1):
                    yield (*path, 0), inner
                case argument:
                    yield (*path, 0), difference(Number(1), argument)


def replaced(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The term with a part replaced."""
    return put(term, {Place(path): new}) if path else new
