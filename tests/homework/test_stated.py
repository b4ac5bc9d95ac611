"""What a row states of laws and does not derive is assumed below it, to the end of the part."""

from symkl.homework.check import check_document
from symkl.language.documents import parse

STATES = "We have\n$$H(Y|X) = 0$$\nSo\n"


def lines(text):
    return check_document(parse(text, "markdown")).lines


def test_a_later_display_rests_on_what_one_states():
    given, found = lines(STATES + "$$H(X,Y) = H(X)$$")
    assert given.verdict == "given"
    assert (found.verdict, found.reason) == ("correct", "under the assumption 'H(Y|X) = 0' (line 2)")


def test_a_slip_below_is_wrong_under_it_too():
    assert [line.verdict for line in lines(STATES + "$$I(X;Y) = H(X)$$")] == ["given", "wrong"]


def test_it_ends_with_its_part():
    text = "# One\n" + STATES + "$$H(X,Y) = H(X)$$\n# Two\n$$H(X,Y) = H(X)$$"
    assert [line.verdict for line in lines(text)] == ["given", "correct", "wrong"]


def test_what_running_text_says_is_zero_makes_nothing_right():
    text = "$$I(X;Y) \\geq 0$$ with equality where $I(X;Y) = 0$. Also\n$$H(X,Y) = H(X) + H(Y)$$"
    assert lines(text)[-1].verdict == "unknown"


def test_a_number_that_a_display_gives_is_known_below():
    found = lines("$$H(X|Y) = \\frac12$$ so $$I(X;Y) = H(X) - \\frac12$$ and $$I(X;Y) = H(X) - \\frac13$$")
    assert [line.verdict for line in found] == ["given", "correct", "wrong"]
