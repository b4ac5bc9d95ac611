"""`symkl explain`: the rules that lead from one expression to another."""

from __future__ import annotations

import click

import symkl


@click.command("explain")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--given", "givens", multiple=True, metavar="TEXT", help="What the symbols are; may be repeated.")
@click.option("--format", "form", type=click.Choice(["hints", *(f for f in symkl.FORMATS if f != "hints")]), default="hints")
def command(left: str, right: str, givens: tuple[str, ...], form: str) -> None:
    """Name the rules that lead from expression A to expression B.

    For example: symkl explain "log(p/q)" "log(p) - log(q)" --given "0 < p < 1; 0 < q < 1"

    With another --format the lines between are printed as well. The exit code is 1 where B is another number than A, and 3
    where no rules are found.
    """
    click.echo(symkl.explain(left, right, given=givens).render(form), nl=False)
