"""What was done between two right rows, by the names of the rules."""

from __future__ import annotations

import pytest

import symkl
from symkl.derivation.context import Context
from symkl.homework.meeting import Meeting, rearranged
from symkl.language.term import without_labels
from symkl.theory.reading import read_document
from symkl.theory.rules import rules


def meeting(text: str) -> Meeting:
    """The meeting of the two sides of an equation."""
    read = read_document(text, kind="formula")
    one, other = map(without_labels, read.rows[0].sides)
    return Meeting(one, other, Context(read.setting))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            r"\sum_x p(x)\log\frac{p(x)}{q(x)} = \sum_x p(x)\log p(x) - \sum_x p(x)\log q(x)",
            "log-quotient distribute sum-linearity",
        ),
        (r"-\sum_x p(x)\log q(x) = \sum_x p(x)\log\frac{1}{q(x)}", "log-reciprocal"),
        (r"\log\sum_x p(x)\frac{q(x)}{p(x)} = \log\sum_x q(x)", "cancel-product"),
        (r"D(P\|Q) = \mathbb{E}_{x\sim P}\left[\log\frac{P(x)}{Q(x)}\right]", "unfold expectation-as-sum"),
        (
            r"\int p(x)\log\frac{p(x)}{q(x)}dx = \int p(x)\log p(x)dx - \int p(x)\log q(x)dx",
            "log-quotient distribute integral-linearity",
        ),
        (r"I(X;Y) = H(X) + H(Y) - H(X,Y)", "mutual-information-forms"),
        (r"\sum_x p(x)\sum_y p(y|x)\log p(y|x) = \sum_{x,y} p(x,y)\log p(y|x)", "conditional-mass sum-merge cancel-product"),
    ],
)
def test_the_rules_are_named(text, names):
    found = meeting(text).rules()
    assert set(found) == set(names.split())
    known = {*rules(), *(script.name for script in symkl.derivations())}
    assert set(found) <= known


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_x p(x)\log\frac{p(x)}{q(x)} = \sum_x p(x)\log p(x) + \sum_x p(x)\log q(x)",
        r"I(X;Y) = H(X) + H(Y)",
        r"H(P,Q) = H(Q,P)",
        r"\log(p + q) = \log p + \log q",
    ],
)
def test_what_is_not_so_has_no_rules(text):
    assert meeting(text).rules() == ()


def test_terms_that_differ_in_their_order_are_rearranged():
    read = read_document(r"\log p + 2\log q = \log q + \log p + \log q", kind="formula")
    assert rearranged(*read.rows[0].sides)
