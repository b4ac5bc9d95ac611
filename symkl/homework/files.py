"""Many documents: checked side by side in processes that can be killed, kept as they come, told in the order of the documents."""

from __future__ import annotations

import json
import os
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from symkl.errors import OutputError
from symkl.homework.store import Store
from symkl.homework.submissions import Submission, content_or_problem
from symkl.homework.supervisor import Supervisor, supervisor_here
from symkl.homework.verdicts import CheckedFile, as_data, from_data

SECONDS = 60.0
"""The time for one document."""

LOCAL, DASK = "local", "dask"
BACKENDS = (LOCAL, DASK)
"""Where documents are checked: by processes of this machine, or by the workers of a Dask cluster."""


@dataclass(frozen=True, slots=True)
class Job:
    """How documents are checked: givens for all of them, the time for each, the workers, where results are kept."""

    given: tuple[str, ...] = ()
    seconds: float = SECONDS
    workers: int = 1
    folder: Path | None = None
    backend: str = LOCAL
    scheduler: str | None = None
    explain: int | None = None


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
    for number, content, checked in _checked(submissions, waiting, job):
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


# Workers

_Answer = tuple[int, bytes | None, CheckedFile]
"""The number of a document, the bytes that were checked, the verdicts."""


def _checked(submissions: Sequence[Submission], waiting: Sequence[int], job: Job) -> Iterator[_Answer]:
    questions = ((number, str(submissions[number].path), content_or_problem(submissions[number])) for number in waiting)
    if job.backend == DASK:
        yield from _on_cluster(questions, job)
        return
    supervisor = Supervisor()
    try:
        if min(job.workers, len(waiting)) < 2:
            for question in questions:
                yield _answered(supervisor, question, job)
            return
        from joblib import Parallel, delayed  # type: ignore[import-untyped]

        # Each thread waits for a process of its own; threads cost nothing beside it.
        parallel = Parallel(n_jobs=job.workers, backend="threading", return_as="generator_unordered", batch_size=1)
        yield from _until_left(parallel(delayed(_answered)(supervisor, question, job) for question in questions))
    finally:
        supervisor.stop()


def _until_left(answers: Generator[_Answer, None, None]) -> Iterator[_Answer]:
    """The answers; whoever leaves early knows that what is under way is dropped, and need not be warned."""
    try:
        for answer in answers:  # noqa: UP028  `yield from` would close them before the warning is silenced.
            yield answer
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answers.close()


def _answered(supervisor: Supervisor, question: tuple[int, str, bytes | CheckedFile], job: Job) -> _Answer:
    number, path, content = question
    if isinstance(content, CheckedFile):
        return number, None, content
    return number, content, supervisor.check(path, content, job.given, job.seconds, job.explain)


def _answered_there(question: tuple[int, str, bytes | CheckedFile], job: Job) -> _Answer:
    """The same on a machine of a cluster."""
    return _answered(supervisor_here(), question, job)


def _on_cluster(questions: Iterable[tuple[int, str, bytes | CheckedFile]], job: Job) -> Iterator[_Answer]:
    """Have the workers of a Dask cluster check documents; the documents are sent to them."""
    from joblib import Parallel, delayed, parallel_config

    with ExitStack() as stack:
        client: Any = stack.enter_context(_client(job.scheduler))
        stack.enter_context(parallel_config(backend=DASK, client=client))
        parallel = Parallel(n_jobs=-1, return_as="generator_unordered", batch_size=1)
        yield from _until_left(parallel(delayed(_answered_there)(question, job) for question in questions))


def _client(scheduler: str | None) -> Any:
    try:
        from dask import distributed  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise OutputError("--backend dask needs Dask: pip install 'symkl[dask]'.") from error
    if scheduler is None:
        raise OutputError("--backend dask needs --scheduler ADDRESS, as in tcp://127.0.0.1:8786.")
    try:
        connect: Callable[..., Any] = distributed.Client
        return connect(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise OutputError(f"The Dask scheduler {scheduler} does not answer.") from error


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
