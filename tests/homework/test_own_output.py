"""What symkl derives it also finds right when it reads it again as homework."""

import pytest

import symkl
from symkl.homework.check import check_document
from symkl.language.documents import parse

OWN = [
    "kl",
    "kl-decomposition",
    "entropy-chain-rule",
    "mutual-information-forms",
    "conditional-information-joint",
    "jensen-shannon-entropies",
]


@pytest.mark.parametrize("name", OWN)
def test_no_row_of_a_derivation_is_called_wrong(name: str) -> None:
    checked = check_document(parse(symkl.derive(name).markdown(), "markdown", f"{name}.md"))
    verdicts = [line.verdict for line in checked.lines]
    assert "wrong" not in verdicts
    assert verdicts.count("correct") > len(verdicts) / 2
