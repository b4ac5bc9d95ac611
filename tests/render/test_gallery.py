"""The static site: whole pages, links that lead somewhere, formulas that are well formed."""

from __future__ import annotations

import re
from pathlib import Path
from xml.dom import minidom

import pytest

import symkl
from symkl.derivation.run import run
from symkl.derivation.script import script
from symkl.errors import OutputError
from symkl.language.plain_reader import read_plain
from symkl.language.term import Label
from symkl.render.gallery import Entry, site
from symkl.render.mathml import MathMLWriter
from symkl.theory.setting import setting

NAMES = [("kl-decomposition", "bernoulli"), ("cross-entropy-loss", "bernoulli"), ("data-processing-inequality", "joint")]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    entries = []
    for name, family in NAMES:
        known = script(name, family)
        entries.append(Entry(known, run(known), {}, [("loss.svg", "The loss & its <minimum>")]))
    return dict(site(entries))


def test_every_derivation_has_a_page_and_is_on_the_index(pages: dict[str, str]) -> None:
    for name, family in NAMES:
        assert f"{name}.{family}.html" in pages
        assert f'href="{name}.{family}.html"' in pages["index.html"]


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    anchors = {page: set(re.findall(r'id="([^"]+)"', text)) for page, text in pages.items()}
    for page, text in pages.items():
        if not page.endswith(".html"):
            continue
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            if target.startswith("data:") or target == "loss.svg":
                continue
            file, _, anchor = target.partition("#")
            assert (file or page) in pages, target
            assert not anchor or anchor in anchors[file or page], target


def test_nothing_comes_from_the_network(pages: dict[str, str]) -> None:
    for text in pages.values():
        assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg", "", text)


def test_formulas_are_well_formed_and_every_step_is_there(pages: dict[str, str]) -> None:
    text = pages["kl-decomposition.bernoulli.html"]
    formulas = re.findall(r"<math>.*?</math>", text)
    assert len(formulas) > 30
    for formula in formulas:
        minidom.parseString(formula)
    steps = len(run(script("kl-decomposition", "bernoulli")).steps)
    assert re.findall(r'id="step-(\d+)"', text) == [str(k + 1) for k in range(steps)]


def test_what_can_be_copied_is_what_it_says(pages: dict[str, str]) -> None:
    text = pages["kl-decomposition.bernoulli.html"]
    assert "symkl derive kl-decomposition --family bernoulli</pre>" in text
    assert "symkl.derive(&quot;kl-decomposition&quot;, family=&quot;bernoulli&quot;)" in text
    assert r"\begin{align*}" in text


def test_captions_are_escaped(pages: dict[str, str]) -> None:
    assert "The loss &amp; its &lt;minimum&gt;" in pages["kl-decomposition.bernoulli.html"]


def test_the_reference_has_every_rule(pages: dict[str, str]) -> None:
    for rule in symkl.rules():
        assert f'id="{rule.name}"' in pages["rules.html"]


def test_the_public_function_writes_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from symkl import _gallery

    monkeypatch.setattr(_gallery, "scripts", lambda: (script("kl", "categorical"), script("entropy", "bernoulli")))
    written = symkl.build_gallery(tmp_path / "site", pictures=False)
    assert {path.name for path in written} >= {"index.html", "rules.html", "style.css", "copy.js", "entropy.bernoulli.html"}
    assert all(path.read_text(encoding="utf-8") for path in written)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        symkl.build_gallery(file / "site")


# MathML


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("p[1]*log(p[1])", "<msub><mi>p</mi><mn>1</mn></msub>"),
        ("-H(P)", "<mo>−</mo>"),
        ("2*3", "<mo>⋅</mo>"),
        ("1/2", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        ("KL(P || Q)", "<mo>∥</mo>"),
        ("log2(p[1])", "<msub><mi>log</mi><mn>2</mn></msub>"),
        ("sum(i in 1..3, p[i])", "<munderover><mo>∑</mo>"),
        ("(p[1] + q[1])*(1 - p[1])", '<mo stretchy="false">(</mo>'),
        ("p[1]^2", "<msup>"),
        ("sqrt(p[1])", "<msqrt>"),
        ("H(P) <= H(P, Q)", "<mo>≤</mo>"),
    ],
)
def test_a_formula_in_mathml(text: str, part: str) -> None:
    known = setting(["P, Q on {1..3}"])
    written = MathMLWriter().math(read_plain(text, known.scope))
    minidom.parseString(written)
    assert part in written


def test_a_label_stands_under_a_brace() -> None:
    written = MathMLWriter().math(Label(read_plain("H(P)", setting(["P on {1..3}"]).scope), "Term 1 & 2"))
    minidom.parseString(written)
    assert "<mo>⏟</mo>" in written
    assert "<mtext>Term 1 &amp; 2</mtext>" in written


def test_brackets_stand_where_they_must() -> None:
    known = setting(["a, b, c real"])
    assert MathMLWriter().math(read_plain("a*(b + c)", known.scope)).count("<mo") > MathMLWriter().math(
        read_plain("a*b + c", known.scope)
    ).count("<mo")


def test_a_long_formula_is_broken_into_rows() -> None:
    known = setting(["P, Q on {1..9}"])
    term = read_plain(" + ".join(f"p[{k}]*log(p[{k}]/q[{k}])" for k in range(1, 10)), known.scope)
    writer = MathMLWriter()
    wide, narrow = writer.broken(term, 40.0, "="), writer.broken(term, 15.0, "=")
    assert 1 < len(wide) < len(narrow)
    for row in (*wide, *narrow):
        minidom.parseString(row)
    assert all('form="infix"' in row for row in wide[1:])
