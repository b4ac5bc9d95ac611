"""`symkl certify` as a person types it: what is said, and with what exit code. "certified" only where coqc ran."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from symkl import derive
from symkl.certificate import coq, coqc
from symkl.certificate.coq import REFUSED, Verdict
from symkl.cli import main
from tests.certificate.tools import needs_coqc


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["certify", *args])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_writing_alone_certifies_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = said(capsys, "kl", "-o", str(tmp_path / "made"))
    assert code == 0
    assert "certified" not in out
    assert "Not checked by Coq in this run" in out
    alone = {"Proof.v", "Check.v", "Makefile", "_CoqProject", "prelude"}
    assert {path.name for path in (tmp_path / "made").iterdir()} == alone | {"with-zeros"}
    assert {path.name for path in (tmp_path / "made" / "with-zeros").iterdir()} == alone


@needs_coqc
def test_anyone_can_check_what_was_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said(capsys, "kl", "-o", str(tmp_path))
    for folder in (tmp_path, tmp_path / "with-zeros"):
        made = subprocess.run(["make", "-C", str(folder)], capture_output=True, text=True, timeout=120, check=False)
        assert made.returncode == 0, made.stderr
        assert "Classical_Prop.classic" in made.stdout


@needs_coqc
def test_run_says_certified_with_the_version_and_the_axioms(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "kl", "--run")
    assert code == 0
    assert f"certified: accepted by Coq {coqc.version()}'s kernel" in out
    assert "Classical_Prop.classic" in out
    assert "KL ln" in out and r"(P \| Q) = p[" in out
    assert "With zeros too: certified" in out
    assert "For positive masses alone: derivatives, extrema" in said(capsys, "cross-entropy-loss")[1]


@needs_coqc
def test_a_saved_derivation(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    saved = tmp_path / "kl.json"
    saved.write_text(derive("kl").to_json(), encoding="utf-8")
    assert said(capsys, str(saved), "--run")[0] == 0
    changed = json.loads(saved.read_text(encoding="utf-8"))
    changed["steps"] = changed["steps"][:-1]
    saved.write_text(json.dumps(changed), encoding="utf-8")
    assert said(capsys, str(saved), "--run")[0] in (1, 2)


def test_refused_is_not_false(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Verdict("kl", REFUSED, "8.16.1", reason="step 2, write-out: No applicable tactic.", step=2, rule="write-out")
    monkeypatch.setattr(coq, "run_all", lambda many, *_: [refused] * len(many))
    code, out, _ = said(capsys, "kl", "--run")
    assert code == 3
    assert "not certified: step 2, write-out" in out
    assert "does not say it is false" in out


def test_a_refuted_statement_is_written_as_false_at_its_point(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "KL(P || Q) = KL(Q || P)", "--given", "P, Q on {1..n}")
    assert code == 1
    assert "it is false at a point" in out
    assert "exists (n : nat)" in out


def test_coq_that_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coqc.shutil, "which", lambda _: None)
    code, _, err = said(capsys, "kl", "--run")
    assert code == 4
    assert "apt-get install" in err


def test_a_density_is_out_of_scope(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "kl-density")
    assert code == 4
    assert "density" in err


@pytest.mark.parametrize("args", [(), ("kl", "--all"), ("kl", "--timeout", "-1"), ("no-such-name",), ("H(P) = ", "--given", "P")])
def test_requests_that_make_no_sense(capsys: pytest.CaptureFixture[str], args: tuple[str, ...]) -> None:
    assert said(capsys, *args)[0] == 2
