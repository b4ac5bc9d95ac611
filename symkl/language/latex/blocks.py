"""Blocks of values, as x_{1:T} and Z_{2..n}: one vector-valued variable each where the formulas say how they lie side by side.

A letter is settled where its blocks and single entries, in all formulas together, are made of pieces that share nothing: the
piece keeps a name of its own, and a block that is several pieces in a row is written as these, z_{1:n} as z_1, z_{2:n}.
Where two of them may share an entry, or an end is used for anything else, the letter stays as it is and is refused later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from symkl.language.latex.naming import bound_by, names_a_block, walk
from symkl.language.latex.syntax import Chain, Dots, Expression, Group, Name, Node, Numeral, Operator, chain_of


class End(NamedTuple):
    """An end of a block: a letter, or none, and a number added to it."""

    letter: str
    offset: int

    def __str__(self) -> str:
        if not self.letter:
            return str(self.offset)
        added = "" if not self.offset else f"_plus_{self.offset}" if self.offset > 0 else f"_less_{-self.offset}"
        return f"{self.letter}{added}"


class Block(NamedTuple):
    """The entries from one index to another, both included; a single entry has one index twice."""

    low: End
    high: End

    def ends_before(self, other: Block) -> bool:
        """Whether the last entry of this one is known to come before the first of the other."""
        return self.high.letter == other.low.letter and self.high.offset < other.low.offset

    def meets(self, other: Block) -> bool:
        """Whether the other goes on right after this one."""
        return self.high.letter == other.low.letter and self.high.offset + 1 == other.low.offset


@dataclass(frozen=True, slots=True)
class _Letter:
    """What the names of one letter are: the block of each, by its place in memory, and the pieces of each block.

    `mixed` says that capital and small letters both occur, so that single entries are written in the case of their letter too.
    """

    blocks: dict[int, Block]
    pieces: dict[Block, list[Block]]
    mixed: bool


def settle_blocks(nodes: Sequence[Node]) -> None:
    """Name the blocks of every letter that is settled in formulas with these nodes, in place; both cases are one letter."""
    named: dict[str, list[Name]] = {}
    for node in nodes:
        if isinstance(node, Name):
            named.setdefault(node.stem.lower(), []).append(node)
    of_blocks = {letter: names for letter, names in named.items() if any(map(names_a_block, names))}
    if not of_blocks:
        return
    bound = {name for node in nodes if isinstance(node, Operator) for name in bound_by(node)}
    elsewhere = bound | _names_outside(nodes, {id(name) for names in of_blocks.values() for name in names})
    groups = [node for node in nodes if isinstance(node, Group)]
    lone = {id(name) for group in groups for name in _replaceable(group)}
    for names in of_blocks.values():
        letter = _settled(names, elsewhere)
        if letter is None or any(len(letter.pieces[letter.blocks[id(name)]]) > 1 and id(name) not in lone for name in names):
            continue
        for group in groups:
            _write_pieces(group, letter)
        for name in names:
            if letter.mixed or names_a_block(name):
                name.sub = _subscript(name, letter.blocks[id(name)])


def _settled(names: Sequence[Name], elsewhere: set[str]) -> _Letter | None:
    """How the blocks of one letter lie; None where that is not known, or an end of one is a name that is used elsewhere."""
    blocks: dict[int, Block] = {}
    for name in names:
        block = _block_of(name)
        if block is None or {end.letter for end in block} & elsewhere:
            return None
        blocks[id(name)] = block
    ends = {end.letter for block in blocks.values() for end in block}
    if len({letter.lower() for letter in ends}) < len(ends):
        # x_{1:t} and x_{1:T} would both be the value of X_1_T.
        return None
    pieces = _pieces(list(dict.fromkeys(blocks.values())))
    return None if pieces is None else _Letter(blocks, pieces, len({name.stem for name in names}) > 1)


def _names_outside(nodes: Iterable[Node], of_blocks: set[int]) -> set[str]:
    """The names that stand anywhere but in the subscripts of letters with blocks."""
    nodes = list(nodes)
    inside = {
        id(inner)
        for node in nodes
        if isinstance(node, Name) and id(node) in of_blocks and node.sub is not None
        for inner in walk(node.sub)
    }
    return {node.stem for node in nodes if isinstance(node, Name) and id(node) not in inside}


def _pieces(blocks: Sequence[Block]) -> dict[Block, list[Block]] | None:
    """The pieces that each block is made of; None where two blocks may share what is no piece."""
    composed = {
        block: chain for block in blocks if (chain := _chain(block, [other for other in blocks if other != block])) is not None
    }
    pieces = [block for block in blocks if block not in composed]
    if _in_order(pieces) is None:
        return None
    found = {piece: [piece] for piece in pieces}
    for block in composed:
        chain = _chain(block, pieces)
        if chain is None:
            return None
        found[block] = chain
    return found


def _chain(block: Block, others: Sequence[Block]) -> list[Block] | None:
    """The others that make up a block, one after another; None where they do not."""
    chain = [other for other in others if other.low == block.low][:1]
    while chain and chain[-1].high != block.high and len(chain) <= len(others):
        following = [other for other in others if chain[-1].meets(other)]
        if not following:
            return None
        chain.append(following[0])
    return chain if chain and chain[-1].high == block.high else None


def _in_order(pieces: Sequence[Block]) -> list[Block] | None:
    """The pieces one after another, each known to end before the next begins; None where that is not known."""
    remaining, ordered = list(pieces), []
    while remaining:
        first = [piece for piece in remaining if not any(other.ends_before(piece) for other in remaining)]
        if len(first) != 1:
            return None
        ordered.append(first[0])
        remaining.remove(first[0])
    return ordered if all(one.ends_before(other) for one, other in pairwise(ordered)) else None


# What is written


def _block_of(name: Name) -> Block | None:
    """The block or the single entry that a name with its subscript is; None for anything else."""
    sub = name.sub
    if sub is None or name.power is not None or name.tag is not None or len(name.stem) != 1:
        return None
    if len(sub.parts) == 1:
        return _of_one_part(sub.parts[0])
    if sub.separators == [":"]:
        return _from_to(_end(sub.parts[0]), _end(sub.parts[1]))
    dotted = len(sub.parts) == 3 and isinstance(sub.parts[1].lone(), Dots) and sub.separators == [",", ","]
    return _from_to(_end(sub.parts[0]), _end(sub.parts[2])) if dotted else None


def _of_one_part(part: Chain) -> Block | None:
    expression = part.single
    factors = expression.runs[0].factors if expression is not None and len(expression.runs) == 1 else []
    if expression is not None and len(factors) == 3 and isinstance(factors[1], Dots):
        if expression.runs[0].negative or any(expression.runs[0].joints):
            return None
        low, high = ([factor] for factor in factors[::2])
        return _from_to(_index(low), _index(high))
    end = _end(part)
    return _from_to(end, end)


def _from_to(low: End | None, high: End | None) -> Block | None:
    if low is None or high is None or (low.letter == high.letter and low.offset > high.offset):
        return None
    return Block(low, high)


def _end(part: Chain) -> End | None:
    """n, 1, t-1, t+1."""
    expression = part.single
    if expression is None or expression.runs[0].negative or len(expression.runs) > 2:
        return None
    first = _index(expression.runs[0].factors)
    if first is None or len(expression.runs) == 1:
        return first
    second = _index(expression.runs[1].factors)
    if second is None or second.letter:
        return None
    return End(first.letter, first.offset + (-second.offset if expression.runs[1].negative else second.offset))


def _index(factors: Sequence[Node]) -> End | None:
    match factors:
        case [Numeral(power=None) as number] if number.text.isdigit():
            return End("", int(number.text))
        case [Name(sub=None, power=None, tag=None, word=False) as name]:
            return End(name.stem, 0)
    return None


# What is written instead


def _replaceable(group: Group) -> list[Name]:
    """The names that are a part of brackets or a side of a relation there, where several may stand in the place of one."""
    sides = (side for part in group.parts for side in part.sides if side is not None)
    return [lone for side in sides if isinstance(lone := chain_of(side).lone(), Name)]


def _write_pieces(group: Group, letter: _Letter) -> None:
    """Write a block that is made of several pieces as these: z_{1:n} as z_1, z_{2:n}."""
    parts: list[Chain] = []
    separators: list[str] = []
    for position, part in enumerate(group.parts):
        separators.extend(group.separators[position - 1 : position] if position else [])
        written = _written(part.single, letter)
        if written:
            separators.extend("," * (len(written) - 1))
            parts.extend(chain_of(name) for name in written)
            continue
        for place, side in enumerate(part.sides):
            written = _written(side, letter)
            if written:
                several = Group(part.start, part.end, "(", [chain_of(name) for name in written], [","] * (len(written) - 1))
                part.sides[place] = chain_of(several).single
        parts.append(part)
    group.parts, group.separators = parts, separators


def _written(side: Expression | None, letter: _Letter) -> list[Name]:
    """The names of the pieces where a side is nothing but a block that is made of several."""
    name = chain_of(side).lone() if side is not None else None
    block = letter.blocks.get(id(name))
    if not isinstance(name, Name) or block is None or len(letter.pieces[block]) == 1:
        return []
    return [
        Name(name.start, name.end, name.stem, name.word, name.font, _subscript(name, piece), assumed=name.assumed)
        for piece in letter.pieces[block]
    ]


def _subscript(name: Name, block: Block) -> Group:
    """The subscript that names a block: 1_n, which is no index; that of a single entry is its index. Values are written small."""
    at, end = name.start, name.end
    text = str(block.low) if block.low == block.high else f"{block.low}_{block.high}"
    text = text.upper() if name.stem.isupper() else text.lower()
    node = Numeral(at, end, text) if text.isdigit() else Name(at, end, text)
    return Group(at, end, "{", [chain_of(node)], [])
