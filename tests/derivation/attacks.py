"""What the attempts to prove something false are made with: hand-made rewrites, and the reasons why each is refused."""

from __future__ import annotations

import pytest

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.kernel import check, check_rewrite
from symkl.derivation.step import Application, Bound, Derivation, Part, Place, Rewrite
from symkl.errors import Rejection
from symkl.language.plain_reader import read_plain
from symkl.language.term import (
    Marginal,
    Number,
    Range,
    Relation,
    Term,
    equation,
)
from symkl.theory.rules import rule
from symkl.theory.setting import Setting, setting

WHOLE = Place()
Spelled = Term | str | tuple[Term | str, ...]


class Attack:
    """Givens, and rewrites by rules at places of the whole term; texts are read, `name:i` is a bound name."""

    def __init__(self, *givens: str, shown: tuple[str | Relation, ...] = ()) -> None:
        self.setting: Setting = setting(givens)
        results = tuple(read_statement(each, self.setting) if isinstance(each, str) else each for each in shown)
        self.context = Context(self.setting, results)

    def term(self, spelled: Term | str) -> Term:
        return read_plain(spelled, self.setting.scope) if isinstance(spelled, str) else spelled

    def bound(self, spelled: Spelled) -> Bound:
        if isinstance(spelled, tuple):
            return tuple(map(self.term, spelled))
        if isinstance(spelled, str) and spelled.startswith("name:"):
            return spelled.removeprefix("name:")
        return self.term(spelled)

    def rewrite(self, before: Term | str, name: str, backward: bool = False, place: Place = WHOLE, **binding: Spelled) -> Rewrite:
        bound = {key: self.bound(value) for key, value in binding.items()}
        made = apply_at(rule(name), self.term(before), [Application(place, bound)], self.context, backward)
        check_rewrite(made, self.context)
        return made

    def refused(self, before: Term | str, name: str, reason: str, **how: object) -> None:
        with pytest.raises(Rejection) as caught:
            self.rewrite(before, name, **how)  # type: ignore[arg-type]
        assert caught.value.reason == reason, caught.value

    def cannot_start(self, start: Term | str, reason: str) -> None:
        term = self.term(start)
        goal = equation(term, term)
        with pytest.raises(Rejection) as caught:
            check(Derivation("test", "test", self.setting, goal, (Part("", term),)))
        assert caught.value.reason == reason, caught.value


def read_statement(text: str, where: Setting) -> Relation:
    sides = [read_plain(piece, where.scope) for piece in text.split(" <=> ")]
    found = sides[0] if len(sides) == 1 else Relation(sides, ("<=>",))
    assert isinstance(found, Relation)
    return found


UNDEFINED, MALFORMED, UNDISCHARGED = "may be undefined", "no term of the language", "condition not discharged"
MISMATCH, BAD_BINDING, NOT_APPLICABLE = "the rule does not match", "bad substitution", "the rule does not apply"
P = Marginal("P", "p", True, ("",))
TO_3, TO_2 = Range(Number(1), Number(3)), Range(Number(1), Number(2))
