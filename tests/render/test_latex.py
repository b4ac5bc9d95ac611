"""Derivations as LaTeX, and what pdflatex says of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from symkl.derivation.run import run
from symkl.derivation.script import Script, script, scripts
from symkl.derivation.step import Derivation
from symkl.language.term import E
from symkl.render import render
from symkl.render.aligned import AlignedWriter, Widths

needs_pdflatex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")

LINES = [
    r"\mathrm{KL}(P \| Q) &= \sum_{i \in \{H,T\}} P(i)\log\frac{P(i)}{Q(i)} && \text{(1) definition}",
    r"&= P(H)\log\frac{P(H)}{Q(H)} + P(T)\log\frac{P(T)}{Q(T)} && \text{(2) write the finite sum out}",
    r"&= p\log\frac{p}{q} + (1-p)\log\frac{1-p}{1-q} && \text{(3) substitute the masses}",
    r"&= p[\log p - \log q] + (1-p)[\log(1-p) - \log(1-q)] && \text{(4) log of a quotient}",
    r"&= \underbrace{[-p\log q - (1-p)\log(1-q)]}_{\text{Term 1}} + \underbrace{[p\log p + (1-p)\log(1-p)]}_{\text{Term 2}}",
    r"H(P, Q) &= \sum_{i \in \{H,T\}} -P(i)\log Q(i)",
    r"&= -p\log q - (1-p)\log(1-q)",
    r"H(P) &= \sum_{i \in \{H,T\}} -P(i)\log P(i)",
    r"&= -p\log p - (1-p)\log(1-p)",
    r"\mathrm{KL}(P \| Q) &= \underbrace{[-p\log q - (1-p)\log(1-q)]}_{H(P, Q)}"
    r" - \underbrace{[-p\log p - (1-p)\log(1-p)]}_{H(P)}",
    r"&= H(P, Q) - H(P)",
    r"\iff \quad H(P, Q) &= \mathrm{KL}(P \| Q) + H(P)",
]


def test_the_lines_of_the_coin_in_order(coin: Derivation) -> None:
    text = render(coin, "latex")
    position = 0
    for line in LINES:
        position = text.index(line, position) + 1


def test_a_body_is_one_align_for_each_part(coin: Derivation) -> None:
    text = render(coin, "latex")
    assert text.count(r"\begin{align*}") == text.count(r"\end{align*}") == len(coin.parts)
    assert r"\documentclass" not in text


def test_conditions_stand_below_the_rule(coin: Derivation) -> None:
    assert "&& p > 0,\\ 1 - p > 0" in render(coin, "latex")


def test_no_row_is_wider_than_the_page(each: Derivation) -> None:
    widths = Widths()
    for part in each.parts:
        writer = AlignedWriter(each.setting.scope.log_base, widths)
        for line in writer._statements(part) if hasattr(part.start, "operators") else writer._terms(part):
            assert line.width <= widths.line - widths.comment + 0.5


def test_narrow_pages_break_more(coin: Derivation) -> None:
    def rows(widths: Widths) -> list[str]:
        return [row for step in AlignedWriter(coin.setting.scope.log_base, widths).rows(coin.parts[0]) for row in step]

    wide, narrow = rows(Widths()), rows(Widths(line=38))
    assert len(narrow) > len(wide)
    assert "&\\quad + \\underbrace{[p\\log p + (1-p)\\log(1-p)]}_{\\text{Term 2}}" in [row.split(" && ")[0] for row in narrow]


def test_words_are_escaped_and_formulas_in_them_typeset(coin: Derivation) -> None:
    told = replace(coin, title="50% of `H(P)` & σ_1", closing="No ‖ {harm}.")
    text = render(told, "latex", standalone=True)
    assert r"50\% of $H(P)$ \& $\sigma$\_1" in text and r"No $\|$ \{harm\}." in text


@needs_pdflatex
@pytest.mark.parametrize("detail", ["brief", "textbook", "full"])
@pytest.mark.parametrize("name", ["coin_in_bits", "loss", "three", "many", "symbolic"])
def test_a_document_compiles_without_a_warning(name: str, detail: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    text = render(request.getfixturevalue(name), "latex", detail=detail, standalone=True)
    log = compiled(text, tmp_path)
    assert not re.findall(r"(?i)^.*(?:warning|overfull|underfull|missing|error).*$", log, re.MULTILINE)


@needs_pdflatex
@pytest.mark.parametrize("shipped", scripts(), ids=lambda shipped: shipped.file)
def test_the_document_of_every_derivation_compiles_without_a_warning(shipped: Script, tmp_path: Path) -> None:
    text = render(run(shipped, dict.fromkeys(shipped.takes, 3)), "latex", standalone=True)
    assert not re.findall(r"(?i)warning|overfull|underfull|error", compiled(text, tmp_path))


@needs_pdflatex
def test_strange_words_compile(coin: Derivation, tmp_path: Path) -> None:
    told = replace(coin, title=r"\input{x} ^ ~ # $5 _a_ <b> | é – “q” θ ≤ ∞", closing="`P` " + "a long closing " * 40)
    assert not re.findall(r"(?i)warning|overfull|error", compiled(render(told, "latex", standalone=True), tmp_path))


def compiled(text: str, folder: Path) -> str:
    """What pdflatex logs of a document; it must succeed."""
    (folder / "derivation.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "derivation.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=100, check=False)
    log = (folder / "derivation.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-2000:]
    return log


def test_a_row_of_rules_ends_after_a_name() -> None:
    step = run(script("jensen-shannon-entropies")).steps[2]
    rows = list(AlignedWriter(E).comments(step, 3, 11.0))
    assert rows[0] == r"\text{(3) distribute,}"
    assert all(row.endswith(",}") for row in rows[:-1])


def test_brackets_around_sums_are_large() -> None:
    body = render(run(script("jensen-shannon-entropies")), "latex")
    assert r"\biggl[\sum" in body
    assert r"\bigl[\sum" not in body
