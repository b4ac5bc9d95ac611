"""Formulas and rows of documents: where they are, how they are split, joined and chained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symkl.errors import OutputError, UsageError
from symkl.language.documents import load, parse
from symkl.theory.reading import Document, read_document


def sources(text: str, kind: str = "tex") -> list[str]:
    return [" ".join(row.source.split()) for row in parse(text, kind).rows]


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        (r"\[ H(P) = 1 \]", "tex", ["H(P) = 1"]),
        (r"$$ H(P) = 1 $$", "markdown", ["H(P) = 1"]),
        ("```math\nH(P) = 1\n```", "markdown", ["H(P) = 1"]),
        ("```python\nx = '$$a=b$$'\n```", "markdown", []),
        ("It costs $5 and $6.", "markdown", []),
        ("so $H(P) = \\log 2$ holds", "markdown", ["H(P) = \\log 2"]),
        ("so $`H(P) = \\log 2`$ holds", "markdown", ["H(P) = \\log 2"]),
        ("a symbol $p$ is no row", "tex", []),
        (r"% \[ a = b \]" + "\n" + r"\(H(P) = \log 2\)", "tex", [r"H(P) = \log 2"]),
        (r"\begin{verbatim}\[ a = b \]\end{verbatim}", "tex", []),
        (r"\begin{equation*}a = b\end{equation*}", "tex", ["a = b"]),
        (r"\[ a &= b \\[4pt] &= c \\* &= d \]", "tex", ["a &= b", "= c", "= d"]),
        ("\\[ a = b \\\\\\\\ = c \\\\\\\\\n \\]", "tex", ["a = b", "= c"]),
        (r"\[ H = -\\sum_i p_i \]", "tex", [r"H = -\\sum_i p_i"]),
        ("\\[ a = b \\\n = c \\]", "tex", ["a = b", "= c"]),
        (r"\[ \frac{a \\ b}{c} \]", "tex", [r"\frac{a \\ b}{c}"]),
        (r"\[ a &= b \\ &\quad + c \\ &= d \]", "tex", [r"a &= b \\ &\quad + c", "= d"]),
        (r"\[ a = b + \\ c \]", "tex", [r"a = b + \\ c"]),
        (r"\[ a = \left( b \right. \\ \left. + c \right) \]", "tex", [r"a = \left( b \right. \\ \left. + c \right)"]),
        (r"\[ a = b \qquad c = d \]", "tex", ["a = b", "c = d"]),
        (r"\[ a = b, \quad c = d \]", "tex", ["a = b,", "c = d"]),
        (r"\[ a = b \quad\text{and}\quad c = d \]", "tex", [r"a = b \quad\text{and}\quad", "c = d"]),
        (r"\[ a &= b & c &= d \\ &= e && \text{(why)} \]", "tex", ["a &= b", "c &= d", r"= e && \text{(why)}"]),
        (r"\[ a &=& b \]", "tex", ["a &=& b"]),
        (r"\[ p_i = 1/n, \quad i = 1, \dots, n \]", "tex", [r"p_i = 1/n, \quad i = 1, \dots, n"]),
        (r"\[ a = b, \quad p > 0 \]", "tex", [r"a = b, \quad p > 0"]),
        (r"\[ a = b \quad\implies\quad c = d \]", "tex", [r"a = b \quad\implies\quad c = d"]),
        (r"\[ a = \left( b \quad c = d \right) \]", "tex", [r"a = \left( b \quad c = d \right)"]),
        (
            r"\[ f = \begin{cases} a & x = 1 \\ b & x = 0 \end{cases} \]",
            "tex",
            [r"f = \begin{cases} a & x = 1 \\ b & x = 0 \end{cases}"],
        ),
        (r"\begin{align} a &= b \intertext{and} c &= d \end{align}", "tex", ["a &= b", "c &= d"]),
        (".. math::\n\n   a & = b \\\\\n   & = c\n\nend", "rst", ["a & = b", "= c"]),
        (".. math:: a = b\n   + c\n\n   d = e\n", "rst", ["a = b + c", "d = e"]),
        ("```{math}\n:nowrap: true\n\na = b\n```", "markdown", ["a = b"]),
        (
            r"\[ a &= b && \text{why} \\ & && b > 0 \\ &= c && c > 0 \]",
            "tex",
            [r"a &= b && \text{why} \\ & && b > 0", r"= c && c > 0"],
        ),
        (r"\[ a = b \cr = c \]", "tex", ["a = b", "= c"]),
        (".. math:: a = b\n   :label: x\n\nend", "rst", ["a = b"]),
        ("H(P) = 1\n= \\log 2\n", "text", ["H(P) = 1", "= \\log 2"]),
    ],
)
def test_rows(text: str, kind: str, rows: list[str]) -> None:
    found = sources(text, kind)
    cleaned = [row.removeprefix(r"\begin{equation*}").removeprefix(r"\begin{align}").strip() for row in found]
    assert cleaned == rows


def test_a_notebook_has_its_markdown_cells() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["$$a = b$$\n", "text"]},
        {"cell_type": "code", "source": "'$$c = d$$'"},
        {"cell_type": "markdown", "source": "$$e = f$$"},
    ]
    assert sources(json.dumps({"cells": cells}), "notebook") == ["a = b", "e = f"]
    with pytest.raises(UsageError, match="no notebook"):
        parse("{", "notebook")


def test_a_row_of_a_notebook_has_its_cell() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "no formula"]},
        {"cell_type": "code", "source": "1"},
        {"cell_type": "markdown", "source": "text\n\n  $$a = b$$"},
    ]
    row = parse(json.dumps({"cells": cells}), "notebook").rows[0]
    assert row.place == "cell 3, line 3, column 5"
    assert parse("$$a = b$$", "markdown").rows[0].place == "line 1, column 3"


def test_places_are_lines_and_columns() -> None:
    row = parse("one\n\n  $$ H(P)\n= 1 $$", "markdown").rows[0]
    assert (row.line, row.column) == (3, 6)


def test_files(tmp_path: Path) -> None:
    good = tmp_path / "good.tex"
    good.write_text(r"\[ a = b \]", encoding="utf-8")
    assert len(load(good).rows) == 1
    with pytest.raises(OutputError):
        load(tmp_path / "missing.tex")
    with pytest.raises(UsageError, match="not read"):
        load(tmp_path / "picture.png")
    for name, data, reason in (("bytes.tex", b"a\xff\xfe", "UTF-8"), ("nul.tex", b"a\n\0", "NUL byte in line 2")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UsageError, match=reason):
            load(tmp_path / name)


def read(text: str, kind: str = "markdown") -> Document:
    return read_document(text, kind=kind)


def test_rows_inherit_the_left_side() -> None:
    document = read(r"$$\begin{align} KL(p\|q) &= \sum_x p(x)\log\frac{p(x)}{q(x)} \\ &\ge 0 = \log 1 \end{align}$$")
    (chain,) = document.chains
    assert [row.inherits for row in chain.rows] == [False, True]
    assert [row.relations for row in chain.rows] == [("=",), (">=", "=")]
    assert [len(row.sides) for row in chain.rows] == [2, 2]


def test_a_chain_goes_on_over_displays_and_running_text() -> None:
    document = read("$$H(X,Y) = H(X) + H(Y|X)$$\n\nwith $H(Y|X) = H(Y) - I(X;Y)$\n\n$$= H(X) + H(Y) - I(X;Y)$$")
    assert [len(chain.rows) for chain in document.chains] == [2, 1]


def test_a_new_left_side_begins_a_chain() -> None:
    document = read(r"$$\begin{align} H(X) &= 1 \\ &= 1 \\ H(Y) &= 2 \\ &= 2 \end{align}$$")
    assert [len(chain.rows) for chain in document.chains] == [2, 2]


def test_a_refused_row_does_not_stop_the_rest() -> None:
    document = read(r"$$\begin{align} H(X) &= \det(1) \\ &= 1 \end{align}$$")
    assert [row.error is None for row in document.rows] == [False, True]
    assert document.rows[0].error is not None
    assert "determinant" in document.rows[0].error.reason


def test_a_definition_by_cases_is_refused_whole() -> None:
    document = read(r"$$P(x) = \begin{cases} p & x = 1 \\ 1-p & x = 0 \end{cases}$$")
    (row,) = document.rows
    assert row.error is not None
    assert "cases" in row.error.reason


def test_two_formulas_in_a_row_are_no_product() -> None:
    document = read(r"$$P(X=1) = p \qquad P(X=0) = 1-p$$")
    assert [document.setting.write(row.sides[1]) for row in document.rows] == ["p", "1 - p"]


def test_an_unclosed_environment_is_said() -> None:
    document = read("\\begin{align} H(X) = 1\n\nmore", "tex")
    assert any(row.error is not None and "never closed" in row.error.reason for row in document.rows)


def test_stated_givens_and_macros_are_used() -> None:
    text = "% symkl: given P, Q on {1..3}\n\\newcommand{\\KL}[2]{D(#1\\|#2)}\n\\[ \\KL{P}{Q} = H(P,Q) - H(P) \\]"
    document = read(text, "tex")
    assert document.setting.texts == ("P, Q on {1..3}",)
    assert document.setting.write(document.rows[0].sides[0]) == "KL(P || Q)"


def test_displays_whose_notation_does_not_fit_are_read_apart() -> None:
    document = read("$$H(p) = -p \\log p - (1-p)\\log(1-p)$$\n\n$$H(X) = -\\sum_x p(x) \\log p(x)$$")
    assert all(row.error is None for row in document.rows)


def test_the_columns_of_an_array_are_layout():
    source = parse("$$\\begin{array}{l} H(Y|X) &= a \\\\ &= b \\end{array}$$", "markdown")
    assert [row.source.split("&")[0].strip() for row in source.rows] == ["H(Y|X)", "= b"]
