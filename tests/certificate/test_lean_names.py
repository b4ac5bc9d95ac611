"""The list of mathlib's names is whole and current: what the Lean prelude calls is on it, and nothing else."""

from __future__ import annotations

import re

import pytest

from symkl.certificate import lean_files
from symkl.certificate.lean_closings import TACTICS
from symkl.certificate.lean_moves import LeanMoves
from symkl.certificate.lean_notation import LEAN
from tests.certificate.mathlib_names import MODULES, names

TACTIC_WORDS = {
    "linear_combination",
    "filter_upwards",
    "exact_mod_cast",
    "norm_cast",
    "field_simp",
    "norm_num",
    "apply_assumption",
    "solve_by_elim",
    "fun_prop",
    "by_cases",
    "macro_rules",
}


def called() -> str:
    """The prelude and the tables of tactics, without comments."""
    tables = (TACTICS, LEAN.interval, LeanMoves.congruences, LeanMoves.closings, LeanMoves.facts, LeanMoves.under)
    texts = [*lean_files.prelude().values(), *(text for table in tables for text in table.values())]
    return re.sub(r"/-.*?-/|--[^\n]*", "", "\n".join(texts), flags=re.S)


IDENTIFIER = r"(?<![\w.'₀])[A-Za-z_][\w'₀]*(?:\.[A-Za-z_][\w'₀]*)*"
TEXT = called()
FOUND = set(re.findall(IDENTIFIER, TEXT))
DECLARED = set(re.findall(r'(?:theorem|def|syntax|macro) "?([\w.]+)', TEXT))


def listed(name: str) -> bool:
    """Whether a name is listed, with or without what is asked of it: `.mpr`, `.symm`."""
    parts = name.split(".")
    return any(".".join(parts[:k]) in names() for k in range(1, len(parts) + 1))


def test_every_name_that_is_called_is_listed() -> None:
    own = {"SymKL", "Rule", "Law", "Mathlib", "A", "B"}
    dotted = {name for name in FOUND if "." in name and name[0].isupper() and name.split(".")[0] not in own}
    plain = {name for name in FOUND if "_" in name.strip("_") and "." not in name} - DECLARED - TACTIC_WORDS
    assert {name for name in dotted | plain if not listed(name)} == set()


@pytest.mark.parametrize("name", sorted(names()))
def test_every_name_that_is_listed_is_called(name: str) -> None:
    last = name.rpartition(".")[2]
    assert name in FOUND or re.search(rf"(?<![\w]){re.escape(name)}(?![\w'₀])|[\w)][.]{re.escape(last)}(?![\w'₀])", TEXT)


def test_a_name_has_one_module() -> None:
    every = [name for text in MODULES.values() for name in text.split()]
    assert len(every) == len(set(every))
    assert all(re.fullmatch(r"Mathlib(\.\w+)+", module) for module in MODULES)
