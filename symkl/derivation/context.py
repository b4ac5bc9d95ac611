"""What a step may rest on, and the words in which a computed rule refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symkl.derivation.step import Bound
from symkl.errors import Rejection
from symkl.language.term import Number, Relation, Term
from symkl.theory.setting import Setting

NOT_APPLICABLE = "the rule does not apply"

Binding = Mapping[str, Bound]


@dataclass(frozen=True, slots=True)
class Context:
    """The givens, what earlier parts have shown, and below which rank lemmas may be cited (None: all of them)."""

    setting: Setting
    results: tuple[Relation, ...] = ()
    below: int | None = None


def refuse(detail: str) -> Rejection:
    """The rejection of a rule that does not apply."""
    return Rejection(NOT_APPLICABLE, detail)


def supplied(binding: Binding, name: str) -> Term:
    """A term that the step has to supply.

    Raises: Rejection where it does not.
    """
    bound = binding.get(name)
    if not isinstance(bound, Term):
        raise refuse(f"The step has to supply the term '{name}'.")
    return bound


def whole_number(binding: Binding, name: str) -> int:
    """A whole number that the step may supply, 0 by default.

    Raises: Rejection for anything else.
    """
    bound = binding.get(name, Number(0))
    if not isinstance(bound, Number) or bound.value.denominator != 1:
        raise refuse(f"'{name}' is a whole number.")
    return int(bound.value)
