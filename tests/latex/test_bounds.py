"""No input crashes the reader: deep nesting, long sums and broken pieces give a term or a named error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symkl.errors import ReadError
from symkl.language.latex import read_latex
from symkl.language.scope import Scope
from symkl.theory.reading import read_document

LENIENT = Scope(lenient=True)


@pytest.mark.parametrize(
    "latex",
    [
        "(" * 10_000 + "p" + ")" * 10_000,
        "(" * 10_000,
        r"\frac{1}{" * 10_000 + "p" + "}" * 10_000,
        "p^{" * 10_000 + "p" + "}" * 10_000,
        r"\log " * 5_000 + "p",
        r"\sum_i " * 5_000 + "p_i",
        r"\underbrace{" * 5_000 + "p" + "}_{a}" * 5_000,
        "p/" * 10_000 + "q",
        "|" * 10_001 + "p",
        "1" * 100_000,
        r"\overset{a}{" * 3_000 + "=" + "}" * 3_000,
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(latex: str) -> None:
    with pytest.raises(ReadError):
        read_latex(latex, LENIENT)


@pytest.mark.parametrize("latex", ["+".join(["p"] * 10_000), "p q " * 5_000, "-" * 10_000 + "q", "p=" * 5_000 + "p"])
def test_what_is_only_long_is_read(latex: str) -> None:
    assert read_latex(latex, LENIENT).term is not None


PIECES = [
    *[
        r"\log",
        r"p",
        r"q",
        r"_",
        r"^",
        r"{",
        r"}",
        r"(",
        r")",
        r"[",
        r"]",
        r"|",
        r"\|",
        r"\sum",
        r"\int",
        r"dx",
        r"\frac",
        r"1",
        r"=",
        r"+",
        r"-",
        r"/",
        r"\cdot",
        r",",
        r";",
        r":",
        r"\mathbb",
        r"E",
        r"H",
        r"KL",
        r"\\",
        r"&",
        r"%",
        r"~",
        r"'",
        r"!",
    ],
    *[
        r"\left",
        r"\right",
        r".",
        r"\underbrace",
        r"\begin{align}",
        r"\end{align}",
        r"\cdots",
        r"\partial",
        r"d",
        r"\hat",
        r"i",
        r"\in",
        r"\sim",
        r"\to",
        r"\overset{a}",
        r"\exp",
        r"\min",
    ],
    *[
        r"\sqrt",
        r"\binom",
        r"\boxed",
        r"²",
        r"ᵢ",
        r"$",
        r"\left|",
        r"\lvert",
        r"\mathrm{d}",
        r"\choose",
        r"\nabla",
        r"\operatorname{D}",
        r"∑",
        r"∞",
    ],
    r"\text{if }",
    "\x00",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_pieces_give_a_term_or_a_read_error(pieces: list[str]) -> None:
    latex = " ".join(pieces)
    try:
        read_latex(latex, LENIENT)
    except ReadError as error:
        assert str(error)


@given(st.text(max_size=60))
def test_any_text_is_a_document(text: str) -> None:
    for kind in ("tex", "markdown", "rst", "text"):
        document = read_document(text.replace("\0", ""), kind=kind)
        for row in document.rows:
            assert (row.error is None) != (row.reading is None)
