"""Brackets that do not match, where there is one place alone at which the missing one belongs."""

from __future__ import annotations

from symkl.language.latex.tokens import Token

_CLOSES = {")": "(", "]": "[", "\\}": "\\{", "}": "{"}


def with_plain_bars(found: list[Token]) -> list[Token]:
    """The tokens, with a \\lVert that no \\rVert closes as the bars of a divergence: D(p \\lVert q)."""
    if not any(token.text in ("lVert", "rVert") for token in found):
        return found
    opened = [token.text for token in found if token.text in ("lVert", "rVert")]
    if "lVert" in opened and "rVert" in opened:
        return found
    return [token._replace(text="||") if token.text in ("lVert", "rVert") else token for token in found]


def with_bracket_before_bars(found: list[Token]) -> tuple[list[Token], int] | None:
    """The tokens with a bracket closed before ||, and where: D[q(z || p(z)] is D[q(z) || p(z)], for no mass holds a ||.

    None where more than one bracket does not match, or the one that is open does not hold exactly one ||.
    """
    opened: list[int] = []
    unclosed: list[int] = []
    bars: dict[int, list[int]] = {}
    for position, token in enumerate(found):
        if token.kind != "symbol":
            continue
        if token.text in _CLOSES.values():
            opened.append(position)
        elif token.text in _CLOSES:
            while opened and found[opened[-1]].text != _CLOSES[token.text]:
                unclosed.append(opened.pop())
            if not opened:
                return None
            opened.pop()
        elif opened and (token.text == "||" or (token.text == "|" and found[position + 1].text == "|")):
            bars.setdefault(opened[-1], []).append(position)
    if opened or len(unclosed) != 1:
        return None
    at, inside = unclosed[0], bars.get(unclosed[0], [])
    if found[at].text != "(" or at == 0 or found[at - 1].kind not in ("letter", "command") or len(inside) != 1:
        return None
    place = inside[0]
    missing = Token("symbol", ")", found[place].start, found[place].start)
    return [*found[:place], missing, *found[place:]], found[place].start
