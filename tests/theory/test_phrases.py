"""The tables of what people assume in words."""

import re

import pytest

from symkl.errors import KnowledgeError
from symkl.theory import phrases as module
from symkl.theory.phrases import marked, phrases, words

LISTS = ("condition", "fact", "strict", "claims", "leading", "doubtful", "denied", "goes_on", "revoked", "led_in")


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.name)
def test_each_kind_states_what_its_example_says(phrase):
    assert bool(phrase.patterns) == bool(phrase.example)
    if phrase.example:
        sentence, meant = phrase.example
        found = [means for _, _, means in phrase.stated(marked(sentence))]
        assert tuple(meant.split("; ")) in found


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.name)
def test_no_kind_finds_anything_in_words_that_assume_nothing(phrase):
    for sentence in (
        "Let $X$ and $Y$ be discrete random variables with joint law $p(x,y)$.",
        "We now compute the KL divergence between $P$ and $Q$.",
        "where $H(X)$ is the entropy of $X$",
        "The mutual information of $X$ and $Y$ is symmetric.",
    ):
        assert not list(phrase.stated(marked(sentence)))


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_a_regular_expression(name):
    assert re.compile(words(name))


def test_names_in_formulas_are_marked():
    assert marked("$X, Y$ and $p(x)$ but $H(X)$") == "‹X›, ‹Y› and ‹p› but $H(X)$"


def test_an_unknown_key_is_an_error_that_names_its_table():
    with pytest.raises(KnowledgeError, match=r"\[odd\].*'phrase'"):
        module._phrase("odd", {"phrase": []})
