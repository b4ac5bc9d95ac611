"""Parameters behind a semicolon: where p(x;\\theta) and p(x;\\theta_0) stand in one text, they are two laws.

A law that has the same parameters throughout goes by its letter alone, unless something is differentiated or optimised by
one of them: then it is p_theta, which changes with theta. A name that is differentiated by and that stands behind the bars
of laws alone, as in p(x | \\theta), is such a parameter too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from symkl.language.latex.naming import bound_by, index_names, plain_name, walk
from symkl.language.latex.reader import Written
from symkl.language.latex.syntax import (
    Chain,
    Differential,
    Differentiated,
    Group,
    Name,
    Node,
    Operator,
    Run,
    chain_of,
)
from symkl.language.names import SPELLED_OUT
from symkl.language.scope import Scope

LETTERS = frozenset({"p", "q", "r", "P", "Q", "R", "f", "u"})
"""What a law with parameters is called, where no given declares it; I(X;Y) is no law."""

_NO_LETTER = re.compile(r"[\W_]+")
_SIGNS = {
    "'": "prime", "′": "prime", "*": "star", "+": "plus", "-": "minus", "−": "minus", "/": "over", "^": "to", ".": "point",
    "(": "of", "!": "factorial", "|": "given",
}  # fmt: skip
_SPELLED = str.maketrans({character: f" {word} " for character, word in (_SIGNS | SPELLED_OUT).items()})
"""What keeps the words of different parameters apart: the word of \\theta + 1 is not that of \\theta - 1."""


def tell_laws_apart(formulas: Iterable[Written], scope: Scope) -> None:
    """Put the parameters into the names of laws that have different ones, in place: p(x;\\theta_0) becomes p_theta_0(x)."""
    formulas = list(formulas)
    lettered = LETTERS | {name for law in scope.laws.values() for name in (law.name, law.letter)}
    written = [(list(walk(formula.chain)), formula.text) for formula in formulas]
    nodes = [node for inside, _ in written for node in inside]
    _conditions_to_parameters(nodes, lettered)
    found = [
        (name, group, _parameters(group, text)) for inside, text in written for name, group in _with_parameters(inside, lettered)
    ]
    laws: dict[str | None, set[tuple[str, ...]]] = {}
    for name, _, parameters in found:
        laws.setdefault(_law(name), set()).add(parameters)
    varied = _differentiated_by(nodes) | _optimised_over(nodes)
    moving = {law for law, uses in laws.items() if law is not None and len(uses) == 1 and varied & set(*uses)}
    for name, group, parameters in found:
        different = laws[_law(name)] - {parameters}
        if different or _law(name) in moving:
            word = _joined(parameters, different)
            if _names_variables(name):
                name.stem += f"_{word}"
            else:
                name.tag = _label(name, group, word)
            cut = group.separators.index(";")
            del group.parts[cut + 1 :], group.separators[cut:]

    _name_as(nodes, {law: _joined(next(iter(laws[law])), set()) for law in moving})


def _name_as(nodes: Sequence[Node], words: Mapping[str, str]) -> None:
    """Give a law that stands somewhere without its parameters the name that it has with them."""
    for node in nodes:
        if isinstance(node, Name) and node.tag is None and not _names_variables(node) and plain_name(node) in words:
            node.tag = _label(node, node, words[str(plain_name(node))])


def _differentiated_by(nodes: Iterable[Node]) -> set[str]:
    by = [name for node in nodes if isinstance(node, Operator | Differentiated) for name in node.by]
    return {str(plain_name(name)) for name in by}


def _optimised_over(nodes: Iterable[Node]) -> set[str]:
    extrema = [node for node in nodes if isinstance(node, Operator) and node.word in ("min", "max", "argmin", "argmax")]
    below = [part.lone_name() for node in extrema if node.sub is not None for part in node.sub.parts]
    return {str(plain_name(name)) for name in below if name is not None}


def _conditions_to_parameters(nodes: Sequence[Node], lettered: Set[str]) -> None:
    """Write p(x | \\theta) as p(x; \\theta) where something is differentiated by theta, which no law is of."""
    by = _differentiated_by(nodes)
    pairs = [pair for node in nodes if isinstance(node, Run) for pair in pairwise(node.factors)] if by else []
    groups = [group for name, group in pairs if isinstance(name, Name) and isinstance(group, Group) and name.letter in lettered]
    before = {_stem(part) for group in groups for part in group.parts[: _bar(group) + 1]}
    behind = {_stem(part) for group in groups for part in group.parts[_bar(group) + 1 :]}
    bound = {name.split("_")[0] for node in nodes if isinstance(node, Operator) for name in bound_by(node)}
    integrated = {node.name.stem for node in nodes if isinstance(node, Differential)}
    parameters = (behind & {name.split("_")[0] for name in by}) - before - bound - integrated
    for group in groups:
        kept = [part for part in group.parts[_bar(group) + 1 :] if _stem(part) not in parameters]
        moved = [part for part in group.parts[_bar(group) + 1 :] if _stem(part) in parameters]
        if moved and ";" not in group.separators:
            values = group.parts[: _bar(group) + 1]
            bar = ["|", *[","] * (len(kept) - 1)] if kept else []
            group.separators = [*group.separators[: len(values) - 1], *bar, ";", *[","] * (len(moved) - 1)]
            group.parts = [*values, *kept, *moved]


def _bar(group: Group) -> int:
    """Which separator of a bracket is the bar; past the last where there is none."""
    return group.separators.index("|") if "|" in group.separators else len(group.separators)


def _stem(part: Chain) -> str:
    """The letter of a value or a parameter; the empty text for anything but one name."""
    name = part.lone_name()
    full = plain_name(name) if name is not None else None
    return full.split("_")[0].rstrip("'") if full is not None else ""


def _law(name: Name) -> str | None:
    """The law that a name is of: p of p_X, whose subscript says which marginal."""
    return name.stem if _names_variables(name) else plain_name(name)


def _names_variables(name: Name) -> bool:
    """Whether capital letters stand below a name, as in p_X(x) and p_{X|Y}(x|y)."""
    below = index_names(name.sub) if name.sub is not None else []
    return bool(below) and all(index[0].isupper() for index in below)


def _with_parameters(nodes: Iterable[Node], lettered: Set[str]) -> Iterator[tuple[Name, Group]]:
    pairs = [pair for node in nodes if isinstance(node, Run) for pair in pairwise(node.factors)]
    for name, group in pairs:
        if isinstance(name, Name) and name.tag is None and isinstance(group, Group) and _has_parameters(name, group, lettered):
            yield name, group


def _has_parameters(name: Name, group: Group, lettered: Set[str]) -> bool:
    is_law = name.letter in lettered or plain_name(name) in lettered
    return is_law and ";" in group.separators and "||" not in group.separators


def _parameters(group: Group, text: str) -> tuple[str, ...]:
    """Each parameter as part of a name: theta_0 of \\theta_0; mu and sigma_to_2 of \\mu, \\sigma^2."""
    return tuple(_word(part, text) for part in group.parts[group.separators.index(";") + 1 :])


def _word(part: Chain, text: str) -> str:
    name = part.lone_name()
    full = plain_name(name) if name is not None and name.power is None else None
    spelled = full.replace("'", " prime ") if full is not None else text[part.start : part.end].translate(_SPELLED)
    return _NO_LETTER.sub("_", spelled).strip("_")


def _joined(parameters: tuple[str, ...], different: set[tuple[str, ...]]) -> str:
    """The parameters as one word that is not the word of others: \\theta_1 is not \\theta, 1."""
    word = "_".join(parameters)
    return "_and_".join(parameters) if any("_".join(other) == word for other in different) else word


def _label(name: Name, group: Node, word: str) -> Group:
    label = Name(group.start, group.end, word, word=True)
    return Group(name.start, group.end, "{", [chain_of(label)], [])
