"""What a text assumes, as settings: independence, laws that are equal, numbers, variables that are functions of others.

A supposition says one thing or several in the words of grammar.md, or in one of these:

    Y function of X        Z function of X, Y        X constant        X uniform        P same as Q
    P with masses 1/2, 1/4, 1/4        X alike Y: of one distribution
    X, Y with table 0 0 1/4; 0 1 3/4: every joint mass, beside the values that it is of
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from symkl.errors import GivenError
from symkl.homework.dependences import Dependence, Dependences
from symkl.homework.settings import with_given
from symkl.homework.table import JointTable
from symkl.language.scope import MASS, LawDeclaration
from symkl.language.term import Alphabet, Number, Outcomes, Range, Size, Symbol, Term
from symkl.theory.setting import Setting


@dataclass(frozen=True, slots=True)
class Supposition:
    """Something that the text assumes: what it says, the words that say it, and the line where they stand."""

    means: tuple[str, ...]
    words: str
    line: int

    @property
    def names(self) -> frozenset[str]:
        """The words of what it says: the names in it among them."""
        words = frozenset(word for text in self.means for word in re.findall(r"[^\W\d]\w*'*", text))
        return words | {word.upper() for word in words if "_" in word}

    @property
    def said(self) -> str:
        """How it is spoken of in a reason."""
        return f"'{self.words}' (line {self.line})" if self.line else f"'{self.words}'"


@dataclass(frozen=True, slots=True)
class World:
    """A setting under suppositions: the setting, and how terms are written in it."""

    setting: Setting
    written: Callable[[Term], Term] | None = None
    fixed: frozenset[str] = frozenset()
    """Laws and numbers of which the suppositions say what they are."""
    dependences: Dependences | None = None

    def of(self, term: Term) -> Term:
        """A term as it is written under the suppositions."""
        return term if self.written is None else self.written(term)

    def to_refute(self, left: Term, right: Term) -> tuple[Term, Term] | None:
        """The sides as they are written where a refutation of them is one; None where none would be."""
        if self.dependences is None:
            return self.of(left), self.of(right)
        related = self.setting.chains or (self.setting.independences and not self.dependences.independent)
        by = None if related else self.dependences.refutable(left, right)
        return None if by is None else (by.written(left), by.written(right))


_FUNCTION = re.compile(r"(?P<variable>\S+) function of (?P<of>.+)")
_CONSTANT = re.compile(r"(?P<variable>\S+) constant")
_UNIFORM = re.compile(r"(?P<name>\S+) uniform")
_MASSES = re.compile(r"(?P<name>\S+) with masses (?P<masses>.+)")
_ALIKE = re.compile(r"(?P<one>\S+) alike (?P<other>\S+)")
_TABLE = re.compile(r"(?P<variables>\w+(?:, \w+)+) with table (?P<cells>.+)")
_SAME = re.compile(r"(?P<one>\S+) same as (?P<other>\S+)")


def world(known: Setting, suppositions: Sequence[Supposition]) -> World | None:
    """What the setting is under suppositions; None where one of them says nothing here, or where they contradict it."""
    tables = [match for each in suppositions for match in map(_TABLE.fullmatch, each.means) if match]
    if tables:
        return _world_of(known, tables[0]) if len(suppositions) == 1 else None
    texts: list[str] = []
    dependences: list[Dependence] = []
    alphabets: dict[Term, Term] = {}
    uniform: dict[str, Term] = {}
    alike: dict[str, str] = {}
    for supposition in suppositions:
        for written in supposition.means:
            text = _with_known_names(known, written)
            if match := _ALIKE.fullmatch(text):
                if not {match["one"], match["other"]} <= known.scope.variables.keys():
                    return None
                alike[match["other"]] = alike.get(match["one"], match["one"])
                continue
            size = _uniform_beside_others(known, text)
            if size is not None:
                uniform.update(size)
                continue
            data = _data(known, text)
            found = (data[0], []) if data is not None else _understood(known, text)
            if found is None:
                return None
            alphabets.update(data[1] if data is not None else {})
            texts += found[0]
            dependences += found[1]
    listed = _listed(known, texts)
    if listed is None:
        return None
    alphabets.update(listed)
    new = [text for text in dict.fromkeys(texts) if text not in known.texts]
    try:
        widened = with_given(known, *new) if new else known
    except GivenError:
        return None
    if widened is None:
        return None
    if alphabets:
        if dependences or uniform or alike:
            return None
        return World(_on_alphabets(widened, alphabets), partial(_in_alphabets, alphabets=alphabets), _fixed(known, new))
    if not (dependences or uniform or alike):
        return World(widened, None, _fixed(known, new))
    all_of_them = Dependences(tuple(dependences), uniform, alike, known.scope.log_base)
    return World(widened, all_of_them.written, frozenset(), all_of_them)


def _world_of(known: Setting, table: re.Match[str]) -> World | None:
    """The setting where a joint law has the masses of a table; None where another law may have its variables."""
    variables = tuple(table["variables"].split(", "))
    laws = frozenset(known.scope.variables[name] for name in variables if name in known.scope.variables)
    if not laws or any(set(known.scope.laws[law].variables) - set(variables) for law in laws):
        return None
    cells = [cell.split(" ") for cell in table["cells"].split("; ")]
    masses = {tuple(values): Fraction(mass) for *values, mass in cells}
    return World(known, JointTable(variables, masses, laws, known.scope.log_base).written, laws | set(variables))


def _understood(known: Setting, text: str) -> tuple[list[str], list[Dependence]] | None:
    """The givens and dependences that a text amounts to under a setting."""
    variables = known.scope.variables
    if match := _FUNCTION.fullmatch(text):
        of = frozenset(re.split(r"\s*,\s*", match["of"]))
        if not {match["variable"], *of} <= variables.keys():
            return None
        return [], [Dependence(match["variable"], of)]
    if match := _CONSTANT.fullmatch(text):
        return ([], [Dependence(match["variable"], frozenset())]) if match["variable"] in variables else None
    if match := _UNIFORM.fullmatch(text):
        given = _uniform(known, match["name"])
        return None if given is None else ([given], [])
    if match := _SAME.fullmatch(text):
        one, other = match["one"], match["other"]
        if one in variables and other in variables and _law(known, one) is None:
            return [], [Dependence(one, frozenset({other})), Dependence(other, frozenset({one}))]
        laws = _law(known, one), _law(known, other)
        return None if None in laws else ([_equal(*laws)], [])  # type: ignore[arg-type]
    return [text], []


def _with_known_names(known: Setting, text: str) -> str:
    """The text with the random variables called as the setting calls them: X_i as X_I."""
    variables = known.scope.variables

    def known_as(match: re.Match[str]) -> str:
        name = match.group()
        return name.upper() if name not in variables and "_" in name and name.upper() in variables else name

    return re.sub(r"\b[A-Z]\w*_\w+", known_as, text)


_AT = re.compile(r"(?P<law>\w+)[\[(](?P<value>\d+)[\])] = (?P<mass>[\d./ ]+)")
_EVERYWHERE = re.compile(r"(?P<law>\w+)[\[(][a-z]\w*[\])] = .*")
_NUMBER = re.compile(r"(?P<number>\w+) = [-\d./ ]+")


def _listed(known: Setting, texts: Sequence[str]) -> dict[Term, Term] | None:
    """The alphabets of laws of which all masses are listed one by one; None where one is that of no element."""
    masses: dict[str, dict[int, Fraction]] = {}
    for match in filter(None, map(_AT.fullmatch, texts)):
        masses.setdefault(match["law"], {})[int(match["value"])] = Fraction(match["mass"].replace(" ", ""))
    found: dict[Term, Term] = {}
    for name, at in masses.items():
        law = _law(known, name)
        if law is None or len(law.variables) != 1:
            return None
        (alphabet,) = law.alphabets
        whole = sum(at.values()) == 1 and len(at) > 1
        if whole and isinstance(alphabet, Alphabet | Range) and sorted(at) != list(range(1, len(at) + 1)):
            found[alphabet] = Outcomes(*map(Number, sorted(at)))
        elif whole and isinstance(alphabet, Alphabet):
            found[alphabet] = Range(Number(1), Number(len(at)))
        elif not whole and isinstance(alphabet, Range) and (alphabet.low != Number(1) or min(at) < 1):
            return None
    return found


def _fixed(known: Setting, texts: Sequence[str]) -> frozenset[str]:
    """The laws and numbers that some givens say the values of."""
    numbers = {match["number"] for match in filter(None, map(_NUMBER.fullmatch, texts))}
    named = {match["law"] for match in filter(None, map(_EVERYWHERE.fullmatch, texts))}
    total: dict[str, Fraction] = {}
    for match in filter(None, map(_AT.fullmatch, texts)):
        total[match["law"]] = total.get(match["law"], Fraction(0)) + Fraction(match["mass"].replace(" ", ""))
    named |= {name for name, sum_of_masses in total.items() if sum_of_masses == 1}
    return frozenset(numbers | {law.name for law in known.scope.laws.values() if {law.name, law.letter} & named})


def _data(known: Setting, text: str) -> tuple[list[str], dict[Term, Term]] | None:
    """The masses of a law that a text lists, as givens, and the alphabets that they show to be ranges of numbers."""
    match = _MASSES.fullmatch(text)
    if match is None:
        return None
    masses = [Fraction(mass) for mass in match["masses"].split(", ")]
    law = _law(known, match["name"]) or known.scope.laws.get(known.scope.variables.get(match["name"], ""))
    if law is None or law.entries != MASS or len(law.variables) != 1 or sum(masses) != 1 or min(masses) <= 0:
        return None
    (alphabet,) = law.alphabets
    opening, closing = ("[", "]") if law.indexed else ("(", ")")
    values: list[str] = [str(k) for k in range(1, len(masses) + 1)]
    sizes: list[str] = []
    shown: dict[Term, Term] = {}
    match alphabet:
        case Range(low, Symbol(name)) if low == Number(1):
            sizes = [f"{name} = {len(masses)}"]
        case Range(low, high) if low == Number(1) and high == Number(len(masses)):
            pass
        case Outcomes(outcomes) if len(outcomes) == len(masses):
            values = [known.write(outcome) for outcome in outcomes]
        case Alphabet():
            shown = {alphabet: Range(Number(1), Number(len(masses)))}
        case _:
            return None
    said = [f"{law.letter}{opening}{value}{closing} = {mass}" for value, mass in zip(values, masses, strict=True)]
    return [*sizes, *said], shown


def _on_alphabets(known: Setting, alphabets: Mapping[Term, Term]) -> Setting:
    laws = {
        name: replace(law, alphabets=tuple(_in_alphabets(a, alphabets) for a in law.alphabets))
        for name, law in known.scope.laws.items()
    }
    return replace(known, scope=replace(known.scope, laws=laws))


def _in_alphabets(term: Term, alphabets: Mapping[Term, Term]) -> Term:
    if isinstance(term, Alphabet | Range) and term in alphabets:
        return alphabets[term]
    return term.with_args([_in_alphabets(argument, alphabets) for argument in term.args])


def _law(known: Setting, name: str) -> LawDeclaration | None:
    """The law of a name or of the letter of its masses."""
    laws = known.scope.laws
    return laws.get(name) or next((law for law in laws.values() if law.letter == name and law.indexed), None)


def _equal(one: LawDeclaration, other: LawDeclaration) -> str:
    return f"{one.spelling()} = {other.spelling()}"


def _uniform(known: Setting, name: str) -> str | None:
    law = _law(known, name)
    if law is not None and law.entries == MASS and len(law.variables) == 1:
        return f"{law.spelling()} = 1/{_size(known, law.alphabets[0])}"
    if name in known.scope.variables:
        of = known.scope.laws[known.scope.variables[name]]
        if of.entries == MASS and of.variables == (name,):
            return f"{of.spelling()} = 1/{_size(known, of.alphabets[0])}"
    return None


def _uniform_beside_others(known: Setting, text: str) -> dict[str, Term] | None:
    """The size of the alphabet of a variable that is uniform and has a law together with others."""
    match = _UNIFORM.fullmatch(text)
    if match is None or match["name"] not in known.scope.variables:
        return None
    law = known.scope.laws[known.scope.variables[match["name"]]]
    if law.entries != MASS or len(law.variables) < 2:
        return None
    alphabet = law.alphabet(match["name"])
    return {match["name"]: alphabet.high if isinstance(alphabet, Range) and alphabet.low == Number(1) else Size(alphabet)}


def _size(known: Setting, alphabet: Term) -> str:
    if isinstance(alphabet, Range) and alphabet.low == Number(1):
        return known.write(alphabet.high)
    return f"size({known.write(alphabet)})"
