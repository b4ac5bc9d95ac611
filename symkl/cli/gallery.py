"""`symkl gallery build`: every derivation as a static site."""

from __future__ import annotations

import click

import symkl


@click.group("gallery")
def command() -> None:
    """The gallery of derivations as a static site."""


@command.command("build", short_help="Write the pages into a folder.")
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder to write into; made where it does not exist.")
@click.option("--no-pictures", is_flag=True, help="Leave the pictures out; without matplotlib there are none.")
def build(output: str, no_pictures: bool) -> None:
    """Write the index, a page for each derivation, and the reference of the rules.

    \b
    symkl gallery build -o site
    """
    written = symkl.build_gallery(output, pictures=not no_pictures)
    click.echo(f"{len(written)} files in {output}; open {output}/index.html.")
