"""What a chain is made of and what is said of it: rows with their readings, sides, equations, verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from symkl.homework.compare import Outcome
from symkl.homework.suppositions import World
from symkl.language.term import Term

BEFORE = -1
"""The number of a row that stands in a display above."""

DIFFERS_FROM_UNDECIDED = "differs from the row before it, which is not decided"


@dataclass(frozen=True, slots=True)
class RowTerms:
    """A row under one reading: its relations and sides, and what this reading assumes."""

    relations: tuple[str, ...]
    sides: tuple[Term, ...]
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a chain: its readings, the chosen one first; none where it is not understood."""

    readings: tuple[RowTerms, ...]
    inherits: bool
    connective: str = ""
    notes: tuple[str, ...] = ()
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of one row: the verdict, why, and the two sides that the reason speaks of."""

    verdict: str
    reason: str = ""
    said: tuple[str, ...] = ()
    outcome: Outcome | None = None
    before: Term | None = None
    operator: str = "="
    after: Term | None = None
    head: Term | None = None
    """The side that the chain starts from, where everything up to `before` is right and an equality."""
    world: World | None = None
    """What the words assume, where the outcome is one under it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a chain as it was judged."""

    term: Term
    verdict: str
    operator: str = "="
    """The relation to the side before it."""
    row: int = 0


@dataclass(slots=True)
class Equation:
    """A row that states an equation which is no identity: a condition, from which others may follow."""

    left: Term
    right: Term
    row: int = 0
    """Which row of the display it is."""
    claimed: bool = False
    """Whether it reads as a claim, which is wrong unless a row below solves it."""
