"""The public face of checking: a verdict for every row of a text, a file, or a class of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from symkl.errors import OutputError
from symkl.homework import verdicts
from symkl.homework.files import check_files
from symkl.homework.store import place_in
from symkl.homework.submissions import content_or_problem, submissions_in
from symkl.homework.verdicts import VERDICTS, CheckedFile, Line, Tally, worst_code
from symkl.homework.workers import BACKENDS, LOCAL, SECONDS, Job
from symkl.language.files import KINDS
from symkl.render.report import FORMATS as REPORT_FORMATS
from symkl.render.report import render_report, report_pieces

KEPT = {"text": "txt", "markdown": "md", "html": "html"}
"""The formats of which each document has a report of its own, and the suffix of each."""

__all__ = [
    "BACKENDS",
    "REPORT_FORMATS",
    "VERDICTS",
    "CheckedFile",
    "Line",
    "Report",
    "Tally",
    "check",
    "check_each",
    "keep_reports",
    "render_report",
    "report_pieces",
    "worst_code",
]


class Report(verdicts.Report):
    """The verdicts on some documents; printed it is what `symkl check` shows, in a notebook its page.

    `files` are the documents, each with its `chains` of `Line`s. `summary` counts the verdicts, and `exit_code` is that of the
    command.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return render_report(self, "text")

    def _repr_html_(self) -> str:
        return render_report(self, "html")

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


def check(text_or_path: str | Path, given: Iterable[str] | str = (), kind: str | None = None) -> Report:
    """The report on a document or a folder of documents: a path, or a text in LaTeX or Markdown.

    `kind` says what a text is: tex, markdown, rst, text, formula. A row is given, correct, wrong, unknown or unread. The domain,
    the unit and the conventions are those of `prove`, and a decimal of k digits stands for its rounding interval.

    Raises: GivenError for a given that is not understood; OutputError for the name of a document that is not there.
    """
    from symkl.homework.check import check_document
    from symkl.homework.worker import check_content

    stated = (given,) if isinstance(given, str) else tuple(given)
    path = _as_path(text_or_path) if kind is None else None
    if path is None:
        return Report((check_document(str(text_or_path), stated, kind or "text"),))
    found = []
    for submission in submissions_in([path]):
        content = content_or_problem(submission)
        found.append(check_content(str(submission.path), content, stated) if isinstance(content, bytes) else content)
    return Report(tuple(found))


def check_each(
    paths: Iterable[str | Path],
    given: Iterable[str] = (),
    *,
    jobs: int = 1,
    seconds: float = SECONDS,
    folder: str | Path | None = None,
    backend: str = LOCAL,
    scheduler: str | None = None,
    explain: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    complain: Callable[[str], None] = lambda message: None,
) -> Iterator[CheckedFile]:
    """The verdicts on many files and folders, in their order, each in at most `seconds`, `jobs` of them at once.

    With a `folder` each result is kept in it as soon as it is there, and found again after an interruption. `progress` is
    called with how many are done and how many there are. `complain` is told what goes wrong beside the documents.

    Raises: OutputError where the folder cannot be written, or where the cluster cannot be used.
    """
    found = submissions_in(paths)
    job = Job(tuple(given), seconds, jobs, None if folder is None else Path(folder), backend, scheduler, explain)
    done = count(1)
    progress(0, len(found))
    return check_files(found, job, lambda: progress(next(done), len(found)), complain)


def keep_reports(
    files: Iterable[CheckedFile],
    folder: str | Path,
    form: str,
    complain: Callable[[str], None] = lambda message: None,
    **options: Any,
) -> Iterator[CheckedFile]:
    """The same documents, each with a report of its own in a folder, beside the result that `check_each` keeps there.

    `form` and its options are those of `report_pieces`; formats that are no page for a student keep nothing. Where a report
    cannot be written, `complain` is told once, and the documents go on.
    """
    suffix = KEPT.get(form)
    for file in files:
        if suffix is not None:
            text = "".join(report_pieces([file], form, **options))
            try:
                place_in(Path(folder), Path(file.path), suffix).write_text(text, encoding="utf-8", errors="backslashreplace")
            except OSError as error:
                complain(f"Cannot write into {folder}: {error.strerror or error}. Reports are not kept from here on.")
                suffix = None
        yield file


_OF_FORMULAS = frozenset(" \t$=^|<>")
"""Signs by which a text that is no path is not the name of a missing one."""


def _as_path(text: str | Path) -> Path | None:
    if isinstance(text, Path):
        return text
    if not isinstance(text, str):
        raise TypeError(f"check takes a path or a text, and no {type(text).__name__}")
    if not text or "\n" in text or len(text) > 1000 or "\\" in text:
        return None
    path = Path(text)
    try:
        if path.exists():
            return path
    except (OSError, ValueError):
        return None
    if path.suffix.lower() in KINDS and _OF_FORMULAS.isdisjoint(text):
        raise OutputError(f"{text}: there is no such file.")
    return None
