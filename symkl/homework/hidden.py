"""Derivatives of what depends on a variable in a way that is not written: dL/dz where L is only a name.

To the judge such a derivative would be zero. Here it becomes an unknown function of the free values in it, the same
wherever the same derivative stands; and a product that the chain rule joins, dL/dy * dy/dz, becomes dL/dz first.
"""

from __future__ import annotations

from functools import partial

from symkl.homework.extrema import moving_laws
from symkl.language.term import (
    Derivative,
    Function,
    Integral,
    Log,
    Mass,
    Negation,
    Number,
    Plus,
    Quotient,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    product_of,
    subterms,
    sum_of,
)
from symkl.theory.setting import Setting


class HiddenDerivatives:
    """Replaces hidden derivatives, and remembers which name stands for which."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._names: dict[Term, str] = {}

    def replaced(self, term: Term) -> Term:
        """The term with its hidden derivatives as unknown functions."""
        if not any(isinstance(part, Derivative) for part in subterms(term)):
            return term
        return self._walk(self._joined(term))

    def names_in(self, term: Term) -> frozenset[str]:
        """Which unknown functions stand for hidden derivatives in a term."""
        found = subterms(self.replaced(term)) if any(isinstance(part, Derivative) for part in subterms(term)) else ()
        return frozenset(part.name for part in found if isinstance(part, Function)) & frozenset(self._names.values())

    def _walk(self, term: Term) -> Term:
        if isinstance(term, Derivative) and is_hidden(term, self._setting):
            inside = self._inside(term.body, term.variable)
            return self._as_function(term) if inside is None else self._walk(inside)
        return term.with_args(map(self._walk, term.args))

    def _inside(self, body: Term, variable: Term) -> Term | None:
        """The derivative by a parameter of a law that carries its name, taken inside sums, products and logs."""
        if not isinstance(variable, Symbol | Value) or not moving_laws(body, variable.name, self._setting):
            return None
        by = partial(Derivative, variable=variable)
        match body:
            case Plus() | Negation():
                return body.with_args([self._of(part, variable) for part in body.args])
            case Sum() | Integral():
                return body.with_args([*body.domains, by(body.body)])
            case Log(argument, base):
                return Quotient(by(argument), Times(argument, Log(base)))
            case Times(factors):
                moving = [k for k, factor in enumerate(factors) if moving_laws(factor, variable.name, self._setting)]
                terms = [Times(*factors[:k], by(factors[k]), *factors[k + 1 :]) for k in moving]
                return sum_of(terms)
        return None

    def _of(self, part: Term, variable: Symbol | Value) -> Term:
        moves = moving_laws(part, variable.name, self._setting) or variable.name in free_names(part)
        return Derivative(part, variable) if moves else Number(0)

    def _as_function(self, term: Derivative) -> Term:
        # log u, where u depends on the variable unseen, has the derivative u' / u.
        if isinstance(term.body, Log) and isinstance(term.body.argument, Mass | Symbol):
            inner = self._walk(Derivative(term.body.argument, term.variable))
            return Quotient(inner, Times(term.body.argument, Log(term.body.base)))
        places: list[Value] = []
        pattern = _with_places(term, places)
        name = self._names.setdefault(pattern, f"derivative_{len(self._names) + 1}")
        return Function(name, places)

    def _joined(self, term: Term) -> Term:
        """Products of derivatives joined by the chain rule: (df/du) (du/dz) is df/dz where u is only a name."""
        term = term.with_args(map(self._joined, term.args))
        if not isinstance(term, Times):
            return term
        factors = list(term.args)
        k = 0
        while k + 1 < len(factors):
            outer, inner = factors[k], factors[k + 1]
            if isinstance(outer, Derivative) and isinstance(inner, Derivative) and outer.variable == inner.body:
                factors[k : k + 2] = [Derivative(outer.body, inner.variable)]
            else:
                k += 1
        return product_of(factors)


def is_hidden(term: Derivative, setting: Setting) -> bool:
    """Whether the body does not show how it depends on the variable: it holds an unknown function, or not the variable."""
    if any(isinstance(part, Function) for part in subterms(term.body)):
        return True
    if isinstance(term.variable, Mass):
        law = term.variable.marginal.law
        return law not in _laws_of(term.body, setting)
    return not free_names(term.variable) <= free_names(term.body)


def has_hidden(term: Term, setting: Setting) -> bool:
    """Whether a term holds a hidden derivative."""
    return any(isinstance(part, Derivative) and is_hidden(part, setting) for part in subterms(term))


def _with_places(term: Term, places: list[Value]) -> Term:
    """The term with its free values replaced by numbered ones, in order, and the values themselves."""
    if isinstance(term, Value):
        places.append(term)
        return Value(f"place{len(places)}")
    return term.with_args([_with_places(argument, places) for argument in term.args])


def _laws_of(term: Term, setting: Setting) -> set[str]:
    """The laws and vectors whose entries a term is made of, through the formulas of masses too."""
    found: set[str] = set()
    for part in subterms(term):
        if isinstance(part, Mass) and part.marginal.law not in found:
            found.add(part.marginal.law)
            formula = setting.formulas.get(part.marginal.law)
            if formula is not None and formula.formula is not None:
                found |= {inner.marginal.law for inner in subterms(formula.formula) if isinstance(inner, Mass)}
    return found


def factor_by_factor(before: Term, after: Term) -> bool:
    """Whether a product of derivatives may have been replaced factor by factor: no factor of it got lost."""
    if not isinstance(before, Times):
        return False
    return isinstance(after, Times) and len(after.args) >= len(before.args)
