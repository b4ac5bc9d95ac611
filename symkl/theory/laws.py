"""Which laws have total one: a law of masses or a density, a mixture whose weights are positive and sum to one, a product."""

from __future__ import annotations

from symkl.language.kernels import conditions_of, variables_of
from symkl.language.scope import DENSITY, MASS
from symkl.language.term import Label, Law, Negation, Number, Plus, Quotient, Relation, Term, Times, is_law
from symkl.theory.affine import affine, constant
from symkl.theory.conditions import discharge
from symkl.theory.setting import Setting


def has_total_one(law: Term, setting: Setting) -> bool:
    """Whether a term is seen to be a law of probability: its masses are positive and sum to one."""
    return conditions_of(law) <= set(variables_of(law)) and _is_normal(law, setting)


def _is_normal(law: Term, setting: Setting) -> bool:
    """As `has_total_one`, for each value of what the law is conditional on."""
    match law:
        case Law(marginal, _):
            declared = setting.scope.laws.get(marginal.law)
            return declared is not None and declared.entries in (MASS, DENSITY)
        case Label(body, _, _):
            return _is_normal(body, setting)
        case Times(factors) if all(map(is_law, factors)):
            return _in_order(factors) and all(_is_normal(factor, setting) for factor in factors)
        case Plus() | Quotient():
            return _is_mixture(law, setting)
        case _:
            return False


def _in_order(factors: tuple[Term, ...]) -> bool:
    """Whether a product can be summed one factor after the other: each is conditional on variables of those before it alone.

    The product p(y|x)*p(x|y) cannot, and its total need not be one.
    """
    drawn: set[str] = set()
    waiting = list(factors)
    while waiting:
        ready = [factor for factor in waiting if conditions_of(factor) <= drawn]
        if not ready:
            return False
        drawn.update(name for factor in ready for name in variables_of(factor))
        waiting = [factor for factor in waiting if factor not in ready]
    return True


def _is_mixture(law: Term, setting: Setting) -> bool:
    weighted = _weighted(law)
    total = affine(Plus(*(weight for weight, _ in weighted)))
    positive = all(discharge(Relation((weight, Number(0)), (">",)), setting) is not None for weight, _ in weighted)
    return positive and constant(total) == 1 and all(_is_normal(part, setting) for _, part in weighted)


def _weighted(law: Term) -> list[tuple[Term, Term]]:
    """The laws that a mixture mixes, each with its weight."""
    match law:
        case Plus(terms):
            return [pair for term in terms for pair in _weighted(term)]
        case Quotient(numerator, denominator):
            return [(Quotient(weight, denominator), part) for weight, part in _weighted(numerator)]
        case Negation(inner):
            return [(Negation(weight), part) for weight, part in _weighted(inner)]
        case Times(factors) if not all(map(is_law, factors)):
            numbers = [factor for factor in factors if not is_law(factor)]
            laws = [factor for factor in factors if is_law(factor)]
            mixed = _weighted(laws[0]) if len(laws) == 1 else [(Number(1), Times(*laws))]
            return [(Times(*numbers, weight), part) for weight, part in mixed]
        case _:
            return [(Number(1), law)]
