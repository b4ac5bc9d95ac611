"""The first page: every derivation, by topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from symkl.render.gallery.frame import Words, page

if TYPE_CHECKING:
    from symkl.render.gallery import Entry


def index_page(entries: Sequence[Entry]) -> str:
    """The derivations by topic, in the order of the entries."""
    return page("Derivations of information theory", _body(entries))


def _body(entries: Sequence[Entry]) -> Iterator[str]:
    topics = list(dict.fromkeys(entry.script.topic for entry in entries))
    yield "<h1>Derivations of information theory</h1>"
    yield (
        f'<p class="lead">{len(entries)} derivations, each step with the rule that makes it and the conditions it needs. '
        "A kernel has checked every one.</p>"
    )
    links = (f'<a href="#{escape(topic)}">{escape(topic)}</a>' for topic in topics)
    yield '<nav class="topics">' + "".join(links) + "</nav>"
    for topic in topics:
        yield f'<section class="topic" id="{escape(topic)}"><h2>{escape(topic.capitalize())}</h2><ul class="cards">'
        for entry in entries:
            if entry.script.topic == topic:
                yield _card(entry)
        yield "</ul></section>"


def _card(entry: Entry) -> str:
    words = Words(entry.derivation.setting)
    steps = len(entry.derivation.steps)
    title = escape(words.plain(entry.derivation.title))
    return (
        f'<li><a class="card" href="{escape(entry.page)}"><span class="title">{title}</span>'
        f"{words.formula(entry.derivation.goal)}"
        f"<small>{escape(entry.script.family)} · {steps} {'step' if steps == 1 else 'steps'}</small></a></li>"
    )
