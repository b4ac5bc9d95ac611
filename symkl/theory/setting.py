"""What givens mean: a scope for the readers, facts for the conditions, masses by formula.

A `Setting` is all that the kernel, the judge and the writers know about the symbols. Building one checks that the givens
fit together: no name of two kinds, no law on two alphabets, no empty interval, no mass outside (0, 1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from symkl.errors import GivenError, ReadError
from symkl.language.givens import (
    BaseGiven,
    ConditionGiven,
    FamilyGiven,
    Given,
    IndependenceGiven,
    JointGiven,
    LawsGiven,
    MarkovGiven,
    MassesGiven,
    SortGiven,
    UniformGiven,
    VectorGiven,
    read_given,
    split_givens,
)
from symkl.language.kinds import CAPITALS, CONSTANTS, RESERVED
from symkl.language.plain_reader import PlainReader
from symkl.language.plain_writer import write_plain
from symkl.language.scope import MASS, REAL, LawDeclaration, Scope
from symkl.language.term import (
    Alphabet,
    Constant,
    E,
    Exp,
    Function,
    Mass,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Power,
    Quotient,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    law_names,
    rename_bound,
    substitute,
    subterms,
    sum_of,
)
from symkl.theory.consistency import contradiction
from symkl.theory.families import family


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a given states, and the text of that given."""

    relation: Relation
    given: str


@dataclass(frozen=True, slots=True)
class MassFormula:
    """The masses of a law in terms of numbers: one for each outcome, or one formula in an index."""

    law: str
    given: str
    outcomes: Mapping[Term, Term] = field(default_factory=dict)
    index: str = ""
    formula: Term | None = None

    def at(self, value: Term) -> Term | None:
        """The mass at a value, where the formula says it."""
        if self.formula is not None:
            return substitute(self.formula, {self.index: value})
        return self.outcomes.get(value)


@dataclass(frozen=True, slots=True)
class Setting:
    """The givens in force and what they amount to."""

    givens: tuple[Given, ...] = ()
    inferred: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)
    facts: tuple[Fact, ...] = ()
    integers: frozenset[str] = frozenset()
    formulas: Mapping[str, MassFormula] = field(default_factory=dict)
    independences: tuple[IndependenceGiven, ...] = ()
    chains: tuple[MarkovGiven, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The givens as written."""
        return tuple(given.text for given in self.givens)

    def given_of(self, law: str) -> str:
        """The text of the given that declares a law."""
        for given in self.givens:
            match given:
                case JointGiven(_, _, name, _) if name == law:
                    return given.text
                case MassesGiven(_, laws, _) if any(name == law for name, _ in laws):
                    return given.text
                case FamilyGiven() | LawsGiven() | UniformGiven() | VectorGiven() if law in given.names:
                    return given.text
        return f"{law} is a law"

    def write(self, term: Term) -> str:
        """The plain spelling of a term under these givens."""
        return write_plain(term, self.scope.log_base)


def setting(givens: Iterable[str] = (), inferred: Iterable[str] = ()) -> Setting:
    """The setting that texts of givens describe; those in `inferred` are marked so in every output.

    Raises: GivenError for a given that is not understood or contradicts another.
    """
    written = [piece for text in givens for piece in split_givens(text)]
    guessed = [piece for text in inferred for piece in split_givens(text)]
    builder = _Builder()
    parsed = [read_given(text) for text in [*written, *guessed]]
    # Names come first, so that a condition may stand before the law that it speaks of.
    for given in sorted(parsed, key=lambda given: isinstance(given, ConditionGiven)):
        builder.add(given)
    builder.check()
    return replace(builder.setting(), givens=tuple(parsed), inferred=frozenset(guessed))


class _Builder:
    def __init__(self) -> None:
        self.numbers: set[str] = set()
        self.integers: set[str] = set()
        self.laws: dict[str, LawDeclaration] = {}
        self.variables: dict[str, str] = {}
        self.outcomes: set[str] = set()
        self.aliases: dict[str, str] = {}
        self.functions: set[str] = set()
        self.alphabets: dict[str, Term] = {}
        self.known_alphabets: dict[Term, Term] = {}
        self.base: Term | None = None
        self.facts: list[Fact] = []
        self.formulas: dict[str, MassFormula] = {}
        self.independences: list[IndependenceGiven] = []
        self.chains: list[MarkovGiven] = []
        self.declared_by: dict[str, str] = {}

    def scope(self) -> Scope:
        return Scope(
            numbers=frozenset(self.numbers),
            laws=self.laws,
            variables=self.variables,
            alphabets={**self.alphabets},
            outcomes=frozenset(self.outcomes),
            aliases=self.aliases,
            functions=frozenset(self.functions),
            log_base=self.base or E,
        )

    def setting(self) -> Setting:
        return Setting(
            scope=self.scope(),
            facts=tuple(self.facts),
            integers=frozenset(self.integers),
            formulas=self.formulas,
            independences=tuple(self.independences),
            chains=tuple(self.chains),
        )

    def add(self, given: Given) -> None:
        match given:
            case FamilyGiven():
                self._family(given)
            case LawsGiven(_, names, alphabet) | UniformGiven(_, names, alphabet):
                for name in names:
                    variable = given.variable if isinstance(given, LawsGiven) else ""
                    self._law_on(given, name, alphabet, MASS, variable)
                    if isinstance(given, UniformGiven):
                        mass = Quotient(Number(1), _size(alphabet))
                        self._masses_by(MassFormula(name, given.text, {}, "i", mass))
            case VectorGiven(_, names, entries, alphabet):
                for name in names:
                    self._law_on(given, name, alphabet, entries)
            case JointGiven(_, variables, law, entries):
                self._joint(given, law, variables, entries)
            case MassesGiven():
                self._masses(given)
            case IndependenceGiven():
                self._variables_apart(given, given.left + given.right + given.condition)
                self.independences.append(given)
            case MarkovGiven():
                self._variables_apart(given, tuple(name for group in given.chain for name in group))
                self.chains.append(given)
            case SortGiven():
                self._sort(given)
            case BaseGiven():
                self._base(given)
            case ConditionGiven():
                self._condition(given)

    # Laws

    def _declare(self, given: Given, law: LawDeclaration) -> None:
        # Equal alphabets are one term, which makes comparing them cheap.
        law = replace(law, alphabets=tuple(self.known_alphabets.setdefault(each, each) for each in law.alphabets))
        known = self.laws.get(law.name)
        if known is not None and known != law:
            raise GivenError(f"'{given.text}' declares {law.name} a second time, and differently.")
        self.laws[law.name] = law
        self.declared_by.setdefault(law.name, given.text)
        for alphabet in law.alphabets:
            if isinstance(alphabet, Alphabet):
                self.alphabets[alphabet.name] = alphabet

    def _masses_by(self, formula: MassFormula) -> None:
        known = self.formulas.setdefault(formula.law, formula)
        if (known.outcomes, known.index, known.formula) != (formula.outcomes, formula.index, formula.formula):
            raise GivenError(f"'{known.given}' and '{formula.given}' give {formula.law} different masses.")

    def _law_on(self, given: Given, name: str, alphabet: Term, entries: str, variable: str = "") -> None:
        self._checked_alphabet(given, alphabet)
        if isinstance(alphabet, Outcomes):
            self.outcomes.update(value.name for value in alphabet.args if isinstance(value, Outcome))
        self._declare(given, LawDeclaration(name, name.lower(), True, (variable,), (alphabet,), entries))
        if variable and self.variables.setdefault(variable, name) != name:
            raise GivenError(f"'{given.text}': the random variable {variable} already has the law {self.variables[variable]}.")

    def _size_symbol(self, given: Given, name: str, least: int) -> None:
        fact = Relation((Symbol(name), Number(least)), (">=",))
        self.numbers.add(name)
        self.integers.add(name)
        if all(known.relation != fact for known in self.facts):
            self.facts.append(Fact(fact, given.text))

    def _checked_alphabet(self, given: Given, alphabet: Term) -> None:
        match alphabet:
            case Range(Number(low), Number(high)) if low.denominator == high.denominator == 1:
                if high - low < 1:
                    raise GivenError(f"'{given.text}': an alphabet needs two elements or more.")
            case Range(Number(low), Symbol(name)) if low.denominator == 1:
                self._size_symbol(given, name, int(low) + 1)
            case Range():
                raise GivenError(f"'{given.text}': a range goes from a whole number to a whole number or a name.")
            case Outcomes(values) if len(values) < 2 or len(set(values)) < len(values):
                raise GivenError(f"'{given.text}': an alphabet needs two elements or more, each written once.")

    def _family(self, given: FamilyGiven) -> None:
        known = family(given.family)
        if len(given.parameters) != len(known.parameters):
            count = len(known.parameters)
            raise GivenError(f"'{given.text}': {known.name} takes {count} parameter(s), not {len(given.parameters)}.")
        parameters = [Symbol(each.name) if isinstance(each, Constant) else each for each in given.parameters]
        bound = dict(zip(known.parameters, parameters, strict=True))
        outcomes = tuple(Outcome(name) for name in known.alphabet)
        alphabet: Term = Outcomes(*outcomes)
        values: tuple[Term, ...] = outcomes
        if given.alphabet is not None:
            if not isinstance(given.alphabet, Outcomes) or len(given.alphabet.args) != len(outcomes):
                raise GivenError(f"'{given.text}': {known.name} has {len(outcomes)} outcomes, to be written like {{H, T}}.")
            alphabet, values = given.alphabet, given.alphabet.args
        else:
            self.aliases.update(known.aliases)
        self.outcomes.update(value.name for value in values if isinstance(value, Outcome))
        for parameter in parameters:
            self.numbers.update(free_names(parameter))
        for condition in known.conditions:
            instance = substitute(condition, bound)
            if isinstance(instance, Relation):
                self.facts.append(Fact(instance, given.text))
        masses = dict(zip(values, (substitute(mass, bound) for mass in known.masses), strict=True))
        for name in given.names:
            self._declare(given, LawDeclaration(name, name, False, ("",), (alphabet,), MASS))
            self._masses_by(MassFormula(name, given.text, masses))

    def _joint(self, given: Given, law: str, variables: tuple[str, ...], entries: str, conditional: tuple[str, ...] = ()) -> None:
        if len(set(variables)) < len(variables):
            raise GivenError(f"'{given.text}': a random variable is named twice.")
        alphabets = tuple(self.alphabets.get(name, Alphabet(name)) for name in variables)
        self._declare(given, LawDeclaration(law, law, False, variables, alphabets, entries, conditional))
        for name in variables:
            known = self.variables.get(name)
            if known not in (None, law) and isinstance(given, JointGiven):
                raise GivenError(f"'{given.text}': the random variable {name} already has the law {known}.")
            if known is None or len(self.laws[known].variables) < len(variables):
                self.variables[name] = law

    def _masses(self, given: MassesGiven) -> None:
        occurring: dict[str, list[str]] = {}
        for name, values in given.laws:
            variables = occurring.setdefault(name, [])
            if len(set(values)) < len(values):
                raise GivenError(f"'{given.text}': {name} names a value twice.")
            variables.extend(value.upper() for value in values if value.upper() not in variables)
        conditional = dict(given.conditional)
        for name, variables in occurring.items():
            behind = tuple(value.upper() for value in conditional.get(name, ()))
            self._joint(given, name, tuple(variables), given.entries, behind)

    def _variables_apart(self, given: Given, names: tuple[str, ...]) -> None:
        for name in names:
            if name not in self.variables:
                raise GivenError(f"'{given.text}': {name} is no random variable here; 'X, Y ~ p(x,y)' would declare some.")
        if len(set(names)) < len(names):
            raise GivenError(f"'{given.text}': a random variable stands on both sides, which no law with positive masses allows.")
        if not any(set(names) <= set(law.variables) for law in self.laws.values()):
            raise GivenError(f"'{given.text}': no given says what law {', '.join(names)} have together.")

    # Numbers

    def _sort(self, given: SortGiven) -> None:
        for name in given.names:
            if given.sort == "function":
                self.functions.add(name)
                continue
            self.numbers.add(name)
            if given.sort == "integer":
                self.integers.add(name)
            if given.sort == "positive":
                self.facts.append(Fact(Relation((Symbol(name), Number(0)), (">",)), given.text))

    def _base(self, given: BaseGiven) -> None:
        base = given.base
        if self.base is not None and self.base != base:
            raise GivenError(f"'{given.text}' contradicts the base given before.")
        match base:
            case Number(value) if value <= 1:
                raise GivenError(f"'{given.text}': the base of a log is a number greater than 1, e, or a name.")
            case Symbol("e"):
                base = E
            case Symbol(name):
                self.numbers.add(name)
                self.facts.append(Fact(Relation((base, Number(1)), (">",)), given.text))
            case Number():
                pass
            case _ if base != E:
                raise GivenError(f"'{given.text}': a base is a number, e, or a name.")
        self.base = base

    # Conditions

    def _condition(self, given: ConditionGiven) -> None:
        self._vectors_of_formula(given)
        self._bounded_constants(given)
        try:
            relation = PlainReader(given.text, replace(self.scope(), lenient=True)).statement()
        except ReadError as error:
            raise GivenError(f"The given '{given.text}' is not understood. {error}") from error
        if not isinstance(relation, Relation):
            raise GivenError(f"The given '{given.text}' states no relation.")
        for part in subterms(relation):
            if isinstance(part, Symbol):
                self.numbers.add(part.name)
            elif isinstance(part, Function):
                self.functions.add(part.name)
            elif isinstance(part, Mass) and part.marginal.law not in self.laws:
                letter = part.marginal.letter
                raise GivenError(
                    f"'{given.text}': no law has the masses {letter}; '{letter.upper()} on {{1..n}}' would declare it."
                )
        left, right = relation.args[0], relation.args[1]
        if relation.operators == ("=",) and isinstance(left, Mass) and isinstance(left.args[0], Value) and self._is_whole(left):
            self._formula(given, left, right)
            return
        for operator, a, b in zip(relation.operators, relation.args, relation.args[1:], strict=False):
            self.facts.append(Fact(Relation((a, b), (operator,)), given.text))

    def _bounded_constants(self, given: ConditionGiven) -> None:
        """Declare as a number the name of a constant that a number bounds: 0 < e < 1 speaks of no base of a log."""
        sides = [side.strip() for side in re.split(r"<=?|>=?|!=", given.text)]
        for one, other in (*pairwise(sides), *pairwise(sides[::-1])):
            if one in CONSTANTS and re.fullmatch(r"-?[\d./]+", other):
                self.numbers.add(one)

    def _is_whole(self, mass: Mass) -> bool:
        """Whether a mass is one of its law, and of no marginal of it."""
        return mass.marginal.of == self.laws[mass.marginal.law].variables or len(mass.args) > 1

    def _vectors_of_formula(self, given: ConditionGiven) -> None:
        """Declare a vector of real numbers for each unknown z[...] or z_i in the formula of a law's masses."""
        match = _FORMULA.match(given.text)
        law = self.scope().law(match["letter"]) if match is not None else None
        if match is None or law is None:
            return
        indices = {match["index"], *_BOUND_NAME.findall(match["formula"])}
        for name, bracket, index in _INDEXED.findall(match["formula"]):
            if (bracket or index in indices) and self.scope().law(name) is None and name not in RESERVED:
                self._declare(given, LawDeclaration(name, name, True, ("",), law.alphabets, REAL))

    def _formula(self, given: ConditionGiven, mass: Mass, formula: Term) -> None:
        index = mass.args[0]
        if not isinstance(index, Value) or len(mass.args) != 1:
            raise GivenError(f"'{given.text}': a formula for masses is in one index.")
        self._masses_by(MassFormula(mass.marginal.law, given.text, {}, index.name, formula))

    # What has to fit together

    def check(self) -> None:
        """Raise GivenError where a name has two kinds, formulas run in a circle, or the conditions leave no model."""
        self._check_names()
        self._check_circles()
        self._check_formulas()
        facts = [(fact.relation, fact.given) for fact in self.facts]
        clash = contradiction([*facts, *self._implied()], self.integers)
        if clash:
            named = " and ".join(f"'{given}'" for given in clash) + " together" * (len(clash) > 1)
            spoken_of = {name for relation, given in facts if given in clash for name in free_names(relation)}
            whole = "".join(f", {name} being an integer" for name in sorted(spoken_of & self.integers))
            raise GivenError(f"No numbers satisfy {named}{whole}; one of the givens has to change.")

    def _check_names(self) -> None:
        kinds: dict[str, str] = {}
        letters = {law.letter: f"the letter of the masses of {law.name}" for law in self.laws.values() if law.letter != law.name}
        values = {name.lower(): f"a value of {name}" for name in self.variables if name.lower() not in self.laws}
        for kind, names in (
            ("a number", self.numbers),
            ("a law", self.laws),
            ("a random variable", self.variables),
            ("a function", self.functions),
            ("an outcome", self.outcomes),
        ):
            for name in sorted(names):
                other = kinds.setdefault(name, kind)
                if kind in ("a number", "a function", "a law"):
                    other = letters.get(name) or values.get(name) or other
                free = kind == "an outcome" or (name in CAPITALS and kind == "a random variable")
                if name in RESERVED and not free:
                    raise GivenError(f"'{name}' is a word of the language; give {kind} another name.")
                if other != kind:
                    raise GivenError(f"The givens make '{name}' both {other} and {kind}; give one of them another name.")

    def _check_formulas(self) -> None:
        for formula in self.formulas.values():
            law = self.laws[formula.law]
            if law.entries == MASS and not _is_a_law(formula, law.alphabets[0], self._positive):
                raise GivenError(
                    f"'{formula.given}': the masses are not seen to be positive with sum 1; "
                    "write them as f/sum(j in ..., f), where f is an exp or made of positive numbers."
                )

    def _positive(self, term: Term) -> bool:
        match term:
            case Exp():
                return True
            case Number(value):
                return value > 0
            case Mass(marginal, _):
                return self.laws[marginal.law].entries != REAL
            case Power(base, _):
                return self._positive(base)
            case Plus() | Times() | Quotient():
                return all(map(self._positive, term.args))
            case Symbol():
                above = (Relation((term, Number(0)), (">",)), Relation((Number(0), term), ("<",)))
                return any(fact.relation in above for fact in self.facts)
            case _:
                return False

    def _check_circles(self) -> None:
        uses = {name: law_names(*_formula_terms(formula)) for name, formula in self.formulas.items()}
        for name, formula in self.formulas.items():
            reached, pending = set(), list(uses[name])
            while pending:
                law = pending.pop()
                if law not in reached:
                    reached.add(law)
                    pending.extend(uses.get(law, ()))
            if name in reached:
                raise GivenError(f"'{formula.given}' gives the masses of {name} in terms of themselves.")

    def _implied(self) -> Iterable[tuple[Relation, str]]:
        """What the declarations say of the masses that the conditions mention."""
        mentioned = dict.fromkeys(part for fact in self.facts for part in subterms(fact.relation) if isinstance(part, Mass))
        for mass in mentioned:
            law = self.laws[mass.marginal.law]
            given = self.declared_by[law.name]
            if law.entries != REAL:
                yield Relation((mass, Number(0)), (">",)), given
            if law.entries == MASS:
                yield Relation((mass, Number(1)), ("<",)), given
            formula = self.formulas.get(law.name)
            value = formula.at(mass.args[0]) if formula is not None and len(mass.args) == 1 else None
            if formula is not None and value is not None:
                yield Relation((mass, value), ("=",)), formula.given
        for law in self.laws.values():
            masses = [mass for mass in mentioned if mass.marginal.law == law.name and _is_element(mass.args[0])]
            if law.entries == MASS and law.variables == ("",) and masses:
                total = sum_of(masses)
                size = _size(law.alphabets[0])
                known = isinstance(size, Number)
                operator = "<=" if not known else "=" if size == Number(len(masses)) else "<"
                yield Relation((total, Number(1)), (operator,)), self.declared_by[law.name]


def _is_element(value: Term) -> bool:
    return isinstance(value, Number | Outcome)


def _formula_terms(formula: MassFormula) -> list[Term]:
    return [*formula.outcomes.values(), *([] if formula.formula is None else [formula.formula])]


def _size(alphabet: Term) -> Term:
    match alphabet:
        case Range(Number(low), Number(high)):
            return Number(high - low + 1)
        case Range(Number(low), high) if low == 1:
            return high
        case Outcomes(values):
            return Number(len(values))
        case _:
            return Size(alphabet)


_LETTERS = r"[^\W\d_]+"
_FORMULA = re.compile(rf"(?P<letter>{_LETTERS})[\[(_](?P<index>{_LETTERS})[\])]? ?=(?P<formula>.+)")
_BOUND_NAME = re.compile(rf"[(,] ?({_LETTERS})(?= in |,)")
_INDEXED = re.compile(rf"({_LETTERS})(?:( ?\[)|_({_LETTERS}))")


def _is_a_law(formula: MassFormula, alphabet: Term, positive: Callable[[Term], bool]) -> bool:
    """Whether the masses of a formula in an index are seen to be positive and to sum to one."""
    term = formula.formula
    match term:
        case None:
            return True
        case Quotient(numerator, Sum((_,), (domain,), _) as total) if domain == alphabet:
            return rename_bound(total, (formula.index,)).body == numerator and positive(numerator)
        case Mass(_, (Value(name),)):
            return name == formula.index and positive(term)
        case _:
            return term == Quotient(Number(1), _size(alphabet))
