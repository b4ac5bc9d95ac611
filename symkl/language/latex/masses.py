"""Laws and their masses: p(x), p_i, P_{X|Y}(x|y), the law of p(.|x), and the values that they are taken at."""

from __future__ import annotations

from symkl.language.kinds import value_fault
from symkl.language.latex.functions import FunctionReader
from symkl.language.latex.naming import (
    index_names,
    names_a_block,
    plain_name,
    walk,
)
from symkl.language.latex.syntax import Chain, Dots, Group, Name, Node, chain_of
from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    Delta,
    Function,
    Law,
    Mass,
    Number,
    Outcome,
    Symbol,
    Term,
    Value,
)

PLACEHOLDER = Value("_dot")
"""What stands for the values that a law leaves open, the dot of p(.|x)."""


class MassReader(FunctionReader):
    """Elaborates the names of laws and what they are applied to."""

    # Laws

    def law_named(self, node: Name) -> tuple[LawDeclaration | None, bool]:
        """The law a name stands for or is an entry of; and whether its subscript says which random variables are meant."""
        full = plain_name(node)
        scope = self.scope
        if full is not None:
            law = scope.law(full)
            if law is not None:
                if self._varying(node) is not None:
                    self.refuse("A law with a bound index, one of a sequence of laws, is not read", node)
                return law, False
        if node.sub is not None:
            law = self._law_of_stem(node.stem, silent=True)
            if law is None:
                return None, False
            if self._subscript_variables(node.sub) is not None and set(self._flat(node.sub)) <= set(law.variables):
                return law, True
            if law.indexed or len(law.variables) > 1:
                return law, False
            return (law, False) if self._all_bound(node.sub) and "" not in law.variables else (None, False)
        return self._law_of_stem(node.stem), False

    def _law_of_stem(self, stem: str, silent: bool = False) -> LawDeclaration | None:
        law = self.scope.law(stem) or self.scope.law(f"{stem}_vec")
        if law is None and len(stem.rstrip("'")) == 1 and stem not in self.scope.numbers and stem not in self.scope.functions:
            law = self.scope.law(stem.swapcase())
            if law is not None and law.name not in self.scope.numbers and not (stem.isupper() and stem in self.scope.variables):
                if not silent:
                    self.assume(f"{stem} and {law.name} are one law")
                return law
            return None
        return law

    def _all_bound(self, sub: Group) -> bool:
        indices = index_names(sub)
        return bool(indices) and all(index in self.bound for index in indices)

    def _flat(self, sub: Group) -> list[str]:
        found = self._subscript_variables(sub)
        return [] if found is None else [*found[0], *found[1]]

    def _subscript_variables(self, sub: Group) -> tuple[list[str], list[str]] | None:
        """The random variables of P_{X}, P_{XY}, P_{X,Y}, P_{X|Y}, before and after the bar; None where it names none."""
        before: list[str] = []
        after: list[str] = []
        barred = False
        for position, part in enumerate(sub.parts):
            barred = barred or (position > 0 and sub.separators[position - 1] == "|")
            lone = part.lone()
            inner = self._subscript_variables(lone) if isinstance(lone, Group) and lone.bracket == "(" else None
            names = inner[0] if inner is not None and not inner[1] else self._variables_in(part)
            if names is None:
                return None
            (after if barred else before).extend(names)
        return before, after

    def _variables_in(self, part: Chain) -> list[str] | None:
        expression = part.sides[0]
        if expression is None or len(expression.runs) != 1 or any(r != "=" for r in part.relations):
            return None
        found: list[str] = []
        for factor in expression.runs[0].factors:
            if not isinstance(factor, Name):
                return None
            full = plain_name(factor)
            if full is None:
                return None
            if full in self.scope.variables:
                found.append(full)
            elif full.upper() in self.scope.variables and full not in self.bound:
                found.append(full.upper())
            elif factor.word and factor.sub is None and all(letter in self.scope.variables for letter in factor.stem):
                found.extend(factor.stem)
            else:
                return None
        return found or None

    def _law_by_subscript(self, law: LawDeclaration, node: Name) -> Term:
        """P_X, P_{X|Y}, P_{X|Y=y} as a law."""
        if node.sub is None:
            return law.law()
        found = self._subscript_variables(node.sub)
        if found is None:
            return law.law()
        values: list[Term] = []
        for part in node.sub.parts:
            if part.relations == ["="] and part.sides[1] is not None:
                with self.laws(False):
                    values.append(self._value(Chain(part.start, part.end, [part.sides[1]], [])))
        if not values and all(name.lower() in self.bound for name in found[1]):
            values = [Value(name.lower()) for name in found[1]]
        return Law(law.marginal(tuple(found[0]), tuple(found[1])), values)

    # Masses

    def _entry(self, law: LawDeclaration, node: Name) -> Term | None:
        """p_i, p_{ij}: the mass at an index or at several."""
        if node.sub is None:
            return None
        values = self._indices(node.sub, len(law.variables))
        if values is None or len(values) > len(law.variables):
            return None
        bar = len(values)
        if "|" in node.sub.separators:
            bar = sum(separator != "|" for separator in node.sub.separators[: node.sub.separators.index("|")]) + 1
        # Values named like the variables are of these, whatever the order: p_{y|x} is the mass of Y = y given X = x.
        named = [self._variable_named(law, value) for value in values]
        known = tuple(name for name in named if name is not None)
        if len(known) == len(values) == len(set(known)):
            if bar == len(values):
                order = sorted(range(bar), key=lambda place: law.variables.index(known[place]))
                known, values = tuple(known[place] for place in order), [values[place] for place in order]
            return self._mass_of(law, known[:bar], known[bar:], values, node)
        if len(values) < len(law.variables):
            return None
        return self._mass_of(law, law.variables[:bar], law.variables[bar:], values, node)

    def _indices(self, sub: Group, count: int) -> list[Term] | None:
        """The values that a subscript spells: i, two of them in ij or in i,j, or an index expression; None for a label."""
        values: list[Term] = []
        for part in sub.parts:
            name = part.lone_name()
            text = plain_name(name) if name is not None else None
            if name is None or text is None:
                values.extend(self._several(part) or [self._index_formula(part)])
            elif text in self.bound or text in self.scope.numbers or text in self.scope.outcomes:
                values.append(self._value_named(text))
            elif name.word:
                if len(name.stem) != count or name.sub is not None or count == 1:
                    return None
                values.extend(map(self._value_named, name.stem))
            else:
                values.append(Value(text))
        return values

    def _several(self, part: Chain) -> list[Term]:
        """The indices of p_{i j}, names side by side."""
        expression = part.single
        factors = expression.runs[0].factors if expression is not None and len(expression.runs) == 1 else []
        names = [plain_name(factor) if isinstance(factor, Name) and factor.power is None else None for factor in factors]
        if len(names) < 2 or None in names or expression is None or any(expression.runs[0].joints):
            return []
        return [self._value_named(str(name)) for name in names]

    def _index_formula(self, part: Chain) -> Term:
        with self.laws(False):
            return self.number(part)

    def _value_named(self, text: str) -> Term:
        if text.isdigit():
            return Number(int(text))
        if text in self.bound:
            return Value(text)
        if text in self.scope.numbers:
            return Symbol(text)
        return Outcome(text) if text in self.scope.outcomes else Value(text)

    def _mass_at(self, law: LawDeclaration, of_subscript: bool, node: Name, group: Group) -> Term:
        """p(x), p(x,y), p(y|x), P(X = x), P_{X|Y}(x|y): the mass, or the law where a law is needed."""
        values: list[Term] = []
        variables: list[str | None] = []
        before = 0
        barred = False
        for position, part in enumerate(group.parts):
            separator = group.separators[position - 1] if position else ""
            if separator == ";":
                self.assume(f"what stands after the semicolon in {self.source(node.start, group.end)} are parameters of the law")
                break
            if separator in ("|", "||"):
                if barred or separator == "||":
                    self.refuse("A mass has one conditional bar", part)
                barred = True
            for variable, value in self._arguments(part, law):
                if not barred and value in values and self._is_variable(part, law):
                    self.assume(f"{self.source(node.start, group.end)} is the law of {self.source(part.start, part.end)} alone")
                    continue
                variables.append(variable)
                values.append(value)
                before += not barred
        if of_subscript and node.sub is not None:
            named = self._flat(node.sub)
            if len(named) != len(values):
                self.refuse(f"{self.source(node.start, node.end)} is of {len(named)} variables, not {len(values)}", group)
            before = len((self._subscript_variables(node.sub) or (named, []))[0])
            return self._mass_of(law, tuple(named[:before]), tuple(named[before:]), values, node)
        if PLACEHOLDER in values:
            return self._left_open(law, variables, values, before, group)
        named = self._variables_of(law, variables, values, group)
        return self._mass_of(law, tuple(named[:before]), tuple(named[before:]), values, node)

    def _is_variable(self, part: Chain, law: LawDeclaration) -> bool:
        """Whether an argument is a random variable by its capital letter, as in p(X, X)."""
        name = part.lone_name()
        return name is not None and plain_name(name) in law.variables

    def _left_open(self, law: LawDeclaration, variables: list[str | None], values: list[Term], before: int, group: Group) -> Term:
        """p(.|x): the law of the values that are left open, given the others."""
        if not self.laws_allowed:
            self.refuse("A law whose values are left open, where a number is needed", group)
        given = values[before:]
        named = [v or self._variable_named(law, value) for v, value in zip(variables[before:], given, strict=True)]
        rest = tuple(name for name in law.variables if name not in named)
        if any(value != PLACEHOLDER for value in values[:before]) or PLACEHOLDER in given or None in named or not rest:
            self.refuse("A dot in a law stands before the bar, for all the values that are left open", group)
        return Law(law.marginal(rest, tuple(str(name) for name in named)), given)

    def _mass_of(self, law: LawDeclaration, of: tuple[str, ...], given: tuple[str, ...], values: list[Term], node: Node) -> Term:
        marginal = law.marginal(of, given)
        values = [self.scope.outcome(value, law.alphabet(name)) for name, value in zip((*of, *given), values, strict=True)]
        for name, value in zip((*of, *given), values, strict=True):
            fault = value_fault(value, law.alphabet(name))
            if fault:
                self.refuse(f"{law.letter} has no value there, {fault}", node)
        if not self.laws_allowed:
            return Mass(marginal, values)
        return Law(marginal, values[len(of) :])

    def _arguments(self, part: Chain, law: LawDeclaration) -> list[tuple[str | None, Term]]:
        """The values that one argument of a mass spells: x, X = x, (x, y)."""
        if isinstance(part.lone(), Dots):
            self.refuse("Dots in the arguments of a law are not read", part)
        if part.relations == ["="] and part.sides[0] is not None and part.sides[1] is not None:
            left = chain_of(part.sides[0]).lone_name()
            name = plain_name(left) if left is not None else None
            if name is not None and name not in self.scope.variables and name.upper() in self.scope.variables:
                name = name.upper()
            if name not in law.variables:
                self.refuse("An event names a random variable of the law, as in P(X = x)", part)
            return [(name, self._value(Chain(part.start, part.end, [part.sides[1]], [])))]
        lone = part.lone()
        if isinstance(lone, Group) and lone.power is None and (len(lone.parts) > 1 or lone.bracket == "{"):
            return [found for inner in lone.parts for found in self._arguments(inner, law)]
        word = part.lone_name()
        if word is not None and word.word and word.sub is None and self._spells_values(word.stem, law):
            return [(None, self._value_named(letter)) for letter in word.stem]
        beside = self._side_by_side_values(part, law)
        if beside:
            return [(None, self._value_named(letter)) for letter in beside]
        return [(None, self._value(part))]

    def _side_by_side_values(self, part: Chain, law: LawDeclaration) -> list[str]:
        """x and y of p(x y), where these are values of the law and no product."""
        expression = part.single
        factors = expression.runs[0].factors if expression is not None and len(expression.runs) == 1 else []
        if expression is None or len(factors) < 2 or expression.runs[0].negative or any(expression.runs[0].joints):
            return []
        names = [factor.stem for factor in factors if isinstance(factor, Name) and factor.sub is None and factor.power is None]
        return names if len(names) == len(factors) and {name.upper() for name in names} <= set(law.variables) else []

    def _spells_values(self, stem: str, law: LawDeclaration) -> bool:
        return len(stem) > 1 and stem.isalpha() and all(letter.upper() in law.variables for letter in stem)

    def _value(self, part: Chain) -> Term:
        """An argument of a mass: a bound value, an outcome, a free value, a number."""
        with self.laws(False):
            name = part.lone_name()
            if name is None:
                return self.number(part)
            full = plain_name(name)
            if names_a_block(name):
                self.refuse("A block of values, as x_{1:T}, is not read: what it shares with other values is lost", name)
            if name.power is not None and name.power.lone_name() is not None:
                self.refuse("A value with a letter above it, a power, a sequence or a sample, is not read in a mass", name)
            if full is None or name.power is not None:
                return self.number(part)
            if full in self.bound:
                return Value(full)
            if full in self.scope.outcomes:
                return Outcome(full)
            if full in self.scope.variables:
                self.assume(f"{full} as an argument of a mass is a value of the random variable {full}, written {full.lower()}")
                return Value(full.lower())
            data = self._data_entry(name) if not self._names_value(full) else None
            if data is not None:
                return data
            law, _ = self.law_named(name)
            if full in self.scope.numbers:
                return Symbol(full)
            if name.sub is not None and law is not None and self._all_bound(name.sub):
                return self.number(part)
            if name.sub is not None and self._all_bound(name.sub):
                sequence = f"{name.stem}_data function"
                self.refuse(f"'{full}' is a value with a bound index; a given '{sequence}' makes it a data point", name)
            if self._varying(name) is not None:
                self.refuse("A value whose index is calculated from a bound one is not read", name)
            return Value(full)

    def _names_value(self, full: str) -> bool:
        return full in self.bound

    def _variables_of(self, law: LawDeclaration, variables: list[str | None], values: list[Term], node: Node) -> list[str]:
        if len(law.variables) == 1 and len(values) == 1:
            return list(law.variables)
        named = [v or self._variable_named(law, value) for v, value in zip(variables, values, strict=True)]
        if None not in named and len(set(named)) == len(named):
            return [str(name) for name in named]
        if len(values) == len(law.variables):
            return list(law.variables)
        plural = "s" * (len(law.variables) != 1)
        raise self.fault(
            f"The law {law.name} has {len(law.variables)} variable{plural}, and what stands here does not say which are meant",
            node,
        )

    def _variable_named(self, law: LawDeclaration, value: Term) -> str | None:
        if isinstance(value, Function) and value.name.endswith("_data"):
            found = value.name.removesuffix("_data").upper()
            return found if found in law.variables else None
        return self.scope.variable_of(value, law, self.bound)

    def _varying(self, node: Name) -> str | None:
        """The index below a name that is bound here, so that the name stands for one thing after another."""
        inside = walk(node.sub) if node.sub is not None else ()
        indices = [inner.stem for inner in inside if isinstance(inner, Name)]
        return next((index for index in indices if index in self.bound or index.split("_")[0] in self.bound), None)

    def _delta(self, left: Chain, right: Chain, node: Node) -> Term:
        return Delta(self._value(left), self._value(right))

    def _data_entry(self, node: Name) -> Term | None:
        """x_i as the i-th of a sequence of values, where the scope knows such a sequence."""
        name = f"{node.stem}_data"
        if node.sub is None or name not in self.scope.functions:
            return None
        named = [self._value_named(index) for index in index_names(node.sub)]
        return Function(name, named or [self._index_formula(part) for part in node.sub.parts])
