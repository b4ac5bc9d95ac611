"""Inference of laws and random variables from notation: the first half of what `inference` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symkl.language.kinds import RESERVED
from symkl.language.scope import Scope
from symkl.theory.notation import INDEX_LETTERS, LAW_LETTERS, Notation, is_functional, stem_of

_SIZES = ("n", "m", "K", "N", "L")


@dataclass(frozen=True, slots=True)
class Inferred:
    """A given that the notation suggests, and the rule that says so."""

    text: str
    why: str


class LawInference:
    """What the notation says of laws: their values or indices, their alphabets, and the random variables."""

    def __init__(self, notation: Notation, known: Scope) -> None:
        self.notation = notation
        self.known = known
        self.laws: dict[str, dict[str, None]] = {}
        """Each law, with the values it is of."""
        self.found: list[Inferred] = []
        self.variables: dict[str, None] = {}
        self.numbers_measured: set[str] = set()
        self.named_as_laws: set[str] = set()
        self.taken = {*known.numbers, *known.laws, *known.variables, *known.functions}

    def find_laws(self) -> set[str]:
        """Say every given about laws; the result are the laws that are coins."""
        self._find_laws()
        self._find_variables()
        self._gather_values()
        self._merge_cases()
        self.named_as_laws = set(self.laws)
        bernoulli = self._bernoulli()
        indexed = self._indexed(bernoulli) | self._on_words(bernoulli)
        applied = self._joint(bernoulli, indexed)
        self._bare_laws(bernoulli, indexed, applied)
        return bernoulli

    def say(self, text: str, why: str) -> None:
        """Add a given and the rule that says so."""
        self.found.append(Inferred(text, why))

    # Which names are laws, which are random variables

    def _is_law_letter(self, name: str) -> bool:
        return name.split("_")[0].rstrip("'") in LAW_LETTERS

    def _find_laws(self) -> None:
        notation = self.notation
        for name in notation.laws:
            if not self._known(name):
                self.laws[name] = {}
        for name, signatures in notation.applied.items():
            density = name in ("f", "g") and notation.differential and name in notation.logged_laws
            subscripted = name in notation.subscript_variables
            if self._known(name) or not any(before for before, _ in signatures) or is_functional(name, signatures):
                continue
            if name in notation.bare and name in notation.complements:
                continue
            if self._is_law_letter(name) or density or subscripted or name in notation.laws:
                self.laws.setdefault(name, {})
        for name in notation.indexed:
            lawlike = self._is_law_letter(name) or self._logged_weight(name)
            if lawlike and not self._known(name) and not self._bernoullis(name) and self._has_masses(name):
                self.laws.setdefault(name, {})
        for name in notation.bare:
            if self._summed_bare(name) and not self._known(name):
                self.laws.setdefault(name, {})
        for name in notation.measured:
            if self._known(name) or name in self.laws or name in notation.complements:
                continue
            if self._is_law_letter(name) and not self._is_variable(name) and not self._calculated_with(name):
                self.laws.setdefault(name, {})
        for name in notation.measured:
            together = notation.measured_with.get(name, set()) | {name}
            if all(map(self._has_entries, together)) and not self._known(name) and name not in notation.complements:
                self.laws.setdefault(name, {})
        for name in notation.measured:
            beside = notation.measured_with.get(name, set()) & self.laws.keys()
            law = name in notation.applied or (name.islower() and not notation.bare[name])
            if beside and law and not self._known(name) and name not in notation.complements:
                self.laws.setdefault(name, {})

    def _summed_bare(self, name: str) -> bool:
        """Whether p in -\\sum p \\log p, a sum without an index, is the mass of a law."""
        notation = self.notation
        used = any(name in uses for uses in (notation.applied, notation.indexed, notation.complements, notation.measured))
        return "" in notation.summed and name in LAW_LETTERS and name in notation.positive and name.islower() and not used

    def _calculated_with(self, name: str) -> bool:
        """Whether p or P_e in an entropy is a number: it stands outside of measures as well."""
        alone = len(self.notation.measured_with.get(name, ())) <= 1
        return alone and self.notation.bare[name] > 0 and (name.islower() or "_" in name)

    def _has_entries(self, name: str) -> bool:
        """Whether A in H(A, B) is a law with the masses a_i: the small letter is summed over an index, and no value."""
        small = name.lower()
        values = {
            stem_of(v) for found in self.notation.applied.values() for signature in found for part in signature for v in part
        }
        return name[0].isupper() and len(name) == 1 and self._bound_index(small) and small not in values

    def _has_masses(self, name: str) -> bool:
        """Whether p_1, p_2 are masses: not where only p_1 and 1 - p_1 occur, which are numbers."""
        return self._bound_index(name) or f"{name}[]" not in self.notation.complements

    def _logged_weight(self, name: str) -> bool:
        return name in ("pi", "rho", "w") and f"{name}[]" in self.notation.positive

    def _bound_index(self, name: str) -> bool:
        return any(index in self.notation.bound for indices in self.notation.indexed.get(name, []) for index in indices)

    def _bernoullis(self, name: str) -> bool:
        """Whether pi_i with 1 - pi_i beside y_i with 1 - y_i is a sequence of coins, and no law."""
        complements = {n for n in self.notation.complements if n.endswith("[]")}
        return f"{name}[]" in complements and len(complements) > 1

    def _known(self, name: str) -> bool:
        return name in self.taken or self.known.law(name) is not None

    def _is_variable(self, name: str) -> bool:
        """Whether a name in a measure is a random variable: a capital that is no law, or one beside such a capital."""
        others = self.notation.measured_with.get(name, set()) - {name}
        return any(o[0].isupper() and not self._is_law_letter(o) for o in others) and name not in self.notation.laws

    def _find_variables(self) -> None:
        notation = self.notation
        for name in notation.measured:
            if name in self.laws or self._known(name):
                continue
            lower_law = name.lower() in self.laws and self._is_law_letter(name)
            if name in RESERVED and name != "E":
                continue
            alone = len(notation.measured_with.get(name, ())) <= 1
            lower = name.islower() and name.upper() not in notation.events and not self._value(name)
            number = self._is_law_letter(name) and self._calculated_with(name)
            if name in notation.complements or (lower and alone) or number:
                self.numbers_measured.add(name)
            elif not lower_law:
                self.variables[name.upper() if name[0].islower() else name] = None
        for name in notation.events:
            if not self._known(name) and name not in self.laws and name.isidentifier():
                self.variables[name] = None
        for names in notation.subscript_variables.values():
            self.variables.update((name, None) for name in names if not self._known(name))

    def _value(self, name: str) -> bool:
        """Whether a lower-case name occurs as a value of a mass."""
        return any(name in (*before, *after) for signatures in self.notation.applied.values() for before, after in signatures)

    # The values of each law

    def _gather_values(self) -> None:
        separate = self._separate_values()
        for name in self.laws:
            values = self.laws[name]
            for before, after in self.notation.applied.get(name, []):
                for value in (*before, *after):
                    if value.isdigit() or (value.upper() in "HT" and self._coin(name)):
                        continue
                    measured = value.count("_") > 1 and value.upper() in self.variables
                    kept = value if value in separate or measured else stem_of(value)
                    values[kept] = None
            for variable in self.notation.subscript_variables.get(name, {}):
                values[variable.lower()] = None
            if not values and name not in self.notation.indexed and name.lower() not in self.notation.indexed:
                for drawn, _ in self.notation.drawn.get(name, []):
                    values.update(dict.fromkeys(stem_of(value) for value in drawn))
        for name, values in self.laws.items():
            joint = len(self.variables) > 1 and any(value.upper() in self.variables for value in values)
            if len(values) == 1 and not joint and self._ranges_over_numbers(next(iter(values))):
                # p(k) under a sum from 1 to K: the argument is an index.
                self.notation.indexed.setdefault(name, []).append((next(iter(values)),))
                values.clear()

    def _ranges_over_numbers(self, value: str) -> bool:
        low, high = self.notation.ranges.get(value, ("", ""))
        if self.notation.sets.get(value, "").startswith("{"):
            return True
        return low.isdigit() and value in INDEX_LETTERS and (high.isdigit() or high.isidentifier())

    def _coin(self, name: str) -> bool:
        arguments = {value for before, _ in self.notation.applied.get(name, []) for value in before}
        return {"h", "t"} <= arguments

    def _separate_values(self) -> set[str]:
        """Values with one letter that stand together in one mass, as x_1 and x_2, are of different random variables."""
        separate: set[str] = set()
        for signatures in self.notation.applied.values():
            for before, after in signatures:
                values = list(dict.fromkeys((*before, *after)))
                stems: dict[str, list[str]] = {}
                for value in values:
                    stems.setdefault(stem_of(value), []).append(value)
                separate.update(value for group in stems.values() if len(group) > 1 for value in group)
        for names in self.notation.subscript_variables.values():
            separate.update(name.lower() for name in names)
        return separate

    def _merge_cases(self) -> None:
        """P and p are one law where neither is a number: P(x) beside p(x), P in a measure beside p_i."""
        for name in list(self.laws):
            other = name.swapcase()
            if len(name) == 1 and name.isupper() and other in self.laws and other not in self.notation.complements:
                indexed = (
                    other in self.notation.indexed and self._has_masses(other) and not self.laws[other] and not self.laws[name]
                )
                kept, gone = (name, other) if indexed or name in self.notation.applied else (other, name)
                self.laws[kept].update(self.laws.pop(gone))
                if indexed:
                    self.notation.indexed.setdefault(kept, []).extend(self.notation.indexed.get(gone, []))

    # Bernoulli

    def _bernoulli(self) -> set[str]:
        """P with p and 1-p is a coin: P ~ Bernoulli(p)."""
        done: set[str] = set()
        for name in sorted(self.notation.complements):
            upper = name.upper()
            if self._known(name) or name.endswith("[]") or len(name) != 1 or self._known(upper):
                continue
            if name in self.laws and (self.laws[name] or name in self.notation.indexed):
                continue
            coin = upper in self.laws and not self.laws[upper] and upper not in self.notation.indexed
            if coin or (name in self.laws and not self.laws[name]) or (upper in self.laws and self._coin(upper)):
                self.say(f"{upper} ~ Bernoulli({name})", f"{name} stands beside 1 - {name}, and {upper} is a law")
                done.update((upper, name))
                self.laws.pop(name, None)
                self.laws.pop(upper, None)
                self.taken.update((upper, name))
        return done

    # Laws with an index

    def _indexed(self, done: set[str]) -> set[str]:
        notation = self.notation
        groups: dict[str, list[str]] = {}
        for name in list(self.laws):
            uses = notation.indexed.get(name, [])
            lower = name.lower() if name not in notation.indexed else name
            uses = uses or notation.indexed.get(lower, [])
            if name in done or not uses or self.laws[name] or not self._has_masses(lower):
                continue
            if max(map(len, uses)) > 1:
                continue
            if lower in notation.bare and lower != name and lower in self.numbers_measured:
                continue
            groups.setdefault(self._alphabet(lower, uses), []).append(name)
        indexed: set[str] = set()
        for alphabet, names in groups.items():
            # P in a measure and p with an index are one law.
            upper = list(dict.fromkeys(self._law_of_indexed(name) for name in names))
            variable = self._variable_of_indexed(names)
            if variable is not None:
                self.say(
                    f"{variable} ~ {upper[0]} on {alphabet}", f"{upper[0]} has an index, and {variable} is a random variable"
                )
                self.variables.pop(variable)
                self.taken.add(variable)
            rest = upper[1:] if variable is not None else upper
            if rest:
                self.say(f"{', '.join(rest)} on {alphabet}", f"{', '.join(names)} with an index: masses of a law")
            indexed.update(names)
            self.taken.update(upper)
        for name in indexed:
            self.laws.pop(name, None)
        return indexed

    def _on_words(self, done: set[str]) -> set[str]:
        """Laws that are applied to words or numbers alone, P(Cat) beside P(Dog), p(0) beside p(1): these are the outcomes."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for name in self.laws.keys() - done:
            signatures = self.notation.applied.get(name, ())
            words = {value for before, given in signatures for value in (*before, *given)}
            single = all(len(before) == 1 and not given for before, given in signatures)
            if single and len(words) > 1 and all(word.istitle() and word.isalpha() and len(word) > 1 for word in words):
                groups.setdefault(tuple(sorted(words)), []).append(name)
        at_numbers = {name: self._numbers_alone(name) for name in sorted(self.laws.keys() - done)}
        outcomes_of = sorted(set().union(*at_numbers.values()))
        if len(outcomes_of) > 1:
            groups.setdefault(tuple(outcomes_of), []).extend(name for name, found in at_numbers.items() if found)
        for outcomes, names in sorted(groups.items()):
            listed = ", ".join(outcomes)
            self.say(f"{', '.join(sorted(names))} on {{{listed}}}", f"{listed} are what it is applied to alone: outcomes")
            self.taken.update(names)
            for name in names:
                self.laws.pop(name)
        return {name for names in groups.values() for name in names}

    def _numbers_alone(self, name: str) -> set[str]:
        """The 0 and 1 of p(0) and p(1), where the law is applied to numbers alone and has no index."""
        uses = self.notation.applied.get(name, ())
        at = {value for before, given in uses for value in (*before, *given)}
        single = all(len(before) == 1 and not given for before, given in uses)
        alone = bool(at) and single and all(value.isdigit() for value in at)
        return at if alone and name not in self.notation.indexed and not self.laws[name] else set()

    def _law_of_indexed(self, name: str) -> str:
        """The law whose masses are p_i: P where the document speaks of P, else p itself."""
        upper = name.upper()
        if len(name) == 1 and name.islower() and upper in self.laws and not self.laws[upper]:
            self.laws.pop(upper)
            return upper
        return name

    def _variable_of_indexed(self, names: list[str]) -> str | None:
        """X, where H(X) stands beside p_i: the law of X has the masses p_i."""
        free = [v for v in self.variables if v not in self.taken]
        return free[0] if len(free) == 1 and not any(self.laws[n] for n in self.laws if n not in names) and names else None

    def _alphabet(self, name: str, uses: Sequence[tuple[str, ...]]) -> str:
        notation = self.notation
        for (index,) in uses:
            low, high = notation.ranges.get(index, ("", ""))
            if notation.sets.get(index, "").startswith("{"):
                return notation.sets[index]
            if low.isdigit() and high.startswith("|") and low == "1":
                return high.strip("|")
            if low.isdigit() and high and (high.isdigit() or high.isidentifier()):
                return f"{{{low}..{high}}}"
        digits = [int(index) for (index,) in uses if index.isdigit()]
        letters = [index for (index,) in uses if not index.isdigit()]
        if digits and not letters and len(set(digits)) > 1:
            return f"{{{min(min(digits), 1)}..{max(digits)}}}"
        ends = [index for index in letters if index in _SIZES and index not in notation.bound]
        if ends and digits:
            return f"{{{min(digits)}..{ends[0]}}}"
        return f"{{1..{self._size()}}}"

    def _size(self) -> str:
        for name in _SIZES:
            if name not in self.notation.bound and name not in self.laws and name not in self.taken - self.known.numbers:
                return name
        return "n"

    # Joint laws

    def _joint(self, done: set[str], indexed: set[str]) -> set[str]:
        pairs = [name for name in self.laws if any(len(u) > 1 for u in self.notation.indexed.get(name, []))]
        for name in pairs:
            if not self.laws[name]:
                indices = next(u for u in self.notation.indexed[name] if len(u) > 1)
                self.laws[name].update(dict.fromkeys(index for index in indices if not index.isdigit()))
        free = [variable for variable in self.variables if variable not in self.taken]
        main = self._main_law(free)
        if free and main is None:
            main = next((n for n in ("p", "P", "r", "f", "mu") if self._free_letter(n)), None)
            if main is not None:
                self.laws[main] = {}
        applied = {name for name, values in self.laws.items() if values}
        if main is not None and free:
            values = self.laws[main]
            values.update((variable.lower(), None) for variable in free)
            ordered = [value for value in values if value.upper() in free] + [v for v in values if v.upper() not in free]
            if all(len(value) == 1 for value in ordered):
                ordered.sort()
            names = ", ".join(value.upper() for value in ordered)
            self.say(
                f"{names} ~ {main}({','.join(ordered)}){' density' * self._dense(ordered)}",
                f"{names} stand in a measure of random variables, and {main} is their law",
            )
            self.taken.update((main, *(value.upper() for value in ordered)))
            applied.add(main)
            self.laws.pop(main)
        self._masses(applied)
        return applied

    def _free_letter(self, name: str) -> bool:
        notation = self.notation
        used = name in self.taken or name in notation.bare or name in notation.applied or name in self.laws
        numbers = {name, name.swapcase()} & (notation.complements | self.numbers_measured)
        return not used and not numbers and name.upper() not in notation.bare and name not in notation.indexed

    def _main_law(self, variables: list[str]) -> str | None:
        """The law of the random variables: the first whose values they are; of several, p before the others."""
        if not variables:
            return None
        wanted = {variable.lower() for variable in variables}
        fitting = [name for name, values in self.laws.items() if wanted & values.keys()]
        if not fitting:
            bare = {name for name in self.laws if self._summed_bare(name)} if len(variables) == 1 else set()
            empty = [name for name, values in self.laws.items() if not values and name in self.notation.applied.keys() | bare]
            return empty[0] if empty else None
        order = {"p": 0, "P": 1, "f": 2}
        return min(fitting, key=lambda name: (-len(wanted & self.laws[name].keys()), order.get(name, 3)))

    def _dense(self, values: Iterable[str]) -> bool:
        return bool(set(values) & {stem_of(name) for name in self.notation.integrated}) or self.differential_only()

    def _masses(self, applied: set[str]) -> None:
        """Laws by the values that occur with each, those of the same values together."""
        groups: dict[tuple[tuple[str, ...], tuple[str, ...], bool], list[str]] = {}
        for name in [name for name in self.laws if name in applied]:
            values = tuple(self.laws.pop(name))
            behind = self._always_behind_a_bar(name, values)
            groups.setdefault((values, behind, self._dense(values)), []).append(name)
            self.taken.update((name, *(value.upper() for value in values)))
        for (values, behind, dense), names in groups.items():
            what = "densities" if dense else "masses"
            of = ", ".join(values)
            why = f"{', '.join(names)} applied to {of}: {'densities, under an integral' if dense else 'masses'}"
            if len(values) == 1:
                self.say(f"{', '.join(names)} {what} of {of}", why)
            else:
                before = ",".join(value for value in values if value not in behind)
                inside = f"{before}|{','.join(behind)}" if behind else before
                listed = ", ".join(f"{name}({inside})" for name in names)
                self.say(f"{listed} {what}", why)

    def _always_behind_a_bar(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """The x of p(y|x), where p stands alone as well and every p with its values is conditional on just x."""
        conditions = {after for _, after in self.notation.applied.get(name, [])}
        if name not in self.notation.bare_laws or len(conditions) != 1:
            return ()
        (behind,) = conditions
        return behind if set(behind) < set(values) else ()

    def _bare_laws(self, done: set[str], indexed: set[str], applied: set[str]) -> None:
        """Laws that are never written with their values stand on the alphabet of the others, or on 1 to n."""
        names = [name for name in self.laws if name not in self.taken]
        if not names:
            return
        for name in names:
            # p_1 beside P, a number: it is counted with the numbers, so that P gets no masses of that letter.
            for use in self.notation.indexed.get(name.lower(), []):
                self.notation.bare["_".join((name.lower(), *use))] += 1
        masses = [
            found.text
            for found in self.found
            if " of " in found.text and (" masses of " in found.text or " densities of " in found.text)
        ]
        ranged = [found.text for found in self.found if " on {" in found.text]
        if masses:
            tail = masses[0][masses[0].index(" masses" if " masses" in masses[0] else " densities") :]
            self.say(f"{', '.join(names)}{tail}", "laws, on the values of the other laws")
        elif self.differential_only():
            self.say(f"{', '.join(names)} densities of x", "laws beside an integral")
        else:
            alphabet = ranged[0][ranged[0].index(" on {") + 4 :] if ranged else f"{{1..{self._size()}}}"
            joined = ", ".join(names)
            lower = [name.lower() for name in names]
            numbers = {name.split("_")[0] for name in (*self.notation.bare, *self.notation.complements)}
            if any(letter in numbers for letter in lower if letter not in names):
                self.say(f"{joined} masses of x", "laws, whose letters in lower case are numbers")
            else:
                self.say(f"{joined} on {alphabet}", "laws, on one finite alphabet")
        self.taken.update(names)

    def differential_only(self) -> bool:
        """Whether the document integrates and never sums."""
        return self.notation.differential and not self.notation.summed
