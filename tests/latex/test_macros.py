"""Macros of a document: definitions and their bounded expansion."""

from __future__ import annotations

import pytest

from symkl.errors import ReadError
from symkl.language.latex import read_latex
from symkl.language.latex.macros import definitions
from symkl.theory.setting import setting

EIGHT = ["\\x" + letter for letter in "abcdefghijk"]
BOMB = "".join(f"\\newcommand{{{a}}}{{{b * 8}}}" for a, b in zip(EIGHT, [*EIGHT[1:], "a"], strict=True)) + r"\newcommand{\x}{\xa}"
SCOPE = setting(["P, Q on {1..n}", "a > 0", "b > 0"]).scope


@pytest.mark.parametrize(
    ("preamble", "latex", "same"),
    [
        (r"\newcommand{\KL}[2]{D_{\mathrm{KL}}(#1 \,\|\, #2)}", r"\KL{P}{Q}", r"KL(P \| Q)"),
        (r"\newcommand{\KL}[2][P]{D_{KL}(#1 \| #2)}", r"\KL{Q}", r"KL(P \| Q)"),
        (r"\newcommand\half{\frac{1}{2}}", r"\half a", r"\frac{1}{2} a"),
        (r"\def\ent#1{H(#1)}", r"\ent P", "H(P)"),
        (r"\DeclareMathOperator{\E}{\mathbb{E}}", r"\log a", r"\log a"),
        (r"\DeclareMathOperator*{\argmin}{arg\,min}", r"\argmin_a a", r"\operatorname{argmin}_a a"),
        (r"\newcommand{\x}{\y}\newcommand{\y}{a}", r"\x + b", "a + b"),
        (r"\renewcommand{\vec}[1]{#1}", r"\vec{a}", "a"),
        (r"\let\eps\alpha \newcommand{\alpha}{a}", r"\eps", "a"),
    ],
)
def test_a_macro_is_its_body(preamble: str, latex: str, same: str) -> None:
    assert read_latex(latex, SCOPE, definitions(preamble)).term == read_latex(same, SCOPE).term


@pytest.mark.parametrize(
    "preamble",
    [
        r"\newcommand{\x}{\x}",
        r"\newcommand{\x}{\y}\newcommand{\y}{\x}",
        r"\newcommand{\x}{\x\x}",
        BOMB,
    ],
)
def test_a_macro_without_end_is_refused(preamble: str) -> None:
    with pytest.raises(ReadError, match=r"[mM]acros"):
        read_latex(r"\x = a", SCOPE, definitions(preamble))


def test_a_macro_without_its_arguments_is_refused() -> None:
    with pytest.raises(ReadError, match="takes 2 arguments"):
        read_latex(r"\KL{P}", SCOPE, definitions(r"\newcommand{\KL}[2]{D(#1\|#2)}"))


def test_the_span_of_what_a_macro_wrote_is_its_call() -> None:
    latex = r"a = \half"
    found = read_latex(latex, SCOPE, definitions(r"\newcommand{\half}{\frac{1}{2}}"))
    start, end = found.span_of((1,))
    assert latex[start:end] == r"\half"
