"""A report as versioned JSON (schema 1): `files` with their `chains` of `lines`, and a `summary` of verdicts."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator

from symkl.homework.verdicts import SCHEMA, CheckedFile, Tally, as_data


def pieces(files: Iterable[CheckedFile]) -> Iterator[str]:
    """The report as indented JSON, a piece for each document; the summary comes last."""
    tally = Tally()
    yield f'{{\n "schema": {SCHEMA},\n "files": ['
    for file in tally.counting(files):
        comma = "," if tally.documents > 1 else ""
        yield f"{comma}\n" + textwrap.indent(_written(as_data(file)), "  ")
    end = "\n " if tally.documents else ""
    yield f'{end}],\n "summary": ' + _written(tally.summary).replace("\n", "\n ") + "\n}\n"


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)
