"""Finds the rows of a formula, and joins those that only continue the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symkl.language.latex.symbols import is_known
from symkl.language.latex.tokens import MARGIN

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
      | \\begin\s*\{(?:array|alignat|alignedat)\*?\}\s*\{[^{}]*\} | \\(?:begin|end)\s*\{[^{}]*\}
    )*""",
    re.VERBOSE,
)
"""Layout around a row."""


def rows_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the rows of a formula start and end; those that only continue the one before are joined to it."""
    return _joined(text, _split(text, start, end))


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


def is_statement(row: str) -> bool:
    """Whether a formula in running text states something, and is not only the mention of a symbol."""
    return _RELATION.search(row) is not None and _STATES.search(row) is not None
