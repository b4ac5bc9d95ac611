"""`symkl explain`: the rules that lead from one expression to another."""

from __future__ import annotations

import click

import symkl
from symkl.cli import options
from symkl.cli.formulas import FormulaCommand


@click.command("explain", cls=FormulaCommand)
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@options.givens
@options.form(symkl.FORMATS, "How the rules are shown, alone (hints) or with the lines between", default="hints")
def command(left: str, right: str, givens: tuple[str, ...], form: str) -> None:
    """Name the rules that lead from expression A to expression B.

    \b
    symkl explain "log(p/q)" "log(p) - log(q)" --given "0 < p < 1; 0 < q < 1"

    The exit code is 0 for rules, 1 where B is another number than A, 3 where no rules are found.
    """
    click.echo(symkl.explain(left, right, given=givens).render(form), nl=False)
