"""Conditional laws without a value: factors of a product law, and the laws of a divergence that is averaged.

In p(x)*q(y|x) the condition is what the product itself is a law of; in KL(p(x,y|z) || p(x|z)*p(y|z) | p(z)) it is what the
mean is over.
"""

from __future__ import annotations

from collections.abc import Iterator

from symkl.language.scope import Scope
from symkl.language.term import Law, Term, Times, Value, is_law

HALF_BOUND = (
    "One condition of a conditional law is a variable of the product that it stands in and another is not; write its mass out"
)
"""Why a product with such a factor is refused."""


def with_kernels(law: Term, scope: Scope) -> Term | None:
    """A law in which the factors of each product that are conditional on other factors are whole kernels, without a value.

    None where a factor is conditional both on what another factor is a law of and on something else.
    """
    if not is_law(law):
        return law
    parts = []
    for part in law.args if not isinstance(law, Law) else ():
        made = with_kernels(part, scope)
        if made is None:
            return None
        parts.append(made)
    if not isinstance(law, Times):
        return law if isinstance(law, Law) else law.with_args(parts)
    factors: list[Term] = []
    for place, part in enumerate(parts):
        others = {name for other, each in enumerate(parts) if other != place for name in variables_of(each)}
        bound = _bound(part, others, scope)
        if bound is None:
            return None
        factors.append(bound)
    return Times(*factors)


def averaged(law: Term, over: Term, scope: Scope) -> Term | None:
    """A law of a divergence that is averaged over another one: conditional on that one's variables, without a value.

    None where a part is conditional both on a variable of the mean and on something else.
    """
    if not isinstance(law, Times):
        return _bound(law, set(variables_of(over)), scope)
    factors = [averaged(factor, over, scope) for factor in law.args]
    return None if None in factors else Times(*(factor for factor in factors if factor is not None))


def variables_of(law: Term) -> Iterator[str]:
    """The random variables that a law is a law of."""
    if isinstance(law, Law):
        yield from law.marginal.of
    elif is_law(law):
        for part in law.args:
            yield from variables_of(part)


def conditions_of(law: Term) -> frozenset[str]:
    """The random variables that a law is conditional on without a value said of them."""
    if isinstance(law, Law):
        return frozenset(() if law.args else law.marginal.given)
    return frozenset(name for part in law.args if is_law(part) for name in conditions_of(part))


def _bound(part: Term, others: set[str], scope: Scope) -> Term | None:
    if isinstance(part, Law):
        named = [
            isinstance(value, Value) and name in others and scope.variable_of_value(value.name) == name
            for name, value in zip(part.marginal.given, part.args, strict=False)
        ]
        return part if not any(named) else Law(part.marginal) if all(named) else None
    if not is_law(part) or isinstance(part, Times):
        return part
    found = [_bound(each, others, scope) for each in part.args]
    return None if None in found else part.with_args(each for each in found if each is not None)
