"""Memory does not grow with the number of documents."""

from __future__ import annotations

import gc
import json
import tracemalloc

import pytest

import symkl
from symkl.homework.files import check_files
from symkl.homework.store import Store
from symkl.homework.submissions import submissions_in
from symkl.homework.verdicts import as_data
from symkl.homework.workers import Job
from tests.homework.class_tools import RIGHT
from tests.homework.tools import checked

ROWS = checked(*(r"H(X,Y) &= H(X|Y) + H(Y)" for _ in range(20)))
FEW, MANY = 5, 50
BYTES = 100_000
"""What so many more documents may take: their paths, and a row for each in the table of the page."""


def class_with_results(folder, count):
    """Documents that have been checked, so that only what is done with the results is measured."""
    (folder / "class").mkdir(parents=True)
    store = Store(folder / "results", ((), None))
    for number in range(count):
        path = folder / "class" / f"{number:03}.md"
        path.write_text(RIGHT)
        store.keep(symkl.CheckedFile(str(path), ROWS.givens, ROWS.chains), store.key(RIGHT.encode()))
    return submissions_in([folder / "class"]), Job(folder=folder / "results")


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    return [class_with_results(tmp_path_factory.mktemp("class"), count) for count in (FEW, MANY)]


def without_garbage(files):
    """The documents; what waits for the garbage collector is not counted."""
    for file in files:
        gc.collect()
        yield file


def peak(submissions, job, form):
    # What the other tests have left is not gone through each time.
    gc.freeze()
    tracemalloc.start()
    try:
        for piece in symkl.report_pieces(without_garbage(check_files(submissions, job)), form):
            del piece
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


@pytest.mark.parametrize("form", symkl.REPORT_FORMATS)
def test_ten_times_the_documents_take_no_more_memory(classes, form):
    peak(*classes[0], form)
    few, many = (peak(*each, form) for each in classes)
    assert many < few + BYTES
    # A result takes more than that, so that keeping them would be seen.
    assert len(json.dumps(as_data(ROWS))) * (MANY - FEW) > 3 * BYTES


def test_what_is_measured_is_seen():
    tracemalloc.start()
    try:
        kept = [checked(r"H(X,Y) &= H(X|Y) + H(Y)") for _ in range(3)]
        assert tracemalloc.get_traced_memory()[0] > 3_000
        assert kept
    finally:
        tracemalloc.stop()
