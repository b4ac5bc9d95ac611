"""What the judge's tests share."""

from __future__ import annotations

from symkl.judge.algebra import Algebra
from symkl.judge.polynomial import Polynomial
from symkl.judge.prove import judge
from symkl.judge.verdict import Verdict
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting

COIN = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
LAWS = ("P, Q on {1..n}",)
PAIR = ("X, Y ~ p(x,y)",)
TRIPLE = ("X, Y, Z ~ p(x,y,z)",)
SOFTMAX = ("P, Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))")


def decide(statement: str, *givens: str) -> Verdict:
    """The verdict on a statement."""
    known = setting(givens)
    return judge(read_plain(statement, known.scope), known)


def algebra(*givens: str) -> Algebra:
    """The algebra of a setting."""
    return Algebra(setting(givens))


def polynomial(of: Algebra, text: str) -> Polynomial:
    """The normal form of a term."""
    return of.translate(read_plain(text, of.setting.scope))
