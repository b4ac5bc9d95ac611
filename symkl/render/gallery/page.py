"""The page of one derivation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from symkl.derivation.step import EQUIVALENT, IMPLIES, Derivation, Part, Step
from symkl.language.term import Relation
from symkl.render import latex
from symkl.render.gallery.frame import Words, page
from symkl.render.lines import headings, lettered, needed, shown_conditions

if TYPE_CHECKING:
    from symkl.render.gallery import Entry


def derivation_page(entry: Entry, before: Entry | None, after: Entry | None) -> str:
    """A derivation with its givens, pictures, steps, and what to copy."""
    words = Words(entry.derivation.setting)
    return page(words.plain(entry.derivation.title), _body(entry, words, before, after))


def _body(entry: Entry, words: Words, before: Entry | None, after: Entry | None) -> Iterator[str]:
    yield f'<p class="topic"><a href="index.html#{escape(entry.script.topic)}">{escape(entry.script.topic)}</a></p>'
    yield from told(entry.derivation, words, entry.pictures)
    yield from _copies(entry)
    yield '<nav class="neighbours">' + _neighbour(before, "Before", words) + _neighbour(after, "Next", words) + "</nav>"


def told(derivation: Derivation, words: Words, pictures: Iterable[tuple[str, str]] = ()) -> Iterator[str]:
    """The elements that tell a derivation: title, goal, givens, pictures by file and caption, parts, closing, source."""
    yield f"<h1>{words.html(derivation.title)}</h1>"
    yield f'<div class="goal">{words.formula(derivation.goal)}</div>'
    yield '<ul class="givens">' + "".join(f"<li>{escape(text)}</li>" for text in derivation.setting.texts) + "</ul>"
    for file, caption in pictures:
        yield f'<figure><img src="{escape(file)}" alt="{escape(caption)}"><figcaption>{escape(caption)}</figcaption></figure>'
    number = 0
    for heading, part in zip(headings(derivation), lettered(derivation).parts, strict=True):
        yield from _part(part, heading, words, number)
        number += len(part.steps)
    if derivation.closing:
        yield f'<p class="closing">{words.html(derivation.closing)}</p>'
    if derivation.source:
        yield f'<p class="source">Source: {escape(derivation.source)}</p>'


def _part(part: Part, heading: str, words: Words, number: int) -> Iterator[str]:
    yield '<section class="part">'
    if heading:
        yield f"<h2>{words.html(heading)}</h2>"
    if part.prose:
        yield f"<p>{words.html(part.prose)}</p>"
    yield f'<div class="start">{words.formula(part.start)}</div>'
    yield f'<ol class="steps" start="{number + 1}">'
    for k, step in enumerate(part.steps, number + 1):
        yield _step(step, words, k, isinstance(part.start, Relation))
    yield "</ol>"
    yield "</section>"


def _step(step: Step, words: Words, number: int, statements: bool) -> str:
    sign = step.relation if not statements or step.relation in (EQUIVALENT, IMPLIES) else ""
    conditions = []
    for shown in shown_conditions(needed(step)):
        listed = ", ".join(words.writer.math(condition.relation) for condition in shown.conditions)
        more = f", … ({shown.count} conditions)" if shown.count > len(shown.conditions) else ""
        conditions.append(f'<p class="needs">needs {listed}{more} <span class="reason">({escape(shown.reason)})</span></p>')
    return (
        f'<li id="step-{number}"><span class="number">{number}</span><div class="line">{words.formula(step.after, sign)}'
        f'<p class="rule">{words.rules(step.rule.split(", "))}<span class="says">{words.html(step.says)}</span></p>'
        f"{''.join(conditions)}</div></li>"
    )


def _copies(entry: Entry) -> Iterator[str]:
    yield '<section class="copies"><h2>Take it along</h2>'
    for title, text in (
        ("Command", entry.command),
        ("Python", entry.python),
        ("LaTeX", latex.render(entry.derivation)),
    ):
        yield f'<details><summary>{title}<button type="button" class="copy" hidden>Copy</button></summary>'
        yield f'<pre tabindex="0">{escape(text.rstrip())}</pre></details>'
    yield "</section>"


def _neighbour(entry: Entry | None, label: str, words: Words) -> str:
    if entry is None:
        return "<span></span>"
    return f'<a href="{escape(entry.page)}"><small>{label}</small>{escape(words.plain(entry.derivation.title))}</a>'
