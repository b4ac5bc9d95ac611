"""Writes terms in MathML Core, which browsers typeset by themselves: no script, no font, no network.

Precedence, brackets and the reach of logs and sums are those of every writer (`symkl.language.math_writer`). Widths are in
em, near enough to break lines by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from symkl.language.flow import pieces, rows
from symkl.language.math_writer import (
    ATOM,
    CLOSED,
    LINE,
    OPEN,
    MathWriter,
    Spelling,
    alternate,
    same_ranges,
    weight_of,
)
from symkl.language.names import GREEK, anatomy
from symkl.language.term import (
    Abs,
    Alphabet,
    Binder,
    Constant,
    Delta,
    E,
    Exp,
    Expectation,
    Extremum,
    Function,
    Integral,
    Label,
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Number,
    Optimum,
    Outcome,
    Outcomes,
    Pick,
    Power,
    Product,
    Quotient,
    RandomVariable,
    Range,
    Size,
    Sum,
    Symbol,
    Term,
    Value,
)

_RELATIONS = {"=": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "!=": "≠", ":=": "≔", "~=": "≈", "<=>": "⟺", "=>": "⟹"}
_ACCENTS = {"hat": "^", "tilde": "~", "bar": "‾"}
_HALF = Number(1).value / 2
_SCRIPT = 0.72
_THIN = '<mspace width="0.17em"></mspace>'


def operator(sign: str, attributes: str = "") -> str:
    """An operator, separator or bracket."""
    return f"<mo{attributes}>{escape(sign)}</mo>"


_FENCE = ' stretchy="false"'
_SIGNS = {name: operator(sign) for name, sign in _RELATIONS.items()}


class MathMLWriter(MathWriter):
    """Writes MathML Core."""

    plus, minus, dot = operator("+"), operator("−"), operator("⋅")
    relations = _SIGNS
    member = "<mo>∈</mo>"
    brackets = tuple(f"{row}<mo{fence}>{sign}" for row in ("", "<mrow>") for fence in ("", ' stretchy="false"') for sign in "([")
    gap = 0.0

    def math(self, term: Term) -> str:
        """A formula on one line."""
        return f"<math>{self.write(term)}</math>"

    def broken(self, term: Term, room: float, before: str = "") -> list[str]:
        """A formula behind a sign, in rows no wider than `room` em; later rows hang."""
        sign = Spelling(operator(_RELATIONS.get(before, before)) if before else "", ATOM, 1.4 if before else 0.0)
        later = room - 2.0
        first, *more = pieces(self, term, min(later, room - sign.width))
        found = rows(self, [first, *map(_continued, more)], room - sign.width, later)
        return [f"<math>{sign.text if k == 0 else ''}{row.text}</math>" for k, row in enumerate(found)]

    # Pieces

    def joined(self, found: Iterable[str | Spelling], strength: int) -> Spelling:
        """Pieces side by side in one row; a plain text is an operator."""
        texts: list[str] = []
        width, tall, busy, reach = 0.0, False, False, frozenset[str]()
        for piece in found:
            if isinstance(piece, str):
                text = _markup(piece)
                width, reach = width + (_width_of_sign(piece) if text else 0.0), frozenset()
            else:
                text = piece.text
                width, tall, busy, reach = width + piece.width, tall or piece.tall, busy or piece.busy, piece.reach
            if text:
                texts.append(text)
        body = texts[0] if len(texts) == 1 else f"<mrow>{''.join(texts)}</mrow>" if texts else ""
        return Spelling(body, strength, width, tall, busy, reach)

    def enclosed(self, pair: Sequence[str], inner: Spelling, strength: int = ATOM) -> Spelling:
        """A pair of delimiters around a spelling."""
        fence = "" if inner.tall else _FENCE
        found: list[str | Spelling] = [operator(pair[0], fence), replace(inner, reach=frozenset()), operator(pair[1], fence)]
        return self.joined(found, strength)

    def labelled(self, body: Spelling, term: Label) -> Spelling:
        """A brace below with its label."""
        under = self._label(term)
        # Chromium stretches the brace rightly only under a row that says its own style.
        shown = f'<mrow displaystyle="true">{body.text}</mrow>'
        text = f'<munder displaystyle="false"><munder>{shown}<mo>⏟</mo></munder>{_one(under)}</munder>'
        return Spelling(text, body.strength, max(body.width, _SCRIPT * under.width), True, body.busy)

    def _label(self, term: Label) -> Spelling:
        if term.claim is not None:
            return self.spell(term.claim)
        return Spelling(f"<mtext>{escape(term.text)}</mtext>", ATOM, 0.5 * len(term.text))

    def applied(self, word: Spelling, argument: Spelling, spaced: bool = False) -> Spelling:
        """An operator, and what it reaches over."""
        return self.joined([word, "" if argument.text.startswith(self.brackets) else _THIN, argument], OPEN)

    def runs_together(self, left: Term, text: str) -> bool:
        """Whether a factor would be read as a part of the number before it."""
        return text.startswith("<mn>")

    def space_between(self, left: Term, right: Term) -> str:
        """A thin space."""
        return _THIN

    def bracketed_pieces(self, found: Sequence[Spelling], square: bool) -> list[Spelling]:
        """Brackets of a fixed size, which may close on another line."""
        opening, closing = ("[", "]") if square else ("(", ")")
        return self.around_pieces(operator(opening, _FENCE), found, operator(closing, _FENCE))

    def labelled_pieces(self, found: Sequence[Spelling], term: Label) -> list[Spelling]:
        """The label below the last piece, since a brace cannot be broken."""
        if len(found) == 1:
            return [self.labelled(found[0], term)]
        *first, last = found
        under = f"<munder>{_one(last)}{_one(self._label(term))}</munder>"
        return [*first, replace(last, text=under)]

    # Names and masses

    def name(self, name: str) -> Spelling:
        """A name with its accents, subscripts and primes."""
        parts = anatomy(name)
        base = _word(parts.base)
        if parts.accent:
            base = f'<mover accent="true">{base}<mo>{_ACCENTS[parts.accent]}</mo></mover>'
        above = "<mo>*</mo>" if parts.star else f"<mo>{'′' * parts.primes}</mo>" if parts.primes else ""
        below = _row([text for k, word in enumerate(parts.subscripts) for text in (["<mo>,</mo>"] if k else []) + [_word(word)]])
        width = 0.55 * len(GREEK.get(parts.base, parts.base)) + 0.4 * sum(map(len, parts.subscripts)) + 0.3 * bool(above)
        return Spelling(_scripts(base, below, above), ATOM, width)

    def mass(self, marginal: Marginal, values: Sequence[Term]) -> Spelling:
        """A mass with its index below, or its values in brackets."""
        of, given = values[: len(marginal.of)], values[len(marginal.of) :]
        inside = self.listed(of)
        if given:
            inside = self.joined([inside, operator("|", _FENCE), self.listed(given)], LINE)
        letter = self.name(marginal.letter)
        if marginal.indexed:
            return Spelling(_scripts(letter.text, _one(inside)), ATOM, letter.width + _SCRIPT * inside.width)
        return replace(self.joined([letter, self.enclosed("()", inside)], ATOM), busy=False)

    # Heads

    def head(self, term: Term) -> Spelling:
        """Names, numbers, fractions, powers, measures and what else has a shape of its own."""
        match term:
            case Number():
                return self._number(term)
            case Symbol(name) | Value(name) | Constant(name) | Outcome(name) | RandomVariable(name) | Alphabet(name):
                return self.name(name)
            case Mass(marginal, values):
                return self.mass(marginal, values)
            case Law():
                return self.law(term)
            case Quotient(numerator, denominator):
                return self._fraction(self.group(numerator), self.group(denominator))
            case Power(base, exponent):
                return self._power(base, exponent)
            case Exp(argument):
                return replace(self.joined([self.exp_word(), self.enclosed("()", self.group(argument))], CLOSED), busy=True)
            case Abs(argument) | Size(argument):
                return self.enclosed("||", self.group(argument))
            case Delta():
                return self._below(_word("delta"), self.listed(term.args), ATOM, 0.5)
            case Outcomes(values):
                return self.enclosed("{}", self.listed(values))
            case Range(low, high):
                dots: list[str | Spelling] = [self.group(low), operator(","), operator("…"), operator(","), self.group(high)]
                return self.enclosed("{}", self.joined(dots, LINE))
            case Expectation():
                return self._expectation(term)
            case Measure():
                return self._measure(term)
            case Pick(kind, several):
                word = Spelling(f"<mi>{kind}</mi>", ATOM, 1.5)
                return self.joined([word, self.enclosed("()", self.listed(several))], ATOM)
            case Function(name, arguments):
                return self.joined([self.name(name), self.enclosed("()", self.listed(arguments))], ATOM)
            case _:
                raise TypeError(f"no MathML for {type(term).__name__}")

    def _number(self, term: Term) -> Spelling:
        text = term.written or str(term.identity)
        if "/" not in text:
            return Spelling(f"<mn>{text}</mn>", ATOM, 0.5 * len(text))
        above, below = (Spelling(f"<mn>{part}</mn>", ATOM, 0.5 * len(part)) for part in text.split("/"))
        return self._fraction(above, below)

    def _fraction(self, above: Spelling, below: Spelling) -> Spelling:
        text = f"<mfrac>{_one(above)}{_one(below)}</mfrac>"
        return Spelling(text, CLOSED, max(above.width, below.width) + 0.25, True, above.busy or below.busy)

    def _power(self, base: Term, exponent: Term) -> Spelling:
        if isinstance(exponent, Number) and exponent.value == _HALF and not exponent.written:
            root = self.group(base)
            return Spelling(f"<msqrt>{root.text}</msqrt>", CLOSED, root.width + 0.9, True, root.busy)
        under, above = self.spell(base, ATOM), self.group(exponent)
        width = under.width + _SCRIPT * above.width
        return Spelling(f"<msup>{_one(under)}{_one(above)}</msup>", CLOSED, width, under.tall, under.busy)

    def _expectation(self, term: Expectation) -> Spelling:
        names = self.joined(alternate([self.name(name) for name in term.names], ","), LINE)
        below = self.joined([names, operator("∼"), self.group(term.domains[0])], LINE)
        word = self._below("<mi>𝔼</mi>", below, ATOM, 0.7)
        return replace(self.joined([word, self.enclosed("[]", self.group(term.body))], CLOSED), busy=True)

    def _measure(self, term: Measure) -> Spelling:
        weight, separators, measured = weight_of(term)
        word = Spelling(f"<mi>{term.name}</mi>", ATOM, 0.7 * len(term.name))
        if weight is not None:
            word = self._below(word.text, self.group(weight), ATOM, word.width)
        found: list[str | Spelling] = [self.spell(measured[0])]
        for separator, argument in zip(separators, measured[1:], strict=True):
            found.append(
                {"||": operator("∥"), "|": operator("|", ' stretchy="false" lspace="0.2em" rspace="0.2em"')}.get(
                    separator, operator(separator)
                )
            )
            found.append(self.spell(argument))
        return replace(self.joined([word, self.enclosed("()", self.joined(found, LINE))], ATOM), busy=False)

    # Operators

    def log_word(self, term: Log) -> Spelling:
        """log, ln, or log with its base below."""
        if term.base == E:
            word = "ln" if term.written == "ln" or self.log_base != E else "log"
            return Spelling(f"<mi>{word}</mi>", ATOM, 0.5 * len(word))
        if term.base == self.log_base and not (isinstance(term.base, Number) and term.base.value in (2, 10)):
            return Spelling("<mi>log</mi>", ATOM, 1.4)
        return self._below("<mi>log</mi>", self.group(term.base), ATOM, 1.4)

    def exp_word(self) -> Spelling:
        """exp."""
        return Spelling("<mi>exp</mi>", ATOM, 1.5)

    def log_argument_strength(self, argument: Term) -> int:
        """A name, a mass, a fraction or a sum over an alphabet stands bare."""
        while isinstance(argument, Label):
            argument = argument.body
        return OPEN if isinstance(argument, Sum | Product) else CLOSED if isinstance(argument, Quotient | Number) else ATOM

    def derivative(self, variable: Term, order: int) -> Spelling:
        """∂/∂q as a fraction, with the order on both."""
        below = self.spell(variable, ATOM)
        raised = f"<mn>{order}</mn>" if order > 1 else ""
        text = f"<mfrac>{_scripts('<mo>∂</mo>', '', raised)}<mrow><mo>∂</mo>{_scripts(below.text, '', raised)}</mrow></mfrac>"
        return Spelling(text, OPEN, below.width + 0.8, tall=True)

    def extremum(self, term: Extremum | Optimum) -> Spelling:
        """The operator with its variable below."""
        return self._below(f"<mi>{term.kind}</mi>", self.varied(term), OPEN, 0.5 * len(term.kind), limits=True)

    def binder(self, term: Binder) -> Spelling:
        """The sign, with the names and their ranges below and above."""
        sign = {Sum: "∑", Product: "∏"}.get(type(term), "∫")
        names = [self.name(name) for name in term.names]
        shared = same_ranges(term)
        if shared is not None:
            below = self.joined([*alternate(names, ","), operator("="), self.group(shared.low)], LINE)
            above = self.group(shared.high)
            text = f"<munderover><mo>{sign}</mo>{_one(below)}{_one(above)}</munderover>"
            return Spelling(text, OPEN, max(1.4, _SCRIPT * max(below.width, above.width)), tall=True)
        bare = all(isinstance(d, Alphabet) and d.name == n.upper() for n, d in zip(term.names, term.domains, strict=True))
        if bare and isinstance(term, Integral):
            return Spelling("<mo>∫</mo>", OPEN, 1.0, tall=True)
        ranges = names if bare else [
            self.joined([name, operator("∈"), self.group(domain)], LINE) for name, domain in zip(names, term.domains, strict=True)
        ]  # fmt: skip
        return self._below(f"<mo>{sign}</mo>", self.joined(alternate(ranges, ","), LINE), OPEN, 1.4, limits=True, tall=True)

    def binder_end(self, term: Binder) -> list[str | Spelling]:
        """The differentials of an integral."""
        if not isinstance(term, Integral):
            return []
        return [self.joined([_THIN, "<mi>d</mi>", self.name(name)], ATOM) for name in term.names]

    def _below(
        self, word: str, below: Spelling, strength: int, width: float, limits: bool = False, tall: bool = False
    ) -> Spelling:
        tag = "munder" if limits else "msub"
        under = _SCRIPT * below.width
        text = f"<{tag}>{word}{_one(below)}</{tag}>"
        return Spelling(text, strength, max(width, under) if limits else width + under, tall=tall)


def _continued(piece: Spelling) -> Spelling:
    """A piece that goes on: its first sign stands between two terms."""
    text = re.sub(r"^((?:<mrow>)*)<mo>([+−])</mo>", r'\1<mo form="infix">\2</mo>', piece.text)
    return replace(piece, text=text)


def _markup(piece: str) -> str:
    text = piece.strip()
    return text if not text or text.startswith("<") else operator(text)


def _width_of_sign(piece: str) -> float:
    if piece == _THIN:
        return 0.17
    return 0.4 if any(f">{sign}<" in piece or piece == sign for sign in ("(", ")", "[", "]", ",", "|", "{", "}")) else 1.3


def _one(spelled: Spelling) -> str:
    """A spelling as one element, as scripts and fractions need it."""
    return spelled.text or "<mrow></mrow>"


def _row(found: Sequence[str]) -> str:
    return found[0] if len(found) == 1 else f"<mrow>{''.join(found)}</mrow>" if found else ""


def _scripts(base: str, below: str = "", above: str = "") -> str:
    if below and above:
        return f"<msubsup>{base}{below}{above}</msubsup>"
    if below:
        return f"<msub>{base}{below}</msub>"
    return f"<msup>{base}{above}</msup>" if above else base


def _word(text: str) -> str:
    return f"<mn>{text}</mn>" if text.isdigit() else f"<mi>{escape(GREEK.get(text, text))}</mi>"
