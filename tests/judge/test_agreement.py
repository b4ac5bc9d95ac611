"""The two judges agree: every rule's example, and every line of every derivation that symkl ships, is proved."""

from __future__ import annotations

import pytest

import symkl
from symkl.judge.prove import judge
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation
from symkl.theory.rules import ARROW, patterns, rules
from symkl.theory.setting import setting


@pytest.mark.parametrize("name", sorted(rules()))
def test_the_example_of_a_rule(name: str) -> None:
    rule = rules()[name]
    known = setting(rule.given)
    operator = ARROW if rule.computed else patterns(rule).operator
    left, _, right = rule.example.partition(f" {operator} ")
    sides = tuple(read_plain(text, known.scope) for text in (left, right))
    if isinstance(sides[0], Relation):
        # A rule between statements: if what is assumed is proved, so is what follows.
        verdicts = [judge(side, known).verdict for side in sides]
        assert verdicts[0] != "proved" or verdicts[1] == "proved"
    else:
        assert judge(Relation(sides, ("=" if operator == ARROW else operator,)), known).verdict == "proved"


@pytest.mark.parametrize("entry", symkl.derivations(), ids=lambda entry: f"{entry.name}-{entry.family}")
def test_every_line_of_a_derivation(entry: object) -> None:
    family = getattr(entry, "family", None)
    derivation = symkl.derive(getattr(entry, "name", str(entry)), family=None if family in (None, "any") else family)
    known = setting(derivation.givens)
    for step in derivation.steps:
        if not isinstance(step.before, Relation) and step.relation in ("=", "<=", ">=", "<", ">"):
            verdict = judge(Relation((step.before, step.after), (step.relation,)), known)
            assert verdict.verdict == "proved", f"{known.write(verdict.statement)}: {verdict.reason}"
