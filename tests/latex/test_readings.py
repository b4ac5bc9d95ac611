"""LaTeX as people write it, each row with the exact tree it must give: the same as the plain reader's."""

from __future__ import annotations

import pytest

from symkl.errors import ReadError
from symkl.language.latex import Reading, read_latex
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation, Symbol
from symkl.theory.setting import Setting, setting

N = ("P, Q on {1..n}",)
COINS = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
JOINT = ("X, Y ~ p(x,y)",)
JOINT_P = ("X, Y ~ P(x,y)",)
DENSITIES = ("p, q densities of x",)
NUMBERS = ("0 < p < 1", "0 < q < 1", "0 < r < 1")
KL = "KL(P || Q)"

ROWS = [
    (N, r"\sum_{i=1}^{n} p_i \log \frac{p_i}{q_i}", "sum(i in 1..n, p[i]*log(p[i]/q[i]))"),
    (N, r"D_{KL}(P \,\|\, Q)", KL),
    (N, r"D_{\mathrm{KL}}(p\Vert q)", KL),
    (N, r"\mathrm{KL}[p\|q]", KL),
    (N, r"\mathrm{KL}[p||q]", KL),
    (N, r"\operatorname{KL}(p,q)", KL),
    (N, r"KL(P||Q)", KL),
    (N, r"K L (P \mid \mid Q)", KL),
    (N, r"\text{KL}(P|Q)", KL),
    (N, r"D(P||Q)", KL),
    (JOINT_P, r"Pr(x,y) \log Pr\left(y|x\right)", "P(x,y)*log(P(y|x))"),
    (JOINT, r"H(X;Y)", "I(X; Y)"),
    (JOINT, r"\sum_{x\in\mathcal X,y\in\mathcal Y} p_{y|x}", "sum(x, y, p(y|x))"),
    (JOINT, r"\sum_{x\in\mathcal X,y\in\mathcal Y} p_{y,x}", "sum(x, y, p(x,y))"),
    (N, r"\KL{P}{Q}", KL),
    (N, r"\log|\mathcal{X}|", "log(n)"),
    (N, r"\KL{P \| Q}", KL),
    (DENSITIES, r"\int p(x) \log p(x) \d{x}", "int(x, p(x)*log(p(x)))"),
    (DENSITIES, r"\int p(x) \log p(x) \space dx", "int(x, p(x)*log(p(x)))"),
    (JOINT, r"p(x \given y)", "p(x|y)"),
    (JOINT, r"\sum_{x \epsilon X} p(x)", "sum(x, p(x))"),
    (JOINT, r"\mathbb{E}_{x \in p}[\log p(x)]", "E[x ~ p(x)](log(p(x)))"),
    (JOINT, r"\log\left(p(x) |\mathcal{X}|\right)", "log(p(x)*size(X))"),
    (JOINT, r"H(X|Y)H(X) \quad (\text{times one, since } \sum_x p(x) = 1)", "H(X | Y)*H(X)"),
    (JOINT, r"H(X) \quad\color{gray}{\text{the entropy}}", "H(X)"),
    (JOINT_P, r"\Pr(x,y) \log Prob[x|y]", "P(x,y)*log(P(x|y))"),
    (N, r"\mathbb{KL}(P \parallel Q)", KL),
    (N, r"D_\text{KL}\left(P \,\middle\|\, Q\right)", KL),
    (N, r"D_{KL}\left(P \left\| Q \right.\right)", KL),
    (N, r"D_{KL}(P∥Q)", KL),
    (N, r"D_{KL}(P : Q)", KL),
    (N, r"D_{KL}(P ; Q)", KL),
    (N, r"H(P,Q) = -\sum_{x\in\mathcal X} P(x)\log Q(x)", "H(P, Q) = -sum(x in 1..n, p[x]*log(q[x]))"),
    (N, r"\mathbb{E}_{x\sim P}[\log P(x)-\log Q(x)]", "E[x ~ P](log(p[x]) - log(q[x]))"),
    (N, r"\underbrace{-\sum_{i=1}^{n} p_i \log p_i}_{H(P)}", "label(-sum(i in 1..n, p[i]*log(p[i])), H(P))"),
    (COINS, r"-p\log_2 p", "-p*log2(p)"),
    (COINS, r"\log_e p", "log(p)"),
    (COINS, r"\ln p", "ln(p)"),
    (DENSITIES, r"\int p(x)\log\frac{p(x)}{q(x)}dx", "int(x, p(x)*log(p(x)/q(x)))"),
    (DENSITIES, r"\int dx\, p(x)\log\frac{p(x)}{q(x)}", "int(x, p(x)*log(p(x)/q(x)))"),
    (DENSITIES, r"\int p(x) \log p(x)\,\mathrm{d}x - \int p(x) \log q(x) dx", "int(x, p(x)*log(p(x))) - int(x, p(x)*log(q(x)))"),
    (DENSITIES, r"\int p(x) - q(x) dx", "int(x, p(x) - q(x))"),
    (COINS, r"\begin{align} H(P) &= H(Q) \tag{1} \\ &= p \nonumber % end" + "\n" + r"\end{align}", "H(P) = H(Q) = p"),
    (("p(x,z) masses",), r"\log p(x|z)", "log(p(x|z))"),
    (JOINT, r"\sum_{x,y} p(x,y) \log p(x,y)", "sum(x, y, p(x,y)*log(p(x,y)))"),
    (NUMBERS, r"\left[p \log p\right]", "p*log(p)"),
    (NUMBERS, r"\bigl[ p \cdot q \bigr]", "p*q"),
    (NUMBERS, r"\{ p + q \} r", "(p + q)*r"),
    (NUMBERS, r"p\left(\log p-\log q\right)", "p*(log(p) - log(q))"),
    (NUMBERS, r"p(1-p)", "p*(1 - p)"),
    (("P on {1..n}", "c real"), r"\sum_{i=1}^{n} p_i \log p_i + c", "sum(i in 1..n, p[i]*log(p[i])) + c"),
    (N, r"\sum\limits_{i=1}^{n} p_i \log p_i", "sum(i in 1..n, p[i]*log(p[i]))"),
    (N, r"\displaystyle\sum_{i=1}^{n} p_i", "sum(i in 1..n, p[i])"),
    (N, r"\sum^{n}_{i=1} p_i", "sum(i in 1..n, p[i])"),
    (N, r"Σ_{i=1}^n p_i log p_i", "sum(i in 1..n, p[i]*log(p[i]))"),
    (("pi on {1..K}",), r"\sum_{k=1}^{K} \pi_k \log \pi_k", "sum(k in 1..K, pi[k]*log(pi[k]))"),
    (N, r"\sum_{i=1}^{n} p_i \log p_i - p_i \log q_i", "sum(i in 1..n, p[i]*log(p[i]) - p[i]*log(q[i]))"),
    (N, r"0 \log 0 = 0", "0*log(0) = 0"),
    (("p_star > 0",), r"p^* \log p^*", "p_star*log(p_star)"),
    (("p' > 0",), r"p' \log p'", "p'*log(p')"),
    (("p_hat > 0",), r"\hat{p} \log \hat p", "p_hat*log(p_hat)"),
    (("I, J ~ p(i,j)",), r"p_{ij}", "p(i,j)"),
    (("I, J ~ p(i,j)",), r"\sum_{i,j} p_{i,j} \log p_{ij}", "sum(i, j, p(i,j)*log(p(i,j)))"),
    (("0 < theta < 1", "s real"), r"\theta^s (1-\theta)^{1-s}", "theta^s*(1 - theta)^(1 - s)"),
    (NUMBERS, r"\log^2 p", "log(p)^2"),
    (NUMBERS, r"\log p^2", "log(p^2)"),
    (N, r"p_1 \log p_1 + \cdots + p_n \log p_n", "sum(i in 1..n, p[i]*log(p[i]))"),
    (N, r"-p_1 \log p_1 - p_2 \log p_2 - \dots - p_n \log p_n", "-sum(i in 1..n, p[i]*log(p[i]))"),
    (JOINT, r"I(X;Y) = H(X) - H(X|Y)", "I(X; Y) = H(X) - H(X | Y)"),
    (JOINT, r"\mathbb{I}(X, Y) = I(X : Y)", "I(X; Y) = I(X; Y)"),
    (JOINT, r"H(Y \mid X) = \sum_{x} p(x) H(Y|X=x)", "H(Y | X) = sum(x, p(x)*H(Y | X = x))"),
    (JOINT, r"H(XY)", "H(X, Y)"),
    (NUMBERS, r"\frac{d}{dp} p \log p", "diff(p*log(p), p)"),
    (NUMBERS, r"\frac{\partial^2}{\partial p^2} (p \log p) q", "diff(diff(p*log(p), p), p)*q"),
    (NUMBERS, r"p \log p \quad \text{for } i=1,\dots,n", "p*log(p)"),
    (COINS, r"P(H)\log\frac{P(H)}{Q(1)}", "P(H)*log(P(H)/Q(H))"),
    (COINS, r"\operatorname{argmin}_q H(P,Q) + 1", "argmin[q](H(P, Q) + 1)"),
    (COINS, r"\mathop{\rm arg\,min}\limits_{q} KL(P\|Q)", "argmin[q](KL(P || Q))"),
    (JOINT, r"-E \log p(Y \mid X)", "-E[x, y ~ p(x,y)](log(p(y|x)))"),
    (JOINT, r"\mathbb{E}_{p(x,y)}\left[\log p(x)\right]", "E[x, y ~ p(x,y)](log(p(x)))"),
    (N, r"\frac12\log 2 + \tfrac{1}{2} p_1 + {p_2 \over 3}", "1/2*log(2) + 1/2*p[1] + p[2]/3"),
    (N, r"\sum_{i=1}^n\sum_{j=1}^n p_i q_j", "sum(i in 1..n, sum(j in 1..n, p[i]*q[j]))"),
    (NUMBERS, r"|p - q| + \lvert p \rvert", "abs(p - q) + abs(p)"),
    (NUMBERS, r"e^{p} + \exp(p) + \sqrt{p}", "e^p + exp(p) + sqrt(p)"),
]


def reading(given: tuple[str, ...], latex: str) -> tuple[Reading, Setting]:
    known = setting(given)
    return read_latex(latex, known.scope), known


@pytest.mark.parametrize(("given", "latex", "plain"), ROWS)
def test_the_tree_is_that_of_the_plain_spelling(given: tuple[str, ...], latex: str, plain: str) -> None:
    found, known = reading(given, latex)
    assert found.term == read_plain(plain, known.scope), known.write(found.term)


def test_a_bare_measure_begins_a_chain_of_two_equalities() -> None:
    found, known = reading(N, r"H = -\sum_{i=1}^{n} p_i \log p_i = \log n")
    sides = [read_plain(plain, known.scope) for plain in ("-sum(i in 1..n, p[i]*log(p[i]))", "log(n)")]
    assert found.term == Relation((Symbol("H"), *sides), ("=", "="))
    assert any("H without arguments" in sentence for sentence in found.assumed)


AMBIGUOUS = [
    (NUMBERS, r"\log p q", "log(p*q)", "log(p)*q"),
    (N, r"\log p_1 q_1", "log(p[1]*q[1])", "log(p[1])*q[1]"),
    (N, r"\log p_i q_i", "log(p[i]*q[i])", "log(p[i])*q[i]"),
    (N, r"\sum_{i=1}^n \log p_i q_i", "sum(i in 1..n, log(p[i]*q[i]))", "sum(i in 1..n, log(p[i])*q[i])"),
    (NUMBERS, r"p \log p/q", "p*log(p/q)", "p*log(p)/q"),
    (NUMBERS, r"\log p \cdot q", "log(p)*q", "log(p*q)"),
    (NUMBERS, r"\frac{d}{dp} p \log p", "diff(p*log(p), p)", "diff(p, p)*log(p)"),
    (
        N,
        r"\sum_{i=1}^{n} p_i \log p_i - p_i \log q_i",
        "sum(i in 1..n, p[i]*log(p[i]) - p[i]*log(q[i]))",
        None,
    ),
    (("p(x,y), q(x,y) masses",), r"D(p(y|x) \| q(y|x))", "KL(p(y|x) || q(y|x))", "KL(p(y|x) || q(y|x) | p(x))"),
    (NUMBERS, r"1/p q", "1/p*q", "1/(p*q)"),
]


@pytest.mark.parametrize(("given", "latex", "chosen", "rival"), AMBIGUOUS)
def test_a_choice_is_reported_with_its_rival(given: tuple[str, ...], latex: str, chosen: str, rival: str | None) -> None:
    found, known = reading(given, latex)
    assert found.term == read_plain(chosen, known.scope)
    assert found.ambiguities
    if rival is not None:
        assert read_plain(rival, known.scope) in found.rivals


@pytest.mark.parametrize(
    ("given", "latex"),
    [
        (NUMBERS, r"\log(p) q"),
        (NUMBERS, r"\log \frac{p}{q}"),
        (N, r"\sum_{i=1}^n p_i \log p_i + 1"),
        (NUMBERS, r"\frac{d}{dp}(p \log p)"),
    ],
)
def test_what_is_plain_is_not_called_ambiguous(given: tuple[str, ...], latex: str) -> None:
    assert reading(given, latex)[0].ambiguities == ()


REFUSED = [
    (NUMBERS, r"\lg p", r"\lg"),
    (NUMBERS, r"p + ", "'+'"),
    (NUMBERS, r"(p + q", "never closed"),
    (NUMBERS, r"p)", "closes none"),
    (NUMBERS, r"(p, q]", "interval"),
    (NUMBERS, r"p \pm q", "plus-or-minus"),
    (NUMBERS, r"p!", "factorial"),
    (NUMBERS, r"s + p", "'s' is not declared"),
    (N, r"P + 1", "law"),
    (N, r"\sum_{i=0}^{\infty} p_i", "infinite"),
    (JOINT, r"H(X, p)", "mixes"),
    (JOINT, r"X + 1", "random variable"),
    (NUMBERS, r"p^T q", "transpose"),
    (NUMBERS, r"\frac{p}", "argument"),
    (NUMBERS, r"\begin{pmatrix} p \end{pmatrix}", "pmatrix"),
    (N, r"p_1 + \cdots + q_n", "pattern"),
    (NUMBERS, "p = q, r = p", "second formula"),
    (NUMBERS, "p \x01 q", "character"),
    (NUMBERS, "p = 'q", "Expected"),
    (NUMBERS, r"\sum_{i} p", "alphabet"),
    (NUMBERS, r"\arg\min p", "over what"),
]


@pytest.mark.parametrize(("given", "latex", "reason"), REFUSED)
def test_what_is_not_understood_is_refused_with_the_place(given: tuple[str, ...], latex: str, reason: str) -> None:
    known = setting(given)
    with pytest.raises(ReadError) as caught:
        read_latex(latex, known.scope)
    assert reason in str(caught.value)
    assert 0 <= caught.value.start <= len(latex)
    assert "^" in caught.value.picture()


def test_the_spans_point_at_the_source() -> None:
    latex = r"H(P) = -\sum_{i=1}^n p_i \log p_i"
    found, _ = reading(N, latex)
    start, end = found.span_of((0,))
    assert latex[start:end] == "H(P)"
    start, end = found.span_of((1, 0, 1, 1))
    assert latex[start:end] == r"\log p_i"


def test_a_text_that_starts_with_a_relation_says_so() -> None:
    found, known = reading(NUMBERS, r"\leq p = q")
    assert found.leads == "<="
    assert found.term == read_plain("p = q", known.scope)


def test_notes_are_kept() -> None:
    found, _ = reading(NUMBERS, r"p \le q \quad \text{(by Jensen)}")
    assert found.notes == ("(by Jensen)",)
