"""`symkl plot`: a picture."""

from __future__ import annotations

import textwrap

import click

import symkl
from symkl.errors import UnknownName


@click.command("plot")
@click.argument("name", required=False)
@click.option("-o", "--output", metavar="FILE", help="The file to write: .svg, .pdf or .png.")
def command(name: str | None, output: str | None) -> None:
    """Draw the picture called NAME; without a name, list the pictures.

    \b
    symkl plot cross-entropy-loss -o loss.svg
    """
    if name is None:
        for known, plot in symkl.PLOTS.items():
            click.echo(click.style(known, bold=True))
            click.echo(textwrap.fill(plot.caption, 80, initial_indent="    ", subsequent_indent="    "))
        return
    if name not in symkl.PLOTS:
        raise UnknownName("picture", name, symkl.PLOTS)
    if output is None:
        raise click.UsageError(f"Say where to, as in: symkl plot {name} -o {name}.svg")
    click.echo(f"Wrote {symkl.plot(name, output)}.")
