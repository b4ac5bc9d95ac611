"""Letters whose font tells them apart: the normal law \\mathcal{N}(x | \\mu, \\sigma^2) beside an N that counts."""

from __future__ import annotations

from collections.abc import Iterable

from symkl.language.latex.naming import SET_FONTS, walk
from symkl.language.latex.reader import Written
from symkl.language.latex.syntax import Group, Name, Run

_WORDS = {"N": "Normal", "U": "Uniform"}
"""Letters of families of laws, and the words that they stand for."""


def tell_fonts_apart(formulas: Iterable[Written]) -> None:
    """Spell out a calligraphic letter before a bracket where the same letter stands plain elsewhere, in place."""
    nodes = [node for formula in formulas for node in walk(formula.chain)]
    names = [node for node in nodes if isinstance(node, Name) and node.stem in _WORDS]
    if not names:
        return
    runs = [node for node in nodes if isinstance(node, Run)]
    applied = {
        id(one) for run in runs for one, other in zip(run.factors, run.factors[1:], strict=False) if isinstance(other, Group)
    }
    plain = {name.stem for name in names if id(name) not in applied}
    for name in names:
        if name.stem in plain and id(name) in applied and name.font in SET_FONTS:
            name.stem = _WORDS[name.stem]
