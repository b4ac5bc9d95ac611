"""What is known not to be negative: the columns of the linear programme that finds certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symkl.judge.polynomial import Polynomial
from symkl.judge.spelling import Spelling

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra


@dataclass(frozen=True, slots=True)
class Known:
    """A polynomial that is not negative anywhere on the domain (`strict`: positive), why, and what it is called.

    The reason is spelled when it is asked for: most columns are in no certificate.
    """

    polynomial: Polynomial
    strict: bool = False
    why: Callable[[], str] | None = None
    name: str = ""

    def called(self, algebra: Algebra) -> str:
        """What is not negative."""
        return self.name or Spelling(algebra).polynomial(self.polynomial)

    def reason(self, algebra: Algebra) -> str:
        """The inequality, and why it holds."""
        why = f" ({self.why()})" if self.why else ""
        return f"{self.called(algebra)} {'>' if self.strict else '>='} 0{why}"
