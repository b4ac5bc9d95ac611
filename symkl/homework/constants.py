"""Rows up to a constant: a side with `+ const`, and one in proportion to the side before it.

Such a row is right where the two sides, or their logs, differ by what does not depend on one of the names they speak of. It
is wrong only where they differ by something that changes with every one of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from symkl.homework.compare import PROVED, REFUTED, Comparer, Outcome
from symkl.homework.excuses import Excuses
from symkl.homework.names import Names
from symkl.homework.rows import Judged
from symkl.homework.verdicts import CORRECT, GIVEN, UNKNOWN, WRONG
from symkl.language.term import (
    Function,
    Log,
    Mass,
    Negation,
    Plus,
    Symbol,
    Term,
    Value,
    difference,
    free_names,
    law_names,
    subterms,
    sum_of,
)

CONSTANTS = ("const", "constant", "Const", "Constant", "cst", "c", "C")
"""Names that by custom stand for what does not matter."""


def up_to_a_constant(
    operator: str, before: Term, after: Term, comparer: Comparer, above: Names, seen: Names, excuses: Excuses
) -> Judged | None:
    """The verdict where a row has + const, or is a proportionality; None where it is neither.

    `above` is what the rows above speak of, and `seen` that and the sides before this one.
    """
    one, other, says = before, after, "up to what does not depend on {}"
    if operator == "propto":
        one, other, says = Log(before), Log(after), "in proportion, as functions of {}"
    else:
        bare = without_constant(after, seen.opaque | set(comparer.definitions)) if operator == "=" else None
        if bare is None:
            return None
        other = bare
    name = constant_in(one, other, comparer)
    if name is not None:
        return Judged(CORRECT, says.format(name), before=before, operator="=", after=after)
    law = _stated(one, above, excuses.register.of(other))
    if law is not None:
        return Judged(
            GIVEN, f"says what {comparer.setting.write(law)} is, up to its total", before=before, operator="=", after=after
        )
    refuted = never_constant(one, other, comparer)
    if refuted is None:
        return Judged(UNKNOWN, "no name is seen of which the two sides differ by a constant", before=before, after=after)
    flat = _flat_prior(one, other, comparer)
    excuse = f"holds only if the law of {flat} is uniform, which no given says" if flat else excuses.of("=", one, other)
    if excuse:
        return Judged(UNKNOWN, excuse, (), refuted, before, "=", after)
    return Judged(WRONG, f"the two sides differ by no constant: {refuted.reason}", (), None, before, "=", after)


def _flat_prior(before: Term, after: Term, comparer: Comparer) -> str:
    """The value whose law has been left out, as that of a parameter is where it is taken to be uniform."""
    for part in subterms(before):
        if isinstance(part, Mass) and not part.marginal.indexed:
            variables = (*part.marginal.of, *part.marginal.given)
            for variable, value in zip(variables, part.args, strict=True):
                prior = Mass(replace(part.marginal, of=(variable,), given=()), (value,))
                if isinstance(value, Value) and constant_in(before, Plus(after, Log(prior)), comparer) is not None:
                    return value.name
    return ""


def _stated(left: Term, above: Names, others: Names) -> Mass | None:
    """The mass that a first row says of what it is up to its total: q*(z) in proportion to exp(...), log q*(z) = ... + const."""
    mass = left.argument if isinstance(left, Log) else left
    if not isinstance(mass, Mass):
        return None
    law = mass.marginal.law
    known = law in above.laws or law in others.laws or (others.laws and mass.marginal.given)
    return None if known else mass


def without_constant(term: Term, seen: Collection[str]) -> Term | None:
    """The side without `+ const`; None where it has none."""
    terms = summands(term)
    kept = [part for part in terms if not (_is_constant(part) and _name_of(part) not in seen)]
    return sum_of(kept) if kept and len(kept) == len(terms) - 1 else None


def _is_constant(term: Term) -> bool:
    return _name_of(term) in CONSTANTS


def _name_of(term: Term) -> str:
    inner = term.argument if isinstance(term, Negation) else term
    return inner.name if isinstance(inner, Symbol | Function) else ""


def constant_in(before: Term, after: Term, comparer: Comparer) -> str | None:
    """A name that both sides speak of, and their difference not: as functions of it they differ by a constant."""
    gap = difference(before, after)
    for name in _variables(before, after):
        if comparer.independent(gap, name).verdict == PROVED:
            return name
    return None


def never_constant(before: Term, after: Term, comparer: Comparer) -> Outcome | None:
    """The refutation of `+ const`: whatever name either side speaks of, their difference changes with it.

    None where that is not seen of one of the names, and where a law stands for several that could be held fixed.
    """
    sides = (before, after)
    laws = law_names(*sides)
    names = [*sorted(frozenset().union(*map(free_names, sides))), *sorted(laws)]
    if not names or any(_stands_for_several(law, sides) for law in laws):
        return None
    gap = difference(before, after)
    found = [comparer.independent(gap, name) for name in names]
    if any(outcome.verdict != REFUTED for outcome in found):
        return None
    return Outcome(REFUTED, f"what they differ by changes with {', '.join(names)}")


def _stands_for_several(law: str, sides: tuple[Term, Term]) -> bool:
    """Whether a law is written of several values that sums bind, as the factors q(z_1) and q(z_2) are."""
    free = frozenset().union(*map(free_names, sides))
    parts = {part for side in sides for part in subterms(side) if isinstance(part, Mass) and part.marginal.law == law}
    return len({part.marginal.of for part in parts if not free_names(part) & free}) > 1


def _variables(before: Term, after: Term) -> list[str]:
    """What the sides may be seen as functions of: the values that no condition names first, then numbers, then laws."""
    both = free_names(before) & free_names(after)
    conditions = {
        value.name
        for part in subterms(before)
        if isinstance(part, Mass)
        for value in part.args[len(part.marginal.of) :]
        if isinstance(value, Value)
    }
    laws = [law_names(side) for side in (before, after)]
    return [*sorted(both - conditions), *sorted(both & conditions), *sorted(laws[0] & laws[1])]


def summands(term: Term) -> list[Term]:
    """The terms that a side is the sum of."""
    match term:
        case Plus(args):
            return [found for argument in args for found in summands(argument)]
        case Negation(Plus(args)):
            return [found for argument in args for found in summands(_negated(argument))]
    return [term]


def _negated(term: Term) -> Term:
    return term.argument if isinstance(term, Negation) else Negation(term)
