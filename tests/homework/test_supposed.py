"""Rows that rest on what the words around them assume."""

import pytest

from symkl.homework.check import check_document
from symkl.language.documents import parse
from tests.homework import tools


def lines(text, kind="markdown"):
    return check_document(parse(text, kind)).lines


def verdicts(text, kind="markdown"):
    return [line.verdict for line in lines(text, kind)]


JOINT = "$$I(X;Y) = H(X) - H(X|Y)$$\n\n"

HOLD = (
    ("If $X$ and $Y$ are independent, then", "H(X,Y) = H(X) + H(Y)", "H(X,Y) = H(X) - H(Y)"),
    ("Since $X \\perp Y$, we have", "H(X|Y) = H(X)", "H(X|Y) = H(Y)"),
    ("Let $Y$ be independent of $X$. Then", "I(X;Y) = 0", "I(X;Y) = H(X)"),
    ("Now let $Y = g(X)$, so", "H(X,Y) = H(X)", "H(X,Y) = H(Y)"),
    ("As $Y$ is a function of $X$:", "I(X;Y) = H(Y)", "I(X;Y) = H(X)"),
    ("If $X$ is deterministic, then", "H(X,Y) = H(Y)", "H(X,Y) = H(X)"),
    ("Suppose that $H(Y|X) = 0$. Then", "H(X,Y) = H(X)", "H(X,Y) = H(Y)"),
    ("When $X$ is uniformly distributed,", "H(X,Y) = \\log |\\mathcal{X}| + H(Y|X)", "H(X,Y) = \\log |\\mathcal{X}| + H(X|Y)"),
)


@pytest.mark.parametrize(("words", "right", "wrong"), HOLD)
def test_what_holds_under_an_assumption_is_right_and_says_so(words, right, wrong):
    (found,) = lines(f"{JOINT}{words}\n\n$${right}$$\n")[-1:]
    assert found.verdict == "correct"
    assert "under the assumption '" in found.reason
    assert "(line 3)" in found.reason


@pytest.mark.parametrize(("words", "right", "wrong"), HOLD)
def test_a_slip_beside_an_assumption_is_still_wrong(words, right, wrong):
    assert verdicts(f"{JOINT}{words}\n\n$${wrong}$$\n")[-1] == "wrong"


@pytest.mark.parametrize(("words", "right", "wrong"), HOLD)
def test_without_the_words_nothing_is_right_by_them(words, right, wrong):
    assert verdicts(f"{JOINT}We get\n\n$${right}$$\n")[-1] != "correct"


NUMBERS = (
    ("For $p = \\frac12$ we get", "-p\\log p - (1-p)\\log(1-p) = \\log 2", "-p\\log p - (1-p)\\log(1-p) = \\log 3"),
    ("Let $q = 1-p$. Then", "p\\log q + q\\log p = p \\log(1-p) + (1-p)\\log p", "p\\log q + q\\log p = p\\log p + q\\log q"),
    ("Taking $q = p$,", "p\\log p - p\\log q + q = p", "p\\log p + p\\log q + q = p"),
    ("Now let $\\mu_1 = \\mu_2$. Then", "\\frac{(\\mu_1 - \\mu_2)^2}{2\\sigma^2} + \\log\\sigma = \\log\\sigma",
     "\\frac{(\\mu_1 + \\mu_2)^2}{2\\sigma^2} + \\log\\sigma = \\log\\sigma"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "right", "wrong"), NUMBERS)
def test_numbers_that_the_words_set(words, right, wrong):
    assert verdicts(f"{words}\n\n$${right}$$\n") == ["correct"]
    assert verdicts(f"{words}\n\n$${wrong}$$\n") == ["wrong"]


def test_a_condition_holds_for_its_sentence_alone():
    row = "-p\\log p - (1-p)\\log(1-p) = \\log 2"
    text = f"For $p = \\frac12$ this is\n$${row}.$$\n\nNow the rest:\n$${row}$$"
    assert verdicts(text)[0] == "correct"
    assert verdicts(text)[1] != "correct"


def test_an_assumption_ends_with_its_section():
    text = "# One\n\nLet $Y = g(X)$.\n\n$$H(X,Y) = H(X)$$\n\n# Two\n\n$$H(X,Y) = H(X)$$\n\n$$H(X,Y) = H(Y)$$\n"
    assert verdicts(text) == ["correct", "unknown", "wrong"]


def test_a_condition_excuses_no_later_sentence():
    text = f"{JOINT}For independent $X$ and $Y$ this is easy. It is the case that\n\n$$H(X|Y) \\geq H(X)$$\n"
    assert verdicts(text)[-1] == "wrong"
    text = f"{JOINT}This is easy for independent $X$ and $Y$.\n\n$$H(X|Y) \\geq H(X)$$\n"
    assert verdicts(text)[-1] == "unknown"


def test_in_general_takes_it_back():
    text = "Let $Y = g(X)$.\n\n$$H(X,Y) = H(X)$$\n\nIn general, however,\n\n$$H(X,Y) = H(X)$$\n"
    assert verdicts(text)[0] == "correct"
    assert verdicts(text)[1] != "correct"


@pytest.mark.parametrize(
    "words",
    [
        "Let $X$ and $Y$ be random variables.",
        "We now compute the joint entropy.",
        "Recall that $H(X)$ is the entropy of $X$.",
        "$X$ and $Y$ need not be independent.",
        "Suppose that $X$ and $Y$ have the joint law $p(x,y)$.",
        "By the chain rule, for all $x \\in \\mathcal{X}$:",
        "Note that $Y$ is not a function of $X$.",
    ],
)
def test_ordinary_words_excuse_nothing(words):
    assert verdicts(f"{words}\n\n$$H(X,Y) = H(X)$$\n") == ["wrong"]


def test_words_that_only_hint_leave_a_row_undecided_that_they_would_save():
    text = "One variable determines the other.\n\n$$H(X,Y) = H(X)$$\n\n$$H(X,Y) = 2 H(X) + H(Y)$$\n"
    found = lines(text)
    assert [line.verdict for line in found] == ["unknown", "wrong"]
    assert "of which the text may speak: 'One variable determines the other.' (line 1)" in found[0].reason


def test_what_is_assumed_is_no_claim():
    assert verdicts("Suppose that\n\n$$H(Y|X) = H(X)$$\n\nThen what?")[0] == "given"
    assert verdicts("We know that\n\n$$H(Y|X) = H(X)$$\n")[0] == "wrong"


def test_a_display_that_is_assumed_holds_below():
    text = "Assume that\n\n$$H(Y|X) = 0$$\n\nThen\n\n$$H(X,Y) = H(X)$$\n\nand\n\n$$H(X,Y) = H(Y)$$\n"
    assert verdicts(text) == ["given", "correct", "wrong"]


DATA = "Let $p = (1/2, 1/4, 1/4)$ and $q = (1/3, 1/3, 1/3)$.\n\n"


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("H(p) = 1.5", "correct"),
        ("H(p) = 1.04", "correct"),
        ("H(p) = 1.7", "wrong"),
        ("H(q) = \\log 3", "correct"),
        ("H(q) = \\log 2", "wrong"),
        ("D(p\\|q) = \\sum_i p_i \\log\\frac{p_i}{q_i} = 0.0589", "correct"),
        ("D(p\\|q) = \\sum_i p_i \\log\\frac{p_i}{q_i} = 0.0689", "wrong"),
    ],
)
def test_data_in_the_words(row, verdict):
    assert verdicts(f"{DATA}$${row}$$\n") == [verdict]


def test_the_counterexample_of_a_wrong_row_satisfies_the_assumption():
    (found,) = lines("Let $q = p$. Then\n\n$$p\\log q = 2 q \\log p$$\n")
    assert found.verdict == "wrong"
    assert found.refuted is not None
    assert any("q = p" in given for given in found.refuted.givens)


def test_contradictory_assumptions_prove_nothing_false():
    text = "Let $p = \\frac12$. Then let $p = \\frac13$.\n\n$$p\\log p = \\log 7$$\n"
    assert verdicts(text)[-1] == "wrong"


@pytest.mark.parametrize(
    ("note", "row"),
    [
        (r"as } p(x,y) = p(x)p(y)", r"= -\sum_{x,y} p(x,y) [\log p(x) + \log p(y)]"),
        (r"since } p(y|x) = p(y)", r"= H(X) + H(Y)"),
    ],
)
def test_a_reason_beside_a_row_may_be_a_formula(note: str, row: str) -> None:
    rows = (r"H(X,Y) &= -\sum_{x,y} p(x,y) \log p(x,y)", "&" + row)
    assert tools.verdicts(rows[0], rows[1])[-1] in {"wrong", "unknown"}
    assert tools.verdicts(rows[0], rows[1] + r" \quad \text{" + note) == ["correct", "correct"]
    assert tools.verdicts(rows[0], r"&= H(X) - H(Y) \quad \text{" + note)[-1] == "wrong"


def test_a_reason_that_is_true_of_all_laws_excuses_nothing() -> None:
    row = r"I(X;Y) &= \sum_{x,y} p(x,y) \log\frac{p(x|y)}{p(x)} \;\; (\because \frac{p(x,y)}{p(y)} = p(x|y)\;\text{ (Bayes)})"
    assert tools.verdicts(row, r"&= H(X) - H(X|Y)") == ["correct", "correct"]
    assert tools.verdicts(row, r"&= H(X) + H(X|Y)") == ["correct", "wrong"]


def test_what_is_stated_without_names_is_taken_of_the_only_ones():
    text = "When the variables are independent:\n\n$$I(X;Y) = 0$$\n"
    assert "taken as 'X indep Y'" in lines(f"{JOINT}{text}")[-1].reason
    several = "When the variables are independent:\n\n$$H(X,Y,Z) = H(X) + H(Y) + H(Z)$$\n"
    assert verdicts(several) == ["unknown"]


IID = "Let $X_1, X_2$ be i.i.d.\n\n"


def test_variables_of_one_distribution():
    assert verdicts(f"{IID}$$H(X_1,X_2) = 2H(X_1)$$") == ["correct"]
    assert verdicts(f"{IID}$$H(X_1,X_2) = 3H(X_1)$$") == ["wrong"]
    assert verdicts("$$H(X_1) + H(X_2) = 2H(X_1)$$") == ["unknown"]
    assert verdicts("$$H(X_1) + H(X_2) = 3H(X_1)$$") == ["wrong"]


@pytest.mark.parametrize(
    "text",
    [
        "Let $X$ be uniform.\n\n$$H(X|Y) = H(X)$$",
        "Let $X$ be uniform on $\\{1,2,3,4\\}$.\n\n$$H(Y|X) = H(Y)$$",
        "Let $X$ and $Y$ be uniform.\n\n$$H(X,Y) = H(X) + H(Y)$$",
        "Let $X_1$ and $X_2$ have the same distribution.\n\n$$H(X_1,X_2) = 2H(X_1)$$",
        "Let $X_1$ and $X_2$ be identically distributed.\n\n$$H(X_1|X_2) = H(X_2)$$",
    ],
)
def test_a_stated_distribution_makes_nothing_independent(text):
    assert verdicts(text) == ["unknown"]


def test_a_uniform_variable_that_is_independent_too():
    both = "Let $X$ be uniform and let $X$ and $Y$ be independent.\n\n"
    assert verdicts(f"{both}$$H(X|Y) = H(X)$$") == ["correct"]
    assert verdicts(f"{both}$$H(X|Y) = H(Y)$$") != ["correct"]


@pytest.mark.parametrize("words", ["If $X$ and $Y$ are not independent, then", "Otherwise", "For dependent variables"])
def test_a_strict_inequality_beside_a_negative_assumption_is_undecided(words):
    assert verdicts(f"{JOINT}{words} $I(X;Y) > 0$.")[-1] == "unknown"
    assert verdicts(f"{JOINT}{words} $I(X;Y) < 0$.")[-1] != "correct"


def test_an_assumption_about_other_names_changes_nothing():
    text = "Let $U$ and $V$ be independent. Then\n\n$$H(U,V) = H(U) + H(V)$$\n\nand\n\n$$H(X,Y) = H(X)$$\n"
    assert verdicts(text) == ["correct", "wrong"]


def test_an_inequality_the_wrong_way_round_for_a_function():
    assert verdicts("Let $Y = f(X)$. Then $H(X) \\leq H(Y)$.") == ["wrong"]
    assert verdicts("Let $Y = f(X)$. Then $H(X) \\geq H(Y)$.") == ["correct"]


def test_many_variables_in_one_document_take_no_longer():
    import time

    others = "".join(f"$$H(A_{k},B_{k}) = H(A_{k}) + H(B_{k}|A_{k})$$\n\n" for k in range(1, 7))
    before = time.process_time()
    found = verdicts(f"{others}If $X$ and $Y$ are independent, then\n\n$$H(X,Y) = H(X) - H(Y)$$\n")
    assert found == ["correct"] * 6 + ["wrong"]
    assert time.process_time() - before < 5


LISTED = "$X$ takes the values 1, 2 and 3 with probabilities $\\frac12, \\frac14, \\frac14$.\n\n"


def test_probabilities_that_a_sentence_lists():
    assert verdicts(f"{LISTED}$$H(X) = 1.5$$") == ["correct"]
    assert verdicts(f"{LISTED}$$H(X) = 1.25$$") == ["wrong"]
    assert verdicts(f"{LISTED}$$H(X) = \\frac32 \\log 2$$") == ["correct"]


def test_probabilities_one_by_one():
    masses = "Let $P(X=1) = 0.5$, $P(X=2) = 0.25$ and $P(X=3) = 0.25$.\n\n"
    assert verdicts(f"{masses}$$H(X) = 1.5$$")[-1] == "correct"
    assert verdicts(f"{masses}$$H(X) = 1.25$$")[-1] == "wrong"
    some = "Let $P(X=1) = 0.5$.\n\n"
    assert verdicts(f"{some}$$H(X) = 1.5$$")[-1] not in {"wrong", "correct"}


def test_probabilities_that_a_display_lists():
    text = "$$-\\sum_i p_i \\log p_i = H(p)$$\n\n$$p = (0.5, 0.25, 0.25)$$\n\n"
    assert verdicts(f"{text}$$H(p) = 1.5$$") == ["correct", "given", "correct"]
    assert verdicts(f"{text}$$H(p) = 1.7$$") == ["correct", "given", "wrong"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("When the logits are normalised, we have", "unknown"),
        ("Then", "wrong"),
        ("Setting the derivative equal to zero, we have", "wrong"),
    ],
)
def test_words_that_fix_the_logits_excuse_a_row_of_a_softmax(words, verdict):
    text = "$$p_i = \\frac{e^{z_i}}{\\sum_{j=1}^n e^{z_j}}$$\n\n" + words + "\n\n$$\\log p_i = z_i$$\n"
    assert verdicts(text)[-1] == verdict


FLIP = "Let $P(X=0) = 0.8$ and $P(X=1) = 0.2$.\n\n"


def test_short_decimals_that_a_row_calculates_with_are_data_and_no_intervals():
    assert verdicts(FLIP + r"$H(X) = -0.8\log_2 0.8 - 0.2\log_2 0.2$") == ["correct"]
    assert verdicts(FLIP + r"$H(X) = 0.8\log_2 0.8 - 0.2\log_2 0.2$") == ["wrong"]


def test_one_slip_in_the_numbers_is_one_slip():
    rows = (r"H(X) &= -\sum_x p(x)\log_2 p(x)", r"&= -0.8\log_2 0.8 + 0.2\log_2 0.2", r"&= 0.7219")
    display = "$$\\begin{aligned}" + "\\\\\n".join(rows) + "\\end{aligned}$$"
    assert verdicts(FLIP + display) == ["correct", "wrong", "correct"]


def test_what_has_a_probability_is_not_assumed():
    row = "\n\n$$I(X;Y) = H(X)$$\n"
    assert verdicts(JOINT + "Let $Y$ be such that $Y = X$ with probability $0.9$." + row)[-1] == "wrong"
    assert verdicts(JOINT + "Let $Y$ be such that $Y = X$ w.p. $1/2$." + row)[-1] == "wrong"
    assert verdicts(JOINT + "Suppose that $Y = X$ with probability one." + row)[-1] == "correct"
    assert verdicts(JOINT + "Suppose that $Y = X$ with probability $1$." + row)[-1] == "correct"


def test_a_note_gives_the_reason_for_its_row():
    display = "$$\\begin{{aligned}}I(X;Y) &= H(Y) - H(Y|X) \\\\ &= {} \\quad (\\because H(Y|X) = 0)\\end{{aligned}}$$"
    assert verdicts(display.format("H(Y)")) == ["correct", "correct"]
    assert verdicts(display.format("H(X)")) == ["correct", "wrong"]


def test_laws_that_a_document_mixes_though_it_has_them_of_different_values():
    above = r"$$H(X) = -\sum_x p(x)\log p(x)$$"
    mixed = r"Mixture: $H(\lambda p + (1-\lambda) q) \ge \lambda H(p) + (1-\lambda) H(q)$."
    below = r"$$D(p\|u) = \sum_i p_i \log p_i + \log n$$"
    assert verdicts(f"{above}\n\n{mixed}\n\n{below}\n") == ["correct"] * 3
