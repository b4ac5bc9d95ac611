"""What givens mean: a scope for the readers, facts for the conditions, masses by formula.

A `Setting` is all that the kernel, the judge and the writers know about the symbols. Building one checks that the givens
fit together: no name of two kinds, no law on two alphabets, no empty interval, no mass outside (0, 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from symkl.language.givens import (
    ConditionGiven,
    FamilyGiven,
    Given,
    IndependenceGiven,
    JointGiven,
    LawsGiven,
    MarkovGiven,
    MassesGiven,
    UniformGiven,
    VectorGiven,
    read_given,
    split_givens,
)
from symkl.language.plain_writer import write_plain
from symkl.language.scope import Scope
from symkl.language.term import Term
from symkl.theory.agreement import check
from symkl.theory.declarations import Declarations
from symkl.theory.facts import Fact, MassFormula


@dataclass(frozen=True, slots=True)
class Setting:
    """The givens in force and what they amount to."""

    givens: tuple[Given, ...] = ()
    inferred: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)
    facts: tuple[Fact, ...] = ()
    integers: frozenset[str] = frozenset()
    formulas: Mapping[str, MassFormula] = field(default_factory=dict)
    independences: tuple[IndependenceGiven, ...] = ()
    chains: tuple[MarkovGiven, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The givens as written."""
        return tuple(given.text for given in self.givens)

    def given_of(self, law: str) -> str:
        """The text of the given that declares a law."""
        for given in self.givens:
            match given:
                case JointGiven(_, _, name, _) if name == law:
                    return given.text
                case MassesGiven(_, laws, _) if any(name == law for name, _ in laws):
                    return given.text
                case FamilyGiven() | LawsGiven() | UniformGiven() | VectorGiven() if law in given.names:
                    return given.text
        return f"{law} is a law"

    def write(self, term: Term) -> str:
        """The plain spelling of a term under these givens."""
        return write_plain(term, self.scope.log_base)


def setting(givens: Iterable[str] = (), inferred: Iterable[str] = ()) -> Setting:
    """The setting that texts of givens describe; those in `inferred` are marked so in every output.

    Raises: GivenError for a given that is not understood or contradicts another.
    """
    written = [piece for text in givens for piece in split_givens(text)]
    guessed = [piece for text in inferred for piece in split_givens(text)]
    known = Declarations()
    parsed = [read_given(text) for text in [*written, *guessed]]
    # Names come first, so that a condition may stand before the law that it speaks of.
    for given in sorted(parsed, key=lambda given: isinstance(given, ConditionGiven)):
        known.add(given)
    check(known)
    return Setting(
        givens=tuple(parsed),
        inferred=frozenset(guessed),
        scope=known.scope(),
        facts=tuple(known.facts),
        integers=frozenset(known.integers),
        formulas=known.formulas,
        independences=tuple(known.independences),
        chains=tuple(known.chains),
    )
