"""Sources of rows without their layout, and where the parts of them are then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symkl.homework.layout import without_layout
from tests.homework.tools import checked


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("H(X) &= H(Y)", "H(X) = H(Y)"),
        ("H(X)\n   &= H(Y)  % why?\n + 1", "H(X) = H(Y) + 1"),
        (r"a \& b \% c", r"a \& b \% c"),
        (r"a = b \label{eq:1} \nonumber", "a = b"),
        (r"a = b \tag*{x}", "a = b"),
        (r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & x = 0 \end{cases}", r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & x = 0 \end{cases}"),
        (r"\notagged & x", r"\notagged x"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_what_lays_out_is_left_out(source, shown):
    assert without_layout(source)[0] == shown


@given(st.text(alphabet="ab &%\\\n{}=+", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_part_stays_the_same_part(source, start, length):
    part = (min(start, len(source)), min(start + length, len(source)))
    shown, moved = without_layout(source, part)
    assert "\n" not in shown
    assert without_layout(shown)[0] in (shown, shown.rstrip()) or "%" in source or "\\" in source
    if moved is not None:
        visible = "".join(source[part[0] : part[1]].split())
        inside = "".join(shown[moved[0] : moved[1]].split())
        # Only layout can be missing.
        assert set(inside) <= set(visible)
        if not set(visible) & set("&%\\{}"):
            assert inside == visible[: len(inside)]


def test_rows_carry_no_layout():
    file = checked(r"H(X,Y) &= H(X|Y) + H(Y) \label{eq:one}", r"&= H(X|Y) - H(Y) \nonumber")
    right, wrong = file.lines
    assert right.source == "H(X,Y) = H(X|Y) + H(Y)"
    assert wrong.source == "= H(X|Y) - H(Y)"
    start, end = wrong.wrong_part
    assert wrong.source[start:end] == "- H(Y)"
