"""Joint laws of which a document lists the masses."""

import pytest

from symkl.homework.check import check_document
from symkl.language.documents import parse

MARKDOWN = "| X\\Y | 0 | 1 |\n|---|---|---|\n| 0 | 1/3 | 1/3 |\n| 1 | 0 | 1/3 |\n\n"
ARRAY = "$$\\begin{array}{c|cc} & Y=0 & Y=1 \\\\ \\hline X=0 & \\frac13 & \\frac13 \\\\ X=1 & 0 & \\frac13 \\end{array}$$\n\n"
ONE_BY_ONE = "Let $P(X=0,Y=0) = \\frac13$, $P(X=0,Y=1) = 1/3$ and $P(X=1,Y=1) = 1/3$.\n\n"
CHANNEL = (
    "Let $P(X=0) = 2/3$ and $P(X=1) = 1/3$, $P(Y=0|X=0) = P(Y=1|X=0) = 1/2$.\n\n"
    "$P(Y=1|X=0) = 1/2$, $P(Y=0|X=1) = 0$ and $P(Y=1|X=1) = 1$.\n\n"
)
LISTS = (MARKDOWN, ARRAY, ONE_BY_ONE, CHANNEL)

ROWS = (
    (r"H(X) = -\frac23\log_2\frac23 - \frac13\log_2\frac13", "correct"),
    (r"H(X) = -\frac23\log_2\frac23 + \frac13\log_2\frac13", "wrong"),
    (r"H(X,Y) = \log 3", "correct"),
    (r"H(X,Y) = \log 4", "wrong"),
    (r"H(Y|X) = \frac23\log_2 2", "correct"),
    (r"H(Y|X) = \frac13\log_2 2", "wrong"),
    (r"H(Y|X=1) = 0", "correct"),
    (r"I(X;Y) = \sum_{x,y} p(x,y)\log_2\frac{p(x,y)}{p(x)p(y)} = 0.2516", "correct"),
    (r"I(X;Y) = \sum_{x,y} p(x,y)\log_2\frac{p(x,y)}{p(x)p(y)} = 0.3516", "wrong"),
    (r"P(Y=1|X=0) = \frac12", "correct"),
    (r"P(Y=1|X=0) = \frac13", "wrong"),
)


def last(text):
    return check_document(parse(text, "markdown")).lines[-1]


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize(("row", "verdict"), ROWS)
def test_rows_are_held_against_the_masses(listed, row, verdict):
    line = last(f"{listed}$${row}$$\n")
    assert line.verdict == verdict
    assert "under the assumption" in line.reason


@pytest.mark.parametrize(("row", "verdict"), ROWS)
def test_without_the_masses_nothing_is_decided_by_them(row, verdict):
    assert "the table" not in last(f"$${row}$$\n").reason


def test_the_law_ends_with_its_part():
    text = f"# One\n\n{MARKDOWN}# Two\n\n$$H(X,Y) = \\log 4$$\n"
    assert last(text).verdict == "given"


def test_what_holds_of_the_table_turned_round_is_not_wrong():
    text = MARKDOWN + "$$P(X=0) = 1/3$$\n"
    assert last(text).verdict not in {"wrong", "correct"}
    assert last(text.replace("X\\Y", "X=?").replace("| 0 | 1 |", "| Y=0 | Y=1 |")).verdict != "correct"


@pytest.mark.parametrize("cell", ["1/4", "-1/3", "2/3", "n"])
def test_what_is_no_law_is_no_table(cell):
    assert last(MARKDOWN.replace("| 0 | 1/3 | 1/3 |", f"| 0 | {cell} | 1/3 |") + "$$H(X,Y) = \\log 4$$\n").verdict == "given"


def test_totals_are_left_out():
    text = (
        "| X\\Y | a | b | total |\n|---|---|---|---|\n| 0 | 1/4 | 1/4 | 1/2 |\n| 1 | 1/2 | 0 | 1/2 |\n| sum | 3/4 | 1/4 | 1 |\n\n"
    )
    assert last(text + "$$H(X) = \\log 2$$\n").verdict == "correct"


def test_a_result_that_is_off_in_its_last_digit_is_asked_about():
    line = last(MARKDOWN + "$$H(Y) - H(Y|X) = 0.251$$ bits\n")
    assert line.verdict == "unknown"
    assert "rounded on the way" in line.reason


def test_a_number_that_is_wrong_is_put_right():
    assert last(MARKDOWN + "$$H(X) = 0.813$$ bits\n").suggestion == "= 0.918"
