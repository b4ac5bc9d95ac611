"""Expectations: what they average over, and under which law."""

from __future__ import annotations

from symkl.language.latex.extrema import ExtremumReader
from symkl.language.latex.naming import bound_by, plain_name, walk
from symkl.language.latex.syntax import Chain, Expression, Group, Name, Node, Operator, Run
from symkl.language.scope import DENSITY, MASS
from symkl.language.term import Expectation, Function, Law, RandomVariable, Term, Value, is_law, subterms


class ExpectationReader(ExtremumReader):
    """Elaborates expectations, and with them every operator."""

    first_mean: Operator | None = None
    """The first expectation of the formula that does not say its law."""

    # Expectations

    def expectation(self, node: Operator, body: list[Run]) -> Term:
        """An expectation: over what its subscript draws, or over the values in it that nothing binds."""
        if node.sup is not None:
            self.refuse("An expectation with a superscript is not read", node.sup)
        averaged = body[0].factors[0] if len(body) == 1 and len(body[0].factors) == 1 else None
        if isinstance(averaged, Group) and "|" in averaged.separators:
            self.refuse("A bar in what is averaged; a conditional mean is not read", averaged)
        if node.sub is None:
            return self._expected(node, *self._unsaid(node, body), body)
        if any("sim" in part.relations for part in node.sub.parts):
            return self._drawn(node, self._draws(node.sub), body)
        lone = node.sub.only.lone_name() if node.sub.only is not None else None
        full = plain_name(lone) if lone is not None else None
        if full is not None and self.law_named(lone)[0] is None:  # type: ignore[arg-type]
            variables = [full] if full in self.scope.variables else [self.scope.variable_of_value(full)]
            if variables[0] is not None:
                return self._expected(node, [full.lower()], self._joint([str(variables[0])], node), body)
        by_names = self._drawn_by_names(node.sub)
        if by_names is not None:
            return self._expected(node, *by_names, body)
        law = self._law_written(node.sub)
        written = self.averaged_names(node)
        names = [*written] if len(written) == _count(law) else self._values_of(law, node, body)
        return self._expected(node, names, law, body)

    def _drawn_by_names(self, sub: Group) -> tuple[list[str], Term] | None:
        """The z under p(z | x, theta) of E_{Z | X, theta}, and all values of the one law that is named after theta of E_theta."""
        parts = [part.lone_name() for part in sub.parts]
        names = [plain_name(name) if name is not None else None for name in parts]
        if None in names or any(self.law_named(name)[0] for name in parts if name is not None):
            return None
        spelled = [str(name) for name in names]
        if len(spelled) == 1:
            laws = [law for law in self.scope.laws.values() if law.name.endswith(f"_{spelled[0]}") and "" not in law.variables]
            if spelled[0] not in self.scope.numbers or len(laws) != 1:
                return None
            self.assume(f"the mean by {spelled[0]} is under {laws[0].name}")
            return [variable.lower() for variable in laws[0].variables], laws[0].law()
        return self._conditional_draw(sub, spelled)

    def _conditional_draw(self, sub: Group, spelled: list[str]) -> tuple[list[str], Term] | None:
        bar = sub.separators.index("|") + 1 if "|" in sub.separators else len(spelled)
        variables = [self.scope.variable_of_value(name.lower()) or name.upper() for name in spelled]
        laws = [law for law in self.scope.laws.values() if set(variables) <= set(law.variables)]
        if len(laws) != 1 or len(set(variables)) < len(variables) or set(sub.separators) - {",", "|"}:
            return None
        values = [name.lower() if name in self.scope.variables else name for name in spelled]
        marginal = laws[0].marginal(tuple(variables[:bar]), tuple(variables[bar:]))
        self.assume(f"the mean over {', '.join(values[:bar])} is under {laws[0].name}")
        return values[:bar], Law(marginal, [Value(value) for value in values[bar:]])

    def _law_written(self, sub: Group) -> Term:
        if len(sub.parts) == 1 and sub.parts[0].single is not None:
            with self.laws(True):
                law = self.number(sub.parts[0])
            if is_law(law) or isinstance(law, Function | RandomVariable):
                return law
        raise self.fault("An expectation is under a law", sub)

    def _draws(self, sub: Group) -> list[tuple[list[str], Expression]]:
        """The pairs of names and law that a subscript with \\sim states."""
        found: list[tuple[list[str], Expression]] = []
        names: list[str] = []
        for part in sub.parts:
            left = part.sides[0]
            if left is None:
                self.refuse("An expectation draws a value from a law, as in x \\sim p", part)
            chain = Group(part.start, part.end, "{", [Chain(left.start, left.end, [left], ["sim"])], [])
            names.extend(bound_by(Operator(part.start, part.end, "E", chain)))
            if part.relations == ["sim"] and part.sides[1] is not None:
                if not names:
                    self.refuse("What is drawn is not read", part)
                found.append((names, part.sides[1]))
                names = []
            elif part.relations:
                self.refuse("An expectation draws a value from a law, as in x \\sim p", part)
        if names:
            self.refuse(f"{', '.join(names)} is drawn from no law", sub)
        return found

    def _drawn(self, node: Operator, draws: list[tuple[list[str], Expression]], body: list[Run]) -> Term:
        (names, written), rest = draws[0], draws[1:]
        with self.laws(True):
            law = self.expression(written)
        if not (is_law(law) or isinstance(law, Function)):
            self.refuse("An expectation is under a law", written)
        if not rest:
            return self._expected(node, names, law, body)
        names = [name.lower() if name in self.scope.variables else name for name in names]
        law = self._drawn_from(law, names, node, [])
        with self.binding(dict.fromkeys(names)):
            return Expectation(names, (law,), self._drawn(node, rest, body))

    def _expected(self, node: Operator, names: list[str], law: Term, body: list[Run]) -> Term:
        names = [name.lower() if name in self.scope.variables else name for name in names]
        law = self._drawn_from(law, names, node, body)
        free: set[str] = set().union(*(self.free.of(run) for run in body))
        if not any(name in free or name.upper() in free for name in names) and self.implicit is None:
            if len(names) == 1 and self._laws_in(body, bare=True):
                self._stands_at(names[0])
            else:
                self.assume(f"what is averaged does not depend on {', '.join(names)}")
        with self.binding(self.scope.drawn(names, law)), self.laws(False):
            return Expectation(names, (law,), self._body(body))

    def _drawn_from(self, law: Term, names: list[str], node: Operator, body: list[Run]) -> Term:
        """The law that fewer values than it has are drawn from: their marginal, or their law given those that stay free."""
        if not isinstance(law, Law) or len(law.marginal.of) <= len(names):
            return law
        drawn = [self.scope.variable_of_value(name) for name in names]
        others = [variable for variable in law.marginal.of if variable not in drawn]
        if None in drawn or not set(drawn) <= set(law.marginal.of):
            self.refuse(f"The law {law.marginal.law} is of {len(law.marginal.of)} values, and {len(names)} drawn", node)
        declared = self.scope.laws[law.marginal.law]
        of = tuple(str(variable) for variable in drawn)
        if law.marginal.given:
            return Law(declared.marginal(of, law.marginal.given), law.args)
        free: set[str] = set().union(*(self.free.of(run) for run in body))
        conditions = [name for variable in others for name in (variable.lower(), variable) if name in free]
        if len(conditions) == len(others):
            values = [Value(name.lower()) for name in conditions]
            listed = ", ".join(name.lower() for name in conditions)
            chosen, other = f"{', '.join(names)} drawn given {listed}", f"{', '.join(names)} drawn whatever {listed} is"
            if not self.flipped("drawn", node, chosen, other):
                return Law(declared.marginal(of, tuple(others)), values)
        return Law(declared.marginal(of))

    def _values_of(self, law: Term, node: Operator, body: list[Run]) -> list[str]:
        """The values that an expectation under a bare law averages over: those of its variables that the body holds."""
        marginals = [part.marginal for part in subterms(law) if isinstance(part, Law)]
        variables = list(dict.fromkeys(name for marginal in marginals for name in marginal.of))
        free: set[str] = set().union(*(self.free.of(run) for run in body)) - set(self.bound)
        if not variables:
            self.refuse("The expectation does not say what it averages over", node)
        if variables == [""]:
            loose = [name for name in self._loose_values(body) if name not in self.bound]
            if loose:
                return loose[:1]
            if self._laws_in(body, bare=True):
                return [self._implicit_value(body)]
            if not free - self.scope.numbers:
                return [self._fresh(body)]
            self.refuse("The expectation does not say what it averages over", node)
        names = []
        for variable in variables:
            candidates = [name for name in (variable, variable.lower()) if name in free]
            candidates += sorted(name for name in free if name.upper() == variable)
            others = sorted(
                n for n in free if self.scope.variable_of_value(n) == variable and any(self._applied_to(n, run) for run in body)
            )
            names.append(next(iter([*candidates, *others]), variable.lower()))
        if not any(name in free for name in names):
            if any(self.law_named(inner)[1] for run in body for inner in walk(run) if isinstance(inner, Name)):
                self.assume(f"laws in the expectation stand for their masses at {', '.join(names)}")
                return names
            if len(variables) == 1 and self._laws_in(body, bare=True):
                return [self._implicit_value(body)]
            if not any(free.intersection((name, name.upper())) for name in self.scope.variables):
                return names
            self.refuse("The expectation does not say what it averages over", node)
        return names

    def _implicit_value(self, body: list[Run]) -> str:
        return self._stands_at(self._fresh(body))

    def _stands_at(self, value: str) -> str:
        """A value at which the laws in an expectation are their masses."""
        self.implicit = value
        self.assume(f"a law in the expectation stands for its mass at {value}")
        return value

    def _unsaid(self, node: Operator, body: list[Run]) -> tuple[list[str], Term]:
        """The values and the law of an expectation without a subscript."""
        free: set[str] = set().union(*(self.free.of(run) for run in body)) - set(self.bound)
        capitals = [name for name in self.scope.variables if name in free]
        if capitals:
            names = [name.lower() for name in capitals]
            law = self._joint(capitals, node)
        else:
            names = self._loose_values(body)
            variables = [self.scope.variable_of_value(name) for name in names]
            if not names or None in variables:
                self.refuse("The expectation does not say under which law", node)
            law, names = self._one_of_the_laws(dict(zip(map(str, variables), names, strict=True)), node)
        self.assume(f"the expectation without a subscript is over {', '.join(names)}, under their own law")
        return names, law

    def _one_of_the_laws(self, drawn: dict[str, str], node: Operator) -> tuple[Term, list[str]]:
        """The law of values, by their variables, and the values; where another law has such values too, that is a choice.

        All expectations of a formula that do not say their law are under the same one.
        """
        law = self._joint([*drawn], node)
        own = self.scope.variables[next(iter(drawn))]
        others = [
            other
            for name, other in self.scope.laws.items()
            if name != own and other.entries in (MASS, DENSITY) and set(other.variables) & drawn.keys()
        ]
        if len(others) > 1:
            self.refuse(f"The expectation may be under {', '.join([own, *(other.name for other in others)])}", node)
        self.first_mean = self.first_mean or node
        if not others or not self.flipped("unsaid law", self.first_mean, f"the mean is under {own}", f"under {others[0].name}"):
            return law, [*drawn.values()]
        kept = {variable: name for variable, name in drawn.items() if variable in others[0].variables}
        return Law(others[0].marginal(tuple(kept))), [*kept.values()]

    def _joint(self, variables: list[str], node: Node) -> Term:
        law = self.scope.laws.get(self.scope.variables.get(variables[0], ""))
        if law is None or not set(variables) <= set(law.variables):
            self.refuse("The law of what is averaged is not known", node)
        return Law(law.marginal(tuple(variables)))


def _count(law: Term) -> int:
    return len({name for part in subterms(law) if isinstance(part, Law) for name in part.marginal.of})
