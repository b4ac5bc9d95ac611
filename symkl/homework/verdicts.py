"""What checking a document says: a verdict for each row, with its reasons, as plain data that can be stored and sent.

Nothing here holds a term or a setting: a formula is its spellings, a witness is exact fractions. So a result crosses
processes, is written as JSON and read back, and stays the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

SCHEMA = 1

GIVEN, CORRECT, WRONG, UNKNOWN, UNREAD = "given", "correct", "wrong", "unknown", "unread"
VERDICTS = (GIVEN, CORRECT, WRONG, UNKNOWN, UNREAD)
"""given: introduced, not claimed; unknown: read, but not decided; unread: not understood."""

TIME_IS_OVER = "the time for this document is over"
"""The reason of a row that was not reached in time."""

_SEVERITY = {WRONG: 4, UNREAD: 3, UNKNOWN: 2, CORRECT: 1, GIVEN: 0}


def worst(verdicts: Iterable[str]) -> str:
    """The verdict of a row with several relations; a name introduced beside a right equality does not count."""
    return max(verdicts, key=_SEVERITY.__getitem__, default=GIVEN)


@dataclass(frozen=True, slots=True)
class Formula:
    """The spellings of a formula; `sympy` is None where SymPy has no image, and `sympy_reason` says why."""

    plain: str
    latex: str
    sympy: str | None = None
    sympy_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that was refuted, in the plain spelling, with its givens and all coordinates of the point where it fails."""

    statement: str
    givens: tuple[str, ...]
    witness: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Line:
    """The verdict on one row.

    `at` is its line and column, from 1. `wrong_part` is a span of `source`. `witness` maps names to exact numbers, `values`
    are both sides there; `refuted` is the whole of what was refuted, of which `witness` says what the row speaks of.
    """

    at: tuple[int, int]
    source: str
    verdict: str
    reason: str = ""
    formula: Formula | None = None
    rules: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    witness: Mapping[str, Fraction] = field(default_factory=dict)
    values: tuple[str, str] | None = None
    wrong_part: tuple[int, int] | None = None
    misconception: str | None = None
    advice: str | None = None
    suggestion: str | None = None
    derivation: tuple[str, ...] = ()
    refuted: Claim | None = None


@dataclass(frozen=True, slots=True)
class GivenText:
    """A given in force; `why` is the rule that inferred it, empty where the document or the caller states it."""

    text: str
    inferred: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The verdicts on one document: its chains, each a tuple of lines. `error` is why nothing could be checked.

    It is not `finished` where the time was over, or the process ended, before the whole document was looked at.
    """

    path: str
    givens: tuple[GivenText, ...] = ()
    chains: tuple[tuple[Line, ...], ...] = ()
    error: str | None = None
    error_code: int = 0
    finished: bool = True
    seconds: float = field(default=0.0, compare=False)
    """How long it took to check."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All rows, in the order of the document."""
        return tuple(line for chain in self.chains for line in chain)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The slugs of the misconceptions that its rows have, each once."""
        return tuple(dict.fromkeys(slug for line in self.lines for slug in (line.misconception or "").split()))

    @property
    def summary(self) -> dict[str, int]:
        """How many rows have each verdict."""
        found = Counter(line.verdict for line in self.lines)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def exit_code(self) -> int:
        """0 all right, 1 something wrong, 3 something undecided or nothing to check, 4 not readable."""
        if self.error is not None:
            return self.error_code
        verdicts = {line.verdict for line in self.lines}
        if WRONG in verdicts:
            return 1
        return 3 if not verdicts or verdicts & {UNKNOWN, UNREAD} else 0


def as_data(checked: CheckedFile) -> dict[str, Any]:
    """A checked document as data for JSON; `from_data` reads it back."""
    return {
        "path": checked.path,
        "error": checked.error,
        "error_code": checked.error_code,
        "finished": checked.finished,
        "seconds": checked.seconds,
        "givens": [asdict(given) for given in checked.givens],
        "chains": [{"lines": list(map(_line_as_data, chain))} for chain in checked.chains],
        "summary": checked.summary,
    }


def _line_as_data(line: Line) -> dict[str, Any]:
    values = None if line.values is None else {"left": line.values[0], "right": line.values[1]}
    part = None if line.wrong_part is None else {"start": line.wrong_part[0], "end": line.wrong_part[1]}
    return {
        "at": {"line": line.at[0], "column": line.at[1]},
        "source": line.source,
        "formula": None if line.formula is None else {k: v for k, v in asdict(line.formula).items() if k != "sympy_reason" or v},
        "verdict": line.verdict,
        "rules": list(line.rules),
        "conditions": list(line.conditions),
        "reason": line.reason,
        "witness": _as_text(line.witness) or None,
        "values": values,
        "wrong_part": part,
        "misconception": line.misconception,
        "advice": line.advice,
        "suggestion": line.suggestion,
        "derivation": list(line.derivation),
        "refuted": None if line.refuted is None else _claim_as_data(line.refuted),
    }


def _claim_as_data(claim: Claim) -> dict[str, Any]:
    return {"statement": claim.statement, "givens": list(claim.givens), "witness": _as_text(claim.witness)}


def _as_text(witness: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: str(value) for name, value in witness.items()}


def _claim_from_data(data: Mapping[str, Any]) -> Claim:
    return Claim(data["statement"], tuple(data["givens"]), _from_text(data["witness"]))


def _from_text(witness: Mapping[str, str]) -> dict[str, Fraction]:
    return {name: Fraction(text) for name, text in witness.items()}


def from_data(data: Mapping[str, Any]) -> CheckedFile:
    """The checked document that `as_data` wrote.

    Raises: KeyError, TypeError or ValueError for data that it did not write.
    """
    chains = tuple(tuple(_line_from_data(line) for line in chain["lines"]) for chain in data["chains"])
    givens = tuple(GivenText(**given) for given in data["givens"])
    return CheckedFile(data["path"], givens, chains, data["error"], data["error_code"], data["finished"], data["seconds"])


def _line_from_data(data: Mapping[str, Any]) -> Line:
    values, part, formula = data["values"], data["wrong_part"], data["formula"]
    return Line(
        at=(data["at"]["line"], data["at"]["column"]),
        source=data["source"],
        verdict=data["verdict"],
        reason=data["reason"],
        formula=None if formula is None else Formula(**formula),
        rules=tuple(data["rules"]),
        conditions=tuple(data["conditions"]),
        witness=_from_text(data["witness"] or {}),
        values=None if values is None else (values["left"], values["right"]),
        wrong_part=None if part is None else (part["start"], part["end"]),
        misconception=data["misconception"],
        advice=data["advice"],
        suggestion=data["suggestion"],
        derivation=tuple(data["derivation"]),
        refuted=None if data["refuted"] is None else _claim_from_data(data["refuted"]),
    )


class Tally:
    """What the report on a class says of all of it, counted while its documents pass by, none of which is kept."""

    def __init__(self) -> None:
        self.documents = 0
        self.summary = dict.fromkeys(VERDICTS, 0)
        self.codes: Counter[int] = Counter()
        self.misconceptions: Counter[str] = Counter()
        """How many documents have each misconception."""

    def counting(self, files: Iterable[CheckedFile]) -> Iterator[CheckedFile]:
        """The same documents, counted."""
        for file in files:
            self.documents += 1
            self.codes[file.exit_code] += 1
            self.misconceptions.update(file.misconceptions)
            for verdict, count in file.summary.items():
                self.summary[verdict] += count
            yield file

    @property
    def exit_code(self) -> int:
        """The exit code of all of them."""
        return worst_code(self.codes)


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts on some documents."""

    files: tuple[CheckedFile, ...]

    def __iter__(self) -> Iterator[CheckedFile]:
        return iter(self.files)

    def __repr__(self) -> str:
        documents = "1 document" if len(self.files) == 1 else f"{len(self.files)} documents"
        return f"<Report on {documents}: {', '.join(f'{rows} {verdict}' for verdict, rows in self.summary.items() if rows)}>"

    @property
    def lines(self) -> tuple[Line, ...]:
        """All rows of all documents."""
        return tuple(line for file in self.files for line in file.lines)

    @property
    def summary(self) -> dict[str, int]:
        """How many rows have each verdict."""
        return {verdict: sum(file.summary[verdict] for file in self.files) for verdict in VERDICTS}

    @property
    def exit_code(self) -> int:
        """1 where something is wrong, else 4 where a file could not be read, else 3 where something is undecided, else 0."""
        return worst_code(file.exit_code for file in self.files)


def worst_code(codes: Iterable[int]) -> int:
    """The exit code of several: 1 over 2 and 4 over 3 over 0; without any, 3."""
    order = {0: 0, 3: 1, 2: 2, 4: 3, 1: 4}
    return max(codes, key=lambda code: order.get(code, 3), default=3)
