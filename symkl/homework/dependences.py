"""Random variables that are functions of others: Y = g(X), or constant.

No law with positive masses makes Y a function of X. So measures are written in what determines them: H(S) becomes H of S with
all that S determines. What is then proved for positive laws holds for these as their limit. What is then refuted, where each
variable is a function of single ones, fails at X taken as the pair (Y, X'), which is a law of this kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from symkl.language.grouping import variable_groups
from symkl.language.term import (
    E,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    RandomVariable,
    Size,
    Term,
    subterms,
    sum_of,
)


@dataclass(frozen=True, slots=True)
class Dependence:
    """A variable that is a function of others; of none where it is constant."""

    variable: str
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dependences:
    """All dependences in force."""

    known: tuple[Dependence, ...]
    uniform: Mapping[str, Term] = field(default_factory=dict)
    """The sizes of the alphabets of variables that are uniform, beside others."""
    alike: Mapping[str, str] = field(default_factory=dict)
    """Variables that have the distribution of another one."""
    base: Term = E
    apart: bool = False
    """Whether the variables that are uniform or alike are taken to be independent of all others."""

    @property
    def independent(self) -> bool:
        """Whether all that is known is also true of variables that are independent of all others."""
        return not self.known

    def refutable(self, *sides: Term) -> Dependences | None:
        """What sides have to be written by, so that what is refuted of them so is refuted; None where nothing is known.

        A variable that is uniform, or is like another one, may be independent of all others: H(S, X) is then H(X) + H(S).
        """
        unmeasured = (Mass, Law) if not self.known else (Mass, Law, Size)
        if any(isinstance(part, unmeasured) for side in sides for part in subterms(side)):
            return None
        if any(len(each.of) > 1 or {each.variable, *each.of} & self.single for each in self.known):
            return None
        return replace(self, apart=bool(self.single))

    @property
    def single(self) -> frozenset[str]:
        """The variables of which the distribution is stated."""
        return frozenset({*self.uniform, *self.alike, *self.alike.values()})

    def independence(self, names: frozenset[str]) -> tuple[Term, Term] | None:
        """Two sides that are equal where those of stated distribution among some variables are independent of all the others.

        None where variables are functions of others.
        """
        single, rest = sorted(names & self.single), sorted(names - self.single)
        if self.known or not single:
            return None
        parts = [[name] for name in single] + ([rest] if rest else [])
        joint, *apart = (Measure("H", map(RandomVariable, group), "," * (len(group) - 1)) for group in (sorted(names), *parts))
        return joint, sum_of(apart)

    def written(self, term: Term) -> Term:
        """The term with its measures of random variables as entropies of all that is determined."""
        match term:
            case Measure(("H" | "I") as name) if (of := variable_groups(term)) is not None:
                groups, condition = list(map(frozenset, of[0])), frozenset(of[1])
                if name == "H":
                    return _sum([self._entropy(groups[0] | condition), self._minus(condition)])
                if len(groups) == 2:
                    return self._information(groups[0], groups[1], condition)
        return term.with_args(map(self.written, term.args))

    def closure(self, names: Iterable[str]) -> frozenset[str]:
        """What some variables determine; without the constants, which say nothing."""
        found = set(names)
        while True:
            more = {each.variable for each in self.known if each.of <= found} - found
            if not more:
                break
            found |= more
        return frozenset(found - self._constants())

    def _constants(self) -> frozenset[str]:
        found: set[str] = set()
        while True:
            more = {each.variable for each in self.known if each.of <= found} - found
            if not more:
                return frozenset(found)
            found |= more

    def _entropy(self, names: frozenset[str]) -> Term:
        closed = sorted(self.closure(names))
        if not closed:
            return Number(0)
        single = [name for name in closed if name in self.single and (self.apart or len(closed) == 1)]
        others = [name for name in closed if name not in single]
        joint = [Measure("H", map(RandomVariable, others), "," * (len(others) - 1))] if others else []
        return _sum([*map(self._alone, single), *joint])

    def _alone(self, name: str) -> Term:
        if name in self.uniform:
            return Log(self.uniform[name], self.base)
        return Measure("H", (RandomVariable(self.alike.get(name, name)),))

    def _minus(self, names: frozenset[str]) -> Term:
        return Negation(self._entropy(names))

    def _information(self, one: frozenset[str], other: frozenset[str], condition: frozenset[str]) -> Term:
        return _sum(
            [
                self._entropy(one | condition),
                self._entropy(other | condition),
                self._minus(one | other | condition),
                self._minus(condition),
            ]
        )


def _sum(terms: list[Term]) -> Term:
    return sum_of([term for term in terms if term not in (Number(0), Negation(Number(0)))])
