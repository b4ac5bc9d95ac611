"""Finds where the formulas of a text stand: in LaTeX, Markdown, reStructuredText and plain text.

One pass over the text, linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symkl.errors import ReadError
from symkl.language.latex.macros import definition_spans

Span = tuple[int, int, bool, ReadError | None]
"""Where a formula starts and ends, whether it stands in running text, and why it cannot be read."""

_ENVIRONMENT = (
    r"(?:align|alignat|flalign|equation|gather|multline|eqnarray|displaymath|math|split|aligned|gathered|dmath|cases|"
    r"subequations)\*?"
)
_MARKUP = re.compile(
    rf"""
      (?P<comment>(?<!\\)%[^\n]*)
    | (?P<escaped>\\[\\$%])
    | (?P<fence>^[ \t]*(?P<ticks>`{{3,}}+|~{{3,}}+)[ \t]*+\{{?(?P<language>[\w+-]*+)[^\n]*+\n)
    | (?P<githubinline>\$`)
    | (?P<code>`++)
    | \\begin\s*\{{(?P<environment>{_ENVIRONMENT})\}}
    | \\begin\s*\{{(?P<verbatim>verbatim\*?|lstlisting|minted|comment)\}}
    | (?P<bracket>\\\[)
    | (?P<paren>\\\()
    | (?P<dollars>\$\$)
    | (?P<dollar>\$)
    """,
    re.VERBOSE | re.MULTILINE,
)


def formulas_in(text: str, kind: str) -> Iterator[Span]:
    """The formulas of a text of some kind, in order."""
    finder = {"rst": _of_rst, "formula": _of_formula, "text": _of_text}.get(kind, _of_markup)
    return finder(text, kind)


def _of_markup(text: str, kind: str) -> Iterator[Span]:
    """The formulas of LaTeX and of Markdown."""
    markdown = kind in ("markdown", "notebook")
    skipped = definition_spans(text)
    closers = _Closers(text)
    position = 0
    while True:
        match = _MARKUP.search(text, position)
        if match is None:
            return
        position = match.end()
        while skipped and skipped[0][1] <= match.start():
            skipped.pop(0)
        if skipped and skipped[0][0] <= match.start():
            continue
        what = match.lastgroup
        if what == "comment":
            position = match.end() if not markdown else match.start() + 1
        elif match["fence"] is not None:
            if not markdown:
                continue
            close = re.compile(rf"^[ \t]*{match['ticks'][0]}{{{len(match['ticks'])},}}[ \t]*$", re.MULTILINE).search(
                text, position
            )
            end = close.start() if close else len(text)
            if match["language"] in ("math", "latex", "tex", "katex"):
                options = _RST_OPTIONS.match(text, position, end)
                yield options.end() if options else position, end, False, None
            position = close.end() if close else len(text)
        elif what == "code":
            if markdown:
                close_at = text.find(match["code"], position)
                position = close_at + len(match["code"]) if close_at >= 0 else position
        elif what == "verbatim":
            close_at = text.find(f"\\end{{{match['verbatim']}}}", position)
            position = close_at if close_at >= 0 else len(text)
        elif what != "escaped":
            found = _closed(text, match, markdown, closers)
            if found is not None:
                start, end, after, inline, error = found
                yield start, end, inline, error
                position = after
                if error is not None:
                    # What was opened is read as far as the paragraph goes.
                    position = closers.paragraph(after)
                    yield after, position, False, None


class _Closers:
    """Where formulas end, each search done once however many formulas are never closed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._paragraph = -1
        self._absent: dict[str, int] = {}
        self._environments: dict[str, dict[int, int]] = {}

    def paragraph(self, start: int) -> int:
        """The next blank line."""
        if self._paragraph < start:
            found = self.text.find("\n\n", start)
            self._paragraph = len(self.text) if found < 0 else found
        return self._paragraph

    def find(self, closer: str, start: int, limit: int) -> int:
        """The closer, not escaped, before the limit; -1 where there is none."""
        if self._absent.get(closer, -1) >= limit:
            return -1
        found = _find(self.text, closer, start, limit)
        if found < 0:
            self._absent[closer] = limit
        return found

    def environment(self, name: str, start: int) -> int:
        """Where the \\end of an environment begins whose content starts at `start`; -1 where it is never closed."""
        if name not in self._environments:
            ends: dict[int, int] = {}
            open_: list[int] = []
            for match in re.finditer(rf"\\(begin|end)\s*\{{{re.escape(name)}\}}", self.text):
                if match[1] == "begin":
                    open_.append(match.end())
                elif open_:
                    ends[open_.pop()] = match.start()
            self._environments[name] = ends
        return self._environments[name].get(start, -1)


def _closed(
    text: str, match: re.Match[str], markdown: bool, closers: _Closers
) -> tuple[int, int, int, bool, ReadError | None] | None:
    """The content of the formula that opens at a match, and where to go on."""
    start = match.end()
    what = match.lastgroup
    if what == "environment":
        end = closers.environment(match["environment"], start)
        if end < 0:
            reason = f"The environment '{match['environment']}' is never closed"
            error = ReadError(reason, text, match.start(), match.end())
            return match.start(), match.end(), start, False, error
        return match.start(), text.index("}", end) + 1, text.index("}", end) + 1, False, None
    closer = {"bracket": "\\]", "paren": "\\)", "dollars": "$$", "githubinline": "`$", "dollar": "$"}[str(what)]
    inline = what in ("paren", "dollar", "githubinline")
    end = closers.find(closer, start, closers.paragraph(start) if inline else len(text))
    if what == "dollar" and end >= 0 and markdown:
        spaced = text[start : start + 1].isspace() or text[end - 1 : end].isspace() or text[end + 1 : end + 2].isdigit()
        if spaced and "\\" not in text[start:end]:
            return None
    if end < 0:
        if what == "dollar":
            return None
        error = ReadError(f"The formula that {match.group()} opens is never closed", text, match.start(), match.end())
        return match.start(), match.end(), start, inline, error
    return start, end, end + len(closer), inline and "\\begin" not in text[start:end], None


def _find(text: str, closer: str, start: int, limit: int) -> int:
    """The closer, not escaped, before the limit; -1 where there is none."""
    position = start
    while True:
        found = text.find(closer, position, limit)
        if found < 0:
            return -1
        backslashes = 0
        while closer[0] == "$" and text[found - 1 - backslashes] == "\\" and found - 1 - backslashes >= start:
            backslashes += 1
        if closer[0] == "\\" and text[found - 1 : found] == "\\" and text[found - 2 : found - 1] != "\\":
            position = found + 1
            continue
        if backslashes % 2 == 0:
            return found
        position = found + 1


_RST = re.compile(r"^(?P<indent>[ \t]*)\.\. math::[ \t]*(?P<first>[^\n]*)\n|:math:`(?P<role>[^`]*)`", re.MULTILINE)


_RST_OPTIONS = re.compile(r"(?:[ \t]*:[\w-]+:[^\n]*\n)*\s*")


def _of_rst(text: str, _kind: str) -> Iterator[Span]:
    """The math directives and roles of reStructuredText; a blank line inside a directive starts a new row."""
    for match in _RST.finditer(text):
        if match["role"] is not None:
            yield match.start("role"), match.end("role"), True, None
            continue
        indent = len(match["indent"].expandtabs())
        end = match.end()
        for line in re.compile(r"[^\n]*(?:\n|\Z)").finditer(text, match.end()):
            content = line.group().expandtabs()
            if content.strip() and len(content) - len(content.lstrip()) <= indent:
                break
            end = line.end()
            if line.end() == len(text):
                break
        options = _RST_OPTIONS.match(text, match.end())
        body = options.end() if options else match.end()
        if not match["first"].strip():
            yield body, end, False, None
            continue
        # What follows without a blank line or an option goes on with the formula that stands beside the directive.
        blank = re.compile(r"^[ \t]*(?:$|:)", re.MULTILINE).search(text, match.end(), end)
        together = blank.start() if blank else end
        yield match.start("first"), together, False, None
        if together < end:
            yield max(body, together), end, False, None


def _of_formula(text: str, _kind: str) -> Iterator[Span]:
    """One formula, perhaps in its own delimiters."""
    found = [span for span in _of_markup(text, "tex") if not span[2]] if re.search(r"\\\[|\$\$", text) else []
    if found:
        yield from found
        return
    stripped = text.strip()
    if stripped.startswith("$") and stripped.endswith("$") and len(stripped) > 2 and "$" not in stripped[1:-1]:
        at = text.index("$")
        yield at + 1, at + len(stripped) - 1, False, None
        return
    if stripped:
        yield 0, len(text), False, None


_MATHEMATICAL = re.compile(r"[=\\^_<>|≤≥≈∑∫]")
_WORD = re.compile(r"(?<![\\{A-Za-z])[A-Za-z]{4,}")


def _is_formula(line: str) -> bool:
    """Whether a line of plain text is a formula and no prose."""
    return _MATHEMATICAL.search(line) is not None and len(_WORD.findall(line)) < 4


def _of_text(text: str, kind: str) -> Iterator[Span]:
    """Plain text: the formulas between delimiters, or, where there are none, every line by itself.

    A paragraph with row breaks or alignment marks is one formula with its rows.
    """
    if re.search(r"^[ \t]*\.\. math::", text, re.MULTILINE):
        yield from _of_rst(text, kind)
        return
    if re.search(r"\$|\\\[|\\\(|\\begin\s*\{|^```math", text, re.MULTILINE):
        yield from _of_markup(text, "markdown" if "`" in text else "tex")
        return
    for paragraph in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+", text):
        start = paragraph.start()
        if re.search(r"\\\\|&", paragraph.group()):
            yield start, paragraph.end(), False, None
            continue
        for line in re.finditer(r"[^\n]*\S[^\n]*(?:\n|\Z)", paragraph.group()):
            if not line.group().lstrip().startswith(("%", "#")) and _is_formula(line.group()):
                yield start + line.start(), start + line.end(), False, None
