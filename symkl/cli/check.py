"""`symkl check`: a verdict for every row of some documents."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import symkl
from symkl.cli.output import write


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER...")
@click.option("--given", "givens", multiple=True, metavar="TEXT", help="What the symbols are; may be repeated.")
@click.option("--format", "form", type=click.Choice(symkl.REPORT_FORMATS), default="text", show_default=True)
@click.option(
    "--only", type=click.Choice(["given", "correct", "wrong", "unknown", "unread"]), help="Only the rows of one verdict."
)
@click.option("--explain", type=int, metavar="LINE", help="Print how the row at LINE follows from the one before it.")
@click.option("--points", type=float, default=1.0, show_default=True, help="With --format gradescope: points for each row.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="So many workers.")
@click.option("--timeout", type=float, default=60.0, show_default=True, metavar="SECONDS", help="The time for one document.")
@click.option("-o", "--output", metavar="DIR", help="Keep each result in DIR as it comes; a run that stopped goes on there.")
@click.option("--backend", type=click.Choice(["loky", "dask"]), default="loky", show_default=True, help="Where the workers run.")
@click.option("--scheduler", metavar="ADDRESS", help="With --backend dask: the scheduler of the cluster.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved.")
def command(
    files: tuple[str, ...],
    givens: tuple[str, ...],
    form: str,
    only: str | None,
    explain: int | None,
    points: float,
    jobs: int,
    timeout: float,
    output: str | None,
    backend: str,
    scheduler: str | None,
    watch: bool,
) -> int:
    """Say of every row of the documents whether it follows: given, correct, wrong, unknown or unread.

    \b
    symkl check homework.tex
    symkl check submissions/ --jobs 4 -o results --format csv

    The exit code is 0 where all is right, 1 where something is wrong, 3 where something is not decided.
    """
    options = _options(form, only, explain, points)

    def run() -> int:
        found = _progress(files, givens, jobs, timeout, output, backend, scheduler, explain)
        report = symkl.Report(tuple(found))
        write(symkl.render_report(report, form, **options), None)
        return report.exit_code

    return _watched(files, run) if watch else run()


def _options(form: str, only: str | None, explain: int | None, points: float) -> dict[str, Any]:
    if form == "gradescope":
        return {"points": points}
    if form != "text":
        if only is not None or explain is not None:
            raise click.UsageError("--only and --explain go with --format text.")
        return {}
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 80
    return {"width": width, "colour": terminal and "NO_COLOR" not in os.environ, "only": only, "explain": explain}


def _progress(
    files: tuple[str, ...],
    givens: tuple[str, ...],
    jobs: int,
    timeout: float,
    output: str | None,
    backend: str,
    scheduler: str | None,
    explain: int | None,
) -> Iterator[symkl.CheckedFile]:
    shown = sys.stderr.isatty() and (len(files) > 1 or Path(files[0]).is_dir())
    place: dict[str, Any] = {"folder": output, "backend": backend, "scheduler": scheduler, "explain": explain}

    def progress(done: int, of: int) -> None:
        if shown:
            filled = 30 * done // max(1, of)
            end = "\n" if done == of else ""
            click.echo(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done} of {of}{end}", err=True, nl=False)

    return symkl.check_each(files, givens, jobs=jobs, seconds=timeout, progress=progress, **place)


def _watched(files: tuple[str, ...], run: Any) -> int:
    """Run, and run again when a file is saved, until interrupted."""
    code = 0
    seen: object = None
    while True:
        stamp = [(name, Path(name).stat().st_mtime_ns) for name in files if Path(name).exists()]
        if stamp != seen:
            seen = stamp
            code = run()
        try:
            time.sleep(0.3)
        except KeyboardInterrupt:
            return code
