"""Steps with one sign, operator or letter changed, each with the proof of the step as it was: Coq accepts none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from symkl import certify
from symkl.certificate.files import PROOF_HEADER
from symkl.certificate.write import certificate
from symkl.derivation.run import run as derive
from symkl.derivation.script import script
from tests.certificate.tools import accepted, needs_coqc

CHANGES = {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * ", "- (": "(", "ln p": "ln q", "ln q": "ln p", "P i": "Q i",
           "Q i": "P i", "(P p)": "(Q q)", "(Q q)": "(P p)", "ln (P": "(P", "ln (Q": "(Q", " = ": " < "}  # fmt: skip
STEPS = [("kl", "bernoulli"), ("kl", "categorical")]
SECOND = "diff(diff(log(a)*b, a), a) = -b/a^2"
CHANGES_OF_DERIVATIVES = {"- (": "(", " * ": " + ", " / ": " * ", "ln a": "ln b", " = ": " < ", "(fun a =>": "(fun b =>"}


def lemmas(body: str) -> Iterator[tuple[str, str, str, str]]:
    """Each step of a proof: its name, the variables, the statement, the proof."""
    for found in re.finditer(r"^Lemma (step_\w+) : (forall [^\n]*->)\n(.*?)\.\nProof\.\n(.*?)Qed\.$", body, re.M | re.S):
        yield found[1], found[2], found[3], found[4]


def mutants(statement: str, changes: Mapping[str, str] = CHANGES) -> Iterator[str]:
    """The statement with one thing changed, in every place where it can be."""
    for old, new in changes.items():
        for at in re.finditer(re.escape(old), statement):
            yield statement[: at.start()] + new + statement[at.end() :]


def count_of_mutants(body: str, changes: Mapping[str, str]) -> int:
    """How many mutants of the steps of a proof were tried; none was accepted, and every step as it is was."""
    text, names, before = [PROOF_HEADER], [], 0
    for step, variables, statement, proof in lemmas(body):
        start = body.index(f"Lemma {step} ")
        text.append(body[before:start])
        before = start
        for k, mutant in enumerate(mutants(statement, changes)):
            names.append(f"bad_{step}_{k}")
            text.append(f"Lemma {names[-1]} : {variables}\n{mutant}.\nProof.\n{proof}Qed.\nAbort All.")
    text.append(body[before:])
    honest = [step for step, *_ in lemmas(body)]
    assert accepted("\n".join(text), [*names, *honest]) == set(honest), "the session reads the steps as they are, and no other"
    return len(names)


@needs_coqc
def test_no_mutant_is_accepted() -> None:
    assert sum(count_of_mutants(certificate(derive(script(*step))).body, CHANGES) for step in STEPS) >= 100


@needs_coqc
def test_no_mutant_of_a_second_derivative_is_accepted() -> None:
    body = certify(SECOND, given=("a > 0", "b > 0"))._made.body
    assert count_of_mutants(body, CHANGES_OF_DERIVATIVES) >= 14
