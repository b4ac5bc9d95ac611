"""Independence and Markov chains: X \\perp Y | Z is I(X; Y | Z) = 0, and X \\to Y \\to Z is I(X; Z | Y) = 0."""

from __future__ import annotations

from collections.abc import Sequence

from symkl.language.latex import symbols
from symkl.language.latex.tokens import Token

_SIGNS = frozenset({"perp", "indep", "independent", "Perp", "upmodels"})
_ARROWS = frozenset({"to", "rightarrow", "longrightarrow", "leftrightarrow"})
_ENDS = frozenset(relation for relation in symbols.RELATIONS if relation not in _ARROWS)
_OPENS, _CLOSES = frozenset({"(", "[", "{", "\\{"}), frozenset({")", "]", "}", "\\}"})


def with_informations(found: list[Token]) -> list[Token]:
    """The tokens, each statement of independence or of a Markov chain between capitals written as an information that is 0."""
    if not any(token.kind == "command" and token.text in _SIGNS | _ARROWS for token in found):
        return found
    result: list[Token] = []
    for statement in _statements(found):
        rewritten = _independent(statement) or _chain(statement)
        result.extend(rewritten or statement)
    return result


def _statements(found: list[Token]) -> list[list[Token]]:
    """The tokens cut at relations, words and full stops outside of brackets; what cuts is a piece of its own."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in found:
        depth += (token.text in _OPENS) - (token.text in _CLOSES) if token.kind == "symbol" else 0
        cuts = token.kind in ("text", "end") or token.text in ("=", "<", ">", ".", ";")
        if depth == 0 and (cuts or (token.kind == "command" and token.text in _ENDS)):
            pieces.extend(([token], []))
        else:
            pieces[-1].append(token)
    return [piece for piece in pieces if piece]


def _independent(piece: Sequence[Token]) -> list[Token] | None:
    """I(X; Y | Z) = 0 for X \\perp Y | Z, whose sign may be doubled."""
    at = [k for k, token in enumerate(piece) if token.kind == "command" and token.text in _SIGNS]
    if not at or at != list(range(at[0], at[-1] + 1)):
        return None
    left, right = piece[: at[0]], piece[at[-1] + 1 :]
    bar = next((k for k, token in enumerate(right) if token.text in ("|", "mid")), len(right))
    given = right[bar + 1 :]
    if not all(map(_names_variables, (left, right[:bar]))) or (bar < len(right) and not _names_variables(given)):
        return None
    return _information(left, right[:bar], given, piece[at[0]])


def _chain(piece: Sequence[Token]) -> list[Token] | None:
    """I(X; Z | Y) = 0 for X \\to Y \\to Z; of longer chains one equation does not say all."""
    at = [k for k, token in enumerate(piece) if token.kind == "command" and token.text in _ARROWS]
    if len(at) != 2:
        return None
    first, middle, last = piece[: at[0]], piece[at[0] + 1 : at[1]], piece[at[1] + 1 :]
    if not all(map(_names_variables, (first, middle, last))):
        return None
    return _information(first, last, middle, piece[at[0]])


def _information(left: Sequence[Token], right: Sequence[Token], given: Sequence[Token], sign: Token) -> list[Token]:
    def symbol(text: str) -> Token:
        return Token("symbol", text, sign.start, sign.end)

    bar = [symbol("|"), *given] if given else []
    opening = [Token("letter", "I", sign.start, sign.end), symbol("(")]
    return [*opening, *left, symbol(";"), *right, *bar, symbol(")"), symbol("="), Token("number", "0", sign.start, sign.end)]


def _names_variables(piece: Sequence[Token]) -> bool:
    """Whether tokens are capitals with their scripts, with commas between them and perhaps brackets around."""
    inner = list(piece)
    if len(inner) > 2 and inner[0].text == "(" and inner[-1].text == ")":
        inner = inner[1:-1]
    wanted = True
    k = 0
    while k < len(inner):
        token = inner[k]
        if wanted:
            if token.kind == "command" and token.text in symbols.ACCENTS | dict.fromkeys(symbols.FONTS) and k + 1 < len(inner):
                close = _closing(inner, k + 1)
                letters = [each for each in inner[k + 1 : close + 1] if each.kind == "letter"]
            else:
                close, letters = k, [token] if token.kind == "letter" else []
            if len(letters) != 1 or not letters[0].text.isupper():
                return False
            k, wanted = close + 1, False
        elif token.text in ("_", "^"):
            k = _closing(inner, k + 1) + 1
        elif token.text == ",":
            k, wanted = k + 1, True
        else:
            return False
    return not wanted


def _closing(inner: Sequence[Token], k: int) -> int:
    """The last token of the argument that begins at k: itself, or the brace that closes it."""
    if k >= len(inner) or inner[k].text != "{":
        return k
    depth = 0
    for at in range(k, len(inner)):
        depth += (inner[at].text == "{") - (inner[at].text == "}")
        if depth == 0:
            return at
    return len(inner)
