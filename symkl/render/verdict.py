"""Verdicts as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symkl.judge.verdict import Verdict
from symkl.render.json import formula_as_data

SCHEMA = 1
_WIDTH = 80
_TIE = "\u00a0"
"""A blank that no row is broken at."""


def in_words(verdict: Verdict) -> str:
    """The verdict in plain text: the word, the statement, the reason, the point, the certificate, the givens."""
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.verdict}: {verdict.setting.write(verdict.statement)}"
    if not (verdict.witness and verdict.values):
        yield from textwrap.wrap(verdict.reason, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    if verdict.witness:
        yield "  at " + ("\n     ".join(_wrapped([f"{name} = {value}" for name, value in verdict.witness.items()])))
    if verdict.values is not None:
        yield f"  left  {verdict.values[0]}"
        yield f"  right {verdict.values[1]}"
        yield f"  left - right {verdict.difference}"
    if verdict.certificate:
        for line in verdict.certificate.splitlines():
            yield from textwrap.wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="      ")
    for text in verdict.setting.texts:
        yield f"  given {text}" + (" (inferred)" if text in verdict.setting.inferred else "")


def _wrapped(parts: list[str]) -> list[str]:
    """Parts with commas between them in rows, none of them broken."""
    unbroken = ", ".join(part.replace(" ", _TIE) for part in parts)
    return [row.replace(_TIE, " ") for row in textwrap.wrap(unbroken, _WIDTH - 5, break_long_words=False)]


def as_json(verdict: Verdict) -> str:
    """The verdict as JSON, schema 1: `statement`, `givens`, `verdict`, `reason`, `witness`, `values`, `difference`."""
    return json.dumps(as_data(verdict), ensure_ascii=False, indent=2)


def as_data(verdict: Verdict) -> dict[str, Any]:
    """What the JSON holds. Exact numbers are texts such as "2/5"; `values` and `difference` have ten digits."""
    setting = verdict.setting
    return {
        "schema": SCHEMA,
        "statement": formula_as_data(verdict.statement, setting),
        "givens": [{"text": text, "inferred": text in setting.inferred} for text in setting.texts],
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "witness": {name: _exact(value) for name, value in verdict.witness.items()} or None,
        "values": None if verdict.values is None else {"left": verdict.values[0], "right": verdict.values[1]},
        "difference": verdict.difference,
        "certificate": verdict.certificate,
    }


def _exact(value: Fraction) -> str:
    return str(value)


RENDERERS = {"text": in_words, "json": as_json}
