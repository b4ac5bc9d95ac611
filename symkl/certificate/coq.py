"""Running coqc on certificates, and reading what it says.

"Certified" needs three things in one run: the proof is accepted, the claim that was written from the statement alone is closed
with it and its domain has a point, and the axioms that Coq prints are among the four of its own library of real numbers.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from symkl.certificate.files import LIBRARY, PRELUDE, PROOF, Certificate, files, session
from symkl.errors import CoqMissing, OutputError

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
SECONDS = 60.0
INSTALL = "Coq is not installed. On Debian and Ubuntu: apt-get install --no-install-recommends coq; elsewhere: opam install coq."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What coqc said of one certificate in this run.

    `verdict` is CERTIFIED or REFUSED; of a refused one `reason` says what was refused, and `step` and `rule` where that is a
    printed step. Refused is never "false".
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
    return run_all([made], seconds)[0]


def run_all(many: Sequence[Certificate], seconds: float = SECONDS) -> list[Verdict]:
    """Have coqc check many certificates, all in one run where none is refused; `seconds` is what one may take.

    Raises: CoqMissing where there is no coqc.
    """
    verdicts: dict[int, Verdict] = {}
    unread = list(range(len(many)))
    read: list[int] = []
    # Coq stops at the first that it refuses. What comes after it is read next; all that were read are then one run.
    while unread:
        outcome = _once([many[k] for k in unread], seconds)
        if outcome.refused is None:
            break
        kind, at = outcome.refused
        verdicts[unread[at]] = outcome.verdicts[0] if len(unread) == 1 else _once([many[unread[at]]], seconds).verdicts[0]
        if kind == PROOF:
            read += unread[:at]
        unread = unread[at + 1 :] if kind == PROOF else [*unread[:at], *unread[at + 1 :]]
    if read:
        unread = [*read, *unread]
        outcome = _once([many[k] for k in unread], seconds)
    if unread and len(unread) > 1 and not all(outcome.verdicts):
        half = len(unread) // 2
        parts = [*run_all([many[k] for k in unread[:half]], seconds), *run_all([many[k] for k in unread[half:]], seconds)]
        verdicts.update(zip(unread, parts, strict=True))
    elif unread:
        verdicts.update(zip(unread, outcome.verdicts, strict=True))
    return [verdicts[k] for k in range(len(many))]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one run said of each of its certificates, and where it stopped: the kind of the piece and the certificate."""

    verdicts: Sequence[Verdict]
    refused: tuple[str, int] | None = None


def _once(many: Sequence[Certificate], seconds: float) -> _Outcome:
    coq = version()
    compiled = _compiled_prelude(coq)
    mark = secrets.token_hex(8)
    text = session(many, mark)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="symkl-") as folder:
        (Path(folder) / "Certificates.v").write_text(text.text, encoding="utf-8")
        command = [_coqc(), "-q", "-noglob", "-Q", str(compiled), LIBRARY, "Certificates.v"]
        said = _run(command, Path(folder), seconds * len(many))
    spent = time.monotonic() - started
    at = text.at(said.line()) if said.code else None
    axioms = None if said.code else _axioms(said.output)
    reason = _reason(said, axioms, mark)
    verdict = REFUSED if reason else CERTIFIED
    verdicts = [Verdict(made.name, verdict, coq, axioms or (), reason, seconds=spent) for made in many]
    if at is None:
        return _Outcome(verdicts)
    return _Outcome([_refused(made, given, at) for made, given in zip(many, verdicts, strict=True)], at[:2])


def _reason(said: _Said, axioms: Sequence[str] | None, mark: str) -> str:
    """Why a run certifies nothing; empty where it does."""
    if said.code:
        return _named(said.error(), mark)
    if axioms is None:
        return "Coq did not print the axioms of the claim"
    foreign = [_named(axiom, mark) for axiom in axioms if axiom not in AXIOMS]
    return f"it rests on {', '.join(foreign)}" if foreign else ""


def _named(text: str, mark: str) -> str:
    """A message with the names of a certificate's own two files in place of those of the one file."""
    return re.sub(rf"(Proof|Claim|Theorem)s_{mark}\.C\d+\.", r"\1.", text)


def _refused(made: Certificate, verdict: Verdict, at: tuple[str, int, int]) -> Verdict:
    kind, _, line = at
    if kind != PROOF:
        return replace(verdict, reason=f"the check of the claim: {verdict.reason}")
    step, rule = made.step_at(line) or (None, "")
    where = f"step {step}, {rule}: " if step is not None else ""
    return replace(verdict, reason=where + verdict.reason, step=step, rule=rule)


# The prelude, compiled once


def _compiled_prelude(coq: str) -> Path:
    """A folder with the compiled prelude; compiled now where this coqc has not done so before.

    The folder is named by the texts and by the coqc, and holds the digests of what was compiled: what has been changed since is
    not trusted, but compiled again. It stands in $XDG_CACHE_HOME/symkl, or ~/.cache/symkl.
    """
    texts = prelude()
    identity = [coq, _coqc(), str(Path(_coqc()).stat().st_mtime_ns), *texts, *texts.values()]
    key = hashlib.sha256("\0".join(identity).encode()).hexdigest()[:16]
    for home in _caches():
        ready = home / f"coq-{key}"
        if _intact(ready):
            return ready
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _scratch(home) as folder:
                _compile_prelude(texts, folder)
                (folder / DIGESTS).write_text(_digests(folder), encoding="utf-8")
                shutil.rmtree(ready, ignore_errors=True)
                folder.rename(ready)
        except OSError:
            # A home that cannot be written, or another process that was faster.
            if not _intact(ready):
                continue
        return ready
    raise OutputError("There is no folder to compile the Coq prelude in.")


DIGESTS = "digests"


def _intact(folder: Path) -> bool:
    """Whether a folder of this user holds what was compiled there, and nobody else can write into it."""
    try:
        about = folder.stat()
        if about.st_mode & 0o022 or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
            return False
        return (folder / DIGESTS).read_text(encoding="utf-8") == _digests(folder)
    except OSError:
        return False


def _digests(folder: Path) -> str:
    compiled = sorted(folder.glob("*.vo"))
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in compiled)


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


def _coqc() -> str:
    found = shutil.which("coqc")
    if found is None:
        raise CoqMissing(INSTALL)
    return found


_MEMORY = {"OCAMLRUNPARAM": "s=8M,o=1000"}
"""Coq collects garbage less often than of itself: a sixth of a short run."""


def _run(command: Sequence[str], folder: Path, seconds: float) -> _Said:
    # A group of its own, so that a coqc that takes too long ends with its children.
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "errors": "replace"}
    with subprocess.Popen(command, cwd=folder, env={**_MEMORY, **os.environ}, start_new_session=True, **streams) as process:
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
