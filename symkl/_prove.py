"""The public face of the judge: prove a statement, and assert in anyone's tests that two expressions are equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from symkl._statement import other_readings, read_equation, read_statement, unexplained_functions
from symkl.errors import UndefinedTerm, UnknownName
from symkl.judge import verdict as decided
from symkl.judge.prove import judge
from symkl.judge.verdict import PROVED, REFUTED, UNKNOWN
from symkl.render.verdict import RENDERERS, in_words

__all__ = ["Verdict", "assert_equal", "prove", "render_verdict"]


class Verdict(decided.Verdict):
    """What `prove` decided; printed it is what `symkl prove` shows.

    `verdict` is 'proved', 'refuted' or 'unknown', `reason` says how or why not, `exit_code` is 0, 1 or 3. Of a refuted one
    `witness` maps names to exact fractions, and `values` are both sides there to ten digits; `difference` is one less the other,
    in the unit of the logs. `certificate` tells how an inequality follows.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return in_words(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


def prove(statement: Any, given: Iterable[str] | str = ()) -> Verdict:
    """The verdict on a statement under givens: proved, refuted with a point, or unknown with the reason.

    `statement` is a text in the plain spelling or LaTeX, a relation of terms, or a SymPy equation over declared symbols; it is
    spoken of for all numbers, laws and sizes of alphabets that the givens allow. Domain: masses are positive. Unit: a bare log is
    natural (nats) where no given is 'log base b'. Convention: an answer is unconditional or 'unknown', never a guess.

    Raises: ReadError with the place, GivenError, and UndefinedTerm where the statement has no value somewhere on the domain.
    Source: Cover & Thomas, Elements of Information Theory, for the measures; each has its own in `theory/measures.toml`.
    """
    stated, known = read_statement(statement, given)
    try:
        verdict = judge(stated, known)
    except UndefinedTerm as error:
        otherwise = _proved_otherwise(statement, given, "it has no value somewhere")
        if otherwise is None:
            raise error.within(statement) if isinstance(statement, str) else error from None
        return otherwise
    if verdict.verdict != PROVED:
        otherwise = _proved_otherwise(statement, given, f"it is {verdict.verdict}")
        if otherwise is not None:
            return otherwise
    unexplained = unexplained_functions(stated, known) if verdict.verdict == REFUTED else []
    if unexplained:
        return Verdict(stated, known, UNKNOWN, f"what {' and '.join(unexplained)} is, is not said: it may hold of it")
    return _public(verdict)


def _proved_otherwise(statement: Any, given: Iterable[str] | str, else_it: str) -> Verdict | None:
    """The proof of another reading of a statement that leaves a choice; `else_it` says what is said of the first."""
    for rival, known, otherwise in other_readings(statement, given):
        try:
            verdict = judge(rival, known)
        except UndefinedTerm:
            continue
        if verdict.verdict == PROVED:
            reason = f"{verdict.reason}, in the reading in which {otherwise}; else {else_it}"
            return _public(replace(verdict, reason=reason))
    return None


def _public(verdict: decided.Verdict) -> Verdict:
    return Verdict(**{field.name: getattr(verdict, field.name) for field in fields(verdict)})


def assert_equal(left: Any, right: Any, given: Iterable[str] | str = ()) -> None:
    """Raise AssertionError unless two expressions are proved equal on the whole domain of the givens.

    Each is a text in the plain spelling or LaTeX, a term, or a SymPy expression over declared symbols; the domain, the unit and
    the conventions are those of `prove`.

    Raises: AssertionError with the point where they differ, or with why it is unknown; ReadError, GivenError, UndefinedTerm.
    """
    verdict = judge(*read_equation(left, right, given))
    if verdict.verdict != PROVED:
        raise AssertionError(in_words(verdict))


def render_verdict(verdict: decided.Verdict, form: str = "text") -> str:
    """A verdict as `text` for a terminal, or as `json`.

    Raises: UnknownName for another format.
    """
    if form not in RENDERERS:
        raise UnknownName("format", form, RENDERERS)
    return RENDERERS[form](verdict)
