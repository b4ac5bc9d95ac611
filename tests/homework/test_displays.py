"""Documents of several displays, in which a letter is one thing here and another there."""

from symkl.homework.check import check_document
from symkl.language.documents import parse
from tests.homework.tools import verdicts

INDEXED = r"$$D_{KL}(p\|q) = \sum_{j=1}^n p(x_j)\ln p(x_j) - \sum_{j=1}^n p(x_j)\ln q(x_j)$$"
OUTCOMES = r"""$$\begin{align}
D_{KL}(P\|Q) &= -\sum_i P(i)\ln\frac{Q(i)}{P(i)} \\
&= \sum_i P(i)\ln\frac{P(i)}{Q(i)}
\end{align}$$"""
SLIP = r"$$D_{KL}(P\|Q) = -\sum_i P(i)\ln\frac{P(i)}{Q(i)}$$"


def lines(*displays):
    return [line for chain in check_document(parse("\n\n".join(displays), "markdown")).chains for line in chain]


def test_each_display_is_right_under_its_own_notation():
    found = lines(INDEXED, OUTCOMES)
    assert [line.verdict for line in found] == ["correct"] * 3
    assert any("as this display alone uses them: " in line.reason for line in found)


def test_a_slip_is_wrong_under_every_notation():
    assert [line.verdict for line in lines(INDEXED, SLIP)] == ["correct", "wrong"]


def test_what_an_earlier_display_defines_stays_known():
    defined = r"$$L = -\sum_i p_i\log q_i$$"
    slip = r"$$L = \sum_i p_i\log q_i$$"
    assert lines(defined, INDEXED, slip)[-1].verdict == "wrong"


def test_a_conditional_law_is_at_the_value_that_is_averaged():
    row = r"$$H(X|Y) = \mathbb{E}_{P_Y}[-\mathbb{E}_{P_{X|Y}}[\log P_{X|Y}]]$$"
    assert [line.verdict for line in lines(row)] == ["correct"]
    assert [line.verdict for line in lines(row.replace("[-", "["))] == ["wrong"]


def test_a_conditional_law_without_a_condition_is_not_taken_for_another():
    (found,) = lines(r"$$H(X|Y) = -\mathbb{E}_{P_{X|Y}}[\log P_{X|Y}]$$")
    assert found.verdict == "unread"
    assert "not declared" in found.reason


def test_a_name_at_the_end_of_a_chain_is_introduced_and_known_below():
    bound = r"""$$\begin{aligned}
\log p(x) &\ge \int q(z|x)\log\frac{p(x,z)}{q(z|x)}\,dz \\
&\triangleq \mathcal{L}(x)
\end{aligned}$$"""
    right = r"$$\mathcal{L}(x) = \mathbb{E}_{q(z|x)}[\log p(x|z)] - D_{KL}(q(z|x)\|p(z))$$"
    wrong = right.replace("- D", "+ D")
    assert [line.verdict for line in lines(bound, right)] == ["correct", "given", "correct"]
    assert lines(bound, wrong)[-1].verdict == "wrong"


def test_two_capitals_whose_small_letters_are_summed_over_an_index_are_laws():
    assert verdicts(r"H(A,B) = -\sum_i a_i\log b_i") == ["correct"]
    assert verdicts(r"H(R,S) = -\sum_i r_i\log s_i", r"= -\sum_i s_i\log r_i") == ["correct", "wrong"]
    assert verdicts(r"H(X,Y) = -\sum_i\sum_j p(x_i,y_j)\log p(x_i,y_j)") == ["correct"]


def test_what_a_display_defines_says_what_its_labels_are_in_the_next():
    loss = r"$$L = -\sum_{j=1}^m y_j\log\frac{e^{o_j}}{\sum_{k=1}^m e^{o_k}}$$"
    slope = r"$$\frac{\partial L}{\partial o_j} = \frac{e^{o_j}}{\sum_{k=1}^m e^{o_k}} - y_j$$"
    assert [line.verdict for line in lines(loss, slope)] == ["given", "correct"]
    assert lines(loss, slope.replace("- y_j", "+ y_j"))[-1].verdict == "wrong"
