"""The prelude is compiled once and kept; what was changed since is compiled again, not trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from symkl.certificate import coqc, prelude
from symkl.certificate.prelude import compiled_prelude, is_intact
from tests.certificate.tools import needs_coqc

SHORT = {"Definitions.v": "Definition one := 1.\n", "Sums.v": "Definition two := 2.\n"}
VERSION = "8"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, and a prelude that is compiled in no time."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(prelude, "prelude", lambda: SHORT)
    yield tmp_path / "symkl"
    assert list((tmp_path / "symkl").glob(".compiling-*")) == []


@needs_coqc
def test_kept_and_compiled_again_where_it_was_changed(home: Path) -> None:
    kept = compiled_prelude(VERSION)
    assert kept.parent == home
    compiled = kept / "Definitions.vo"
    first = compiled.read_bytes()
    written = compiled.stat().st_mtime_ns
    assert compiled_prelude(VERSION) == kept
    assert compiled.stat().st_mtime_ns == written, "used as it is"
    compiled.write_bytes((kept / "Sums.vo").read_bytes())
    assert compiled_prelude(VERSION) == kept
    assert len(compiled.read_bytes()) == len(first)
    assert compiled.read_bytes() != (kept / "Sums.vo").read_bytes()


@needs_coqc
def test_a_folder_that_others_can_write_into_is_compiled_again(home: Path) -> None:
    kept = compiled_prelude(VERSION)
    kept.chmod(0o777)
    assert not is_intact(kept)
    assert compiled_prelude(VERSION) == kept
    assert is_intact(kept)


@needs_coqc
def test_a_further_compiled_file_is_not_kept(home: Path) -> None:
    kept = compiled_prelude(VERSION)
    (kept / "Lra.vo").write_bytes((kept / "Sums.vo").read_bytes())
    assert not is_intact(kept)
    assert not (compiled_prelude(VERSION) / "Lra.vo").exists()


@needs_coqc
def test_another_text_and_another_coq_are_compiled_apart(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = compiled_prelude(VERSION)
    assert compiled_prelude("9") != one
    monkeypatch.setattr(prelude, "prelude", lambda: {"Definitions.v": "Definition other := 2.\n"})
    assert compiled_prelude(VERSION) != one


@needs_coqc
def test_several_at_once_end_with_one(home: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(compiled_prelude, [VERSION] * 4))
    assert len(found) == 1
    assert is_intact(found.pop())
    assert len(list(home.iterdir())) == 1


@needs_coqc
def test_what_is_in_use_is_not_replaced(home: Path) -> None:
    kept = compiled_prelude(VERSION)
    other = home / "other"
    other.mkdir()
    prelude._move(other, kept)
    assert is_intact(kept)
    assert other.exists()


@needs_coqc
def test_what_was_not_used_for_a_month_is_removed(home: Path) -> None:
    old, used = home / "coq-0123456789abcdef", home / "coq-fedcba9876543210"
    for folder, days in ((old, 31), (used, 29)):
        folder.mkdir(parents=True)
        (folder / "digests").touch()
        then = time.time() - days * 86_400
        os.utime(folder / "digests", (then, then))
    compiled_prelude(VERSION)
    assert not old.exists()
    assert used.exists()


@needs_coqc
def test_a_home_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(prelude, "prelude", lambda: SHORT)
    prelude._passing_home.cache_clear()
    passing = compiled_prelude(VERSION)
    assert is_intact(passing)
    assert compiled_prelude(VERSION) == passing, "compiled once in a process"
    prelude._passing_home().cleanup()
    prelude._passing_home.cache_clear()
    assert not passing.parent.exists()


@needs_coqc
def test_a_prelude_that_coq_refuses_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prelude, "prelude", lambda: {"Definitions.v": "Definition one := two.\n"})
    with pytest.raises(prelude.OutputError, match=r"refuses the prelude.s Definitions\.v"):
        compiled_prelude(VERSION)


@needs_coqc
def test_the_environment_names_no_other_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COQPATH", str(tmp_path))
    (tmp_path / "Own.v").write_text("Definition one := 1.\n", encoding="utf-8")
    assert coqc.run(["-q", "Own.v"], tmp_path).code == 0
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "Use.v").write_text("Require Own.\n", encoding="utf-8")
    assert coqc.run(["-q", "Use.v"], tmp_path / "elsewhere").code != 0
