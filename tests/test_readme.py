"""Whatever README.md shows is run and compared: shell blocks with their output, indented commands, Python sessions.

A block that names a file, as in ```markdown homework.md, is that file in the folder where the commands run.
"""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<language>\w*)(?: (?P<file>[\w.]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """A command as the README shows it, and what it says is printed; None where nothing is shown."""

    line: str
    output: str | None


def shown_with_output(text: str = TEXT) -> list[Command]:
    found = []
    for block in BLOCK.finditer(text):
        if block["language"] not in ("console", "shell", "sh", "bash"):
            continue
        for piece in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
            line, _, output = piece.partition("\n")
            found.append(Command(line, output))
    return found


def shown_alone(text: str = TEXT) -> list[Command]:
    outside = BLOCK.sub("", text)
    return [Command(line, None) for line in re.findall(r"^ {4}(symkl .*)$", outside, re.MULTILINE)]


def run(command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command.line, comments=True)
    if words[0] == "symkl":
        words = [sys.executable, "-m", "symkl", *words[1:]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def write_shown_files(text: str, folder: Path) -> None:
    for block in BLOCK.finditer(text):
        if block["file"]:
            (folder / block["file"]).write_text(block["body"], encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands run, one after the other, so that one may read what another wrote."""
    folder = tmp_path_factory.mktemp("readme")
    write_shown_files(TEXT, folder)
    return folder


@pytest.mark.parametrize("command", shown_with_output(), ids=lambda command: command.line)
def test_a_command_prints_what_the_readme_shows(command: Command, folder: Path) -> None:
    done = run(command, folder)
    assert command.output is not None
    assert (done.stdout + done.stderr).rstrip() == command.output.rstrip()


@pytest.mark.parametrize("command", shown_alone(), ids=lambda command: command.line)
def test_a_command_of_the_readme_runs(command: Command, folder: Path) -> None:
    done = run(command, folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_python_sessions() -> None:
    sessions = [block["body"] for block in BLOCK.finditer(TEXT) if block["language"] == "python" and ">>>" in block["body"]]
    assert sessions
    for session in sessions:
        test = doctest.DocTestParser().get_doctest(session, {}, "README.md", str(README), 0)
        report: list[str] = []
        outcome = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
        assert outcome.failed == 0, "".join(report)


def test_the_readme_shows_enough() -> None:
    assert len(shown_with_output()) + len(shown_alone()) >= 5
    assert shown_with_output()


def test_the_first_command_derives() -> None:
    assert "symkl derive" in TEXT[: TEXT.index("## ")] or shown_with_output()[0].line.startswith("symkl derive")
