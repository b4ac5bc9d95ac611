"""Checks a document: every chain under the interpretation of it that leaves the least wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from symkl.errors import NoImage, ReadError
from symkl.homework.chain import Judged, Row, RowTerms, Steps
from symkl.homework.compare import Comparer, Definition
from symkl.homework.names import Register
from symkl.homework.verdicts import UNREAD, CheckedFile, Formula, GivenText, Line
from symkl.interop.sympy_text import sympy_text
from symkl.language.documents import Source
from symkl.language.latex_writer import write_latex
from symkl.language.term import Relation, Term
from symkl.theory.reading import Document, ReadRow, read_document
from symkl.theory.setting import Setting


def check_document(document: str | Path | Source, given: Iterable[str] = (), kind: str | None = None) -> CheckedFile:
    """The verdict on every row of a document.

    Raises: GivenError for a stated given that is not understood; UsageError and OutputError for a file that cannot be read.
    """
    read = read_document(document, given, kind)
    return CheckedFile(read.source.name, _givens(read), tuple(_Checker(read).chains()))


def _givens(read: Document) -> tuple[GivenText, ...]:
    known = read.setting
    return tuple(GivenText(g.text, g.text in known.inferred, read.reasons.get(g.text, "")) for g in known.givens)


class _Checker:
    def __init__(self, read: Document) -> None:
        self.read = read
        self.definitions: dict[str, Definition] = {}

    def chains(self) -> Iterable[tuple[Line, ...]]:
        """The lines of each chain."""
        steps: Steps | None = None
        display = -1
        for chain in self.read.chains:
            rows = [row_of(read) for read in chain.rows]
            here = chain.rows[0].row.display
            if steps is None or steps.comparer.setting is not chain.setting or here != display:
                definitions = steps.comparer.definitions if steps is not None else {}
                steps = Steps(Comparer(chain.setting, definitions), Register(chain.setting))
            display = here
            judged = [steps.judge_row(row, number) for number, row in enumerate(rows)]
            yield tuple(_line(read, found, chain.setting) for read, found in zip(chain.rows, judged, strict=True))


def row_of(read: ReadRow) -> Row:
    """A row as the chain takes it: all readings of it."""
    if read.reading is None:
        error = read.error or ReadError("not understood", read.row.source, 0)
        return Row((), read.inherits, read.connective, (), error.reason)
    chosen = RowTerms(read.relations, read.sides)
    rivals = []
    for ambiguity in read.reading.ambiguities:
        if ambiguity.rival is not None:
            rivals.append(_reading_of(read, ambiguity.rival, f"read as {ambiguity.other}"))
    return Row((chosen, *rivals), read.inherits, read.connective, tuple(read.reading.notes))


def _reading_of(read: ReadRow, term: Term, said: str) -> RowTerms:
    leading = (read.reading.leads,) if read.inherits and read.reading is not None else ()
    if isinstance(term, Relation) and len(read.sides) > 1:
        return RowTerms((*leading, *term.operators), term.args, (said,))
    return RowTerms(leading, (term,), (said,))


def _line(read: ReadRow, found: Judged, setting: Setting) -> Line:
    reason = found.reason
    if found.said and found.said != ("rounded",):
        reason = "; ".join(filter(None, (reason, *found.said)))
    outcome = found.outcome
    wrong = outcome is not None and found.verdict == "wrong"
    return Line(
        at=(read.row.line, read.row.column),
        source=read.row.source,
        verdict=found.verdict,
        reason=reason,
        formula=None if found.verdict == UNREAD else _formula(read, setting),
        witness=outcome.witness if wrong and outcome is not None else {},
        values=outcome.values if wrong and outcome is not None else None,
    )


def _formula(read: ReadRow, setting: Setting) -> Formula | None:
    if read.reading is None:
        return None
    term = read.reading.term
    sympy, reason = None, None
    try:
        sympy = sympy_text(term, setting)
    except NoImage as error:
        reason = str(error)
    lead = f"{read.reading.leads} " if read.inherits and read.reading.leads else ""
    return Formula(lead + setting.write(term), lead + write_latex(term, setting.scope.log_base), sympy, reason)
