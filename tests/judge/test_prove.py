"""The verdicts' shape: chains, witnesses, reasons, what is outside, and errors for what has no value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from judge.tools import COIN, LAWS, PAIR, SOFTMAX, TRIPLE, decide
from symkl.errors import GivenError, ReadError, UndefinedTerm, UsageError
from symkl.judge.prove import judge
from symkl.language.term import Number
from symkl.theory.setting import setting


def test_a_refutation_names_a_point_with_small_denominators_off_the_symmetries() -> None:
    verdict = decide("KL(P || Q) = KL(Q || P)", *COIN)
    assert verdict.verdict == "refuted"
    p, q = verdict.witness["p"], verdict.witness["q"]
    assert p not in (q, 1 - q, Fraction(1, 2))
    assert q != Fraction(1, 2)
    assert max(p.denominator, q.denominator) < 20
    assert verdict.values is not None
    assert verdict.difference not in (None, "0")


def test_a_symbolic_size_is_part_of_the_point() -> None:
    verdict = decide("H(P) = H(Q)", *LAWS)
    assert verdict.witness["n"] >= 2
    assert sum(value for name, value in verdict.witness.items() if name.startswith("p[")) == 1


def test_a_joint_point_lists_the_whole_table() -> None:
    witness = decide("H(X) = H(Y)", *PAIR).witness
    assert sum(value for name, value in witness.items() if name.startswith("p(")) == 1


def test_identities_that_hold_up_to_four_are_refuted_beyond() -> None:
    verdict = decide("(n-2)*(n-3)*(n-4) = 0", "P on {1..n}")
    assert verdict.verdict == "refuted"
    assert verdict.witness["n"] > 4


def test_every_link_of_a_chain_counts() -> None:
    assert decide("0 <= KL(P || Q) = H(P, Q) - H(P)", *LAWS).verdict == "proved"
    assert decide("0 <= KL(P || Q) = H(P) - H(P, Q)", *LAWS).verdict == "refuted"


def test_free_values_stand_for_every_element() -> None:
    assert decide("p[i] = p[1]", "P on {1..3}").verdict == "refuted"
    assert decide("sum(j in 1..3, delta(i, j)*p[j]) = p[i]", "P on {1..3}").verdict == "proved"


def test_underbraces_are_looked_through() -> None:
    assert decide('label(H(P, Q), "cross") - H(P) = KL(P || Q)', *COIN).verdict == "proved"


def test_unknown_says_what_was_outside() -> None:
    verdict = decide("H(P) ~= 1/2", *COIN)
    assert verdict.verdict == "unknown"
    assert "~=" in verdict.reason
    assert decide("H(P) >= 4*p*(1 - p)*log(2)", *COIN).verdict == "unknown"


def test_a_density_is_not_summed() -> None:
    with pytest.raises(ReadError):
        decide("sum(x, p(x)) = 1", "p, q densities of x")


def test_densities_are_proved_where_the_integrals_exist() -> None:
    verdict = decide("int(x, p(x)*log(p(x)/q(x))) = KL(p || q)", "p, q densities of x")
    assert verdict.verdict == "proved"
    assert "integrals exist" in verdict.reason


@pytest.mark.parametrize(
    ("statement", "givens", "part"),
    [
        ("log((p-q)^2) = 2*log(p-q)", ("0 < p < 1", "0 < q < 1"), "p - q is not positive"),
        ("log(-p) = 0", ("0 < p < 1",), "-p is not positive"),
        ("log(p - p) = 0", ("0 < p < 1",), "0 on the whole domain"),
        ("1/(p - p) = 0", ("0 < p < 1",), "0 on the whole domain"),
        ("(p^2 - q^2)/(p - q) = p + q", ("0 < p < 1", "0 < q < 1"), "p - q is zero"),
        ("diff(sum(i in 1..n, p[i]^2), p[k]) = 2*p[k]", ("P on {1..n}",), "sum to 1"),
        ("diff(n, n) = 1", ("P on {1..n}",), "whole number"),
        ("p[3] + p[1] = 1", ("P on {1..n}",), "n >= 3"),
        ("KL(P || Q) >= 0", ("P on {1..n}", "Q on {1..m}"), "different alphabets"),
    ],
)
def test_what_has_no_value_is_an_error_that_says_where(statement: str, givens: tuple[str, ...], part: str) -> None:
    with pytest.raises(UndefinedTerm, match="(?s)" + part.replace("(", r"\(").replace("^", r"\^")):
        decide(statement, *givens)


def test_a_division_by_zero_at_a_point_leaves_a_false_statement_false() -> None:
    assert decide("log(a/b) = log(a)/log(b)", "a > 0", "b > 0").verdict == "refuted"


def test_errors_of_reading_and_of_givens_pass_through() -> None:
    with pytest.raises(ReadError, match="would declare it"):
        decide("log(c) = 0", "a > 0")
    with pytest.raises(GivenError):
        decide("p[1] = 1", "P on {1..3}", "p[1] = 2")


def test_a_statement_needs_a_relation() -> None:
    with pytest.raises(UsageError):
        judge(Number(1), setting())


def test_markov_chains_and_independence_are_used() -> None:
    assert decide("I(X; Z | Y) = 0", *TRIPLE).verdict == "refuted"
    assert decide("I(X; Z | Y) = 0", *TRIPLE, "X -> Y -> Z").verdict == "proved"
    assert decide("I(X; Z) = 0", *TRIPLE, "X indep Z").verdict == "proved"


def test_softmax_gradient() -> None:
    assert decide("diff(H(P, Q), z[k]) = q[k] - p[k]", *SOFTMAX).verdict == "proved"


def test_strict_inequalities_fail_where_both_sides_are_equal() -> None:
    assert decide("KL(P || Q) > 0", *LAWS).verdict == "refuted"
    assert decide("log(x) < x - 1", "x > 0").verdict == "refuted"
    assert decide("H(P) > 0", *LAWS).verdict == "proved"
    assert decide("KL(P || Q) != H(P, Q) - H(P)", *LAWS).verdict == "refuted"
