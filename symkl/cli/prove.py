"""`symkl prove`: is a statement true?"""

from __future__ import annotations

import click

import symkl
from symkl.cli import options
from symkl.cli.formulas import FormulaCommand


@click.command("prove", cls=FormulaCommand)
@click.argument("statement")
@options.givens
@options.form(("text", "json"), "How the verdict is written")
def command(statement: str, givens: tuple[str, ...], form: str) -> int:
    """Decide STATEMENT: proved, refuted with a point, or unknown with the reason.

    \b
    symkl prove "KL(P || Q) = H(P, Q) - H(P)" --given "P, Q on {1..n}"
    symkl prove "H(X | Y) <= H(X)" --given "X, Y ~ p(x,y)"

    The exit code is 0 for proved, 1 for refuted, 3 for unknown.
    """
    verdict = symkl.prove(statement, given=givens)
    click.echo(symkl.render_verdict(verdict, form))
    return verdict.exit_code
