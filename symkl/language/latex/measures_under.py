"""Measures under a law that stands below them: H_q(Z), H_q(Z | X), I_q(X; Z) by entropies of marginals of q."""

from __future__ import annotations

from symkl.language.latex import words
from symkl.language.latex.names import NameReader
from symkl.language.latex.naming import plain_name, script_text
from symkl.language.latex.syntax import Group, Name
from symkl.language.scope import LawDeclaration
from symkl.language.term import Law, Measure, Negation, Term, Value, sum_of


class MeasureUnderReader(NameReader):
    """Elaborates entropies and mutual informations whose subscript names the law that they are under."""

    def law_below(self, node: Name, group: Group) -> LawDeclaration | None:
        """The law that the subscript of a measure names, where the arguments are some of its random variables."""
        below = script_text(node.sub) if node.sub is not None else None
        if below is None or words.MEASURES.get(node.stem) not in ("H", "h", "I") or self.scope.numbers.intersection({below}):
            return None
        law = self._law_of_stem(below, silent=True)
        if law is None or "" in law.variables or set(group.separators) - set(",;|:"):
            return None
        named = {name for block in self._blocks(group) for name in block}
        return law if named and named <= set(law.variables) else None

    def measure_under(self, law: LawDeclaration, node: Name, group: Group) -> Term:
        """The measure by entropies of marginals: H(X, Y) - H(Y) for H(X | Y), H(X) + H(Y) - H(X, Y) for I(X; Y)."""
        blocks = self._blocks(group)
        bar = group.separators.index("|") + 1 if "|" in group.separators else len(blocks)
        measured, given = blocks[:bar], [name for block in blocks[bar:] for name in block]
        information = words.MEASURES[node.stem] == "I"
        if information:
            cut = 1 + next((k for k, separator in enumerate(group.separators) if separator in ";:"), 0)
            sides = [[name for block in part for name in block] for part in (measured[:cut], measured[cut:])]
        else:
            sides = [[name for block in measured for name in block]]
        if not all(sides):
            self.refuse("A mutual information is of two blocks of random variables", group)
        self.assume(f"{self.source(node.start, group.end)} is under the law {law.name}")
        if not information and given and self._at_a_value(law, group, bar):
            return Measure("H", [Law(law.marginal(tuple(sides[0]), tuple(given)), [Value(name.lower()) for name in given])])
        joint = [name for side in sides for name in side]
        terms: list[Term] = [self._entropy(law, [*side, *given]) for side in sides]
        if information:
            terms.append(Negation(self._entropy(law, [*joint, *given])))
        if given:
            terms.append(Negation(self._entropy(law, given)))
        return sum_of(terms)

    def _entropy(self, law: LawDeclaration, names: list[str]) -> Term:
        ordered = law.in_order(names)
        return Measure("H", [Law(law.marginal(ordered))])

    def _at_a_value(self, law: LawDeclaration, group: Group, bar: int) -> bool:
        """Whether the entropy of a conditional law is at a value, which is written small, and no mean over it."""
        written = [plain_name(name) for part in group.parts[bar:] if (name := part.lone_name()) is not None]
        if not all(name is not None and name.islower() for name in written) or len(written) < len(group.parts) - bar:
            return False
        here, mean = f"the entropy of {law.name} at the value of the condition", "the mean over the condition"
        return not self.flipped("entropy at a value", group, here, mean)

    def _blocks(self, group: Group) -> list[list[str]]:
        """The random variables of each argument, by their names or their values; an empty block where it is none."""
        found: list[list[str]] = []
        for part in group.parts:
            name = part.lone_name()
            full = plain_name(name) if name is not None and name.power is None else None
            if full is None:
                return []
            found.append(list(full) if name is not None and name.word and full.isupper() and len(full) < 4 else [full.upper()])
        return found
