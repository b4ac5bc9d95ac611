import pytest

from symkl.errors import ReadError
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula

SURPRISALS = [
    (r"H(X) = 0.5 \cdot h(H) + 0.5 \cdot h(T)", "H(X) = 0.5*(-log(0.5)) + 0.5*(-log(0.5))"),
    (r"H(X) = \frac{1}{4} I(H) + \frac34 I(T)", "H(X) = 1/4*(-log(1/4)) + 3/4*(-log(3/4))"),
]


@pytest.mark.parametrize(("latex", "plain"), SURPRISALS)
def test_an_average_of_surprisals_has_their_probabilities_as_weights(latex, plain):
    found, known = read_formula(latex)
    assert known.write(found.term) == known.write(read_plain(plain, known.scope))
    assert any("is the surprisal" in sentence for sentence in found.assumed)
    assert known.scope.variables.keys() == {"X"}


OTHERS = [
    r"h(Z) = 0.5 h(X) + 0.5 h(Y)",
    r"H(Y|X) = 0.5 h(H) + 0.5 h(T)",
    r"I(X;H) = 0.5 h(H) + 0.5 h(T)",
    r"H(X) = 0.5 h(H) + 0.6 h(T)",
    r"H(X) = 0.5 h(H) - 0.5 h(T)",
    r"H(X) = 0.5 h(H) + 0.5 h(H)",
    r"H(X) = 0.5 h(H)",
    r"H(X) = 0.5 H(H) + 0.5 H(T)",
    r"H(X) = a h(H) + b h(T)",
]


@pytest.mark.parametrize("latex", OTHERS)
def test_anything_else_is_no_average_of_surprisals(latex):
    try:
        found, _ = read_formula(latex)
    except ReadError:
        return
    assert not any("is the surprisal" in sentence for sentence in found.assumed)


@pytest.mark.parametrize("given", ["T real", "P on {H, T}"])
def test_what_is_given_of_an_outcome_counts(given):
    with pytest.raises(ReadError):
        read_formula(r"H(X) = 0.5 h(H) + 0.5 h(T)", given=[given])


def test_a_surprisal_is_of_one_probability():
    with pytest.raises(ReadError, match="two probabilities"):
        read_formula(r"H(X) = \frac12 h(H) + \frac12 h(T) = \frac34 h(H) + \frac14 h(T)")
