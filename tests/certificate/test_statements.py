"""Statements whose derivation is found, not stored: each is certified; the claim is the one that was asked."""

from __future__ import annotations

from symkl import certify
from symkl.certificate.coq import run_all
from tests.certificate.tools import needs_coqc

COINS = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
LAWS = ("P, Q, R on {1..n}",)
JOINT = ("X, Y, Z ~ p(x,y,z)",)
FOUR = ("W, X, Y, Z ~ p(w,x,y,z)",)
SOFTMAX = ("P, Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))")
STATEMENTS = [
    ("H(P, Q) = KL(P || Q) + H(P)", COINS),
    ("diff(H(P, Q), q) = diff(KL(P || Q), q)", COINS),
    ("diff(H(P, Q), q) = (q - p)/(q*(1-q))", COINS),
    ("argmin[q](H(P, Q)) = argmin[q](KL(P || Q))", COINS),
    ("log2(p/q) = (log(p) - log(q))/log(2)", COINS),
    ("KL(P || Q) - KL(P || R) = sum(i in 1..n, p[i]*log(r[i]/q[i]))", LAWS),
    ("JS(P || Q) = H((P + Q)/2) - (H(P) + H(Q))/2", LAWS),
    ("E[i ~ P](q[i]/p[i]) = 1", LAWS),
    ("KL(P || Q) >= 0", LAWS),
    ("I(X, Y; Z) = I(X; Z) + I(Y; Z | X)", JOINT),
    ("H(X, Y, Z) + H(Z) <= H(X, Z) + H(Y, Z)", JOINT),
    ("I(X; Z | Y) = 0", (*JOINT, "X -> Y -> Z")),
    ("H(X, Y) = H(X) + H(Y)", ("X, Y ~ p(x,y)", "X indep Y")),
    ("KL(p(x,y) || q(x,y)) = KL(p(x) || q(x)) + KL(p(y|x) || q(y|x) | p(x))", ("p(x,y), q(x,y) joint laws",)),
    ("diff(log(sum(j in 1..n, exp(z[j]))), z[k]) = q[k]", SOFTMAX),
    ("diff(H(P, Q), z[k]) = q[k] - p[k]", SOFTMAX),
    ("diff(H(P, Q), z[k]) = (q[k] - p[k])/ln(2)", (*SOFTMAX, "log base 2")),
    ("diff(q[i], z[k]) = q[i]*(delta(i,k) - q[k])", SOFTMAX),
    ("diff(-log(q[2]), z[1]) = q[1]", ("Q on {1..3}", "q[i] = exp(z[i])/sum(j in 1..3, exp(z[j]))")),
    ("sum(i in 1..n, sum(j in 1..n, delta(i,j)*p[i]*q[j])) = sum(k in 1..n, p[k]*q[k])", LAWS),
    ("sum(i in 1..n, (sqrt(p[i]) - sqrt(q[i]))^2) = 2 - 2*sum(i in 1..n, sqrt(p[i]*q[i]))", LAWS),
    ("H(P) = -p[1]*log(p[1]) - p[2]*log(p[2]) - (1 - p[1] - p[2])*log(1 - p[1] - p[2])", ("P on {1..3}",)),
    ("log[b](a) = log(a)/log(b)", ("a > 0", "b > 1")),
    ("log(log(a)) = log(log(a^2)) - log(2)", ("a > 1",)),
    ("H(X) <= H(X, Y)", ("X, Y ~ p(x,y)",)),
    ("I(X; Y) <= H(X)", ("X, Y ~ p(x,y)",)),
    ("H(W, X | Y, Z) = H(W | Y, Z) + H(X | W, Y, Z)", FOUR),
    ("H(W, X) + H(Y, Z) >= H(W, X, Y, Z)", FOUR),
    ("H(W, X, Y, Z) = H(W) + H(X | W) + H(Y | X) + H(Z | Y)", (*FOUR, "W -> X -> Y -> Z")),
    ("I(X; Z) = 0", (*JOINT, "X, Y indep Z")),
    ("diff(sum(i in 1..n, x[i]*log(x[i])), x[k]) = log(x[k]) + 1", ("x positive on {1..n}",)),
    ("sum(i in 1..n, (p[i] - q[i])^2/q[i]) = sum(i in 1..n, p[i]^2/q[i]) - 1", LAWS),
    ("H(P) = -sum(i in 1..n-1, p[i]*log(p[i])) - p[n]*log(p[n])", ("P on {1..n}",)),
    ("p(z|w,x,y) = p(z|y)", (*FOUR, "W -> X -> Y -> Z")),
    ("log(p(x)) = E[z ~ q](log(p(x,z)/q(z))) + KL(q(z) || p(z|x))", ("q(z), p(x,z), p(x), p(z|x) masses",)),
    ("log(p(x)) >= E[z ~ q](log(p(x,z)/q(z)))", ("q(z), p(x,z), p(x), p(z|x) masses",)),
    ("diff(diff(H(P, Q), q), q) = p/q^2 + (1-p)/(1-q)^2", COINS),
    ("diff(JS(P || Q), q) = (1/2)*log(2*q/(p+q)) - (1/2)*log(2*(1-q)/(2-p-q))", COINS),
    ("sum(i in 1..n-1, p[i]) = 1 - p[n]", LAWS),
    ("sum(y, p(y|x)*log(p(y|x)/p(y))) >= 0", ("X, Y ~ p(x,y)",)),
    ("KL(p(x,y) || q(x,y)) >= KL(p(x) || q(x))", ("p(x,y), q(x,y) joint laws",)),
    ("H(X) <= log(size(X))", ("X, Y ~ p(x,y)",)),
    ("KL(p(y) || q(y)) <= KL(p(x,y) || q(x,y))", ("p(x,y), q(x,y) joint laws",)),
    ("H(U) = log(2) + log(3)", ("U uniform on {1..6}",)),
    ("1/2*log(2*pi*e*s^2) = 1/2*log(2*pi) + 1/2 + log(s)", ("s > 0",)),
    ("diff(-y*log(1/(1+exp(-z))) - (1-y)*log(1 - 1/(1+exp(-z))), z) = 1/(1+exp(-z)) - y", ("0 < y < 1", "z real")),
    ("log(sum(z, p(x,z))) >= sum(z, q(z|x)*log(p(x,z)/q(z|x)))", ("p(x,z), q(z,x) joint laws",)),
]


@needs_coqc
def test_statements_that_are_found() -> None:
    made = [certify(statement, given=givens) for statement, givens in STATEMENTS]
    verdicts = run_all([certificate._made for certificate in made])
    refused = {statement: v.reason for (statement, _), v in zip(STATEMENTS, verdicts, strict=True) if not v}
    assert refused == {}


def test_the_statement_is_shown_as_coq_reads_it() -> None:
    shown = certify("E[i ~ P](q[i]/p[i]) = 1", given=LAWS).statement
    assert "Mean (range 1 n) (fun i => P i) (fun i => Q i / P i) = 1" in shown
    assert "Law (range 1 n) P" in shown
    assert "(forall i, In i (range 1 n) -> P i <> 0)" in shown


@needs_coqc
def test_names_that_coq_knows_already() -> None:
    certificate = certify("log(R/nat) = log(R) - log(nat)", given=("R > 0", "nat > 0"))
    assert "ln (R1 / nat1) = ln R1 - ln nat1" in certificate.statement
    assert certificate.run()
