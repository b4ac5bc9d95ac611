"""Derivations as Markdown, HTML and the formula of a notebook."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from symkl.derivation.step import Derivation
from symkl.render import render
from symkl.render.markdown import inline


def test_the_lines_of_the_coin_in_order(coin: Derivation) -> None:
    text = render(coin, "markdown")
    position = 0
    for line in [
        r"\mathrm{KL}(P \| Q) &= \sum_{i \in \{H,T\}} P(i)\log\frac{P(i)}{Q(i)}",
        r"&= p[\log p - \log q] + (1-p)[\log(1-p) - \log(1-q)]",
        r"_{\text{Term 1}} + \underbrace",
        r"&= H(P, Q) - H(P)",
        r"\iff \quad H(P, Q) &= \mathrm{KL}(P \| Q) + H(P)",
    ]:
        position = text.index(line, position) + 1


def test_every_display_stands_alone(each: Derivation) -> None:
    text = render(each, "markdown")
    blocks = re.findall(r"\n\n\$\$\n\\begin\{aligned\}\n.*?\n\\end\{aligned\}\n\$\$(?=\n)", text, re.DOTALL)
    assert len(blocks) == len(each.parts)
    assert text.count("$$") == 2 * len(each.parts)


def test_prose_stands_between_the_parts(coin: Derivation) -> None:
    text = render(coin, "markdown")
    assert "## A. " in text and "\n\nWe put the two names in the place of the two terms.\n\n" in text
    assert "the model's coin $Q$ with probability $q$" in text


def test_what_github_refuses_is_not_used(loss: Derivation) -> None:
    text = render(loss, "markdown")
    assert r"\operatorname" not in text and r"\mathop{\mathrm{argmin}}_q H(P, Q)" in text
    lines = re.findall(r"(?<!\$)\$([^$\n]+)\$(?!\$)", text)
    assert lines and not any(re.search(r"\\[{}|,]", line) for line in lines)


def test_a_formula_within_a_line() -> None:
    assert inline(r"KL(P \| Q) \in \{1,2\}") == r"$KL(P \Vert Q) \in \lbrace 1,2\rbrace$"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_for_a_notebook_is_balanced_and_escaped(each: Derivation) -> None:
    told = replace(each, title="<script>alert(1)</script>")
    parser = Tags()
    parser.feed(render(told, "notebook-html"))
    assert parser.open == [] and "<script>alert(1)</script>" in parser.text
    assert parser.text.count(r"\begin{aligned}") == len(each.parts)


def test_html_is_a_page_of_its_own(each: Derivation) -> None:
    page = render(replace(each, title="<script>alert(1)</script>"), "html")
    assert page.startswith("<!DOCTYPE html>") and "<style>" in page
    assert "<script" not in page and "<a " not in page and "stylesheet" not in page
    assert page.count("<li id=") == len(each.steps)
    assert page.count('<section class="part">') == len(each.parts)
    assert "$" not in page and "\\frac" not in page


def test_a_notebook_gets_one_formula(coin: Derivation) -> None:
    text = render(coin, "notebook-latex")
    assert text.startswith("$$") and text.endswith("$$") and text.count(r"\begin{aligned}") == 1
    assert r"\text{(14)" in text
