"""Writes terms as one line of Unicode mathematics, for a terminal: KL(P‖Q) = Σ_{i∈{H,T}} P(i) log(P(i)/Q(i)).

A label stands in angle brackets behind its body, [p log p]⟨Term 1⟩; a writer with `marks` puts invisible marks around both
instead, from which the terminal draws a brace under the line. Widths are columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from symkl.language.math_writer import (
    ATOM,
    CLOSED,
    LINE,
    OPEN,
    PRODUCT,
    MathWriter,
    Spelling,
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

BRACE_START, BRACE_TEXT, BRACE_END = "\ue000", "\ue001", "\ue002"
"""Around a labelled body and its label, in a text that braces are still to be drawn under."""

_SUBSCRIPTS = dict(zip("0123456789+-−aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SUPERSCRIPTS = dict(zip("0123456789+−ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", strict=True))
_ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304"}
_RELATIONS = {
    "=": "=",
    "<=": "≤",
    ">=": "≥",
    "<": "<",
    ">": ">",
    "!=": "≠",
    ":=": ":=",
    "~=": "≈",
    "propto": "∝",
    "<=>": "⇔",
    "=>": "⇒",
}
_HALF = Fraction(1, 2)
_BODY = "\ue003"


def columns(text: str) -> int:
    """How many columns of a terminal a text without marks takes."""
    return len(text) - sum(1 for character in text if "\u0300" <= character <= "\u036f" and unicodedata.combining(character))


class UnicodeWriter(MathWriter):
    """Writes one line of Unicode mathematics."""

    plus, minus, dot = "+", "−", "·"
    relations = _RELATIONS
    brackets = ("(", "[", f"{BRACE_START}(", f"{BRACE_START}[")
    gap = 1.0

    def __init__(self, log_base: Term = E, marks: bool = False) -> None:
        super().__init__(log_base)
        self.marks = marks

    # Pieces

    def joined(self, pieces: Iterable[str | Spelling], strength: int) -> Spelling:
        """Pieces side by side."""
        texts: list[str] = []
        width, busy, reach = 0.0, False, frozenset[str]()
        for piece in pieces:
            if isinstance(piece, str):
                texts.append(piece)
                width, reach = width + columns(piece), frozenset()
            else:
                texts.append(piece.text)
                width, busy, reach = width + piece.width, busy or piece.busy, piece.reach
        return Spelling("".join(texts), strength, width, False, busy, reach)

    def enclosed(self, pair: Sequence[str], inner: Spelling, strength: int = ATOM) -> Spelling:
        """A pair of delimiters around a spelling."""
        return replace(self.joined([pair[0], inner, pair[1]], strength), reach=frozenset())

    def labelled(self, body: Spelling, term: Label) -> Spelling:
        """The body with its label behind it, or with marks around both."""
        under = term.text if term.claim is None else UnicodeWriter(self.log_base).write(term.claim)
        if self.marks:
            text = f"{BRACE_START}{body.text}{BRACE_TEXT}{under}{BRACE_END}"
            return replace(body, text=text, width=max(body.width, columns(under)), reach=frozenset())
        return replace(self.joined([body, f"⟨{under}⟩"], body.strength), busy=body.busy)

    def applied(self, word: Spelling, argument: Spelling, spaced: bool = False) -> Spelling:
        """An operator, and a space where no bracket follows."""
        space = "" if argument.text.startswith(self.brackets) and not spaced else " "
        return self.joined([word, space, argument], OPEN)

    def space_between(self, left: Term, right: Term) -> str:
        """Nothing between a number and a name, a space between other factors."""
        if isinstance(right, Power):
            right = right.base
        return "" if isinstance(left, Number) and isinstance(right, Symbol | Value | Constant | Mass) else " "

    def bracketed_pieces(self, found: Sequence[Spelling], square: bool) -> list[Spelling]:
        """Brackets that open in the first piece and close in the last."""
        return self.around_pieces("[" if square else "(", found, "]" if square else ")")

    def labelled_pieces(self, found: Sequence[Spelling], term: Label) -> list[Spelling]:
        """The label, or the marks of one, in the first piece and the last."""
        if len(found) == 1:
            return [self.labelled(found[0], term)]
        opening, closing = self.labelled(Spelling(_BODY), term).text.split(_BODY)
        # A broken brace cannot be drawn, so the label stands behind the body in either spelling.
        return self.around_pieces(Spelling(opening), found, Spelling(closing, ATOM, columns(inline_labels(closing))))

    # Names and masses

    def name(self, name: str) -> Spelling:
        """A name with its accents, subscripts and primes."""
        parts = anatomy(name)
        base = GREEK.get(parts.base, parts.base) + _ACCENTS.get(parts.accent, "")
        words = [GREEK.get(word, word) for word in parts.subscripts]
        text = base + ("*" if parts.star else "") + _below(",".join(words)) + "′" * parts.primes
        return Spelling(text, ATOM, columns(text))

    def mass(self, marginal: Marginal, values: Sequence[Term]) -> Spelling:
        """A mass with its index below, or its values in brackets."""
        of, given = values[: len(marginal.of)], values[len(marginal.of) :]
        inside = self.listed(of)
        if given:
            inside = self.joined([inside, "|", self.listed(given)], LINE)
        letter = self.name(marginal.letter)
        if not marginal.indexed:
            return replace(self.joined([letter, self.enclosed("()", inside)], ATOM), busy=False)
        parts = anatomy(marginal.letter)
        text = letter.text if not parts.subscripts else f"({letter.text})"
        text += _below(inside.text)
        return Spelling(text, ATOM, columns(text))

    # Heads

    def head(self, term: Term) -> Spelling:
        """Names, numbers, fractions, powers, measures and what else has a shape of its own."""
        match term:
            case Number(value):
                text = term.written or str(value)
                return Spelling(text, PRODUCT if "/" in text else ATOM, len(text))
            case Symbol(name) | Value(name) | Constant(name) | Outcome(name) | RandomVariable(name) | Alphabet(name):
                return self.name(name)
            case Mass(marginal, values):
                return self.mass(marginal, values)
            case Law():
                return self.law(term)
            case Quotient(numerator, denominator):
                return self.joined([self.spell(numerator, CLOSED), "/", self.spell(denominator, CLOSED)], PRODUCT)
            case Power(base, exponent):
                return self._power(base, exponent)
            case Exp(argument):
                return replace(self.joined([self.exp_word(), self.enclosed("()", self.group(argument))], CLOSED), busy=True)
            case Abs(argument) | Size(argument):
                return self.enclosed("||", self.group(argument))
            case Delta():
                return self.joined([f"δ{_below(self.listed(term.args).text)}"], ATOM)
            case Outcomes(values):
                return self.enclosed("{}", self.listed(values))
            case Range(low, high):
                return self.enclosed("{}", self.joined([self.group(low), "..", self.group(high)], LINE))
            case Expectation(names, domains, body):
                below = self.joined([", ".join(self.name(n).text for n in names), "∼", self.group(domains[0])], LINE)
                operator = f"E{_braced(below.text)}"
                return replace(self.joined([operator, self.enclosed("[]", self.group(body))], CLOSED), busy=True)
            case Measure():
                return self._measure(term)
            case Pick(kind, several):
                return self.joined([kind, self.enclosed("()", self.listed(several, ", "))], ATOM)
            case Function(name, arguments):
                return self.joined([self.name(name), self.enclosed("()", self.listed(arguments, ", "))], ATOM)
            case _:
                raise TypeError(f"no Unicode spelling for {type(term).__name__}")

    def _power(self, base: Term, exponent: Term) -> Spelling:
        if isinstance(exponent, Number) and exponent.value == _HALF and not exponent.written:
            return self.joined(["√", self.spell(base, ATOM)], CLOSED)
        under, above = self.spell(base, ATOM), self.group(exponent)
        if all(character in _SUPERSCRIPTS for character in above.text):
            raised = "".join(_SUPERSCRIPTS[character] for character in above.text)
        else:
            raised = f"^{self.spell(exponent, ATOM).text}"
        return self.joined([under, raised], CLOSED)

    def _measure(self, term: Measure) -> Spelling:
        weight, separators, measured = weight_of(term)
        word = term.name if weight is None else term.name + _below(self.group(weight).text)
        pieces: list[str | Spelling] = [self.spell(measured[0])]
        for separator, argument in zip(separators, measured[1:], strict=True):
            pieces.append({"|": " | ", "||": "‖"}.get(separator, f"{separator} "))
            pieces.append(self.spell(argument))
        return replace(self.joined([word, self.enclosed("()", self.joined(pieces, LINE))], ATOM), busy=False)

    # Operators

    def log_word(self, term: Log) -> Spelling:
        """log, ln, or log with its base below."""
        if term.base == E:
            word = "ln" if term.written == "ln" or self.log_base != E else "log"
        elif term.base == self.log_base and not (isinstance(term.base, Number) and term.base.value in (2, 10)):
            word = "log"
        else:
            word = "log" + _below(self.group(term.base).text)
        return Spelling(word, ATOM, columns(word))

    def exp_word(self) -> Spelling:
        """exp."""
        return Spelling("exp", ATOM, 3)

    def log_argument_strength(self, argument: Term) -> int:
        """A name, a mass or a sum over an alphabet stands bare."""
        return OPEN if isinstance(argument, Sum | Product) else ATOM

    def derivative(self, variable: Term, order: int) -> Spelling:
        """∂/∂q, with the order on both."""
        raised = "" if order == 1 else "".join(_SUPERSCRIPTS[digit] for digit in str(order))
        text = f"∂{raised}/∂{self.spell(variable, ATOM).text}{raised}"
        return Spelling(text, OPEN, columns(text))

    def extremum(self, term: Extremum | Optimum) -> Spelling:
        """argmin_q."""
        varied = self.varied(term)
        text = f"{term.kind}_{varied.text}" if isinstance(term, Extremum) else f"{term.kind}_{{{varied.text}}}"
        return Spelling(text, OPEN, columns(text))

    def binder(self, term: Binder) -> Spelling:
        """The sign, and below it the names with their ranges."""
        sign = {Sum: "Σ", Product: "Π"}.get(type(term), "∫")
        names = [self.name(name).text for name in term.names]
        shared = same_ranges(term)
        bare = all(isinstance(d, Alphabet) and d.name == n.upper() for n, d in zip(term.names, term.domains, strict=True))
        if bare:
            below = "" if isinstance(term, Integral) else ",".join(names)
        elif shared is not None:
            below = f"{','.join(names)}={self.group(shared.low).text}..{self.group(shared.high).text}"
        else:
            below = ", ".join(f"{n}∈{self.group(d).text}" for n, d in zip(names, term.domains, strict=True))
        text = f"{sign}{_braced(below)} "
        return Spelling(text, OPEN, columns(text))

    def binder_end(self, term: Binder) -> list[str | Spelling]:
        """The differentials of an integral."""
        return [f" d{self.name(name).text}" for name in term.names] if isinstance(term, Integral) else []


def inline_labels(text: str) -> str:
    """A text with marks, its labels in angle brackets instead."""
    return text.replace(BRACE_START, "").replace(BRACE_TEXT, "⟨").replace(BRACE_END, "⟩")


def _below(text: str) -> str:
    """A subscript: in small characters where Unicode has all of them."""
    if text and all(character in _SUBSCRIPTS for character in text):
        return "".join(_SUBSCRIPTS[character] for character in text)
    return _braced(text)


def _braced(text: str) -> str:
    if not text:
        return ""
    return f"_{text}" if len(text) == 1 else f"_{{{text}}}"
