"""Every rule has its lemma in the prelude, or stands on the short list with a reason; every rule's example is certified."""

from __future__ import annotations

import re

import pytest

from symkl.certificate.closings import TACTICS, UNCERTIFIED, WITHOUT_LEMMA, lemma, tactic
from symkl.certificate.coq import AXIOMS, run_all
from symkl.certificate.prelude import prelude
from symkl.certificate.write import certificate
from symkl.errors import NoImage
from symkl.theory.rules import rules
from tests.certificate.examples import example_of
from tests.certificate.tools import needs_coqc

LEMMAS = set(re.findall(r"^Lemma (R_\w+)", prelude()["Rules.v"], re.M))
TACTIC_NAMES = set(re.findall(r"^(?:Ltac|with) (\w+)", "".join(prelude().values()), re.M))
COQ_TACTICS = {"reflexivity", "first", "apply", "rewrite", "solve", "lra"}


@pytest.mark.parametrize("name", sorted(rules()))
def test_every_rule_has_its_lemma_or_a_reason(name: str) -> None:
    assert (lemma(name) in LEMMAS) != (name in WITHOUT_LEMMA)


def test_the_list_of_rules_without_a_lemma_is_short_and_current() -> None:
    assert set(WITHOUT_LEMMA) <= set(rules())
    assert all(WITHOUT_LEMMA.values())
    assert len(WITHOUT_LEMMA) <= 15


def test_every_lemma_belongs_to_a_rule() -> None:
    known = {lemma(name) for name in rules()}
    assert {name for name in LEMMAS if not {name, name.removesuffix("_base"), name.removesuffix("_natural")} & known} == set()


@pytest.mark.parametrize("name", sorted(rules().keys() - WITHOUT_LEMMA.keys() | TACTICS.keys()))
def test_every_tactic_exists(name: str) -> None:
    used = set(re.findall(r"@?\b([A-Za-z]\w*)", tactic(name)))
    assert used <= LEMMAS | TACTIC_NAMES | COQ_TACTICS
    assert set(TACTICS) <= set(rules())


@needs_coqc
def test_every_example_is_certified() -> None:
    made = []
    for name, known in rules().items():
        if known.assuming:
            # The gallery uses both of these rules with the results that they need.
            assert name in ("result", "convex-minimum")
            continue
        try:
            made.append(certificate(example_of(known)))
        except NoImage:
            assert name in UNCERTIFIED
    verdicts = run_all(made)
    assert {verdict.name: verdict.reason for verdict in verdicts if not verdict} == {}
    assert all(set(verdict.axioms) <= AXIOMS for verdict in verdicts)
    assert len(made) > 70
