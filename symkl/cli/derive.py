"""`symkl derive`: a derivation in the terminal, in LaTeX, Markdown or JSON."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

import symkl
from symkl.cli import options
from symkl.cli.formulas import FormulaCommand
from symkl.cli.output import write


@click.command("derive", cls=FormulaCommand)
@click.argument("name", metavar="NAME|STATEMENT")
@options.givens
@options.family
@options.number
@options.log_base
@options.form(symkl.FORMATS, "How the lines look")
@click.option("--hints", "form", flag_value="hints", help="The names of the rules alone.")
@click.option("--worksheet", "form", flag_value="worksheet", help="LaTeX with every right-hand side blank, then the solution.")
@click.option(
    "--detail", type=click.Choice(symkl.DETAILS), default="textbook", show_default=True, metavar="DETAIL",
    help=f"How fine the lines are: {', '.join(symkl.DETAILS)}.",
)  # fmt: skip
@click.option("--axioms", is_flag=True, help="Cite no lemma; with --detail brief they are cited first.")
@click.option("--standalone", is_flag=True, help="With --format latex: a whole document.")
@click.option("--save", metavar="FILE.toml", help="Also write the derivation as a script that replays.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of the terminal.")
def command(
    name: str,
    givens: tuple[str, ...],
    family: str | None,
    n: int | None,
    base: str,
    form: str,
    detail: str,
    axioms: bool,
    standalone: bool,
    save: str | None,
    output: str | None,
) -> None:
    """Print the derivation called NAME, or the one that is found for a STATEMENT, every step named and checked.

    \b
    symkl derive kl-decomposition --family categorical --n 3
    symkl derive "H(X, Y) = H(X) + H(Y | X)" --given "X, Y ~ p(x,y)"
    symkl derive kl --format latex --standalone -o kl.tex

    The exit code is 0 for a derivation, 1 where the statement is refuted, 3 where no derivation is found.
    """
    if standalone and form != "latex":
        raise click.UsageError("--standalone goes with --format latex.")
    lemmas = "never" if axioms else "first" if detail == "brief" else "needed"
    derivation = symkl.derive(name, given=givens, family=family, n=n, log=base, lemmas=lemmas)
    if save is not None:
        write(derivation.script(Path(save).stem), save)
    write(derivation.render(form, detail=detail, **_options(form, standalone, output)), output)


def _options(form: str, standalone: bool, output: str | None) -> dict[str, Any]:
    """What the format takes beside the detail: a terminal's width and colours, a whole document."""
    if form == "latex":
        return {"standalone": standalone}
    if form == "text" and output is None and sys.stdout.isatty():
        return {"width": shutil.get_terminal_size().columns, "colour": "NO_COLOR" not in os.environ}
    return {}
