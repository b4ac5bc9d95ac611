"""A progress bar on standard error that makes way for what is printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


class Progress:
    """How many of some documents are done, and how long the rest may take."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        self._bar: Any = Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False)
        self._task: Any = self._bar.add_task("", total=None)

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, done: int, of: int) -> None:
        """So many are done."""
        self._bar.update(self._task, completed=done, total=of)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something is printed on the same terminal."""
        if not sys.stdout.isatty():
            yield
            return
        self._bar.stop()
        try:
            yield
        finally:
            sys.stdout.flush()
            self._bar.start()

    def say(self, message: str) -> None:
        """A message between the bars."""
        self._bar.stop()
        click.echo(message, err=True)
        self._bar.start()


class _Quiet(Progress):
    """No bar."""

    def __init__(self) -> None:
        pass

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show(self, done: int, of: int) -> None:
        return

    @contextmanager
    def aside(self) -> Iterator[None]:
        yield
        sys.stdout.flush()

    def say(self, message: str) -> None:
        click.echo(message, err=True)


def quiet() -> Progress:
    """What shows no progress."""
    return _Quiet()
