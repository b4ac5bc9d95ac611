"""Affine forms: a constant and rational coefficients of symbols and masses."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symkl.language.term import Constant, Label, Mass, Negation, Number, Plus, Quotient, Symbol, Term, Times

Affine = dict[Term | None, Fraction]
"""Coefficients by symbol or mass; the constant is under None."""


def affine(term: Term) -> Affine | None:
    """The affine form of a term over its symbols and masses, or None where it has none."""
    match term:
        case Number(value):
            return {None: value} if value else {}
        case Symbol() | Mass() | Constant():
            return {term: Fraction(1)}
        case Label(body, _, _):
            return affine(body)
        case Negation(inner):
            return scaled(affine(inner), Fraction(-1))
        case Plus(terms):
            return _total(terms)
        case Times(factors):
            return _product(factors)
        case Quotient(numerator, denominator):
            below = constant(affine(denominator))
            return scaled(affine(numerator), 1 / below) if below else None
        case _:
            return None


def affine_in_parts(term: Term) -> Affine:
    """The affine form over symbols, masses and whatever else stands in the term."""
    known = affine(term)
    if known is not None:
        return known
    match term:
        case Plus(terms):
            total: Affine = {}
            for each in terms:
                total = combined(total, affine_in_parts(each), Fraction(1))
            return total
        case Negation(inner):
            return combined({}, affine_in_parts(inner), Fraction(-1))
        case _:
            return {term: Fraction(1)}


def constant(form: Affine | None) -> Fraction | None:
    """The value of a form without symbols, or None."""
    if form is None or form.keys() - {None}:
        return None
    return form.get(None, Fraction(0))


def scaled(form: Affine | None, factor: Fraction) -> Affine | None:
    """The form times a number."""
    if form is None:
        return None
    return {key: value * factor for key, value in form.items()} if factor else {}


def combined(a: Mapping[Term | None, Fraction], b: Mapping[Term | None, Fraction], factor: Fraction) -> Affine:
    """a + factor * b, without zero coefficients."""
    result = dict(a)
    for key, value in b.items():
        total = result.get(key, Fraction(0)) + factor * value
        if total:
            result[key] = total
        else:
            result.pop(key, None)
    return result


def _total(terms: tuple[Term, ...]) -> Affine | None:
    result: Affine = {}
    for term in terms:
        form = affine(term)
        if form is None:
            return None
        for key, value in form.items():
            result[key] = result.get(key, Fraction(0)) + value
    return {key: value for key, value in result.items() if value}


def _product(factors: tuple[Term, ...]) -> Affine | None:
    result: Affine | None = {None: Fraction(1)}
    for factor in factors:
        form = affine(factor)
        if form is None or result is None:
            return None
        value, known = constant(form), constant(result)
        if value is not None:
            result = scaled(result, value)
        elif known is not None:
            result = scaled(form, known)
        else:
            return None
    return result
