"""What a name stands for under a scope: a bound value, a number, a mass, a law, a random variable, a measure, a function."""

from __future__ import annotations

from symkl.language.kinds import undeclared, value_fault
from symkl.language.latex import words
from symkl.language.latex.functions import FunctionReader
from symkl.language.latex.naming import (
    SET_FONTS,
    index_names,
    is_powered_application,
    is_slope,
    names_a_block,
    plain_name,
    script_text,
)
from symkl.language.latex.syntax import Chain, Dots, Group, Name, Node, chain_of
from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    Constant,
    Delta,
    Function,
    Law,
    Mass,
    Number,
    Outcome,
    RandomVariable,
    Range,
    Size,
    Symbol,
    Term,
    Value,
)

PLACEHOLDER = Value("_dot")
"""What stands for the values that a law leaves open, the dot of p(.|x)."""


class NameReader(FunctionReader):
    """Elaborates names, alone and applied."""

    implicit: str | None = None
    """The value at which a law that stands bare in a sum or an expectation has its mass: E_p[log p - log q]."""

    # Names, alone and applied

    def name(self, node: Name, following: Group | None) -> tuple[Term, int]:
        """What a name stands for, applied to the bracket after it where it is; and how many brackets were used."""
        if following is not None and following.bracket != "{" and (node.power is None or self._takes_power(node, following)):
            found = self._applied(node, following)
            if found is not None:
                return self._raised(found, node.power if node.power is not None else following.power, node), 1
        return self._raised(self._bare(node), node.power, node), 0

    def _takes_power(self, node: Name, group: Group) -> bool:
        """Whether a power may stand between a name and its bracket, as in H^2(X), p^2(x) and f^2(x)."""
        full = plain_name(node)
        if is_powered_application(node, group) and self.law_named(node)[0] is not None:
            return True
        return full in self.scope.functions or (node.stem in words.MEASURES and full not in self.scope.numbers)

    def _applied(self, node: Name, group: Group) -> Term | None:
        """The name applied to a bracket, or None where the two are a product."""
        if is_slope(node, group) and not self._known_name(plain_name(node)):
            return self._slope(node, group)
        full = plain_name(node)
        if node.stem == "delta" and (full not in self.scope.numbers) and len(group.parts) == 2 and group.separators == [","]:
            return self._delta(group.parts[0], group.parts[1], node)
        if node.stem == "delta" and node.sub is not None and not self._known_name(full):
            return None
        family = self._of_family(node, group)
        if family is not None:
            return family
        if full is not None and full in self.scope.functions:
            if self._varying(node) is not None:
                self.refuse(f"'{full}' is one function by its given, and its index {self._varying(node)} is bound here", node)
            if self.law_below(node, group) is not None:
                self.refuse(
                    "Under this law, of which a value is only ever a condition; write its joint law to have it read", node
                )
            return self._function(full, group)
        law, of_subscript = self.law_named(node)
        if law is not None and not self._is_index_of(law, of_subscript, node, group):
            return self._mass_at(law, of_subscript, node, group)
        if full is not None and (full in self.scope.numbers or full in self.bound):
            return None
        measure = self._measure_named(node, group)
        if measure is not None:
            return self._measure(measure, node, group)
        below = self.law_below(node, group)
        if below is not None:
            return self.measure_under(below, node, group)
        if full is not None and self.scope.lenient and (group.only is None or group.only.lone_name() is not None):
            return self._function(full, group)
        if self.known(node):
            return None
        if full is None:
            raise self.fault("This name with a formula below it is not read", node)
        if group.only is not None and not self._looks_applied(group):
            return None
        raise self.fault(
            f"'{full}' is not declared as a law or a function; a given such as '{full} function' would declare it", node
        )

    def _known_name(self, full: str | None) -> bool:
        return full is not None and (full in self.scope.functions or self.scope.law(full) is not None)

    def _looks_applied(self, group: Group) -> bool:
        return group.only is None or group.only.lone_name() is not None

    def _is_index_of(self, law: LawDeclaration, of_subscript: bool, node: Name, group: Group) -> bool:
        """Whether p_i(...) is the mass p_i times a bracket: the law has masses with an index, or no value stands there."""
        if node.sub is None or plain_name(node) in (law.name, law.letter):
            return False
        return law.indexed or (not of_subscript and not self._looks_applied(group))

    def _bare(self, node: Name) -> Term:
        if node.stem == "delta" and node.sub is not None and "delta" not in self.scope.numbers:
            indices = self._indices(node.sub, 2) if self.scope.law("delta") is None else None
            if indices is not None and len(indices) == 2:
                return Delta(indices[0], indices[1])
        full = plain_name(node)
        if full is not None and node.sub is None and full in self.bound:
            return Value(full)
        if full is not None and full in self.bound:
            return Value(full)
        law, of_subscript = self.law_named(node)
        number = full is not None and full in self.scope.numbers
        if self.laws_allowed and not (number and law is not None and (law.letter == full or of_subscript)):
            found = self._in_measure(node, full, law, of_subscript)
            if found is not None:
                return found
        if number:
            self._does_not_vary(node, str(full))
            return Symbol(str(full))
        if law is not None and node.sub is not None and full != law.name and not self._names_variables(node.sub):
            entry = self._entry(law, node)
            if entry is not None:
                return entry
        if law is not None and of_subscript and node.sub is not None:
            named = self._subscript_variables(node.sub)
            if named is not None and all(name.lower() in self.bound for part in named for name in part):
                before, after = map(tuple, named)
                return self._mass_of(law, before, after, [Value(name.lower()) for name in (*before, *after)], node)
        if law is not None and self.implicit is not None and (node.sub is None or full in (law.name, law.letter)):
            return self._mass_of(law, law.variables[:1], (), [Value(self.implicit)], node)
        return self._number_named(node, full, law)

    def _does_not_vary(self, node: Name, full: str) -> None:
        """Refuse a number whose name has an index that is bound here: as one number it would be the same for all."""
        index = self._varying(node)
        if index is not None:
            self.refuse(f"'{full}' is one number by its given, and its index {index} is bound here", node)

    def _varying(self, node: Name) -> str | None:
        """The index below a name that is bound here, so that the name stands for one thing after another."""
        indices = index_names(node.sub) if node.sub is not None else []
        return next((index for index in indices if index in self.bound or index.split("_")[0] in self.bound), None)

    def _names_variables(self, sub: Group) -> bool:
        return any(name in self.scope.variables for name in index_names(sub))

    def _in_measure(self, node: Name, full: str | None, law: LawDeclaration | None, of_subscript: bool) -> Term | None:
        """The name as an argument of a measure: a random variable, or a law."""
        if full is not None:
            for name in (full, full.upper()):
                if name in self.scope.variables and (law is None or name == full):
                    return RandomVariable(name)
        if law is None:
            if node.power is not None and full is not None and f"{full}_1_n" in self.scope.variables:
                return None
            variable = self.scope.variable_of_value(full) if full is not None else None
            return RandomVariable(variable) if variable is not None and full == variable.lower() else None
        if of_subscript:
            return self._law_by_subscript(law, node)
        if full in (law.name, law.letter) or node.sub is None:
            return law.law()
        return None

    def _number_named(self, node: Name, full: str | None, law: LawDeclaration | None) -> Term:
        if full is None:
            raise self.fault("This name with a formula below it is not read", node)
        if node.stem == "infty":
            raise self.fault("Infinity as a number is not read", node)
        if law is not None and (node.sub is None or full == law.name):
            raise self.fault(f"'{full}' is a law; a number is needed here", node)
        variable = self.scope.variable_of_value(full)
        index = self._varying(node)
        entry = self._data_entry(node) if index is not None else None
        if entry is not None:
            return entry
        if variable is not None and full not in self.scope.variables:
            if index is not None:
                self.refuse(f"'{full}' is one value of {variable}, and its index {index} is bound here", node)
            return Value(full)
        if full in self.scope.variables:
            lower = full.lower()
            if lower in self.bound:
                return Value(lower)
            raise self.fault(f"'{full}' is a random variable; a number is needed here", node)
        if node.sub is None and full in ("e", "pi"):
            return Constant(full)
        if full in self.scope.functions:
            raise self.fault(f"'{full}' is a function; its argument is missing", node)
        indexed = self._data_entry(node)
        if indexed is not None:
            return indexed
        if self.scope.lenient or self._is_bare_measure(node):
            return Symbol(full)
        raise self.fault(undeclared(full, self.bound, self.scope, self.laws_allowed), node)

    def _is_bare_measure(self, node: Name) -> bool:
        """Whether H or D_{KL} stands without arguments, as the name of a number."""
        below = script_text(node.sub) if node.sub is not None else None
        found = node.stem in words.QUANTITIES if node.sub is None else (node.stem, str(below)) in words.SUBSCRIPTED
        if found:
            self.assume(f"{self.source(node.start, node.end)} without arguments is a number of that name")
        return found

    def _data_entry(self, node: Name) -> Term | None:
        """x_i as the i-th of a sequence of values, where the scope knows such a sequence."""
        name = f"{node.stem}_data"
        if node.sub is None or name not in self.scope.functions:
            return None
        return Function(name, [self._value_named(index) for index in index_names(node.sub)])

    def known(self, node: Name) -> bool:
        """Whether a name stands for a number, a value or an entry."""
        full = plain_name(node)
        if full is None:
            return False
        if full in self.scope.numbers or full in self.bound or full in ("e", "pi") or self.scope.variable_of_value(full):
            return True
        law, _ = self.law_named(node)
        return law is not None

    # Laws

    def law_named(self, node: Name) -> tuple[LawDeclaration | None, bool]:
        """The law a name stands for or is an entry of; and whether its subscript says which random variables are meant."""
        full = plain_name(node)
        scope = self.scope
        if full is not None:
            law = scope.law(full)
            if law is not None:
                if node.sub is not None and any(index in self.bound for index in index_names(node.sub)):
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
            names = self._variables_in(part)
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
        return [(None, self._value(part))]

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

    def _delta(self, left: Chain, right: Chain, node: Node) -> Term:
        return Delta(self._value(left), self._value(right))

    # Measures (`measures`)

    def _measure_named(self, node: Name, group: Group) -> str | None:
        """The measure that an applied name stands for, or None."""
        raise NotImplementedError

    def _measure(self, measure: str, node: Name, group: Group) -> Term:
        """The measure with its arguments."""
        raise NotImplementedError

    def law_below(self, node: Name, group: Group) -> LawDeclaration | None:
        """The law that a measure is under by its subscript (`measures_under`)."""
        raise NotImplementedError

    def measure_under(self, law: LawDeclaration, node: Name, group: Group) -> Term:
        """The measure under that law."""
        raise NotImplementedError

    # Sets

    def size_of_set(self, chain: Chain) -> Term | None:
        """|\\mathcal X| is the size of an alphabet."""
        name = chain.lone_name()
        if name is None:
            return None
        full = plain_name(name)
        if full is None or (full in self.scope.numbers and name.font not in SET_FONTS):
            return None
        if full in self.scope.alphabets:
            return Size(self.scope.alphabets[full])
        if full in self.scope.variables and name.font in SET_FONTS:
            return Size(self.scope.alphabet_of(full))
        only = self.scope.only_alphabet() if name.font in SET_FONTS else None
        if only is not None:
            self.assume(f"{full} is the alphabet of the laws")
            return only.high if isinstance(only, Range) and only.low == Number(1) else Size(only)
        if name.font in SET_FONTS:
            self.refuse(f"'{full}' is no alphabet here; a given such as 'P on {full}' would declare it", name)
        return None
