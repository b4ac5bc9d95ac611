"""The answer to a statement: proved, refuted with a point, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from symkl.errors import UsageError
from symkl.language.term import Relation
from symkl.theory.setting import Setting

PROVED, REFUTED, UNKNOWN = "proved", "refuted", "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a statement under givens.

    `witness` holds the point of a refutation by the plain spelling of its numbers and masses; `values` both sides there,
    to ten digits, and `difference` the left minus the right. `certificate` says what a proof of an inequality rests on.
    """

    statement: Relation
    setting: Setting
    verdict: str
    reason: str
    witness: Mapping[str, Fraction] = field(default_factory=dict)
    values: tuple[str, str] | None = None
    difference: str | None = None
    certificate: str | None = None

    def __bool__(self) -> bool:
        raise UsageError(
            "A verdict is proved, refuted or unknown, and no truth value: compare its .verdict with one of these words."
        )

    def __repr__(self) -> str:
        return f"<Verdict {self.verdict}: {self.setting.write(self.statement)}>"

    @property
    def exit_code(self) -> int:
        """What the command line ends with: 0 proved, 1 refuted, 3 unknown."""
        return {PROVED: 0, REFUTED: 1, UNKNOWN: 3}[self.verdict]
