"""The source of a row without what only lays it out: alignment marks, labels, comments, white space."""

from __future__ import annotations

import re

Span = tuple[int, int]

_PIECES = re.compile(
    r"""
      (?P<layout>
        (?<!\\)%[^\n]*\n?
      | \\(?:nonumber|notag|hline|allowbreak|displaybreak)(?![A-Za-z])
      | \\(?:label|tag)\*?\s*\{[^{}]*\}
      )
    | \\begin\s*\{[^{}]*\} (?P<begin>)
    | \\end\s*\{[^{}]*\} (?P<end>)
    | (?P<escaped>\\.)
    | (?P<mark>&)
    | (?P<space>\s+)
    """,
    re.VERBOSE | re.DOTALL,
)


def without_layout(source: str, part: Span | None = None) -> tuple[str, Span | None]:
    """The source on one line, and where a part of it now is. Alignment marks inside an environment of the row's own stay."""
    kept: list[str] = []
    moved = [0] * (len(source) + 1)
    written, position, depth = 0, 0, 0
    for match in _PIECES.finditer(source):
        depth += (match["begin"] is not None) - (match["end"] is not None)
        dropped = match["layout"] is not None or (match["mark"] is not None and depth <= 0)
        if not dropped and match["space"] is None:
            continue
        for at in range(position, match.start()):
            moved[at], written = written, written + 1
        kept.append(source[position : match.start()])
        moved[match.start() : match.end()] = [written] * (match.end() - match.start())
        position = match.end()
        blank = match["space"] is not None or match.group().endswith("\n")
        if blank and written and not _ends_blank(kept):
            kept.append(" ")
            written += 1
    for at in range(position, len(source) + 1):
        moved[at], written = written, written + 1
    kept.append(source[position:])
    text = "".join(kept).rstrip()
    if part is None:
        return text, None
    start, end = (min(moved[at], len(text)) for at in part)
    return text, (start, end) if start < end else None


def _ends_blank(kept: list[str]) -> bool:
    return next((piece[-1] == " " for piece in reversed(kept) if piece), True)
