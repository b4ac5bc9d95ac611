"""Unknown functions: starred ones are functions too, and a prime on one is its derivative."""

from __future__ import annotations

import pytest

from symkl.homework.check import check_document
from symkl.language.documents import parse
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula

READ = [
    (r"E_{x\sim p}[f^*(T(x))]", "E[x ~ p(x)](f_star(T(x)))"),
    (r"f'(y) = \frac{a}{y}", "diff(f(y), y) = a/y"),
    (r"f''(y) < 0", "diff(diff(f(y), y), y) < 0"),
    (r"H'(p) = \log\frac{1-p}{p}", "diff(H(p), p) = log((1 - p)/p)"),
    (
        r"\frac{\partial^2 \log p(x;\theta)}{\partial \theta^i \partial \theta^j}",
        "diff(diff(log(p(x)), theta_j), theta_i)",
    ),
]


@pytest.mark.parametrize(("latex", "plain"), READ)
def test_it_is_read_as(latex: str, plain: str) -> None:
    found, known = read_formula(latex)
    assert found.term == read_plain(plain, known.scope), known.write(found.term)


@pytest.mark.parametrize(("slope", "verdict"), [(r"1 + \log p", "correct"), (r"2 + \log p", "wrong")])
def test_the_slope_of_an_introduced_function_is_checked(slope: str, verdict: str) -> None:
    text = rf"""$$f(p) = p \log p$$
$$f'(p) = {slope}$$"""
    lines = [line for chain in check_document(parse(text, "markdown")).chains for line in chain]
    assert [line.verdict for line in lines] == ["given", verdict]
