"""The closed list of rules that are Python: what each makes of the term at a place.

The kernel replays these functions; they search for nothing. Each takes the term, the binding that the step carries, the
direction and the context, and returns what stands there afterwards, or raises a named rejection. `rearrange` and
`arithmetic` take their result from the binding and check that it is the same polynomial.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from math import prod

from symkl.derivation.computed_entries import complement, delta_sum, diff_entry, elements, given, split_last
from symkl.derivation.computed_masses import condition, conditional_mass, independence, marginalise, substitute_masses
from symkl.derivation.context import Binding, Context, refuse, supplied, whole_number
from symkl.derivation.lemmas import cited
from symkl.derivation.polynomial import fraction, is_constant, multiplied, polynomial
from symkl.errors import UndefinedTerm
from symkl.language.term import (
    Expectation,
    Measure,
    Product,
    RandomVariable,
    Sum,
    Term,
    free_names,
    product_of,
    substitute,
    sum_of,
    without_labels,
)
from symkl.theory.measures import unfold, written_as_sum
from symkl.theory.wellformed import malformed

MOST_TERMS = 100_000
"""A finite sum of more terms is not written out."""


def compute(name: str, term: Term, binding: Binding, backward: bool, context: Context) -> Term:
    """What a computed rule makes of a term.

    From right to left, the binding says under `from` what the term comes from; the rule has to make the term of it.

    Raises: Rejection where it does not apply.
    """
    try:
        if not backward:
            return _RULES[name](term, binding, context)
        source = supplied(binding, "from")
        if fault := malformed(source, context.setting):
            raise refuse(f"{fault}.")
        made = _RULES[name](source, binding, context)
    except UndefinedTerm as error:
        raise refuse(str(error)) from error
    if without_labels(made) != without_labels(term):
        raise refuse("From right to left, the rule starts from another term.")
    return source


# Algebra


def _rearrange(term: Term, binding: Binding, _context: Context) -> Term:
    target = supplied(binding, "to")
    if polynomial(without_labels(term)) != polynomial(without_labels(target)):
        raise refuse("The two are not the same polynomial in their logs, masses and other parts.")
    return target


def _arithmetic(term: Term, binding: Binding, context: Context) -> Term:
    target = _rearrange(term, binding, context)
    if not is_constant(polynomial(without_labels(term))):
        raise refuse("Arithmetic is for numbers alone.")
    return target


def _fractions(term: Term, binding: Binding, _context: Context) -> Term:
    """Two expressions that are equal once both are multiplied by their denominators, none of which is zero."""
    target = supplied(binding, "to")
    left, right = (fraction(without_labels(each)) for each in (term, target))
    if multiplied(left.above, right.below) != multiplied(right.above, left.below):
        raise refuse("The two are not equal as fractions.")
    return target


# Sums


def _write_out(term: Term, _binding: Binding, _context: Context) -> Term:
    if not isinstance(term, Sum | Product):
        raise refuse("Only a finite sum or product is written out.")
    alphabets = [elements(domain, MOST_TERMS) for domain in term.domains]
    found = [alphabet for alphabet in alphabets if alphabet is not None]
    if len(found) < len(alphabets) or prod(map(len, found)) > MOST_TERMS:
        raise refuse("The alphabet is not one that can be written out.")
    terms = [substitute(term.body, dict(zip(term.names, values, strict=True))) for values in product(*found)]
    return sum_of(terms) if isinstance(term, Sum) else product_of(terms)


def _expectation_as_sum(term: Term, _binding: Binding, context: Context) -> Term:
    if not isinstance(term, Expectation):
        raise refuse("Only an expectation is a weighted sum.")
    if not free_names(term.domains[0]).isdisjoint(term.names):
        raise refuse("The law names a value that the expectation binds.")
    return written_as_sum(term, context.setting)


# Measures and earlier results


def _unfold(term: Term, binding: Binding, context: Context) -> Term:
    if not isinstance(term, Measure):
        raise refuse("Only a measure has a definition.")
    return unfold(term, context.setting, whole_number(binding, "form"))


def _variable_order(term: Term, _binding: Binding, context: Context) -> Term:
    """The same measure with each run of random variables between commas in the order of their law."""
    if not isinstance(term, Measure) or not all(isinstance(part, RandomVariable) for part in term.args):
        raise refuse("Only a measure of random variables names them in an order.")
    scope = context.setting.scope
    groups: list[list[RandomVariable]] = [[]]
    for part, separator in zip(term.args, (",", *term.separators), strict=True):
        groups += [] if separator == "," else [[]]
        groups[-1] += [part] if isinstance(part, RandomVariable) else []
    laws = {scope.laws[scope.variables[part.name]].variables for group in groups for part in group}
    order = [name for variables in sorted(laws) for name in variables]
    ordered = [part for group in groups for part in sorted(group, key=lambda part: order.index(part.name))]
    if list(term.args) == ordered:
        raise refuse("The variables stand in that order.")
    return Measure(term.name, ordered, term.separators)


def _result(term: Term, binding: Binding, context: Context) -> Term:
    number = whole_number(binding, "number")
    if not 1 <= number <= len(context.results):
        raise refuse(f"There is no earlier result {number}.")
    shown = context.results[number - 1]
    if shown.operators != ("=",):
        raise refuse("The earlier result is no equation.")
    left, right = shown.args
    if without_labels(term) != without_labels(left):
        raise refuse("The earlier result speaks of another term.")
    return right


_RULES: Mapping[str, Callable[[Term, Binding, Context], Term]] = {
    "arithmetic": _arithmetic,
    "complement": complement,
    "condition": condition,
    "conditional-mass": conditional_mass,
    "delta-sum": delta_sum,
    "diff-entry": diff_entry,
    "expectation-as-sum": _expectation_as_sum,
    "fractions": _fractions,
    "given": given,
    "independence": independence,
    "lemma": cited,
    "marginalise": marginalise,
    "rearrange": _rearrange,
    "result": _result,
    "split-last": split_last,
    "substitute-masses": substitute_masses,
    "unfold": _unfold,
    "variable-order": _variable_order,
    "write-out": _write_out,
}
