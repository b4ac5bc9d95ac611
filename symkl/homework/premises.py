"""What the words of a document assume, and for which of its formulas.

An assumption is *in force* from its sentence to the end of the section, exercise or item that it stands in ("Let X and Y be
independent."), or, where it is a condition or a number to look at ("if", "when", "for p = 1/2"), to the end of its sentence
and of those that go on from it ("Then ..."). Where it stands, but is not in force, it is *mentioned*. Words that speak of an
assumption and do not say of what are *hints*. "In general" ends what was assumed before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from symkl.language.documents import Source
from symkl.language.prose import DISPLAY, Sentence, sentences
from symkl.theory.phrases import marked, phrases, words

LENGTH_LIMIT = 400_000
"""In longer documents no words are looked through."""

NEGATIVE = "negative"
"""The kind of a premise that assumes something not to be so."""

NOWHERE = -1
"""Where a formula stands that there is not."""

WORDS_SHOWN = 90
"""So many characters of a sentence are quoted."""


@dataclass(frozen=True, slots=True)
class Premise:
    """Something that a sentence assumes: what it means, or a formula that says it; where it is in force.

    `kind` is the table of phrases.toml that it is of; a hint has a kind and no meaning.
    """

    words: str
    line: int
    start: int
    end: int
    means: tuple[str, ...] = ()
    formula: str = ""
    kind: str = ""
    mentioned_until: int = 0
    at: int = NOWHERE
    """Where the formula stands."""
    unnamed: bool = False
    """Whether it is stated of what is spoken of, without names."""
    recalled_until: int = 0
    """How far a condition is remembered: a proof behind a theorem rests on what the theorem supposes."""

    def in_force(self, at: int) -> bool:
        """Whether it is assumed at an offset."""
        return self.start <= at < self.end

    def mentioned(self, at: int) -> bool:
        """Whether it is only mentioned near an offset."""
        return not self.in_force(at) and self.start <= at < self.mentioned_until

    def recalled(self, at: int) -> bool:
        """Whether it is a condition of an earlier sentence of the same part."""
        return not self.in_force(at) and not self.mentioned(at) and self.start <= at < self.recalled_until


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a document assumes: premises, and where formulas stand that are assumed and claimed by no one."""

    premises: tuple[Premise, ...] = ()
    formulas: frozenset[int] = frozenset()
    data: frozenset[int] = frozenset()
    """Where displays stand that list the masses of a law."""
    parts: tuple[tuple[int, int], ...] = ()
    """Where each sentence begins, and where the part of the document ends that it stands in."""

    def until(self, at: int) -> int:
        """Where the part of the document ends that a place stands in."""
        number = bisect_right(self.parts, (at, inf))
        return max(at, self.parts[number - 1][1]) if number else at


_TRIGGER = re.compile(rf"\b(?:(?P<condition>{words('condition')})|(?P<fact>{words('fact')}))\b", re.IGNORECASE)
_STRICT = re.compile(words("strict"), re.IGNORECASE)
_CLAIMS = re.compile(rf"\b{words('claims')}\b|=>", re.IGNORECASE)
_LEADING = re.compile(rf"(?:\s*{words('leading')}(?!\w))*\s*", re.IGNORECASE)
_DOUBTFUL = re.compile(words("doubtful"), re.IGNORECASE)
_DENIED = re.compile(rf"\b{words('denied')}\b[^,;.]{{0,30}}$", re.IGNORECASE)
_CONTINUES = re.compile(rf"{words('goes_on')}\b", re.IGNORECASE)
_REVOKED = re.compile(rf"\b{words('revoked')}\b", re.IGNORECASE)
_NEGATIVE = re.compile(rf"\b{words('negative')}\b|\\\\neq?\b|≠", re.IGNORECASE)
_LED_IN = re.compile(rf"\b{words('led_in')}\s*[:,]?\s*{DISPLAY}", re.IGNORECASE)
_FORMULA = re.compile(r"\$([^$]*)\$")
_RELATION = re.compile(r"(?<![:!])=|<|>|≤|≥|\\(?:leq?|geq?|leqslant|geqslant|equiv)\b")
_REASON = re.compile(r"\W*(?P<word>as|since|because|if|when|assuming|given)\s+(?P<formula>[^$]*=[^$]*)", re.IGNORECASE)
_REMARK = re.compile(r"(?:\s|\\[;,!])*\([^()]*[A-Za-z]{4}[^()]*\)\s*(?=\)*$)")
_CHANCE = re.compile(
    rf"\s*,?\s*{words('chances')}(?!\w)(?!\s*(?:of |equal to )?\$?\s*(?:1|one|eins|un|uno)\b(?!\s*[-/]|\.\d))", re.IGNORECASE
)
_NO_VALUE = re.compile(
    r"\\(?:in|notin|forall|exists|mapsto|subset|subseteq|[lc]?dots|dotsc|neq?|approx|sim|propto|infty|mathbb|colon)\b|\.\.\.|:=|\.\.|≠|∈|…|\\to\b"
)
_VANISHES = re.compile(r"=\s*0\s*$")
_STATES = re.compile(r"\\log|\\ln|\\mathbb\s*\{?E|\\operatorname|KL|\b[HhIDJ]\s*(?:_\{?\w+\}?)?\s*(?:\\left)?\s*[(\[]|D_")


def assumed(source: Source) -> Assumed:
    """What the words of a document assume."""
    if len(source.text) > LENGTH_LIMIT:
        return Assumed()
    found = sentences(source.text, source.formulas, source.kind != "tex")
    premises: list[Premise] = []
    formulas: set[int] = set()
    for number, sentence in enumerate(found):
        if _REVOKED.search(sentence.text):
            premises = [_ended(premise, sentence.start) for premise in premises]
        reach = _reach(found, number)
        near = _near(found, number, reach)
        for premise, at in (*_stated(sentence, reach), *_by_formulas(sentence, reach), *_led_in(sentence, source)):
            lasting = premise.end == sentence.until > reach and (premise.means or premise.formula)
            believed = premise.end > premise.start
            mentioned = len(source.text) if lasting else near if believed else 0
            recalled = sentence.until if believed and (premise.means or premise.formula) else 0
            premises.append(replace(premise, mentioned_until=mentioned, recalled_until=recalled))
            formulas.add(at)
    data = list(_data(source, found))
    parts = tuple((each.start, each.until) for each in found)
    return Assumed((*premises, *data), frozenset(formulas), frozenset(premise.at for premise in data), parts)


def noted(notes: Sequence[str], line: int, start: int, end: int) -> list[Premise]:
    """What notes beside the rows of a display assume: in force for the whole of it."""
    found: list[Premise] = []
    for note in notes:
        sentence = Sentence(_with_dollars(" ".join(note.split())), start, end, line, end)
        found += (premise for premise, _ in _stated(sentence, end))
        found += (premise for premise, _ in _by_formulas(sentence, end, note=True))
    return found


def _with_dollars(note: str) -> str:
    r"""A note with its formula marked as one where the whole note stands in a row: \text{as } p(x,y) = p(x)p(y)."""
    match = _REASON.fullmatch(note) if "$" not in note else None
    if match is None:
        return note
    formula = _REMARK.sub("", match["formula"])
    while formula.endswith(")") and formula.count(")") > formula.count("("):
        formula = formula[:-1]
    return f"{match['word']} ${formula.strip()}$"


def _ended(premise: Premise, at: int) -> Premise:
    mentioned, recalled = min(premise.mentioned_until, at), min(premise.recalled_until, at)
    return replace(premise, end=min(premise.end, at), mentioned_until=mentioned, recalled_until=recalled)


def _reach(found: Sequence[Sentence], number: int) -> int:
    """Where the sentences end that go on from one: "Then ...", "In this case ..."."""
    here = found[number]
    end = here.end
    for following in found[number + 1 :]:
        if following.start >= here.until or not _CONTINUES.match(following.text):
            break
        end = following.end
    return end


def _near(found: Sequence[Sentence], number: int, reach: int) -> int:
    """Where a display ends that stands directly behind a sentence."""
    following = found[number + 1] if number + 1 < len(found) else None
    return following.end if following is not None and following.text.startswith(DISPLAY) else reach


def _stated(sentence: Sentence, reach: int) -> Iterator[tuple[Premise, int]]:
    """What a sentence states in the phrases that are known, and what it hints at; no formula states it."""
    if _NEGATIVE.search(sentence.text):
        yield Premise(_quoted(sentence.text), sentence.line, sentence.start, reach, (), "", NEGATIVE), NOWHERE
    text = marked(sentence.text)
    doubtful = bool(_DOUBTFUL.search(text))
    said: list[tuple[int, int, str]] = []
    for phrase in phrases():
        for start, end, means in phrase.stated(text):
            if any(first <= start and end <= last for first, last, _ in said):
                continue
            said.append((start, end, phrase.name))
            trigger = _trigger(text, start)
            condition = trigger is not None and trigger["condition"] is not None
            denied = doubtful or bool(_DENIED.search(text[max(0, start - 60) : start]))
            until = sentence.start if denied else reach if condition else sentence.until
            if denied and _DENIED.search(text[max(0, start - 60) : start]):
                continue
            yield Premise(_quoted(text), sentence.line, sentence.start, until, means, "", phrase.name), NOWHERE
    if doubtful or text.startswith("#"):
        return
    for phrase in phrases():
        if any(name.partition("-")[0] == phrase.name for _, _, name in said):
            continue
        for pattern, unnamed in ((phrase.unnamed, True), (phrase.hints, False)):
            match = _elsewhere(pattern, text, said)
            if match is not None and not _DENIED.search(text[max(0, match.start() - 60) : match.start()]):
                hint = Premise(_quoted(text), sentence.line, sentence.start, reach, (), "", phrase.name, unnamed=unnamed)
                yield hint, NOWHERE
                break


def _elsewhere(pattern: re.Pattern[str] | None, text: str, said: Sequence[tuple[int, int, str]]) -> re.Match[str] | None:
    """The first match outside of what has been understood."""
    found = pattern.finditer(text) if pattern is not None else iter(())
    return next((match for match in found if not any(a < match.end() and match.start() < b for a, b, _ in said)), None)


def _by_formulas(sentence: Sentence, reach: int, note: bool = False) -> Iterator[tuple[Premise, int]]:
    """The formulas of a sentence, or of a note beside a row, that it assumes, and where they stand in the document.

    A sentence that says since H(Y|X) = 0 may claim it; a note beside a row gives it as the reason.
    """
    text = sentence.text
    doubtful = bool(_DOUBTFUL.search(text))
    for number, match in enumerate(_FORMULA.finditer(text)):
        formula = match[1].strip().rstrip(".,;")
        if not _RELATION.search(formula) or _NO_VALUE.search(formula):
            continue
        if _CHANCE.match(text, match.end()):
            continue
        trigger = _trigger(text, match.start())
        if trigger is None:
            continue
        reason = note and _VANISHES.search(formula)
        if _STATES.search(formula) and not reason and not _STRICT.match(trigger.group()):
            continue
        between = text[trigger.end() : match.start()]
        if not _assumes(between, trigger["condition"] is not None):
            continue
        until = sentence.start if doubtful else reach if trigger["condition"] else sentence.until
        at = sentence.formulas[number][0] if number < len(sentence.formulas) else sentence.start
        yield Premise(_quoted(text), sentence.line, sentence.start, until, (), formula, at=at), at


_LIST = re.compile(r"[A-Za-z\\]\w*\s*(?:=|\\sim)\s*(?:\\left\s*)?[(\[][^=]*,[^=]*[)\]]\s*[.,;]?")
_NUMBERS = re.compile(r"(?:\\[A-Za-z]+|[^A-Za-z])+")
_PROBABILITIES = re.compile(
    r"\b(?:probabilities|probability vector|distribution|pmf|law|masses)"
    r"(?: (?:given by|of|is|are|as|vector|respectively))*[:,]?\s*"
    r"\$(?P<list>[^$=]*,[^$=]*)\$"
)


def _data(source: Source, found: Sequence[Sentence]) -> Iterator[Premise]:
    """The masses of laws that displays list, p = (1/2, 1/4, 1/4), and sentences: with probabilities 1/2, 1/4, 1/4."""
    for sentence in found:
        for start in sentence.displays:
            end = next(last for first, last, _ in source.formulas if first == start)
            formula = " ".join(source.text[start:end].split())
            if _LIST.fullmatch(formula):
                words = f"${formula}$"
                yield Premise(words, sentence.line, start, sentence.until, (), formula.rstrip(".,;"), "", sentence.until, start)
        text = marked(sentence.text)
        match = _PROBABILITIES.search(text)
        names = re.findall(r"‹([A-Z])›", text[: match.start()]) if match else []
        if match and names and _NUMBERS.fullmatch(match["list"]):
            inside = re.sub(r"^\s*(?:\\left)?\s*[(\[]|(?:\\right)?\s*[)\]]\s*$", "", match["list"])
            formula = f"{names[-1]} = ({inside})"
            yield Premise(_quoted(text), sentence.line, sentence.start, sentence.until, (), formula, "", sentence.until)


def _led_in(sentence: Sentence, source: Source) -> Iterator[tuple[Premise, int]]:
    """The displays that a sentence assumes, and where they begin: "Suppose that [display]"."""
    ends = {start: end for start, end, _ in source.formulas}
    for match in _LED_IN.finditer(sentence.text):
        number = sentence.text.count(DISPLAY, 0, match.end()) - 1
        if number < len(sentence.displays):
            at = sentence.displays[number]
            formula = " ".join(source.text[at : ends[at]].split()).rstrip(".,;")
            yield (
                Premise(
                    _quoted(sentence.text), sentence.line, sentence.start, sentence.until, (), formula, "", sentence.until, at
                ),
                at,
            )


def _trigger(text: str, before: int) -> re.Match[str] | None:
    """The last word before a place that introduces an assumption."""
    outside = _FORMULA.sub(lambda match: " " * len(match.group()), text[:before])
    found = None
    for match in _TRIGGER.finditer(outside):
        found = match
    return found


def _assumes(between: str, condition: bool) -> bool:
    """Whether what stands between such a word and a formula leaves the formula assumed: "for p = 1/2, we get ..." does not."""
    rest = between[_end_of_leading(between) :]
    if DISPLAY in rest:
        return False
    bare = _FORMULA.sub(" ", rest)
    if _CLAIMS.search(bare) or len(bare.split()) > 6:
        return False
    formulas = list(_FORMULA.finditer(rest))
    if formulas and condition:
        # For q = p, H(p, q) = H(p): what follows the comma is claimed.
        return re.match(r"\s*,?\s*(?:and|und|et|y)\b", rest[formulas[-1].end() :]) is not None
    return True


def _end_of_leading(between: str) -> int:
    match = _LEADING.match(between)
    return match.end() if match else 0


def _quoted(text: str) -> str:
    plain = re.sub(r"[‹›]", "", text).replace(DISPLAY, "...")
    return plain if len(plain) <= WORDS_SHOWN else plain[: WORDS_SHOWN - 4].rsplit(" ", 1)[0] + " ..."
