"""`symkl prove`: is a statement true?"""

from __future__ import annotations

import click

import symkl


@click.command("prove")
@click.argument("statement")
@click.option("--given", "givens", multiple=True, metavar="TEXT", help="What the symbols are; may be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(statement: str, givens: tuple[str, ...], form: str) -> int:
    """Decide STATEMENT: proved, refuted with a point, or unknown with the reason.

    For example: symkl prove "KL(P || Q) = H(P, Q) - H(P)" --given "P, Q on {1..n}"

    The exit code is 0 for proved, 1 for refuted, 3 for unknown.
    """
    verdict = symkl.prove(statement, given=givens)
    click.echo(symkl.render_verdict(verdict, form))
    return verdict.exit_code
