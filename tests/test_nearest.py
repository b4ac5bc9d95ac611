"""What was perhaps meant: the nearest text that reads."""

import pytest

from symkl.errors import ReadError
from symkl.language.nearest import LONGEST, nearest_reading
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting

SCOPE = setting(["P, Q on {1..n}"]).scope

NEAR = [
    ("KL(P || Q = H(P, Q) - H(P)", "KL(P || Q) = H(P, Q) - H(P)"),
    ("KL(P | Q) = 0", "KL(P || Q) = 0"),
    ("H(P)) = 0", "H(P) = 0"),
    ("H(P) == 1", "H(P) = 1"),
    ("p[1]**2 = 1", "p[1]^2 = 1"),
    ("H(P", "H(P)"),
    ("KL(P, Q) = 0", "KL(P || Q) = 0"),
    ("KL(P; Q) = 0", "KL(P || Q) = 0"),
    ("H(P) = −p[1]", "H(P) = -p[1]"),
    ("log p[1] < 0", "log(p[1]) < 0"),
    ("2p[1] = 1", "2*p[1] = 1"),
    ("H(P) log(n) = 1", "H(P)*log(n) = 1"),
]


@pytest.mark.parametrize(("text", "near"), NEAR)
def test_what_was_meant_reads(text: str, near: str) -> None:
    with pytest.raises(ReadError):
        read_plain(text, SCOPE)
    found = nearest_reading(text, SCOPE)
    assert found == near
    read_plain(found, SCOPE)


@pytest.mark.parametrize("text", ["H(P) + = 2", "H(Z) = 1", "(" * (LONGEST + 1)])
def test_where_nothing_is_near(text: str) -> None:
    assert nearest_reading(text, SCOPE) is None
