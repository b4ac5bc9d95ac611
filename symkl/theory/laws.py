"""Which laws have total one: a law of masses or a density, a mixture whose weights are positive and sum to one, a product."""

from __future__ import annotations

from symkl.language.scope import DENSITY, MASS
from symkl.language.term import Label, Law, Negation, Number, Plus, Quotient, Relation, Term, Times, is_law
from symkl.theory.affine import affine, constant
from symkl.theory.conditions import discharge
from symkl.theory.setting import Setting


def has_total_one(law: Term, setting: Setting) -> bool:
    """Whether a term is seen to be a law of probability: its masses are positive and sum to one."""
    match law:
        case Law(marginal, _):
            declared = setting.scope.laws.get(marginal.law)
            return declared is not None and declared.entries in (MASS, DENSITY)
        case Label(body, _, _):
            return has_total_one(body, setting)
        case Times(factors) if all(map(is_law, factors)):
            return all(has_total_one(factor, setting) for factor in factors)
        case Plus() | Quotient():
            return _is_mixture(law, setting)
        case _:
            return False


def _is_mixture(law: Term, setting: Setting) -> bool:
    weighted = _weighted(law)
    total = affine(Plus(*(weight for weight, _ in weighted)))
    positive = all(discharge(Relation((weight, Number(0)), (">",)), setting) is not None for weight, _ in weighted)
    return positive and constant(total) == 1 and all(has_total_one(part, setting) for _, part in weighted)


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
