import json

from symkl.homework.files import Job, check_file, check_files, documents_in

RIGHT = "$$H(X,Y) = H(X) + H(Y|X)$$\n"
WRONG = "$$H(X,Y) = H(X) - H(Y|X)$$\n"


def class_of(folder, count=4):
    for number in range(count):
        (folder / f"s{number}.md").write_text(WRONG if number == 2 else RIGHT)
    return documents_in([folder])


def test_a_folder_is_searched_through(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.tex").write_text(RIGHT)
    (tmp_path / "b.png").write_bytes(b"\x89")
    (tmp_path / ".hidden.md").write_text(RIGHT)
    assert [path.name for path in documents_in([tmp_path, tmp_path])] == ["a.tex"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path):
    paths = class_of(tmp_path)
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty.md").write_text("no mathematics")
    found = list(check_files([tmp_path / "missing.md", tmp_path / "bad.md", tmp_path / "empty.md", *paths], Job()))
    assert [each.exit_code for each in found] == [4, 2, 3, 0, 0, 1, 0]


def test_workers_give_the_same(tmp_path):
    paths = class_of(tmp_path)
    assert list(check_files(paths, Job(workers=2))) == list(check_files(paths, Job()))


def test_results_are_kept_and_found_again(tmp_path):
    paths = class_of(tmp_path)
    job = Job(folder=tmp_path / "results")
    first = list(check_files(paths[:2], job))
    stored = sorted((tmp_path / "results").iterdir())
    assert len(stored) == 2
    # What is stored is taken as it is, which shows that the document is not checked again.
    data = json.loads(stored[0].read_text())
    data["error"] = "from the store"
    stored[0].write_text(json.dumps(data))
    again = list(check_files(paths, job))
    assert again[0].error == "from the store"
    assert again[1] == first[1]
    assert len(again) == len(paths)


def test_a_changed_document_is_checked_again(tmp_path):
    paths = class_of(tmp_path, 1)
    job = Job(folder=tmp_path / "results")
    assert [each.exit_code for each in check_files(paths, job)] == [0]
    paths[0].write_text(WRONG)
    assert [each.exit_code for each in check_files(paths, job)] == [1]
    assert [each.exit_code for each in check_files(paths, Job(("X, Y ~ p(x,y)",), folder=tmp_path / "results"))] == [1]


def test_a_broken_result_is_written_anew(tmp_path):
    paths = class_of(tmp_path, 1)
    job = Job(folder=tmp_path / "results")
    list(check_files(paths, job))
    next((tmp_path / "results").iterdir()).write_text("{")
    assert [each.exit_code for each in check_files(paths, job)] == [0]
    assert not list((tmp_path / "results").glob(".*"))


def test_an_unreadable_extension_is_said(tmp_path):
    (tmp_path / "a.docx").write_text(RIGHT)
    assert "not read" in (check_file(tmp_path / "a.docx").error or "")
