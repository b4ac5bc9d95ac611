"""Why a divergence, an information or an entropy is never negative: the steps from it to 0, one of them an inequality.

Gibbs' inequality shows it for a divergence, and for what is one in other words. What is left to log x <= x - 1 are sums whose
logs are natural; an entropy has terms of one sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_everywhere, rewrite_to, rewrites_until_done
from symkl.derivation.places import places
from symkl.derivation.prover import NotFound, steps_between
from symkl.derivation.run import printed_step
from symkl.derivation.step import Application, Place, Rewrite, Step
from symkl.errors import Rejection, UndefinedTerm
from symkl.language.grouping import variable_groups
from symkl.language.term import Law, Mass, Measure, Number, Term, Times, subterms
from symkl.theory.rules import rule
from symkl.theory.setting import Setting

_ZERO = Number(0)


def never_negative(term: Term, context: Context) -> list[Step] | None:
    """The steps from a term to 0, one of them an inequality."""
    for steps in (_by_gibbs, _by_signs, _by_tangent, _by_another_divergence):
        try:
            found = steps(term, context)
        except (Rejection, UndefinedTerm):
            continue
        if found is not None:
            return found
    return None


def _by_gibbs(term: Term, context: Context) -> list[Step] | None:
    """A divergence, or an information as one."""
    if not isinstance(term, Measure):
        return None
    for form in (None, 1):
        before = [] if form is None else [apply_at(rule("unfold"), term, [Application(Place(), {"form": Number(form)})], context)]
        bound = rewrite_everywhere("gibbs", before[-1].after if before else term, context)
        if bound is not None:
            return [*([printed_step(before)] if before else []), printed_step([bound])]
    return None


def _by_signs(term: Term, context: Context) -> list[Step] | None:
    """A sum, or a measure, whose terms are not negative."""
    if not isinstance(term, Measure):
        plain = rewrite_everywhere("not-negative", term, context)
        return None if plain is None else [printed_step([plain])]
    for form in (1, 0):
        unfolded = apply_at(rule("unfold"), term, [Application(Place(), {"form": Number(form)})], context)
        bound = rewrite_everywhere("not-negative", unfolded.after, context)
        if bound is not None:
            return [printed_step([unfolded]), printed_step([bound])]
    return None


def _by_another_divergence(term: Term, context: Context) -> list[Step] | None:
    """A conditional information or divergence as the divergence of two joint laws."""
    joint = _as_divergence(term, context.setting)
    if joint is None:
        return None
    leading = steps_between(term, joint, context)
    bound = rewrite_everywhere("gibbs", joint, context)
    return None if isinstance(leading, NotFound) or bound is None else [*leading, printed_step([bound])]


def _as_divergence(term: Term, setting: Setting) -> Measure | None:
    match term:
        case Measure("KL", ("||", "|"), (Law() as one, Law() as other, Law() as mean)):
            declared = setting.scope.laws[one.marginal.law]
            if mean.marginal.law != one.marginal.law or mean.marginal.given:
                return None
            joint = {*one.marginal.of, *one.marginal.given}
            whole = Law(declared.marginal(declared.in_order(joint)))
            return Measure("KL", (whole, Times(mean, other)), ("||",))
        case Measure("I"):
            return _information_as_divergence(term, setting)
        case _:
            return None


def _information_as_divergence(term: Measure, setting: Setting) -> Measure | None:
    match variable_groups(term):
        case ((left, right), condition) if condition:
            joint = left + right + condition
        case _:
            return None
    declared = setting.scope.laws.get(setting.scope.variables.get(left[0], ""))
    if declared is None or not set(joint) <= set(declared.variables):
        return None
    left, right, condition, joint = map(declared.in_order, (left, right, condition, joint))
    apart = (declared.marginal(condition), declared.marginal(left, condition), declared.marginal(right, condition))
    return Measure("KL", (Law(declared.marginal(joint)), Times(*map(Law, apart))), ("||",))


def _by_tangent(term: Term, context: Context) -> list[Step] | None:
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
    return [printed_step(done) for done in ([unfolded], inverted, [bound], multiplied, [*totals, zero])]


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
