"""Running coqc on certificates, and reading what it says.

"Certified" needs three things in one run: the proof compiles, the check that was made from the claim compiles, and the axioms
that Coq prints for it are among the four of its own library of real numbers.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files as resources
from pathlib import Path

from symkl.certificate.write import LIBRARY, PRELUDE, PROOF_HEADER, Certificate, files
from symkl.errors import OutputError, SymklError

AXIOMS = frozenset(
    (
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    )
)
"""The axioms of Coq's own library of real numbers; a certificate may rest on no other."""

PROOF, CHECK = "Proof.v", "Check.v"
CERTIFIED, REFUSED = "certified", "not certified"
SECONDS = 60.0
INSTALL = "Coq is not installed. On Debian and Ubuntu: apt-get install --no-install-recommends coq; elsewhere: opam install coq."


class CoqMissing(SymklError):
    """There is no coqc; the message says how to install it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What coqc said of one certificate in this run.

    `verdict` is CERTIFIED or REFUSED; of a refused one `reason` says what was refused, and `step` and `rule` where that is a
    printed step; `file` and `line` are the place that Coq names. Refused is never "false".
    """

    name: str
    verdict: str
    coq: str
    axioms: tuple[str, ...] = ()
    reason: str = ""
    step: int | None = None
    rule: str = ""
    seconds: float = field(default=0.0, compare=False)
    file: str = ""
    line: int = 0

    def __bool__(self) -> bool:
        return self.verdict == CERTIFIED


def version() -> str:
    """The version of coqc.

    Raises: CoqMissing with how to install it.
    """
    said = _run([_coqc(), "--version"], Path.cwd(), SECONDS)
    found = re.search(r"version (\S+)", said.output)
    if said.code or found is None:
        raise CoqMissing(f"coqc does not say its version. {INSTALL}")
    return found[1]


def prelude() -> Mapping[str, str]:
    """The prelude's files by their names."""
    home = resources("symkl.certificate")
    return {f"{name}.v": home.joinpath(f"{name}.v").read_text(encoding="utf-8") for name in PRELUDE}


def write_files(made: Certificate, folder: Path) -> list[Path]:
    """Write a certificate with the prelude and a Makefile, so that anyone can check it.

    Raises: OutputError.
    """
    texts = {**files(made), **{f"prelude/{name}": text for name, text in prelude().items()}}
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"Cannot write {folder}: {error.strerror or error}.") from error
    return [folder / name for name in texts]


def run(made: Certificate, seconds: float = SECONDS) -> Verdict:
    """Have coqc check a certificate.

    Raises: CoqMissing where there is no coqc.
    """
    coq = version()
    compiled = _compiled_prelude(coq)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="symkl-") as folder:
        home = Path(folder)
        (home / PROOF).write_text(made.proof, encoding="utf-8")
        (home / CHECK).write_text(made.check, encoding="utf-8")
        said = _compile(compiled, home, PROOF, seconds)
        if said.code:
            return _refused(made, coq, said, time.monotonic() - started)
        said = _compile(compiled, home, CHECK, seconds)
        spent = time.monotonic() - started
        if said.code:
            reason = f"the check of the claim: {said.error()}"
            return Verdict(made.name, REFUSED, coq, reason=reason, seconds=spent, file=CHECK, line=said.line())
    axioms = _axioms(said.output)
    if axioms is None:
        return Verdict(made.name, REFUSED, coq, reason="Coq did not print the axioms of the claim", seconds=spent)
    foreign = [axiom for axiom in axioms if axiom not in AXIOMS]
    if foreign:
        return Verdict(made.name, REFUSED, coq, axioms, f"it rests on {', '.join(foreign)}", seconds=spent)
    return Verdict(made.name, CERTIFIED, coq, axioms, seconds=spent)


def run_all(many: Sequence[Certificate], seconds: float = SECONDS) -> list[Verdict]:
    """Have coqc check many certificates, all in one run where none is refused; `seconds` is what one may take.

    Raises: CoqMissing where there is no coqc.
    """
    if len(many) < 2:
        return [run(made, seconds) for made in many]
    together, starts = _together(many)
    verdict = run(together, seconds * len(many))
    if verdict:
        return [Verdict(made.name, CERTIFIED, verdict.coq, verdict.axioms, seconds=verdict.seconds) for made in many]
    # Coq stops at the first that it refuses. Those before and after it are asked again, and it alone, for its own reason.
    k = max((k for k, start in enumerate(starts[verdict.file]) if start <= verdict.line), default=0)
    return [*run_all(many[:k], seconds), run(many[k], seconds), *run_all(many[k + 1 :], seconds)]


def _together(many: Sequence[Certificate]) -> tuple[Certificate, Mapping[str, Sequence[int]]]:
    """One proof with a module for each certificate, and one check of all the claims; and where each begins in the files."""
    proofs = [f"Module C{k}.\n{made.body}\nEnd C{k}.\n" for k, made in enumerate(many)]
    claims = [f"Module C{k}.\n{made.claim}\nEnd C{k}.\n" for k, made in enumerate(many)]
    closings = [
        f"Module D{k}.\nImport C{k}.\n{made.closing.replace('Proof.claim', f'Proof.C{k}.claim')}\nEnd D{k}.\n"
        for k, made in enumerate(many)
    ]
    theorems = f"Definition certified := ({', '.join(f'D{k}.certified' for k in range(len(many)))}).\n"
    made = Certificate("all", "".join(proofs), "".join(claims), "".join(closings) + theorems)
    after = made.check.count("\n") - (made.closing.count("\n") + 2)
    return made, {
        PROOF: _starts(proofs, PROOF_HEADER.count("\n")),
        CHECK: _starts(closings, after),
        "": [0] * len(many),
    }


def _starts(pieces: Sequence[str], line: int) -> list[int]:
    starts = []
    for piece in pieces:
        starts.append(line + 1)
        line += piece.count("\n")
    return starts


# The prelude, compiled once


def _compiled_prelude(coq: str) -> Path:
    """A folder with the compiled prelude; compiled now where this version of Coq has not done so before."""
    texts = prelude()
    key = hashlib.sha256("\0".join([coq, _coqc(), *texts, *texts.values()]).encode()).hexdigest()[:16]
    for home in _caches():
        ready = home / f"coq-{key}"
        if (ready / "done").is_file():
            return ready
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _scratch(home) as folder:
                _compile_prelude(texts, folder)
                (folder / "done").touch()
                if not ready.exists():
                    folder.rename(ready)
            return ready
        except PermissionError:
            continue
    raise OutputError("There is no folder to compile the Coq prelude in.")


def _caches() -> Iterator[Path]:
    base = os.environ.get("XDG_CACHE_HOME")
    yield (Path(base) if base else Path.home() / ".cache") / "symkl"
    yield Path(tempfile.mkdtemp(prefix="symkl-coq-"))


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=home, prefix=".compiling-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _compile_prelude(texts: Mapping[str, str], folder: Path) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        said = _run([_coqc(), "-q", "-Q", str(folder), LIBRARY, name], folder, 4 * SECONDS)
        if said.code:
            raise OutputError(f"Coq refuses the prelude's {name}: {said.error()}")


# One run of coqc


@dataclass(frozen=True, slots=True)
class _Said:
    code: int
    output: str
    errors: str
    late: bool = False

    def error(self) -> str:
        """The error in a line or two."""
        if self.late:
            return "coqc took longer than it was given"
        message = self.errors.partition("Error:")[2] or self.errors or self.output
        return " ".join(message.split())[:400]

    def line(self) -> int:
        found = re.search(r"line (\d+), characters [\d-]+:\s*Error", self.errors)
        return int(found[1]) if found else 0


def _refused(made: Certificate, coq: str, said: _Said, spent: float) -> Verdict:
    at = made.step_at(said.line()) if said.line() else None
    step, rule = at if at is not None else (None, "")
    where = f"step {step}, {rule}: " if step is not None else ""
    return Verdict(
        made.name, REFUSED, coq, reason=where + said.error(), step=step, rule=rule, seconds=spent, file=PROOF, line=said.line()
    )


def _compile(compiled: Path, folder: Path, name: str, seconds: float) -> _Said:
    return _run([_coqc(), "-q", "-Q", str(compiled), LIBRARY, "-Q", ".", "", name], folder, seconds)


def _coqc() -> str:
    found = shutil.which("coqc")
    if found is None:
        raise CoqMissing(INSTALL)
    return found


def _run(command: Sequence[str], folder: Path, seconds: float) -> _Said:
    # A group of its own, so that a coqc that takes too long ends with its children.
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True
    ) as process:
        try:
            output, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return _Said(1, "", "", late=True)
    return _Said(process.returncode, output, errors)


def _axioms(output: str) -> tuple[str, ...] | None:
    """The axioms that Coq printed, or None where it printed none of its two answers."""
    if output.strip() == "Closed under the global context":
        return ()
    head, found, listed = output.partition("Axioms:\n")
    if not found or head.strip():
        return None
    # A type runs over the following lines, which begin with a blank.
    return tuple(line.partition(" ")[0].rstrip(":") for line in listed.splitlines() if line and not line[0].isspace())
