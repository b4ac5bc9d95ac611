"""Who checks documents: one process after the other, several of this machine, or the workers of a cluster.

joblib hands the documents out. Here its threads each wait for a process of their own (`symkl.homework.supervisor`), which costs
nothing beside it; on a cluster each of its workers does the same there, so that a document is ended in time wherever it is.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symkl.errors import OutputError
from symkl.homework.submissions import Submission, content_or_problem
from symkl.homework.supervisor import Supervisor, supervisor_here
from symkl.homework.verdicts import CheckedFile

SECONDS = 60.0
"""The time for one document."""

LOCAL, DASK = "local", "dask"
BACKENDS = (LOCAL, DASK)
"""Where documents are checked: by processes of this machine, or by the workers of a Dask cluster."""


CONNECT = 10
"""A scheduler is waited for so many seconds."""


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


Answer = tuple[int, bytes | None, CheckedFile]
"""The number of a document, the bytes that were checked (None where there were none), and the verdicts."""

_Question = tuple[int, str, bytes | CheckedFile]


def checked_apart(documents: Iterable[tuple[int, Submission]], count: int, job: Job) -> Iterator[Answer]:
    """The verdicts on `count` numbered documents, as they come.

    Raises: OutputError where Dask is missing, or its cluster fails.
    """
    questions = ((number, str(each.path), content_or_problem(each)) for number, each in documents)
    if job.backend == DASK:
        yield from _on_cluster(questions, job)
        return
    supervisor = Supervisor()
    try:
        if min(job.workers, count) < 2:
            for question in questions:
                yield _answer(supervisor, question, job)
            return
        from joblib import Parallel, delayed  # type: ignore[import-untyped]

        parallel = Parallel(n_jobs=job.workers, backend="threading", return_as="generator_unordered", batch_size=1)
        yield from _until_left(parallel(delayed(_answer)(supervisor, question, job) for question in questions))
    finally:
        supervisor.stop()


def _until_left(answers: Generator[Answer, None, None]) -> Iterator[Answer]:
    """The answers; whoever leaves early knows that what is under way is dropped, and need not be warned."""
    try:
        for answer in answers:  # noqa: UP028  `yield from` would close them before the warning is silenced.
            yield answer
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answers.close()


def _answer(supervisor: Supervisor, question: _Question, job: Job) -> Answer:
    number, path, content = question
    if isinstance(content, CheckedFile):
        return number, None, content
    return number, content, supervisor.check(path, content, job.given, job.seconds, job.explain)


def _answer_there(question: _Question, job: Job) -> Answer:
    """The same on a machine of a cluster; the bytes that were sent there need not come back."""
    number, _, checked = _answer(supervisor_here(), question, job)
    return number, None, checked


# A cluster


def _on_cluster(questions: Iterable[_Question], job: Job) -> Iterator[Answer]:
    """Have the workers of a Dask cluster check documents; the documents are sent to them."""
    from joblib import Parallel, delayed, parallel_config

    sent: dict[int, bytes | None] = {}

    def remembered() -> Iterator[_Question]:
        for question in questions:
            sent[question[0]] = question[2] if isinstance(question[2], bytes) else None
            yield question

    with _client(job.scheduler or "") as client:
        try:
            with parallel_config(backend=DASK, client=client):
                parallel = Parallel(n_jobs=-1, return_as="generator_unordered", batch_size=1)
                answers = parallel(delayed(_answer_there)(question, job) for question in remembered())
            for number, _, checked in _until_left(answers):
                yield number, sent.pop(number), checked
        except (OSError, ImportError, _lost_workers()) as error:
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise OutputError(f"The Dask cluster at {job.scheduler} failed: {reason}.") from error


def _client(address: str) -> Any:
    try:
        from dask import distributed  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise OutputError("--backend dask needs Dask: pip install 'symkl[dask]'.") from error
    if not address.rpartition(":")[2].isdigit():
        raise OutputError(f"The scheduler '{address}' is no address; one looks like tcp://127.0.0.1:8786.")
    try:
        connect: Callable[..., Any] = distributed.Client
        return connect(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise OutputError(f"The Dask scheduler {address} does not answer.") from error


def _lost_workers() -> type[Exception]:
    from dask import distributed

    found: type[Exception] = distributed.KilledWorker
    return found
