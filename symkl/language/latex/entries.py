"""Entries of a vector whose index stands behind brackets: \\hat y(z)_i beside \\hat y_k is the entry \\hat y_i."""

from __future__ import annotations

from collections.abc import Sequence

from symkl.language.latex.naming import walk
from symkl.language.latex.reader import Written
from symkl.language.latex.syntax import Group, Name, Node, Run


def settle_entries(formulas: Sequence[Written], nodes: Sequence[Node]) -> bool:
    """Leave the brackets out, in place, where the letter has the index without them elsewhere; else f(x)_i is f_i(x).

    `nodes` are those of the formulas. Returns: whether brackets may have been left out.
    """
    names = [node for node in nodes if isinstance(node, Name) and node.sub is not None]
    called = {name.stem for name in names if name.called}
    vectors = called & {name.stem for name in names if not name.called}
    for formula in formulas if vectors else ():
        runs = [node for node in walk(formula.chain) if isinstance(node, Run)]
        changed = [_without_brackets(run, vectors) for run in runs]
        if any(changed):
            formula.notes.append("an index behind brackets is that of an entry; what the entry depends on is left out")
    return bool(vectors)


def _without_brackets(run: Run, vectors: set[str]) -> bool:
    found = False
    for k in range(len(run.factors) - 2, -1, -1):
        name = run.factors[k]
        if isinstance(name, Name) and name.called and name.stem in vectors and isinstance(run.factors[k + 1], Group):
            del run.factors[k + 1], run.joints[k + 1]
            found = True
    return found
