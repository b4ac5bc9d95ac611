"""Arithmetic and geometric means: m - w - w*log(m/w) >= 0 for positive m and w, with equality where they are equal.

It is log x <= x - 1 at x = m/w with the weight w, for any two positive products m and w that a difference is made of. Sums of
it in which the logs cancel are the inequalities of arithmetic and geometric means, of Young, of Cauchy and Schwarz, of Hölder.
Source: Chandrasekaran & Shah, Relative entropy relaxations for signomial optimization, 2016.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING

from symkl.judge.atoms import Domain, Entry, ExpOf, Index, LogOf, Scalar, SumOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.known import Known
from symkl.judge.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    accumulate,
    constant,
    lone_atom,
    monomial_product,
    subtract,
    variable,
)
from symkl.judge.spelling import Spelling
from symkl.judge.sums import Live, opened

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

PRODUCTS, VALUES, FACTORS = 7, 2, 5
"""Among more products, of more bound values, no pairs are looked for; so many numbers at most multiply what is found."""


def by_means(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """The inequality for every two of the products that the difference adds up, and for the masses in them."""
    products = _Products(algebra)
    for monomial in gap:
        products.read(monomial)
    factors = list(_factors(algebra, products))
    for live, found, outers in products.groups():
        if len(found) > PRODUCTS:
            continue
        for weight in found:
            for mean in found:
                if weight != mean:
                    yield from _pair(algebra, weight, mean, live, [*outers, *factors])
            yield from _below_one(algebra, weight, found, live, [*outers, *factors])


def _pair(algebra: Algebra, weight: Monomial, mean: Monomial, live: Live, factors: list[Polynomial]) -> Iterator[Known]:
    w: Polynomial = {weight: 1}
    m: Polynomial = {mean: 1}
    column = subtract(m, w)
    accumulate(column, algebra.multiply(w, subtract(algebra.log(m), algebra.log(w))), -1)
    for factor in (constant(1), *factors):
        try:
            whole = algebra.close(algebra.multiply(column, factor), dict(live)) if live else algebra.multiply(column, factor)
        except OutsideFragment:
            return
        if whole:
            yield Known(whole, why=partial(_spelled, algebra, weight, mean))


def _below_one(
    algebra: Algebra, weight: Monomial, found: list[Monomial], live: Live, factors: list[Polynomial]
) -> Iterator[Known]:
    """-w*log(p) >= 0 for a mass p, or an entry that is at most one."""
    for atom in [mass[0][0] for mass in found if len(mass) == 1 and isinstance(algebra.table.keys[mass[0][0]], Entry)]:
        interval = algebra.signs.interval(atom)
        if not live or interval.high != 1:
            continue
        column = algebra.multiply({weight: -1}, algebra.log(variable(atom)))
        for factor in (constant(1), *factors):
            try:
                whole = algebra.close(algebra.multiply(column, factor), dict(live))
            except OutsideFragment:
                continue
            if algebra.signs.of(factor) == 1:
                yield Known(whole, interval.open_high, partial(_less_than_one, algebra, atom))


def _less_than_one(algebra: Algebra, atom: int) -> str:
    return f"{Spelling(algebra).atom(atom)} < 1"


def _spelled(algebra: Algebra, weight: Monomial, mean: Monomial) -> str:
    spelled = Spelling(algebra)
    return f"log x <= x - 1 at x = {spelled.monomial(mean)}/({spelled.monomial(weight)})"


class _Products:
    """The positive products that a difference adds up: outside sums, and inside the sums over each choice of alphabets."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self._names: dict[tuple[Domain, ...], Live] = {}
        self._found: dict[tuple[Domain, ...], dict[Monomial, None]] = {(): {UNIT: None}}
        self._outers: dict[tuple[Domain, ...], dict[Monomial, None]] = {}
        self._sizes: set[int] = set()

    def groups(self) -> Iterator[tuple[Live, list[Monomial], list[Polynomial]]]:
        """The bound values, the products of them, and what stands before their sums."""
        for domains, found in self._found.items():
            outers: list[Polynomial] = [{outer: 1} for outer in self._outers.get(domains, ()) if outer]
            if len(domains) == 1 and not domains[0].integral:
                size = lone_atom(self.algebra.coordinates.size(domains[0]))
                if size in self._sizes:
                    found[((size, -1),)] = None
            yield self._names.get(domains, {}), list(found), outers

    def read(self, monomial: Monomial) -> None:
        """Take in what one term of the difference is a sum of."""
        keys = self.algebra.table.keys
        sums = [pair for pair in monomial if isinstance(keys[pair[0]], SumOf)]
        if not sums:
            self._add((), monomial)
        for atom, _ in monomial:
            key = keys[atom]
            if isinstance(key, LogOf):
                self._read_under_log(key.base)
        for pair in sums:
            component, outer = keys[pair[0]], tuple(other for other in monomial if other != pair)
            if isinstance(component, SumOf) and len(component.domains) <= VALUES:
                body, live = opened(self.algebra, component, self.algebra.table.height[pair[0]])
                self._read_sum(body, live)
                if self.algebra.signs.of_monomial(outer) == 1:
                    self._outers.setdefault(tuple(live.values()), {})[outer] = None

    def _read_under_log(self, base: int) -> None:
        """The terms of a sum under a log are a law, once they are divided by the sum; 1/n is the law beside log(n)."""
        component = self.algebra.table.keys[base]
        if isinstance(component, SumOf) and len(component.domains) <= VALUES:
            body, live = opened(self.algebra, component, self.algebra.table.height[base])
            self._read_sum(monomial_product(body, ((base, -1),)), live)
        self._sizes.add(base)

    def _read_sum(self, body: Monomial, live: Live) -> None:
        domains = tuple(live.values())
        shared = self._names.setdefault(domains, live)
        for order in permutations(shared):
            names: dict[Index, Index] = dict(zip(live, order, strict=True))
            if all(live[index] == shared[name] for index, name in names.items()):
                self._add(domains, self.algebra.table.renamed_monomial(body, names))

    def _add(self, domains: tuple[Domain, ...], monomial: Monomial) -> None:
        keys, found = self.algebra.table.keys, self._found.setdefault(domains, {})
        product = tuple(pair for pair in monomial if not isinstance(keys[pair[0]], LogOf))
        if self.algebra.signs.of_monomial(product) == 1:
            found[product] = None
        for atom in _masses_in(self.algebra, monomial):
            if domains and self.algebra.signs.of_atom(atom) == 1:
                found[((atom, 1),)] = None
        for atom, _ in monomial:
            key = keys[atom]
            if not domains and isinstance(key, ExpOf):
                found.update(dict.fromkeys(self._powers(key.exponent)))

    def _powers(self, exponent: Monomial) -> Iterator[Monomial]:
        """The positive number a of a power a^t."""
        for atom, _ in exponent:
            key = self.algebra.table.keys[atom]
            if isinstance(key, LogOf) and self.algebra.signs.of_atom(key.base) == 1:
                yield ((key.base, 1),)

    def monomials(self) -> Iterator[Monomial]:
        """Every product that was found."""
        for found in self._found.values():
            yield from found


def _masses_in(algebra: Algebra, monomial: Monomial) -> Iterator[int]:
    """The masses and entries that a product is made of, also in the exponents of powers."""
    for atom, _ in monomial:
        key = algebra.table.keys[atom]
        if isinstance(key, Entry):
            yield atom
        elif isinstance(key, LogOf):
            yield from _masses_in(algebra, ((key.base, 1),))
        elif isinstance(key, ExpOf):
            yield from _masses_in(algebra, key.exponent)


def _factors(algebra: Algebra, products: _Products) -> Iterator[Polynomial]:
    """The numbers in the exponents of powers that are positive, and their distances to their bounds: t and 1 - t."""
    found: dict[int, None] = {}
    for monomial in products.monomials():
        for atom, _ in monomial:
            key = algebra.table.keys[atom]
            if isinstance(key, ExpOf):
                found.update(dict.fromkeys(inner for inner, _ in key.exponent))
    count = 0
    for atom in found:
        key = algebra.table.keys[atom]
        if not isinstance(key, Scalar):
            continue
        interval = algebra.domain.interval(key.name)
        for factor in (
            None if interval.low is None else subtract(variable(atom), constant(interval.low)),
            None if interval.high is None else subtract(constant(interval.high), variable(atom)),
        ):
            if factor and count < FACTORS:
                count += 1
                yield factor
