"""The documents of a class: named files, folders, and what cannot be read."""

from __future__ import annotations

import os

import pytest

from symkl.homework.submissions import content_or_problem, submissions_in
from symkl.language.files import SIZE_LIMIT

RIGHT = "$$H(X,Y) = H(X) + H(Y|X)$$\n"


def said(submission):
    found = content_or_problem(submission)
    assert not isinstance(found, bytes)
    return found.exit_code, found.error


def test_a_folder_is_searched_through(tmp_path):
    for folder in ("inner", ".git"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.tex").write_text(RIGHT)
    (tmp_path / "b.png").write_bytes(b"\x89")
    (tmp_path / ".hidden.md").write_text(RIGHT)
    assert [each.path for each in submissions_in([tmp_path, tmp_path])] == [tmp_path / "inner" / "a.tex"]


def test_the_order_is_that_of_the_names(tmp_path):
    for name in ("b.md", "a.md", "c.md"):
        (tmp_path / name).write_text(RIGHT)
    assert [each.path.name for each in submissions_in([tmp_path / "c.md", tmp_path])] == ["c.md", "a.md", "b.md"]


def test_an_empty_folder_is_said(tmp_path):
    (found,) = submissions_in([tmp_path])
    code, error = said(found)
    assert code == 3
    assert "no document in this folder" in error


def test_a_submission_of_another_kind_is_said(tmp_path):
    for name in ("anna.tex", "anna.pdf", "ben.PDF", "figure.png"):
        (tmp_path / name).write_text(RIGHT)
    anna, ben = submissions_in([tmp_path])
    assert anna.path.name == "anna.tex"
    assert said(ben)[0] == 4
    assert "not read" in said(ben)[1]


def test_a_folder_that_may_not_be_entered_is_said_and_the_rest_go_on(tmp_path, monkeypatch):
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.md").write_text(RIGHT)
    scandir = os.scandir

    def refusing(path):
        if os.fspath(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    # Nothing is shut to a superuser, so the refusal is the system call's.
    monkeypatch.setattr(os, "scandir", refusing)
    shut, rest = submissions_in([tmp_path])
    assert said(shut) == (4, "Permission denied.")
    assert content_or_problem(rest) == RIGHT.encode()


@pytest.mark.parametrize(
    ("name", "code", "part"),
    [("gone.md", 4, "No such file"), ("a.docx", 4, "not read"), ("nul\0.md", 4, "no name of a file")],
)
def test_what_cannot_be_read_is_one_line(tmp_path, name, code, part):
    (found,) = submissions_in([f"{tmp_path}/{name}"])
    got, error = said(found)
    assert got == code
    assert part in error
    assert "\n" not in error


def test_no_more_is_read_than_is_taken():
    (found,) = submissions_in(["/dev/zero"])
    assert len(content_or_problem(found)) == SIZE_LIMIT + 1
