"""Derivations to render: the coin, its loss, and laws on few, many and n categories."""

from __future__ import annotations

import pytest

from symkl.derivation.run import run
from symkl.derivation.script import script
from symkl.derivation.step import Derivation


def derived(name: str, family: str, n: int | None = None, log_base: str = "e") -> Derivation:
    numbers = {} if n is None else {"n": n}
    return run(script(name, family, frozenset(numbers)), numbers, log_base)


@pytest.fixture(scope="session")
def coin() -> Derivation:
    return derived("kl-decomposition", "bernoulli")


@pytest.fixture(scope="session")
def coin_in_bits() -> Derivation:
    return derived("kl-decomposition", "bernoulli", log_base="2")


@pytest.fixture(scope="session")
def loss() -> Derivation:
    return derived("cross-entropy-loss", "bernoulli")


@pytest.fixture(scope="session")
def three() -> Derivation:
    return derived("kl-decomposition", "categorical", 3)


@pytest.fixture(scope="session")
def many() -> Derivation:
    return derived("kl-decomposition", "categorical", 40)


@pytest.fixture(scope="session")
def symbolic() -> Derivation:
    return derived("kl-decomposition", "categorical")


@pytest.fixture(params=["coin", "coin_in_bits", "loss", "three", "many", "symbolic"])
def each(request: pytest.FixtureRequest) -> Derivation:
    found: Derivation = request.getfixturevalue(request.param)
    return found
