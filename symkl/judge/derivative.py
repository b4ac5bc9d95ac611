"""Derivatives of polynomials by a free coordinate: a parameter, or one entry of a vector without a constraint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symkl.errors import UndefinedTerm
from symkl.judge.atoms import Applied, Entry, ExpOf, Form, Index, LogOf, Scalar, SizeOf, SumOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.polynomial import Polynomial, accumulate, constant, monomial_product, times_monomial, variable
from symkl.judge.sums import opened
from symkl.language.scope import POSITIVE, REAL
from symkl.language.term import Function, Law, Mass, Symbol, Term, subterms

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra
    from symkl.theory.setting import Setting


def named_after(term: Term, name: str, setting: Setting) -> str | None:
    """A law or a function in a term that is named after a parameter, as q_theta is, and of which no given says how it moves."""
    for part in subterms(term):
        found = part.marginal.law if isinstance(part, Mass | Law) else part.name if isinstance(part, Function) else ""
        if name and name in re.split(r"[_^]", found)[1:] and found not in setting.formulas:
            return found
    return None


def free_coordinate(algebra: Algebra, variable_term: Term, indices: tuple[Index, ...]) -> int:
    """The atom to differentiate by.

    Raises: UndefinedTerm for a mass of a law, whose total of one leaves no partial derivative, and for a whole number.
    """
    written = algebra.setting.write(variable_term)
    match variable_term:
        case Symbol(name):
            if name in algebra.setting.integers:
                raise UndefinedTerm(f"The derivative by {written}, a whole number, is not defined.", written)
            if name in algebra.coordinates.equal:
                raise UndefinedTerm(f"The derivative by {written} is not defined: a given sets it equal to something.", written)
            return algebra.table.intern(Scalar(name))
        case Mass(marginal, _):
            law = algebra.setting.scope.laws.get(marginal.law)
            if law is None or law.entries not in (REAL, POSITIVE) or law.name in algebra.setting.formulas:
                raise UndefinedTerm(
                    f"The derivative by {written} is not defined: the masses of {marginal.law} sum to 1, so one of them does not "
                    "vary alone. Differentiate by a parameter, a logit, or a number without a constraint.",
                    written,
                )
            return algebra.table.intern(Entry(law.name, tuple(zip(law.variables, indices, strict=True))))
    raise UndefinedTerm(f"The derivative by {written} is not defined.", written)


def derivative(algebra: Algebra, polynomial: Polynomial, by: int) -> Polynomial:
    """The partial derivative of a polynomial by an atom."""
    total: Polynomial = {}
    parts: dict[int, Polynomial] = {}
    for monomial, coefficient in polynomial.items():
        algebra.budget.spend(len(monomial) + 1)
        for atom, exponent in monomial:
            if atom not in parts:
                parts[atom] = _of_atom(algebra, atom, by)
            if parts[atom]:
                lowered = monomial_product(monomial, ((atom, -1),))
                accumulate(total, times_monomial(parts[atom], lowered, exponent), coefficient)
    return algebra.settled(total)


def _of_atom(algebra: Algebra, atom: int, by: int) -> Polynomial:
    if atom == by:
        return constant(1)
    table = algebra.table
    match table.keys[atom]:
        case Entry() as entry:
            return _of_entry(algebra, entry, by)
        case LogOf(base):
            inner = _of_atom(algebra, base, by)
            return algebra.multiply(inner, _inverse_of_atom(algebra, base)) if inner else {}
        case Form(parts):
            return derivative(algebra, dict(parts), by)
        case ExpOf(exponent):
            return algebra.multiply(derivative(algebra, {exponent: 1}, by), variable(atom))
        case SumOf() as component:
            body, live = opened(algebra, component, table.height[atom])
            return algebra.close(derivative(algebra, {body: 1}, by), live)
        case Applied(name, arguments):
            for argument in arguments:
                if derivative(algebra, dict(argument), by):
                    raise OutsideFragment(f"the derivative of {name}, of which nothing is known")
            return {}
        case SizeOf():
            return {}
    return {}


def _inverse_of_atom(algebra: Algebra, atom: int) -> Polynomial:
    return algebra.settled({((atom, -1),): 1})


def _of_entry(algebra: Algebra, entry: Entry, by: int) -> Polynomial:
    other = algebra.table.keys[by]
    if not isinstance(other, Entry) or other.law != entry.law:
        return {}
    product = constant(1)
    for (_, left), (_, right) in zip(entry.at, other.at, strict=True):
        product = algebra.multiply(product, algebra.delta(left, right))
    return product
