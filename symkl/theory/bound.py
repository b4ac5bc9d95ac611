"""What sums, products and integrals bind and over what, and which values are data points: notes on a document's notation."""

from __future__ import annotations

from symkl.language.latex.naming import SET_FONTS, bound_by, index_names, plain_name, walk, weighs
from symkl.language.latex.syntax import Absolute, Chain, Differential, Group, Name, Node, Numeral, Operator, Run
from symkl.theory.notation import Notation


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
        names = bound_by(node)
        found.bound.update(dict.fromkeys(names))
        if node.word in ("sum", "prod"):
            found.summed.update(names or [""])
            _range(node, names, found)


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
    chain = node if isinstance(node, Chain) else Chain(node.start, node.end, [node], [])  # type: ignore[list-item]
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
