"""A real Dask cluster of this machine checks a class: joblib's own backend carries the documents to it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from dask.distributed import LocalCluster

from symkl.errors import OutputError
from symkl.homework import supervisor
from symkl.homework.files import check_files
from symkl.homework.submissions import submissions_in
from symkl.homework.workers import DASK, Job
from tests.homework.class_tools import HANGS, RIGHT, class_of, codes


@pytest.fixture(scope="module")
def scheduler():
    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None, host="127.0.0.1", protocol="tcp://"
    ) as cluster:
        yield cluster.scheduler_address
    supervisor.supervisor_here().stop()
    supervisor.supervisor_here.cache_clear()


def test_a_cluster_gives_the_same(tmp_path, scheduler):
    found = class_of(tmp_path, 6)
    assert list(check_files(found, Job(backend=DASK, scheduler=scheduler))) == list(check_files(found, Job()))


def test_what_a_cluster_found_is_kept(tmp_path, scheduler):
    found = class_of(tmp_path, 4)
    job = Job(backend=DASK, scheduler=scheduler, folder=tmp_path / "results")
    assert codes(found, job) == [0, 0, 1, 0]
    stored = sorted((tmp_path / "results").iterdir())
    data = json.loads(stored[0].read_text())
    stored[0].write_text(json.dumps({**data, "error": "from the store"}))
    # Whoever checked it, it is not checked again.
    assert next(iter(check_files(found, Job(folder=tmp_path / "results")))).error == "from the store"


def test_a_document_that_hangs_is_ended_there_too(tmp_path, scheduler, monkeypatch):
    supervisor.supervisor_here().stop()
    supervisor.supervisor_here.cache_clear()
    monkeypatch.setattr(supervisor, "COMMAND", HANGS)
    (tmp_path / "a-hangs.md").write_text(RIGHT)
    found = class_of(tmp_path)
    assert codes(found, Job(backend=DASK, scheduler=scheduler, seconds=2.0)) == [3, 0, 0, 1, 0]


def test_the_command_reaches_a_cluster(tmp_path, scheduler):
    class_of(tmp_path)
    (tmp_path / "bad.md").write_bytes(b"\xff")
    command = [sys.executable, "-m", "symkl", "check", str(tmp_path), "--backend", "dask", "--scheduler", scheduler]
    done = subprocess.run([*command, "--format", "csv"], capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 6


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:1"])
def test_a_scheduler_that_is_none_is_said(tmp_path, address, monkeypatch):
    monkeypatch.setattr("symkl.homework.workers.CONNECT", 1)
    with pytest.raises(OutputError, match="scheduler"):
        list(check_files(submissions_in([tmp_path]), Job(backend=DASK, scheduler=address)))


def test_without_dask_its_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(OutputError, match=r"symkl\[dask\]"):
        list(check_files(submissions_in([tmp_path]), Job(backend=DASK, scheduler="tcp://127.0.0.1:1")))
