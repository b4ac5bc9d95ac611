"""The plain reader and writer: what is written reads back, and no text does worse than a named error."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies import SETTING, SETTING_IN_BASE_A, SETTING_IN_BITS, statements, terms
from symkl.errors import ReadError, SymklError
from symkl.language.plain_reader import read_plain
from symkl.language.scope import Scope
from symkl.language.term import Term
from symkl.theory.setting import setting

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@settings(max_examples=400, deadline=None, suppress_health_check=SLOW)
@given(terms())
def test_a_written_term_reads_back(term: Term) -> None:
    text = SETTING.write(term)
    assert read_plain(text, SETTING.scope) == term, text


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(statements())
def test_a_written_statement_reads_back(statement: Term) -> None:
    assert read_plain(SETTING.write(statement), SETTING.scope) == statement


@pytest.mark.parametrize("other", [SETTING_IN_BITS, SETTING_IN_BASE_A], ids=["bits", "base a"])
@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(term=terms())
def test_a_term_written_in_another_base_reads_back(other: object, term: Term) -> None:
    assert read_plain(other.write(term), other.scope) == term  # type: ignore[attr-defined]
