"""What a term speaks of: laws that have a meaning, and names of which only the notation says something.

A name that no one declared may have a meaning that stands in the text around the formula: sigma may be the deviation of a
law, q may be 1 - p. What rests on such a name alone refutes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from symkl.homework.integrals import INFINITY, INTERVAL
from symkl.homework.plainer import EXCEPT
from symkl.language.scope import DENSITY, MASS
from symkl.language.term import Binder, Function, Law, Mass, Measure, RandomVariable, Size, Symbol, Term, free_names, subterms
from symkl.theory.setting import Setting
from symkl.theory.setting import setting as setting_of

PROPER = (MASS, DENSITY)

_OF_THE_READER = (EXCEPT, INTERVAL, INFINITY.name)
"""Names that are no names of a document: how the reader writes what it binds over."""


@dataclass(frozen=True, slots=True)
class Names:
    """Which laws a term speaks of, and which names without a stated meaning."""

    laws: frozenset[str]
    opaque: frozenset[str]

    def __or__(self, other: Names) -> Names:
        return Names(self.laws | other.laws, self.opaque | other.opaque)


NOTHING = Names(frozenset(), frozenset())


class Register:
    """Sorts the names of terms under one setting."""

    def __init__(self, known: Setting) -> None:
        self._scope = known.scope
        stated = known
        if known.inferred:
            stated = setting_of([given.text for given in known.givens if given.text not in known.inferred])
        sizes = frozenset(
            name for law in known.scope.laws.values() if law.entries in PROPER for a in law.alphabets for name in free_names(a)
        )
        self._declared = stated.scope.numbers | stated.scope.functions | frozenset(stated.scope.laws) | sizes
        self._lists = {
            name: frozenset(part for mass in known.formulas[name].outcomes.values() for part in free_names(mass))
            for name, law in known.scope.laws.items()
            if law.masses
        }
        self._variables = frozenset(stated.scope.variables)
        self._related = bool(known.independences or known.chains)
        self._known: dict[Term, Names] = {}

    def of(self, term: Term) -> Names:
        """The names of a term."""
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._sorted(term)
        return found

    def _sorted(self, term: Term) -> Names:
        laws: set[str] = set()
        opaque: set[str] = set()
        for part in subterms(term):
            match part:
                case Mass(marginal, _) | Law(marginal, _):
                    law = self._scope.laws.get(marginal.law)
                    if marginal.law in self._lists:
                        opaque |= self._lists[marginal.law] - self._declared
                    elif law is None or law.entries in PROPER:
                        laws.add(marginal.law)
                    elif marginal.law not in self._declared:
                        opaque.add(marginal.law)
                case RandomVariable(name):
                    laws.add(self._scope.variables.get(name, name))
                    if name not in self._variables and not self._related:
                        # Words may say what a variable that no given declares is: X + Y, a function of X.
                        laws.add(name)
                case Symbol(name) | Function(name, _):
                    if name not in self._declared and name not in _OF_THE_READER:
                        opaque.add(name)
        bound = {name for part in subterms(term) if isinstance(part, Binder) for name in part.names}
        return Names(frozenset(laws), frozenset(opaque - bound))


def point_of(witness: Mapping[str, Fraction], terms: Iterable[Term], known: Setting) -> dict[str, Fraction]:
    """What a point says of the names in some terms; all of it where none of them is found."""
    letters: set[str] = set()
    for term in terms:
        letters |= free_names(term)
        for part in subterms(term):
            law = None
            if isinstance(part, Mass | Law):
                law = known.scope.laws.get(part.marginal.law)
            elif isinstance(part, RandomVariable):
                law = known.scope.laws.get(known.scope.variables.get(part.name, ""))
            elif isinstance(part, Function):
                letters.add(part.name)
            if law is not None and law.masses:
                letters.update(*map(free_names, known.formulas[law.name].outcomes.values()))
            elif law is not None:
                letters |= {law.letter, law.name, *law.variables}
                letters |= {name for alphabet in law.alphabets for name in free_names(alphabet)}
    if not letters:
        return {}
    kept = {name: value for name, value in witness.items() if _stem(name) in letters}
    return kept or dict(witness)


def _stem(name: str) -> str:
    """p of p[1] and p(1,2), X of size(X)."""
    if name.startswith("size("):
        return name[5:-1]
    if name.startswith("width of cell"):
        return name.rpartition(" ")[2]
    return name.partition("[")[0].partition("(")[0]


def is_data(term: Term, names: Names) -> bool:
    """Whether a term is bare data: it speaks of no law, no measure, and not of how many values a law has."""
    return not names.laws and not any(isinstance(part, Measure | RandomVariable | Size) for part in subterms(term))
