"""A long line whose terms differ only in the value they speak of: one proof for all of them.

p_1 log(p_1/q_1) + p_2 log(p_2/q_2) + ... is cut into blocks, one for each value, and every block is the same term of that
value. The proof of a step is then written once, for a value of the range, and its size does not grow with the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from symkl.derivation.places import put
from symkl.derivation.step import Place
from symkl.language.term import Mass, Number, Plus, Term, Value, free_names, fresh_name, sum_of

FEWEST = 6
"""Shorter lines are proved term by term, so that a reader sees each."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A line as the same block for each value from `low` to `high`.

    `terms` are the terms of the block before the step and `after` those after it, as functions of the value `name`; `places`
    are where it changes, each with what comes to stand there and the place in the line that the first block has it from.
    """

    low: int
    high: int
    name: str
    terms: tuple[Term, ...]
    after: tuple[Term, ...]
    places: Mapping[Place, tuple[Term, Place]]

    @property
    def before(self) -> Term:
        """The block as one term."""
        return sum_of(self.terms)


def blocks(line: Plus, changes: Mapping[Place, Term]) -> Blocks | None:
    """The blocks of a line, or None where its terms are not the same for consecutive values."""
    cuts = list(_cuts(line))
    if len(cuts) < FEWEST or any(at is None for at, _, _ in cuts):
        return None
    name = fresh_name("i", free_names(line))
    first, *others = (_block(line, changes, cut, name) for cut in cuts)
    if first is None or any(other is None or not _same(first, other) for other in others):
        return None
    found = [block.low for block in (first, *others) if block is not None]
    if found != list(range(found[0], found[0] + len(found))):
        return None
    return Blocks(first.low, found[-1], name, first.terms, first.after, first.places)


def _cuts(line: Plus) -> Iterator[tuple[int | None, int, int]]:
    """The runs of terms that speak of one value: the value, where the run starts and where it ends."""
    start, value = 0, _value(line.args[0])
    for position, term in enumerate(line.args[1:], 1):
        other = _value(term)
        if other != value:
            yield value, start, position
            start, value = position, other
    yield value, start, len(line.args)


def _value(term: Term) -> int | None:
    """The one value of which the masses in a term are."""
    found = set(_values(term))
    return found.pop() if len(found) == 1 else None


def _values(term: Term) -> Iterator[int | None]:
    if isinstance(term, Mass):
        yield from (int(v.value) if isinstance(v, Number) and v.value.denominator == 1 else None for v in term.args)
        return
    for part in term.args:
        yield from _values(part)


def _block(line: Plus, changes: Mapping[Place, Term], cut: tuple[int | None, int, int], name: str) -> Blocks | None:
    value, start, stop = cut
    if value is None:
        return None
    places: dict[Place, tuple[Term, Place]] = {}
    for place, new in changes.items():
        moved = _moved(place, start, stop)
        if moved is None:
            return None
        if moved != _OUTSIDE:
            places[moved] = _at(new, value, name), place
    terms = tuple(_at(term, value, name) for term in line.args[start:stop])
    # Beside another term a sum that comes to stand here is spliced in, as it is in the line.
    whole = put(Plus(*terms, Number(0)), {place: new for place, (new, _) in places.items()})
    if len(terms) == 1:
        places = {Place(place.path[1:], place.run): changed for place, changed in places.items()}
    elif Place((), (0, len(terms))) in places:
        places = {Place(): places[Place((), (0, len(terms)))]}
    return Blocks(value, value, name, terms, whole.args[:-1], places)


_OUTSIDE = Place((-1,))


def _moved(place: Place, start: int, stop: int) -> Place | None:
    """A place of the line as one of the block; None where it reaches over the block's end."""
    if place.path:
        inside = start <= place.path[0] < stop
        return Place((place.path[0] - start, *place.path[1:]), place.run) if inside else _OUTSIDE
    if place.run is None:
        return None
    low, high = place.run
    if high <= start or stop <= low:
        return _OUTSIDE
    return Place((), (low - start, high - start)) if start <= low and high <= stop else None


def _same(one: Blocks, other: Blocks) -> bool:
    def shape(block: Blocks) -> tuple[Sequence[Term], Sequence[Term], Mapping[Place, Term]]:
        return block.terms, block.after, {place: new for place, (new, _) in block.places.items()}

    return shape(one) == shape(other)


def _at(term: Term, value: int, name: str) -> Term:
    """The term with a value in the place of a number, wherever a mass is taken at it."""
    if isinstance(term, Mass):
        return term.with_args([Value(name) if at == Number(value) else at for at in term.args])
    return term.with_args([_at(part, value, name) for part in term.args]) if term.args else term
