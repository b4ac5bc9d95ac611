"""Observes the notation of formulas: one walk over what is written, noting every use of every name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from symkl.language.latex import surprisals
from symkl.language.latex.naming import (
    SET_FONTS,
    bound_by,
    index_names,
    is_powered_application,
    is_slope,
    plain_name,
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
from symkl.theory.left_open import leaves_open, settle_left_open
from symkl.theory.notation import (
    INDEX_LETTERS,
    LAW_LETTERS,
    RANDOM_LETTERS,
    VALUE_LETTERS,
    Notation,
    Signature,
    is_function_letter,
    is_functional,
)
from symkl.theory.observed_measures import MeasureObserver
from symkl.theory.shapes import complemented, holds_a_law, is_one, is_one_application, lawlike
from symkl.theory.signatures import signature


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
    settle_left_open(found)
    # h(X) is of a density, h(P_e) of the number that stands beside 1 - P_e.
    found.differential |= any(name[0].isupper() for name in found.measured_by_h - found.complements)
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


def _applied_names(run: Run) -> list[Node]:
    """The factors of a run that a bracket follows."""
    pairs = zip(run.factors, run.factors[1:], strict=False)
    return [one for one, other in pairs if isinstance(other, Group) and other.bracket != "{"]


def _values_at(node: Name, group: Group) -> Signature | None:
    """The values at which a name is applied; of a law a number is one."""
    number = group.only.lone() if group.only is not None else None
    if node.letter in LAW_LETTERS and isinstance(number, Numeral) and number.power is None and number.text.isdigit():
        return (number.text,), ()
    return signature(group)


def _names_its_arguments(named: str, group: Group) -> bool:
    """Whether what is in the brackets is several things, a law with its values, or a name alone."""
    return (
        len(group.parts) > 1
        or (named[0].isupper() and is_one_application(group))
        or (group.only is not None and group.only.lone_name() is not None)
    )


class _Observer(MeasureObserver):
    def chain(self, chain: Chain, law: bool = False) -> None:
        for side in chain.sides:
            if side is not None:
                self.expression(side, law)

    def expression(self, expression: Expression, law: bool = False) -> None:
        if len(expression.runs) == 2:
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
            if isinstance(node, Operator) and node.word == "E":
                self._averaged(run, k)
            self.node(node, law)
            k += 1

    def _averaged(self, run: Run, k: int) -> None:
        """The X of E[f(X)]: random; where the mean does not say its law, X has one of its own."""
        mean, body = run.factors[k], run.factors[k + 1] if k + 1 < len(run.factors) else None
        if not isinstance(body, Group) or not isinstance(mean, Operator):
            return
        applied = {id(one) for inner in walk(body) if isinstance(inner, Run) for one in _applied_names(inner)}
        for name in walk(body):
            if isinstance(name, Name) and name.stem in RANDOM_LETTERS and name.sub is None and id(name) not in applied:
                self.found.averaged.add(name.stem)
                if mean.sub is None and mean.sup is None:
                    self.found.events[name.stem] = None

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
            for part in node.sub.parts:
                lone = part.lone_name()
                if lone is not None and plain_name(lone) in self.found.bound:
                    continue
                for side in part.sides[: 1 if part.relations[:1] == ["in"] else None]:
                    if side is not None:
                        self.expression(side, holds_a_law(side))
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
        if self._draws_by_names(node.sub):
            return
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

    def _draws_by_names(self, sub: Group) -> bool:
        """Whether names of values stand below a mean, with a bar or a comma between them: z under x and theta."""
        names = [part.lone_name() for part in sub.parts]
        if (
            len(names) < 2
            or set(sub.separators) - {",", "|"}
            or any(name is None or name.letter in LAW_LETTERS for name in names)
        ):
            return False
        for name in names[: sub.separators.index("|") + 1 if "|" in sub.separators else None]:
            full = plain_name(name) if name is not None else None
            if full is not None and full.isupper():
                self.found.events[full] = None
        return True

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
        inside = walk(node.sub) if node.sub is not None else ()
        calculated = any(isinstance(inner, Name) and inner.stem in found.bound for inner in inside)
        if full is not None and full not in found.bound and not calculated:
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
            lone = part.lone()
            if isinstance(lone, Group) and lone.bracket == "(":
                found.extend(self._variables(lone))
                continue
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
        if is_slope(node, group):
            node = replace(node, stem=node.stem.rstrip("'"))
        self._power(group.power)
        self._power(node.power)
        if self.measure(node, group):
            return 2
        if plain_name(node) is None and node.sub is None:
            return 1
        variables = self._variables(node.sub) if node.sub is not None and _may_be_a_law(node, group) else []
        named = self._applied_name(node, group, variables, law)
        upright = node.word or node.font in SET_FONTS
        if law and (upright or node.stem in ("N", "U")) and node.stem not in LAW_LETTERS:
            # Exp(lambda), N(mu, sigma^2): a family by name, of which only the name is known.
            self.found.applied.setdefault(named, []).append(((), ()))
            self.found.words.add(named)
            for part in group.parts:
                self.chain(part)
            return 2
        at = _values_at(node, group)
        single = _names_its_arguments(named, group)
        law = law or leaves_open(group) or (node.letter in ("pi", "W") and "|" in group.separators)
        if law and at is not None and single:
            self.found.laws[named] = None
        if at is None and node.sub is not None and not variables and self._indexes(node, tuple(index_names(node.sub))):
            self.name(node, law)
            return 1
        functional = at is not None and is_functional(named, [at])
        is_law = law or named in self.found.laws or (node.letter in LAW_LETTERS and not functional) or bool(variables)
        self.found.argument_shapes.setdefault(named, []).append(single)
        if upright:
            self.found.words.add(named)
        if at is not None and (is_law or single or len(group.parts) > 1):
            self.found.applied.setdefault(named, []).append(at)
            if variables:
                self.found.subscript_variables.setdefault(named, {}).update(dict.fromkeys(variables))
            self._inside(group, is_law)
            return 2
        if at is None and single and len(group.parts) == 1:
            self.found.applied.setdefault(named, []).append(((), ()))
        if is_law or self._is_function_letter(node, named):
            self._inside(group, False)
            if self._is_function_letter(node, named):
                self.found.applied.setdefault(named, []).append(((), ()))
                return 2
        self.name(node, law)
        return 1

    def _applied_name(self, node: Name, group: Group, variables: list[str], law: bool) -> str:
        """What an applied name is called: without a subscript that names its variables, and apart from an index of a family."""
        full = plain_name(node)
        named = node.stem if variables and (len(variables) == len(group.parts) or group.separators) else full
        if named is not None and not law and not variables and self._of_a_family(node):
            named = f"{node.stem}_family"
            self.found.words.add(named)
        return node.stem if named is None else named

    def _of_a_family(self, node: Name) -> bool:
        """Whether a bound index stands below a letter that is no law: f_i(x) under a sum over i."""
        indices = index_names(node.sub) if node.sub is not None else []
        return bool(set(indices) & self.found.bound.keys()) and node.letter not in LAW_LETTERS

    def _is_function_letter(self, node: Name, named: str) -> bool:
        decorated = node.sub is None and is_function_letter(named)
        return decorated or node.word or (named.startswith("D_") and node.sub is not None)

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
