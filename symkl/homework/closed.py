"""Divergences and entropies of laws named by a family, KL(N(mu, sigma^2) || N(0, 1)), in closed form."""

from __future__ import annotations

from symkl.language.term import Exp, Function, Measure, Symbol, Term, subterms
from symkl.theory.closed_forms import closed_forms


def in_closed_form(term: Term) -> Term:
    """The term with the measures of laws named by a family worked out."""
    if not any(isinstance(part, Measure) for part in subterms(term)):
        return term
    args = [in_closed_form(argument) for argument in term.args]
    if isinstance(term, Measure):
        found = _of(term)
        if found is not None:
            return found
    return term.with_args(args)


def has_family(term: Term) -> bool:
    """Whether a term measures a law that is named by a family."""
    return any(isinstance(part, Measure) and _of(part) is not None for part in subterms(term))


def _of(measure: Measure) -> Term | None:
    """A measure in closed form; None where a law in it is of no known family, or its parameters are not seen to be numbers."""
    names = {_name(argument) for argument in measure.args}
    parameters = [argument.args for argument in measure.args]
    symbols = [part.name for argument in measure.args for part in subterms(argument) if isinstance(part, Symbol)]
    if len(names) != 1 or any(name[0].isupper() for name in symbols):
        return None
    last = {values[-1].name.split("_")[0] for values in parameters if values and isinstance(values[-1], Symbol)}
    for form in closed_forms().get(names.pop(), ()):
        if all(len(values) == len(form.parameters) for values in parameters) and (not form.letters or last & set(form.letters)):
            if measure.name == "KL" and len(parameters) == 2:
                return form.divergence(*parameters)
            return form.entropy_at(parameters[0]) if measure.name in ("H", "h") and len(parameters) == 1 else None
    return None


def _name(term: Term) -> str:
    return "Exp" if isinstance(term, Exp) else term.name if isinstance(term, Function) else ""
