"""The certificate that a statement is false: a point of its domain where it fails, as a theorem.

Two sides that differ at the point are told apart by bounds that Coq computes for them. A strict inequality that fails because
its sides are equal needs more: both are the same rational combination of logs of primes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from itertools import product
from math import prod

from symkl.certificate.coq_notation import COQ
from symkl.certificate.domain import Domain, Variable
from symkl.certificate.files import Certificate
from symkl.certificate.free import free_values
from symkl.certificate.ground import Point
from symkl.certificate.obligations import obligations
from symkl.certificate.prelude import POINTS
from symkl.certificate.terms import Terms
from symkl.errors import NoImage
from symkl.language.term import Alphabet, Extremum, Number, Relation, difference, substitute, subterms, without_labels
from symkl.theory.setting import Setting

Witness = Mapping[str, Fraction]

ANYWHERE = Fraction(1, 2)
OTHERS = tuple(map(Fraction, ("1/2", "1/3", "2/3", "1/5", "4/5", "1/9", "8/9", "1/99", "98/99", "2", "3", "9", "0", "-1", "-3")))
"""Points that may be better than what is said to be a minimum or maximum."""

LOG_OF = "log_"
"""Before the name of a function that is positive, of which a witness says the logs."""


def refutation(statement: Relation, setting: Setting, witness: Witness) -> Certificate:
    """The certificate that a statement fails at a witness.

    Raises: NoImage where Coq has no expression here for something in it, or the witness does not say all of the point.
    """
    bare = without_labels(statement)
    if not isinstance(bare, Relation):
        raise NoImage("Only a statement is refuted in a certificate.")
    terms = Terms(setting, COQ)
    domain = Domain(terms)
    point = Point(setting, witness)
    free = free_values([bare], setting)
    conditions = obligations(terms, bare)
    fails = f"~ ({terms.statement(bare)})"
    variables = [*domain.variables(), *(Variable("value", name, terms.names.of("value", name), "nat") for name in free)]
    moved = {part.name for part in subterms(bare) if isinstance(part, Extremum)} - witness.keys()
    at = [_at(variable, point, terms, moved) for variable in variables]
    members = [f"In {terms.names.of('value', name)} {terms.alphabet(alphabet)}" for name, alphabet in free.items()]
    needs = " /\\\n  ".join([domain.call(), *members, *conditions, fails])
    binder = f"exists {' '.join(f'({v.identifier} : {v.type})' for v in variables)},\n  " if variables else ""
    definitions = [*domain.definitions(), domain.statement()]
    claim = "\n\n".join([*definitions, f"Definition claim : Prop :=\n  {binder}{needs}."]) + "\n"
    unfold = ", ".join(_defined(terms, domain))
    unfolded = f"unfold {unfold}; " if unfold else ""
    proof = [
        f"exists {', '.join(at)}." if at else "",
        f"split; [unfold domain; {unfolded}by_point |].",
        *["split; [by_member |]."] * len(members),
        *[f"split; [{unfolded}by_defined |]."] * len(conditions),
        *_falsity(bare, point, free, unfolded),
    ]
    lemma = f"Lemma claim :\n  {binder}{needs}.\nProof.\n" + "\n".join(proof) + "\nQed."
    return Certificate(f"not {setting.write(bare)}", "\n\n".join([*definitions, lemma]) + "\n", claim, refutes=True, also=POINTS)


def _falsity(statement: Relation, point: Point, free: Iterable[str], unfolded: str) -> list[str]:
    if any(isinstance(side, Extremum) for side in statement.args):
        return [f"{unfolded}written_out. by_other_point ({' :: '.join([*map(_text, OTHERS), 'nil'])})."]
    if _are_equal(statement, point, free):
        return _equal(point, unfolded)
    return [f"{unfolded}written_out. by_bounds."]


def _at(variable: Variable, point: Point, terms: Terms, moved: Collection[str]) -> str:
    match variable.kind:
        case "number" | "value":
            # What the statement only moves, as argmin does, the witness leaves out.
            value = ANYWHERE if variable.name in moved else point.number(variable.name)
            return f"{value}%nat" if variable.type == "nat" else _text(value)
        case "alphabet":
            elements = [f"{element.args or element.identity}%nat" for element in point.elements(Alphabet(variable.name))]
            return f"({' :: '.join([*elements, 'nil'])})"
        case "law":
            return _table(variable.name, point, terms)
        case _:
            return _function(variable, point)


def _function(variable: Variable, point: Point) -> str:
    """An unknown function as the polynomial through its values at the point, or through their logs where those are said."""
    if variable.type != "R -> R":
        raise NoImage("A function of several arguments has no certificate at a point.")
    values, logs = (_values(name, point) for name in (variable.name, f"{LOG_OF}{variable.name}"))
    return f"(fun t => exp ({_polynomial(logs)}))" if logs else f"(fun t => {_polynomial(values)})"


def _values(function: str, point: Point) -> Mapping[Fraction, Fraction]:
    written = re.compile(rf"{re.escape(function)}\(([-/\d]+)\)")
    return {Fraction(key[1]): value for name, value in point.witness.items() if (key := written.fullmatch(name))}


def _polynomial(values: Mapping[Fraction, Fraction]) -> str:
    """Lagrange's polynomial."""
    summands = []
    for at, value in values.items():
        others = [other for other in values if other != at]
        scale = prod((at - other for other in others), start=Fraction(1))
        summands.append(" * ".join([_text(value / scale), *(f"(t - {_text(other)})" for other in others)]))
    return " + ".join(summands) or "0"


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


def _are_equal(statement: Relation, point: Point, free: Iterable[str]) -> bool:
    """Whether both sides are one rational combination of logs at the point, which a statement of two sides then refutes.

    Raises: NoImage where the statement holds there.
    """
    if len(statement.args) != 2:
        return False
    try:
        value = point.value(substitute(difference(*statement.args), {name: Number(point.number(name)) for name in free}))
    except NoImage:
        return False
    if value.rational or value.logs:
        return False
    if statement.operators[0] in ("=", "<=", ">="):
        raise NoImage("The statement holds at the witness.")
    return True


def _equal(point: Point, unfolded: str) -> list[str]:
    """That two sides are equal: every log is a sum of logs of primes."""
    lines, names = [], []
    for n, primes in sorted(point.factored.items()):
        if primes != {n: 1} and n > 1:
            number = " * ".join(f"{p} ^ Z.of_nat {k}" for p, k in primes.items())
            logs = " + ".join(f"{k} * ln {p}" for p, k in primes.items())
            names.append(f"F{n}")
            lines.append(f"assert (ln {n} = {logs}) as F{n} by by_primes ({number})%Z.")
    rewritten = f"rewrite ?ln_1{''.join(f', ?{name}' for name in names)}"
    return [*lines, f"{unfolded}written_out. split_logs. {rewritten}. by_equality."]


def _text(value: Fraction) -> str:
    return f"({value})" if value >= 0 else f"(- ({-value}))"
