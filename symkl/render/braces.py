"""Braces under a line of text: from the invisible marks of `UnicodeWriter` to what a terminal shows."""

from __future__ import annotations

import re

from symkl.language.unicode_writer import BRACE_END, BRACE_START, BRACE_TEXT, columns

_TOKEN = re.compile(f"{BRACE_START}|{BRACE_TEXT}[^{BRACE_END}]*{BRACE_END}|[^{BRACE_START}{BRACE_TEXT}]+")
_SPACE_OUTSIDE_LABELS = re.compile(f" (?![^{BRACE_TEXT}{BRACE_END}]*{BRACE_END})")


def split_row(marked: str, first: int, later: int) -> list[str]:
    """A line with marks that is too wide even in pieces, split at its spaces, and within words that are still too wide."""
    found: list[str] = []
    row = ""
    for word in _SPACE_OUTSIDE_LABELS.split(marked):
        room = later if found else first
        if row and _width(f"{row} {word}") > room:
            found.append(row)
            row, room = "", later
        row = f"{row} {word}" if row else word
        while len(row) > room and not set(row) & {BRACE_START, BRACE_TEXT, BRACE_END}:
            found.append(row[:room])
            row, room = row[room:], later
    return [*found, row]


def _width(marked: str) -> int:
    return max(map(columns, with_braces(marked)))


def with_braces(marked: str) -> list[str]:
    """A line with marks as lines without: the formula, and below it a brace with its label for every labelled part.

    A label whose brace does not begin on this line, or lies inside another one, stands behind its part: [p log p]⟨Term 1⟩.
    """
    tokens = _TOKEN.findall(marked)
    pairs = _outermost_pairs(tokens)
    shown: list[str] = []
    column = 0
    began: dict[int, int] = {}
    braces: list[tuple[int, int, str]] = []
    for k, token in enumerate(tokens):
        if token == BRACE_START:
            if k in pairs:
                began[pairs[k]] = column
            continue
        if token.startswith(BRACE_TEXT):
            label = token[1:-1]
            if k in began:
                braces.append((began[k], column, label))
                continue
            token = f"⟨{label}⟩"
        shown.append(token)
        column += columns(token)
    return ["".join(shown), *_rows_of_braces(braces)]


def _outermost_pairs(tokens: list[str]) -> dict[int, int]:
    """Where each brace that begins and ends on the line, and lies in no other such, begins and ends."""
    found: dict[int, int] = {}
    open_at: list[int] = []
    for k, token in enumerate(tokens):
        if token == BRACE_START:
            open_at.append(k)
        elif token.startswith(BRACE_TEXT) and open_at:
            start = open_at.pop()
            found = {s: e for s, e in found.items() if s < start}
            found[start] = k
    return found


def _rows_of_braces(braces: list[tuple[int, int, str]]) -> list[str]:
    rows: list[str] = []
    for start, end, label in braces:
        brace = _brace(end - start, label)
        row = next((k for k, text in enumerate(rows) if columns(text) < start or not text), len(rows))
        if row == len(rows):
            rows.append("")
        rows[row] += " " * (start - columns(rows[row])) + brace
    return rows


def _brace(width: int, label: str) -> str:
    """└── label ──┘, or the label alone where there is no room for both."""
    rest = width - columns(label) - 4
    if rest < 0:
        return label
    return f"└{'─' * (rest // 2)} {label} {'─' * (rest - rest // 2)}┘"
