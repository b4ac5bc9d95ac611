"""The reference of the rules: what each says, needs and rests on, with an example."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from symkl.errors import SymklError
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation
from symkl.render.gallery.frame import Words, page
from symkl.theory.rules import ARROW, EQUIVALENT, Rule, patterns, rules
from symkl.theory.setting import setting


def rules_page() -> str:
    """Every rule, by topic."""
    return page("Rules", _body())


def _body() -> Iterator[str]:
    known = list(rules().values())
    topics = list(dict.fromkeys(rule.topic for rule in known))
    yield "<h1>Rules</h1>"
    yield f'<p class="lead">The {len(known)} rules that derivations are made of.</p>'
    yield '<nav class="topics">' + "".join(f'<a href="#topic-{topic}">{topic}</a>' for topic in topics) + "</nav>"
    for topic in topics:
        yield f'<section id="topic-{topic}"><h2>{topic.capitalize()}</h2>'
        for rule in known:
            if rule.topic == topic:
                yield _entry(rule)
        yield "</section>"


def _entry(rule: Rule) -> str:
    rows = [("rule", f"<code>{escape(rule.text)}</code>" + (" both ways" if rule.both_ways else ""))]
    if rule.when:
        rows.append(("when", ", ".join(f"<code>{escape(text)}</code>" for text in rule.when)))
    rows.append(("example", _example(rule)))
    rows.append(("source", escape(rule.source)))
    listed = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows)
    return (
        f'<article class="reference" id="{escape(rule.name)}"><h3>{escape(rule.title)} <code>{escape(rule.name)}</code></h3>'
        f"<p>{escape(rule.says)}</p><dl>{listed}</dl></article>"
    )


def _example(rule: Rule) -> str:
    where = setting(rule.given)
    words = Words(where)
    operator = ARROW if rule.computed else patterns(rule).operator
    sign = {ARROW: "=", EQUIVALENT: EQUIVALENT}.get(operator, operator)
    try:
        left, right = (read_plain(text, where.scope) for text in rule.example.split(f" {operator} ", 1))
    except (SymklError, ValueError):
        return f"<code>{escape(rule.example)}</code>"
    return words.formula(Relation((left, right), (sign,)))
