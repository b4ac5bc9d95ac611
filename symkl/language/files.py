"""The files that documents are in: their kinds, and their bytes."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from symkl.errors import OutputError, UsageError

SIZE_LIMIT = 16_000_000
"""Documents of more characters are refused."""
PIECE = 1 << 16
"""So many bytes are read at once."""
KINDS = {
    ".tex": "tex", ".ltx": "tex", ".latex": "tex", ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown",
    ".qmd": "markdown", ".rmd": "markdown", ".ipynb": "notebook", ".rst": "rst", ".txt": "text", ".text": "text", "": "text",
}  # fmt: skip
"""The kind of a document by its extension."""


def content_of(path: str | Path) -> bytes:
    """The bytes of a document, no more than one over the limit.

    Raises: OutputError where the file cannot be read; UsageError for an unknown extension.
    """
    path = Path(path)
    kind_of(path)
    try:
        with path.open("rb") as file:
            return read_at_most(file)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}.") from error
    except ValueError as error:
        raise OutputError(f"{str(path)!r}: no name of a file.") from error


def read_at_most(file: BinaryIO) -> bytes:
    """The bytes of a file, or of a stream without an end, up to one over the limit."""
    pieces: list[bytes] = []
    left = SIZE_LIMIT + 1
    # A buffer of the whole limit would be filled for each small file.
    while left > 0 and (piece := file.read(min(PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def kind_of(path: Path) -> str:
    """The kind of a document, by its extension.

    Raises: UsageError for an unknown one.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(extension for extension in KINDS if extension)
        raise UsageError(f"{path}: a file of this kind is not read; symkl reads {known}.")
    return kind
