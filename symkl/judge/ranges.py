"""Sums over part of a symbolic range: sum(i in 1..n-1, f) is the sum over 1..n without its last term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symkl.judge.budget import OutsideFragment
from symkl.language.term import Binder, Negation, Number, Plus, Range, Sum, Symbol, Term, difference, signed, substitute

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

EXTRA = 32
"""A range may differ from the declared one by so many elements."""


def within_declared(algebra: Algebra, term: Binder) -> Term | None:
    """A sum over part of a range as one over the whole, without the rest; None where its ranges are whole already."""
    if len(term.names) != 1:
        if any(_part(algebra, domain) is not None for domain in term.domains):
            *outer, inner = zip(term.names, term.domains, strict=True)
            body: Term = type(term)([inner[0]], [inner[1]], term.body)
            for name, domain in reversed(outer):
                body = type(term)([name], [domain], body)
            return body
        return None
    found = _part(algebra, term.domains[0])
    if found is None or not isinstance(term, Sum):
        return None
    whole, missing = found
    name = term.names[0]
    return difference(Sum([name], [whole], term.body), *(substitute(term.body, {name: index}) for index in missing))


def _part(algebra: Algebra, domain: Term) -> tuple[Range, list[Term]] | None:
    if not isinstance(domain, Range) or algebra.coordinates.elements(domain) is not None or _is_declared(algebra, domain):
        return None
    low, (name, offset) = domain.low, _symbol_and_offset(domain.high)
    if not isinstance(low, Number) or name is None:
        raise OutsideFragment(f"the range {algebra.setting.write(domain)}")
    least, start = algebra.domain.least(Symbol(name)), int(low.value)
    if name not in algebra.setting.integers or least is None or least + offset < start - 1:
        raise OutsideFragment(f"the range {algebra.setting.write(domain)}, which may have no end")
    declared = _declared_low(algebra, name)
    if offset == 0 and declared in (None, start):
        return None
    declared = 1 if declared is None else declared
    if offset > 0 or start < declared or start - declared - offset > EXTRA:
        raise OutsideFragment(f"the range {algebra.setting.write(domain)}")
    missing: list[Term] = [signed(k) for k in range(declared, start)]
    missing.extend(Symbol(name) if k == 0 else Plus(Symbol(name), Negation(Number(k))) for k in range(-offset))
    return Range(Number(declared), Symbol(name)), missing


def _symbol_and_offset(term: Term) -> tuple[str | None, int]:
    match term:
        case Symbol(name):
            return name, 0
        case Plus((Symbol(name), Number(value))) if value == int(value):
            return name, int(value)
        case Plus((Symbol(name), Negation(Number(value)))) if value == int(value):
            return name, -int(value)
        case _:
            return None, 0


def _declared_low(algebra: Algebra, name: str) -> int | None:
    for law in algebra.setting.scope.laws.values():
        for alphabet in law.alphabets:
            match alphabet:
                case Range(Number(low), Symbol(high)) if high == name:
                    return int(low)
    return None


def _is_declared(algebra: Algebra, domain: Range) -> bool:
    return any(domain == alphabet for law in algebra.setting.scope.laws.values() for alphabet in law.alphabets)
