"""What sums, products and integrals bind and over what, and which values are data points: notes on a document's notation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from symkl.language.latex.naming import SET_FONTS, bound_by, index_names, plain_name, walk, weighs
from symkl.language.latex.syntax import (
    Absolute,
    Chain,
    Differential,
    Fraction,
    Group,
    Name,
    Node,
    Numeral,
    Operator,
    Run,
    chain_of,
)
from symkl.theory.notation import INDEX_LETTERS, Notation


def note_bound(chain: Chain, found: Notation) -> None:
    """Note the names that the operators of a formula bind, and the ranges they run over."""
    for node in walk(chain):
        if isinstance(node, Differential):
            name = plain_name(node.name)
            if name is not None:
                found.integrated.add(name)
                found.bound[name] = None
        if not isinstance(node, Operator):
            continue
        if node.word == "int":
            found.differential = True
        if node.word in ("min", "max", "argmin", "argmax") and node.sub is not None:
            found.bound.update(dict.fromkeys(_indices_below(node.sub, chain)))
        names = bound_by(node)
        found.bound.update(dict.fromkeys(names))
        if node.word in ("sum", "prod"):
            found.summed.update(names or [""])
            _range(node, names, found)


def _indices_below(sub: Group, chain: Chain) -> list[str]:
    """The i of max_i p_i: a letter that is an index elsewhere in the formula."""
    names = [name.stem for part in sub.parts if (name := part.lone_name()) is not None and name.sub is None]
    indices = {
        index
        for node in walk(chain)
        if isinstance(node, Name) and node.sub is not None and node.stem not in names
        for index in index_names(node.sub)
    }
    return [name for name in names if name in INDEX_LETTERS and name in indices]


def _range(node: Operator, names: list[str], found: Notation) -> None:
    if node.sub is None:
        return
    part = node.sub.parts[-1]
    high = text_of(node.sup) if node.sup is not None else None
    if part.relations == ["="] and part.sides[1] is not None:
        low = text_of(part.sides[1])
        if low is not None and high is not None:
            for name in names:
                found.ranges.setdefault(name, (low, high))
    elif high is not None and not part.relations:
        for name in names:
            found.ranges.setdefault(name, ("1", high))
    if node.sup is not None:
        for inner in walk(node.sup):
            if isinstance(inner, Name) and inner.font not in SET_FONTS:
                full = plain_name(inner)
                if full is not None:
                    found.limits.add(full)


def text_of(node: Node) -> str | None:
    """A number or a name, or the set of |\\mathcal Y| as |Y|."""
    chain = node if isinstance(node, Chain) else chain_of(node)
    lone = chain.lone()
    while isinstance(lone, Group) and lone.bracket == "{" and lone.only is not None:
        lone = lone.only.lone()
    if isinstance(lone, Numeral):
        return lone.text
    if isinstance(lone, Name):
        return plain_name(lone)
    if isinstance(lone, Absolute):
        name = lone.body.lone_name()
        return f"|{plain_name(name)}|" if name is not None else None
    return None


def note_data(run: Run, found: Notation) -> None:
    """The values x_i that a sum or product runs over as data: masses at them stand only in logs, or are multiplied."""
    for k, node in enumerate(run.factors):
        if not isinstance(node, Operator) or node.word not in ("sum", "prod"):
            continue
        names = set(bound_by(node))
        factors, joints = run.factors[k + 1 :], run.joints[k + 1 :]
        for factor in factors:
            for group in walk(factor):
                for part in group.parts if isinstance(group, Group) else ():
                    lone = part.lone_name()
                    if lone is None or lone.sub is None or not names & set(index_names(lone.sub)):
                        continue
                    value = plain_name(lone)
                    if value is not None and (node.word == "prod" or not weighs(factors, joints, value)):
                        found.data[lone.stem] = None


def settle_coins(chains: Sequence[Chain], found: Notation) -> None:
    """In H(p, q) beside 1 - p and 1 - q the numbers stand for their coins: it is the cross-entropy of two."""
    for names in _pairs_in_entropies(_runs(chains)):
        if found.complements.issuperset(names) and all(len(name) == 1 for name in names):
            _are_laws(names, found)


def settle_estimates(chains: Sequence[Chain], found: Notation) -> None:
    """In H(y, \\hat{y}) beside y_i and \\hat{y}_i a label and its estimate are laws: it is the cross-entropy.

    Not where a mass stands at one of them, or where 1 - y or a mean over N says that i may be an observation and no class.
    """
    runs = _runs(chains)
    valued = {value for uses in found.applied.values() for before, given in uses for value in (*before, *given)}
    for names in _pairs_in_entropies(runs):
        label, estimate = sorted(names, key=len)
        if estimate != f"{label}_hat" or not label.islower() or not valued.isdisjoint(names):
            continue
        if not found.indexed.keys() >= set(names) or any(map(_divides, runs)):
            continue
        if any(f"{name}[]" in found.complements or name in found.complements for name in names):
            continue
        _are_laws(names, found)


def _runs(chains: Iterable[Chain]) -> list[Run]:
    return [node for chain in chains for node in walk(chain) if isinstance(node, Run)]


def _pairs_in_entropies(runs: Iterable[Run]) -> Iterator[list[str]]:
    """The two different names of each H(p, q)."""
    for head, group in (pair for run in runs for pair in pairwise(run.factors)):
        if isinstance(head, Name) and head.stem == "H" and isinstance(group, Group) and group.separators == [","]:
            names = [str(plain_name(lone)) for part in group.parts if (lone := part.lone_name()) is not None]
            if len(set(names)) == 2:
                yield names


def _are_laws(names: Iterable[str], found: Notation) -> None:
    for name in names:
        found.measured.pop(name, None)
        found.laws[name] = None
        found.bare_laws.add(name)


def _divides(run: Run) -> bool:
    """Whether a product is divided by something, as by the number of observations."""
    powers = [factor.power.single for factor in run.factors if isinstance(factor, Name) and factor.power is not None]
    inverse = any(power is not None and power.runs[0].negative for power in powers)
    return inverse or "/" in run.joints or any(isinstance(factor, Fraction) for factor in run.factors)
