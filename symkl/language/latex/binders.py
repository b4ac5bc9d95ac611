"""Sums, products, integrals and expectations: what they bind, and over which alphabet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from symkl.language.kinds import range_fault
from symkl.language.latex.measures import MeasureReader
from symkl.language.latex.naming import SET_FONTS, bound_by, index_names, plain_name, walk, weighs
from symkl.language.latex.syntax import Chain, Dots, Group, Name, Node, Operator, Run, chain_of
from symkl.language.latex.unindexed import is_unwritten, said_of
from symkl.language.plain_writer import write_plain
from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    Alphabet,
    Function,
    Integral,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Product,
    Range,
    Size,
    Sum,
    Symbol,
    Term,
    fresh_name,
)


class BinderReader(MeasureReader):
    """Elaborates the operators that bind values."""

    # Sums and products

    def finite(self, node: Operator, body: list[Run]) -> Term:
        """A sum or product with its body."""
        names, domains = self._ranges(node, body)
        word = "sum" if node.word == "sum" else "prod"
        for domain in domains:
            fault = range_fault(word, domain, self.scope)
            if fault:
                self.refuse(fault, node)
        with self.binding(dict(zip(names, domains, strict=True))):
            term = self._body(body)
        return (Sum if word == "sum" else Product)(names, domains, term)

    def _ranges(self, node: Operator, body: list[Run]) -> tuple[list[str], list[Term]]:
        if node.sub is None:
            if node.sup is not None:
                self.refuse(f"A {node.word} with an upper limit and no index", node)
            return self._implied_range(node, body)
        if is_unwritten(node.sub):
            self.assume(said_of(node, body))
        names: list[str] = []
        domains: list[Term] = []
        pending: list[str] = []
        for part in node.sub.parts:
            bound = bound_by(Operator(node.start, node.end, node.word, Group(part.start, part.end, "{", [part], [])))
            if not bound:
                self.refuse(f"What the {node.word} is over is not read", part)
            pending.extend(bound)
            if not part.relations and part is not node.sub.parts[-1] and node.sub.parts[-1].relations:
                continue
            domain = self._domain(part, node, pending, body)
            for name in pending:
                if name in names:
                    self.refuse(f"'{name}' is bound twice", part)
                name, found = self._settled(name, domain, body, part, node)
                names.append(name.lower() if name in self.scope.variables else name)
                domains.append(found)
            pending = []
        return names, domains

    def _domain(self, part: Chain, node: Operator, names: list[str], body: list[Run]) -> Term | Chain | None:
        """The range or set that a subscript states: a term, a named set as written, or None where it states none."""
        match part.relations:
            case []:
                if node.sup is not None and part is node.sub.parts[-1]:  # type: ignore[union-attr]
                    self.assume(f"the {node.word} starts at 1")
                    return Range(Number(1), self._limit(node.sup))
                return None
            case ["="] if part.sides[1] is not None:
                low = self._limit(chain_of(part.sides[1]))
                if node.sup is None:
                    raise self.fault(f"The {node.word} has no upper limit", node)
                return self._range(low, self._limit(node.sup))
            case ["in"] if part.sides[1] is not None:
                return chain_of(part.sides[1])
            case ["!="] if part.sides[1] is not None:
                excluded = self._value(chain_of(part.sides[1]))
                whole = self._of_bare(names[0], body, part)
                return Function("except", (whole, excluded))
            case ["<=", "<="] if part.sides[0] is not None and part.sides[2] is not None:
                return self._range(self._limit(chain_of(part.sides[0])), self._limit(chain_of(part.sides[2])))
            case _:
                raise self.fault(f"What the {node.word} is over is not read", part)

    def _range(self, low: Term, high: Term) -> Term:
        match low, high:
            case Number(value), Size(alphabet) if value == 1:
                return alphabet
        return Range(low, high)

    def _limit(self, chain: Chain) -> Term:
        with self.laws(False):
            for inner in walk(chain):
                if isinstance(inner, Name) and inner.stem in ("infty", "infinity"):
                    self.refuse("An infinite sum is not read", chain)
            return self.number(chain)

    def _settled(self, name: str, domain: Term | Chain | None, body: list[Run], part: Chain, node: Operator) -> tuple[str, Term]:
        """The name to bind and its alphabet; an index of the values x_i of X runs over X."""
        if isinstance(domain, Chain):
            found = self._set(name, domain, body)
            law, variable = self._law_using(name, body), self.scope.variable_of_value(name)
            whole = law[1] if law is not None else self.scope.alphabet_of(variable) if variable is not None else None
            if whole is not None and _reaches_past(found, whole):
                shown = f"{write_plain(found)}, which no given says to be the alphabet of {write_plain(whole)}"
                self.refuse(f"'{name}' runs over {shown}", part)
            return name, found
        enumerated = self._enumerated(name, node.word, body)
        if enumerated is not None:
            value, variable = enumerated
            alphabet = self.scope.alphabet_of(variable)
            if not isinstance(alphabet, Range):
                self.assume(f"{value} runs over the values of {variable}")
                return value, alphabet
        if domain is None:
            return name, self._of_bare(name, body, part)
        law = self._law_using(name, body)
        if law is not None and _reaches_past(domain, law[1]):
            shown = f"{write_plain(domain)}, and {law[0].name} is on {write_plain(law[1])}"
            self.refuse(f"'{name}' runs over {shown}; a given such as '{law[0].name} on ...' would say another alphabet", part)
        if law is not None and isinstance(domain, Range) and isinstance(law[1], Alphabet):
            self.assume(f"{name} runs over the alphabet of {law[0].name}")
            return name, law[1]
        return name, domain

    def _of_bare(self, name: str, body: list[Run], node: Node) -> Term:
        """The alphabet of a bound name that states none: of its random variable, or of the law it is used with."""
        variable = self.scope.variable_of_value(name)
        if name in self.scope.variables:
            return self.scope.alphabet_of(name)
        if variable is not None:
            return self.scope.alphabet_of(variable)
        used = self._law_using(name, body)
        found = used[1] if used is not None else self.scope.alphabets.get(name.upper()) or self.scope.only_alphabet()
        if found is None:
            self.refuse(f"The alphabet of '{name}' is not known; write '{name} \\in ...' or give its law", node)
        return found

    def _set(self, name: str, chain: Chain, body: list[Run]) -> Term:
        """The alphabet that a set spells: {H, T}, {1, ..., n}, \\mathcal X, A_x."""
        lone = chain.lone()
        while isinstance(lone, Group) and lone.bracket == "{" and lone.only is not None:
            lone = lone.only.lone()
        if isinstance(lone, Group) and lone.bracket in ("\\{", "["):
            return self._listed(lone)
        written = lone if isinstance(lone, Name) else None
        full = plain_name(written) if written is not None else None
        if written is None or full is None:
            raise self.fault("This set is not read", chain)
        variable = self.scope.variable_of_value(name)
        if full in self.scope.alphabets:
            return self.scope.alphabets[full]
        if variable is not None or name in self.scope.variables:
            variable = variable or name
            if full not in (variable, variable.lower()):
                self.assume(f"{full} is the alphabet of {variable}")
            return self.scope.alphabet_of(variable)
        used = self._law_using(name, body)
        found = used[1] if used is not None else self.scope.only_alphabet()
        if found is not None and (len(full) == 1 or written.font in SET_FONTS):
            self.assume(f"{full} is the alphabet that {name} runs over")
            return found
        raise self.fault(f"'{full}' is no alphabet here; a given such as 'P on {full}' would declare it", written)

    def _listed(self, group: Group) -> Term:
        parts = group.parts
        dots = [k for k, part in enumerate(parts) if isinstance(part.lone(), Dots)]
        if dots:
            if len(parts) < 3 or dots != [len(parts) - 2]:
                self.refuse("A set with dots is written {1, ..., n}", group)
            return Range(self._limit(parts[0]), self._limit(parts[-1]))
        if len(parts) == 1:
            expression = parts[0].single
            middle = [f for run in expression.runs for f in run.factors] if expression is not None else []
            if any(isinstance(factor, Dots) for factor in middle):
                self.refuse("A set with dots is written {1, ..., n}", group)
        elements = []
        for part in parts:
            name = part.lone_name()
            full = plain_name(name) if name is not None else None
            element = self._limit(part) if full is None else Symbol(full) if full in self.scope.numbers else Outcome(full)
            elements.append(element)
        aliased = [self.scope.aliases.get(str(e.value)) if isinstance(e, Number) else None for e in elements]
        if None not in aliased:
            return Outcomes(*(Outcome(str(name)) for name in aliased))
        return Outcomes(*elements)

    # What a bound name is used with

    def _law_using(self, name: str, body: Iterable[Run]) -> tuple[LawDeclaration, Term] | None:
        """The law that has masses at `name` in a body, and its alphabet there."""
        for run in body:
            for node in walk(run):
                if isinstance(node, Name) and node.sub is not None:
                    indices = index_names(node.sub)
                    if name in indices:
                        law = self.scope.law(plain_name(node) or "") or self.law_named(node)[0]
                        if law is not None and len(law.alphabets) == len(indices):
                            return law, law.alphabets[indices.index(name)]
                if isinstance(node, Run):
                    found = self._applied_to(name, node)
                    if found is not None:
                        return found
        return None

    def _applied_to(self, name: str, run: Run) -> tuple[LawDeclaration, Term] | None:
        for head, group in zip(run.factors, run.factors[1:], strict=False):
            if not isinstance(head, Name) or not isinstance(group, Group):
                continue
            arguments = [_value_spelled(part) for part in group.parts]
            if name in arguments:
                law, _ = self.law_named(head)
                event = law.variables if law is not None else ()
                for part in group.parts:
                    left = chain_of(part.sides[0]).lone_name() if part.relations == ["="] and part.sides[0] else None
                    if law is not None and left is not None and _value_spelled(part) == name and left.stem in event:
                        return law, law.alphabet(left.stem)
                if law is not None and len(law.alphabets) == len(arguments):
                    return law, law.alphabets[arguments.index(name)]
        return None

    def _enumerated(self, index: str, word: str, body: list[Run]) -> tuple[str, str] | None:
        """x_i and X, where the index occurs only as that of values x_i of X in masses, one of them outside a log."""
        found: set[tuple[str, str]] = set()
        below: set[int] = set()
        for run in body:
            for node in walk(run):
                if not isinstance(node, Name) or id(node) in below:
                    continue
                if node.sub is not None:
                    below.update(id(inner) for inner in walk(node.sub))
                if node.sub is None:
                    if node.stem == index:
                        return None
                    continue
                if index in index_names(node.sub):
                    variable = node.stem.upper()
                    full = plain_name(node)
                    if full is None or variable not in self.scope.variables or f"{node.stem}_data" in self.scope.functions:
                        return None
                    found.add((full, variable))
        if len(found) != 1:
            return None
        value, variable = found.pop()
        weighted = word == "sum" and any(weighs(run.factors, run.joints, value) for run in body)
        return (value, variable) if weighted else None

    # Without an index

    def _implied_range(self, node: Operator, body: list[Run]) -> tuple[list[str], list[Term]]:
        """A sum that names no index runs over the values in it that nothing binds."""
        names = self._loose_values(body)
        inside = _bare_inside(node, body)
        if inside < len(names):
            # Of several such sums in a row each has one of the values, the last one what is left.
            names = names[: 1 if inside else len(names)]
            self.assume(f"the {node.word} without an index runs over {', '.join(names)}")
            return names, [self._of_bare(name, body, node) for name in names]
        used = self._laws_in(body)
        alphabets = {alphabet for law in used for alphabet in law.alphabets}
        if len(alphabets) == 1:
            index = self._fresh(body)
            self.implicit = index
            self.assume(f"the {node.word} without an index runs over {index}, and a law in it stands for its mass at {index}")
            return [index], [alphabets.pop()]
        raise self.fault(f"A {node.word} that does not say over what", node)

    def _fresh(self, body: list[Run], letter: str = "i") -> str:
        taken = set(self.bound) | set(self.scope.numbers)
        for run in body:
            taken |= self.free.of(run)
        return fresh_name(letter, taken)

    def _loose_values(self, body: list[Run]) -> list[str]:
        """The names in a body that are values of random variables or indices of laws, and that nothing binds."""
        found: dict[str, None] = {}
        free: set[str] = set().union(*(self.free.of(run) for run in body)) - set(self.bound)
        for run in body:
            for node in walk(run):
                if not isinstance(node, Name):
                    continue
                full = plain_name(node)
                if full is None or full in self.scope.numbers or full in self.scope.laws:
                    continue
                if full in free and full not in self.scope.variables and self.scope.variable_of_value(full) is not None:
                    found[full] = None
                elif node.sub is not None and self.law_named(node)[0] is not None:
                    indices = [i for i in index_names(node.sub) if i in free and not i.isdigit()]
                    found.update(dict.fromkeys(i for i in indices if i not in self.scope.variables))
        return [name for name in found if name not in self.scope.numbers]

    def _laws_in(self, body: list[Run], bare: bool = False) -> list[LawDeclaration]:
        """The laws that a body speaks of, or only those that stand without their values."""
        runs = [node for run in body for node in walk(run) if isinstance(node, Run)] if bare else []
        applied = {
            id(name)
            for run in runs
            for name, group in pairwise(run.factors)
            if isinstance(group, Group) and group.bracket != "{" and not group.spaced
        }
        found = []
        for run in body:
            for node in walk(run):
                if isinstance(node, Name) and id(node) not in applied:
                    full = plain_name(node)
                    law = self.scope.law(full) if full is not None else None
                    if law is not None and full not in self.scope.numbers:
                        found.append(law)
        return found

    # Integrals

    def integral(self, node: Operator, names: list[Name], body: list[Run]) -> Term:
        """An integral over the variables of its differentials."""
        bound = [plain_name(name) for name in names]
        if not bound:
            loose = self._loose_values(body)
            if not loose and self._laws_in(body):
                loose = [self._fresh(body, "x")]
                self.implicit = loose[0]
                self.assume(f"a law in the integral stands for its density at {loose[0]}")
            below = node.sub.only.lone_name() if node.sub is not None and node.sub.only is not None else None
            if below is not None and str(plain_name(below)).lower() in loose:
                loose = [str(plain_name(below)).lower()]
            if len(loose) != 1:
                self.refuse("An integral without its differential", node)
            self.assume(f"the integral without a differential is over {loose[0]}")
            bound = [loose[0]]
        domains = [self._of_integral(str(name), node, body) for name in bound]
        for domain in domains:
            fault = range_fault("int", domain, self.scope)
            if fault:
                self.refuse(fault, node)
        with self.binding(dict(zip(map(str, bound), domains, strict=True))):
            term = self._body(body)
        return Integral(map(str, bound), domains, term)

    def _of_integral(self, name: str, node: Operator, body: list[Run]) -> Term:
        if node.sub is not None and node.sup is not None:
            if not (_infinite(node.sub) and _infinite(node.sup)):
                low, high = self._bound_of(node.sub), self._bound_of(node.sup)
                return Function("interval", (low, high))
        elif node.sup is not None:
            self.refuse("An integral with one bound", node)
        variable = self.scope.variable_of_value(name)
        if variable is not None or name in self.scope.variables:
            return self.scope.alphabet_of(variable or name)
        used = self._law_using(name, body)
        if used is not None:
            return used[1]
        if name.upper() in self.scope.alphabets:
            return self.scope.alphabets[name.upper()]
        return Alphabet(name.upper())

    def _bound_of(self, chain: Chain | Group) -> Term:
        if isinstance(chain, Group):
            if chain.only is None:
                raise self.fault("This bound of an integral is not read", chain)
            chain = chain.only
        if _infinite(chain):
            name = Symbol("infinity")
            expression = chain.single
            return Negation(name) if expression is not None and expression.runs[0].negative else name
        with self.laws(False):
            return self.number(chain)


def _bare_inside(node: Operator, body: list[Run]) -> int:
    """How many sums without an index follow right after one."""
    count = 0
    for factor in body[0].factors if body else ():
        if not isinstance(factor, Operator) or factor.word != node.word or factor.sub is not None or factor.sup is not None:
            break
        count += 1
    return count


def _value_spelled(part: Chain) -> str | None:
    """The x of an argument x or X = x."""
    side = part.sides[1] if part.relations == ["="] else part.single
    lone = chain_of(side).lone_name() if side is not None else None
    return plain_name(lone) if lone is not None else None


def _reaches_past(domain: Term, alphabet: Term) -> bool:
    """Whether a range or a set is seen to hold more than the alphabet of a law that is used there."""
    match domain, alphabet:
        case Range(Number(low), high), Range(Number(first), last):
            past = isinstance(high, Number) and isinstance(last, Number) and high.value > last.value
            return low < first or past
        case Outcomes(), Alphabet():
            return True
    return False


def _infinite(node: Group | Chain) -> bool:
    return any(isinstance(inner, Name) and inner.stem == "infty" for inner in walk(node))
