"""What is printed at which detail: a derivation with other steps, each of which the kernel accepts as before.

brief     each part's start and end, and the lines that lemmas give
textbook  the steps as the script groups them
full      every single rewrite a line of its own, and each different thing that it rewrites
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from symkl.derivation.apart import taken_apart
from symkl.derivation.step import EQUAL, EQUIVALENT, Condition, Derivation, Part, Step
from symkl.errors import UnknownName
from symkl.language.term import RELATIONS, Constant, Mass, Number, Relation, subterms
from symkl.theory.rules import printed_name, rule

DETAILS = ("brief", "textbook", "full")


def at_detail(derivation: Derivation, detail: str = "textbook") -> Derivation:
    """The derivation whose steps are the lines to print.

    Raises: UnknownName for another detail than those of `DETAILS`.
    """
    if detail not in DETAILS:
        raise UnknownName("detail", detail, DETAILS)
    if detail == "textbook":
        return derivation
    if detail == "brief":
        return replace(derivation, parts=tuple(replace(part, steps=tuple(_merged(part))) for part in derivation.parts))
    return taken_apart(derivation)


def _merged(part: Part) -> Iterator[Step]:
    """As few steps as show the same; one step shows one inequality at most, and what a lemma gives is a step of its own."""
    group: list[Step] = []
    for step in part.steps:
        if group and (_cites(step) or _cites(group[-1]) or (_unequal(step) and any(map(_unequal, group)))):
            yield _one_step(group)
            group = []
        group.append(step)
    if group:
        yield _one_step(group)


def _cites(step: Step) -> bool:
    return any(rewrite.rule == "lemma" for rewrite in step.rewrites)


def _unequal(step: Step) -> bool:
    return step.relation not in (EQUAL, EQUIVALENT)


def _one_step(group: list[Step]) -> Step:
    if len(group) == 1:
        return group[0]
    rewrites = tuple(rewrite for step in group for rewrite in step.rewrites)
    return Step(
        relation=next((step.relation for step in group if _unequal(step)), group[0].relation),
        before=group[0].before,
        after=group[-1].after,
        rewrites=rewrites,
        rule=printed_name(rewrite.rule for rewrite in rewrites),
        says=f"In {len(group)} steps.",
    )


def headings(derivation: Derivation) -> list[str]:
    """The heading of each part, lettered A, B, C, ...; a part without a title goes on under the heading before."""
    titled = [part for part in derivation.parts if part.title]
    letters = (chr(ord("A") + k) if len(titled) <= 26 else str(k + 1) for k in range(len(titled)))
    return [f"{next(letters)}. {part.title}" if part.title else "" for part in derivation.parts]


def lettered(derivation: Derivation) -> Derivation:
    """The derivation, for reading alone, whose conditions name the parts that discharge them by the letters of their headings."""
    names = [heading.partition(".")[0] or str(k) for k, heading in enumerate(headings(derivation), 1)]

    def named(condition: Condition) -> Condition:
        return replace(
            condition, discharged_by=re.sub(r"(?<=part )\d+", lambda found: names[int(found[0]) - 1], condition.discharged_by)
        )

    def renamed(step: Step) -> Step:
        rewrites = (replace(rewrite, conditions=tuple(map(named, rewrite.conditions))) for rewrite in step.rewrites)
        return replace(step, rewrites=tuple(rewrites))

    return replace(derivation, parts=tuple(replace(part, steps=tuple(map(renamed, part.steps))) for part in derivation.parts))


def rule_title(names: str) -> str:
    """The names of rules as a reader is shown them: `log-quotient` is the log of a quotient."""
    return ", ".join(dict.fromkeys(_title(name) for name in names.split(", ")))


def _title(name: str) -> str:
    try:
        return rule(name).title
    except UnknownName:
        return name.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Shown:
    """The conditions that one reason discharges: the first few, how many there are, and the reason."""

    conditions: tuple[Condition, ...]
    count: int
    reason: str


def needed(step: Step) -> list[Condition]:
    """The conditions of a line that say more than the line itself does."""
    line = Relation((step.before, step.after), (step.relation,)) if step.relation in RELATIONS else None
    return [condition for condition in step.conditions if condition.relation != line]


def shown_conditions(conditions: Iterable[Condition], most: int = 4) -> list[Shown]:
    """Conditions grouped by what discharges them; of more than `most` the first and the last, with the count.

    Those on numbers alone, such as 2 > 0, a reader sees for himself.
    """
    groups: dict[str, list[Condition]] = {}
    for condition in filter(_has_names, conditions):
        groups.setdefault(condition.discharged_by, []).append(condition)
    found = []
    for reason, group in groups.items():
        few = group if len(group) <= most else [group[0], group[1], group[-1]]
        found.append(Shown(tuple(few), len(group), reason))
    return found


def _has_names(condition: Condition) -> bool:
    parts = list(subterms(condition.relation))
    leaves = (part for part in parts if not part.args)
    return any(isinstance(part, Mass) for part in parts) or not all(isinstance(leaf, Number | Constant) for leaf in leaves)
