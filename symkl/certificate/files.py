"""A certificate, and its two arrangements in files.

For a reader: the proof, and a check that states the claim anew and closes it with the proof's theorem. For one run of coqc: the
claims first, then the proofs, then the theorems. In both, what a proof calls things cannot change what is claimed: the claims
are terms of Coq before a proof is read, and in one file the modules have names that no proof could know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from symkl.certificate.prelude import LIBRARY, LOADED, PRELUDE, prelude
from symkl.errors import OutputError

_REALS = "From Coq Require Import Reals List Lra.\n"
_PRELUDE = f"From {LIBRARY} Require Import {{}}.\n"
_SCOPE = "Open Scope R_scope.\n\n"
PROOF_HEADER = _REALS + _PRELUDE.format(" ".join(LOADED)) + _SCOPE
CLAIM_HEADER = "(* What is claimed, written from the claim alone. *)\n" + _REALS + _PRELUDE.format("Definitions") + _SCOPE
LOAD = """
(* Everything that the claim means stands above; only now is the proof loaded. *)
From SymKL Require Import Sums Calculus Rules Conditions Tactics.
Require Proof.
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A proof and a check of one claim, each without the lines that load libraries.

    `body` is the proof and `claim` what is claimed. `inhabited` is the proposition that the domain has a point and `example` its
    proof; both are empty where the claim is itself about a point (`refutes`). `lines` says which printed step each lemma of the
    proof belongs to: the first line of the lemma, the number of the step and its rule. `also` is a further file of the prelude
    that the proof needs.
    """

    name: str
    body: str
    claim: str
    inhabited: str = ""
    example: str = ""
    lines: tuple[tuple[int, int, str], ...] = ()
    refutes: bool = False
    also: str = ""

    @property
    def proof(self) -> str:
        """The file of the proof."""
        also = _PRELUDE.format(self.also) if self.also else ""
        return f"(* {self.kind} *)\n{_REALS}{_PRELUDE.format(' '.join(LOADED))}{also}{_SCOPE}{self.body}"

    @property
    def kind(self) -> str:
        """What the certificate proves, in words."""
        if self.refutes:
            return "A statement fails at a point."
        return "The claim where masses may be zero." if self.also else "A derivation of symkl, one lemma for each step."

    @property
    def stated(self) -> str:
        """The claim, that its domain has a point, and the two as one proposition."""
        if not self.inhabited:
            return f"{self.claim}\nDefinition whole : Prop := claim.\n"
        point = "(* The domain has a point, so that the hypotheses do not contradict each other. *)"
        inhabited = f"{point}\nDefinition inhabited : Prop :=\n  {self.inhabited}.\n"
        return f"{self.claim}\n{inhabited}\nDefinition whole : Prop := inhabited /\\ claim.\n"

    def closed(self, proof: str, statement: str = "whole") -> str:
        """The theorem that the claim holds and its domain has a point, by the proof that is given."""
        point = f"split; [unfold inhabited, domain; {self.example} |]. " if self.inhabited else ""
        return f"Theorem certified : {statement}.\nProof. {point}exact {proof}. Qed.\n"

    @property
    def check(self) -> str:
        """The file that states the claim anew and closes it with the proof."""
        also = _PRELUDE.format(self.also) if self.also else ""
        return f"{CLAIM_HEADER}{self.stated}{LOAD}{also}\n{self.closed('Proof.claim')}\nPrint Assumptions certified.\n"

    def step_at(self, line: int) -> tuple[int, str] | None:
        """The step, and its rule, that a line of the body belongs to."""
        found = [(number, rule) for start, number, rule in self.lines if start <= line]
        return found[-1] if found and found[-1][0] else None


CLAIM, PROOF, THEOREM = "claim", "proof", "theorem"


@dataclass(frozen=True, slots=True)
class Session:
    """Many certificates in one file.

    `starts` says after which line each piece begins, with what the piece is (CLAIM, PROOF or THEOREM) and the number of its
    certificate, in the order of the file.
    """

    text: str
    starts: tuple[tuple[int, str, int], ...]

    def at(self, line: int) -> tuple[str, int, int] | None:
        """What stands at a line: the kind of the piece, the number of its certificate, the line within the piece."""
        found = [start for start in self.starts if start[0] < line]
        return (found[-1][1], found[-1][2], line - found[-1][0]) if found else None


def session(many: Sequence[Certificate], mark: str) -> Session:
    """One file for one run of coqc.

    The modules are named with `mark`, which is drawn after the proofs are written: a proof can neither close them, nor state
    another claim under their names.
    """
    claims, proofs, theorems = f"Claims_{mark}", f"Proofs_{mark}", f"Theorems_{mark}"
    libraries = _PRELUDE.format(" ".join([*LOADED, *sorted({made.also for made in many} - {""})]))
    theorem = [made.closed(f"{proofs}.C{k}.claim", f"{claims}.C{k}.whole") for k, made in enumerate(many)]
    pieces = _Pieces(CLAIM_HEADER)
    pieces.module(claims, CLAIM, [made.stated for made in many])
    pieces.text += libraries
    pieces.module(proofs, PROOF, [made.body for made in many])
    pieces.module(theorems, THEOREM, [f"Import {claims}.C{k}. {text}" for k, text in enumerate(theorem)])
    together = ", ".join(f"{theorems}.C{k}.certified" for k in range(len(many)))
    pieces.text += f"Definition certified_{mark} := ({together}).\nPrint Assumptions certified_{mark}.\n"
    return Session(pieces.text, tuple(pieces.starts))


class _Pieces:
    """A text in the making, and where its pieces begin."""

    def __init__(self, header: str) -> None:
        self.text = header
        self.starts: list[tuple[int, str, int]] = []

    def module(self, name: str, kind: str, bodies: Sequence[str]) -> None:
        """A module with one inside it for each body."""
        self.text += f"Module {name}.\n"
        for k, body in enumerate(bodies):
            self.text += f"Module C{k}.\n"
            self.starts.append((self.text.count("\n"), kind, k))
            self.text += f"{body}\nEnd C{k}.\n"
        self.text += f"End {name}.\n"


def files(made: Certificate) -> Mapping[str, str]:
    """The files that anyone can check: the proof, the check, and how to run coqc on them."""
    return {"Proof.v": made.proof, "Check.v": made.check, "_CoqProject": _PROJECT, "Makefile": _MAKEFILE}


def write_files(made: Certificate, folder: Path) -> list[Path]:
    """Write a certificate with the prelude and a Makefile, so that anyone can check it.

    Raises: OutputError.
    """
    return write_texts({**files(made), **{f"prelude/{name}": text for name, text in prelude().items()}}, folder)


def write_texts(texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Write texts by their names into a folder.

    Raises: OutputError.
    """
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"Cannot write {folder}: {error.strerror or error}.") from error
    return [folder / name for name in texts]


_PROJECT = "-Q prelude SymKL\n" + "".join(f"prelude/{name}.v\n" for name in PRELUDE) + "Proof.v\nCheck.v\n"
_MAKEFILE = (
    """# Checks the certificate: `make`. The last lines are the axioms that it rests on.
COQC = coqc -q -Q prelude SymKL

all:
"""
    + "".join(f"\t$(COQC) prelude/{name}.v\n" for name in PRELUDE)
    + """\t$(COQC) Proof.v
\t$(COQC) Check.v

.PHONY: all
"""
)
