"""How symkl reads a document: as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from symkl.errors import ReadError
from symkl.language.collector import without_collector
from symkl.language.latex import Ambiguity
from symkl.language.latex_writer import write_latex
from symkl.language.term import Term
from symkl.theory.reading import Document, ReadChain, ReadRow
from symkl.theory.setting import Setting
from symkl.theory.taken import Taken, taken

SCHEMA = 1
_WIDTH = 80


@without_collector()
def as_text(document: Document) -> str:
    """The rows of a document with their trees, their ambiguities and notes; then the givens and the symbols."""
    lines = [line for chain in document.chains for row in chain.rows for line in _row(row, chain.setting)]
    if not lines:
        return f"{document.source.name}: no formula found."
    return "\n".join([*lines, *_foot(document)])


def _row(row: ReadRow, found: Setting) -> Iterator[str]:
    yield row.row.place
    for line in row.row.source.strip().splitlines():
        yield f"    {line.strip()}"
    if row.error is not None:
        yield from _complaint(row.error)
    if row.reading is not None:
        reading = row.reading
        yield from _wrapped("read as  ", f"{reading.leads + ' ' if reading.leads else ''}{found.write(reading.term)}")
        for ambiguity in reading.ambiguities:
            yield from _wrapped("two readings: ", _choice(ambiguity, found))
        for sentence in reading.assumed:
            yield from _wrapped("taken: ", sentence)
        for note in reading.notes:
            yield from _wrapped("note: ", note)
    yield ""


def _complaint(error: ReadError) -> Iterator[str]:
    yield from _wrapped("not read: ", error.reason)
    yield textwrap.indent(error.picture(_WIDTH - 12), "  ")


def _choice(ambiguity: Ambiguity, found: Setting) -> str:
    rival = f", which gives {found.write(ambiguity.rival)}" if ambiguity.rival is not None else ""
    return f"{ambiguity.chosen}; else {ambiguity.other}{rival}"


def _wrapped(head: str, text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  " + head, subsequent_indent="      ", break_long_words=False)


def _foot(document: Document) -> Iterator[str]:
    seen: set[tuple[str, ...]] = set()
    for chain in document.chains:
        texts = chain.setting.texts
        if texts in seen:
            continue
        seen.add(texts)
        where = f" (from {chain.rows[0].row.place})" if len(seen) > 1 else ""
        yield f"givens{where}"
        for given in chain.setting.givens:
            mark = "  (inferred)" if given.text in chain.setting.inferred else ""
            why = f": {document.reasons[given.text]}" if given.text in document.reasons and mark else ""
            yield from _wrapped("", f"{given.text}{mark}{why}")
        if not texts:
            yield "  none"
    yield "symbols"
    for symbol in _symbols(document):
        source = f"  by '{symbol.given}'" if symbol.given else ""
        yield from _wrapped("", f"{symbol.name}: {symbol.kind}{source}")
    unread = sum(row.error is not None for row in document.rows)
    total = len(document.rows)
    yield f"{total} row{'s' * (total != 1)}, {unread} not read"


def _symbols(document: Document) -> list[Taken]:
    found: dict[str, Taken] = {}
    for chain in document.chains:
        for symbol in taken(_terms(chain), chain.setting, document.reasons):
            found.setdefault(symbol.name, symbol)
    return list(found.values())


def _terms(chain: ReadChain) -> list[Term]:
    return [row.reading.term for row in chain.rows if row.reading is not None]


@without_collector()
def as_json(document: Document) -> str:
    """The document as JSON, schema 1: `givens`, `symbols`, and `rows`, each with its formula, ambiguities, notes or error."""
    return json.dumps(as_data(document), ensure_ascii=False, indent=2)


def as_data(document: Document) -> dict[str, Any]:
    """What the JSON holds."""
    found = document.setting
    return {
        "schema": SCHEMA,
        "path": document.source.name,
        "givens": [{"text": text, "inferred": text in found.inferred, "why": document.reasons.get(text)} for text in found.texts],
        "symbols": [{"name": s.name, "kind": s.kind, "given": s.given or None, "why": s.why or None} for s in _symbols(document)],
        "chains": [
            {
                "givens": [{"text": text, "inferred": text in chain.setting.inferred} for text in chain.setting.texts],
                "rows": [_row_data(row, chain.setting) for row in chain.rows],
            }
            for chain in document.chains
        ],
    }


def _row_data(row: ReadRow, found: Setting) -> dict[str, Any]:
    at = {"line": row.row.line, "column": row.row.column}
    if row.row.cell:
        at = {"cell": row.row.cell, "line": row.row.cell_line, "column": row.row.column}
    data: dict[str, Any] = {"at": at, "source": row.row.source, "formula": None, "error": None}
    if row.error is not None:
        data["error"] = {"reason": row.error.reason, "start": row.error.start, "end": row.error.end}
    if row.reading is not None:
        reading = row.reading
        data["relation"] = reading.leads or None
        data["formula"] = _formula(reading.term, found)
        data["ambiguities"] = [
            {
                "kind": a.kind,
                "start": a.span[0],
                "end": a.span[1],
                "chosen": a.chosen,
                "other": a.other,
                "rival": None if a.rival is None else _formula(a.rival, found),
            }
            for a in reading.ambiguities
        ]
        data["notes"] = list(reading.notes)
        data["taken"] = list(reading.assumed)
    return data


def _formula(term: Term, found: Setting) -> dict[str, Any]:
    try:
        latex = write_latex(term, found.scope.log_base)
    except (TypeError, ValueError, KeyError):
        latex = None
    return {"plain": found.write(term), "latex": latex}


RENDERERS: Mapping[str, Callable[[Document], str]] = {"text": as_text, "json": as_json}
