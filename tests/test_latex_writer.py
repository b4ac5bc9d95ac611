"""Exact LaTeX, row by row: what a textbook sets."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given

from symkl.language.latex_writer import LatexWriter, latex_width, write_latex
from symkl.language.plain_reader import read_plain
from symkl.language.term import (
    Constant,
    Derivative,
    Exp,
    Extremum,
    Label,
    Log,
    Negation,
    Number,
    Plus,
    Power,
    Quotient,
    Range,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    signed,
)
from symkl.theory.setting import Setting, setting
from tests.strategies import terms

COIN = setting(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)", "a > 0", "b > 0", "k integer", "theta > 0", "loss > 0", "f function"])
CATEGORICAL = setting(["P, Q on {1..n}", "z real on {1..n}", "c > 0"])
JOINT = setting(["X, Y, Z ~ p(x,y,z)", "0 < t < 1"])
PAIR = setting(["p, q masses of x", "c > 0"])
DENSITY = setting(["p, q densities of x"])
MIXED = setting(["P, Q on {1..n}", "0 < t < 1", "X, Y ~ r(x,y)"])

ROWS: list[tuple[Setting, str, str]] = [
    # Products, signs and brackets
    (COIN, "p*log(p)", r"p\log p"),
    (COIN, "-p*log(q) - (1 - p)*log(1 - q)", r"-p\log q - (1-p)\log(1-q)"),
    (
        COIN,
        "p*(log(p) - log(q)) + (1 - p)*(log(1 - p) - log(1 - q))",
        r"p[\log p - \log q] + (1-p)[\log(1-p) - \log(1-q)]",
    ),
    (COIN, "p*q", "p q"),
    (COIN, "2*p", "2p"),
    (COIN, "p*2", r"p \cdot 2"),
    (COIN, "2*3", r"2 \cdot 3"),
    (COIN, "theta*p", r"\theta p"),
    (COIN, "p*theta", r"p\theta"),
    (COIN, "q*(1 - q)", "q(1-q)"),
    (COIN, "loss*(1 - q)", r"\mathrm{loss} \cdot (1-q)"),
    (COIN, "log(p)*q", r"(\log p)q"),
    (COIN, "log(p)*log(q)", r"(\log p)\log q"),
    (COIN, "(-p)*q", "(-p)q"),
    (COIN, "p*(-q)", "p(-q)"),
    (COIN, "-(-p)", "-(-p)"),
    (COIN, "p - (-q)", "p - (-q)"),
    (COIN, "(p*q)*a", "(p q)a"),
    (COIN, "p - (q - a)", "p - (q-a)"),
    (COIN, "(p + q) + a", "(p+q) + a"),
    (COIN, "1 - p", "1 - p"),
    (COIN, "p*(1 - q*(a + b))", "p[1 - q(a+b)]"),
    # Fractions and powers
    (COIN, "log(p/q)", r"\log\frac{p}{q}"),
    (COIN, "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))", r"p\log\frac{p}{q} + (1-p)\log\frac{1-p}{1-q}"),
    (COIN, "(q - p)/(q*(1 - q))", r"\frac{q-p}{q(1-q)}"),
    (COIN, "p/q^2 + (1 - p)/(1 - q)^2", r"\frac{p}{q^2} + \frac{1-p}{(1-q)^2}"),
    (COIN, "(p/q)/(a/b)", r"\frac{\frac{p}{q}}{\frac{a}{b}}"),
    (COIN, "(p/q)^2", r"\left(\frac{p}{q}\right)^2"),
    (COIN, "p*(p/q - 1)", r"p\left(\frac{p}{q}-1\right)"),
    (COIN, "p*(log(p/q) - 1)", r"p\left[\log\frac{p}{q} - 1\right]"),
    (COIN, "1/2*p", r"\frac{1}{2}p"),
    (COIN, "p*(1/2)", r"p \cdot \frac{1}{2}"),
    (COIN, "0.50*p", "0.50p"),
    (COIN, "p^k", "p^k"),
    (COIN, "p^(k + 1)", "p^{k+1}"),
    (COIN, "2^10", "2^{10}"),
    (COIN, "(p^2)^k", "(p^2)^k"),
    (COIN, "log(p)^2", r"(\log p)^2"),
    (COIN, "log(p^2)", r"\log p^2"),
    (COIN, "sqrt(p)", r"\sqrt{p}"),
    (COIN, "e^p", "e^p"),
    (COIN, "exp(-p)", r"\exp(-p)"),
    (COIN, "exp(p/q)", r"\exp\left(\frac{p}{q}\right)"),
    (COIN, "abs(p - q)", r"\lvert p-q\rvert"),
    # Logs
    (COIN, "log(p*q)", r"\log(p q)"),
    (COIN, "log(log(p))", r"\log(\log p)"),
    (COIN, "ln(p)", r"\ln p"),
    (COIN, "log2(p)", r"\log_2 p"),
    (COIN, "log10(2)", r"\log_{10} 2"),
    (COIN, "log[b](p)", r"\log_b p"),
    (COIN, "log(P(H))", r"\log P(H)"),
    (COIN, "log(f(p))", r"\log f(p)"),
    # Sums, products, masses
    (COIN, "sum(i in {H, T}, P(i)*log(P(i)/Q(i)))", r"\sum_{i \in \{H,T\}} P(i)\log\frac{P(i)}{Q(i)}"),
    (COIN, "sum(i in {H, T}, -P(i)*log(Q(i)))", r"\sum_{i \in \{H,T\}} -P(i)\log Q(i)"),
    (CATEGORICAL, "sum(i in 1..n, p[i]*(log(p[i]) - log(q[i])))", r"\sum_{i=1}^{n} p_i[\log p_i - \log q_i]"),
    (
        CATEGORICAL,
        "-sum(i in 1..n, p[i]*log(q[i])) - (-sum(i in 1..n, p[i]*log(p[i])))",
        r"-\sum_{i=1}^{n} p_i\log q_i - \left(-\sum_{i=1}^{n} p_i\log p_i\right)",
    ),
    (CATEGORICAL, "sum(i in 1..n, p[i]) + c", r"\sum_{i=1}^{n} p_i + c"),
    (CATEGORICAL, "c*sum(i in 1..n, p[i])", r"c\sum_{i=1}^{n} p_i"),
    (CATEGORICAL, "sum(i in 1..n, p[i])*c", r"\left(\sum_{i=1}^{n} p_i\right)c"),
    (CATEGORICAL, "sum(i in 1..n, p[i] - q[i])", r"\sum_{i=1}^{n} (p_i-q_i)"),
    (CATEGORICAL, "sum(i in 1..n, p[i]) + q[i]", r"\left(\sum_{i=1}^{n} p_i\right) + q_i"),
    (CATEGORICAL, "sum(i in 1..n, sum(j in 1..n, p[i]*q[j]))", r"\sum_{i=1}^{n} \sum_{j=1}^{n} p_i q_j"),
    (CATEGORICAL, "sum(i in 1..n, j in 1..n, p[i]*q[j])", r"\sum_{i,j=1}^{n} p_i q_j"),
    (CATEGORICAL, "prod(i in 1..3, p[i])", r"\prod_{i=1}^{3} p_i"),
    (CATEGORICAL, "log(sum(j in 1..n, exp(z[j])))", r"\log\sum_{j=1}^{n} \exp(z_j)"),
    (CATEGORICAL, "p[n] + p[n + 1] + p[10]", "p_n + p_{n+1} + p_{10}"),
    (CATEGORICAL, "p[1]^2", "p_1^2"),
    (CATEGORICAL, "delta(i, j)*p[i]", r"\delta_{i,j}p_i"),
    (JOINT, "sum(x, p(x)*log(p(x)))", r"\sum_{x} p(x)\log p(x)"),
    (JOINT, "sum(x, y, p(x,y)*log(p(y|x)))", r"\sum_{x,y} p(x,y)\log p(y \mid x)"),
    (JOINT, "sum(x' in X, p(x'))", r"\sum_{x' \in \mathcal{X}} p(x')"),
    (JOINT, "size(X)", r"\lvert\mathcal{X}\rvert"),
    (JOINT, "E[x ~ p(x)](log(p(x)))", r"\mathbb{E}_{x \sim p(x)}[\log p(x)]"),
    (MIXED, "E[i ~ P](log(p[i]/q[i]))", r"\mathbb{E}_{i \sim P}\left[\log\frac{p_i}{q_i}\right]"),
    (DENSITY, "int(x, p(x)*log(p(x)/q(x)))", r"\int p(x)\log\frac{p(x)}{q(x)}\,dx"),
    (DENSITY, "-int(x, p(x)*log(p(x)))", r"-\int p(x)\log p(x)\,dx"),
    # Measures
    (COIN, "KL(P || Q) = H(P, Q) - H(P)", r"\mathrm{KL}(P \| Q) = H(P, Q) - H(P)"),
    (COIN, "H(p)", "H(p)"),
    (JOINT, "I(X; Y | Z) = H(X | Z) - H(X | Y, Z)", r"I(X; Y \mid Z) = H(X \mid Z) - H(X \mid Y, Z)"),
    (JOINT, "H(X | Y = y)", r"H(X \mid Y = y)"),
    (JOINT, "KL(p(x,y) || p(x)*p(y))", r"\mathrm{KL}(p(x,y) \| p(x)p(y))"),
    (MIXED, "JS(P || Q)", r"\operatorname{JS}(P \| Q)"),
    (MIXED, "JS[t](P || Q)", r"\operatorname{JS}_t(P \| Q)"),
    (MIXED, "KL(P || (P + Q)/2)", r"\mathrm{KL}\left(P \| \frac{P+Q}{2}\right)"),
    (MIXED, "H(t*P + (1 - t)*Q)", "H(t P + (1-t)Q)"),
    (MIXED, "H(P*(1 - t) + t*Q)", r"H(P \cdot (1-t) + t Q)"),
    # Operators and labels
    (COIN, "diff(H(P, Q), q)", r"\frac{\partial}{\partial q} H(P, Q)"),
    (COIN, "diff(diff(H(P, Q), q), q)", r"\frac{\partial^2}{\partial q^2} H(P, Q)"),
    (COIN, "diff(diff(H(P, Q), q), p)", r"\frac{\partial}{\partial p}\frac{\partial}{\partial q} H(P, Q)"),
    (COIN, "diff(-p*log(q), q)", r"\frac{\partial}{\partial q}(-p\log q)"),
    (COIN, "-p*diff(log(q), q)", r"-p\frac{\partial}{\partial q}\log q"),
    (CATEGORICAL, "diff(exp(z[k]), z[k])", r"\frac{\partial}{\partial z_k}\exp(z_k)"),
    (COIN, "argmin[q](H(P, Q)) = p", r"\operatorname*{argmin}_q H(P, Q) = p"),
    (COIN, "min[q](KL(P || Q)) >= 0", r"\min_q\mathrm{KL}(P \| Q) \ge 0"),
    (COIN, "min[q](q) + a", r"(\min_q q) + a"),
    (
        COIN,
        'label(-p*log(q) - (1 - p)*log(1 - q), "Term 1") + label(p*log(p), H(P))',
        r"\underbrace{[-p\log q - (1-p)\log(1-q)]}_{\text{Term 1}} + \underbrace{p\log p}_{H(P)}",
    ),
    (COIN, 'label(p + q, "100% & more")', r"\underbrace{p + q}_{\text{100\% \& more}}"),
    # Relations
    (COIN, "p <= q < a", r"p \le q < a"),
    (COIN, "p != q", r"p \ne q"),
    (COIN, "p := q", "p := q"),
    (COIN, "p ~= 0.5", r"p \approx 0.5"),
]


@pytest.mark.parametrize(("known", "plain", "latex"), ROWS, ids=[row[1] for row in ROWS])
def test_written_as_a_textbook_sets_it(known: Setting, plain: str, latex: str) -> None:
    assert write_latex(read_plain(plain, known.scope), known.scope.log_base) == latex


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("q", "q"),
        ("q1", "q_1"),
        ("q_1", "q_1"),
        ("q12", "q_{12}"),
        ("q'", "q'"),
        ("q_1'", "q_1'"),
        ("theta", r"\theta"),
        ("theta_k", r"\theta_k"),
        ("Omega", r"\Omega"),
        ("loss", r"\mathrm{loss}"),
        ("p_data", r"p_{\mathrm{data}}"),
        ("y_hat", r"\hat{y}"),
        ("p_star", "p^*"),
        ("q_tilde_2", r"\tilde{q}_2"),
        ("p_i_j", "p_{i,j}"),
        ("q_phi", r"q_{\phi}"),
    ],
)
def test_names(name: str, latex: str) -> None:
    assert write_latex(Symbol(name)) == latex


def test_what_stands_above_a_name_leaves_room_for_a_power() -> None:
    # A star and an exponent, or a prime, an index and an exponent, would be a double superscript to TeX.
    assert write_latex(Power(Symbol("p_star"), Number(2))) == "{p^*}^2"
    law = setting(["p' positive on {1..n}"]).scope.laws["p'"]
    assert write_latex(Power(law.mass(Value("i")), Number(2))) == "p_i'^2"


def test_a_natural_log_keeps_its_name_where_another_base_is_bare() -> None:
    assert write_latex(Log(Symbol("p")), Number(2)) == r"\ln p"
    assert write_latex(Log(Symbol("p"), Number(2)), Number(2)) == r"\log_2 p"
    assert write_latex(Log(Symbol("p"), Symbol("b")), Symbol("b")) == r"\log p"


def test_a_quotient_of_integers_is_told_from_a_fraction() -> None:
    assert write_latex(Quotient(Number(1), Number(2))) == r"\frac{1}{{2}}"
    assert write_latex(Quotient(Number(2), Number(4))) == r"\frac{2}{4}"
    assert write_latex(signed(-3)) == "-3"


def test_mixed_numbers_do_not_arise() -> None:
    half = Quotient(Number(1), Number(2))
    assert write_latex(Times(Number(2), half)) == r"2 \cdot \frac{1}{{2}}"
    assert write_latex(Times(Number(2), Quotient(Symbol("p"), Number(2)))) == r"2\frac{p}{2}"


def test_letters_that_would_start_an_application_get_a_dot() -> None:
    bracket = Plus(Number(1), Symbol("q"))
    assert write_latex(Times(Symbol("h"), bracket)) == r"h \cdot (1+q)"
    assert write_latex(Times(Symbol("g"), bracket)) == "g(1+q)"
    assert write_latex(Times(Constant("pi"), bracket)) == r"\pi(1+q)"


def small_terms() -> list[Term]:
    """Every term of two heads over a few leaves."""
    leaves: list[Term] = [Symbol("p"), Number(1), Number(2), Number(Fraction(1, 2))]

    def over(inner: list[Term]) -> list[Term]:
        pairs = list(product(inner, repeat=2))
        triples = list(product(inner, repeat=3)) if len(inner) <= len(leaves) else []
        return [
            *(head(*pair) for head in (Plus, Times, Quotient, Power) for pair in pairs),
            *(head(*triple) for head in (Plus, Times) for triple in triples),
            *(head(term) for head in (Negation, Log, Exp) for term in inner),
            *(Derivative(term, Symbol("p")) for term in inner),
            *(Extremum("min", "p", term) for term in inner),
            *(Sum(("i",), (Range(Number(1), Number(2)),), term) for term in inner),
        ]

    first = over(leaves)
    return [*leaves, *first, *over([*leaves, *first[::4]])]


def test_terms_that_differ_are_written_differently() -> None:
    seen: dict[str, Term] = {}
    for term in small_terms():
        text = write_latex(term)
        assert seen.setdefault(text, term) == term, text
    assert len(seen) > 5000


@given(terms(depth=4))
def test_braces_and_stretched_brackets_are_balanced(term: Term) -> None:
    text = write_latex(term).replace(r"\{", "").replace(r"\}", "")
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")


def test_writing_is_linear() -> None:
    def written(count: int) -> int:
        writer = Counting()
        mass = CATEGORICAL.scope.laws["P"]
        writer.write(Plus(*(Times(mass.mass(Number(k)), Log(mass.mass(Number(k)))) for k in range(1, count + 1))))
        return writer.steps

    assert written(1000) <= 11 * written(100)


class Counting(LatexWriter):
    steps = 0

    def joined(self, pieces, strength):  # type: ignore[no-untyped-def]
        pieces = list(pieces)
        self.steps += 1 + len(pieces)
        return super().joined(pieces, strength)


def test_widths_are_those_of_the_type() -> None:
    # In em of Computer Modern at its design size: measured with TeX.
    for plain, width in [
        ("-p*log(q) - (1 - p)*log(1 - q)", 11.9),
        ("P(H)*log(P(H)/Q(H)) + P(T)*log(P(T)/Q(T))", 14.5),
        ("(q - p)/(q*(1 - q))", 4.0),
    ]:
        assert LatexWriter().spell(read_plain(plain, COIN.scope)).width == pytest.approx(width, rel=0.15)
    assert latex_width("") == 0


def test_labels_keep_their_body_apart() -> None:
    body = Plus(Symbol("p"), Symbol("q"))
    assert write_latex(Power(Label(body, "t"), Number(2))) == r"{\underbrace{(p+q)}_{\text{t}}}^2"
    assert write_latex(Times(Symbol("a"), Label(body, "t"))) == r"a\underbrace{(p+q)}_{\text{t}}"


def test_other_heads_are_refused() -> None:
    class Strange(Term):
        __slots__ = ()

    with pytest.raises(TypeError, match="no LaTeX for Strange"):
        write_latex(Strange())
