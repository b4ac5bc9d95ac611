"""Dots in a sum: p_1 \\log p_1 + \\cdots + p_n \\log p_n is the sum over 1 to n."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symkl.language.latex.syntax import Node
from symkl.language.term import Mass, Negation, Number, Range, Sum, Symbol, Term, Value, free_names, fresh_name

if TYPE_CHECKING:
    from symkl.language.latex.elaborate import Elaborator


def series(reader: Elaborator, terms: list[Term], dots: list[int], node: Node) -> list[Term]:
    """The terms with those around the dots gathered into one sum.

    Raises: ReadError where the terms show no pattern in one index.
    """
    if len(dots) != 1:
        raise reader.fault("Dots at more than one place in a sum", node)
    at = dots[0]
    if at == 0 or at >= len(terms):
        raise reader.fault("Dots need a term before and a term after them", node)
    before, last = terms[:at], terms[at]
    for first in range(len(before)):
        found = _gathered(before[first:], last)
        if found is not None:
            return [*terms[:first], found, *terms[at + 1 :]]
    raise reader.fault("The terms around the dots show no pattern in one index", node)


def _gathered(before: list[Term], last: Term) -> Term | None:
    """The sum from the first term to the last, if all are instances of one body."""
    negative = isinstance(last, Negation)
    if any(isinstance(term, Negation) != negative for term in before):
        return None
    bodies = [term.args[0] if negative else term for term in (*before, last)]
    first, final = bodies[0], bodies[-1]
    ends = _ends(first, final)
    if ends is None:
        return None
    low, high = ends
    if not isinstance(low, Number):
        return None
    index = fresh_name("i", free_names(first) | free_names(final))
    body = _abstracted(first, final, low, high, Value(index))
    if body is None:
        return None
    for step, term in enumerate(bodies[1:-1], start=1):
        if _abstracted(first, term, low, Number(low.value + step), Value(index)) != body:
            return None
    total = Sum((index,), (Range(low, high),), body)
    return Negation(total) if negative else total


def _ends(first: Term, last: Term) -> tuple[Term, Term] | None:
    """The one pair of indices in which two terms differ."""
    pairs: set[tuple[Term, Term]] = set()
    pending = [(first, last, False)]
    while pending:
        a, b, index = pending.pop()
        if a == b:
            continue
        if index and isinstance(a, Number) and isinstance(b, Number | Symbol):
            pairs.add((a, b))
            continue
        if type(a) is not type(b) or len(a.args) != len(b.args) or a.identity != b.identity:
            return None
        pending.extend((x, y, isinstance(a, Mass)) for x, y in zip(a.args, b.args, strict=True))
    return pairs.pop() if len(pairs) == 1 else None


def _abstracted(first: Term, last: Term, low: Term, high: Term, index: Value) -> Term | None:
    if first == last:
        return first
    if first == low and last == high:
        return index
    if type(first) is not type(last) or len(first.args) != len(last.args) or first.identity != last.identity:
        return None
    parts = [_abstracted(a, b, low, high, index) for a, b in zip(first.args, last.args, strict=True)]
    return None if any(part is None for part in parts) else first.with_args(part for part in parts if part is not None)
