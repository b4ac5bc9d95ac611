"""The registry of derivations: each runs in every base and size, passes the kernel, and every line of it is true."""

from __future__ import annotations

import time

import pytest
from models import equal, free_values, random_model

from symkl.derivation.kernel import check
from symkl.derivation.run import run
from symkl.derivation.script import Script, script, scripts
from symkl.derivation.step import EQUAL, EQUIVALENT, Derivation
from symkl.language.plain_writer import write_plain
from symkl.language.term import Relation, without_labels

BASES = ("e", "2", "10", "b")
COIN = ("kl-decomposition", "cross-entropy-loss", "entropy", "cross-entropy", "kl")
"""The derivations of the coin and its families, in every base; the gallery is of natural logs."""

CASES = [
    (each, base, n)
    for each in scripts()
    for base in (BASES if each.name in COIN else ("e",))
    for n in ((2, 3, 5) if each.takes else (None,))
]


def derivation(each: Script, base: str = "e", n: int | None = None) -> Derivation:
    key = (each.file, base, n)
    if key not in _made:
        _made[key] = run(each, {} if n is None else {"n": n}, base)
    return _made[key]


_made: dict[tuple[str, str, int | None], Derivation] = {}


def named(cases: object) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("each", "base", "n"), cases, ids=lambda value: value.file if isinstance(value, Script) else str(value)
    )


@named(CASES)
def test_every_script_runs_and_the_kernel_accepts_it(each: Script, base: str, n: int | None) -> None:
    made = derivation(each, base, n)
    shown = check(made)
    assert without_labels(made.goal) in shown
    assert made.steps


@named([case for case in CASES if case[1] in ("e", "b") and case[2] in (None, 2, 3)])
def test_every_line_is_true_in_random_models(each: Script, base: str, n: int | None) -> None:
    made = derivation(each, base, n)
    for seed in range(2):
        model = random_model(made.setting, seed)
        for _, _, step in made.numbered():
            at = free_values(model, seed, step.before, step.after)
            if step.relation in (EQUAL, EQUIVALENT):
                assert equal(model, step.before, step.after, at), write_plain(step.after)
            else:
                assert model.holds(Relation((step.before, step.after), (step.relation,)), at)
        assert all(model.holds(shown, free_values(model, seed, shown)) for shown in check(made))


def test_every_name_has_a_summary_and_a_topic() -> None:
    for each in scripts():
        assert each.summary and each.topic and each.goal, each.file


@pytest.mark.parametrize("name", ["kl-decomposition", "entropy", "cross-entropy", "kl"])
@pytest.mark.parametrize(("family", "takes"), [("bernoulli", ()), ("categorical", ()), ("categorical", ("n",))])
def test_every_family_of_the_coin_is_there(name: str, family: str, takes: tuple[str, ...]) -> None:
    assert script(name, family, frozenset(takes)).family == family


def lines(made: Derivation) -> list[str]:
    """Every line as plain text, underbraces taken away."""
    write = made.setting.write
    return [write(without_labels(term)) for part in made.parts for term in (part.start, *(step.after for step in part.steps))]


def test_the_coin_in_the_order_of_the_textbook() -> None:
    made = derivation(script("kl-decomposition", "bernoulli"))
    expected = [
        "KL(P || Q)",
        "sum(i in {H, T}, P(i)*log(P(i)/Q(i)))",
        "P(H)*log(P(H)/Q(H)) + P(T)*log(P(T)/Q(T))",
        "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))",
        "p*(log(p) - log(q)) + (1 - p)*(log(1 - p) - log(1 - q))",
        "(-p*log(q) - (1 - p)*log(1 - q)) + (p*log(p) + (1 - p)*log(1 - p))",
        "H(P, Q)",
        "sum(i in {H, T}, -P(i)*log(Q(i)))",
        "-p*log(q) - (1 - p)*log(1 - q)",
        "H(P)",
        "sum(i in {H, T}, -P(i)*log(P(i)))",
        "-p*log(p) - (1 - p)*log(1 - p)",
        "(-p*log(q) - (1 - p)*log(1 - q)) - (-p*log(p) - (1 - p)*log(1 - p))",
        "H(P, Q) - H(P)",
        "H(P, Q) = KL(P || Q) + H(P)",
    ]
    found = iter(lines(made))
    for line in expected:
        assert line in found, line


def test_the_loss_in_the_order_of_the_textbook() -> None:
    made = derivation(script("cross-entropy-loss", "bernoulli"))
    found = [made.setting.write(shown) for shown in check(made) if "<=>" not in shown.operators]
    for line in (
        "argmin[q](H(P, Q)) = argmin[q](KL(P || Q))",
        "diff(H(P, Q), q) = diff(KL(P || Q), q)",
        "diff(H(P, Q), q) = (q - p)/(q*(1 - q))",
        "diff(diff(H(P, Q), q), q) > 0",
        "argmin[q](H(P, Q)) = p",
        "KL(P || P) = 0",
        "H(P, P) = H(P)",
    ):
        assert line in found, line


def test_bits_and_nats_are_the_same_formulas_up_to_the_base() -> None:
    nats, bits = (lines(derivation(script("kl-decomposition", "bernoulli"), base)) for base in ("e", "2"))
    assert [line.replace("log2(", "log(") for line in bits] == nats


def test_a_derivative_in_bits_carries_the_log_of_two() -> None:
    made = derivation(script("cross-entropy-loss", "bernoulli"), "2")
    texts = [made.setting.write(shown) for shown in check(made) if "<=>" not in shown.operators]
    assert any("ln(2)" in text for text in texts)


def test_the_work_grows_linearly_with_n() -> None:
    each = script("kl-decomposition", "categorical", frozenset("n"))
    run(each, {"n": 20})
    seconds = {}
    for n in (20, 160):
        begun = time.perf_counter()
        run(each, {"n": n})
        seconds[n] = time.perf_counter() - begun
    # Eight times the size, so eight times the work; quadratic work would be sixty-four times.
    assert seconds[160] / seconds[20] < 24
