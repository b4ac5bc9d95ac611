"""`symkl certify --format lean`: the same claims and steps as text for Lean 4, which symkl does not check."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

import symkl
from symkl.cli.output import indented
from symkl.errors import NoImage

NO_TEXT = 3
HOW = "`lake exe cache get && lake build` there has Lean check it."
NOT_RUN = f"symkl does not run Lean, it only writes the text. Leave --run out and write it with -o DIR; {HOW}"


def certificate_in_lean(certificate: symkl.Certificate, output: str | None) -> int:
    """Show the claim in Lean beside the LaTeX, and write the files.

    Raises: NoImage with the reason, where there is no Lean text.
    """
    text = certificate.in_lean
    click.echo(f"In LaTeX:\n  {certificate.latex}\n\nIn Lean:\n{indented(text.statement)}\n")
    if _has_zeros(certificate):
        click.echo("The masses are positive; the claim where they may be zero too is written for Coq alone.\n")
    if output is not None:
        text.write(output)
        click.echo(f"Written into {output}; {HOW}")
    click.echo(text.unchecked.replace("on this file", "on it"))
    return 0


def _has_zeros(certificate: symkl.Certificate) -> bool:
    try:
        return bool(certificate.with_zeros.statement)
    except NoImage:
        return False


def gallery_in_lean(output: str | None) -> int:
    """Write every derivation of the gallery, each into a folder of its own, and say which have no Lean text."""
    count: Counter[str] = Counter()
    for name, family, made in symkl.gallery_certificates():
        word, reason = "text", ""
        try:
            if isinstance(made, NoImage):
                raise made
            text = made.in_lean
            if output is not None:
                text.write(Path(output) / f"{count.total() + 1:03}-{name}-{family}")
        except NoImage as error:
            word, reason = "no text", f": {error}"
        count[word] += 1
        click.echo(f"  {word:<8} {name} ({family}){reason}")
    where = f" Written into {output}; {HOW.replace('there', 'in each folder there')}" if output is not None else ""
    click.echo(", ".join(f"{number} {word}" for word, number in count.items()) + f".{where}")
    click.echo("Not checked: symkl has not run Lean on any of them.")
    return 0 if set(count) == {"text"} else NO_TEXT
