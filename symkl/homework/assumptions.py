"""What people assume in words and not in formulas: independence, a Markov chain, a uniform law.

A step that is false in general and true under one of these is not called wrong: the words are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from symkl.errors import GivenError
from symkl.language.grouping import groups
from symkl.language.scope import MASS
from symkl.language.term import Measure, Number, Outcomes, Quotient, RandomVariable, Range, Size, Term, subterms
from symkl.theory.facts import MassFormula
from symkl.theory.setting import Setting, setting

MOST_VARIABLES = 3
"""Among more random variables no independence is looked for."""


def assumptions(known: Setting, sides: Sequence[Term], lost: Iterable[str]) -> Iterator[tuple[str, Setting]]:
    """The assumptions that may stand behind a step, in words, each with the setting under it; `lost` are laws that vanish."""
    names = sorted({part.name for side in sides for part in subterms(side) if isinstance(part, RandomVariable)})
    names = [name for name in names if name in known.scope.variables]
    if 2 <= len(names) <= MOST_VARIABLES:
        for one, other in combinations(names, 2):
            if _measured_together(sides[-1], one, other):
                continue
            for third in ["", *(name for name in names if name not in (one, other))]:
                text = f"{one} indep {other}" + (f" | {third}" if third else "")
                assumed = _with(known, text)
                if assumed is not None:
                    words = f"{one} and {other} are independent" + (f" given {third}" if third else "")
                    yield words, assumed
    for name in _vanished(sides, names):
        yield f"{name} is binary and entropies are in bits", _binary(known, name)
    for law in sorted(lost):
        assumed = uniform(known, law)
        if assumed is not None:
            yield f"{law} is uniform", assumed


def _measured_together(term: Term, one: str, other: str) -> bool:
    """Whether a side still measures two variables together: who takes them for independent would not.

    As conditions of a third one they stay together, whether they are independent or not.
    """
    for part in subterms(term):
        if isinstance(part, Measure):
            together = {RandomVariable(one), RandomVariable(other)}
            if together <= set(part.args) and not together <= set(groups(part).given):
                return True
    return False


def _vanished(sides: Sequence[Term], names: Sequence[str]) -> list[str]:
    """The random variables that the last side no longer speaks of."""
    kept = {part.name for part in subterms(sides[-1]) if isinstance(part, RandomVariable)}
    return [name for name in names if name not in kept]


def _binary(known: Setting, variable: str) -> Setting:
    two = Outcomes(Number(0), Number(1))
    laws = {}
    for name, law in known.scope.laws.items():
        alphabets = tuple(two if v == variable else a for v, a in zip(law.variables, law.alphabets, strict=True))
        laws[name] = replace(law, alphabets=alphabets)
    return replace(known, scope=replace(known.scope, laws=laws, log_base=Number(2)))


def _with(known: Setting, text: str) -> Setting | None:
    try:
        assumed = setting([given.text for given in known.givens], [text])
    except GivenError:
        return None
    return replace(assumed, scope=replace(assumed.scope, log_base=known.scope.log_base))


def uniform(known: Setting, law: str) -> Setting | None:
    """The setting in which a law of one variable is uniform."""
    declared = known.scope.laws.get(law)
    if declared is None or declared.entries != MASS or len(declared.variables) != 1 or law in known.formulas:
        return None
    mass = Quotient(Number(1), _size(declared.alphabets[0]))
    formula = MassFormula(law, f"{law} is uniform", {}, "i", mass)
    return replace(known, formulas={**known.formulas, law: formula})


def _size(alphabet: Term) -> Term:
    if isinstance(alphabet, Range) and alphabet.low == Number(1):
        return alphabet.high
    return Size(alphabet)
