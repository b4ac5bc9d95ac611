"""`symkl derive`: a derivation in the terminal, in LaTeX, Markdown or JSON."""

from __future__ import annotations

import click

import symkl
from symkl.cli.output import write


def _number(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.lstrip("-").isdigit() or not value.isascii() or int(value) < 2:
        raise click.BadParameter(f"{value} is not allowed; the number of categories is a whole number of at least 2.")
    return int(value)


@click.command("derive")
@click.argument("name")
@click.option("--family", help="The family of laws: bernoulli, categorical, uniform; see symkl derivations.")
@click.option("--n", callback=_number, metavar="N", help="Write out N categories; without it the sums stay sums.")
@click.option("--log", "base", default="e", show_default=True, metavar="BASE", help="The base of log: e, 2, 10 or a letter.")
@click.option("--format", "form", type=click.Choice(symkl.FORMATS), default="text", show_default=True)
@click.option("--detail", type=click.Choice(symkl.DETAILS), default="textbook", show_default=True)
@click.option("--standalone", is_flag=True, help="With --format latex: a whole document.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of the terminal.")
def command(
    name: str, family: str | None, n: int | None, base: str, form: str, detail: str, standalone: bool, output: str | None
) -> None:
    """Print the derivation called NAME, every step named and checked.

    For example: symkl derive kl-decomposition --family categorical --n 3
    """
    if standalone and form != "latex":
        raise click.UsageError("--standalone goes with --format latex.")
    derivation = symkl.derive(name, family=family, n=n, log=base)
    write(derivation.render(form, detail=detail, standalone=standalone, terminal=output is None), output)
