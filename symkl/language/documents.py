"""The rows of a document: LaTeX, Markdown, notebooks, reStructuredText, plain text.

Nothing is read here. A row is a piece of the source with its place (`displays` finds the formulas, `rows` their rows).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from symkl.errors import ReadError, UsageError
from symkl.language.displays import formulas_in
from symkl.language.files import SIZE_LIMIT, content_of, kind_of
from symkl.language.latex.macros import Macro, definitions
from symkl.language.rows import is_statement, rows_between


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a formula: its source, and where it stands.

    `start` and `end` are offsets in the document's text; `line` and `column` count from 1. `display` numbers the formula
    that the row is of; `inline` says that it stands in running text. `error` is why no row could be made of it. In a notebook
    `line` counts through all Markdown cells; `cell` is the cell, of all kinds from 1, and `cell_line` the line inside it.
    """

    source: str
    start: int
    end: int
    line: int
    column: int
    display: int
    inline: bool = False
    error: ReadError | None = None
    cell: int = 0
    cell_line: int = 0

    @property
    def place(self) -> str:
        """The place as a person looks for it: line 3, column 7, in a notebook cell 2, line 3, column 7."""
        line = f"cell {self.cell}, line {self.cell_line}" if self.cell else f"line {self.line}"
        return f"{line}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its text, its rows in order, the givens and macros that it states itself."""

    name: str
    kind: str
    text: str
    rows: tuple[Row, ...]
    givens: tuple[str, ...] = ()
    macros: dict[str, Macro] = field(default_factory=dict)
    formulas: tuple[tuple[int, int, bool], ...] = ()
    """Where formulas stand, rows or not: start, end, and whether in running text."""


def load(path: str | Path) -> Source:
    """The document in a file; the extension says what kind it is.

    Raises: OutputError where the file cannot be read; UsageError for an unknown extension and for what is no text.
    """
    return document_of(content_of(path), path)


def document_of(data: bytes, path: str | Path) -> Source:
    """The document that a file of this name and these bytes is.

    Raises: UsageError for an unknown extension and for what is no text.
    """
    return parse(decoded(data, str(path)), kind_of(Path(path)), str(path))


def decoded(data: bytes, name: str) -> str:
    """The text of some bytes.

    Raises: UsageError for what is not UTF-8, holds a NUL byte, or is too large.
    """
    if len(data) > SIZE_LIMIT:
        raise UsageError(f"{name}: larger than {SIZE_LIMIT // 1_000_000} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name}: not UTF-8 in line {line}; save the file as UTF-8.") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UsageError(f"{name}: a NUL byte in line {line}; this is no text file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, kind: str = "text", name: str = "-") -> Source:
    """The rows of a text of some kind: tex, markdown, notebook, rst, text, or formula (one formula and nothing else).

    Raises: UsageError for a notebook that is none.
    """
    if len(text) > SIZE_LIMIT:
        raise UsageError(f"{name}: larger than {SIZE_LIMIT // 1_000_000} MB.")
    cells: tuple[tuple[int, int], ...] = ()
    if kind == "notebook":
        text, cells = _markdown_of_notebook(text, name)
    places = _Places(text, cells)
    rows: list[Row] = []
    spans = tuple(formulas_in(text, kind))
    for display, (start, end, inline, error) in enumerate(spans):
        if error is not None:
            rows.append(_row(places, start, end, display, inline, error))
            continue
        for first, last in rows_between(text, start, end):
            if not inline or is_statement(text[first:last]):
                rows.append(_row(places, first, last, display, inline, None))
    return Source(name, kind, text, tuple(rows), tuple(_stated_givens(text)), definitions(text), tuple(s[:3] for s in spans))


def _row(places: _Places, start: int, end: int, display: int, inline: bool, error: ReadError | None) -> Row:
    line, column = places.of(start)
    return Row(places.text[start:end], start, end, line, column, display, inline, error, *places.in_cell(start, line))


class _Places:
    """Line and column of an offset; `cells` are where the cells of a notebook begin, and their numbers."""

    def __init__(self, text: str, cells: tuple[tuple[int, int], ...] = ()) -> None:
        self.text = text
        self._cells = cells
        self._starts = [0, *(match.end() for match in re.finditer(r"\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def in_cell(self, offset: int, line: int) -> tuple[int, int]:
        """The number of the cell, and the line inside it; nothing outside of notebooks."""
        at = bisect_right(self._cells, (offset, len(self.text))) - 1
        if at < 0:
            return 0, 0
        begins, number = self._cells[at]
        return number, line - self.of(begins)[0] + 1


# Givens in the document

_GIVEN = re.compile(r"(?:%|<!--|\.\.|#|//)\s*symkl:\s*given\s+(?P<given>[^\n]*?)\s*(?:-->)?\s*$", re.MULTILINE)


def _stated_givens(text: str) -> Iterator[str]:
    return (match["given"] for match in _GIVEN.finditer(text) if match["given"])


# Notebooks

_BETWEEN_CELLS = "\n\n"


def _markdown_of_notebook(text: str, name: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The Markdown cells of a notebook, one after the other, and where each begins with its number among all cells."""
    try:
        cells = json.loads(text)["cells"]
        found, places, position = [], [], 0
        for number, cell in enumerate(cells, start=1):
            if cell.get("cell_type") == "markdown":
                source = cell.get("source", "")
                found.append(source if isinstance(source, str) else "".join(source))
                places.append((position, number))
                position += len(found[-1]) + len(_BETWEEN_CELLS)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{name}: this is no notebook: {error}.") from error
    return _BETWEEN_CELLS.join(found), tuple(places)
