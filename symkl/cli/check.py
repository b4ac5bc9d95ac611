"""`symkl check`: a verdict for every row of some documents."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from math import isfinite, isnan
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

import symkl
from symkl.cli import options
from symkl.cli.certify_lines import WrongRows
from symkl.cli.progress import Progress, quiet
from symkl.cli.watch import watch_files

COULD_NOT = 4
LONGEST = 86_400.0
"""A document gets a day at most."""

VERDICTS = ("given", "correct", "wrong", "unknown", "unread")
WITH_ONLY = ("text", "markdown", "html")


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE|FOLDER|-...")
@options.givens
@options.form(symkl.REPORT_FORMATS, "How the report is written")
@click.option(
    "--only", type=click.Choice(VERDICTS), metavar="VERDICT", help=f"Only the rows of one verdict: {', '.join(VERDICTS)}."
)
@click.option("--explain", type=click.IntRange(min=1), metavar="LINE", help="Print the derivation of the row at LINE in full.")
@click.option(
    "--certify", is_flag=True, help="Have coqc certify that each wrong row is false at its point; with -o write the files."
)
@click.option(
    "--points", type=click.FloatRange(min=0), default=1.0, show_default=True, metavar="POINTS",
    help="With --format gradescope: the points of a row.",
)  # fmt: skip
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="DIR",
    help="Keep each result in DIR as it comes, with --format text, markdown or html a page for each as well; "
    "a run that stopped goes on there.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Check N documents at once.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True, max=LONGEST), default=60.0, show_default=True, metavar="SECONDS",
    help="The time for one document.",
)  # fmt: skip
@click.option(
    "--backend", type=click.Choice(["local", "dask"]), default="local", show_default=True, metavar="WHERE",
    help="Where documents are checked: local, or dask for a cluster.",
)  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="With --backend dask: the address of its scheduler.")
def command(
    files: tuple[str, ...], form: str, only: str | None, explain: int | None, points: float, watch: bool, **how: Any
) -> int:
    """Say of every row of the documents whether it follows: given, correct, wrong, unknown or unread.

    \b
    symkl check homework.tex
    symkl check homework.tex --watch
    symkl check homework.tex --explain 12
    symkl check submissions/ --jobs 4 -o results --format html > report.html

    Folders are searched through; - is standard input. The exit code is 0 where all is right, 1 where something is wrong, else 4
    where a file could not be read, else 3 where something is undecided or there was nothing to check.
    """
    if (how["scheduler"] is None) != (how["backend"] != "dask"):
        raise click.UsageError("--backend dask and --scheduler ADDRESS go together.")
    if isnan(how["timeout"]) or not isfinite(points):
        raise click.UsageError("--timeout and --points take a number.")
    taken = _options(form, only, explain, points)
    if how["givens"]:
        # A given that is not understood is told once, and not for every document.
        symkl.read_document("", given=how["givens"], kind="formula")

    def run() -> int:
        return _run(files, form, taken, explain, how)

    if watch:
        watch_files(files, run)
    return run()


def _is_asked(parameter: str) -> bool:
    """Whether a parameter stands on the command line."""
    return click.get_current_context().get_parameter_source(parameter) is ParameterSource.COMMANDLINE


def _options(form: str, only: str | None, explain: int | None, points: float) -> dict[str, Any]:
    """What the format takes; what it cannot take is refused."""
    if form == "gradescope":
        taken: dict[str, Any] = {"points": points}
    elif form == "text":
        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else 80
        taken = {"width": max(width, 40), "colour": terminal and "NO_COLOR" not in os.environ, "explain": explain}
    else:
        taken = {}
    if only is not None:
        if form not in WITH_ONLY:
            raise click.UsageError(f"--only goes with --format {', '.join(WITH_ONLY[:-1])} or {WITH_ONLY[-1]}.")
        taken["only"] = only
    if explain is not None and form not in ("text", "json"):
        raise click.UsageError("--explain goes with --format text or json.")
    return taken


def _run(files: tuple[str, ...], form: str, taken: dict[str, Any], explain: int | None, how: dict[str, Any]) -> int:
    """Check once and print the report as it comes."""
    tally = symkl.Tally()
    wrong = WrongRows()
    complaints: list[str] = []
    is_class = len(files) > 1 or Path(files[0]).is_dir()
    progress = Progress() if is_class and sys.stderr.isatty() else quiet()

    def complain(message: str) -> None:
        complaints.append(message)
        progress.say(message)

    with progress:
        try:
            found = symkl.check_each(
                files,
                how["givens"],
                jobs=how["jobs"],
                seconds=how["timeout"],
                folder=how["output"],
                backend=how["backend"],
                scheduler=how["scheduler"],
                explain=explain,
                progress=progress.show,
                complain=complain,
            )
            found = wrong.among(found) if how["certify"] else found
            if how["output"] is not None and _is_asked("form"):
                kept = {**taken, "colour": False} if form == "text" else taken
                found = symkl.keep_reports(found, how["output"], form, complain, **kept)
            _print(symkl.report_pieces(tally.counting(found), form, **taken), progress)
        except KeyboardInterrupt:
            if how["output"] is not None:
                progress.say(f"Interrupted. What is done is kept in {how['output']}; the same command goes on from there.")
            raise
    wrong.certify(how["output"], aside=form != "text")
    return max(tally.exit_code, COULD_NOT) if complaints and tally.exit_code != 1 else tally.exit_code


def _print(pieces: Iterator[str], progress: Progress) -> None:
    for piece in pieces:
        with progress.aside():
            click.echo(piece, nl=False)
