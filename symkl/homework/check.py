"""Checks a document: every chain under the interpretation of it that leaves the least wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf
from pathlib import Path
from time import monotonic

from symkl.errors import NoImage, ReadError, SymklError
from symkl.homework.chain import Steps
from symkl.homework.compare import REFUTED, Comparer, Definition, Outcome
from symkl.homework.contradicted import with_contradicted
from symkl.homework.diagnosis import Doctor
from symkl.homework.echo import echoed
from symkl.homework.interpretation import Interpretation
from symkl.homework.interpretations import conventions, others
from symkl.homework.layout import without_layout
from symkl.homework.names import Register, point_of
from symkl.homework.premises import Premise, assumed, noted
from symkl.homework.rounding import rounded_like
from symkl.homework.rows import Equation, Judged, Row, RowTerms
from symkl.homework.stated import stated, values
from symkl.homework.step import SAYS_DERIVATIVE
from symkl.homework.steps_between import Namer, derivation_between
from symkl.homework.supposed import Suppositions
from symkl.homework.table_data import TABLE_OF, listed
from symkl.homework.trail import Trail
from symkl.homework.verdicts import CORRECT, GIVEN, UNKNOWN, UNREAD, WRONG, CheckedFile, Claim, Formula, GivenText, Line
from symkl.interop.sympy_text import sympy_text
from symkl.language.documents import Source
from symkl.language.latex_writer import LatexWriter, write_latex
from symkl.language.plain_reader import read_plain
from symkl.language.term import Binder, Mass, Relation, Term, free_names, law_names, subterms, without_labels
from symkl.theory.reading import Document, ReadChain, ReadRow, read_document
from symkl.theory.setting import Setting

MOST_CHANGES = 3
"""An interpretation differs from the plain one in so many points, at most."""

LARGE_STEP = "in one large step"
TAKEN_ALONE = "the letters are taken as this display alone uses them: "
MOST_SHOWN = 8
"""So many numbers of a point stand in a reason; the witness has all."""

_SIGNED = re.compile(r"[-+]\s*\Z")
"""A sign before a part."""

PROSE_LIMIT = 200_000
"""In longer documents no words are looked through."""


def check_document(
    document: str | Path | Source,
    given: Iterable[str] = (),
    kind: str | None = None,
    seconds: float = inf,
    explain: int | None = None,
) -> CheckedFile:
    """The verdict on every row of a document; rows that are not reached within `seconds` are unknown.

    The row that starts at line `explain` gets the whole derivation from the row before it.

    Raises: GivenError for a stated given that is not understood; UsageError and OutputError for a file that cannot be read.
    """
    start = monotonic()
    read = read_document(document, given, kind)
    chains = tuple(_Checker(read, monotonic() + seconds, explain).chains())
    return CheckedFile(read.source.name, _givens(read), chains, seconds=round(monotonic() - start, 3))


def _givens(read: Document) -> tuple[GivenText, ...]:
    known = read.setting
    return tuple(GivenText(g.text, g.text in known.inferred, read.reasons.get(g.text, "")) for g in known.givens)


class _Checker:
    """Goes through the displays of a document; what one defines is known in the next."""

    def __init__(self, read: Document, deadline: float, explain: int | None) -> None:
        self.read, self.deadline, self.explain = read, deadline, explain
        self.definitions: dict[str, Definition] = {}
        self.assumed = assumed(read.source)
        self.tables = list(listed(read.source, self.assumed))
        self.formulas: list[tuple[Mass, Term]] = []
        """What displays above say of the masses of laws."""
        self.stated: list[Premise] = []
        """What rows above state of laws and do not derive."""
        self.values: list[tuple[int, Equation]] = []
        """The numbers that rows above give measures, and how far each is known."""

    def chains(self) -> Iterator[tuple[Line, ...]]:
        """The lines of each chain."""
        for display in _displays(self.read.chains):
            found = self._best(display)
            alone = self._alone(display, found) if not found.settled and monotonic() < self.deadline else None
            if alone is None:
                self.definitions = found.comparer.definitions
                self.formulas.extend(
                    (left, right) for left, right in _openings(found.rows) if isinstance(left, Mass) and left.marginal.indexed
                )
            found = alone or found
            end, until = self._reach(display)
            self.stated.extend(stated(found.display, found.judged, end, until))
            self.values.extend((until, value) for value in values(found.display, found.judged))
            for chain, judged in zip(found.display, found.judged, strict=True):
                yield tuple(
                    _tidy(_line(chain.rows[: number + 1], each, found.interpretation, found.comparer, self.explain))
                    for number, each in enumerate(judged)
                )

    def _alone(self, display: Sequence[ReadChain], found: _Attempt) -> _Attempt | None:
        """The display under the givens that its own notation suggests, where that leaves less wrong or undecided.

        A letter is often one thing here and another there. A display that uses what an earlier one has defined is not taken
        alone, nor one of which more would then be given. What it defines is not known below: there the letters may be others.
        """
        before = Comparer(display[0].setting, self.definitions)
        if any(before.defined(side) != side for chain in display for row in chain.rows for side in row.sides):
            return None
        chains = self.read.alone(display)
        if chains[0].setting.texts == display[0].setting.texts:
            return None
        known, self.definitions = self.definitions, {}
        own = "; ".join(text for text in chains[0].setting.texts if text in chains[0].setting.inferred)
        alone = self._best(chains, said=(TAKEN_ALONE + own,))
        self.definitions = known
        return alone if alone.score < found.score and alone.count(GIVEN) <= found.count(GIVEN) else None

    def _best(self, display: Sequence[ReadChain], said: tuple[str, ...] = ()) -> _Attempt:
        """The display under the interpretation that leaves the fewest rows wrong, then undecided; the plain one among equals."""
        rows = [[row_of(read) for read in chain.rows] for chain in display]
        noted_here = [note for chain in rows for row in chain for note in row.notes]
        notes = " ".join((*noted_here, _prose(self.read)))
        terms = [side for chain in rows for row in chain for reading in row.readings[:1] for side in reading.sides]
        plain = Interpretation(display[0].setting, said=said)
        laws = law_names(*terms)
        above = [(left, right) for left, right in self.formulas if left.marginal.law in laws]
        known = Comparer(display[0].setting, self.definitions)
        best = self._attempt(conventions(plain, terms, [*above, *_openings(rows)], _prose(self.read)), display, rows)
        for _ in range(MOST_CHANGES):
            if best.settled or monotonic() > self.deadline:
                break
            current = best.interpretation
            found = others(current, [current.of(known.defined(term)) for term in terms], notes)
            better = min((self._attempt(other, display, rows) for other in found), key=lambda each: each.score, default=best)
            if better.score >= best.score:
                break
            best = better
        return best

    def _attempt(self, interpretation: Interpretation, display: Sequence[ReadChain], rows: list[list[Row]]) -> _Attempt:
        comparer = Comparer(interpretation.setting, self.definitions)
        trail = Trail(comparer, Register(interpretation.setting), self._suppositions(comparer, display))
        begins = self._begins(display)
        trail.conditions = [value for until, value in self.values if begins < until]
        steps = Steps(trail, self.deadline)
        judged: list[list[Judged]] = []
        for chain in rows:
            judged.append([steps.judge_row(_taken(row, interpretation), number) for number, row in enumerate(chain)])
        judged = [with_contradicted(chain, comparer) for chain in _with_conditions(judged, trail.solved)]
        if self._begins(display) in self.assumed.formulas:
            judged = _with_assumptions(judged)
        if self._begins(display) in self.assumed.data | {each.at for each in self.tables if each.words.startswith(TABLE_OF)}:
            judged = [[Judged(GIVEN, "the data are introduced here") for _ in chain] for chain in judged]
        return _Attempt(interpretation, display, rows, judged, trail.comparer)

    def _begins(self, display: Sequence[ReadChain]) -> int:
        """Where the formula begins, with its layout, that a display is of."""
        return self.read.source.formulas[display[0].rows[0].row.display][0]

    def _reach(self, display: Sequence[ReadChain]) -> tuple[int, int]:
        """Where the formula of a display ends, and the part of the document that it stands in."""
        start, end, _ = self.read.source.formulas[display[0].rows[0].row.display]
        return end, max(end, self.assumed.until(start))

    def _suppositions(self, comparer: Comparer, display: Sequence[ReadChain]) -> Suppositions:
        """What the words around a display assume for it."""
        rows = [read for chain in display for read in chain.rows]
        at, line, begins = rows[0].row.start, rows[0].row.line, self._begins(display)
        notes = [note for read in rows if read.reading is not None for note in read.reading.notes]
        stated = [each for each in (*self.assumed.premises, *self.tables, *self.stated) if each.at != begins]
        in_force = [*(each for each in stated if each.in_force(at)), *noted(notes, line, at, at + 1)]
        mentioned = [each for each in stated if each.mentioned(at)]
        recalled = [each for each in stated if each.recalled(at)]
        return Suppositions(comparer, tuple(in_force), tuple(mentioned), tuple(recalled), self.read.source.macros)


@dataclass(frozen=True, slots=True)
class _Attempt:
    interpretation: Interpretation
    display: Sequence[ReadChain]
    rows: list[list[Row]]
    judged: list[list[Judged]]
    comparer: Comparer

    def count(self, *verdicts: str) -> int:
        """How many rows have one of these verdicts."""
        return sum(each.verdict in verdicts for chain in self.judged for each in chain)

    @property
    def score(self) -> tuple[int, int, int]:
        wrong = self.count(WRONG)
        derivatives = sum(each.reason == SAYS_DERIVATIVE for chain in self.judged for each in chain)
        # An interpretation is believed that bears out more rows than it calls wrong: a row that comes out right is evidence
        # for it, and so is one that was taken on trust before.
        weight = 3 * wrong + 2 * self.count(UNKNOWN, UNREAD) + self.count(GIVEN) - self.count(CORRECT)
        return weight, wrong, derivatives

    @property
    def settled(self) -> bool:
        """Whether there is nothing that another interpretation could make better."""
        derivatives = any(each.reason == SAYS_DERIVATIVE for chain in self.judged for each in chain)
        return not (derivatives or self.count(WRONG, UNKNOWN, UNREAD))


def _with_conditions(judged: list[list[Judged]], solved: set[int]) -> list[list[Judged]]:
    """The verdicts, in which an equation that a row below solves is a condition and no claim."""
    result, number = [], 0
    for chain in judged:
        result.append(list(chain))
        for place, each in enumerate(chain):
            if number in solved and each.verdict in (WRONG, UNKNOWN):
                result[-1][place] = Judged(GIVEN, "a condition, which the row below solves")
            number += 1
    return result


def _with_assumptions(judged: list[list[Judged]]) -> list[list[Judged]]:
    """The verdicts, in which what the words around assume is no claim."""
    return [
        [Judged(GIVEN, "assumed in the text") if each.verdict in (WRONG, UNKNOWN) else each for each in chain] for chain in judged
    ]


def _openings(rows: Sequence[Sequence[Row]]) -> Iterator[tuple[Term, Term]]:
    """The sides of the equations that chains open with."""
    for chain in rows:
        for row in chain:
            for reading in row.readings[:1]:
                if not row.inherits and len(reading.sides) == 2 and reading.relations in (("=",), (":=",)):
                    yield without_labels(reading.sides[0]), without_labels(reading.sides[1])


def _displays(chains: Sequence[ReadChain]) -> Iterator[list[ReadChain]]:
    """Chains of one display and one setting belong together."""
    together: list[ReadChain] = []
    for chain in chains:
        if together and (
            chain.rows[0].row.display != together[0].rows[0].row.display or chain.setting is not together[0].setting
        ):
            yield together
            together = []
        together.append(chain)
    if together:
        yield together


def _prose(read: Document) -> str:
    text = read.source.text
    return text if len(text) <= PROSE_LIMIT else ""


def _taken(row: Row, interpretation: Interpretation) -> Row:
    if not interpretation.changes:
        return row
    readings = tuple(replace(reading, sides=tuple(interpretation.of(side) for side in reading.sides)) for reading in row.readings)
    return replace(row, readings=readings)


def row_of(read: ReadRow) -> Row:
    """A row as the chain takes it: all readings of it."""
    if read.reading is None:
        error = read.error or ReadError("not understood", read.row.source, 0)
        return Row((), read.inherits, read.connective, (), error.reason)
    chosen = RowTerms(read.relations, read.sides)
    rivals = []
    for ambiguity in read.reading.ambiguities:
        if ambiguity.rival is not None and not _dangling(ambiguity.rival, read.reading.term):
            rivals.append(_reading_of(read, ambiguity.rival, f"in the other reading {ambiguity.other}"))
    return Row((chosen, *rivals), read.inherits, read.connective, tuple(read.reading.notes))


def _dangling(rival: Term, chosen: Term) -> bool:
    """Whether a reading leaves an index outside the sum that binds it: nobody means that."""
    bound = {name for part in subterms(chosen) if isinstance(part, Binder) for name in part.names}
    return bool(bound & (free_names(rival) - free_names(chosen)))


def _reading_of(read: ReadRow, term: Term, said: str) -> RowTerms:
    leading = (read.reading.leads,) if read.inherits and read.reading is not None else ()
    if isinstance(term, Relation) and len(read.sides) > 1:
        return RowTerms((*leading, *term.operators), term.args, (said,))
    return RowTerms(leading, (term,), (said,))


def _tidy(line: Line) -> Line:
    source, part = without_layout(line.source, line.wrong_part)
    return replace(line, source=source, wrong_part=part)


def _line(
    rows: Sequence[ReadRow], found: Judged, interpretation: Interpretation, comparer: Comparer, explain: int | None
) -> Line:
    """The last of some rows of a chain as it is told."""
    read, setting = rows[-1], interpretation.setting
    said = tuple(dict.fromkeys((*found.said, *interpretation.said))) if found.verdict in (CORRECT, WRONG) else found.said
    line = Line(
        at=(read.row.line, read.row.column),
        source=read.row.source,
        verdict=found.verdict,
        reason="; ".join(dict.fromkeys(filter(None, (found.reason, *said)))),
        formula=None if found.verdict == UNREAD else _formula(read, setting),
    )
    if found.verdict == WRONG:
        return _explained(line, rows, found, comparer)
    if found.verdict == CORRECT and found.before is not None and found.after is not None and found.operator == "=":
        at_length = derivation_between(found.before, found.after, setting) if explain == read.row.line else ()
        rules = Namer(setting).between(found.before, found.after)
        reason = line.reason if rules or line.reason or found.before == found.after else LARGE_STEP
        return replace(line, rules=rules, derivation=at_length, reason=reason)
    return line


def _explained(line: Line, rows: Sequence[ReadRow], found: Judged, comparer: Comparer) -> Line:
    """A wrong row with its point, its wrong part, the misconception and what would have been right."""
    outcome, before, after = found.outcome, found.before, found.after
    if outcome is None or before is None or after is None:
        return line
    sides = comparer.unfolded(before), comparer.unfolded(after)
    setting = comparer.setting
    if found.world is not None:
        sides, setting = found.world.to_refute(*sides) or sides, found.world.setting
    setting = comparer.spoken_of(setting, *sides)
    witness = point_of(outcome.witness, sides, setting)
    if outcome.values is not None and line.reason.startswith(outcome.reason):
        line = replace(line, reason=_in_numbers(witness, outcome.values, found) + line.reason.removeprefix(outcome.reason))
    line = replace(line, witness=witness, values=outcome.values, refuted=_refuted(outcome, found.operator, sides, setting))
    try:
        diagnosis = Doctor(before, found.operator, after, comparer, found.head).diagnosis()
    except SymklError:
        return line
    suggestion = None
    right = diagnosis.suggestion or (rounded_like(after, sides[0], setting) if found.world is not None else None)
    if right is not None:
        operator = diagnosis.operator or found.operator
        readings = [row.reading for row in reversed(rows) if row.reading is not None]
        suggestion = f"{_relation(operator)} " + echoed(right, comparer.setting.scope, readings)
    return replace(
        line,
        misconception=" ".join(diagnosis.misconceptions) or None,
        advice=diagnosis.advice or None,
        suggestion=suggestion,
        wrong_part=_wrong_part(rows[-1], after, diagnosis.part, diagnosis.sign),
    )


def _refuted(outcome: Outcome, operator: str, sides: tuple[Term, Term], setting: Setting) -> Claim | None:
    if outcome.verdict != REFUTED or not outcome.witness:
        return None
    statement = Relation(sides, ("=" if operator == "~=" else operator,))
    text, base = setting.write(statement), setting.write(setting.scope.log_base)
    try:
        if read_plain(text, setting.scope) != statement:
            return None
    except SymklError:
        # Names that only the checker knows, such as a derivative of what is not written.
        return None
    texts = (*(given.text for given in setting.givens), *(() if base == "e" else (f"log base {base}",)))
    return Claim(text, tuple(dict.fromkeys(texts)), outcome.witness)


def _in_numbers(witness: Mapping[str, Fraction], values: tuple[str, str], found: Judged) -> str:
    at = ", ".join(f"{name} = {value}" for name, value in list(witness.items())[:MOST_SHOWN])
    more = ", ..." if len(witness) > MOST_SHOWN else ""
    point = f"at {at}{more} " if at else ""
    return f"{point}the side before is {values[0]} and this one {values[1]}"


def _wrong_part(read: ReadRow, after: Term, path: tuple[int, ...], sign: bool) -> tuple[int, int] | None:
    """The span in the source of a part of a side, with the sign before it where that is wrong."""
    reading = read.reading
    if reading is None:
        return None
    for k, side in enumerate(read.sides):
        if without_labels(side) == after:
            start = (k,) if isinstance(reading.term, Relation) and len(read.sides) > 1 else ()
            whole = path if side == after else ()
            first, last = reading.span_of((*start, *whole))
            before = _SIGNED.search(reading.text, 0, first) if sign else None
            return before.start() if before else first, last
    return None


def _relation(operator: str) -> str:
    """A relation in LaTeX; what has no sign of its own is the command of its name."""
    return LatexWriter.relations.get(operator, f"\\{operator}" if operator.isalpha() else operator)


def _formula(read: ReadRow, setting: Setting) -> Formula | None:
    if read.reading is None:
        return None
    term = read.reading.term
    sympy, reason = None, None
    try:
        sympy = sympy_text(term, setting)
    except NoImage as error:
        reason = str(error)
    lead = read.reading.leads if read.inherits else ""
    plain, latex = setting.write(term), write_latex(term, setting.scope.log_base)
    if lead:
        plain, latex = f"{lead} {plain}", f"{_relation(lead)} {latex}"
    return Formula(plain, latex, sympy, reason)
