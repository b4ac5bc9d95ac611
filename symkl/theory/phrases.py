"""What people assume in words, read from phrases.toml and assuming.toml: kinds of assumptions, and how they are stated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from symkl.errors import KnowledgeError

FILE, WORDS = "phrases.toml", "assuming.toml"
_KEYS = frozenset({"phrases", "means", "unnamed", "hints", "example"})
_NAME = r"(?:‹[^›]+›|\b[A-Z](?:_\{?\w+\}?|\d)?'?(?![A-Za-z(]))"
_WORDS = {
    " <and> ": r"(?:\s*[,&]\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+)",
    "<and>": r"(?:and|,|&|und|et|y)",
    "<is>": r"(?:is|are|be|being|was|were|to be|as|sind|ist|sont|son)",
    "<arrow>": r"(?:\\(?:long)?(?:left)?(?:right)?arrow|\\to|→|↔|<->|-->?|->|--)",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A kind of assumption: how it is stated, what it says of the names in it, and words that only hint at it."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    means: tuple[str, ...]
    unnamed: re.Pattern[str] | None
    hints: re.Pattern[str] | None
    example: tuple[str, ...]

    def stated(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Where a sentence states it, and what it then says."""
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                names = {key: _unmarked(name) for key, name in match.groupdict().items() if name}
                if len(set(names.values())) == len(names):
                    yield match.start(), match.end(), tuple(_filled(means, names) for means in self.means)


_LETTER = r"\\?[A-Za-z]+(?:_\{?\w+\}?)?'*"
_LIST = re.compile(rf"\$(?P<names>{_LETTER}(?: ?, ?{_LETTER})*)\$")
_LAW = re.compile(rf"\$(?P<name>(?![HhIDE]\b){_LETTER}) ?\( ?{_LETTER} ?\)\$")


def marked(text: str) -> str:
    """A sentence with the names that stand alone in formulas marked: $X, Y$ becomes ‹X›, ‹Y›, and $p(x)$ becomes ‹p›."""
    text = _LAW.sub(r"‹\g<name>›", text)
    return _LIST.sub(lambda found: ", ".join(f"‹{name.strip()}›" for name in found["names"].split(",")), text)


def _unmarked(name: str) -> str:
    """The name without its marks and braces: X_1 of ‹X_{1}›."""
    return re.sub(r"[‹›{}\\ ]", "", name)


def _filled(means: str, names: dict[str, str]) -> str:
    optional = r"\1" if "C" in names else ""
    return re.sub(r"\[(.*?)\]", optional, means).format(**names)


@cache
def phrases() -> tuple[Phrase, ...]:
    """All kinds of assumptions, in the order of the file.

    Raises: KnowledgeError for a table that is not as the file's head says.
    """
    text = files("symkl.theory").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return tuple(_phrase(name, table) for name, table in tomllib.loads(text).items())
    except (tomllib.TOMLDecodeError, re.error) as error:
        raise KnowledgeError(FILE, "", str(error)) from error


@cache
def words(name: str) -> str:
    """A regular expression for the words of one list of assuming.toml."""
    return "(?:" + "|".join(_lists()[name]) + ")"


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(files("symkl.theory").joinpath(WORDS).read_text(encoding="utf-8"))


def _phrase(name: str, table: dict[str, list[str]]) -> Phrase:
    unknown = set(table) - _KEYS
    if unknown:
        raise KnowledgeError(FILE, name, f"unknown key '{min(unknown)}'")
    return Phrase(
        name,
        tuple(_pattern(phrase) for phrase in table["phrases"]),
        tuple(table["means"]),
        _any_of(table.get("unnamed", [])),
        _any_of(table.get("hints", [])),
        tuple(table.get("example", ())),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE) if patterns else None


def _pattern(phrase: str) -> re.Pattern[str]:
    for word, meant in _WORDS.items():
        phrase = phrase.replace(word, meant)
    return re.compile(re.sub(r"<([A-C])>", lambda match: f"(?P<{match[1]}>{_NAME})", phrase))
