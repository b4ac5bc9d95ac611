"""One run of coqc: where it is, its version, what it says, and a limit on its time."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symkl.errors import CoqMissing

SECONDS = 60.0
INSTALL = "Coq is not installed. On Debian and Ubuntu: apt-get install --no-install-recommends coq; elsewhere: opam install coq."

_MEMORY = "s=8M,o=1000"
"""Coq collects garbage less often than of itself: a sixth of a short run."""
_OTHER_LIBRARIES = ("COQPATH", "ROCQPATH")
"""Where the environment names further libraries. None of them may stand in for Coq's own, or for the prelude."""


@dataclass(frozen=True, slots=True)
class Said:
    """What coqc said: its exit code and what it printed; where its time was over, that."""

    code: int
    output: str
    errors: str

    @property
    def error(self) -> str:
        """The error in a line or two."""
        message = self.errors.partition("Error:")[2] or self.errors or self.output
        return " ".join(message.split())[:400]

    @property
    def line(self) -> int:
        """The line of the error in the file that was read; 0 where coqc names none."""
        found = re.search(r"line (\d+), characters [\d-]+:\s*Error", self.errors)
        return int(found[1]) if found else 0


def coqc() -> str:
    """The path of coqc.

    Raises: CoqMissing with how to install it.
    """
    found = shutil.which("coqc")
    if found is None:
        raise CoqMissing(INSTALL)
    return found


def version() -> str:
    """The version of coqc.

    Raises: CoqMissing with how to install it.
    """
    said = run(["--version"], Path.cwd())
    found = re.search(r"version (\S+)", said.output)
    if said.code or found is None:
        raise CoqMissing(f"coqc does not say its version. {INSTALL}")
    return found[1]


def run(arguments: Sequence[str], folder: Path, seconds: float = SECONDS) -> Said:
    """Run coqc in a folder, and end it where it takes longer.

    Raises: CoqMissing.
    """
    # A group of its own, so that coqc ends with its children.
    how: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "errors": "replace"}
    with subprocess.Popen([coqc(), *arguments], cwd=folder, env=_environment(), start_new_session=True, **how) as process:
        try:
            output, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return Said(1, "", f"Error: coqc took longer than the {seconds:g} s that it was given")
        except BaseException:
            _end(process)
            raise
    return Said(process.returncode, output, errors)


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OTHER_LIBRARIES}
    return {"OCAMLRUNPARAM": _MEMORY, **kept}


def _end(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
