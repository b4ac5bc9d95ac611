"""Reading LaTeX: tokens, macros, the syntax as written, and its elaboration into terms under a scope."""

from __future__ import annotations

from symkl.errors import ReadError
from symkl.language.latex.expectations import ExpectationReader
from symkl.language.latex.macros import Macros
from symkl.language.latex.reader import Written, read_syntax
from symkl.language.latex.reading import Ambiguity, Path, Reading, Span
from symkl.language.scope import Scope
from symkl.language.term import DEPTH_LIMIT, Term

RIVAL_LIMIT = 6
"""At most so many ambiguities of one formula get their other reading worked out."""

__all__ = ["Ambiguity", "Reading", "Written", "elaborate", "read_latex", "read_syntax"]


def read_latex(text: str, scope: Scope, macros: Macros | None = None) -> Reading:
    """The reading of a formula in LaTeX under a scope.

    Raises: ReadError with the place, for what is not understood, for an undeclared name, for a kind that does not fit.
    """
    return elaborate(read_syntax(text, macros), scope)


def elaborate(written: Written, scope: Scope) -> Reading:
    """The reading of a formula as written, under a scope.

    Raises: ReadError with the place.
    """
    reader = ExpectationReader(written.text, scope)
    leads, term = reader.statement(written.chain)
    spans = _spans(term, reader, written)
    ambiguities = []
    for count, found in enumerate(dict.fromkeys(reader.ambiguities)):
        rival = _rival(written, scope, found) if count < RIVAL_LIMIT else None
        ambiguities.append(Ambiguity(found.kind, found.span, found.chosen, found.other, rival))
    return Reading(written.text, term, leads, spans, tuple(ambiguities), tuple(written.notes), tuple(reader.assumed))


def _rival(written: Written, scope: Scope, ambiguity: Ambiguity) -> Term | None:
    reader = ExpectationReader(written.text, scope, {(ambiguity.kind, ambiguity.span[0]): True})
    try:
        return reader.statement(written.chain)[1]
    except ReadError:
        return None


def _spans(term: Term, reader: ExpectationReader, written: Written) -> dict[Path, Span]:
    """Where each subterm stands, by its path; refuses a term too deep for later walks."""
    found: dict[Path, Span] = {}
    pending: list[tuple[Term, Path]] = [(term, ())]
    known = reader.spans
    while pending:
        current, path = pending.pop()
        if len(path) > DEPTH_LIMIT:
            raise ReadError(f"Nested deeper than {DEPTH_LIMIT} levels", written.text, written.chain.start)
        place = known.get(id(current))
        if place is not None:
            found[path] = (place[1], place[2])
        pending.extend((argument, (*path, k)) for k, argument in enumerate(current.args))
    return found
