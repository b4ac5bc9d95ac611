"""The certificate that a statement is false: a point of its domain where it fails, as a theorem.

At a rational point both sides are rational combinations of logs of primes. Each log is between two fractions of the log of 2, by
comparing powers of whole numbers, and these tell the sign of the difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import lcm

from symkl.certificate.coq_notation import COQ
from symkl.certificate.domain import Domain, Variable
from symkl.certificate.files import Certificate
from symkl.certificate.ground import Point, base_of, in_natural_logs
from symkl.certificate.obligations import obligations
from symkl.certificate.prelude import POINTS
from symkl.certificate.terms import Terms
from symkl.errors import NoImage
from symkl.language.term import Alphabet, Relation, difference, without_labels
from symkl.theory.setting import Setting

POWERS = (4, 32, 256, 2048)
"""The powers of primes that are compared with powers of 2, until they tell the two sides apart."""

Witness = Mapping[str, Fraction]


def refutation(statement: Relation, setting: Setting, witness: Witness) -> Certificate:
    """The certificate that a statement fails at a witness.

    Raises: NoImage where the two sides there are no rational combinations of logs of one base.
    """
    bare = without_labels(statement)
    if not isinstance(bare, Relation) or len(bare.args) != 2:
        raise NoImage("Only a statement with two sides is refuted in a certificate.")
    terms = Terms(setting, COQ)
    domain = Domain(terms)
    point = Point(setting, witness)
    at = [_at(variable, point, terms) for variable in domain.variables()]
    needs = " /\\\n  ".join([domain.call(), *obligations(terms, bare), f"~ ({terms.statement(bare)})"])
    binder = f"exists {domain.binder()},\n  " if domain.variables() else ""
    definitions = [*domain.definitions(), domain.statement()]
    claim = "\n\n".join([*definitions, f"Definition claim : Prop :=\n  {binder}{needs}."]) + "\n"
    unfold = ", ".join(_defined(terms, domain))
    unfolded = f"unfold {unfold}; " if unfold else ""
    proof = [
        f"exists {', '.join(at)}." if at else "",
        f"split; [unfold domain; {unfolded}by_point |].",
        *[f"split; [{unfolded}by_defined |]."] * len(obligations(terms, bare)),
        *_proof(bare, point, terms, domain, at, unfolded),
    ]
    lemma = f"Lemma claim :\n  {binder}{needs}.\nProof.\n" + "\n".join(proof) + "\nQed."
    return Certificate(f"not {setting.write(bare)}", "\n\n".join([*definitions, lemma]) + "\n", claim, refutes=True, also=POINTS)


def _at(variable: Variable, point: Point, terms: Terms) -> str:
    match variable.kind:
        case "number":
            value = point.witness.get(variable.name)
            if value is None:
                raise NoImage(f"The witness does not say {variable.name}.")
            return f"{value}%nat" if variable.type == "nat" else _text(value)
        case "alphabet":
            return (
                "("
                + " :: ".join([*(f"{k.args or k.identity}%nat" for k in point.elements(Alphabet(variable.name))), "nil"])
                + ")"
            )
        case "law":
            return _table(variable.name, point, terms)
        case _:
            raise NoImage("A statement about an unknown function has no certificate at a point.")


def _table(name: str, point: Point, terms: Terms) -> str:
    law = point.setting.scope.laws[name]
    binders = [f"i{k}" for k in range(len(law.variables))]
    rows = list(product(*(point.elements(law.alphabet(variable)) for variable in law.variables)))
    text = _text(point.mass(name, rows[-1]))
    for row in reversed(rows[:-1]):
        tests = [f"Nat.eqb {binder} {terms.value(value, {})}" for binder, value in zip(binders, row, strict=True)]
        test = tests[0]
        for other in tests[1:]:
            test = f"(if {test} then {other} else false)"
        text = f"if {test} then {_text(point.mass(name, row))} else {text}"
    return f"(fun {' '.join(binders)} => {text})"


def _defined(terms: Terms, domain: Domain) -> list[str]:
    laws = [terms.names.of("law", law.name) for law in domain.laws if law.name in terms.setting.formulas]
    return [*terms.marginals.values(), *laws]


def _proof(statement: Relation, point: Point, terms: Terms, domain: Domain, at: list[str], unfolded: str) -> list[str]:
    left, right = statement.args
    base = base_of(point.setting)
    value = point.value(difference(left, right))
    logs = in_natural_logs(value, base) if value.logs else {}
    names = {v.identifier: text for v, text in zip(domain.variables(), at, strict=True)}
    abstract = f"({terms.real(left)}) - ({terms.real(right)})"
    binder = " ".join(f"({v.identifier} : {v.type})" for v in domain.variables())
    ground = f"(fun {binder} => {abstract}) {' '.join(names.values())}" if names else abstract
    reduce = f"cbv beta. {unfolded}written_out. split_logs. rewrite ?ln_1{''.join(f', ?{name}' for name in _names(point))}."
    sign = _fineness(_whole(logs)[0])[0] if logs else (value.rational > 0) - (value.rational < 0)
    if _holds(statement.operators[0], Fraction(sign)):
        raise NoImage("The statement holds at the witness.")
    if not logs:
        return [
            *_factored(point),
            f"assert ({ground} = {_text(value.rational)}) as D.",
            f"{{ {reduce} first [lra | field; lra]. }}",
            "intro H. cbv beta in *. lra.",
        ]
    whole, scale = _whole(logs)
    scaled = f"({ground}) * ln {base}" if base is not None else f"({ground}) * 1"
    total = " + ".join(f"({c}) * ln {p}" for p, c in whole.items())
    compare = "< 0" if sign < 0 else "> 0"
    base_log = f"ln {base}" if base is not None else "1"
    above = "rewrite <- ln_1; apply ln_increasing; lra" if base is not None else "lra"
    lemma = "negative_times" if sign < 0 else "positive_times"
    return [
        *_factored(point),
        *_comparison(whole),
        f"assert (0 < {base_log}) as B by ({above}).",
        f"assert ({scaled} = ({total}) / {scale}) as D.",
        f"{{ {reduce} first [lra | field; lra]. }}",
        f"pose proof ({lemma} ({ground}) ({base_log}) B) as S. cbv beta in *.",
        f"assert ({total} {compare}) as T by (exact W).",
        "intro H. rewrite D in S. lra.",
    ]


def _whole(logs: Mapping[int, Fraction]) -> tuple[Mapping[int, int], int]:
    """A combination of logs as a whole one and what it is divided by."""
    scale = lcm(*(c.denominator for c in logs.values()))
    return {p: int(c * scale) for p, c in sorted(logs.items())}, scale


def _names(point: Point) -> list[str]:
    return [f"F{n}" for n, primes in sorted(point.factored.items()) if primes != {n: 1} and n > 1]


def _factored(point: Point) -> list[str]:
    """The logs of the whole numbers at the point, as sums of logs of primes."""
    lines = []
    for n, primes in sorted(point.factored.items()):
        if f"F{n}" in _names(point):
            number = " * ".join(f"{p} ^ Z.of_nat {k}" for p, k in primes.items())
            logs = " + ".join(f"{k} * ln {p}" for p, k in primes.items())
            lines.append(f"assert (ln {n} = {logs}) as F{n} by by_primes ({number})%Z.")
    return lines


def _fineness(whole: Mapping[int, int]) -> tuple[int, int]:
    """The sign of a whole combination of logs of primes, and the power of the primes that shows it.

    With 2^m <= p^k < 2^(m+1) the log of p is between m/k and (m+1)/k times the log of 2.
    """
    for power in POWERS:
        low = sum(Fraction(c * _digits(p, power, c > 0), power) for p, c in whole.items())
        high = sum(Fraction(c * _digits(p, power, c < 0), power) for p, c in whole.items())
        if low > 0 or high < 0:
            return (1 if low > 0 else -1), power
    raise NoImage("The two sides are too close at the witness.")


def _digits(prime: int, power: int, below: bool) -> int:
    return power if prime == 2 else int(prime**power).bit_length() - below


def _comparison(whole: Mapping[int, int]) -> list[str]:
    """The sign of a whole combination of logs of primes, by comparing powers of the primes with powers of 2."""
    sign, power = _fineness(whole)
    lines = ["assert (0 < ln 2) as U by (apply ln_positive; lra)."]
    for p, c in whole.items():
        if p != 2:
            below = (c > 0) == (sign > 0)
            two, prime = f"2 {_digits(p, power, below)}", f"{p} {power}"
            pair = f"{two} {prime}" if below else f"{prime} {two}"
            lines.append(f"pose proof (ln_powers {pair} ltac:(by_computing) ltac:(by_computing)) as L{p}.")
    total = " + ".join(f"({c}) * ln {p}" for p, c in whole.items())
    return [*lines, f"assert ({total} {'> 0' if sign > 0 else '< 0'}) as W by lra."]


def _holds(operator: str, value: Fraction) -> bool:
    known = {"=": value == 0, "<=": value <= 0, ">=": value >= 0, "<": value < 0, ">": value > 0, "!=": value != 0}
    if operator not in known:
        raise NoImage(f"A statement with '{operator}' has no certificate at a point.")
    return known[operator]


def _text(value: Fraction) -> str:
    return f"({value})" if value >= 0 else f"(- ({-value}))"
