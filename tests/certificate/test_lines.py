"""`symkl check --certify`: that each wrong row is false at its point, as a theorem; what is right has no such certificate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symkl import certify_line, check
from symkl.certificate import coqc
from symkl.cli import main
from symkl.errors import UsageError
from symkl.homework.verdicts import as_data, from_data
from tests.certificate.tools import needs_coqc

HOMEWORK = r"""
Let $P=(p,1-p)$ and $Q=(q,1-q)$.
\begin{align*}
D(P\|Q) &= p\log\frac{p}{q} + (1-p)\log\frac{1-p}{1-q} \\
 &= p\log p + p \log q + (1-p)\log\frac{1-p}{1-q}
\end{align*}
\[ H(R) = \sum_i r_i \log r_i \]
"""


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["check", *args])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def homework(tmp_path: Path) -> Path:
    path = tmp_path / "homework.tex"
    path.write_text(HOMEWORK, encoding="utf-8")
    return path


def test_a_wrong_row_carries_what_was_refuted_and_keeps_it_in_json() -> None:
    (checked,) = check(HOMEWORK, kind="tex").files
    refuted = [line.refuted for line in checked.lines if line.verdict == "wrong"]
    assert [claim is not None for claim in refuted] == [True, True]
    assert from_data(as_data(checked)) == checked
    assert certify_line(next(line for line in checked.lines if line.refuted)).refutes


def test_a_row_that_is_right_has_no_certificate() -> None:
    right = next(line for line in check(HOMEWORK, kind="tex").files[0].lines if line.verdict == "correct")
    with pytest.raises(UsageError, match="wrong at a point"):
        certify_line(right)


@needs_coqc
def test_each_wrong_row_is_certified_false(capsys: pytest.CaptureFixture[str], homework: Path, tmp_path: Path) -> None:
    code, out, _ = said(capsys, str(homework), "--certify", "-o", str(tmp_path / "kept"))
    assert code == 1
    assert f"{homework}:5: certified false at p = 1/3, q = 3/4 by Coq" in out
    assert re.search(rf"{re.escape(str(homework))}:7: certified false at n = \d, r\[1\] = .* by Coq", out)
    written = sorted(tmp_path.glob("kept/certificates/*/Check.v"))
    assert len(written) == 2
    assert all("~ (" in path.read_text(encoding="utf-8") for path in written)


@needs_coqc
def test_a_report_for_programs_stays_what_it_is(capsys: pytest.CaptureFixture[str], homework: Path) -> None:
    _, plain, _ = said(capsys, str(homework), "--format", "csv")
    _, out, err = said(capsys, str(homework), "--format", "csv", "--certify")
    assert out == plain
    assert "certified false" in err


def test_without_coq_nothing_is_called_certified(
    capsys: pytest.CaptureFixture[str], homework: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coqc.shutil, "which", lambda _: None)
    code, out, _ = said(capsys, str(homework), "--certify")
    assert code == 1
    assert "Not checked by Coq" in out and "apt-get install" in out
    assert "certified" not in out.replace("not certified", "")
