"""A report as versioned JSON (schema 1): `files` with their `chains` of `lines`, and a `summary` of verdicts."""

from __future__ import annotations

import json

from symkl.homework.verdicts import SCHEMA, Report, as_data


def render(report: Report) -> str:
    """The report as indented JSON."""
    data = {"schema": SCHEMA, "files": [as_data(file) for file in report.files], "summary": report.summary}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
