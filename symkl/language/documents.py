"""Finds the formulas of a document and their rows: LaTeX, Markdown, notebooks, reStructuredText, plain text.

Nothing is read here. A row is a piece of the source with its place; rows that only continue the one before are joined to
it. One pass over the text, linear in its length.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from symkl.errors import ReadError, UsageError
from symkl.language.files import SIZE_LIMIT, content_of, kind_of
from symkl.language.latex.macros import Macro, definition_spans, definitions
from symkl.language.latex.symbols import is_known
from symkl.language.latex.tokens import MARGIN


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a formula: its source, and where it stands.

    `start` and `end` are offsets in the document's text; `line` and `column` count from 1. `display` numbers the formula
    that the row is of; `inline` says that it stands in running text. `error` is why no row could be made of it. In a notebook
    `line` counts through all Markdown cells; `cell` is the cell, of all kinds from 1, and `cell_line` the line inside it.
    """

    source: str
    start: int
    end: int
    line: int
    column: int
    display: int
    inline: bool = False
    error: ReadError | None = None
    cell: int = 0
    cell_line: int = 0

    @property
    def place(self) -> str:
        """The place as a person looks for it: line 3, column 7, in a notebook cell 2, line 3, column 7."""
        line = f"cell {self.cell}, line {self.cell_line}" if self.cell else f"line {self.line}"
        return f"{line}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its text, its rows in order, the givens and macros that it states itself."""

    name: str
    kind: str
    text: str
    rows: tuple[Row, ...]
    givens: tuple[str, ...] = ()
    macros: dict[str, Macro] = field(default_factory=dict)
    formulas: tuple[tuple[int, int, bool], ...] = ()
    """Where formulas stand, rows or not: start, end, and whether in running text."""


def load(path: str | Path) -> Source:
    """The document in a file; the extension says what kind it is.

    Raises: OutputError where the file cannot be read; UsageError for an unknown extension and for what is no text.
    """
    return document_of(content_of(path), path)


def document_of(data: bytes, path: str | Path) -> Source:
    """The document that a file of this name and these bytes is.

    Raises: UsageError for an unknown extension and for what is no text.
    """
    return parse(decoded(data, str(path)), kind_of(Path(path)), str(path))


def decoded(data: bytes, name: str) -> str:
    """The text of some bytes.

    Raises: UsageError for what is not UTF-8, holds a NUL byte, or is too large.
    """
    if len(data) > SIZE_LIMIT:
        raise UsageError(f"{name}: larger than {SIZE_LIMIT // 1_000_000} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name}: not UTF-8 in line {line}; save the file as UTF-8.") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UsageError(f"{name}: a NUL byte in line {line}; this is no text file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, kind: str = "text", name: str = "-") -> Source:
    """The rows of a text of some kind: tex, markdown, notebook, rst, text, or formula (one formula and nothing else).

    Raises: UsageError for a notebook that is none.
    """
    if len(text) > SIZE_LIMIT:
        raise UsageError(f"{name}: larger than {SIZE_LIMIT // 1_000_000} MB.")
    cells: tuple[tuple[int, int], ...] = ()
    if kind == "notebook":
        text, cells = _markdown_of_notebook(text, name)
    finder = {"rst": _of_rst, "formula": _of_formula, "text": _of_text}.get(kind, _of_markup)
    places = _Places(text, cells)
    rows: list[Row] = []
    spans = tuple(finder(text, kind))
    for display, (start, end, inline, error) in enumerate(spans):
        if error is not None:
            rows.append(_row(places, start, end, display, inline, error))
            continue
        for first, last in _joined(text, _split(text, start, end)):
            if not inline or _is_statement(text[first:last]):
                rows.append(_row(places, first, last, display, inline, None))
    return Source(name, kind, text, tuple(rows), tuple(_stated_givens(text)), definitions(text), tuple(s[:3] for s in spans))


def _row(places: _Places, start: int, end: int, display: int, inline: bool, error: ReadError | None) -> Row:
    line, column = places.of(start)
    return Row(places.text[start:end], start, end, line, column, display, inline, error, *places.in_cell(start, line))


class _Places:
    """Line and column of an offset; `cells` are where the cells of a notebook begin, and their numbers."""

    def __init__(self, text: str, cells: tuple[tuple[int, int], ...] = ()) -> None:
        self.text = text
        self._cells = cells
        self._starts = [0, *(match.end() for match in re.finditer(r"\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def in_cell(self, offset: int, line: int) -> tuple[int, int]:
        """The number of the cell, and the line inside it; nothing outside of notebooks."""
        at = bisect_right(self._cells, (offset, len(self.text))) - 1
        if at < 0:
            return 0, 0
        begins, number = self._cells[at]
        return number, line - self.of(begins)[0] + 1


# Givens in the document

_GIVEN = re.compile(r"(?:%|<!--|\.\.|#|//)\s*symkl:\s*given\s+(?P<given>[^\n]*?)\s*(?:-->)?\s*$", re.MULTILINE)


def _stated_givens(text: str) -> Iterator[str]:
    return (match["given"] for match in _GIVEN.finditer(text) if match["given"])


# Where the mathematics is

Span = tuple[int, int, bool, ReadError | None]

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


_BETWEEN_CELLS = "\n\n"
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


def _markdown_of_notebook(text: str, name: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The Markdown cells of a notebook, one after the other, and where each begins with its number among all cells."""
    try:
        cells = json.loads(text)["cells"]
        found, places, position = [], [], 0
        for number, cell in enumerate(cells, start=1):
            if cell.get("cell_type") == "markdown":
                source = cell.get("source", "")
                found.append(source if isinstance(source, str) else "".join(source))
                places.append((position, number))
                position += len(found[-1]) + len(_BETWEEN_CELLS)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{name}: this is no notebook: {error}.") from error
    return _BETWEEN_CELLS.join(found), tuple(places)


# Rows

_BREAKS = re.compile(
    r"""
      (?P<comment>(?<!\\)%[^\n]*)
    | (?P<break>\\\\(?:\s*\*)?(?:[ \t]*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\s*\])?)
    | (?P<damaged>\\cr\b|\\(?=[ \t]*\n))
    | (?P<escaped>\\[{}])
    | \\(?:begin|end)\s*\{(?P<environment>[A-Za-z]+)\*?\}
    | \\(?:intertext|shortintertext)\s*\{(?P<intertext>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}
    | (?P<apart>&|\\q?quad\b(?P<said>\s*\\(?:text|mbox|textrm|mathrm)\s*\{\s*,?\s*(?:and|or|where|with|so|thus)\s*,?\s*\}
        \s*(?:\\q?quad\b)?)?)
    | (?P<open>\{)
    | (?P<close>\})
    """,
    re.VERBOSE,
)
_LETTERS = re.compile(r"[A-Za-z]+")
_BLANK = re.compile(
    r"""(?:
        \s | & | \\[,;:!\ ] | \\q?quad\b | \{\}
      | \\(?:nonumber|notag|hline)\b
      | \\(?:mathrel)?\{?\\?[hv]?phantom\s*\{[^{}]*\}\}?
      | \\(?:hspace|vspace|label|tag)\*?\{[^{}]*\}
      | %[^\n]*\n?
      | \\(?:begin|end)\s*\{[^{}]*\}
    )*""",
    re.VERBOSE,
)
"""Layout around a row."""


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The rows of a formula: split at row breaks outside of braces."""
    depth, first = 0, start
    position = start
    while position < end:
        match = _BREAKS.search(text, position, end)
        if match is None:
            break
        position = match.end()
        what = match.lastgroup
        if what == "open":
            depth += 1
        elif what == "close":
            depth = max(0, depth - 1)
        elif (
            match["environment"] in _BY_CASES
            and match.group().startswith("\\begin")
            and _RELATION.search(text, first, match.start())
        ):
            closing = re.compile(rf"\\end\s*\{{{match['environment']}\}}").search(text, position, end)
            position = closing.end() if closing is not None else end
        elif what == "apart" and depth == 0:
            margin = MARGIN.match(text, match.start(), end)
            if margin is not None:
                position = margin.end()
                continue
            near = match.start() - first < _ROW
            if near and _two_formulas(text[first : match.start()], text[match.end() : min(end, match.end() + _AHEAD)]):
                yield first, match.end() if match["said"] else match.start()
                first = match.end()
        elif what == "intertext":
            yield first, match.start()
            first = match.end()
        elif what in ("break", "damaged") and depth == 0:
            letters = _LETTERS.match(text, match.end()) if match.group() == "\\\\" else None
            if letters is not None and is_known(letters.group()):
                continue
            yield first, match.start()
            first = match.end()
    yield first, end


_AHEAD = 400
"""So far it is looked whether a second formula follows in a row."""
_ROW = 2000
"""A second formula is looked for in rows of at most so many characters, so that the time stays linear."""
_NEXT = re.compile(
    r"""(?:\s|&|\\[,;:! ])*
        (?P<formula>(?!\\(?:text|mbox|q?quad|hspace|tag|label|nonumber|notag|for|forall|because)\b)[A-Za-z\\].*?)
        (?:\\\\|\\q?quad\b|\\end\b|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_OPEN_ENDED = re.compile(
    r"(?:[=<>+\-−*/(|]|\\(?:[A-Za-z]*arrow|implies|iff|leq?|geq?|approx|equiv|cdot|times|to|mid))(?:\s|&)*\Z"
)
_CONDITION = re.compile(r"[^=]*=[^=]*(?:\\[lc]?dots\b|\.\.\.)|\s*\w+\s*=\s*\d+\s*[.,;]?\s*\Z")
_BY_CASES = frozenset({"cases", "rcases", "dcases"})


def _two_formulas(before: str, after: str) -> bool:
    """Whether a wide space or a column parts two formulas: a = b \\quad c = d, which is no product b c.

    What follows a comma and is a condition, such as i = 1, ..., n or p > 0, stays with the formula.
    """
    following = _NEXT.match(after)
    if following is None or _OPEN_ENDED.search(before) or _balance(before) or _RELATION.search(before) is None:
        return False
    formula = following["formula"]
    relation = _RELATION.search(formula)
    if relation is None or not formula[: relation.start()].strip(" &\t\n"):
        return False
    if _CONDITION.match(formula):
        return False
    return not before.rstrip().endswith((",", ";")) or "=" in formula


_SIGN = re.compile(r"[+\-−–]|\\(?:cdot|times|pm)\b|\*")
_RELATION = re.compile(
    r"[<>]=?|[:!]?=|≤|≥|≈|≡|\\(?:overset|stackrel|leq?|geq?|leqslant|geqslant|approx|equiv|triangleq|coloneqq|propto|neq?|"
    r"implies|iff|(?:Long|long)?(?:left)?(?:R|r)ightarrow|(?:Long)?(?:L|l)eftrightarrow|to|simeq|le|ge|sim)\b"
)
_DANGLING = re.compile(r"(?:[+\-−=*]|\\(?:cdot|times|leq?|geq?|approx)|[(\[{])\s*(?:\\(?:nonumber|notag)\b|&|\s)*$")
_MARGIN = re.compile(r"&\s*&\s*&|^\s*&\s*&", re.MULTILINE)
_COMMA = re.compile(r",\s*(?:\\(?:nonumber|notag)\b|&|\s)*$")
_BRACKETS = re.compile(r"\\[{}]|[()\[\]]|\\left\s*\.|\\right\s*\.")


def _joined(text: str, pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Rows without layout around them; a row that only continues the one before is joined to it."""
    pending: tuple[int, int] | None = None
    balance = 0
    for first, last in pieces:
        blank = _BLANK.match(text, first, last)
        begin = blank.end() if blank else first
        last = _without_closing(text, begin, last)
        if pending is not None and _MARGIN.search(text, first, begin) and begin < last:
            # What stands in the margin alone is a note on the row before.
            pending = pending[0], last
            continue
        if begin >= last or not _BLANK.sub("", text[begin:last]):
            continue
        here = _balance(text[begin:last])
        if pending is not None and _continues(text, pending, first, begin, last, balance):
            pending = pending[0], last
            balance += here
            continue
        if pending is not None:
            yield pending
        pending, balance = (begin, last), here
    if pending is not None:
        yield pending


_CLOSING = re.compile(r"\\end\s*\{([^{}]*)\}\Z")


def _without_closing(text: str, begin: int, end: int) -> int:
    """Where a row ends, without white space and without the end of an environment that began before it."""
    while True:
        while end > begin and text[end - 1].isspace():
            end -= 1
        closing = _CLOSING.search(text, max(begin, end - 40), end)
        if closing is None:
            return end
        name = re.escape(closing[1])
        opened, closed = (len(re.findall(rf"\\{word}\s*\{{{name}\}}", text[begin:end])) for word in ("begin", "end"))
        if opened >= closed:
            return end
        end = closing.start()


def _balance(row: str) -> int:
    found = 0
    for match in _BRACKETS.finditer(row):
        found += {"(": 1, "[": 1, "\\{": 1, ")": -1, "]": -1, "\\}": -1}.get(match.group(), 0)
    return found


def _continues(text: str, before: tuple[int, int], first: int, begin: int, last: int, balance: int) -> bool:
    if _DANGLING.search(text, max(before[0], before[1] - 60), before[1]):
        return True
    if balance > 0 and _balance(text[begin:last]) < 0:
        return True
    signed = _SIGN.match(text, begin) is not None
    if signed and "&" in text[first:begin]:
        return True
    if _COMMA.search(text, max(before[0], before[1] - 60), before[1]):
        return balance > 0 or _RELATION.search(text[begin:last]) is None
    return signed and _RELATION.search(text[begin:last]) is None


_STATES = re.compile(r"\\log|\\ln|\\sum|\\int|\\mathbb\s*\{?E|\\operatorname|KL|\bH\s*\(|\bI\s*\(|\\mathrm\{|D_")


def _is_statement(row: str) -> bool:
    """Whether a formula in running text states something, and is not only the mention of a symbol."""
    return _RELATION.search(row) is not None and _STATES.search(row) is not None
