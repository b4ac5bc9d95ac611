"""A derivation as a fragment of HTML for a notebook, which typesets the formulas between dollars."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from symkl.derivation.step import Derivation
from symkl.language.latex_writer import LatexWriter
from symkl.render.aligned import AlignedWriter
from symkl.render.givens import given_in_latex
from symkl.render.lines import headings
from symkl.render.markdown import display, inline, words


def render(derivation: Derivation) -> str:
    """A `div` with the title, the givens and the goal, and each part under its heading."""
    return "\n".join(_elements(derivation)) + "\n"


def _elements(derivation: Derivation) -> Iterator[str]:
    setting = derivation.setting
    aligned = AlignedWriter(setting.scope.log_base)
    yield '<div class="symkl-derivation">'
    yield f"<h3>{escape(words(derivation.title, setting))}</h3>"
    for given in setting.givens:
        inferred = " (inferred)" if given.text in setting.inferred else ""
        yield f"<p>Given {escape(inline(given_in_latex(given, setting)))}{inferred}</p>"
    yield f"<p>Goal {escape(inline(LatexWriter(setting.scope.log_base).write(derivation.goal)))}</p>"
    number = 0
    for heading, part in zip(headings(derivation), derivation.parts, strict=True):
        if heading:
            yield f"<h4>{escape(words(heading, setting))}</h4>"
        if part.prose:
            yield f"<p>{escape(words(part.prose, setting))}</p>"
        yield escape(display(aligned.rows(part, number)), quote=False)
        number += len(part.steps)
    if derivation.closing:
        yield f"<p>{escape(words(derivation.closing, setting))}</p>"
    yield "</div>"
