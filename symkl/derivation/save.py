"""Writes a derivation as a script that replays: rule names where they suffice, exact places where they do not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from symkl.derivation.bindings import application_as_data
from symkl.derivation.context import Context
from symkl.derivation.engine import rewrite_everywhere
from symkl.derivation.kernel import conclusion
from symkl.derivation.reverse import reverse
from symkl.derivation.step import Derivation, Part, Place, Rewrite, Step
from symkl.errors import Rejection
from symkl.language.term import Relation, Term

_BY_TARGET = ("rearrange", "arithmetic", "fractions")


def script_of(derivation: Derivation, name: str, family: str = "any", topic: str = "found") -> str:
    """The text of a script that replays to the derivation."""
    head = {
        "name": name,
        "family": family,
        "topic": topic,
        "title": derivation.title,
        "givens": list(derivation.setting.texts),
        "goal": derivation.setting.write(derivation.goal),
        "source": derivation.source,
        "closing": derivation.closing,
    }
    lines = [f"{key} = {_toml(value)}" for key, value in head.items() if value]
    results: tuple[Relation, ...] = ()
    for part in derivation.parts:
        lines += ["", *_part(part, Context(derivation.setting, results))]
        results = (*results, conclusion(part, results))
    return "\n".join(lines) + "\n"


def _part(part: Part, context: Context) -> list[str]:
    write = context.setting.write
    lines = ["[[part]]", f"title = {_toml(part.title)}"]
    if part.prose:
        lines.append(f"prose = {_toml(part.prose)}")
    lines.append(f"start = {_toml(write(part.start))}")
    return [*lines, "steps = [", *(f"  {_toml(_step(step, context))}," for step in part.steps), "]"]


def _step(step: Step, context: Context) -> Any:
    back = _read_backwards(step, context)
    moves = back if back is not None else [_move(rewrite, context) for rewrite in step.rewrites]
    if back is None and len(moves) == 1 and isinstance(moves[0], str):
        return moves[0] if not _own_words(step) else {"do": moves, "says": step.says}
    table: dict[str, Any] = {"back": context.setting.write(step.after)} if back is not None else {}
    table["do"] = moves
    if _own_words(step):
        table["says"] = step.says
    return table


def _own_words(step: Step) -> bool:
    from symkl.derivation.run import printed_step

    return printed_step(step.rewrites).says != step.says


def _read_backwards(step: Step, context: Context) -> list[Any] | None:
    """The moves from the line after to the line before, where those are plainer."""
    if not any(rewrite.backward for rewrite in step.rewrites):
        return None
    try:
        forward = _forward(step, context)
    except Rejection:
        return None
    moves = [_move(rewrite, context) for rewrite in forward]
    plain = all(isinstance(move, str) for move in moves)
    if not plain or not forward or forward[-1].after != step.before:
        return None
    try:
        again = reverse(forward, context)
    except Rejection:
        return None
    return moves if again and again[0].before == step.before and again[-1].after == step.after else None


def _forward(step: Step, context: Context) -> Sequence[Rewrite]:
    found: list[Rewrite] = []
    term: Term = step.after
    for rewrite in reversed(step.rewrites):
        if rewrite.rule in _BY_TARGET:
            continue
        done = rewrite_everywhere(rewrite.rule, term, context)
        if done is None:
            return []
        found.append(done)
        term = done.after
    return found


def _move(rewrite: Rewrite, context: Context) -> Any:
    """A rewrite as the shortest entry of a script that makes the same one."""
    if rewrite.rule in _BY_TARGET and [one.place for one in rewrite.applications] == [Place()]:
        return {"rule": rewrite.rule, "to": context.setting.write(rewrite.after)}
    if not rewrite.backward and rewrite.rule not in _BY_TARGET and _everywhere(rewrite, context):
        return rewrite.rule
    places = [application_as_data(one, context.setting) for one in rewrite.applications]
    for place in places:
        if place["slice"] is None:
            del place["slice"]
    table: dict[str, Any] = {"rule": rewrite.rule, "places": places}
    return {**table, "backward": True} if rewrite.backward else table


def _everywhere(rewrite: Rewrite, context: Context) -> bool:
    try:
        done = rewrite_everywhere(rewrite.rule, rewrite.before, context)
    except Rejection:
        return False
    return done is not None and done.after == rewrite.after


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    # A TOML basic string escapes as JSON does, once DEL is escaped as well.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
