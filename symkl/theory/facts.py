"""What givens state of numbers: relations, and the masses of a law by a formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symkl.language.term import Relation, Term, substitute


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a given states, and the text of that given."""

    relation: Relation
    given: str


@dataclass(frozen=True, slots=True)
class MassFormula:
    """The masses of a law in terms of numbers: one for each outcome, or one formula in an index."""

    law: str
    given: str
    outcomes: Mapping[Term, Term] = field(default_factory=dict)
    index: str = ""
    formula: Term | None = None

    def at(self, value: Term) -> Term | None:
        """The mass at a value, where the formula says it."""
        if self.formula is not None:
            return substitute(self.formula, {self.index: value})
        return self.outcomes.get(value)

    def terms(self) -> list[Term]:
        """What the masses are said to be."""
        return [*self.outcomes.values(), *([] if self.formula is None else [self.formula])]
