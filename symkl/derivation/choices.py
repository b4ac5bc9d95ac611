"""Rules of an expansion that need a choice: which values of a mass come first, which factor goes under a sum.

Each function takes a term and the context and makes one rewrite, or none where the rule has nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from symkl.derivation.canonical import expanded
from symkl.derivation.computed import compute
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_to
from symkl.derivation.places import places
from symkl.derivation.step import Application, Bound, Place, Rewrite
from symkl.derivation.strategy import find
from symkl.errors import Rejection
from symkl.language.scope import LawDeclaration
from symkl.language.term import Binder, Constant, Integral, Log, Marginal, Mass, Number, Plus, Quotient, Sum, Term, Times
from symkl.theory.independence import independent, stated_independences
from symkl.theory.rules import rule

Choice = Callable[[Term, Context], Rewrite | None]


def under_binder(term: Term, found: Sequence[Application]) -> list[Application]:
    """The applications that lie in the body of a sum or integral."""
    bodies = [(*path, len(part.args) - 1) for path, part in places(term) if isinstance(part, Sum | Integral)]
    return [one for one in found if any(one.place.path[: len(body)] == body for body in bodies)]


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


# Masses under logs


def _on_masses(
    name: str, term: Term, context: Context, choose: Callable[[Mass, Context], tuple[Term, ...] | None]
) -> Rewrite | None:
    found = []
    for path, mass in masses_in_logs(term):
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


def _independence(term: Term, context: Context) -> Rewrite | None:
    """Split masses of independent variables."""
    return _on_masses("independence", term, context, _independent_first)


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
    return _on_masses("condition", term, context, _condition_first)


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


def towards(targets: Sequence[Marginal]) -> Choice:
    """The product rule, used where it brings a conditional mass in that the other side of the identity speaks of."""

    def first(mass: Mass, context: Context) -> tuple[Term, ...] | None:
        law = context.setting.scope.laws.get(mass.marginal.law)
        return None if law is None or mass.marginal in targets else _first_for(mass, targets, law)

    return lambda term, context: _on_masses("condition", term, context, first)


def _first_for(mass: Mass, targets: Sequence[Marginal], law: LawDeclaration) -> tuple[Term, ...] | None:
    own = mass.marginal
    for target in targets:
        before = tuple(name for name in own.of if name not in target.of)
        after = tuple(name for name in own.of if name in target.of)
        if before and after and law.marginal(after, (*before, *own.given)) == target:
            return tuple(value for name, value in zip(own.of, mass.args, strict=False) if name in before)
    return None


def _join(term: Term, context: Context) -> Rewrite | None:
    """The product rule from right to left: a mass and a conditional mass side by side are a joint mass."""
    found = []
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
        names = tuple(name for name in law.variables if name in of)
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
    "log-of-number": _log_of_number,
    "independence": _independence,
    "condition": _condition,
    "change-of-base": _change_of_base,
    "factor-into-sum": _factor_into_sum,
    "join": _join,
}
