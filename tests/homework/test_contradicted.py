"""Undecided rows that the row below contradicts, and a uniform law with it."""

from __future__ import annotations

import pytest

from symkl.homework.check import check_document
from symkl.homework.contradicted import UNSAID
from symkl.homework.verdicts import Line
from symkl.language.documents import parse


def _lines(*rows: str) -> tuple[Line, ...]:
    body = r" \\ ".join(f"&{row}" for row in rows)
    (chain,) = check_document(parse(rf"$$\begin{{aligned}} S(X) {body} \end{{aligned}}$$", "markdown")).chains
    return chain


@pytest.mark.parametrize(
    ("head", "wrong", "right"),
    [
        (":= 2^{H(X)}", r"= 2^{-K \log_2 \frac1K}", r"= 2^{\log_2 K}"),
        (":= e^{H(X)}", r"= e^{\frac1K - \sum_{i=1}^K \ln \frac1K}", r"= e^{-\ln \frac1K}"),
        (":= H(X)", r"= -\sum_{i=1}^K \log \frac1K", r"= \log K"),
        (r":= -\sum_x p(x) \log p(x)", r"= M \log M", r"= \log M"),
    ],
)
def test_the_row_is_wrong_that_a_uniform_law_and_the_row_below_refute(head: str, wrong: str, right: str) -> None:
    first, second, third = _lines(head, wrong, right)
    assert (first.verdict, second.verdict, third.verdict) == ("given", "wrong", "unknown")
    assert "uniform" in second.reason and second.witness
    assert UNSAID in third.reason


@pytest.mark.parametrize(
    "rows",
    [
        (":= H(X)", r"= K \log K"),
        (":= H(X)", r"= \log K", r"= -\log \frac1K"),
        (":= H(X)", r"= \log K", r"= 2 \log K"),
        (":= H(X)", r"= K \log K", r"= 2 \log K"),
        (":= H(X)", r"\le K \log K", r"= \log K"),
        (":= H(X)", r"= K \log K", r"\ge \log K"),
        (":= H(X)", r"= a \log K", r"= \log K"),
        (":= H(X)", r"= \log K", r"= \log_2 K"),
        (":= H(X) + H(Y)", r"= K \log K", r"= 2 \log K"),
    ],
)
def test_no_other_row_is(rows: tuple[str, ...]) -> None:
    assert _lines(*rows)[1].verdict == "unknown"
