"""A report as one HTML page: opens offline, readable on a phone and by a screen reader, mathematics as MathML.

Verdicts are told by words and marks as well as by colour. A formula that MathML cannot be written for keeps its source.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from html import escape

from symkl.errors import SymklError
from symkl.homework.verdicts import VERDICTS, WRONG, CheckedFile, Line, Tally
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation
from symkl.render.mathml import operator, write_mathml
from symkl.render.report.words import MARKS, counted, of_the_class, shown_chains
from symkl.theory.setting import Setting, setting

PIECE = 1 << 20
"""So many characters of the page are held at once."""

_STYLE = """
:root { color-scheme: light dark; --wrong: #b3261e; --right: #1b6e3c; --open: #8a5a00; --line: #8884; --soft: #8881; }
@media (prefers-color-scheme: dark) { :root { --wrong: #ff8a80; --right: #7fd6a0; --open: #ffcf70; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; overflow-wrap: anywhere; border-top: 1px solid var(--line); padding-top: 1rem; }
ol { list-style: none; padding: 0; } li { border-left: 4px solid var(--line); margin: .6rem 0; padding: .2rem .8rem; }
li.wrong { border-color: var(--wrong); background: var(--soft); } li.correct { border-color: var(--right); }
li.unknown, li.unread { border-color: var(--open); }
.mark { font-weight: 600; } .wrong .mark { color: var(--wrong); } .correct .mark { color: var(--right); }
.unknown .mark, .unread .mark { color: var(--open); } .place { opacity: .75; font-size: .85rem; }
.formula { overflow-x: auto; padding: .3rem 0; } code { overflow-wrap: anywhere; white-space: pre-wrap; }
mark { background: none; color: var(--wrong); text-decoration: underline wavy; font-weight: 600; }
p { margin: .2rem 0; overflow-wrap: anywhere; } table { border-collapse: collapse; }
td, th { padding: .2rem .7rem; text-align: right; }
td:first-child, th:first-child { text-align: left; min-width: 9rem; overflow-wrap: anywhere; }
tr + tr { border-top: 1px solid var(--line); }
.scroll { overflow-x: auto; }
"""


def pieces(files: Iterable[CheckedFile], only: str | None = None) -> Iterator[str]:
    """The report as a page; the documents are put aside in a file until the table of all of them has been written."""
    tally, rows = Tally(), []
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as aside:
        for file in tally.counting(files):
            rows.append(_row(tally.documents, file))
            aside.write("".join(f"{line}\n" for line in _file(tally.documents, file, only)))
        yield _HEAD
        if tally.documents > 1:
            yield f"<p>{escape(of_the_class(tally))}.</p>\n{_TABLE_HEAD}" + "".join(rows) + _TABLE_END
        aside.seek(0)
        while piece := aside.read(PIECE):
            yield piece
    yield "</main>\n</body>\n</html>\n"


_HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    f"<title>Checked by symkl</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Checked by symkl</h1>\n"
)
_TABLE_HEAD = (
    '<div class="scroll" role="region" aria-label="All documents" tabindex="0"><table>\n<thead><tr><th scope="col">document</th>'
    + "".join(f'<th scope="col">{verdict}</th>' for verdict in VERDICTS)
    + "</tr></thead>\n<tbody>\n"
)
_TABLE_END = "</tbody></table></div>\n"


def _row(number: int, file: CheckedFile) -> str:
    """The row of a document in the table of all."""
    cells = "".join(f'<td class="{verdict if count else "none"}">{count}</td>' for verdict, count in file.summary.items())
    if file.error is not None:
        cells = f'<td class="refused" colspan="{len(VERDICTS)}">not checked</td>'
    return f'<tr><th scope="row"><a href="#d{number}">{escape(file.path)}</a></th>{cells}</tr>\n'


def _file(number: int, file: CheckedFile, only: str | None) -> Iterator[str]:
    yield f'<section aria-labelledby="d{number}">\n<h2 id="d{number}">{escape(file.path)}</h2>'
    if file.error is not None:
        yield f'<p class="refused">{escape(file.error.removeprefix(f"{file.path}: "))}</p>\n</section>'
        return
    yield f'<p class="count">{escape(counted(file.summary))}</p>'
    if file.givens:
        yield '<ul class="givens">'
        for given in file.givens:
            yield f"<li>given <code>{escape(given.text)}</code>{' (inferred)' if given.inferred else ''}</li>"
        yield "</ul>"
    known = _setting(file)
    for chain in shown_chains(file, only):
        yield '<ol class="rows">'
        yield from (_line(line, known) for line in chain)
        yield "</ol>"
    yield "</section>"


def _setting(file: CheckedFile) -> Setting | None:
    try:
        return setting([given.text for given in file.givens])
    except SymklError:
        return None


def _line(line: Line, known: Setting | None) -> str:
    said = [f'<p><span class="mark">{MARKS[line.verdict]} {line.verdict}</span> <span class="place">line {line.at[0]}</span></p>']
    said.append(f'<div class="formula">{_formula(line, known)}</div>')
    if line.rules:
        said.append(f"<p>by {escape(', '.join(line.rules))}</p>")
    if line.verdict == WRONG and line.wrong_part is not None:
        said.append(f"<p><code>{_marked(line)}</code></p>")
    said += [f"<p>{escape(text)}</p>" for text in (line.reason, line.advice) if text]
    if line.suggestion:
        said.append(f"<p>It would be right with <code>{escape(line.suggestion)}</code></p>")
    return f'<li class="{line.verdict}">{"".join(said)}</li>'


def _marked(line: Line) -> str:
    start, end = line.wrong_part or (0, 0)
    before, part, after = line.source[:start], line.source[start:end], line.source[end:]
    return f"{escape(before)}<mark>{escape(part)}</mark>{escape(after)}"


def _formula(line: Line, known: Setting | None) -> str:
    """The row as MathML; where that cannot be had, its source."""
    if line.formula is not None and known is not None:
        lead, text = _lead(line.formula.plain)
        try:
            term = read_plain(text, known.scope)
            base = known.scope.log_base
            if not lead:
                return f'<math displaystyle="true">{_written(write_mathml(term, base))}</math>'
            sides = term.args if isinstance(term, Relation) else (term,)
            if len(sides) == 1:
                return f'<math displaystyle="true">{operator(_SIGNS.get(lead, lead))}{_written(write_mathml(term, base))}</math>'
        except SymklError:
            pass
    return f"<code>{escape(line.source)}</code>"


_SIGNS = {"<=": "≤", ">=": "≥", "~=": "≈", "!=": "≠", "propto": "∝"}


def _lead(plain: str) -> tuple[str, str]:
    first, _, rest = plain.partition(" ")
    return (first, rest) if first in {"=", ":=", "<", ">", *_SIGNS} else ("", plain)


def _written(markup: str) -> str:
    """The inside of a formula, without a math element of its own."""
    if markup.startswith("<math"):
        return markup[markup.index(">") + 1 : markup.rindex("</math>")]
    return markup
