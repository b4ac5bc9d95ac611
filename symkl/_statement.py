"""Reads what a user states: the plain spelling or LaTeX, a term, or a SymPy expression, under givens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from symkl.errors import GivenError, ReadError, UsageError
from symkl.language.nearest import nearest_reading
from symkl.language.plain_reader import read_plain
from symkl.language.term import Function, Relation, Term, equation, subterms
from symkl.theory.setting import Setting, setting

# A command, a script in braces, a dollar or a Unicode relation: none of them is part of the plain spelling.
_LATEX = re.compile(r"\\|[_^]\s*\{|\$|[≤≥≠≈∥‖∑∫]")


def read_statement(statement: Any, given: Iterable[str] | str = (), base: str = "e") -> tuple[Relation, Setting]:
    """A relation and the setting that it is read in.

    A text is LaTeX where it holds what the plain spelling does not (a backslash, a script in braces). What the givens leave
    open is inferred from the notation; of a plain text only where there are no givens and LaTeX would mean the same. `base` is
    that of a bare log where no given says it.

    Raises: ReadError with the place, GivenError, UsageError for what is no relation.
    """
    term, known = _read(statement.strip() if isinstance(statement, str) else statement, _texts(given, base))
    if not isinstance(term, Relation):
        raise UsageError("A statement relates two sides, with =, <= or another relation between them.")
    return term, known


def other_readings(statement: Any, given: Iterable[str] | str = (), base: str = "e") -> list[tuple[Relation, Setting, str]]:
    """The other ways to read a statement in LaTeX that leaves a choice, each with what it takes otherwise."""
    if not isinstance(statement, str) or not _LATEX.search(statement):
        return []
    from symkl.theory.reading import read_formula

    reading, known = read_formula(statement.strip().strip("$"), _texts(given, base))
    found = [(each.rival, known, each.other) for each in reading.ambiguities]
    if unexplained_functions(reading.term, known) == ["sigma"]:
        from symkl.homework.customs import as_logistic

        found.append((as_logistic(reading.term), known, "sigma is the logistic function"))
    return [(term, known, otherwise) for term, known, otherwise in found if isinstance(term, Relation)]


def unexplained_functions(term: Term, known: Setting) -> list[str]:
    """The functions in a term that only the notation says to be some: nothing is known of their values."""
    stated = setting(given.text for given in known.givens if given.text not in known.inferred).scope.functions
    return sorted({part.name for part in subterms(term) if isinstance(part, Function)} & known.scope.functions - stated)


def _texts(given: Iterable[str] | str, base: str = "e") -> list[str]:
    texts = [given] if isinstance(given, str) else list(given)
    return texts if base == "e" else [*texts, f"log base {base}"]


def read_equation(left: Any, right: Any, given: Iterable[str] | str = ()) -> tuple[Relation, Setting]:
    """The equation of two expressions, each read as a statement is."""
    texts = _texts(given)
    if isinstance(left, str) and isinstance(right, str) and (_LATEX.search(left) or _LATEX.search(right)):
        return read_statement(f"{left} = {right}", texts)
    known = setting(texts)
    return equation(_term(left, known), _term(right, known)), known


def _read(statement: Any, texts: list[str]) -> tuple[Term, Setting]:
    if not isinstance(statement, str) or not _LATEX.search(statement):
        known = setting(texts)
        try:
            return _term(statement, known), known
        except ReadError:
            alone = isinstance(statement, str) and all(text.startswith("log base") for text in texts)
            inferred = _as_in_latex(statement, texts) if alone else None
            if inferred is None:
                raise
            return inferred
    from symkl.theory.reading import read_formula

    reading, known = read_formula(statement.strip("$"), texts)
    if reading.term is None:
        raise ReadError("Nothing to read", statement, 0)
    return reading.term, known


def _as_in_latex(statement: str, texts: list[str]) -> tuple[Term, Setting] | None:
    """A plain statement under the givens that its notation suggests, where it is also LaTeX and both readings agree."""
    from symkl.theory.reading import read_formula

    try:
        reading, known = read_formula(statement, texts)
        term = read_plain(statement, known.scope)
    except (ReadError, GivenError):
        return None
    return (term, known) if term == reading.term else None


def _term(expression: Any, known: Setting) -> Term:
    if isinstance(expression, Term):
        return expression
    if isinstance(expression, str):
        try:
            return read_plain(expression, known.scope)
        except ReadError as error:
            near = nearest_reading(expression, known.scope)
            if near is None:
                raise
            raise ReadError(f"{error.reason}; did you mean {near}", error.text, error.start, error.end) from None
    if type(expression).__module__.partition(".")[0] != "sympy":
        raise UsageError(f"Expected a text, a term or a SymPy expression, not {type(expression).__name__}.")
    from symkl.interop.sympy_terms import from_sympy

    term = from_sympy(expression, known)
    # Written and read again, so that every name is held against the givens.
    return read_plain(known.write(term), known.scope)
