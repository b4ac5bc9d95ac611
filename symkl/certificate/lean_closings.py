"""How each rule is closed in Lean, as data: the tactic for the equation at a place.

A rule that is not listed is closed by its theorem alone. To add a rule is to add its theorem to Rules.lean, and a line here where
one application of the theorem does not close it.
"""

from __future__ import annotations

from collections.abc import Mapping

from symkl.certificate.closings import OF_THE_RING, UNCERTIFIED

UNPROVED: Mapping[str, str] = {**UNCERTIFIED}
"""The rules whose steps have no proof in Lean, and why."""

WITHOUT_THEOREM: Mapping[str, str] = {
    "rearrange": "closed by ring: it is the equality of two polynomials",
    "arithmetic": "closed by ring: it is the equality of two numbers",
    "fractions": "closed by field_simp and ring: it is the equality of two fractions",
    "unfold": "closed by the definitions of Definitions.lean",
    "substitute-masses": "closed by the definition of the law in the certificate",
    "conditional-mass": "closed by the definition of a conditional mass, which is a quotient",
    "result": "closed by the theorem of the earlier part",
    "variable-order": "closed by the definitions of Definitions.lean and the order of sums",
    "given": "closed by the hypothesis that the given is",
    **UNPROVED,
}
"""The rules without a theorem, and why."""

_LOGS = "first | by_rule {0} | by_rule {0}_base | by_logs"
_PRODUCT = "first | (refine {0} fun _ _ => ?_; by_positive) | (refine {0}_base fun _ _ => ?_; by_positive)"
_JENSEN = (
    "first | (refine {0} (by by_law) fun _ _ => ?_; by_positive)"
    " | (refine {0}_base (by by_condition) (by by_law) fun _ _ => ?_; by_positive)"
)
_SUMS = "first | by_rule {} | by_sums"
_NOT_NEGATIVE = "refine {} ?_; by_not_negative"

TACTICS: Mapping[str, str] = {
    "rearrange": "by_ring",
    "arithmetic": "by_ring",
    "fractions": "by_ring",
    "unfold": "by_definition",
    "substitute-masses": "first | rfl | (masses; done) | (masses <;> ring1)",
    "conditional-mass": "by_ring",
    "condition": "by_ring",
    "independence": "by_independence",
    "complement": "first | (refine Rule.complement ?_; by_marginal) | by_complement",
    "split-last": "by_split_last",
    "write-out": "by_terms",
    "given": "first | assumption | (symm; assumption) | linarith",
    "marginalise": "by_marginal",
    "variable-order": "first | by_same | by_definition",
    "log-product": _LOGS.format("Rule.log_product"),
    "log-quotient": _LOGS.format("Rule.log_quotient"),
    "log-reciprocal": _LOGS.format("Rule.log_reciprocal"),
    "log-inverted": _LOGS.format("Rule.log_inverted"),
    "log-power": _LOGS.format("Rule.log_power"),
    "log-one": "first | exact Rule.log_one | exact Rule.log_one_base",
    "log-of-base": "first | exact Rule.log_of_base_natural | by_rule Rule.log_of_base",
    "log-of-finite-product": _PRODUCT.format("Rule.log_of_finite_product"),
    "change-of-base": "rfl",
    "exp-sum": "first | by_rule Rule.exp_sum | by_exps",
    "exp-product": "first | by_rule Rule.exp_product | by_exps",
    "exp-of-sum": "by_exp_of_sum",
    "exp-power": "first | by_rule Rule.exp_power | by_powers",
    "power-of-power": "first | by_rule Rule.power_of_power | by_powers",
    "power-product": "first | by_rule Rule.power_product | by_powers",
    "product-power": "first | by_rule Rule.product_power | by_ring",
    "sum-linearity": _SUMS.format("Rule.sum_linearity"),
    "sum-negation": _SUMS.format("Rule.sum_negation"),
    "sum-constant-out": _SUMS.format("Rule.sum_constant_out"),
    "sum-denominator-out": _SUMS.format("Rule.sum_denominator_out"),
    "sum-of-constant": _SUMS.format("Rule.sum_of_constant"),
    "sum-exchange": _SUMS.format("Rule.sum_exchange"),
    "sum-order": _SUMS.format("Rule.sum_order"),
    "sum-merge": "by_same",
    "sum-nest": "by_same",
    "sum-rename": "by_same",
    "factor-into-sum": "by_sums",
    "sum-of-zero": "first | exact Rule.sum_of_zero | (simp; done)",
    "sum-idle": "by_idle",
    "sum-idle-first": "by_idle",
    "delta-sum": "by_delta",
    "expectation-as-sum": "by_definition",
    "diff-sum": "by_diff_sum",
    "diff-constant-factor": "by_diff_factor",
    "diff-power": "by_diff_power",
    "diff-under-sum": "by_diff_sums",
    "diff-entry": "by_entry",
    "gibbs": "first | exact Rule.gibbs (by by_law) (by by_law) | exact Rule.gibbs_base (by by_condition) (by by_law) (by by_law)",
    "jensen-log": _JENSEN.format("Rule.jensen_log"),
    "jensen-minus-log": _JENSEN.format("Rule.jensen_minus_log"),
    "mean-log-below-line": "refine Rule.mean_log_below_line ?_ ?_ <;> (intro _ _; by_positive)",
    "positive": "refine Rule.positive ?_; by_positive",
    "not-negative": _NOT_NEGATIVE.format("Rule.not_negative"),
    "not-positive": _NOT_NEGATIVE.format("Rule.not_positive"),
    "drop-positive-term": _NOT_NEGATIVE.format("Rule.drop_positive_term"),
    "drop-negative-term": _NOT_NEGATIVE.format("Rule.drop_negative_term"),
    "add-positive-term": _NOT_NEGATIVE.format("Rule.add_positive_term"),
}
"""The tactic of each rule that needs more than one application of its theorem."""


def theorem(rule: str) -> str:
    """The theorem of a rule."""
    return "Rule." + rule.replace("-", "_")


def tactic(rule: str) -> str:
    """The tactic that closes the equation where a rule is applied."""
    if rule in OF_THE_RING:
        return f"first | by_rule {theorem(rule)} | by_ring"
    return TACTICS.get(rule, f"by_rule {theorem(rule)}")
