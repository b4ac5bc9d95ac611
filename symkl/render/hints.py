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

    yield from _wrapped(words(derivation.title), "")
    yield ""
    for k, text in enumerate(setting.texts):
        yield from _wrapped(text, "Given  " if k == 0 else "       ")
    yield from _wrapped(writer.write(derivation.goal), "Goal   ")
    number = 0
    for heading, part in zip(headings(derivation), derivation.parts, strict=True):
        yield ""
        if heading:
            yield from _wrapped(words(heading), "")
        yield from _wrapped(writer.write(part.start), "    ")
        for k, step in enumerate(part.steps, number + 1):
            yield from _wrapped(rule_title(step.rule), f"{k:>3} ")
        number += len(part.steps)


def _wrapped(text: str, before: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=before, subsequent_indent=" " * len(before), break_on_hyphens=False)
