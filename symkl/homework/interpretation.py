"""One way to take the rows of a display, and how another is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symkl.language.term import Term
from symkl.theory.setting import Setting

Change = Callable[[Term], Term]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A way to take the rows of a display: the setting, what happens to each term, and what has to be said of it."""

    setting: Setting
    changes: tuple[Change, ...] = ()
    said: tuple[str, ...] = ()

    def of(self, term: Term) -> Term:
        """A term taken this way."""
        for change in self.changes:
            term = change(term)
        return term

    def then(self, said: str, known: Setting | None = None, change: Change | None = None) -> Interpretation:
        """This one with one more change."""
        changes = (*self.changes, change) if change is not None else self.changes
        return Interpretation(known or self.setting, changes, (*self.said, said))
