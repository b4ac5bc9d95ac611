"""Whether kinds fit where reading finds them: laws, random variables and numbers in a measure, values in a mass.

Each check answers with the reason why not, or with the empty text; the readers add the place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from symkl.language.elsewhere import written_here
from symkl.language.scope import DENSITY, MASS, Scope
from symkl.language.term import (
    Alphabet,
    Function,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Power,
    Quotient,
    RandomVariable,
    Range,
    Relation,
    Symbol,
    Term,
    Times,
    is_law,
    subterms,
)

RESERVED = frozenset(
    {"log", "ln", "log2", "log10", "exp", "sqrt", "abs", "sum", "prod", "int", "diff", "argmin", "argmax", "min", "max"}
    | {"label", "delta", "size", "in", "on", "indep", "H", "h", "KL", "JS", "E"}
)
"""Words of the language, which nothing can be called."""

CONSTANTS = frozenset({"e", "pi"})
"""Names of constants, where no given takes them for a number."""

CAPITALS = frozenset({"E", "H"})
"""Words of the language that a random variable can be called all the same: evidence and hypothesis, hidden units h."""


MEANT = frozenset({
    "norm", "binom", "sigmoid", "softmax", "tanh", "sinh", "cosh", "erf", "sgn", "sign", "relu", "ReLU", "softplus",
    "det", "tr", "Tr", "trace", "round", "floor", "ceil", "Gamma", "logit", "logsumexp", "LSE",
})  # fmt: skip
"""Functions that mean something of which symkl knows nothing, so that no value of them may be made up."""


def meant_function(before: Term, after: Term) -> str:
    """A function with values of its own that the two sides do not hold at the same places, so that its values matter."""
    calls = [{p for p in subterms(side) if isinstance(p, Function) and p.name in MEANT} for side in (before, after)]
    names = sorted(call.name for call in calls[0] | calls[1])
    once = calls[0] == calls[1] and len(set(names)) == len(names)
    return "" if once or not names else names[0]


def kind_of(argument: Term) -> str:
    """Whether an argument of a measure is a 'law', a random 'variable' (or an event of one), or a 'number'."""
    match argument:
        case RandomVariable() | Relation(_, (RandomVariable(), _)):
            return "variable"
        case _ if is_law(argument):
            return "law"
        case _:
            return "number"


def measure_fault(name: str, arguments: Sequence[Term], separators: Sequence[str]) -> str:
    """Why a measure cannot have these arguments; empty where it can."""
    measured = [a for a, s in zip(arguments, [*separators, ""], strict=True) if s != "]"]
    kinds = set(map(kind_of, measured))
    fault = next(filter(None, map(law_fault, measured)), "")
    if fault:
        return f"{name} of {fault}"
    if {"law", "variable"} <= kinds:
        return f"{name} mixes laws and random variables"
    if name in ("KL", "JS"):
        if kinds != {"law"}:
            return f"{name} is between laws"
        if "||" not in separators or len(measured) > (3 if name == "KL" else 2):
            return f"{name} is written {name}(P || Q)"
    if name == "I" and (kinds != {"variable"} or not {";", ","} & set(separators)):
        return "I is of random variables, written I(X; Y)"
    if "number" in kinds and len(measured) > 1:
        return f"{name} of several arguments is of laws or of random variables"
    return ""


def law_fault(argument: Term) -> str:
    """Why an argument that laws stand in is no law: they are scaled, added to laws, multiplied, and nothing else."""
    match argument:
        case Plus(terms) if is_law(argument) and not all(map(is_law, terms)):
            return "a law plus a number, which is neither"
        case Quotient(_, denominator) if is_law(denominator):
            return "something divided by a law"
        case Power(base, _) if is_law(base):
            return "a power of a law"
        case Plus() | Times() | Quotient() | Negation():
            return next(filter(None, map(law_fault, argument.args)), "")
        case _:
            return ""


def value_fault(value: Term, alphabet: Term) -> str:
    """Why a mass has no such value; empty where it has, or may have."""
    match value, alphabet:
        case Number(at), Range(low, high):
            above = isinstance(low, Number) and at < low.value
            below = isinstance(high, Number) and at > high.value
            outside = above or below or at.denominator != 1
        case Outcome(), Range():
            outside = True
        case ((Number() | Outcome() | Symbol()), Outcomes(values)):
            outside = value not in values
        case _:
            outside = False
    return "outside its alphabet" if outside else ""


def range_fault(word: str, domain: Term, scope: Scope) -> str:
    """Why `sum` or `int` cannot go over an alphabet: a sum is over masses, an integral over a density."""
    law = scope.laws.get(scope.variables.get(domain.name, "")) if isinstance(domain, Alphabet) else None
    if law is None:
        return "An integral is over a variable with a density" if word == "int" and isinstance(domain, Range | Outcomes) else ""
    if word != "int" and law.entries == DENSITY:
        return f"{law.name} is a density; write int(...) instead of {word}(...)"
    if word == "int" and law.entries == MASS:
        return f"{law.name} is a law of masses; write sum(...) instead of int(...)"
    return ""


def undeclared(name: str, bound: Iterable[str], scope: Scope, in_measure: bool) -> str:
    """What to say of a name that no given declares: the given that would, and the nearest name that is declared."""
    known = [*scope.numbers, *scope.laws, *scope.variables, *bound]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" (or is '{near[0]}' meant?)" if near else ""
    if name in RESERVED:
        return f"'{name}' needs its brackets, as in {name}(...)"
    elsewhere = written_here(name)
    if elsewhere and not near and not re.fullmatch("[A-Z]", name):
        return f"'{name}' is not declared; {elsewhere}"
    if not name.isupper():
        examples = f"'0 < {name} < 1' or '{name} > 0'"
    elif in_measure:
        examples = f"'{name} on {{1..n}}' (a law) or '{name} ~ p({name.lower()})' (a random variable)"
    else:
        examples = f"'{name} on {{1..n}}' or '{name} ~ Bernoulli({name.lower()})'"
    return f"'{name}' is not declared; a given such as {examples} would declare it{hint}"


def unapplied(name: str, indexed: bool) -> str:
    """What to say of a name with an index or arguments that is neither a law nor a function: the givens that would declare it."""
    vector = f"'{name.upper()} on {{1..n}}' (a law with the masses {name}) or '{name} positive on {{1..n}}'"
    cure = vector if indexed else f"'{name} function'"
    elsewhere = written_here(name)
    if elsewhere and name in RESERVED:
        return f"'{name}' is a word of the language; {elsewhere}"
    hint = f"{elsewhere}, and " if elsewhere else ""
    return f"'{name}' is not declared as a law or a function; {hint}a given such as {cure} would declare it"
