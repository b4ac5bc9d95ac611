"""The public face of the reader: a formula in LaTeX, or every formula of a document, as symkl reads it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from symkl.errors import UnknownName
from symkl.language.documents import decoded, load, parse
from symkl.language.files import KINDS
from symkl.language.latex import Ambiguity, Reading
from symkl.render.reading import RENDERERS
from symkl.theory.reading import Document, read_formula
from symkl.theory.reading import read_document as _read_document

__all__ = ["Ambiguity", "Document", "Reading", "read", "read_document", "render_reading"]


def read(text: str, given: Iterable[str] | str = ()) -> Reading:
    """The reading of one formula in LaTeX: its term, its ambiguities with their rivals, its notes.

    What the givens do not say of a name is inferred from the notation.

    Raises: ReadError with the place, for what is not understood; GivenError.
    """
    return read_formula(text, _givens(given))[0]


def read_document(document: str | Path | bytes, given: Iterable[str] | str = (), kind: str | None = None) -> Document:
    """Every formula of a document: a path; or its content, where `kind` says what it is (tex, markdown, notebook, rst,
    text, or formula).

    A row that is not understood holds its error, and the rest is read. Rows carry line and column.

    Raises: GivenError; UsageError for what is no text; OutputError for a file that cannot be read.
    """
    if kind is None and not isinstance(document, bytes):
        return _read_document(load(document), _givens(given))
    known = {*KINDS.values(), "formula"}
    if (kind or "text") not in known:
        raise UnknownName("kind of document", str(kind), known)
    text = decoded(document, "-") if isinstance(document, bytes) else str(document)
    return _read_document(parse(text, kind or "text"), _givens(given))


def render_reading(document: Document, form: str = "text") -> str:
    """A document as read, as `text` for a terminal or as `json`.

    Raises: UnknownName for another format.
    """
    if form not in RENDERERS:
        raise UnknownName("format", form, RENDERERS)
    return RENDERERS[form](document)


def _givens(given: Iterable[str] | str) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
