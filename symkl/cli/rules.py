"""`symkl rules`: the rules, one rule, or a check of every example."""

from __future__ import annotations

import textwrap

import click

import symkl


@click.command("rules")
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Replay every rule's example.")
def command(name: str | None, check: bool) -> None:
    """List the rules by topic, or show the one called NAME.

    \b
    symkl rules log-quotient
    symkl rules --check
    """
    known = symkl.rules()
    if name is not None:
        _show(symkl.rules(name)[0])
        return
    if check:
        for rule in known:
            rule.check()
        click.echo(f"{len(known)} rules, every example replays.")
        return
    topic = ""
    for rule in known:
        if rule.topic != topic:
            topic = rule.topic
            click.echo(("\n" if rule is not known[0] else "") + click.style(topic, bold=True))
        _row(f"  {rule.name:<26}", rule.text)


def _show(rule: symkl.Rule) -> None:
    click.echo(click.style(rule.name, bold=True) + f": {rule.title}")
    rows = [
        ("rule", rule.text + ("  (both ways)" if rule.both_ways else "")),
        ("when", ", ".join(rule.when)),
        ("takes", ", ".join(rule.takes)),
        ("says", rule.says),
        ("example", rule.example),
        ("given", "; ".join(rule.given)),
        ("shown", "; ".join(rule.assuming)),
        ("source", rule.source),
        ("file", f"theory/rules/{rule.file}"),
    ]
    for label, text in rows:
        if text:
            _row(f"  {label:<9}", text)


def _row(label: str, text: str) -> None:
    """A label and a text that goes on under itself at 80 columns; a long label has a line of its own."""
    indent = " " * min(len(label), 28)
    if not label.endswith(" "):
        click.echo(label)
        label = indent
    click.echo(textwrap.fill(text, 80, initial_indent=label, subsequent_indent=indent, break_on_hyphens=False))
