"""The cell magic `%%symkl`: a notebook checks the formulas of a cell.

%load_ext symkl

%%symkl X, Y ~ p(x,y); X indep Y
$$ H(X, Y) = H(X) + H(Y) $$
"""

from __future__ import annotations

from typing import Any

from symkl._check import Report, check, render_report

__all__ = ["ShownReport", "load_ipython_extension"]


class ShownReport:
    """A report that a notebook shows as a page, and a terminal as text."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def _repr_html_(self) -> str:
        return render_report(self.report, "html")

    def __repr__(self) -> str:
        return render_report(self.report, "text")


def load_ipython_extension(shell: Any) -> None:
    """Register `%%symkl`; the rest of its line is givens, with `;` between them."""

    def magic(line: str, cell: str) -> ShownReport:
        return ShownReport(check(cell, given=line, kind="text"))

    shell.register_magic_function(magic, "cell", "symkl")
