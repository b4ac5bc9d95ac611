"""The documents of a class: the files that were named, and those found in folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from symkl.errors import SymklError
from symkl.homework.verdicts import CheckedFile
from symkl.language.files import KINDS, content_of

NOTHING, NO_ACCESS = 3, 4
"""Exit codes: nothing to check, and a folder that cannot be entered."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A document to check; `problem` is why there is none at this path."""

    path: Path
    problem: CheckedFile | None = None


def submissions_in(paths: Iterable[str | Path]) -> list[Submission]:
    """The documents of some files and folders, folders searched through by the known extensions, in order, each once."""
    found: dict[Path, Submission] = {}
    for path in map(Path, paths):
        for each in _in_folder(path) if path.is_dir() else (Submission(path),):
            found.setdefault(each.path, each)
    return list(found.values())


def _in_folder(folder: Path) -> Iterator[Submission]:
    refused: list[OSError] = []
    inside: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside += [path for path in (Path(parent, name) for name in names) if _is_document(path)]
    for error in refused:
        path = Path(error.filename or folder)
        yield Submission(path, CheckedFile(str(path), error=f"{path}: {error.strerror or error}.", error_code=NO_ACCESS))
    if not inside and not refused:
        reason = f"{folder}: no document in this folder is of a kind that symkl reads."
        yield Submission(folder, CheckedFile(str(folder), error=reason, error_code=NOTHING))
    yield from map(Submission, sorted(inside))


def _is_document(path: Path) -> bool:
    hidden = path.name.startswith(".")
    return not hidden and bool(path.suffix) and path.suffix.lower() in KINDS and path.is_file()


def content_or_problem(submission: Submission) -> bytes | CheckedFile:
    """The bytes of a document, or the result that says why they cannot be had."""
    if submission.problem is not None:
        return submission.problem
    try:
        return content_of(submission.path)
    except SymklError as error:
        return refused(submission.path, error)


def refused(path: str | Path, error: SymklError) -> CheckedFile:
    """The result for a document that cannot be read: the first line of the error."""
    return CheckedFile(str(path), error=str(error).partition("\n")[0], error_code=error.exit_code)
