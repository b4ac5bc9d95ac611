"""A report as one HTML page: opens offline, readable on a phone and by a screen reader, mathematics as MathML.

Verdicts are told by words and marks as well as by colour. A formula that MathML cannot be written for keeps its source.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from html import escape

from symkl.homework.verdicts import VERDICTS, WRONG, CheckedFile, Line, Tally
from symkl.render.report.formulas import Formulas
from symkl.render.report.words import MARKS, counted, is_shown, most_frequent, of_the_class, shown_chains

PIECE = 1 << 13
"""So many characters of the page are held at once."""

_STYLE = """
:root { color-scheme: light dark; --wrong: #b3261e; --right: #1b6e3c; --open: #8a5a00; --line: #8884; --soft: #8881; }
@media (prefers-color-scheme: dark) { :root { --wrong: #ff8a80; --right: #7fd6a0; --open: #ffcf70; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: .5rem 0; } p { margin: .2rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; overflow-wrap: anywhere; border-top: 1px solid var(--line); margin: 1.5rem 0 .2rem; padding-top: 1rem; }
ol { list-style: none; padding: 0; margin: .8rem 0; }
li { border-left: 4px solid var(--line); margin: .5rem 0; padding: .2rem .8rem; }
li.wrong { border-color: var(--wrong); background: var(--soft); } li.correct { border-color: var(--right); }
li.unknown, li.unread { border-color: var(--open); }
.mark { font-weight: 600; } .wrong > p > .mark { color: var(--wrong); } .correct > p > .mark { color: var(--right); }
.unknown > p > .mark, .unread > p > .mark { color: var(--open); } .quiet { opacity: .75; font-size: .9rem; }
.formula { overflow-x: auto; overflow-y: hidden; padding: .3rem 0; font-size: 1.1rem; }
code { font-size: .9em; overflow-wrap: anywhere; white-space: pre-wrap; }
mark { background: none; color: var(--wrong); text-decoration: underline wavy; font-weight: 600; }
.part { color: var(--wrong); } li.wrong .right math { color: var(--right); } .refused { color: var(--open); }
.scroll { overflow-x: auto; margin: .8rem 0; } table { border-collapse: collapse; width: 100%; }
td, thead th { padding: .2rem .7rem; text-align: right; font-variant-numeric: tabular-nums; } .none { opacity: .4; }
tbody th { font-weight: normal; } th:first-child { text-align: left; overflow-wrap: anywhere; padding-left: 0; min-width: 8rem; }
tr + tr, tbody tr { border-top: 1px solid var(--line); } td.wrong { color: var(--wrong); font-weight: 600; }
.sign { display: none; }
@media (max-width: 40rem) {
  td, thead th { padding: .2rem .45rem; } .sign { display: inline; }
  .word { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
}
"""


def pieces(files: Iterable[CheckedFile], only: str | None = None) -> Iterator[str]:
    """The report as a page; the documents are put aside in a file until the table of all of them has been written."""
    tally, rows = Tally(), []
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as aside:
        for file in tally.counting(files):
            rows.append(_row(tally.documents, file, is_shown(file, only)))
            if is_shown(file, only):
                aside.write("".join(f"{line}\n" for line in _file(tally.documents, file, only)))
        yield _HEAD
        if tally.documents > 1:
            said = "".join(f"<p>{escape(said)}.</p>\n" for said in (of_the_class(tally), most_frequent(tally)) if said)
            yield said + _TABLE_HEAD + "".join(rows) + _TABLE_END
        if tally.documents == 1 and not tally.summary.get(only or "", 1):
            yield f"<p>No row is {only}: {escape(counted(tally.summary))}.</p>\n"
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
    + "".join(
        f'<th scope="col"><span class="word">{verdict}</span><span class="sign" aria-hidden="true">{MARKS[verdict]}</span></th>'
        for verdict in VERDICTS
    )
    + "</tr></thead>\n<tbody>\n"
)
_TABLE_END = "</tbody></table></div>\n"


def _row(number: int, file: CheckedFile, shown: bool) -> str:
    """The row of a document in the table of all, with a link to it where it is shown below."""
    cells = "".join(f'<td class="{verdict if count else "none"}">{count}</td>' for verdict, count in file.summary.items())
    if file.error is not None:
        cells = f'<td class="refused" colspan="{len(VERDICTS)}">not checked</td>'
    name = f'<a href="#d{number}">{escape(file.path)}</a>' if shown else escape(file.path)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>\n'


def _file(number: int, file: CheckedFile, only: str | None) -> Iterator[str]:
    yield f'<section aria-labelledby="d{number}">\n<h2 id="d{number}">{escape(file.path)}</h2>'
    if file.error is not None:
        yield f'<p class="refused">{escape(file.error)}</p>\n</section>'
        return
    yield f"<p>{escape(counted(file.summary))}</p>"
    if file.givens:
        texts = (f"<code>{escape(given.text)}</code>{' (inferred)' if given.inferred else ''}" for given in file.givens)
        yield f'<p class="quiet">Given {"; ".join(texts)}</p>'
    formulas = Formulas(file)
    for chain in shown_chains(file, only):
        yield "<ol>"
        yield from (_line(line, formulas) for line in chain)
        yield "</ol>"
    yield "</section>"


def _line(line: Line, formulas: Formulas) -> str:
    rules = f", by {escape(', '.join(line.rules))}" if line.rules else ""
    place = f'<span class="quiet">line {line.at[0]}{rules}</span>'
    said = [f'<p><span class="mark">{MARKS[line.verdict]} {line.verdict}</span> {place}</p>']
    said.append(f'<div class="formula">{formulas.row(line) or f"<code>{escape(line.source)}</code>"}</div>')
    if line.verdict == WRONG and line.wrong_part is not None:
        said.append(f'<p class="quiet">In the source: <code>{_marked(line)}</code></p>')
    if line.reason:
        said.append(f"<p>{escape(line.reason)}</p>")
    if line.misconception:
        said.append(f'<p>{escape(line.advice or "")} <span class="quiet">({escape(line.misconception)})</span></p>')
    if line.suggestion:
        shown = formulas.latex(line.suggestion) or f"<code>{escape(line.suggestion)}</code>"
        said.append(f'<p>It would be right with</p><div class="formula right">{shown}</div>')
    return f'<li class="{line.verdict}">{"".join(said)}</li>'


def _marked(line: Line) -> str:
    start, end = line.wrong_part or (0, 0)
    before, part, after = line.source[:start], line.source[start:end], line.source[end:]
    return f"{escape(before)}<mark>{escape(part)}</mark>{escape(after)}"
