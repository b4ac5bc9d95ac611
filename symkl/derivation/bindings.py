"""Places and substitutions as plain data, for JSON and for scripts.

    {"path": [0, 1], "slice": [1, 3], "binding": {"a": {"term": "p"}, "i": {"name": "i"}}}

`slice` is null or left away where the place is a whole argument. What a pattern variable stands for is a text in the plain
spelling under the word for its kind:

    {"term": "p[i]*log(p[i])", "values": {"i": null}}      a number, with the values that nothing in the text binds
    {"law": "p(y|x)"}  {"variable": "X"}  {"alphabet": "1..n"}  {"value": "i"}  {"outcome": "H"}
    {"name": "i"}                                          the name of a bound value
    {"run": [...]}                                         several, in order

`values` says for each free value which random variable's it is, where its name does not tell; TOML, which has no
null, says "". A conditional law that stands for all its values at once has `"whole": true`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symkl.derivation.step import Application, Bound, Place
from symkl.errors import ReadError, UsageError
from symkl.language.plain_reader import PlainReader
from symkl.language.scope import Scope
from symkl.language.term import (
    Alphabet,
    Law,
    Mass,
    Outcome,
    Outcomes,
    RandomVariable,
    Range,
    Relation,
    Term,
    Value,
    free_names,
    is_law,
    subterms,
)
from symkl.theory.setting import Setting

_CONNECTIVE = "<=>"


def application_as_data(application: Application, setting: Setting) -> dict[str, Any]:
    """A place and a substitution as data."""
    place = application.place
    return {
        "path": list(place.path),
        "slice": None if place.run is None else list(place.run),
        "binding": {name: bound_as_data(bound, setting) for name, bound in application.binding.items()},
    }


def application_from_data(data: object, setting: Setting, where: str) -> Application:
    """The inverse of `application_as_data`.

    Raises: ReadError for a text that is not understood under the givens, UsageError that says where the data has another shape.
    """
    if not isinstance(data, Mapping):
        raise UsageError(f"A place in {where} is a table with path, slice and binding.")
    path, run, binding = data.get("path"), data.get("slice"), data.get("binding", {})
    if path is None or not _are_counts(path) or not (run is None or (_are_counts(run) and len(run) == 2)):
        raise UsageError(f"A place in {where} is a 'path' of numbers and a 'slice' of two numbers or null.")
    if not isinstance(binding, Mapping):
        raise UsageError(f"A binding in {where} is a table.")
    bound = {str(name): bound_from_data(each, setting) for name, each in binding.items()}
    return Application(Place(tuple(path), None if run is None else (run[0], run[1])), bound)


def _are_counts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, int) and not isinstance(item, bool) and item >= 0 for item in value)


def bound_as_data(bound: Bound, setting: Setting) -> dict[str, Any]:
    """What a pattern variable stands for, as data for JSON."""
    if isinstance(bound, str):
        return {"name": bound}
    if isinstance(bound, tuple):
        return {"run": [bound_as_data(each, setting) for each in bound]}
    match bound:
        case Value(name):
            return {"value": name}
        case Outcome(name):
            return {"outcome": name}
        case RandomVariable(name):
            return {"variable": name}
        case Range() | Outcomes() | Alphabet():
            return {"alphabet": setting.write(bound)}
    kind = "law" if is_law(bound) else "term"
    data: dict[str, Any] = {kind: setting.write(bound)}
    if isinstance(bound, Law) and len(bound.args) < len(bound.marginal.given):
        data["whole"] = True
    values = free_values(bound)
    return {**data, "values": values} if values else data


def bound_from_data(data: object, setting: Setting) -> Bound:
    """The inverse of `bound_as_data`.

    Raises: ReadError for a text that is not understood under the givens, UsageError for data of another shape.
    """
    if not isinstance(data, Mapping):
        raise UsageError(f"No substitution of a rule is written as {str(data)[:80]}.")
    match data:
        case {"name": str(name)}:
            return name
        case {"value": str(name)}:
            return Value(name)
        case {"outcome": str(name)}:
            return Outcome(name)
        case {"variable": str(name)}:
            return RandomVariable(name)
        case {"alphabet": str(text)}:
            return _Reader(text, setting.scope, {}).whole_alphabet()
        case {"law": str(text)}:
            law = _Reader(text, setting.scope, values_from_data(data)).whole_law()
            return Law(law.marginal) if data.get("whole") is True and isinstance(law, Law) else law
        case {"term": str(text)}:
            return read_with_values(text, setting, values_from_data(data))
        case {"run": list(items)}:
            found = [bound_from_data(item, setting) for item in items]
            if all(isinstance(each, Term) for each in found):
                return tuple(each for each in found if isinstance(each, Term))
    raise UsageError(f"No substitution of a rule is written as {str(data)[:80]}.")


def free_values(term: Term) -> dict[str, str | None]:
    """The values that nothing in a term binds, each with the random variable whose it is, where a mass tells."""
    free = free_names(term)
    found: dict[str, str | None] = {}
    if not free:
        return found
    for part in subterms(term):
        if isinstance(part, Value) and part.name in free:
            found.setdefault(part.name, None)
        elif isinstance(part, Mass):
            variables = (*part.marginal.of, *part.marginal.given)
            for variable, value in zip(variables, part.args, strict=True):
                if variable and isinstance(value, Value) and value.name in free:
                    found[value.name] = variable
    return found


def read_with_values(text: str, setting: Setting, values: Mapping[str, str | None]) -> Term:
    """A term, or statements with <=> between them, in which some values are free.

    Raises: ReadError.
    """
    sides = [_Reader(side, setting.scope, values).statement() for side in text.split(f" {_CONNECTIVE} ")]
    return sides[0] if len(sides) == 1 else Relation(sides, [_CONNECTIVE] * (len(sides) - 1))


def values_from_data(data: Mapping[str, Any]) -> dict[str, str | None]:
    """The free values that go with a text.

    Raises: UsageError for data of another shape.
    """
    values = data.get("values", {})
    if not isinstance(values, Mapping) or not all(isinstance(each, str | None) for each in values.values()):
        raise UsageError("'values' maps names of values to names of random variables or null.")
    return {str(name): variable or None for name, variable in values.items()}


class _Reader(PlainReader):
    """A plain reader for which some values are bound from outside."""

    def __init__(self, text: str, scope: Scope, values: Mapping[str, str | None]) -> None:
        super().__init__(text, scope)
        self._bound = {name: None if variable is None else Alphabet(variable) for name, variable in values.items()}

    def whole_alphabet(self) -> Term:
        alphabet = self.alphabet()
        self.end()
        return alphabet

    def whole_law(self) -> Term:
        with self._laws(True):
            law = self.expression()
        self.end()
        if not is_law(law):
            raise ReadError("No law", self.text, 0, len(self.text))
        return law
