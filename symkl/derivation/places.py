"""Places in a term: read what stands there, and put something else there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symkl.derivation.step import Place
from symkl.errors import Rejection
from symkl.language.term import Plus, Term, Times

WRONG_PLACE = "wrong place"


def at(term: Term, place: Place) -> Term:
    """What stands at a place; a run of a sum or product is a sum or product of its own.

    Raises: Rejection where the term has no such place.
    """
    for number in place.path:
        if not 0 <= number < len(term.args):
            raise Rejection(WRONG_PLACE, f"There is no argument {number} at {place.path}.")
        term = term.args[number]
    if place.run is None:
        return term
    start, stop = place.run
    if not isinstance(term, Plus | Times) or not 0 <= start < stop <= len(term.args):
        raise Rejection(WRONG_PLACE, f"There is no run {place.run} at {place.path}.")
    return term.args[start] if stop - start == 1 else type(term)(*term.args[start:stop])


def put(term: Term, replacements: Mapping[Place, Term]) -> Term:
    """The term with other terms at the places, all at once.

    A sum that comes to stand as one term of a sum is spliced into it, and a product into a product: x + (a + b) becomes
    x + a + b. Brackets that stood there before stay.

    Raises: Rejection where places overlap or do not exist.
    """
    here: dict[tuple[int, int], Term] = {}
    deeper: dict[int, dict[Place, Term]] = {}
    for place, new in replacements.items():
        if place.path:
            inner = Place(place.path[1:], place.run)
            deeper.setdefault(place.path[0], {})[inner] = new
        elif place.run is not None:
            here[place.run] = new
        elif len(replacements) > 1:
            raise Rejection(WRONG_PLACE, "The whole term is replaced together with a part of it.")
        else:
            return new
    return _rebuilt(term, here, deeper)


def _rebuilt(term: Term, runs: Mapping[tuple[int, int], Term], deeper: Mapping[int, Mapping[Place, Term]]) -> Term:
    if runs and not isinstance(term, Plus | Times):
        raise Rejection(WRONG_PLACE, "Only sums and products have runs.")
    if any(not 0 <= number < len(term.args) for number in deeper):
        raise Rejection(WRONG_PLACE, f"There are {len(term.args)} arguments, not one at {max(deeper)}.")
    starts = {start: (stop, new) for (start, stop), new in runs.items()}
    args: list[Term] = []
    position = 0
    while position < len(term.args):
        if position in starts:
            stop, new = starts.pop(position)
            if not position < stop <= len(term.args) or any(position <= number < stop for number in deeper):
                raise Rejection(WRONG_PLACE, f"The run from {position} to {stop} is outside the term or overlaps.")
            args.extend(_spliced(term, new))
            position = stop
            continue
        inner = deeper.get(position)
        if inner is None:
            args.append(term.args[position])
        else:
            whole = Place() in inner
            replaced = put(term.args[position], inner)
            args.extend(_spliced(term, replaced) if whole else (replaced,))
        position += 1
    if starts:
        raise Rejection(WRONG_PLACE, "Two runs overlap.")
    if isinstance(term, Plus | Times) and len(args) == 1:
        return args[0]
    return term.with_args(args)


def _spliced(parent: Term, new: Term) -> tuple[Term, ...]:
    if isinstance(parent, Plus | Times) and type(new) is type(parent):
        return new.args
    return (new,)


def places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every path of the term with what stands there, outermost first, in written order."""
    pending = [(path, term)]
    while pending:
        where, current = pending.pop()
        yield where, current
        pending.extend(((*where, number), current.args[number]) for number in reversed(range(len(current.args))))
