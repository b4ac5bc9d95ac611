"""A derivation as versioned JSON, which `symkl.derivation.load` reads back.

    {"schema": 1, "name", "title", "source", "closing",
     "givens":  [{"text", "inferred"}],
     "goal":    formula,
     "parts":   [{"title", "prose", "start": formula}],
     "steps":   [{"part" (its number, from 1), "relation", "before": formula, "after": formula, "rule", "says",
                  "conditions": [condition],
                  "rewrites": [{"rule", "direction" ("forward" or "backward"),
                                "places": [{"path", "slice" (or null), "binding": {variable: bound}}],
                                "before": formula, "after": formula, "conditions": [condition]}]}]}

A formula is {"plain", "latex", "sympy"}; where SymPy has no image, `sympy` is null and `sympy_reason` says why. A condition
is {"text", "discharged_by"}, with `values` where it has free values. What a pattern variable is bound to is described in
`symkl.derivation.bindings`.
"""

from __future__ import annotations

import json
from typing import Any

from symkl.derivation.bindings import application_as_data, free_values
from symkl.derivation.load import SCHEMA
from symkl.derivation.step import Condition, Derivation, Rewrite, Step
from symkl.errors import NoImage
from symkl.interop.sympy_text import sympy_text
from symkl.language.latex_writer import LatexWriter
from symkl.language.plain_writer import PlainWriter
from symkl.language.term import Term
from symkl.theory.setting import Setting


def render(derivation: Derivation) -> str:
    """The derivation as indented JSON."""
    return json.dumps(as_data(derivation), ensure_ascii=False, indent=2) + "\n"


def as_data(derivation: Derivation) -> dict[str, Any]:
    """The derivation as data for JSON."""
    return _Encoder(derivation).data()


def formula_as_data(term: Term, setting: Setting) -> dict[str, Any]:
    """A formula in its three spellings; `sympy` is null, with `sympy_reason`, where SymPy has no image."""
    base = setting.scope.log_base
    data: dict[str, Any] = {"plain": PlainWriter(base).write(term), "latex": LatexWriter(base).write(term)}
    try:
        return {**data, "sympy": sympy_text(term, setting)}
    except NoImage as reason:
        return {**data, "sympy": None, "sympy_reason": str(reason)}


class _Encoder:
    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        self.setting = derivation.setting
        base = self.setting.scope.log_base
        self.plain = PlainWriter(base)
        self._formulas: dict[int, tuple[Term, dict[str, Any]]] = {}

    def data(self) -> dict[str, Any]:
        derivation = self.derivation
        return {
            "schema": SCHEMA,
            "name": derivation.name,
            "title": derivation.title,
            "source": derivation.source,
            "closing": derivation.closing,
            "givens": [{"text": given.text, "inferred": given.text in self.setting.inferred} for given in self.setting.givens],
            "goal": self.formula(derivation.goal),
            "parts": [{"title": part.title, "prose": part.prose, "start": self.formula(part.start)} for part in derivation.parts],
            "steps": [self.step(number, step) for number, part in enumerate(derivation.parts, 1) for step in part.steps],
        }

    def step(self, part: int, step: Step) -> dict[str, Any]:
        return {
            "part": part,
            "relation": step.relation,
            "before": self.formula(step.before),
            "after": self.formula(step.after),
            "rule": step.rule,
            "says": step.says,
            "conditions": list(map(self.condition, step.conditions)),
            "rewrites": list(map(self.rewrite, step.rewrites)),
        }

    def rewrite(self, rewrite: Rewrite) -> dict[str, Any]:
        return {
            "rule": rewrite.rule,
            "direction": "backward" if rewrite.backward else "forward",
            "places": [application_as_data(each, self.setting) for each in rewrite.applications],
            "before": self.formula(rewrite.before),
            "after": self.formula(rewrite.after),
            "conditions": list(map(self.condition, rewrite.conditions)),
        }

    def condition(self, condition: Condition) -> dict[str, Any]:
        data: dict[str, Any] = {"text": self.plain.write(condition.relation), "discharged_by": condition.discharged_by}
        values = free_values(condition.relation)
        return {**data, "values": values} if values else data

    def formula(self, term: Term) -> dict[str, Any]:
        """A formula in its three spellings; the lines that steps share are written once."""
        known = self._formulas.get(id(term))
        if known is None:
            known = self._formulas[id(term)] = term, formula_as_data(term, self.setting)
        return known[1]
