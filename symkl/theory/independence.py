"""Which random variables are independent of which, by the givens.

A statement "L and R are independent given C" shows the same of parts of L and R, and also with parts of them moved behind
the bar (the decomposition and weak union properties of conditional independence).

Source: Pearl, Probabilistic Reasoning in Intelligent Systems, section 3.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from symkl.theory.setting import Setting

Names = frozenset[str]


def independent(left: Names, right: Names, condition: Names, setting: Setting) -> bool:
    """Whether the givens show that two groups of random variables are independent given a third."""
    return any(
        _follows(left, right, condition, one, other, behind)
        for first, second, behind in stated_independences(setting)
        for one, other in ((first, second), (second, first))
    )


def stated_independences(setting: Setting) -> Iterator[tuple[Names, Names, Names]]:
    """The independences that the givens state; a Markov chain states that past and future are, given the present."""
    for given in setting.independences:
        yield frozenset(given.left), frozenset(given.right), frozenset(given.condition)
    for chain in setting.chains:
        groups = [frozenset(group) for group in chain.chain]
        for position in range(1, len(groups) - 1):
            yield frozenset().union(*groups[:position]), frozenset().union(*groups[position + 1 :]), groups[position]


def _follows(left: Names, right: Names, condition: Names, stated_left: Names, stated_right: Names, behind: Names) -> bool:
    moved = condition - behind
    disjoint = not left & right and not moved & (left | right)
    return (
        disjoint and left <= stated_left and right <= stated_right and behind <= condition and moved <= stated_left | stated_right
    )
