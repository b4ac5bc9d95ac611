"""A row that the one below contradicts, where nothing but what the words leave out could tell which of the two is wrong.

H(X) = K log K = log K: whatever the law of X is, the last two differ, so one of the rows is wrong. Where X is uniform on K
values the last row is right; then it is the row above that is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from symkl.homework.assumptions import uniform
from symkl.homework.compare import PROVED, REFUTED, Comparer
from symkl.homework.rows import DIFFERS_FROM_UNDECIDED, Judged
from symkl.homework.suppositions import World
from symkl.homework.verdicts import UNKNOWN, WRONG
from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    Alphabet,
    E,
    Log,
    Number,
    RandomVariable,
    Size,
    Symbol,
    Term,
    free_names,
    law_names,
    substitute,
    subterms,
)

UNSAID = "right under a uniform law, which no given says"


def with_contradicted(judged: Sequence[Judged], comparer: Comparer) -> list[Judged]:
    """The verdicts on a chain, in which an undecided row is wrong that the row below refutes and a uniform law bears out."""
    found = list(judged)
    for place in range(len(found) - 1):
        wrong = _contradicted(found[place], found[place + 1], comparer)
        if wrong is not None:
            found[place] = wrong
            found[place + 1] = replace(found[place + 1], reason=f"not the row before it, which is wrong; {UNSAID}")
    return found


def _contradicted(row: Judged, below: Judged, comparer: Comparer) -> Judged | None:
    head, side, last = row.before, row.after, below.after
    if row.verdict != UNKNOWN or below.verdict != UNKNOWN or not below.reason.startswith(DIFFERS_FROM_UNDECIDED):
        return None
    if head is None or side is None or last is None or (row.operator, below.operator) != ("=", "=") or below.before != side:
        return None
    head, side, last = map(comparer.unfolded, (head, side, last))
    law = _only_law(head, comparer)
    names = free_names(last)
    if law is None or free_names(head) or len(names) != 1 or not free_names(side) <= names or _laws(side) or _laws(last):
        return None
    # With no law and no other number in them, the two differ whatever the words say of the law.
    if comparer.compare("=", side, last).verdict != REFUTED:
        return None
    (number,) = names
    world = _uniform_on(law, number, comparer, _base((head, side, last)))
    if world is None or comparer.compare("=", world.of(head), world.of(last), world.setting).verdict != PROVED:
        return None
    outcome = comparer.compare("=", world.of(head), world.of(side), world.setting)
    if outcome.verdict != REFUTED:
        return None
    said = f"the row below differs from this one, and is right where {law.variables[0]} is uniform on {number} values"
    return replace(row, verdict=WRONG, reason=outcome.reason, said=(said,), outcome=outcome, world=world)


def _laws(term: Term) -> set[str]:
    """The laws and random variables that a term speaks of."""
    found = law_names(term)
    return found | {part.name for part in subterms(term) if isinstance(part, RandomVariable | Alphabet)}


def _only_law(head: Term, comparer: Comparer) -> LawDeclaration | None:
    """The law of one variable on an alphabet of any size that a side is of."""
    scope = comparer.setting.scope
    laws = law_names(head)
    laws |= {scope.variables.get(part.name, "") for part in subterms(head) if isinstance(part, RandomVariable)}
    law = scope.laws.get(laws.pop()) if len(laws) == 1 else None
    return law if law is not None and len(law.variables) == 1 and isinstance(law.alphabets[0], Alphabet) else None


def _base(sides: Sequence[Term]) -> Term | None:
    """The one base that every log is written with; None where one is bare or they differ."""
    bases = {log.base for side in sides for log in subterms(side) if isinstance(log, Log)}
    return bases.pop() if len(bases) == 1 and E not in bases else None


def _uniform_on(law: LawDeclaration, number: str, comparer: Comparer, base: Term | None) -> World | None:
    """The world in which a law is uniform and a number is how many values it has."""
    known = comparer.setting
    if number not in known.scope.numbers or comparer.compare("<", Symbol(number), Number(2)).verdict == PROVED:
        return None
    assumed = uniform(known, law.name)
    if assumed is None:
        return None
    if base is not None:
        assumed = replace(assumed, scope=replace(assumed.scope, log_base=base))
    return World(assumed, partial(substitute, values={number: Size(law.alphabets[0])}))
