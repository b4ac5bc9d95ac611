"""Laws that rows take for normal without saying so: KL(q || p) = log(sigma_p/sigma_q) + ..., with mu_q, sigma_q for q.

Their divergences and entropies become closed forms, the logs of their densities quadratic, and means of polynomials
their moments. Means are exact up to degree three: E f(x) = f(m) + s^2/2 (f(m+1) - 2 f(m) + f(m-1)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from symkl.homework.interpretation import Interpretation
from symkl.language.term import (
    Alphabet,
    Constant,
    E,
    Expectation,
    Integral,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Power,
    Quotient,
    RandomVariable,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    difference,
    free_names,
    product_of,
    signed,
    substitute,
    subterms,
)
from symkl.theory.closed_forms import closed_forms

EXACT_DEGREE = 3


@dataclass(frozen=True, slots=True)
class Normal:
    """A mean and a deviation."""

    mean: Term
    deviation: Term


def normals(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """The laws of a display as normal ones, where means mu and deviations sigma are named after them."""
    names = {part.name for term in terms for part in subterms(term) if isinstance(part, Symbol)}
    laws = _laws_in_order(current, terms)
    if current.setting.scope.log_base != E or not 1 <= len(laws) <= 2 or not any(name.startswith("sigma") for name in names):
        return
    numbered = {law: f"_{k}" for k, law in enumerate(laws, 1)}
    for suffixes in ({law: f"_{law}" for law in laws}, numbered, {laws[0]: ""}):
        named = {
            law: Normal(Symbol(f"mu{end}"), Symbol(f"sigma{end}")) for law, end in suffixes.items() if f"sigma{end}" in names
        }
        if laws[0] not in named:
            continue
        known = {law: named.get(law, STANDARD) for law in laws}
        yield _taken(current, known, {})
        if len(laws) == 2 and known[laws[1]] != STANDARD:
            end = suffixes[laws[1]]
            values = {f"mu{end}": STANDARD.mean, f"sigma{end}": STANDARD.deviation}
            yield _taken(current, {**known, laws[1]: STANDARD}, values)


STANDARD = Normal(Number(0), Number(1))


def _taken(current: Interpretation, known: Mapping[str, Normal], values: Mapping[str, Term]) -> Interpretation:
    write = current.setting.write
    said = "; ".join(f"{law} is normal with mean {write(n.mean)} and deviation {write(n.deviation)}" for law, n in known.items())
    variables = {v: law for law in known for v in current.setting.scope.laws[law].variables[:1]}
    return current.then(said, None, partial(_worked_out, known=known, variables=variables, values=values))


def _laws_in_order(current: Interpretation, terms: Sequence[Term]) -> list[str]:
    """The laws of one variable that the rows speak of, those of a divergence in its order."""
    found: dict[str, None] = {}
    marginals = {part.marginal for term in terms for part in subterms(term) if isinstance(part, Law | Mass)}
    if len({(each.law, each.of, each.given) for each in marginals}) > len({each.law for each in marginals}):
        # f_X beside f_Y, or p(x) beside p(x|y): two laws under one letter.
        return []
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Law | Mass) and len(part.marginal.of) == 1 and not part.marginal.indexed:
                found[part.marginal.law] = None
            elif isinstance(part, RandomVariable) and part.name in current.setting.scope.variables:
                found[current.setting.scope.variables[part.name]] = None
    return list(found)


def _worked_out(term: Term, known: Mapping[str, Normal], variables: Mapping[str, str], values: Mapping[str, Term]) -> Term:
    if isinstance(term, Measure):
        found = _measure(term, known, variables)
        if found is not None:
            return found
    args = [_worked_out(argument, known, variables, values) for argument in term.args]
    again = term.with_args(args)
    if isinstance(again, Symbol):
        return values.get(again.name, again)
    if isinstance(again, Log) and isinstance(again.argument, Mass) and again.argument.marginal.law in known:
        return _log_density(known[again.argument.marginal.law], again.argument.args[0])
    if isinstance(again, Expectation | Integral | Sum) and len(again.names) == 1:
        return _mean(again, known) or again
    return again


def _measure(term: Measure, known: Mapping[str, Normal], variables: Mapping[str, str]) -> Term | None:
    names = [
        a.marginal.law if isinstance(a, Law) else variables.get(a.name, "") if isinstance(a, RandomVariable) else ""
        for a in term.args
    ]
    if not all(name in known for name in names) or set(term.separators) - {"||", ","}:
        return None
    form = next(form for form in closed_forms()["N"] if form.slug == "normal-deviation")
    own = [(known[name].mean, known[name].deviation) for name in names]
    divergence = form.divergence(own[0], own[-1])
    if term.name == "KL" and len(own) == 2:
        return divergence
    entropy = form.entropy_at(own[0])
    if term.name not in ("H", "h") or entropy is None or len(own) > 2:
        return None
    return entropy if len(own) == 1 else Plus(entropy, divergence)


def _log_density(normal: Normal, at: Term) -> Term:
    squared = Power(difference(at, normal.mean), Number(2))
    variance = Power(normal.deviation, Number(2))
    scale = Quotient(Log(Times(Number(2), Constant("pi"), variance)), Number(2))
    return difference(Negation(Quotient(squared, Times(Number(2), variance))), scale)


def _mean(term: Expectation | Integral | Sum, known: Mapping[str, Normal]) -> Term | None:
    """The mean of a polynomial under a normal law; None for anything else."""
    name, body = term.names[0], term.body
    if isinstance(term, Expectation):
        law = term.domains[0].marginal.law if isinstance(term.domains[0], Law) else ""
    elif not isinstance(term.domains[0], Alphabet):
        # Over a part of the line, from 0 to infinity, this is no mean.
        return None
    else:
        factors = body.args if isinstance(body, Times) else (body,)
        weights = [f for f in factors if isinstance(f, Mass) and f.marginal.law in known and f.args[:1] == (Value(name),)]
        if len(weights) != 1:
            return None
        law = weights[0].marginal.law
        rest = [factor for factor in factors if factor is not weights[0]]
        body = product_of(rest)
    degree = _degree(body, name)
    if law not in known or degree is None or degree > EXACT_DEGREE:
        return None
    mean, deviation = known[law].mean, known[law].deviation
    at = [substitute(body, {name: Plus(mean, signed(k)) if k else mean}) for k in (1, 0, -1)]
    curvature = Plus(at[0], Negation(Times(Number(2), at[1])), at[2])
    return Plus(at[1], Times(Quotient(Power(deviation, Number(2)), Number(2)), curvature))


def _degree(term: Term, name: str) -> int | None:
    """The degree of a polynomial in a name; None where it is no polynomial in it."""
    if name not in free_names(term):
        return 0
    match term:
        case Value():
            return 1
        case Plus() | Negation():
            found = [_degree(argument, name) for argument in term.args]
            return None if None in found else max(each for each in found if each is not None)
        case Times():
            found = [_degree(argument, name) for argument in term.args]
            return None if None in found else sum(each for each in found if each is not None)
        case Quotient(top, bottom) if name not in free_names(bottom):
            return _degree(top, name)
        case Power(base, Number(value)) if value.denominator == 1 and value > 0:
            inner = _degree(base, name)
            return None if inner is None else inner * int(value)
    return None
