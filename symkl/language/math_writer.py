"""What every mathematical spelling has in common: precedence, brackets, signs, the reach of logs and sums.

A term is spelled at a strength, from a line of its own down to the base of a power, and gets brackets where it is
weaker than its place asks: round ones, and square ones around a sum that itself holds a log or a bracket. A log or a
sum that is followed by another factor gets brackets as well, so that a reader never has to guess how far it reaches.

`LatexWriter` and `UnicodeWriter` say how each head looks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from symkl.language.names import GREEK, anatomy
from symkl.language.term import (
    Binder,
    Constant,
    Derivative,
    E,
    Extremum,
    Integral,
    Label,
    Law,
    Log,
    Marginal,
    Measure,
    Negation,
    Number,
    Optimum,
    Plus,
    Product,
    Range,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
)

LINE, SUM, PRODUCT, OPEN, CLOSED, ATOM = range(6)
"""How tightly a spelling holds together.

LINE: a relation, and the place of a whole line. SUM: a sum or a sign. PRODUCT: factors side by side. OPEN: a log, a sum
over an alphabet, an operator, which reach over what follows. CLOSED: what nothing can reach into. ATOM: what a power
can stand on.
"""

_WHOLE_SUM = "+"
"""Stands among the names in reach of an operator that a whole sum would be taken into."""
_CONNECTIVES = {"<=>", "=>"}
_APPLIED = frozenset("HhIEDd")
"""Single letters that a bracket behind them would turn into a measure or an expectation."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelled term: `width` in the writer's unit, `tall` where it is higher than a line, `busy` where it holds a log
    or a bracket, `reach` the bound names of a binder that is open at its end."""

    text: str
    strength: int = ATOM
    width: float = 0
    tall: bool = False
    busy: bool = False
    reach: frozenset[str] = frozenset()


class MathWriter(ABC):
    """Spells terms; `log_base` is the base of a log without one."""

    plus: str
    minus: str
    dot: str
    relations: dict[str, str]
    member: str = "∈"
    brackets: tuple[str, ...] = ("(", "[")
    """How an opening bracket begins."""

    def __init__(self, log_base: Term = E) -> None:
        self.log_base = log_base
        self._known: dict[tuple[int, bool], tuple[Term, Spelling]] = {}

    def write(self, term: Term) -> str:
        """The text of a term on a line of its own."""
        return self.spell(term).text

    def spell(self, term: Term, needed: int = LINE) -> Spelling:
        """The spelling of a term, in brackets where it is weaker than `needed`."""
        if isinstance(term, Label):
            return self.labelled(self.spell(term.body, needed), term)
        spelled = self.spelled(term, needed)
        return spelled if spelled.strength >= needed else self.bracketed(spelled, square_around(term, spelled))

    def spelled(self, term: Term, needed: int = LINE) -> Spelling:
        """The spelling of a term without brackets around it; the lines of a derivation share most of their terms."""
        tight = needed > LINE
        known = self._known.get((id(term), tight))
        if known is None:
            # The term is kept as well, so that its id stays its own.
            known = self._known[id(term), tight] = term, self._written(term, tight)
        return known[1]

    def _written(self, term: Term, tight: bool) -> Spelling:
        match term:
            case Plus():
                return self._sum(term, tight)
            case Negation(inner):
                return self.joined([self.minus, self.spell(inner, PRODUCT)], SUM)
            case Times(factors):
                return self._product(factors)
            case Relation():
                return self.joined(self.sides(term), LINE)
            case Log(argument, _):
                spelled = self.spell(argument, self.log_argument_strength(argument))
                return replace(self.applied(self.log_word(term), spelled), busy=True)
            case Integral() | Sum() | Product():
                return self._binder(term)
            case Derivative():
                body, order = derivative_order(term)
                return self.applied(self.derivative(term.variable, order), self.spell(body, OPEN), spaced=True)
            case Extremum() | Optimum():
                spelled = self.spell(term.body, OPEN)
                varied = {term.name} if isinstance(term, Extremum) else set()
                reach = spelled.reach.union(varied, (_WHOLE_SUM,))
                return replace(self.applied(self.extremum(term), spelled, spaced=True), reach=reach)
            case _:
                return self.head(term)

    # Sums and products

    def addends(self, term: Plus) -> list[tuple[bool, Spelling, Term, int]]:
        """The terms of a sum: whether negative, the spelling without the sign, the term, the strength its place asks."""
        found = []
        for addend in term.args:
            negative = isinstance(addend, Negation)
            operand = addend.argument if isinstance(addend, Negation) else addend
            found.append((negative, self.spell(operand, PRODUCT), operand, PRODUCT))
        if any(spelled.reach for _, spelled, _, _ in found):
            self._close_leaks(found)
        return found

    def _close_leaks(self, found: list[tuple[bool, Spelling, Term, int]]) -> None:
        # A later term that mentions the bound name of an open sum would be taken for a part of it; a minimum takes any.
        later: set[str] = set()
        for k in range(len(found) - 1, -1, -1):
            negative, spelled, operand, _ = found[k]
            if spelled.reach & later:
                found[k] = (negative, self.spell(operand, CLOSED), operand, CLOSED)
            later |= free_names(operand) | {_WHOLE_SUM}

    def _sum(self, term: Plus, tight: bool) -> Spelling:
        addends = self.addends(term)
        tight = tight and not any(spelled.busy or set(" ([") & set(spelled.text) for _, spelled, _, _ in addends)
        pieces: list[str | Spelling] = []
        for k, (negative, spelled, _, _) in enumerate(addends):
            sign = self.minus if negative else self.plus
            if k:
                pieces.append(sign if tight else f" {sign} ")
            elif negative:
                pieces.append(sign)
            pieces.append(spelled)
        return self.joined(pieces, SUM)

    def _product(self, factors: Sequence[Term]) -> Spelling:
        spelled = [self.spell(factor, CLOSED) for factor in factors[:-1]]
        spelled.append(self.spell(factors[-1], OPEN))
        pieces: list[str | Spelling] = []
        for k, right in enumerate(spelled):
            if k:
                pieces.append(self.between(factors[k - 1], factors[k], right.text))
            pieces.append(right)
        return self.joined(pieces, PRODUCT)

    def between(self, left: Term, right: Term, text: str) -> str:
        """What stands between two factors, of which the right one is spelled `text`: nothing where that reads rightly."""
        before_bracket = text.startswith(self.brackets)
        match left:
            case Symbol(name) | Value(name) | Constant(name):
                taken = name == "d" or (before_bracket and (name in _APPLIED or _is_word(name)))
            case Law():
                taken = before_bracket
            case _:
                taken = False
        if taken or text[:1].isdigit() or isinstance(right, Number) or self.runs_together(left, text):
            return self.dot
        return "" if before_bracket else self.space_between(left, right)

    # Lists

    def group(self, term: Term) -> Spelling:
        """A term between delimiters of its own."""
        return self.spell(term, SUM)

    def listed(self, terms: Iterable[Term], separator: str = ",") -> Spelling:
        """Terms with commas between them."""
        return self.joined(alternate([self.group(term) for term in terms], separator), LINE)

    def around_pieces(self, opening: str | Spelling, found: Sequence[Spelling], closing: str | Spelling) -> list[Spelling]:
        """Something before the first piece, and something behind the last."""
        if len(found) == 1:
            return [self.joined([opening, found[0], closing], ATOM)]
        return [self.joined([opening, found[0]], ATOM), *found[1:-1], self.joined([found[-1], closing], ATOM)]

    # Relations and binders

    def sides(self, term: Relation) -> list[str | Spelling]:
        """The sides of a chain with its relations between them."""
        # Of statements inside a relation only those that a connective joins are plain without brackets.
        inner = LINE if set(term.operators) <= _CONNECTIVES else SUM
        spelled = [self.spell(side, inner if isinstance(side, Relation) else LINE) for side in term.args]
        pieces: list[str | Spelling] = [spelled[0]]
        for operator, side in zip(term.operators, spelled[1:], strict=True):
            pieces.extend((f" {self.relations[operator]} ", side))
        return pieces

    def _binder(self, term: Binder) -> Spelling:
        body = self.spell(term.body, body_strength(term))
        pieces = [self.binder(term), body, *self.binder_end(term)]
        reach = frozenset() if isinstance(term, Integral) else body.reach.union(term.names)
        return replace(self.joined(pieces, OPEN), busy=body.busy, reach=reach)

    # Laws and masses

    def law(self, term: Law) -> Spelling:
        """A law by its name, or a joint or conditional one by its letter and values."""
        marginal = term.marginal
        if not marginal.given and len(marginal.of) == 1 and (marginal.of == ("",) or marginal.law != marginal.letter):
            return self.name(marginal.law)
        given = [*term.args] or [Value(name.lower()) for name in marginal.given]
        return self.mass(marginal, [*(Value(name.lower()) for name in marginal.of), *given])

    # What a dialect says

    @abstractmethod
    def head(self, term: Term) -> Spelling:
        """Every head that is not spelled here: names, numbers, fractions, powers, measures, ..."""

    @abstractmethod
    def name(self, name: str) -> Spelling:
        """A name."""

    @abstractmethod
    def mass(self, marginal: Marginal, values: Sequence[Term]) -> Spelling:
        """A mass at values."""

    @abstractmethod
    def joined(self, pieces: Iterable[str | Spelling], strength: int) -> Spelling:
        """Pieces side by side."""

    @abstractmethod
    def enclosed(self, pair: Sequence[str], inner: Spelling, strength: int = ATOM) -> Spelling:
        """A pair of delimiters around a spelling."""

    def bracketed(self, inner: Spelling, square: bool = False) -> Spelling:
        """Brackets around a spelling."""
        return replace(self.enclosed("[]" if square else "()", inner), busy=True)

    @abstractmethod
    def labelled(self, body: Spelling, term: Label) -> Spelling:
        """A body with its label."""

    @abstractmethod
    def applied(self, word: Spelling, argument: Spelling, spaced: bool = False) -> Spelling:
        """An operator and what it reaches over."""

    @abstractmethod
    def log_word(self, term: Log) -> Spelling:
        """The word log, with its base where it needs one."""

    @abstractmethod
    def log_argument_strength(self, argument: Term) -> int:
        """How strong the argument of a log must be to stand without brackets."""

    @abstractmethod
    def derivative(self, variable: Term, order: int) -> Spelling:
        """The operator of a derivative."""

    @abstractmethod
    def extremum(self, term: Extremum | Optimum) -> Spelling:
        """The operator of an extremum."""

    def varied(self, term: Extremum | Optimum) -> Spelling:
        """What stands below an extremum: the symbol, or the laws, their set and the conditions on them."""
        if isinstance(term, Extremum):
            return self.name(term.name)
        pieces: list[str | Spelling] = [*alternate([self.spell(law) for law in term.laws], ",")]
        if term.within:
            pieces += [self.member, self.name(term.within)]
        if term.conditions:
            pieces += [":", *alternate([self.spell(condition) for condition in term.conditions], ",")]
        return self.joined(pieces, LINE)

    @abstractmethod
    def binder(self, term: Binder) -> Spelling:
        """The sign of a sum, product or integral, with its range."""

    @abstractmethod
    def binder_end(self, term: Binder) -> list[str | Spelling]:
        """What closes a binder: the differentials of an integral."""

    @abstractmethod
    def space_between(self, left: Term, right: Term) -> str:
        """What stands between two factors that need no sign."""

    @abstractmethod
    def exp_word(self) -> Spelling:
        """The word exp."""

    # Formulas over several lines (`symkl.language.flow`)

    gap: float
    """How much room stands between two pieces of one line."""

    @abstractmethod
    def bracketed_pieces(self, found: Sequence[Spelling], square: bool) -> list[Spelling]:
        """Brackets that open in the first piece and close in the last."""

    @abstractmethod
    def labelled_pieces(self, found: Sequence[Spelling], term: Label) -> list[Spelling]:
        """A labelled body in pieces."""

    def runs_together(self, left: Term, text: str) -> bool:
        """Whether a factor spelled `text` would be read as one number with the number before it."""
        return False


def alternate(pieces: Iterable[Spelling], separator: str) -> list[str | Spelling]:
    """Pieces with a separator between each two."""
    found: list[str | Spelling] = []
    for piece in pieces:
        found.extend([separator, piece] if found else [piece])
    return found


def _is_word(name: str) -> bool:
    base = anatomy(name).base
    return len(base) > 1 and base not in GREEK


def square_around(term: Term, spelled: Spelling) -> bool:
    """Whether the brackets of a term are square: those of a sum that holds a log or a bracket."""
    return isinstance(term, Plus) and spelled.busy


def body_strength(term: Binder) -> int:
    """How strong the body of a sum must be to stand without brackets; a single minus is plain enough."""
    return SUM if isinstance(term.body, Negation) else PRODUCT


def derivative_order(term: Derivative) -> tuple[Term, int]:
    """What is differentiated, and how often by the same variable."""
    body, order = term.body, 1
    while isinstance(body, Derivative) and body.variable == term.variable:
        body, order = body.body, order + 1
    return body, order


def same_ranges(term: Binder) -> Range | None:
    """The range of integers that every name of a binder goes over, if there is one."""
    first = term.domains[0]
    return first if isinstance(first, Range) and all(domain == first for domain in term.domains) else None


def weight_of(term: Measure) -> tuple[Term | None, tuple[str, ...], tuple[Term, ...]]:
    """The weight of a measure if it has one, its separators, and what it measures."""
    if term.separators[:1] == ("]",):
        return term.args[0], term.separators[1:], term.args[1:]
    return None, term.separators, term.args
