"""Many documents: folders, workers, results stored as they come and found again after an interruption.

What is stored is one JSON file for each document, written in one move, under a key of the document's bytes, the givens
and the version; a document whose key is there is not checked again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from symkl.errors import OutputError, SymklError
from symkl.homework.check import check_document
from symkl.homework.verdicts import SCHEMA, CheckedFile, as_data, from_data
from symkl.language.documents import KINDS

SECONDS = 60.0
"""The time for one document."""


@dataclass(frozen=True, slots=True)
class Job:
    """How documents are checked: givens for all of them, the time for each, the workers, where results are kept."""

    given: tuple[str, ...] = ()
    seconds: float = SECONDS
    workers: int = 1
    folder: Path | None = None
    backend: str = "loky"
    scheduler: str | None = None
    explain: int | None = None


def documents_in(paths: Iterable[str | Path]) -> list[Path]:
    """The documents of some files and folders, folders searched through by the known extensions, in order, each once."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = (each for each in sorted(path.rglob("*")) if each.suffix and each.suffix.lower() in KINDS and each.is_file())
            found.update((each, None) for each in inside if not _is_hidden(each, path))
        else:
            found[path] = None
    return list(found)


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def check_file(path: Path, given: Sequence[str] = (), seconds: float = SECONDS, explain: int | None = None) -> CheckedFile:
    """The verdicts on one document; what cannot be read or breaks is the result's `error`, never an exception."""
    try:
        checked = check_document(path, given, seconds=seconds, explain=explain)
    except SymklError as error:
        return CheckedFile(str(path), error=str(error).partition("\n")[0], error_code=error.exit_code)
    except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError, MemoryError, OSError) as error:
        return CheckedFile(str(path), error=f"internal error, please report: {type(error).__name__}: {error}", error_code=70)
    if not checked.chains:
        return replace(checked, error="no mathematics was found in it", error_code=3)
    return checked


def check_files(paths: Sequence[Path], job: Job) -> Iterator[CheckedFile]:
    """The verdicts on each document, as they come; with a folder, in it as well.

    Raises: OutputError where the folder cannot be written.
    """
    store = _Store(job) if job.folder is not None else None
    waiting: list[Path] = []
    for path in paths:
        known = store.found(path) if store is not None else None
        if known is None:
            waiting.append(path)
            continue
        yield known
    for checked in _checked(waiting, job):
        if store is not None:
            store.keep(checked)
        yield checked


def _checked(paths: Sequence[Path], job: Job) -> Iterator[CheckedFile]:
    if (job.workers == 1 and job.scheduler is None) or len(paths) < 2:
        for path in paths:
            yield check_file(path, job.given, job.seconds, job.explain)
        return
    from joblib import Parallel, delayed, parallel_config  # type: ignore[import-untyped]

    with parallel_config(**_backend(job)):
        tasks = (delayed(check_file)(path, job.given, job.seconds, job.explain) for path in paths)
        yield from Parallel(n_jobs=job.workers, return_as="generator", pre_dispatch="4*n_jobs")(tasks)


def _backend(job: Job) -> dict[str, Any]:
    if job.backend != "dask":
        return {"backend": job.backend}
    try:
        from dask.distributed import Client  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise OutputError("--backend dask needs Dask: pip install 'symkl[dask]'.") from error
    Client(job.scheduler, set_as_default=True)
    return {"backend": "dask"}


class _Store:
    """Results in a folder, one file for each document."""

    def __init__(self, job: Job) -> None:
        self.folder = Path(job.folder or ".")
        self._settings = repr((SCHEMA, _version(), job.given, job.explain))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"Cannot write {self.folder}: {error.strerror or error}.") from error

    def found(self, path: Path) -> CheckedFile | None:
        """The stored result of a document that has not changed since."""
        try:
            data = json.loads(self._place(path).read_text(encoding="utf-8"))
            return from_data(data) if data["key"] == self._key(path) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, checked: CheckedFile) -> None:
        """Store a result in one move."""
        path = Path(checked.path)
        data = {"schema": SCHEMA, "key": self._key(path), **as_data(checked)}
        try:
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".result.")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False)
            Path(temporary).replace(self._place(path))
        except OSError as error:
            raise OutputError(f"Cannot write into {self.folder}: {error.strerror or error}.") from error

    def _place(self, path: Path) -> Path:
        return self.folder / f"{path.name}.{hashlib.sha256(str(path).encode()).hexdigest()[:8]}.json"

    def _key(self, path: Path) -> str:
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        return hashlib.sha256(content + self._settings.encode()).hexdigest()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("symkl")
    except PackageNotFoundError:
        return ""
