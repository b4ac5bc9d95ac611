import json
from pathlib import Path

import pytest

from symkl.theory.misconceptions import misconceptions
from tests.homework.tools import checked, last

SLIPS = {
    "log-of-sum": (r"\log(a+b)", r"= \log a + \log b"),
    "log-of-complement": (r"\log(1-t)", r"= \log 1 - \log t"),
    "log-of-quotient-as-quotient-of-logs": (r"\log\frac{a}{b}", r"= \frac{\log a}{\log b}"),
    "quotient-of-logs-cancelled": (r"\frac{\log a}{\log b}", r"= \frac{a}{b}"),
    "sum-of-logs-as-product": (r"\log a + \log b", r"= \log a \cdot \log b"),
    "power-inside-outside": (r"\log(a^2)", r"= (\log a)^2"),
    "factor-as-outer-power": (r"a\log b", r"= (\log b)^a"),
    "factor-out-of-log": (r"\log(2a)", r"= 2\log a"),
    "factor-into-log": (r"b\log a", r"= \log(ab)"),
    "log-of-one": (r"\log 1", r"= 1"),
    "reciprocal-sign-lost": (r"\log\frac{1}{a}", r"= \log a"),
    "quotient-flipped": (r"\log\frac{a}{b}", r"= \log b - \log a"),
    "distribute-first-only": (r"a(\log a - \log b)", r"= a\log a - \log b"),
    "minus-minus": (r"-(\log a - \log b)", r"= -\log a - \log b"),
    "distribute-sign": (r"a(\log a + \log b)", r"= a\log a - a\log b"),
    "distribute-factor-lost": (r"2a(u-v)", r"= 2au - av"),
    "priority-times": (r"1 - a\log a", r"= (1-a)\log a"),
    "sum-of-products-factored": (
        r"\sum_{i=1}^n r_i \log s_i", r"= \left(\sum_{i=1}^n r_i\right)\left(\sum_{i=1}^n \log s_i\right)"
    ),
    "log-of-sum-of-terms": (r"\log \sum_{i=1}^n r_i s_i", r"= \sum_{i=1}^n \log(r_i s_i)"),
    "sum-of-constant": (r"\sum_{i=1}^{n} c", r"= c"),
    "normalisation-as-count": (r"\sum_{i=1}^n r_i c", r"= nc"),
    "entropy-sign": (r"H(R)", r"= \sum_{i} r_i \log r_i"),
    "kl-sign": (r"D_{KL}(R\|S)", r"= H(R) - H(R,S)"),
    "cross-entropy-sign": (r"H(P,Q)", r"= D_{KL}(P\|Q) - H(P)"),
    "cross-entropy-swapped": (r"H(P,Q)", r"= -\sum_{i} q_i \log p_i"),
    "kl-symmetric": (r"D_{KL}(R\|S)", r"= D_{KL}(S\|R)"),
    "cross-entropy-as-joint": (r"H(P,Q)", r"= H(P) + H(Q)"),
    "complement-forgotten": (r"H(t)", r"= -t\log t"),
    "second-ratio-flipped": (
        r"a\log\frac{a}{b} + (1-a)\log\frac{1-a}{1-b}", r"= a\log\frac{a}{b} + (1-a)\log\frac{1-b}{1-a}"
    ),
    "base-mixed": (r"\ln a", r"= \log_2 a"),
    "chain-rule-sign": (r"H(U,V)", r"= H(U|V) - H(V)"),
    "conditional-of-the-other": (r"I(U;V)", r"= H(U) - H(V|U)"),
    "conditional-unweighted": (r"H(V|U)", r"= -\sum_{u}\sum_{v} p(v|u)\log p(v|u)"),
    "expectation-inside-log": (r"\mathbb{E}_{x\sim r}[\log s(x)]", r"= \log \mathbb{E}_{x\sim r}[s(x)]"),
}  # fmt: skip


@pytest.mark.parametrize("slug", SLIPS)
def test_each_misconception_is_recognised(slug):
    line = last(*SLIPS[slug])
    assert (line.verdict, line.misconception) == ("wrong", slug)
    assert line.advice == misconceptions()[slug].says
    assert line.suggestion


def test_two_at_once():
    line = last(r"2a(\log\frac{1}{b} - c)", r"= 2a\log b - c")
    assert line.misconception == "reciprocal-sign-lost distribute-first-only"


def test_in_the_middle_of_a_chain():
    line = last(r"D_{KL}(R\|S) = \sum_i r_i\log\frac{r_i}{s_i}", r"= \sum_i r_i (\log s_i - \log r_i)")
    assert line.misconception == "quotient-flipped"


MORE = [json.loads(line) for line in Path(__file__).with_name("slips.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("slip", MORE, ids=lambda slip: slip["rows"][-1])
def test_slips_are_wrong_and_named(slip):
    line = last(*slip["rows"])
    assert (line.verdict, line.misconception) == ("wrong", slip["misconception"])


def test_what_the_chain_starts_from_names_the_slip():
    line = last(r"D_{KL}(R\|S) = \sum_i r_i\log\frac{r_i}{s_i}", r"= H(R) - H(R,S)")
    assert line.misconception == "kl-sign"
    assert last(r"H(X) = -\sum_x p(x)\log p(x)", r"= \sum_x p(x)\log p(x)").misconception == "entropy-sign"


@pytest.mark.parametrize(
    ("rows", "misconception", "suggestion"),
    [
        ([r"-\frac13\log_2\frac13 - \frac23\log_2\frac23", r"\approx 0.637"], "base-mixed", r"\approx 0.918"),
        ([r"\frac12\ln\frac{1/2}{1/4} + \frac12\ln\frac{1/2}{3/4}", r"= -0.144"], "quotient-flipped", "= 0.144"),
        ([r"H(0.25) = 0.71"], None, "= 0.56"),
        ([r"\log_2 8 = 4"], None, "= 3"),
    ],
)
def test_a_wrong_number_gets_the_right_one(rows, misconception, suggestion):
    line = last(*rows)
    assert (line.verdict, line.misconception, line.suggestion) == ("wrong", misconception, suggestion)
    assert not line.witness


def test_the_wrong_term_of_a_sum_is_marked_and_no_other():
    line = checked(r"a\log\frac{b}{c} + (1-a)\log d", r"= a\log b + a\log c + (1-a)\log d").lines[-1]
    assert line.verdict == "wrong"
    assert line.source[slice(*line.wrong_part)] == r"+ a\log c"


def test_where_only_an_inequality_holds_it_is_suggested():
    assert last(r"\ln a", r"= a - 1").suggestion == r"\le a - 1"


def test_what_got_lost_is_put_back():
    assert last(r"H(U) = -r(u)\log r(u)").suggestion.startswith(r"= -\sum")
    line = last(r"H(V|U) = -\sum_{u,v} r(u,v)\log r(v|u)", r"= -\sum_{u,v} r(u,v)\log r(u|v)")
    assert (line.misconception, line.suggestion) == ("condition-turned", r"= -\sum_{u,v} r(u,v)\log r(v|u)")
