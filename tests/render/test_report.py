import csv
import gc
import io
import json
import weakref
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import pytest

from symkl import check
from symkl.errors import UnknownName
from symkl.homework.verdicts import CheckedFile, Report
from symkl.render.report import FORMATS, render_report, report_pieces
from tests.homework.tools import checked

WRONG = checked(r"H(X,Y)", r"= H(X|Y) - H(Y)", r"= \Vert^{}_{(")
MISSING = CheckedFile("<gone>.md", error="missing & gone", error_code=4)
REPORT = Report((WRONG, MISSING))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written(form):
    assert render_report(REPORT, form).endswith("\n")
    assert render_report(Report(()), form)


def test_text_has_a_caret_under_the_wrong_part():
    lines = render_report(REPORT).splitlines()
    at = next(k for k, line in enumerate(lines) if "^" in line)
    assert lines[at - 1][lines[at].index("^") :].startswith("- H(Y)")
    assert all(len(line) <= 80 for line in lines)


def test_only_one_verdict():
    assert "H(X,Y)" not in render_report(REPORT, only="wrong")


def test_json_has_its_schema():
    data = json.loads(render_report(REPORT, "json"))
    assert data["schema"] == 1
    wrong = data["files"][0]["chains"][0]["lines"][1]
    assert {
        "at",
        "source",
        "formula",
        "verdict",
        "rules",
        "conditions",
        "reason",
        "witness",
        "values",
        "wrong_part",
    } <= wrong.keys()
    assert wrong["misconception"] == "chain-rule-sign"
    assert data["summary"] == {"given": 1, "correct": 0, "wrong": 1, "unknown": 0, "unread": 1}


def test_csv_has_a_row_for_each_document():
    rows = list(csv.DictReader(io.StringIO(render_report(REPORT, "csv"))))
    assert [row["wrong"] for row in rows] == ["1", "0"]
    assert [row["verdict"] for row in rows] == ["wrong", "not checked"]


def test_junit_is_xml():
    suites = ElementTree.fromstring(render_report(REPORT, "junit"))
    assert [suite.get("failures") for suite in suites] == ["1", "0"]
    assert [suite.get("errors") for suite in suites] == ["0", "1"]


def test_gradescope_counts_points():
    data = json.loads(render_report(REPORT, "gradescope", points=2.0))
    assert data["score"] == 4.0
    assert {"name", "status", "score", "max_score", "output"} <= data["tests"][0].keys()


def test_html_is_one_page_of_its_own():
    page = render_report(REPORT, "html")
    assert "<math" in page
    assert "http" not in page
    assert "<script" not in page
    assert "&lt;gone&gt;" in page
    opened = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag not in ("meta", "mspace"):
                opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Reader().feed(page)
    assert not opened


def test_html_marks_the_wrong_part_in_the_formula_and_in_the_source():
    page = render_report(REPORT, "html")
    formula = page[page.index('class="part"') :].partition("</mrow>")[0]
    assert "<mi>H</mi>" in formula
    assert "<mi>X</mi>" not in formula
    assert "<mark>- H(Y)</mark>" in page
    # What would have been right is typeset as well.
    assert '<div class="formula right"><math' in page


def test_html_names_its_table_and_its_sections():
    page = render_report(REPORT, "html")
    assert '<html lang="en">' in page
    assert page.count('<th scope="col">') == 6
    assert page.count("<section aria-labelledby=") == page.count("<h2 id=") == 2


def test_html_says_in_words_what_it_says_in_colour():
    page = render_report(REPORT, "html")
    for verdict, line in zip(("given", "wrong", "unread"), page.split('<li class="')[1:], strict=True):
        assert line.startswith(verdict)
        assert f" {verdict}</span>" in line


def test_only_in_markdown_and_html():
    for form in ("markdown", "html"):
        assert "unread: " not in render_report(REPORT, form, only="wrong").replace("! unread", "unread: ")


def test_nothing_is_kept_of_the_documents_that_have_passed():
    seen = []

    class Passing(CheckedFile):
        """One that can be watched."""

        __slots__ = ("__weakref__",)

    def passing():
        for number in range(5):
            file = Passing(f"{number}.md", WRONG.givens, WRONG.chains)
            seen.append(weakref.ref(file))
            yield file
            del file
            gc.collect()
            # The last one may still be a name of a loop.
            assert sum(each() is not None for each in seen) <= 1

    for form in FORMATS:
        assert sum(map(len, report_pieces(passing(), form))) > 0


def test_pieces_come_while_the_documents_come():
    for form in FORMATS:
        if form != "html":
            come = []

            def coming(come=come):
                for number in range(3):
                    come.append(number)
                    yield WRONG

            pieces = report_pieces(coming(), form)
            next(pieces)
            assert len(come) <= 1, form


def test_text_for_nobody():
    assert render_report(Report(())) == "no documents\n"


def test_gradescope_has_what_its_readers_ask_for():
    data = json.loads(render_report(REPORT, "gradescope", points=0.5))
    assert data["score"] == sum(test["score"] for test in data["tests"])
    assert {test["status"] for test in data["tests"]} == {"passed", "failed"}
    assert [test["max_score"] for test in data["tests"]] == [0.5] * 4


def test_junit_counts_what_it_holds():
    for suite in ElementTree.fromstring(render_report(REPORT, "junit")):
        for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(name)) == len(suite.findall(f"testcase/{element}"))
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        for case in suite.iter("testcase"):
            assert {"classname", "name", "time"} == case.attrib.keys()
        for told in (*suite.iter("failure"), *suite.iter("error")):
            assert {"type", "message"} == told.attrib.keys()
            assert told.text


def test_junit_drops_what_xml_forbids():
    ElementTree.fromstring(render_report(Report((CheckedFile("a\x00\ud800\uffff.md", error="\x0b"),)), "junit"))


def test_csv_is_no_formula():
    row = next(csv.DictReader(io.StringIO(render_report(Report((CheckedFile("=cmd.md"),)), "csv"))))
    assert row["path"] == "'=cmd.md"


def test_markdown_takes_names_as_they_are():
    assert "## \\<gone\\>.md" in render_report(REPORT, "markdown")


def test_an_unknown_format_is_named():
    with pytest.raises(UnknownName):
        render_report(REPORT, "docx")


def test_a_row_that_does_not_fit_the_givens_of_the_document_is_typeset_by_its_own_notation():
    text = "$$H(p) = -p\\log p - (1-p)\\log(1-p)$$\n\n$$\\sum_i p_i\\log\\frac{p_i}{q_i} = D(P\\|Q)$$\n"
    page = render_report(check(text, kind="markdown"), "html")
    assert page.count("<math") == 2
    assert '<div class="formula"><code>' not in page
