"""Random terms: a true rewriting is proved, and nothing that is proved differs at a point."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from random import Random
from types import ModuleType

from hypothesis import given, settings
from hypothesis import strategies as st

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def _loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


rewriting, soundness = _loaded("rewriting"), _loaded("soundness")
WORLDS = rewriting.worlds()


@settings(max_examples=150)
@given(st.integers(0, 10**9), st.sampled_from(WORLDS))
def test_rewritings_are_proved_and_mutations_are_not_called_true(seed: int, world: object) -> None:
    counts, notes = Counter[str](), []
    soundness.one_round(world, Random(seed), counts, notes)
    assert not counts["rewriting refuted"], notes
    assert not counts["mutation proved, WRONG"], notes
    assert counts["rewriting proved"] == 1, notes
