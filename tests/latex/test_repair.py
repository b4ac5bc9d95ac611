import pytest

from symkl.errors import ReadError
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula


@pytest.mark.parametrize("bars", ["||", r"\|", r"\parallel"])
def test_a_bracket_left_open_before_the_bars_of_a_divergence_is_closed_there(bars):
    found, known = read_formula(rf"D_{{KL}}[q(z {bars} p(z)] \ge 0")
    assert found.term == read_plain("KL(q(z) || p(z)) >= 0", known.scope)
    assert any("a bracket is missing" in note for note in found.notes)


@pytest.mark.parametrize(
    "latex",
    [r"D_{KL}[q(z, p(z)] \ge 0", r"D_{KL}[(q(z || p(z)] \ge 0", r"D_{KL}[q(z || p(z] \ge 0", r"D_{KL}[q(z || p || r] \ge 0"],
)
def test_where_it_may_belong_elsewhere_it_is_refused(latex):
    with pytest.raises(ReadError):
        read_formula(latex)
