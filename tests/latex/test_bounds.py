"""No input crashes the reader: deep nesting, long sums and broken pieces give a term or a named error."""

from __future__ import annotations

import time
from itertools import pairwise

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


def _document(rows: int) -> str:
    display = (
        r"\begin{align} D_{KL}(P \| Q) &= \sum_{i=1}^{n} p_i \log \frac{p_i}{q_i} \\ &= -\sum_{i=1}^{n} p_i \log q_i - H(P) \\"
        r" &= \mathbb{E}_{i \sim P}\left[\log \frac{p_i}{q_i}\right] \\ H(P, Q) &= H(P) + D_{\mathrm{KL}}(P \,\|\, Q) \end{align}"
    )
    return "\n\n".join([display] * (rows // 4))


def test_a_document_is_read_in_time_linear_in_its_length() -> None:
    seconds = []
    for rows in (200, 1600):
        text = _document(rows)
        times = []
        for _ in range(2):
            start = time.process_time()
            document = read_document(text, kind="tex")
            times.append(time.process_time() - start)
        assert len(document.rows) == rows
        seconds.append(min(times))
    # Eight times the text: far from the 64 times of a quadratic reader, with room for a busy machine.
    assert seconds[1] < 24 * seconds[0]
    # 500 rows a second are the floor; this is a third of it, for slow machines.
    assert seconds[1] < 10


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            r"\def\a{\b\b}\def\b{\c\c}"
            + "".join(f"\\def\\{x}{{\\{y}\\{y}}}" for x, y in pairwise("cdefghijklmnopqrstuvwxyz"))
            + r"\[\a\]",
            "too large",
        ),
        (r"\newcommand{\a}{\a + \a} \[ \a \]", "nested deeper"),
        (r"\begin{align} H(X) = 1" + "\n" * 3 + "x " * 50_000, "never closed"),
        (r"\[ H(X) = 1" + "\n" * 3 + r"\[ " * 50_000, "never closed"),
        (r"\[ " + "(" * 10_000 + "p" + ")" * 10_000 + r" = H(X) \]", "Nested deeper"),
    ],
    ids=["bomb", "loop", "environment", "fences", "brackets"],
)
def test_hostile_documents_end_in_seconds_with_a_reason(text: str, reason: str) -> None:
    start = time.process_time()
    document = read_document(text, kind="tex")
    assert time.process_time() - start < 10
    assert document.rows
    assert any(row.error is not None and reason in row.error.reason for row in document.rows)


PIECES = r"""
    \log p q _ ^ { } ( ) [ ] | \| \sum \int dx \frac 1 = + - / \cdot , ; : \mathbb E H KL \\ & % ~ ' ! \left \right . \underbrace
    \begin{align} \end{align} \cdots \partial d \hat i \in \sim \to \overset{a} \exp \min \sqrt \binom \boxed ² ᵢ $ \left| \lvert
    \mathrm{d} \choose \nabla \operatorname{D} ∑ ∞ \text{if}
"""


@given(st.lists(st.sampled_from([*PIECES.split(), "\x00"]), max_size=14))
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
