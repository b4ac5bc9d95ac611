"""Writes terms in LaTeX, precedence and brackets as a textbook sets them, so that reading gives the same tree back.

Brackets stretch only around what is higher than a line. A fraction of two integers in lowest terms is one number; a
quotient of the same integers has its denominator in braces, `\\frac{1}{{2}}`, which looks the same. Widths are in em of
the displayed formula, near enough to break lines by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import gcd

from symkl.language.latex_names import LatexName, escaped, latex_name, script
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
from symkl.language.names import anatomy
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

_HALF = Fraction(1, 2)
_PIECE = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_WIDTHS = {
    **dict.fromkeys(" _^{}\\'", 0.0),
    **dict.fromkeys("+-", 1.22),
    **dict.fromkeys("=<>", 1.33),
    **dict.fromkeys("()|", 0.39),
    **dict.fromkeys("[]", 0.28),
    **dict.fromkeys(",;", 0.45),
    r"\log": 1.47, r"\ln": 1.0, r"\exp": 1.6, r"\,": 0.17, r"\mid": 0.83, r"\|": 0.5, r"\cdot": 0.72, r"\sim": 1.33,
    r"\le": 1.33, r"\ge": 1.33, r"\ne": 1.33, r"\approx": 1.33, r"\in": 1.2, r"\ldots": 1.3, r"\left": 0.1, r"\right": 0.1,
    r"\mathrm": 0.0, r"\text": 0.0, r"\mathcal": 0.1, r"\mathbb": 0.1, r"\mathsf": 0.0, r"\hat": 0.0, r"\bar": 0.0,
    r"\tilde": 0.0, r"\operatorname": 0.2, r"\min": 1.9, r"\max": 2.0, r"\lvert": 0.28, r"\rvert": 0.28, r"\{": 0.5, r"\}": 0.5,
}  # fmt: skip
_SCRIPT = 0.72
_RELATIONS = {
    "=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "!=": r"\ne", ":=": ":=", "~=": r"\approx",
    "propto": r"\propto", "<=>": r"\iff", "=>": r"\implies",
}  # fmt: skip


def write_latex(term: Term, log_base: Term = E) -> str:
    """The LaTeX of a term, for a scope whose bare log has the base `log_base`."""
    return LatexWriter(log_base).write(term)


def latex_width(text: str) -> float:
    """About how wide a line without fractions and scripts is set, in em."""
    return sum(_WIDTHS.get(piece, 0.78 if piece.isupper() else 0.53) for piece in _PIECE.findall(text))


_WORDS = {"KL": r"\mathrm{KL}", "JS": r"\operatorname{JS}"}
_HIGH = re.compile(r"\\(?:sum|prod|int|frac)(?![a-zA-Z])")
"""What stands higher in a display than the smallest of the large brackets."""


class LatexWriter(MathWriter):
    """Writes LaTeX for amsmath, MathJax and KaTeX."""

    plus, minus, dot = "+", "-", r" \cdot "
    relations = _RELATIONS
    member = r" \in "
    brackets = ("(", "[", r"\left(", r"\left[", r"\underbrace{(", r"\underbrace{[")
    gap = 0.0

    # Pieces

    def joined(self, pieces: Iterable[str | Spelling], strength: int) -> Spelling:
        """Pieces side by side; a letter keeps its distance from a command or a letter, since a run of letters is a word."""
        texts: list[str] = []
        width, tall, busy, reach, apart = 0.0, False, False, frozenset[str](), False
        for piece in pieces:
            text = piece if isinstance(piece, str) else piece.text
            if isinstance(piece, str):
                width, reach = width + latex_width(piece), frozenset()
            else:
                width, tall, busy, reach = width + piece.width, tall or piece.tall, busy or piece.busy, piece.reach
            if not text:
                continue
            texts.append(f" {text}" if apart and text[0].isalpha() else text)
            apart = text[-1].isalpha()
        return Spelling("".join(texts), strength, width, tall, busy, reach)

    def enclosed(self, pair: Sequence[str], inner: Spelling, strength: int = ATOM) -> Spelling:
        """A pair of delimiters around a spelling."""
        opening, closing = pair
        if inner.tall:
            opening, closing = rf"\left{opening}", rf" \right{closing}" if inner.text.endswith("\\") else rf"\right{closing}"
        return replace(self.joined([opening, replace(inner, reach=frozenset()), closing], strength), tall=inner.tall)

    def labelled(self, body: Spelling, term: Label) -> Spelling:
        """An underbrace."""
        under = self.label(term)
        text = rf"\underbrace{{{body.text}}}_{{{under.text}}}"
        return Spelling(text, body.strength, max(body.width, _SCRIPT * under.width), True, body.busy)

    def label(self, term: Label) -> Spelling:
        """What stands under the brace."""
        if term.claim is not None:
            return self.spell(term.claim)
        return Spelling(rf"\text{{{escaped(term.text)}}}", ATOM, latex_width(term.text))

    def applied(self, word: Spelling, argument: Spelling, spaced: bool = False) -> Spelling:
        """An operator before what it reaches over."""
        bare = not argument.text.startswith(("\\", *self.brackets))
        # The 0 of \log_2 0 is no second digit of the base.
        return self.joined([word, " " if bare and (spaced or argument.text[:1].isalnum()) else "", argument], OPEN)

    def space_between(self, left: Term, right: Term) -> str:
        """Nothing: LaTeX spaces products itself."""
        return ""

    def bracketed_pieces(self, found: Sequence[Spelling], square: bool) -> list[Spelling]:
        """Brackets of a fixed size, which may close on another line."""
        pair = ("[", "]") if square else ("(", ")")
        size = "bigg" if any(_HIGH.search(piece.text) for piece in found) else "big"
        tall = any(piece.tall for piece in found)
        opening, closing = (rf"\{size}l{pair[0]}", rf"\{size}r{pair[1]}") if tall else pair
        return self.around_pieces(opening, found, closing)

    def labelled_pieces(self, found: Sequence[Spelling], term: Label) -> list[Spelling]:
        """The label below the closing bracket, since a brace cannot be broken."""
        if len(found) == 1:
            return [self.labelled(found[0], term)]
        under = self.label(term)
        return self.around_pieces("", found, Spelling(f"_{{{under.text}}}", ATOM, _SCRIPT * under.width))

    def runs_together(self, left: Term, text: str) -> bool:
        """Whether a number and a fraction of numbers would look like a mixed number."""
        return isinstance(left, Number) and re.match(r"\\frac\{\d", text) is not None

    # Names and masses

    def name(self, name: str) -> Spelling:
        """A name with its accents, subscripts and primes."""
        return self._named(latex_name(name))

    def _named(self, name: LatexName) -> Spelling:
        below = latex_width(name.below) * _SCRIPT
        return Spelling(name.text, ATOM, latex_width(name.base) + max(below, 0.3 * len(name.above.lstrip("^"))))

    def mass(self, marginal: Marginal, values: Sequence[Term]) -> Spelling:
        """A mass with its index below, or its values in brackets."""
        of, given = values[: len(marginal.of)], values[len(marginal.of) :]
        inside = self.listed(of)
        if given:
            inside = self.joined([inside, r" \mid ", self.listed(given)], LINE)
        letter = latex_name(marginal.letter)
        if marginal.indexed:
            width = self._named(letter).width + _SCRIPT * inside.width
            return Spelling(letter.with_index(inside.text), ATOM, width)
        return replace(self.joined([self._named(letter), self.enclosed("()", inside)], ATOM), busy=False)

    # Heads

    def head(self, term: Term) -> Spelling:
        """Names, numbers, fractions, powers, measures and what else has a shape of its own."""
        match term:
            case Number(value):
                return self._number(term, value)
            case Symbol(name) | Value(name) | Constant(name) | Outcome(name) | RandomVariable(name):
                return self.name(name)
            case Mass(marginal, values):
                return self.mass(marginal, values)
            case Law():
                return self.law(term)
            case Quotient(numerator, denominator):
                return self._quotient(numerator, denominator)
            case Power(base, exponent):
                return self._power(base, exponent)
            case Exp(argument):
                inner = self.enclosed("()", self.group(argument))
                return replace(self.joined([self.exp_word(), inner], CLOSED), busy=True)
            case Abs(argument) | Size(argument):
                return self.enclosed((r"\lvert", r"\rvert"), self.group(argument))
            case Delta():
                return self._with_index(r"\delta", self.listed(term.args))
            case Alphabet(name):
                return self._alphabet(name)
            case Outcomes(values):
                return self.enclosed((r"\{", r"\}"), self.listed(values))
            case Range(low, high):
                return self.enclosed((r"\{", r"\}"), self.joined([self.group(low), r",\ldots,", self.group(high)], LINE))
            case Expectation():
                return self._expectation(term)
            case Measure():
                return self._measure(term)
            case Pick(kind, several):
                return self.joined([rf"\{kind}", self.enclosed("()", self.listed(several, ", "))], ATOM)
            case Function(name, arguments):
                return self.joined([self.name(name), self.enclosed("()", self.listed(arguments, ", "))], ATOM)
            case _:
                raise TypeError(f"no LaTeX for {type(term).__name__}")

    def _number(self, term: Term, value: Fraction) -> Spelling:
        if value.denominator == 1 or "." in term.written:
            text = term.written or str(value)
            return Spelling(text, ATOM, latex_width(text))
        above, below = map(str, value.as_integer_ratio())
        width = max(latex_width(above), latex_width(below)) + 0.25
        return Spelling(rf"\frac{{{above}}}{{{below}}}", CLOSED, width, tall=True)

    def _quotient(self, numerator: Term, denominator: Term) -> Spelling:
        above, below = self.group(numerator), self.group(denominator)
        under = below.text
        # A fraction of two integers in lowest terms is read as one number.
        if above.text.isdigit() and under.isdigit() and int(under) > 1 and gcd(int(above.text), int(under)) == 1:
            under = f"{{{under}}}"
        width = max(above.width, below.width) + 0.25
        return Spelling(rf"\frac{{{above.text}}}{{{under}}}", CLOSED, width, True, above.busy or below.busy)

    def _power(self, base: Term, exponent: Term) -> Spelling:
        if isinstance(exponent, Number) and exponent.value == _HALF and not exponent.written:
            root = self.group(base)
            return replace(root, text=rf"\sqrt{{{root.text}}}", strength=CLOSED, width=root.width + 0.9, reach=frozenset())
        under, above = self.spell(base, ATOM), self.group(exponent)
        text = under.text
        if isinstance(base, Label) or text.endswith("^*"):
            text = f"{{{text}}}"
        raised = Spelling("", ATOM, _SCRIPT * above.width)
        return replace(self.joined([replace(under, text=text + script("^", above.text)), raised], CLOSED), busy=under.busy)

    def _alphabet(self, name: str) -> Spelling:
        base = anatomy(name).base
        if len(base) == 1 and base.isascii() and base.isupper():
            written = latex_name(name)
            return self._named(replace(written, base=rf"\mathcal{{{base}}}"))
        return Spelling(rf"\mathsf{{{escaped(name)}}}", ATOM, latex_width(name))

    def _with_index(self, word: str, below: Spelling, strength: int = ATOM, limits: bool = False) -> Spelling:
        width, under = latex_width(word), _SCRIPT * below.width
        return Spelling(word + script("_", below.text), strength, max(width, under) if limits else width + under)

    # Logs and operators

    def log_word(self, term: Log) -> Spelling:
        """\\log, \\ln or \\log with a base."""
        base = term.base
        if base == E:
            word = r"\ln" if term.written == "ln" or self.log_base != E else r"\log"
            return Spelling(word, ATOM, latex_width(word))
        if base == self.log_base and not (isinstance(base, Number) and base.value in (2, 10)):
            return Spelling(r"\log", ATOM, latex_width(r"\log"))
        return self._with_index(r"\log", self.group(base))

    def exp_word(self) -> Spelling:
        """\\exp."""
        return Spelling(r"\exp", ATOM, 1.45)

    def log_argument_strength(self, argument: Term) -> int:
        """A name, a mass, a fraction, a power of a name or a sum over an alphabet stands bare."""
        while isinstance(argument, Label):
            argument = argument.body
        match argument:
            case Sum() | Product():
                return OPEN
            case Quotient() | Number() | Power(Symbol() | Value() | Constant() | Mass() | Number(), _):
                return CLOSED
            case _:
                return ATOM

    def derivative(self, variable: Term, order: int) -> Spelling:
        r"""\frac{\partial}{\partial q}, with the order on both."""
        below = self.spell(variable, ATOM)
        raised = "" if order == 1 else script("^", str(order))
        under = f"{{{below.text}}}" if raised and below.text.endswith("^*") else below.text
        bottom = self.joined([r"\partial", Spelling(under + raised, ATOM, below.width)], ATOM)
        return Spelling(rf"\frac{{\partial{raised}}}{{{bottom.text}}}", OPEN, bottom.width + 0.25, tall=True)

    def extremum(self, term: Extremum | Optimum) -> Spelling:
        """The operator with its variable below."""
        word = rf"\{term.kind}" if term.kind in ("min", "max") else rf"\operatorname*{{{term.kind}}}"
        return self._with_index(word, self.varied(term), OPEN, limits=True)

    # Binders

    def binder(self, term: Binder) -> Spelling:
        """The sign with the names below it, and a range of integers around it."""
        word = {Sum: r"\sum", Product: r"\prod"}.get(type(term), r"\int")
        names = [self.name(name) for name in term.names]
        shared = same_ranges(term)
        if shared is not None:
            below = self.joined([*alternate(names, ","), "=", self.group(shared.low)], LINE)
            above = self.group(shared.high)
            text = f"{word}_{{{below.text}}}^{{{above.text}}} "
            return Spelling(text, OPEN, max(1.7, _SCRIPT * max(below.width, above.width)), tall=True)
        bare = [isinstance(d, Alphabet) and d.name == n.upper() for n, d in zip(term.names, term.domains, strict=True)]
        if all(bare):
            if isinstance(term, Integral):
                return Spelling(f"{word} ", OPEN, 1.2, tall=True)
            below = self.joined(alternate(names, ","), LINE)
        else:
            ranges = [self.joined([n, r" \in ", self.group(d)], LINE) for n, d in zip(names, term.domains, strict=True)]
            below = self.joined(alternate(ranges, ", "), LINE)
        return Spelling(f"{word}_{{{below.text}}} ", OPEN, max(1.7, _SCRIPT * below.width), tall=True)

    def binder_end(self, term: Binder) -> list[str | Spelling]:
        """The differentials of an integral."""
        if not isinstance(term, Integral):
            return []
        names = [self.name(name) for name in term.names]
        return [replace(name, text=rf"\,d{name.text}", width=name.width + 0.7) for name in names]

    def _expectation(self, term: Expectation) -> Spelling:
        names = self.joined(alternate([self.name(name) for name in term.names], ", "), LINE)
        below = self.joined([names, r" \sim ", self.group(term.domains[0])], LINE)
        operator = self._with_index(r"\mathbb{E}", below)
        body = self.enclosed("[]", self.group(term.body))
        return replace(self.joined([operator, body], CLOSED), busy=True)

    def _measure(self, term: Measure) -> Spelling:
        weight, separators, measured = weight_of(term)
        word = Spelling(_WORDS.get(term.name, term.name), ATOM, latex_width(term.name))
        if weight is not None:
            word = self._with_index(word.text, self.group(weight))
        pieces: list[str | Spelling] = [self.spell(measured[0])]
        for separator, argument in zip(separators, measured[1:], strict=True):
            pieces.append({"|": r" \mid ", "||": r" \| "}.get(separator, f"{separator} "))
            pieces.append(self.spell(argument))
        inside = self.joined(pieces, LINE)
        return replace(self.joined([word, self.enclosed("()", inside)], ATOM), busy=False)
