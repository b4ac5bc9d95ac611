"""Finds the derivation of an inequality: the two sides differ by one thing that is never negative.

What may be left out is a divergence or a mutual information. Its own derivation comes first and names the one inequality step
(Gibbs', or log x <= x - 1); the identity between the sides follows, and then the term is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from symkl.derivation.canonical import expanded
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_everywhere, rewrite_to, rewrites_until_done
from symkl.derivation.expand import expansion
from symkl.derivation.kernel import check, conclusion
from symkl.derivation.phases import PLAN
from symkl.derivation.places import places
from symkl.derivation.polynomial import polynomial
from symkl.derivation.prover import MOST_LINES, NotFound, steps_between
from symkl.derivation.run import printed_step
from symkl.derivation.step import Application, Derivation, Part, Place, Rewrite, Step
from symkl.errors import Rejection, UndefinedTerm
from symkl.language.scope import MASS, LawDeclaration
from symkl.language.term import Law, Mass, Measure, Negation, Number, Plus, RandomVariable, Relation, Term, Times, subterms
from symkl.theory.rules import rule
from symkl.theory.setting import Setting

MOST_VARIABLES = 4
"""Informations of so many random variables at most are tried."""

_ZERO = Number(0)


def prove_bound(statement: Relation, context: Context) -> Derivation | NotFound:
    """A derivation of one inequality, accepted by the kernel, or the two sides where none was found."""
    first, second = statement.args[0], statement.args[1]
    setting = context.setting
    parts: Sequence[Part] | None = None
    if statement.operators in ((">=",), ("<=",)):
        try:
            parts = _parts(first, second, statement.operators[0], context)
        except (Rejection, UndefinedTerm):
            parts = None
    if parts is None:
        return NotFound(first, second)
    text = setting.write(statement)
    made = Derivation(name=text, title=f"`{text}`", setting=setting, goal=statement, parts=tuple(parts))
    try:
        check(made, context.below)
    except Rejection:
        return NotFound(first, second)
    return made


def _parts(first: Term, second: Term, operator: str, context: Context) -> Sequence[Part] | None:
    greater, lesser = (first, second) if operator == ">=" else (second, first)
    if operator == ">=" and lesser == _ZERO:
        plain = _never_negative(greater, context)
        if plain is not None:
            return [Part("", greater, tuple(plain))]
    extra = _difference(greater, lesser, context)
    shown = None if extra is None else _never_negative(extra, context)
    if extra is None or shown is None:
        return None
    if operator == ">=" and lesser == _ZERO:
        leading = steps_between(greater, extra, context)
        return None if isinstance(leading, NotFound) else [Part("", greater, (*leading, *shown))]
    ground = Part("", extra, tuple(shown))
    target = Plus(lesser, extra) if operator == ">=" else Plus(greater, Negation(extra))
    leading = steps_between(first, target, context, max(1, MOST_LINES - len(shown) - 1))
    if isinstance(leading, NotFound):
        return None
    later = replace(context, results=(conclusion(ground, ()),))
    left_out = rewrite_everywhere("drop-positive-term" if operator == ">=" else "drop-negative-term", target, later)
    if left_out is None or left_out.after != second:
        return None
    return [ground, Part("", first, (*leading, printed_step([left_out])))]


# What is never negative


def _difference(greater: Term, lesser: Term, context: Context) -> Term | None:
    """The divergence or information that the one side is greater by."""
    wanted = _expanded(Plus(greater, Negation(lesser)), context)
    if wanted is None:
        return None
    sought = polynomial(wanted)
    for candidate in _candidates(greater, lesser, context.setting):
        found = _expanded(candidate, context)
        if found is not None and polynomial(found) == sought:
            return candidate
    return None


def _expanded(term: Term, context: Context) -> Term | None:
    try:
        lines = list(expansion(term, PLAN, context))
    except (Rejection, UndefinedTerm):
        return None
    return expanded(lines[-1].after if lines else term)


def _candidates(greater: Term, lesser: Term, setting: Setting) -> Iterator[Term]:
    laws = dict.fromkeys(part for side in (greater, lesser) for part in subterms(side) if isinstance(part, Law))
    named = [law.law() for law in setting.scope.laws.values() if law.variables == ("",) and law.entries == MASS]
    for one in laws:
        for other in dict.fromkeys((*laws, *named)):
            if one != other:
                yield Measure("KL", (one, other), ("||",))
    used = {part.name for side in (greater, lesser) for part in subterms(side) if isinstance(part, RandomVariable)}
    for joint in setting.scope.laws.values():
        if used and used <= set(joint.variables) and len(joint.variables) <= MOST_VARIABLES:
            yield from _informations(joint)


def _informations(joint: LawDeclaration) -> Iterator[Term]:
    """Every mutual information and conditional entropy of the variables of a law."""
    names = joint.variables
    for size in range(1, len(names) + 1):
        for of in combinations(names, size):
            for count in range(len(names) - size + 1):
                for given in combinations([name for name in names if name not in of], count):
                    yield _measure("H", [of, given] if given else [of], "|")
    for size in range(1, len(names)):
        for left in combinations(names, size):
            rest = [name for name in names if name not in left]
            for width in range(1, len(rest) + 1):
                for right in combinations(rest, width):
                    if names.index(left[0]) < names.index(right[0]):
                        for count in range(len(rest) - width + 1):
                            for given in combinations([name for name in rest if name not in right], count):
                                yield _measure("I", [left, right, given] if given else [left, right], ";|")


def _measure(name: str, groups: Sequence[Sequence[str]], between: str) -> Measure:
    """A measure of groups of random variables, commas inside them and the given signs between."""
    separators: list[str] = []
    for k, group in enumerate(groups):
        separators += [between[k - 1]] if k else []
        separators += [","] * (len(group) - 1)
    return Measure(name, [RandomVariable(variable) for group in groups for variable in group], separators)


def _never_negative(term: Term, context: Context) -> list[Step] | None:
    """The steps from a term to 0, one of them an inequality."""
    for steps in (_by_gibbs, _by_signs, _by_tangent):
        try:
            found = steps(term, context)
        except (Rejection, UndefinedTerm):
            continue
        if found is not None:
            return [printed_step(rewrites) for rewrites in found]
    return None


def _by_gibbs(term: Term, context: Context) -> list[list[Rewrite]] | None:
    """A divergence, or an information as one."""
    for form in (None, 1):
        before = [] if form is None else [apply_at(rule("unfold"), term, [Application(Place(), {"form": Number(form)})], context)]
        bound = rewrite_everywhere("gibbs", before[-1].after if before else term, context)
        if bound is not None:
            return [*([before] if before else []), [bound]]
    return None


def _by_signs(term: Term, context: Context) -> list[list[Rewrite]] | None:
    """A measure whose terms are not negative."""
    for form in (1, 0):
        unfolded = apply_at(rule("unfold"), term, [Application(Place(), {"form": Number(form)})], context)
        bound = rewrite_everywhere("not-negative", unfolded.after, context)
        if bound is not None:
            return [[unfolded], [bound]]
    return None


def _by_tangent(term: Term, context: Context) -> list[list[Rewrite]] | None:
    """A conditional information, for natural logs: log x <= x - 1 under the sum, of which the two parts are the same."""
    unfolded = apply_at(rule("unfold"), term, [Application(Place())], context)
    inverted = _all(("log-inverted", "product-sign", "sum-negation"), unfolded.after, context)
    bound = rewrite_everywhere("mean-log-below-line", inverted[-1].after, context) if inverted else None
    if bound is None:
        return None
    multiplied = _multiplied_out(bound.after, context)
    totals = rewrites_until_done("marginalise", multiplied[-1].after, context)
    if not totals:
        return None
    zero = rewrite_to("rearrange", totals[-1].after, _ZERO, context)
    return [[unfolded], inverted, [bound], multiplied, [*totals, zero]]


def _all(names: Sequence[str], term: Term, context: Context) -> list[Rewrite]:
    done: list[Rewrite] = []
    for name in names:
        rewrite = rewrite_everywhere(name, done[-1].after if done else term, context)
        if rewrite is not None:
            done.append(rewrite)
    return done


def _multiplied_out(term: Term, context: Context) -> list[Rewrite]:
    done = _all(("distribute", "product-sign", "times-one"), term, context)
    split = _condition_taken_out(done[-1].after if done else term, context)
    return [*done, split, *_all(("cancel-product", "sum-linearity", "sum-negation"), split.after, context)]


def _condition_taken_out(term: Term, context: Context) -> Rewrite:
    """p(x,y,z) = p(z)*p(x,y|z), where the conditional mass stands as a denominator beside it."""
    for path, part in places(term):
        if not isinstance(part, Times):
            continue
        behind = [mass for mass in subterms(part) if isinstance(mass, Mass) and mass.marginal.given]
        for k, factor in enumerate(part.args):
            if isinstance(factor, Mass) and not factor.marginal.given and behind:
                conditions = set(behind[0].marginal.given)
                values = zip(factor.marginal.of, factor.args, strict=True)
                first = tuple(value for name, value in values if name in conditions)
                return apply_at(rule("condition"), term, [Application(Place((*path, k)), {"first": first})], context)
    raise Rejection("nothing to split", "No mass stands beside a conditional one.")
