"""Relations with extrema over laws and with the least of several numbers: what follows for every law, and nothing else."""

from __future__ import annotations

import pytest

import symkl

STATEMENTS = [
    ("max[p(x)](I(X; Y)) = max[p(x)](H(Y) - H(Y | X))", "proved"),
    ("max[p(x)](I(X; Y)) <= max[p(x)](H(X))", "proved"),
    ("max[p(x)](I(X; Y)) <= log(size(X))", "proved"),
    ("log(size(X)) >= max[p(x)](I(X; Y))", "proved"),
    ("I(X; Y) <= max[p(x)](I(X; Y))", "proved"),
    ("min[p(y|x)](I(X; Y)) >= 0", "proved"),
    ("I(X; Y) <= min(H(X), H(Y))", "proved"),
    ("max(H(X), H(Y)) <= H(X, Y)", "proved"),
    ("H(X) <= max(H(X), H(X, Y))", "proved"),
    ("H(X, Y) <= min(H(X), H(Y))", "refuted"),
    ("max[p(x)](I(X; Y)) = max[p(x)](H(Y))", "unknown"),
    ("max[p(x)](I(X; Y)) = max[p(y|x)](I(X; Y))", "unknown"),
    ("max[p(x)](I(X; Y)) < log(size(X)) + 1", "unknown"),
    ("max[p(x)](I(X; Y)) <= H(X)", "unknown"),
    ("max[p(x)](I(X; Y)) >= max[p(x)](H(X))", "unknown"),
    ("I(X; Y) >= min(H(X), H(Y))", "refuted"),
    ("H(X, Y) <= max(H(X), H(Y))", "refuted"),
    ("I(X; Y) <= max[p(x) : H(X) <= 1](I(X; Y))", "unknown"),
    ("max[p(x)](I(X; Y)) + 1 = 1 + max[p(x)](I(X; Y))", "unknown"),
]


@pytest.mark.parametrize(("statement", "verdict"), STATEMENTS)
def test_the_verdict(statement: str, verdict: str) -> None:
    assert symkl.prove(statement, given=["X, Y ~ p(x,y)"]).verdict == verdict
