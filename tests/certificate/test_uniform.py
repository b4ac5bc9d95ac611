"""Long lines cut into blocks of one value each; lines that are not the same for every value are left alone."""

from __future__ import annotations

from typing import Any

import pytest

from symkl.certificate.uniform import FEWEST, blocks
from symkl.derivation.step import Place
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting

WHERE = setting(("P, Q on {1..8}",))
EIGHT = range(1, 9)


def read(text: str) -> Any:
    return read_plain(text, WHERE.scope)


def line(*templates: str) -> str:
    return " + ".join(template.replace("#", str(k)) for k in EIGHT for template in templates)


def test_one_term_for_each_value() -> None:
    changes = {Place((k - 1, 1)): read(f"log(p[{k}]) - log(q[{k}])") for k in EIGHT}
    cut = blocks(read(line("p[#]*log(p[#]/q[#])")), changes)
    assert cut is not None
    assert (cut.low, cut.high, len(cut.terms), len(cut.after)) == (1, 8, 1, 1)
    assert set(cut.places) == {Place((1,))}


def test_a_sum_that_comes_to_stand_in_the_line_is_spliced() -> None:
    cut = blocks(read(line("p[#]*2")), {Place((k - 1,)): read(f"p[{k}] + p[{k}]") for k in EIGHT})
    assert cut is not None
    assert len(cut.after) == 2
    assert set(cut.places) == {Place()}


def test_two_terms_for_each_value_one_of_which_changes() -> None:
    cut = blocks(read(line("p[#]", "q[#]*1")), {Place((2 * k - 1,)): read(f"q[{k}]") for k in EIGHT})
    assert cut is not None
    assert (len(cut.terms), set(cut.places)) == (2, {Place((1,))})


def test_a_run_of_each_block() -> None:
    cut = blocks(read(line("p[#]", "q[#]")), {Place((), (2 * k - 2, 2 * k)): read(f"q[{k}] + p[{k}]") for k in EIGHT})
    assert cut is not None
    assert (len(cut.after), set(cut.places)) == (2, {Place()})


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("p[1] + p[2]", {Place((0,)): "p[1]"}),  # short
        (line("p[#]"), {Place((3,)): "q[4]"}),  # one of them changes
        (line("p[#]*q[1]"), {Place((k - 1,)): f"p[{k}]" for k in EIGHT}),  # two values in a term
        (line("p[#]"), {Place((k - 1,)): f"{k}*p[{k}]" for k in EIGHT}),  # a number that is not a value
        (line("p[#]"), {Place((), (0, 2)): "q[1]"}),  # a run over two blocks
        ("p[8] + " + line("p[#]"), {Place((k,)): "q[1]" for k in EIGHT}),  # not one after the other
        (line("1"), {}),
    ],
)
def test_lines_that_are_not_uniform(text: str, changes: dict[Place, str]) -> None:
    assert blocks(read(text), {place: read(new) for place, new in changes.items()}) is None


def test_a_short_line_is_shown_term_by_term() -> None:
    short = " + ".join(f"p[{k}]" for k in range(1, FEWEST))
    assert blocks(read(short), {Place((k,)): read(f"q[{k + 1}]") for k in range(FEWEST - 1)}) is None
