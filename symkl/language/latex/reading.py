"""What reading a formula gives: the term, where its parts stand, what is ambiguous, and the notes beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symkl.language.plain_writer import write_plain
from symkl.language.term import Term

Path = tuple[int, ...]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A place that can be read in two ways: the one chosen, its rival, and the rule that chose.

    `rival` is the whole formula with the other reading at this place, where that can be read at all.
    """

    kind: str
    span: Span
    chosen: str
    other: str
    rival: Term | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A formula as symkl reads it.

    `term` is the tree; of a text that begins with a relation it is what follows, and `leads` is that relation. `spans`
    maps the path of a subterm to its place in `text`. `assumed` says in sentences what was decided that the text does not say.
    """

    text: str
    term: Term
    leads: str = ""
    spans: Mapping[Path, Span] = field(default_factory=dict)
    ambiguities: tuple[Ambiguity, ...] = ()
    notes: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    def __repr__(self) -> str:
        relation = f"{self.leads} " if self.leads else ""
        return f"<Reading of {self.text!r}: {relation}{write_plain(self.term)}>"

    @property
    def rivals(self) -> tuple[Term, ...]:
        """The other readings, each once."""
        return tuple(dict.fromkeys(a.rival for a in self.ambiguities if a.rival is not None and a.rival != self.term))

    def span_of(self, path: Path) -> Span:
        """Where a subterm stands in the text: its own place, or that of the nearest term around it."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans.get(path, (0, len(self.text)))
