"""`symkl certify`: a derivation as files that Coq checks, and Coq's verdict."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import click

import symkl
from symkl.cli import options
from symkl.cli.certify_lean import NOT_RUN, certificate_in_lean, gallery_in_lean
from symkl.cli.formulas import FormulaCommand
from symkl.cli.output import indented
from symkl.errors import LeanNotRun, NoImage, NotDerived

REFUTED, NOT_CERTIFIED = 1, 3
WITH_ZEROS = "with-zeros"
COQ, LEAN = "coq", "lean"


@click.command("certify", cls=FormulaCommand)
@click.argument("source", metavar="NAME|FILE.json|STATEMENT", required=False)
@options.givens
@options.family
@options.number
@options.log_base
@click.option("-o", "--output", metavar="DIR", help="Write the files into DIR; `make` there checks them.")
@click.option(
    "--format", "assistant", type=click.Choice([COQ, LEAN]), default=COQ, show_default=True, metavar="FORMAT",
    help="Whom it is for: coq, or lean (4, with mathlib), which is text that is not checked here.",
)  # fmt: skip
@click.option("--run", is_flag=True, help="Have coqc check it now.")
@click.option("--all", "gallery", is_flag=True, help="Have coqc check every derivation of the gallery; or write each for Lean.")
@click.option(
    "--timeout", default=60.0, show_default=True, type=click.FloatRange(min=0.1, max=3600), metavar="SECONDS",
    help="With --run: the time for one file.",
)  # fmt: skip
def command(
    source: str | None,
    givens: tuple[str, ...],
    family: str | None,
    n: int | None,
    base: str,
    output: str | None,
    assistant: str,
    run: bool,
    gallery: bool,
    timeout: float,
) -> int:
    """Write a certificate of a derivation for Coq, and with --run have Coq check it.

    \b
    symkl certify kl-decomposition --run
    symkl certify "KL(P || Q) = H(P, Q) - H(P)" --given "P, Q on {1..n}" -o coq
    symkl certify kl-decomposition --format lean -o lean
    symkl certify --all

    The exit code is 0 where it is certified, or with no --run written; 1 where the statement is refuted; 3 where it is not
    certified.
    """
    if gallery == (source is not None):
        raise click.UsageError("Name one derivation, or ask for --all.")
    if assistant == LEAN and run:
        raise LeanNotRun(NOT_RUN)
    if gallery:
        return gallery_in_lean(output) if assistant == LEAN else _all(timeout)
    certificate = _certificate(source or "", givens, family, n, base)
    if assistant == LEAN:
        return certificate_in_lean(certificate, output)
    if certificate.refutes:
        click.echo("The statement is refuted; the certificate is that it is false at a point.\n")
    click.echo(f"In LaTeX:\n  {certificate.latex}\n\nIn Coq:\n{indented(certificate.statement)}\n")
    zeros = _with_zeros(certificate)
    if output is not None:
        certificate.write(output)
        click.echo(f"Written into {output}; `make` there has Coq check it.")
        if zeros is not None:
            zeros.write(Path(output) / WITH_ZEROS)
            click.echo(f"The claim with zeros is written into {Path(output) / WITH_ZEROS}.")
    if not run:
        click.echo("Not checked by Coq in this run; --run does that.")
        return REFUTED if certificate.refutes else 0
    verdict, *beyond = symkl.run_certificates([certificate, *([] if zeros is None else [zeros])], timeout)
    click.echo(_said(verdict, certificate.refutes))
    for other in beyond:
        same = "certified, under the hypotheses shown and the same axioms."
        click.echo(f"With zeros too: {same if verdict and other else _said(other)}")
    if not verdict:
        return NOT_CERTIFIED
    return REFUTED if certificate.refutes else 0


def _certificate(source: str, givens: tuple[str, ...], family: str | None, n: int | None, base: str) -> symkl.Certificate:
    try:
        return symkl.certify(source, given=givens, family=family, n=n, log=base)
    except NotDerived as error:
        if error.exit_code != REFUTED:
            raise
        return symkl.certify_refutation(error)


def _with_zeros(certificate: symkl.Certificate) -> symkl.Certificate | None:
    """The claim where masses may be zero, shown beside the other; or why there is none."""
    if certificate.refutes:
        return None
    try:
        found = certificate.with_zeros
    except NoImage as error:
        click.echo(f"For positive masses alone: {str(error)[0].lower()}{str(error)[1:]}\n")
        return None
    click.echo(f"With zeros too, by 0 log 0 = 0:\n{indented(found.statement)}\n")
    return found


def _said(verdict: symkl.CoqVerdict, refutes: bool = False) -> str:
    if not verdict:
        return f"not certified: {verdict.reason} (Coq {verdict.coq}, {verdict.seconds:.1f} s). This does not say it is false."
    axioms = "\n".join(f"  {axiom}" for axiom in verdict.axioms) or "  none"
    return (
        f"certified{' to be false' if refutes else ''}: accepted by Coq {verdict.coq}'s kernel in {verdict.seconds:.1f} s, under "
        f"the hypotheses shown and the axioms\n{axioms}"
    )


def _all(timeout: float) -> int:
    started = time.monotonic()
    entries = symkl.certify_gallery(timeout)
    count: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda entry: (entry.name, entry.family)):
        word = entry.verdict.verdict if entry.verdict is not None else "no certificate"
        count[word] += 1
        click.echo(f"  {word:<15} {entry.name} ({entry.family})" + (f": {entry.reason}" if entry.reason else ""))
    click.echo(", ".join(f"{number} {word}" for word, number in count.items()) + f"; {time.monotonic() - started:.0f} s.")
    return 0 if set(count) == {"certified"} else NOT_CERTIFIED
