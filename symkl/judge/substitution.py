"""Substitution in polynomials: indices for bound values, polynomials for atoms, and everything this decides worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from symkl.judge.atoms import Applied, DeltaOf, Entry, ExpOf, Form, LogOf, Position, Renaming, SumOf
from symkl.judge.polynomial import Monomial, Polynomial, Rational, accumulate, lone_atom, variable
from symkl.judge.sums import opened

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra


class Substitution:
    """What is put for which indices and which atoms; each atom's image is worked out once."""

    def __init__(self, algebra: Algebra, names: Renaming, atoms: Mapping[int, Polynomial] | None = None) -> None:
        self.algebra = algebra
        self.names = names
        self.atoms = atoms or {}
        self._images: dict[int, Polynomial | None] = {}

    def polynomial(self, polynomial: Mapping[Monomial, Rational]) -> Polynomial:
        """The image of a polynomial."""
        total: Polynomial = {}
        for monomial, coefficient in polynomial.items():
            accumulate(total, self._monomial(monomial), coefficient)
        return total

    def _monomial(self, monomial: Monomial) -> Polynomial:
        kept: list[tuple[int, Rational]] = []
        factors = []
        for atom, exponent in monomial:
            image = self._image(atom)
            if image is None:
                kept.append((atom, exponent))
            else:
                factors.append(image if exponent == 1 else self.algebra.power(image, exponent))
        product: Polynomial = {tuple(kept): 1}
        for factor in factors:
            product = self.algebra.multiply(product, factor)
        return product

    def _image(self, atom: int) -> Polynomial | None:
        """The image of an atom; None where it stays as it is."""
        if atom not in self._images:
            touched = not self.algebra.table.free[atom].isdisjoint(self.names)
            if atom in self.atoms:
                self._images[atom] = self.atoms[atom]
            else:
                self._images[atom] = self._worked_out(atom) if touched or self.atoms else None
        return self._images[atom]

    def _worked_out(self, atom: int) -> Polynomial | None:
        algebra, names = self.algebra, self.names
        match algebra.table.keys[atom]:
            case Entry(law, at):
                declared = algebra.setting.scope.laws[law]
                return algebra.coordinates.mass(declared, {variable: names.get(index, index) for variable, index in at})
            case LogOf(base):
                image = self._image(base)
                if image is None:
                    return None
                known = lone_atom(image)
                if known is not None and isinstance(algebra.table.keys[known], Entry):
                    return variable(algebra.table.intern(LogOf(known)))
                return algebra.log(image)
            case Form(polynomial):
                return self.polynomial(dict(polynomial))
            case ExpOf(exponent):
                return algebra.exp(self._monomial(exponent))
            case SumOf() as component:
                body, live = opened(algebra, component, algebra.table.height[atom])
                return algebra.close(self._monomial(body), live)
            case DeltaOf(left, right):
                return algebra.delta(names.get(left, left), names.get(right, right))
            case Position(index):
                return algebra.position(names.get(index, index))
            case Applied(name, arguments):
                return algebra.applied(name, [self.polynomial(dict(argument)) for argument in arguments])
        return None
