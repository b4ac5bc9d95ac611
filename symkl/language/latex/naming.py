"""Plain names of decorated symbols, and which names occur free in a formula as written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from symkl.language.latex.syntax import (
    Absolute,
    Applied,
    Braced,
    Chain,
    Differential,
    Differentiated,
    Dots,
    Expression,
    Fraction,
    Group,
    Minus,
    Name,
    Node,
    Numeral,
    Operator,
    Root,
    Run,
)

SLOPED = frozenset({"f", "g", "h", "H", "F", "J", "L", "l"})
"""Letters with a prime, applied to a name, are the derivative of the function."""
SET_FONTS = frozenset({"mathcal", "cal", "mathscr", "mathbb", "Bbb"})


def plain_name(name: Name) -> str | None:
    """The plain name of a symbol with its subscript: p_data, theta_star, y_hat_i; None where the subscript is a formula."""
    if name.sub is None and name.tag is None:
        return name.stem
    tag = script_text(name.tag) if name.tag is not None else ""
    below = script_text(name.sub) if name.sub is not None else ""
    if tag is None or below is None:
        return None
    return "_".join(filter(None, (name.stem, below, tag)))


def script_text(group: Group) -> str | None:
    """What a subscript says as one word: theta, 1, X_Y, data; None where it is a formula."""
    pieces = [_chain_text(part) for part in group.parts]
    return None if None in pieces else "_".join(map(str, pieces))


def is_powered_application(name: Name, group: Group) -> bool:
    """Whether a power stands between a name and its one argument, as in sigma^2(x): nobody writes a product so."""
    power = name.power.lone() if name.power is not None else None
    return isinstance(power, Numeral) and group.bracket == "(" and group.only is not None and group.only.lone_name() is not None


def is_slope(name: Name, group: Group) -> bool:
    """Whether f'(p) stands here: the derivative of a function or an entropy at one name."""
    stem = name.stem.rstrip("'")
    return stem in SLOPED and stem != name.stem and name.sub is None and group.only is not None and bool(group.only.lone_name())


def names_a_block(name: Name) -> bool:
    """Whether a subscript spells several indices at once, as in x_{1:T}, x_{1..T} and w_{<i}."""
    if name.sub is None:
        return False
    if ":" in name.sub.separators or any(set(part.relations) & {"<", ">", "<=", ">="} for part in name.sub.parts):
        return True
    return any(isinstance(node, Dots) for node in walk(name.sub))


def _neighbour(expression: Expression | None) -> str | None:
    """t_less_1 of t - 1, n_plus_1 of n + 1: an index beside another, by name."""
    if expression is None or len(expression.runs) != 2 or expression.runs[0].negative:
        return None
    first, second = (run.factors[0] if len(run.factors) == 1 else None for run in expression.runs)
    if not isinstance(first, Name) or first.sub is not None or first.power is not None or not isinstance(second, Numeral):
        return None
    return f"{first.stem}_{'less' if expression.runs[1].negative else 'plus'}_{second.text}" if second.text.isdigit() else None


def _chain_text(chain: Chain) -> str | None:
    expression = chain.single
    beside = _neighbour(expression)
    if beside is not None:
        return beside
    if expression is None or len(expression.runs) != 1 or expression.runs[0].negative:
        return None
    pieces: list[str] = []
    run = expression.runs[0]
    if any(run.joints):
        return None
    for factor in run.factors:
        piece = _factor_text(factor)
        if piece is None:
            return None
        pieces.append(piece)
    return "_".join(filter(None, pieces))


def _factor_text(factor: Node) -> str | None:
    match factor:
        case Name():
            return plain_name(factor) if factor.power is None else None
        case Numeral() if factor.power is None and factor.text.isdigit():
            return factor.text
        case Dots():
            return ""
        case Group(bracket="{" | "(") if factor.power is None:
            return script_text(factor)
        case Operator(word="max" | "min" | "exp" as word):
            return word
        case _:
            return None


def index_names(group: Group) -> list[str]:
    """The letters of a subscript taken as indices: i and j of p_{ij} and of p_{i,j}."""
    found: list[str] = []
    for part in group.parts:
        expression = part.single
        if expression is None or len(expression.runs) != 1:
            return []
        for factor in expression.runs[0].factors:
            if isinstance(factor, Name) and factor.sub is None and factor.power is None:
                found.extend(factor.stem if factor.word and factor.stem.isalpha() and len(factor.stem) < 4 else [factor.stem])
            elif isinstance(factor, Numeral):
                found.append(factor.text)
            else:
                return []
    return found


def listed_entries(group: Group) -> tuple[str, list[str]] | None:
    """The stem and the indices of p_1, p_2, ..., p_n in brackets, three or more with dots or two or more without."""
    stems: set[str] = set()
    indices: list[str] = []
    for part in group.parts:
        if isinstance(part.lone(), Dots):
            continue
        name = part.lone_name()
        below = index_names(name.sub) if name is not None and name.sub is not None else []
        if name is None or len(below) != 1 or not (below[0].isdigit() or below[0] in "nmKNdk") or name.stem[0].isupper():
            return None
        stems.add(name.stem)
        indices.extend(below)
    if len(stems) != 1 or len(indices) < 2 or set(group.separators) != {","}:
        return None
    return stems.pop(), indices


_INSIDE: Mapping[type[Node], Callable[[Any], tuple[Node | None, ...]]] = {
    Name: lambda node: (node.sub, node.power, node.tag),
    Numeral: lambda node: (node.power,),
    Group: lambda node: (*node.parts, node.power),
    Fraction: lambda node: (node.numerator, node.denominator, node.power),
    Root: lambda node: (node.body, node.index, node.power),
    Applied: lambda node: (*node.parts, node.power),
    Absolute: lambda node: (node.body, node.power),
    Operator: lambda node: (node.sub, node.sup, *node.by),
    Differentiated: lambda node: (node.body, *node.by),
    Differential: lambda node: (node.name,),
    Braced: lambda node: (node.body,),
    Dots: lambda node: (),
    Minus: lambda node: (),
    Run: lambda node: tuple(node.factors),
    Expression: lambda node: tuple(node.runs),
    Chain: lambda node: tuple(node.sides),
}
"""What each kind of node is made of, one level down, with None for what is absent."""


def nodes_of(node: Node) -> list[Node]:
    """What a node is made of, one level down: the scripts of a name and the parts of brackets are of it."""
    return [inner for inner in _INSIDE[type(node)](node) if inner is not None]


def walk(node: Node) -> Iterator[Node]:
    """The node and every node inside it, in written order."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        if isinstance(current, Name) and current.sub is None and current.power is None and current.tag is None:
            continue
        pending += [inner for inner in reversed(_INSIDE[type(current)](current)) if inner is not None]


def bound_by(operator: Operator) -> list[str]:
    """The names that a sum, a product or an expectation binds by its subscript: i of i=1, x and y of x,y \\sim p."""
    if operator.sub is None or operator.word not in ("sum", "prod", "E"):
        return []
    found: list[str] = []
    drawn = any("sim" in part.relations for part in operator.sub.parts)
    for part in operator.sub.parts:
        left = part.sides[0]
        if left is None or (operator.word == "E" and not drawn):
            continue
        if operator.word == "E" and not part.relations and found and part is operator.sub.parts[-1]:
            continue
        if part.relations[:1] in (["<="], ["<"]) and len(part.sides) == 3 and part.sides[1] is not None:
            left = part.sides[1]
        found.extend(_bound_names(left))
    return found


def _bound_names(expression: Expression) -> list[str]:
    if len(expression.runs) != 1:
        return []
    found: list[str] = []
    factors = expression.runs[0].factors
    for factor in factors:
        match factor:
            case Group() if len(factors) > 1:
                return []
            case Group(bracket="(" | "{"):
                for part in factor.parts:
                    if part.sides[0] is not None:
                        found.extend(_bound_names(part.sides[0]))
            case Name(word=True, sub=None) if factor.stem.isalpha() and len(factor.stem) < 4 and not factor.font:
                found.extend(factor.stem)
            case Name():
                name = plain_name(factor)
                if name is not None:
                    found.append(name)
            case _:
                return []
    return found


def weighs(factors: Sequence[Node], joints: Sequence[str], name: str) -> bool:
    """Whether a product holds a mass at `name` outside of its logs, so that a sum over it is weighted by a law."""
    k = 0
    while k < len(factors):
        node = factors[k]
        following = factors[k + 1] if k + 1 < len(factors) and joints[k + 1] == "" else None
        if isinstance(node, Operator) and node.word in ("log", "ln", "lg"):
            k += 2
            while k < len(factors) and isinstance(factors[k], Group) and isinstance(factors[k - 1], Name):
                k += 1
            continue
        if isinstance(node, Name) and isinstance(following, Group) and following.bracket != "{":
            arguments = [plain_name(lone) for part in following.parts if (lone := _value_of(part)) is not None]
            if name in arguments:
                return True
            k += 2
            continue
        inside = node.numerator if isinstance(node, Fraction) else node.only if isinstance(node, Group) else None
        expression = inside.single if inside is not None else None
        if expression is not None and any(weighs(run.factors, run.joints, name) for run in expression.runs):
            return True
        k += 1
    return False


def _value_of(part: Chain) -> Name | None:
    """The name of a value: x, and the x of X = x."""
    if part.relations == ["="] and part.sides[1] is not None:
        lone = Chain(part.start, part.end, [part.sides[1]], []).lone()
        return lone if isinstance(lone, Name) else None
    return part.lone_name()


def _averaged_by(head: Node | None, group: Node) -> set[str]:
    """The z of D(q(z|x) || p(z)): a divergence averages over the values before the bars of its laws."""
    if not isinstance(group, Group) or not isinstance(head, Name) or "||" not in group.separators:
        return set()
    found: set[str] = set()
    behind: set[str] = set()
    for node in walk(group):
        factors = node.factors if isinstance(node, Run) else []
        for law, values in pairwise(factors):
            if not isinstance(law, Name) or not isinstance(values, Group):
                continue
            bar = values.separators.index("|") if "|" in values.separators else len(values.parts)
            names = [[plain_name(lone) for lone in (part.lone_name(),) if lone is not None] for part in values.parts]
            found.update(name for part in names[: bar + 1] for name in part if name is not None)
            behind.update(name for part in names[bar + 1 :] for name in part if name is not None)
    return found - behind


class FreeNames:
    """The names that occur free in a node as written, each node walked once."""

    def __init__(self) -> None:
        self._known: dict[int, frozenset[str]] = {}

    def of(self, node: Node) -> frozenset[str]:
        """The free names of a node: symbols, the letters of subscripts, and both together."""
        known = self._known.get(id(node))
        if known is None:
            known = frozenset(self._expression(node) if isinstance(node, Expression) else self._node(node))
            self._known[id(node)] = known
        return known

    def _expression(self, expression: Expression) -> set[str]:
        """A sum reaches over the runs that follow it, as far as they hold its index; there the index is bound."""
        found: set[str] = set()
        bound: set[str] = set()
        for run in expression.runs:
            found |= self.of(run) - bound
            for factor in run.factors:
                if isinstance(factor, Operator):
                    bound.update(bound_by(factor))
        return found

    def _node(self, node: Node) -> set[str]:
        if isinstance(node, Run):
            return self._run(node)
        found: set[str] = set()
        if isinstance(node, Name):
            if node.sub is not None:
                found.update(filter(None, (plain_name(node),)))
                found.update(index_names(node.sub))
                return found | self._names(filter(None, (node.sub, node.power)))
            found.add(node.stem)
            if node.word and node.stem.isupper():
                found.update(node.stem)
        if isinstance(node, Operator):
            found |= self._names(node.by)
            if node.sub is not None:
                found |= self.of(node.sub) - set(bound_by(node))
            if node.sup is not None:
                found |= self.of(node.sup)
            return found
        return found | self._names(nodes_of(node))

    def _names(self, nodes: Iterable[Node]) -> set[str]:
        return set().union(*(self.of(node) for node in nodes))

    def _run(self, run: Run) -> set[str]:
        found: set[str] = set()
        bound: set[str] = set()
        for k, factor in enumerate(run.factors):
            before = run.factors[k - 1] if k and run.joints[k] == "" else None
            found |= self.of(factor) - bound - _averaged_by(before, factor)
            if isinstance(factor, Operator):
                bound.update(bound_by(factor))
            elif isinstance(factor, Differential):
                found.discard(plain_name(factor.name) or factor.name.stem)
        return found
