"""Many documents: checked side by side, kept as they come, told in the order of the documents."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO

from symkl.errors import OutputError
from symkl.homework.store import Store
from symkl.homework.submissions import Submission, content_or_problem
from symkl.homework.verdicts import CheckedFile, as_data, from_data
from symkl.homework.workers import Job, checked_apart

Arrived = tuple[int, CheckedFile]
"""The number of a document, and the verdicts on it."""


def check_files(
    submissions: Sequence[Submission],
    job: Job,
    arrived: Callable[[], None] = lambda: None,
    complain: Callable[[str], None] = lambda _: None,
) -> Iterator[CheckedFile]:
    """The verdicts on each document, in order; with a folder, in it as well, as soon as they are there.

    `arrived` is called for each document that is done, in whatever order. Where a result cannot be kept any more, `complain`
    is told once, and the documents go on.

    Raises: OutputError where the folder cannot be made, where Dask is missing, or its scheduler does not answer.
    """
    store = None if job.folder is None else Store(job.folder, (job.given, job.explain))
    with _Early() as early:
        turn = 0
        for number, checked in _arriving(submissions, job, store, complain):
            arrived()
            if number != turn:
                early.put(number, checked)
                continue
            yield checked
            turn += 1
            while turn in early:
                yield early.take(turn)
                turn += 1


def _arriving(
    submissions: Sequence[Submission], job: Job, store: Store | None, complain: Callable[[str], None]
) -> Iterator[Arrived]:
    """What is known already, then what is checked now, as it comes."""
    waiting = []
    for number, submission in enumerate(submissions):
        known = None if store is None else _known(submission, store)
        if known is None:
            waiting.append(number)
        else:
            yield number, known
    for number, content, checked in checked_apart(((k, submissions[k]) for k in waiting), len(waiting), job):
        if store is not None:
            key = None if content is None or not checked.finished else store.key(content)
            try:
                store.keep(checked, key)
            except OutputError as error:
                complain(f"{error} Results are not kept from here on.")
                store = None
        yield number, checked


def _known(submission: Submission, store: Store) -> CheckedFile | None:
    content = content_or_problem(submission)
    return store.found(submission.path, store.key(content)) if isinstance(content, bytes) else None


# Order


class _Early:
    """Results that came before their turn, in a file: however long one document takes, memory does not grow."""

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        self._in_memory: dict[int, CheckedFile] = {}
        self._file: IO[str] | None = None

    def __enter__(self) -> _Early:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def __contains__(self, number: int) -> bool:
        return number in self._places or number in self._in_memory

    def put(self, number: int, checked: CheckedFile) -> None:
        """Keep a result until its turn; where there is no room on the disk, in memory."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
            place = self._file.seek(0, os.SEEK_END)
            self._file.write(json.dumps(as_data(checked)) + "\n")
            self._file.flush()
            self._places[number] = place
        except OSError:
            self._in_memory[number] = checked

    def take(self, number: int) -> CheckedFile:
        """The result of a document whose turn has come."""
        if number in self._in_memory or self._file is None:
            return self._in_memory.pop(number)
        self._file.seek(self._places.pop(number))
        return from_data(json.loads(self._file.readline()))
