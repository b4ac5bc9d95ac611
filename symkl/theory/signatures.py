"""The values that a mass is taken at, as they are written: p(x, y | z) is at x and y under z."""

from __future__ import annotations

from symkl.language.latex.naming import plain_name
from symkl.language.latex.syntax import Chain, Group, chain_of
from symkl.theory.notation import VALUE_LETTERS, Signature


def signature(group: Group) -> Signature | None:
    """The values of a mass; None where an argument is no value."""
    before: list[str] = []
    after: list[str] = []
    barred = False
    for position, part in enumerate(group.parts):
        separator = group.separators[position - 1] if position else ""
        if separator == ";":
            break
        if separator == "||":
            return None
        barred = barred or separator == "|"
        found = values(part)
        if found is None:
            if len(group.parts) == 1:
                return None
            continue
        (after if barred else before).extend(found)
    return tuple(before), tuple(after)


def values(part: Chain) -> list[str] | None:
    """The values that one argument names, in small letters: x of X = x, x and y of (x, y); None where it is no value."""
    if part.relations == ["="] and part.sides[0] is not None:
        name = chain_of(part.sides[0]).lone_name()
        full = plain_name(name) if name is not None else None
        return [full.lower()] if full is not None else None
    lone = part.lone()
    if isinstance(lone, Group) and len(lone.parts) > 1:
        inner = [values(piece) for piece in lone.parts]
        return None if None in inner else [value for found in inner for value in found or []]
    name = part.lone_name()
    if name is None or name.power is not None:
        return None
    letters = len(name.stem) in (2, 3) and not name.stem.istitle() and all(c in VALUE_LETTERS for c in name.stem)
    if name.word and name.sub is None and letters:
        return list(name.stem.lower())
    full = plain_name(name)
    if full is None:
        return None
    return [full.lower() if len(full.split("_")[0]) == 1 else full]
