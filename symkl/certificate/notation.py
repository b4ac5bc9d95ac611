"""How a proof assistant writes what a certificate speaks of: numbers, sums, functions, statements, definitions.

The writers of terms, claims and proofs are one for all assistants; what differs is a table of templates, one for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ATOM, CALL, POWER, MINUS, TIMES, BIG, PLUS = 0, 10, 30, 35, 40, 45, 50
"""Levels of precedence, the tightest first."""


Ends = tuple[str | None, str | None]
"""The ends of an open interval, of which either may be missing."""


@dataclass(frozen=True, slots=True)
class Form:
    """A template, and how tightly what it makes binds."""

    template: str
    level: int = CALL

    def of(self, *parts: str) -> tuple[str, int]:
        """The text for some parts, and its level."""
        return self.template.format(*parts), self.level


@dataclass(frozen=True, slots=True)
class Notation:
    """The templates of one assistant.

    `words` are the identifiers that no name of a user may be: the assistant's own, and those that a certificate writes.
    `typed` says that what is all numerals is real, where that has to be said. `body` is the loosest level that stands under a
    sum without brackets.
    """

    words: str
    # Numbers
    e: str
    pi: str
    whole: str
    typed: str
    cast: Form
    size: Form
    power: Form
    log: str
    log_base: str
    exp: str
    absolute: str
    # Sums, laws and alphabets
    sum: Form
    product: Form
    body: int
    range: str
    listed: str
    separator: str
    pair: str
    pattern: str
    grouped: str
    update: str
    # Calculus
    derivative: str
    differentiable: str
    interval: Mapping[tuple[bool, bool], str]
    """An open interval by whether it has a lower and an upper end."""
    inside: str
    """That a point is in an interval."""
    region: str
    """An interval as a set, in the place of an argument."""
    # Statements
    relations: Mapping[str, str]
    conjunction: str
    equivalence: str
    implies: str
    member: str
    """A value and its alphabet before what holds of the value."""
    quantified: str
    """Values, that each is a member, and what holds of them."""
    for_all: str
    number: str
    """A real number where it is bound."""
    exists: str
    integer: str
    always: str
    # Definitions
    real: str
    natural: str
    alphabet: str
    arrow: str
    proposition: str
    definition: str
    choice: str
    """Of two numbers the first where a value is the one that is named, else the second."""
    comment: str

    def function(self, arguments: Iterable[str], result: str) -> str:
        """The type of a function."""
        return self.arrow.join([*arguments, result])

    def binder(self, variables: Iterable[tuple[str, str]]) -> str:
        """Variables with their types."""
        return " ".join(f"({name} : {kind})" for name, kind in variables)

    def defined(self, name: str, variables: Iterable[tuple[str, str]], kind: str, body: str) -> str:
        """A definition."""
        binder = self.binder(variables)
        return self.definition.format(name=name, binder=f" {binder}" if binder else "", type=kind, body=body)

    def each(self, members: Sequence[tuple[str, str]], proposition: str, typed: bool = False) -> str:
        """A proposition for all values, each with the alphabet that it belongs to."""
        if not members:
            return proposition
        values = [value for value, _ in members]
        bound = self.binder((value, self.natural) for value in values) if typed else " ".join(values)
        within = " ".join(self.member.format(*pair) for pair in members)
        return self.quantified.format(values=bound, members=within, body=proposition)

    def together(self, propositions: Iterable[str]) -> str:
        """All of some propositions, a line for each."""
        return f"{self.conjunction}\n  ".join(propositions)

    def alphabet_of(self, elements: Iterable[str]) -> str:
        """The alphabet of some elements."""
        return self.listed.format(self.separator.join(elements))

    def pairs(self, alphabets: Sequence[str]) -> str:
        """The alphabet of the pairs of values."""
        text = alphabets[0]
        for alphabet in alphabets[1:]:
            text = self.pair.format(text, alphabet)
        return text

    def bound(self, identifiers: Sequence[str]) -> str:
        """The binder of a function of a value, or of a pair of values."""
        text = identifiers[0]
        for identifier in identifiers[1:]:
            text = self.pattern.format(text, identifier)
        return self.grouped.format(text) if len(identifiers) > 1 else text

    def open_interval(self, ends: Ends) -> str:
        """The numbers between two ends."""
        low, high = ends
        return self.interval[low is not None, high is not None].format(*(end for end in ends if end is not None))
