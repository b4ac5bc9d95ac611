"""Pictures: their functions against the measures they draw, and files that are written."""

from __future__ import annotations

from math import isclose, log
from pathlib import Path

import pytest

import symkl
from symkl.derivation.script import scripts
from symkl.errors import OutputError, UnknownName, UsageError
from symkl.plots import PLOTS
from symkl.plots.coins import binary_entropy, cross_entropy, divergence, inside, jensen_shannon_divergence


def test_the_gap_between_the_curves_is_the_entropy() -> None:
    for p in (0.2, 0.5, 0.7):
        assert all(isclose(cross_entropy(p, q) - divergence(p, q), binary_entropy(p)) for q in inside(50))
        assert isclose(divergence(p, p), 0, abs_tol=1e-12)
        assert all(cross_entropy(p, q) >= cross_entropy(p, p) - 1e-12 for q in inside(50))


def test_the_jensen_shannon_divergence_is_symmetric_and_bounded() -> None:
    for q in inside(50):
        assert isclose(jensen_shannon_divergence(0.3, q), jensen_shannon_divergence(q, 0.3), abs_tol=1e-12)
        assert jensen_shannon_divergence(0.3, q) <= log(2)


def test_every_picture_stands_on_pages_that_there_are() -> None:
    known = {(script.name, script.family) for script in scripts()}
    for plot in PLOTS.values():
        assert set(plot.pages) <= known


@pytest.mark.parametrize("name", PLOTS)
def test_a_picture_is_written_and_written_alike(name: str, tmp_path: Path) -> None:
    first = symkl.plot(name, tmp_path / "one.svg").read_bytes()
    assert b"<svg" in first
    assert symkl.plot(name, tmp_path / "two.svg").read_bytes() == first


def test_bad_requests() -> None:
    with pytest.raises(UnknownName, match="Did you mean"):
        symkl.plot("entropi", "e.svg")
    with pytest.raises(UsageError, match="written as"):
        symkl.plot("entropy", "e.txt")
    with pytest.raises(OutputError, match="Cannot write"):
        symkl.plot("entropy", "/no/such/folder/e.svg")


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("symkl.plots.available", lambda: False)
    with pytest.raises(UsageError, match="pip install"):
        symkl.plot("entropy", tmp_path / "e.svg")
