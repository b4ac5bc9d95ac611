"""Closed forms of divergences and entropies of families of laws, read from closed_forms.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from symkl.errors import KnowledgeError, ReadError
from symkl.language.plain_reader import read_plain
from symkl.language.scope import Scope
from symkl.language.term import Term, substitute

FILE = "closed_forms.toml"
_KEYS = frozenset({"written", "parameters", "letters", "kl", "entropy", "source"})


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """A family: its parameters, the divergence between two of its laws, the entropy of one; in nats."""

    slug: str
    parameters: tuple[str, ...]
    letters: tuple[str, ...]
    kl: Term
    entropy: Term | None
    source: str

    def divergence(self, first: Sequence[Term], second: Sequence[Term]) -> Term:
        """The divergence of the law with the second parameters from that with the first."""
        values = {f"{name}_1": value for name, value in zip(self.parameters, first, strict=True)}
        return substitute(self.kl, values | {f"{name}_2": value for name, value in zip(self.parameters, second, strict=True)})

    def entropy_at(self, parameters: Sequence[Term]) -> Term | None:
        """The entropy of the law with these parameters."""
        if self.entropy is None:
            return None
        return substitute(self.entropy, dict(zip(self.parameters, parameters, strict=True)))


@cache
def closed_forms() -> Mapping[str, tuple[ClosedForm, ...]]:
    """The families by each way to write them, in the order in which they are tried.

    Raises: KnowledgeError that names the table.
    """
    tables = tomllib.loads(files("symkl.theory").joinpath(FILE).read_text(encoding="utf-8"))
    found: dict[str, tuple[ClosedForm, ...]] = {}
    for slug, table in tables.items():
        if table.keys() - _KEYS or not {"written", "parameters", "kl", "source"} <= table.keys():
            raise KnowledgeError(FILE, slug, f"the keys have to be {', '.join(sorted(_KEYS))}")
        names = tuple(table["parameters"])
        scope = Scope(numbers=frozenset((*names, *(f"{name}_{k}" for name in names for k in (1, 2)))))
        try:
            kl = read_plain(table["kl"], scope)
            entropy = read_plain(table["entropy"], scope) if "entropy" in table else None
        except ReadError as error:
            raise KnowledgeError(FILE, slug, str(error)) from error
        form = ClosedForm(slug, names, tuple(table.get("letters", ())), kl, entropy, table["source"])
        for written in table["written"]:
            found[written] = (*found.get(written, ()), form)
    return found
