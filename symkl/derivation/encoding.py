"""Places and substitutions as plain data, for JSON and for scripts.

    {"path": [0, 1], "slice": [1, 3], "binding": {"a": {"term": "p"}, "i": {"name": "i"}, "bs": {"run": ["q", "r"]}}}

`slice` is null or left away where the place is a whole argument. An alphabet is {"alphabet": "1..n"}, and bound names with
their alphabets are {"values": [{"name": "x", "in": "X"}]}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from symkl.derivation.step import Application, Bound, Place
from symkl.errors import ReadError, UsageError
from symkl.language.plain_reader import PlainReader, read_plain
from symkl.language.term import Alphabet, Outcomes, Range, Term, Value
from symkl.theory.setting import Setting

_ALPHABETS = (Alphabet, Outcomes, Range)


def write_application(application: Application, setting: Setting) -> dict[str, Any]:
    """An application as plain data."""
    place = application.place
    return {
        "path": list(place.path),
        "slice": None if place.run is None else list(place.run),
        "binding": {name: _written(bound, setting) for name, bound in application.binding.items()},
    }


def read_applications(data: Iterable[object], setting: Setting, where: str) -> list[Application]:
    """Applications from plain data.

    Raises: UsageError that says where the data is not of this form.
    """
    return [_application(each, setting, where) for each in data]


def _written(bound: Bound, setting: Setting) -> dict[str, Any]:
    if isinstance(bound, _ALPHABETS):
        return {"alphabet": setting.write(bound)}
    if isinstance(bound, Term):
        return {"term": setting.write(bound)}
    if isinstance(bound, str):
        return {"name": bound}
    if any(isinstance(term, _ALPHABETS) for term in bound):
        pairs = zip(bound[::2], bound[1::2], strict=True)
        return {"values": [{"name": setting.write(value), "in": setting.write(alphabet)} for value, alphabet in pairs]}
    return {"run": [setting.write(term) for term in bound]}


def _application(data: object, setting: Setting, where: str) -> Application:
    if not isinstance(data, Mapping):
        raise UsageError(f"{where}: a place is a table with path, slice and binding.")
    path, run, binding = data.get("path"), data.get("slice"), data.get("binding", {})
    if not isinstance(path, list) or not _whole_numbers(path) or not (run is None or (_whole_numbers(run) and len(run) == 2)):
        raise UsageError(f"{where}: a path is a list of whole numbers, a slice a list of two.")
    if not isinstance(binding, Mapping):
        raise UsageError(f"{where}: a binding is a table.")
    bound = {str(name): _bound(value, setting, f"{where}, '{name}'") for name, value in binding.items()}
    return Application(Place(tuple(path), None if run is None else (run[0], run[1])), bound)


def _whole_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, int) and not isinstance(item, bool) for item in value)


def _bound(value: object, setting: Setting, where: str) -> Bound:
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, content),) = value.items()
        if kind == "term" and isinstance(content, str):
            return _term(content, setting, where)
        if kind == "name" and isinstance(content, str):
            return content
        if kind == "alphabet" and isinstance(content, str):
            return _alphabet(content, setting, where)
        if kind == "values" and isinstance(content, list):
            return tuple(part for item in content for part in _value(item, setting, where))
        if kind == "run" and isinstance(content, list) and all(isinstance(item, str) for item in content):
            return tuple(_term(item, setting, where) for item in content)
    raise UsageError(f"{where}: what a name stands for is a term, a name, a run, an alphabet or values.")


def _value(data: object, setting: Setting, where: str) -> tuple[Term, Term]:
    if not isinstance(data, Mapping) or not isinstance(data.get("name"), str) or not isinstance(data.get("in"), str):
        raise UsageError(f"{where}: a bound value has a name and an alphabet.")
    return Value(data["name"]), _alphabet(data["in"], setting, where)


def _alphabet(text: str, setting: Setting, where: str) -> Term:
    try:
        reader = PlainReader(text, setting.scope)
        alphabet = reader.alphabet()
        reader.end()
        return alphabet
    except ReadError as error:
        raise UsageError(f"{where}: {error}") from error


def _term(text: str, setting: Setting, where: str) -> Term:
    try:
        return read_plain(text, setting.scope)
    except ReadError as error:
        raise UsageError(f"{where}: {error}") from error
