"""Misconceptions, read from misconceptions.toml: false rules, each with a sentence to the student and a refuted example.

[log-of-sum]
wrong   = ["log(a + bs...) -> log(a) + each(bs, log(bs))"]
right   = "log(a*b) -> log(a) + log(b)"
says    = "The log of a sum does not split; ..."
given   = ["0 < p < 1", "0 < q < 1"]
example = "log(p + q) = log(p) + log(q)"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from symkl.errors import KnowledgeError, ReadError
from symkl.language.term import Term
from symkl.theory.pattern import BASE, read_pattern, variables_of

FILE = "misconceptions.toml"
ARROW = " -> "
LOGS = "logs"
EDIT = "edit"
COMPUTED = frozenset({"conditional weight", EDIT})
"""Misconceptions that the pattern language does not say; `symkl.homework.diagnosis` and `edits` have them."""
_KEYS = frozenset({"wrong", "computed", "right", "says", "given", "example", "general", "beside"})


@dataclass(frozen=True, slots=True)
class FalseRule:
    """A rule that is false: what is replaced, and by what."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Misconception:
    """A misconception as its table says it."""

    slug: str
    rules: tuple[FalseRule, ...]
    computed: str
    right: FalseRule | None
    says: str
    given: tuple[str, ...]
    example: str
    general: bool = False
    """Whether it only says that something got lost: one that says why is named before it."""
    beside: str = ""
    """`logs` where it is one only beside logs: among measures alone another is named."""


@cache
def misconceptions() -> Mapping[str, Misconception]:
    """Every misconception by its slug, in the order in which they are tried.

    Raises: KnowledgeError that names the file, the table and the reason.
    """
    return collect_misconceptions(files("symkl.theory").joinpath(FILE).read_text(encoding="utf-8"))


def collect_misconceptions(text: str) -> Mapping[str, Misconception]:
    """The misconceptions of a text in TOML.

    Raises: KnowledgeError.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(FILE, "the file", f"broken TOML: {error}") from error
    return {slug: _misconception(slug, table) for slug, table in tables.items()}


def _misconception(slug: str, table: object) -> Misconception:
    if not isinstance(table, Mapping):
        raise KnowledgeError(FILE, slug, "expected a table")
    if unknown := table.keys() - _KEYS:
        raise KnowledgeError(FILE, slug, f"unknown key {', '.join(sorted(unknown))}")
    for key in ("says", "example"):
        if not isinstance(table.get(key), str):
            raise KnowledgeError(FILE, slug, f"missing the text '{key}'")
    computed = str(table.get("computed", ""))
    if bool(computed) == bool(table.get("wrong")) or (computed and computed not in COMPUTED):
        raise KnowledgeError(FILE, slug, f"needs either 'wrong' or 'computed', one of {', '.join(sorted(COMPUTED))}")
    right = table.get("right")
    return Misconception(
        slug,
        tuple(_rule(slug, text) for text in _texts(slug, table.get("wrong", []))),
        computed,
        None if right is None else _rule(slug, str(right)),
        str(table["says"]),
        _texts(slug, table.get("given", [])),
        str(table["example"]),
        table.get("general") is True,
        _beside(slug, table.get("beside", "")),
    )


def _beside(slug: str, value: object) -> str:
    if value not in ("", LOGS):
        raise KnowledgeError(FILE, slug, f"'beside' is '{LOGS}'")
    return str(value)


def _texts(slug: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(FILE, slug, "'wrong' and 'given' are lists of texts")
    return tuple(value)


def _rule(slug: str, text: str) -> FalseRule:
    left, found, right = text.partition(ARROW)
    if not found:
        raise KnowledgeError(FILE, slug, f"the rule '{text}' has no '->'")
    try:
        rule = FalseRule(read_pattern(left), read_pattern(right))
    except ReadError as error:
        raise KnowledgeError(FILE, slug, str(error)) from error
    if unbound := variables_of(rule.right) - variables_of(rule.left) - {BASE}:
        raise KnowledgeError(FILE, slug, f"unbound on the right: {', '.join(sorted(unbound))}")
    return rule
