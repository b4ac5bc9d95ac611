"""What givens declare: one method for each kind of given, each checked against those before it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
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
)
from symkl.language.kinds import CONSTANTS, RESERVED
from symkl.language.plain_reader import PlainReader
from symkl.language.plain_writer import write_plain
from symkl.language.scope import MASS, REAL, LawDeclaration, Scope
from symkl.language.term import (
    Alphabet,
    Constant,
    E,
    Function,
    Mass,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Quotient,
    Range,
    Relation,
    Size,
    Symbol,
    Term,
    Value,
    free_names,
    subterms,
)
from symkl.theory.affine import affine_in_parts
from symkl.theory.facts import Fact, MassFormula
from symkl.theory.families import families, family

_LETTERS = r"[^\W\d_]+"
_FORMULA = re.compile(rf"(?P<letter>{_LETTERS})[\[(_](?P<index>{_LETTERS})[\])]? ?=(?P<formula>.+)")
_BOUND_NAME = re.compile(rf"[(,] ?({_LETTERS})(?= in |,)")
_INDEXED = re.compile(rf"({_LETTERS})(?:( ?\[)|_({_LETTERS}))")


class Declarations:
    """The names that givens declare and the facts that they state, in the order in which they are added."""

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
        """What the names stand for, as far as they are declared."""
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

    def add(self, given: Given) -> None:
        """Take one more given in.

        Raises: GivenError where it is not understood or contradicts one before it.
        """
        match given:
            case FamilyGiven():
                self._family(given)
            case LawsGiven(_, names, alphabet) | UniformGiven(_, names, alphabet):
                for name in names:
                    variable = given.variable if isinstance(given, LawsGiven) else ""
                    self._law_on(given, name, alphabet, MASS, variable)
                    if isinstance(given, UniformGiven):
                        mass = Quotient(Number(1), size_of(alphabet))
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
        if not known.takes(given.parameters):
            count = "two parameters or more" if known.listed else f"{len(known.parameters)} parameter(s)"
            raise GivenError(f"'{given.text}': {known.name} takes {count}, not {len(given.parameters)}.")
        member = known.member([Symbol(each.name) if isinstance(each, Constant) else each for each in given.parameters])
        if affine_in_parts(Plus(*member.masses)) != {None: Fraction(1)}:
            raise GivenError(f"'{given.text}': the masses are not seen to sum to 1.")
        alphabet, values = member.alphabet, member.outcomes
        if given.alphabet is not None:
            if not isinstance(given.alphabet, Outcomes) or len(given.alphabet.args) != len(values):
                raise GivenError(f"'{given.text}': there are {len(values)} outcomes, to be written like {{H, T}}.")
            alphabet, values = given.alphabet, given.alphabet.args
        else:
            self.aliases.update(known.aliases)
        self.outcomes.update(value.name for value in values if isinstance(value, Outcome))
        for mass in member.masses:
            self.numbers.update(free_names(mass))
        self.facts.extend(Fact(condition, given.text) for condition in member.conditions if isinstance(condition, Relation))
        listed = tuple(map(write_plain, member.masses)) if known.listed else ()
        for name in given.names:
            self._declare(given, LawDeclaration(name, name, False, ("",), (alphabet,), MASS, masses=listed))
            self._masses_by(MassFormula(name, given.text, dict(zip(values, member.masses, strict=True))))

    def _joint(self, given: Given, law: str, variables: tuple[str, ...], entries: str, conditional: tuple[str, ...] = ()) -> None:
        if len(set(variables)) < len(variables):
            raise GivenError(f"'{given.text}': a random variable is named twice.")
        if len(law) > 1 and law.capitalize() in families():
            raise GivenError(f"'{given.text}': the family of laws is written {law.capitalize()}.")
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


def size_of(alphabet: Term) -> Term:
    """The number of elements of an alphabet."""
    match alphabet:
        case Range(Number(low), Number(high)):
            return Number(high - low + 1)
        case Range(Number(low), high) if low == 1:
            return high
        case Outcomes(values):
            return Number(len(values))
        case _:
            return Size(alphabet)
