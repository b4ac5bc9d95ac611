"""Derivation scripts: the tables in derivations/*.toml, read and checked for structure.

    name     = "kl-decomposition"        what `symkl derive` is asked for
    family   = "bernoulli"               which of the scripts of that name
    topic    = "divergence"              where the gallery files it
    title    = "..."                     givens = [...]     goal = "..."      source = "..."     closing = "..."
    takes    = ["n"]                     numbers that the reader supplies, written @n in the texts
    natural  = true                      for natural logs alone
    lemma    = 1                         may be cited by other derivations, itself citing lemmas of lower rank alone

    [[part]]
    title = "..."   prose = "..."   start = "KL(P || Q)"
    steps = [
      "unfold",                                        one rule, wherever it applies
      "-log-quotient",                                 a rule from right to left
      "times-one*",                                    until it applies nowhere; "?" where it may apply nowhere
      { rule = "unfold", at = "H(P, Q)", form = 1 },   inside a part of the line only; the second form of the definition
      { fold = "H(P, Q)" },                            a definition recognised
      { to = "..." },                                  rearrange into a template
      { group = ["-(a*log(b))", "a*log(b)"], labels = ["Term 1", "Term 2"] },
      { do = ["distribute", "product-sign"], says = "..." },          several rules, one printed line
      { back = "...", do = ["log-quotient"] },         the line `back`, from which the rules lead to the line before
      { cite = "entropy-chain-rule", bind = { X = "X, Y", Y = "Z" } },      a lemma, and what its variables or laws stand for
      { rule = "...", places = [...] },                exactly these places (`symkl derive --save` writes them where it must)
    ]

Templates may call `unfold`, `write_out`, `substitute_masses` and `label`. `@unit` is what a derivative of a log in the
base in force carries: nothing for the natural log, /ln(2) for bits.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from symkl.derivation.step import STRATEGIES
from symkl.errors import KnowledgeError, UnknownName, UsageError

_MOVE_KEYS = {
    "rule",
    "cite",
    "backward",
    "at",
    "which",
    "bind",
    "to",
    "group",
    "labels",
    "fold",
    "form",
    "strategy",
    "repeat",
    "optional",
    "places",
}
_IMPLIED = {"fold": "unfold", "to": "rearrange", "group": "rearrange", "cite": "lemma"}
"""The rule that a key stands for."""

_STEP_KEYS = _MOVE_KEYS | {"do", "says", "back"}
_PART_KEYS = {"title", "prose", "start", "steps"}
_SCRIPT_KEYS = {
    *("name", "family", "topic", "title", "givens", "goal", "source", "closing", "summary"),
    *("takes", "natural", "lemma", "part"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One rule as a script asks for it."""

    rule: str
    backward: bool = False
    at: str = ""
    which: tuple[int, ...] = ()
    bind: Mapping[str, str] = field(default_factory=dict)
    cite: str = ""
    to: str = ""
    group: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    fold: str = ""
    form: int = 0
    strategy: str = "everywhere"
    repeat: bool = False
    optional: bool = False
    places: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class StepScript:
    """One printed line: its moves, and the script's own words for it.

    With `back` the moves lead from that line to the one before, and are read backwards.
    """

    moves: tuple[Move, ...]
    says: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class PartScript:
    """One part of a script."""

    title: str
    prose: str
    start: str
    steps: tuple[StepScript, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A derivation as its file writes it."""

    file: str
    name: str
    family: str
    topic: str
    title: str
    summary: str
    givens: tuple[str, ...]
    goal: str
    parts: tuple[PartScript, ...]
    source: str = ""
    closing: str = ""
    takes: tuple[str, ...] = ()
    natural: bool = False
    lemma: int = 0
    """The rank of a lemma; 0 where the derivation is none."""


@cache
def scripts() -> tuple[Script, ...]:
    """Every script that is shipped, in the order of the file names.

    Raises: KnowledgeError that names the file, the table and the reason.
    """
    return tuple(_loaded(file) for file in _files())


@cache
def _files() -> tuple[str, ...]:
    folder = files("symkl").joinpath("derivations")
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def _loaded(file: str) -> Script:
    found = read_script(file, files("symkl").joinpath("derivations", file).read_text(encoding="utf-8"))
    if file.partition(".")[0] != found.name:
        raise KnowledgeError(file, "the file", f"a derivation named {found.name} stands in {found.name}.FAMILY.toml")
    return found


def script(name: str, family: str | None = None, takes: frozenset[str] = frozenset()) -> Script:
    """The script of a name, for a family (by default the first) and the numbers that the reader supplies.

    Raises: UnknownName with the nearest names, UsageError where the script takes other numbers.
    """
    # The name of the file says the name of the derivation, so that asking for one reads no other.
    named = [_loaded(file) for file in _files() if file.partition(".")[0] == name]
    if not named:
        raise UnknownName("derivation", name, sorted({file.partition(".")[0] for file in _files()}), "symkl derivations")
    chosen = [each for each in named if family is None or each.family == family]
    if not chosen:
        raise UnknownName(f"family for {name}", str(family), sorted({each.family for each in named}))
    if family is None:
        chosen = [each for each in named if each.family == _first_family(named)]
    fitting = [each for each in chosen if frozenset(each.takes) == takes]
    if not fitting:
        offered = sorted({each for one in chosen for each in one.takes})
        hint = f"it takes {', '.join('--' + each for each in offered)}" if offered else "it takes no number"
        raise UsageError(f"{name} for the family {chosen[0].family} does not take {', '.join(sorted(takes))}; {hint}.")
    return fitting[0]


def lemma_script(name: str) -> Script:
    """The script of a lemma.

    Raises: UnknownName where no derivation of that name is a lemma.
    """
    named = [each for file in _files() if file.partition(".")[0] == name and (each := _loaded(file)).lemma]
    if len(named) != 1:
        raise UnknownName("lemma", name, sorted({each.name for each in lemmas()}))
    return named[0]


def lemmas() -> tuple[Script, ...]:
    """The scripts that may be cited, those of the lowest rank first."""
    return tuple(sorted((each for each in scripts() if each.lemma), key=lambda each: each.lemma))


def _first_family(named: list[Script]) -> str:
    families = [each.family for each in named]
    return "bernoulli" if "bernoulli" in families else families[0]


def read_script(file: str, text: str) -> Script:
    """The script that a file's text holds.

    Raises: KnowledgeError for broken TOML, unknown or missing keys.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(file, "the file", f"broken TOML: {error}") from error
    _only(file, "the file", table, _SCRIPT_KEYS)
    parts = table.get("part")
    if not isinstance(parts, list) or not parts:
        raise KnowledgeError(file, "the file", "a derivation has one [[part]] or more")
    texts = {key: _text(file, "the file", table, key) for key in ("name", "family", "topic", "title", "goal")}
    return Script(
        file=file,
        **texts,
        summary=str(table.get("summary", table["title"])),
        givens=_texts(file, "the file", table, "givens"),
        takes=_texts(file, "the file", table, "takes"),
        source=str(table.get("source", "")),
        closing=str(table.get("closing", "")),
        natural=table.get("natural") is True,
        lemma=_whole(file, "the file", "lemma", table.get("lemma", 0)),
        parts=tuple(_part(file, number, part) for number, part in enumerate(parts, 1)),
    )


def _part(file: str, number: int, table: object) -> PartScript:
    where = f"part {number}"
    if not isinstance(table, Mapping):
        raise KnowledgeError(file, where, "expected a table")
    _only(file, where, table, _PART_KEYS)
    steps = table.get("steps", [])
    if not isinstance(steps, list):
        raise KnowledgeError(file, where, "steps is a list")
    return PartScript(
        title=_text(file, where, table, "title"),
        prose=str(table.get("prose", "")),
        start=_text(file, where, table, "start"),
        steps=tuple(_step(file, f"{where}, step {k}", each) for k, each in enumerate(steps, 1)),
    )


def _step(file: str, where: str, entry: object) -> StepScript:
    if isinstance(entry, str):
        return StepScript((_short(entry),))
    if not isinstance(entry, Mapping):
        raise KnowledgeError(file, where, "a step is the name of a rule or a table")
    _only(file, where, entry, _STEP_KEYS)
    says, back = str(entry.get("says", "")), str(entry.get("back", ""))
    if "do" not in entry:
        move = {key: value for key, value in entry.items() if key not in ("says", "back")}
        return StepScript((_move(file, where, move),), says, back)
    moves = entry["do"]
    if not isinstance(moves, list) or not moves:
        raise KnowledgeError(file, where, "do is a list of one rule or more")
    return StepScript(tuple(_any_move(file, where, each) for each in moves), says, back)


def _any_move(file: str, where: str, entry: object) -> Move:
    if isinstance(entry, str):
        return _short(entry)
    if not isinstance(entry, Mapping):
        raise KnowledgeError(file, where, "a rule is a name or a table")
    return _move(file, where, entry)


def _short(text: str) -> Move:
    optional, repeat = "?" in text[-2:], "*" in text[-2:]
    name = text.rstrip("?*")
    return Move(name.removeprefix("-"), backward=name.startswith("-"), optional=optional, repeat=repeat)


def _move(file: str, where: str, entry: Mapping[str, object]) -> Move:
    _only(file, where, entry, _MOVE_KEYS)
    rule = entry.get("rule", next((implied for key, implied in _IMPLIED.items() if key in entry), None))
    if not isinstance(rule, str):
        raise KnowledgeError(file, where, "a step names its rule")
    which = entry.get("which", [])
    bind = entry.get("bind", {})
    strategy = str(entry.get("strategy", "everywhere"))
    if strategy not in STRATEGIES:
        raise KnowledgeError(file, where, f"a strategy is one of {', '.join(STRATEGIES)}")
    if not isinstance(bind, Mapping):
        raise KnowledgeError(file, where, "bind is a table of names and texts")
    short = _short(rule)
    return Move(
        rule=short.rule,
        backward=short.backward or entry.get("backward") is True or "fold" in entry,
        at=str(entry.get("at", "")),
        which=tuple(_whole(file, where, "which", k) for k in (which if isinstance(which, list) else [which])),
        bind={str(key): str(value) for key, value in bind.items()},
        cite=str(entry.get("cite", "")),
        to=str(entry.get("to", "")),
        group=_texts(file, where, entry, "group"),
        labels=_texts(file, where, entry, "labels"),
        fold=str(entry.get("fold", "")),
        form=_whole(file, where, "form", entry.get("form", 0)),
        strategy=strategy,
        repeat=short.repeat or entry.get("repeat") is True,
        optional=short.optional or entry.get("optional") is True,
        places=_tables(file, where, entry, "places"),
    )


def _only(file: str, where: str, table: Mapping[str, object], allowed: set[str]) -> None:
    if unknown := table.keys() - allowed:
        raise KnowledgeError(file, where, f"unknown key {', '.join(sorted(unknown))}")


def _text(file: str, where: str, table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise KnowledgeError(file, where, f"missing the text '{key}'")
    return value


def _texts(file: str, where: str, table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(file, where, f"'{key}' is a list of texts")
    return tuple(value)


def _tables(file: str, where: str, table: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise KnowledgeError(file, where, f"'{key}' is a list of tables")
    return tuple(value)


def _whole(file: str, where: str, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise KnowledgeError(file, where, f"'{key}' is a whole number, from 0")
    return value
