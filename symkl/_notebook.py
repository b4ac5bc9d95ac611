"""The cell magic `%%symkl`: a notebook checks the formulas of a cell.

%load_ext symkl

%%symkl X, Y ~ p(x,y); X indep Y
$$ H(X, Y) = H(X) + H(Y) $$
"""

from __future__ import annotations

from typing import Any

from symkl._check import Report, check

__all__ = ["load_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:
    """Register `%%symkl`; the rest of its line is givens, with `;` between them."""

    def magic(line: str, cell: str) -> Report:
        return check(cell, given=line, kind="text")

    shell.register_magic_function(magic, "cell", "symkl")
