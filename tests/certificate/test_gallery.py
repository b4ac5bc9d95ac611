"""Every derivation of the gallery on a finite alphabet is certified, all in one run of coqc."""

from __future__ import annotations

import pytest

from symkl import certify, certify_gallery, derivations, run_certificates
from symkl.certificate.coq import AXIOMS
from symkl.errors import NoImage
from tests.certificate.tools import needs_coqc


@needs_coqc
def test_the_whole_gallery_is_certified() -> None:
    entries = certify_gallery()
    assert len(entries) == len(derivations())
    refused = {entry.name: entry.reason for entry in entries if entry.verdict is not None and not entry.verdict}
    assert refused == {}
    without = {entry.name for entry in entries if entry.verdict is None}
    assert without == {known.name for known in derivations() if known.family == "density"}
    assert all(set(entry.verdict.axioms) <= AXIOMS for entry in entries if entry.verdict is not None)


@needs_coqc
@pytest.mark.parametrize("log", [2, "b"])
def test_other_bases(log: int | str) -> None:
    for name in ("kl-decomposition", "cross-entropy-loss"):
        verdict = certify(name, log=log).run()
        assert verdict, verdict.reason


@needs_coqc
def test_a_hundred_categories_written_out() -> None:
    made = certify("kl-decomposition", n=100)
    verdicts = run_certificates([made, made.with_zeros], seconds=120)
    assert all(verdicts), [verdict.reason for verdict in verdicts]


def test_a_density_has_no_certificate() -> None:
    with pytest.raises(NoImage, match="density"):
        certify("kl-density")
