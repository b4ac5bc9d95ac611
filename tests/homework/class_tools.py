"""Classes of documents, and a worker for which some of them do not end."""

from __future__ import annotations

from symkl.homework.files import check_files
from symkl.homework.submissions import submissions_in
from symkl.homework.workers import Job

RIGHT = "$$H(X,Y) = H(X) + H(Y|X)$$\n"
WRONG = "$$H(X,Y) = H(X) - H(Y|X)$$\n"


def class_of(folder, count=4):
    for number in range(count):
        (folder / f"s{number:02}.md").write_text(WRONG if number == 2 else RIGHT)
    return submissions_in([folder])


def codes(submissions, job=None):
    return [each.exit_code for each in check_files(submissions, job or Job())]


HANGS = """
import sys
sys.path[:] = sys.argv[1:]
import symkl.homework.worker as worker
check = worker.check_content
def hang(path, *rest):
    if path.endswith('-hangs.md'):
        pow(3, 10**9)
    if path.endswith('-dies.md'):
        import ctypes
        ctypes.string_at(0)
    return check(path, *rest)
worker.check_content = hang
worker.serve()
"""
"""The worker is the real one; only what it does with documents of certain names is replaced: by a single call into C that no
handler of a signal interrupts, and by one that ends the process."""
