"""Suggestions in the spelling of the student's rows."""

from __future__ import annotations

import pytest

import symkl
from symkl.homework.echo import echoed
from symkl.language.latex import read_latex
from symkl.language.latex_writer import write_latex
from symkl.theory.reading import read_document


def suggested(*rows: str) -> str | None:
    """The suggestion for the last of some rows."""
    text = "$$\n\\begin{aligned}\n" + " \\\\\n&".join(rows) + "\n\\end{aligned}\n$$\n"
    (*_, line) = symkl.check(text, kind="markdown").lines
    assert line.verdict == "wrong"
    return line.suggestion


@pytest.mark.parametrize(
    ("rows", "suggestion"),
    [
        ([r"D_{KL}(R\|S) = H(R) - H(R,S)"], "= H(R,S) - H(R)"),
        ([r"\mathrm{KL}(R\|S) = \mathrm{KL}(S\|R)"], r"= \mathrm{KL}(R\|S)"),
        ([r"H(R,S) = -\sum_k s_k\log r_k"], r"= -\sum_k r_k\log s_k"),
        ([r"\mathbb{E}_{x\sim P}[\log q(x)]", r"= \log \mathbb{E}_{x\sim P}[q(x)]"], r"\le \log \mathbb{E}_{x\sim P}[q(x)]"),
        ([r"-\log 2r", r"= -2\log r"], r"= -(\log 2 + \log r)"),
        ([r"\log\frac1r", r"= \log 1 - \log r", r"= 1 - \log r"], r"= -\log r"),
        ([r"3\ln(1-p) - p", r"= (\ln(1-p))^3 - p"], r"= \ln((1-p)^3) - p"),
        ([r"\ln r + \ln s", r"= \log_2 r + \ln s"], r"= \ln r + \ln s"),
        ([r"\sum_i p_i\log\frac{p_i}{q_i}", r"= \sum_i p_i (\log q_i - \log p_i)"], r"= \sum_i p_i(\log p_i - \log q_i)"),
        ([r"\sum_{i=1}^n q_i = n"], "= 1"),
    ],
)
def test_the_least_change_is_told_as_the_student_writes(rows, suggestion):
    assert suggested(*rows) == suggestion


def reading(text: str):
    """The reading of a formula, and its scope."""
    read = read_document(text, kind="formula")
    return read.rows[0].reading, read.setting.scope


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (r"\left(\sum_{k=1}^m a_k\right)\left(\sum_{k=1}^m \log b_k\right)", r"\sum_{k=1}^m"),
        (r"p/q + \log p/q", "p/q"),
        (r"\mathbb{E}_{x\sim p}\left[\log p(x)\right] - 1", r"\mathbb{E}_{x\sim p}\left[\log p(x)\right]"),
        (r"\int p(x) \log p(x)\,dx - \int p(x)\log q(x) dx", r"\log q(x) dx"),
        (r"\tfrac12 D_{\mathrm{KL}}(P\|Q) + \frac12 H(P)", r"\tfrac12 D_{\mathrm{KL}}(P\|Q)"),
    ],
)
def test_a_formula_echoed_is_the_same_formula(text, kept):
    found, scope = reading(text)
    written = echoed(found.term, scope, [found])
    assert kept in written
    assert read_latex(written, scope).term == found.term


def test_what_would_read_as_another_formula_is_written_as_symkl_does():
    found, scope = reading(r"\log p - \log q")
    other, _ = reading(r"\log p + q")
    assert echoed(found.term, scope, [other]) == write_latex(found.term, scope.log_base)
