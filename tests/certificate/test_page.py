"""Whatever docs/certifying.md shows is run and compared; the seconds that coqc takes may differ."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.certificate.tools import needs_coqc
from tests.test_readme import Command, run, shown_alone, shown_with_output, write_shown_files

PAGE = Path(__file__).parent.parent.parent / "docs" / "certifying.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands run, one after the other."""
    folder = tmp_path_factory.mktemp("certifying")
    write_shown_files(TEXT, folder)
    return folder


@needs_coqc
@pytest.mark.parametrize("command", shown_with_output(TEXT), ids=lambda command: command.line)
def test_a_command_prints_what_the_page_shows(command: Command, folder: Path) -> None:
    done = run(command, folder)
    assert command.output is not None
    assert plain(done.stdout + done.stderr) == plain(command.output)


def plain(text: str) -> str:
    """The words alone: how long coqc took, and where it broke its lines, is its own affair."""
    return " ".join(re.sub(r"\d+\.\d s", "some s", text).split())


@pytest.mark.parametrize("command", shown_alone(TEXT), ids=lambda command: command.line)
def test_a_command_of_the_page_runs(command: Command, folder: Path) -> None:
    done = run(command, folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_page_shows_enough() -> None:
    assert len(shown_with_output(TEXT)) >= 4
    assert len(shown_alone(TEXT)) >= 4
