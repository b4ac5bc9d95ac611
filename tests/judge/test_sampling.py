"""Models meet every given exactly."""

from __future__ import annotations

import pytest
from flint import fmpq

from judge.tools import algebra
from symkl.judge.budget import Budget
from symkl.judge.model import Model
from symkl.judge.sampling import Sampler, generic_plans, special_plans
from symkl.language.plain_reader import read_plain


def models(text: str, *givens: str) -> list[Model]:
    of = algebra(*givens)
    sampler = Sampler(of.coordinates, of.domain, [read_plain(text, of.setting.scope)], Budget())
    found = [sampler.draw(plan) for plan in (*generic_plans(4), *special_plans())]
    assert found[0] is not None
    return [model for model in found if model is not None]


@pytest.mark.parametrize("chain", ["X -> Y -> Z", "X indep Y", "X indep Y | Z", "Y -> X -> Z"])
def test_independences_hold_exactly(chain: str) -> None:
    split = {
        "X -> Y -> Z": ("X", "Z", "Y"),
        "X indep Y": ("X", "Y", ""),
        "X indep Y | Z": ("X", "Y", "Z"),
        "Y -> X -> Z": ("Y", "Z", "X"),
    }[chain]
    for model in models("H(X)", "X, Y, Z ~ p(x,y,z)", chain):
        for key, mass in model.tables["p"].items():
            assert mass > 0
            at = dict(zip(("X", "Y", "Z"), key, strict=True))

            def of(names: str, at: dict[str, object] = at, model: Model = model) -> fmpq:
                return model.mass("p", {name: at[name] for name in names}) if names else fmpq(1)  # type: ignore[misc]

            left, right, condition = split
            assert of(left + right + condition) * of(condition) == of(left + condition) * of(right + condition)


def test_laws_sum_to_one_and_facts_hold() -> None:
    for model in models("H(P)", "P on {1..4}", "p[2] = 1/5", "0 < a < b", "b < 2"):
        assert sum(model.tables["P"].values(), fmpq(0)) == 1
        assert model.tables["P"][(2,)] == fmpq(1, 5)
        assert 0 < model.numbers["a"] < model.numbers["b"] < 2


def test_step_densities_have_unequal_cells_and_total_one() -> None:
    model = models("KL(p || q)", "p, q densities of x")[0]
    ((_, widths),) = model.widths.items()
    assert len(set(widths)) > 1
    assert sum((w * h for w, h in zip(widths, model.tables["p"].values(), strict=True)), fmpq(0)) == 1


def test_generic_models_avoid_the_symmetries() -> None:
    model = models("p + q", "P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")[0]
    assert model.numbers["p"] not in (model.numbers["q"], 1 - model.numbers["q"], fmpq(1, 2))


def test_generic_laws_are_no_permutations_of_each_other() -> None:
    for model in models("KL(p || q)", "p, q masses of x")[:4]:
        assert sorted(model.tables["p"].values()) != sorted(model.tables["q"].values())
