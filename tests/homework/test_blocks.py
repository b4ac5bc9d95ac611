"""Blocks as blogs, notes and textbooks write them: the right ones, and ones with one slip, whose row is called wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.homework.tools import verdicts

BLOCKS = [json.loads(line) for line in Path(__file__).with_name("blocks.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["name"])
def test_the_first_wrong_row_is_where_the_slip_is(block):
    found = verdicts(*block["rows"])
    if block["wrong"] is None:
        assert set(found) <= {"given", "correct"}
    else:
        assert found.index("wrong") == block["wrong"]
        assert set(found[: block["wrong"]]) <= {"given", "correct"}
