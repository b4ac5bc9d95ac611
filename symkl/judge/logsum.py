"""The log-sum inequality: a_1 log(a_1/c_1) + ... + a_k log(a_k/c_k) >= A log(A/C), for positive a's and c's with sums A, C.

With masses of mixtures for A and C it is the joint convexity of the divergence. Source: Cover & Thomas, theorem 2.7.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING

from symkl.judge.atoms import Domain, Form, Index, Scalar
from symkl.judge.known import Known
from symkl.judge.polynomial import Monomial, Polynomial, accumulate, subtract
from symkl.judge.spelling import Spelling
from symkl.judge.sums import Live

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

PARTS = 3
"""Sums of more parts are not matched with each other."""

FORMS = 6
"""Among more sums under logs no pairs are looked for."""


def by_log_sums(algebra: Algebra, logs: Iterable[tuple[int, Live]]) -> Iterator[Known]:
    """The inequality for every two sums under logs that may be matched; `logs` are what is under logs, and their bound values."""
    found: dict[int, Live] = {}
    for base, live in logs:
        if isinstance(algebra.table.keys[base], Form):
            found.setdefault(base, live)
    if len(found) > FORMS:
        return
    for above, live in found.items():
        for below, other in found.items():
            for names in _alignments(live, other) if above != below else ():
                yield from _of_sums(algebra, above, algebra.table.renamed(below, names), live)


def _alignments(live: Live, other: Live) -> Iterator[dict[Index, Index]]:
    """The ways to take the bound values of one sum for those of the other."""
    if len(live) == len(other):
        for chosen in permutations(live):
            if all(live[a] == other[b] for a, b in zip(chosen, other, strict=True)):
                yield dict(zip(other, chosen, strict=True))


def _of_sums(algebra: Algebra, above: int, below: int, live: dict[Index, Domain]) -> Iterator[Known]:
    summands, others = _summands(algebra, above), _summands(algebra, below)
    if not summands or len(summands) != len(others):
        return
    total, whole = _sum_of(summands), _sum_of(others)
    ratio = subtract(algebra.log(total), algebra.log(whole))
    for order in permutations(others):
        column = algebra.multiply(total, subtract({}, ratio))
        for one, other in zip(summands, order, strict=True):
            accumulate(column, algebra.multiply(one, subtract(algebra.log(one), algebra.log(other))))
        column = algebra.close(column, dict(live)) if live else column
        if column:
            yield Known(column, why=partial(_spelled, algebra, total, whole))


def _spelled(algebra: Algebra, total: Polynomial, whole: Polynomial) -> str:
    spelled = Spelling(algebra)
    return f"log-sum inequality, {spelled.polynomial(total)} over {spelled.polynomial(whole)}"


def _summands(algebra: Algebra, atom: int) -> list[Polynomial]:
    """The positive summands of a form, those with the same masses together: t*p + q - t*q is t*p and (1 - t)*q."""
    key = algebra.table.keys[atom]
    groups: dict[Monomial, Polynomial] = {}
    for monomial, coefficient in key.polynomial if isinstance(key, Form) else ():
        masses = tuple(pair for pair in monomial if not isinstance(algebra.table.keys[pair[0]], Scalar))
        accumulate(groups.setdefault(masses or monomial, {}), {monomial: coefficient})
    parts = list(groups.values())
    if not 2 <= len(parts) <= PARTS or any(algebra.signs.of(part) != 1 for part in parts):
        return []
    return parts


def _sum_of(parts: list[Polynomial]) -> Polynomial:
    total: Polynomial = {}
    for part in parts:
        accumulate(total, part)
    return total
