"""Floor 6: derivations as text, LaTeX, Markdown, HTML and JSON.

A format is one module with a function `render(derivation, **options) -> str`, and one line of `FORMATS`. The derivation
that it gets has the steps to print (`symkl.render.lines`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from symkl.errors import UnknownName

if TYPE_CHECKING:
    from symkl.derivation.step import Derivation

FORMATS = {
    "text": "symkl.render.text",
    "latex": "symkl.render.latex",
    "markdown": "symkl.render.markdown",
    "json": "symkl.render.json",
    "html": "symkl.render.html",
    "notebook-html": "symkl.render.notebook_html",
    "notebook-latex": "symkl.render.notebook_latex",
    "hints": "symkl.render.hints",
    "worksheet": "symkl.render.worksheet",
}
"""Each output format, and the module that writes it."""


def render(derivation: Derivation, form: str, detail: str = "textbook", **options: Any) -> str:
    """A derivation in a format of `FORMATS`, at a detail of `DETAILS`.

    Options: text takes `width` (columns) and `colour`; latex takes `standalone` (a whole document).

    Raises: UnknownName for another format or detail.
    """
    # Reports are rendered without any of this.
    from symkl.render.lines import at_detail

    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    written: str = import_module(FORMATS[form]).render(at_detail(derivation, detail), **options)
    return written
