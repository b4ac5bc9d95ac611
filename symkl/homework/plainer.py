"""Terms as the judge takes them: what only the notation of students has is written out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from symkl.language.term import (
    Exp,
    Function,
    Log,
    Marginal,
    Mass,
    Power,
    Quotient,
    Relation,
    Sum,
    Term,
    Times,
    difference,
    substitute,
    subterms,
)

EXCEPT = "except"
"""How the reader marks a sum over all values but one."""


def without_exceptions(term: Term) -> Term:
    """Sums over i != k as the whole sum without the summand at k."""
    if not any(isinstance(part, Function) and part.name == EXCEPT for part in subterms(term)):
        return term
    term = term.with_args(map(without_exceptions, term.args))
    if isinstance(term, Sum) and len(term.names) == 1:
        match term.domains[0]:
            case Function("except", (whole, excluded)):
                return difference(Sum(term.names, (whole,), term.body), substitute(term.body, {term.names[0]: excluded}))
    return term


def logged_functions(term: Term) -> frozenset[str]:
    """Unknown functions that a log is taken of, by themselves or as factors: they are positive, or nothing has a value."""
    found: set[str] = set()
    for part in subterms(term):
        if isinstance(part, Log):
            found.update(factor.name for factor in _factors(part.argument) if isinstance(factor, Function))
    return frozenset(found)


def _factors(term: Term) -> list[Term]:
    match term:
        case Times() | Quotient():
            return [factor for argument in term.args for factor in _factors(argument)]
        case Power(base, _):
            return _factors(base)
    return [term]


def as_exponentials(term: Term, names: Collection[str]) -> Term:
    """The term with positive unknown functions written as the exponential of unknown functions."""
    if isinstance(term, Function) and term.name in names:
        return Exp(Function(f"log_{term.name}", term.args))
    return term.with_args([as_exponentials(argument, names) for argument in term.args])


def at_data(term: Term) -> Term:
    """The term with masses at data, p(x_i) for the i-th observation, as positive unknown functions of the index.

    A conditional mass is the quotient of the joint one, so that p(x_i, z) = p(x_i | z) p(z) still holds.
    """
    if isinstance(term, Mass) and any(isinstance(value, Function) for value in term.args):
        marginal = term.marginal
        of, given = marginal.of, marginal.given
        joint = _at_data(Marginal(marginal.law, marginal.letter, marginal.indexed, of + given), term.args)
        if not given:
            return joint
        condition = Marginal(marginal.law, marginal.letter, marginal.indexed, given)
        return Quotient(joint, _at_data(condition, term.args[len(of) :]))
    return term.with_args(map(at_data, term.args))


def loose_data(relation: Term) -> bool:
    """Whether masses at data, taken as unknown functions, may be tied by more than is known of them there.

    They are where an inequality is asked, and where masses of several sets of variables stand beside each other.
    """
    found: dict[str, set[frozenset[str]]] = {}
    for part in subterms(relation):
        if isinstance(part, Mass) and any(isinstance(value, Function) for value in part.args):
            marginal = part.marginal
            pairs = zip(marginal.of + marginal.given, part.args, strict=True)
            observed = {name for name, value in pairs if isinstance(value, Function)}
            sets = found.setdefault(marginal.law, set())
            sets.update(frozenset(names) for names in (marginal.of + marginal.given, marginal.given) if observed & set(names))
    ordered = isinstance(relation, Relation) and relation.operators != ("=",)
    return bool(found) and (ordered or any(len(sets) > 1 for sets in found.values()))


def _at_data(marginal: Marginal, values: Sequence[Term]) -> Term:
    if not any(isinstance(value, Function) for value in values):
        return Mass(marginal, values)
    pairs = sorted(zip(marginal.of, values, strict=True), key=lambda pair: pair[0])
    name = f"log_{marginal.law}_of_{'_'.join(variable for variable, _ in pairs)}"
    places = [value.args if isinstance(value, Function) else (value,) for _, value in pairs]
    return Exp(Function(name, [place for group in places for place in group]))
