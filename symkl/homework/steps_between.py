"""What was done between two right rows: the rules by name; and, where it is asked for, the whole derivation."""

from __future__ import annotations

from time import thread_time

from symkl.derivation.context import Context
from symkl.derivation.engine import rewrite_everywhere
from symkl.derivation.prover import NotFound, prove_by_rules
from symkl.errors import SymklError
from symkl.homework.meeting import Meeting, rearranged
from symkl.language.term import Log, Measure, Term, equation, subterms
from symkl.theory.rules import rules
from symkl.theory.setting import Setting

SECONDS = 0.012
"""The time of the processor for naming the rules of one row."""

REARRANGE = "rearrange"
_FIRST = (
    "unfold", "expectation-as-sum", "log-quotient", "log-product", "log-inverted", "log-reciprocal", "log-power", "log-one",
    "distribute", "sum-linearity", "sum-negation", "sum-constant-out", "marginalise", "conditional-mass", "condition",
    "substitute-masses", "sum-merge", "arithmetic",
)  # fmt: skip
"""Rules tried one after the other, the commonest first."""


class Namer:
    """Names steps under one setting."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.context = Context(setting)
        self.names = [name for name in _FIRST if name in rules()]

    def between(self, before: Term, after: Term) -> tuple[str, ...]:
        """The names of the rules that lead from one side to the other, where a short path of them is found."""
        if before == after:
            return ()
        deadline = thread_time() + SECONDS
        if rearranged(before, after):
            return (REARRANGE,)
        for start, end in ((before, after), (after, before)):
            for name in self._promising(start):
                if thread_time() > deadline:
                    break
                made = self._rewritten(name, start)
                if made is None or made == start:
                    continue
                if made == end:
                    return (name,)
                if rearranged(made, end):
                    return (name, REARRANGE)
        return Meeting(before, after, self.context).rules()

    def _promising(self, term: Term) -> list[str]:
        """The rules that may apply: no log rules where there is no log, no definitions where there is no measure."""
        kinds = {type(part) for part in subterms(term)}
        logs, measures = Log in kinds, Measure in kinds
        return [name for name in self.names if (logs or not name.startswith("log-")) and (measures or name != "unfold")]

    def _rewritten(self, name: str, term: Term) -> Term | None:
        try:
            found = rewrite_everywhere(name, term, self.context)
        except SymklError:
            return None
        return None if found is None else found.after


def derivation_between(before: Term, after: Term, setting: Setting) -> tuple[str, ...]:
    """The derivation from one side to the other, a line for each step; empty where none is found."""
    try:
        found = prove_by_rules(equation(before, after), setting)
    except SymklError:
        return ()
    if isinstance(found, NotFound):
        return ()
    lines = [setting.write(before)]
    lines += [f"= {setting.write(step.after)}    [{step.rule}] {step.says}" for step in found.steps]
    return tuple(lines)
