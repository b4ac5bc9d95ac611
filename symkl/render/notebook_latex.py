"""A derivation as the one formula that a notebook shows for an object with `_repr_latex_`."""

from __future__ import annotations

from symkl.derivation.step import Derivation
from symkl.render.aligned import AlignedWriter
from symkl.render.markdown import display


def render(derivation: Derivation) -> str:
    """The lines of all parts in one display."""
    aligned = AlignedWriter(derivation.setting.scope.log_base)
    steps: list[list[str]] = []
    number = 0
    for part in derivation.parts:
        steps.extend(aligned.rows(part, number))
        number += len(part.steps)
    return display(steps)
