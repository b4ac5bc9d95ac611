"""What a derivation is made of: places, rewrites, printed steps, parts.

A rewrite is one rule applied at one or more places at once; it carries the substitution of every application, so that
the kernel re-checks it without matching or searching. A step is one printed line: one rewrite or several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from symkl.language.term import Relation, Term
from symkl.theory.setting import Setting

Bound = Term | str | tuple[Term, ...]
"""What a pattern variable stands for: a term, the name of a bound value, or a run of terms."""

EQUAL, EQUIVALENT, IMPLIES = "=", "<=>", "=>"
"""How a line follows from the one before: equal terms, equivalent statements, a statement that follows."""

EVERYWHERE, INNERMOST, FIRST = "everywhere", "innermost", "first"
STRATEGIES = (EVERYWHERE, INNERMOST, FIRST)
"""Where a rule is applied (`symkl.derivation.strategy`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A path of argument numbers from the root, and within a sum or product perhaps a run [start, stop) of its terms."""

    path: tuple[int, ...] = ()
    run: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """A rule at one place, with the substitution that makes its left side the term there."""

    place: Place
    binding: Mapping[str, Bound] = field(default_factory=dict)
    trial: Trial | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of an application when it was found, so that it is worked out once; the kernel never reads it."""

    found: Term
    replacement: Term
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that a rule needed, and the givens (or the fact) that discharged it."""

    relation: Term
    discharged_by: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One rule at one or more places at once, from the whole term before to the whole term after."""

    rule: str
    backward: bool
    applications: tuple[Application, ...]
    before: Term
    after: Term
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One printed line: `after` follows from `before` by `rewrites`; `relation` says how.

    `rule` is the name to print and `says` its sentence, or the script's own words.
    """

    relation: str
    before: Term
    after: Term
    rewrites: tuple[Rewrite, ...]
    rule: str
    says: str

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of all its rewrites, each once, in order."""
        return tuple(dict.fromkeys(condition for rewrite in self.rewrites for condition in rewrite.conditions))


@dataclass(frozen=True, slots=True)
class Part:
    """A chain from `start`, with a heading and the words that lead to it.

    `start` is an expression, and the lines are equal to it; or a relation, and the lines are statements.
    """

    title: str
    start: Term
    steps: tuple[Step, ...] = ()
    prose: str = ""

    @property
    def end(self) -> Term:
        """The last line."""
        return self.steps[-1].after if self.steps else self.start

    @property
    def result(self) -> Term:
        """What the part shows: start = end of expressions, the last statement of statements."""
        if isinstance(self.start, Relation):
            return self.end
        return Relation((self.start, self.end), (EQUAL,))


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derivation whose every step the kernel has accepted (`symkl.derivation.kernel.check`)."""

    name: str
    title: str
    setting: Setting
    goal: Term
    parts: tuple[Part, ...]
    closing: str = ""
    source: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The printed steps of all parts, in order."""
        return tuple(step for part in self.parts for step in part.steps)

    def numbered(self) -> Iterator[tuple[int, Part, Step]]:
        """Each step with its number, from 1, and its part."""
        number = 0
        for part in self.parts:
            for step in part.steps:
                number += 1
                yield number, part, step
