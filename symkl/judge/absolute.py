"""Absolute values: |u| >= u, |u| >= -u, |a - b| <= a + b, under the weights they are summed with; and Pinsker's inequality.

Pinsker: KL(P || Q) >= 1/2*(sum over x of |P(x) - Q(x)|)^2 for any two laws on one alphabet, in nats.
Source: Cover & Thomas, Elements of Information Theory, lemma 11.6.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from symkl.judge.atoms import Applied, SumOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.known import Known
from symkl.judge.polynomial import Monomial, Polynomial, accumulate, constant, scale, subtract, variable
from symkl.judge.spelling import Spelling
from symkl.judge.sums import Live, opened

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra


def by_absolute_values(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """What is known of the absolute values that a difference has, outside its sums and inside them."""
    for monomial in gap:
        yield from _of_product(algebra, monomial, {}, {})
        for pair in monomial:
            key = algebra.table.keys[pair[0]]
            if isinstance(key, SumOf):
                body, live = opened(algebra, key, algebra.table.height[pair[0]])
                outer = tuple(other for other in monomial if other != pair)
                if pair[1] == 1:
                    yield from _of_product(algebra, body, live, {outer: 1})
                yield from _pinsker(algebra, variable(pair[0]), body, live)


def absolute_values(algebra: Algebra, polynomial: Polynomial) -> Iterator[tuple[int, Polynomial]]:
    """The absolute values among the factors of a polynomial, and of what each is one."""
    for atom in sorted({atom for monomial in polynomial for atom, _ in monomial}):
        key = algebra.table.keys[atom]
        if isinstance(key, Applied) and key.name == "abs":
            yield atom, dict(key.arguments[0])


def _of_product(algebra: Algebra, body: Monomial, live: Live, outer: Polynomial) -> Iterator[Known]:
    for atom, inner in absolute_values(algebra, {body: 1}):
        weight = algebra.multiply({tuple(pair for pair in body if pair[0] != atom): 1}, outer or constant(1))
        if (atom, 1) not in body or algebra.signs.of(weight) != 1:
            continue
        size = variable(atom)
        largest: Polynomial = {}
        for monomial, coefficient in inner.items():
            sign = algebra.signs.of_monomial(monomial, coefficient)
            accumulate(largest, {monomial: coefficient}, sign)
        known = [(size, "0"), (subtract(size, inner), "u"), (subtract(size, scale(inner, -1)), "-u")]
        if all(algebra.signs.of_monomial(monomial) for monomial in inner):
            known.append((subtract(largest, size), "+"))
        for column, word in known:
            try:
                whole = algebra.multiply(column, weight)
                whole = algebra.close(whole, dict(live)) if live else whole
            except OutsideFragment:
                continue
            if whole:
                yield Known(whole, why=partial(_spelled, algebra, inner, largest, word))


def _pinsker(algebra: Algebra, total: Polynomial, body: Monomial, live: Live) -> Iterator[Known]:
    """The inequality for a sum of |P(x) - Q(x)|, times a number, and nothing else."""
    match [(atom, inner) for atom, inner in absolute_values(algebra, {body: 1}) if body == ((atom, 1),)]:
        case [(_, inner)] if len(inner) == 2:
            (one, a), (other, b) = inner.items()
        case _:
            return
    laws: list[Polynomial] = [{monomial: 1} for monomial in (one, other)]
    if a != -b or any(algebra.signs.of(law) != 1 or algebra.close(law, dict(live)) != constant(1) for law in laws):
        return
    square = scale(algebra.multiply(total, total), Fraction(1, 2) / (Fraction(a) * a))
    for p, q in (laws, laws[::-1]):
        divergence = algebra.close(algebra.multiply(p, subtract(algebra.log(p), algebra.log(q))), dict(live))
        yield Known(subtract(divergence, square), why=partial(_of_laws, algebra, p, q))


def _spelled(algebra: Algebra, inner: Polynomial, largest: Polynomial, word: str) -> str:
    spelled = Spelling(algebra)
    text = spelled.polynomial(inner)
    known = {"0": ">= 0", "u": f">= {text}", "-u": f">= -({text})", "+": f"<= {spelled.polynomial(largest)}"}
    return f"abs({text}) {known[word]}"


def _of_laws(algebra: Algebra, p: Polynomial, q: Polynomial) -> str:
    spelled = Spelling(algebra)
    return f"Pinsker's inequality for the laws {spelled.polynomial(p)} and {spelled.polynomial(q)}"
