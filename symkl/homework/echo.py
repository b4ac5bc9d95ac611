"""Writes a formula as a student would: what stands in the student's rows is spelled as it is spelled there.

A part that a row has is copied from it. A sum, a mean or a measure that is new keeps the spelling of one like it: the sign
with its limits, the brackets, the name. The rest is spelled as symkl spells it, with round brackets. What comes out is read
again, and not used where it means something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symkl.errors import SymklError
from symkl.language.latex import Reading, read_latex
from symkl.language.latex_writer import LatexWriter, write_latex
from symkl.language.math_writer import LINE, PRODUCT, SUM, Spelling, body_strength
from symkl.language.scope import Scope
from symkl.language.term import (
    Binder,
    E,
    Expectation,
    Log,
    Measure,
    Negation,
    Number,
    Plus,
    Quotient,
    Term,
    Times,
    without_labels,
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the parts of a term that may be replaced."""

    around: tuple[str, ...]

    @property
    def encloses(self) -> bool:
        """Whether the last part stands between brackets of the frame."""
        return self.around[-2].rstrip().endswith(("[", "(", "\\{", "{")) and self.around[-1].strip() != ""


class _EchoWriter(LatexWriter):
    """Writes LaTeX with the spellings of some rows."""

    def __init__(self, scope: Scope, readings: Iterable[Reading]) -> None:
        super().__init__(scope.log_base)
        self._texts: dict[Term, str] = {}
        self._frames: dict[object, _Frame] = {}
        readings = list(readings)
        source = " ".join(reading.text for reading in readings)
        self._natural = r"\ln" in source and not re.search(r"\\log(?!_)", source)
        for reading in readings:
            for path, (start, end) in sorted(reading.spans.items(), key=lambda item: len(item[0])):
                term = _at(reading.term, path)
                if term is None:
                    continue
                text = reading.text[start:end].strip()
                if isinstance(term, Negation):
                    # Its place is often that of what it negates.
                    term, text = term.argument, text.removeprefix("-").strip()
                    if isinstance(term, Plus | Negation):
                        continue
                if _is_whole(text):
                    self._texts.setdefault(without_labels(term), text)
                self._frame(reading, path, term)

    def bracketed(self, inner: Spelling, square: bool = False) -> Spelling:
        """Round brackets, as by hand."""
        return super().bracketed(inner)

    def log_word(self, term: Log) -> Spelling:
        """The word of a log; of a natural one that of the rows."""
        plain = term.base == E and self.log_base == E and self._natural
        return super().log_word(Log(term.argument, E, written="ln") if plain else term)

    def spelled(self, term: Term, needed: int = LINE) -> Spelling:
        """The spelling in the rows, where they have the term or one like it."""
        usual = super().spelled(term, needed)
        text = self._texts.get(term)
        if text is not None:
            return Spelling(text, _strength(term, text, usual), usual.width, usual.tall, usual.busy, usual.reach)
        return usual

    def head(self, term: Term) -> Spelling:
        """A measure or a mean with the name and the brackets of one like it."""
        frame = self._frames.get(_kind(term)) if isinstance(term, Measure | Expectation) else None
        if frame is None:
            return super().head(term)
        parts = [self.spell(part, SUM if isinstance(term, Measure) or frame.encloses else PRODUCT).text for part in _parts(term)]
        usual = super().head(term)
        return Spelling(_filled(frame, parts), usual.strength, usual.width, usual.tall, usual.busy)

    def _binder(self, term: Binder) -> Spelling:
        frame = self._frames.get(_kind(term))
        usual = super()._binder(term)
        if frame is None:
            return usual
        body = self.spell(term.body, SUM if frame.encloses else body_strength(term))
        return Spelling(_filled(frame, [body.text]), usual.strength, usual.width, True, usual.busy, usual.reach)

    def _frame(self, reading: Reading, path: tuple[int, ...], term: Term) -> None:
        if not isinstance(term, Binder | Measure) or _kind(term) in self._frames:
            return
        first = len(term.args) - 1 if isinstance(term, Binder) else 0
        spans = [reading.spans.get((*path, k)) for k in range(first, len(term.args))]
        start, end = reading.spans[path]
        pieces = []
        for span in spans:
            if span is None or not start <= span[0] <= span[1] <= end:
                return
            pieces.append(reading.text[start : span[0]])
            start = span[1]
        self._frames[_kind(term)] = _Frame((*pieces, reading.text[start:end]))


def echoed(term: Term, scope: Scope, readings: Iterable[Reading]) -> str:
    """The LaTeX of a term in the spelling of some rows, the nearest row first."""
    usual = write_latex(term, scope.log_base)
    try:
        text = _EchoWriter(scope, readings).write(term)
        return text if without_labels(read_latex(text, scope).term) == term else usual
    except (SymklError, TypeError, ValueError):
        return usual


def _kind(term: Term) -> object:
    if isinstance(term, Measure):
        return term.name, term.separators
    if isinstance(term, Binder):
        return type(term), term.names, term.domains
    return None


def _parts(term: Term) -> Iterator[Term]:
    if isinstance(term, Binder):
        yield term.body
    else:
        yield from term.args


def _filled(frame: _Frame, parts: list[str]) -> str:
    text = ""
    for before, part in zip(frame.around, [*parts, ""], strict=True):
        for piece in (before, part):
            text += f" {piece}" if text[-1:].isalpha() and piece[:1].isalpha() else piece
    return text.strip()


def _at(term: Term, path: tuple[int, ...]) -> Term | None:
    for number in path:
        if number >= len(term.args):
            return None
        term = term.args[number]
    return term


def _is_whole(text: str) -> bool:
    """Whether a text is one formula: no cell, no row, no bracket without its other half."""
    if "&" in text or "\\\\" in text or text.count(r"\left") != text.count(r"\right"):
        return False
    return all(_closes(text, *pair) for pair in ("()", "{}"))


def _closes(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0


def _strength(term: Term, text: str, usual: Spelling) -> int:
    """How tightly the text of a row holds together: a slash or a sign is weaker than the bar of a fraction."""
    if isinstance(term, Plus):
        return SUM
    if isinstance(term, Quotient | Times) or (isinstance(term, Number) and "/" in text):
        return usual.strength if text.startswith("\\frac") and text.count("\\frac") == 1 else PRODUCT
    return usual.strength
