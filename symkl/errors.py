"""One tree of named errors, each with the exit code the command line ends with.

SymklError                  4   could not run
├── UsageError              2   the request itself makes no sense
│   ├── ReadError           2   text that is not understood, with a caret under the place
│   ├── GivenError          2   a given not understood, contradictory, or without a model
│   ├── LeanNotRun          2   Lean is not run from here; the message says how to run it
│   ├── UnknownName         2   no such derivation, rule, family; the nearest names
│   └── UndefinedTerm       2   a term without a value on the whole domain
├── KnowledgeError          4   a broken knowledge file: file, table and reason
├── ScriptError             4   a derivation script whose step does not apply
├── Rejection               1   the kernel refuses a step
├── NotDerived              3   no derivation was found (1 where the statement is refuted)
├── OutputError             4   a file that cannot be read or written
├── CoqMissing              4   there is no coqc
└── NoImage                 4   a term that the other system cannot express
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable


class SymklError(Exception):
    """Base of every error that symkl raises on purpose."""

    exit_code = 4


class UsageError(SymklError):
    """The request makes no sense as it stands; the message says what is allowed."""

    exit_code = 2


class ReadError(UsageError):
    """Text that cannot be read, with the place: `text` is the input, `start` and `end` the span."""

    def __init__(self, reason: str, text: str, start: int, end: int | None = None) -> None:
        self.reason = reason
        self.text = text
        self.start = min(max(start, 0), len(text))
        self.end = max(self.start + 1, end if end is not None else self.start + 1)
        super().__init__(reason)

    def __str__(self) -> str:
        return f"{self.reason}\n{self.picture()}"

    def picture(self, width: int = 76) -> str:
        """The line of the place, cut to `width` columns, with a caret under the span."""
        return picture(self.text, self.start, self.end, width)


def picture(text: str, start: int, end: int, width: int = 76) -> str:
    """The line of a span in a text, cut to `width` columns, with a caret under the span."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    first = max(line_start, start - width // 2)
    shown = text[first : min(line_end, first + width)].replace("\t", " ")
    caret_end = min(end, first + len(shown))
    carets = "^" * max(1, caret_end - start)
    return f"    {shown}\n    {' ' * (start - first)}{carets}"


class GivenError(UsageError):
    """A given that is not understood, contradicts another, or leaves no model."""


class UndefinedTerm(UsageError):
    """A term without a value somewhere on the domain: a log of something not positive, a division by zero.

    `part` is what has none, in its plain spelling.
    """

    def __init__(self, reason: str, part: str = "") -> None:
        self.part = part
        super().__init__(reason)

    def within(self, text: str) -> UndefinedTerm:
        """The same error, with a caret under the part where a text spells it so."""
        spelling = r"\s*".join(map(re.escape, "".join(self.part.split())))
        found = re.search(rf"(?<!\w){spelling}(?!\w)", text) if spelling else None
        return self if found is None else UndefinedTerm(f"{self}\n{picture(text, *found.span())}", self.part)


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names that are spelled most like one, its words in any order: chain-rule-entropy is near entropy-chain-rule."""

    def likeness(other: str) -> float:
        pairs = ((name, other), ("-".join(sorted(name.split("-"))), "-".join(sorted(other.split("-")))))
        return max(difflib.SequenceMatcher(None, one, two).ratio() for one, two in pairs)

    alike = sorted(((likeness(other), other) for other in dict.fromkeys(known)), key=lambda pair: -pair[0])
    return [other for ratio, other in alike[:most] if ratio >= _ALIKE]


_ALIKE = 0.55
_FEW = 8


class UnknownName(UsageError):
    """A name that nothing carries; the message lists the nearest ones, or all where they are few, or the command that does."""

    def __init__(self, what: str, name: str, known: Iterable[str], command: str = "") -> None:
        names = list(dict.fromkeys(known))
        self.name = name
        self.nearest = nearest(name, names)
        hint = ""
        if self.nearest:
            hint = f" Did you mean {', '.join(self.nearest)}?"
        elif 0 < len(names) <= _FEW:
            hint = f" There is {', '.join(names)}."
        elif command:
            hint = f" `{command}` lists what there is."
        super().__init__(f"There is no {what} named '{name}'.{hint}")


class KnowledgeError(SymklError):
    """A broken knowledge file: the file, the table and the reason."""

    def __init__(self, file: str, table: str, reason: str) -> None:
        self.file, self.table, self.reason = file, table, reason
        super().__init__(f"{file}, [{table}]: {reason}")


class ScriptError(SymklError):
    """A derivation script whose step does not apply: the script, the step and the reason."""

    def __init__(self, script: str, step: str, reason: str) -> None:
        self.script, self.step, self.reason = script, step, reason
        super().__init__(f"{script}, {step}: {reason}")


class Rejection(SymklError):
    """The kernel refuses a step: `reason` is one of its named reasons, `step` the number of the printed step."""

    exit_code = 1

    def __init__(self, reason: str, detail: str, step: int | None = None) -> None:
        self.reason, self.detail, self.step = reason, detail, step
        where = "" if step is None else f"Step {step}: "
        super().__init__(f"{where}{reason}. {detail}")


class NotDerived(SymklError):
    """No derivation was found: the statement is refuted (exit code 1), or true or open and out of reach (3).

    `verdict` is what the decision procedure says of the statement.
    """

    exit_code = 3

    def __init__(self, message: str, verdict: object) -> None:
        self.verdict = verdict
        if getattr(verdict, "verdict", None) == "refuted":
            self.exit_code = 1
        super().__init__(message)


class OutputError(SymklError):
    """A file that cannot be read or written."""


class LeanNotRun(UsageError):
    """Lean is not run from here; the message says how to have it check the text."""


class CoqMissing(SymklError):
    """There is no coqc; the message says how to install it."""


class NoImage(SymklError):
    """A term that the other system has no expression for."""
