"""What each symbol of a formula was taken for, and which given says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from symkl.language.plain_writer import write_plain
from symkl.language.scope import MASS, LawDeclaration
from symkl.language.term import (
    Alphabet,
    Binder,
    Constant,
    Function,
    Law,
    Mass,
    Outcome,
    RandomVariable,
    Symbol,
    Term,
    Value,
    subterms,
)
from symkl.theory.setting import Setting


@dataclass(frozen=True, slots=True)
class Taken:
    """A symbol, what it was taken for, and the given behind it with the rule of inference (each empty where none is)."""

    name: str
    kind: str
    given: str = ""
    why: str = ""


def taken(terms: Iterable[Term], found: Setting, reasons: dict[str, str] | None = None) -> list[Taken]:
    """Every symbol of some terms, in the order of its first use."""
    kinds: dict[str, str] = {}
    for term in terms:
        for part in subterms(term):
            for name, kind in _names(part, found):
                if kind and (name not in kinds or kinds[name].startswith("a value")):
                    kinds[name] = kind
    return [_with_given(name, kind, found, reasons or {}) for name, kind in kinds.items()]


def _names(part: Term, found: Setting) -> list[tuple[str, str]]:
    match part:
        case Symbol(name):
            return [(name, "an integer" if name in found.integers else "a number")]
        case Constant(name):
            return [(name, {"e": "the base of the natural log", "pi": "the circle's constant"}.get(name, "a constant"))]
        case RandomVariable(name):
            return [(name, "a random variable")]
        case Outcome(name):
            return [(name, "an outcome")]
        case Function(name, _):
            return [(name, "an unknown function")]
        case Mass(marginal, _) | Law(marginal, _):
            return [(marginal.letter, _law(found.scope.laws.get(marginal.law), marginal.letter))]
        case Binder():
            return [(name, f"bound, over {_domain(part, k)}") for k, name in enumerate(part.names)]
        case Value(name):
            variable = found.scope.variable_of_value(name)
            return [(name, f"a value of {variable}" if variable else "a value")]
        case _:
            return []


def _law(law: LawDeclaration | None, letter: str) -> str:
    if law is None:
        return "a law"
    if law.entries not in (MASS, "density"):
        return f"a sequence of {law.entries} numbers on {write_plain(law.alphabets[0])}"
    noun = "density" if law.entries != MASS else "law"
    of = f" of {', '.join(law.variables)}" if law.variables != ("",) else f" on {write_plain(law.alphabets[0])}"
    return f"the masses of the {noun} {law.name}{of}" if law.letter == letter != law.name else f"a {noun}{of}"


def _domain(binder: Binder, k: int) -> str:
    domain = binder.domains[0] if binder.one_domain else binder.domains[k]
    if isinstance(domain, Alphabet):
        return f"the alphabet of {domain.name}"
    return write_plain(domain)


def _with_given(name: str, kind: str, found: Setting, reasons: dict[str, str]) -> Taken:
    if kind.startswith("bound"):
        return Taken(name, kind)
    law = found.scope.law(name)
    wanted = law.name if law is not None else name
    if kind.startswith("a value of "):
        wanted = kind.removeprefix("a value of ")
    words = re.compile(rf"(?<![\w']){re.escape(wanted)}(?![\w'])")
    for given in found.givens:
        if words.search(given.text) or (wanted.isupper() and re.search(rf"\b{re.escape(wanted.lower())}\b", given.text)):
            return Taken(name, kind, given.text, reasons.get(given.text, ""))
    return Taken(name, kind)
