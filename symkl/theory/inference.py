"""Inference of givens from notation, by rules a person can read (docs/reading.md lists them).

Only names that no given declares are inferred; every inferred given is a text of grammar.md and is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count

from symkl.language.kinds import RESERVED
from symkl.language.latex.reader import Written
from symkl.language.scope import Scope
from symkl.theory.inferred_laws import Inferred, LawInference
from symkl.theory.notation import is_function_letter, stem_of
from symkl.theory.observation import observe

__all__ = ["Inferred", "infer"]

_CONSTANTS = frozenset({"e", "pi", "infty", "partial", "_dot", "_star", "plus", "minus", "delta"})


def infer(formulas: Iterable[Written], scope: Scope | None = None) -> list[Inferred]:
    """The givens that the notation suggests for every name that `scope` does not know, each with its rule."""
    return _Inference(observe(formulas), scope or Scope()).givens()


class _Inference(LawInference):
    def givens(self) -> list[Inferred]:
        bernoulli = self.find_laws()
        self._mass_lists()
        self._vectors(bernoulli)
        self._functions()
        self._numbers()
        return self.found

    # Laws by their masses, vectors, functions, numbers

    def _mass_lists(self) -> None:
        """A law for each list of masses: P, Q or R where nothing else is called by that letter, or P with a number."""
        notation = self.notation
        known = {law.masses for law in self.known.laws.values()}
        names = {*self.taken, *self.laws, *self.variables, *notation.bare, *notation.applied, *notation.indexed}
        letters = {name[0].upper() for name in (*names, *notation.measured, *notation.complements)}
        free = chain((letter for letter in "PQR" if letter not in letters), (f"P_{k}" for k in count(1)))
        for masses in notation.mass_lists:
            if masses not in known:
                law = next(name for name in free if name not in names)
                self.say(f"{law} ~ Categorical({', '.join(masses)})", "a measure lists its masses")
                self.taken.add(law)

    def _vectors(self, done: set[str]) -> None:
        notation = self.notation
        groups: dict[tuple[str, str], list[str]] = {}
        for name, uses in notation.indexed.items():
            if self._known(name) or name in self.laws or (name.upper() in self.taken and name.upper() in self.variables):
                continue
            if name.upper() in self.taken or (name.swapcase() in self.taken and self._is_law_letter(name)):
                continue
            single = [use for use in uses if len(use) == 1]
            if any(len(use) > 1 and set(use) & notation.bound.keys() for use in uses):
                self.say(f"{name}_data function", f"{name} with several indices: one number for each choice of them")
                self.taken.add(f"{name}_data")
                continue
            if not (self._bound_index(name) or self._free_index(uses)) or not single:
                for use in uses:
                    notation.bare[notation.spelled.get((name, *use), "_".join((name, *use)))] += 1
                continue
            entries = "positive" if f"{name}[]" in notation.positive else "real"
            groups.setdefault((entries, self._alphabet(name, single)), []).append(name)
        for (entries, alphabet), names in groups.items():
            vectors = [f"{name}_vec" if self.notation.bare[name] else name for name in names]
            self.say(f"{', '.join(vectors)} {entries} on {alphabet}", f"{', '.join(names)} with an index: numbers")
            self.taken.update(vectors)
            for name in names:
                if self._bernoullis(name) and entries == "positive":
                    self.say(f"{name}[i] < 1", f"{name} stands beside 1 - {name}, each index a coin")

    def _free_index(self, uses: list[tuple[str, ...]]) -> bool:
        """Whether an index that nothing binds is one elsewhere: the k of o_k beside p_k, where p has a bound index too."""
        letters = {index for use in uses for index in use}
        elsewhere = {
            index
            for name, used in self.notation.indexed.items()
            if self._bound_index(name) or self._known(name)
            for use in used
            for index in use
        }
        return bool(letters) and all(index in elsewhere and index.isalpha() for index in letters)

    def _functions(self) -> None:
        for stem in self.notation.data:
            if stem.upper() in self.taken:
                self.say(f"{stem}_data function", f"{stem}_i under a sum without the mass of {stem}_i as weight: data points")
        for stem in self._sequences_of_values():
            self.say(f"{stem}_data function", f"{stem}_i with a bound index is the i-th of a sequence of values")
        names = []
        for name, signatures in self.notation.applied.items():
            if (
                self._known(name)
                or name in self.laws
                or not name.replace("'", "").isidentifier()
                or name in RESERVED
                or name.upper() in self.taken
            ):
                continue
            shapes = self.notation.argument_shapes.get(name, [True])
            several = any(len(before) + len(after) > 1 for before, after in signatures)
            if several or all(shapes) or name in self.notation.words or is_function_letter(name) or self._logistic(name):
                names.append(name)
        names = [name for name in names if not (name in self.notation.bare and not self._plainly_a_function(name))]
        if names:
            self.say(f"{', '.join(names)} function{'s' * (len(names) > 1)}", "applied, and no law: unknown functions")
            self.taken.update(names)

    def _sequences_of_values(self) -> list[str]:
        """The letters of values that also stand with a bound index, and not as the values of a mass."""
        notation = self.notation
        at = {value for uses in notation.applied.values() for values in uses for part in values for value in part}
        found = []
        for stem, uses in notation.indexed.items():
            names = {notation.spelled.get((stem, *use)) for use in uses if set(use) & notation.bound.keys()}
            value = stem.upper() in self.taken and not self._is_law_letter(stem) and stem not in notation.data
            if names and not names & at and value and stem.islower():
                found.append(stem)
        return found

    def _logistic(self, name: str) -> bool:
        """Whether a sigma never stands without a bracket behind it: then it is the function, as in 1 - sigma(-z)."""
        shapes = self.notation.argument_shapes.get(name, [])
        return name == "sigma" and bool(shapes) and self.notation.bare[name] == shapes.count(False)

    def _plainly_a_function(self, name: str) -> bool:
        if self._logistic(name):
            return True
        return self.notation.bare[name] == 0 or all(self.notation.argument_shapes.get(name, [True]))

    def _numbers(self) -> None:
        notation = self.notation
        coins, positive, real, integer, bases = [], [], [], [], []
        bare = {**dict.fromkeys(notation.bare), **dict.fromkeys(notation.limits), **dict.fromkeys(self.numbers_measured)}
        bare.update(dict.fromkeys(n for n in notation.complements if not n.endswith("[]")))
        declared = {piece for found in self.found for piece in _words(found.text)}
        declared |= {
            notation.spelled.get((stem, *use), "_".join((stem, *use)))
            for stem, uses in notation.indexed.items()
            if self._sequence(stem)
            for use in uses
        }
        for name in bare:
            if (
                not name.replace("'", "").isidentifier()
                or name in _CONSTANTS
                or name in RESERVED
                or name in notation.bound
                or name.startswith("delta_")
            ):
                continue
            if self._known(name) or name in self.laws or name in declared or self._is_value(name):
                continue
            if name in notation.averaged:
                # The X of E_q[f(X)] is random, and q is no law of it: as a number it would be a constant.
                continue
            number = name in notation.complements or name in self.numbers_measured or self._beside_a_law(name)
            if self._is_law_letter(name) and len(name) == 1 and name.swapcase() in self.taken and not number:
                continue
            if name in notation.complements or name in self.numbers_measured:
                coins.append(name)
            elif name in notation.bases:
                bases.append(name)
            elif name in notation.limits:
                integer.append(name)
            elif name in notation.positive:
                positive.append(name)
            else:
                real.append(name)
        for name in coins:
            self.say(f"0 < {name} < 1", f"{name} stands beside 1 - {name}, or in an entropy")
        for name in integer:
            self.say(f"{name} integer", f"{name} is the last value of an index")
            self.say(f"{name} >= 1", f"{name} counts")
        for name in bases:
            self.say(f"{name} > 1", f"{name} is the base of a log")
        for name in positive:
            self.say(f"{name} > 0", f"{name} stands in a log or below a line")
        if real:
            self.say(f"{', '.join(real)} real", "numbers of which nothing is known")

    def _beside_a_law(self, name: str) -> bool:
        """Whether p is a number although P is a law: P has its values in brackets, and p is never a law itself."""
        notation = self.notation
        never = not any(name in uses for uses in (notation.applied, notation.indexed, notation.measured, notation.laws))
        return never and name.swapcase() in notation.applied

    def _sequence(self, stem: str) -> bool:
        return stem in self.taken or f"{stem}_vec" in self.taken or self.known.law(stem) is not None

    def _is_value(self, name: str) -> bool:
        upper = {*self.variables, *self.taken, *self.known.variables}
        variables = {v for v in upper if v[0].isupper()}
        if name in self.known.outcomes:
            return True
        return (name.upper() in variables and name.upper() not in self.named_as_laws) or stem_of(
            name
        ).upper() in self._value_stems(variables)

    def _value_stems(self, variables: set[str]) -> set[str]:
        return {stem_of(v.lower()).upper() for v in variables if any(v.lower() == x for x in self._all_values())}

    def _all_values(self) -> set[str]:
        found: set[str] = set()
        for given in self.found:
            if " ~ " in given.text and "(" in given.text and "Bernoulli" not in given.text:
                found.update(given.text.split("(")[1].split(")")[0].split(","))
            elif " of " in given.text:
                found.update(piece.strip() for piece in given.text.split(" of ")[1].split(","))
            elif "(" in given.text:
                for piece in given.text.split("(")[1:]:
                    found.update(piece.split(")")[0].replace("|", ",").split(","))
        return found | {v.lower() for v in self.known.variables}


def _words(text: str) -> set[str]:
    cleaned = "".join(character if character.isalnum() or character in "_'" else " " for character in text)
    return set(cleaned.split())
