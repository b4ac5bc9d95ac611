"""Lemmas on the laws of a domain, which every step has at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symkl.certificate.domain import Domain
from symkl.certificate.independence import implied_independences
from symkl.certificate.moves import Fact, Moves
from symkl.certificate.names import spelled
from symkl.language.scope import MASS, LawDeclaration
from symkl.language.term import Exp, Mass, Number, Plus, Quotient, Sum, Symbol, Times, Value
from symkl.theory.independence import stated_independences


def facts(moves: Moves, domain: Domain) -> Iterator[Fact]:
    """The lemmas, each after those that it rests on."""
    yield from _Facts(moves, domain).all()


class _Facts:
    def __init__(self, moves: Moves, domain: Domain) -> None:
        self.moves = moves
        self.domain = domain
        self.terms = domain.terms
        self.notation = domain.notation

    def all(self) -> Iterator[Fact]:
        setting = self.domain.setting
        laws = [law for law in self.domain.laws if law.entries == MASS]
        for law in laws:
            if law.name in setting.formulas:
                yield Fact(f"fact_{self._name(law)}_law", f"Law {self.domain.on_alphabet(law)}", self._law_proof(law))
        for law in laws:
            yield from self._positive(law)
        implied = [
            fact
            for groups in stated_independences(setting)
            for fact in implied_independences(self.moves, self.terms, self.domain.joint_law(groups), groups)
        ]
        yield from {fact.name: fact for fact in implied}.values()

    def _name(self, law: LawDeclaration) -> str:
        return spelled(law.name)

    def _shown(self, kind: str, **parts: object) -> list[str]:
        return [self.moves.facts[kind].format(**parts)]

    def _law_proof(self, law: LawDeclaration) -> list[str]:
        name = self.terms.names.of("law", law.name)
        formula = self.domain.setting.formulas[law.name]
        match formula.formula:
            case None:
                return self._shown("masses", law=name)
            case Quotient(Exp() | Plus() | Times() | Mass() | Symbol() | Number(), Sum()):
                index = self.terms.names.of("value", formula.index)
                function = f"(fun {index} => {self.terms.real(formula.formula.args[0])})"
                return self._shown("normalised", law=name, alphabet=self.terms.alphabet(law.alphabets[0]), function=function)
            case Mass():
                return self._shown("same law", law=name)
            case _:
                return self._shown("uniform", law=name, mass=self.terms.argument(formula.formula))

    def _positive(self, law: LawDeclaration) -> Iterator[Fact]:
        at = {name: self.terms.names.of("value", name.lower() or "i") for name in law.variables}
        alphabets = {name: self.terms.alphabet(law.alphabet(name)) for name in law.variables}
        members = [(at[name], alphabets[name]) for name in law.variables]
        function = self.terms.law(law.name, {})
        if len(law.variables) == 1:
            less = self.notation.each(members, f"{function} {members[0][0]} < 1")
            yield Fact(f"fact_{self._name(law)}_less", less, self._shown("less"))
            return
        mass = f"{function} {' '.join(at.values())}"
        count = len(law.variables)
        positive = self.notation.each(members, f"0 < {mass}")
        yield Fact(f"fact_{self._name(law)}_positive", positive, self._shown("positive", count=count))
        total = mass
        for name in reversed(law.variables):
            total, _ = self.notation.sum.of(at[name], alphabets[name], total)
        yield Fact(f"fact_{self._name(law)}_total", f"{total} = 1", self._shown("total", count=count))
        for (owner, of), identifier in self.terms.marginals.items():
            if owner == law.name:
                yield from self._of_marginal(law, of, identifier, at)

    def _of_marginal(
        self, law: LawDeclaration, of: tuple[str, ...], identifier: str, values: Mapping[str, str]
    ) -> Iterator[Fact]:
        at = [values[name] for name in of]
        alphabets = [self.terms.alphabet(law.alphabet(name)) for name in of]
        mass = self.terms.real(Mass(law.marginal(of), [Value(name.lower()) for name in of]))
        whole = f"Law {self.notation.pairs(alphabets)} (fun {self.notation.bound(at)} => {mass})"
        yield Fact(
            f"fact_{identifier}_law", whole, self._shown("marginal law", marginal=identifier, count=len(of)), marginal=True
        )
        positive = self.notation.each(list(zip(at, alphabets, strict=True)), f"0 < {mass}")
        shown = self._shown("marginal positive", marginal=identifier)
        yield Fact(f"fact_{identifier}_positive", positive, shown, marginal=True)
