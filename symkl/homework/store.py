"""Results of a class in a folder: one JSON file for each document, written in one move, found again after an interruption.

A result is kept under a key of the document's bytes, the givens and the version of symkl. A result that the time for a
document cut short has no key: it can be looked at, and is tried again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from symkl.errors import OutputError
from symkl.homework.verdicts import SCHEMA, CheckedFile, as_data, from_data

LONGEST_NAME = 80
"""A result is named after its document, with so many characters of its name."""


class Store:
    """Results in a folder; `settings` is what else they depend on.

    Raises: OutputError where the folder cannot be made.
    """

    def __init__(self, folder: Path, settings: object) -> None:
        self.folder = folder
        self._settings = repr((SCHEMA, _version(), settings)).encode()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._remove_unfinished()
        except OSError as error:
            raise OutputError(f"Cannot write {self.folder}: {error.strerror or error}.") from error

    def _remove_unfinished(self) -> None:
        """What a run that was killed in the middle of writing left behind."""
        for path in self.folder.glob(".result.*"):
            path.unlink(missing_ok=True)

    def key(self, content: bytes) -> str:
        """What the result of a document with these bytes is kept under."""
        return hashlib.sha256(self._settings + content).hexdigest()

    def found(self, path: Path, key: str) -> CheckedFile | None:
        """The stored result of a document that has not changed since."""
        try:
            data = json.loads(self._place(path).read_text(encoding="utf-8"))
            return from_data(data) if data["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, checked: CheckedFile, key: str | None) -> None:
        """Store a result in one move; without a key it is not found again.

        Raises: OutputError where it cannot be written; nothing half written is left.
        """
        data = {"schema": SCHEMA, "key": key, **as_data(checked)}
        temporary = None
        try:
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".result.")
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(data, ensure_ascii=False))
            Path(temporary).replace(self._place(Path(checked.path)))
        except OSError as error:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)
            raise OutputError(f"Cannot write into {self.folder}: {error.strerror or error}.") from error

    def _place(self, path: Path) -> Path:
        return place_in(self.folder, path, "json")


def place_in(folder: Path, path: Path, suffix: str) -> Path:
    """Where a folder keeps what belongs to a document: under its name, and a mark of where it stands."""
    return folder / f"{path.name[:LONGEST_NAME]}.{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}.{suffix}"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("symkl")
    except PackageNotFoundError:
        return ""
