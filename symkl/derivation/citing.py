"""Finds a derivation that cites lemmas: both sides are rewritten by them until they meet as polynomials in their measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_everywhere, rewrite_to
from symkl.derivation.lemmas import LEMMA, Lemma, instance, stated
from symkl.derivation.places import at, places, put
from symkl.derivation.polynomial import Monomial, polynomial
from symkl.derivation.reverse import reverse
from symkl.derivation.run import printed_step
from symkl.derivation.script import lemmas
from symkl.derivation.step import Application, Bound, Place, Rewrite, Step
from symkl.errors import Rejection, SymklError
from symkl.language.grouping import Names, variable_groups
from symkl.language.term import Law, Measure, RandomVariable, Term, is_law, subterms
from symkl.theory.rules import rule

MOST_CITATIONS = 3
"""On either side."""

MOST_LINES = 1500
"""So many different lines on either side are looked at."""

Key = frozenset[tuple[Monomial, object]]


@dataclass(frozen=True, slots=True)
class _Reached:
    """A line, and the citations that led to it, each with its place."""

    term: Term
    by: tuple[tuple[Place, Mapping[str, Bound]], ...] = ()


def steps_by_lemmas(left: Term, right: Term, context: Context) -> list[Step] | None:
    """The printed lines from one side to the other, each by a lemma, or None where none are found."""
    if not any(isinstance(part, Measure) for side in (left, right) for part in subterms(side)):
        return None
    known = list(_citable(context))
    sides = (_Side(left, known, context), _Side(right, known, context))
    for count in range(2 * MOST_CITATIONS + 1):
        found = [
            steps
            for first in range(min(count, MOST_CITATIONS), max(0, count - MOST_CITATIONS) - 1, -1)
            for steps in [_meeting(sides, first, count - first, context)]
            if steps is not None
        ]
        if found:
            return min(found, key=len)
    return None


def _meeting(sides: tuple[_Side, _Side], first: int, second: int, context: Context) -> list[Step] | None:
    """The steps through a line that is so many citations away from either side."""
    one, other = sides[0].level(first), sides[1].level(second)
    common = [key for key in one if key in other]
    return _steps(sides[0].start, one[common[0]], sides[1].start, other[common[0]], context) if common else None


def _citable(context: Context) -> Iterator[Lemma]:
    for script in lemmas():
        if context.below is None or script.lemma < context.below:
            try:
                yield stated(script.name)
            except Rejection:
                continue


class _Side:
    """The lines that citations lead to from one side, level by level."""

    def __init__(self, start: Term, known: Sequence[Lemma], context: Context) -> None:
        self.start = start
        self.known = known
        self.context = context
        self.seen: set[Key] = set()
        self.levels: list[dict[Key, _Reached]] = []

    def level(self, number: int) -> Mapping[Key, _Reached]:
        """The lines that are so many citations away and no fewer."""
        while len(self.levels) <= number:
            lines = self.levels[-1].values() if self.levels else ()
            further = (line for one in lines for line in _cited(one, self.known, self.context))
            self.levels.append(self.new(further if self.levels else iter([_Reached(_in_order(self.start, self.context))])))
        return self.levels[number]

    def new(self, lines: Iterator[_Reached]) -> dict[Key, _Reached]:
        found: dict[Key, _Reached] = {}
        for line in lines:
            if len(self.seen) >= MOST_LINES:
                break
            try:
                key = frozenset(polynomial(line.term).items())
            except Rejection:
                continue
            if key not in self.seen:
                self.seen.add(key)
                found[key] = line
        return found


def _in_order(term: Term, context: Context) -> Term:
    done = rewrite_everywhere("variable-order", term, context)
    return term if done is None else done.after


def _cited(line: _Reached, known: Sequence[Lemma], context: Context) -> Iterator[_Reached]:
    for path, part in places(line.term):
        if not isinstance(part, Measure):
            continue
        for each in known:
            for binding in proposals(each, part):
                try:
                    left, right = instance(each, binding, context.setting).args
                except (Rejection, SymklError):
                    continue
                if left == part:
                    place = Place(path)
                    yield _Reached(put(line.term, {place: _in_order(right, context)}), (*line.by, (place, binding)))


# What a lemma's left side would have to stand for


def proposals(known: Lemma, found: Term) -> Iterator[Mapping[str, Bound]]:
    """The bindings under which a lemma's left side, one measure, may be a measure of a line."""
    pattern = known.goal.args[0]
    if not isinstance(pattern, Measure) or not isinstance(found, Measure) or pattern.name != found.name:
        return
    name = {LEMMA: known.script.name}
    if known.setting.scope.variables:
        wanted, there = _slots(pattern), _slots(found)
        if wanted and len(wanted) == len(there):
            yield from ({**name, **binding} for binding in _shared_out(wanted, there))
    elif pattern.separators == found.separators and all(isinstance(part, Law) for part in pattern.args):
        laws = {part.marginal.law: law for part, law in zip(pattern.args, found.args, strict=True) if isinstance(part, Law)}
        if all(map(is_law, laws.values())):
            yield {**name, **laws}


def _slots(measure: Measure) -> list[Names]:
    """The groups of random variables, what they are given last; none where anything else is measured."""
    measured, given = variable_groups(measure) or ((), ())
    return [*measured, given] if given else list(measured)


def _shared_out(wanted: Sequence[Names], there: Sequence[Names]) -> Iterator[dict[str, Bound]]:
    """The ways to cut each group into as many neighbours as the lemma has variables there."""
    if not wanted:
        yield {}
        return
    names, group = wanted[0], there[0]
    # The last variable first taken off, so that one chain rule used again gives the next line.
    for cuts in reversed(list(combinations(range(1, len(group)), len(names) - 1))):
        edges = (0, *cuts, len(group))
        here = {
            each: tuple(map(RandomVariable, group[start:stop]))
            for each, start, stop in zip(names, edges, edges[1:], strict=False)
        }
        for rest in _shared_out(wanted[1:], there[1:]):
            yield {**here, **rest}


# Printing


def _steps(left: Term, one: _Reached, right: Term, other: _Reached, context: Context) -> list[Step] | None:
    try:
        lefts, rights = _citations(left, one, context), _citations(right, other, context)
        bridge = [] if one.term == other.term else [rewrite_to("rearrange", one.term, other.term, context)]
        steps = [printed_step(group) for group in _grouped(lefts)]
        steps += [printed_step(bridge)] if bridge else []
        return [*steps, *(printed_step(reverse(group, context)) for group in reversed(list(_grouped(rights))))]
    except Rejection:
        return None


def _citations(start: Term, reached: _Reached, context: Context) -> list[list[Rewrite]]:
    """Each citation with what puts the variables in order after it; the first with what did before it."""
    found: list[list[Rewrite]] = []
    term = start
    for place, binding in reached.by:
        group = [] if found else _put_in_order(term, context)
        term = group[-1].after if group else term
        group.append(apply_at(rule(LEMMA), term, [Application(place, binding)], context))
        group += _put_in_order(group[-1].after, context)
        term = group[-1].after
        found.append(group)
    if not found and (group := _put_in_order(term, context)):
        found.append(group)
    return found


def _put_in_order(term: Term, context: Context) -> list[Rewrite]:
    done = rewrite_everywhere("variable-order", term, context)
    return [] if done is None else [done]


def _grouped(citations: Sequence[Sequence[Rewrite]]) -> Iterator[list[Rewrite]]:
    """Citations of one lemma for measures that all stood there before the first of them are one line."""
    group: list[Rewrite] = []
    for rewrites in citations:
        if group and not (_name(rewrites) == _name(group) and _measure(rewrites) in set(subterms(group[0].before))):
            yield group
            group = []
        group.extend(rewrites)
    if group:
        yield group


def _citing(rewrites: Sequence[Rewrite]) -> Rewrite:
    return next((rewrite for rewrite in rewrites if rewrite.rule == LEMMA), rewrites[0])


def _name(rewrites: Sequence[Rewrite]) -> Bound | None:
    return _citing(rewrites).applications[0].binding.get(LEMMA)


def _measure(rewrites: Sequence[Rewrite]) -> Term:
    return at(_citing(rewrites).before, _citing(rewrites).applications[0].place)
