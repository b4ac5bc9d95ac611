"""The certificate that a statement is false: a point of its domain where it fails, as a theorem.

At a rational point both sides are rational combinations of logs of primes. Their difference, times a whole number, is the
difference of the logs of two whole numbers, and Coq compares those.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import lcm

from symkl.certificate.domain import Domain, Variable
from symkl.certificate.files import Certificate
from symkl.certificate.ground import Point, base_of, in_natural_logs
from symkl.certificate.names import Names
from symkl.certificate.obligations import obligations
from symkl.certificate.terms import Terms
from symkl.errors import NoImage
from symkl.language.term import Alphabet, Relation, difference, without_labels
from symkl.theory.setting import Setting

MOST_DIGITS = 20_000
"""The two whole numbers that Coq compares have no more digits."""

Witness = Mapping[str, Fraction]


def refutation(statement: Relation, setting: Setting, witness: Witness) -> Certificate:
    """The certificate that a statement fails at a witness.

    Raises: NoImage where the two sides there are no rational combinations of logs of one base.
    """
    bare = without_labels(statement)
    if not isinstance(bare, Relation) or len(bare.args) != 2:
        raise NoImage("Only a statement with two sides is refuted in a certificate.")
    terms = Terms(setting, Names())
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
    return Certificate(f"not {setting.write(bare)}", "\n\n".join([*definitions, lemma]) + "\n", claim, refutes=True)


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
    value = point.value(difference(left, right))
    base = base_of(point.setting)
    if not value.logs:
        if _holds(statement.operators[0], value.rational):
            raise NoImage("The statement holds at the witness.")
        return [f"intro H. revert H. {unfolded}written_out. lra."]
    logs = in_natural_logs(value, base)
    if not logs:
        raise NoImage("The statement holds at the witness.")
    scale = lcm(*(c.denominator for c in logs.values()))
    whole = {p: int(c * scale) for p, c in sorted(logs.items())}
    sign = _sign(whole)
    if _holds(statement.operators[0], Fraction(sign)):
        raise NoImage("The statement holds at the witness.")
    names = {v.identifier: text for v, text in zip(domain.variables(), at, strict=True)}
    abstract = f"({terms.real(left)}) - ({terms.real(right)})"
    binder = " ".join(f"({v.identifier} : {v.type})" for v in domain.variables())
    ground = f"(fun {binder} => {abstract}) {' '.join(names.values())}" if names else abstract
    scaled = f"({ground}) * ln {base}" if base is not None else f"({ground}) * 1"
    total = " + ".join(f"({c}) * ln {p}" for p, c in whole.items())
    compare = "< 0" if sign < 0 else "> 0"
    base_log = f"ln {base}" if base is not None else "1"
    above = "rewrite <- ln_1; apply ln_increasing; lra" if base is not None else "lra"
    lemma = "negative_times" if sign < 0 else "positive_times"
    return [
        *_comparison(whole, sign),
        f"assert (0 < {base_log}) as B by ({above}).",
        f"assert ({scaled} = ({total}) / {scale}) as D.",
        f"{{ cbv beta. {unfolded}written_out. split_logs. split_primes. field; try (split_primes; lra). }}",
        f"pose proof ({lemma} ({ground}) ({base_log}) B) as S. cbv beta in *.",
        f"assert ({total} {compare}) as T by (exact W).",
        "intro H. rewrite D in S. lra.",
    ]


def _comparison(whole: Mapping[int, int], sign: int) -> list[str]:
    """The sign of a whole combination of logs of primes, by the sizes of two whole numbers."""
    above = {p: c for p, c in whole.items() if c > 0}
    below = {p: -c for p, c in whole.items() if c < 0}
    for side in (above, below):
        if sum(c * len(str(p)) for p, c in side.items()) > MOST_DIGITS:
            raise NoImage("The numbers to compare at the witness are too large.")
    total = " + ".join(f"({c}) * ln {p}" for p, c in whole.items())
    lines = []
    for name, side in (("A", above), ("C", below)):
        number = " * ".join(f"{p} ^ Z.of_nat {c}" for p, c in side.items()) or "1"
        logs = " + ".join(f"{c} * ln {p}" for p, c in side.items()) or "0"
        lines.append(f"assert (ln (IZR ({number})) = {logs}) as {name} by by_powers.")
    numbers = [" * ".join(f"{p} ^ Z.of_nat {c}" for p, c in side.items()) or "1" for side in (below, above)]
    small, large = numbers if sign > 0 else reversed(numbers)
    lines.append(f"pose proof (ln_less ({small}) ({large}) ltac:(vm_compute; reflexivity) ltac:(vm_compute; reflexivity)) as L.")
    lines.append(f"assert ({total} {'> 0' if sign > 0 else '< 0'}) as W by lra.")
    return lines


def _sign(whole: Mapping[int, int]) -> int:
    above = below = 1
    for p, c in whole.items():
        if c > 0:
            above *= p**c
        else:
            below *= p**-c
    return (above > below) - (above < below)


def _holds(operator: str, value: Fraction) -> bool:
    known = {"=": value == 0, "<=": value <= 0, ">=": value >= 0, "<": value < 0, ">": value > 0, "!=": value != 0}
    if operator not in known:
        raise NoImage(f"A statement with '{operator}' has no certificate at a point.")
    return known[operator]


def _text(value: Fraction) -> str:
    return f"({value})" if value >= 0 else f"(- ({-value}))"
