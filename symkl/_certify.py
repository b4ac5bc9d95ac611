"""The public face of certificates: a derivation as files that Coq checks, and what Coq says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symkl._derive import Derivation, derivations, derive, replay
from symkl._lean import LeanText
from symkl.certificate import coq, coqc, files, write
from symkl.certificate.coq import Verdict as CoqVerdict
from symkl.certificate.refutation import refutation
from symkl.certificate.zeros import certificate_with_zeros
from symkl.derivation.step import Derivation as Checked
from symkl.errors import NoImage, NotDerived, SymklError, UsageError
from symkl.homework.verdicts import Line
from symkl.judge.verdict import REFUTED, Verdict
from symkl.language.latex_writer import write_latex
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation
from symkl.theory.setting import setting

__all__ = [
    "SECONDS", "Certificate", "CoqVerdict", "certify", "certify_gallery", "certify_line", "certify_refutation",
    "gallery_certificates", "run_certificates",
]  # fmt: skip

SECONDS = coqc.SECONDS
"""What coqc is given for one certificate, in seconds."""

CATEGORIES = 3
"""How many categories the gallery writes out where a derivation takes a number of them."""


class Certificate:
    """A claim in Coq: its proof, and a check that is made from the claim alone.

    The claim is the goal of a derivation, or that a statement fails at a point. Writing a certificate says nothing yet; `run`
    says whether Coq accepts it.
    """

    def __init__(self, made: files.Certificate, latex: str, refutes: bool = False, shows: Checked | None = None) -> None:
        self._made = made
        self._latex = latex
        self._shows = shows
        self.refutes = refutes

    @property
    def latex(self) -> str:
        """The statement in LaTeX; where `refutes`, the one that is false."""
        return self._latex

    @property
    def statement(self) -> str:
        """The claim as Coq reads it: the definitions of its laws, its domain, and what holds there."""
        return self._made.claim

    @property
    def proof(self) -> str:
        """The text of Proof.v."""
        return self._made.proof

    @property
    def check(self) -> str:
        """The text of Check.v, which states the claim anew and closes it with the proof."""
        return self._made.check

    def write(self, folder: str | Path) -> Sequence[Path]:
        """Write the proof, the check, the prelude and a Makefile into a folder; `make` there checks them.

        Raises: OutputError where the folder cannot be written.
        """
        return files.write_files(self._made, Path(folder))

    @property
    def with_zeros(self) -> Certificate:
        """The same claim where masses may be zero, with 0 log 0 = 0 and under absolute continuity: a theorem of its own.

        Raises: NoImage with the reason, where the claim is none about laws whose masses may be zero.
        """
        if self._shows is None:
            raise NoImage("Only the claim of a derivation is stated with zeros.")
        return Certificate(certificate_with_zeros(self._shows.name, self._shows.setting, self._shows.goal), self._latex)

    @property
    def in_lean(self) -> LeanText:
        """The same claim and steps as text for Lean 4 with mathlib, which is not checked here.

        Raises: NoImage with the reason, where there is no such text.
        """
        if self._shows is None:
            false = "that a statement is false at a point is written for Coq alone, with --format coq"
            raise NoImage(f"Only a derivation is written for Lean; {false}.")
        return LeanText(self._shows)

    def run(self, seconds: float = SECONDS) -> CoqVerdict:
        """Have coqc check the certificate.

        Raises: CoqMissing with how to install it.
        """
        return coq.run(self._made, seconds)

    def __repr__(self) -> str:
        return f"<Certificate {'against' if self.refutes else 'of'} {self._latex}>"


def certify(
    source: str | Path | Derivation | Mapping[str, Any],
    *,
    given: Iterable[str] | str = (),
    family: str | None = None,
    n: int | None = None,
    log: str | int = "e",
) -> Certificate:
    """The certificate of a derivation: of one at hand, one by name, one saved as JSON, or one found for a statement.

    Raises: NoImage where Coq has no expression here for something in it, and what `derive` and `replay` raise.
    """
    if isinstance(source, Derivation):
        return _of(source)
    if isinstance(source, Mapping | Path) or source.endswith(".json"):
        if given or family is not None or n is not None:
            raise UsageError("A saved derivation has its own givens, family and number of categories.")
        return _of(replay(source))
    return _of(_at_length(derive(source, given=given, family=family, n=n, log=log)))


def _of(derivation: Derivation) -> Certificate:
    checked = derivation._checked
    latex = write_latex(checked.goal, checked.setting.scope.log_base)
    return Certificate(write.certificate(checked), latex, shows=checked)


def _at_length(derivation: Derivation) -> Derivation:
    """The derivation without citations, which have no certificate: where it cites a lemma, its goal is derived anew."""
    checked = derivation._checked
    if not any(rewrite.rule == "lemma" for part in checked.parts for step in part.steps for rewrite in step.rewrites):
        return derivation
    setting = checked.setting
    return derive(setting.write(checked.goal), given=[given.text for given in setting.givens], lemmas="never")


def certify_refutation(verdict: Verdict | NotDerived) -> Certificate:
    """The certificate that a refuted statement fails: a point of its domain where every part has a value and it is false.

    `verdict` is that of `prove`, or the error of `derive` that has it.

    Raises: UsageError for a verdict that refutes nothing; NoImage where Coq has no expression here for something in it, such
    as an integral.
    """
    found = verdict.verdict if isinstance(verdict, NotDerived) else verdict
    if not isinstance(found, Verdict) or found.verdict != REFUTED:
        raise UsageError("Only a refuted statement has a certificate that it is false.")
    made = refutation(found.statement, found.setting, found.witness)
    return Certificate(made, write_latex(found.statement, found.setting.scope.log_base), refutes=True)


def certify_line(line: Line) -> Certificate:
    """The certificate that a wrong row of a document is false at the point where it was refuted.

    Raises: UsageError for a row that was not refuted; NoImage where the statement or the point has no image in Coq.
    """
    claim = line.refuted
    if claim is None:
        raise UsageError("Only a row that is wrong at a point has a certificate that it is false.")
    try:
        where = setting(claim.givens)
        statement = read_plain(claim.statement, where.scope)
    except SymklError as error:
        raise NoImage(f"What was refuted is not read back: {str(error).partition(chr(10))[0]}") from error
    if not isinstance(statement, Relation):
        raise NoImage("What was refuted is no statement.")
    made = refutation(statement, where, claim.witness)
    return Certificate(made, write_latex(statement, where.scope.log_base), refutes=True)


def run_certificates(certificates: Sequence[Certificate], seconds: float = SECONDS) -> Sequence[CoqVerdict]:
    """Have coqc check many certificates, in one run where none is refused.

    Raises: CoqMissing with how to install it.
    """
    return coq.run_all([certificate._made for certificate in certificates], seconds)


@dataclass(frozen=True, slots=True)
class Entry:
    """A derivation of the gallery, and what Coq said of it; or why it has no certificate."""

    name: str
    family: str
    verdict: CoqVerdict | None
    reason: str = ""


def certify_gallery(seconds: float = SECONDS) -> Sequence[Entry]:
    """Have coqc check every derivation of the gallery, in one run where none is refused.

    Raises: CoqMissing with how to install it.
    """
    made: list[tuple[str, str, files.Certificate]] = []
    without: list[Entry] = []
    for name, family, certificate in gallery_certificates():
        if isinstance(certificate, NoImage):
            without.append(Entry(name, family, None, str(certificate)))
        else:
            made.append((name, family, certificate._made))
    verdicts = coq.run_all([certificate for _, _, certificate in made], seconds)
    asked = [Entry(name, family, verdict, verdict.reason) for (name, family, _), verdict in zip(made, verdicts, strict=True)]
    return [*asked, *without]


def gallery_certificates() -> Iterator[tuple[str, str, Certificate | NoImage]]:
    """The certificate of every derivation of the gallery, by name and family; or why it has none."""
    for known in derivations():
        try:
            yield known.name, known.family, certify(known.name, family=known.family, n=CATEGORIES if known.takes else None)
        except NoImage as error:
            yield known.name, known.family, error
