"""The elemental inequalities of Shannon: every entropy of one variable given the others, every conditional information."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from symkl.judge.atoms import SizeOf
from symkl.judge.known import Known
from symkl.judge.polynomial import Polynomial, accumulate, multiply, scale, variable
from symkl.language.scope import DENSITY, MASS, LawDeclaration

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

VARIABLES = 4
"""The elemental inequalities of so many variables at most are tried."""


def elemental(algebra: Algebra) -> Iterator[Known]:
    """The elemental inequalities of every joint law of the setting, and H(X) <= log of the size of X's alphabet."""
    for law in algebra.setting.scope.laws.values():
        joint = law.entries in (MASS, DENSITY) and law.variables != ("",) and law.name not in algebra.setting.formulas
        if joint and len(law.variables) <= VARIABLES:
            yield from _of_law(algebra, law)


def _of_law(algebra: Algebra, law: LawDeclaration) -> Iterator[Known]:
    known: dict[frozenset[str], Polynomial] = {frozenset(): {}}

    def entropy(*names: str) -> Polynomial:
        chosen = frozenset(names)
        if chosen not in known:
            known[chosen] = _entropy(algebra, law, chosen)
        return known[chosen]

    word = "h" if law.entries == DENSITY else "H"
    for name in law.variables:
        others = tuple(other for other in law.variables if other != name)
        if law.entries == MASS:
            rest = _sum((1, entropy(*law.variables)), (-1, entropy(*others)))
            yield Known(rest, name=f"{word}({_listed((name,), others)})")
            room = algebra.log(variable(algebra.table.intern(SizeOf(law.alphabet(name)))))
            yield Known(_sum((1, room), (-1, entropy(name))), name=f"log(size({name})) - H({name})")
    for one, two in combinations(law.variables, 2):
        others = tuple(other for other in law.variables if other not in (one, two))
        for count in range(len(others) + 1):
            for given in combinations(others, count):
                gain = _sum(
                    (1, entropy(one, *given)), (1, entropy(two, *given)), (-1, entropy(one, two, *given)), (-1, entropy(*given))
                )
                yield Known(gain, name=f"I({one}; {_listed((two,), given)})")


def _sum(*parts: tuple[int, Polynomial]) -> Polynomial:
    total: Polynomial = {}
    for factor, part in parts:
        accumulate(total, part, factor)
    return total


def _listed(names: tuple[str, ...], given: tuple[str, ...]) -> str:
    return ", ".join(names) + (f" | {', '.join(given)}" if given else "")


def _entropy(algebra: Algebra, law: LawDeclaration, names: frozenset[str]) -> Polynomial:
    domains = {name: algebra.coordinates.alphabet_of(law, name) for name in law.variables if name in names}
    at = {name: algebra.fresh(domain) for name, domain in domains.items()}
    mass = algebra.coordinates.mass(law, at)
    body = scale(multiply(mass, algebra.log(mass)), -1)
    return algebra.close(body, {at[name]: domain for name, domain in domains.items()})
