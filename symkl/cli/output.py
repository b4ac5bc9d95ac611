"""Where a command's output goes: the terminal, or a file that is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import click

from symkl.errors import OutputError


def write(text: str, output: str | None) -> None:
    """Print a text, or put it into a file in one move.

    Raises: OutputError where the file cannot be written; what stood there before is untouched then.
    """
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    path = Path(output)
    if path.is_dir():
        raise OutputError(f"Cannot write {output}: it is a folder.")
    try:
        _replace(path, text if text.endswith("\n") else text + "\n")
    except OSError as error:
        raise OutputError(f"Cannot write {output}: {error.strerror or error}.") from error


def indented(text: str) -> str:
    """The lines of a text, two columns in."""
    return "\n".join(f"  {line}".rstrip() for line in text.strip().splitlines())


def _replace(path: Path, text: str) -> None:
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(13, "permission denied")
    if path.exists() and not path.is_file():
        # A pipe or a device is written to, not replaced.
        path.write_text(text, encoding="utf-8")
        return
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
