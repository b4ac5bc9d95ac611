"""Closed forms: no divergence of a law from itself, none below zero, and an entropy that has a value."""

from __future__ import annotations

import pytest

from symkl.judge.prove import judge
from symkl.language.term import Number, Symbol, equation
from symkl.theory.closed_forms import closed_forms
from symkl.theory.setting import setting

FORMS = {form.slug: form for forms in closed_forms().values() for form in forms}


@pytest.mark.parametrize("slug", FORMS)
def test_a_law_does_not_diverge_from_itself(slug: str) -> None:
    form = FORMS[slug]
    known = setting([f"0 < {name} < 1" for name in form.parameters])
    own = list(map(Symbol, form.parameters))
    assert judge(equation(form.divergence(own, own), Number(0)), known).verdict == "proved"
    assert judge(equation(form.divergence(own, own), Number(1)), known).verdict == "refuted"
    assert form.source


def test_families_are_found_by_each_spelling() -> None:
    assert {form.slug for form in closed_forms()["N"]} == {"normal", "normal-deviation"}
