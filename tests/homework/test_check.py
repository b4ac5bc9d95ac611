import pytest

from symkl.homework.check import check_document
from symkl.language.documents import parse
from tests.homework.tools import checked, last, verdicts

RIGHT = [
    (r"D_{KL}(P\|Q) = \sum_x P(x)\log\frac{P(x)}{Q(x)}", r"= \sum_x P(x)\log P(x) - \sum_x P(x)\log Q(x)", r"= H(P,Q) - H(P)"),
    (r"H(X,Y) = H(X) + H(Y|X)", r"= H(Y) + H(X|Y)"),
    (r"H_b(p) = -p\log_2 p - (1-p)\log_2(1-p)",),
    (r"H(X) = -\sum_x p(x)\log_2 p(x)", r"= 0.5\cdot 1 + 0.5\cdot 1", r"= 1"),
    (r"-D_{KL}(P\|Q) = \sum_x P(x)\log\frac{Q(x)}{P(x)}", r"\leq \log\sum_x Q(x)", r"= 0"),
    (r"D(P\|U) = \sum_i p_i\log\frac{p_i}{1/n}", r"= \log n - H(P)"),
    (r"J = \sum_x q(x)\log\frac{q(x)}{\tilde p(x)}",),
    (
        r"\frac{\partial L}{\partial z_i} = -y_i(1 - s(z_i)) + s(z_i)\sum_{k\neq i} y_k",
        r"= s(z_i)\sum_{k=1}^K y_k - y_i",
        r"= s(z_i) - y_i",
    ),
    (
        r"\log\int P(x,z|\phi)\,dz = \log\int q(z)\frac{P(x,z|\phi)}{q(z)}\,dz",
        r"\geq \int q(z)\log\frac{P(z)P(x|z,\phi)}{q(z)}\,dz",
    ),
    (
        r"L = \mathbb{E}_{z \sim q}[\log p(x|z)] - \mathbb{E}_{z \sim q}\left[\log\frac{q_\phi(z|x)}{p(z)}\right]",
        r"= \mathbb{E}_{z \sim q}[\log p(x|z)] - D_{KL}(q_\phi(z|x)\|p(z))",
    ),
    (r"H = -\frac{0}{4}\log_2\frac{0}{4} - \frac{4}{4}\log_2\frac{4}{4}", r"= 0"),
    (r"H(X,Y) = -\sum\sum p(x,y)\log p(x,y)", r"= -\sum p(x)\log p(x) - \sum\sum p(x,y)\log p(y|x)"),
    (r"D = \frac1N\sum_{i=1}^N\log\frac{1/N}{P(x_i)}", r"= -\log N - \frac1N\sum_{i=1}^N\log P(x_i)"),
]


@pytest.mark.parametrize("rows", RIGHT)
def test_right_rows_are_given_or_correct(rows):
    assert set(verdicts(*rows)) <= {"given", "correct"}


WRONG = [
    (r"D_{KL}(P\|Q) = \sum_x P(x)\log\frac{P(x)}{Q(x)}", r"= \sum_x P(x)\log P(x) + \sum_x P(x)\log Q(x)"),
    (r"I(X;Y) = H(X) - H(X|Y)", r"= H(X) + H(Y) - H(Y|X)"),
    (r"D_{KL}(P\|Q) = -\sum_x P(x)\log\frac{Q(x)}{P(x)}", r"\leq -\log\sum_x Q(x)"),
    (r"H(p) = -p\log p - (1-p)\log(1-p)", r"= -p\log p - (1-p)\log p"),
    (r"H = -0\log_2 0 - 1\log_2 1", r"= 1"),
    (r"S = 0.7\cdot 0.336 + 0.2\cdot(-0.405)", r"= 0.85"),
]


@pytest.mark.parametrize("rows", WRONG)
def test_the_wrong_row_is_called_wrong(rows):
    found = verdicts(*rows)
    assert found[-1] == "wrong"
    assert "wrong" not in found[:-1]


def test_one_slip_is_one_slip():
    rows = (
        r"H(P,Q) = -\sum_i p_i\log q_i",
        r"= \sum_i p_i\log q_i",
        r"= -\sum_i p_i\log p_i + \sum_i p_i\log\frac{p_i}{q_i}",
        r"= H(P) + D_{KL}(P\|Q)",
    )
    assert verdicts(*rows) == ["correct", "wrong", "correct", "correct"]


def test_a_wrong_row_says_where_why_and_what_would_be_right():
    line = last(r"H(X,Y)", r"= H(X|Y) - H(Y)")
    assert line.misconception == "chain-rule-sign"
    assert line.advice
    assert line.source[slice(*line.wrong_part)] == "- H(Y)"
    assert line.suggestion == "= H(X|Y) + H(Y)"
    assert line.values is not None
    assert line.witness
    assert all(name.startswith(("size", "p")) for name in line.witness)


def test_a_right_row_names_its_rule():
    assert last(r"D_{KL}(P\|Q)", r"= \sum_i p_i \log\frac{p_i}{q_i}").rules == ("unfold",)


def test_words_beside_a_row_are_read():
    rows = (r"I(X;Z) + I(X;Y|Z) = I(X;Y) + I(X;Z|Y)", r"I(X;Z) + I(X;Y|Z) = I(X;Y) \because X\rightarrow Y\rightarrow Z")
    assert verdicts(*rows) == ["correct", "correct"]
    prose = "Let $X \\to Y \\to Z$ be a Markov chain."
    assert verdicts(r"I(X;Y,Z)", r"= I(X;Y)", before=prose) == ["given", "correct"]


def test_an_unsaid_independence_is_not_called_wrong():
    line = last(r"H(X,Y) = H(X) + H(Y|X)", r"= H(X) + H(Y)")
    assert line.verdict == "unknown"
    assert "independent" in line.reason
    assert verdicts(r"H(X,Y)", r"= H(X) + H(Y)", given=["X, Y ~ p(x,y)", "X indep Y"]) == ["given", "correct"]


def test_definitions_are_known_below():
    rows = (r"C(G) = -\log 4 + D_{KL}(P\|\tfrac{P+Q}{2}) + D_{KL}(Q\|\tfrac{P+Q}{2})",)
    assert verdicts(*rows, r"C(G) = -\log 4 + 2\,\mathrm{JSD}(P\|Q)") == ["given", "correct"]
    assert verdicts(*rows, r"C(G) = -\log 4 + \mathrm{JSD}(P\|Q)") == ["given", "wrong"]


def test_a_name_without_a_meaning_refutes_nothing():
    line = last(r"D_{KL}(P\|Q) = E_p(\log p(x) - \log q(x))", r"= \log\frac{b_2}{b_1} - 1 + \frac{b_1}{b_2}")
    assert line.verdict == "unknown"
    assert "b_1" in line.reason


def test_rows_that_are_not_understood_do_not_stop_the_rest():
    assert verdicts(r"H(X) = H(X)", r"= \Vert^{}_{(", r"= H(X)")[1] == "unread"


def test_nothing_wrong_without_a_point():
    for rows in WRONG:
        for line in checked(*rows).lines:
            assert (line.verdict == "wrong") == (line.values is not None)


def test_the_time_for_a_document_is_kept():
    found = check_document(parse("$$H(X) = H(X)$$", "markdown"), seconds=-1.0)
    assert [line.verdict for line in found.lines] == ["unknown"]


def test_the_derivation_of_one_row():
    source = parse("$$\n\\begin{aligned}\nD_{KL}(P\\|Q) \\\\\n&= H(P,Q) - H(P)\n\\end{aligned}\n$$\n", "markdown")
    explained = check_document(source, explain=4).lines[-1]
    assert explained.derivation[0] == "KL(P || Q)"
    assert len(explained.derivation) > 2


def test_extrema_over_a_parameter_of_a_family():
    rows = (
        r"\arg\min_\theta D_{KL}(p\|q_\theta) = \arg\min_\theta \left[\sum_x p(x)\log p(x) - \sum_x p(x)\log q_\theta(x)\right]",
        r"= \arg\min_\theta -\sum_x p(x)\log q_\theta(x)",
    )
    assert verdicts(*rows, r"= \arg\max_\theta \sum_x p(x)\log q_\theta(x)") == ["correct"] * 3
    assert verdicts(*rows, r"= \arg\min_\theta \sum_x p(x)\log q_\theta(x)") == ["correct", "correct", "wrong"]


def test_the_likelihood_of_data():
    rows = (
        r"\hat\theta = \arg\max_\theta \prod_{i=1}^n p(x_i|\theta)",
        r"= \arg\max_\theta \sum_{i=1}^n \log p(x_i|\theta)",
        r"= \arg\min_\theta -\frac1n\sum_{i=1}^n \log p(x_i|\theta)",
    )
    assert verdicts(*rows) == ["given", "correct", "correct"]
    assert last(r"\log \prod_{i=1}^n p(x_i) = \sum_{i=1}^n \log p(x_i)", r"= -\sum_{i=1}^n \log p(x_i)").verdict == "wrong"
    assert "wrong" not in verdicts(r"\sum_{i=1}^n \log p(x_i) = \sum_{i=1}^n \log \sum_z p(x_i, z)")


def test_data_are_exact_and_what_is_worked_out_is_rounded():
    rows = (r"H(0.9) = -0.9\log_2 0.9 - 0.1\log_2 0.1", r"= 0.9 \cdot 0.152 + 0.1\cdot 3.322")
    assert verdicts(*rows, r"= 0.137 + 0.332", r"= 0.469") == ["correct"] * 4
    assert verdicts(*rows, r"= 0.137 + 0.432") == ["correct", "correct", "wrong"]


def test_a_turned_inequality_has_no_excuse():
    rows = (r"H(X,Y) = H(X) + H(Y|X)",)
    assert verdicts(*rows, r"\le H(X) + H(Y)") == ["correct", "correct"]
    assert verdicts(*rows, r"\ge H(X) + H(Y)") == ["correct", "wrong"]


def test_equal_wherever_both_sides_have_values():
    rows = (r"L = \frac{\log a}{\log b} + 0", r"= \frac{\log a}{\log b}")
    assert verdicts(*rows) == ["given", "correct"]
    assert "where both sides have values" in checked(*rows).lines[1].reason
    assert verdicts(*rows, r"= \frac{a}{b}") == ["given", "correct", "wrong"]


def test_a_condition_on_laws_holds_below():
    assert verdicts(r"H(Y|X) &= 0", r"H(X,Y) &= H(X)+H(Y|X)", r"&= H(X)") == ["given", "correct", "correct"]
    assert verdicts(r"H(X|Y) &= 0", r"I(X;Y) &= H(X)") == ["given", "correct"]


def test_bits_are_not_held_against_nats():
    assert verdicts(r"-0.7\ln 0.7-0.3\ln 0.3", r"= 0.6109\text{ nats}", r"= 0.8813\text{ bits}")[-1] == "unknown"


def test_the_derivative_of_an_introduced_name_is_checked():
    loss = r"L &= -y\log a-(1-y)\log(1-a)"
    right, wrong = (
        r"\frac{\partial L}{\partial a} &= -\frac ya+\frac{1-y}{1-a}",
        r"\frac{\partial L}{\partial a} &= -\frac ya-\frac{1-y}{1-a}",
    )
    assert verdicts(loss, right) == ["given", "correct"]
    assert verdicts(loss, wrong) == ["given", "wrong"]


def test_masses_may_be_data_and_an_entropy_without_a_log_another_quantity():
    assert verdicts(r"P(G) = P(T) = \frac18") == ["given"]
    assert verdicts(r"H(p) = 1 - \sum_k p_k^2") == ["unknown"]
