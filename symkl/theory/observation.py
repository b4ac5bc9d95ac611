"""Observes the notation of formulas: one walk over what is written, noting every use of every name."""

from __future__ import annotations

from collections.abc import Iterable

from symkl.language.latex import surprisals, words
from symkl.language.latex.naming import (
    SET_FONTS,
    bound_by,
    index_names,
    is_powered_application,
    listed_entries,
    plain_name,
    script_text,
    walk,
)
from symkl.language.latex.reader import Written
from symkl.language.latex.syntax import (
    Absolute,
    Applied,
    Braced,
    Chain,
    Differentiated,
    Expression,
    Fraction,
    Group,
    Name,
    Node,
    Numeral,
    Operator,
    Root,
    Run,
    chain_of,
)
from symkl.theory.bound import note_bound, note_data, settle_coins, settle_estimates, text_of
from symkl.theory.notation import INDEX_LETTERS, LAW_LETTERS, VALUE_LETTERS, Notation, Signature
from symkl.theory.shapes import complemented, holds_a_law, is_one, is_one_application, lawlike, of_variables


def observe(formulas: Iterable[Written]) -> Notation:
    """The notation of several formulas."""
    found = Notation()
    formulas = list(formulas)
    for formula in formulas:
        note_bound(formula.chain, found)
    for formula in formulas:
        _Observer(found).chain(formula.chain)
    chains = [formula.chain for formula in formulas]
    settle_estimates(chains, found)
    settle_coins(chains, found)
    _settle_measures_under(found)
    return found


def _settle_measures_under(found: Notation) -> None:
    """H_q(Z) is of the law q(z), but where q(z|x) comes without a q of x it may be of that: an unknown function then."""
    for measure, (law, signatures) in found.under.items():
        uses = found.applied.get(law, [])
        whole = {value for values, given in uses if not given for value in values}
        if any(not given for _, given in signatures) and any(value not in whole for _, given in uses for value in given):
            found.applied.setdefault(measure, []).append(((), ()))
            continue
        found.laws[law] = None
        found.applied.setdefault(law, []).extend(signatures)


def _may_be_a_law(node: Name, group: Group) -> bool:
    """Whether a name whose subscript may name random variables is a law: by its letter, or by values of these variables."""
    if node.letter in LAW_LETTERS | {"f", "g"} or node.sub is None:
        return True
    letters = {name.upper() for name in index_names(node.sub)}
    values = [plain_name(lone) for part in group.parts if (lone := part.lone_name()) is not None]
    return len(values) == len(group.parts) and all(str(value)[0].upper() in letters for value in values)


class _Observer:
    def __init__(self, found: Notation) -> None:
        self.found = found

    def chain(self, chain: Chain, law: bool = False) -> None:
        for side in chain.sides:
            if side is not None:
                self.expression(side, law)

    def expression(self, expression: Expression, law: bool = False) -> None:
        if len(expression.runs) == 2 and not law:
            one, other = expression.runs
            if is_one(one) and other.negative and len(other.factors) == 1 and isinstance(other.factors[0], Name):
                self._complement(other.factors[0])
        for run in expression.runs:
            self.run(run, law)

    def _complement(self, name: Name) -> None:
        full = plain_name(name)
        if full is not None and name.power is None:
            self.found.complements.add(full)
            if name.sub is not None:
                self.found.complements.add(f"{name.stem}[]")

    def run(self, run: Run, whole_is_law: bool) -> None:
        note_data(run, self.found)
        k = 0
        while k < len(run.factors):
            node = run.factors[k]
            law = whole_is_law and (len(run.factors) == 1 or holds_a_law(node))
            following = run.factors[k + 1] if k + 1 < len(run.factors) and run.joints[k + 1] == "" else None
            if (
                isinstance(node, Name)
                and isinstance(following, Group)
                and following.bracket != "{"
                and (node.power is None or is_powered_application(node, following))
            ):
                k += self.applied(node, following, law)
                continue
            if isinstance(node, Operator) and node.word in ("log", "ln", "lg"):
                self._positive(run, k + 1)
            self.node(node, law)
            k += 1

    def _positive(self, run: Run, k: int) -> None:
        """The names in the argument of a log, reached through products, quotients and sums."""
        while k < len(run.factors) and run.joints[k] in ("", "/") and not isinstance(run.factors[k], Operator):
            node = run.factors[k]
            self._positive_node(node)
            following = run.factors[k + 1] if k + 1 < len(run.factors) else None
            if isinstance(node, Name) and isinstance(following, Group) and following.bracket != "{":
                self.found.logged_laws.add(str(plain_name(node)))
                if len(following.parts) > 1 or (following.only is not None and following.only.lone() is not None):
                    # A law or a function of names: nothing is said of the names.
                    k += 2
                    continue
            if isinstance(node, Group) and node.bracket != "{":
                return
            k += 1

    def _positive_node(self, node: Node) -> None:
        match node:
            case Name():
                self.found.positive.update(filter(None, (plain_name(node),)))
                if node.sub is not None:
                    self.found.positive.add(f"{node.stem}[]")
            case Group() if node.only is not None:
                self._positive_chain(node.only)
            case Fraction():
                self._positive_chain(node.numerator)
                self._positive_chain(node.denominator)
            case Root():
                self._positive_chain(node.body)

    def _positive_chain(self, chain: Chain) -> None:
        expression = chain.single
        if expression is None or any(run.negative for run in expression.runs):
            return
        for run in expression.runs:
            self._positive(run, 0)

    def node(self, node: Node, law: bool) -> None:
        match node:
            case Name():
                self.name(node, law)
            case Operator():
                self.operator(node)
            case Group():
                for part in node.parts:
                    self.chain(part, law)
                self._power(node.power)
            case Fraction():
                self.chain(node.numerator, law)
                order = isinstance(node.numerator.lone(), Numeral) and complemented(node.denominator)
                if order is None or order is False:
                    self.chain(node.denominator)
                else:
                    self.name(order, False)
                if not law:
                    self._positive_chain(node.denominator)
                self._power(node.power)
            case Root():
                self.chain(node.body)
                self._positive_chain(node.body)
                self._power(node.power)
            case Absolute():
                name = node.body.lone_name()
                if name is None or name.font not in SET_FONTS:
                    self.chain(node.body)
                self._power(node.power)
            case Applied(name=surprisals.SURPRISAL):
                self.chain(node.parts[1])
            case Applied():
                for part in node.parts:
                    self.chain(part)
                self._power(node.power)
            case Numeral():
                self._power(node.power)
            case Differentiated():
                self.chain(node.body)
                for by in node.by:
                    self.name(by, False)
            case Braced():
                self.chain(node.body)
                if node.label is not None and node.claim and node.label.lone_name() is None:
                    self.chain(node.label)

    def _power(self, power: Chain | None) -> None:
        if power is not None:
            self.chain(power)

    def operator(self, node: Operator) -> None:
        for by in node.by:
            self.name(by, False)
        if node.word == "E":
            self._expectation(node)
            return
        if node.word in ("argmin", "argmax", "min", "max") and node.sub is not None:
            left = node.sub.parts[0].sides[0]
            if left is not None:
                self.expression(left, holds_a_law(left))
            return
        if node.sub is not None and node.word == "log" and node.sub.only is not None:
            base = node.sub.only.lone_name()
            if base is not None:
                self.found.bases.add(str(plain_name(base)))
            self.chain(node.sub.only)
        if node.sub is not None and node.word in ("sum", "prod"):
            self._sets(node)
        if node.sup is not None and node.word in ("log", "ln"):
            self.chain(node.sup)
        if node.word == "int":
            for bound in (node.sub.only if node.sub is not None else None, node.sup):
                names = [inner for inner in walk(bound) if isinstance(inner, Name)] if bound is not None else []
                if bound is not None and not any(name.stem == "infty" or name.font in SET_FONTS for name in names):
                    self.chain(bound)
        elif node.sup is not None and node.word in ("sum", "prod"):
            self.chain(node.sup)

    def _sets(self, node: Operator) -> None:
        if node.sub is None:
            return
        for part in node.sub.parts:
            right = part.sides[-1] if part.relations else None
            if right is None:
                continue
            if part.relations == ["in"]:
                lone = chain_of(right).lone()
                name = lone if isinstance(lone, Name) else None
                full = plain_name(name) if name is not None else None
                for bound in bound_by(node):
                    if full is not None:
                        self.found.sets.setdefault(bound, full)
                    elif isinstance(lone, Group) and lone.bracket == "\\{":
                        texts = [text_of(part) for part in lone.parts]
                        if None not in texts:
                            self.found.sets.setdefault(bound, "{" + ", ".join(map(str, texts)) + "}")
            elif part.relations == ["="]:
                self.expression(right)

    def _expectation(self, node: Operator) -> None:
        if node.sub is None:
            return
        drawn = any("sim" in part.relations for part in node.sub.parts)
        for part in node.sub.parts:
            if drawn:
                if part.relations == ["sim"] and part.sides[1] is not None:
                    self.expression(part.sides[1], True)
                    self._draws(node, part.sides[1])
                continue
            lone = part.lone_name()
            full = plain_name(lone) if lone is not None else None
            if full is not None and full[0] in VALUE_LETTERS and lone is not None and lone.sub is None:
                if full.isupper():
                    self.found.events[full] = None
                continue
            self.chain(part, True)

    def _draws(self, node: Operator, right: Expression) -> None:
        """x, y \\sim p: a law that stands bare is of the values drawn from it."""
        law = chain_of(right).lone_name()
        full = plain_name(law) if law is not None else None
        names = [name.lower() for name in bound_by(node)]
        if full is not None and law is not None and law.font not in SET_FONTS and not set(names) & INDEX_LETTERS:
            draws = sum("sim" in part.relations for part in node.sub.parts) if node.sub is not None else 0
            if draws == 1:
                self.found.drawn.setdefault(full, []).append((tuple(names), ()))

    # Names

    def name(self, node: Name, law: bool) -> None:
        """A name that stands alone."""
        found = self.found
        self._power(node.power)
        full = plain_name(node)
        names = self._variables(node.sub) if node.sub is not None and node.stem in LAW_LETTERS else []
        if law or (names and node.sub is not None and all(name.isupper() for name in index_names(node.sub))):
            self._law(node, full)
            return
        if node.sub is not None:
            indices = tuple(index_names(node.sub))
            if indices and self._indexes(node, indices):
                found.indexed.setdefault(node.stem, []).append(indices)
                found.spelled.setdefault((node.stem, *indices), full or "_".join((node.stem, *indices)))
                return
        if full is not None and full not in found.bound:
            found.bare[full] += 1

    def _indexes(self, node: Name, indices: tuple[str, ...]) -> bool:
        """Whether a subscript is an index: bound, or a usual index letter or number on a letter that is elsewhere so indexed."""
        if any(index in self.found.bound for index in indices):
            return True
        if node.letter in LAW_LETTERS | {"pi"} and all(index in INDEX_LETTERS for index in indices):
            return True
        return all(index.isdigit() or index in INDEX_LETTERS for index in indices)

    def _law(self, node: Name, full: str | None) -> None:
        """A name where a law stands; its subscript is a label, random variables, or an index."""
        if node.sub is not None:
            variables = self._variables(node.sub)
            if variables:
                self.found.laws[node.stem] = None
                self.found.subscript_variables.setdefault(node.stem, {}).update(dict.fromkeys(variables))
                return
        if full is not None:
            self.found.laws[full] = None
            self.found.bare_laws.add(full)

    def _variables(self, sub: Group) -> list[str]:
        """The random variables that a subscript such as X, XY, X|Y, x_1 names; empty where it is a label."""
        found: list[str] = []
        for part in sub.parts:
            expression = part.sides[0]
            if expression is None or len(expression.runs) != 1:
                return []
            for factor in expression.runs[0].factors:
                if not isinstance(factor, Name) or factor.stem[0] not in VALUE_LETTERS:
                    return []
                full = plain_name(factor)
                if full is None:
                    return []
                if factor.word and factor.sub is None:
                    if not factor.stem.isupper() or len(factor.stem) > 3:
                        return []
                    found.extend(factor.stem)
                elif len(factor.stem) > 1:
                    return []
                else:
                    found.append(full.upper())
        return found

    def applied(self, node: Name, group: Group, law: bool) -> int:
        """A name before a bracket; how many factors that is."""
        self._power(group.power)
        self._power(node.power)
        if self._measured_under(node, group):
            return 2
        measure = self._measure(node, group)
        if measure is not None:
            self._measured(measure, group)
            return 2
        full = plain_name(node)
        stem = node.stem
        if full is None and node.sub is None:
            return 1
        variables = self._variables(node.sub) if node.sub is not None and _may_be_a_law(node, group) else []
        named = stem if variables and (len(variables) == len(group.parts) or group.separators) else full
        if named is None:
            named = stem
        if not law and not variables and named == full and self._of_a_family(node):
            named = f"{stem}_family"
            self.found.words.add(named)
        if law and (node.word or node.font in SET_FONTS or stem in ("N", "U")) and stem not in LAW_LETTERS:
            # Exp(lambda), N(mu, sigma^2): a family by name, of which only the name is known.
            self.found.applied.setdefault(named, []).append(((), ()))
            self.found.words.add(named)
            for part in group.parts:
                self.chain(part)
            return 2
        signature = self._signature(group)
        single = (
            len(group.parts) > 1
            or (named[0].isupper() and is_one_application(group))
            or (group.only is not None and group.only.lone_name() is not None)
        )
        if law and signature is not None and single:
            self.found.laws[named] = None
        if signature is None and node.sub is not None and not variables and self._indexes(node, tuple(index_names(node.sub))):
            self.name(node, law)
            return 1
        is_law = law or named in self.found.laws or node.letter in LAW_LETTERS or bool(variables)
        if signature is not None and (is_law or single or len(group.parts) > 1):
            self.found.applied.setdefault(named, []).append(signature)
            self.found.argument_shapes.setdefault(named, []).append(single)
            if variables:
                self.found.subscript_variables.setdefault(named, {}).update(dict.fromkeys(variables))
            if node.word or node.font in SET_FONTS:
                self.found.words.add(named)
            self._inside(group, is_law)
            return 2
        self.found.argument_shapes.setdefault(named, []).append(single)
        if signature is None and single and len(group.parts) == 1:
            self.found.applied.setdefault(named, []).append(((), ()))
        if node.word or node.font in SET_FONTS:
            self.found.words.add(named)
        if is_law or self._is_function_letter(node, named):
            self._inside(group, False)
            if self._is_function_letter(node, named):
                self.found.applied.setdefault(named, []).append(((), ()))
                return 2
        self.name(node, law)
        return 1

    def _of_a_family(self, node: Name) -> bool:
        """Whether a bound index stands below a letter that is no law: f_i(x) under a sum over i."""
        indices = index_names(node.sub) if node.sub is not None else []
        return bool(set(indices) & self.found.bound.keys()) and node.letter not in LAW_LETTERS

    def _is_function_letter(self, node: Name, named: str) -> bool:
        return named in ("f", "g") or node.word or (named.startswith("D_") and node.sub is not None)

    def _inside(self, group: Group, of_law: bool) -> None:
        """The arguments of an application that are more than values."""
        for part in group.parts:
            name = part.lone_name()
            if part.relations == ["="]:
                left = part.sides[0]
                lone = chain_of(left).lone_name() if left is not None else None
                full = plain_name(lone) if lone is not None else None
                if full is not None:
                    self.found.events[full.upper()] = None
            elif name is None and part.single is not None:
                inner = part.lone()
                if isinstance(inner, Group) and len(inner.parts) > 1:
                    self._inside(inner, of_law)
                elif not of_law or part.lone() is None:
                    self.expression(part.single, lawlike(part.single))
            elif name is not None and not of_law:
                before = dict(self.found.bare)
                self.name(name, False)
                full = str(plain_name(name))
                if full in self.found.bare:
                    self.found.bare[full] = before.get(full, 0)

    def _signature(self, group: Group) -> Signature | None:
        """The values of a mass; None where an argument is no value."""
        before: list[str] = []
        after: list[str] = []
        barred = False
        for position, part in enumerate(group.parts):
            separator = group.separators[position - 1] if position else ""
            if separator == ";":
                break
            if separator == "||":
                return None
            barred = barred or separator == "|"
            values = self._values(part)
            if values is None:
                if len(group.parts) == 1:
                    return None
                continue
            (after if barred else before).extend(values)
        return tuple(before), tuple(after)

    def _values(self, part: Chain) -> list[str] | None:
        if part.relations == ["="] and part.sides[0] is not None:
            name = chain_of(part.sides[0]).lone_name()
            full = plain_name(name) if name is not None else None
            return [full.lower()] if full is not None else None
        lone = part.lone()
        if isinstance(lone, Group) and len(lone.parts) > 1:
            inner = [self._values(piece) for piece in lone.parts]
            return None if None in inner else [value for values in inner for value in values or []]
        name = part.lone_name()
        if name is None or name.power is not None:
            return None
        letters = len(name.stem) in (2, 3) and not name.stem.istitle() and all(c in VALUE_LETTERS for c in name.stem)
        if name.word and name.sub is None and letters:
            return list(name.stem.lower())
        full = plain_name(name)
        if full is None or full == "_dot":
            return None
        return [full.lower() if len(full.split("_")[0]) == 1 else full]

    # Measures

    def _measure(self, node: Name, group: Group) -> str | None:
        below = script_text(node.sub) if node.sub is not None else None
        if node.sub is not None:
            found = words.SUBSCRIPTED.get((node.stem, str(below)))
            if found is None and node.stem in ("D", "d", "H", "h") and "||" in group.separators:
                self.found.applied.setdefault(str(plain_name(node)), []).append(((), ()))
                return "KL"
            if found is None and node.stem in ("H", "D", "I") and below is not None:
                self.found.applied.setdefault(str(plain_name(node)), []).append(((), ()))
                return "H"
            return found
        if node.stem in ("D", "d") and "||" not in group.separators:
            return None
        if node.stem == "I" and len(group.parts) == 1:
            return None
        return words.MEASURES.get(node.stem)

    def _measured_under(self, node: Name, group: Group) -> bool:
        """Whether this is H_q(Z | X) or I_q(X; Z), by which q is a law of the values z and x."""
        law = node.sub.parts[0].lone_name() if node.sub is not None else None
        if law is None or words.MEASURES.get(node.stem) not in ("H", "h", "I") or law.letter not in LAW_LETTERS:
            return False
        named = plain_name(law)
        written = [lone.stem for part in group.parts if (lone := part.lone_name()) is not None]
        names = [values for part in group.parts if (values := self._values(part))]
        if named is None or not len(names) == len(written) == len(group.parts) or set(group.separators) - set(",;|:"):
            return False
        bar = group.separators.index("|") + 1 if "|" in group.separators else len(names)
        before = tuple(name for block in names[:bar] for name in block)
        given = tuple(name for block in names[bar:] for name in block)
        at_a_value = all(stem.islower() for stem in written[bar:])
        needed: Signature = (before, given) if at_a_value and node.stem != "I" else ((*before, *given), ())
        self.found.under.setdefault(str(plain_name(node)), (named, []))[1].append(needed)
        return True

    def _measured(self, measure: str, group: Group) -> None:
        if measure == "h" and any(name[0].isupper() for part in group.parts for name in self._lone_arguments(part)):
            self.found.differential = True
        entries = listed_entries(group) if measure == "H" else None
        if entries is not None:
            self.found.indexed.setdefault(entries[0], []).extend((index,) for index in entries[1])
            return
        lone = [name for part in group.parts for name in self._lone_arguments(part)]
        if measure in ("KL", "JS", "H") and len(group.parts) == 2:
            self._of_the_same_values(group)
        for part in group.parts:
            if measure in ("KL", "JS"):
                self.chain(part, True)
                continue
            if part.relations == ["="]:
                left = part.sides[0]
                name = chain_of(left).lone_name() if left is not None else None
                full = plain_name(name) if name is not None else None
                if full is not None:
                    self.found.events[full.upper()] = None
                continue
            arguments = self._lone_arguments(part)
            if not arguments and part.single is not None:
                laws = lawlike(part.single) and not of_variables(part.single)
                self.expression(part.single, True) if laws else self._variables_in(part)
            for argument in arguments:
                self.found.measured[argument] = None
                self.found.measured_with.setdefault(argument, set()).update(lone)
                if measure == "I":
                    self.found.events[argument.upper()] = None

    def _of_the_same_values(self, group: Group) -> None:
        """A law that stands bare in a measure beside one with its values is of these: q of z in D(q || p(z|x))."""
        for one, other in (group.parts, group.parts[::-1]):
            bare = one.lone_name()
            factors = other.single.runs[0].factors if other.single is not None and len(other.single.runs) == 1 else []
            if bare is None or len(factors) != 2 or not isinstance(factors[0], Name) or not isinstance(factors[1], Group):
                continue
            name, signature = plain_name(bare), self._signature(factors[1])
            if name is not None and bare.letter in LAW_LETTERS and signature is not None and signature[0]:
                self.found.drawn.setdefault(name, []).append((signature[0], ()))

    def _variables_in(self, part: Chain) -> None:
        """H(aX), H(X, g(X)): the random variables inside, and the numbers and functions beside them."""
        for node in walk(part):
            if isinstance(node, Name):
                full = plain_name(node)
                if full is not None and len(full) == 1 and full in "STUVWXYZ":
                    self.found.measured[full] = None
                    self.found.measured_with.setdefault(full, set()).add(full)
        if part.single is not None:
            self.expression(part.single)

    def _lone_arguments(self, part: Chain) -> list[str]:
        lone = part.lone()
        if isinstance(lone, Group) and lone.power is None and len(lone.parts) > 1:
            return [name for inner in lone.parts for name in self._lone_arguments(inner)]
        name = part.lone_name()
        if name is None:
            return self._side_by_side(part)
        if name.power is not None:
            power = name.power.lone_name()
            return [f"{name.stem}_1_{power.stem}"] if power is not None and name.stem.isupper() else []
        if name.word and name.sub is None and name.stem.isupper() and len(name.stem) in (2, 3) and not name.font:
            return list(name.stem)
        full = plain_name(name)
        return [full] if full is not None else []

    def _side_by_side(self, part: Chain) -> list[str]:
        """XY in H(XY): several random variables side by side."""
        expression = part.single
        if expression is None or len(expression.runs) != 1 or expression.runs[0].negative:
            return []
        factors = expression.runs[0].factors
        if any(expression.runs[0].joints) or not all(isinstance(f, Name) and f.stem in "STUVWXYZ" for f in factors):
            return []
        return [str(plain_name(f)) for f in factors if isinstance(f, Name)]
