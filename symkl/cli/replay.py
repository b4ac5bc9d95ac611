"""`symkl replay`: re-check a derivation saved as JSON."""

from __future__ import annotations

import click

import symkl


@click.command("replay")
@click.argument("file", type=click.Path())
def command(file: str) -> None:
    """Re-check every step of the derivation in FILE, as `symkl derive --format json` wrote it.

    Exit code 1 with the number of the step where the kernel rejects it.
    """
    derivation = symkl.replay(file)
    count = len(derivation.steps)
    click.echo(f"{derivation.title}: {count} step{'s' * (count != 1)}, every one accepted by the kernel.")
