"""What every name stands for: the kinds of grammar.md, as the readers need them.

A scope is built from givens (`symkl.theory.setting`) or declared by hand; it holds no conditions and no rules.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from symkl.language.term import Alphabet, E, Law, Marginal, Mass, Number, Outcome, Outcomes, Term, Value

MASS, DENSITY, POSITIVE, REAL = "mass", "density", "positive", "real"
"""What the entries of a declared law or vector are: masses or a density of total one, positive numbers, any numbers."""


@dataclass(frozen=True, slots=True)
class LawDeclaration:
    """A law, or a vector of numbers that is written like one.

    `letter` and `indexed` say how its masses are written. `alphabets` holds one alphabet a variable; a law on a bare
    alphabet has one variable, whose name is the empty text. `given` are the variables that it is only ever conditional
    on: of p(y|x) the name alone is the law of Y at x. `masses` are those of a law that is a list of them, in the plain spelling.
    """

    name: str
    letter: str
    indexed: bool
    variables: tuple[str, ...]
    alphabets: tuple[Term, ...]
    entries: str = MASS
    given: tuple[str, ...] = ()
    masses: tuple[str, ...] = ()

    def marginal(self, of: tuple[str, ...] | None = None, given: tuple[str, ...] = ()) -> Marginal:
        """The law of some of its variables, conditional on others; of all by default."""
        return Marginal(self.name, self.letter, self.indexed, self.variables if of is None else of, given)

    def law(self) -> Law:
        """The law itself, as a term."""
        if self.given:
            of = tuple(variable for variable in self.variables if variable not in self.given)
            return Law(self.marginal(of, self.given), (Value(variable.lower()) for variable in self.given))
        return Law(self.marginal())

    def mass(self, *values: Term) -> Mass:
        """Its mass at values of all its variables."""
        return Mass(self.marginal(), values)

    def spelling(self) -> str:
        """How its masses are written: p[i], p(x,y)."""
        return f"{self.letter}[i]" if self.indexed else f"{self.letter}({','.join(self.variables).lower() or 'x'})"

    def in_order(self, names: Container[str]) -> tuple[str, ...]:
        """Those of its variables that are among the names, in its own order."""
        return tuple(variable for variable in self.variables if variable in names)

    def alphabet(self, variable: str) -> Term:
        """The alphabet of one of its variables."""
        return self.alphabets[self.variables.index(variable)]


@dataclass(frozen=True, slots=True)
class Scope:
    """What names stand for.

    `lenient` scopes take an unknown name for a number; the others refuse it with the given that would declare it.
    `aliases` maps another spelling of an outcome to the outcome: 1 to H where a coin shows H and T.
    """

    numbers: frozenset[str] = frozenset()
    laws: Mapping[str, LawDeclaration] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    """Random variables, and the law that they have."""
    alphabets: Mapping[str, Term] = field(default_factory=dict)
    outcomes: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    functions: frozenset[str] = frozenset()
    log_base: Term = E
    lenient: bool = False

    def law(self, name: str) -> LawDeclaration | None:
        """The law called `name`, or whose masses are written with that letter."""
        found = self.laws.get(name)
        if found is not None:
            return found
        return next((law for law in self.laws.values() if law.letter == name), None)

    def joint_law(self, names: Sequence[str]) -> LawDeclaration | None:
        """The law that random variables have together: that of the first of them where it is of all, else any that is."""
        known = self.laws.get(self.variables.get(names[0], ""))
        laws = [law for law in self.laws.values() if set(names) <= set(law.variables)]
        if known is None or not laws:
            return None
        return known if known in laws else laws[0]

    def variable_of_value(self, name: str) -> str | None:
        """The random variable that a value's name belongs to: x, x', x_1 and x1 belong to X."""
        stem = re.sub(r"[\d_'].*$", "", name)
        if name.upper() in self.variables:
            return name.upper()
        return stem.upper() if stem.upper() in self.variables and stem != stem.upper() else None

    def alphabet_of(self, variable: str) -> Term:
        """The alphabet of a random variable."""
        law = self.laws.get(self.variables.get(variable, ""))
        return Alphabet(variable) if law is None else law.alphabet(variable)

    def drawn(self, names: Sequence[str], law: Term) -> dict[str, Term | None]:
        """Values by name with the alphabets of the law they are drawn from, where that is one law."""
        declared = self.laws.get(law.marginal.law) if isinstance(law, Law) else None
        if declared is None or not isinstance(law, Law) or len(law.marginal.of) != len(names):
            return dict.fromkeys(names)
        return {name: declared.alphabet(variable) for name, variable in zip(names, law.marginal.of, strict=True)}

    def outcome(self, value: Term, alphabet: Term) -> Term:
        """The value, or the outcome that it is another spelling of: the 1 of a coin is its H."""
        name = self.aliases.get(str(value.value)) if isinstance(value, Number) else None
        if name is not None and isinstance(alphabet, Outcomes) and value not in alphabet.args:
            return Outcome(name)
        return value

    def variable_of(self, value: Term, law: LawDeclaration, bound: Mapping[str, Term | None]) -> str | None:
        """The variable of a law that a value is of: by the alphabet that it is bound over, else by its name."""
        if not isinstance(value, Value):
            return None
        domain = bound.get(value.name)
        if isinstance(domain, Alphabet) and domain.name in law.variables:
            return domain.name
        found = self.variable_of_value(value.name)
        return found if found in law.variables else None

    def only_alphabet(self) -> Term | None:
        """The one alphabet that every law stands on, if there is just one."""
        found = {alphabet for law in self.laws.values() for alphabet in law.alphabets}
        return found.pop() if len(found) == 1 else None

    def with_numbers(self, *names: str) -> Scope:
        """The scope with more names for numbers."""
        return replace(self, numbers=self.numbers.union(names))
