"""What the field writes without saying it: M is the mean of P and Q, sigma the logistic function, KL(q || p) the posterior's.

Each finder gives the interpretations that its custom allows for the terms of a display.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from symkl.homework.interpretation import Interpretation
from symkl.homework.settings import as_law, with_given
from symkl.language.scope import MASS, POSITIVE
from symkl.language.term import (
    Derivative,
    E,
    Exp,
    Extremum,
    Function,
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    difference,
    free_names,
    fresh_name,
    substitute,
    subterms,
)
from symkl.theory.affine import affine, constant

Laws = Mapping[str, Marginal]


def customs(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """The interpretations that customs of the field allow."""
    for find in (_mean_law, _logistic, _same_model, _posterior, _varied_freely, _observations, _other_outcome):
        yield from find(current, terms)


def _laws_of(terms: Sequence[Term]) -> dict[str, Marginal]:
    return {part.marginal.law: part.marginal for term in terms for part in subterms(term) if isinstance(part, Mass | Law)}


# Laws


def _mean_law(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """M (or m) in KL(P || M) and KL(Q || M): the mean of the two laws."""
    against: dict[str, dict[str, Law]] = {}
    for term in terms:
        for part in subterms(term):
            match part:
                case Measure("KL", _, (Law() as law, Law() as mean)) if mean.marginal.law in ("M", "m"):
                    against.setdefault(mean.marginal.law, {})[law.marginal.law] = law
    for name, laws in against.items():
        if len(laws) == 2:
            first, second = laws.values()
            one, other = first.marginal, second.marginal
            said = f"{name} is ({one.law} + {other.law})/2"
            yield current.then(said, None, partial(_as_mean, name=name, one=one, other=other))


def _as_mean(term: Term, name: str, one: Marginal, other: Marginal) -> Term:
    if isinstance(term, Mass | Law) and term.marginal.law == name:
        return Quotient(Plus(*(type(term)(marginal, term.args) for marginal in (one, other))), Number(2))
    return term.with_args([_as_mean(argument, name, one, other) for argument in term.args])


def _same_model(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """p(z) beside p_theta(x,z): one model, of which the parameter is written only now and then."""
    laws = current.setting.scope.laws
    forms = {(part.marginal.law, part.marginal.of, part.marginal.given) for term in terms for part in _parts_of_laws(term)}
    for name in sorted(_laws_of(terms)):
        for model in sorted(laws):
            # Who writes p(x) and p_theta(x) means two laws.
            if any((model, *form) in forms for law, *form in forms if law == name):
                continue
            if re.fullmatch(rf"{re.escape(name)}_[a-z]+", model) and name in laws:
                both = laws[name], laws[model]
                if all(law.entries == both[0].entries for law in both) and set(both[0].variables) <= set(both[1].variables):
                    yield current.then(f"{name} is {model}", None, partial(_renamed_law, name=name, model=model))
                    kernel = _kernel_of(terms, name, model)
                    if kernel is not None:
                        said = f"{name} is {current.setting.write(kernel)}"
                        yield current.then(said, None, partial(_replaced_law, name=name, kernel=kernel))


def _parts_of_laws(term: Term) -> Iterator[Mass | Law]:
    """The masses of a term, and the laws that it measures; not those that values are only drawn from."""
    for part in subterms(term):
        if isinstance(part, Mass):
            yield part
        elif isinstance(part, Measure):
            yield from (argument for argument in part.args if isinstance(argument, Law))


def _kernel_of(terms: Sequence[Term], name: str, model: str) -> Law | None:
    """The conditional law q_phi(z|x) that a bare q stands for: the one form of the model, where q is only drawn from."""
    kernels: set[Law] = set()
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Mass | Law) and part.marginal.law == model:
                marginal = part.marginal
                given = part.args[len(marginal.of) :] if isinstance(part, Mass) else part.args
                kernels.add(Law(marginal, given))
            elif isinstance(part, Mass) and part.marginal.law == name:
                return None
    kernel = kernels.pop() if len(kernels) == 1 else None
    return kernel if kernel is not None and kernel.args else None


def _replaced_law(term: Term, name: str, kernel: Law) -> Term:
    if isinstance(term, Law) and term.marginal.law == name and term.marginal.of == kernel.marginal.of:
        return kernel
    return term.with_args([_replaced_law(argument, name, kernel) for argument in term.args])


def _renamed_law(term: Term, name: str, model: str) -> Term:
    args = [_renamed_law(argument, name, model) for argument in term.args]
    if isinstance(term, Mass | Law) and term.marginal.law == name:
        return type(term)(replace(term.marginal, law=model, letter=model), args)
    return term.with_args(args)


def _posterior(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """KL(q || p) of a law q of z beside a joint law p of z and x: against p(z|x), where that is written elsewhere."""
    conditionals = {
        (part.marginal.law, part.marginal.of): part
        for term in terms
        for part in subterms(term)
        if isinstance(part, Mass) and part.marginal.given and all(isinstance(value, Value) for value in part.args)
    }
    for term in terms:
        for part in subterms(term):
            match part:
                case Measure("KL", _, (Law() as one, Law() as other)) if set(one.marginal.of) < set(other.marginal.of):
                    found = conditionals.get((other.marginal.law, one.marginal.of))
                    if found is not None and not other.args:
                        law = Law(found.marginal, found.args[len(found.marginal.of) :])
                        said = f"{current.setting.write(part)} is against {current.setting.write(law)}"
                        yield current.then(said, None, partial(_against, whole=other, law=law))
                        return


def _against(term: Term, whole: Law, law: Law) -> Term:
    if isinstance(term, Measure) and term.name == "KL":
        return term.with_args([law if argument == whole else argument for argument in term.args])
    return term.with_args([_against(argument, whole, law) for argument in term.args])


def by_formulas(current: Interpretation, openings: Sequence[tuple[Term, Term]]) -> Iterator[Interpretation]:
    """p_i = e^{z_i} / sum_j e^{z_j}: a row that says what the masses of a law are, where they sum to one."""
    known = current.setting
    for left, right in openings:
        match left:
            case Mass(marginal, (Value(index),)) if marginal.indexed and marginal.law not in known.formulas:
                laws = [part.marginal.law for part in subterms(right) if isinstance(part, Mass) and Value(index) in part.args]
                domains = [known.scope.laws[law].alphabets[0] for law in laws if law in known.scope.laws]
                if domains and marginal.law not in laws and marginal.law in known.scope.laws:
                    formula = f"{marginal.letter}[{index}] = {known.write(_with_exp(right))}"
                    widened = as_law(known, marginal.law, f"{{{known.write(domains[0])}}}", formula)
                    if widened is not None:
                        yield current.then(f"the masses of {marginal.law} are as its row says", widened)


def _with_exp(term: Term) -> Term:
    """The term with powers of e as exponentials."""
    args = [_with_exp(argument) for argument in term.args]
    return Exp(args[1]) if isinstance(term, Power) and term.base == E else term.with_args(args)


# Functions and derivatives


def _logistic(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """sigma(z): the logistic function."""
    calls = [part for term in terms for part in subterms(term) if isinstance(part, Function) and part.name == "sigma"]
    if calls and all(len(call.args) == 1 for call in calls):
        yield current.then("sigma is the logistic function", None, as_logistic)


def as_logistic(term: Term) -> Term:
    """The term with 1/(1 + exp(-z)) for every sigma(z)."""
    args = [as_logistic(argument) for argument in term.args]
    if isinstance(term, Function) and term.name == "sigma":
        return Quotient(Number(1), Plus(Number(1), Exp(Negation(args[0]))))
    return term.with_args(args)


def _varied_freely(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """A derivative by a mass p_i, as in Lagrange's method: the masses are varied as free positive numbers."""
    known = current.setting
    varied = {
        part.variable.marginal.law
        for term in terms
        for part in subterms(term)
        if isinstance(part, Derivative) and isinstance(part.variable, Mass)
    }
    for name in sorted(varied):
        law = known.scope.laws.get(name)
        if law is not None and law.entries == MASS and name not in known.formulas:
            scope = replace(known.scope, laws={**known.scope.laws, name: replace(law, entries=POSITIVE)})
            yield current.then(f"the masses of {name} are varied freely", replace(known, scope=scope))


# Numbers


def zero_logs(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """0 log 0 in a calculation: zero, as for an outcome that does not occur."""
    if any(_without_zero_logs(term) != term for term in terms):
        yield current.then("0 log 0 is 0 by convention", None, _without_zero_logs)


def _without_zero_logs(term: Term) -> Term:
    args = [_without_zero_logs(argument) for argument in term.args]
    logs = [argument for argument in args if isinstance(argument, Log) and _is_zero(argument.args[0])]
    return Number(0) if isinstance(term, Times) and logs and any(map(_is_zero, args)) else term.with_args(args)


def _is_zero(term: Term) -> bool:
    return constant(affine(term)) == 0


def _other_outcome(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """p and q, two numbers and neither 1 - p nor 1 - q: the probabilities of the two outcomes of one coin."""
    parts = {part for term in terms for part in subterms(term)}
    used = {part for part in parts if isinstance(part, Symbol) and part.name in ("p", "q")}
    moved = any(isinstance(part, Derivative | Extremum) for part in parts)
    if len(used) < 2 or moved or any(isinstance(part, Plus) and _is_complement(part) for part in parts):
        return
    coin = with_given(current.setting, "p > 0", "p < 1")
    if coin is not None:
        yield current.then("q is 1 - p", coin, partial(substitute, values={"q": difference(Number(1), Symbol("p"))}))


def _is_complement(total: Plus) -> bool:
    return Number(1) in total.args and any(Negation(Symbol(name)) in total.args for name in "pq")


# Data

_HATS = ("_hat", "_tilde", "_data", "_emp", "tilde", "hat")


def _observations(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """A sum over observations x_i: n times the mean under the law of the data, which may have a name, p_hat."""
    known = current.setting
    seen: dict[str, str] = {}
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Mass):
                for variable, value in zip(part.marginal.of + part.marginal.given, part.args, strict=True):
                    if isinstance(value, Function) and len(value.args) == 1:
                        seen[value.name] = variable
    if not seen or any("observations" in said for said in current.said):
        return
    variables = tuple(dict.fromkeys(seen.values()))
    found = [law for law in known.scope.laws.values() if law.variables == variables and law.entries == MASS]
    named = next((law for law in found if any(law.name.endswith(hat) for hat in _HATS)), None)
    model = next((law for law in known.scope.laws.values() if set(variables) <= set(law.variables)), None)
    if named is None and model is not None:
        name = fresh_name("data", known.scope.laws)
        named = replace(model, name=name, letter=name, variables=variables, alphabets=tuple(map(model.alphabet, variables)))
    if named is None or named.entries != MASS:
        return
    widened = replace(known, scope=replace(known.scope, laws={**known.scope.laws, named.name: named}))
    said = f"sums over the observations are means under their law {named.name}"
    change = partial(_averaged, seen=seen, marginal=named.marginal(), alphabets=named.alphabets)
    yield current.then(said, widened, change)


def _averaged(term: Term, seen: Mapping[str, str], marginal: Marginal, alphabets: Sequence[Term]) -> Term:
    args = [_averaged(argument, seen, marginal, alphabets) for argument in term.args]
    again = term.with_args(args)
    if not isinstance(again, Sum | Product) or len(again.names) != 1:
        return again
    index = again.names[0]
    names = {variable: fresh_name(variable.lower(), free_names(again)) for variable in marginal.of}
    body = _at_values(again.body, index, {name: Value(names[variable]) for name, variable in seen.items()})
    count = getattr(again.domains[0], "high", None)
    if body == again.body or index in free_names(body) or count is None or isinstance(again, Product):
        return again
    weight = Mass(marginal, map(Value, names.values()))
    return Times(count, Sum(names.values(), alphabets, Times(weight, body)))


def _at_values(term: Term, index: str, values: Mapping[str, Value]) -> Term:
    if isinstance(term, Function) and term.name in values and term.args == (Value(index),):
        return values[term.name]
    return term.with_args([_at_values(argument, index, values) for argument in term.args])
