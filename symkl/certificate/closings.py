"""How each rule is closed in Coq, as data: the tactic for the equation at a place.

A rule that is not listed is closed by its lemma alone. To add a rule is to add its lemma to Rules.v, and a line here where one
application of the lemma does not close it.
"""

from __future__ import annotations

from collections.abc import Mapping

UNCERTIFIED: Mapping[str, str] = {
    "integral-linearity": "an integral has no certificate",
    "integral-negation": "an integral has no certificate",
    "integral-constant-out": "an integral has no certificate",
    "integral-denominator-out": "an integral has no certificate",
    "integral-merge": "an integral has no certificate",
    "lemma": "a citation has no certificate; --axioms derives the statement without",
}
"""The rules whose steps have no certificate, and why."""

WITHOUT_LEMMA: Mapping[str, str] = {
    "rearrange": "closed by ring: it is the equality of two polynomials",
    "arithmetic": "closed by ring: it is the equality of two numbers",
    "fractions": "closed by field: it is the equality of two fractions",
    "unfold": "closed by the definitions of Definitions.v",
    "substitute-masses": "closed by the definition of the law in the certificate",
    "conditional-mass": "closed by the definition of a conditional mass, which is a quotient",
    "result": "closed by the theorem of the earlier part",
    "variable-order": "closed by the definitions of Definitions.v and the order of sums",
    "given": "closed by the hypothesis that the given is",
    **UNCERTIFIED,
}
"""The rules without a lemma, and why."""

_LOGS = "first [by_rule {0} | by_rule {0}_base | by_logs]"
_PRODUCT = "first [apply {0}; each_positive | apply {0}_base; each_positive]"
_PARTS = "first [by_rule {0} | by_diff_parts]"
_JENSEN = "first [apply {0}; [by_law | each_positive] | apply {0}_base; [lra | by_law | each_positive]]"

TACTICS: Mapping[str, str] = {
    "rearrange": "by_ring",
    "arithmetic": "by_ring",
    "fractions": "by_ring",
    "unfold": "by_definition",
    "substitute-masses": "reflexivity",
    "conditional-mass": "by_ring",
    "independence": "first [apply R_independence; [condition | by_independence] | by_independence]",
    "split-last": "by_split_last",
    "condition": "by_ring",
    "write-out": "by_write_out",
    "log-product": _LOGS.format("R_log_product"),
    "log-quotient": _LOGS.format("R_log_quotient"),
    "log-reciprocal": _LOGS.format("R_log_reciprocal"),
    "log-power": "by_log_power",
    "log-one": "first [apply R_log_one | apply R_log_one_base]",
    "log-of-base": "first [apply R_log_of_base_natural | by_rule R_log_of_base]",
    "change-of-base": "reflexivity",
    "exp-sum": "first [by_rule R_exp_sum | by_exps]",
    "power-of-power": "by_power_of_power",
    "power-product": "first [by_rule R_power_product | by_power]",
    "sum-linearity": "first [by_rule @R_sum_linearity | by_sums]",
    "sum-negation": "first [by_rule @R_sum_negation | by_sums]",
    "sum-constant-out": "first [by_rule @R_sum_constant_out | by_sums]",
    "sum-denominator-out": "first [by_rule @R_sum_denominator_out | by_sums]",
    "sum-merge": "same",
    "factor-into-sum": "by_sums",
    "sum-of-zero": "by_zeros",
    "sum-of-constant": "first [by_rule @R_sum_of_constant | rewrite R_sum_of_constant; by_ring]",
    "sum-exchange": "first [by_rule @R_sum_exchange | same]",
    "sum-nest": "same",
    "sum-rename": "same",
    "expectation-as-sum": "by_definition",
    "diff-sum": "by_diff_sum",
    "diff-negation": _PARTS.format("R_diff_negation"),
    "diff-product": _PARTS.format("R_diff_product"),
    "diff-quotient": _PARTS.format("R_diff_quotient"),
    "diff-ln": _PARTS.format("R_diff_ln"),
    "diff-exp": _PARTS.format("R_diff_exp"),
    "diff-constant-factor": "by_diff_factor",
    "diff-power": "by_diff_power",
    "diff-under-sum": "by_diff_sums",
    "gibbs": "first [apply R_gibbs; by_law | apply R_gibbs_base; [lra | by_law | by_law]]",
    "log-inverted": _LOGS.format("R_log_inverted"),
    "exp-product": "by_exps",
    "exp-of-sum": "by_exp_of_sum",
    "exp-power": "first [by_rule R_exp_power | by_ring]",
    "not-negative": "apply R_not_negative; nonnegative",
    "not-positive": "apply R_not_positive; nonnegative",
    "drop-positive-term": "apply R_drop_positive_term; nonnegative",
    "drop-negative-term": "apply R_drop_negative_term; nonnegative",
    "mean-log-below-line": "by_mean_line",
    "jensen-log": _JENSEN.format("R_jensen_log"),
    "jensen-minus-log": _JENSEN.format("R_jensen_minus_log"),
    "add-positive-term": "apply R_add_positive_term; nonnegative",
    "expectation-sign": "by_rule @R_expectation_sign",
    "sum-order": "first [by_rule @R_sum_order | same]",
    "positive": "apply R_positive; positive",
    "variable-order": "measures; same",
    "given": "by_given",
    "delta-sum": "by_delta",
    "diff-entry": "by_entry",
    "complement": "first [apply R_complement; by_complement | by_complement]",
    "log-of-finite-product": _PRODUCT.format("R_log_of_finite_product"),
    "product-power": "first [by_rule @R_product_power | by_ring]",
    "size-of-range": "first [by_rule R_size_of_range | by_size]",
    "sum-idle": "by_idle",
    "sum-idle-first": "by_idle",
}
"""The tactic of each rule that needs more than one application of its lemma."""

OF_THE_RING = frozenset(
    """distribute distribute-right product-sign sum-sign double-negation times-one times-zero plus-zero minus-zero over-one
    cancel-square quotient-sign zero-over cancel cancel-factor cancel-against cancel-below cancel-product
    cancel-product-left split-fraction common-denominator fraction-difference negative-fraction-plus multiply-fractions
    multiply-fraction-right divide-fraction divide-by-fraction power-zero power-one""".split()  # noqa: SIM905
)
"""Rules on runs of any length, or with brackets that Coq does not keep: their lemma, or the ring's laws."""


def lemma(rule: str) -> str:
    """The lemma of a rule."""
    return "R_" + rule.replace("-", "_")


def tactic(rule: str) -> str:
    """The tactic that closes the equation where a rule is applied."""
    if rule in OF_THE_RING:
        return f"first [solve [by_rule {lemma(rule)}] | by_ring]"
    return TACTICS.get(rule, f"by_rule {lemma(rule)}")
