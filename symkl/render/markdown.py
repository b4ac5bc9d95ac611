"""A derivation as Markdown whose formulas GitHub, MathJax and KaTeX render.

GitHub refuses `\\operatorname`, and in formulas within a line its Markdown takes away the backslash of `\\{` and `\\|`; the
commands that stand for them are used instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symkl.derivation.step import Derivation
from symkl.language.latex_writer import LatexWriter
from symkl.render.aligned import AlignedWriter
from symkl.render.givens import given_in_latex
from symkl.render.lines import headings
from symkl.render.prose import spans
from symkl.theory.setting import Setting

_OPERATOR = re.compile(r"\\operatorname\*?\{(\w+)\}")
_WITHIN_A_LINE = {r"\{": r"\lbrace ", r"\}": r"\rbrace ", r"\|": r"\Vert ", r"\,": r"\thinspace "}


def render(derivation: Derivation) -> str:
    """The derivation as a Markdown document: a section for each part, its lines in one display."""
    return "\n\n".join(_blocks(derivation)) + "\n"


def _blocks(derivation: Derivation) -> Iterator[str]:
    setting = derivation.setting
    writer = LatexWriter(setting.scope.log_base)
    yield f"# {words(derivation.title, setting)}"
    givens = [
        inline(given_in_latex(given, setting)) + (" (inferred)" if given.text in setting.inferred else "")
        for given in setting.givens
    ]
    if givens:
        yield f"**Given:** {'; '.join(givens)}."
    yield f"**Goal:** {inline(writer.write(derivation.goal))}."
    aligned = AlignedWriter(setting.scope.log_base)
    number = 0
    for heading, part in zip(headings(derivation), derivation.parts, strict=True):
        if heading:
            yield f"## {words(heading, setting)}"
        if part.prose:
            yield words(part.prose, setting)
        yield display(aligned.rows(part, number))
        number += len(part.steps)
    if derivation.closing:
        yield words(derivation.closing, setting)
    if derivation.source:
        yield f"*Source:* {words(derivation.source, setting)}"


def display(steps: Iterable[Iterable[str]]) -> str:
    """Rows as one displayed formula."""
    rows = " \\\\\n".join(row for step in steps for row in step)
    return f"$$\n\\begin{{aligned}}\n{_portable(rows)}\n\\end{{aligned}}\n$$"


def inline(latex: str) -> str:
    """A formula within a line."""
    for command, word in _WITHIN_A_LINE.items():
        latex = latex.replace(command, word)
    return f"${_portable(latex).strip()}$".replace("  ", " ")


def words(text: str, setting: Setting) -> str:
    """Running text, its quoted formulas typeset."""
    writer = LatexWriter(setting.scope.log_base)
    return "".join(s if isinstance(s, str) else inline(writer.write(s)) for s in spans(text, setting))


def _portable(latex: str) -> str:
    def upright(match: re.Match[str]) -> str:
        return rf"\mathop{{\mathrm{{{match[1]}}}}}" if "*" in match[0] else rf"\mathrm{{{match[1]}}}"

    return _OPERATOR.sub(upright, latex)
