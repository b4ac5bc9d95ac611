"""Which rules lead from one expression to another: one rule where one is enough, else what the prover finds."""

from __future__ import annotations

from symkl.derivation.context import Context
from symkl.derivation.engine import rewrite_everywhere
from symkl.derivation.kernel import check
from symkl.derivation.prover import NotFound, prove_by_rules
from symkl.derivation.reverse import reverse
from symkl.derivation.run import printed_step
from symkl.derivation.shape import may_apply, shape_of
from symkl.derivation.step import EQUAL, Derivation, Part, Rewrite
from symkl.errors import Rejection
from symkl.language.term import Relation, Term
from symkl.theory.rules import ARROW, Rule, patterns, rules
from symkl.theory.setting import Setting


def explained(statement: Relation, setting: Setting) -> Derivation | NotFound:
    """The shortest derivation known here from the left side of an equation to the right one."""
    left, right = statement.args[0], statement.args[1]
    rewrites = _one_rule(left, right, Context(setting))
    if rewrites is None:
        return prove_by_rules(statement, setting)
    text = setting.write(statement)
    goal = Relation((left, right), (EQUAL,))
    made = Derivation(text, f"`{text}`", setting, goal, (Part("", left, (printed_step(rewrites),)),))
    check(made)
    return made


def _one_rule(left: Term, right: Term, context: Context) -> list[Rewrite] | None:
    for start, end, backward in ((left, right, False), (right, left, True)):
        shape = shape_of(start)
        for known in rules().values():
            if not _rewrites_terms(known) or not may_apply(known, shape):
                continue
            try:
                rewrite = rewrite_everywhere(known.name, start, context)
                if rewrite is not None and rewrite.after == end:
                    return reverse([rewrite], context) if backward else [rewrite]
            except Rejection:
                continue
    return None


def _rewrites_terms(known: Rule) -> bool:
    return known.name != "result" and (known.computed or patterns(known).operator == ARROW)
