"""The families of laws that a given can name, read from families.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from symkl.errors import KnowledgeError, ReadError, UnknownName
from symkl.language.plain_reader import read_plain
from symkl.language.scope import Scope
from symkl.language.term import Number, Outcome, Outcomes, Range, Relation, Term, substitute

FILE = "families.toml"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of laws: its outcomes, their masses in terms of the parameters, what the parameters satisfy.

    Where it is `listed` there are as many outcomes as arguments, 1, 2, ..., and mass and conditions are those of each.
    """

    name: str
    parameters: tuple[str, ...]
    alphabet: tuple[str, ...]
    aliases: Mapping[str, str]
    masses: tuple[Term, ...]
    conditions: tuple[Relation, ...]
    says: str
    source: str
    listed: bool = False

    def takes(self, arguments: Sequence[Term]) -> bool:
        """Whether the family has a law with these arguments."""
        return len(arguments) >= 2 if self.listed else len(arguments) == len(self.parameters)

    def member(self, arguments: Sequence[Term]) -> Member:
        """The law with these arguments."""
        if not self.listed:
            bound = dict(zip(self.parameters, arguments, strict=True))
            return Member(
                Outcomes(*map(Outcome, self.alphabet)),
                tuple(map(Outcome, self.alphabet)),
                tuple(substitute(mass, bound) for mass in self.masses),
                tuple(substitute(condition, bound) for condition in self.conditions),
            )
        each = [{self.parameters[0]: argument} for argument in arguments]
        return Member(
            Range(Number(1), Number(len(each))),
            tuple(Number(k + 1) for k in range(len(each))),
            tuple(substitute(mass, bound) for bound in each for mass in self.masses),
            tuple(substitute(condition, bound) for bound in each for condition in self.conditions),
        )


@dataclass(frozen=True, slots=True)
class Member:
    """One law of a family: its alphabet, the outcomes in order, the mass of each, and what the arguments satisfy."""

    alphabet: Term
    outcomes: tuple[Term, ...]
    masses: tuple[Term, ...]
    conditions: tuple[Term, ...]


@cache
def families() -> Mapping[str, Family]:
    """Every family by its name.

    Raises: KnowledgeError for a table that is not a family.
    """
    text = files("symkl.theory").joinpath(FILE).read_text(encoding="utf-8")
    try:
        return {name: _family(name, table) for name, table in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(FILE, "the file", f"broken TOML: {error}") from error


def family(name: str) -> Family:
    """The family of that name.

    Raises: UnknownName with the nearest names.
    """
    known = families()
    if name not in known:
        raise UnknownName("family of laws", name, known)
    return known[name]


def _family(name: str, table: Mapping[str, object]) -> Family:
    needed = {"parameters", "alphabet", "masses", "conditions", "says", "source"}
    if missing := needed - table.keys():
        raise KnowledgeError(FILE, name, f"missing {', '.join(sorted(missing))}")
    if unknown := table.keys() - needed - {"aliases"}:
        raise KnowledgeError(FILE, name, f"unknown key {', '.join(sorted(unknown))}")
    listed = any(text.endswith("...") for text in _texts(name, table["parameters"]))
    parameters = tuple(text.removesuffix("...") for text in _texts(name, table["parameters"]))
    scope = Scope(numbers=frozenset(parameters))
    masses = tuple(_read(name, text, scope) for text in _texts(name, table["masses"]))
    alphabet = _texts(name, table["alphabet"])
    if not listed and len(masses) != len(alphabet):
        raise KnowledgeError(FILE, name, f"{len(masses)} masses for {len(alphabet)} outcomes")
    conditions = []
    for text in _texts(name, table["conditions"]):
        relation = _read(name, text, scope)
        if not isinstance(relation, Relation):
            raise KnowledgeError(FILE, name, f"the condition '{text}' is no relation")
        conditions.append(relation)
    aliases = table.get("aliases", {})
    if not isinstance(aliases, Mapping) or not set(aliases.values()) <= set(alphabet):
        raise KnowledgeError(FILE, name, "aliases name outcomes that are not in the alphabet")
    said = str(table["says"]), str(table["source"])
    return Family(name, parameters, alphabet, aliases, masses, tuple(conditions), *said, listed)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(FILE, name, "expected a list of texts")
    return tuple(value)


def _read(name: str, text: str, scope: Scope) -> Term:
    try:
        return read_plain(text, scope)
    except ReadError as error:
        raise KnowledgeError(FILE, name, str(error)) from error
