"""What a page has: the head, the way home, the words with formulas and rules in them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from symkl.errors import UnknownName
from symkl.language.term import Term
from symkl.render.mathml import MathMLWriter
from symkl.render.prose import spans
from symkl.theory.rules import rule
from symkl.theory.setting import Setting

WIDE, NARROW = 40.0, 17.5
"""How much room a formula has, in em: on a screen, and on a phone."""

_MARK = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M1 15C6 15 6 2 8 2s2 13 7 13'"
    " fill='none' stroke='%233b7dc4' stroke-width='2'/%3E%3C/svg%3E"
)


def page(title: str, body: Iterable[str]) -> str:
    """A page of the site, beside its style sheet and its script."""
    head = ('<link rel="stylesheet" href="style.css">', '<script src="copy.js" defer></script>')
    home = '<header class="top"><a class="home" href="index.html">symkl gallery</a><a href="rules.html">Rules</a></header>'
    return _page(title, head, (home, "<main>", *body, "</main>"))


def page_alone(title: str, body: Iterable[str]) -> str:
    """A page that holds all that it needs."""
    style = files("symkl.render.gallery").joinpath("style.css").read_text(encoding="utf-8")
    return _page(title, (f"<style>\n{style}</style>",), ("<main>", *body, "</main>"))


def _page(title: str, head: Iterable[str], body: Iterable[str]) -> str:
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(title)} · symkl</title>",
            f'<link rel="icon" href="{_MARK}">',
            *head,
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


class Words:
    """Words, formulas under one setting, and rules, which are links where there is a `reference` of them."""

    def __init__(self, setting: Setting, reference: str = "rules.html") -> None:
        self.setting = setting
        self.reference = reference
        self.writer = MathMLWriter(setting.scope.log_base)

    def html(self, text: str) -> str:
        """Running text, its quoted formulas typeset."""
        return "".join(escape(s) if isinstance(s, str) else self.writer.math(s) for s in spans(text, self.setting))

    def plain(self, text: str) -> str:
        """Running text for a place that holds no formulas."""
        return text.replace("`", "")

    def rules(self, names: Iterable[str]) -> str:
        """The titles of rules with a full stop behind them; what is no rule of the knowledge files is left out."""
        titles: dict[str, str] = {}
        for name in names:
            try:
                title = rule(name).title
            except UnknownName:
                continue
            link = f'<a href="{self.reference}#{escape(name)}">{escape(title)}</a>' if self.reference else escape(title)
            titles.setdefault(title, link)
        return ", ".join(titles.values()) + ". " if titles else ""

    def formula(self, term: Term, before: str = "") -> str:
        """A formula behind a sign, broken for a screen and for a phone; the style sheet shows one of the two."""
        wide = self.writer.broken(term, WIDE, before)
        narrow = self.writer.broken(term, NARROW, before)
        if wide == narrow:
            return _rows(wide, "")
        return _rows(wide, " wide") + _rows(narrow, " narrow")


def _rows(rows: list[str], shown: str) -> str:
    return f'<div class="formula{shown}">' + "".join(f'<div class="row">{row}</div>' for row in rows) + "</div>"
