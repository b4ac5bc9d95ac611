"""Independence in a certificate: the factorisation that a given states, and those that follow for some of its random variables.

"L and R are independent given C" is p(l,r,c) p(c) = p(l,c) p(r,c) for all values. Summing out some leaves the same
for the others (the decomposition property; Pearl, Probabilistic Reasoning in Intelligent Systems, section 3.1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations

from symkl.certificate.moves import Fact, Moves
from symkl.certificate.terms import Terms
from symkl.language.scope import LawDeclaration
from symkl.language.term import Mass, Sum, Term, Times, Value

Groups = tuple[Collection[str], Collection[str], Collection[str]]


def factorisation(terms: Terms, law: LawDeclaration, groups: Groups) -> str:
    """p(l,r,c) p(c) = p(l,c) p(r,c), for all values."""
    masses = _Masses(terms, law)
    left, right = masses.sides(groups)
    return masses.for_all(chain(*groups), f"{terms.real(left)} = {terms.real(right)}")


def implied_independences(moves: Moves, terms: Terms, law: LawDeclaration, groups: Groups) -> Iterator[Fact]:
    """The factorisations for fewer random variables than a given has, as far as the certificate has all their masses."""
    left, right, condition = groups
    for one in _parts(left):
        for other in _parts(right):
            fewer = (one, other, tuple(condition))
            if len(one) + len(other) < len(left) + len(right) and _spoken_of(terms, law, fewer):
                yield _implied(moves, _Masses(terms, law), groups, fewer)


def _parts(group: Collection[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(group) + 1):
        yield from combinations(sorted(group), size)


def _spoken_of(terms: Terms, law: LawDeclaration, groups: Groups) -> bool:
    left, right, condition = groups
    for group in ({*left, *right, *condition}, {*left, *condition}, {*right, *condition}, set(condition)):
        of = law.in_order(group)
        if of and of != law.variables and (law.name, of) not in terms.marginals:
            return False
    return True


def _implied(moves: Moves, masses: _Masses, groups: Groups, fewer: Groups) -> Fact:
    out_left, out_right = ([name for name in group if name not in kept] for group, kept in zip(groups, fewer[:2], strict=False))
    whole, split = masses.sides(groups)
    left, right = masses.sides(fewer)
    condition = masses.mass(groups[2]) if groups[2] else None
    joint = masses.over([*out_left, *out_right], masses.mass(list(chain(*groups))))
    one = masses.over(out_left, masses.mass([*groups[0], *groups[2]]))
    other = masses.over(out_right, masses.mass([*groups[1], *groups[2]]))
    lines = [
        Times(joint, condition) if condition is not None else joint,
        masses.over([*out_left, *out_right], whole),
        masses.over([*out_left, *out_right], split),
        Times(one, other),
    ]
    closes = [moves.closings[name] for name in ("masses out", "sums", "independence", "sums back", "masses out")]
    real = masses.terms.real
    *before, last = [real(line) for line in lines]
    members = masses.members(chain(*fewer))
    proof = [*moves.take([value for value, _ in members])]
    proof += [moves.first.format(line, close) for line, close in zip(before, closes, strict=False)]
    proof.append(moves.between.format(last, *closes[-2:]))
    name = "fact_independent_" + "_and_".join("_".join(sorted(group)) for group in fewer)
    statement = masses.for_all(chain(*fewer), f"{real(left)} = {real(right)}")
    return Fact(name, statement, proof, marginal=True)


class _Masses:
    """The masses of one law, at a value for each of its random variables."""

    def __init__(self, terms: Terms, law: LawDeclaration) -> None:
        self.terms = terms
        self.law = law

    def mass(self, group: Collection[str]) -> Mass:
        of = self.law.in_order(group)
        return Mass(self.law.marginal(of), [Value(name.lower()) for name in of])

    def sides(self, groups: Groups) -> tuple[Term, Term]:
        left, right, condition = groups
        joint = self.mass([*left, *right, *condition])
        split = Times(self.mass([*left, *condition]), self.mass([*right, *condition]))
        return Times(joint, self.mass(condition)) if condition else joint, split

    def over(self, names: Sequence[str], body: Term) -> Term:
        return Sum([n.lower() for n in names], [self.law.alphabet(n) for n in names], body) if names else body

    def members(self, names: Iterator[str]) -> list[tuple[str, str]]:
        """A value for each of some random variables, and its alphabet."""
        found = set(names)
        of = self.terms.names.of
        return [(of("value", v.lower()), self.terms.alphabet(self.law.alphabet(v))) for v in self.law.variables if v in found]

    def for_all(self, names: Iterator[str], proposition: str) -> str:
        return self.terms.notation.each(self.members(names), proposition)
