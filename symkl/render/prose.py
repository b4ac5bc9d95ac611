"""Words with formulas in them: in a title or a commentary, `H(P, Q)` in backquotes is a formula in the plain spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symkl.errors import ReadError
from symkl.language.plain_reader import PlainReader
from symkl.language.term import Term
from symkl.theory.setting import Setting

_QUOTED = re.compile(r"`([^`\n]+)`")


def spans(text: str, setting: Setting) -> Iterator[str | Term]:
    """The words and the formulas of a text in order; what is quoted and no formula under the givens stays as it is."""
    position = 0
    for match in _QUOTED.finditer(text):
        formula = _formula(match[1], setting)
        if formula is None:
            continue
        if match.start() > position:
            yield text[position : match.start()]
        yield formula
        position = match.end()
    if position < len(text):
        yield text[position:]


def _formula(text: str, setting: Setting) -> Term | None:
    for read in (PlainReader.statement, PlainReader.measure_argument):
        reader = PlainReader(text, setting.scope)
        try:
            term = read(reader)
            reader.end()
        except ReadError:
            continue
        return term
    return None
