"""The prelude: Coq's definitions of the measures and the lemmas of the rules, compiled once for each coqc.

The compiled prelude is kept in $XDG_CACHE_HOME/symkl, or ~/.cache/symkl, in a folder that is named by the texts and by the coqc.
It is used again only where nobody but this user can write into the folder, and the digests of its files are those that were
written down when they were compiled. Coq believes a compiled file: who can write as this user can change it and its digest, just
as they can change symkl and coqc themselves.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

from symkl.certificate.coqc import SECONDS, coqc, run
from symkl.errors import OutputError

LOADED = ("Definitions", "Sums", "Calculus", "Rules", "Conditions", "Tactics")
SUPPORT, SHANNON, POINTS = "Support", "Shannon", "Points"
PRELUDE = (
    "Definitions",
    "Sums",
    "Calculus",
    "Expressions",
    "Rules",
    "Conditions",
    "Tactics",
    SUPPORT,
    SHANNON,
    "Enclosures",
    "Bounds",
    POINTS,
)
LIBRARY = "SymKL"

_DIGESTS = "digests"
_SCRATCH = ".compiling-"
_MONTH = 30 * 86_400.0


def prelude() -> Mapping[str, str]:
    """The prelude's files by their names, each after those that it needs."""
    home = resources("symkl.certificate")
    return {f"{name}.v": home.joinpath(f"{name}.v").read_text(encoding="utf-8") for name in PRELUDE}


def compiled_prelude(version: str) -> Path:
    """A folder with the compiled prelude; compiled now where the coqc of this version has not done so before.

    Raises: CoqMissing; OutputError where Coq refuses the prelude, or there is no folder to compile it in.
    """
    texts = prelude()
    identity = [version, coqc(), str(Path(coqc()).stat().st_mtime_ns), *texts, *texts.values()]
    name = f"coq-{hashlib.sha256(chr(0).join(identity).encode()).hexdigest()[:16]}"
    for home in _homes():
        ready = home / name
        if is_intact(ready):
            with suppress(OSError):
                os.utime(ready / _DIGESTS)
            return ready
        # A home that cannot be written is passed over.
        with suppress(OSError):
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _scratch(home) as folder:
                _compile(texts, folder)
                _move(folder, ready)
            _forget(home)
        if is_intact(ready):
            return ready
    raise OutputError("There is no folder to compile the Coq prelude in.")


def is_intact(folder: Path) -> bool:
    """Whether a folder of this user holds what was compiled there, and nobody else can write into it."""
    try:
        about = folder.stat()
        if about.st_mode & 0o022 or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
            return False
        return (folder / _DIGESTS).read_text(encoding="utf-8") == _digests(folder)
    except OSError:
        return False


def _digests(folder: Path) -> str:
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.glob("*.vo")))


def _homes() -> Iterator[Path]:
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # A user without a home has no cache either.
    with suppress(RuntimeError):
        yield (base if base.is_absolute() else Path.home() / ".cache") / "symkl"
    yield Path(_passing_home().name)


@cache
def _passing_home() -> tempfile.TemporaryDirectory[str]:
    """A folder that is removed when Python ends."""
    return tempfile.TemporaryDirectory(prefix="symkl-coq-")


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=home, prefix=_SCRATCH))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _compile(texts: Mapping[str, str], folder: Path) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        said = run(["-q", "-noglob", "-Q", str(folder), LIBRARY, name], folder, 4 * SECONDS)
        if said.code:
            raise OutputError(f"Coq refuses the prelude's {name}: {said.error}")
    (folder / _DIGESTS).write_text(_digests(folder), encoding="utf-8")


def _move(compiled: Path, ready: Path) -> None:
    """Put what was compiled in its place, unless another process was faster: what is there may be in use."""
    if ready.exists() and not is_intact(ready):
        ready.rename(compiled / "changed")
    with suppress(OSError):
        compiled.rename(ready)
        shutil.rmtree(ready / "changed", ignore_errors=True)


def _forget(home: Path) -> None:
    """Remove what has not been used for a month."""
    for folder in [*home.glob("coq-*"), *home.glob(f"{_SCRATCH}*")]:
        with suppress(OSError):
            used = folder / _DIGESTS
            if time.time() - (used if used.exists() else folder).stat().st_mtime > _MONTH:
                shutil.rmtree(folder, ignore_errors=True)
