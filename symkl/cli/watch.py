"""Run again whenever a file is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import click

INTERVAL = 0.3
"""So many seconds between two looks at the files."""

Stamp = dict[Path, tuple[int, int]]


def watch_files(files: Iterable[str], run: Callable[[], int]) -> NoReturn:
    """Run, and run again when one of the files, or a file in one of the folders, has changed; only Ctrl-C ends it."""
    seen: Stamp | None = None
    while True:
        now = _stamp(files)
        if now != seen:
            if seen is not None:
                click.echo(f"\n{time.strftime('%H:%M:%S')}: changed, checked again\n")
            seen = now
            run()
        time.sleep(INTERVAL)


def _stamp(files: Iterable[str]) -> Stamp:
    """When each file was changed, and its size; a file that is not there, or is just being replaced, has none."""
    found: Stamp = {}
    for path in map(Path, files):
        for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
            try:
                state = each.stat()
            except OSError:
                continue
            found[each] = (state.st_mtime_ns, state.st_size)
    return found
