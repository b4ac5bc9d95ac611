"""Exact linear programming over the rationals: is a vector a non-negative combination of others?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

WORK = 150_000
"""The search stops after so many operations on rationals and finds nothing."""


def nonnegative_combination(columns: Sequence[dict[int, Fraction]], target: dict[int, Fraction]) -> dict[int, Fraction] | None:
    """Multipliers m >= 0 with sum of m[k] * columns[k] = target, as a dictionary without zeros; None where there are none.

    The first phase of the simplex method with Bland's rule, on sparse rows of exact rationals.
    """
    rows_of = sorted({row for column in columns for row in column} | target.keys())
    rows: list[dict[int, Fraction]] = []
    values: list[Fraction] = []
    for row in rows_of:
        value = target.get(row, Fraction(0))
        sign = -1 if value < 0 else 1
        rows.append({k: sign * column[row] for k, column in enumerate(columns) if column.get(row)})
        values.append(sign * value)
    if any(value and not row for row, value in zip(rows, values, strict=True)):
        return None
    basis = _feasible_basis(rows, values)
    if basis is None:
        return None
    found = {k: value for k, value in zip(basis, values, strict=True) if k >= 0 and value}
    return found if _adds_up(columns, target, found) else None


def _feasible_basis(rows: list[dict[int, Fraction]], values: list[Fraction]) -> list[int] | None:
    """Pivot until the artificial variables (numbered -1 - row) are zero; None where they cannot be."""
    basis = [-1 - k for k in range(len(rows))]
    gains: dict[int, Fraction] = {}
    for row in rows:
        for k, value in row.items():
            gains[k] = gains.get(k, Fraction(0)) + value
    work = 0
    while work < WORK:
        entering = min((k for k, gain in gains.items() if gain > 0), default=None)
        if entering is None:
            break
        leaving = _leaving(rows, values, basis, entering)
        if leaving is None:
            return None
        work += _pivot(rows, values, gains, leaving, entering)
        basis[leaving] = entering
    infeasible = sum((value for k, value in zip(basis, values, strict=True) if k < 0), Fraction(0))
    return None if infeasible else basis


def _leaving(rows: list[dict[int, Fraction]], values: list[Fraction], basis: list[int], entering: int) -> int | None:
    best: tuple[Fraction, int, int] | None = None
    for place, row in enumerate(rows):
        pivot = row.get(entering)
        if pivot is not None and pivot > 0:
            candidate = (values[place] / pivot, basis[place], place)
            if best is None or candidate < best:
                best = candidate
    return None if best is None else best[2]


def _pivot(rows: list[dict[int, Fraction]], values: list[Fraction], gains: dict[int, Fraction], place: int, entering: int) -> int:
    """Make a variable basic in a row; how many numbers that touched."""
    pivot = rows[place][entering]
    row = {k: value / pivot for k, value in rows[place].items()}
    rows[place] = row
    values[place] /= pivot
    work = len(row)
    for other in range(len(rows)):
        factor = rows[other].get(entering)
        if other != place and factor:
            _subtract(rows[other], row, factor)
            values[other] -= factor * values[place]
            work += len(row)
    _subtract(gains, row, gains[entering])
    return work


def _subtract(row: dict[int, Fraction], other: dict[int, Fraction], factor: Fraction) -> None:
    for k, value in other.items():
        left = row.get(k, Fraction(0)) - factor * value
        if left:
            row[k] = left
        else:
            row.pop(k, None)


def _adds_up(columns: Sequence[dict[int, Fraction]], target: dict[int, Fraction], multipliers: dict[int, Fraction]) -> bool:
    total: dict[int, Fraction] = {}
    for k, multiplier in multipliers.items():
        if multiplier < 0:
            return False
        _subtract(total, columns[k], -multiplier)
    return total == {row: value for row, value in target.items() if value}
