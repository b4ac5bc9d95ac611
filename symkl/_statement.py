"""Reads what a user states: the plain spelling or LaTeX, a term, or a SymPy expression, under givens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from symkl.errors import ReadError, UsageError
from symkl.language.nearest import nearest_reading
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation, Term, equation
from symkl.theory.setting import Setting, setting

# A command, a script in braces, a dollar or a Unicode relation: none of them is part of the plain spelling.
_LATEX = re.compile(r"\\|[_^]\s*\{|\$|[≤≥≠≈∥‖∑∫]")


def read_statement(statement: Any, given: Iterable[str] | str = (), base: str = "e") -> tuple[Relation, Setting]:
    """A relation and the setting that it is read in.

    A text is LaTeX where it holds what the plain spelling does not (a backslash, a script in braces); then what the givens
    leave open is inferred from the notation. `base` is that of a bare log where no given says it.

    Raises: ReadError with the place, GivenError, UsageError for what is no relation.
    """
    texts = [given] if isinstance(given, str) else list(given)
    if base != "e":
        texts.append(f"log base {base}")
    term, known = _read(statement, texts)
    if not isinstance(term, Relation):
        raise UsageError("A statement relates two sides, with =, <= or another relation between them.")
    return term, known


def other_readings(statement: Any, given: Iterable[str] | str = ()) -> list[tuple[Relation, Setting, str]]:
    """The other ways to read a statement in LaTeX that leaves a choice, each with what it takes otherwise."""
    if not isinstance(statement, str) or not _LATEX.search(statement):
        return []
    from symkl.theory.reading import read_formula

    reading, known = read_formula(statement.strip().strip("$"), [given] if isinstance(given, str) else list(given))
    return [(each.rival, known, each.other) for each in reading.ambiguities if isinstance(each.rival, Relation)]


def read_equation(left: Any, right: Any, given: Iterable[str] | str = ()) -> tuple[Relation, Setting]:
    """The equation of two expressions, each read as a statement is."""
    texts = [given] if isinstance(given, str) else list(given)
    if isinstance(left, str) and isinstance(right, str) and (_LATEX.search(left) or _LATEX.search(right)):
        return read_statement(f"{left} = {right}", texts)
    known = setting(texts)
    return equation(_term(left, known), _term(right, known)), known


def _read(statement: Any, texts: list[str]) -> tuple[Term, Setting]:
    if not isinstance(statement, str) or not _LATEX.search(statement):
        known = setting(texts)
        return _term(statement, known), known
    from symkl.theory.reading import read_formula

    reading, known = read_formula(statement.strip().strip("$"), texts)
    if reading.term is None:
        raise ReadError("Nothing to read", statement, 0)
    return reading.term, known


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
