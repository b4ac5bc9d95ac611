"""The prover: true identities are derived in few lines, false ones are not, and nothing undoes what was done before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symkl.derivation.explain import explained
from symkl.derivation.kernel import check, shows
from symkl.derivation.prover import NotFound, prove_by_rules
from symkl.derivation.run import run
from symkl.derivation.save import script_of
from symkl.derivation.script import read_script
from symkl.derivation.step import Derivation
from symkl.judge.prove import judge
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation
from symkl.theory.setting import Setting, setting

MOST_LINES = 12
IDENTITIES = [json.loads(line) for line in Path(__file__).with_name("identities.jsonl").read_text().splitlines()]
FALSE = [
    ("P, Q on {1..n}", "KL(P || Q) = KL(Q || P)"),
    ("P, Q on {1..n}", "KL(P || Q) = H(P) - H(P, Q)"),
    ("P, Q on {1..n}", "JS(P || Q) = H((P + Q)/2) - H(P) - H(Q)"),
    ("P on {1..n}; U uniform on {1..n}", "KL(P || U) = H(P) - log(n)"),
    ("X, Y ~ p(x,y)", "H(X, Y) = H(X) + H(Y)"),
    ("X, Y ~ p(x,y)", "I(X; Y) = H(X) - H(Y | X)"),
    ("X, Y, Z ~ p(x,y,z)", "I(X, Y; Z) = I(X; Z) + I(Y; Z)"),
    ("X, Y, Z ~ p(x,y,z); X -> Y -> Z", "H(Z | X) = H(Z | Y)"),
    ("X, Y, Z ~ p(x,y,z); X indep Y", "I(X; Y | Z) = 0"),
    ("P ~ Bernoulli(p); Q ~ Bernoulli(q)", "diff(H(P, Q), q) = (p - q)/(q*(1 - q))"),
    ("P ~ Bernoulli(p); Q ~ Bernoulli(q)", "argmin[q](KL(P || Q)) = argmin[q](KL(Q || P))"),
    ("a > 0; b > 0", "log(a + b) = log(a) + log(b)"),
]


def read(givens: str | list[str], text: str) -> tuple[Relation, Setting]:
    known = setting([givens] if isinstance(givens, str) else givens)
    statement = read_plain(text, known.scope)
    assert isinstance(statement, Relation)
    return statement, known


def derived(givens: str | list[str], text: str) -> Derivation:
    found = prove_by_rules(*read(givens, text))
    assert isinstance(found, Derivation)
    return found


@pytest.mark.parametrize("case", IDENTITIES, ids=lambda case: case["statement"])
def test_an_identity_is_derived_in_few_lines_and_saved(case: dict[str, list[str]]) -> None:
    found = derived(case["given"], case["statement"])  # type: ignore[arg-type]
    assert len(found.steps) <= MOST_LINES
    assert found.goal in check(found)
    lines = [found.parts[0].start, *(step.after for step in found.steps)]
    assert len(set(lines)) == len(lines), "a line comes back"
    again = run(read_script("found.toml", script_of(found, "found")))
    assert [step.after for step in again.steps] == [step.after for step in found.steps]


@pytest.mark.parametrize("case", IDENTITIES[::3], ids=lambda case: case["statement"])
def test_the_judge_does_not_refute_what_is_derived(case: dict[str, list[str]]) -> None:
    statement, known = read(case["given"], case["statement"])  # type: ignore[arg-type]
    assert judge(statement, known).verdict != "refuted"


@pytest.mark.parametrize(("givens", "text"), FALSE, ids=[text for _, text in FALSE])
def test_what_is_false_is_not_derived(givens: str, text: str) -> None:
    statement, known = read(givens, text)
    found = prove_by_rules(statement, known)
    assert isinstance(found, NotFound)
    assert judge(statement, known).verdict != "proved"


BOUNDS = [
    ("P, Q on {1..n}", "KL(P || Q) >= 0", "gibbs"),
    ("P, Q on {1..n}", "H(P, Q) >= H(P)", "gibbs"),
    ("P, Q on {1..n}", "H(P, Q) - H(P) >= 0", "gibbs"),
    ("P on {1..n}; U uniform on {1..n}", "H(P) <= log(n)", "gibbs"),
    ("P on {1..n}", "H(P) >= 0", "not-negative"),
    ("X, Y ~ p(x,y)", "I(X; Y) >= 0", "gibbs"),
    ("X, Y ~ p(x,y)", "H(X | Y) <= H(X)", "gibbs"),
    ("X, Y ~ p(x,y)", "H(X, Y) <= H(X) + H(Y)", "gibbs"),
    ("X, Y ~ p(x,y)", "H(X, Y) >= H(X)", "not-negative"),
    ("X, Y ~ p(x,y)", "H(X | Y) >= 0", "not-negative"),
    ("X, Y, Z ~ p(x,y,z)", "I(X; Y | Z) >= 0", "mean-log-below-line"),
    ("X, Y, Z ~ p(x,y,z)", "H(X | Y, Z) <= H(X | Z)", "mean-log-below-line"),
    ("X, Y, Z ~ p(x,y,z)", "H(X, Y, Z) + H(Z) <= H(X, Z) + H(Y, Z)", "mean-log-below-line"),
    ("X, Y, Z ~ p(x,y,z); X -> Y -> Z", "I(X; Z) <= I(X; Y)", "mean-log-below-line"),
    ("P on {1..n}", "H(P) <= log(n)", "gibbs"),
    ("P ~ Bernoulli(p)", "H(P) <= log(2)", "gibbs"),
    ("P on {1..n}; U uniform on {1..n}", "KL(P || U) <= log(n)", "not-negative"),
    ("P, Q on {1..n}", "0 <= KL(P || Q)", "gibbs"),
    ("X, Y ~ p(x,y)", "H(X) <= log(size(X))", "gibbs"),
    ("P, Q on {1..n}", "JS(P || Q) <= log(2)", "not-negative"),
    ("P, Q on {1..n}", "KL(P || (P + Q)/2) <= log(2)", "not-negative"),
    ("P, Q on {1..n}", "KL(P || Q) <= log(sum(i in 1..n, p[i]^2/q[i]))", "jensen-log"),
    ("P on {1..n}", "H(P) >= -log(sum(i in 1..n, p[i]^2))", "jensen-minus-log"),
    ("P on {1..n}; x positive on {1..n}", "log(sum(i in 1..n, p[i]*x[i])) >= sum(i in 1..n, p[i]*log(x[i]))", "jensen-log"),
    ("p, q masses of x", "E[x ~ p](log(q(x)/p(x))) <= log(E[x ~ p](q(x)/p(x)))", "jensen-log"),
    ("x > 0", "ln(x) <= x - 1", "log-below-line"),
    ("P, Q on {1..n}", "JS(P || Q) >= 0", "gibbs"),
    ("P, Q on {1..n}; 0 < t < 1", "H(t*P + (1-t)*Q) >= t*H(P) + (1-t)*H(Q)", "gibbs"),
    ("P, Q, R on {1..n}; 0 < t < 1", "KL(t*P + (1-t)*Q || R) <= t*KL(P || R) + (1-t)*KL(Q || R)", "gibbs"),
    ("X, Y, Z ~ p(x,y,z)", "H(X, Y, Z) <= H(X) + H(Y) + H(Z)", "gibbs"),
    ("X, Y, Z ~ p(x,y,z)", "2*H(X, Y, Z) <= H(X, Y) + H(Y, Z) + H(X, Z)", "gibbs"),
    ("X, Y, Z ~ p(x,y,z); log base 2", "I(X; Y | Z) >= 0", "gibbs"),
    ("p(x,y), q(x,y) joint laws", "KL(p(x,y) || q(x,y)) >= KL(p(x) || q(x))", "gibbs"),
    ("p(x,y), q(x,y) joint laws", "KL(p(y|x) || q(y|x) | p(x)) >= 0", "gibbs"),
    ("p, q masses of x", "E[x ~ p](log(q(x)/p(x))) <= 0", "jensen-log"),
    ("q(z), p(x,z), p(x), p(z|x) masses", "log(p(x)) >= E[z ~ q](log(p(x,z)/q(z)))", "jensen-log"),
    ("p(x,z), q(z,x) joint laws", "log(sum(z, p(x,z))) >= sum(z, q(z|x)*log(p(x,z)/q(z|x)))", "gibbs"),
]


@pytest.mark.parametrize(("givens", "text", "step"), BOUNDS, ids=[text for _, text, _ in BOUNDS])
def test_an_inequality_names_its_one_step(givens: str, text: str, step: str) -> None:
    found = derived(givens, text)
    assert any(shows(shown, found.goal) for shown in check(found))
    for part in found.parts:
        assert len(part.steps) <= MOST_LINES
        assert sum(each.relation != "=" for each in part.steps) == 1
    assert step in rules_of(found)
    again = run(read_script("found.toml", script_of(found, "found")))
    assert [each.after for each in again.steps] == [each.after for each in found.steps]


@pytest.mark.parametrize(
    ("givens", "text"),
    [
        ("P, Q on {1..n}", "H(P, Q) <= H(P)"),
        ("X, Y ~ p(x,y)", "H(X) <= H(X | Y)"),
        ("X, Y ~ p(x,y)", "I(X; Y) <= 0"),
        ("X, Y, Z ~ p(x,y,z)", "I(X; Y | Z) <= I(X; Y)"),
        ("X, Y ~ p(x,y) density", "h(X | Y) >= 0"),
        ("P, Q on {1..n}", "KL(P || Q) > 0"),
        ("P, Q on {1..n}", "0 >= KL(P || Q)"),
        ("P, Q on {1..n}", "KL(P || Q) >= log(sum(i in 1..n, p[i]^2/q[i]))"),
        ("P on {1..n}", "H(P) <= -log(sum(i in 1..n, p[i]^2))"),
        ("x > 0", "log2(x) <= x - 1"),
        ("P, Q on {1..n}", "JS(P || Q) <= log(2)/2"),
        ("P, Q on {1..n}", "KL(P || Q) <= log(2)"),
        ("P on {1..n}", "H(P) <= log(n - 1)"),
        ("P on {1..n}", "H(P) >= log(n)"),
        ("P ~ Bernoulli(p)", "H(P) <= log(3)/2"),
        ("P, Q on {1..n}; 0 < t < 1", "H(t*P + (1-t)*Q) <= t*H(P) + (1-t)*H(Q)"),
        ("P, Q on {1..n}; t real", "H(P) - t*KL(P || Q) <= H(P)"),
        ("X, Y, Z ~ p(x,y,z)", "H(X, Y, Z) >= H(X) + H(Y) + H(Z)"),
        ("X, Y, Z ~ p(x,y,z)", "3*H(X, Y, Z) <= H(X, Y) + H(Y, Z) + H(X, Z)"),
        ("p(x,y), q(x,y) joint laws", "KL(p(x,y) || q(x,y)) <= KL(p(x) || q(x))"),
    ],
)
def test_a_false_inequality_is_not_derived(givens: str, text: str) -> None:
    assert isinstance(prove_by_rules(*read(givens, text)), NotFound)


def test_one_term_twice_has_no_steps() -> None:
    assert isinstance(prove_by_rules(*read("P, Q on {1..n}", "H(P, Q) = H(P, Q)")), NotFound)


# How it reads


def rules_of(found: Derivation) -> list[str]:
    return [step.rule for step in found.steps]


def test_the_chain_rule_uses_the_product_rule_and_not_quotients() -> None:
    found = derived("X, Y ~ p(x,y)", "H(X, Y) = H(X) + H(Y | X)")
    assert rules_of(found)[1] == "condition"
    assert "conditional-mass" not in " ".join(rules_of(found))


def test_a_markov_chain_forgets_the_past() -> None:
    found = derived(["X, Y, Z ~ p(x,y,z)", "X -> Y -> Z"], "H(Z | X, Y) = H(Z | Y)")
    assert rules_of(found) == ["unfold", "independence", "marginalise", "unfold"]


def test_what_both_sides_hold_is_left_alone() -> None:
    found = derived("X, Y ~ p(x,y)", "I(X; Y) = sum(x, sum(y, p(x,y)*log(p(x,y)/(p(x)*p(y)))))")
    assert "log-quotient" not in " ".join(rules_of(found))
    assert len(found.steps) == 2


def test_masses_are_put_in_only_where_they_are_needed() -> None:
    givens = ["P, Q on {1..n}", "U uniform on {1..n}"]
    assert "substitute-masses" not in " ".join(rules_of(derived(givens, "KL(U || Q) = H(U, Q) - H(U)")))
    assert "substitute-masses" in " ".join(rules_of(derived(givens, "H(P, U) = log(n)")))


def test_signs_do_not_pile_up() -> None:
    found = derived(["P on {1..n}", "U uniform on {1..n}"], "KL(P || U) = log(n) - H(P)")
    lines = [found.setting.write(step.after) for step in found.steps]
    assert not any("-(-log" in line or "- (-log" in line for line in lines)


def test_a_measure_that_does_not_move_names_the_constant() -> None:
    found = derived(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"], "argmin[q](H(P, Q)) = argmin[q](KL(P || Q))")
    assert found.setting.write(found.steps[-1].before) == "argmin[q](KL(P || Q) + H(P))"


def test_an_argmax_turns_into_an_argmin() -> None:
    text = "argmax[q](p*log(q) + (1 - p)*log(1 - q)) = argmin[q](KL(P || Q))"
    found = derived(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"], text)
    assert rules_of(found)[0] == "argmin-negation"
    back = derived(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"], "argmin[q](KL(P || Q)) = argmax[q](-H(P, Q))")
    assert rules_of(back)[-1] == "argmin-negation"


LEAST = ["argmin[q](H(P, Q)) = p", "argmin[q](KL(P || Q)) = p", "argmin[q](-p*log(q) - (1 - p)*log(1 - q)) = p"]
NOT_LEAST = [
    *("argmin[q](H(P, Q)) = 1 - p", "argmin[q](-KL(P || Q)) = p"),
    *("argmax[q](KL(P || Q)) = p", "argmin[q](H(Q)) = 1/2"),
]


@pytest.mark.parametrize("text", LEAST)
def test_where_a_function_is_least(text: str) -> None:
    found = derived(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"], text)
    assert found.goal in check(found)
    assert len(found.steps) <= MOST_LINES
    assert rules_of(found)[-1] == "convex-minimum"
    again = run(read_script("found.toml", script_of(found, "found")))
    assert [step.after for step in again.steps] == [step.after for step in found.steps]


@pytest.mark.parametrize("text", NOT_LEAST)
def test_a_function_is_not_least_elsewhere(text: str) -> None:
    assert isinstance(prove_by_rules(*read(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"], text)), NotFound)


def test_an_explanation_is_one_rule_where_one_is_enough() -> None:
    for left, right in (("log(p/q)", "log(p) - log(q)"), ("log(p) - log(q)", "log(p/q)")):
        found = explained(*read("0 < p < 1; 0 < q < 1", f"{left} = {right}"))
        assert isinstance(found, Derivation)
        assert rules_of(found) == ["log-quotient"]
        check(found)


def test_an_explanation_of_more_is_the_provers() -> None:
    found = explained(*read("P, Q on {1..n}", "KL(P || Q) = H(P, Q) - H(P)"))
    assert isinstance(found, Derivation)
    assert len(found.steps) == 5


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (["0 < p < 1"], "argmax[p](p*(1 - p)) = 1/2"),
        (["0 < p < 1"], "argmin[p](p^2 - p) = 1/2"),
        (["m real", "k real"], "argmin[k]((m - k)^2) = m"),
        (["s > 0", "r > 0", "m real", "k real"], "argmin[k]((s^2 + (m - k)^2)/(2*r^2)) = m"),
    ],
)
def test_where_a_quadratic_is_least_or_greatest(given: list[str], text: str) -> None:
    found = derived(given, text)
    assert found.goal in check(found)
    assert len(found.steps) <= MOST_LINES


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (["0 < p < 1"], "argmax[p](p*(1 - p)) = 1/3"),
        (["0 < p < 1"], "argmin[p](p*(1 - p)) = 1/2"),
        (["m real", "k > 0"], "argmin[k]((m - k)^2) = m"),
        (["m real", "k real", "k < m"], "argmin[k]((m - k)^2) = m"),
        (["m real", "k real"], "argmax[k]((m - k)^2) = m"),
    ],
)
def test_where_it_is_not(given: list[str], text: str) -> None:
    assert isinstance(prove_by_rules(*read(given, text)), NotFound)
