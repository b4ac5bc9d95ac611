"""The examples of the rules, each as a derivation of one step."""

from __future__ import annotations

from symkl.derivation import examples
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.step import EQUAL, EQUIVALENT, Application, Derivation, Part, Place, Rewrite, Step
from symkl.derivation.strategy import find
from symkl.errors import Rejection
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation, Term
from symkl.theory.rules import ARROW, Rule, patterns
from symkl.theory.setting import setting


def example_of(known: Rule) -> Derivation:
    """The example of a rule that assumes no earlier result, as a derivation of one step."""
    where = setting(known.given)
    operator = ARROW if known.computed else patterns(known).operator
    left_text, _, right_text = known.example.partition(f" {operator} ")
    left, right = (read_plain(text, where.scope) for text in (left_text, right_text))
    context = Context(where)
    for binding in examples._bindings(known, left, right):
        for rewrite in _rewrites(known, left, binding, context):
            if rewrite.after == right:
                return _derivation(known, where, rewrite, EQUAL if operator == ARROW else operator)
    raise AssertionError(f"the example of {known.name} does not replay")


def _rewrites(known: Rule, left: Term, binding, context: Context) -> list[Rewrite]:
    found = []
    for applications in ([Application(Place(), binding)], None):
        try:
            places = applications or find(known, left, context, False, {})
            found.append(apply_at(known, left, places, context))
        except (Rejection, IndexError):
            continue
    return found


def _derivation(known: Rule, where, rewrite: Rewrite, operator: str) -> Derivation:
    step = Step(operator, rewrite.before, rewrite.after, (rewrite,), known.title, known.says)
    goal = Relation((rewrite.before, rewrite.after), (EQUIVALENT if isinstance(rewrite.before, Relation) else operator,))
    return Derivation(known.name, known.title, where, goal, (Part("", rewrite.before, (step,)),))
