"""Free values of concrete alphabets: a statement about p[i] with P on {1..3} is one about each of its masses."""

from __future__ import annotations

from symkl.judge.budget import OutsideFragment
from symkl.language.term import Mass, Number, Outcome, Outcomes, Range, Term, Value, free_names, subterms
from symkl.theory.setting import Setting

Element = int | str


STATEMENTS = 64
"""A free value of a concrete alphabet stands for each element; so many statements at most."""


def instances(term: Term, setting: Setting) -> list[dict[str, Element]]:
    """What the free values that index laws on concrete alphabets stand for: every combination of elements."""
    found: list[dict[str, Element]] = [{}]
    for name, elements in _of_concrete_alphabets(term, setting).items():
        if len(found) * len(elements) > STATEMENTS:
            raise OutsideFragment(f"free values that stand for more than {STATEMENTS} statements")
        found = [{**known, name: element} for known in found for element in elements]
    return found


def _of_concrete_alphabets(term: Term, setting: Setting) -> dict[str, tuple[Element, ...]]:
    free = free_names(term) - setting.scope.numbers
    found: dict[str, tuple[Element, ...]] = {}
    if not free:
        return found
    for part in subterms(term):
        if not isinstance(part, Mass):
            continue
        law = setting.scope.laws.get(part.marginal.law)
        if law is None:
            continue
        for variable, value in zip(part.marginal.of + part.marginal.given, part.args, strict=True):
            if isinstance(value, Value) and value.name in free:
                elements = _elements(law.alphabet(variable))
                if elements:
                    found[value.name] = elements
    return found


def _elements(alphabet: Term) -> tuple[Element, ...]:
    match alphabet:
        case Outcomes(values):
            return tuple(v.name if isinstance(v, Outcome) else int(v.value) for v in values if isinstance(v, Outcome | Number))
        case Range(Number(low), Number(high)):
            return tuple(range(int(low), int(high) + 1))
        case _:
            return ()
