"""The moves of a proof: what the writer of proofs does, whatever the assistant.

A proof goes down to the places where a rule is applied, by congruence, and closes each with the rule's lemma. The writer says
which moves; an assistant's own class writes them down, most of them by a template.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from symkl.certificate.notation import Ends, Notation


@dataclass(frozen=True, slots=True)
class Statement:
    """A lemma to be: its name, the variables with their types, the call of the domain, and what is said of them."""

    name: str
    variables: Sequence[tuple[str, str]]
    domain: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A lemma on the laws: what holds on the domain, and a proof of it from the conditions and the facts before it.

    No other fact rests on one about a marginal law.
    """

    name: str
    statement: str
    proof: Sequence[str]
    marginal: bool = False


class Moves(ABC):
    """Writes the moves of a proof as lines of one assistant."""

    notation: ClassVar[Notation]
    unproved: ClassVar[Mapping[str, str]]
    """The rules whose steps have no proof here, and why."""
    congruences: ClassVar[Mapping[str, str]]
    """The lines that need no term, by what they do: most go down one level."""
    closings: ClassVar[Mapping[str, str]]
    """The tactics that close a goal without a rule, by what they show."""
    facts: ClassVar[Mapping[str, str]]
    """The proofs of what follows of laws, by the kind of fact."""
    blocks: ClassVar[bool] = False
    """Whether a long line of like terms is proved for all of them at once; else it is proved term by term."""
    line: ClassVar[str]
    """A tactic as a line."""
    symmetric: ClassVar[str]
    """The line of a tactic that may show the equation from right to left."""
    first: ClassVar[str]
    """The left side of the goal is another text, which a tactic shows."""
    last: ClassVar[str]
    """The same of the right side."""
    between: ClassVar[str]
    """The goal by way of a text between, with two tactics."""
    under: ClassVar[Mapping[str, str]]
    """Under a sum or a product, by which; with the value, and that it is a member."""
    by_part: ClassVar[str]
    """The goal by the call of an earlier part."""
    recall: ClassVar[str]
    """A lemma at hand, by its call."""
    known: ClassVar[str]
    """All at hand that is known at a point."""
    at_hand: ClassVar[str] = ""
    """That a mass is positive, shown ahead of what closes a goal; empty where nothing is shown ahead."""
    on_set: ClassVar[str]
    """The line of an equivalence of two sets, by a line about their elements."""

    @abstractmethod
    def tactic(self, rule: str) -> str:
        """The tactic that closes the equation where a rule is applied."""

    def closed(self, rule: str, backward: bool) -> str:
        """The line that closes the goal by a rule."""
        return (self.symmetric if backward else self.line).format(self.tactic(rule))

    def either(self, *tactics: str) -> str:
        """The line of the first tactic that closes the goal."""
        return self.line.format(f"first {self._alternatives(tactics)}")

    @abstractmethod
    def _alternatives(self, tactics: Sequence[str]) -> str: ...

    # Going down

    @abstractmethod
    def block(self, lines: Iterable[str]) -> Iterator[str]:
        """The proof of one of several goals."""

    @abstractmethod
    def pairwise(self, plus: bool, signs: Sequence[tuple[bool, bool]]) -> Iterator[str]:
        """One goal for each summand or factor; `signs` says of each whether it is subtracted before, and after."""

    @abstractmethod
    def averaged(self, values: Sequence[str], members: Sequence[str]) -> str:
        """Go under a mean."""

    def all_at_once(self, value: str, member: str, span: tuple[int, int], terms: tuple[list[str], list[str]]) -> Iterator[str]:
        """Prove a line of like terms for all values of a range; `terms` are those of one value, before and after."""
        yield from ()

    # Other points

    @abstractmethod
    def near(self, ends: Ends) -> str:
        """Go inside a derivative: the two functions agree on an interval."""

    @abstractmethod
    def elsewhere(self, other: str, inside: str, ends: Ends) -> str:
        """Take another point of an interval."""

    @abstractmethod
    def there(self, name: str, where: str, conditions: int) -> str:
        """Show that another point lies in the domain."""

    # Lemmas

    @abstractmethod
    def lemma(self, statement: Statement, proof: Iterable[str]) -> str:
        """A lemma with its proof."""

    def unfolding(self, laws: Sequence[str], marginals: Sequence[str]) -> Iterator[str]:
        """The tactics that unfold what a certificate defines, where the assistant has to be told."""
        yield from ()

    @abstractmethod
    def knowledge(self, variables: Sequence[str], facts: Sequence[str], conditions: int) -> str:
        """The tactic that has all at hand that is known at a point of the domain."""

    @abstractmethod
    def apart(self, conditions: int) -> str:
        """Have the conditions of the domain at hand, one by one."""

    @abstractmethod
    def taken(self, values: Sequence[str]) -> Sequence[str]:
        """The values that a line leaves free and their memberships, in order."""

    @abstractmethod
    def take(self, values: Sequence[str]) -> Iterator[str]:
        """Take the values that a line leaves free."""

    @abstractmethod
    def have(self, name: str, text: str, lines: Iterable[str]) -> Iterator[str]:
        """Show something on the way, by a name."""

    @abstractmethod
    def chain(self, kinds: Sequence[str], proofs: Sequence[str]) -> str:
        """The proof of a whole chain from those of its links; their kinds are "eq", "iff", "set" or "order"."""

    @abstractmethod
    def from_part(self, proofs: Sequence[str], call: str) -> Iterator[str]:
        """The end of a chain of equivalent statements that starts at what an earlier part shows."""

    @abstractmethod
    def example(self, point: Sequence[str], conditions: int, marginals: Sequence[str]) -> str:
        """The proof that a point lies in the domain; `point` has a value for each variable, `marginals` are the marginal laws."""

    @abstractmethod
    def obligation(self, laws: Sequence[str]) -> str:
        """Show the next obligation of a claim, where these laws have to be unfolded for it."""
