"""Observes measures: H, KL, I and JS, and what their arguments say of the names in them."""

from __future__ import annotations

from symkl.language.latex import words
from symkl.language.latex.mass_lists import listed_laws
from symkl.language.latex.naming import listed_entries, plain_name, script_text, walk
from symkl.language.latex.syntax import Chain, Expression, Group, Name, chain_of
from symkl.theory.notation import LAW_LETTERS, Notation, Signature, stem_of
from symkl.theory.shapes import lawlike, of_variables
from symkl.theory.signatures import signature, values


class MeasureObserver:
    """Notes what the arguments of measures are; what stands in them is observed by the class below."""

    def __init__(self, found: Notation) -> None:
        self.found = found

    def chain(self, chain: Chain, law: bool = False) -> None:
        """Observe a chain; `law` says whether laws stand in it."""
        raise NotImplementedError

    def expression(self, expression: Expression, law: bool = False) -> None:
        """Observe a side of a chain."""
        raise NotImplementedError

    def measure(self, node: Name, group: Group) -> bool:
        """Whether a name before a bracket is a measure, which is then noted."""
        if self._measured_under(node, group) or self._binary_entropy(node, group):
            return True
        named = self._named(node, group)
        if named is None:
            return False
        laws = listed_laws(group) if named in words.OF_LISTS and node.sub is None else ()
        if laws:
            self.found.mass_lists.update(dict.fromkeys(laws))
            for part in group.parts:
                self.chain(part)
        else:
            self._measured(named, group)
        return True

    def _binary_entropy(self, node: Name, group: Group) -> bool:
        """Whether this is h_b(p), of which the small letters are numbers as beside 1 - p, and no laws."""
        if node.stem not in ("H", "h") or node.sub is None or script_text(node.sub) != "b" or group.only is None:
            return False
        written = [inner for inner in walk(group.only) if isinstance(inner, Name)]
        below = [inner for name in written if name.sub is not None for inner in walk(name.sub)]
        names = [str(plain_name(name)) for name in written if name not in below]
        if not all(name.islower() for name in names):
            return False
        self.chain(group.only)
        self.found.complements.update(names)
        return True

    def _named(self, node: Name, group: Group) -> str | None:
        below = script_text(node.sub) if node.sub is not None else None
        if node.sub is not None:
            found = words.SUBSCRIPTED.get((node.stem, str(below)))
            if found is None and node.stem in ("D", "d", "H", "h") and "||" in group.separators:
                self.found.applied.setdefault(str(plain_name(node)), []).append(((), ()))
                return "KL"
            if found is None and node.stem in ("H", "D", "I") and below is not None:
                self.found.applied.setdefault(str(plain_name(node)), []).append(((), ()))
                return "H"
            return found
        if node.stem in ("D", "d") and "||" not in group.separators:
            return None
        if node.stem == "I" and len(group.parts) == 1:
            return None
        return words.MEASURES.get(node.stem)

    def _measured_under(self, node: Name, group: Group) -> bool:
        """Whether this is H_q(Z | X) or I_q(X; Z), by which q is a law of the values z and x."""
        law = node.sub.parts[0].lone_name() if node.sub is not None else None
        if law is None or words.MEASURES.get(node.stem) not in ("H", "h", "I") or law.letter not in LAW_LETTERS:
            return False
        named = plain_name(law)
        written = [lone.stem for part in group.parts if (lone := part.lone_name()) is not None]
        names = [block for part in group.parts if (block := values(part))]
        if named is None or not len(names) == len(written) == len(group.parts) or set(group.separators) - set(",;|:"):
            return False
        bar = group.separators.index("|") + 1 if "|" in group.separators else len(names)
        before = tuple(name for block in names[:bar] for name in block)
        given = tuple(name for block in names[bar:] for name in block)
        at_a_value = all(stem.islower() for stem in written[bar:])
        needed: Signature = (before, given) if at_a_value and node.stem != "I" else ((*before, *given), ())
        self.found.under.setdefault(str(plain_name(node)), (named, []))[1].append(needed)
        return True

    def _measured(self, measure: str, group: Group) -> None:
        if measure == "h":
            self.found.measured_by_h.update(name for part in group.parts for name in self._lone_arguments(part))
        entries = listed_entries(group) if measure == "H" else None
        if entries is not None:
            self.found.indexed.setdefault(entries[0], []).extend((index,) for index in entries[1])
            return
        lone = [name for part in group.parts for name in self._lone_arguments(part)]
        if measure in ("KL", "JS", "H") and len(group.parts) == 2:
            self._of_the_same_values(group)
        for part in group.parts:
            if measure in ("KL", "JS"):
                self.chain(part, True)
                continue
            if part.relations == ["="]:
                left = part.sides[0]
                name = chain_of(left).lone_name() if left is not None else None
                full = plain_name(name) if name is not None else None
                if full is not None:
                    self.found.events[full.upper()] = None
                continue
            arguments = self._lone_arguments(part)
            if measure in ("H", "h") and self._at_values(group, part, arguments):
                self.found.events.update((stem_of(argument).upper(), None) for argument in arguments)
                continue
            if not arguments and part.single is not None:
                laws = lawlike(part.single) and not of_variables(part.single)
                self.expression(part.single, True) if laws else self._variables_in(part)
            for argument in arguments:
                self.found.measured[argument] = None
                self.found.measured_with.setdefault(argument, set()).update(lone)
                if measure == "I":
                    self.found.events[argument.upper()] = None

    def _at_values(self, group: Group, part: Chain, arguments: list[str]) -> bool:
        """Whether the condition of an entropy is written small beside capitals, H(Y | x), and so is a value."""
        bar = group.separators.index("|") + 1 if "|" in group.separators else len(group.parts)
        first = group.parts[0].lone_name()
        behind = any(part is other for other in group.parts[bar:])
        small = bool(arguments) and all(argument[0].islower() for argument in arguments)
        return behind and small and first is not None and first.stem[0].isupper() and first.letter not in LAW_LETTERS

    def _of_the_same_values(self, group: Group) -> None:
        """A law that stands bare in a measure beside one with its values is of these: q of z in D(q || p(z|x))."""
        for one, other in (group.parts, group.parts[::-1]):
            bare = one.lone_name()
            factors = other.single.runs[0].factors if other.single is not None and len(other.single.runs) == 1 else []
            if bare is None or len(factors) != 2 or not isinstance(factors[0], Name) or not isinstance(factors[1], Group):
                continue
            name, at = plain_name(bare), signature(factors[1])
            if name is not None and bare.letter in LAW_LETTERS and at is not None and at[0]:
                self.found.drawn.setdefault(name, []).append((at[0], ()))

    def _variables_in(self, part: Chain) -> None:
        """H(aX), H(X, g(X)): the random variables inside, and the numbers and functions beside them."""
        for node in walk(part):
            if isinstance(node, Name):
                full = plain_name(node)
                if full is not None and len(full) == 1 and full in "STUVWXYZ":
                    self.found.measured[full] = None
                    self.found.measured_with.setdefault(full, set()).add(full)
        if part.single is not None:
            self.expression(part.single)

    def _lone_arguments(self, part: Chain) -> list[str]:
        lone = part.lone()
        if isinstance(lone, Group) and lone.power is None and len(lone.parts) > 1:
            return [name for inner in lone.parts for name in self._lone_arguments(inner)]
        name = part.lone_name()
        if name is None:
            return self._side_by_side(part)
        if name.power is not None:
            power = name.power.lone_name()
            return [f"{name.stem}_1_{power.stem}"] if power is not None and name.stem.isupper() else []
        if name.word and name.sub is None and name.stem.isupper() and len(name.stem) in (2, 3) and not name.font:
            return list(name.stem)
        full = plain_name(name)
        return [full] if full is not None else []

    def _side_by_side(self, part: Chain) -> list[str]:
        """XY in H(XY): several random variables side by side."""
        expression = part.single
        if expression is None or len(expression.runs) != 1 or expression.runs[0].negative:
            return []
        factors = expression.runs[0].factors
        if any(expression.runs[0].joints) or not all(isinstance(f, Name) and f.stem in "STUVWXYZ" for f in factors):
            return []
        return [str(plain_name(f)) for f in factors if isinstance(f, Name)]
