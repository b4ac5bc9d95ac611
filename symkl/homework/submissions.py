"""The documents of a class: the files that were named, and those found in folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from symkl.errors import SymklError
from symkl.homework.verdicts import CheckedFile
from symkl.language.files import KINDS, content_of, read_at_most

NOTHING, COULD_NOT = 3, 4
"""Exit codes: nothing to check, and a document that cannot be read."""

INPUT = Path("-")
"""Standard input."""

FOREIGN = {".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".djvu", ".ps"}
"""Kinds of documents that are not read: in a class, one that is handed in as nothing else is said and not passed over."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A document to check; `problem` is why there is none at this path, `content` what was read of it already."""

    path: Path
    problem: CheckedFile | None = None
    content: bytes | None = None


def submissions_in(paths: Iterable[str | Path]) -> list[Submission]:
    """The documents of some files and folders, folders searched through by the known extensions, in order, each once.

    `-` is standard input.
    """
    found: dict[Path, Submission] = {}
    for path in map(Path, paths):
        for each in _in_folder(path) if path.is_dir() else (Submission(path),):
            found.setdefault(each.path, each)
    return [_from_input() if each.path == INPUT else each for each in found.values()]


def _from_input() -> Submission:
    return Submission(INPUT, content=read_at_most(sys.stdin.buffer))


def _in_folder(folder: Path) -> Iterator[Submission]:
    refused: list[OSError] = []
    inside: list[Path] = []
    foreign: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        visible = [Path(parent, name) for name in names if not name.startswith(".")]
        inside += [path for path in visible if _is_document(path)]
        foreign += [path for path in visible if path.suffix.lower() in FOREIGN]
    # The PDF that was made of a document is no submission of its own.
    read = {path.with_suffix("") for path in inside}
    inside += [path for path in foreign if path.with_suffix("") not in read]
    for error in refused:
        path = Path(error.filename or folder)
        yield Submission(path, CheckedFile(str(path), error=f"{error.strerror or error}.", error_code=COULD_NOT))
    if not inside and not refused:
        reason = "no document in this folder is of a kind that symkl reads"
        yield Submission(folder, CheckedFile(str(folder), error=reason, error_code=NOTHING))
    yield from map(Submission, sorted(inside))


def _is_document(path: Path) -> bool:
    return bool(path.suffix) and path.suffix.lower() in KINDS and path.is_file()


def content_or_problem(submission: Submission) -> bytes | CheckedFile:
    """The bytes of a document, or the result that says why they cannot be had."""
    if submission.problem is not None:
        return submission.problem
    if submission.content is not None:
        return submission.content
    try:
        return content_of(submission.path)
    except SymklError as error:
        return refused(submission.path, error)


def refused(path: str | Path, error: SymklError) -> CheckedFile:
    """The result for a document that cannot be read: the first line of the error."""
    return CheckedFile(str(path), error=str(error).partition("\n")[0].removeprefix(f"{path}: "), error_code=COULD_NOT)
