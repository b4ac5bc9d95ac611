"""What a setting is to a proof assistant: its variables, its definitions, its domain, and what follows of its laws.

The domain is one proposition: the conditions that the givens state, the laws being laws, and their independences. Everything
is stated for all values of the variables, so that a derivative may look at other points of the domain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from symkl.certificate.free import free_values
from symkl.certificate.independence import factorisation
from symkl.certificate.terms import Terms
from symkl.errors import NoImage
from symkl.language.scope import DENSITY, MASS, POSITIVE, LawDeclaration
from symkl.language.term import (
    CONVERSE,
    Alphabet,
    Mass,
    Relation,
)
from symkl.theory.independence import stated_independences


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of every statement: what it stands for, its identifier and its type."""

    kind: str
    name: str
    identifier: str
    type: str


class Domain:
    """The variables and conditions of one setting, for the terms that `terms` has written."""

    masses = "Law"
    """What the prelude calls a function that is a law."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.notation = terms.notation
        self.setting = terms.setting
        self.laws = list(self.setting.scope.laws.values())
        if any(law.entries == DENSITY for law in self.laws):
            raise NoImage("A density has no certificate; only laws on finite alphabets have.")

    # Variables

    def variables(self) -> list[Variable]:
        """Every variable, in the order in which statements bind them."""
        of = self.terms.names.of
        real, natural, function = self.notation.real, self.notation.natural, self.notation.function
        found = [Variable("number", name, of("number", name), natural) for name in sorted(self.terms.sizes)]
        numbers = sorted(self.setting.scope.numbers - self.terms.sizes)
        found += [Variable("number", name, of("number", name), real) for name in numbers]
        alphabets = [(name, self.terms.alphabet(Alphabet(name))) for name in self._alphabets()]
        found += [Variable("alphabet", name, text, self.notation.alphabet) for name, text in alphabets]
        for law in self.laws:
            if law.name not in self.setting.formulas:
                kind = function([natural] * len(law.variables), real)
                found.append(Variable("law", law.name, of("law", law.name), kind))
        for name, arity in self.terms.functions.items():
            found.append(Variable("function", name, of("function", name), function([real] * arity, real)))
        return found

    def _alphabets(self) -> list[str]:
        return list(dict.fromkeys(a.name for law in self.laws for a in law.alphabets if isinstance(a, Alphabet)))

    def binder(self) -> str:
        """The variables with their types, as a binder writes them."""
        return self.notation.binder((variable.identifier, variable.type) for variable in self.variables())

    def call(self, head: str = "domain") -> str:
        """A definition at the variables."""
        return " ".join([head, *(variable.identifier for variable in self.variables())])

    # Definitions

    def definitions(self) -> Iterator[str]:
        """The laws whose masses a given says, and the marginal laws, each before its use."""
        # Writing the conditions says which marginal laws the independences speak of.
        self.conditions()
        if self.terms.codes:
            codes = ", ".join(f"{name} = {code}" for name, code in self.terms.codes.items())
            yield self.notation.comment.format(f"Outcomes as numbers: {codes}.")
        for law in self._in_order():
            yield self._law_definition(law)
        for (name, of), identifier in self.terms.marginals.items():
            yield self._marginal_definition(self.setting.scope.laws[name], of, identifier)

    def _in_order(self) -> list[LawDeclaration]:
        """Laws given by a formula, each after the laws that its formula speaks of."""
        done: list[LawDeclaration] = []
        pending = [law for law in self.laws if law.name in self.setting.formulas]
        while pending:
            names = {law.name for law in pending}
            ready = [law for law in pending if not (self._spoken_of(law) - {law.name}) & names]
            done.extend(ready)
            pending = [law for law in pending if law not in ready]
            if not ready:
                raise NoImage("The masses of laws are given in a circle.")
        return done

    def _spoken_of(self, law: LawDeclaration) -> set[str]:
        formula = self.setting.formulas[law.name]
        terms = [*formula.outcomes.values(), *([] if formula.formula is None else [formula.formula])]
        found = set()
        while terms:
            term = terms.pop()
            if isinstance(term, Mass):
                found.add(term.marginal.law)
            terms.extend(term.args)
        return found

    def _law_definition(self, law: LawDeclaration) -> str:
        formula = self.setting.formulas[law.name]
        of = self.terms.names.of
        binders = [(of(*key), self._type(*key)) for key in self.terms.parameters(law.name)]
        if formula.formula is not None:
            index = of("value", formula.index)
            body = self.terms.real(formula.formula)
        else:
            index = of("value", "i")
            *tests, (_, last) = formula.outcomes.items()
            body = self.terms.real(last)
            for at, mass in reversed(tests):
                body = self.notation.choice.format(index, self.terms.value(at, {}), self.terms.real(mass), body)
        notation = self.notation
        return notation.defined(of("law", law.name), [*binders, (index, notation.natural)], notation.real, body)

    def _type(self, kind: str, name: str) -> str:
        return next(variable.type for variable in self.variables() if (variable.kind, variable.name) == (kind, name))

    def _marginal_definition(self, law: LawDeclaration, of: Sequence[str], identifier: str) -> str:
        names = self.terms.names
        summed = [name for name in law.variables if name not in of]
        alphabets = [self.terms.alphabet(law.alphabet(name)) for name in summed]
        lists = [alphabet if isinstance(law.alphabet(name), Alphabet) else names.of("summed", f"A_{name}")
                 for name, alphabet in zip(summed, alphabets, strict=True)]  # fmt: skip
        value = {name: names.of("value", name.lower()) for name in law.variables}
        function = names.of("law", law.name)
        notation = self.notation
        body = " ".join([function, *(value[name] for name in law.variables)])
        for name, alphabet in reversed(list(zip(summed, lists, strict=True))):
            body, _ = notation.sum.of(value[name], alphabet, body)
        kind = notation.function([notation.natural] * len(law.variables), notation.real)
        binders = [*((alphabet, notation.alphabet) for alphabet in lists), (function, kind)]
        binders += [(value[name], notation.natural) for name in of]
        return notation.defined(identifier, binders, notation.real, body)

    # Conditions

    def conditions(self) -> list[str]:
        """What the givens say, as propositions."""
        found = []
        for fact in self.setting.facts:
            found.append(self._for_all_values(self.admitted(upward(fact.relation))))
        for name in sorted(self.setting.integers - self.terms.sizes):
            found.append(self.notation.integer.format(self.terms.names.of("number", name)))
        found += [f"Alphabet {self.terms.alphabet(Alphabet(name))}" for name in self._alphabets()]
        for law in self.laws:
            if law.name not in self.setting.formulas and law.entries in (MASS, POSITIVE):
                found.append(f"{self.masses if law.entries == MASS else 'Positive'} {self.on_alphabet(law)}")
        for groups in stated_independences(self.setting):
            found.append(f"({factorisation(self.terms, self.joint_law(groups), groups)})")
        return list(dict.fromkeys(found)) or [self.notation.always]

    def admitted(self, relation: Relation) -> Relation:
        """What a condition of the givens admits."""
        return relation

    def _for_all_values(self, relation: Relation) -> str:
        """A condition; what it says of p[i] it says of every entry."""
        text = self.terms.statement(relation)
        for name, alphabet in reversed(list(free_values([relation], self.setting).items())):
            value = self.terms.names.of("value", name)
            text = f"({self.notation.each([(value, self.terms.alphabet(alphabet))], text)})"
        return text

    def on_alphabet(self, law: LawDeclaration) -> str:
        """The alphabet of a law and its masses, as the arguments of what is said of it."""
        alphabet = self.notation.pairs([self.terms.alphabet(a) for a in law.alphabets])
        function = self.terms.law(law.name, {})
        if len(law.variables) == 1:
            return f"{alphabet} {function}"
        values = [self.terms.names.of("value", name.lower()) for name in law.variables]
        return f"{alphabet} (fun {self.notation.bound(values)} => {' '.join([function, *values])})"

    def joint_law(self, groups: Iterable[Collection[str]]) -> LawDeclaration:
        """The law that some random variables have together.

        Raises: NoImage where no given says it.
        """
        together = set().union(*groups)
        law = next((law for law in self.laws if together <= set(law.variables)), None)
        if law is None:
            raise NoImage(f"No given says what law {', '.join(sorted(together))} have together.")
        return law

    def statement(self) -> str:
        """The definition of the domain."""
        variables = [(variable.identifier, variable.type) for variable in self.variables()]
        return self.notation.defined("domain", variables, self.notation.proposition, self.notation.together(self.conditions()))


def upward(relation: Relation) -> Relation:
    """A condition with the smaller side first, as the prelude states positivity."""
    if len(relation.args) == 2 and relation.operators[0] in (">", ">="):
        return Relation(reversed(relation.args), (CONVERSE[relation.operators[0]],))
    return relation
