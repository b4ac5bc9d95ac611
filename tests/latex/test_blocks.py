"""Blocks of values: named where the formulas say how they lie, refused where two may share an entry."""

from __future__ import annotations

import pytest

from symkl.errors import ReadError
from symkl.homework.check import check_document
from symkl.language.documents import parse
from symkl.language.latex import read_syntax
from symkl.language.latex.blocks import settle_blocks
from symkl.language.latex.naming import names_a_block, plain_name, walk
from symkl.language.latex.syntax import Name
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula

READ = [
    (r"-\sum_{x_{1:T}} q(x_{1:T}) \log p(x_{1:T})", "-sum(x_1_t, q(x_1_t)*log(p(x_1_t)))"),
    (r"-\sum_{x_{1..T}} q(x_{1..T}) \log p(x_{1..T})", "-sum(x_1_t, q(x_1_t)*log(p(x_1_t)))"),
    (r"-\sum_{x_{1,\dots,T}} q(x_{1,\dots,T}) \log p(x_{1,\dots,T})", "-sum(x_1_t, q(x_1_t)*log(p(x_1_t)))"),
    (r"q(Z_1, z_{2:n}) / p(z_{1..n})", "q(z_1,z_2_n) / p(z_1,z_2_n)"),
    (r"p(x_{1:t}) - p(x_t | x_{1:t-1})", "p(x_1_t_less_1,x_t) - p(x_t | x_1_t_less_1)"),
    (r"p(x_{0:T}) / q(x_{1:T} | x_0)", "p(x_0,x_1_t) / q(x_1_t | x_0)"),
    (r"H(X_{1:n}, Y) - H(X_1, X_{2:n})", "H(X_1, X_2_N, Y) - H(X_1, X_2_N)"),
]


@pytest.mark.parametrize(("latex", "plain"), READ)
def test_a_block_is_one_variable_or_its_pieces(latex: str, plain: str) -> None:
    formula = read_syntax(latex)
    settle_blocks(list(walk(formula.chain)))
    assert not any(isinstance(node, Name) and names_a_block(node) for node in walk(formula.chain))
    found, known = read_formula(latex)
    assert found.term == read_plain(plain, known.scope), known.write(found.term)


REFUSED = [
    r"p(x_{1:T}) - p(x_t)",
    r"p(x_{1:T}) - p(x_{1:t})",
    r"p(x_{1:3}) - p(x_{2:4})",
    r"p(x_{1:3}) - p(x_{1:2})",
    r"p(z_{1:n}) / p(z_1)",
    r"p(x_{1:T}) - \prod_{t=1}^T p(x_t | x_{1:t-1})",
    r"\sum_n p(x_{1:n})",
    r"n p(x_{1:n})",
    r"p(x_{1:n}) - p(x)",
    r"p(x_{3:1})",
    r"p(x_{1:t}) - p(x_{t+1:T})",
    r"\sum_x p(x | w_{<i})",
]


def test_a_mean_binds_the_block_in_it_in_whatever_case_its_end_is_written() -> None:
    found, known = read_formula(r"\mathbb{E}_q[\log \frac{p(x_{0:T})}{q(x_{1:T}|x_0)}]")
    wanted = "E[x_1_t ~ q(x_1_t|x_0)](log(p(x_0,x_1_t)/q(x_1_t|x_0)))"
    assert found.term == read_plain(wanted, known.scope), known.write(found.term)


@pytest.mark.parametrize("latex", REFUSED)
def test_blocks_that_may_share_an_entry_are_refused(latex: str) -> None:
    with pytest.raises(ReadError, match="block of values"):
        read_formula(latex)


def test_the_letter_is_settled_by_all_formulas_together() -> None:
    alone, together = read_syntax("p(z_{1:n})"), read_syntax("p(z_{1:n})")
    settle_blocks(list(walk(alone.chain)))
    settle_blocks([*walk(together.chain), *walk(read_syntax("p(z_{2:n} | z_1) p(z_1)").chain)])
    names = [
        [plain_name(node) for node in walk(f.chain) if isinstance(node, Name) and node.stem == "z"] for f in (alone, together)
    ]
    assert names == [["z_1_n"], ["z_1", "z_2_n"]]


CHAIN = r"""$$\begin{{aligned}}
D(q(z_{{1:n}}) \| p(z_{{1:n}})) &= \sum_{{Z_{{1:n}}}} q(Z_{{1:n}}) \log \frac{{q(Z_{{1:n}})}}{{p(z_{{1:n}})}} \\
&= D(q(z_1) \| p(z_1)) + E_{{z_1 \sim {law}(z_1)}}[D(q(z_{{2:n}}|z_1) \| p(z_{{2:n}}|z_1))]
\end{{aligned}}$$"""


@pytest.mark.parametrize(("law", "verdict"), [("q", "correct"), ("p", "wrong")])
def test_the_chain_rule_of_a_divergence_of_blocks(law: str, verdict: str) -> None:
    (lines,) = check_document(parse(CHAIN.format(law=law), "markdown")).chains
    assert [line.verdict for line in lines] == ["correct", verdict]


def test_the_evidence_bound_of_a_hidden_block() -> None:
    bound = r"$$\log p(x_0) {} E_{{q(x_{{1:T}}|x_0)}}[\log \frac{{p(x_{{0:T}})}}{{q(x_{{1:T}}|x_0)}}]$$"
    verdicts = [check_document(parse(bound.format(sign), "markdown")).chains[0][0].verdict for sign in (r"\ge", r"\le")]
    assert verdicts == ["correct", "unknown"]


def test_the_entropy_of_a_block_is_of_the_law_of_its_values() -> None:
    formula = r"$$H(X_{{1:n}}) = {}\sum_{{x_{{1:n}}}} p(x_{{1:n}}) \log p(x_{{1:n}})$$"
    verdicts = [check_document(parse(formula.format(sign), "markdown")).chains[0][0].verdict for sign in ("-", "")]
    assert verdicts == ["correct", "wrong"]
