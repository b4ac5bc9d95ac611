"""Unknown functions and what they are applied to: values, laws, whole sequences; and families f_i of functions; slopes f'(p)."""

from __future__ import annotations

from dataclasses import replace

from symkl.language.latex.naming import index_names, plain_name
from symkl.language.latex.reaching import ReachReader
from symkl.language.latex.syntax import Chain, Dots, Group, Name, Numeral
from symkl.language.scope import LawDeclaration
from symkl.language.term import Function, RandomVariable, Symbol, Term, Value


class FunctionReader(ReachReader):
    """Elaborates the application of a function of which nothing is known."""

    def _law_of_stem(self, stem: str, silent: bool = False) -> LawDeclaration | None:
        """The law of a letter."""
        raise NotImplementedError

    def _value_named(self, name: str) -> Term:
        """The value that an index spells."""
        raise NotImplementedError

    def _applied(self, node: Name, group: Group) -> Term | None:
        """The name applied to a bracket, or None where the two are a product."""
        raise NotImplementedError

    def _slope(self, node: Name, group: Group) -> Term:
        """f'(p) and f''(p): the derivative of f(p) by p."""
        primes = len(node.stem) - len(node.stem.rstrip("'"))
        body = self._applied(replace(node, stem=node.stem.rstrip("'")), group)
        by = group.only.lone_name() if group.only is not None else None
        if body is None or by is None:
            self.refuse(f"'{node.stem}' is the derivative of a function that no given declares", node)
        self.assume(f"{self.source(node.start, group.end)} is the derivative by {self.source(by.start, by.end)}")
        return self.differentiated(body, [by] * primes)

    def _function(self, name: str, group: Group) -> Term:
        parts = list(group.parts)
        numbers = self._listed_numbers(group)
        if numbers is not None:
            return Function(name, [numbers])
        arguments: list[Term] = []
        while parts:
            whole = self._listed_vector(parts)
            if whole is not None:
                arguments.append(whole)
                del parts[:3]
            else:
                arguments.append(self._function_argument(parts.pop(0), "||" in group.separators))
        return Function(name, arguments)

    def _of_family(self, node: Name, group: Group) -> Term | None:
        """f_i(x), one of a family of functions, as a function of its index and its argument."""
        name = f"{node.stem}_family"
        if node.sub is None or name not in self.scope.functions or not index_names(node.sub):
            return None
        applied = self._function(name, group)
        return Function(name, [*map(self._value_named, index_names(node.sub)), *applied.args])

    def _listed_numbers(self, group: Group) -> Term | None:
        """0, ..., 0, 1, 0, ..., 0 in brackets as one value: how long the list is, is not said."""
        lone = [part.lone() for part in group.parts]
        if not any(isinstance(each, Dots) for each in lone) or not all(isinstance(each, Dots | Numeral) for each in lone):
            return None
        texts = [each.text if isinstance(each, Numeral) else "dots" for each in lone]
        self.assume(f"{self.source(group.start, group.end)} stands for one value, of which nothing is calculated")
        return Symbol("_".join(["listed", *(text.replace(".", "_") for text in texts)]))

    def _listed_vector(self, parts: list[Chain]) -> Term | None:
        """x_1, ..., x_n in a list of arguments is the whole sequence x."""
        if len(parts) < 3 or not isinstance(parts[1].lone(), Dots):
            if isinstance(parts[0].lone(), Dots):
                self.refuse("Dots in this list of arguments are not read", parts[0])
            return None
        first, last = parts[0].lone_name(), parts[2].lone_name()
        if first is None or last is None or first.stem != last.stem:
            return None
        law = self._law_of_stem(first.stem)
        return law.law() if law is not None and law.indexed else None

    def _function_argument(self, part: Chain, of_laws: bool) -> Term:
        name = part.lone_name()
        if name is not None:
            full = plain_name(name)
            if full is not None and full in self.scope.variables and full.lower() in self.bound:
                return Value(full.lower())
            if full is not None and full not in self.bound and full in self.scope.variables:
                return RandomVariable(full)
            law, _ = self.law_named(name)
            if law is not None and full not in self.bound and full not in self.scope.numbers and name.sub is None:
                return law.law()
            if full is not None and full in self.scope.functions:
                # A function as an argument of a functional, V(D, G): a name, of which nothing is calculated.
                return Symbol(full)
        with self.laws(of_laws):
            return self.number(part)
