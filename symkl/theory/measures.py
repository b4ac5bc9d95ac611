"""The measures and their definitions, read from measures.toml, and what a measure unfolds to.

A definition is written once over names: laws P, Q, R, random variables X, Y, Z, numbers s, t. Unfolding puts the
arguments in their place: a name of a variable may stand for several, a law for a mixture or a product, and an event
(H(Y | X = x)) conditions every mass. Of densities every sum becomes an integral.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from symkl.errors import KnowledgeError, ReadError, UndefinedTerm
from symkl.language.grouping import groups
from symkl.language.kinds import kind_of
from symkl.language.plain_reader import read_plain
from symkl.language.plain_writer import write_plain
from symkl.language.scope import DENSITY, LawDeclaration, Scope
from symkl.language.term import (
    Alphabet,
    Binder,
    Expectation,
    Integral,
    Label,
    Law,
    Marginal,
    Mass,
    Measure,
    Negation,
    Plus,
    Product,
    Quotient,
    RandomVariable,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    fresh_name,
    is_law,
    law_names,
    subterms,
)
from symkl.theory.repeated import without_repeats
from symkl.theory.setting import Setting

FILE = "measures.toml"

_VARIABLES = ("X", "Y", "Z")
_SCOPE = Scope(
    numbers=frozenset("st"),
    laws={name: LawDeclaration(name, name, False, _VARIABLES, tuple(map(Alphabet, _VARIABLES))) for name in ("P", "Q", "R", "p")},
    variables=dict.fromkeys(_VARIABLES, "p"),
)


Shape = tuple[str, tuple[str, ...], tuple[str, ...], str]
"""What definitions are told apart by: the name, the signs between what is measured, its kinds, and the kind of the condition."""


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """A measure: how it is written, its definition in one or more forms, and what to say of it."""

    slug: str
    written: Measure
    forms: tuple[Term, ...]
    title: str
    says: str
    range: str
    source: str


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A random variable of a law, and its alphabet."""

    variable: str
    alphabet: Term


@cache
def measures() -> Mapping[str, MeasureDefinition]:
    """Every measure by its slug.

    Raises: KnowledgeError for a table that does not define a measure.
    """
    text = files("symkl.theory").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return {slug: _definition(slug, table) for slug, table in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(FILE, "the file", f"broken TOML: {error}") from error


def _definition(slug: str, table: Mapping[str, object]) -> MeasureDefinition:
    needed = {"written", "forms", "title", "says", "range", "source"}
    if table.keys() != needed:
        raise KnowledgeError(FILE, slug, f"the keys have to be {', '.join(sorted(needed))}")
    forms = table["forms"]
    if not isinstance(forms, list) or not forms:
        raise KnowledgeError(FILE, slug, "forms is a list of one definition or more")
    try:
        written = read_plain(str(table["written"]), _SCOPE)
        terms = tuple(read_plain(str(form), _SCOPE) for form in forms)
    except ReadError as error:
        raise KnowledgeError(FILE, slug, str(error)) from error
    if not isinstance(written, Measure):
        raise KnowledgeError(FILE, slug, f"'{table['written']}' is no measure")
    texts = {key: str(table[key]) for key in ("title", "says", "range", "source")}
    return MeasureDefinition(slug, written, terms, **texts)


def definition_of(measure: Measure) -> MeasureDefinition:
    """The definition that a measure falls under, by its name and the kinds of its arguments.

    Raises: UndefinedTerm where measures.toml defines no such measure.
    """
    definition = _by_shape().get(_shape(measure))
    if definition is None:
        written = write_plain(measure)
        # The laws of the table are of X, Y and Z, which says nothing here.
        alike = [each.written for each in measures().values() if each.written.name == measure.name]
        known = [write_plain(each).replace("(x,y,z)", "") for each in alike]
        raise UndefinedTerm(f"No measure is written like {written}; {measure.name} is written {', '.join(known)}.", written)
    return definition


@cache
def _by_shape() -> Mapping[Shape, MeasureDefinition]:
    found: dict[Shape, MeasureDefinition] = {}
    for definition in measures().values():
        found.setdefault(_shape(definition.written), definition)
    return found


def unfold(measure: Measure, setting: Setting, form: int = 0) -> Term:
    """What a measure is by definition, in one of the forms of its table.

    One that names a random variable twice is first the measure that names it once.

    Raises: UndefinedTerm for an unknown measure, a form that is not there, laws on different alphabets.
    """
    once = without_repeats(measure)
    if once is not None:
        if measure.name == "h" or _of_densities(measure, setting):
            written = write_plain(measure)
            raise UndefinedTerm(f"{written} is not finite: given itself a variable with a density is certain.", written)
        return once
    definition = definition_of(measure)
    if not 0 <= form < len(definition.forms):
        raise UndefinedTerm(f"The {definition.title} has {len(definition.forms)} form(s), numbered from 0; there is no {form}.")
    return _Unfolding(measure, definition, setting).instance(definition.forms[form])


def _of_densities(measure: Measure, setting: Setting) -> bool:
    laws = {setting.scope.variables.get(part.name, "") for part in measure.args if isinstance(part, RandomVariable)}
    return _any_density(laws, setting)


def coordinates(law: Term, setting: Setting) -> tuple[Coordinate, ...]:
    """The random variables that a law, a mixture or a product law is a law of, with their alphabets.

    Raises: UndefinedTerm for what is no law, and for a mixture of laws of other values.
    """
    match law:
        case Law(marginal, _):
            return tuple(Coordinate(name, _alphabet(marginal, name, setting)) for name in marginal.of)
        case Plus(terms):
            first, *others = (coordinates(term, setting) for term in terms if is_law(term))
            if any(set(other) != set(first) for other in others):
                mixture = setting.write(law)
                raise UndefinedTerm(
                    f"{mixture} mixes laws of different values; a given such as 'P, Q on {{1..n}}' puts both on one alphabet.",
                    mixture,
                )
            return first
        case Times(factors):
            return tuple(found for factor in factors if is_law(factor) for found in coordinates(factor, setting))
        case Quotient(numerator, _):
            return coordinates(numerator, setting)
        case Negation(inner) | Label(inner, _, _):
            return coordinates(inner, setting)
        case _:
            raise UndefinedTerm(f"{write_plain(law)} is no law.")


def mass_of(law: Term, values: Mapping[str, Term]) -> Term:
    """The mass of a law, a mixture or a product law at values by the names of its variables.

    Raises: UndefinedTerm for a conditional law whose condition has no value.
    """
    match law:
        case Law(marginal, given):
            missing = [] if given else [name for name in marginal.given if name not in values]
            if missing:
                raise UndefinedTerm(f"{write_plain(law)} is conditional on {', '.join(missing)}, of which no value is said here.")
            conditions = given or tuple(values[name] for name in marginal.given)
            return Mass(marginal, (*(values[name] for name in marginal.of), *conditions))
        case Plus() | Times() | Quotient() | Negation() | Label():
            return law.with_args(mass_of(part, values) if is_law(part) else part for part in law.args)
        case _:
            raise UndefinedTerm(f"{write_plain(law)} is no law.")


def written_as_sum(mean: Expectation, setting: Setting) -> Term:
    """E[x ~ p](f) as the sum of p(x) f over the values of its law; of densities the integral.

    Raises: UndefinedTerm where it binds another number of values than its law has.
    """
    law = mean.domains[0]
    places = coordinates(law, setting)
    if len(places) != len(mean.names):
        written = setting.write(mean)
        raise UndefinedTerm(f"{written} binds {len(mean.names)} value(s) of a law with {len(places)}.", written)
    values = {c.variable: Value(name) for c, name in zip(places, mean.names, strict=True)}
    head = Integral if _any_density(law_names(law), setting) else Sum
    return head(mean.names, [c.alphabet for c in places], Times(mass_of(law, values), mean.body))


def _any_density(laws: Collection[str], setting: Setting) -> bool:
    return any(law.entries == DENSITY for name, law in setting.scope.laws.items() if name in laws)


def _alphabet(marginal: Marginal, name: str, setting: Setting) -> Term:
    declared = setting.scope.laws.get(marginal.law)
    return Alphabet(name) if declared is None or name not in declared.variables else declared.alphabet(name)


def _shape(measure: Measure) -> Shape:
    found = groups(measure)
    kinds = tuple(kind_of(group[0]) for group in found.measured)
    # A condition that is all events is none of its own: H(Y | X = x) is an entropy under a conditional law.
    conditional = not all(isinstance(argument, Relation) for argument in found.given)
    return measure.name, found.between, kinds, kind_of(found.given[0]) if conditional else ""


class _Unfolding:
    """One measure on its way to its definition: what each name of the table stands for here."""

    def __init__(self, measure: Measure, definition: MeasureDefinition, setting: Setting) -> None:
        self.measure = measure
        self.setting = setting
        self.laws: dict[str, Term] = {}
        self.places: dict[str, tuple[Coordinate, ...]] = {}
        self.numbers: dict[str, Term] = {}
        self.groups: dict[str, tuple[Coordinate, ...]] = {}
        self.values: dict[str, tuple[Value, ...]] = {}
        self.joint: LawDeclaration | None = None
        self.events: list[tuple[str, Term]] = []
        written, found = groups(definition.written), groups(measure)
        for name, arguments in zip((*written.measured, written.given), (*found.measured, found.given), strict=True):
            if name:
                self._bind(name[0], arguments)
        for argument in found.given or found.measured[-1]:
            if isinstance(argument, Relation) and isinstance(argument.args[0], RandomVariable):
                self.events.append((argument.args[0].name, argument.args[1]))
        self._coordinates()
        self._name_values()

    def _bind(self, name: Term, arguments: Sequence[Term]) -> None:
        match name:
            case Law(marginal, _):
                self.laws[marginal.law] = arguments[0]
            case RandomVariable(letter):
                names = [argument.name for argument in arguments if isinstance(argument, RandomVariable)]
                self.groups[letter] = tuple(Coordinate(n, self.setting.scope.alphabet_of(n)) for n in names)
                self.joint = self._joint_law(names)
            case Symbol(letter):
                self.numbers[letter] = arguments[0]

    def _joint_law(self, names: Sequence[str]) -> LawDeclaration:
        law = self.setting.scope.joint_law(names)
        if law is None:
            raise UndefinedTerm(f"No given says what law {', '.join(names)} have together.")
        return law

    def _coordinates(self) -> None:
        if not self.laws:
            return
        self.places = {name: coordinates(law, self.setting) for name, law in self.laws.items()}
        first, *others = self.laws
        if "R" in self.laws:
            self.groups["Y"], self.groups["X"] = self.places[first], self.places["R"]
            others.remove("R")
        else:
            self.groups["X"] = self.places[first]
        for other in others:
            self._compare(first, other)

    def _compare(self, first: str, other: str) -> None:
        reference, found = self.places[first], self.places[other]
        if found == reference:
            return
        by_name = {c.variable for c in found} == {c.variable for c in reference}
        alphabets = [c.alphabet for c in found] == [c.alphabet for c in reference]
        same = {c.variable: c.alphabet for c in found} == {c.variable: c.alphabet for c in reference}
        if not (same if by_name else alphabets):
            one, two = (self.setting.write(self.laws[name]) for name in (first, other))
            raise UndefinedTerm(
                f"{one} and {two} are laws on different alphabets; a given such as 'P, Q on {{1..n}}' puts both on one.",
                self.setting.write(self.measure),
            )

    def _name_values(self) -> None:
        taken = set(free_names(self.measure)) | {name for _, value in self.events for name in free_names(value)}
        for letter, group in self.groups.items():
            values = []
            for coordinate in group:
                name = self._value_name(coordinate.variable, taken)
                taken.add(name)
                values.append(Value(name))
            self.values[letter] = tuple(values)

    def _value_name(self, variable: str, taken: set[str]) -> str:
        if variable:
            return fresh_name(variable.lower(), taken)
        return next((letter for letter in "ijklm" if letter not in taken | self.setting.scope.numbers), fresh_name("i", taken))

    # The definition with everything in its place

    def instance(self, term: Term) -> Term:
        match term:
            case Mass(marginal, values):
                return self._mass(marginal, values)
            case Law(marginal, _):
                return self._law(marginal)
            case Symbol(name):
                return self.numbers.get(name, term)
            case Binder(names, domains, body):
                return self._binder(term, names, domains, body)
            case _ if not term.args:
                return term
        if type(term).__name__ == "Log":
            return term.with_args((self.instance(term.args[0]), self.setting.scope.log_base))
        return term.with_args(map(self.instance, term.args))

    def _binder(self, term: Binder, names: tuple[str, ...], domains: tuple[Term, ...], body: Term) -> Term:
        pairs = self._in_order([pair for name in names for pair in self._pairs(name.upper())])
        bound = [value.name for _, value in pairs]
        if term.one_domain:
            return type(term)(bound, map(self.instance, domains), self.instance(body))
        alphabets = [coordinate.alphabet for coordinate, _ in pairs]
        head = Integral if isinstance(term, Sum) and self._has_density() else type(term)
        if isinstance(term, Product):
            head = Product
        return head(bound, alphabets, self.instance(body))

    def _has_density(self) -> bool:
        used = law_names(*self.laws.values()) | ({self.joint.name} if self.joint is not None else set())
        return _any_density(used, self.setting)

    def _mass(self, marginal: Marginal, values: tuple[Term, ...]) -> Term:
        letters = [value.name.upper() for value in values if isinstance(value, Value)]
        if marginal.law != "p":
            law = self.laws[marginal.law]
            given = [value for letter in letters for value in self.values[letter]]
            of = letters[: len(marginal.of)]
            reference = [c.variable for letter in of for c in self.groups[letter]]
            names = [c.variable for c in self.places[marginal.law]]
            ordered = reference if set(names) == set(reference) else names
            at = dict(zip(ordered, given, strict=False))
            for letter in letters[len(marginal.of) :]:
                at.update(zip((c.variable for c in self.groups[letter]), self.values[letter], strict=True))
            return mass_of(law, at)
        return self._joint_mass(letters[: len(marginal.of)], letters[len(marginal.of) :])

    def _joint_mass(self, of_letters: Sequence[str], given_letters: Sequence[str]) -> Mass:
        joint = self._require_joint()
        of = self._in_order([pair for letter in of_letters for pair in self._pairs(letter)])
        given = self._in_order([pair for letter in given_letters for pair in self._pairs(letter)])
        conditions = (*(c.variable for c, _ in given), *(name for name, _ in self.events))
        values = (*(value for _, value in of), *(value for _, value in given), *(value for _, value in self.events))
        return Mass(joint.marginal(tuple(c.variable for c, _ in of), conditions), values)

    def _pairs(self, letter: str) -> list[tuple[Coordinate, Value]]:
        return list(zip(self.groups[letter], self.values[letter], strict=True))

    def _in_order(self, pairs: list[tuple[Coordinate, Value]]) -> list[tuple[Coordinate, Value]]:
        """The pairs in the order of the joint law's variables: p(x,y), however the measure names them."""
        order = self._order()
        if not {coordinate.variable for coordinate, _ in pairs} <= set(order):
            return pairs
        return sorted(pairs, key=lambda pair: order.index(pair[0].variable))

    def _order(self) -> Sequence[str]:
        """The variables of the law that a mean is taken under; none where only laws are measured as they stand."""
        if self.joint is not None:
            return self._require_joint().variables
        laws = [part for part in subterms(self.laws["R"]) if isinstance(part, Law)] if "R" in self.laws else []
        declared = self.setting.scope.laws.get(laws[0].marginal.law) if laws else None
        return () if declared is None else declared.variables

    def _law(self, marginal: Marginal) -> Term:
        if marginal.law != "p":
            return self.laws[marginal.law]
        joint = self._require_joint()
        names = tuple(c.variable for letter in marginal.of for c in self.groups[letter])
        events = tuple(name for name, _ in self.events)
        return Law(joint.marginal(names, events), (value for _, value in self.events))

    def _require_joint(self) -> LawDeclaration:
        names = [c.variable for group in self.groups.values() for c in group] + [name for name, _ in self.events]
        return self._joint_law(names)
