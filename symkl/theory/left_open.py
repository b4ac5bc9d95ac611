"""Laws whose values are left open, as pi(. | s): which values these are, from where the law is written out."""

from __future__ import annotations

from symkl.language.latex.syntax import Group
from symkl.theory.notation import Notation, Signature

OPEN = "_dot"
_USUAL = ("x", "y", "z")


def leaves_open(group: Group) -> bool:
    """Whether a bracket holds the dot that stands for values left open."""
    return any((name := part.lone_name()) is not None and name.stem == OPEN for part in group.parts)


def settle_left_open(found: Notation) -> None:
    """Put values in the place of dots: those of the law under the same condition, or of another, or a letter."""
    for law, uses in found.applied.items():
        found.applied[law] = [_filled(law, use, found) if OPEN in use[0] else use for use in uses]


def _filled(law: str, use: Signature, found: Notation) -> Signature:
    before, given = use
    others = [*found.applied[law], *(each for name, uses in found.applied.items() if name != law for each in uses)]
    written = next((values for values, after in others if OPEN not in values and values and after == given), None)
    if written is None:
        letter = "a" if law.startswith("pi") and "a" not in given else next(each for each in _USUAL if each not in given)
        written = (letter,)
    return (*(value for value in before if value != OPEN), *written), given
