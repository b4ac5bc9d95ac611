"""Commands whose arguments are formulas: one that begins with a minus is no option."""

from __future__ import annotations

import re

import click

_FORMULA = re.compile(r"-[^-].*[=<>\\(≤≥]", re.DOTALL)


class FormulaCommand(click.Command):
    """A command that takes `-sum(i, p[i]*log(p[i])) = H(P)` for what it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; a blank keeps click from looking for an option in a formula."""
        return super().parse_args(ctx, [f" {each}" if _FORMULA.match(each) else each for each in args])
