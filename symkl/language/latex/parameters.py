"""Parameters behind a semicolon: where p(x;\\theta) and p(x;\\theta_0) stand in one text, they are two laws.

A law that has the same parameters throughout goes by its letter alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from symkl.language.latex.naming import plain_name, walk
from symkl.language.latex.reader import Written
from symkl.language.latex.syntax import Chain, Expression, Group, Name, Run

LETTERS = frozenset({"p", "q", "r", "P", "Q", "R", "f"})
"""What a law with parameters is called; I(X;Y) is no law."""

_NO_LETTER = re.compile(r"[^A-Za-z0-9]+")


def tell_laws_apart(formulas: Iterable[Written]) -> None:
    """Put the parameters into the names of laws that have different ones, in place: p(x;\\theta_0) becomes p_theta_0(x)."""
    found = [(name, group, formula.text) for formula in formulas for name, group in _with_parameters(formula.chain)]
    texts: dict[str | None, set[str]] = {}
    for name, group, text in found:
        texts.setdefault(plain_name(name), set()).add(_parameters(group, text))
    for name, group, text in found:
        if len(texts[plain_name(name)]) > 1:
            name.tag = _label(name, group, _parameters(group, text))
            cut = group.separators.index(";")
            del group.parts[cut + 1 :], group.separators[cut:]


def _with_parameters(chain: Chain) -> Iterator[tuple[Name, Group]]:
    pairs = [pair for node in walk(chain) if isinstance(node, Run) for pair in pairwise(node.factors)]
    for name, group in pairs:
        if isinstance(name, Name) and name.tag is None and isinstance(group, Group) and _has_parameters(name, group):
            yield name, group


def _has_parameters(name: Name, group: Group) -> bool:
    lettered = name.stem.split("_")[0].rstrip("'") in LETTERS
    return lettered and ";" in group.separators and "||" not in group.separators


def _parameters(group: Group, text: str) -> str:
    """The parameters as part of a name: theta_0 of \\theta_0, mu_sigma_2 of \\mu, \\sigma^2."""
    first = group.parts[group.separators.index(";") + 1]
    return _NO_LETTER.sub("_", text[first.start : group.parts[-1].end]).strip("_")


def _label(name: Name, group: Group, word: str) -> Group:
    label = Name(group.start, group.end, word, word=True)
    run = Run(group.start, group.end, [label], [""])
    expression = Expression(group.start, group.end, [run])
    return Group(name.start, group.end, "{", [Chain(group.start, group.end, [expression], [])], [])
