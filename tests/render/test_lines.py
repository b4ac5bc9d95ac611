"""Details: other lines, the same derivation to the kernel."""

from __future__ import annotations

import pytest

from symkl.derivation.kernel import check
from symkl.derivation.run import run
from symkl.derivation.script import script
from symkl.derivation.step import Condition, Derivation
from symkl.errors import UnknownName
from symkl.language.term import E, Number, Relation, Symbol
from symkl.render import FORMATS, render
from symkl.render.lines import DETAILS, at_detail, rule_title, shown_conditions


@pytest.mark.parametrize("detail", DETAILS)
def test_the_kernel_accepts_every_detail(each: Derivation, detail: str) -> None:
    assert check(at_detail(each, detail)) == check(each)


def test_full_is_every_rewrite_and_brief_every_part(loss: Derivation) -> None:
    rewrites = [rewrite for step in loss.steps for rewrite in step.rewrites]
    full = at_detail(loss, "full")
    check(full)
    assert all(len(step.rewrites) == 1 for step in full.steps)
    assert list(dict.fromkeys(step.rule for step in full.steps)) == list(dict.fromkeys(rewrite.rule for rewrite in rewrites))
    assert {rewrite.after for rewrite in rewrites} <= {step.after for step in full.steps}
    assert len(at_detail(loss, "brief").steps) == len(loss.parts)
    assert at_detail(loss, "textbook") is loss


def test_a_part_is_named_by_the_letter_of_its_heading() -> None:
    bound = run(script("data-processing-inequality"))
    assert "(part A)" in render(bound, "text")
    assert any(condition.discharged_by == "part 1" for step in bound.steps for condition in step.conditions)


def test_full_changes_one_thing_a_line() -> None:
    textbook = run(script("kl", "bernoulli"))
    full = at_detail(textbook, "full")
    check(full)
    assert len(full.steps) == len(textbook.steps) + 4
    assert [part.end for part in full.parts] == [part.end for part in textbook.parts]


def test_a_strict_line_stays_strict(loss: Derivation) -> None:
    assert ">" in [step.relation for step in at_detail(loss, "brief").steps]
    assert ">" in [step.relation for step in at_detail(loss, "full").steps]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("detail", DETAILS)
def test_every_format_at_every_detail(coin: Derivation, form: str, detail: str) -> None:
    assert len(render(coin, form, detail=detail)) > 300


def test_unknown_formats_and_details_name_the_nearest(coin: Derivation) -> None:
    with pytest.raises(UnknownName, match="Did you mean latex"):
        render(coin, "latx")
    with pytest.raises(UnknownName, match="Did you mean textbook"):
        render(coin, "text", detail="texbook")


def test_titles_of_rules() -> None:
    assert rule_title("log-quotient, distribute, no-such") == "log of a quotient, distribute, no such"


def test_conditions_in_groups(three: Derivation) -> None:
    step = next(step for step in three.steps if step.conditions)
    (shown,) = shown_conditions(step.conditions)
    assert shown.count == 6 and len(shown.conditions) == 3
    assert shown_conditions(step.conditions[:4])[0].conditions == step.conditions[:4]


def test_conditions_on_numbers_alone_are_not_shown() -> None:
    zero, two = Number(0), Number(2)
    plain = Condition(Relation((two, zero), (">",)), "2 is positive")
    named = Condition(Relation((Symbol("p"), zero), (">",)), "0 < p < 1")
    based = Condition(Relation((E, Number(1)), ("!=",)), "e is not 1")
    assert [shown.conditions for shown in shown_conditions([plain, named, based])] == [(named,)]
    assert shown_conditions([plain]) == []
