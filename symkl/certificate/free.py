"""Values that nothing in a line binds, with the alphabets they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from symkl.errors import NoImage
from symkl.language.term import Binder, Law, Marginal, Mass, RandomVariable, Relation, Term, Value, free_names
from symkl.theory.setting import Setting


def free_values(terms: Iterable[Term], setting: Setting) -> Mapping[str, Term]:
    """The free values of some lines, each with its alphabet.

    Raises: NoImage for a value that stands on two alphabets, or on none that is known.
    """
    found: dict[str, Term | None] = {}
    for term in terms:
        _walk(term, frozenset(), setting, found)
    values = {}
    for name, alphabet in found.items():
        if alphabet is None:
            raise NoImage(f"Nothing says what alphabet {name} belongs to.")
        values[name] = alphabet
    return values


def _walk(term: Term, bound: frozenset[str], setting: Setting, found: dict[str, Term | None]) -> None:
    if isinstance(term, Value):
        if term.name not in bound:
            found.setdefault(term.name, None)
        return
    if isinstance(term, Relation) and isinstance(term.args[0], RandomVariable):
        value, alphabet = term.args[1], setting.scope.alphabet_of(term.args[0].name)
        if isinstance(value, Value) and value.name not in bound:
            found[value.name] = alphabet
        return
    if isinstance(term, Mass):
        _of_law(term.marginal, (*term.marginal.of, *term.marginal.given), term.args, bound, setting, found)
    if isinstance(term, Law):
        _of_law(term.marginal, term.marginal.given, term.args, bound, setting, found)
    if isinstance(term, Binder):
        for domain in term.domains:
            _walk(domain, bound, setting, found)
        _walk(term.body, bound | set(term.names), setting, found)
        return
    if free_names(term):
        for part in term.args:
            _walk(part, bound, setting, found)


def _of_law(
    marginal: Marginal,
    variables: Sequence[str],
    values: Sequence[Term],
    bound: frozenset[str],
    setting: Setting,
    found: dict[str, Term | None],
) -> None:
    law = setting.scope.laws.get(marginal.law)
    for variable, value in zip(variables, values, strict=False):
        if not isinstance(value, Value) or value.name in bound or law is None:
            continue
        alphabet = law.alphabet(variable)
        known = found.get(value.name)
        if known not in (None, alphabet):
            raise NoImage(f"{value.name} stands on two alphabets.")
        found[value.name] = alphabet
