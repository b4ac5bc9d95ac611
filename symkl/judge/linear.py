"""Exact linear programming over the rationals: is a vector a non-negative combination of others?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq

Row = dict[int, fmpq]

_ZERO = fmpq(0)

WORK = 150_000
"""The search stops after so many operations on rationals and finds nothing."""


def nonnegative_combination(columns: Sequence[dict[int, Fraction]], target: dict[int, Fraction]) -> dict[int, Fraction] | None:
    """Multipliers m >= 0 with sum of m[k] * columns[k] = target, as a dictionary without zeros; None where there are none.

    The first phase of the simplex method on sparse rows of exact rationals. The column with the largest gain enters; that it
    might go round in a circle costs no more than the bound on the work.
    """
    usable = _usable(columns, target)
    rows_of = sorted({row for k in usable for row in columns[k]} | target.keys())
    rows: list[Row] = []
    values: list[fmpq] = []
    for row in rows_of:
        value = _fmpq(target.get(row, 0))
        sign = -1 if value < 0 else 1
        rows.append({k: sign * _fmpq(columns[k][row]) for k in usable if columns[k].get(row)})
        values.append(sign * value)
    if any(value != 0 and not row for row, value in zip(rows, values, strict=True)):
        return None
    basis = _feasible_basis(rows, values)
    if basis is None:
        return None
    found = {k: Fraction(int(v.p), int(v.q)) for k, v in zip(basis, values, strict=True) if k >= 0 and v != 0}
    return found if _adds_up(columns, target, found) else None


def _usable(columns: Sequence[dict[int, Fraction]], target: dict[int, Fraction]) -> list[int]:
    """The columns without those that have something which no other column takes away again and the target has not."""
    usable = list(range(len(columns)))
    while True:
        signs: dict[int, int] = {}
        for k in usable:
            for row, value in columns[k].items():
                if value:
                    signs[row] = signs.get(row, 0) | (1 if value > 0 else 2)
        one_sided = {row for row, sign in signs.items() if sign != 3 and not target.get(row)}
        kept = [k for k in usable if not any(columns[k].get(row) for row in one_sided)]
        if len(kept) == len(usable):
            return usable
        usable = kept


def _fmpq(value: Fraction | int) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _feasible_basis(rows: list[Row], values: list[fmpq]) -> list[int] | None:
    """Pivot until the artificial variables (numbered -1 - row) are zero; None where they cannot be."""
    basis = [-1 - k for k in range(len(rows))]
    gains: Row = {}
    for row in rows:
        for k, value in row.items():
            gains[k] = gains.get(k, _ZERO) + value
    sizes: dict[int, int] = {}
    for row in rows:
        for k in row:
            sizes[k] = sizes.get(k, 0) + 1
    work = 0
    while work < WORK:
        entering = max(gains, key=lambda k: gains[k] / sizes[k], default=None)
        if entering is None or gains[entering] <= 0:
            break
        leaving = _leaving(rows, values, basis, entering)
        if leaving is None:
            return None
        work += _pivot(rows, values, gains, leaving, entering)
        basis[leaving] = entering
    infeasible = sum((value for k, value in zip(basis, values, strict=True) if k < 0), _ZERO)
    return None if infeasible != 0 else basis


def _leaving(rows: list[Row], values: list[fmpq], basis: list[int], entering: int) -> int | None:
    best: tuple[fmpq, int, int] | None = None
    for place, row in enumerate(rows):
        pivot = row.get(entering)
        if pivot is not None and pivot > 0:
            candidate = (values[place] / pivot, basis[place], place)
            if best is None or candidate < best:
                best = candidate
    return None if best is None else best[2]


def _pivot(rows: list[Row], values: list[fmpq], gains: Row, place: int, entering: int) -> int:
    """Make a variable basic in a row; how many numbers that touched."""
    pivot = rows[place][entering]
    row = {k: value / pivot for k, value in rows[place].items()}
    rows[place] = row
    values[place] /= pivot
    work = len(row)
    for other in range(len(rows)):
        factor = rows[other].get(entering)
        if other != place and factor is not None:
            _subtract(rows[other], row, factor)
            values[other] -= factor * values[place]
            work += len(row)
    _subtract(gains, row, gains[entering])
    return work


def _subtract(row: Row, other: Row, factor: fmpq) -> None:
    for k, value in other.items():
        left = row.get(k, _ZERO) - factor * value
        if left != 0:
            row[k] = left
        else:
            row.pop(k, None)


def _adds_up(columns: Sequence[dict[int, Fraction]], target: dict[int, Fraction], multipliers: dict[int, Fraction]) -> bool:
    total: dict[int, Fraction] = {}
    for k, multiplier in multipliers.items():
        if multiplier < 0:
            return False
        for row, value in columns[k].items():
            total[row] = total.get(row, Fraction(0)) + multiplier * value
    return {row: value for row, value in total.items() if value} == {row: value for row, value in target.items() if value}
