"""What bounds a judgement: a clock, a count of operations, sizes; and the two ways of not deciding."""

from __future__ import annotations

import time

SECONDS = 4.0
"""After so much time of its own a judgement gives up: however busy the machine is, it says the same."""

OPERATIONS = 700_000
"""So many products of monomials, at most."""

LOOK_AFTER = 2000
"""The clock is read once in so many operations."""

TERMS = 60_000
"""A polynomial of more monomials than this is not built."""


class Undecided(Exception):
    """The judgement ends without a verdict; the text is the reason."""


class OutsideFragment(Undecided):
    """The statement uses what the procedure does not cover."""


class GaveUp(Undecided):
    """The judgement would have taken too long or too much memory."""

    def __init__(self, what: str) -> None:
        super().__init__(f"gave up: {what}")


class Budget:
    """A clock and a count, asked before each expensive piece of work."""

    def __init__(self, seconds: float = SECONDS, operations: int = OPERATIONS) -> None:
        self._deadline = time.thread_time() + seconds
        self._left = operations
        self._next_look = max(operations - LOOK_AFTER, 0)

    def spend(self, operations: int, terms: int = 0) -> None:
        """Count some operations; raise GaveUp when the time or the count is used up, or a result too large."""
        self._left -= operations
        if terms > TERMS:
            raise GaveUp(f"a normal form of more than {TERMS} terms")
        if self._left < self._next_look:
            if self._left < 0:
                raise GaveUp("the normal form takes too many operations")
            self._next_look = max(self._left - LOOK_AFTER, 0)
            self.look()

    @classmethod
    def for_a_search(cls) -> Budget:
        """A budget of its own for the search for a point, after a normal form has used up another."""
        return cls(SECONDS / 2)

    def look(self) -> None:
        """Raise GaveUp when the time is over."""
        if time.thread_time() > self._deadline:
            raise GaveUp("the time is over")
