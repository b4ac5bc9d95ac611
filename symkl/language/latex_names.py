"""Names in LaTeX: Greek letters, accents, subscripts and primes, words upright."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from symkl.language.names import GREEK, anatomy

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "|": r"\textbar{}", "<": r"\textless{}", ">": r"\textgreater{}",
}  # fmt: skip
_SPECIALS = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")


@dataclass(frozen=True, slots=True)
class LatexName:
    """A name in LaTeX: the letter, what stands below it, and its primes or star."""

    base: str
    below: str = ""
    above: str = ""

    @property
    def text(self) -> str:
        """The whole name."""
        return self.base + script("_", self.below) + self.above

    def with_index(self, index: str) -> str:
        """The name of an entry: the index below, the primes behind it."""
        if self.below or self.above.startswith("^"):
            return f"{{{self.text}}}{script('_', index)}"
        return self.base + script("_", index) + self.above


def script(mark: str, content: str) -> str:
    """A subscript or a superscript, in braces where it is longer than a character."""
    if not content:
        return ""
    return mark + (content if len(content) == 1 else f"{{{content}}}")


@lru_cache(maxsize=4096)
def latex_name(name: str) -> LatexName:
    """A name of the plain spelling in LaTeX."""
    parts = anatomy(name)
    base = word(parts.base)
    if parts.accent:
        base = f"\\{parts.accent}{{{base}}}"
    above = "^*" if parts.star else "'" * parts.primes
    below = ",".join(map(word, parts.subscripts))
    if parts.star and parts.primes:
        return LatexName(f"{{{base}{script('_', below)}^*}}", "", "'" * parts.primes)
    return LatexName(base, below, above)


def word(text: str) -> str:
    """A letter, a number, a Greek letter by its command, or an upright word."""
    if text in GREEK:
        return "\\" + text
    if text.isascii() and (len(text) == 1 or text.isdigit()):
        return text
    return f"\\mathrm{{{escaped(text)}}}" if text.isascii() else f"\\text{{{escaped(text)}}}"


def escaped(text: str) -> str:
    """Text in which no character is a command to LaTeX."""
    return _SPECIALS.sub(lambda match: _SPECIAL[match[0]], text)
