"""Absolute values: triangle inequalities, cases, and Pinsker's inequality with its constant and not a better one."""

from __future__ import annotations

import pytest

from judge.tools import decide

LAWS = ("P, Q on {1..n}",)
JOINT = ("X, Y ~ p(x,y)",)
DISTANCE = "sum(i in 1..n, abs(p[i] - q[i]))"


@pytest.mark.parametrize(
    ("statement", "given", "verdict"),
    [
        (f"{DISTANCE} <= 2", LAWS, "proved"),
        (f"{DISTANCE} <= 1", LAWS, "refuted"),
        (f"{DISTANCE} >= 0", LAWS, "proved"),
        (f"{DISTANCE} > 0", LAWS, "refuted"),
        (f"KL(P || Q) >= 1/2*{DISTANCE}^2", LAWS, "proved"),
        (f"KL(Q || P) >= 1/2*{DISTANCE}^2", LAWS, "proved"),
        (f"KL(P || Q) >= 2*(1/2*{DISTANCE})^2", LAWS, "proved"),
        (f"KL(P || Q) >= 3/4*{DISTANCE}^2", LAWS, "refuted"),
        (f"KL(P || Q) >= 1/2*{DISTANCE}", LAWS, "refuted"),
        (f"KL(P || Q) >= 1/2*{DISTANCE}^2", (*LAWS, "log base 2"), "proved"),
        (f"KL(P || Q) >= 1/2*{DISTANCE}^2/ln(2)", (*LAWS, "log base 2"), "proved"),
        (f"KL(P || Q) >= {DISTANCE}^2/ln(2)", (*LAWS, "log base 2"), "refuted"),
        ("KL(P || Q) >= 1/2*(abs(p[1] - q[1]) + abs(p[2] - q[2]) + abs(p[3] - q[3]))^2", ("P, Q on {1..3}",), "unknown"),
        ("I(X; Y) >= 1/2*sum(x, y, abs(p(x,y) - p(x)*p(y)))^2", JOINT, "proved"),
        ("I(X; Y) >= sum(x, y, abs(p(x,y) - p(x)*p(y)))^2", JOINT, "refuted"),
        ("KL(p || q) >= 1/2*int(x, abs(p(x) - q(x)))^2", ("p, q densities of x",), "proved"),
        ("abs(H(X) - H(Y)) <= H(X | Y) + H(Y | X)", JOINT, "proved"),
        ("abs(H(X) - H(Y)) <= H(X | Y)", JOINT, "refuted"),
        ("abs(a + b) <= abs(a) + abs(b)", ("a real", "b real"), "proved"),
        ("abs(a - b) >= abs(a) + abs(b)", ("a real", "b real"), "refuted"),
    ],
)
def test_absolute_values(statement: str, given: tuple[str, ...], verdict: str) -> None:
    assert decide(statement, *given).verdict == verdict


def test_pinsker_is_cited() -> None:
    text = decide(f"KL(P || Q) >= 1/2*{DISTANCE}^2", *LAWS).certificate
    assert text is not None
    assert "Pinsker's inequality" in text
    given = ("x, y positive on {1..n}",)
    statement = "sum(i in 1..n, x[i]*log(x[i]/y[i])) >= 1/2*sum(i in 1..n, abs(x[i] - y[i]))^2"
    assert decide(statement, *given).verdict == "refuted"
