"""A derivation as a worksheet: a document with every right-hand side blank, and on the pages after it the solution."""

from __future__ import annotations

from collections.abc import Iterator

from symkl.derivation.step import EQUIVALENT, IMPLIES, Derivation, Part, Step
from symkl.language.latex_names import escaped
from symkl.language.latex_writer import LatexWriter
from symkl.render import latex
from symkl.render.lines import headings, rule_title

_BLANK = r"\underline{\hspace{0.45\linewidth}}"
_BEGIN, _END = "\\begin{document}", "\\end{document}"
_TASK = "Fill in the right-hand side of every line; the rule beside it leads there."


def render(derivation: Derivation) -> str:
    """A document that pdflatex compiles: the task, then the solution on new pages."""
    preamble, begin, solution = latex.render(derivation, standalone=True).partition(_BEGIN)
    shown = solution.replace("\n\\section*{", "\n\\section*{Solution. ", 1)
    return f"{preamble}{begin}\n{chr(10).join(_task(derivation, solution))}\n\\newpage{shown}"


def _task(derivation: Derivation, solution: str) -> Iterator[str]:
    setting = derivation.setting
    # The title, the givens and the goal stand before the first part, as in the solution.
    first = min(at for at in (solution.find(mark) for mark in ("\\subsection*", "\\begin{align*}", _END)) if at >= 0)
    yield solution[:first].strip()
    yield "\n" + escaped(_TASK)
    number = 0
    for heading, part in zip(headings(derivation), derivation.parts, strict=True):
        if heading:
            yield rf"\subsection*{{{latex.words(heading, setting)}}}"
        yield from _part(part, number, LatexWriter(setting.scope.log_base))
        number += len(part.steps)


def _part(part: Part, number: int, writer: LatexWriter) -> Iterator[str]:
    rows = [f"&{writer.write(part.start)}"]
    for k, step in enumerate(part.steps, number + 1):
        rows.append(rf"&\quad {_sign(step, writer)} {_BLANK} && \text{{({k}) {escaped(_short(step))}}}")
    yield "\\begin{align*}\n" + " \\\\[1.2ex]\n".join(rows) + "\n\\end{align*}"


def _sign(step: Step, writer: LatexWriter) -> str:
    return {EQUIVALENT: r"\iff", IMPLIES: r"\implies"}.get(step.relation) or writer.relations[step.relation]


def _short(step: Step) -> str:
    """The first two rules of a step; more would not fit beside the blank."""
    titles = rule_title(step.rule).split(", ")
    return ", ".join(titles[:2]) + (", ..." if len(titles) > 2 else "")
