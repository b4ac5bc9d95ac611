"""`symkl check --certify`: a certificate for each wrong row, and what Coq says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

import symkl
from symkl.errors import CoqMissing, NoImage, UsageError

FOLDER = "certificates"


class WrongRows:
    """The wrong rows of the documents that pass by, for their certificates."""

    def __init__(self) -> None:
        self.found: list[tuple[str, symkl.Line]] = []

    def among(self, files: Iterable[symkl.CheckedFile]) -> Iterator[symkl.CheckedFile]:
        """The same documents; their wrong rows are kept."""
        for file in files:
            self.found += [(file.path, line) for line in file.lines if line.verdict == "wrong"]
            yield file

    def certify(self, folder: str | None, aside: bool) -> None:
        """Write a certificate for each row into the folder, if there is one, and say what Coq says of all of them.

        Where `aside`, it is said on standard error, so that a report for programs stays what it is.

        Raises: OutputError where the folder cannot be written.
        """
        made: list[tuple[str, str, symkl.Certificate]] = []
        for path, line in self.found:
            place = f"{path}:{line.at[0]}"
            try:
                certificate = symkl.certify_line(line)
            except (NoImage, UsageError) as error:
                click.echo(f"{place}: no certificate: {error}", err=aside)
                continue
            made.append((place, _point(line), certificate))
            if folder is not None:
                certificate.write(Path(folder) / FOLDER / _name(place, len(made)))
        try:
            verdicts = symkl.run_certificates([certificate for _, _, certificate in made])
        except CoqMissing as error:
            click.echo(f"Not checked by Coq: {error}", err=aside)
            return
        for (place, point, _), verdict in zip(made, verdicts, strict=True):
            said = f"certified false at {point} by Coq {verdict.coq}" if verdict else f"not certified: {verdict.reason}"
            click.echo(f"{place}: {said}", err=aside)
        if made and folder is not None:
            click.echo(f"Written into {Path(folder) / FOLDER}; `make` in each folder there has Coq check it.", err=aside)


def _point(line: symkl.Line) -> str:
    return ", ".join(f"{name} = {value}" for name, value in line.witness.items()) or "every point"


def _name(place: str, number: int) -> str:
    return f"{number}-" + re.sub(r"[^\w.-]+", "-", place).strip("-.")[-60:]
