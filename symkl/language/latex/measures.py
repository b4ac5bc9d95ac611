"""Measures: H, KL, I and JS in their many spellings, by the kinds of their arguments."""

from __future__ import annotations

from symkl.language.kernels import HALF_BOUND, averaged, with_kernels
from symkl.language.kinds import kind_of, measure_fault
from symkl.language.latex import words
from symkl.language.latex.mass_lists import listed_laws
from symkl.language.latex.measures_under import MeasureUnderReader
from symkl.language.latex.naming import listed_entries, plain_name, script_text, walk
from symkl.language.latex.syntax import Chain, Dots, Group, Name, chain_of
from symkl.language.term import (
    Function,
    Law,
    Measure,
    RandomVariable,
    Relation,
    Symbol,
    Term,
    Times,
    Value,
    is_law,
    subterms,
)


class MeasureReader(MeasureUnderReader):
    """Elaborates measures and their arguments."""

    def _measure_named(self, node: Name, group: Group) -> str | None:
        """The measure that an applied name stands for, or None."""
        below = script_text(node.sub) if node.sub is not None else None
        if node.sub is not None:
            weighted = words.MEASURES.get(node.stem) == "JS" and len(group.parts) == 2
            return words.SUBSCRIPTED.get((node.stem, str(below))) or ("JS" if weighted else None)
        found = words.MEASURES.get(node.stem)
        if node.stem in ("D", "d") and "||" not in group.separators:
            return None
        if node.stem == "I" and len(group.parts) == 1:
            return None
        return found

    def _measure(self, measure: str, node: Name, group: Group) -> Term:
        whole = self._whole_law(group) if measure == "H" else None
        if whole is not None:
            return Measure("H", [whole])
        listed = self._laws_listed(group) if measure in words.OF_LISTS and node.sub is None else []
        if listed:
            return Measure(measure, listed, ["||"] if measure != "H" else [","] * (len(listed) - 1))
        arguments: list[Term] = []
        separators: list[str] = []
        for position, part in enumerate(group.parts):
            if position:
                separators.append(group.separators[position - 1])
            behind = "|" in group.separators[:position]
            found = self._event_of_condition(part, group) if behind and measure in ("H", "h") else []
            found = found or self._measured(part)
            if measure in ("KL", "JS") or (measure == "H" and len(group.parts) == 2):
                found = [self._coin(argument) for argument in found]
            arguments.extend(found)
            separators.extend([","] * (len(found) - 1))
        if measure in ("KL", "JS", "H") and len(arguments) == 2:
            arguments = self._of_the_same_values(arguments, group)
        if measure == "H" and separators == [";"] and all(isinstance(each, RandomVariable) for each in arguments):
            shared, joint = "it is the mutual information", "it is the joint entropy"
            measure = "H" if self.flipped("entropy with a semicolon", group, shared, joint) else "I"
        separators = self._separators(measure, separators, len(arguments))
        if any(isinstance(argument, Symbol) and argument.name in words.MEASURES for argument in arguments):
            self.refuse("A measure of a measure; the letter of an entropy as an outcome is not read", group)
        opaque = any(isinstance(inner, Function) for argument in arguments for inner in subterms(argument))
        fault = measure_fault(measure, arguments, separators)
        if (
            node.sub is not None and measure in ("H", "h") and [kind_of(argument) for argument in arguments] != ["number"]
        ) and script_text(node.sub) in ("b", "2"):
            self.refuse("An entropy with an index is binary for a number; of a law or a variable it is not read", node)
        if node.stem in ("CE", "CrossEntropy", "BCE") and len(arguments) != 2:
            self.refuse("A cross-entropy is of two laws", node)
        if fault and not opaque:
            self.refuse(fault, node)
        self._say_which(measure, node, arguments, separators)
        if measure == "JS" and node.sub is not None and (node.stem, str(script_text(node.sub))) not in words.SUBSCRIPTED:
            arguments.insert(0, self._index_formula(node.sub.parts[0]))
            separators.insert(0, "]")
        if measure == "KL" and separators == ["||"] and self._averaged(arguments, group):
            separators = ["||", "|"]
            arguments.append(self._condition_law(arguments[0]))
        if measure == "KL" and separators[-1:] == ["|"]:
            means = [averaged(argument, arguments[-1], self.scope) for argument in arguments[:-1]]
            if None in means:
                self.refuse(HALF_BOUND, node)
            arguments = [*(each for each in means if each is not None), arguments[-1]]
        return Measure(measure, self._with_kernels(arguments, node), separators)

    def _event_of_condition(self, part: Chain, group: Group) -> list[Term]:
        """The event X = x of H(Y | x), whose condition is written small beside capitals."""
        name = part.lone_name()
        full = plain_name(name) if name is not None else None
        first = group.parts[0].lone_name()
        if full is None or first is None or not first.stem[0].isupper() or not full[0].islower() or full in self.scope.variables:
            return []
        variable = self.scope.variable_of_value(full)
        if variable is None or self.law_named(name)[0] is not None:  # type: ignore[arg-type]
            return []
        self.assume(f"{self.source(part.start, part.end)} in a condition is the event {variable} = {full}")
        return [Relation((RandomVariable(variable), Value(full)), ("=",))]

    def _with_kernels(self, arguments: list[Term], node: Name) -> list[Term]:
        found = [with_kernels(argument, self.scope) for argument in arguments]
        if None in found:
            self.refuse(HALF_BOUND, node)
        return [each for each in found if each is not None]

    def _of_the_same_values(self, arguments: list[Term], group: Group) -> list[Term]:
        """Two laws of as many values: of a bare law that has more, D(p || q) beside p(x,y) and q(x), its marginal of those."""
        one, other = arguments
        if not isinstance(one, Law) or not isinstance(other, Law) or len(group.parts) != 2:
            return arguments
        if len(one.marginal.of) == len(other.marginal.of):
            return arguments
        more = 0 if len(one.marginal.of) > len(other.marginal.of) else 1
        larger, of = arguments[more], arguments[1 - more].marginal.of  # type: ignore[attr-defined]
        if not isinstance(larger, Law) or group.parts[more].lone_name() is None:
            return arguments
        if larger.marginal.given or not set(of) <= set(larger.marginal.of):
            self.refuse(f"A measure of a law of {len(one.marginal.of)} values and one of {len(other.marginal.of)}", group)
        law = self.scope.laws[larger.marginal.law]
        marginal = f"{law.name} beside a law of {', '.join(of).lower()} is its marginal of these"
        if more == 0:
            self.assume(marginal)
        elif not self.flipped("law of fewer values", group, f"{law.name} is the whole law", marginal):
            # KL(q || p) may be of the posterior, the law of these given the rest.
            return arguments
        arguments[more] = Law(law.marginal(of))
        return arguments

    def _coin(self, argument: Term) -> Term:
        """The law P for the number p of P ~ Bernoulli(p), where a law is needed."""
        if not isinstance(argument, Symbol) or len(argument.name) != 1 or argument.name.isupper():
            return argument
        law = self.scope.laws.get(argument.name.upper())
        if law is None or law.indexed or law.variables != ("",):
            return argument
        self.assume(f"{argument.name} in a measure of laws is the law {law.name}")
        return law.law()

    def _whole_law(self, group: Group) -> Term | None:
        """The law in H(p_1, ..., p_n), where p has these masses and no p_1 is a law of its own."""
        entries = listed_entries(group)
        if entries is None or any(f"{entries[0]}_{index}" in self.scope.laws for index in entries[1]):
            return None
        law = self._law_of_stem(entries[0])
        if law is None or not law.indexed:
            return None
        self.assume(f"{self.source(group.start, group.end)} lists the masses of {law.name}")
        return law.law()

    def _laws_listed(self, group: Group) -> list[Term]:
        """The laws whose masses the arguments list, where the givens have a law of these masses; else none."""
        found: list[Term] = []
        for masses in listed_laws(group):
            law = next((law for law in self.scope.laws.values() if law.masses == masses), None)
            if law is None:
                return []
            self.assume(f"{law.name} is the law with the masses {', '.join(masses)}")
            found.append(law.law())
        return found

    def _averaged(self, arguments: list[Term], group: Group) -> bool:
        """Whether a divergence of conditional laws is meant averaged over the condition, as textbooks write it."""
        given = [value for a in arguments if isinstance(a, Law) and a.marginal.given for value in a.args]
        if not given or len(arguments) != 2 or not all(isinstance(a, Law) and a.marginal.given for a in arguments):
            return False
        if not all(isinstance(value, Value) and value.name not in self.bound for value in given):
            return False
        if len({argument.args for argument in arguments}) != 1:
            return False
        here, mean = "the divergence is at the value of the condition", "it is the mean over the condition"
        written = [
            plain_name(n)
            for part in group.parts
            for values in walk(part)
            if isinstance(values, Group)
            for n in walk(values)
            if isinstance(n, Name)
        ]
        if written and all(name in self.scope.variables for name in written):
            return not self.flipped("conditional divergence", group, mean, here)
        return self.flipped("conditional divergence", group, here, mean)

    def _condition_law(self, argument: Term) -> Term:
        if not isinstance(argument, Law):
            raise TypeError(type(argument).__name__)
        declared = self.scope.laws[argument.marginal.law]
        return Law(declared.marginal(argument.marginal.given))

    def _separators(self, measure: str, separators: list[str], count: int) -> list[str]:
        if measure in ("KL", "JS"):
            return ["||" if position == 0 else "|" for position in range(len(separators))]
        if measure == "I":
            bar = separators.index("|") if "|" in separators else len(separators)
            changed = [";" if separator == ":" else separator for separator in separators]
            if bar == 1 and changed[0] == ",":
                changed[0] = ";"
            return changed
        return ["," if separator in (";", ":") else "|" if separator == "||" else separator for separator in separators]

    def _say_which(self, measure: str, node: Name, arguments: list[Term], separators: list[str]) -> None:
        if measure == "H" and len(arguments) == 2 and separators == [","]:
            kinds = "laws: the cross-entropy" if is_law(arguments[0]) else "random variables: the joint entropy"
            self.assume(f"{self.source(node.start, node.end)} of a pair is of {kinds}")
        written = self.source(node.start, node.end)
        if node.sub is None and node.stem in ("IG", "Entropy", "Ent", "D", "d", "MI", "RE", "CE"):
            meaning = {"KL": "the relative entropy", "H": "the entropy", "I": "the mutual information", "JS": "Jensen-Shannon"}
            self.assume(f"{written} is {meaning.get(measure, measure)}")

    def _measured(self, part: Chain) -> list[Term]:
        """What one argument of a measure spells: a law, a random variable, several side by side, an event X = x."""
        lone = part.lone()
        if isinstance(lone, Dots):
            self.refuse("Dots in the arguments of a measure are not read", part)
        if isinstance(lone, Group) and lone.power is None and (len(lone.parts) > 1):
            return [found for inner in lone.parts for found in self._measured(inner)]
        name = part.lone_name()
        word = name.stem if name is not None and name.word and name.sub is None else ""
        if len(word) > 1 and word not in self.scope.laws and all(letter in self.scope.variables for letter in word):
            self.assume(f"{word} in a measure is {', '.join(word)}")
            return [RandomVariable(letter) for letter in word]
        with self.laws(True):
            if part.relations == ["="] and part.sides[0] is not None and part.sides[1] is not None:
                left = self._variable_of_event(part)
                if not isinstance(left, RandomVariable):
                    self.refuse("An event is of a random variable, as X = x", part)
                value = self._value(Chain(part.start, part.end, [part.sides[1]], []))
                return [Relation((left, value), ("=",))]
            if part.single is None:
                self.refuse("A relation where a law or a random variable is needed", part)
            if name is not None and name.power is not None:
                powered = self._power_of_variable(name)
                if powered is not None:
                    return [powered]
            term = self.expression(part.single)
        if isinstance(term, Times) and any(isinstance(factor, RandomVariable) for factor in term.args):
            unknown = next((n for n in walk(part) if isinstance(n, Name) and n.assumed and n.word), None)
            if unknown is not None:
                self.refuse(f"The command \\{unknown.stem} between random variables is not known", unknown)
        if isinstance(term, Times) and all(isinstance(factor, RandomVariable) for factor in term.args):
            self.assume("random variables side by side in a measure are several variables")
            return list(term.args)
        return [term]

    def _variable_of_event(self, part: Chain) -> Term:
        """The random variable of an event X = x, also where it is written small: y = y, y = b."""
        left = part.sides[0]
        if left is None:
            self.refuse("An event is of a random variable, as X = x", part)
        name = chain_of(left).lone_name()
        full = plain_name(name) if name is not None else None
        if full is not None and full.islower() and full.upper() in self.scope.variables:
            self.assume(f"{self.source(part.start, part.end)} is an event of the random variable {full.upper()}")
            return RandomVariable(full.upper())
        return self.expression(left)

    def _power_of_variable(self, name: Name) -> Term | None:
        """X^n as the variables X_1 to X_n together."""
        power = name.power.lone_name() if name.power is not None else None
        full = f"{name.stem}_1_{power.stem}".upper() if power is not None else ""
        return RandomVariable(full) if full in self.scope.variables else None
