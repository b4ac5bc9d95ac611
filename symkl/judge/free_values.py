"""Free values of concrete alphabets: a statement about p[i] with P on {1..3} is one about each of its masses."""

from __future__ import annotations

from symkl.language.term import Mass, Number, Outcomes, Range, Term, Value, free_names, subterms
from symkl.theory.setting import Setting


def elements_of_free_values(term: Term, setting: Setting) -> dict[str, tuple[Term, ...]]:
    """Each free value that indexes a law on a concrete alphabet, with the elements of that alphabet."""
    free = free_names(term)
    found: dict[str, tuple[Term, ...]] = {}
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


def _elements(alphabet: Term) -> tuple[Term, ...]:
    match alphabet:
        case Outcomes(values):
            return values
        case Range(Number(low), Number(high)):
            return tuple(Number(k) for k in range(int(low), int(high) + 1))
        case _:
            return ()
