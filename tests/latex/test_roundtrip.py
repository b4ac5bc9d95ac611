"""Reading back what the LaTeX writer wrote gives the same tree, for random terms of the whole language."""

from __future__ import annotations

from hypothesis import assume, given
from strategies import SETTING, SETTING_IN_BITS, terms

from symkl.language.latex import read_latex
from symkl.language.latex_writer import write_latex
from symkl.language.term import Binder, Measure, Number, Symbol, Term, subterms


def rebinds(term: Term) -> bool:
    """Whether a sum binds a name that a sum inside it binds again, which LaTeX has no way to write without brackets."""
    for part in subterms(term):
        if isinstance(part, Binder):
            inner = {name for below in subterms(part.body) if isinstance(below, Binder) for name in below.names}
            if inner & set(part.names):
                return True
    return False


def measures_a_mass(term: Term) -> bool:
    """Whether a binary entropy is of a number with masses in it, which would be read as laws."""
    return any(
        isinstance(part, Measure) and not isinstance(part.args[0], Symbol | Number) and part.name in "Hh" and len(part.args) == 1
        for part in subterms(term)
    )


@given(terms())
def test_what_was_written_is_read_back(term: Term) -> None:
    assume(not rebinds(term) and not measures_a_mass(term))
    assert read_latex(write_latex(term), SETTING.scope).term == term


@given(terms(depth=2))
def test_in_another_base(term: Term) -> None:
    assume(not rebinds(term) and not measures_a_mass(term))
    base = SETTING_IN_BITS.scope.log_base
    assert read_latex(write_latex(term, base), SETTING_IN_BITS.scope).term == term
