"""Derivations from their saved form: the JSON of `symkl derive --format json`, schema 1.

Loading rebuilds and does not believe: what it returns is checked by the kernel before anyone calls it a derivation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symkl.derivation.bindings import application_from_data, read_with_values, values_from_data
from symkl.derivation.kernel import OTHER_CONDITIONS
from symkl.derivation.step import Application, Condition, Derivation, Part, Rewrite, Step
from symkl.errors import ReadError, Rejection, UsageError
from symkl.language.latex_writer import write_latex
from symkl.language.plain_reader import read_plain
from symkl.language.term import Term
from symkl.theory.setting import Setting, setting

SCHEMA = 1
UNREADABLE = "unreadable formula"
OTHER_SPELLING = "another spelling"
DIRECTIONS = {"forward": False, "backward": True}


def derivation_from_json(data: object) -> Derivation:
    """The derivation that JSON data describes, not yet checked.

    Raises: UsageError for data that is no derivation of this schema, GivenError for its givens, Rejection with the number
    of the step for a formula that cannot be read under them.
    """
    table = _table(data, "the file")
    if table.get("schema") != SCHEMA:
        raise UsageError(f"The file is no derivation of schema {SCHEMA}: its 'schema' is {table.get('schema')!r}.")
    return _Loader(_givens(table)).derivation(table)


def _givens(table: Mapping[str, Any]) -> Setting:
    written: list[str] = []
    inferred: list[str] = []
    for each in _list(table, "givens", "the file"):
        given = _table(each, "a given")
        (inferred if _flag(given, "inferred", "a given") else written).append(_text(given, "text", "a given"))
    return setting(written, inferred)


class _Loader:
    def __init__(self, known: Setting) -> None:
        self.setting = known
        self._read: dict[str, tuple[Term, str]] = {}

    def derivation(self, table: Mapping[str, Any]) -> Derivation:
        headings = [_table(each, f"part {k}") for k, each in enumerate(_list(table, "parts", "the file"), 1)]
        if not headings:
            raise UsageError("The file has no parts.")
        steps: list[list[Step]] = [[] for _ in headings]
        for number, each in enumerate(_list(table, "steps", "the file"), 1):
            step = _table(each, f"step {number}")
            part = _number(step, "part", f"step {number}")
            if not 1 <= part <= len(headings) or any(steps[part:]):
                raise UsageError(f"Step {number} stands in part {part}, out of order.")
            steps[part - 1].append(self.step(step, number))
        return Derivation(
            name=_text(table, "name", "the file"),
            title=_text(table, "title", "the file"),
            setting=self.setting,
            goal=self.formula(table, "goal", "the file", None),
            parts=tuple(self.part(k, heading, found) for k, (heading, found) in enumerate(zip(headings, steps, strict=True), 1)),
            closing=_text(table, "closing", "the file"),
            source=_text(table, "source", "the file"),
        )

    def part(self, number: int, table: Mapping[str, Any], steps: list[Step]) -> Part:
        where = f"part {number}"
        start = self.formula(table, "start", where, None)
        return Part(_text(table, "title", where), start, tuple(steps), _text(table, "prose", where))

    def step(self, table: Mapping[str, Any], number: int) -> Step:
        where = f"step {number}"
        step = Step(
            relation=_text(table, "relation", where),
            before=self.formula(table, "before", where, number),
            after=self.formula(table, "after", where, number),
            rewrites=tuple(self.rewrite(_table(each, where), where, number) for each in _list(table, "rewrites", where)),
            rule=_text(table, "rule", where),
            says=_text(table, "says", where),
        )
        if self.conditions(table, where, number) != step.conditions:
            raise Rejection(OTHER_CONDITIONS, "The conditions of the step are not those of its rewrites.", number)
        return step

    def conditions(self, table: Mapping[str, Any], where: str, number: int) -> tuple[Condition, ...]:
        return tuple(self.condition(_table(each, where), where, number) for each in _list(table, "conditions", where))

    def rewrite(self, table: Mapping[str, Any], where: str, number: int) -> Rewrite:
        direction = _text(table, "direction", where)
        if direction not in DIRECTIONS:
            raise UsageError(f"The 'direction' in {where} is one of {', '.join(DIRECTIONS)}.")
        return Rewrite(
            rule=_text(table, "rule", where),
            backward=DIRECTIONS[direction],
            applications=tuple(self.application(each, where, number) for each in _list(table, "places", where)),
            before=self.formula(table, "before", where, number),
            after=self.formula(table, "after", where, number),
            conditions=self.conditions(table, where, number),
        )

    def application(self, data: object, where: str, number: int) -> Application:
        try:
            return application_from_data(data, self.setting, where)
        except ReadError as error:
            raise Rejection(UNREADABLE, str(error), number) from error

    def condition(self, table: Mapping[str, Any], where: str, number: int) -> Condition:
        try:
            relation = read_with_values(_text(table, "text", where), self.setting, values_from_data(table))
        except ReadError as error:
            raise Rejection(UNREADABLE, str(error), number) from error
        return Condition(relation, _text(table, "discharged_by", where))

    def formula(self, table: Mapping[str, Any], key: str, where: str, number: int | None) -> Term:
        spelled = _table(table.get(key), f"'{key}' in {where}")
        text = _text(spelled, "plain", where)
        # A line is the end of one step and the start of the next.
        if text not in self._read:
            try:
                term = read_plain(text, self.setting.scope)
            except ReadError as error:
                raise Rejection(UNREADABLE, f"'{key}' in {where}: {error}", number) from error
            self._read[text] = term, write_latex(term, self.setting.scope.log_base)
        term, latex = self._read[text]
        if spelled.get("latex", latex) != latex:
            raise Rejection(OTHER_SPELLING, f"The LaTeX of '{key}' in {where} is not that of its plain spelling.", number)
        return term


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UsageError(f"The file is no derivation: {where} is no object.")
    return value


def _list(table: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = table.get(key)
    if not isinstance(value, list):
        raise UsageError(f"The file is no derivation: {where} has no list '{key}'.")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise UsageError(f"The file is no derivation: {where} has no text '{key}'.")
    return value


def _flag(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table.get(key)
    if not isinstance(value, bool):
        raise UsageError(f"The file is no derivation: {where} has no '{key}' that is true or false.")
    return value


def _number(table: Mapping[str, Any], key: str, where: str) -> int:
    value = table.get(key)
    if not _is_count(value):
        raise UsageError(f"The file is no derivation: {where} has no number '{key}'.")
    return int(str(value))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
