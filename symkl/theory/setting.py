"""What givens mean: a scope for the readers, facts for the conditions, masses by formula.

A `Setting` is all that the kernel, the judge and the writers know about the symbols. Building one checks that the givens
fit together: no name of two kinds, no law on two alphabets, no empty interval, no mass outside (0, 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

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
from symkl.language.plain_reader import PlainReader
from symkl.language.plain_writer import write_plain
from symkl.language.scope import MASS, REAL, LawDeclaration, Scope
from symkl.language.term import (
    Alphabet,
    E,
    Exp,
    Mass,
    Number,
    Outcome,
    Outcomes,
    Quotient,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Value,
    free_names,
    rename_bound,
    substitute,
)
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
        self.base: Term | None = None
        self.facts: list[Fact] = []
        self.formulas: dict[str, MassFormula] = {}
        self.independences: list[IndependenceGiven] = []
        self.chains: list[MarkovGiven] = []
        self.sizes: set[str] = set()

    def scope(self) -> Scope:
        return Scope(
            numbers=frozenset(self.numbers),
            laws=self.laws,
            variables=self.variables,
            alphabets=self.alphabets,
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
                    self._law_on(given, name, alphabet, MASS)
                    if isinstance(given, UniformGiven):
                        mass = Quotient(Number(1), _size(alphabet))
                        self.formulas[name] = MassFormula(name, given.text, {}, "i", mass)
            case VectorGiven(_, names, entries, alphabet):
                for name in names:
                    self._law_on(given, name, alphabet, entries)
            case JointGiven(_, variables, law, entries):
                self._joint(given, law, variables, entries)
            case MassesGiven():
                self._masses(given)
            case IndependenceGiven():
                self._known_variables(given, given.left + given.right + given.condition)
                self.independences.append(given)
            case MarkovGiven():
                self._known_variables(given, tuple(name for group in given.chain for name in group))
                self.chains.append(given)
            case SortGiven():
                self._sort(given)
            case BaseGiven():
                self._base(given)
            case ConditionGiven():
                self._condition(given)

    # Laws

    def _declare(self, given: Given, law: LawDeclaration) -> None:
        known = self.laws.get(law.name)
        if known is not None and known != law:
            raise GivenError(f"'{given.text}' declares {law.name} a second time, and differently.")
        if law.name in self.numbers or law.name in self.variables:
            raise GivenError(f"'{given.text}': {law.name} already stands for something else.")
        self.laws[law.name] = law

    def _law_on(self, given: Given, name: str, alphabet: Term, entries: str) -> None:
        for size in sorted(free_names(alphabet)):
            self._size_symbol(given, size)
        self._checked_alphabet(given, alphabet)
        if isinstance(alphabet, Outcomes):
            self.outcomes.update(value.name for value in alphabet.args if isinstance(value, Outcome))
        self._declare(given, LawDeclaration(name, name.lower(), True, ("",), (alphabet,), entries))

    def _size_symbol(self, given: Given, name: str) -> None:
        if name in self.sizes:
            return
        self.sizes.add(name)
        self.numbers.add(name)
        self.integers.add(name)
        self.facts.append(Fact(Relation((Symbol(name), Number(2)), (">=",)), given.text))

    def _checked_alphabet(self, given: Given, alphabet: Term) -> None:
        match alphabet:
            case Range(Number(low), Number(high)) if low.denominator == high.denominator == 1:
                if high - low < 1:
                    raise GivenError(f"'{given.text}': an alphabet needs two elements or more.")
            case Range(Number(low), Symbol()) if low.denominator == 1:
                pass
            case Range():
                raise GivenError(f"'{given.text}': a range goes from a whole number to a whole number or a name.")
            case Outcomes(values) if len(values) < 2 or len(set(values)) < len(values):
                raise GivenError(f"'{given.text}': an alphabet needs two elements or more, each written once.")

    def _family(self, given: FamilyGiven) -> None:
        known = family(given.family)
        if len(given.parameters) != len(known.parameters):
            count = len(known.parameters)
            raise GivenError(f"'{given.text}': {known.name} takes {count} parameter(s), not {len(given.parameters)}.")
        bound = dict(zip(known.parameters, given.parameters, strict=True))
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
        for parameter in given.parameters:
            self.numbers.update(free_names(parameter))
        for condition in known.conditions:
            instance = substitute(condition, bound)
            if isinstance(instance, Relation):
                self.facts.append(Fact(instance, given.text))
        masses = dict(zip(values, (substitute(mass, bound) for mass in known.masses), strict=True))
        for name in given.names:
            self._declare(given, LawDeclaration(name, name, False, ("",), (alphabet,), MASS))
            self.formulas[name] = MassFormula(name, given.text, masses)

    def _joint(self, given: Given, law: str, variables: tuple[str, ...], entries: str) -> None:
        if len(set(variables)) < len(variables):
            raise GivenError(f"'{given.text}': a random variable is named twice.")
        alphabets = tuple(self.alphabets.get(name, Alphabet(name)) for name in variables)
        self._declare(given, LawDeclaration(law, law, False, variables, alphabets, entries))
        for name in variables:
            known = self.variables.get(name)
            if known is None or len(self.laws[known].variables) < len(variables):
                self.variables[name] = law

    def _masses(self, given: MassesGiven) -> None:
        occurring: dict[str, list[str]] = {}
        for name, values in given.laws:
            variables = occurring.setdefault(name, [])
            variables.extend(value.upper() for value in values if value.upper() not in variables)
        for name, variables in occurring.items():
            self._joint(given, name, tuple(variables), given.entries)

    def _known_variables(self, given: Given, names: tuple[str, ...]) -> None:
        for name in names:
            if name not in self.variables:
                raise GivenError(f"'{given.text}': {name} is no random variable here; 'X, Y ~ p(x,y)' would declare some.")

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
            case Number(value) if value <= 0 or value == 1:
                raise GivenError("The base of a log is a positive number other than 1.")
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
        try:
            relation = PlainReader(given.text, self.scope_for_condition(given)).statement()
        except ReadError as error:
            raise GivenError(f"The given '{given.text}' is not understood. {error}") from error
        if not isinstance(relation, Relation):
            raise GivenError(f"The given '{given.text}' states no relation.")
        self.numbers.update(name for name in free_names(relation) if name not in self.laws and not self._is_index(name, relation))
        left, right = relation.args[0], relation.args[1]
        if relation.operators == ("=",) and isinstance(left, Mass) and isinstance(left.args[0], Value):
            self._formula(given, left, right)
            return
        for operator, a, b in zip(relation.operators, relation.args, relation.args[1:], strict=False):
            self.facts.append(Fact(Relation((a, b), (operator,)), given.text))

    def scope_for_condition(self, given: ConditionGiven) -> Scope:
        """The scope so far, lenient, with a vector of reals declared for each unknown name[...] on the right of a formula."""
        left, _, right = given.text.partition("=")
        law = self.scope().law(left.split("[")[0].strip())
        if law is not None and "[" in left:
            for name in _indexed_names(right):
                if self.scope().law(name) is None:
                    self.laws[name] = LawDeclaration(name, name, True, ("",), law.alphabets, REAL)
        return replace(self.scope(), lenient=True)

    def _is_index(self, name: str, relation: Relation) -> bool:
        return any(isinstance(side, Mass) and Value(name) in side.args for side in relation.args)

    def _formula(self, given: ConditionGiven, mass: Mass, formula: Term) -> None:
        index = mass.args[0]
        law = self.laws.get(mass.marginal.law)
        if law is None:
            name = mass.marginal.letter
            raise GivenError(f"'{given.text}': no law has the masses {name}; '{name.upper()} on {{1..n}}' would declare it.")
        if not isinstance(index, Value) or len(mass.args) != 1:
            raise GivenError(f"'{given.text}': a formula for masses is in one index.")
        if law.entries == MASS and not _sums_to_one(formula, index.name, law.alphabets[0]):
            raise GivenError(
                f"'{given.text}': the masses are not seen to be positive with sum 1; "
                "write them as f/sum(j in ..., f) with f an exp."
            )
        self.formulas[law.name] = MassFormula(law.name, given.text, {}, index.name, formula)

    def check(self) -> None:
        """Raise GivenError where the facts leave no model: an empty interval, masses that cannot sum to one."""
        lower: dict[Term, tuple[Fraction, bool, str]] = {}
        upper: dict[Term, tuple[Fraction, bool, str]] = {}
        for law in self.laws.values():
            if law.entries in (MASS, "positive"):
                for fact in self.facts:
                    for side in fact.relation.args:
                        if isinstance(side, Mass) and side.marginal.law == law.name:
                            lower.setdefault(side, (Fraction(0), True, self._text_of(law)))
                            if law.entries == MASS:
                                upper.setdefault(side, (Fraction(1), True, self._text_of(law)))
        for fact in self.facts:
            for term, value, operator in _bounds(fact.relation):
                if operator in (">", ">=", "="):
                    held = lower.get(term)
                    found = (value, operator == ">", fact.given)
                    if held is None or (held[0], held[1]) < (found[0], found[1]):
                        lower[term] = found
                if operator in ("<", "<=", "="):
                    held = upper.get(term)
                    found = (value, operator == "<", fact.given)
                    if held is None or (-held[0], held[1]) < (-found[0], found[1]):
                        upper[term] = found
        for term, (low, strictly, source) in lower.items():
            high, strictly_high, other = upper.get(term, (None, False, ""))
            if high is not None and (low > high or (low == high and (strictly or strictly_high))):
                raise GivenError(f"No value of {write_plain(term)} satisfies '{source}' and '{other}' together.")
        self._check_totals()
        self._check_constants()

    def _check_totals(self) -> None:
        for law in self.laws.values():
            if law.entries != MASS:
                continue
            fixed = {
                term: value
                for fact in self.facts
                for term, value, operator in _bounds(fact.relation)
                if operator == "=" and isinstance(term, Mass) and term.marginal.law == law.name
            }
            total = sum(fixed.values(), Fraction(0))
            match law.alphabets[0]:
                case Range(Number(low), Number(high)):
                    whole = len(fixed) == high - low + 1
                case _:
                    whole = False
            if fixed and (total > 1 or (total == 1) != whole):
                raise GivenError(f"The masses given for {law.name} sum to {total}; the whole law sums to 1.")

    def _check_constants(self) -> None:
        for fact in self.facts:
            match fact.relation:
                case Relation((operator,), (Number(a), Number(b))) if not _holds(a, operator, b):
                    raise GivenError(f"'{fact.given}' asks for {write_plain(fact.relation)}, which is false.")

    def _text_of(self, law: LawDeclaration) -> str:
        return f"{law.name} is a law" if law.entries == MASS else f"{law.name} is positive"


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


def _bounds(relation: Relation) -> Iterable[tuple[Term, Fraction, str]]:
    flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
    operator = relation.operators[0]
    if operator not in flipped:
        return
    match relation.args:
        case (left, Number(value)) if not isinstance(left, Number):
            yield left, value, operator
        case (Number(value), right) if not isinstance(right, Number):
            yield right, value, flipped[operator]


def _holds(a: Fraction, operator: str, b: Fraction) -> bool:
    return {"=": a == b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "!=": a != b}.get(operator, True)


def _indexed_names(text: str) -> list[str]:
    return [name for name in re.findall(r"([^\W\d_]\w*'*)\s*\[", text) if name != "log"]


def _sums_to_one(formula: Term, index: str, alphabet: Term) -> bool:
    match formula:
        case Quotient(Exp() as numerator, Sum((_,), (domain,), _) as total) if domain == alphabet:
            return rename_bound(total, (index,)).body == numerator
        case _:
            return False
