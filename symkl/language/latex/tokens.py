"""Tokens of LaTeX mathematics: text in, tokens with their place in the source out; one pass, linear.

Layout is dropped here: spacing, sizes of brackets, alignment marks, line breaks, labels and tags, comments, colours. What
a person types for a symbol (a Unicode letter, `\\varepsilon`, `\\lVert`) becomes the one spelling that the reader knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import NamedTuple

from symkl.errors import ReadError
from symkl.language.latex import symbols


class Token(NamedTuple):
    """A piece of the source.

    `kind` is 'number', 'letter', 'command', 'symbol', 'text' or 'end'; `start` and `end` are its span in the source. The
    text of a command has no backslash; a 'text' token is the content of `\\text{...}` and its like. `spaced` says
    that layout stood before it.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False


TOKEN_LIMIT = 400_000
"""More tokens than this in one formula are refused."""

_RAW = re.compile(
    r"""
      (?P<space>[ \t\r\n\f\v\u00a0\u2002-\u200b\ufeff]+)
    | (?P<comment>%[^\n]*\n?)
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<letter>[A-Za-z])
    | \\(?P<command>[A-Za-z]+)
    | \\(?P<control>.)
    | (?P<symbol>.)
    """,
    re.VERBOSE | re.DOTALL,
)
MARGIN = re.compile(r"&\s*&+(?P<note>(?:[^&\\]|\\(?!\\).)*)(?=\\\\|\\end\b|\Z)", re.DOTALL)
"""A note in the margin of a row, behind two alignment marks: && \\text{by definition}, && p > 0."""
_OLD_FONT = re.compile(r"\{\s*\\(rm|sf|tt|it|sl|bf|cal)\b\s*([A-Za-z]+)\s*\}")
"""A word in a font as old LaTeX writes it: {\\rm KL}, {\\cal L}, {\\bf x}."""
_TEXTS = re.compile(r"\\text\{([^{}]*)\}")
_DAMAGED = re.compile(r"\\\\(?=([A-Za-z]+))")
_BRACED = re.compile(r"\s*\*?\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_OPENED = re.compile(r"\\begin\s*\{[^{}]*\}|\\left")
_SEEN = 200
_DOT = re.compile(r"\s*\.")
_TEXT_OPENS = re.compile(r"\*?\s*\{")
_TEXT_LETTER = re.compile(r"\s*([A-Za-z])")
_SIZE = re.compile(r"\s*\[[^\[\]]*\]")


_QUANTIFIERS = frozenset({"all", "every", "each", "over", "over all", "for all", "all possible"})


def tokens(text: str, defined: Container[str] = ()) -> list[Token]:
    """The tokens of a formula, an end token last; commands in `defined` are left for the macros to expand.

    Raises: ReadError at a character that has no meaning in mathematics, and where there are too many tokens.
    """
    found = _without_leaders(_bare_notes(_without_empty_scripts(list(_tokens(text, defined)))))
    found.append(Token("end", "", len(text), len(text)))
    return found


def _without_empty_scripts(found: list[Token]) -> list[Token]:
    """The tokens, without scripts in which nothing stands: \\sum_{x}^{}."""
    kept: list[Token] = []
    for token in found:
        kept.append(token)
        if token.text == "}" and [each.text for each in kept[-3:-1]] in (["^", "{"], ["_", "{"]):
            del kept[-3:]
    return kept


def _without_leaders(found: list[Token]) -> list[Token]:
    """The tokens, without dots that lead to the number of the equation at the end: a = b \\cdots (1)."""
    if len(found) > 5 and found[-1].text == ")" and found[-2].kind == "number" and found[-3].text == "(":
        end = len(found) - 3
        while found[end - 1].text == "dots":
            end -= 1
        if end < len(found) - 3 and found[end - 1].text not in ("+", "-", "=", ",", "*", "cdot"):
            return found[:end]
    return found


def _bare_notes(found: list[Token]) -> list[Token]:
    """The tokens, without the braces around a text that no command, power or index takes: \\color{gray}{\\text{why}}.

    Of \\sum_{\\text{all } k} the words are left out: the sum is over k.
    """
    if not any(token.kind == "text" for token in found):
        return found
    dropped: set[int] = set()
    for k in range(1, len(found) - 1):
        braced = found[k].kind == "text" and found[k - 1].text == "{" and found[k + 1].text == "}"
        if braced and k > 1 and found[k - 2].kind != "command" and found[k - 2].text not in ("_", "^", "}"):
            dropped |= {k - 1, k + 1}
        if found[k].kind == "text" and found[k].text.strip().lower() in _QUANTIFIERS and found[k - 1].text == "{":
            dropped.add(k)
    return [token for k, token in enumerate(found) if k not in dropped]


def _tokens(text: str, defined: Container[str]) -> Iterator[Token]:
    position, spaced, count = 0, False, 0
    length = len(text)
    match_at = _RAW.match
    while position < length:
        margin = MARGIN.match(text, position) if text[position] == "&" else None
        if margin is not None:
            yield Token("text", _TEXTS.sub(r"\1", margin["note"]).strip(), position, margin.end(), True)
            position, spaced = margin.end(), True
            continue
        old = _OLD_FONT.match(text, position) if text[position] == "{" else None
        if old is not None and (old[1] == "rm" or len(old[2]) == 1):
            yield from _in_font(old[1], old[2], position, old.end(), spaced)
            position, spaced = old.end(), False
            continue
        match = match_at(text, position)
        if match is None:
            raise ReadError("The formula cannot be read from here", text, position)
        kind = str(match.lastgroup)
        start, position = match.span()
        count += 1
        if count > TOKEN_LIMIT:
            raise ReadError(f"A formula of more than {TOKEN_LIMIT} tokens", text, start)
        if kind in ("space", "comment"):
            spaced = True
            continue
        if kind in ("number", "letter"):
            yield Token(kind, match.group(), start, position, spaced)
            spaced = False
            continue
        if kind == "symbol":
            token = _character(text, match.group(), start, position, spaced)
        elif kind == "control":
            token, position = _control(text, match["control"], start, position, spaced)
        elif match["command"] in defined:
            token, position = Token("command", match["command"], start, match.end("command"), spaced), match.end("command")
        else:
            token, position = _command(text, match["command"], start, match.end("command"), spaced)
        if token is None:
            spaced = True
            continue
        yield token
        spaced = False


def _in_font(font: str, word: str, start: int, end: int, spaced: bool) -> Iterator[Token]:
    """A word in an old font as \\text or \\mathcal would have it; slanted letters are letters."""
    command = {"bf": "mathbf", "cal": "mathcal"}.get(font)
    if command is not None:
        yield Token("command", command, start, end, spaced)
    yield Token("text" if font == "rm" else "letter", word, start, end, spaced and command is None)


def _character(text: str, character: str, start: int, end: int, spaced: bool) -> Token | None:
    if character in symbols.PLAIN:
        return Token("symbol", character, start, end, spaced)
    if character in symbols.UNICODE:
        kind, spelled = symbols.UNICODE[character]
        return None if kind == "layout" else Token(kind, spelled, start, end, spaced)
    if character in "~&":
        return None
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and plain.isascii() and plain.isalpha():
        return Token("letter", plain, start, end, spaced)
    if len(plain) == 1 and plain.isascii() and plain.isdigit():
        return Token("number", plain, start, end, spaced)
    if plain in symbols.UNICODE:
        kind, spelled = symbols.UNICODE[plain]
        return Token(kind, spelled, start, end, spaced)
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    raise ReadError(f"The character {shown!r} has no meaning in a formula", text, start)


def _control(text: str, character: str, start: int, end: int, spaced: bool) -> tuple[Token | None, int]:
    """A backslash and one character that is no letter."""
    if character == "\\":
        damaged = _DAMAGED.match(text, start)
        if damaged is not None and symbols.is_known(damaged[1]):
            # A Markdown formatter or a JSON dump has doubled the backslash of a command.
            return _command(text, damaged[1], start, damaged.end(1), spaced)
        size = _SIZE.match(text, end) if _looks_like_a_length(text, end) else None
        return None, size.end() if size else end
    if character in " ,;:!>/\n\t()[]-":
        return None, end
    if character == "|":
        return Token("symbol", "||", start, end, spaced), end
    if character in "{}":
        return Token("symbol", "\\" + character, start, end, spaced), end
    if character in "_*#$":
        meaning = {"_": "_", "*": "*"}.get(character)
        if meaning:
            return Token("symbol", meaning, start, end, spaced), end
    if character == "&":
        return Token("symbol", ",", start, end, spaced), end
    if character == "%":
        return Token("symbol", "%", start, end, spaced), end
    raise ReadError(f"The command \\{character} is not known", text, start, end)


def _looks_like_a_length(text: str, position: int) -> bool:
    return re.match(r"\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|\\)", text[position : position + 40]) is not None


def _command(text: str, name: str, start: int, end: int, spaced: bool) -> tuple[Token | None, int]:
    if name in symbols.LAYOUT:
        return None, end
    if name in symbols.LAYOUT_WITH_ARGUMENT:
        braces = _BRACED.match(text, end)
        return None, braces.end() if braces else end
    if name in symbols.SIZES:
        dot = _DOT.match(text, end) if name in ("left", "right") else None
        return None, dot.end() if dot else end
    if name in ("begin", "end"):
        return _environment(text, name, start, end, spaced)
    if name in symbols.TEXT:
        return _text(text, name, start, end, spaced)
    if name in symbols.SPELLED:
        kind, spelled = symbols.SPELLED[name]
        return Token(kind, spelled, start, end, spaced), end
    return Token("command", name, start, end, spaced), end


def _environment(text: str, name: str, start: int, end: int, spaced: bool) -> tuple[Token | None, int]:
    braces = _BRACED.match(text, end)
    if braces is None:
        raise ReadError(f"\\{name} needs the name of an environment in braces", text, start, end)
    environment = braces[1].strip().rstrip("*")
    if environment not in symbols.ENVIRONMENTS:
        raise ReadError(f"The environment '{environment}' is not read as a formula", text, start, braces.end())
    before = _OPENED.sub("", text[max(0, start - _SEEN) : start])
    if name == "begin" and environment in ("cases", "rcases", "dcases") and before.strip(" \t\n&\\{"):
        raise ReadError("A definition by cases is not read", text, start, braces.end())
    end = braces.end()
    if name == "begin" and environment in ("array", "alignedat", "alignat"):
        columns = _BRACED.match(text, end)
        end = columns.end() if columns else end
    return None, end


def _text(text: str, name: str, start: int, end: int, spaced: bool) -> tuple[Token | None, int]:
    """The content of \\text{...}: braces inside it are matched, mathematics inside it stays as written."""
    match = _TEXT_OPENS.match(text, end)
    if match is None:
        if name == "rm":
            return None, end
        single = _TEXT_LETTER.match(text, end)
        if single is None:
            raise ReadError(f"\\{name} needs its text in braces", text, start, end)
        return Token("text", single[1], start, single.end(), spaced), single.end()
    depth, position = 1, match.end()
    while position < len(text) and depth:
        character = text[position]
        position += 2 if character == "\\" else 1
        depth += (character == "{") - (character == "}")
    if depth:
        raise ReadError(f"The brace of \\{name} is never closed", text, start, end)
    inside = text[match.end() : position - 1]
    return Token("text", inside, start, position, spaced), position
