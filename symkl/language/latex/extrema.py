"""Extrema: over a symbol, over an index, over laws with conditions on them, and among several numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from symkl.language.latex.binders import BinderReader
from symkl.language.latex.elaborate import _VISIBLE
from symkl.language.latex.naming import plain_name
from symkl.language.latex.syntax import Chain, Expression, Group, Name, Operator, Run, chain_of
from symkl.language.term import Extremum, Law, Optimum, Pick, Term

VALUES = ("min", "max")
_INDICES = frozenset("ijklmt")


@dataclass(slots=True)
class Varied:
    """What an extremum is over: one symbol, one bound value with its alphabet, or laws with what holds of them."""

    name: str = ""
    alphabet: Term | None = None
    laws: list[Term] = field(default_factory=list)
    conditions: list[Term] = field(default_factory=list)
    within: str = ""


class ExtremumReader(BinderReader):
    """Elaborates min, max, argmin and argmax."""

    def _extremum(self, node: Operator, run: Run, k: int, runs: list[Run], position: int) -> tuple[Term, int, int]:
        """argmin and argmax reach to the end of the expression, min and max as far as the terms hold what varies."""
        following = run.factors[k + 1] if k + 1 < len(run.factors) else None
        if node.sub is None:
            if isinstance(following, Group) and node.word in VALUES and set(following.separators) == {","}:
                several = Pick(node.word, [self.number(part) for part in following.parts])
                return self._raised(self.placed(several, node.start, following.end), following.power, node), k + 2, position + 1
            self.refuse(f"{node.word} does not say over what", node)
        rest = [self._rest(run, k + 1), *runs[position + 1 :]]
        over = self._over(node, rest)
        last = self._last(node, over, run, k, runs, position)
        body = rest[: 1 + last - position]
        term = self.placed(self._of(node, over, body), node.start, body[-1].end)
        return term, len(run.factors), last + 1

    def _of(self, node: Operator, over: list[Varied], body: list[Run]) -> Term:
        """The extremum of a body: over several symbols it is one of extrema."""
        first, *others = over
        if first.laws:
            return Optimum(node.word, first.laws, self._body(body), first.conditions, first.within)
        with self.binding({first.name: first.alphabet} if first.alphabet is not None else {}):
            inner = self._of(node, others, body) if others else self._body(body)
        return Extremum(node.word, first.name, inner)

    def _last(self, node: Operator, over: list[Varied], run: Run, k: int, runs: list[Run], position: int) -> int:
        """The last run that an extremum reaches over."""
        end = len(runs) - 1
        if end == position or node.word not in VALUES:
            return end
        following = run.factors[k + 1] if k + 1 < len(run.factors) else None
        grouped = isinstance(following, Group) and following.bracket in _VISIBLE and len(run.factors) == k + 2
        names = self._names_that_vary(over)
        holding = [at for at in range(position + 1, len(runs)) if self.free.of(runs[at]) & names]
        if grouped or not holding:
            chosen, other = f"the {node.word} reaches to the next sign", "it reaches to the end of the expression"
            return end if self.flipped("extremum", node, chosen, other) else position
        chosen, other = f"the {node.word} reaches over every term with what varies", "it reaches to the next sign only"
        return position if self.flipped("extremum", node, chosen, other) else holding[-1]

    def _names_that_vary(self, over: list[Varied]) -> set[str]:
        names = {varied.name for varied in over if varied.name}
        for law in (law for varied in over for law in varied.laws if isinstance(law, Law)):
            declared = self.scope.laws[law.marginal.law]
            names |= {declared.name, declared.letter, *filter(None, law.marginal.of)}
        return names

    # What stands below

    def _over(self, node: Operator, body: list[Run]) -> list[Varied]:
        sub = node.sub
        if sub is None:
            self.refuse(f"{node.word} does not say over what", node)
        cut = next((at for at, separator in enumerate(sub.separators) if separator in (":", "|", ";")), len(sub.separators))
        parts, conditions = sub.parts[: cut + 1], sub.parts[cut + 1 :]
        found = [self._varied(part, node, body) for part in parts]
        by_law = [varied for varied in found if varied.laws]
        if len(by_law) not in (0, len(found)) or (len(found) > 1 and not by_law and node.word not in VALUES):
            self.refuse(f"{node.word} is over one symbol, or over laws", sub)
        if not by_law:
            if conditions:
                self.refuse(f"A {node.word} under a condition is read over laws only", conditions[0])
            return found
        together = Varied(laws=[law for varied in found for law in varied.laws], within=found[0].within)
        together.conditions = [each for varied in found for each in varied.conditions]
        for condition in conditions:
            together.conditions.append(self._condition(condition))
        return [together]

    def _condition(self, part: Chain) -> Term:
        if not part.relations:
            self.refuse("A condition of an extremum is a relation", part)
        with self.laws(False):
            return self.statement(part)[1]

    def _varied(self, part: Chain, node: Operator, body: list[Run]) -> Varied:
        left = part.sides[0]
        if left is None:
            self.refuse(f"What the {node.word} is over is not read", part)
        lone = chain_of(left).lone_name()
        name = plain_name(lone) if lone is not None else None
        inside = self._set_named(part) if part.relations == ["in"] else ""
        constrained = bool(part.relations) and part.relations != ["in"]
        if lone is None or name is None or self._declared(name) is None:
            return self._undeclared(left, part, node, body)
        law = self.scope.law(name) if name not in self.scope.numbers else None
        if law is not None and node.word in VALUES and (constrained or part.relations == ["in"]):
            return Varied(laws=[law.law()], conditions=[self._condition(part)] if constrained else [], within=inside)
        if constrained:
            self.refuse(f"A {node.word} under a condition is read over laws only", part)
        if part.relations:
            self.assume(f"{name} varies over all values that its givens allow")
        return Varied(name=name)

    def _undeclared(self, left: Expression, part: Chain, node: Operator, body: list[Run]) -> Varied:
        """An index of laws in the body, or a law written with its values or its random variables."""
        lone = chain_of(left).lone_name()
        name = plain_name(lone) if lone is not None else None
        if name is not None and name in _INDICES:
            if self._law_using(name, body) is None:
                self.refuse(f"The {node.word} over an index is not read", part)
            return Varied(name=name, alphabet=self._of_bare(name, body, part))
        if name is not None and not any(isinstance(each, Law) for each in self._laws_below(left)):
            self.refuse(f"'{name}' is not declared; a given such as '{name} real' would declare it", left)
        laws = self._laws_below(left)
        if not laws:
            self.refuse(f"{node.word} is over one symbol, or over laws", part)
        constrained = bool(part.relations) and part.relations != ["in"]
        if constrained:
            self.refuse(f"A condition on the laws of a {node.word} stands behind a colon", part)
        return Varied(laws=laws, within=self._set_named(part) if part.relations else "")

    def _laws_below(self, left: Expression) -> list[Term]:
        """The law that p(x), p(y|x) or P_X names; a conditional one as a whole, for every value of its condition."""
        factors = left.runs[0].factors if len(left.runs) == 1 else []
        if not factors or not isinstance(factors[0], Name) or self.law_named(factors[0])[0] is None:
            return []
        with self.laws(True):
            law = self.expression(left)
        return [Law(law.marginal)] if isinstance(law, Law) else []

    def _set_named(self, part: Chain) -> str:
        right = part.sides[1] if len(part.sides) > 1 else None
        name = chain_of(right).lone_name() if right is not None else None
        return (plain_name(name) or "") if name is not None else ""

    def _declared(self, name: str) -> str | None:
        if name in self.scope.numbers or self.scope.law(name) is not None or self.scope.lenient:
            return name
        if name in self.scope.variables or name in self.scope.functions or self.scope.variable_of_value(name) is not None:
            return name
        return None
