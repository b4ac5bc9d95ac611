"""One order for the terms of sums and the factors of products, so that two expansions can be compared.

A canonical order is no step that a reader wants; it stands inside the one step `rearrange` in the middle of a derivation.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.places import places
from symkl.derivation.polynomial import Monomial, Polynomial, polynomial
from symkl.derivation.step import Application, Place, Rewrite
from symkl.errors import Rejection
from symkl.language.plain_writer import write_plain
from symkl.language.term import (
    Binder,
    Exp,
    Log,
    Mass,
    Negation,
    Number,
    Power,
    Quotient,
    Term,
    product_of,
    subterms,
    sum_of,
)
from symkl.theory.rules import rule


def expanded(term: Term) -> Term | None:
    """The term as a sum of monomials in a fixed order, or None where a part of it is no polynomial to print."""
    try:
        return from_polynomial(polynomial(term))
    except Rejection:
        return None


def from_polynomial(value: Polynomial) -> Term | None:
    """A sum of monomials in a fixed order; None for parts that are no terms."""
    terms: list[Term] = []
    for monomial, coefficient in sorted(value.items(), key=lambda item: _monomial_key(item[0])):
        factors = _factors(monomial)
        if factors is None:
            return None
        terms.append(_signed(factors, coefficient))
    return sum_of(terms)


def _factors(monomial: Monomial) -> tuple[list[Term], list[Term]] | None:
    """The factors above and below the line of a fraction."""
    above: list[Term] = []
    below: list[Term] = []
    for part, exponent in sorted(monomial, key=_part_key):
        term = part if isinstance(part, Term) else _inverted(part)
        if term is None:
            return None
        side = above if isinstance(part, Term) else below
        side.append(term if exponent == 1 else Power(term, Number(exponent)))
    return above, below


def _inverted(part: Hashable) -> Term | None:
    """What an opaque inverse is the inverse of."""
    match part:
        case ("inverse of", frozenset() as items):
            return from_polynomial(dict(items))
        case _:
            return None


def _signed(factors: tuple[list[Term], list[Term]], coefficient: Fraction) -> Term:
    above, below = factors
    size = abs(coefficient)
    parts = above if size == 1 and above else [Number(size), *above]
    term = product_of(parts)
    if below:
        term = Quotient(term, product_of(below))
    return Negation(term) if coefficient < 0 else term


def _part_key(part: tuple[Hashable, int]) -> tuple[int, str]:
    """Numbers by name first, then masses, then logs, as a textbook writes p log p."""
    term = part[0]
    if not isinstance(term, Term):
        inside = _inverted(term)
        return 3, "" if inside is None else write_plain(inside)
    return 2 if isinstance(term, Log) else 1 if isinstance(term, Mass) else 0, write_plain(term)


def _monomial_key(monomial: Monomial) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(map(_part_key, monomial)))


def ordered(term: Term, context: Context) -> list[Rewrite]:
    """Rewrites that put the inside of every log and every bound body into the fixed order, innermost first.

    What is not shown to have a value in that order (a log of a product that is multiplied out) stays as it is.
    """
    done: list[Rewrite] = []
    kept: set[Term] = set()
    for _ in range(1 + _depth(term)):
        rewrite = _ordered_once(term, kept, context)
        if rewrite is None:
            break
        done.append(rewrite)
        term = rewrite.after
    return done


def _ordered_once(term: Term, kept: set[Term], context: Context) -> Rewrite | None:
    found: list[Application] = []
    for path, part in places(term):
        target = None if any(_target(inner, kept) for inner in _below(part)) else _target(part, kept)
        if target is None:
            continue
        application = Application(Place((*path, _inside(part) or 0)), {"to": target})
        if _accepted(term, application, context):
            found.append(application)
        else:
            kept.add(part)
    return apply_at(rule("rearrange"), term, found, context) if found else None


def _below(term: Term) -> Iterator[Term]:
    """The opaque parts inside an opaque part."""
    inner = _inside(term)
    if inner is not None:
        yield from (part for part in subterms(term.args[inner]) if _inside(part) is not None)


def _target(part: Term, kept: set[Term]) -> Term | None:
    """The inside of an opaque part in order, where it is not in order yet."""
    inner = _inside(part)
    if inner is None or part in kept:
        return None
    target = expanded(part.args[inner])
    return None if target == part.args[inner] else target


def _inside(part: Term) -> int | None:
    """Which argument of an opaque part is put into order."""
    if isinstance(part, Power):
        return None if isinstance(part.exponent, Number) else 1
    return 0 if isinstance(part, Log | Exp) else len(part.args) - 1 if isinstance(part, Binder) else None


def _accepted(term: Term, application: Application, context: Context) -> bool:
    try:
        apply_at(rule("rearrange"), term, [application], context)
    except Rejection:
        return False
    return True


def _depth(term: Term) -> int:
    return 1 + max(map(_depth, term.args), default=0)
