"""Settings made from settings: with one more given, with a vector as a law, with the masses of a law by a formula."""

from __future__ import annotations

import re
from dataclasses import replace

from symkl.errors import GivenError
from symkl.theory.setting import Setting, setting

_JOINT = re.compile(r"(?P<names>[\w', ]+) ~ (?P<law>\w+)\([\w', ]+\)(?P<density> density)?")


def stated_texts(known: Setting) -> list[str]:
    """The givens that the document or the caller states."""
    return [given.text for given in known.givens if given.text not in known.inferred]


def inferred_texts(known: Setting) -> list[str]:
    """The givens that the notation suggests."""
    return [given.text for given in known.givens if given.text in known.inferred]


def with_given(known: Setting, *extra: str) -> Setting | None:
    """The setting with more inferred givens, where they fit."""
    return _again(known, [*inferred_texts(known), *extra])


def as_law(known: Setting, name: str, domain: str, *more: str) -> Setting | None:
    """The setting in which the entries of a vector, or of a law on an alphabet without a name, are masses on `domain`."""
    texts = [_without(text, name) for text in inferred_texts(known)]
    return _again(known, [*filter(None, texts), f"{name} on {domain}", *more])


def _again(known: Setting, inferred: list[str]) -> Setting | None:
    try:
        again = setting(stated_texts(known), inferred)
    except GivenError:
        return None
    return replace(again, scope=replace(again.scope, log_base=known.scope.log_base))


def _without(text: str, name: str) -> str:
    """The text of a given about several vectors or laws, without one of them."""
    for word in (" real on ", " positive on ", " on "):
        head, found, tail = text.partition(word)
        if found:
            kept = [piece for piece in head.split(", ") if piece != name]
            return f"{', '.join(kept)}{word}{tail}" if kept else ""
    return text


def narrowed(known: Setting, needed: frozenset[str]) -> Setting:
    """The setting in which a joint law is one of the variables needed alone, and of no others: what is judged is the same."""
    stated, inferred = ([_narrow(text, needed) for text in texts(known)] for texts in (stated_texts, inferred_texts))
    try:
        again = setting(stated, inferred)
    except GivenError:
        return known
    return replace(again, scope=replace(again.scope, log_base=known.scope.log_base))


def _narrow(text: str, needed: frozenset[str]) -> str:
    match = _JOINT.fullmatch(text)
    names = re.split(r"\s*,\s*", match["names"]) if match else []
    kept = [name for name in names if name in needed]
    if match is None or not kept or len(kept) == len(names):
        return text
    return f"{', '.join(kept)} ~ {match['law']}({','.join(name.lower() for name in kept)}){match['density'] or ''}"
