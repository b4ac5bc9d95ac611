"""`symkl read`: how symkl reads a formula or a document."""

from __future__ import annotations

import sys

import click

import symkl
from symkl.cli import options

ALL_READ, SOMETHING_UNREAD = 0, 3


@click.command("read")
@click.argument("file", required=False, type=click.Path(), metavar="[FILE]")
@click.option("--latex", metavar="TEXT", help="A formula in LaTeX, instead of a file.")
@options.givens
@options.form(("text", "json"), "How the reading is written")
def command(file: str | None, latex: str | None, givens: tuple[str, ...], form: str) -> int:
    """Show how symkl reads FILE, or standard input for -, or --latex TEXT.

    Printed are the tree of every row in plain spelling, what each symbol was taken for and why, and every ambiguity with the
    reading chosen. What no given says is inferred from the notation, and said.

    \b
    symkl read homework.tex
    symkl read --latex "\\sum_i p_i \\log p_i q_i"

    The exit code is 0 where everything is read, 3 where a row is not.
    """
    if (file is None) == (latex is None):
        raise click.UsageError("Give a FILE, - for standard input, or --latex TEXT.")
    if latex is not None:
        document = symkl.read_document(latex, given=givens, kind="formula")
    elif file == "-":
        document = symkl.read_document(sys.stdin.buffer.read(), given=givens)
    else:
        document = symkl.read_document(str(file), given=givens)
    click.echo(symkl.render_reading(document, form))
    unread = not document.rows or any(row.error is not None for row in document.rows)
    return SOMETHING_UNREAD if unread else ALL_READ
