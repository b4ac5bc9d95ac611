"""Rows of a report as MathML: the row with its wrong part marked, and what would have been right.

A report holds spellings and no terms, so the row is read again. Where that gives another formula than the one that was checked,
nothing is marked; where it gives none, the source is shown instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from symkl.errors import SymklError
from symkl.homework.verdicts import CheckedFile, Line
from symkl.language.latex import Reading, read_latex
from symkl.language.math_writer import LINE, Spelling
from symkl.language.plain_reader import read_plain
from symkl.language.term import Negation, Term
from symkl.render.mathml import MathMLWriter, operator
from symkl.theory.reading import read_formula
from symkl.theory.setting import Setting, setting

PART = "part"
"""The class of the wrong part."""

_SIGNS = {"=": "=", ":=": "≔", "<": "<", ">": ">", "<=": "≤", ">=": "≥", "~=": "≈", "!=": "≠", "propto": "∝"}


class _MarkingWriter(MathMLWriter):
    """Marks one subterm."""

    def __init__(self, log_base: Term, marked: Term | None) -> None:
        super().__init__(log_base)
        # The writer of a sum takes the sign of a negation itself.
        self._marked = marked.args[0] if isinstance(marked, Negation) else marked

    def spelled(self, term: Term, needed: int = LINE) -> Spelling:
        """The spelling of a term, in a row of its own where it is the marked one."""
        spelled = super().spelled(term, needed)
        if term is not self._marked:
            return spelled
        return replace(spelled, text=f'<mrow class="{PART}">{spelled.text}</mrow>')


class Formulas:
    """Writes the formulas of one document, under its givens; a row that does not fit them, under what its notation suggests."""

    def __init__(self, file: CheckedFile) -> None:
        self._setting = _setting(file)

    def row(self, line: Line) -> str | None:
        """A row, its wrong part marked where it can be found; None where it cannot be written."""
        if line.formula is None:
            return None
        lead, plain = _lead(line.formula.plain)
        for reading, known in self._readings(line.source):
            if known.write(reading.term) == plain:
                marked = None if line.wrong_part is None else _subterm(reading, line.wrong_part)
                return _written(lead, reading.term, known, marked)
        try:
            return None if self._setting is None else _written(lead, read_plain(plain, self._setting.scope), self._setting)
        except SymklError:
            return None

    def latex(self, text: str) -> str | None:
        """A formula in LaTeX that begins with a relation or has none; None where it cannot be read."""
        return next((_written(reading.leads, reading.term, known) for reading, known in self._readings(text)), None)

    def _readings(self, text: str) -> Iterator[tuple[Reading, Setting]]:
        """The readings of a row: under the givens of the document, and by its own notation."""
        if self._setting is not None:
            with suppress(SymklError):
                yield read_latex(text, self._setting.scope), self._setting
        with suppress(SymklError):
            yield read_formula(text)


def _written(lead: str, term: Term, known: Setting, marked: Term | None = None) -> str:
    writer = _MarkingWriter(known.scope.log_base, marked)
    sign = operator(_SIGNS.get(lead, lead)) if lead else ""
    return f'<math displaystyle="true">{sign}{writer.write(term)}</math>'


def _setting(file: CheckedFile) -> Setting | None:
    try:
        return setting([given.text for given in file.givens])
    except SymklError:
        return None


def _lead(plain: str) -> tuple[str, str]:
    first, _, rest = plain.partition(" ")
    return (first, rest) if first in _SIGNS else ("", plain)


def _subterm(reading: Reading, part: Sequence[int]) -> Term | None:
    """The largest subterm that stands at this place of the source, whether its sign stands there or not."""
    start, end = part
    bare = end - len(reading.text[start:end].lstrip("+- "))
    paths = [path for path, span in reading.spans.items() if span in ((start, end), (bare, end))]
    if not paths:
        return None
    term = reading.term
    for step in min(paths, key=len):
        term = term.args[step]
    return term
