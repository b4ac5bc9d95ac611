"""The public face of checking: a verdict for every row of a text, a file, or a class of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from symkl.homework.check import check_document
from symkl.homework.files import SECONDS, Job, check_file, check_files, documents_in
from symkl.homework.verdicts import CheckedFile, Line, Report, worst_code
from symkl.render.report import FORMATS as REPORT_FORMATS
from symkl.render.report import render_report

__all__ = ["REPORT_FORMATS", "CheckedFile", "Line", "Report", "check", "check_each", "render_report", "worst_code"]


def check(text_or_path: str | Path, given: Iterable[str] | str = (), kind: str | None = None) -> Report:
    """The report on a document: a path, or a text in LaTeX or Markdown (`kind`: tex, markdown, rst, text, formula).

    Raises: GivenError for a given that is not understood.
    """
    stated = (given,) if isinstance(given, str) else tuple(given)
    path = _as_path(text_or_path) if kind is None else None
    if path is not None:
        return Report(tuple(check_file(each, stated) for each in documents_in([path])))
    return Report((check_document(str(text_or_path), stated, kind or "text"),))


def check_each(
    paths: Iterable[str | Path],
    given: Iterable[str] = (),
    *,
    jobs: int = 1,
    seconds: float = SECONDS,
    folder: str | Path | None = None,
    backend: str = "loky",
    scheduler: str | None = None,
    explain: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[CheckedFile]:
    """The verdicts on many files and folders, as they come; kept in `folder`, where they are found again after an interruption.

    `progress` is called with how many are done and how many there are.

    Raises: OutputError where the folder cannot be written.
    """
    found = documents_in(paths)
    job = Job(tuple(given), seconds, jobs, None if folder is None else Path(folder), backend, scheduler, explain)
    for done, checked in enumerate(check_files(found, job), 1):
        if progress is not None:
            progress(done, len(found))
        yield checked


def _as_path(text: str | Path) -> Path | None:
    if isinstance(text, Path):
        return text
    if "\n" in text or len(text) > 1000 or "\\" in text:
        return None
    path = Path(text)
    try:
        return path if path.exists() else None
    except (OSError, ValueError):
        return None
