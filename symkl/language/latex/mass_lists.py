"""Laws that a measure lists by their masses: H(1/2, 1/4, 1/4), H(t, 1 - t), KL((1/2, 1/2) || (1/4, 3/4))."""

from __future__ import annotations

import fractions
from collections.abc import Iterator

from symkl.language.latex.naming import plain_name
from symkl.language.latex.syntax import Chain, Fraction, Group, Name, Node, Numeral, Run

Masses = tuple[str, ...]
"""The masses of one law, in the plain spelling."""

_Linear = dict[str, fractions.Fraction]
"""Coefficients by name; the constant is under the empty name."""


def listed_laws(group: Group) -> tuple[Masses, ...]:
    """The laws whose masses are the arguments of a measure; none where the arguments are no such lists.

    A list is of two or more numbers, linear in names, none of them seen not to be positive, that sum to one.
    """
    inner = [part.lone() for part in group.parts]
    lists = [each for each in inner if isinstance(each, Group) and len(each.parts) > 1 and each.power is None]
    if not lists:
        lists = [group]
    elif len(lists) < len(inner):
        return ()
    if any(set(each.separators) != {","} for each in lists):
        return ()
    found = [list(_masses(each)) for each in lists]
    return tuple(map(tuple, found)) if all(map(_is_a_law, lists)) else ()


def _is_a_law(group: Group) -> bool:
    total: _Linear = {}
    for part in group.parts:
        form = _linear(part)
        if form is None or (form.keys() <= {""} and form.get("", fractions.Fraction(0)) <= 0):
            return False
        total = _sum(total, form)
    return total == {"": 1}


def _masses(group: Group) -> Iterator[str]:
    for part in group.parts:
        yield _written(_linear(part) or {})


def _written(form: _Linear) -> str:
    text = ""
    for name, factor in sorted(form.items(), key=lambda item: item[0] != ""):
        size = abs(factor)
        term = str(size) if not name else name if size == 1 else f"{size}*{name}"
        sign = "-" if factor < 0 else "+"
        text = f"{text} {sign} {term}" if text else term if factor > 0 else f"-{term}"
    return text or "0"


def _linear(chain: Chain) -> _Linear | None:
    """The linear form of an expression in names, or None where it has none."""
    if chain.single is None:
        return None
    total: _Linear = {}
    for run in chain.single.runs:
        form = _product(run)
        if form is None:
            return None
        total = _sum(total, form)
    return total


def _product(run: Run) -> _Linear | None:
    product: _Linear = {"": fractions.Fraction(-1 if run.negative else 1)}
    for factor, joint in zip(run.factors, run.joints, strict=True):
        form = _factor(factor)
        if form is not None and joint == "/":
            form = _reciprocal(form)
        if form is None:
            return None
        if product.keys() <= {""}:
            product = _scaled(form, product.get("", fractions.Fraction(0)))
        elif form.keys() <= {""}:
            product = _scaled(product, form.get("", fractions.Fraction(0)))
        else:
            return None
    return product


def _factor(node: Node) -> _Linear | None:
    match node:
        case Numeral(text=text, power=None):
            return _scaled({"": fractions.Fraction(text)}, fractions.Fraction(1))
        case Name(power=None):
            name = plain_name(node)
            return {name: fractions.Fraction(1)} if name is not None else None
        case Group(power=None) if node.only is not None:
            return _linear(node.only)
        case Fraction(power=None):
            above, below = _linear(node.numerator), _linear(node.denominator)
            over = _reciprocal(below) if below is not None else None
            return _scaled(above, over[""]) if above is not None and over is not None else None
        case _:
            return None


def _reciprocal(form: _Linear) -> _Linear | None:
    return {"": 1 / form[""]} if form.keys() == {""} else None


def _scaled(form: _Linear, factor: fractions.Fraction) -> _Linear:
    return {name: value * factor for name, value in form.items() if value * factor}


def _sum(one: _Linear, other: _Linear) -> _Linear:
    names = dict.fromkeys([*one, *other])
    total = {name: one.get(name, fractions.Fraction(0)) + other.get(name, fractions.Fraction(0)) for name in names}
    return {name: value for name, value in total.items() if value}
