"""A derivation in the smallest steps: one rule a line, and of what it rewrites one thing a line.

A rewrite that acts at many places is taken apart where that leads to the same term; equal terms change together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.kernel import conclusion
from symkl.derivation.places import at
from symkl.derivation.step import EQUAL, EQUIVALENT, Application, Derivation, Part, Rewrite, Step
from symkl.errors import Rejection
from symkl.language.term import Relation, Term
from symkl.theory.rules import ARROW, patterns, rule

MOST_LINES = 6
"""A rewrite of more different things stays one line."""


def taken_apart(derivation: Derivation) -> Derivation:
    """The derivation with a line for every rewrite, and for each different thing that a rewrite changes."""
    results: tuple[Relation, ...] = ()
    parts = []
    for part in derivation.parts:
        context = Context(derivation.setting, results)
        parts.append(replace(part, steps=tuple(_steps(part, context))))
        results = (*results, conclusion(part, results))
    return replace(derivation, parts=tuple(parts))


def _steps(part: Part, context: Context) -> Iterator[Step]:
    for step in part.steps:
        pieces = [piece for rewrite in step.rewrites for piece in _pieces(rewrite, context)]
        for piece in pieces:
            says = step.says if len(step.rewrites) == 1 else rule(piece.rule).says
            yield Step(_relation(piece), piece.before, piece.after, (piece,), piece.rule, says)


def _pieces(rewrite: Rewrite, context: Context) -> Sequence[Rewrite]:
    groups: dict[Term, list[Application]] = {}
    for one in rewrite.applications:
        groups.setdefault(at(rewrite.before, one.place), []).append(one)
    if not 1 < len(groups) <= MOST_LINES:
        return [rewrite]
    # What is put down may be spliced in and move what stands behind it, so that the last may have to be changed first.
    for order in (list(groups.values()), list(reversed(groups.values()))):
        found = _one_after_the_other(rewrite, order, context)
        if found is not None:
            return found
    return [rewrite]


def _one_after_the_other(rewrite: Rewrite, groups: Sequence[Sequence[Application]], context: Context) -> list[Rewrite] | None:
    term, done = rewrite.before, []
    for group in groups:
        try:
            done.append(apply_at(rule(rewrite.rule), term, group, context, rewrite.backward))
        except (Rejection, IndexError):
            return None
        term = done[-1].after
    return done if term == rewrite.after else None


def _relation(rewrite: Rewrite) -> str:
    known = rule(rewrite.rule)
    operator = ARROW if known.computed else patterns(known).operator
    if operator in (ARROW, EQUIVALENT):
        return EQUIVALENT if isinstance(rewrite.before, Relation) else EQUAL
    return operator
