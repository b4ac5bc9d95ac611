"""A class: what is found, what is kept, what is found again, and what happens to documents that do not end."""

from __future__ import annotations

import json
import threading
import time

import pytest

from symkl.errors import OutputError
from symkl.homework import supervisor
from symkl.homework.files import check_files
from symkl.homework.submissions import submissions_in
from symkl.homework.workers import Job
from tests.homework.class_tools import HANGS, RIGHT, WRONG, class_of, codes


def test_one_bad_file_does_not_stop_the_rest(tmp_path):
    class_of(tmp_path)
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty.md").write_text("no mathematics")
    found = submissions_in([tmp_path / "missing.md", tmp_path])
    assert codes(found) == [4, 4, 3, 0, 0, 1, 0]
    assert codes(found, Job(workers=3)) == [4, 4, 3, 0, 0, 1, 0]


def test_workers_give_the_same_in_the_same_order(tmp_path):
    found = class_of(tmp_path, 8)
    assert list(check_files(found, Job(workers=3))) == list(check_files(found, Job()))


def test_results_are_kept_and_found_again(tmp_path):
    found = class_of(tmp_path)
    job = Job(folder=tmp_path / "results")
    first = list(check_files(found[:2], job))
    stored = sorted((tmp_path / "results").iterdir())
    assert len(stored) == 2
    # What is stored is taken as it is, which shows that the document is not checked again.
    data = json.loads(stored[0].read_text())
    data["error"] = "from the store"
    stored[0].write_text(json.dumps(data))
    again = list(check_files(found, job))
    assert again[0].error == "from the store"
    assert again[1] == first[1]
    assert len(again) == len(found)


def test_a_changed_document_is_checked_again(tmp_path):
    found = class_of(tmp_path, 1)
    job = Job(folder=tmp_path / "results")
    assert codes(found, job) == [0]
    found[0].path.write_text(WRONG)
    assert codes(found, job) == [1]
    assert codes(found, Job(("X, Y ~ p(x,y)",), folder=tmp_path / "results")) == [1]


def test_a_broken_result_is_written_anew(tmp_path):
    found = class_of(tmp_path, 1)
    job = Job(folder=tmp_path / "results")
    codes(found, job)
    next((tmp_path / "results").iterdir()).write_text("{")
    (tmp_path / "results" / ".result.half").write_text("{")
    assert codes(found, job) == [0]
    assert not list((tmp_path / "results").glob(".*"))


def test_a_file_that_appears_is_checked_though_it_was_missing(tmp_path):
    job = Job(folder=tmp_path / "results")
    late = submissions_in([tmp_path / "late.md"])
    assert codes(late, job) == [4]
    (tmp_path / "late.md").write_text("")
    assert codes(late, job) == [3]


def test_results_come_in_order_and_progress_as_they_are_there(tmp_path):
    found = class_of(tmp_path, 6)
    arrived = []
    names = [each.path for each in check_files(found, Job(workers=2), lambda: arrived.append(1))]
    assert names == [str(each.path) for each in found]
    assert len(arrived) == 6


def test_the_folder_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        list(check_files(class_of(tmp_path), Job(folder=tmp_path / "file")))


def test_where_the_disk_is_full_the_documents_go_on(tmp_path, monkeypatch):
    found = class_of(tmp_path)
    complaints = []

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("symkl.homework.store.tempfile.mkstemp", full)
    monkeypatch.setattr("symkl.homework.files.tempfile.TemporaryFile", full)
    job = Job(folder=tmp_path / "results", workers=2)
    assert [each.exit_code for each in check_files(found, job, complain=complaints.append)] == [0, 0, 1, 0]
    assert len(complaints) == 1
    assert "No space left" in complaints[0]


# Documents that do not end


@pytest.fixture
def hanging(monkeypatch):
    monkeypatch.setattr(supervisor, "COMMAND", HANGS)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_hangs_is_ended_and_the_rest_go_on(tmp_path, hanging, workers):
    (tmp_path / "a-hangs.md").write_text(RIGHT)
    found = class_of(tmp_path)
    start = time.monotonic()
    results = list(check_files(found, Job(workers=workers, seconds=2.0)))
    assert time.monotonic() - start < 20
    assert [each.exit_code for each in results] == [3, 0, 0, 1, 0]
    assert results[0].error == "not finished within 2 s; --timeout gives it more"
    assert not results[0].finished


def test_a_document_that_ends_its_process_is_said(tmp_path, hanging):
    (tmp_path / "a-dies.md").write_text(RIGHT)
    results = list(check_files(class_of(tmp_path), Job()))
    assert [each.exit_code for each in results] == [70, 0, 0, 1, 0]
    assert "ended without an answer" in (results[0].error or "")


def test_what_was_not_finished_is_kept_and_tried_again(tmp_path, hanging, monkeypatch):
    (tmp_path / "a-hangs.md").write_text(RIGHT)
    found = submissions_in([tmp_path])
    job = Job(folder=tmp_path / "results", seconds=1.0)
    assert codes(found, job) == [3]
    assert len(list((tmp_path / "results").iterdir())) == 1
    monkeypatch.undo()
    assert codes(found, job) == [0]


@pytest.mark.filterwarnings("error")
def test_a_run_that_is_left_ends_its_workers(tmp_path, hanging):
    (tmp_path / "z-hangs.md").write_text(RIGHT)
    before = threading.active_count()
    run = check_files(class_of(tmp_path), Job(workers=2, seconds=600.0))
    assert next(run).exit_code == 0
    start = time.monotonic()
    run.close()
    while threading.active_count() > before and time.monotonic() - start < 10:
        time.sleep(0.05)
    assert time.monotonic() - start < 10
