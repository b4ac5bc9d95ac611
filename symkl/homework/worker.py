"""The process that checks documents for another one, which can kill it. Run by `symkl.homework.supervisor`.

Asked on standard input: one line of JSON (`path`, `size`, `given`, `seconds`, `explain`), then `size` bytes of the document.
Answered on standard output: one line of JSON, a checked document. Before the first question it says that it is ready.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from math import inf
from typing import BinaryIO

from symkl.errors import SymklError
from symkl.homework.check import check_document
from symkl.homework.submissions import NOTHING, refused
from symkl.homework.supervisor import DIED, READY
from symkl.homework.verdicts import TIME_IS_OVER, CheckedFile, as_data
from symkl.language.documents import document_of

GRACE = 5.0
"""A worker whose supervisor has gone ends itself so many seconds after the time for its document."""
IDLE = 300.0
"""A worker that nobody asks for so many seconds ends."""
MEMORY = 4 * 2**30
"""The address space of a worker, in bytes: a document that needs more ends the worker, not the machine."""


def serve() -> None:
    """Answer until the questions end."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever else is printed must not come between the answers.
    os.dup2(2, 1)
    # An interruption is the supervisor's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    answers.write(READY)
    answers.flush()
    _answer(sys.stdin.buffer, answers)


def _answer(questions: BinaryIO, answers: BinaryIO) -> None:
    while True:
        _end_after(IDLE)
        question = questions.readline()
        if not question:
            return
        asked = json.loads(question)
        content = questions.read(asked["size"])
        _end_after(asked["seconds"] + GRACE)
        checked = check_content(asked["path"], content, asked["given"], asked["seconds"], asked["explain"])
        answers.write(json.dumps(as_data(checked)).encode() + b"\n")
        answers.flush()


def _end_after(seconds: float) -> None:
    """Have the system end this process; unlike a signal's handler it does so in the middle of a call into C as well."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        within = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (within, hard))
    except (ImportError, OSError, ValueError):
        # Systems without such limits.
        return


def check_content(
    path: str, content: bytes, given: Iterable[str] = (), seconds: float = inf, explain: int | None = None
) -> CheckedFile:
    """The verdicts on a document; what cannot be read or breaks is the result's `error`, never an exception."""
    try:
        checked = check_document(document_of(content, path), tuple(given), seconds=seconds, explain=explain)
    except SymklError as error:
        return refused(path, error)
    except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError, MemoryError) as error:
        return CheckedFile(path, error=f"internal error, please report: {type(error).__name__}: {error}", error_code=DIED)
    if not checked.chains:
        return CheckedFile(path, checked.givens, error="no mathematics was found in it", error_code=NOTHING)
    return replace(checked, finished=not any(line.reason.startswith(TIME_IS_OVER) for line in checked.lines))
