"""The syntax of givens: a text into what it says, before anyone asks what that means.

One given is one sentence of grammar.md; `;` separates several. What they mean (alphabets, conditions, contradictions) is
`symkl.theory.setting`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from symkl.errors import GivenError, ReadError
from symkl.language.elsewhere import givens_meant
from symkl.language.plain_reader import PlainReader
from symkl.language.scope import DENSITY, MASS, Scope
from symkl.language.term import Term

LENIENT = Scope(lenient=True)


@dataclass(frozen=True, slots=True)
class Given:
    """One given: its text as written. The subclasses say what it declares."""

    text: str


@dataclass(frozen=True, slots=True)
class FamilyGiven(Given):
    """P ~ Bernoulli(p), perhaps `on {H, T}`."""

    names: tuple[str, ...]
    family: str
    parameters: tuple[Term, ...]
    alphabet: Term | None


@dataclass(frozen=True, slots=True)
class LawsGiven(Given):
    """P, Q on {1..n};  X ~ P on {1..n}: the law of the random variable X, with masses by an index."""

    names: tuple[str, ...]
    alphabet: Term
    variable: str = ""


@dataclass(frozen=True, slots=True)
class UniformGiven(Given):
    """U uniform on {1..n}."""

    names: tuple[str, ...]
    alphabet: Term


@dataclass(frozen=True, slots=True)
class VectorGiven(Given):
    """p, q positive on {1..n};  z real on {1..n}."""

    names: tuple[str, ...]
    entries: str
    alphabet: Term


@dataclass(frozen=True, slots=True)
class JointGiven(Given):
    """X, Y ~ p(x,y): random variables and their joint law; or a density with `density`."""

    variables: tuple[str, ...]
    law: str
    entries: str = MASS


@dataclass(frozen=True, slots=True)
class MassesGiven(Given):
    """p(x,y), q(x,y) joint laws;  p, q masses of x;  q(z), p(x,z), p(z|x) masses: laws and the values that occur with each.

    `conditional` holds the values behind the bar of each law that is written once, and with a bar.
    """

    laws: tuple[tuple[str, tuple[str, ...]], ...]
    entries: str
    conditional: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class IndependenceGiven(Given):
    """X indep Y;  X indep Y | Z."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    condition: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkovGiven(Given):
    """X -> Y -> Z."""

    chain: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SortGiven(Given):
    """k integer;  z real;  f function."""

    names: tuple[str, ...]
    sort: str


@dataclass(frozen=True, slots=True)
class BaseGiven(Given):
    """log base 2."""

    base: Term


@dataclass(frozen=True, slots=True)
class ConditionGiven(Given):
    """0 < t < 1;  n >= 2;  q[i] = exp(z[i])/sum(j in 1..n, exp(z[j])): a relation, read once the names are known."""


_NAME = r"[^\W\d_]\w*'*"
_NAMES = rf"{_NAME}(?:\s*,\s*{_NAME})*"
_SHARED_CONDITION = rf"(?P<names>{_NAME}(?:\s*,\s*{_NAME})+)\s*(?P<rest>(?:[<>]=?|!=).+)"
_MASS = rf"{_NAME}\s*\([^()]*\)"


def split_givens(text: str) -> list[str]:
    """The single givens of a text, without the empty ones; `a, b > 0` is one for each name."""
    return [given for piece in text.split(";") if piece.strip() for given in _each_name(piece.strip())]


def _each_name(text: str) -> list[str]:
    match = re.fullmatch(_SHARED_CONDITION, text)
    return [text] if match is None else [f"{name} {match['rest']}" for name in _names(match["names"])]


def read_given(text: str) -> Given:
    """What one given says.

    Raises: GivenError with the place, where no form of grammar.md fits.
    """
    text = " ".join(text.replace("→", "->").split())
    for pattern, build in _FORMS:
        # Compiled when first tried: a run meets few of the forms.
        match = re.fullmatch(pattern, text)
        if match is not None:
            try:
                return build(text, match)
            except ReadError as error:
                meant = _meant(text)
                hint = f"; did you mean '{meant}'?" if meant else f". {error}"
                raise GivenError(f"The given '{text}' is not understood{hint}") from error
    meant = _meant(text)
    if meant:
        raise GivenError(f"The given '{text}' is not understood; did you mean '{meant}'?")
    raise GivenError(
        f"The given '{text}' is not understood. Givens look like 'P ~ Bernoulli(p)', 'P, Q on {{1..n}}', 'X, Y ~ p(x,y)', "
        f"'0 < t < 1', 'X indep Y' or 'log base 2'."
    )


def _meant(text: str) -> str | None:
    """What a given that is not understood perhaps meant, where that is understood."""
    return next((meant for meant in givens_meant(text) if all(map(_reads, split_givens(meant)))), None)


def _reads(text: str) -> bool:
    try:
        return bool(read_given(text))
    except (GivenError, ReadError):
        return False


def _names(text: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in text.split(","))


def _alphabet(text: str) -> Term:
    reader = PlainReader(text, LENIENT)
    alphabet = reader.alphabet()
    reader.end()
    return alphabet


def _term(text: str) -> Term:
    return PlainReader(text, LENIENT).statement()


def _terms(text: str) -> tuple[Term, ...]:
    reader = PlainReader(f"f({text})", LENIENT)
    return reader.statement().args


def _drawn(text: str, match: re.Match[str]) -> Given:
    names, word, inside, on = _names(match["names"]), match["word"], match["inside"], match["on"]
    # A family is a capitalised word (Bernoulli); a single letter is the name of a joint law.
    if len(word) > 1 and word[0].isupper():
        parameters = _terms(inside) if inside.strip() else ()
        return FamilyGiven(text, names, word, parameters, _alphabet(on) if on else None)
    if tuple(value.upper() for value in _names(inside)) != tuple(name.upper() for name in names) or on:
        raise GivenError(f"The given '{text}': the law {word} has to name the values of {', '.join(names)} in that order.")
    return JointGiven(text, names, word, DENSITY if match["density"] else MASS)


def _masses(text: str, match: re.Match[str]) -> Given:
    laws, conditional = [], []
    for piece in re.findall(_MASS, match["laws"]):
        name, _, inside = piece.partition("(")
        _, bar, behind = inside.rstrip(")").partition("|")
        laws.append((name.strip(), _names(inside.rstrip(")").replace("|", ","))))
        if bar:
            conditional.append((name.strip(), _names(behind)))
    written = [name for name, _ in laws]
    once = tuple((name, behind) for name, behind in conditional if written.count(name) == 1)
    return MassesGiven(text, tuple(laws), DENSITY if "densit" in match["what"] else MASS, once)


def _masses_of(text: str, match: re.Match[str]) -> Given:
    values = _names(match["values"])
    laws = tuple((name, values) for name in _names(match["names"]))
    return MassesGiven(text, laws, DENSITY if "densit" in match["what"] else MASS)


def _independence(text: str, match: re.Match[str]) -> Given:
    condition = _names(match["condition"]) if match["condition"] else ()
    return IndependenceGiven(text, _names(match["left"]), _names(match["right"]), condition)


def _markov(text: str, _match: re.Match[str]) -> Given:
    return MarkovGiven(text, tuple(_names(piece.strip(" ()")) for piece in text.split("->")))


def _uniform(text: str, match: re.Match[str]) -> Given:
    return UniformGiven(text, _names(match["names"]), _alphabet(match["on"]))


def _vector(text: str, match: re.Match[str]) -> Given:
    return VectorGiven(text, _names(match["names"]), match["entries"], _alphabet(match["on"]))


def _laws(text: str, match: re.Match[str]) -> Given:
    return LawsGiven(text, _names(match["names"]), _alphabet(match["on"]))


def _law_of_variable(text: str, match: re.Match[str]) -> Given:
    return LawsGiven(text, (match["law"],), _alphabet(match["on"]), match["variable"])


def _sort(text: str, match: re.Match[str]) -> Given:
    return SortGiven(text, _names(match["names"]), match["sort"])


def _base(text: str, match: re.Match[str]) -> Given:
    return BaseGiven(text, _term(match["base"]))


def _condition(text: str, _match: re.Match[str]) -> Given:
    if " and " in text:
        raise ReadError("Two conditions are two givens, with ';' between them", text, text.index(" and ") + 1)
    return ConditionGiven(text)


_WHAT = "joint laws|joint law|laws|law|masses|mass|joint densities|densities|density"
_FORMS: tuple[tuple[str, Callable[[str, re.Match[str]], Given]], ...] = (
    (r"log base (?P<base>.+)", _base),
    (rf"{_NAMES}\s*(?:->\s*\(?{_NAMES}\)?\s*){{2,}}", _markov),
    (
        rf"\(?(?P<left>{_NAMES})\)? (?:indep|independent(?: of)?|⊥|⫫) \(?(?P<right>{_NAMES})\)?"
        rf"(?:\s*\|\s*(?P<condition>{_NAMES}))?",
        _independence,
    ),
    (rf"(?P<names>{_NAMES}) ~ (?P<word>{_NAME})\((?P<inside>.*?)\)(?: on (?P<on>.+)|(?P<density> density))?", _drawn),
    (rf"(?P<variable>{_NAME}) ~ (?P<law>{_NAME}) on (?P<on>.+)", _law_of_variable),
    (rf"(?P<names>{_NAMES}) (?:is |are )?uniform on (?P<on>.+)", _uniform),
    (rf"(?P<names>{_NAMES}) (?P<entries>positive|real) on (?P<on>.+)", _vector),
    (rf"(?P<names>{_NAMES}) on (?P<on>.+)", _laws),
    (rf"(?P<laws>{_MASS}(?:\s*,\s*{_MASS})*) (?P<what>{_WHAT})", _masses),
    (rf"(?P<names>{_NAMES}) (?P<what>{_WHAT}) of (?P<values>{_NAMES})", _masses_of),
    (rf"(?P<names>{_NAMES}) (?P<sort>integer|real|positive|function)s?", _sort),
    (r".*(?:<|>|=).*", _condition),
)
