"""A step under what the words around it assume.

A step that is proved without is never looked at here. One that is not is `correct` where it is proved under what is in force,
and wrong only where it is refuted under it too. What the words only mention, or hint at, saves no step: where it would, the
step is undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations

from symkl.errors import SymklError
from symkl.homework.assumed_formulas import meant, relation_of
from symkl.homework.compare import PROVED, REFUTED, UNKNOWN, Comparer, Outcome, variables_alone
from symkl.homework.descriptions import only_describes
from symkl.homework.premises import NEGATIVE, Premise
from symkl.homework.rounding import agree, decimals, model_of, nearly
from symkl.homework.settings import narrowed
from symkl.homework.suppositions import Supposition, World, world
from symkl.language.latex.macros import Macros
from symkl.language.scope import MASS
from symkl.language.term import CONVERSE, Binder, Law, Mass, RandomVariable, Term, free_names, law_names, subterms

MOST_CANDIDATES = 24
"""So many choices of names are tried for words that do not name any."""


STRICT = ("<", ">", "!=")

OFFSET = "offset"
"""The kind of words that fix what a formula of masses leaves open: a softmax with one logit at zero."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What becomes of a step under assumptions: its outcome, what to say of it, the setting that it is judged in."""

    verdict: str
    said: str = ""
    outcome: Outcome | None = None
    world: World | None = None


@dataclass(slots=True)
class Suppositions:
    """What is assumed for the rows of one display, under one setting."""

    comparer: Comparer
    in_force: tuple[Premise, ...] = ()
    mentioned: tuple[Premise, ...] = ()
    recalled: tuple[Premise, ...] = ()
    macros: Macros | None = None
    _worlds: dict[tuple[Supposition | frozenset[str], ...], World | None] = field(default_factory=dict)
    _read: dict[Premise, Supposition | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.in_force)

    def proves(self, operator: str, before: Term, after: Term, exact: set[str]) -> Rescue | None:
        """The step as proved under as few of the assumptions in force as do it."""
        readable = [*self._unnamed(before, after), *self._readable(self.in_force, before, after)]
        for tried in (self._consistent(readable), *([each] for each in readable)):
            found = self._outcome(operator, before, after, tried, exact) if tried else None
            if found is not None and found.verdict == PROVED:
                return self._least(operator, before, after, tried, exact)
        return None

    def _least(self, operator: str, before: Term, after: Term, chosen: list[Supposition], exact: set[str]) -> Rescue:
        """The step as proved under some assumptions, without those that it does not need."""
        for supposition in list(chosen):
            fewer = [each for each in chosen if each is not supposition]
            without = self._outcome(operator, before, after, fewer, exact) if fewer else None
            if without is not None and without.verdict == PROVED:
                chosen = fewer
        found = self._outcome(operator, before, after, chosen, exact)
        said = f"under the assumption {_spoken(chosen)}"
        return Rescue(PROVED, said, found, self._world(chosen))

    def settles(self, operator: str, before: Term, after: Term, exact: set[str]) -> Rescue:
        """What becomes of a step that is not proved under what is in force: refuted there too, or undecided, and why."""
        readable = self._readable(self.in_force, before, after)
        chosen = self._consistent(readable)
        found: Outcome | None = None
        if chosen:
            found = self._outcome(operator, before, after, chosen, exact)
            if found is None or found.verdict != REFUTED:
                return Rescue(UNKNOWN, f"whether it holds under the assumption {_spoken(chosen)} is not decided")
        unread = self._unread(operator, before, after)
        if unread is not None:
            return Rescue(UNKNOWN, f"an assumption in the text that symkl did not read: '{unread.words}' (line {unread.line})")
        # A turned inequality is a slip, though both sides may be equal under what an earlier sentence supposes.
        turned = operator in CONVERSE and self.comparer.compare(CONVERSE[operator], before, after).verdict == PROVED
        for premise in (*self.in_force, *self.mentioned, *(() if turned else self.recalled)):
            saved = self._would_save(premise, operator, before, after, exact)
            if saved:
                return Rescue(UNKNOWN, saved)
        said = f"so it is under the assumption {_spoken(chosen)}" if chosen else ""
        for means in self._by_custom(before, after):
            supposed = self._outcome(operator, before, after, [Supposition(means, "", 0)], exact)
            if supposed is not None and supposed.verdict == PROVED:
                return Rescue(UNKNOWN, f"holds only if {' and '.join(means)}, which no given says")
        return Rescue(REFUTED, said, found, self._world(chosen) if chosen else None)

    def contradicts(self, operator: str, before: Term, after: Term, exact: set[str]) -> Rescue | None:
        """A step that is refuted by what is in force, under which the side before is a number; None for any other.

        A decimal that is off in its last digit alone is undecided: it may have been rounded on the way.
        """
        chosen = self._consistent(self._readable(self.in_force, before, after))
        there = self._world(chosen) if chosen else None
        if there is None or not self._known_in(there, before):
            return None
        found = self._in(there, operator, before, after, exact)
        if found.verdict != REFUTED or any(self._would_save(each, operator, before, after, exact) for each in self.mentioned):
            return None
        said = f"under the assumption {_spoken(chosen)}"
        if found.values is not None and nearly(there.of(self.comparer.unfolded(before)), after, there.setting, exact):
            return Rescue(UNKNOWN, f"nearly: it is {found.values[0]}, and may have been rounded on the way; {said}", found, there)
        return Rescue(REFUTED, said, found, there)

    def _known_in(self, there: World, term: Term) -> bool:
        """Whether the value of a term is what the assumptions make it: of all laws and numbers in it they say what they are."""
        term = self.comparer.unfolded(term)
        scope = there.setting.scope
        laws = {scope.variables.get(p.name, p.name) for p in subterms(term) if isinstance(p, RandomVariable)}
        laws |= law_names(term)
        sizes = {n for p in subterms(term) if isinstance(p, Binder) for domain in p.domains for n in free_names(domain)}
        numbers = (free_names(term) | sizes) - scope.functions
        return bool(laws | numbers) and laws | numbers <= there.fixed

    def covers(self, before: Term, after: Term) -> bool:
        """Whether a step is of random variables alone, and one assumption in force speaks of all of them."""
        variables = variables_alone(self.comparer.unfolded(before), self.comparer.unfolded(after))
        return bool(variables) and any(variables <= each.names for each in self._readable(self.in_force, before, after))

    # Reading

    def _readable(self, premises: Sequence[Premise], before: Term, after: Term) -> list[Supposition]:
        """The premises that say something here of what the step speaks of, the last one first."""
        found = dict.fromkeys(self._supposition(premise) for premise in reversed(premises))
        pending = [each for each in found if each is not None and self._world([each]) is not None]
        spoken_of = self._spoken_of(before, after)
        kept: list[Supposition] = []
        while related := [each for each in pending if each.names & spoken_of]:
            kept += related
            spoken_of = spoken_of.union(*(each.names for each in related))
            pending = [each for each in pending if each not in related]
        return [each for each in found if each in kept and each is not None]

    def _spoken_of(self, before: Term, after: Term) -> frozenset[str]:
        """Every name that a step is written with, and those of the alphabets and formulas of its laws."""
        scope = self.comparer.setting.scope
        names = _names(self.comparer.unfolded(before)) | _names(self.comparer.unfolded(after))
        laws = [law for law in scope.laws.values() if {law.name, law.letter, *law.variables} & names]
        found = set(names)
        for law in laws:
            found |= {law.name, law.letter}
            found |= {name for alphabet in law.alphabets for name in free_names(alphabet)}
            formula = self.comparer.setting.formulas.get(law.name)
            if formula is not None:
                terms = [*formula.outcomes.values(), *([formula.formula] if formula.formula is not None else [])]
                found |= {name for term in terms for name in _names(term)}
        return frozenset(found)

    def _unnamed(self, before: Term, after: Term) -> Iterator[Supposition]:
        """What is stated without names, where only one choice of names is possible."""
        for premise in self.in_force:
            means = list(self._candidates(premise.kind, before, after)) if premise.unnamed else []
            if len(means) == 1:
                words = f"{premise.words}', taken as '{'; '.join(means[0])}"
                supposition = Supposition(means[0], words, premise.line)
                if self._world([supposition]) is not None:
                    yield supposition

    def _supposition(self, premise: Premise) -> Supposition | None:
        if premise not in self._read:
            means: tuple[str, ...] | None = premise.means or None
            if premise.formula:
                try:
                    means = meant(premise.formula, self.comparer.setting, self.macros)
                except SymklError:
                    means = None
            self._read[premise] = None if means is None else Supposition(means, premise.words, premise.line)
        return self._read[premise]

    def _consistent(self, suppositions: Sequence[Supposition]) -> list[Supposition]:
        """As many as hold together, those that stand last first."""
        kept: list[Supposition] = []
        for each in suppositions:
            if self._world([*kept, each]) is not None:
                kept.append(each)
        return kept

    def _world(self, suppositions: Sequence[Supposition], needed: frozenset[str] = frozenset()) -> World | None:
        key: tuple[Supposition | frozenset[str], ...] = (*suppositions, needed)
        if key not in self._worlds:
            known = self.comparer.setting
            if needed:
                spoken_of = {word for each in suppositions for text in each.means for word in re.findall(r"\w+'*", text)}
                known = narrowed(known, needed | (spoken_of & known.scope.variables.keys()))
            self._worlds[key] = world(known, suppositions)
        return self._worlds[key]

    # Judging

    def _outcome(
        self, operator: str, before: Term, after: Term, suppositions: Sequence[Supposition], exact: set[str]
    ) -> Outcome | None:
        there = self._world(suppositions, variables_alone(self.comparer.unfolded(before), self.comparer.unfolded(after)))
        return None if there is None else self._in(there, operator, before, after, exact)

    def _in(self, there: World, operator: str, before: Term, after: Term, exact: set[str]) -> Outcome:
        equal = "=" if operator in ("~=", ":=") else operator
        sides = self.comparer.unfolded(before), self.comparer.unfolded(after)
        left, right = there.of(sides[0]), there.of(sides[1])
        found = self.comparer.compare(equal, left, right, there.setting)
        if found.verdict != PROVED and equal == "=" and decimals(before) | decimals(after) and self._known_in(there, before):
            model = model_of(there.setting, left, right)
            rounded = agree(left, right, there.setting, exact, model) if model is not None else None
            if rounded is not None:
                return Outcome(PROVED, said=("rounded",)) if rounded[0] else found
        if found.verdict != REFUTED or there.dependences is None:
            return found
        where = there.to_refute(*sides)
        if where is None:
            return Outcome(UNKNOWN)
        apart = self.comparer.compare(equal, *where, there.setting)
        return apart if apart.verdict == REFUTED or self._are_apart(there, *sides) else Outcome(UNKNOWN)

    def _are_apart(self, there: World, *sides: Term) -> bool:
        """Whether the variables of stated distributions, which a refutation may take to be independent of all others, are so."""
        names = frozenset(part.name for side in sides for part in subterms(side) if isinstance(part, RandomVariable))
        needed = there.dependences.independence(names) if there.dependences is not None else None
        return needed is not None and self.comparer.compare("=", *needed, there.setting).verdict == PROVED

    # What is not read

    def _unread(self, operator: str, before: Term, after: Term) -> Premise | None:
        """What is in force, speaks of what the step speaks of, and is not understood."""
        names = _names(before) | _names(after)
        for premise in self.in_force:
            if premise.kind == NEGATIVE and operator in STRICT and self.comparer.compare("=", before, after).verdict != PROVED:
                return premise
            if premise.kind == OFFSET and self._by_a_formula(before, after):
                return premise
            concerns = premise.formula and _letters(premise.formula) & names
            if concerns and not self._understood(premise) and not self._holds_anyway(premise):
                return premise
        return None

    def _by_a_formula(self, before: Term, after: Term) -> bool:
        """Whether a step speaks of a law whose masses are given by a formula in their index."""
        laws = law_names(before, after)
        formulas = self.comparer.setting.formulas
        return any(name in formulas and formulas[name].formula is not None for name in laws)

    def _holds_anyway(self, premise: Premise) -> bool:
        """Whether a formula is true of all laws, as p(x,y)/p(y) = p(x|y) is, or only describes one: it assumes nothing."""
        if only_describes(premise.formula, self.comparer.setting):
            return True
        stated = relation_of(premise.formula, self.comparer.setting, self.macros)
        if stated is None:
            return False
        links = zip(stated.operators, stated.args, stated.args[1:], strict=False)
        return all(self.comparer.compare(operator, left, right).verdict == PROVED for operator, left, right in links)

    def _understood(self, premise: Premise) -> bool:
        supposition = self._supposition(premise)
        return supposition is not None and self._world([supposition]) is not None

    def _would_save(self, premise: Premise, operator: str, before: Term, after: Term, exact: set[str]) -> str:
        """Why a step is undecided: what is only mentioned, or hinted at, would save it."""
        if premise in self.in_force and (premise.means or premise.formula):
            return ""
        hinted = not premise.means and not premise.formula
        means = list(self._candidates(premise.kind, before, after)) if hinted else [None]
        for each in means[:MOST_CANDIDATES]:
            supposition = Supposition(each, premise.words, premise.line) if each else self._supposition(premise)
            found = self._outcome(operator, before, after, [supposition], exact) if supposition is not None else None
            if found is not None and found.verdict == PROVED:
                if hinted:
                    return f"holds if {'; '.join(each or ())}, of which the text may speak: {supposition.said}"  # type: ignore[union-attr]
                return f"holds only under {supposition.said}, and it is not said that this is assumed here"  # type: ignore[union-attr]
        return ""

    def _by_custom(self, before: Term, after: Term) -> Iterator[tuple[str, ...]]:
        """What people leave to the notation: variables of one letter, X_1 and X_2, have one distribution."""
        variables = sorted(variables_alone(self.comparer.unfolded(before), self.comparer.unfolded(after)))
        stems = {name.partition("_")[0] for name in variables}
        if len(variables) > 1 and len(stems) == 1:
            alike = tuple(f"{variables[0]} alike {name}" for name in variables[1:])
            yield alike
            yield (*alike, *(f"{one} indep {other}" for one, other in combinations(variables, 2)))

    def _candidates(self, kind: str, before: Term, after: Term) -> Iterator[tuple[str, ...]]:
        """What words of a kind may mean of the names in a step."""
        known = self.comparer.setting
        sides = (self.comparer.defined(before), self.comparer.defined(after))
        parts = [part for side in sides for part in subterms(side)]
        variables = sorted({name for part in parts for name in _variables_of(part)} & known.scope.variables.keys())
        laws = sorted({part.marginal.law for part in parts if isinstance(part, Mass | Law)})
        laws = [law for law in laws if known.scope.laws[law].entries == MASS]
        numbers = sorted({name for side in sides for name in free_names(side)} & known.scope.numbers)
        match kind:
            case "independence":
                if len(variables) > 2:
                    yield tuple(f"{a} indep {', '.join(variables[k:])}" for k, a in enumerate(variables[:-1], start=1))
                yield from ((f"{a} indep {b}",) for a, b in permutations(variables, 2) if a < b)
                yield from ((f"{a} indep {b} | {c}",) for a, b, c in permutations(variables, 3) if a < b)
            case "identically-distributed":
                yield from ((f"{a} indep {b}", f"{a} alike {b}") for a, b in permutations(variables, 2) if a < b)
            case "markov-chain":
                yield from ((f"{a} -> {b} -> {c}",) for a, b, c in permutations(variables, 3) if a < c)
            case "function":
                yield from ((f"{a} function of {b}",) for a, b in permutations(variables, 2))
            case "constant":
                yield from ((f"{a} constant",) for a in variables)
            case "uniform" | "fair":
                yield from ((f"{a} uniform",) for a in (*variables, *laws))
                yield from ((f"{a} = 1/2",) for a in numbers)
            case "identical":
                yield from ((f"{a} same as {b}",) for a, b in permutations(laws, 2) if a < b)


def _spoken(suppositions: Sequence[Supposition]) -> str:
    return " and ".join(dict.fromkeys(each.said for each in suppositions))


def _names(term: Term) -> frozenset[str]:
    """Every letter that a term is written with."""
    found = set(free_names(term))
    for part in subterms(term):
        if isinstance(part, Mass | Law):
            found |= {part.marginal.law, part.marginal.letter, *_variables_of(part)}
        elif isinstance(part, RandomVariable):
            found.add(part.name)
    return frozenset(found)


def _variables_of(part: Term) -> tuple[str, ...]:
    match part:
        case RandomVariable(name):
            return (name,)
        case Mass(marginal, _) | Law(marginal, _):
            return marginal.of + marginal.given
    return ()


def _letters(formula: str) -> frozenset[str]:
    words = re.sub(r"\\(?:frac|text|mathrm|left|right|mathbf|leq?|geq?|sum|log|ln|exp)\b", " ", formula)
    return frozenset(word.lstrip("\\") for word in re.findall(r"\\?[A-Za-z]+", words))
