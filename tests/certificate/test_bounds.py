"""Bounds and derivatives that Coq computes: what is true at a point is refuted nowhere, however the claim is turned."""

from __future__ import annotations

from fractions import Fraction

from symkl.certificate.files import PROOF_HEADER
from symkl.certificate.prelude import POINTS
from symkl.certificate.refutation import refutation
from symkl.errors import NoImage
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation
from symkl.theory.setting import setting
from tests.certificate.tools import accepted, needs_coqc

TRUE = [
    ("log(a/b)", "log(a) - log(b)", ("a > 0", "b > 0")),
    ("log(a)*log(b)", "log(b)*log(a)", ("a > 0", "b > 0")),
    ("log2(a)", "ln(a)/ln(2)", ("a > 0", "b > 0")),
    ("exp(a)*exp(b)", "exp(a + b)", ("a > 0", "b > 0")),
    ("a^b", "exp(b*log(a))", ("a > 0", "b > 0")),
    ("sqrt(a*b)", "sqrt(a)*sqrt(b)", ("a > 0", "b > 0")),
    ("abs(a - b)", "abs(b - a)", ("a > 0", "b > 0")),
    ("diff(log(a)/b, a)", "1/(a*b)", ("a > 0", "b > 0")),
    ("diff(diff(a*log(a/b), a), a)", "1/a", ("a > 0", "b > 0")),
    ("diff(diff(a*log(a/b), a), b)", "-1/b", ("a > 0", "b > 0")),
    ("diff(exp(a*b), b)", "a*exp(a*b)", ("a > 0", "b > 0")),
]
POINTS_TRIED = [{"a": "1/3", "b": "5/2"}, {"a": "7", "b": "1/9"}]
UNEQUAL = [
    ("log(a)", "a - 1", ("a > 0",), "1000001/1000000"),
    ("1", "a*exp(1 - a)*0 + exp((a - 1)^2)", ("a > 0",), "1001/1000"),
    ("diff(log(a), a)*0 + log(2)", "6931471806/10000000000", ("a > 0",), "1"),
]


def certificates() -> list[str]:
    """The bodies of certificates that what is true fails."""
    found = []
    for left, right, givens in TRUE:
        for point in POINTS_TRIED:
            for operator in ("=", "<=", ">="):
                found.append(body(f"{left} {operator} {right}", givens, point))
    for left, right, givens, at in UNEQUAL:
        found += [body(f"{left} {operator} {right}", givens, {"a": at}) for operator in ("<", "<=", "!=")]
    return [text for text in found if text]


def body(statement: str, givens: tuple[str, ...], point: dict[str, str]) -> str:
    """The proof that a statement fails at a point; empty where there is none to write."""
    where = setting(givens)
    read = read_plain(statement, where.scope)
    assert isinstance(read, Relation)
    try:
        return refutation(read, where, {name: Fraction(value) for name, value in point.items()}).body
    except NoImage:
        return ""


@needs_coqc
def test_nothing_that_is_true_is_refuted() -> None:
    bodies = certificates()
    assert len(bodies) >= 60
    false = body("diff(diff(a*log(a/b), a), a) = 1/b", ("a > 0", "b > 0"), POINTS_TRIED[0])
    texts = [f"Module M{k}.\n{text}\nAbort All.\nEnd M{k}." for k, text in enumerate([*bodies, false])]
    header = f"{PROOF_HEADER}From SymKL Require Import {POINTS}.\nLtac finer close ::= close 24%positive 9%nat.\n"
    names = [f"M{k}.claim" for k in range(len(texts))]
    assert accepted(header + "\n".join(texts), names) == {names[-1]}, "only what is false there is refuted"
