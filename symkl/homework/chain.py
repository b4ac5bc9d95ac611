"""A verdict for every row of a chain, under one interpretation of it.

Each relation is a step from the side before it. A step is `correct` only where the judge proves it, `wrong` only where it
is refuted under every reading and nothing unsaid could save it (`Excuses`), `given` where there is nothing to check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from time import monotonic

from symkl.homework.compare import PROVED, REFUTED, Comparer, Definition, Outcome, is_zero, replaced_by
from symkl.homework.constants import up_to_a_constant
from symkl.homework.data import matches_definition, replaced_function
from symkl.homework.diagnosis import masses_are_known
from symkl.homework.equations import closed
from symkl.homework.equations import follows as follows_from
from symkl.homework.evident import evident_entropy
from symkl.homework.excuses import Excuses
from symkl.homework.hidden import factor_by_factor, has_hidden
from symkl.homework.introductions import (
    differentiated,
    introduction,
    one_hot,
)
from symkl.homework.names import NOTHING, Names, Register, is_data
from symkl.homework.on_the_line import density_of
from symkl.homework.rounding import CUT_OFF, agree, cut_off, decimals, exact_decimals
from symkl.homework.rows import DIFFERS_FROM_UNDECIDED, Equation, Judged, Row, RowTerms, Side
from symkl.homework.supposed import Suppositions
from symkl.homework.verdicts import CORRECT, GIVEN, TIME_IS_OVER, UNKNOWN, UNREAD, WRONG, worst
from symkl.language.latex.symbols import CONNECTIVES
from symkl.language.term import (
    Derivative,
    Function,
    Log,
    Mass,
    Measure,
    Number,
    Relation,
    Symbol,
    Term,
    Value,
    free_names,
    subterms,
    without_labels,
)

SAYS_DERIVATIVE = "says what the derivative is"
UNITS = {"bit": "bits", "bits": "bits", "nat": "nats", "nats": "nats", "dits": "hartleys", "hartleys": "hartleys"}
"""Words for units of information, and the unit of each."""

LETTERS = {"H": ("H",), "h": ("h",), "KL": ("D", "KL", "D_KL"), "I": ("I",), "JS": ("JS", "JSD", "D_JS")}
"""How a measure is named without its arguments."""

MOST_CONDITIONS = 6
"""Of what the rows state of laws the last so many are looked at."""

SAYS_SOMETHING = "says something of"
NOT_FOLLOWING = "does not follow from"

_COMBINED = {
    ("=", "<="): "<=", ("=", ">="): ">=", ("=", "<"): "<", ("=", ">"): ">",
    ("<=", "<="): "<=", ("<=", "<"): "<", ("<", "<"): "<",
    (">=", ">="): ">=", (">=", ">"): ">", (">", ">"): ">",
}  # fmt: skip


@dataclass(slots=True)
class Steps:
    """Goes through the rows of a display from the top, and remembers what the next row is compared with."""

    comparer: Comparer
    register: Register
    suppositions: Suppositions | None = None
    """What the words around the display assume."""
    sides: list[Side] = field(default_factory=list)
    seen: Names = NOTHING
    seen_above: Names = NOTHING
    """What the rows above speak of."""
    tied: Names = NOTHING
    """Names that a row relates to laws without saying how."""
    exact: set[str] = field(default_factory=set)
    equations: list[Equation] = field(default_factory=list)
    conditions: list[Equation] = field(default_factory=list)
    """What rows state of laws and do not derive: H(Y|X) = 0."""
    units: frozenset[str] = frozenset()
    """The units of information that the rows name."""
    solved: set[int] = field(default_factory=set)
    """Rows of the display that state an equation which a row below solves: conditions, whatever was said of them."""
    count: int = -1
    """How many rows of the display have been judged."""
    gap: bool = False
    """Whether a row since the last side could not be read."""
    condition: bool = False
    row: int = 0
    deadline: float = inf

    # Rows

    def judge_row(self, row: Row, number: int) -> Judged:
        """The verdict on a row: that of its worst relation, under the reading that is right, if one is."""
        self.row = number
        self.count += 1
        self.units |= {unit for note in row.notes for word, unit in UNITS.items() if word in note.lower().split()}
        if row.readings and monotonic() > self.deadline:
            self.gap = True
            return Judged(UNKNOWN, TIME_IS_OVER)
        if not row.readings:
            self.gap = True
            return Judged(UNREAD, row.unread)
        before = self._state()
        self.seen_above = self.seen
        best: Judged | None = None
        after = before
        for reading in row.readings:
            self._restore(before)
            found = self._judge_reading(row, reading)
            if reading.said and found.verdict == CORRECT:
                found = replace(found, said=(*reading.said, *found.said))
            if best is None or _better(found.verdict, best.verdict):
                if best is not None and found.verdict == GIVEN:
                    continue
                best, after = found, self._state()
            if best.verdict in (CORRECT, GIVEN):
                break
        self._restore(after)
        return best or Judged(UNREAD)

    def _state(self) -> tuple[object, ...]:
        return (
            list(self.sides), self.seen, self.tied, set(self.exact), list(self.equations), list(self.conditions),
            self.gap, self.condition, dict(self.comparer.definitions),
        )  # fmt: skip

    def _restore(self, state: tuple[object, ...]) -> None:
        sides, self.seen, self.tied, exact, equations, conditions, self.gap, self.condition, definitions = state  # type: ignore[assignment]
        self.sides, self.exact, self.equations = list(sides), set(exact), list(equations)  # type: ignore[call-overload]
        self.conditions = list(conditions)  # type: ignore[call-overload]
        self.comparer.definitions = dict(definitions)  # type: ignore[call-overload]

    def _judge_reading(self, row: Row, reading: RowTerms) -> Judged:
        sides = [without_labels(side) for side in reading.sides]
        operators = reading.relations
        if len(sides) == 1 and isinstance(sides[0], Relation) and CONNECTIVES & set(sides[0].operators):
            return self._worst(list(self._statements(row, operators, sides[0])))
        if row.inherits:
            return self._worst([self._step(op, side) for op, side in zip(operators, sides, strict=False)])
        self.sides, self.gap, self.condition = [], False, False
        if not operators:
            self._push(sides[0], GIVEN)
            self.exact |= exact_decimals(sides[0])
            return Judged(GIVEN, "the expression that the next rows start from")
        if set(operators) == {"="} and isinstance(sides[-1], Number) and len(sides) > 2 and _are_masses(sides[:-1]):
            for side in sides:
                self._push(side, GIVEN)
            return Judged(GIVEN, "the data are introduced here")
        found = [self._opening(row, operators[0], sides[0], sides[1])]
        for operator, before, after in zip(operators[1:], sides[1:], sides[2:], strict=False):
            supposed = self._supposed_opening(operator, before, after) if found[-1].verdict == GIVEN else None
            introduced = self._introduced(before, after) if found[-1].verdict == GIVEN and supposed is None else ""
            if introduced:
                self._push(after, GIVEN, operator)
                self.exact |= exact_decimals(after)
                found.append(Judged(GIVEN, introduced))
            else:
                found.append(self._step(operator, after))
        return self._worst(found)

    def _statements(self, row: Row, leading: tuple[str, ...], joined: Relation) -> Iterator[Judged]:
        """The verdicts on statements that arrows join: the first is a condition, and the others are held against it."""
        for place, statement in enumerate(joined.args):
            relations, sides = (statement.operators, statement.args) if isinstance(statement, Relation) else ((), (statement,))
            inherits = row.inherits and not place
            part = Row((), inherits, row.connective or "=>" * bool(place), row.notes)
            found = self._judge_reading(part, RowTerms((*leading, *relations) if inherits else relations, sides))
            if not place and found.verdict in (WRONG, UNKNOWN) and not row.inherits:
                if self.equations and self.equations[-1].row == self.count:
                    self.equations[-1].claimed = False
                found = Judged(GIVEN, "a condition, from which the rest is said to follow")
            elif place and found.verdict == WRONG and not found.reason.startswith(NOT_FOLLOWING):
                found = replace(found, verdict=UNKNOWN, reason="it is not seen whether this follows from what stands before it")
            yield found

    @staticmethod
    def _worst(found: Sequence[Judged]) -> Judged:
        verdict = worst(each.verdict for each in found)
        return next(each for each in found if each.verdict == verdict)

    # The relation that opens a chain

    def _opening(self, row: Row, operator: str, left: Term, right: Term) -> Judged:
        solved = self._solved(row, operator, left, right)
        supposed = None if solved else self._supposed_opening(operator, left, right)
        introduced = "" if solved or supposed else self._introduced(left, right)
        self._push(left, GIVEN)
        self.exact |= exact_decimals(left) | (exact_decimals(right) if _calculates(right) else frozenset())
        if introduced:
            self.exact |= exact_decimals(right)
            self._push(right, GIVEN, operator)
            degenerate = _degenerate(right, self.comparer)
            if degenerate is not None:
                return Judged(UNKNOWN, f"{self.write(degenerate)} is 0 whatever the laws are; is that what was meant?")
            if operator == "=" and introduced.startswith(SAYS_SOMETHING):
                self.equations.append(Equation(left, right, self.count))
            return Judged(GIVEN, introduced)
        follows = solved or supposed or self._follows(row, operator, left, right)
        if follows is not None:
            self._push(right, follows.verdict, operator)
            return follows
        shared = self._names(left).opaque | self._names(right).opaque
        if isinstance(left, Measure):
            for name in LETTERS.get(left.name, ()):
                # H(p) = ... and then dH/dp: the letter alone is the measure that the display opens with.
                self.comparer.definitions.setdefault(f"{name} alone", Definition(Symbol(name), left))
        found = self._step(operator, right)
        if found.verdict == WRONG and operator == "=" and self._is_a_further_equation(shared):
            self.sides[-1] = replace(self.sides[-1], verdict=UNKNOWN)
            found = replace(found, verdict=UNKNOWN, reason="it is not seen whether this follows from the equation above")
        if operator == "=" and found.verdict in (GIVEN, UNKNOWN) and not shared and self._names(left).laws:
            self.conditions.append(Equation(left, right, self.count))
        if operator == "=" and found.verdict != CORRECT and shared:
            self.equations.append(Equation(left, right, self.count, found.verdict == WRONG))
        return found

    def _is_a_further_equation(self, names: frozenset[str]) -> bool:
        """Whether the row above states an equation, no identity, in the same names."""
        if not self.equations or self.equations[-1].row != self.count - 1 or self.equations[-1].claimed:
            return False
        above = self.equations[-1]
        return bool(names & (self._names(above.left).opaque | self._names(above.right).opaque))

    def _introduced(self, left: Term, right: Term) -> str:
        """What an opening equation introduces rather than claims, in words; empty where it claims."""
        names, others = self._names(left), self._names(right)
        for name, value in ((left, right), (right, left)):
            if not isinstance(name, Mass) and self._is_new_name(name, value):
                if not isinstance(name, Value):
                    self.comparer.definitions[name.name] = Definition(name, value)  # type: ignore[attr-defined]
                return f"{self.write(name)} is introduced"
        by_formula = isinstance(left, Mass) and left.marginal.law in self.comparer.setting.formulas and not self.sides
        if by_formula and self.comparer.compare("=", left, right).verdict == PROVED:
            return f"says what {self.write(left)} is"
        if self._hidden(left) and not any(side.term == left for side in self.sides):
            found = differentiated(left, right)
            if found is not None and self._is_new_name(found.head, found.body):
                self.comparer.definitions[self.write(found.head)] = found
            return f"says what {self.write(left)} is"
        new = {part.name for part in subterms(left) if isinstance(part, Function)} & names.opaque
        new = new - others.opaque - self.seen_above.opaque - set(self.comparer.definitions)
        if not names.laws and not names.opaque & others.opaque:
            new |= names.opaque - self.seen_above.opaque - set(self.comparer.definitions)
        return f"{SAYS_SOMETHING} {', '.join(sorted(new))}, of which nothing is known" if new else ""

    def _is_new_name(self, left: Term, right: Term) -> bool:
        """Whether a side is a name that nothing has defined: a symbol, or an unknown function of something."""
        if not isinstance(left, Symbol | Function | Value | Mass):
            return False
        name = left.marginal.law if isinstance(left, Mass) else left.name
        if isinstance(left, Value):
            return name not in free_names(right) and all(name not in free_names(side.term) for side in self.sides)
        if name not in self._names(left).opaque or name in self._names(right).opaque:
            return False
        return name not in self.seen.opaque and name not in self.comparer.definitions

    def _solved(self, row: Row, operator: str, left: Term, right: Term) -> Judged | None:
        """Whether a row solves the equation above it for a name."""
        return self._follows(row, operator, left, right) if isinstance(left, Symbol | Mass) else None

    def _follows(self, row: Row, operator: str, left: Term, right: Term) -> Judged | None:
        """Whether an equation follows from the one above it: the same difference up to a factor, or solved for a name."""
        if operator != "=" or not self.equations:
            return None
        above = self.equations[-1]
        outcome = follows_from(above.left, above.right, left, right, self.comparer)
        if outcome is None:
            return None
        if outcome.verdict == PROVED:
            if above.row < self.count:
                self.solved.add(above.row)
            self.equations.append(Equation(left, right, self.count))
            return Judged(CORRECT, "the same equation as above, rearranged", outcome=outcome, before=left, after=right)
        alone = above.row in (self.count - 1, self.count) and isinstance(left, Symbol) and closed(above.left, above.right, left)
        if outcome.verdict == REFUTED and (row.connective or alone) and not self.gap:
            return Judged(WRONG, f"{NOT_FOLLOWING} the equation above", (), outcome, above.left, "=", right)
        return None

    # Steps

    def _push(self, term: Term, verdict: str, operator: str = "=") -> None:
        self.sides.append(Side(term, verdict, operator, self.row))
        self.seen = self.seen | self.register.of(term)

    def _step(self, operator: str, after: Term) -> Judged:
        """The verdict on one relation and the side after it."""
        if not self.sides:
            self._push(after, GIVEN)
            self.exact |= exact_decimals(after)
            return Judged(GIVEN, "the chain begins here")
        if operator == "=" and is_zero(after) and self._has_derivative():
            self.condition = True
            self.equations.append(Equation(self.sides[-1].term, after, self.count))
            return Judged(GIVEN, "a condition: the derivative is set to zero")
        self.condition = False
        if operator in ("=", ":=") and isinstance(after, Symbol | Function) and self._is_new_name(after, self.sides[-1].term):
            self.comparer.definitions[after.name] = Definition(after, self.sides[-1].term)
            self._push(after, GIVEN, operator)
            return Judged(GIVEN, f"{self.write(after)} is introduced")
        found = self._compared(operator, after)
        gap, self.gap = self.gap, False
        if gap and found.verdict == WRONG:
            found = replace(found, verdict=UNKNOWN, reason=f"differs from the last row that was read: {found.reason}")
        if found.verdict in (UNKNOWN, GIVEN):
            self._tie(self.sides[-1].term, after)
        if found.verdict in (GIVEN, CORRECT) and not (found.outcome and {"rounded", CUT_OFF} & set(found.outcome.said)):
            self.exact |= exact_decimals(after)
        self._push(after, found.verdict, operator)
        return found

    def _has_derivative(self) -> bool:
        return any(isinstance(part, Derivative) for side in self.sides[:2] for part in subterms(side.term))

    def _compared(self, operator: str, after: Term) -> Judged:
        previous = self.sides[-1]
        known = len(self.comparer.definitions)
        first = self._against(operator, previous.term, after)
        if first.verdict == CORRECT or len(self.comparer.definitions) > known:
            return first
        for side, combined in self._earlier(operator):
            outcome = self.comparer.compare(combined, side.term, after)
            if outcome.verdict == PROVED:
                return Judged(CORRECT, f"agrees with row {side.row + 1}", outcome.said, outcome, side.term, combined, after)
        if (
            first.verdict == WRONG
            and len(self.sides) > 1
            and all(side.verdict == CORRECT and side.operator == "=" for side in self.sides[1:])
        ):
            first = replace(first, head=self.sides[0].term)
        if first.verdict == WRONG and previous.verdict == UNKNOWN and previous.operator == "=":
            return replace(first, verdict=UNKNOWN, reason=f"{DIFFERS_FROM_UNDECIDED}: {first.reason}")
        return first

    def _earlier(self, operator: str) -> list[tuple[Side, str]]:
        """The right sides above the previous one, nearest first, each with the relation that the chain has from it to here.

        A wrong or undecided row in between is passed over: the row after it may go on from the last right one.
        """
        found: list[tuple[Side, str]] = []
        combined = operator
        skip = self.sides[-1].verdict in (WRONG, UNKNOWN)
        for k in range(len(self.sides) - 1, 0, -1):
            side = self.sides[k]
            link = "=" if side.verdict in (WRONG, UNKNOWN) and side.operator not in ("<=", ">=", "<", ">") else side.operator
            link = "=" if link == ":=" else link
            combined = _combined(link, combined)
            if not combined:
                return found
            before = self.sides[k - 1]
            usable = before.verdict in (CORRECT, GIVEN) or (before.verdict == UNKNOWN and self.sides[-1].verdict == WRONG)
            if usable and (skip or combined == "="):
                found.append((before, combined))
        return found

    def _against(self, operator: str, before: Term, after: Term) -> Judged:
        if operator == "!=":
            return self._differ(before, after)
        loosely = up_to_a_constant(operator, before, after, self.comparer, self.seen_above, self.seen, self._excuses())
        if loosely is not None:
            return loosely
        outcome = self.comparer.compare("=" if operator == "~=" else operator, before, after)
        if outcome.verdict == PROVED:
            return Judged(CORRECT, "", outcome.said, outcome, before, operator, after)
        rounded = self._rounded(operator, before, after, outcome)
        if rounded is not None:
            return rounded
        supposed = self._supposed(operator, before, after)
        if supposed is not None:
            return supposed
        data = self._introduces(operator, before, after, outcome)
        if data is not None:
            return data
        if outcome.verdict == REFUTED:
            conditional = self._under_conditions(operator, before, after)
            if conditional is not None:
                return conditional
            excuse = self._excuses().of(operator, before, after) or self._roughly(operator, before, after)
            if excuse and not (self.suppositions and self.suppositions.covers(before, after)):
                return Judged(UNKNOWN, excuse, (), outcome, before, operator, after)
            return self._refuted(operator, before, after, outcome)
        return Judged(UNKNOWN, outcome.reason, (), outcome, before, operator, after)

    def _supposed(self, operator: str, before: Term, after: Term) -> Judged | None:
        """The verdict on a step that what the words assume proves, or refutes by the data that they give."""
        if not self.suppositions or operator not in ("=", ":=", "~=", "<=", ">=", "<", ">"):
            return None
        found = self.suppositions.proves(operator, before, after, self.exact)
        if found is not None:
            return Judged(CORRECT, found.said, found.outcome.said if found.outcome else ())
        found = self.suppositions.contradicts(operator, before, after, self.exact)
        if found is None or found.outcome is None:
            return None
        return Judged(WRONG, found.outcome.reason, (found.said,), found.outcome, before, operator, after, world=found.world)

    def _supposed_opening(self, operator: str, left: Term, right: Term) -> Judged | None:
        """The verdict on an equation that opens a chain, where only what the words assume decides it."""
        if not self.suppositions:
            return None
        plainly = self.comparer.compare("=" if operator in ("~=", ":=") else operator, left, right).verdict == PROVED
        return None if plainly else self._supposed(operator, left, right)

    def _refuted(self, operator: str, before: Term, after: Term, outcome: Outcome) -> Judged:
        """The verdict on a step that is refuted without what the words assume, and that nothing excuses."""
        found = self.suppositions.settles(operator, before, after, self.exact) if self.suppositions is not None else None
        if found is None:
            return Judged(WRONG, outcome.reason, (), outcome, before, operator, after)
        if found.verdict == UNKNOWN:
            reason = f"{found.said}; without it the sides differ"
            return Judged(UNKNOWN, reason, (), outcome, before, operator, after)
        outcome = found.outcome or outcome
        return Judged(WRONG, outcome.reason, (found.said,), outcome, before, operator, after, world=found.world)

    def _differ(self, before: Term, after: Term) -> Judged:
        """The verdict on `is not`, which says that two sides are not the same in general."""
        outcome = self.comparer.compare("=", before, after)
        if outcome.verdict == REFUTED:
            return Judged(CORRECT, "they differ in general", (), outcome, before, "!=", after)
        if outcome.verdict == PROVED:
            return Judged(WRONG, "both sides are equal everywhere", (), outcome, before, "!=", after)
        return Judged(UNKNOWN, outcome.reason, (), outcome, before, "!=", after)

    def _under_conditions(self, operator: str, before: Term, after: Term) -> Judged | None:
        """The verdict on a refuted step under what rows above state of its laws; None where they state nothing of them."""
        laws = self._names(before).laws | self._names(after).laws
        undecided = None
        for known in reversed(self.conditions[-MOST_CONDITIONS:]):
            if known.row == self.count or not laws & self._names(known.left).laws:
                continue
            written = f"{self.write(known.left)} = {self.write(known.right)}"
            meant = Definition(known.left, known.right)
            left, right = replaced_by(before, meant), replaced_by(after, meant)
            outcome = self.comparer.compare(operator, left, right) if (left, right) != (before, after) else None
            if (outcome is None or outcome.verdict != PROVED) and operator == "=":
                outcome = follows_from(known.left, known.right, before, after, self.comparer)
            if outcome is not None and outcome.verdict == PROVED:
                return Judged(CORRECT, f"by {written}", (), outcome, before, operator, after)
            if is_zero(known.right) or self._names(known.right).laws:
                undecided = Judged(UNKNOWN, f"whether {written} makes it right is not decided", (), None, before, operator, after)
        return undecided

    def _roughly(self, operator: str, before: Term, after: Term) -> str:
        """Why numbers that are rounded, beside names, may still be meant rightly."""
        rounded = (decimals(before) | decimals(after)) - self.exact
        named = free_names(before) | free_names(after)
        if len(self.units) > 1 and not self._names(before).laws and not self._names(after).laws:
            return f"the rows name several units: {', '.join(sorted(self.units))}"
        if named and (operator == "~=" or any(len(text.partition(".")[2]) > 2 for text in rounded)):
            return "rounded numbers beside names are not compared"
        return ""

    # Numbers

    def _rounded(self, operator: str, before: Term, after: Term, outcome: Outcome) -> Judged | None:
        if operator not in ("=", "~="):
            return None
        if not decimals(before) and not decimals(after):
            return None
        sources = [before, *(side.term for side in reversed(self.sides[:-1]) if side.verdict in (CORRECT, GIVEN))]
        for source in sources:
            found = agree(self.comparer.unfolded(source), self.comparer.unfolded(after), self.comparer.setting, self.exact)
            if found is not None and found[0]:
                rounded = Outcome(PROVED, "", said=("rounded",))
                return Judged(CORRECT, "rounded", ("rounded",), rounded, before, operator, after)
            if operator == "~=" and cut_off(self.comparer.unfolded(source), after, self.comparer.setting, self.exact):
                cut = Outcome(PROVED, "", said=(CUT_OFF,))
                return Judged(CORRECT, CUT_OFF, cut.said, cut, before, operator, after)
            if source is before and found is None:
                if outcome.verdict == REFUTED and decimals(after) - self.exact and not is_data(before, self.register.of(before)):
                    return None
                return None
        return None

    # What introduces, and what excuses

    def _introduces(self, operator: str, before: Term, after: Term, outcome: Outcome) -> Judged | None:
        """Whether a row only says what data a law or a measure has."""
        if operator not in ("=", ":=", "~="):
            return None
        names, new = self.register.of(before), self.register.of(after)
        if self._hidden(before) and not self._hidden(after) and not is_zero(after) and factor_by_factor(before, after):
            return Judged(GIVEN, SAYS_DERIVATIVE, before=before, operator=operator, after=after)
        if outcome.verdict == PROVED:
            return None
        density = density_of(before, after, self.comparer.setting) if len(self.sides) == 1 else None
        if density is not None:
            self.comparer.definitions[self.write(density[0])] = Definition(*density)
            says = f"says what {self.write(density[0])} is: {self.write(density[1])}"
            return Judged(GIVEN, says, before=before, operator=operator, after=after)
        function = replaced_function(self.comparer.defined(before), self.comparer.defined(after))
        if function is not None:
            return Judged(GIVEN, f"says what {function} is", before=before, operator=operator, after=after)
        found = introduction(before, after, self._new_names(new), self.comparer)
        if found is not None:
            self.comparer.definitions[self.write(found.definition.head)] = found.definition
            return Judged(GIVEN, found.says, before=before, operator=operator, after=after)
        label = one_hot(before, after, self.comparer)
        if label is not None:
            return Judged(GIVEN, label, before=before, operator=operator, after=after)
        if not names.laws:
            return None
        matched = matches_definition(before, after)
        if matched == "yes" and new.opaque - names.opaque:
            return Judged(GIVEN, "the data are introduced here", before=before, operator=operator, after=after)
        if not is_data(after, new):
            return None
        opening = len(self.sides) == 1
        if not opening and isinstance(after, Number) and "." not in after.written:
            return None
        if self.comparer.constant(before):
            return None
        if outcome.verdict == REFUTED and masses_are_known(before, operator, after, self.comparer):
            return self._refuted(operator, before, after, outcome)
        out_of_range = self._out_of_range(before, after)
        if out_of_range is not None:
            return out_of_range
        evident = evident_entropy(before, after)
        if evident is not None:
            slip = self.comparer.compare("=", evident, after)
            if slip.verdict == REFUTED:
                return Judged(WRONG, f"these masses have the entropy {self.write(evident)}", (), slip, evident, operator, after)
        if matched == "sign":
            return Judged(WRONG, "the sign is wrong for whatever data", (), outcome, before, operator, after)
        if matched == "yes" or (matched != "mixed" and (opening or not new.opaque)):
            return Judged(GIVEN, "the data are introduced here", before=before, operator=operator, after=after)
        return None

    def _new_names(self, new: Names) -> frozenset[str]:
        return new.opaque - self.seen.opaque - set(self.comparer.definitions)

    def _out_of_range(self, before: Term, after: Term) -> Judged | None:
        sign = self.comparer.compare("<", after, Number(0))
        for wanted, wrong_sign in ((">=", "<"), ("<=", ">")):
            if self.comparer.compare(wrong_sign, after, Number(0)).verdict != PROVED:
                continue
            if self.comparer.compare(wanted, before, Number(0)).verdict == PROVED:
                word = "negative" if wanted == ">=" else "positive"
                return Judged(WRONG, f"{self.write(before)} is never {word}", (), sign, before, "=", after)
        return None

    def _tie(self, before: Term, after: Term) -> None:
        names, new = self.register.of(before), self.register.of(after)
        if new.opaque - names.opaque or new.laws - names.laws:
            self.tied = self.tied | Names(names.laws | new.laws, new.opaque)

    def _excuses(self) -> Excuses:
        return Excuses(self.comparer, self.register, self.seen, self.tied)

    def _names(self, term: Term) -> Names:
        return self.register.of(self.comparer.defined(term))

    def _hidden(self, term: Term) -> bool:
        return has_hidden(self.comparer.defined(term), self.comparer.setting)

    def write(self, term: Term) -> str:
        """The plain spelling of a term."""
        return self.comparer.setting.write(term)


def _calculates(term: Term) -> bool:
    """Whether a side is still to be worked out: its decimals are data, not a result."""
    return any(isinstance(part, Log | Measure) for part in subterms(term))


def _are_masses(sides: Sequence[Term]) -> bool:
    """Whether all sides are masses at outcomes or free values, as in P(a) = P(b) = 1/8."""
    return all(isinstance(side, Mass) for side in sides)


def _combined(one: str, other: str) -> str:
    """The relation between the ends of two steps; empty where they do not combine."""
    if one == other:
        return one
    return _COMBINED.get((one, other)) or _COMBINED.get((other, one)) or ""


def _better(verdict: str, than: str) -> bool:
    order = (WRONG, UNREAD, UNKNOWN, GIVEN, CORRECT)
    return order.index(verdict) > order.index(than)


def _degenerate(term: Term, comparer: Comparer) -> Term | None:
    """A divergence inside a term that is 0 whatever the laws are."""
    for part in subterms(term):
        divergence = isinstance(part, Measure) and part.name in ("KL", "JS")
        if divergence and comparer.compare("=", part, Number(0)).verdict == PROVED:
            return part
    return None
