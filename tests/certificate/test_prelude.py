"""The prelude is compiled once and kept; what was changed since is compiled again, not trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from symkl.certificate import coq
from tests.certificate.tools import needs_coqc


@needs_coqc
def test_kept_and_compiled_again_where_it_was_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    version = coq.version()
    kept = coq._compiled_prelude(version)
    assert kept.is_relative_to(tmp_path)
    compiled = kept / "Definitions.vo"
    first = compiled.read_bytes()
    written = compiled.stat().st_mtime_ns
    assert coq._compiled_prelude(version) == kept
    assert compiled.stat().st_mtime_ns == written, "used as it is"
    compiled.write_bytes((kept / "Sums.vo").read_bytes())
    assert coq._compiled_prelude(version) == kept
    assert compiled.read_bytes() != (kept / "Sums.vo").read_bytes()
    assert len(compiled.read_bytes()) == len(first)
    kept.chmod(0o777)
    assert not coq._intact(kept)


@needs_coqc
def test_another_text_is_compiled_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(coq, "prelude", lambda: {"Definitions.v": "Definition one := 1.\n"})
    one = coq._compiled_prelude(coq.version())
    monkeypatch.setattr(coq, "prelude", lambda: {"Definitions.v": "Definition two := 2.\n"})
    assert coq._compiled_prelude(coq.version()) != one
