"""Why a refuted step is perhaps not wrong: what it rests on stands in words, or in a name whose meaning is not stated.

A step without an excuse is wrong; with one it is undecided, and the excuse is the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from symkl.homework.assumptions import assumptions
from symkl.homework.compare import PROVED, REFUTED, Comparer, is_zero
from symkl.homework.names import PROPER, Names, Register
from symkl.language.grouping import groups
from symkl.language.kinds import meant_function
from symkl.language.scope import DENSITY
from symkl.language.term import (
    CONVERSE,
    Alphabet,
    Exp,
    Function,
    Law,
    Log,
    Mass,
    Measure,
    Number,
    RandomVariable,
    Sum,
    Term,
    Value,
    free_names,
    subterms,
)
from symkl.theory.setting import Setting


@dataclass(frozen=True, slots=True)
class Excuses:
    """What a step of a chain may be excused by: `seen` is what the rows above speak of, `tied` what they relate unsaid."""

    comparer: Comparer
    register: Register
    seen: Names
    tied: Names

    def of(self, operator: str, before: Term, after: Term) -> str:
        """Why a refuted step may still be meant rightly: it rests on what a name without a stated meaning stands for."""
        names, new = self._names(before), self._names(after)
        if operator in CONVERSE and any(isinstance(p, Function) for side in (before, after) for p in subterms(side)):
            return "of an unknown function nothing is known: it may be convex"
        meant = _by_its_values(before, after)
        if meant:
            return f"what values {meant} takes is not known here"
        strange_measure = self._of_no_law(before) or self._of_no_law(after)
        if strange_measure:
            return f"what {strange_measure} means is open: it is a measure of numbers that are no masses"
        if _without_logs(before, after):
            return f"another quantity may be meant by {self.comparer.setting.write(before)}: its formula has no log"
        run = self._runs_elsewhere(before) or self._runs_elsewhere(after)
        if run:
            return f"over which values {run} runs is open"
        index = _new_index(before, after)
        if index:
            return f"what the index {index} is, is not said"
        law = _law_or_number(before, after)
        if law:
            return f"whether {law} is a number or the law is open here"
        if _at_values_or_averaged(before, after):
            return "conditional on values on one side, averaged over them on the other"
        hidden = [self.comparer.hidden.names_in(self.comparer.defined(side)) for side in (before, after)]
        if hidden[0] != hidden[1]:
            return "a derivative of something whose dependence is not written"
        unknown = sorted(new.opaque - names.opaque)
        if unknown:
            return f"what {', '.join(unknown)} means is not said"
        strange = sorted(new.laws - names.laws - self.seen.laws)
        if strange:
            return f"what {', '.join(strange)} has to do with the side before is not said"
        functions = {part.name for part in subterms(before) if isinstance(part, Function)} & names.opaque - new.opaque
        if functions:
            return f"what {', '.join(sorted(functions))} is, is not said"
        lost = (names.laws - new.laws) & self.tied.laws or (names.opaque - new.opaque) & self.tied.opaque
        if lost:
            return f"what {', '.join(sorted(lost))} is rests on data that are not stated"
        densities = {name for name in names.laws if self._is_density(name)}
        if densities and not new.laws and not self.comparer.constant(before):
            return f"what {', '.join(sorted(densities))} is rests on data that are not stated"
        bound = operator in CONVERSE and is_zero(after)
        if names.laws and not (new.laws or new.opaque) and not bound and not self.comparer.constant(before):
            return "the law is not stated that would give these numbers"
        return self._unsaid(operator, before, after)

    def _unsaid(self, operator: str, before: Term, after: Term) -> str:
        """What the step needs that no given says, where that is a thing that people leave to the words around it."""
        lost = self._names(before).laws - self._names(after).laws
        if operator in CONVERSE and self.comparer.compare(CONVERSE[operator], before, after).verdict == PROVED:
            return ""
        for said, assumed in assumptions(self.comparer.setting, (before, after), lost):
            if operator == "=" and not self.comparer.normal_forms(assumed).may_be_equal(before, after):
                continue
            if operator == "=" and not isinstance(after, Number) and self._vanishes(before, assumed):
                continue
            found = self.comparer.compare(operator, before, after, assumed).verdict
            if found == PROVED or (operator in CONVERSE and found != REFUTED):
                return f"holds only if {said}, which no given says"
        return ""

    def _vanishes(self, term: Term, assumed: Setting) -> bool:
        """Whether an assumption makes a side zero, as independence makes I(X; Y): nobody who works it out means that."""
        return self.comparer.compare("=", term, Number(0), assumed).verdict == PROVED

    def _is_density(self, name: str) -> bool:
        law = self.comparer.setting.scope.laws.get(name)
        return law is not None and law.entries == DENSITY

    def _runs_elsewhere(self, term: Term) -> str:
        """The alphabet of a sum whose value stands for a variable with another one: M, in P(X = m) under a sum over m in M."""
        for part in subterms(term):
            if isinstance(part, Sum):
                for name, domain in zip(part.names, part.domains, strict=True):
                    if isinstance(domain, Alphabet) and self._is_strange(part.body, name, domain):
                        return domain.name
        return ""

    def _is_strange(self, term: Term, name: str, domain: Alphabet) -> bool:
        laws = self.comparer.setting.scope.laws
        for mass in subterms(term):
            if isinstance(mass, Mass) and mass.marginal.law in laws:
                law = laws[mass.marginal.law]
                for variable, value in zip((*mass.marginal.of, *mass.marginal.given), mass.args, strict=True):
                    own = law.alphabet(variable)
                    if value == Value(name) and isinstance(own, Alphabet) and own != domain:
                        return True
        return False

    def _of_no_law(self, term: Term) -> str:
        """A measure of a vector whose entries need not sum to one."""
        laws = self.comparer.setting.scope.laws
        for part in subterms(term):
            if isinstance(part, Measure):
                for argument in part.args:
                    law = laws.get(argument.marginal.law) if isinstance(argument, Law) else None
                    if law is not None and law.entries not in PROPER:
                        return self.comparer.setting.write(part)
        return ""

    def _names(self, term: Term) -> Names:
        return self.register.of(self.comparer.defined(term))


def _by_its_values(before: Term, after: Term) -> str:
    """A function that mathematics has given its values, or one at two places, whose values may have to do with one another."""
    meant = meant_function(before, after)
    if meant:
        return meant
    places: dict[str, set[tuple[Term, ...]]] = {}
    for side in (before, after):
        for part in subterms(side):
            if isinstance(part, Function) and not part.name.endswith("_data"):
                values = tuple(Value("") if isinstance(argument, Value) else argument for argument in part.args)
                places.setdefault(part.name, set()).add(values)
    return next((name for name, found in places.items() if len(found) > 1), "")


def _without_logs(before: Term, after: Term) -> bool:
    """Whether an entropy is given by masses without a log, as the Gini index of decision trees is."""
    if not isinstance(before, Measure) or before.name != "H":
        return False
    parts = list(subterms(after))
    masses = any(isinstance(part, Mass) for part in parts)
    return masses and not any(isinstance(part, Log | Exp | Measure | Function) for part in parts)


def _new_index(before: Term, after: Term) -> str:
    """An index that nothing binds and the side before does not have: the k of a class, where a sum stood before."""
    for part in subterms(after):
        if isinstance(part, Mass) and part.marginal.indexed:
            free = {value.name for value in part.args if isinstance(value, Value)} & free_names(after) - free_names(before)
            if free:
                return free.pop()
    return ""


def _law_or_number(before: Term, after: Term) -> str:
    """A lower-case p in H(p), where p is taken for the law of random variables that the side before speaks of."""
    if not any(isinstance(part, RandomVariable) for part in subterms(before)):
        return ""
    known = {part for part in subterms(before) if isinstance(part, Law)}
    for part in subterms(after):
        if isinstance(part, Measure) and len(part.args) == 1 and isinstance(part.args[0], Law) and part.args[0] not in known:
            law = part.args[0].marginal.law
            if law.islower():
                return law
    return ""


def _at_values_or_averaged(before: Term, after: Term) -> bool:
    """Whether one side is a function of values that the other averages over as conditions."""
    for one, other in ((before, after), (after, before)):
        free = {name.upper() for name in free_names(one) - free_names(other)}
        for part in subterms(other):
            if isinstance(part, Measure) and free & {v.name for v in groups(part).given if isinstance(v, RandomVariable)}:
                return True
    return False
