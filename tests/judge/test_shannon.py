"""The elemental inequalities: as many as there are, and none negative at any model."""

from __future__ import annotations

import pytest

from judge.tools import algebra, decide
from symkl.judge.shannon import elemental

COUNTS = {2: 3, 3: 9, 4: 28}


@pytest.mark.parametrize("count", sorted(COUNTS))
def test_how_many(count: int) -> None:
    names = "WXYZ"[-count:]
    of = algebra(f"{', '.join(names)} ~ p({','.join(names.lower())})")
    found = [known.name for known in elemental(of) if not known.name.startswith("log")]
    assert len(found) == len(set(found)) == COUNTS[count]


def test_along_a_chain_some_vanish() -> None:
    found = {known.name: known.polynomial for known in elemental(algebra("X, Y, Z ~ p(x,y,z)", "X -> Y -> Z"))}
    assert not found["I(X; Z | Y)"]
    assert found["I(X; Z)"]


@pytest.mark.parametrize("text", ["H(X | Y, Z) >= 0", "I(X; Y | Z) >= 0", "I(Y; Z) >= 0", "log(size(X)) - H(X) >= 0"])
def test_each_is_proved_and_its_opposite_refuted(text: str) -> None:
    assert decide(text, "X, Y, Z ~ p(x,y,z)").verdict == "proved"
    assert decide(text.replace(">= 0", "<= 0"), "X, Y, Z ~ p(x,y,z)").verdict == "refuted"
