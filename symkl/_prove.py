"""The public face of the judge: prove a statement, and assert in anyone's tests that two expressions are equal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symkl.errors import UsageError
from symkl.judge.prove import judge
from symkl.judge.verdict import PROVED, Verdict
from symkl.language.plain_reader import read_plain
from symkl.language.term import Term, equation
from symkl.render.verdict import RENDERERS, in_words
from symkl.theory.setting import Setting, setting

__all__ = ["Verdict", "assert_equal", "prove", "render_verdict"]


def prove(statement: Any, given: Iterable[str] | str = ()) -> Verdict:
    """The verdict on a statement under givens: proved, refuted with a point, or unknown with the reason.

    `statement` is a text in the plain spelling, a relation of terms, or a SymPy equation over declared symbols.

    Raises: ReadError, GivenError; UndefinedTerm where the statement has no value somewhere on the domain.
    """
    known = setting((given,) if isinstance(given, str) else given)
    return judge(_term(statement, known), known)


def assert_equal(left: Any, right: Any, given: Iterable[str] | str = ()) -> None:
    """Raise AssertionError unless two expressions are proved equal on the whole domain of the givens.

    Each is a text in the plain spelling, a term, or a SymPy expression over declared symbols.
    """
    known = setting((given,) if isinstance(given, str) else given)
    verdict = judge(equation(_term(left, known), _term(right, known)), known)
    if verdict.verdict != PROVED:
        raise AssertionError(in_words(verdict))


def _term(expression: Any, known: Setting) -> Term:
    if isinstance(expression, Term):
        return expression
    if isinstance(expression, str):
        return read_plain(expression, known.scope)
    if type(expression).__module__.partition(".")[0] != "sympy":
        raise UsageError(f"Expected a text, a term or a SymPy expression, not {type(expression).__name__}.")
    from symkl.interop.sympy_terms import from_sympy

    term = from_sympy(expression, known)
    # Written and read again, so that every name is held against the givens.
    return read_plain(known.write(term), known.scope)


def render_verdict(verdict: Verdict, form: str = "text") -> str:
    """A verdict as `text` for a terminal, or as `json`."""
    if form not in RENDERERS:
        raise UsageError(f"A verdict is rendered as {' or '.join(RENDERERS)}, not as {form}.")
    return RENDERERS[form](verdict)
