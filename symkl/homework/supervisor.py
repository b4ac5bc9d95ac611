"""Checks documents in processes that can be killed: a call into C that does not end is ended, and the rest go on.

A process is asked one document after the other, over pipes (`symkl.homework.worker` says how).
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cache

from symkl.homework.verdicts import CheckedFile, from_data

READY = b"ready\n"
COMMAND = "import sys; sys.path[:] = sys.argv[1:]; from symkl.homework.worker import serve; serve()"
SHARE = 0.9
"""The part of the time after which a worker is to stop by itself with the rows that it has."""
START = 120.0
"""The time for a worker to be ready."""
TIMED_OUT, DIED = 3, 70
"""Exit codes: a document that was not finished, and one that ended its process."""
LONGEST_LIFE = 500
"""A worker is replaced after so many documents, so that nothing it keeps piles up."""


class _Ended(Exception):
    """The process ended without an answer."""


class _Late(Exception):
    """The answer did not come in time; the process has been killed."""


class _Worker:
    """One process, and the pipes to it."""

    def __init__(self) -> None:
        self._answered = 0
        self._is_ready = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", COMMAND, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, path: str, content: bytes, given: Sequence[str], seconds: float, explain: int | None) -> CheckedFile:
        """The answer.

        Raises: _Late, _Ended.
        """
        if not self._is_ready:
            try:
                self._is_ready = self._exchanged(b"", START) == READY
            except _Late as error:
                raise _Ended from error
        asked = {"path": path, "size": len(content), "given": given, "seconds": SHARE * seconds, "explain": explain}
        answer = self._exchanged(json.dumps(asked).encode() + b"\n" + content, seconds)
        self._answered += 1
        return from_data(json.loads(answer))

    def _exchanged(self, question: bytes, seconds: float) -> bytes:
        """A line for a question."""
        questions, answers = self._process.stdin, self._process.stdout
        over = threading.Event()
        timer = threading.Timer(seconds, self._end, (over,))
        timer.daemon = True
        timer.start()
        answer = b""
        try:
            if questions is not None and answers is not None:
                questions.write(question)
                questions.flush()
                answer = answers.readline()
        except (OSError, ValueError):
            # The other end is closed; what there is to say of it is said below.
            answer = b""
        finally:
            timer.cancel()
        if answer.endswith(b"\n"):
            return answer
        raise _Late if over.is_set() else _Ended

    def _end(self, over: threading.Event) -> None:
        over.set()
        self._process.kill()

    @property
    def is_usable(self) -> bool:
        """Whether the process can be asked again."""
        return self._process.poll() is None and self._answered < LONGEST_LIFE

    def kill(self) -> None:
        """End the process; whoever waits for its answer sees that it has ended."""
        self._process.kill()

    def close(self) -> None:
        """End the process and let go of its pipes."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._process.wait()


class Supervisor:
    """The workers of a run: those at work, and those that wait. `check` may be called by several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Worker] = []
        self._at_work: set[_Worker] = set()
        self._is_over = False

    def check(self, path: str, content: bytes, given: Sequence[str], seconds: float, explain: int | None) -> CheckedFile:
        """The verdicts on a document, in at most `seconds`; what went wrong is the result's `error`, never an exception."""
        for new in (False, True):
            # A worker that has waited may have ended meanwhile: only what ends a new one is the document's fault.
            worker = self._taken(new)
            if worker is None:
                break
            try:
                return worker.ask(path, content, given, seconds, explain)
            except _Late:
                reason = f"not finished within {seconds:g} s; --timeout gives it more"
                return CheckedFile(path, error=reason, error_code=TIMED_OUT, finished=False)
            except _Ended:
                continue
            finally:
                self._give_back(worker)
        reason = "the process that checked it ended without an answer (out of memory, or a fault in a library); please report"
        return CheckedFile(path, error=reason, error_code=DIED, finished=False)

    def _taken(self, new: bool) -> _Worker | None:
        """A worker that waits, or a new one; none where the run is over."""
        with self._lock:
            if self._is_over:
                return None
            while self._waiting and not new:
                worker = self._waiting.pop()
                if worker.is_usable:
                    break
                worker.close()
            else:
                worker = _Worker()
            self._at_work.add(worker)
            return worker

    def _give_back(self, worker: _Worker) -> None:
        """Let a worker wait for the next document; one that has ended, or has done its share, goes."""
        with self._lock:
            self._at_work.discard(worker)
            if worker.is_usable and not self._is_over:
                self._waiting.append(worker)
                return
        worker.close()

    def stop(self) -> None:
        """End every worker; what is still asked is not answered."""
        with self._lock:
            self._is_over = True
            at_work, waiting = list(self._at_work), list(self._waiting)
            self._waiting.clear()
        for worker in at_work:
            worker.kill()
        for worker in waiting:
            worker.close()


@cache
def supervisor_here() -> Supervisor:
    """The supervisor of this process, where a run has none of its own: on the machines of a cluster."""
    return Supervisor()
