"""Breaks a formula that is too wide for a line into pieces that may stand on lines of their own.

A break comes before a + or -, at the outermost level that is enough. Inside a piece that is still too wide the same is
done again: its brackets then open on one line and close on another, a fraction is written with a slash, and a label
stands behind the closing bracket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symkl.language.math_writer import (
    ATOM,
    CLOSED,
    LINE,
    OPEN,
    PRODUCT,
    SUM,
    MathWriter,
    Spelling,
    alternate,
    body_strength,
    derivative_order,
    square_around,
)
from symkl.language.term import (
    Binder,
    Derivative,
    Exp,
    Expectation,
    Extremum,
    Label,
    Log,
    Negation,
    Optimum,
    Plus,
    Quotient,
    Relation,
    Term,
    Times,
)

_EMPTY = Spelling("")
_BRACKETS = 2.0


def pieces(writer: MathWriter, term: Term, limit: float, needed: int = LINE) -> list[Spelling]:
    """The pieces of a formula in order, each as a rule at most `limit` wide; one where the whole fits."""
    whole = writer.spell(term, needed)
    if whole.width <= limit:
        return [whole]
    match term:
        case Plus():
            found, strength = list(_addends(writer, term, limit)), SUM
        case Negation(inner):
            found, strength = _behind(writer, Spelling(writer.minus, width=1), inner, limit, PRODUCT), SUM
        case Times(factors):
            found, strength = _factors(writer, factors, limit), PRODUCT
        case Quotient(numerator, denominator):
            slash = writer.joined(["/ "], LINE)
            below = _behind(writer, slash, denominator, limit, ATOM)
            found, strength = [*pieces(writer, numerator, limit, ATOM), *below], PRODUCT
        case Label():
            room = _less(limit, writer.labelled(_EMPTY, term))
            return writer.labelled_pieces(pieces(writer, term.body, room, ATOM), term)
        case Exp(argument):
            inner_pieces = pieces(writer, argument, _less(limit, writer.exp_word()) - _BRACKETS)
            return _before(writer, writer.exp_word(), writer.bracketed_pieces(inner_pieces, square=False))
        case Relation():
            found, strength = list(_sides(writer, term, limit)), LINE
        case Log() | Binder() | Derivative() | Extremum() | Optimum() if not isinstance(term, Expectation):
            found, strength = _under_operator(writer, term, limit), OPEN
        case _:
            return [whole]
    return writer.bracketed_pieces(found, square_around(term, writer.spelled(term))) if needed > strength else found


def rows(writer: MathWriter, found: Sequence[Spelling], first: float, later: float) -> list[Spelling]:
    """Pieces put into rows as full as `first` (for the first row) and `later` allow."""
    filled: list[Spelling] = []
    row: list[Spelling] = []
    width = 0.0
    for piece in found:
        gap = writer.gap if row else 0.0
        if row and width + gap + piece.width > (later if filled else first):
            filled.append(_row(writer, row))
            row, width, gap = [], 0.0, 0.0
        row.append(piece)
        width += gap + piece.width
    filled.append(_row(writer, row))
    return filled


def _row(writer: MathWriter, row: Sequence[Spelling]) -> Spelling:
    return writer.joined(alternate(row, " "), LINE)


def _addends(writer: MathWriter, term: Plus, limit: float) -> Iterator[Spelling]:
    for k, (negative, spelled, operand, needed) in enumerate(writer.addends(term)):
        sign = writer.minus if negative else writer.plus
        before = writer.joined([f"{sign} " if k else sign if negative else ""], SUM)
        room = _less(limit, before)
        inner = [spelled] if spelled.width <= room else pieces(writer, operand, room, needed)
        yield from _before(writer, before, inner)


def _factors(writer: MathWriter, factors: Sequence[Term], limit: float) -> list[Spelling]:
    found: list[Spelling] = []
    for k, factor in enumerate(factors):
        room = _less(limit, found[-1]) if found else limit
        inner = pieces(writer, factor, room, OPEN if k == len(factors) - 1 else CLOSED)
        between = writer.between(factors[k - 1], factor, inner[0].text) if k else ""
        found = _beside(writer, found, between, inner) if k else inner
    return found


def _sides(writer: MathWriter, term: Relation, limit: float) -> Iterator[Spelling]:
    for k, side in enumerate(term.args):
        sign = writer.joined([f"{writer.relations[term.operators[k - 1]]} " if k else ""], LINE)
        yield from _behind(writer, sign, side, limit, LINE)


def _under_operator(writer: MathWriter, term: Term, limit: float) -> list[Spelling]:
    match term:
        case Log(argument, _):
            word, body, needed = writer.log_word(term), argument, ATOM
        case Binder():
            word, body, needed = writer.binder(term), term.body, body_strength(term)
        case Derivative():
            body, order = derivative_order(term)
            word, needed = writer.derivative(term.variable, order), OPEN
        case Extremum() | Optimum():
            word, body, needed = writer.extremum(term), term.body, OPEN
        case _:
            raise TypeError(f"{type(term).__name__} is no operator")
    inner = pieces(writer, body, _less(limit, word), needed)
    spaced = isinstance(term, Derivative | Extremum | Optimum)
    first = writer.joined([word, inner[0]], OPEN) if isinstance(term, Binder) else writer.applied(word, inner[0], spaced)
    found = [first, *inner[1:]]
    closing = writer.binder_end(term) if isinstance(term, Binder) else []
    return [*found[:-1], writer.joined([found[-1], *closing], OPEN)]


def _behind(writer: MathWriter, word: Spelling, term: Term, limit: float, needed: int) -> list[Spelling]:
    return _before(writer, word, pieces(writer, term, _less(limit, word), needed))


def _before(writer: MathWriter, word: Spelling, found: Sequence[Spelling]) -> list[Spelling]:
    return [writer.joined([word, found[0]], SUM), *found[1:]]


def _beside(writer: MathWriter, left: Sequence[Spelling], between: str, right: Sequence[Spelling]) -> list[Spelling]:
    return [*left[:-1], writer.joined([left[-1], between, right[0]], PRODUCT), *right[1:]]


def _less(limit: float, word: Spelling) -> float:
    """The room that is left beside a word; never so little that every piece would be broken to its letters."""
    return max(limit - word.width, limit / 2)
