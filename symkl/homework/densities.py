"""Densities that a display writes out, h(X) = -int_0^inf w log w dx, and the intervals that they live on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from symkl.homework.compare import PROVED, Comparer
from symkl.homework.integrals import INTERVAL
from symkl.homework.interpretation import Interpretation
from symkl.homework.settings import with_given
from symkl.language.term import (
    Alphabet,
    Expectation,
    Function,
    Integral,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Quotient,
    RandomVariable,
    Symbol,
    Term,
    Times,
    Value,
    product_of,
    substitute,
    subterms,
)


@dataclass(frozen=True, slots=True)
class Density:
    """A density as a term in one value, and the interval outside of which it is zero."""

    name: str
    body: Term
    domain: Term

    def at(self, place: Term) -> Term:
        """The density at a place."""
        return substitute(self.body, {self.name: place})


def ordered_intervals(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """An integral from a to b, and b - a, b_2 - a_2 under logs or bars: a is less than b."""
    parts = [part for term in terms for part in subterms(term)]
    ends = {
        (part.args[0].name, part.args[1].name)
        for part in parts
        if isinstance(part, Function) and part.name == INTERVAL
        if isinstance(part.args[0], Symbol) and isinstance(part.args[1], Symbol)
    }
    ends = {pair for pair in ends if "infinity" not in pair}
    stems = {tuple(name.partition("_")[0] for name in pair) for pair in ends}
    for part in parts:
        match part:
            case Plus((Symbol(high), Negation(Symbol(low)))) if (low.partition("_")[0], high.partition("_")[0]) in stems:
                ends.add((low, high))
    known = current.setting
    for low, high in sorted(ends):
        known = with_given(known, f"{high} > {low}") or known
    if known is not current.setting:
        yield current.then("; ".join(f"{low} < {high}" for low, high in sorted(ends)), known)


def written_densities(current: Interpretation, openings: Sequence[tuple[Term, Term]]) -> Iterator[Interpretation]:
    """The laws whose densities a row writes out, as the row says they are."""
    for left, right in openings:
        found = _written(current, left, right)
        if found and all(_has_total_one(density, Comparer(current.setting)) for density in found.values()):
            write = current.setting.write
            said = "; ".join(f"{law} has the density {write(density.body)}" for law, density in found.items())
            yield current.then(said, None, partial(_with_densities, known=found, variables=_variables(current, found)))


def _written(current: Interpretation, left: Term, right: Term) -> dict[str, Density]:
    negative = isinstance(right, Negation)
    inner = right.argument if isinstance(right, Negation) else right
    if not isinstance(left, Measure) or not isinstance(inner, Integral) or len(inner.names) != 1:
        return {}
    domain, body = inner.domains[0], inner.body
    if not isinstance(domain, Function) or domain.name != INTERVAL or not isinstance(body, Times):
        return {}
    logs = [factor for factor in body.args if isinstance(factor, Log)]
    rest = [factor for factor in body.args if not isinstance(factor, Log)]
    if len(logs) != 1 or not rest:
        return {}
    weight = product_of(rest)
    own, other = _laws(current, left)
    if left.name in ("h", "H") and own and not other and negative and logs[0].argument == weight:
        return {own: Density(inner.names[0], weight, domain)}
    if left.name == "KL" and own and other and not negative:
        match logs[0].argument:
            case Quotient(top, bottom) if top == weight:
                name = inner.names[0]
                return {own: Density(name, weight, domain), other: Density(name, bottom, domain)}
    return {}


def _has_total_one(density: Density, comparer: Comparer) -> bool:
    total = Integral((density.name,), (density.domain,), density.body)
    return comparer.compare("=", total, Number(1)).verdict == PROVED


def _laws(current: Interpretation, measure: Measure) -> tuple[str, str]:
    names = [
        part.marginal.law
        if isinstance(part, Law)
        else current.setting.scope.variables.get(part.name, "")
        if isinstance(part, RandomVariable)
        else ""
        for part in measure.args
    ]
    return names[0] if names else "", names[1] if len(names) > 1 else ""


def _variables(current: Interpretation, laws: Mapping[str, Density]) -> dict[str, str]:
    return {variable: law for variable, law in current.setting.scope.variables.items() if law in laws}


def _with_densities(term: Term, known: Mapping[str, Density], variables: Mapping[str, str]) -> Term:
    args = [_with_densities(argument, known, variables) for argument in term.args]
    match term:
        case Expectation((name,), (Law(marginal, ()),), _) if marginal.law in known:
            density = known[marginal.law]
            return Integral((name,), (density.domain,), Times(density.at(Value(name)), args[-1]))
        case Integral((name,), (Alphabet(),), Times(factors)):
            for factor in factors:
                if isinstance(factor, Mass) and factor.marginal.law in known and factor.args == (Value(name),):
                    density = known[factor.marginal.law]
                    return Integral((name,), (density.domain,), _masses_written(args[-1], known))
        case Mass(marginal, (Value() as place,)) if marginal.law in known and not marginal.given:
            return known[marginal.law].at(place)
        case Measure("h" | "H", _, (RandomVariable(variable),)) if variable in variables:
            density = known[variables[variable]]
            return Negation(Integral((density.name,), (density.domain,), Times(density.body, Log(density.body))))
        case Measure("KL", _, (Law(own, ()), Law(other, ()))) if own.law in known and other.law in known:
            one, two = known[own.law], known[other.law]
            ratio = Log(Quotient(one.body, two.at(Value(one.name))))
            return Integral((one.name,), (one.domain,), Times(one.body, ratio))
    return term.with_args(args)


def _masses_written(term: Term, known: Mapping[str, Density]) -> Term:
    if isinstance(term, Mass) and term.marginal.law in known and len(term.args) == 1:
        return known[term.marginal.law].at(term.args[0])
    return term.with_args([_masses_written(argument, known) for argument in term.args])
