"""Surprisals weighted by their probabilities: 0.5 h(H) + 0.5 h(T) is the entropy of a coin, h the surprisal of a side.

The H of h(H) is the letter of the entropy itself, so that it cannot be read as a measure of the random variable H.
"""

from __future__ import annotations

from fractions import Fraction as Rational

from symkl.language.latex.context import Context
from symkl.language.latex.naming import plain_name
from symkl.language.latex.syntax import Applied, Chain, Expression, Fraction, Group, Name, Node, Numeral, Run, chain_of
from symkl.language.term import Log, Negation, Outcome, Term, subterms

SURPRISAL = "surprisal"
"""The name of an `Applied` node: h(o) as it is written, the probability beside it, and all outcomes of the average."""
_LETTERS = ("h", "I", "i")
_ENTROPY = "H"


def surprisals(expression: Expression) -> None:
    """Mark every h(o) of an average of surprisals: numbers with sum 1 times h of distinct outcomes, one of them H."""
    found = [_weighted(run) for run in expression.runs]
    terms = [term for term in found if term is not None]
    if len(terms) < 2 or len(terms) < len(found) or sum(weight for weight, _, _ in terms) != 1:
        return
    outcomes = {outcome for _, _, outcome in terms}
    if len(outcomes) < len(terms) or len({letter for _, letter, _ in terms}) != 1 or _ENTROPY not in outcomes:
        return
    named = [part for run in expression.runs for part in _parts(run.factors[-1])]
    for run in expression.runs:
        *before, head, group = run.factors
        weight = Run(run.start, before[-1].end, before, ["", *run.joints[1 : len(before)]])
        written = Run(head.start, group.end, [head, group], ["", ""])
        applied = Applied(head.start, group.end, SURPRISAL, [chain_of(written), chain_of(weight), *named])
        run.factors, run.joints = [*before, applied], run.joints[: len(before) + 1]


def surprisal(reader: Context, node: Applied, probability: Term) -> Term | None:
    """-log of the probability; None where one of the outcomes is known otherwise, or there is more than one random variable."""
    scope = reader.scope
    alphabets = [alphabet for law in scope.laws.values() for alphabet in law.alphabets]
    for part in node.parts[2:]:
        name = part.lone_name()
        outcome = str(plain_name(name)) if name is not None else ""
        if outcome in scope.numbers or outcome in scope.variables or scope.law(outcome) is not None:
            return None
        if any(Outcome(outcome) in subterms(alphabet) for alphabet in alphabets):
            # What is given of the outcome counts, and not the number that stands beside it here.
            return None
    if len(scope.variables) != 1:
        # Beside a second random variable h(H) may be an entropy given the outcome H.
        return None
    shown, beside = (reader.source(part.start, part.end) for part in node.parts[:2])
    if reader.probabilities.setdefault(shown, probability) != probability:
        reader.refuse(f"{shown} is a surprisal, and two probabilities of its outcome are written beside it", node)
    reader.assume(f"{shown} is the surprisal -log {beside} of an outcome of that probability")
    return Negation(Log(probability, scope.log_base))


def _weighted(run: Run) -> tuple[Rational, str, str] | None:
    """The weight, the letter and the outcome of 0.5 h(H)."""
    if len(run.factors) < 3 or run.negative or run.joints[-1]:
        return None
    head, group = run.factors[-2:]
    weight, outcome = _weight(run.factors[:-2]), _outcome(group)
    if weight is None or outcome is None or run.joints[-2] == "/":
        return None
    plain = isinstance(head, Name) and head.stem in _LETTERS and head.sub is None and head.power is None
    return (weight, head.stem, outcome) if plain and isinstance(head, Name) else None


def _weight(factors: list[Node]) -> Rational | None:
    """A probability written as one number or one fraction of two numbers."""
    if len(factors) != 1:
        return None
    node = factors[0]
    if isinstance(node, Fraction) and node.power is None:
        above, below = _numeral(node.numerator.lone()), _numeral(node.denominator.lone())
        value = above / below if above is not None and below else None
    else:
        value = _numeral(node)
    return value if value is not None and 0 < value < 1 else None


def _numeral(node: Node | None) -> Rational | None:
    return Rational(node.text) if isinstance(node, Numeral) and node.power is None and len(node.text) < 20 else None


def _outcome(node: Node) -> str | None:
    """The capital letter or the word in a bracket of its own."""
    if not isinstance(node, Group) or node.bracket != "(" or node.power is not None or node.only is None:
        return None
    name = node.only.lone_name()
    full = plain_name(name) if name is not None and name.power is None else None
    return full if full is not None and full.isalpha() and (full.isupper() or len(full) > 1) else None


def _parts(node: Node) -> list[Chain]:
    return node.parts if isinstance(node, Group) else []
