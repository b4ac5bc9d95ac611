"""Options that several commands take, each worded once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import click

import symkl

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _number(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isdigit() or not value.isascii() or len(value) > 9 or not 2 <= int(value) <= symkl.LARGEST_N:
        shown = value if len(value) < 20 else f"{value[:16]}..."
        raise click.BadParameter(
            f"{shown} is not allowed; the number of categories is a whole number of at least 2 and at most {symkl.LARGEST_N}."
        )
    return int(value)


givens = click.option("--given", "givens", multiple=True, metavar="TEXT", help="What the symbols are; may be repeated.")
family = click.option(
    "--family", metavar="FAMILY", help="The family of laws: bernoulli, categorical, uniform; see symkl derivations."
)
number = click.option("--n", callback=_number, metavar="N", help="Write out N categories; without it the sums stay sums.")
log_base = click.option(
    "--log", "base", default="e", show_default=True, metavar="BASE", help="The base of log: e, 2, 10 or a letter."
)


def form(formats: Collection[str], says: str, default: str = "text") -> Decorator:
    """The option --format: one of some formats, which its help lists behind what it says."""
    return click.option(
        "--format", "form", type=click.Choice(list(formats)), default=default, show_default=True, metavar="FORMAT",
        help=f"{says}: {', '.join(formats)}.",
    )  # fmt: skip
