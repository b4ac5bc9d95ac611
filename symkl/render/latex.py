"""A derivation as LaTeX: the `align*` of every part, or a whole document."""

from __future__ import annotations

from collections.abc import Iterator

from symkl.derivation.step import Derivation
from symkl.language.latex_names import escaped
from symkl.language.latex_writer import LatexWriter
from symkl.language.names import SPELLED_OUT
from symkl.render.aligned import AlignedWriter
from symkl.render.givens import given_in_latex
from symkl.render.lines import headings
from symkl.render.prose import spans
from symkl.theory.setting import Setting

_PREAMBLE = r"""\documentclass[a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=2cm]{geometry}
\usepackage{amsmath,amssymb}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip}
\setlength{\emergencystretch}{3em}
\begin{document}"""
_IN_WORDS = {
    "‖": r"$\|$", "−": "$-$", "≤": r"$\le$", "≥": r"$\ge$", "≠": r"$\ne$", "∞": r"$\infty$", "→": r"$\to$", "∈": r"$\in$",
    "Σ": r"$\sum$", **{letter: rf"$\{name}$" for letter, name in SPELLED_OUT.items() if letter != "Σ"},
}  # fmt: skip
_BETWEEN_ROWS, _ON_ONE_PAGE = " \\\\\n", " \\\\*\n"
_FEW_ROWS = 6
"""A step of no more rows is kept on one page."""


def render(derivation: Derivation, standalone: bool = False) -> str:
    """An `align*` for each part under its title as a comment; with `standalone`, a document that pdflatex compiles."""
    return "\n".join(_document(derivation) if standalone else _body(derivation)) + "\n"


def _body(derivation: Derivation) -> Iterator[str]:
    for heading, _, display in _parts(derivation):
        if heading:
            yield f"% {heading}"
        yield display


def _document(derivation: Derivation) -> Iterator[str]:
    setting = derivation.setting
    yield _PREAMBLE
    yield rf"\section*{{\raggedright {words(derivation.title, setting)}}}"
    yield from _givens(derivation)
    for heading, prose, display in _parts(derivation):
        if heading:
            yield rf"\subsection*{{{words(heading, setting)}}}"
        if prose:
            yield words(prose, setting)
        yield display
    if derivation.closing:
        yield "\n" + words(derivation.closing, setting)
    if derivation.source:
        yield "\n" + rf"\textit{{Source:}} {words(derivation.source, setting)}"
    yield r"\end{document}"


def _parts(derivation: Derivation) -> Iterator[tuple[str, str, str]]:
    aligned = AlignedWriter(derivation.setting.scope.log_base)
    number = 0
    for heading, part in zip(headings(derivation), derivation.parts, strict=True):
        yield heading, part.prose, _display(aligned.rows(part, number))
        number += len(part.steps)


def _display(steps: list[list[str]]) -> str:
    rows = ""
    for k, step in enumerate(steps):
        # The first two lines of a chain stay together, and so do the rows of a short line.
        before = "" if k == 0 else _ON_ONE_PAGE if k == 1 else _BETWEEN_ROWS
        rows += before + (_ON_ONE_PAGE if len(step) <= _FEW_ROWS else _BETWEEN_ROWS).join(step)
    return f"\\begin{{align*}}\n{rows}\n\\end{{align*}}"


def _givens(derivation: Derivation) -> Iterator[str]:
    setting = derivation.setting
    listed = []
    for given in setting.givens:
        inferred = " (inferred)" if given.text in setting.inferred else ""
        listed.append(f"${given_in_latex(given, setting)}${inferred}")
    if listed:
        yield rf"\textit{{Given:}} {'; '.join(listed)}." + "\n"
    yield rf"\textit{{Goal:}} ${LatexWriter(setting.scope.log_base).write(derivation.goal)}$."


def words(text: str, setting: Setting) -> str:
    """Running text in LaTeX, its quoted formulas typeset."""
    writer = LatexWriter(setting.scope.log_base)
    found = []
    for span in spans(text, setting):
        if isinstance(span, str):
            found.append("".join(_IN_WORDS.get(letter, letter) for letter in escaped(span)))
        else:
            found.append(f"${writer.write(span)}$")
    return "".join(found)
