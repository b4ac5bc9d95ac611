"""The names of mathlib that the Lean prelude calls, by the module each is in; of elementary algebra and order by the folder.

For a reader who compares them with mathlib: no Lean runs here. A name that is called by dot notation stands under its full name.
"""

from __future__ import annotations

from collections.abc import Mapping

MODULES: Mapping[str, str] = {
    "Mathlib.Algebra.BigOperators.Field": "Finset.sum_div",
    "Mathlib.Algebra.BigOperators.Group.Finset.Basic": """
        Finset.sum_congr Finset.prod_congr Finset.sum_add_distrib Finset.sum_sub_distrib Finset.sum_neg_distrib
        Finset.sum_const Finset.sum_const_zero Finset.sum_empty Finset.sum_eq_single_of_mem""",
    "Mathlib.Algebra.BigOperators.Group.Finset.Sigma": "Finset.sum_comm Finset.sum_product",
    "Mathlib.Algebra.BigOperators.Intervals": "Finset.sum_Icc_succ_top Finset.prod_Icc_succ_top",
    "Mathlib.Algebra.BigOperators.Pi": "Finset.sum_fn",
    "Mathlib.Algebra.BigOperators.Ring.Finset": "Finset.mul_sum Finset.sum_mul",
    "Mathlib.Algebra.Order.BigOperators.Group.Finset": """
        Finset.sum_nonneg Finset.sum_pos Finset.sum_le_sum Finset.single_le_sum Finset.single_lt_sum""",
    "Mathlib.Algebra.Order.BigOperators.GroupWithZero.Finset": "Finset.prod_pos",
    "Mathlib.Data.Finset.Card": "Finset.card Finset.card_pos Finset.exists_mem_ne",
    "Mathlib.Data.Finset.Prod": "Finset.mem_product Finset.Nonempty.product",
    "Mathlib.Data.Finset.Empty": "Finset.Nonempty Finset.eq_empty_or_nonempty",
    "Mathlib.Order.Interval.Finset.Defs": "Finset.Icc Finset.mem_Icc",
    "Mathlib.Order.Interval.Finset.Basic": "Finset.nonempty_Icc",
    "Mathlib.Order.Interval.Finset.Nat": "Nat.card_Icc",
    "Mathlib.Order.Interval.Set.Defs": "Set.Ioo Set.Ioi Set.Iio Set.mem_Ioo Set.mem_Ioi Set.mem_Iio",
    "Mathlib.Data.Set.Basic": "Set.mem_univ",
    "Mathlib.Data.Set.Defs": "Set.univ",
    "Mathlib.Logic.Function.Basic": "Function.update Function.update_self Function.update_of_ne Function.update_eq_self",
    "Mathlib.Analysis.Complex.Exponential": "Real.exp Real.exp_add Real.exp_neg Real.exp_pos Real.exp_sum",
    "Mathlib.Analysis.SpecialFunctions.Log.Basic": """
        Real.log Real.log_mul Real.log_div Real.log_inv Real.log_one Real.log_exp Real.exp_log Real.log_pow
        Real.log_prod Real.log_pos Real.log_nonneg Real.log_nonpos Real.log_ne_zero_of_pos_of_ne_one
        Real.log_le_sub_one_of_pos""",
    "Mathlib.Analysis.SpecialFunctions.Log.Base": """
        Real.logb Real.logb_mul Real.logb_div Real.logb_inv Real.logb_one Real.rpow_logb""",
    "Mathlib.Analysis.SpecialFunctions.Pow.Real": """
        Real.rpow_add Real.rpow_mul Real.mul_rpow Real.div_rpow Real.rpow_neg Real.one_rpow Real.rpow_def_of_pos
        Real.rpow_pos_of_pos Real.rpow_sum_of_pos Real.rpow_natCast Real.log_rpow""",
    "Mathlib.Analysis.SpecialFunctions.Pow.Deriv": "HasDerivAt.rpow_const",
    "Mathlib.Analysis.SpecialFunctions.ExpDeriv": "HasDerivAt.exp",
    "Mathlib.Analysis.SpecialFunctions.Log.Deriv": "HasDerivAt.log DifferentiableAt.log",
    "Mathlib.Analysis.Calculus.Deriv.Basic": """
        deriv HasDerivAt HasDerivAt.deriv HasDerivAt.differentiableAt DifferentiableAt.hasDerivAt
        Filter.EventuallyEq.deriv_eq deriv_id deriv_const""",
    "Mathlib.Analysis.Calculus.Deriv.Add": "HasDerivAt.add HasDerivAt.sub HasDerivAt.neg HasDerivAt.sum deriv.neg",
    "Mathlib.Analysis.Calculus.Deriv.Mul": "HasDerivAt.mul HasDerivAt.div_const deriv_const_mul deriv_div_const",
    "Mathlib.Analysis.Calculus.Deriv.Inv": "HasDerivAt.div",
    "Mathlib.Analysis.Calculus.Deriv.Pow": "hasDerivAt_pow",
    "Mathlib.Analysis.Calculus.Deriv.Comp": "HasDerivAt.comp",
    "Mathlib.LinearAlgebra.AffineSpace.Slope": "slope_def_field",
    "Mathlib.Analysis.Calculus.FDeriv": """
        DifferentiableAt DifferentiableAt.continuousAt DifferentiableAt.mul differentiableAt_id differentiableAt_const""",
    "Mathlib.Analysis.Convex.Basic": "Convex convex_univ convex_Ioo convex_Ioi convex_Iio",
    "Mathlib.Analysis.Convex.Deriv": "strictConvexOn_of_deriv2_pos' ConvexOn.slope_le_deriv ConvexOn.deriv_le_slope",
    "Mathlib.Analysis.Convex.Function": """
        StrictConvexOn StrictConvexOn.convexOn StrictConcaveOn.concaveOn StrictConvexOn.eq_of_isMinOn""",
    "Mathlib.Analysis.Convex.Jensen": "ConcaveOn.le_map_sum",
    "Mathlib.Analysis.Convex.SpecificFunctions.Basic": "strictConcaveOn_log_Ioi",
    "Mathlib.Order.Filter.Extr": "isMinOn_iff",
    "Mathlib.Order.Filter.Basic": "Filter.eventuallyEq_of_mem",
    "Mathlib.Topology": """
        IsOpen IsOpen.mem_nhds isOpen_Ioo isOpen_Ioi isOpen_Iio isOpen_univ lt_mem_nhds ContinuousAt.eventually nhds""",
    "Mathlib.Algebra.Group": """
        add_zero mul_one mul_comm neg_neg neg_zero neg_add neg_sub sub_self sub_eq_add_neg sub_eq_zero neg_add_eq_sub
        neg_inj add_left_inj pow_zero pow_one one_div div_one div_div div_mul_div_comm div_mul_eq_mul_div
        div_div_eq_mul_div mul_div_assoc mul_one_div mul_left_comm div_eq_mul_inv neg_ne_zero smul_eq_mul""",
    "Mathlib.Algebra.Ring": "mul_add add_mul mul_neg neg_mul mul_sub sub_mul mul_zero zero_mul neg_div",
    "Mathlib.Data.Nat.Cast.Basic": "nsmul_eq_mul",
    "Mathlib.Algebra.GroupWithZero": """
        zero_div div_self mul_inv_cancel₀ mul_ne_zero mul_left_inj' div_eq_iff eq_div_iff div_eq_div_iff
        div_eq_zero_iff div_eq_one_iff_eq zero_ne_one""",
    "Mathlib.Algebra.Field": "add_div div_add_div div_sub_div",
    "Mathlib.Algebra.Order": """
        add_pos mul_pos div_pos inv_pos pow_pos add_nonneg mul_nonneg div_nonneg sub_pos sub_nonneg sub_le_self
        neg_nonneg neg_nonpos neg_le_neg neg_le_neg_iff le_add_of_nonneg_right add_le_add_iff_right
        mul_le_mul_of_nonneg_left le_of_mul_le_mul_left div_le_iff₀ le_div_iff₀ div_le_one₀ div_le_div_of_nonneg_right
        two_pos""",
    "Mathlib.Order": "LT.lt.ne LT.lt.ne' LT.lt.le le_refl le_of_lt lt_of_lt_of_le lt_trichotomy",
}
"""Names, by module or by folder."""

CORE = {"Eq.trans", "Iff.mp", "Iff.rfl", "Iff.symm", "Or.inl", "Nat.add_sub_cancel", "absurd", "congrArg", "funext", "if_pos",
        "if_neg", "eq_comm", "or_iff_left"}  # fmt: skip
"""Names of Lean's own library."""


def names() -> set[str]:
    """Every name that is listed, mathlib's and Lean's own."""
    return {name for listed in MODULES.values() for name in listed.split()} | CORE
