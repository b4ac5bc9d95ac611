"""Lemmas on the laws of a domain, which every step has at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A lemma on the laws: what holds on the domain, and a proof of it from the conditions and the facts before it.

    No other fact rests on one about a marginal law.
    """

    name: str
    statement: str
    proof: str
    marginal: bool = False


def each(at: Mapping[str, str], alphabets: Mapping[str, str], proposition: str) -> str:
    """A proposition for all values of some variables: `at` has the names of the values, `alphabets` what they belong to."""
    members = " ".join(f"In {at[name]} {alphabets[name]} ->" for name in at)
    return f"forall {' '.join(at.values())}, {members} {proposition}"
