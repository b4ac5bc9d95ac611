"""The families of laws that a given can name, read from families.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from symkl.errors import KnowledgeError, ReadError, UnknownName
from symkl.language.plain_reader import read_plain
from symkl.language.scope import Scope
from symkl.language.term import Relation, Term

FILE = "families.toml"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of laws: its outcomes, their masses in terms of the parameters, what the parameters satisfy."""

    name: str
    parameters: tuple[str, ...]
    alphabet: tuple[str, ...]
    aliases: Mapping[str, str]
    masses: tuple[Term, ...]
    conditions: tuple[Relation, ...]
    says: str
    source: str


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
    parameters = _texts(name, table["parameters"])
    scope = Scope(numbers=frozenset(parameters))
    masses = tuple(_read(name, text, scope) for text in _texts(name, table["masses"]))
    alphabet = _texts(name, table["alphabet"])
    if len(masses) != len(alphabet):
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
    return Family(name, parameters, alphabet, aliases, masses, tuple(conditions), str(table["says"]), str(table["source"]))


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(FILE, name, "expected a list of texts")
    return tuple(value)


def _read(name: str, text: str, scope: Scope) -> Term:
    try:
        return read_plain(text, scope)
    except ReadError as error:
        raise KnowledgeError(FILE, name, str(error)) from error
