"""What rows state of laws and do not derive: H(Y|X) = 0. Below its display it is assumed, to the end of the part.

A formula in running text states less: "with equality where H(Y|X) = 0" assumes nothing. It is only mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symkl.homework.layout import without_layout
from symkl.homework.premises import Premise
from symkl.homework.rows import BEFORE, Equation, Judged
from symkl.homework.verdicts import GIVEN
from symkl.language.term import Law, Mass, Measure, Number, RandomVariable, Term, free_names, subterms, without_labels
from symkl.theory.reading import ReadChain


def stated(display: Sequence[ReadChain], judged: Sequence[Sequence[Judged]], end: int, until: int) -> Iterator[Premise]:
    """What the rows of a display that ends at an offset state, in force to another one."""
    for chain, found in zip(display, judged, strict=True):
        for read, each in zip(chain.rows, found, strict=True):
            if each.verdict == GIVEN and not read.inherits and read.relations == ("=",) and all(map(_of_measures, read.sides)):
                source, _ = without_layout(read.row.source, None)
                formula = source.strip().rstrip(".,;")
                in_force = end if read.row.inline else until
                yield Premise(formula, read.row.line, end, in_force, (), formula, "", until, read.row.start)


def values(display: Sequence[ReadChain], judged: Sequence[Sequence[Judged]]) -> Iterator[Equation]:
    """The numbers that rows of a display give measures, as data: H(X) = 1.5."""
    for chain, found in zip(display, judged, strict=True):
        for read, each in zip(chain.rows, found, strict=True):
            if each.verdict == GIVEN and not read.inherits and read.relations == ("=",):
                left, right = map(without_labels, read.sides)
                number = not any(isinstance(part, Mass | Law | RandomVariable) for part in subterms(right)) and not free_names(
                    right
                )
                if isinstance(left, Measure) and number and right != Number(0):
                    yield Equation(left, right, BEFORE)


def _of_measures(side: Term) -> bool:
    """Whether a side is of measures of random variables, or zero."""
    if side == Number(0):
        return True
    parts = list(subterms(side))
    return (
        any(isinstance(part, Measure) for part in parts)
        and not free_names(side)
        and any(isinstance(part, RandomVariable) for part in parts)
    )


def _is_number(side: Term) -> bool:
    return not free_names(side) and not any(isinstance(part, Mass | Law | RandomVariable) for part in subterms(side))
