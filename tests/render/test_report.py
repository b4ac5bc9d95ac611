import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import pytest

from symkl.errors import UnknownName
from symkl.homework.verdicts import CheckedFile, Report
from symkl.render.report import FORMATS, render_report
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
    assert lines[at - 1][lines[at].index("^") :].startswith("H(Y)")
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


def test_an_unknown_format_is_named():
    with pytest.raises(UnknownName):
        render_report(REPORT, "docx")
