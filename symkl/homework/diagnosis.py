"""Why a row is wrong: the smallest part that changed wrongly, the misconception that explains it, the row that would be right.

Nothing here decides whether a row is wrong. A misconception is named only where the judge proves that it makes the row of
the row before it; a suggestion is given only where the judge proves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from time import thread_time

from symkl.derivation.instance import instance
from symkl.derivation.match import matches
from symkl.derivation.places import at, places, put
from symkl.derivation.step import Place
from symkl.errors import SymklError
from symkl.homework.compare import PROVED, Comparer
from symkl.homework.edits import Edit, edits, joint_mass
from symkl.homework.parts import changes_sign, decimal_places, different_part, fits, logs_in, without_zeros
from symkl.homework.rounding import agree, decimals, rounded_to
from symkl.language.scope import Scope
from symkl.language.term import (
    CONVERSE,
    Log,
    Mass,
    Measure,
    Plus,
    RandomVariable,
    Relation,
    Sum,
    Term,
    Times,
    Value,
    free_names,
    is_law,
    law_names,
    subterms,
)
from symkl.theory.misconceptions import LOGS, FalseRule, Misconception, misconceptions
from symkl.theory.pattern import BASE, Each, Run, Wild, is_law_name, is_variable_name, variables_of

LAW, VARIABLE, NUMBER = "law", "random variable", "number"
"""What a pattern variable in a measure stands for."""

ONLY_A_BOUND = "Here only an inequality holds."

SECONDS = 0.6
"""The time for the diagnosis of one row."""

MOST_MATCHES = 4
FEWEST_DIGITS = 2
"""A decimal of fewer digits agrees with too much to be explained by what agrees with it."""

MOST_REWRITINGS = 300
MOST_PAIRS = 2000


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What explains a wrong row. `part` is the path of the smallest wrong part in the side after."""

    misconceptions: tuple[str, ...] = ()
    advice: str = ""
    suggestion: Term | None = None
    part: tuple[int, ...] = ()
    operator: str = ""
    sign: bool = False
    """Whether the sign before the part is wrong."""


@dataclass(frozen=True, slots=True)
class _Rewriting:
    slug: str
    whole: Term
    path: tuple[int, ...]
    after: Term
    backward: bool


class Doctor:
    """Diagnoses one wrong step."""

    def __init__(self, before: Term, operator: str, after: Term, comparer: Comparer, head: Term | None = None) -> None:
        self.before, self.after, self.operator, self.head = before, after, operator, head
        self.comparer = comparer
        self.base = comparer.setting.scope.log_base
        self.forms = comparer.normal_forms()
        self.deadline = thread_time() + SECONDS

    def diagnosis(self) -> Diagnosis:
        """The diagnosis, as far as the time goes."""
        opposite = CONVERSE.get(self.operator)
        if opposite is not None and self.holds(opposite, self.before, self.after):
            advice = "The inequality goes the other way."
            return Diagnosis(("inequality-flipped",), advice, self.after, (), opposite)
        if self.operator not in ("=", ":=", "~="):
            return Diagnosis(part=different_part(self.before, self.after))
        known = misconceptions()
        found, forward, backward = self._one()
        repaired = self.repaired()
        if found is None and repaired is None:
            found = self.two(forward, backward)
        slugs = () if found is None else tuple(each.slug for each in found)
        if repaired is not None and self._is_better(repaired, found):
            found, slugs = None, (repaired.slug,) if repaired.slug else ()
        repair = self.sibling(found) if found is not None and repaired is None else None
        if repaired is not None:
            repair = repaired.path, repaired.after
        if repair is None and self.operator == "=":
            bound = next((operator for operator in ("<=", ">=") if self.holds(operator, self.before, self.after)), None)
            if bound is not None:
                advice = " ".join(known[each].says for each in slugs) or ONLY_A_BOUND
                return Diagnosis(slugs, advice, self.after, different_part(self.before, self.after), bound)
        part, suggestion = repair or (None, self.before if found is not None else None)
        if part is None:
            part = different_part(self.before, self.after)
        sign = suggestion is not None and changes_sign(suggestion, self.after, part)
        if part and isinstance(at(self.after, Place(part[:-1])), Log):
            part = part[:-1]
        shorter = suggestion if suggestion is None else without_zeros(suggestion)
        if shorter is not None and shorter != suggestion and self.holds(self.operator, self.before, shorter):
            suggestion = shorter
        return Diagnosis(slugs, " ".join(known[each].says for each in slugs), suggestion, part, sign=sign)

    def _is_better(self, edit: Edit, found: tuple[_Rewriting, ...] | None) -> bool:
        """Whether one small change is a better account of the row than what was found.

        It is better than nothing, than one that only says that something got lost, than one that has to be
        undone somewhere in the row, than one about formulas in a row of measures alone, and than one about measures in a row
        of formulas.
        """
        if found is None:
            return True
        if not edit.slug:
            return False
        first, known = found[0], misconceptions()
        beside = known[first.slug].beside == LOGS and not logs_in(self.after) and not logs_in(self.before)
        undone = first.backward and first.after != edit.after and logs_in(self.after) > 0
        measured = isinstance(at(first.whole, Place(first.path)), Measure) and not any(
            isinstance(part, Measure) for part in subterms(self.after)
        )
        taken = known[edit.slug]
        return known[first.slug].general or beside or undone or (measured and bool(taken.computed) and not taken.general)

    def holds(self, operator: str, left: Term, right: Term) -> bool:
        """Whether a relation is proved, while there is time."""
        if thread_time() > self.deadline or not (fits(left) and fits(right)):
            return False
        if operator in ("=", "~=") and len(decimal_places(right)) >= FEWEST_DIGITS:
            found = agree(self.comparer.unfolded(left), right, self.comparer.setting, decimals(left))
            return found is not None and found[0]
        if operator == "=" and not self.forms.may_be_equal(left, right):
            return False
        return self.comparer.compare(operator, left, right).verdict == PROVED

    # Misconceptions

    def misconception(self) -> tuple[_Rewriting, ...] | None:
        """The misconceptions that make the row of the one before; one, or two at once."""
        found, forward, backward = self._one()
        return found or self.two(forward, backward)

    def _one(self) -> tuple[tuple[_Rewriting, ...] | None, list[_Rewriting], list[_Rewriting]]:
        """The one misconception that makes the row, if one does; and what was tried, of the row before and of the row.

        One that makes the row as it is written comes first, of the row before or of the side that the chain starts from;
        then one that is proved to make it, of the row before or of the measure that the chain starts from; then those that
        say only that something got lost.
        """
        forward = list(self.rewritings(self.before, False))
        known = misconceptions()
        written = [each for each in forward if each.after == self.after]
        special = [each for each in written if not known[each.slug].general]
        from_head = list(self.rewritings(self.head, False)) if self.head is not None else []
        from_head = [each for each in from_head if not known[each.slug].general]
        first = next(iter(special), None) or next((each for each in from_head if each.after == self.after), None)
        of_rows = [each for each in forward if not known[each.slug].general]
        of_head = [each for each in from_head if each.path == ()] if isinstance(self.head, Measure) else []
        # A row that is written in measures went wrong about measures.
        measured = any(isinstance(part, Measure) for part in subterms(self.after))
        first = first or self.first_that_holds([*of_head, *of_rows] if measured else [*of_rows, *of_head])
        first = first or next(iter(written), None) or self.first_that_holds(forward)
        backward: list[_Rewriting] = []
        if first is not None:
            return (first,), forward, backward
        for rewriting in self.rewritings(self.after, True):
            backward.append(rewriting)
            if self.holds(self.operator, self.before, rewriting.after):
                return (rewriting,), forward, backward
        return None, forward, backward

    def first_that_holds(self, rewritings: list[_Rewriting]) -> _Rewriting | None:
        """The first rewriting that is proved to make the row."""
        if decimal_places(self.after):
            # What makes a number by accident is not what made it: a rule is believed that was used wherever it could be.
            rewritings = [each for each in rewritings if each.path == () or logs_in(each.whole) == 1]
        return next((each for each in rewritings if self.holds(self.operator, each.after, self.after)), None)

    def two(self, forward: list[_Rewriting], backward: list[_Rewriting]) -> tuple[_Rewriting, ...] | None:
        """Two misconceptions at once: one made of the side before, the other undone in the side after."""
        pairs = 0
        for first in forward:
            for second in backward:
                pairs += 1
                if pairs > MOST_PAIRS or thread_time() > self.deadline:
                    return None
                if first.slug != second.slug and self.holds(self.operator, first.after, second.after):
                    return first, second
        return None

    def sibling(self, found: tuple[_Rewriting, ...]) -> tuple[tuple[int, ...] | None, Term] | None:
        """The row that the true rule makes where the false one was used; or the row in which the false one is undone."""
        if len(found) != 1:
            return None
        rewriting = found[0]
        if rewriting.backward:
            return rewriting.path, rewriting.after
        right = misconceptions()[rewriting.slug].right
        if right is None:
            return None
        part = at(rewriting.whole, Place(rewriting.path))
        for place, new in self._at(right.left, right.right, part, rewriting.path):
            after = put(rewriting.whole, {place: new})
            if self.holds("=", self.before, after):
                return None, after
        return None

    def rewritings(self, term: Term, backward: bool) -> Iterator[_Rewriting]:
        """The term with one false rule applied at one place, or undone at one; the rules in their order."""
        everywhere = list(places(term))
        count = 0
        seen = {term}
        for misconception in misconceptions().values():
            for path, after in self._applied(misconception, term, everywhere, backward):
                count += 1
                if count > MOST_REWRITINGS:
                    return
                if after not in seen:
                    seen.add(after)
                    yield _Rewriting(misconception.slug, term, path, after, backward)

    def _applied(
        self, misconception: Misconception, term: Term, everywhere: list[tuple[tuple[int, ...], Term]], backward: bool
    ) -> Iterator[tuple[tuple[int, ...], Term]]:
        if misconception.computed and backward:
            yield from _weighted(term, everywhere)
            yield from _averaged(term, everywhere, self.comparer.setting.scope)
        for rule in misconception.rules:
            left, right = (rule.right, rule.left) if backward else (rule.left, rule.right)
            if isinstance(left, Wild) or (backward and not _binds(rule)):
                continue
            done: dict[Place, Term] = {}
            for path, part in everywhere:
                for place, new in self._at(left, right, part, path):
                    done.setdefault(Place(path), new) if place.run is None else None
                    try:
                        yield path, put(term, {place: new})
                    except SymklError:
                        continue
            outer = {place: new for place, new in done.items() if not any(_inside(place, other) for other in done)}
            if len(outer) > 1:
                yield (), put(term, outer)

    def _at(self, left: Term, right: Term, part: Term, path: tuple[int, ...]) -> Iterator[tuple[Place, Term]]:
        """What a rule makes of a term, or of neighbours in a sum or product."""
        width = len(left.args) if isinstance(left, Plus | Times) and not any(isinstance(a, Run | Each) for a in left.args) else 0
        candidates = [(Place(path), part)]
        if width and type(part) is type(left) and len(part.args) > width:
            for start in range(len(part.args) - width + 1):
                run = (start, start + width)
                candidates.append((Place(path, run), part.with_args(part.args[start : start + width])))
        for place, candidate in candidates:
            kinds = measured_kinds(left)
            fitting = (each for each in matches(left, candidate) if _are_of(kinds, each))
            for binding in islice(fitting, MOST_MATCHES):
                try:
                    yield place, instance(right, {BASE: self.base, **binding})
                except SymklError:
                    continue

    # Repairs

    def repaired(self) -> Edit | None:
        """The smallest change that makes the row right; for a decimal the number that the side before rounds to."""
        digits = len(decimal_places(self.after))
        if digits:
            rounded = rounded_to(digits, self.comparer.unfolded(self.before), self.comparer.setting, decimals(self.before))
            return None if rounded is None else Edit((), rounded)
        for edit in edits(self.after, self.before, self.base):
            if thread_time() > self.deadline:
                return None
            if self.holds(self.operator, self.before, edit.after):
                return replace(edit, path=edit.path or different_part(edit.after, self.after))
        return None


def masses_are_known(before: Term, operator: str, after: Term, comparer: Comparer) -> bool:
    """Whether a refuted side speaks of the masses that the laws before it have, and introduces no data of its own.

    It does where these are stated, by a given or by a row: p_i = e^{z_i} / sum_j e^{z_j}. A row that says anew what a mass is,
    or roughly, is not held against the row above. Where they are inferred from the same letters, a misconception has to
    explain it.
    """
    setting = comparer.setting
    laws = law_names(before)
    formulas = [setting.formulas[name] for name in laws if name in setting.formulas]
    parameters = {name for each in formulas for mass in each.terms() for name in _spoken_of(mass) - {each.index}}
    alphabets = [alphabet for name in laws & setting.scope.laws.keys() for alphabet in setting.scope.laws[name].alphabets]
    names = _spoken_of(after).difference(free_names(before), *map(free_names, alphabets))
    if not laws or len(formulas) < len(laws) or not names or not names <= parameters:
        return False
    if any(each.formula is not None for each in formulas) and (operator != "=" or isinstance(before, Mass)):
        return False
    if not any(each.given in setting.inferred for each in formulas if each.formula is None):
        return True
    found = Doctor(before, operator, after, comparer).misconception()
    return found is not None and not any(misconceptions()[each.slug].general for each in found)


def _spoken_of(term: Term) -> frozenset[str]:
    """The names in a term that nothing binds, and the vectors that it has entries of."""
    return free_names(term) | {part.marginal.law for part in subterms(term) if isinstance(part, Mass)}


@cache
def measured_kinds(pattern: Term) -> Mapping[str, str]:
    """What the pattern variables inside of measures stand for: laws, random variables, or numbers."""
    kinds = {}
    for part in subterms(pattern):
        for argument in part.args if isinstance(part, Measure) else ():
            if isinstance(argument, Wild):
                law, variable = is_law_name(argument.name), is_variable_name(argument.name)
                kinds[argument.name] = LAW if law else VARIABLE if variable else NUMBER
    return kinds


def _are_of(kinds: Mapping[str, str], binding: Mapping[str, object]) -> bool:
    for name, kind in kinds.items():
        found = binding.get(name)
        if isinstance(found, Term) and kind != (
            VARIABLE if isinstance(found, RandomVariable) else LAW if is_law(found) else NUMBER
        ):
            return False
    return True


def _binds(rule: FalseRule) -> bool:
    return variables_of(rule.left) - {BASE} <= variables_of(rule.right) and not isinstance(rule.right, Wild)


def _inside(place: Place, other: Place) -> bool:
    return len(place.path) > len(other.path) and place.path[: len(other.path)] == other.path


def _weighted(term: Term, everywhere: list[tuple[tuple[int, ...], Term]]) -> Iterator[tuple[tuple[int, ...], Term]]:
    """A conditional mass that weights a log, as the joint mass."""
    for path, part in everywhere:
        if isinstance(part, Times) and any(isinstance(factor, Log) for factor in part.args):
            for k, factor in enumerate(part.args):
                if isinstance(factor, Mass) and factor.marginal.given:
                    yield (*path, k), put(term, {Place((*path, k)): joint_mass(factor)})


def _averaged(term: Term, everywhere: list[tuple[tuple[int, ...], Term]], scope: Scope) -> Iterator[tuple[tuple[int, ...], Term]]:
    """A sum of H(Y | X = x) without weights, as the mean over p(x)."""
    for path, part in everywhere:
        match part:
            case Sum((name,), _, Measure(_, _, (_, Relation(_, (RandomVariable(variable), Value(value)))))) if value == name:
                law = scope.laws.get(scope.variables.get(variable, ""))
                if law is not None:
                    weight = Mass(law.marginal((variable,), ()), (Value(name),))
                    yield path, put(term, {Place(path): part.with_args([*part.args[:-1], Times(weight, part.body)])})
