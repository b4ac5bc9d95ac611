"""The public face of explanations: the rules between two expressions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symkl._derive import Derivation
from symkl._statement import read_equation
from symkl.derivation.explain import explained
from symkl.derivation.prover import NotFound
from symkl.errors import NotDerived

__all__ = ["explain"]


def explain(left: Any, right: Any, given: Iterable[str] | str = ()) -> Derivation:
    """The derivation that leads from one expression to another: one rule where one is enough.

    The expressions are texts in the plain spelling or LaTeX, terms, or SymPy expressions, under givens; the domain, the unit
    and the conventions are those of `prove`.

    Raises: ReadError with the place, GivenError, NotDerived with the judge's verdict where no rules are found.
    """
    statement, known = read_equation(left, right, given)
    found = explained(statement, known)
    if not isinstance(found, NotFound):
        return Derivation(found)
    from symkl.judge.prove import judge
    from symkl.render.verdict import in_words

    verdict = judge(statement, known)
    raise NotDerived(f"No rules were found that lead from one to the other.\n{in_words(verdict)}", verdict)
