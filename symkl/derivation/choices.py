"""Rules of an expansion that need a choice: which values of a mass come first, which factor goes under a sum.

Each function takes a term and the context and makes one rewrite, or none where the rule has nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from symkl.derivation.canonical import expanded, from_polynomial
from symkl.derivation.computed import compute
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_to
from symkl.derivation.places import at, places
from symkl.derivation.polynomial import fraction
from symkl.derivation.step import Application, Bound, Place, Rewrite
from symkl.derivation.strategy import find
from symkl.errors import Rejection
from symkl.language.plain_writer import write_plain
from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    Alphabet,
    Binder,
    Constant,
    Integral,
    Log,
    Marginal,
    Mass,
    Negation,
    Number,
    Plus,
    Quotient,
    Sum,
    Term,
    Times,
    Value,
    free_names,
)
from symkl.theory.independence import independent, stated_independences
from symkl.theory.rules import rule
from symkl.theory.setting import Setting

Choice = Callable[[Term, Context], Rewrite | None]


def under_binder(term: Term, found: Sequence[Application]) -> list[Application]:
    """The applications that lie in the body of a sum or integral, and in no log there.

    A sum that is a factor has to contain a bound value; one that does not goes in front whole.
    """
    return [one for one in found if _varies(term, one)]


def _varies(term: Term, application: Application) -> bool:
    bound: set[str] = set()
    for number in application.place.path:
        if isinstance(term, Log):
            return False
        if isinstance(term, Sum | Integral) and number == len(term.args) - 1:
            bound.update(term.names)
        term = term.args[number]
    factors = at(term, Place((), application.place.run)).args
    return bool(bound) and all(bound & free_names(factor) for factor in factors if isinstance(factor, Plus))


# Sums and numbers


def _expand(term: Term, context: Context) -> Rewrite | None:
    """Multiply the body of a sum out where the plain distributive rules have left a product of sums."""
    for path, part in places(term):
        if isinstance(part, Sum | Integral) and not any(isinstance(inner, Binder) for _, inner in places(part.body)):
            target = expanded(part.body)
            if target is not None and isinstance(target, Plus) and target != part.body:
                place = Place((*path, len(part.args) - 1))
                if len(target.args) > len(part.body.args) or not isinstance(part.body, Plus):
                    return rewrite_to("rearrange", term, target, context, place)
    return None


def _sign_before_sum(term: Term, context: Context) -> Rewrite | None:
    """The sign of a sum that is a factor under a sum goes in front of the product."""
    known = rule("product-sign")
    bodies = {path for path, part in places(term) if isinstance(part, Times) and any(map(_is_negative_sum, part.args))}
    found = [one for one in under_binder(term, find(known, term, context, False, {})) if one.place.path in bodies]
    return apply_at(known, term, found, context) if found else None


def _is_negative_sum(term: Term) -> bool:
    return isinstance(term, Negation) and isinstance(term.argument, Sum | Integral)


def _one_fraction(term: Term, context: Context) -> Rewrite | None:
    """A sum with a fraction in it, under a log, is brought over one denominator."""
    found = []
    for path, part in places(term):
        if isinstance(part, Log) and isinstance(part.argument, Plus):
            target = _as_quotient(part.argument)
            if target is not None:
                found.append(Application(Place((*path, 0)), {"to": target}))
    return apply_at(rule("fractions"), term, found, context) if found else None


def _as_quotient(term: Plus) -> Term | None:
    if not any(isinstance(part, Quotient) for part in (*term.args, *(a for t in term.args for a in t.args))):
        return None
    form = fraction(term)
    above, below = from_polynomial(form.above), from_polynomial(form.below)
    return None if above is None or below is None or isinstance(below, Number) else Quotient(above, below)


def _log_of_number(term: Term, context: Context) -> Rewrite | None:
    """Write a rational under a log as the quotient that it is, so that the log of a quotient applies."""
    found = []
    for path, part in places(term):
        if isinstance(part, Log) and isinstance(part.argument, Number) and part.argument.value.denominator > 1:
            value = part.argument.value
            target = Quotient(Number(value.numerator), Number(value.denominator))
            found.append(Application(Place((*path, 0)), {"to": target}))
    return apply_at(rule("rearrange"), term, found, context) if found else None


def _change_of_base(term: Term, context: Context) -> Rewrite | None:
    """Bring every log to the natural base."""
    known = rule("change-of-base")
    found = [one for one in find(known, term, context, False, {}) if not _natural(term, one)]
    return apply_at(known, term, found, context) if found else None


def _natural(term: Term, application: Application) -> bool:
    for number in application.place.path:
        term = term.args[number]
    return isinstance(term, Log) and isinstance(term.base, Constant)


def _factor_into_sum(term: Term, context: Context) -> Rewrite | None:
    """A factor of an inner sum goes under it, so that the sums can be merged."""
    known = rule("factor-into-sum")
    found = [one for one in under_binder(term, find(known, term, context, False, {})) if _has_others(one)]
    return apply_at(known, term, found, context) if found else None


def _has_others(application: Application) -> bool:
    return any(application.binding.get(name) != () for name in ("as", "bs"))


def _in_order(term: Term, context: Context) -> Rewrite | None:
    """A sum over two values takes them in the order of their alphabets' names."""
    known = rule("sum-order")
    found = [one for one in find(known, term, context, False, {}) if _out_of_order(at(term, one.place))]
    return apply_at(known, term, found, context) if found else None


def _out_of_order(term: Term) -> bool:
    return isinstance(term, Sum) and write_plain(term.domains[0]) > write_plain(term.domains[1])


# Masses under logs


First = Callable[[Mass, Context], tuple[Term, ...] | None]
"""Which values of a mass come first, where a rule of masses is to be used on it."""

Masses = Callable[[Term], Iterator[tuple[tuple[int, ...], Mass]]]


def on_masses(name: str, term: Term, context: Context, choose: First, masses: Masses) -> Rewrite | None:
    """The rewrite of a rule of masses at those for which values are chosen, or None where there are none."""
    found = []
    for path, mass in masses(term):
        first = choose(mass, context)
        if first is not None:
            binding: Mapping[str, Bound] = {"first": first}
            found.append(Application(Place(path), binding))
    return apply_at(rule(name), term, found, context) if found else None


def masses_in_logs(term: Term) -> Iterator[tuple[tuple[int, ...], Mass]]:
    """The masses under logs, each with its path."""
    pending: list[tuple[tuple[int, ...], Term, bool]] = [((), term, False)]
    while pending:
        path, part, inside = pending.pop()
        if isinstance(part, Mass) and inside:
            yield path, part
        inside = inside or isinstance(part, Log)
        pending.extend(((*path, number), inner, inside) for number, inner in reversed(list(enumerate(part.args))))


def all_masses(term: Term) -> Iterator[tuple[tuple[int, ...], Mass]]:
    """The masses of a term, each with its path."""
    yield from ((path, part) for path, part in places(term) if isinstance(part, Mass))


def _independence(term: Term, context: Context) -> Rewrite | None:
    """Drop conditions that a mass does not depend on, and split masses of independent variables."""
    return on_masses("independence", term, context, _splits, masses_in_logs)


def _splits(mass: Mass, context: Context) -> tuple[Term, ...] | None:
    return _forgotten(mass, context) or _independent_first(mass, context)


def _forgotten(mass: Mass, context: Context) -> tuple[Term, ...] | None:
    """The values behind the bar that the mass does not depend on."""
    of = frozenset(mass.marginal.of)
    behind = list(zip(mass.marginal.given, mass.args[len(mass.marginal.of) :], strict=True))
    for size in range(len(behind), 0, -1):
        for chosen in combinations(behind, size):
            dropped = frozenset(name for name, _ in chosen)
            if independent(of, dropped, frozenset(mass.marginal.given) - dropped, context.setting):
                return tuple(value for _, value in chosen)
    return None


def _conditional_mass(term: Term, context: Context) -> Rewrite | None:
    """A conditional mass as a quotient, unless it is one that independence splits."""
    known = rule("conditional-mass")
    found = [one for one in find(known, term, context, False, {}) if _independent_first(_mass_at(term, one), context) is None]
    return apply_at(known, term, found, context) if found else None


def _mass_at(term: Term, application: Application) -> Mass:
    found = at(term, application.place)
    return found if isinstance(found, Mass) else Mass(Marginal("", "", False, ()), ())


def _independent_first(mass: Mass, context: Context) -> tuple[Term, ...] | None:
    pairs = list(zip(mass.marginal.of, mass.args, strict=False))
    condition = frozenset(mass.marginal.given)
    for size in range(1, len(pairs)):
        for chosen in combinations(pairs, size):
            left = frozenset(name for name, _ in chosen)
            right = frozenset(name for name, _ in pairs) - left
            if independent(left, right, condition, context.setting):
                return tuple(value for _, value in chosen)
    return None


def _condition(term: Term, context: Context) -> Rewrite | None:
    """Bring a joint mass into the form that a conditional independence speaks of."""
    return on_masses("condition", term, context, _condition_first, masses_in_logs)


def _condition_first(mass: Mass, context: Context) -> tuple[Term, ...] | None:
    names = frozenset(mass.marginal.of)
    for left, right, behind in stated_independences(context.setting):
        if behind and behind < names and names & left and names & right and not mass.marginal.given:
            return tuple(value for name, value in zip(mass.marginal.of, mass.args, strict=False) if name in behind)
    return None


def conditional_marginals(*terms: Term) -> tuple[Marginal, ...]:
    """The conditional laws whose masses stand under logs of the terms, each once, in order."""
    found = (mass.marginal for term in terms for _, mass in masses_in_logs(term))
    return tuple(dict.fromkeys(marginal for marginal in found if marginal.given))


def towards(targets: Sequence[Marginal], masses: Masses = masses_in_logs) -> Choice:
    """The product rule, used where it brings a conditional mass in that the other side of the identity speaks of."""

    def first(mass: Mass, context: Context) -> tuple[Term, ...] | None:
        law = context.setting.scope.laws.get(mass.marginal.law)
        return None if law is None else _first_for(mass, targets, law, context)

    return lambda term, context: on_masses("condition", term, context, first, masses)


def split_everywhere(term: Term, context: Context) -> Rewrite | None:
    """Independence used on every mass, under a log or not."""
    return on_masses("independence", term, context, _splits, all_masses)


def sum_over(names: Sequence[str], domains: Sequence[Term]) -> Choice:
    """A mass as the sum of the joint mass over values that the other side sums over."""

    def summed(term: Term, context: Context) -> Rewrite | None:
        if not isinstance(term, Mass):
            return None
        law = context.setting.scope.laws.get(term.marginal.law)
        new = [(domain.name, Value(name)) for name, domain in zip(names, domains, strict=True) if isinstance(domain, Alphabet)]
        have = dict(zip(term.marginal.of, term.args, strict=False))
        if law is None or term.marginal.given or len(new) < len(names) or have.keys() & dict(new).keys():
            return None
        at = {**have, **dict(new)}
        ordered = law.in_order(at)
        if len(ordered) < len(at):
            return None
        joint = Sum(names, domains, Mass(law.marginal(ordered), (at[name] for name in ordered)))
        return apply_at(rule("marginalise"), term, [Application(Place(), {"from": joint})], context, backward=True)

    return summed


def _first_for(mass: Mass, targets: Sequence[Marginal], law: LawDeclaration, context: Context) -> tuple[Term, ...] | None:
    own = mass.marginal
    for target in targets:
        before = tuple(name for name in own.of if name not in target.of)
        after = tuple(name for name in own.of if name in target.of)
        if before and after and after == target.of and _leads_to(law.marginal(after, (*before, *own.given)), target, context):
            return tuple(value for name, value in zip(own.of, mass.args, strict=False) if name in before)
    return None


def _leads_to(made: Marginal, target: Marginal, context: Context) -> bool:
    """Whether a conditional law is the target, or is once what it does not depend on has left the condition."""
    if made == target or made.law != target.law or not set(target.given) < set(made.given):
        return made == target
    rest = frozenset(made.given) - frozenset(target.given)
    return independent(frozenset(made.of), rest, frozenset(target.given), context.setting)


def stated_marginals(setting: Setting) -> tuple[Marginal, ...]:
    """The conditional laws that the givens of independence speak of: of a Markov chain the future, given the present."""
    found: dict[Marginal, None] = {}
    for _, future, present in stated_independences(setting):
        for law in setting.scope.laws.values():
            names = map(law.in_order, (future, present))
            of, given = names
            if present and len(given) == len(present) and len(of) == len(future):
                found[law.marginal(of, given)] = None
    return tuple(found)


def _join(term: Term, context: Context) -> Rewrite | None:
    """The product rule from right to left: a mass and a conditional mass side by side are a joint mass."""
    found: list[Application] = []
    for path, part in places(term):
        if isinstance(part, Times):
            found.extend(_joined_neighbours(path, part, context))
    return apply_at(rule("condition"), term, found[:1], context, backward=True) if found else None


def _joined_neighbours(path: tuple[int, ...], product: Times, context: Context) -> Iterator[Application]:
    for k, (before, after) in enumerate(zip(product.args, product.args[1:], strict=False)):
        if not isinstance(before, Mass) or not isinstance(after, Mass):
            continue
        law = context.setting.scope.laws.get(before.marginal.law)
        values = dict(zip((*after.marginal.of, *after.marginal.given), after.args, strict=True))
        values.update(zip((*before.marginal.of, *before.marginal.given), before.args, strict=True))
        of = {*before.marginal.of, *after.marginal.of}
        if law is None or after.marginal.law != law.name or len(of) < len(before.marginal.of) + len(after.marginal.of):
            continue
        names = law.in_order(of)
        given = before.marginal.given
        joint = Mass(law.marginal(names, given), (values[name] for name in (*names, *given)))
        first = tuple(value for name, value in zip(names, joint.args, strict=False) if name in before.marginal.of)
        binding: Mapping[str, Bound] = {"first": first, "from": joint}
        if _makes(joint, first, Times(before, after), context):
            yield Application(Place(path, (k, k + 2)) if len(product.args) > 2 else Place(path), binding)


def _makes(joint: Mass, first: tuple[Term, ...], product: Term, context: Context) -> bool:
    try:
        return compute("condition", joint, {"first": first}, False, context) == product
    except Rejection:
        return False


CHOICES: Mapping[str, Choice] = {
    "expand": _expand,
    "sign-before-sum": _sign_before_sum,
    "one-fraction": _one_fraction,
    "log-of-number": _log_of_number,
    "independence": _independence,
    "condition": _condition,
    "conditional-mass": _conditional_mass,
    "change-of-base": _change_of_base,
    "factor-into-sum": _factor_into_sum,
    "join": _join,
    "sum-order": _in_order,
}
