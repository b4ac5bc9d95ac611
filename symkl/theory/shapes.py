"""Shapes of formulas that tell what a name is: a law in a measure, 1 - p, a law written with its values."""

from __future__ import annotations

from symkl.language.latex.naming import walk
from symkl.language.latex.syntax import Chain, Expression, Fraction, Group, Name, Node, Numeral, Operator, Run
from symkl.theory.left_open import leaves_open
from symkl.theory.notation import LAW_LETTERS

LOGS = frozenset({"log", "ln", "lg"})


def lawlike(expression: Expression) -> bool:
    """Whether an argument of a measure is made of laws: p(x) with its values, a mixture, a product; no log is one."""
    if any(isinstance(factor, Operator) and factor.word in LOGS for run in expression.runs for factor in run.factors):
        return False
    for run in expression.runs:
        for head, group in zip(run.factors, run.factors[1:], strict=False):
            applied = isinstance(head, Name) and isinstance(group, Group) and group.bracket != "{"
            if applied and (holds_a_law(head) or (isinstance(group, Group) and leaves_open(group))):
                return True
        for factor in run.factors:
            if isinstance(factor, Name) and factor.letter in LAW_LETTERS and len(run.factors) + len(expression.runs) > 2:
                return True
            if isinstance(factor, Fraction) and factor.numerator.single is not None:
                inner = factor.numerator.single
                if lawlike(inner) or any(isinstance(f, Name) and f.letter in LAW_LETTERS for r in inner.runs for f in r.factors):
                    return True
    return False


def of_variables(expression: Expression) -> bool:
    """Whether an argument of a measure is a function of random variables, g(X) or f(X, Y), and no law."""
    factors = expression.runs[0].factors if len(expression.runs) == 1 else []
    if len(factors) != 2 or not isinstance(factors[0], Name) or not isinstance(factors[1], Group):
        return False
    names = [part.lone_name() for part in factors[1].parts]
    capitals = all(name is not None and len(name.stem) == 1 and name.stem.isupper() for name in names)
    return capitals and factors[0].letter not in LAW_LETTERS


def holds_a_law(node: Node) -> bool:
    """Whether a factor of a product in a measure is the law, and not its weight."""
    return any(isinstance(inner, Name) and inner.letter in LAW_LETTERS | {"f", "u"} for inner in walk(node))


def complemented(chain: Chain) -> Name | None:
    """The name of 1 - a, where a chain is that: below a one it is an order or a rate, and no probability."""
    runs = chain.single.runs if chain.single is not None else []
    if len(runs) == 2 and is_one(runs[0]) and runs[1].negative and len(runs[1].factors) == 1:
        name = runs[1].factors[0]
        return name if isinstance(name, Name) else None
    return None


def is_one_application(group: Group) -> bool:
    """Whether a bracket holds nothing but a law with its values, as in S[P(x)]."""
    expression = group.only.single if group.only is not None else None
    factors = expression.runs[0].factors if expression is not None and len(expression.runs) == 1 else []
    return len(factors) == 2 and isinstance(factors[0], Name) and isinstance(factors[1], Group) and factors[1].bracket != "{"


def is_one(run: Run) -> bool:
    """Whether a run is the number one."""
    return len(run.factors) == 1 and isinstance(run.factors[0], Numeral) and run.factors[0].text == "1" and not run.negative
