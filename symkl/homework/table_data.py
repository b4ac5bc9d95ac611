r"""The joint laws of which a document lists the masses: in a table, or one by one, P(X=0,Y=1) = 1/4, P(Y=0|X=1) = 0.9.

A table has the values of one variable down and of the other across: X\Y in its corner, or X=0 and Y=1 beside and above it.
Totals are left out. What does not sum to one is no law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from symkl.homework.assumed_formulas import number_of
from symkl.homework.premises import Assumed, Premise
from symkl.language.documents import Source

TABLE = "table"
"""The kind of a premise that lists a joint law."""

TABLE_OF = "the table of"
"""How the words of a premise begin that stands in a table."""

MOST_CELLS = 64

Cells = dict[tuple[str, str], Fraction]
"""The masses of the values of two variables."""

Pair = tuple[str, str]

_GRID = re.compile(
    r"\\begin\s*\{(?P<name>array|tabular)\}(?:\[\w\])?(?:\{[^{}]*\})?(?P<body>.*?)\\end\s*\{(?P=name)\}"
    r"|(?P<lines>(?:^[ \t]*\|[^\n]*\|[ \t]*(?:\n|\Z)){3,})",
    re.DOTALL | re.MULTILINE,
)
_RULE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule)\b|\\(?:cline|cmidrule)\s*\{[^{}]*\}")
_CORNER = re.compile(r"(?:\\diagbox\s*)?\{?([A-Z])\}?\s*(?:\\(?:backslash|setminus|diagdown)\b|\\|/|\{|,|\||\s)+\s*\{?([A-Z])\}?")
_EVENT = re.compile(r"([A-Z])\s*=\s*([\w-]+)")
_WORD = re.compile(r"[\w-]+")
_TOTAL = re.compile(r"(?i)total|sum|\\sum|σ|marginal|^\\?p(?:r|_|\s*\()|∑")
_HEAD = re.compile(
    r"(?:\\?Pr|[pP]|\\(?:mathbb|mathrm|operatorname)\s*\{(?:P|Pr)\})(?:_\{[A-Z,|\\ ]+\}|_[A-Z])?\s*(?:\\left\s*)?[(\[]"
    r"\s*(?P<events>[^()\[\]]*=[^()\[\]]*?)\s*(?:\\right\s*)?[)\]]"
)
_BAR = re.compile(r"\\(?:mid|vert)\b|\|")


def listed(source: Source, assumed: Assumed) -> Iterator[Premise]:
    """The joint laws that a document lists, each in force below it to the end of its part, and turned round only mentioned."""
    yield from _grids(source, assumed)
    yield from _one_by_one(source, assumed)


# Tables


def _grids(source: Source, assumed: Assumed) -> Iterator[Premise]:
    for match in _GRID.finditer(source.text):
        rows = _rows(match)
        found = _of_grid(rows, source) if len(rows) > 2 else None
        if found is None:
            continue
        variables, cells, certain = found
        end, line = match.end(), source.text.count("\n", 0, match.start()) + 1
        display = next((start for start, last, _ in source.formulas if start <= match.start() < last), match.start())
        until = max(end, assumed.until(match.start()))
        words = f"{TABLE_OF} {variables[0]} and {variables[1]}"
        yield Premise(words, line, end, until, (_said(variables, cells),), kind=TABLE, at=display)
        turned = {(across, down): mass for (down, across), mass in cells.items()}
        if not certain and turned != cells:
            # Which variable goes down is a custom: what holds of the table turned round is not refuted by it.
            said = _said(variables, turned)
            yield Premise(f"{words}, turned round", line, end, end, (said,), kind=TABLE, mentioned_until=until)


def _rows(match: re.Match[str]) -> list[list[str]]:
    if match["lines"] is not None:
        lines = [line.strip().strip("|") for line in match["lines"].strip().splitlines()]
        grid = [re.split(r"(?<!\\)\|", line) for line in lines if set(line) - set("|-: \t")]
    else:
        grid = [_RULE.sub("", row).split("&") for row in re.split(r"\\\\(?:\[[^\]]*\])?", match["body"])]
    stripped = [[cell.strip().strip("$*").strip() for cell in row] for row in grid]
    return [row for row in stripped if any(row)]


def _of_grid(rows: Sequence[Sequence[str]], source: Source) -> tuple[Pair, Cells, bool] | None:
    """The variables down and across, the masses, and whether it is certain which variable is which."""
    width = len(rows[0])
    if width < 3 or any(len(row) != width for row in rows):
        return None
    corner, above = rows[0][0], list(rows[0][1:])
    beside, body = [row[0] for row in rows[1:]], [list(row[1:]) for row in rows[1:]]
    if _TOTAL.search(above[-1]):
        above, body = above[:-1], [row[:-1] for row in body]
    if _TOTAL.search(beside[-1]):
        beside, body = beside[:-1], body[:-1]
    down, across = _labels(beside), _labels(above)
    if down is None or across is None:
        return None
    named = _CORNER.search(corner)
    certain = bool(down[0] and across[0])
    if not certain and named is None:
        return None
    variables = (down[0], across[0]) if certain or named is None else (str(named[1]), str(named[2]))
    if variables[0] == variables[1]:
        return None
    cells: Cells = {}
    for value, row in zip(down[1], body, strict=True):
        for other, cell in zip(across[1], row, strict=True):
            mass = number_of(cell, source.macros)
            if mass is None or mass < 0:
                return None
            cells[value, other] = mass
    return (variables, cells, certain) if sum(cells.values()) == 1 and len(cells) <= MOST_CELLS else None


def _labels(texts: Sequence[str]) -> tuple[str, list[str]] | None:
    """The variable that labels name, if they do, and the values that they are of."""
    events = [_EVENT.fullmatch(text) for text in texts]
    if all(events):
        names = {event[1] for event in events if event}
        values = [event[2] for event in events if event]
        return (names.pop(), values) if len(names) == 1 and len(set(values)) == len(values) else None
    if not all(_WORD.fullmatch(text) for text in texts) or len(set(texts)) < len(texts):
        return None
    return "", list(texts)


# One by one


@dataclass(slots=True)
class _Masses:
    """What one part of a document says of the masses of events, and where it has said the last of them."""

    joint: dict[Pair, Cells] = field(default_factory=dict)
    single: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    conditional: dict[Pair, Cells] = field(default_factory=dict)

    def law(self) -> tuple[Pair, Cells] | None:
        """The joint law that is listed whole: by its masses, or by those of one variable and of the other given it."""
        for variables, cells in self.joint.items():
            if sum(cells.values()) == 1 and len(cells) > 1:
                return variables, cells
        for (one, other), cells in self.conditional.items():
            weights = self.single.get(other, {})
            totals = {value: sum(mass for (_, given), mass in cells.items() if given == value) for value in weights}
            if weights and sum(weights.values()) == 1 and all(total == 1 for total in totals.values()):
                return (one, other), {(value, given): mass * weights.get(given, 0) for (value, given), mass in cells.items()}
        return None


def _one_by_one(source: Source, assumed: Assumed) -> Iterator[Premise]:
    parts: dict[int, _Masses] = {}
    said: set[tuple[int, str]] = set()
    for start, end, _ in source.formulas:
        text = source.text[start:end]
        if "=" not in text or len(text) > 2000:
            continue
        until = max(end, assumed.until(start))
        masses = parts.setdefault(until, _Masses())
        noted = [_note(masses, equation, source) for equation in re.split(r"\\\\|\\q?quad\b|;|\n", text)]
        found = masses.law() if any(noted) else None
        means = _said(*found) if found is not None else ""
        if found is not None and (until, means) not in said:
            said.add((until, means))
            line = source.text.count("\n", 0, start) + 1
            words = f"the masses of {found[0][0]} and {found[0][1]}"
            yield Premise(words, line, end, until, (means,), kind=TABLE, at=start)


def _note(masses: _Masses, equation: str, source: Source) -> bool:
    """Takes down P(X=0,Y=1) = ... = 1/4; whether it is that."""
    equation = equation.replace("&", "").strip().strip("$").rstrip(".,")
    head = _HEAD.match(equation)
    if head is None or "=" not in equation[head.end() :] or re.search(r"\\approx|≈", equation):
        return False
    mass = number_of(equation[head.end() :].rpartition("=")[2], source.macros)
    of, *given = _BAR.split(head["events"])
    events, conditions = (_events(each) for each in (of, given[0] if given else ""))
    if mass is None or mass < 0 or events is None or conditions is None or len(given) > 1:
        return False
    match [*events, *conditions]:
        case [(one, value)]:
            masses.single.setdefault(one, {})[value] = mass
        case [(one, value), (other, at)] if one != other:
            kept = masses.conditional if conditions else masses.joint
            kept.setdefault((one, other), {})[value, at] = mass
        case _:
            return False
    return True


def _events(text: str) -> list[tuple[str, str]] | None:
    """The events X = 0, Y = 1; None where there is anything else."""
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    found = [_EVENT.fullmatch(part) for part in parts]
    return [(event[1], event[2]) for event in found if event] if all(found) else None


def _said(variables: Pair, cells: Cells) -> str:
    listing = "; ".join(f"{' '.join(values)} {mass}" for values, mass in cells.items())
    return f"{', '.join(variables)} with table {listing}"
