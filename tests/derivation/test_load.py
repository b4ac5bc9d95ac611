"""Saved derivations: read back exactly, refused by name where they are no derivation."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symkl.derivation.kernel import check
from symkl.derivation.load import derivation_from_json
from symkl.derivation.run import run
from symkl.derivation.script import scripts
from symkl.derivation.step import Derivation
from symkl.errors import GivenError, Rejection, SymklError, UsageError
from symkl.render.json import as_data
from symkl.render.lines import DETAILS, at_detail

Data = dict[str, Any]


@pytest.fixture(scope="module")
def saved() -> Data:
    return as_data(coin())


def coin() -> Derivation:
    script = next(each for each in scripts() if each.file == "kl-decomposition.bernoulli.toml")
    return run(script)


def script_and_base(value: Any) -> str:
    return value if isinstance(value, str) else value.file


CASES = [(script, base) for script in scripts() for base in (("e",) if script.natural else ("e", "2", "b"))]


@pytest.mark.parametrize(("script", "base"), CASES, ids=script_and_base)
def test_every_derivation_is_read_back_exactly(script: Any, base: str) -> None:
    made = run(script, dict.fromkeys(script.takes, 3), base)
    for detail in DETAILS:
        want = at_detail(made, detail)
        got = derivation_from_json(json.loads(json.dumps(as_data(want))))
        assert (got.name, got.title, got.closing, got.source) == (want.name, want.title, want.closing, want.source)
        assert (got.setting, got.goal, got.parts) == (want.setting, want.goal, want.parts)
        assert check(got) == check(want)


def changed(saved: Data, change: Callable[[Data], object]) -> Data:
    data = copy.deepcopy(saved)
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.pop("schema"), "schema"),
        (lambda data: data.update(schema=2), "schema"),
        (lambda data: data.pop("steps"), "'steps'"),
        (lambda data: data.pop("parts"), "'parts'"),
        (lambda data: data.update(parts=[]), "no parts"),
        (lambda data: data.update(givens={}), "'givens'"),
        (lambda data: data["givens"][0].update(inferred="no"), "'inferred'"),
        (lambda data: data["givens"].append("P on {1..n}"), "a given is no object"),
        (lambda data: data["steps"][2].pop("before"), "'before' in step 3"),
        (lambda data: data["steps"][2].update(rule=7), "'rule'"),
        (lambda data: data["steps"][2].update(part=0), "out of order"),
        (lambda data: data["steps"][2].update(part=99), "out of order"),
        (lambda data: data["steps"][13].update(part=1), "out of order"),
        (lambda data: data["steps"][2].update(part=True), "'part'"),
        (lambda data: data["steps"][3]["rewrites"][0].update(direction="left"), "'direction' in step 4"),
        (lambda data: data["steps"][3]["rewrites"][0]["places"][0].update(path=[-1]), "A place in step 4"),
        (lambda data: data["steps"][3]["rewrites"][0]["places"][0].update(path=[True]), "A place in step 4"),
        (lambda data: data["steps"][3]["rewrites"][0]["places"][0].update(slice=[1]), "A place in step 4"),
        (lambda data: data["steps"][3]["rewrites"][0]["places"][0].update(binding=[]), "A binding in step 4"),
        (lambda data: data["steps"][3]["rewrites"][0]["places"][0]["binding"].update(a={"term": 3}), "No substitution"),
        (lambda data: data["steps"][3]["rewrites"][0]["places"][0]["binding"].update(a="p"), "No substitution"),
        (lambda data: data["goal"].update(plain=None), "'plain'"),
    ],
)
def test_what_is_no_derivation(saved: Data, change: Callable[[Data], object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        derivation_from_json(changed(saved, change))


@pytest.mark.parametrize("data", [None, [], 3, "text", {}, {"schema": 1}])
def test_other_data(data: object) -> None:
    with pytest.raises(UsageError):
        derivation_from_json(data)


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (lambda data: data["givens"].pop(), 1),
        (lambda data: data["steps"][4]["after"].update(plain="p*("), 5),
        (lambda data: data["steps"][3]["rewrites"][0]["places"][0]["binding"].update(a={"term": "p +"}), 4),
        (lambda data: data["steps"][3]["rewrites"][0]["conditions"][0].update(text="p >"), 4),
    ],
)
def test_a_formula_that_cannot_be_read_names_its_step(saved: Data, change: Callable[[Data], object], step: int) -> None:
    with pytest.raises(Rejection, match="unreadable formula") as caught:
        derivation_from_json(changed(saved, change))
    assert caught.value.step == step


def test_givens_that_make_no_sense(saved: Data) -> None:
    with pytest.raises(GivenError):
        derivation_from_json(changed(saved, lambda data: data["givens"][0].update(text="P ~~ Q")))


def paths(data: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    if isinstance(data, dict):
        return [path, *(each for key, value in data.items() for each in paths(value, (*path, key)))]
    if isinstance(data, list):
        return [path, *(each for key, value in enumerate(data) for each in paths(value, (*path, key)))]
    return [path]


SAVED = as_data(coin())
PATHS = paths(SAVED)[1:]
RUBBISH = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 3), st.just([]), st.just({}), st.sampled_from(["", "p", "0/0", "H("])
)


@given(st.sampled_from(PATHS), RUBBISH)
def test_damage_anywhere_is_harmless_or_named(path: tuple[Any, ...], rubbish: object) -> None:
    data: Any = copy.deepcopy(SAVED)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = rubbish
    try:
        check(derivation_from_json(data))
    except SymklError as error:
        assert str(error)
