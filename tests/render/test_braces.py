"""Braces under a line."""

from __future__ import annotations

import pytest

from symkl.language.unicode_writer import BRACE_END, BRACE_START, BRACE_TEXT
from symkl.render.braces import with_braces


def marked(text: str) -> str:
    return text.replace("<", BRACE_START).replace("|", BRACE_TEXT).replace(">", BRACE_END)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a + b", ["a + b"]),
        ("<p log p|T>", ["p log p", "└─ T ─┘"]),
        ("a + <p log p|T> + b", ["a + p log p + b", "    └─ T ─┘"]),
        ("<p log p|T> + <q log q|U>", ["p log p + q log q", "└─ T ─┘   └─ U ─┘"]),
        ("<p|too long>", ["p", "too long"]),
        ("<p|long> + <q|longer>", ["p + q", "long", "    longer"]),
        ("<p + <q|in>|out> + 1", ["p + q⟨in⟩ + 1", "└─ out ─┘"]),
        ("<p + q", ["p + q"]),
        ("+ r|T> + <p log p|U>", ["+ r⟨T⟩ + p log p", "         └─ U ─┘"]),
        ("<p + <q log q|T> +", ["p + q log q +", "    └─ T ─┘"]),
    ],
)
def test_braces(line: str, shown: list[str]) -> None:
    assert with_braces(marked(line)) == shown
