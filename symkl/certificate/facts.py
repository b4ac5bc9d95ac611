"""Lemmas on the laws of a domain, which every step has at hand."""

from __future__ import annotations

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
