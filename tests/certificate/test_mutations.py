"""Steps with one sign, operator or letter changed, each with the proof of the step as it was: Coq accepts none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symkl.certificate.files import PROOF_HEADER
from symkl.certificate.write import certificate
from symkl.derivation.run import run as derive
from symkl.derivation.script import script
from tests.certificate.tools import accepted, needs_coqc

CHANGES = {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * ", "- (": "(", "ln p": "ln q", "ln q": "ln p", "P i": "Q i",
           "Q i": "P i", "(P p)": "(Q q)", "(Q q)": "(P p)", "ln (P": "(P", "ln (Q": "(Q", " = ": " < "}  # fmt: skip
STEPS = [("kl", "bernoulli"), ("kl", "categorical")]


def lemmas(body: str) -> Iterator[tuple[str, str, str, str]]:
    """Each step of a proof: its name, the variables, the statement, the proof."""
    for found in re.finditer(r"^Lemma (step_\w+) : (forall [^\n]*->)\n(.*?)\.\nProof\.\n(.*?)Qed\.$", body, re.M | re.S):
        yield found[1], found[2], found[3], found[4]


def mutants(statement: str) -> Iterator[str]:
    """The statement with one thing changed, in every place where it can be."""
    for old, new in CHANGES.items():
        for at in re.finditer(re.escape(old), statement):
            yield statement[: at.start()] + new + statement[at.end() :]


@needs_coqc
def test_no_mutant_is_accepted() -> None:
    count, wrongly = 0, set()
    for name, family in STEPS:
        body = certificate(derive(script(name, family))).body
        text, names, before = [PROOF_HEADER], [], 0
        for step, variables, statement, proof in lemmas(body):
            start = body.index(f"Lemma {step} ")
            text.append(body[before:start])
            before = start
            for k, mutant in enumerate(mutants(statement)):
                names.append(f"bad_{step}_{k}")
                text.append(f"Lemma {names[-1]} : {variables}\n{mutant}.\nProof.\n{proof}Qed.\nAbort All.")
        text.append(body[before:])
        honest = [step for step, *_ in lemmas(body)]
        found = accepted("\n".join(text), [*names, *honest])
        assert set(honest) <= found, "the session reads the steps as they are"
        wrongly |= found - set(honest)
        count += len(names)
    assert wrongly == set()
    assert count >= 100, count
