"""Wide formulas in pieces: what breaks where, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symkl.language.flow import pieces, rows
from symkl.language.latex_writer import LatexWriter
from symkl.language.plain_reader import read_plain
from symkl.language.term import Label, Plus, Term, subterms
from symkl.language.unicode_writer import UnicodeWriter
from symkl.theory.setting import setting
from tests.strategies import terms

MANY = setting(["P, Q on {1..12}", "c > 0", "z real on {1..12}"])


def read(text: str) -> Term:
    return read_plain(text, MANY.scope)


def broken(text: str, width: int) -> list[str]:
    writer = UnicodeWriter()
    return [row.text for row in rows(writer, pieces(writer, read(text), width - 2), width, width - 2)]


TEN = " + ".join(f"p[{k}]*log(q[{k}])" for k in range(1, 11))


def test_what_fits_stays_whole() -> None:
    assert broken("p[1]*log(p[1]) - q[1]", 40) == ["p₁ log p₁ − q₁"]


def test_a_sum_breaks_before_its_signs() -> None:
    assert broken("p[1]*log(p[1]) - p[2]*log(p[2]) + c", 22) == ["p₁ log p₁ − p₂ log p₂", "+ c"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c*(p[1] + p[2] + p[3] + log(c))", ["c[p₁ + p₂ + p₃", "+ log c]"]),
        ("-(p[1] + p[2] + p[3] + p[4])", ["−(p₁+p₂+p₃+p₄)"]),
        ("log(p[1] + p[2] + p[3] + p[4])", ["log(p₁ + p₂ + p₃", "+ p₄)"]),
        ("exp(p[1] + p[2] + p[3] + p[4])", ["exp(p₁ + p₂ + p₃", "+ p₄)"]),
        ("(p[1] + p[2])/(p[3] + p[4])", ["(p₁+p₂)", "/ (p₃+p₄)"]),
        ("(p[1] + p[2] + p[3] + p[4] + p[5])/(p[4] + c)", ["(p₁ + p₂ + p₃", "+ p₄ + p₅)", "/ (p₄+c)"]),
        ('label(p[1] + p[2] + p[3] + p[4], "t")', ["(p₁ + p₂ + p₃", "+ p₄)⟨t⟩"]),
        ("p[1] + p[2] = p[3] + p[4] + p[5]", ["p₁ + p₂", "= p₃ + p₄ + p₅"]),
        ("diff(z[1] + z[2] + z[3] + z[4], z[1])", ["∂/∂z₁ (z₁ + z₂", "+ z₃ + z₄)"]),
    ],
)
def test_inside_of_what_is_too_wide(text: str, expected: list[str]) -> None:
    found = broken(text, 16)
    assert found == expected
    assert all(len(row) <= 16 for row in found)


@given(st.integers(20, 60))
def test_rows_are_as_narrow_as_asked_and_hold_everything(width: int) -> None:
    found = broken(TEN, width)
    assert all(len(row) <= width for row in found)
    assert " ".join(found) == UnicodeWriter().write(read(TEN))


@given(terms(depth=3), st.integers(10, 40))
def test_pieces_hold_the_letters_of_the_whole(term: Term, width: int) -> None:
    if any(isinstance(part, Label) for part in subterms(term)):
        return
    writer = UnicodeWriter()
    whole = writer.write(term)
    letters = "".join(piece.text for piece in pieces(writer, term, width))
    kept = [character for character in letters if character.isalnum()]
    assert kept == [character for character in whole if character.isalnum()]


def test_latex_pieces_balance_over_all_rows() -> None:
    writer = LatexWriter()
    term = read(f"c*({TEN}) - log(sum(i in 1..12, exp(z[i]))/({TEN}))")
    found = pieces(writer, term, 20)
    assert len(found) > 8
    text = "".join(piece.text for piece in found)
    assert text.count(r"\left") == text.count(r"\right") and text.count(r"\bigl") == text.count(r"\bigr")
    for piece in found:
        assert piece.text.count("{") == piece.text.count("}")
        assert piece.text.count(r"\left") == piece.text.count(r"\right")


def test_the_number_of_pieces_is_that_of_the_terms() -> None:
    law = MANY.scope.laws["P"]
    masses = [law.mass(index) for index in (read("1"), read("2"), read("3"))]
    assert len(pieces(UnicodeWriter(), Plus(*masses * 400), 30)) == 1200
