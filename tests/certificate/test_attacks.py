"""Certificates that must not pass: each is an attack on one of the guards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from symkl.certificate import coq, coqc
from symkl.certificate.coq import REFUSED, run
from symkl.certificate.files import Certificate
from symkl.certificate.write import certificate, checked_claim
from symkl.derivation.run import run as derive
from symkl.derivation.script import script
from symkl.errors import CoqMissing
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting
from tests.certificate.tools import needs_coqc

GIVENS = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")


@pytest.fixture(scope="module")
def honest() -> Certificate:
    return certificate(derive(script("kl", "bernoulli")))


def claim_of(statement: str, *givens: str) -> Certificate:
    """A claim with no proof yet."""
    where = setting(givens)
    return checked_claim("attack", where, read_plain(statement, where.scope))


def with_proof(claimed: Certificate, proof: str, before: str = "") -> Certificate:
    """A certificate that proves its claim in its own words; the domain and the laws are those of the claim."""
    definitions, _, statement = claimed.claim.partition("Definition claim : Prop :=")
    return replace(
        claimed, body=f"{before}\n{definitions}\nLemma claim :{statement.rstrip().rstrip('.')}.\nProof.\n{proof}\nQed.\n"
    )


@needs_coqc
def test_the_honest_certificate_passes(honest: Certificate) -> None:
    verdict = run(honest)
    assert verdict, verdict.reason
    assert set(verdict.axioms) <= coq.AXIOMS


@needs_coqc
def test_a_step_that_is_admitted(honest: Certificate) -> None:
    head, _, tail = honest.body.partition("Lemma step_2")
    statement, _, rest = tail.partition("Proof.")
    admitted = f"{head}Lemma step_2{statement}Proof. Admitted.{rest.partition('Qed.')[2]}"
    verdict = run(replace(honest, body=admitted))
    assert verdict.verdict == REFUSED
    assert "step_2" in verdict.reason


@needs_coqc
def test_a_claim_that_is_admitted(honest: Certificate) -> None:
    head, _, tail = honest.body.partition("Lemma claim")
    verdict = run(replace(honest, body=f"{head}Lemma claim{tail.partition('Proof.')[0]}Proof. Admitted.\n"))
    assert verdict.verdict == REFUSED
    assert "Proof.claim" in verdict.reason


@needs_coqc
def test_an_axiom_of_its_own(honest: Certificate) -> None:
    head, _, tail = honest.body.partition("Lemma claim")
    lemma, _, _ = tail.partition("Proof.")
    body = f"{head}Axiom classic : False.\nLemma claim{lemma}Proof. destruct classic. Qed.\n"
    verdict = run(replace(honest, body=body))
    assert verdict.verdict == REFUSED
    assert "it rests on Proof.classic" in verdict.reason


@needs_coqc
@pytest.mark.parametrize(
    ("redefined", "unfolded"),
    [("Definition ln (x : R) : R := 0.", "unfold ln"), ("Notation ln := (fun _ : R => 0).", "cbv beta")],
)
def test_a_log_of_its_own(redefined: str, unfolded: str) -> None:
    false = claim_of("log(a + b) = log(a) + log(b)", "a > 0", "b > 0")
    proof = f"intros a b D. unfold domain in D. repeat split; try ({unfolded}); lra."
    assert run(with_proof(false, proof)).verdict == REFUSED
    verdict = run(with_proof(false, proof, redefined))
    assert verdict.verdict == REFUSED
    assert "the check of the claim" in verdict.reason, "the proof alone is accepted"


@needs_coqc
def test_a_law_or_a_domain_of_its_own(honest: Certificate) -> None:
    assert "else 1 - q" in honest.body
    assert run(replace(honest, body=honest.body.replace("else 1 - q", "else q"))).verdict == REFUSED
    narrower = honest.body.replace("  0 < p /\\\n", "  0 < p /\\\n  p < 0 /\\\n")
    assert narrower != honest.body
    assert run(replace(honest, body=narrower)).verdict == REFUSED


@needs_coqc
def test_hypotheses_that_contradict_each_other() -> None:
    claimed = claim_of("KL(P || Q) = 42", *GIVENS)
    impossible = replace(claimed, claim=claimed.claim.replace("  0 < p /\\\n", "  0 < p /\\\n  p < 0 /\\\n"))
    proved = with_proof(impossible, "intros p q D. exfalso. unfold domain in D. lra.")
    without_point = replace(proved, inhabited="", example="")
    assert run(without_point), "the contradiction proves the claim; only the missing point stops it"
    assert run(proved).verdict == REFUSED


ESCAPES = [
    "End C0.\nDefinition whole : Prop := True.\nModule C1.\nDefinition claim := I.\nEnd C1.\nModule C0.",
    "End C0.\nSection C0.",
    'Ltac honest := idtac "Axioms:". Goal True. honest. idtac "Classical_Prop.classic : True". exact I. Qed.',
    'Global Notation "x = y" := True.\nGlobal Open Scope nat_scope.\nGlobal Set Silent.',
    "Module Proof. Lemma claim : True. Proof. exact I. Qed. End Proof.",
]


@needs_coqc
@pytest.mark.parametrize("escape", ESCAPES)
def test_a_proof_that_leaves_its_module_or_prints_axioms_itself(escape: str) -> None:
    false = claim_of("log(a + b) = log(a) + log(b)", "a > 0", "b > 0")
    assert run(with_proof(false, "Admitted. Lemma other : True. exact I.", escape)).verdict == REFUSED
    assert run(replace(false, body=f"{escape}\nLemma claim : True.\nProof. exact I. Qed.\n")).verdict == REFUSED


FORGERIES = {
    "an axiom behind a string in a comment": '(* "*)" *) Axiom anything : forall P : Prop, P.',
    "an axiom in a functor that is applied": (
        "Module Type Any. Parameter anything : forall P : Prop, P. End Any.\n"
        "Module Given : Any. Axiom anything : forall P : Prop, P. End Given.\n"
        "Module From (A : Any). Definition anything := A.anything. End From.\nModule Made := From Given. Import Made."
    ),
    "a hint that rewrites with an axiom": (
        "Local Axiom same : forall x y : R, x = y.\n"
        "Lemma anything : forall P : Prop, P. Proof. intro P. exfalso. apply R1_neq_R0. apply same. Qed."
    ),
    "a section variable that is never given": "Section Open.\nVariable anything : forall P : Prop, P.",
    "a program that owes a proof": "Program Definition anything (P : Prop) : P := _.\nAdmit Obligations.",
}


@needs_coqc
@pytest.mark.parametrize("forgery", FORGERIES)
def test_everything_follows_from_what_is_forged(forgery: str) -> None:
    false = claim_of("log(a + b) = log(a) + log(b)", "a > 0", "b > 0")
    assert run(with_proof(false, "exact (anything _).", FORGERIES[forgery])).verdict == REFUSED


SHADOWS = [
    'Notation "x + y" := (Rmult x y) : R_scope.',
    "Module Definitions. Definition logb := 0. End Definitions. Import Definitions.",
    "Canonical Structure nothing := 0.\nArguments ln : clear implicits.\nNotation R := nat.\nNotation ln := S.",
    "Ltac by_example := exact I.\nLtac conjunction := idtac.",
    'Set Printing All.\nUnset Printing Notations.\nGlobal Set Default Goal Selector "all".',
]


@needs_coqc
@pytest.mark.parametrize("shadow", SHADOWS)
def test_what_a_proof_redefines_does_not_change_what_is_claimed(shadow: str) -> None:
    false = claim_of("log(a + b) = log(a) + log(b)", "a > 0", "b > 0")
    assert (
        run(replace(false, body=f"{shadow}\nLemma claim : forall a b : R, True.\nProof. intros. exact I. Qed.\n")).verdict
        == REFUSED
    )
    assert (
        run(with_proof(false, "repeat intro. all: try exact I. all: try reflexivity. all: try lra.", shadow)).verdict == REFUSED
    )


@needs_coqc
def test_the_prelude_beside_a_certificate_is_not_the_one_that_run_uses(
    honest: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of other contents where coqc is started, and a prelude that was changed after it was written, change nothing."""
    false = claim_of("KL(P || Q) = H(P) - H(P, Q)", *GIVENS)
    for name in ("Definitions.v", "SymKL.v", "Reals.v"):
        (tmp_path / name).write_text("Axiom anything : forall P : Prop, P.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(honest)
    assert run(with_proof(false, "exact (anything _).", "Require Import Definitions.")).verdict == REFUSED


@needs_coqc
def test_many_at_once_and_each_refused_for_its_own_reason(honest: Certificate) -> None:
    admitted = replace(honest, body=f"{honest.body.partition('Lemma claim')[0]}Axiom claim : Check.claim.\n")
    other = replace(claim_of("KL(P || Q) = H(P) - H(P, Q)", *GIVENS), body=honest.body)
    broken = replace(honest, body=honest.body.replace("Lemma step_2", "Lemma step 2", 1))
    verdicts = coq.run_all([honest, admitted, honest, other, broken, honest])
    assert [bool(verdict) for verdict in verdicts] == [True, False, True, False, False, True]
    assert "the check of the claim" in verdicts[3].reason


@needs_coqc
def test_another_statement(honest: Certificate) -> None:
    others = [
        claim_of("KL(P || Q) = H(P) - H(P, Q)", *GIVENS),
        claim_of("KL(Q || P) = p*(log(p) - log(q)) + (1 - p)*(log(1 - p) - log(1 - q))", *GIVENS),
        claim_of("KL(P || Q) = p*(log(q) - log(p)) + (1 - p)*(log(1 - p) - log(1 - q))", *GIVENS),
    ]
    for other in others:
        assert run(replace(other, body=honest.body)).verdict == REFUSED


@needs_coqc
def test_logic_that_is_switched_off(honest: Certificate) -> None:
    loop = "Unset Guard Checking.\nFixpoint loop (n : nat) : False := loop n.\n"
    head, _, tail = honest.body.partition("Lemma claim")
    body = f"{head}{loop}Lemma claim{tail.partition('Proof.')[0]}Proof. destruct (loop 0). Qed.\n"
    verdict = run(replace(honest, body=body))
    assert verdict.verdict == REFUSED
    assert "it rests on" in verdict.reason


@needs_coqc
def test_a_proof_that_never_ends(honest: Certificate) -> None:
    body = honest.body.replace(
        "Lemma step_1", "Lemma forever : False. Proof. repeat (assert True by trivial). Qed.\nLemma step_1"
    )
    verdict = run(replace(honest, body=body), seconds=8)
    assert verdict.verdict == REFUSED
    assert "longer" in verdict.reason


@needs_coqc
def test_the_refused_step_is_named(honest: Certificate) -> None:
    head, found, tail = honest.body.partition("Lemma step_4_log_quotient")
    statement, _, rest = tail.partition("Proof.")
    wrong = statement.replace("ln p - ln q", "ln q - ln p", 1)
    assert found and wrong != statement
    verdict = run(replace(honest, body=f"{head}{found}{wrong}Proof.{rest}"))
    assert (verdict.verdict, verdict.step, verdict.rule) == (REFUSED, 4, "log-quotient")


def test_without_coqc_the_message_says_how_to_install_it(honest: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coqc.shutil, "which", lambda _: None)
    with pytest.raises(CoqMissing, match="apt-get install") as raised:
        run(honest)
    assert raised.value.exit_code == 4
