"""The words around the formulas of a document: its sentences, the formulas inside them, and how far each one reaches.

A display belongs to the sentence that it stands in: "Then [display], where [formula]." is one sentence. Nothing is
understood here. One pass over the text, linear in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DISPLAY = "\ufffc"
"""What stands for a display in the text of a sentence."""

_HIDDEN = "\ufdd0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words on one line, inline formulas between dollars, displays as one sign each.

    `start` and `end` are offsets in the document, and `line` counts from 1. `until` is where the part of the document ends
    that it stands in: a section, an exercise, an item of a list. `formulas` are where its inline formulas stand in the
    document, and `displays` where its displays begin.
    """

    text: str
    start: int
    end: int
    line: int
    until: int
    formulas: tuple[tuple[int, int], ...] = ()
    displays: tuple[int, ...] = ()


_CODE = re.compile(
    r"^[ \t]*(?P<ticks>`{3,}|~{3,})(?!\s*\{?(?:math|latex|tex|katex)\b)[^\n]*\n.*?(?:^[ \t]*(?P=ticks)[ \t]*$|\Z)"
    r"|\\begin\s*\{(?P<verbatim>verbatim\*?|lstlisting|minted|comment)\}.*?\\end\s*\{(?P=verbatim)\}"
    r"|<!--.*?-->|(?P<script><(?:script|style)\b.*?</(?:script|style)>)",
    re.DOTALL | re.MULTILINE,
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_LINK = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)")
_MARKS = re.compile(r"[*_`]{1,3}|</?[A-Za-z][^<>\n]*>|\\(?:emph|textbf|textit|text|label|ref|eqref|cite\w*)\b(?:\s*\{)?|[{}]|~")

_ENVIRONMENTS = "theorem|lemma|proposition|corollary|claim|definition|remark|example|exercise|problem|question"
_HEADS = (
    r"Problem|Exercise|Question|Example|Case|Theorem|Lemma|Proposition|Corollary|Claim|Definition|Remark|Property|Part|Task|Aufgabe|"
    r"Beispiel|Exercice|Exemple|Ejercicio"
)
_BOUNDARY = re.compile(
    rf"""
      ^(?P<hashes>\#{{1,6}})[ \t]+(?P<title>[^\n]*)
    | \\(?P<command>part|chapter|(?:sub){{0,2}}section|paragraph)\*?\s*\{{(?P<name>[^{{}}]*)
    | ^[^\n]+\n(?P<rule>={{3,}}|-{{3,}})[ \t]*$
    | ^[ \t]*(?:\*\*|__|<b>|<strong>|\\textbf\{{)?(?P<head>{_HEADS})\b[^\n]{{0,12}}?[\d.:)*(]
    | \\begin\s*\{{(?P<environment>{_ENVIRONMENTS})\*?\}}
    | \\end\s*\{{(?P<ended>{_ENVIRONMENTS})\*?\}}
    | ^[ \t]*(?P<line>\*\*\*+|---+|___+)[ \t]*$
    | ^[ \t]{{0,6}}(?P<item>\(?[a-z]\)|\(?[ivx]{{1,4}}\)|\(?\d{{1,2}}[.)]|\\item\b|[-*+])[ \t]
    """,
    re.VERBOSE | re.MULTILINE,
)
_GOES_ON = re.compile(r"\W*(?:solution|proof|answer|derivation|lösung|beweis|preuve)\b", re.IGNORECASE)
_COMMANDS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_HEAD, _ITEM = 10, 20
"""How deep exercises and items of lists stand; headings are above them."""

_END = re.compile(
    rf"""
      (?P<heading>^\#{{1,6}}[ \t][^\n]*\n | \\(?:part|chapter|(?:sub){{0,2}}section|paragraph)\*?\s*\{{[^{{}}]*\}})
    | [.!?][)\]"'*_]*\s+
    | (?P<blank>\n[ \t]*\n\s*)
    | \n(?=[ \t]*(?:[-*+]|\(?\w{{1,3}}[.)]|\\item\b)[ \t])
    | {DISPLAY}\s*(?=[A-Z\#])
    """,
    re.VERBOSE | re.MULTILINE,
)
_ABBREVIATED = re.compile(r"(?:\b(?:i\.e|e\.g|cf|resp|vs|w\.r\.t|s\.t|Eq|Eqs|Fig|Sec|Thm|r\.v|r\.v\.s|et al))\.[)\]]*\s*\Z")


def sentences(text: str, formulas: Sequence[tuple[int, int, bool]], markdown: bool = True) -> tuple[Sentence, ...]:
    """The sentences of a document, of which the formulas are known: where they start and end, and whether they are inline."""
    masked = _masked(text, formulas, markdown)
    boundaries = list(_boundaries(masked))
    places = [place for place, _ in boundaries]
    starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
    inline = [(start, end) for start, end, within in formulas if within]
    displays = [start for start, _, within in formulas if not within]
    found = []
    for start, end in _spans(masked):
        within = inline[bisect_right(inline, (start, start)) : bisect_right(inline, (end, end))]
        words = _words(text, masked, start, end, within)
        if words:
            begins = start + len(masked[start:end]) - len(masked[start:end].lstrip())
            until = _until(boundaries, bisect_right(places, begins), len(text))
            shown = displays[bisect_left(displays, start) : bisect_left(displays, end)]
            found.append(Sentence(words, start, end, bisect_right(starts, begins), until, tuple(within), tuple(shown)))
    return tuple(found)


def _masked(text: str, formulas: Sequence[tuple[int, int, bool]], markdown: bool) -> str:
    """The text, as long as it is, with formulas and what is no prose blotted out."""
    pieces, position = [], 0
    for start, end, inline in formulas:
        if start < position:
            continue
        pieces.append(text[position:start])
        if inline:
            pieces.append(_HIDDEN * (end - start))
        else:
            closed = text[start:end].rstrip(" \n\t\\}&").endswith(".")
            sign = DISPLAY + "." * closed
            pieces.append((sign + " " * (end - start))[: end - start])
        position = end
    pieces.append(text[position:])
    masked = "".join(pieces)
    # The delimiters of a display are no words.
    masked = re.sub(rf"(?:\$\$|\\\[|^[ \t]*`{{3,}}\w*\n)(?=\s*{DISPLAY})", _blank, masked, flags=re.MULTILINE)
    masked = re.sub(rf"({DISPLAY}\.? *\s*)(\$\$|\\\]|`{{3,}})", lambda m: m[1] + " " * len(m[2]), masked)
    masked = _CODE.sub(_blank, masked)
    return _LINK.sub(_blank, masked) if markdown else _COMMENT.sub(_blank, masked)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _boundaries(masked: str) -> Iterator[tuple[int, int]]:
    """Where parts of the document begin, and how deep they stand."""
    for match in _BOUNDARY.finditer(masked):
        title = match["title"] or match["name"] or ""
        if title and _GOES_ON.match(title):
            continue
        if match["hashes"]:
            yield match.start(), len(match["hashes"])
        elif match["command"]:
            yield match.start(), _COMMANDS[match["command"]]
        elif match["rule"] or match["line"]:
            yield match.start(), 2
        elif match["item"]:
            yield match.start(), _ITEM
        else:
            yield match.start(), _HEAD


def _until(boundaries: Sequence[tuple[int, int]], following: int, end: int) -> int:
    """Where the part ends that the boundary before `following` begins: at the next one that stands as high."""
    depth = boundaries[following - 1][1] if following else -1
    return next((place for place, other in boundaries[following:] if other <= depth), end)


def _spans(masked: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(masked):
        if match["heading"] is not None:
            yield start, match.start()
            start = match.start()
        if match["blank"] is not None and not _parts(masked, match.start(), match.end()):
            continue
        if match.group()[0] in ".!?" and _ABBREVIATED.search(masked, max(start, match.start() - 8), match.end()):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(masked)


def _parts(masked: str, start: int, end: int) -> bool:
    """Whether a blank line ends a sentence: beside a display it does not."""
    return not masked[max(0, start - 200) : start].rstrip().endswith(DISPLAY) and masked[end : end + 1] != DISPLAY


def _words(text: str, masked: str, start: int, end: int, inline: Sequence[tuple[int, int]]) -> str:
    pieces: list[str] = []
    position = start
    for first, last in inline:
        pieces.append(_plain(masked[position:first].removesuffix("\\(")))
        pieces.append(f"${' '.join(text[first:last].split())}$")
        position = last
        for closer in ("$", "\\)", "`"):
            position += len(closer) if masked.startswith(closer, position) else 0
    pieces.append(_plain(masked[position:end]))
    return " ".join("".join(pieces).split())


def _plain(words: str) -> str:
    return _MARKS.sub("", words).replace("$", "")
