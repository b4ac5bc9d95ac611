"""Letters whose font tells them apart: the normal law \\mathcal{N}(x | \\mu, \\sigma^2) beside an N that counts."""

from __future__ import annotations

from collections.abc import Sequence

from symkl.language.latex.naming import SET_FONTS
from symkl.language.latex.syntax import Group, Name, Node, Run

_WORDS = {"N": "Normal", "U": "Uniform"}
"""Letters of families of laws, and the words that they stand for."""


def tell_fonts_apart(nodes: Sequence[Node]) -> None:
    """Spell out a calligraphic letter before a bracket where the same letter stands plain elsewhere in a text, in place."""
    names = [node for node in nodes if isinstance(node, Name) and node.stem in _WORDS]
    if not any(name.font in SET_FONTS for name in names):
        return
    runs = [node for node in nodes if isinstance(node, Run)]
    applied = {
        id(one) for run in runs for one, other in zip(run.factors, run.factors[1:], strict=False) if isinstance(other, Group)
    }
    plain = {name.stem for name in names if id(name) not in applied}
    for name in names:
        if name.stem in plain and id(name) in applied and name.font in SET_FONTS:
            name.stem = _WORDS[name.stem]
