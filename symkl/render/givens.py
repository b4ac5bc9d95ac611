"""The givens in mathematics: `P, Q on {1..n}` as P, Q on {1, ..., n}."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from symkl.errors import ReadError
from symkl.language.givens import (
    BaseGiven,
    ConditionGiven,
    FamilyGiven,
    Given,
    IndependenceGiven,
    JointGiven,
    LawsGiven,
    MarkovGiven,
    MassesGiven,
    SortGiven,
    UniformGiven,
    VectorGiven,
)
from symkl.language.latex_names import escaped
from symkl.language.latex_writer import LatexWriter
from symkl.language.plain_reader import read_plain
from symkl.language.scope import DENSITY
from symkl.language.term import Term
from symkl.theory.setting import Setting


def given_in_latex(given: Given, setting: Setting) -> str:
    """A given as a LaTeX formula; one whose relation cannot be read again keeps its text."""
    writer = LatexWriter(setting.scope.log_base)
    match given:
        case FamilyGiven(_, names, family, parameters, alphabet):
            drawn = rf"{_names(writer, names)} \sim \mathrm{{{family}}}({_terms(writer, parameters)})"
            return drawn if alphabet is None else rf"{drawn} \text{{ on }} {writer.write(alphabet)}"
        case LawsGiven(_, names, alphabet):
            return rf"{_names(writer, names)} \text{{ on }} {writer.write(alphabet)}"
        case UniformGiven(_, names, alphabet):
            return rf"{_names(writer, names)} \text{{ uniform on }} {writer.write(alphabet)}"
        case VectorGiven(_, names, entries, alphabet):
            return rf"{_names(writer, names)} \text{{ {entries} on }} {writer.write(alphabet)}"
        case JointGiven(_, variables, law, entries):
            drawn = rf"{_names(writer, variables)} \sim {_applied(writer, law, variables)}"
            return drawn + (r"\text{ (a density)}" if entries == DENSITY else "")
        case MassesGiven(_, laws, entries):
            applied = ", ".join(_applied(writer, law, values) for law, values in laws)
            return applied + (r" \text{ densities}" if entries == DENSITY else r" \text{ masses}")
        case IndependenceGiven(_, left, right, condition):
            given_too = rf" \mid {_names(writer, condition)}" if condition else ""
            return rf"{_names(writer, left)} \perp {_names(writer, right)}{given_too}"
        case MarkovGiven(_, chain):
            return r" \to ".join(_names(writer, group) for group in chain)
        case SortGiven(_, names, sort):
            return rf"{_names(writer, names)} \text{{ {sort}}}"
        case BaseGiven(_, base):
            return rf"\text{{log base }} {writer.write(base)}"
        case ConditionGiven(text):
            try:
                return writer.write(read_plain(text, replace(setting.scope, lenient=True)))
            except ReadError:
                return rf"\text{{{escaped(text)}}}"
        case _:
            return rf"\text{{{escaped(given.text)}}}"


def _names(writer: LatexWriter, names: Iterable[str]) -> str:
    return ", ".join(writer.name(name).text for name in names)


def _terms(writer: LatexWriter, terms: Iterable[Term]) -> str:
    return ", ".join(map(writer.write, terms))


def _applied(writer: LatexWriter, law: str, values: Iterable[str]) -> str:
    return f"{writer.name(law).text}({','.join(writer.name(value.lower()).text for value in values)})"
