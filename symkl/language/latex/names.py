"""What a name stands for under a scope: a bound value, a number, a mass, a law, a random variable, a measure, a function."""

from __future__ import annotations

from symkl.language.kinds import undeclared
from symkl.language.latex import words
from symkl.language.latex.masses import MassReader
from symkl.language.latex.naming import (
    SET_FONTS,
    index_names,
    is_powered_application,
    is_slope,
    plain_name,
    script_text,
)
from symkl.language.latex.syntax import Chain, Group, Name
from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    Constant,
    Delta,
    Number,
    RandomVariable,
    Range,
    Size,
    Symbol,
    Term,
    Value,
)


class NameReader(MassReader):
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
        if full is not None and full in self.scope.functions and not self._of_variables(node, group):
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

    def _of_variables(self, node: Name, group: Group) -> bool:
        """Whether this is I(X; Y) of random variables, beside an I(x) that is a function."""
        names = [part.lone_name() for part in group.parts]
        variables = all(name is not None and plain_name(name) in self.scope.variables for name in names)
        return node.stem == "I" and node.sub is None and ";" in group.separators and variables

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
        if law is not None and full == "pi" and node.sub is None:
            return Constant("pi")
        if law is not None and (node.sub is None or full == law.name):
            at = self._mass_at_what_is_bound(law, node)
            if at is not None:
                return at
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

    def _mass_at_what_is_bound(self, law: LawDeclaration, node: Name) -> Term | None:
        """The mass of a bare law at the values that are bound, where these are all of its values: q under a sum over x."""
        values = [variable.lower() for variable in law.variables]
        if "" in values or not all(value in self.bound for value in values):
            return None
        self.assume(f"{law.name} stands for its mass at {', '.join(values)}")
        return self._mass_of(law, law.variables, (), [Value(value) for value in values], node)

    def _is_bare_measure(self, node: Name) -> bool:
        """Whether H or D_{KL} stands without arguments, as the name of a number."""
        below = script_text(node.sub) if node.sub is not None else None
        found = node.stem in words.QUANTITIES if node.sub is None else (node.stem, str(below)) in words.SUBSCRIPTED
        if found:
            self.assume(f"{self.source(node.start, node.end)} without arguments is a number of that name")
        return found

    def known(self, node: Name) -> bool:
        """Whether a name stands for a number, a value or an entry."""
        full = plain_name(node)
        if full is None:
            return False
        if full in self.scope.numbers or full in self.bound or full in ("e", "pi") or self.scope.variable_of_value(full):
            return True
        law, _ = self.law_named(node)
        return law is not None

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
