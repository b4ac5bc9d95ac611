"""`symkl derivations`: what can be derived by name."""

from __future__ import annotations

import textwrap

import click

import symkl


@click.command("derivations")
def command() -> None:
    """List the derivations by topic, each as it is typed behind symkl derive."""
    topic = ""
    for script in sorted(symkl.derivations(), key=lambda each: (each.topic, each.name)):
        if script.topic != topic:
            click.echo(("\n" if topic else "") + click.style(script.topic, bold=True))
            topic = script.topic
        options = "".join(f" --{name} {name.upper()}" for name in script.takes)
        click.echo(f"  {script.name} --family {script.family}{options}")
        summary = script.summary
        for name in script.takes:
            summary = summary.replace(f"@{name}", name)
        click.echo(textwrap.fill(summary, 80, initial_indent="      ", subsequent_indent="      "))
