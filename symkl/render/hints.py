"""A derivation as hints: where it starts, where it goes, and of every step the name of its rule alone."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from symkl.derivation.step import Derivation
from symkl.language.unicode_writer import UnicodeWriter
from symkl.render.lines import headings, rule_title
from symkl.render.prose import spans

_WIDTH = 80


def render(derivation: Derivation) -> str:
    """The givens and the goal, and under each part its start and the numbered rules."""
    return "\n".join(_lines(derivation)) + "\n"


def _lines(derivation: Derivation) -> Iterator[str]:
    setting = derivation.setting
    writer = UnicodeWriter(setting.scope.log_base)

    def words(text: str) -> str:
        return "".join(s if isinstance(s, str) else writer.write(s) for s in spans(text, setting))

    yield words(derivation.title)
    yield ""
    for k, text in enumerate(setting.texts):
        yield ("Given  " if k == 0 else "       ") + text
    yield f"Goal   {writer.write(derivation.goal)}"
    number = 0
    for heading, part in zip(headings(derivation), derivation.parts, strict=True):
        yield ""
        if heading:
            yield words(heading)
        yield f"    {writer.write(part.start)}"
        for k, step in enumerate(part.steps, number + 1):
            yield from textwrap.wrap(rule_title(step.rule), _WIDTH, initial_indent=f"{k:>3} ", subsequent_indent="    ")
        number += len(part.steps)
