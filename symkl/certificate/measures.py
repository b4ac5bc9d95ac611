"""Measures as the text of a proof assistant: the prelude's definition of each, at the masses of the laws or random variables.

The definitions stand in the prelude and are its own; that they agree with those of measures.toml is shown wherever a step
unfolds a measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from symkl.errors import NoImage
from symkl.language.grouping import groups
from symkl.language.term import Law, Mass, Measure, RandomVariable, Relation, Term, Value, free_names, fresh_name, is_law
from symkl.theory.measures import Coordinate, coordinates, definition_of

if TYPE_CHECKING:
    from symkl.certificate.terms import Env, Terms

OF_LAWS = {"entropy": "Entropy", "cross-entropy": "CrossEntropy", "kl": "KL", "jensen-shannon": "JensenShannon"}
OF_NUMBERS = {"binary-entropy": "BinaryEntropy", "binary-entropy-h": "BinaryEntropy"}
OF_VARIABLES = {
    "joint-entropy": "Entropy",
    "conditional-entropy": "ConditionalEntropy",
    "mutual-information": "MutualInformation",
    "conditional-mutual-information": "ConditionalMutualInformation",
}


def measure(terms: Terms, found: Measure, env: Env) -> str:
    """A measure as the prelude defines it.

    Raises: NoImage for a measure that the prelude does not have.
    """
    slug = definition_of(found).slug
    log = terms.log(terms.setting.scope.log_base, env)
    log = f"({log})" if " " in log else log
    if slug in OF_NUMBERS:
        return f"BinaryEntropy {log} {terms.real(found.args[0], env, 0)}"
    if slug in OF_LAWS:
        return _of_laws(terms, f"{OF_LAWS[slug]} {log}", found.args, env)
    if slug == "weighted-jensen-shannon":
        weight, *laws = found.args
        return _of_laws(terms, f"WeightedJensenShannon {log} {terms.real(weight, env, 0)}", laws, env)
    if slug == "conditional-kl":
        return _conditional_kl(terms, log, found.args, env)
    if slug in OF_VARIABLES:
        return _of_variables(terms, OF_VARIABLES[slug], log, found, env)
    raise NoImage(f"{terms.setting.write(found)} has no certificate: the prelude has no such measure.")


def _of_laws(terms: Terms, head: str, laws: Sequence[Term], env: Env) -> str:
    reference = coordinates(laws[0], terms.setting)
    alphabet = terms.notation.pairs([terms.alphabet(c.alphabet) for c in reference])
    functions = [terms.mass_function(law, _aligned(law, reference, terms), env) for law in laws]
    return " ".join([head, alphabet, *functions])


def _aligned(law: Term, reference: Sequence[Coordinate], terms: Terms) -> list[str]:
    """The variables of a law in the order of another's: by name where the names agree, else by position."""
    own = [c.variable for c in coordinates(law, terms.setting)]
    names = [c.variable for c in reference]
    return names if set(own) == set(names) else own


def _conditional_kl(terms: Terms, log: str, laws: Sequence[Term], env: Env) -> str:
    if len(laws) != 3 or not all(isinstance(law, Law) and is_law(law) for law in laws):
        raise NoImage("A conditional divergence has a certificate where it is between two conditional laws by name.")
    first, second, condition = laws
    conditions = coordinates(condition, terms.setting)
    of = coordinates(first, terms.setting)
    above, below = ([terms.names.of("value", c.variable.lower()) for c in group] for group in (conditions, of))
    kernels = []
    at_names = [c.variable.lower() for c in (*conditions, *of)]
    for law in (first, second):
        if not isinstance(law, Law) or not set(law.marginal.given) <= {c.variable for c in conditions}:
            raise NoImage("The conditional laws are given other values than the law of the condition has.")
        at = {c.variable: Value(c.variable.lower()) for c in (*conditions, *of)}
        if law.args and list(law.args) != [at[name] for name in law.marginal.given]:
            raise NoImage("A conditional law at a value of its own has no certificate inside a conditional divergence.")
        mass = Mass(law.marginal, [at[name] for name in (*law.marginal.of, *law.marginal.given)])
        binders = f"{terms.notation.bound(above)} {terms.notation.bound(below)}"
        kernels.append(f"(fun {binders} => {terms.real(mass, without_values(env, at_names))})")
    weights = terms.mass_function(condition, [c.variable for c in conditions], env)
    alphabets = [terms.notation.pairs([terms.alphabet(c.alphabet) for c in group]) for group in (conditions, of)]
    return " ".join([f"ConditionalKL {log}", *alphabets, weights, *kernels])


def _of_variables(terms: Terms, head: str, log: str, found: Measure, env: Env) -> str:
    listed, events = _variables_and_events(found)
    if head == "ConditionalEntropy":
        listed = [listed[1], listed[0]]
    names = [name for group in listed for name in group]
    if len(set(names)) < len(names):
        raise NoImage(f"{terms.setting.write(found)}: a random variable that occurs twice has no certificate.")
    law = terms.setting.scope.joint_law([*names, *events])
    if law is None:
        raise NoImage(f"No given says what law {', '.join([*names, *events])} have together.")
    alphabets = [terms.notation.pairs([terms.alphabet(law.alphabet(name)) for name in group]) for group in listed]
    binders = [terms.notation.bound([terms.names.of("value", _value(name, events)) for name in group]) for group in listed]
    of = law.in_order(names)
    bound = [_value(name, events) for name in names]
    values = [Value(_value(name, events)) for name in of]
    mass = Mass(law.marginal(of, tuple(events)), [*values, *events.values()])
    if not events and names == list(law.variables) and all(len(group) == 1 for group in listed):
        function = terms.law(law.name, env)
    else:
        function = f"(fun {' '.join(binders)} => {terms.real(mass, without_values(env, bound))})"
    return " ".join([head, log, *alphabets, function])


def without_values(env: Env, names: Sequence[str]) -> Env:
    """What stands for the names outside a binder of these values."""
    return {key: text for key, text in env.items() if key[0] != "value" or key[1] not in names}


def _variables_and_events(found: Measure) -> tuple[list[list[str]], dict[str, Term]]:
    """The random variables group by group, the condition last, and the events: those that are said to have a value."""
    listed: list[list[str]] = []
    events: dict[str, Term] = {}
    of = groups(found)
    for group in (*of.measured, of.given):
        names: list[str] = []
        for argument in group:
            variable = argument.args[0] if isinstance(argument, Relation) else argument
            if not isinstance(variable, RandomVariable):
                raise NoImage("A measure of random variables has other arguments.")
            if isinstance(argument, Relation):
                events[variable.name] = argument.args[1]
            else:
                names.append(variable.name)
        listed += [names] if names else []
    return listed, events


def _value(variable: str, events: Mapping[str, Term]) -> str:
    """A name for the values of a variable, apart from the values in the events."""
    return fresh_name(variable.lower(), {name for value in events.values() for name in free_names(value)})
