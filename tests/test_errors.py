"""The tree of errors: exit codes, messages, the caret under the place."""

from __future__ import annotations

import pytest

from symkl import errors
from symkl.errors import (
    GivenError,
    KnowledgeError,
    NoImage,
    OutputError,
    ReadError,
    Rejection,
    ScriptError,
    SymklError,
    UndefinedTerm,
    UnknownName,
    UsageError,
)

DEFINED = {error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, SymklError)}


def test_the_docstring_draws_every_error_with_its_code() -> None:
    lines = [line.replace("├──", "").replace("└──", "").replace("│", "").split() for line in (errors.__doc__ or "").splitlines()]
    drawn = {words[0]: int(words[1]) for words in lines if len(words) > 2 and words[1].isdigit()}
    assert drawn == {error.__name__: error.exit_code for error in DEFINED}


CODES = [(UsageError, 2), (ReadError, 2), (GivenError, 2), (UndefinedTerm, 2), (Rejection, 1), (OutputError, 4), (NoImage, 4)]


@pytest.mark.parametrize(("error", "code"), CODES)
def test_what_went_wrong_decides_the_exit_code(error: type[SymklError], code: int) -> None:
    assert error.exit_code == code


@pytest.mark.parametrize(
    ("text", "start", "end", "carets"),
    [("a b", 2, 3, "  ^"), ("abc", 0, 3, "^^^"), ("ab", 2, None, "  ^"), ("ab", 9, None, "  ^"), ("", 0, None, "^")],
)
def test_a_read_error_points_at_the_place(text: str, start: int, end: int | None, carets: str) -> None:
    picture = ReadError("no", text, start, end).picture().splitlines()
    assert picture == [f"    {text}", f"    {carets}"]


def test_a_long_line_is_cut_around_the_place() -> None:
    error = ReadError("no", "x" * 500 + "!" + "y" * 500, 500, 501)
    line, carets = error.picture().splitlines()
    assert len(line) <= 80
    assert line[carets.index("^")] == "!"


def test_only_the_line_of_the_place_is_shown() -> None:
    assert ReadError("no", "first\nsecond\nthird", 8, 9).picture() == "    second\n      ^"


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    error = UnknownName("rule", "log-quotent", ["log-quotient", "log-product", "zebra"])
    assert error.nearest[0] == "log-quotient"
    assert str(error).startswith("There is no rule named 'log-quotent'. Did you mean log-quotient")
    assert str(UnknownName("rule", "@@@@", map(str, range(1000, 1100)))) == "There is no rule named '@@@@'."
    assert str(UnknownName("family", "@@@@", ["bernoulli", "softmax"])) == (
        "There is no family named '@@@@'. There is bernoulli, softmax."
    )


def test_errors_name_where_they_come_from() -> None:
    assert str(KnowledgeError("log.toml", "log-quotient", "no rule")) == "log.toml, [log-quotient]: no rule"
    assert str(ScriptError("kl.toml", "step 3", "no match")) == "kl.toml, step 3: no match"
    assert str(Rejection("WrongPlace", "The sides differ.", 4)) == "Step 4: WrongPlace. The sides differ."
    assert str(Rejection("WrongPlace", "The sides differ.")) == "WrongPlace. The sides differ."


def test_the_words_of_a_name_may_stand_in_another_order() -> None:
    assert (
        UnknownName("derivation", "chain-rule-entropy", ["kl-chain-rule", "entropy-chain-rule"]).nearest[0]
        == "entropy-chain-rule"
    )
    assert UnknownName("derivation", "xyzzy", ["kl-chain-rule", "entropy"]).nearest == []
