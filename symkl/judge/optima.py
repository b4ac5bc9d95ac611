"""Relations with extrema over laws, and with the least or greatest of several numbers, by relations between what stands in them.

No extremum over laws is worked out: max[p(x)](f) <= max[p(x)](g) where f <= g everywhere, max[p(x)](f) <= c where f <= c
everywhere and c is a number of sizes and symbols alone, a <= min(b, c) where a <= b and a <= c. What does not follow so is
unknown of extrema; of several numbers it is judged by their absolute values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symkl.judge.verdict import PROVED, REFUTED, UNKNOWN, Verdict
from symkl.language.term import CONVERSE, Law, Mass, Optimum, Pick, RandomVariable, Relation, Term, subterms
from symkl.theory.setting import Setting

Judge = Callable[[Relation], Verdict]

_BOUNDED_BY = {"max": "<=", "min": ">="}


def judge_optima(link: Relation, setting: Setting, whole: Relation, judge: Judge) -> Verdict | None:
    """The verdict on a relation with an optimum or a pick as a side; None where neither side is one."""
    if any(isinstance(side, Pick) for side in link.args):
        return _of_picks(link, judge)
    if not any(isinstance(side, Optimum) for side in link.args):
        return None
    for needed, reason in _sufficient(link):
        if judge(needed).verdict == PROVED:
            return Verdict(whole, setting, PROVED, reason)
    return Verdict(whole, setting, UNKNOWN, "no relation between what is optimised was found that settles it")


def _sufficient(link: Relation) -> Iterator[tuple[Relation, str]]:
    """Relations of which each alone proves the link."""
    (operator,), (left, right) = link.operators, link.args
    operator = "=" if operator == ":=" else operator
    if isinstance(left, Optimum) and isinstance(right, Optimum):
        over = (left.kind, left.laws, left.conditions, left.within)
        if over == (right.kind, right.laws, right.conditions, right.within):
            if operator == "=":
                yield Relation((left.body, right.body), ("=",)), "the same is optimised over the same laws"
            elif operator in _BOUNDED_BY.values() and left.kind in _BOUNDED_BY:
                yield Relation((left.body, right.body), (operator,)), "for every law the one is beyond the other"
        return
    if isinstance(right, Optimum):
        left, right, operator = right, left, CONVERSE.get(operator, operator)
    if not isinstance(left, Optimum) or left.kind not in _BOUNDED_BY:
        return
    bound = _BOUNDED_BY[left.kind]
    if operator == bound and not any(isinstance(part, Law | Mass | RandomVariable | Optimum) for part in subterms(right)):
        yield Relation((left.body, right), (operator,)), "it bounds what is optimised for every law"
    if operator == CONVERSE[bound] and not left.conditions and not left.within:
        yield Relation((left.body, right), ("=",)), "it is the value at one of the laws"


def _of_picks(link: Relation, judge: Judge) -> Verdict | None:
    """a <= min(b, c) is a <= b and a <= c; a >= min(b, c) holds where one of the two does; None where that settles nothing."""
    (operator,), (left, right) = link.operators, link.args
    picked, other = (left, right) if isinstance(left, Pick) else (right, left)
    if not isinstance(picked, Pick) or isinstance(other, Pick) or operator not in ("<=", "<", ">=", ">"):
        return None
    toward = operator if picked is left else CONVERSE[operator]
    every = (toward[0] == ">") == (picked.kind == "min")
    verdicts = [judge(_between(link, picked, each)) for each in picked.args]
    enough = next((verdict for verdict in verdicts if verdict.verdict == (REFUTED if every else PROVED)), None)
    if enough is None and every and all(verdict.verdict == PROVED for verdict in verdicts):
        enough = verdicts[0]
    return enough


def _between(link: Relation, picked: Pick, each: Term) -> Relation:
    return Relation([each if side is picked else side for side in link.args], link.operators)
