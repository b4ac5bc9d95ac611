"""Breaks a formula that is too wide for a line into pieces that may stand on lines of their own.

A break comes before a + or -, at the outermost level that is enough. Inside a piece that is still too wide the same is
done again: its brackets then open on one line and close on another, a fraction is written with a slash, and a label
stands behind the closing bracket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symkl.language.math_writer import (
    ATOM,
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
    Derivative,
    Exp,
    Extremum,
    Integral,
    Label,
    Log,
    Negation,
    Plus,
    Product,
    Quotient,
    Relation,
    Sum,
    Term,
    Times,
)


def pieces(writer: MathWriter, term: Term, limit: float, needed: int = LINE) -> list[Spelling]:
    """The pieces of a formula in order, each as a rule at most `limit` wide; one where the whole fits."""
    whole = writer.spell(term, needed)
    if whole.width <= limit:
        return [whole]
    match term:
        case Plus():
            found = list(_addends(writer, term, limit))
            return _in_brackets(writer, term, found) if needed > SUM else found
        case Negation(inner):
            found = _before(writer, writer.minus, pieces(writer, inner, limit, PRODUCT))
            return _in_brackets(writer, term, found) if needed > SUM else found
        case Times(factors):
            found = _factors(writer, factors, limit)
            return _in_brackets(writer, term, found) if needed > PRODUCT else found
        case Quotient(numerator, denominator):
            above, below = pieces(writer, numerator, limit, ATOM), pieces(writer, denominator, limit, ATOM)
            found = _beside(writer, above, "/", below)
            return _in_brackets(writer, term, found) if needed > PRODUCT else found
        case Label():
            return writer.labelled_pieces(pieces(writer, term.body, limit, ATOM), whole, term)
        case Exp(argument):
            exponent = writer.bracketed_pieces(pieces(writer, argument, limit), square=False)
            return _before(writer, writer.exp_word(), exponent)
        case Relation():
            return list(_sides(writer, term, limit))
        case _:
            return _under_operator(writer, term, whole, limit, needed)


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
        before = (f"{sign} " if k else sign) if k or negative else ""
        inner = [spelled] if spelled.width <= limit else pieces(writer, operand, limit, needed)
        yield from _before(writer, before, inner)


def _factors(writer: MathWriter, factors: Sequence[Term], limit: float) -> list[Spelling]:
    found: list[Spelling] = []
    for k, factor in enumerate(factors):
        inner = pieces(writer, factor, limit, OPEN if k == len(factors) - 1 else OPEN + 1)
        between = writer.between(factors[k - 1], factor, inner[0].text) if k else ""
        found = _beside(writer, found, between, inner) if k else inner
    return found


def _sides(writer: MathWriter, term: Relation, limit: float) -> Iterator[Spelling]:
    for k, side in enumerate(term.args):
        inner = pieces(writer, side, limit)
        yield from _before(writer, f"{writer.relations[term.operators[k - 1]]} ", inner) if k else inner


def _under_operator(writer: MathWriter, term: Term, whole: Spelling, limit: float, needed: int) -> list[Spelling]:
    match term:
        case Log(argument, _):
            word, inner = writer.log_word(term), pieces(writer, argument, limit, ATOM)
        case Sum() | Product() | Integral():
            word, inner = writer.binder(term), pieces(writer, term.body, limit, body_strength(term))
            for closing in writer.binder_end(term):
                inner = _beside(writer, inner, "", [closing if isinstance(closing, Spelling) else Spelling(closing)])
        case Derivative():
            body, order = derivative_order(term)
            word, inner = writer.derivative(term.variable, order), pieces(writer, body, limit, OPEN)
        case Extremum(_, _, body):
            word, inner = writer.extremum(term), pieces(writer, body, limit, OPEN)
        case _:
            return [whole]
    spaced = isinstance(term, Derivative | Extremum)
    first = writer.joined([word, inner[0]], OPEN) if word.text.endswith(" ") else writer.applied(word, inner[0], spaced)
    found = [first, *inner[1:]]
    return _in_brackets(writer, term, found) if needed > OPEN else found


def _in_brackets(writer: MathWriter, term: Term, found: list[Spelling]) -> list[Spelling]:
    return writer.bracketed_pieces(found, square_around(term, writer.spelled(term)))


def _before(writer: MathWriter, text: str | Spelling, found: Sequence[Spelling]) -> list[Spelling]:
    return [writer.joined([text, found[0]], SUM), *found[1:]]


def _beside(writer: MathWriter, left: Sequence[Spelling], between: str, right: Sequence[Spelling]) -> list[Spelling]:
    return [*left[:-1], writer.joined([left[-1], between, right[0]], PRODUCT), *right[1:]]
