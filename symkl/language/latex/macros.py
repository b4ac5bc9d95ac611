"""Macros of a document: their definitions, and their expansion with bounds on depth and size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from symkl.errors import ReadError
from symkl.language.latex.tokens import TOKEN_LIMIT, Token, tokens

MACRO_DEPTH = 40
"""Macros that expand into macros, this deep at most."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: the number of its arguments, the default of an optional first one, and its body."""

    arguments: int
    body: tuple[Token, ...]
    default: tuple[Token, ...] | None = None


Macros = Mapping[str, Macro]

_NAME = r"\{?\s*\\([A-Za-z]+)\s*\}?"
_DEFINITIONS = re.compile(
    rf"""
      \\(?:re)?newcommand\*?\s*{_NAME}\s*(?:\[(?P<count>\d)\])?\s*(?:\[(?P<default>[^\]\n]*)\])?\s*(?=\{{)
    | \\providecommand\*?\s*{_NAME}\s*(?:\[(?P<count2>\d)\])?\s*(?=\{{)
    | \\(?:g|e|x)?def\s*\\([A-Za-z]+)\s*(?P<slots>(?:\#\d)*)\s*(?=\{{)
    | \\DeclareMathOperator\*?\s*{_NAME}\s*(?=\{{)
    | \\DeclarePairedDelimiter(?:X|XPP)?\s*{_NAME}
    | \\let\s*\\([A-Za-z]+)\s*=?\s*\\(?P<same>[A-Za-z]+)
    """,
    re.VERBOSE,
)
DEFINITION_LIMIT = 1000
"""Definitions past the first so many are not read."""


def definitions(text: str) -> dict[str, Macro]:
    """The macros that a document defines, by name. A body that cannot be read as mathematics is left out."""
    found: dict[str, Macro] = {}
    if "\\" not in text:
        return found
    for match in islice(_DEFINITIONS.finditer(text), DEFINITION_LIMIT):
        name = next((match[k] for k in (1, 4, 6, 8, 9, 10) if match[k]), None)
        if name is None or match.group().startswith("\\DeclarePaired"):
            continue
        if match["same"]:
            found[name] = Macro(0, (Token("command", match["same"], 0, 0),))
            continue
        body = _braced(text, match.end())
        if body is None:
            continue
        operator = match.group().startswith("\\DeclareMathOperator")
        count = int(match["count"] or match["count2"] or (match["slots"] or "").count("#"))
        try:
            inside = (Token("text", body, 0, 0),) if operator else _body(body)
            default = None if match["default"] is None else _body(match["default"])
        except ReadError:
            continue
        found[name] = Macro(count, inside, default)
    return found


def definition_spans(text: str) -> list[tuple[int, int]]:
    """Where a document defines macros, so that a definition is not taken for a formula."""
    spans = []
    for match in islice(_DEFINITIONS.finditer(text), DEFINITION_LIMIT):
        body = _braced(text, match.end())
        end = match.end() if body is None else text.index("{", match.end()) + len(body) + 2
        spans.append((match.start(), end))
    return spans


def _braced(text: str, position: int) -> str | None:
    if text[position : position + 1] != "{":
        return None
    depth, at = 0, position
    while at < min(len(text), position + 5000):
        character = text[at]
        depth += (character == "{") - (character == "}")
        at += 2 if character == "\\" else 1
        if depth == 0:
            return text[position + 1 : at - 1]
    return None


_SLOT = re.compile(r"#(\d)")


def _body(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    position = 0
    for match in _SLOT.finditer(text):
        found.extend(tokens(text[position : match.start()], _ANY)[:-1])
        found.append(Token("slot", match[1], 0, 0))
        position = match.end()
    found.extend(tokens(text[position:], _ANY)[:-1])
    return tuple(token._replace(start=0, end=0) for token in found)


class _Nothing:
    def __contains__(self, name: object) -> bool:
        return False


_ANY = _Nothing()


_CUSTOMARY = {
    name: [definitions(rf"\newcommand{{\x}}[{count}]{{{body}}}")["x"] for count, body in enumerate(bodies, 1)]
    for name, bodies in {
        "KL": (r"\mathrm{KL}(#1)", r"\mathrm{KL}(#1 \| #2)"),
        "kl": (r"\mathrm{KL}(#1)", r"\mathrm{KL}(#1 \| #2)"),
        "dkl": (r"\mathrm{KL}(#1)", r"\mathrm{KL}(#1 \| #2)"),
        "DKL": (r"\mathrm{KL}(#1)", r"\mathrm{KL}(#1 \| #2)"),
        "d": (r"d#1",),
        "dd": (r"d#1",),
        "diff": (r"d#1",),
        "abs": (r"|#1|",),
        "paren": (r"(#1)",),
        "pare": (r"(#1)",),
        "parens": (r"(#1)",),
        "brac": (r"[#1]",),
        "bracket": (r"[#1]",),
        "brackets": (r"[#1]",),
        "Ent": (r"\mathrm{H}(#1)",),
        "ent": (r"\mathrm{H}(#1)",),
        "Entropy": (r"\mathrm{H}(#1)",),
        "MI": (r"I(#1)", r"I(#1; #2)"),
        **{word: (rf"\operatorname{{{word}}}_{{#1}}",) for word in ("argmin", "argmax")},
        **dict.fromkeys(("E", "EE", "Ex", "Expect"), (r"\mathbb{E}[#1]", r"\mathbb{E}_{#1}[#2]")),
    }.items()
}
"""Macros that people define alike, by how many braced arguments they take, for texts that leave their definition out."""


def customary(found: list[Token], macros: Macros) -> Macros:
    """The macros with the customary ones that the tokens call by their braces and that no one defines."""
    if not any(token.kind == "command" and token.text in _CUSTOMARY and token.text not in macros for token in found):
        return macros
    counts: dict[str, set[int]] = {}
    for position, token in enumerate(found):
        if token.kind == "command" and token.text in _CUSTOMARY and token.text not in macros:
            most = len(_CUSTOMARY[token.text])
            counts.setdefault(token.text, set()).add(min(most, _braced_arguments(found, position + 1)))
    called = {name: _CUSTOMARY[name][min(count) - 1] for name, count in counts.items() if len(count) == 1 and 0 not in count}
    return {**called, **macros}


def _braced_arguments(found: list[Token], position: int) -> int:
    count = 0
    while found[position].text == "{":
        depth = 0
        while position < len(found):
            depth += (found[position].text == "{") - (found[position].text == "}")
            position += 1
            if depth == 0:
                break
        if depth or position >= len(found):
            break
        count += 1
    return count


def expand(found: list[Token], macros: Macros, text: str) -> list[Token]:
    """The tokens with every macro replaced by its body; the replacement stands at the place of the call.

    Raises: ReadError for a macro without its arguments, nested too deep, or that grows too large.
    """
    if not macros or not any(token.kind == "command" and token.text in macros for token in found):
        return found
    result: list[Token] = []
    # A stack of (tokens, next position, the call they come from), so that no depth of macros is a depth of Python.
    stack: list[tuple[list[Token], int]] = [(found, 0)]
    while stack:
        here, position = stack.pop()
        while position < len(here):
            token = here[position]
            position += 1
            if token.kind != "command" or token.text not in macros:
                result.append(token)
                if len(result) > TOKEN_LIMIT:
                    raise ReadError("The macros of this formula make it too large", text, token.start, token.end)
                continue
            if len(stack) >= MACRO_DEPTH:
                raise ReadError(f"Macros nested deeper than {MACRO_DEPTH} levels", text, token.start, token.end)
            macro = macros[token.text]
            given, position = _arguments(macro, here, position, token, text)
            stack.append((here, position))
            here, position = _filled(macro, given, token, text), 0
    return result


def _arguments(macro: Macro, here: list[Token], position: int, call: Token, text: str) -> tuple[list[list[Token]], int]:
    given: list[list[Token]] = []
    if macro.default is not None:
        if position < len(here) and here[position].text == "[":
            close = next((k for k in range(position, len(here)) if here[k].text == "]"), None)
            if close is None:
                raise ReadError(f"\\{call.text} has an optional argument that is never closed", text, call.start, call.end)
            given.append(here[position + 1 : close])
            position = close + 1
        else:
            given.append(list(macro.default))
    while len(given) < macro.arguments:
        if position >= len(here) or here[position].kind == "end" or here[position].text == "}":
            raise ReadError(f"\\{call.text} takes {macro.arguments} arguments", text, call.start, call.end)
        if here[position].text != "{":
            given.append([here[position]])
            position += 1
            continue
        depth, close = 0, position
        while close < len(here):
            depth += (here[close].text == "{") - (here[close].text == "}")
            if depth == 0:
                break
            close += 1
        if depth:
            raise ReadError(f"The brace of \\{call.text} is never closed", text, call.start, call.end)
        given.append(here[position + 1 : close])
        position = close + 1
    return given, position


def _filled(macro: Macro, given: list[list[Token]], call: Token, text: str) -> list[Token]:
    result: list[Token] = []
    for token in macro.body:
        if token.kind == "slot":
            number = int(token.text)
            if not 1 <= number <= len(given):
                raise ReadError(f"\\{call.text} uses an argument that it does not take", text, call.start, call.end)
            result.extend(given[number - 1])
        else:
            result.append(token._replace(start=call.start, end=call.end))
        if len(result) > TOKEN_LIMIT:
            raise ReadError("The macros of this formula make it too large", text, call.start, call.end)
    # A macro is one symbol to what follows it, as TeX groups it by its braces.
    return result
