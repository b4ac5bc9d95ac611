"""The rules, read from rules/*.toml: a name, what it rewrites, its conditions, a sentence, a source, an example.

    [log-quotient]
    rule    = "log(a/b) -> log(a) - log(b)"
    when    = ["a > 0", "b > 0"]
    says    = "The log of a quotient is the difference of the logs."
    source  = "..."
    example = "log(p/q) -> log(p) - log(q)"

Between the sides stands `->` (equal terms), `<=>` (equivalent statements) or `>`, `>=`, `<`, `<=` (an inequality, used on a
whole line). Optional keys: `both_ways` (usable from right to left), `takes` (names that the script supplies), `given` and
`assuming` (the givens of the example, and what is taken as shown before it), `minor` (a step that a reader is not shown
alone), `title` (how the rule is printed).

A rule with `computed = true` is decided by Python (`symkl.derivation.computed`); its text describes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeGuard

from symkl.errors import KnowledgeError, ReadError, UnknownName
from symkl.language.term import Derivative, Expectation, Extremum, Measure, Relation, Term, subterms
from symkl.theory.pattern import Each, Run, Wild, is_law_name, read_pattern, variables_of

ARROW, EQUIVALENT = "->", "<=>"
_SEPARATORS = (f" {EQUIVALENT} ", f" {ARROW} ", " >= ", " <= ", " > ", " < ")
_TEXTS = ("says", "source", "example")
_LISTS = ("when", "takes", "given", "assuming")
_FLAGS = ("both_ways", "minor", "computed")
COMPUTED = frozenset(
    (
        "arithmetic",
        "complement",
        "condition",
        "conditional-mass",
        "delta-sum",
        "diff-entry",
        "expectation-as-sum",
        "fractions",
        "given",
        "independence",
        "lemma",
        "marginalise",
        "rearrange",
        "result",
        "split-last",
        "substitute-masses",
        "unfold",
        "variable-order",
        "write-out",
    )
)
"""The closed list of rules that are Python."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rewriting, as its table says it; `patterns` reads its sides."""

    name: str
    file: str
    title: str
    text: str
    says: str
    source: str
    example: str
    when: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    assuming: tuple[str, ...] = ()
    both_ways: bool = False
    minor: bool = False
    computed: bool = False

    @property
    def topic(self) -> str:
        """The file that the rule stands in, without its ending."""
        return Path(self.file).stem


@dataclass(frozen=True, slots=True)
class Patterns:
    """The sides and conditions of a rule, read.

    `free` holds pairs (term, variable): the term may not depend on the variable of a derivative around it, or of an argmin
    anywhere in the rule. `laws` are the variables that stand for laws.
    """

    operator: str
    left: Term
    right: Term
    when: tuple[Relation, ...]
    free: tuple[tuple[str, str], ...]
    laws: frozenset[str]

    def sides(self, backward: bool) -> tuple[Term, Term]:
        """What is replaced, and by what."""
        return (self.right, self.left) if backward else (self.left, self.right)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its name, in the order of the files.

    Raises: KnowledgeError that names the file, the table and the reason.
    """
    folder = files("symkl.theory").joinpath("rules")
    entries = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda each: each.name)
    return collect_rules((entry.name, entry.read_text(encoding="utf-8")) for entry in entries)


def collect_rules(texts: Iterable[tuple[str, str]]) -> Mapping[str, Rule]:
    """The rules of several files, given as names and texts.

    Raises: KnowledgeError for broken TOML, unknown or missing keys, two rules of one name.
    """
    found: dict[str, Rule] = {}
    for file, text in texts:
        for rule in _load(file, text):
            if rule.name in found:
                raise KnowledgeError(file, rule.name, f"a rule of that name stands in {found[rule.name].file}")
            found[rule.name] = rule
    return found


def rule(name: str) -> Rule:
    """The rule of that name.

    Raises: UnknownName with the nearest names.
    """
    known = rules()
    if name not in known:
        raise UnknownName("rule", name, known, "symkl rules")
    return known[name]


def printed_name(names: Iterable[str]) -> str:
    """What a line made by several rules is called: each rule once, and of minor ones only where there is no other."""
    known = [rule(name) for name in names]
    return ", ".join(dict.fromkeys(each.name for each in [each for each in known if not each.minor] or known))


def _load(file: str, text: str) -> Iterator[Rule]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(file, "the file", f"broken TOML: {error}") from error
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            raise KnowledgeError(file, name, "expected a table")
        yield _rule(file, name, table)


def _rule(file: str, name: str, table: Mapping[str, object]) -> Rule:
    if unknown := table.keys() - {"rule", "title", *_TEXTS, *_LISTS, *_FLAGS}:
        raise KnowledgeError(file, name, f"unknown key {', '.join(sorted(unknown))}")
    for key in ("rule", *_TEXTS):
        if not isinstance(table.get(key), str):
            raise KnowledgeError(file, name, f"missing the text '{key}'")
    flags = {key: table.get(key) is True for key in _FLAGS}
    if flags["computed"] != (name in COMPUTED):
        raise KnowledgeError(file, name, "'computed' marks the rules that Python decides, and no others")
    lists = {key: _texts(file, name, key, table.get(key, [])) for key in _LISTS}
    return Rule(
        name=name,
        file=file,
        title=str(table.get("title", name.replace("-", " "))),
        text=str(table["rule"]),
        says=str(table["says"]),
        source=str(table["source"]),
        example=str(table["example"]),
        when=lists["when"],
        takes=lists["takes"],
        given=lists["given"],
        assuming=lists["assuming"],
        both_ways=flags["both_ways"],
        minor=flags["minor"],
        computed=flags["computed"],
    )


@cache
def patterns(rule: Rule) -> Patterns:
    """The sides and conditions of a rule that is no computed one, read and checked.

    Raises: KnowledgeError for a pattern that is not understood, or a variable that nothing binds.
    """
    operator, left, right = _sides(rule.file, rule.name, rule.text)
    when = tuple(_condition(rule, text) for text in rule.when)
    sides = (*subterms(left), *subterms(right))
    free = tuple(dict.fromkeys(_scoped_apart(sides)))
    laws = frozenset(term.name for part in sides for term in _arguments_of_laws(part) if _is_law(term))
    found = Patterns(operator, left, right, when, free, laws)
    _check(rule, found)
    return found


def _texts(file: str, name: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise KnowledgeError(file, name, f"'{key}' is a list of texts")
    return tuple(value)


def _sides(file: str, name: str, text: str) -> tuple[str, Term, Term]:
    for separator in _SEPARATORS:
        left, found, right = text.partition(separator)
        if found:
            return separator.strip(), _pattern(file, name, left), _pattern(file, name, right)
    raise KnowledgeError(file, name, f"the rule '{text}' has no '->', '<=>' or inequality between its sides")


def _pattern(file: str, name: str, text: str) -> Term:
    left, equivalent, right = text.partition(f" {EQUIVALENT} ")
    try:
        if equivalent:
            return Relation((read_pattern(left), read_pattern(right)), (EQUIVALENT,))
        return read_pattern(text)
    except ReadError as error:
        raise KnowledgeError(file, name, str(error)) from error


def _condition(rule: Rule, text: str) -> Relation:
    condition = _pattern(rule.file, rule.name, text)
    if not isinstance(condition, Relation):
        raise KnowledgeError(rule.file, rule.name, f"the condition '{text}' is no relation, such as 'a > 0'")
    return condition


def _check(rule: Rule, found: Patterns) -> None:
    bound, produced, supplied = variables_of(found.left), variables_of(found.right), set(rule.takes)
    if unbound := produced - bound - supplied:
        raise KnowledgeError(rule.file, rule.name, f"unbound on the right: {', '.join(sorted(unbound))}")
    if rule.both_ways and (lost := bound - produced - supplied):
        raise KnowledgeError(rule.file, rule.name, f"both_ways, but the right side does not bind {', '.join(sorted(lost))}")
    for condition in found.when:
        if unbound := variables_of(condition) - bound - supplied:
            raise KnowledgeError(rule.file, rule.name, f"unknown in a condition: {', '.join(sorted(unbound))}")
    runs = {term.name for side in (found.left, found.right) for term in subterms(side) if isinstance(term, Run)}
    produced_runs = {term.run for term in subterms(found.right) if isinstance(term, Each)}
    if strange := produced_runs - runs:
        raise KnowledgeError(rule.file, rule.name, f"each() over {', '.join(sorted(strange))}, which is no run of the left side")


def _arguments_of_laws(part: Term) -> tuple[Term, ...]:
    """Where laws stand: the arguments of a measure, and what an expectation is under."""
    if isinstance(part, Measure):
        return part.args
    return part.domains if isinstance(part, Expectation) else ()


def _is_law(argument: Term) -> TypeGuard[Wild]:
    return isinstance(argument, Wild) and is_law_name(argument.name)


def _scoped_apart(sides: Sequence[Term]) -> Iterator[tuple[str, str]]:
    for term in sides:
        match term:
            case Derivative(body, Wild(variable, _)):
                # The variable stays free: it is the point at which the derivative is taken, and may stand around it.
                name, inside = variable, tuple(subterms(body))
            case Extremum(_, variable, _):
                name, inside = variable, tuple(sides)
            case _:
                continue
        for inner in inside:
            if isinstance(inner, Wild | Run) and inner.name != name:
                named = {argument.name for argument in inner.args if isinstance(argument, Wild)}
                if name not in named:
                    yield inner.name, name
