"""What coqc says of certificates.

"Certified" needs three things in one run: the proof is accepted, the claim that was written from the statement alone is closed
with it and its domain has a point, and the axioms that Coq prints are among the four of its own library of real numbers.
"""

from __future__ import annotations

import re
import secrets
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from symkl.certificate import coqc
from symkl.certificate.coqc import SECONDS, Said
from symkl.certificate.files import PROOF, Certificate, session
from symkl.certificate.prelude import LIBRARY, compiled_prelude

AXIOMS = frozenset(
    (
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    )
)
"""The axioms of Coq's own library of real numbers; a certificate may rest on no other."""

CERTIFIED, REFUSED = "certified", "not certified"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What coqc said of one certificate in this run.

    `verdict` is CERTIFIED or REFUSED; of a refused one `reason` says what was refused, and `step` and `rule` where that is a
    printed step. Refused is never "false". `seconds` is what the run took that the certificate was read in.
    """

    name: str
    verdict: str
    coq: str
    axioms: tuple[str, ...] = ()
    reason: str = ""
    step: int | None = None
    rule: str = ""
    seconds: float = field(default=0.0, compare=False)

    def __bool__(self) -> bool:
        return self.verdict == CERTIFIED


def run(made: Certificate, seconds: float = SECONDS) -> Verdict:
    """Have coqc check a certificate.

    Raises: CoqMissing where there is no coqc.
    """
    return run_all([made], seconds)[0]


def run_all(many: Sequence[Certificate], seconds: float = SECONDS) -> list[Verdict]:
    """Have coqc check many certificates; `seconds` is what one of them may take.

    One run reads them all. Where it is refused it says nothing of any, and smaller runs read them anew.

    Raises: CoqMissing where there is no coqc.
    """
    if not many:
        return []
    verdicts, stopped_at = _run_once(many, seconds)
    if all(verdicts) or len(many) == 1:
        return verdicts
    return [verdict for fewer in _apart(many, stopped_at) for verdict in run_all(fewer, seconds)]


def _apart(many: Sequence[Certificate], stopped_at: int | None) -> list[Sequence[Certificate]]:
    """The certificate that coqc stopped at alone, between the others; two halves where it named none."""
    if stopped_at is None:
        half = len(many) // 2
        return [many[:half], many[half:]]
    return [many[:stopped_at], many[stopped_at : stopped_at + 1], many[stopped_at + 1 :]]


def _run_once(many: Sequence[Certificate], seconds: float) -> tuple[list[Verdict], int | None]:
    """What one run of coqc says of all that it reads, and the position of the certificate that it stopped at."""
    version = coqc.version()
    library = compiled_prelude(version)
    mark = secrets.token_hex(8)
    text = session(many, mark)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="symkl-") as folder:
        (Path(folder) / "Certificates.v").write_text(text.text, encoding="utf-8")
        arguments = ["-q", "-noglob", "-Q", str(library), LIBRARY, "Certificates.v"]
        said = coqc.run(arguments, Path(folder), seconds * len(many))
    spent = time.monotonic() - started
    axioms = None if said.code else _axioms(said.output)
    reason = _reason(said, axioms, mark)
    at = text.at(said.line) if said.code else None
    if at is None:
        word = REFUSED if reason else CERTIFIED
        return [Verdict(made.name, word, version, axioms or (), reason, seconds=spent) for made in many], None
    kind, stopped_at, line = at
    refused = many[stopped_at]
    step, rule = (refused.step_at(line) if kind == PROOF else None) or (None, "")
    where = "the check of the claim: " if kind != PROOF else f"step {step}, {rule}: " if step is not None else ""
    verdicts = [Verdict(made.name, REFUSED, version, (), where + reason, step, rule, spent) for made in many]
    return verdicts, stopped_at


def _reason(said: Said, axioms: Sequence[str] | None, mark: str) -> str:
    """Why a run certifies nothing; empty where it does."""
    if said.code:
        return _named(said.error, mark)
    if axioms is None:
        return "Coq did not print the axioms of the claim"
    foreign = [_named(axiom, mark) for axiom in axioms if axiom not in AXIOMS]
    return f"it rests on {', '.join(foreign)}" if foreign else ""


def _named(text: str, mark: str) -> str:
    """A message with the names of a certificate's own two files in place of those of the one file."""
    return re.sub(rf"(Proof|Claim|Theorem)s_{mark}\.C\d+\.", r"\1.", text)


def _axioms(output: str) -> tuple[str, ...] | None:
    """The axioms that Coq printed, or None where it printed none of its two answers."""
    if output.strip() == "Closed under the global context":
        return ()
    head, found, listed = output.partition("Axioms:\n")
    if not found or head.strip():
        return None
    # A type runs over the following lines, which begin with a blank.
    return tuple(line.partition(" ")[0].rstrip(":") for line in listed.splitlines() if line and not line[0].isspace())
