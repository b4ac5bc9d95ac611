"""Formulas as lecture notes, papers and blogs write them, with the givens that are inferred and the exact tree.

Each row was once read wrongly, or could be: what is checked is that no part of the notation is lost.
"""

from __future__ import annotations

import pytest

from symkl.errors import ReadError
from symkl.language.latex import read_latex
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula
from symkl.theory.setting import setting

READ = [
    # Averages and divergences of laws that are only known given something
    (
        r"\mathrm{KL}(p_{\text{teacher}} \| p_{\text{student}}) = \mathbb{E}_{y \sim p_{\text{teacher}}}"
        r"\left[\log\frac{p_{\text{teacher}}(y|x)}{p_{\text{student}}(y|x)}\right]",
        ("p_teacher(y|x), p_student(y|x) masses",),
        "KL(p_teacher(y|x) || p_student(y|x)) = E[y ~ p_teacher(y|x)](log(p_teacher(y|x)/p_student(y|x)))",
    ),
    (
        r"\mathbb{E}_{z\sim q(z)}\log\frac{p(x,z)}{q(z)} + D_{KL}(q(z) \| p(z|x))",
        ("q masses of z", "p(x,z) masses"),
        "E[z ~ q(z)](log(p(x,z)/q(z))) + KL(q(z) || p(z|x))",
    ),
    (
        r"\log p(X|\theta) = \mathcal{L}(q,\theta) + KL(q\|p(Z|X,\theta))",
        ("q masses of z", "p(x,theta,z) masses", "L function"),
        None,
    ),
    (r"D(q \| p) = \int q \log \frac{q}{p}", ("q, p densities of x",), "KL(q || p) = int(x, q(x)*log(q(x)/p(x)))"),
    (r"H(X,Y) = H(X) + H(Y|X) \cdots (1)", ("X, Y ~ p(x,y)",), "H(X, Y) = H(X) + H(Y | X)"),
    (r"f(0,\cdots,0,1,0,\cdots,0) = 0", ("f function",), None),
    (r"\sum_{x}^{} p(x) \log p(x)", ("p masses of x",), "sum(x, p(x)*log(p(x)))"),
    (r"D_{KL}(p_{data}\Arrowvert p_{\theta})", ("p_data, p_theta on {1..n}",), None),
    (r"H(X|Y) = \sum_y p(y) H(X|y=y)", ("X, Y ~ p(x,y)",), "H(X | Y) = sum(y, p(y)*H(X | Y = y))"),
    (
        r"H(p,q) = -p\log q - (1-p)\log(1-q)",
        ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"),
        "H(P, Q) = -p*log(q) - (1 - p)*log(1 - q)",
    ),
    # Parameters behind a semicolon
    (
        r"D_{KL}(p(x;\theta) \| p(x;\theta_0)) = 0",
        ("p_theta, p_theta_0 masses of x",),
        "KL(p_theta(x) || p_theta_0(x)) = 0",
    ),
    (
        r"\sum_z p(z|x;\theta^{(t)}) \log p(x,z;\theta)",
        ("p_theta_t(z,x) masses", "p_theta(x,z) masses"),
        None,
    ),
    (r"D(p(x;\theta) \| p(x;\theta')) = 0", ("p_theta, p_theta_prime masses of x",), "KL(p_theta(x) || p_theta_prime(x)) = 0"),
    (r"D(p(x;\theta+1) \| p(x;\theta-1))", ("p_theta_plus_1, p_theta_minus_1 masses of x",), None),
    (r"D(p(x;\theta^*) \| p(x;-\theta))", ("p_theta_star, p_minus_theta masses of x",), None),
    (r"D(p(x;\mu,\sigma^2) \| p(x;\mu,\sigma_2))", ("p_mu_sigma_to_2, p_mu_sigma_2 masses of x",), None),
    (r"D(p(x;\theta_1) \| p(x;\theta,1))", ("p_theta_1, p_theta_and_1 masses of x",), None),
    ("D(p(x;θ) \\| p(x;φ))", ("p_theta, p_phi masses of x",), None),
    ("D(p(x;θ) \\| p(x;\\theta))", ("p masses of x",), "KL(p(x) || p(x))"),
    (r"D(u(x;\theta) \| u(x;\theta_0))", ("u_theta, u_theta_0 masses of x",), None),
    (
        r"D(p_X(x;\theta) \| p_X(x;\theta_0)) = 0",
        ("X ~ p_theta(x)", "p_theta_0 masses of x"),
        "KL(p_theta(x) || p_theta_0(x)) = 0",
    ),
    # What is differentiated or optimised by a parameter changes with it
    (r"\nabla_\theta \log p(x;\theta) = 0", ("p_theta masses of x", "theta real"), "diff(log(p_theta(x)), theta) = 0"),
    (r"\nabla_\theta \log p(x|\theta) = 0", ("p_theta masses of x", "theta real"), "diff(log(p_theta(x)), theta) = 0"),
    (
        r"\nabla_\theta \log p(x,z|\theta) = \nabla_\theta \log p(x|z,\theta)",
        ("p_theta(x,z) masses", "theta real"),
        "diff(log(p_theta(x,z)), theta) = diff(log(p_theta(x|z)), theta)",
    ),
    (
        r"\nabla_\theta KL(q\|p) = -E_{x\sim q}[\nabla_\theta \log p(x;\theta)]",
        ("q, p_theta masses of x", "theta real"),
        "diff(KL(q(x) || p_theta(x)), theta) = -E[x ~ q(x)](diff(log(p_theta(x)), theta))",
    ),
    (r"\arg\max_\theta p(x;\theta)", ("p_theta masses of x", "theta real"), "argmax[theta](p_theta(x))"),
    (r"\log p(x;\mu,\sigma^2) + p(x;\mu,\sigma^2)", ("p masses of x",), "log(p(x)) + p(x)"),
    # Measures under a law
    (r"H_q(Z) + \mathbb{E}_{q(z)} \log q(z)", ("q masses of z",), "H(q(z)) + E[z ~ q(z)](log(q(z)))"),
    (r"\mathbb{H}_q[z] = -\int q(z)\log q(z)\,dz", ("q densities of z",), "H(q(z)) = -int(z, q(z)*log(q(z)))"),
    # A product of two integrals
    (r"\int p(x)\,dx\int\log q(x)\,dx", ("p, q densities of x",), "int(x, p(x))*int(x, log(q(x)))"),
    (r"\int p(x)\int q(y)\,dy\,dx", ("p densities of x", "q densities of y"), "int(x, p(x)*int(y, q(y)))"),
    (
        r"H_p(Y|X) = -\sum_{x,y} p(x,y) \log p(y|x)",
        ("p(x,y) masses",),
        "H(p(x,y)) - H(p(x)) = -sum(x, y, p(x,y)*log(p(y|x)))",
    ),
    (r"H_p(Y|x) = -\sum_y p(y|x)\log p(y|x)", ("p(y,x) masses",), "H(p(y|x)) = -sum(y, p(y|x)*log(p(y|x)))"),
    (r"I_p(X;Y) \geq 0", ("p(x,y) masses",), "H(p(x)) + H(p(y)) - H(p(x,y)) >= 0"),
    # Laws by their random variables, in place of their masses at values that are bound
    (
        r"I(X;Y) = \mathbb{E}_{P_{XY}}\left[\log\frac{P_{XY}}{P_X P_Y}\right]",
        ("X, Y ~ P(x,y)",),
        "I(X; Y) = E[x, y ~ P(x,y)](log(P(x,y)/(P(x)*P(y))))",
    ),
    (
        r"H(X|Y) = \mathbb{E}_{P_Y}[-\mathbb{E}_{P_{X|Y}}[\log P_{X|Y}]]",
        ("X, Y ~ P(x,y)",),
        "H(X | Y) = E[y ~ P(y)](-E[x ~ P(x|y)](log(P(x|y))))",
    ),
    (
        r"I(X;Y) = \sum_y P_Y(y) D_{KL}(P_{X|Y} \| P_X)",
        ("X, Y ~ P(x,y)",),
        "I(X; Y) = sum(y, P(y)*KL(P(x|y) || P(x)))",
    ),
    (r"p(\text{hot} \mid \text{sunny}) + p(\text{hot}, \text{sunny})", ("p(hot,sunny) masses",), None),
    (
        r"V(D^{*}) = \mathbb{E}_{x\sim p}\left[\log\frac{p}{p+q}\right] + \sum_x q(x) + \sum_x p(x)",
        ("p, q masses of x", "D_star real", "V function"),
        "V(D_star) = E[x ~ p(x)](log(p(x)/(p(x) + q(x)))) + sum(x, q(x)) + sum(x, p(x))",
    ),
    (r"\mathbb{E}_{p}[1] + \sum_i p_i", ("p on {1..n}",), "E[i ~ p](1) + sum(i in 1..n, p[i])"),
    # The number P_e beside a random variable E, a bare law beside one of fewer values, another spelling of the bar
    (
        r"H(E|Y) \le h(P_e) = -P_e \log P_e - (1-P_e)\log(1-P_e)",
        ("E, Y ~ p(e,y)", "0 < P_e < 1"),
        "H(E | Y) <= h(P_e) = -P_e*log(P_e) - (1 - P_e)*log(1 - P_e)",
    ),
    (
        r"D(p\|q) + I(X;Y) = \sum_x p(x)\log\frac{p(x)}{q(x)} + D(p(x,y)\|p(x)p(y))",
        ("X, Y ~ p(x,y)", "q masses of x"),
        "KL(p(x) || q(x)) + I(X; Y) = sum(x, p(x)*log(p(x)/q(x))) + KL(p(x,y) || p(x)*p(y))",
    ),
    (r"H(X \st Y)", ("X, Y ~ p(x,y)",), "H(X | Y)"),
    # A capital under a mean that says no law is random
    (r"f(\mathbb{E}[X]) \le \mathbb{E}[f(X)]", ("X ~ p(x)", "f function"), "f(E[x ~ p(x)](x)) <= E[x ~ p(x)](f(x))"),
    # A condition written small beside capitals is an event, an information of variables beside a pointwise one
    (r"H(Y|x) = -\sum_y p(y|x)\log p(y|x)", ("X, Y ~ p(x,y)",), "H(Y | X = x) = -sum(y, p(y|x)*log(p(y|x)))"),
    (r"H(Y|X) = \sum_x p(x) H(Y|x)", ("X, Y ~ p(x,y)",), "H(Y | X) = sum(x, p(x)*H(Y | X = x))"),
    (r"H(y|x) = H(y) - I(x;y)", ("X, Y ~ p(x,y)",), "H(Y | X) = H(Y) - I(X; Y)"),
    (r"I(X;Y) = \mathbb{E}[I(x;y)] + I(x)", ("X, Y ~ p(x,y)", "I function"), None),
    (r"I(X;Y) = D(P_{(X,Y)} \| P_X P_Y)", ("X, Y ~ P(x,y)",), "I(X; Y) = KL(P(x,y) || P(x)*P(y))"),
    # Numbered events, words before a formula, entries with their index behind brackets
    (
        r"H(Y) = -\sum_{i=1}^k P(Y=y_i) \log P(Y=y_i)",
        ("Y ~ P(y)", "k integer", "k >= 1"),
        "H(Y) = -sum(y_i in Y, P(y_i)*log(P(y_i)))",
    ),
    (r"\text{By Bayes:} P(X,Z) = P(X|Z) P(Z)", ("P(x,z) masses",), "P(x,z) = P(x|z)*P(z)"),
    (r"\text{Minimize } S = -\sum_{i} p_i \log p_i", ("p on {1..n}", "S real"), "S = -sum(i in 1..n, p[i]*log(p[i]))"),
    (r"\hat y(z)_i = \hat y_k + \sum_k \hat y_k", ("y_hat real on {1..n}",), "y_hat[i] = y_hat[k] + sum(k in 1..n, y_hat[k])"),
    # Product laws, bars that nothing closes, an index behind brackets, letters side by side
    (r"I(X;Y) = D(P_{XY} \| P_X \otimes P_Y)", ("X, Y ~ P(x,y)",), "I(X; Y) = KL(P(x,y) || P(x)*P(y))"),
    (r"D_{KL}(q(x)\lVert p(x)) \ge 0", ("q, p masses of x",), "KL(q(x) || p(x)) >= 0"),
    (r"\log(\text{softmax}(x)_i) = 1", ("softmax_i function", "x real"), "log(softmax_i(x)) = 1"),
    (r"\iint P(xy) \log P(x|y) dx dy", ("P(x,y) densities",), "int(x, y, P(x,y)*log(P(x|y)))"),
    # The d of a label is no differential, the law pi is not the constant, N is counted and a normal law
    (r"\int_x p_{data}(x) \log p_{data}(x) dx", ("p_data densities of x",), "int(x, p_data(x)*log(p_data(x)))"),
    (r"\log\pi(a|s) = -\frac{1}{2}\log(2\pi)", ("pi(a,s) masses",), "log(pi(a|s)) = -1/2*log(2*pi)"),
    (
        r"\sum_{i=1}^N \log \mathcal{N}(x_i|\mu)",
        ("x real on {1..N}", "Normal function", "mu real"),
        None,
    ),
    # A bare law where all its values are bound, laws at numbers alone, names with a neighbour of an index below
    (r"\int p(x)\log\frac{p(x)}{p(x)+q}dx + \int q(x)dx", ("p, q densities of x",), None),
    (r"H(p) = -p(0)\log p(0) - p(1)\log p(1)", ("p on {0, 1}",), "H(p) = -p[0]*log(p[0]) - p[1]*log(p[1])"),
    (r"q(x_{t-1}|x_0) = q(x_{t-1}|x_0)", ("q(x_t_less_1,x_0) masses",), None),
    (
        r"\sum_{b_{n-1}} p(b_{n-1})\log p(b_{n-1})",
        ("p masses of b",),
        "sum(b_n_less_1 in B, p(b_n_less_1)*log(p(b_n_less_1)))",
    ),
    (r"H(x, y) = -E\ log\ p(X, Y)", ("X, Y ~ p(x,y)",), "H(X, Y) = -E[x, y ~ p(x,y)](log(p(x,y)))"),
    (r"V^\pi(s) = \mathbb{E}_{a\sim\pi}[\log\pi(a|s)]", ("pi(a|s) masses", "V_pi function"), None),
    # Hidden units h, and evidence e
    (
        r"\log p(x) \ge \mathbb E_{q(h|x)} \left[\log \frac {p(x,h)}{q(h|x)}\right]",
        ("p(x,h) masses", "q(h,x) masses"),
        None,
    ),
    # Integrals without a differential, lines under formulas, products of a mass and a bracket
    (
        r"\int_Z q(z) \log\frac{q(z)}{p(z|x)}",
        ("q densities of z", "p(z,x) densities"),
        "int(z, q(z)*log(q(z)/p(z|x)))",
    ),
    (r"\underline{\sum_{y \in Y} p(y | x) = 1}", ("p(y,x) masses",), None),
    (r"\sum_i p_i (-\log q_i) + \sum_x P(x)", ("P masses of x", "q on {1..n}"), None),
    # Fonts as old LaTeX writes them, braces around an operator, arrows into the next row
    (r"{\rm H}(X) = {\rm E}\left[{\rm log}_2 \frac{1}{p(X)}\right]", ("X ~ p(x)",), "H(X) = E[x ~ p(x)](log2(1/p(x)))"),
    (r"{\rm KL}(p||q) = {\mathbb{E}_{p}}\left[\log\frac pq\right]", ("p, q on {1..n}",), None),
    (r"{\cal L}(q) = \log p(x)", ("L function", "p masses of x", "q real"), None),
    (r"\sum_i^k e^{-(1+\lambda)} = 1 \implies", ("k integer", "k >= 1", "lambda real"), None),
    # Indices
    (
        r"-\frac{1}{N}\sum_{i=1}^{N}\sum_{j=1}^{C} y_{ij} \log \hat{y}_{ij}",
        ("y_data function", "y_hat_data function", "N integer", "N >= 1", "C integer", "C >= 1"),
        "-1/N*sum(i in 1..N, sum(j in 1..C, y_data(i, j)*log(y_hat_data(i, j))))",
    ),
    (r"\sum_{i} p_{i|j}\log\frac{p_{i|j}}{q_{i|j}}", ("p(i,j), q(i,j) masses",), "sum(i, p(i|j)*log(p(i|j)/q(i|j)))"),
    (r"\sum_{i,j} p_{ij}\log\frac{p_{ij}}{p_i p_j}", ("p(i,j) masses",), "sum(i, j, p(i,j)*log(p(i,j)/(p(i)*p(j))))"),
    (r"\sum_{k \in \{0,1\}} p_k \log p_k", ("p on {0, 1}",), "sum(k in {0, 1}, p[k]*log(p[k]))"),
    (
        r"H(Y) = -\sum_{y \in \{0,1\}} p(y) \log p(y)",
        ("Y ~ p on {0, 1}",),
        "H(Y) = -sum(y in {0, 1}, p[y]*log(p[y]))",
    ),
    (
        r"I(X;Y) = \sum p_{X,Y}(x,y) \log \frac{p_{X,Y}(x,y)}{p_X(x)p_Y(y)}",
        ("X, Y ~ p(x,y)",),
        "I(X; Y) = sum(x, y, p(x,y)*log(p(x,y)/(p(x)*p(y))))",
    ),
    (r"\sum_{v} P(X=v) H(Y|X=v)", ("X, Y ~ P(x,y)",), "sum(v in X, P(v)*H(Y | X = v))"),
    # What a letter is
    (
        r"H(P_e) + P_e \log(|\mathcal{X}| - 1) \geq H(X|Y)",
        ("X, Y ~ p(x,y)", "0 < P_e < 1"),
        "H(P_e) + P_e*log(size(X) - 1) >= H(X | Y)",
    ),
    (r"H(E, X|Y) = H(X|Y) + H(E|X,Y)", ("E, X, Y ~ p(e,x,y)",), "H(E, X | Y) = H(X | Y) + H(E | X, Y)"),
    (r"H(f(X)) \le H(X)", ("X ~ p(x)", "f function"), None),
    (r"I(X; g(Y)) \le I(X;Y)", ("X, Y ~ p(x,y)", "g function"), None),
    (r"\epsilon H(u, p) + H(q, p)", ("p, q, u on {1..n}", "epsilon real"), "epsilon*H(u, p) + H(q, p)"),
    (r"\mathbb{P}(X=x) = p^x(1-p)^{1-x}", ("X ~ P(x)", "0 < p < 1"), "P(x) = p^x*(1 - p)^(1 - x)"),
    (
        r"H(X) = \frac{-(1-p)\log(1-p) - p\log p}{p}",
        ("X ~ r(x)", "0 < p < 1"),
        "H(X) = (-(1 - p)*log(1 - p) - p*log(p))/p",
    ),
    (
        r"p_\theta(x) = \frac{e^{-E_\theta(x)}}{Z_\theta}",
        ("p_theta masses of x", "E_theta function", "Z_theta > 0"),
        "p_theta(x) = e^(-E_theta(x))/Z_theta",
    ),
    (
        r"\sigma_T(z_i) = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}",
        ("z real on {1..n}", "sigma_T function", "T real"),
        "sigma_T(z[i]) = e^(z[i]/T)/sum(j in 1..n, e^(z[j]/T))",
    ),
    (
        r"\log_2(|\mathcal X||\mathcal Y| - 1) + H(X,Y)",
        ("X, Y ~ p(x,y)",),
        "log2(size(X)*size(Y) - 1) + H(X, Y)",
    ),
    (r"H(X) = -\sum p \log p", ("X ~ p(x)",), "H(X) = -sum(i in X, p(i)*log(p(i)))"),
    (
        r"D(P\|Q) = E_P\left[\log\frac{dP}{dQ}\right]",
        ("P, Q on {1..n}",),
        "KL(P || Q) = E[i ~ P](log(p[i]/q[i]))",
    ),
    (
        r"I(X;Y) = \frac12\log\left(1+\frac{P}{N}\right)",
        ("X, Y ~ r(x,y)", "P > 0", "N > 0"),
        "I(X; Y) = 1/2*log(1 + P/N)",
    ),
    (
        r"H(X|Y) = -\mathbb{E}_{P_Y}[\mathbb{E}_{P_{X|Y}}[\log P_{X|Y}]] = -\sum_{x,y} P_{XY}(x,y)\log P_{X|Y}(x|y)",
        ("X, Y ~ P(x,y)",),
        "H(X | Y) = -E[y ~ P(y)](E[x ~ P(x|y)](log(P(x|y)))) = -sum(x, y, P(x,y)*log(P(x|y)))",
    ),
    (
        r"\log p(X) = \mathbb{E}_{q(z|X)}[\log p(X)] \quad (\text{两边同乘} q(z|X))",
        ("q(z,x) masses", "p masses of x"),
        "log(p(x)) = E[z ~ q(z|x)](log(p(x)))",
    ),
    (r"KL(q(z|X) \| p(z|X)) \ge 0", ("q(z,x), p(z,x) masses",), "KL(q(z|x) || p(z|x)) >= 0"),
    (
        r"q^{(t+1)} = \arg\max_q L(q, \theta^{(t)})",
        ("q on {1..n}", "L function", "q_t_plus_1, theta_t real"),
        None,
    ),
    # Numbers in binary entropies
    ("H(p) = H(1-p)", ("P ~ Bernoulli(p)",), "H(p) = H(1 - p)"),
    (r"C = 1 - H_b(\epsilon)", ("0 < epsilon < 1", "C real"), "C = 1 - H(epsilon)"),
    (r"h_b(p q) \le h_b(1 - p_i)", ("0 < p < 1", "0 < q < 1", "0 < p_i < 1"), "H(p*q) <= H(1 - p_i)"),
    # Laws by the list of their masses
    (r"H(\tfrac12, \tfrac14, \tfrac14) = 1.5", ("P ~ Categorical(1/2, 1/4, 1/4)",), "H(P) = 1.5"),
    (r"H(\{0.25, 0.75\}) \le H([.5, .5])", ("P ~ Categorical(1/4, 3/4)", "Q ~ Categorical(1/2, 1/2)"), "H(P) <= H(Q)"),
    (
        r"D((t, 1-t) \| (1/2, 1/2)) \ge 0",
        ("P ~ Categorical(t, 1 - t)", "Q ~ Categorical(1/2, 1/2)"),
        "KL(P || Q) >= 0",
    ),
    (r"H(a, b, 1-a-b) \le \log 3", ("P ~ Categorical(a, b, 1 - a - b)",), "H(P) <= log(3)"),
    (r"H(\frac{p+q}{2}, r) \ge 0", ("p, q, r on {1..n}",), "H((p + q)/2, r) >= 0"),
    # What varies with an index
    (
        r"p(x) = \frac1Z \exp\left(\sum_{i=1}^k \theta_i f_i(x)\right)",
        ("p masses of x", "theta real on {1..k}", "f_family function", "Z > 0"),
        "p(x) = 1/Z*exp(sum(i in 1..k, theta[i]*f_family(i, x)))",
    ),
    (
        r"\log P(y|x) = \sum_{i=1}^n y_i \log \hat y_{\theta,i}",
        ("P(y,x) masses", "y_data function", "y_hat_data function", "n integer", "n >= 1"),
        None,
    ),
    (
        r"q(z|x) = \mathcal{N}(z; \mu_\phi(x), \sigma_\phi^2(x))",
        ("q(z,x) masses", "N, mu_phi, sigma_phi functions"),
        None,
    ),
    (r"\sum_x p^2(x) \le 1", ("p masses of x",), "sum(x, p(x)^2) <= 1"),
    # What is no part of the formula
    (r"\mathrm{KL}(p\|q) \ge 0 \quad \blacksquare", ("p, q on {1..n}",), "KL(p || q) >= 0"),
    (r"H(X) = 1 \;\; (\because H(X|Y) = 0)", ("X ~ p(x)",), "H(X) = 1"),
]


@pytest.mark.parametrize(("latex", "givens", "plain"), READ)
def test_the_givens_and_the_tree(latex: str, givens: tuple[str, ...], plain: str | None) -> None:
    found, known = read_formula(latex)
    assert set(known.texts) == set(givens)
    if plain is not None:
        assert found.term == read_plain(plain, known.scope), known.write(found.term)


REFUSED = [
    (r"\log p(x_0) \ge \mathbb{E}_{q(x_{1:T}|x_0)}[\log p(x_{0:T}) - \log q(x_T|x_0)]", "block of values"),
    (r"\sum_{i=1}^N \log p(w_i | w_{<i})", "block of values"),
    (r"P_e \gtrsim H(X) - 1", "gtrsim: a relation"),
    (r"z = \mu + \sigma \odot \epsilon", "odot: an operator sign"),
    (r"\frac{\partial L}{\partial p(x)} = 0", "not by a mass at a value"),
    (r"\sum_t \theta^{(t+1)} p_t", "is bound here"),
    (r"\implies", "Expected a number"),
    (r"H(X_1, \dots, X_n) \le \sum_{i=1}^n H(X_i)", "Dots in the arguments of a measure"),
    (r"\frac1n \log p(x_1, \dots, x_n)", "Dots in the arguments of a law"),
    (r"I_q(X;Z) = \mathbb{E}_{p(x)} KL(q(z|x)\|q(z))", "only ever a condition"),
    (r"a \otimes b = c", "a tensor product of anything but laws"),
    (r"\sum_i \theta_i \log p_{\theta_i}(x)", "A law with a bound index"),
    (r"\sum_{t=2}^T D(q(x_{t-1}|x_0) \| p(x_{t-1}|x_0))", "index is calculated from a bound one"),
    (r"f(\mathbb{E}_{z\sim q}[X]) = \mathbb{E}_{z\sim q}[f(X)]", "'X' is not declared"),
    (r"\log p(x^n) = \sum_i \log p(x_i)", "A value with a letter above it"),
    (r"H(X \foo Y)", r"The command \\foo between random variables"),
    (r"Q(\theta) = E_{q}[\log p(Y,Z) \mid Y]", "conditional mean"),
    (r"\sum_{i=0}^{n-1} p_i \log p_i", "'i' runs over 0..n - 1"),
    (r"H(X,Y) = -\sum_x\sum_{y \in \{0,1\}} p(x,y) \log p(x,y)", "no given says to be the alphabet of Y"),
    (r"H(X|Y) = \sum_{y\in\{0,1\}} p(y) H(X|Y=y)", "no given says to be the alphabet of Y"),
]


@pytest.mark.parametrize(("latex", "reason"), REFUSED)
def test_what_would_be_misread_is_refused(latex: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_formula(latex)


@pytest.mark.parametrize(
    "latex", [r"H(\frac12, \frac13) = 1", "H(1, 0) = 0", "H(2, -1) = 0", "H(a, b, 1 - a) = 1", "H(a^2, 1 - a^2) = 1"]
)
def test_numbers_that_are_not_seen_to_be_a_law_are_refused(latex: str) -> None:
    with pytest.raises(ReadError, match="of several arguments"):
        read_formula(latex)


def test_a_number_does_not_vary_with_a_bound_index() -> None:
    with pytest.raises(ReadError, match="one number by its given"):
        read_formula(r"\sum_{i=1}^n w_i p_i", ["w_i real", "p on {1..n}"])


def test_a_value_drawn_from_a_joint_law_has_its_marginal() -> None:
    found, known = read_formula(r"\mathbb{E}_{x \sim p}[\log p(x)]", ["X, Y ~ p(x,y)"])
    assert found.term == read_plain("E[x ~ p(x)](log(p(x)))", known.scope)
    found, known = read_formula(r"\mathbb{E}_{y \sim p}[\log p(y|x)]", ["X, Y ~ p(x,y)"])
    assert found.term == read_plain("E[y ~ p(y|x)](log(p(y|x)))", known.scope)
    assert read_plain("E[y ~ p(y)](log(p(y|x)))", known.scope) in found.rivals


def test_what_is_averaged_without_the_values_is_said() -> None:
    found, _ = read_formula(r"\mathbb{E}_{q(z|x)}[\log p(x)] = \log p(x)")
    assert any("does not depend on z" in sentence for sentence in found.assumed)


def test_a_function_does_not_vary_with_a_bound_index() -> None:
    with pytest.raises(ReadError, match="one function by its given"):
        read_latex(r"\sum_{i=1}^n f_i(a) p_i", setting(["f_i function", "a real", "p on {1..n}"]).scope)


def test_a_law_of_a_given_has_parameters_too():
    found, _ = read_formula(r"D(g(x;\theta) \| g(x;\theta_0)) = 0", ["g masses of x"])
    first, second = found.term.args[0].args
    assert (first.name, second.name) == ("g_theta", "g_theta_0")


def test_the_joint_law_of_a_variable_with_itself_is_its_law():
    reading = read_latex(r"E \log\frac{p(X,X)}{p(X)p(X)}", setting(["X, Y ~ p(x,y)"]).scope)
    assert reading.term == read_latex(r"E \log\frac{p(X)}{p(X)p(X)}", setting(["X, Y ~ p(x,y)"]).scope).term
