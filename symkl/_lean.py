"""The public face of the Lean text: a certificate's claim and steps for Lean 4 with mathlib, which nothing here checks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from symkl.certificate import lean_files, write
from symkl.certificate.files import write_texts
from symkl.certificate.lean_moves import LeanMoves
from symkl.derivation.step import Derivation


class LeanText:
    """The claim of a derivation and its steps as Lean text; symkl does not run Lean, and nothing is shown until Lean has read it.

    Raises: NoImage with the reason, where Lean has no expression here for something in the derivation.
    """

    unchecked = lean_files.UNCHECKED

    def __init__(self, derivation: Derivation) -> None:
        self._made = write.certificate(derivation, LeanMoves())

    @property
    def statement(self) -> str:
        """The claim as Lean reads it: the definitions of its laws, its domain, and what holds there."""
        return self._made.claim

    @property
    def claim(self) -> str:
        """The text of Claim.lean, which is written from the claim alone."""
        return lean_files.claim(self._made)

    @property
    def proof(self) -> str:
        """The text of Proof.lean, with a theorem for each step."""
        return lean_files.proof(self._made)

    @property
    def check(self) -> str:
        """The text of Check.lean, which closes the claim with the proof."""
        return lean_files.check(self._made)

    def write(self, folder: str | Path) -> Sequence[Path]:
        """Write the files and a lakefile into a folder; `lake exe cache get && lake build` there has Lean check them.

        Raises: OutputError where the folder cannot be written.
        """
        return write_texts(lean_files.files(self._made), Path(folder))
