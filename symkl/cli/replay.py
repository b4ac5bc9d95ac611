"""`symkl replay`: re-check a derivation saved as JSON."""

from __future__ import annotations

import click

import symkl


@click.command("replay")
@click.argument("file", type=click.Path(), metavar="FILE")
def command(file: str) -> None:
    """Re-check every step of the derivation in FILE, as symkl derive --format json wrote it.

    \b
    symkl derive kl --format json -o kl.json
    symkl replay kl.json

    The exit code is 0 where the kernel accepts every step, 1 where it rejects one, with the number of that step.
    """
    derivation = symkl.replay(file)
    count = len(derivation.steps)
    click.echo(f"{derivation.title}: {count} step{'s' * (count != 1)}, every one accepted by the kernel.")
