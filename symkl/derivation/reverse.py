"""A rewrite read from right to left: the same rule, from its result back to where it started.

The right half of a derivation that meets in the middle is printed this way. Where what a rule puts down was spliced into a
longer sum or product, the way back starts from that run of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_to
from symkl.derivation.kernel import replacement
from symkl.derivation.places import at
from symkl.derivation.step import Application, Bound, Place, Rewrite
from symkl.errors import Rejection
from symkl.language.term import Plus, Term, Times
from symkl.theory.rules import Rule, rule

_BY_TARGET = ("rearrange", "arithmetic", "fractions")


def reverse(rewrites: Sequence[Rewrite], context: Context) -> list[Rewrite]:
    """Rewrites from the last term back to the first.

    Raises: Rejection where a rule cannot be read from right to left.
    """
    done: list[Rewrite] = []
    for rewrite in reversed(rewrites):
        done.extend(_reversed(rewrite, context))
    return done


def _reversed(rewrite: Rewrite, context: Context) -> list[Rewrite]:
    known = rule(rewrite.rule)
    if rewrite.backward and not known.computed:
        raise Rejection("no way back", f"'{rewrite.rule}' was already used from right to left.")
    made = {one.place: replacement(known, one, rewrite, context) for one in rewrite.applications}
    moved = _moved(rewrite.before, made)
    applications = [_back(known, one, rewrite, moved[one.place]) for one in rewrite.applications]
    backward = rewrite.rule not in _BY_TARGET and not rewrite.backward
    way_back = apply_at(known, rewrite.after, applications, context, backward)
    if way_back.after == rewrite.before:
        return [way_back]
    # A bracket that the way back has dissolved is put back as it stood.
    return [way_back, rewrite_to("rearrange", way_back.after, rewrite.before, context)]


def _back(known: Rule, one: Application, rewrite: Rewrite, place: Place) -> Application:
    found = at(rewrite.before, one.place)
    if known.name in _BY_TARGET:
        return Application(place, {"to": found})
    if rewrite.backward:
        return Application(place, {name: bound for name, bound in one.binding.items() if name != "from"})
    if known.computed:
        binding: dict[str, Bound] = {**one.binding, "from": found}
        return Application(place, binding)
    return Application(place, one.binding)


def _moved(term: Term, made: Mapping[Place, Term]) -> dict[Place, Place]:
    """Where each replaced part stands after all are replaced at once."""
    found: dict[Place, Place] = {}
    _track(term, {place: (place, new) for place, new in made.items()}, (), found)
    return found


def _track(term: Term, inside: Mapping[Place, tuple[Place, Term]], path: tuple[int, ...], found: dict[Place, Place]) -> Term:
    """Replace and record; `inside` maps places relative to this term to the original place and the new term."""
    if Place() in inside:
        original, new = inside[Place()]
        found[original] = Place(path)
        return new
    runs = {place.run: pair for place, pair in inside.items() if not place.path and place.run is not None}
    deeper: dict[int, dict[Place, tuple[Place, Term]]] = {}
    for place, pair in inside.items():
        if place.path:
            deeper.setdefault(place.path[0], {})[Place(place.path[1:], place.run)] = pair
    return _rebuild(term, runs, deeper, path, found)


def _rebuild(
    term: Term,
    runs: Mapping[tuple[int, int], tuple[Place, Term]],
    deeper: Mapping[int, Mapping[Place, tuple[Place, Term]]],
    path: tuple[int, ...],
    found: dict[Place, Place],
) -> Term:
    starts = {start: (stop, *pair) for (start, stop), pair in runs.items()}
    args: list[Term] = []
    spans: dict[Place, tuple[int, int]] = {}
    position = 0
    while position < len(term.args):
        new_position = len(args)
        if position in starts:
            stop, original, new = starts[position]
            args.extend(_splice(term, new))
            spans[original] = (new_position, len(args))
            position = stop
            continue
        inner = deeper.get(position)
        if inner is None:
            args.append(term.args[position])
        elif Place() in inner:
            original, new = inner[Place()]
            args.extend(_splice(term, new))
            spans[original] = (new_position, len(args))
        else:
            args.append(_track(term.args[position], inner, (*path, new_position), found))
        position += 1
    collapsed = isinstance(term, Plus | Times) and len(args) == 1
    for original, (start, stop) in spans.items():
        if collapsed:
            found[original] = Place(path)
        elif stop - start == 1:
            found[original] = Place((*path, start))
        else:
            found[original] = Place(path) if stop - start == len(args) else Place(path, (start, stop))
    return args[0] if collapsed else term.with_args(args)


def _splice(parent: Term, new: Term) -> tuple[Term, ...]:
    return new.args if isinstance(parent, Plus | Times) and type(new) is type(parent) else (new,)
