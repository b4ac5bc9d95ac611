"""`symkl check` as a person runs it: a class, an interruption, a kill, watching, bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from symkl.cli import main

RIGHT = "$$H(X,Y) = H(X) + H(Y|X)$$\n"
WRONG = "$$H(X,Y) = H(X) - H(Y|X)$$\n"
CHAIN = r"""
$$
\begin{aligned}
D_{KL}(P\|Q) &= \sum_x P(x)\log\frac{P(x)}{Q(x)} \\
&= \sum_x P(x)\log P(x) - \sum_x P(x)\log Q(x) \\
&= H(P,Q) + H(P)
\end{aligned}
$$
"""


@pytest.fixture
def run(capfd):
    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main(["check", *map(str, args)])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        assert "Internal error" not in out + err
        return ended.value.code, out, err

    return run


def class_of(folder: Path, count: int, text: str = RIGHT) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"s{number:03}.md").write_text(text)
    return folder


def started(*args) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "symkl", "check", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")


def wait_until(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def results(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json")) if folder.exists() else []


# A class


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_nothing_is_lost_when_a_run_is_stopped(tmp_path, run, number, code):
    folder, kept = class_of(tmp_path / "class", 40, CHAIN * 4), tmp_path / "results"
    process = started(folder, "--jobs", 2, "-o", kept, "--format", "csv")
    wait_until(lambda: len(results(kept)) >= 8)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in err
    assert "Warning" not in err
    if number == signal.SIGINT:
        assert err.strip() == f"Interrupted. What is done is kept in {kept}; the same command goes on from there."
    done = results(kept)
    assert 8 <= len(done) < 40
    assert len(out.splitlines()) <= 1 + len(done)
    assert all(json.loads(path.read_text())["finished"] for path in done)
    before = {path: path.stat().st_mtime_ns for path in done}
    code, out, _ = run(folder, "--jobs", 2, "-o", kept, "--format", "csv")
    assert code == 1
    assert len(out.splitlines()) == 41
    assert len(results(kept)) == 40
    assert {path: path.stat().st_mtime_ns for path in done} == before


def test_workers_end_with_the_run(tmp_path):
    folder, kept = class_of(tmp_path / "class", 60, CHAIN * 4), tmp_path / "results"
    process = started(folder, "--jobs", 2, "-o", kept)
    wait_until(lambda: len(results(kept)) >= 4)
    workers = children(process.pid)
    assert workers
    process.kill()
    process.communicate(timeout=30)
    wait_until(lambda: not any(map(is_alive, workers)))


def children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(folder.name))
    return found


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_one_summary_line_for_a_class(tmp_path, run):
    folder = class_of(tmp_path / "class", 3)
    (folder / "w.md").write_text(WRONG)
    (folder / "x.md").write_bytes(b"\xff")
    code, out, _ = run(folder)
    assert code == 1
    assert out.splitlines()[-2:] == [
        "5 documents: 3 right, 1 wrong, 1 not checked; rows: 3 correct, 1 wrong",
        "Most frequent misconceptions: chain-rule-sign (in 1)",
    ]


# Exit codes


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([RIGHT], 0),
        ([RIGHT, WRONG], 1),
        ([RIGHT, "no mathematics"], 3),
        ([RIGHT, None], 4),
        ([None, "no mathematics"], 4),
        ([None, WRONG, "no mathematics"], 1),
    ],
)
def test_exit_codes_are_those_of_the_worst(tmp_path, run, texts, code):
    paths = [tmp_path / f"{number}.md" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        if text is not None:
            path.write_text(text)
    assert run(*paths)[0] == code


@pytest.mark.parametrize(
    "args",
    [
        ("--only", "wrong", "--format", "csv"),
        ("--explain", "3", "--format", "html"),
        ("--explain", "0"),
        ("--timeout", "0"),
        ("--timeout", "nan"),
        ("--timeout", "inf"),
        ("--points", "-1"),
        ("--points", "nan"),
        ("--jobs", "0"),
        ("--backend", "dask"),
        ("--scheduler", "tcp://127.0.0.1:1"),
        ("--given", "nonsense !!"),
        ("--format", "docx"),
    ],
    ids=" ".join,
)
def test_a_request_that_makes_no_sense_is_usage(tmp_path, run, args):
    (tmp_path / "a.md").write_text(RIGHT)
    code, out, err = run(tmp_path / "a.md", *args)
    assert (code, out) == (2, "")
    assert err


def test_a_folder_that_cannot_be_written(tmp_path, run):
    (tmp_path / "a.md").write_text(RIGHT)
    code, out, err = run(tmp_path / "a.md", "-o", tmp_path / "a.md")
    assert (code, out) == (4, "")
    assert err == f"Error: Cannot write {tmp_path / 'a.md'}: File exists.\n"


def test_a_full_disk_is_one_line_and_the_documents_go_on(tmp_path, run, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("symkl.homework.store.tempfile.mkstemp", full)
    code, out, err = run(class_of(tmp_path / "class", 3), "-o", tmp_path / "results")
    assert code == 4
    assert err.count("\n") == 1
    assert "No space left on device" in err
    assert "3 correct" in out


def test_a_name_that_is_no_text_is_printed(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text(RIGHT)
    for form in ("text", "json", "csv", "junit", "markdown", "html", "gradescope"):
        process = started(tmp_path, "--format", form)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, (form, err)
        assert out


def test_standard_input():
    command = [sys.executable, "-m", "symkl", "check", "-"]
    done = subprocess.run(command, input=WRONG, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "1 wrong" in done.stdout


# Rows


def test_only_wrong(tmp_path, run):
    (tmp_path / "a.md").write_text(RIGHT + WRONG)
    code, out, _ = run(tmp_path / "a.md", "--only", "wrong")
    assert code == 1
    assert "1 correct, 1 wrong" in out
    assert [line.split()[0] for line in out.splitlines() if ":3 " in line] == ["✗"]
    (tmp_path / "b.md").write_text(RIGHT)
    out = run(tmp_path / "b.md", "--only", "wrong")[1]
    assert out == "no row is wrong: 1 correct\n"
    code, out, _ = run(tmp_path, "--only", "wrong")
    assert "a.md" in out
    assert "b.md" not in out
    assert "2 documents: 1 right, 1 wrong" in out


@pytest.mark.parametrize(("form", "suffix", "said"), [("html", "html", "<math"), ("markdown", "md", "$"), ("text", "txt", "✗")])
def test_a_report_for_each_document_is_kept_beside_its_result(tmp_path, run, form, suffix, said):
    folder = class_of(tmp_path / "class", 2)
    (folder / "w.md").write_text(WRONG)
    run(folder, "-o", tmp_path / "results", "--format", form)
    kept = sorted(tmp_path.joinpath("results").glob(f"*.{suffix}"))
    assert [path.with_suffix(".json").exists() for path in kept] == [True] * 3
    text = next(path for path in kept if path.name.startswith("w.md")).read_text(encoding="utf-8")
    assert said in text
    assert "documents" not in text


def test_a_format_of_the_whole_class_keeps_only_results(tmp_path, run):
    run(class_of(tmp_path / "class", 2), "-o", tmp_path / "results", "--format", "csv")
    assert {path.suffix for path in tmp_path.joinpath("results").iterdir()} == {".json"}


def test_reports_that_cannot_be_kept_are_said_once(tmp_path, run):
    folder, kept = class_of(tmp_path / "class", 2), tmp_path / "results"
    run(folder, "-o", kept)
    for result in list(kept.iterdir()):
        result.with_suffix(".html").mkdir()
    code, out, err = run(folder, "-o", kept, "--format", "html")
    assert code == 4
    assert err.count("Cannot write") == 1
    assert "<math" in out


def test_explain_prints_the_derivation(tmp_path, run):
    (tmp_path / "a.md").write_text(RIGHT)
    code, out, _ = run(tmp_path / "a.md", "--explain", "1")
    assert code == 0
    assert "= H(X) + H(Y | X)" in out
    assert "[" in out
    assert "No row starts at line 9." in run(tmp_path / "a.md", "--explain", "9")[1]


def test_explain_shows_the_row_and_the_one_before_it(tmp_path, run):
    (tmp_path / "a.md").write_text(CHAIN)
    rows = [line for line in run(tmp_path / "a.md", "--explain", "5")[1].splitlines() if line[3:4] == " " and ":" in line[:12]]
    assert [row.split()[1] for row in rows] == ["4:1", "5:2"]
    assert "no derivation of a row that is wrong" in " ".join(run(tmp_path / "a.md", "--explain", "6")[1].split())


def test_watch_checks_again_when_the_file_is_saved(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(RIGHT)
    process = started(path, "--watch")
    assert process.stdout is not None
    seen: list[str] = []

    def read_until(word: str) -> None:
        while not any(word in line for line in seen):
            seen.append(process.stdout.readline())
            assert seen[-1], seen

    try:
        read_until("1 correct")
        seen.clear()
        new = tmp_path / "new"
        new.write_text(WRONG)
        # An editor puts a new file in the place of the old one.
        new.replace(path)
        read_until("1 wrong")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
