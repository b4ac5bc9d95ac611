"""The fixture of true and false statements over the whole grammar: every true one proved, every false one refuted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from judge.tools import decide

ROWS = [json.loads(line) for line in (Path(__file__).parent / "statements.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_statement(row: dict[str, Any]) -> None:
    verdict = decide(row["statement"], *row["given"])
    assert verdict.verdict == ("proved" if row["truth"] else "refuted"), verdict.reason


def test_the_fixture_has_both_kinds() -> None:
    truths = [row["truth"] for row in ROWS]
    assert truths.count(True) >= 100
    assert truths.count(False) >= 80
    assert len({(row["statement"], *row["given"]) for row in ROWS}) == len(ROWS)
