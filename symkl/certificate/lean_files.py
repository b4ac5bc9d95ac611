"""A certificate as files for Lean 4 with mathlib, which symkl writes and does not check; the first line of each says so.

Claim.lean is written from the claim alone and imports nothing but the definitions, so that nothing in Proof.lean can change what
it means. Check.lean closes the claim with the proof, and prints the axioms that it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files as resources

from symkl.certificate.files import Certificate

UNCHECKED = "Not checked: symkl has not run Lean on this file."
LIBRARY = "SymKL"
PRELUDE = ("Definitions", "Laws", "Rules", "Tactics")
RELEASE = "v4.24.0"
"""The release of Lean, and of mathlib, that the files are written for."""


def files(made: Certificate) -> Mapping[str, str]:
    """The files by their names: the claim, the proof, the check, the prelude, and how to have Lean check them."""
    return {
        "Claim.lean": claim(made),
        "Proof.lean": proof(made),
        "Check.lean": check(made),
        **{f"{LIBRARY}/{name}.lean": text for name, text in prelude().items()},
        "lakefile.toml": _LAKEFILE,
        "lean-toolchain": f"leanprover/lean4:{RELEASE}\n",
    }


def prelude() -> Mapping[str, str]:
    """The prelude's files by their names, each after those that it needs."""
    home = resources("symkl.certificate").joinpath("lean")
    return {name: home.joinpath(f"{name}.lean").read_text(encoding="utf-8") for name in PRELUDE}


def claim(made: Certificate) -> str:
    """The file that says what is claimed, and that its domain has a point."""
    point = "/-- The domain has a point, so that the hypotheses do not contradict each other. -/"
    stated = f"{made.claim}\n{point}\ndef inhabited : Prop :=\n  {made.inhabited}\n\ndef whole : Prop := inhabited ∧ claim\n"
    return _module([f"{LIBRARY}.Definitions"], "What is claimed, written from the claim alone.", "Claim", stated)


def proof(made: Certificate) -> str:
    """The file of the proof."""
    return _module([f"{LIBRARY}.Tactics"], "A derivation of symkl, one theorem for each step.", "Proof", made.body)


def check(made: Certificate) -> str:
    """The file that closes the claim with the proof."""
    proof = ["refine ⟨?_, Proof.claim⟩", "unfold inhabited", made.example]
    closed = "\n  ".join(["theorem holds : whole := by", *proof]) + "\n\n#print axioms holds"
    return _module([f"{LIBRARY}.Tactics", "Claim", "Proof"], "The claim of Claim.lean, closed with the proof.", "Claim", closed)


_PATIENCE = "set_option maxHeartbeats 2000000"


def _module(imports: list[str], says: str, name: str, body: str) -> str:
    loaded = "".join(f"import {module}\n" for module in imports)
    head, space = f"-- {UNCHECKED}\n{loaded}\n/-! {says} -/", f"{LIBRARY}.{name}"
    parts = [head, _PATIENCE, "noncomputable section", f"namespace {space}", body.rstrip(), f"end {space}", "end\n"]
    return "\n\n".join(parts)


_LAKEFILE = f"""# {UNCHECKED}
# `lake exe cache get` fetches mathlib compiled, and `lake build` has Lean check the proof and print the axioms that it rests on.
name = "certificate"
defaultTargets = ["Certificate"]

[[require]]
name = "mathlib"
scope = "leanprover-community"
rev = "{RELEASE}"

[[lean_lib]]
name = "Certificate"
roots = ["{LIBRARY}", "Claim", "Proof", "Check"]
globs = ["Check"]
"""
