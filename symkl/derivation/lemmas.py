"""Lemmas: identities that the gallery derives, which other derivations cite by name.

A script with `lemma = RANK` may be cited by the rule `lemma`, whose binding names it and says what its laws or its random
variables stand for. What a citation shows is the lemma's goal, and that only once the kernel has accepted the lemma's own
derivation, under the same base of logs, in which only lemmas of lower rank were cited: no lemma rests on itself.

A lemma speaks of measures alone. A random variable of it may stand for several, disjoint from the others, of one law; a law
of it for any law of total one, all on the same values; what the lemma's givens say of independence has to follow from those
in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from symkl.derivation.context import Binding, Context, refuse
from symkl.derivation.script import Script, lemma_script
from symkl.derivation.step import Bound
from symkl.errors import SymklError, UndefinedTerm, UnknownName
from symkl.language.givens import IndependenceGiven, JointGiven, LawsGiven, MarkovGiven
from symkl.language.plain_reader import read_plain
from symkl.language.scope import MASS
from symkl.language.term import (
    Constant,
    Law,
    Measure,
    Negation,
    Number,
    Plus,
    Quotient,
    RandomVariable,
    Relation,
    Symbol,
    Term,
    Times,
    is_law,
    subterms,
    without_labels,
)
from symkl.theory.independence import independent, stated_independences
from symkl.theory.laws import has_total_one
from symkl.theory.measures import coordinates
from symkl.theory.setting import Setting, setting

LEMMA = "lemma"
"""The rule that cites, and in its binding the name of what is cited."""

NO_LEMMAS = 1
"""Below this rank there is no lemma: what rests on axioms alone."""

_GIVENS = (JointGiven, LawsGiven, IndependenceGiven, MarkovGiven)
_HEADS = (Relation, Plus, Times, Quotient, Negation, Number, Measure, RandomVariable, Law)


@dataclass(frozen=True, slots=True)
class Lemma:
    """What a lemma shows, under its own givens."""

    script: Script
    goal: Relation
    setting: Setting


@cache
def stated(name: str) -> Lemma:
    """What a lemma says, not yet shown.

    Raises: UnknownName where no derivation of that name is a lemma, Rejection where its goal or its givens are not those of one.
    """
    script = lemma_script(name)
    known = setting(script.givens)
    goal = read_plain(script.goal, known.scope)
    if not isinstance(goal, Relation) or goal.operators != ("=",) or not all(isinstance(p, _HEADS) for p in subterms(goal)):
        raise refuse(f"{name} says more than an equation of measures.")
    if not all(isinstance(given, _GIVENS) for given in known.givens):
        raise refuse(f"{name} rests on givens that no citation carries over.")
    of_laws = any(isinstance(part, Law) for part in subterms(goal))
    if of_laws and (known.scope.variables or any(len(law.variables) != 1 for law in known.scope.laws.values())):
        raise refuse(f"{name} speaks of marginal laws.")
    return Lemma(script, goal, known)


@cache
def shown(name: str, log_base: str) -> Lemma:
    """A lemma whose derivation the kernel has accepted under a base of logs.

    Raises: as `stated`, UsageError for a base that it is not for, ScriptError where its script does not run.
    """
    from symkl.derivation.run import run

    known = stated(name)
    if without_labels(run(known.script, {}, log_base).goal) != known.goal:
        raise refuse(f"{name} is derived with another goal.")
    return known


def cited(term: Term, binding: Binding, context: Context) -> Term:
    """The other side of the lemma that the binding names, for the left side of its instance.

    Raises: Rejection where the lemma may not be cited here, or says something else.
    """
    name = binding.get(LEMMA)
    if not isinstance(name, str):
        raise refuse("A citation names its lemma.")
    try:
        rank = lemma_script(name).lemma
        if context.below is not None and rank >= context.below:
            raise refuse(f"{name} may not be cited here.")
        left, right = instance(shown(name, base_of(context.setting)), binding, context.setting).args
    except (UnknownName, UndefinedTerm) as error:
        raise refuse(str(error)) from error
    except SymklError as error:
        raise refuse(f"{name} is not shown here: {error}") from error
    if without_labels(term) != left:
        raise refuse(f"{name} speaks of another term.")
    return right


def base_of(here: Setting) -> str:
    """The base of the logs in force, as `run` takes it.

    Raises: Rejection for a base that is neither e nor a number nor a letter.
    """
    base = here.scope.log_base
    if not isinstance(base, Constant | Number | Symbol):
        raise refuse("The base of the logs is none that a lemma is derived for.")
    return here.write(base)


def instance(known: Lemma, binding: Mapping[str, Bound], here: Setting) -> Relation:
    """The lemma with what the binding says in the place of its laws and random variables.

    Raises: Rejection where its givens do not hold there.
    """
    scope = known.setting.scope
    variables = {name: _group(binding.get(name), name) for name in scope.variables}
    laws = {} if variables else {name: _law(binding.get(name), name, here) for name in scope.laws}
    if variables:
        _check_variables(known, variables, here)
    elif len({coordinates(law, here) for law in laws.values()}) != 1:
        raise refuse("The laws of a lemma are on the same values.")
    made = _substituted(known.goal, variables, laws)
    if not isinstance(made, Relation):
        raise refuse("The lemma is no statement.")
    return made


def _group(bound: Bound | None, name: str) -> tuple[RandomVariable, ...]:
    found = bound if isinstance(bound, tuple) else ()
    variables = tuple(each for each in found if isinstance(each, RandomVariable))
    if not variables or len(variables) < len(found):
        raise refuse(f"{name} has to stand for one random variable or more.")
    return variables


def _law(bound: Bound | None, name: str, here: Setting) -> Term:
    if not isinstance(bound, Term) or not is_law(bound) or not has_total_one(bound, here):
        raise refuse(f"{name} has to stand for a law of total one.")
    for part in subterms(bound):
        if isinstance(part, Law) and (part.marginal.given or here.scope.laws[part.marginal.law].entries != MASS):
            raise refuse(f"{name} has to stand for a law of masses without a condition.")
    return bound


def _check_variables(known: Lemma, variables: Mapping[str, tuple[RandomVariable, ...]], here: Setting) -> None:
    names = [each.name for group in variables.values() for each in group]
    laws = {here.scope.variables.get(name, "") for name in names}
    if len(set(names)) < len(names) or len(laws) != 1 or not laws <= here.scope.laws.keys():
        raise refuse("The random variables of a lemma stand for different ones of one law.")
    scope = known.setting.scope
    if {scope.laws[law].entries for law in scope.variables.values()} != {here.scope.laws[law].entries for law in laws}:
        raise refuse("The lemma is for laws of another kind.")

    def together(group: frozenset[str]) -> frozenset[str]:
        return frozenset(each.name for name in group for each in variables[name])

    for stated in stated_independences(known.setting):
        left, right, condition = map(together, stated)
        if not independent(left, right, condition, here):
            raise refuse("No given says that these variables are independent.")


def _substituted(term: Term, variables: Mapping[str, tuple[RandomVariable, ...]], laws: Mapping[str, Term]) -> Term:
    match term:
        case Measure(name, separators, args) if variables:
            found: list[Term] = []
            between: list[str] = []
            for number, part in enumerate(args):
                group = variables[part.name] if isinstance(part, RandomVariable) else ()
                between += [separators[number - 1]] if number else []
                between += [","] * (len(group) - 1)
                found += group
            return Measure(name, found, between)
        case Law(marginal, _) if not variables:
            return laws[marginal.law]
        case _:
            return term.with_args(_substituted(part, variables, laws) for part in term.args)
