-- Not checked: symkl has not run Lean on this file.
import SymKL.Rules

/-!
# How a step is closed at its place: the rule's theorem, or the laws of the ring, of sums and of masses

Every tactic closes its goal or fails. Those that say `first` again inside themselves go down one level each time.
-/

namespace SymKL

/-! ## What a certificate adds: its laws, its marginal laws, and what is known on its domain -/

/-- Writes the masses that the givens say. -/
syntax "masses" : tactic
macro_rules | `(tactic| masses) => `(tactic| fail "no law is given by its masses")

/-- Writes marginal masses as sums. -/
syntax "marginals" : tactic
macro_rules | `(tactic| marginals) => `(tactic| fail "there is no marginal law")

/-- Has the conditions and the facts at hand, by the proof that a point lies in the domain. -/
syntax "known " term:max : tactic

/-! ## Conditions -/

syntax "by_at_least" : tactic
macro_rules | `(tactic| by_at_least) => `(tactic| first
  | omega
  | (norm_num; done)
  | exact_mod_cast ‹(2 : ℝ) ≤ _›
  | (have least := ‹(2 : ℝ) ≤ _›
     norm_cast at least
     omega))

syntax "by_length" : tactic
macro_rules | `(tactic| by_length) => `(tactic| first
  | assumption
  | decide
  | (simp; done)
  | (rw [Nat.card_Icc, Nat.add_sub_cancel]; by_at_least)
  | (rw [Nat.card_Icc]; by_at_least))

syntax "by_element" : tactic
macro_rules | `(tactic| by_element) => `(tactic| first
  | assumption
  | (simp; done)
  | (simp only [Finset.mem_Icc] at *; omega)
  | (refine Finset.mem_Icc.mpr ⟨?_, ?_⟩ <;> by_at_least)
  | (refine Finset.mem_product.mpr ⟨?_, ?_⟩ <;> by_element))

syntax "by_size" : tactic
macro_rules | `(tactic| by_size) => `(tactic| first
  | (rw [Rule.size_of_range, mul_one_div]; exact div_self (by by_nonzero))
  | (norm_num; done)
  | (simp; done))

syntax "by_nonempty" : tactic
macro_rules | `(tactic| by_nonempty) => `(tactic| first
  | assumption
  | exact Law.some (by assumption)
  | exact Finset.card_pos.mp (lt_of_lt_of_le two_pos (by by_length))
  | (refine Finset.nonempty_Icc.mpr ?_; by_at_least)
  | (refine Finset.Nonempty.product ?_ ?_ <;> by_nonempty)
  | (simp; done))

syntax "by_positive" : tactic
macro_rules | `(tactic| by_positive) => `(tactic| first
  | assumption
  | positivity
  | linarith
  | exact Real.exp_pos _
  | (refine Law.pos (by assumption) _ ?_; by_element)
  | (apply_assumption <;> by_element)
  | (refine sub_pos.mpr ?_; apply_assumption <;> by_element)
  | (refine mul_pos ?_ ?_ <;> by_positive)
  | (refine div_pos ?_ ?_ <;> by_positive)
  | (refine add_pos ?_ ?_ <;> by_positive)
  | (refine inv_pos.mpr ?_; by_positive)
  | (refine Real.rpow_pos_of_pos ?_ _; by_positive)
  | (refine pow_pos ?_ _; by_positive)
  | (refine Real.log_pos ?_; first | linarith | (norm_num; done))
  | (refine Finset.sum_pos (fun _ _ => ?_) (by by_nonempty); by_positive)
  | (refine Finset.prod_pos (fun _ _ => ?_); by_positive)
  | (unfold Mean; by_positive)
  | (masses; first | done | linarith | positivity))

syntax "by_nonzero" : tactic
macro_rules | `(tactic| by_nonzero) => `(tactic| first
  | assumption
  | (norm_num; done)
  | (refine LT.lt.ne' ?_; by_positive)
  | (refine Real.log_ne_zero_of_pos_of_ne_one ?_ ?_; by_positive; first | assumption | linarith | (norm_num; done))
  | (refine neg_ne_zero.mpr ?_; by_nonzero)
  | (refine mul_ne_zero ?_ ?_ <;> by_nonzero)
  | (refine LT.lt.ne ?_; linarith))

syntax "by_not_negative" : tactic
macro_rules | `(tactic| by_not_negative) => `(tactic| first
  | assumption
  | positivity
  | linarith
  | (refine le_of_lt ?_; by_positive)
  | (refine Real.log_nonneg ?_; linarith)
  | (refine neg_nonneg.mpr (Real.log_nonpos ?_ ?_); by_not_negative; by_at_most_one)
  | (refine div_nonneg ?_ ?_ <;> by_not_negative)
  | (refine mul_nonneg ?_ ?_ <;> by_not_negative)
  | (refine add_nonneg ?_ ?_ <;> by_not_negative)
  | (refine Finset.sum_nonneg (fun _ _ => ?_); by_not_negative)
  | (rw [← mul_neg]; by_not_negative)
  | (rw [← Finset.sum_neg_distrib]; by_not_negative)
  | (unfold Real.logb; rw [← neg_div]; by_not_negative))
syntax "by_at_most_one" : tactic
macro_rules | `(tactic| by_at_most_one) => `(tactic| first
  | linarith
  | (refine Law.at_most (by assumption) _ ?_; by_element)
  | (refine le_of_lt ?_; apply_assumption <;> by_element)
  | (refine (div_le_one₀ (by by_positive)).mpr ?_; by_part_of_sum))
syntax "by_part_of_sum" : tactic
macro_rules | `(tactic| by_part_of_sum) => `(tactic| first
  | exact le_refl _
  | (refine Finset.single_le_sum (fun _ _ => le_of_lt ?_) (by by_element); by_positive)
  | (marginals; by_part_of_sum)
  | (refine Finset.sum_le_sum (fun _ _ => ?_); by_part_of_sum))

syntax "by_differentiable" : tactic
macro_rules | `(tactic| by_differentiable) => `(tactic| first
  | assumption
  | exact differentiable_update _ _ _ _
  | exact differentiableAt_const _
  | fun_prop (disch := by_nonzero)
  | (refine differentiable_add ?_ ?_ <;> by_differentiable)
  | (refine differentiable_sub ?_ ?_ <;> by_differentiable)
  | (refine differentiable_mul ?_ ?_ <;> by_differentiable)
  | (refine differentiable_neg ?_; by_differentiable)
  | (refine differentiable_div (by by_nonzero) ?_ ?_ <;> by_differentiable)
  | (refine differentiable_log (by by_nonzero) ?_; by_differentiable)
  | (refine differentiable_logb (by by_nonzero) ?_; by_differentiable)
  | (refine differentiable_exp ?_; by_differentiable)
  | (refine differentiable_sum fun _ _ => ?_; by_differentiable)
  | (simp only [Entropy, CrossEntropy, KL, BinaryEntropy, Mean]; by_differentiable)
  | (masses; by_differentiable))

syntax "by_condition" : tactic
macro_rules | `(tactic| by_condition) => `(tactic| first
  | assumption
  | by_positive
  | by_nonzero
  | by_element
  | by_differentiable
  | linarith
  | (norm_num; done)
  | (intro _ _; by_condition)
  | (simp only [Function.update_eq_self]; by_condition))

/-! ## Closing an equation at a place -/

/-- The rule's theorem, from left to right or from right to left; a difference is also the sum with the opposite. -/
macro "by_rule " rule:term:max : tactic => `(tactic| first
  | (apply $rule <;> by_condition)
  | (symm; apply $rule <;> by_condition)
  | (simp only [sub_eq_add_neg]; apply $rule <;> by_condition)
  | (simp only [sub_eq_add_neg]; symm; apply $rule <;> by_condition)
  | (apply Eq.trans
     · apply $rule <;> by_condition
     · simp only [Function.update_eq_self]; done)
  | (rw [$rule:term] <;> first | rfl | by_condition | ring1))

/-- The same up to the ring, renaming, pairing and reordering sums. -/
syntax "by_same" : tactic
macro_rules | `(tactic| by_same) => `(tactic| first
  | rfl
  | ring1
  | (field_simp <;> ring1)
  | (refine Finset.sum_congr rfl fun _ _ => ?_; by_same)
  | (refine Finset.prod_congr rfl fun _ _ => ?_; by_same)
  | (refine Finset.sum_comm.trans (Finset.sum_congr rfl fun _ _ => ?_); by_same)
  | (refine neg_congr ?_; by_same)
  | (refine congrArg Real.log ?_; by_same)
  | (refine logb_congr rfl ?_; by_same)
  | (refine times_congr ?_ ?_ <;> by_same)
  | (refine div_congr ?_ ?_ <;> by_same)
  | (refine plus_congr ?_ ?_ <;> by_same)
  | (simp only [Finset.sum_product]; by_same)
  | (marginals; by_same))

/-- Both sides the same polynomial, or the same fraction. -/
syntax "by_ring" : tactic
macro_rules | `(tactic| by_ring) => `(tactic| first
  | rfl
  | ring1
  | linarith
  | (field_simp <;> ring1)
  | (field_simp (disch := by_nonzero) <;> ring1)
  | by_same)

/-- Sums that are the same once every constant and every sign stands inside, and all are one sum; or once all stand outside. -/
syntax "by_sums" : tactic
macro_rules | `(tactic| by_sums) => `(tactic| first
  | by_same
  | (simp only [Finset.mul_sum, Finset.sum_mul, Finset.sum_div, ← Finset.sum_add_distrib, ← Finset.sum_sub_distrib,
      ← Finset.sum_neg_distrib] <;> by_same)
  | (simp only [Finset.sum_add_distrib, Finset.sum_sub_distrib, Finset.sum_neg_distrib, Finset.mul_sum, Finset.sum_mul,
      Finset.sum_div, mul_add, mul_sub, mul_neg, neg_mul, add_mul, sub_mul] <;> ring1)
  | (simp only [Finset.sum_product]; by_sums))

/-- A finite sum and its terms. -/
syntax "by_terms" : tactic
macro_rules | `(tactic| by_terms) => `(tactic| first
  | rfl
  | (simp [Finset.sum_Icc_succ_top, Finset.prod_Icc_succ_top]; done)
  | (simp [Finset.sum_Icc_succ_top, Finset.prod_Icc_succ_top] <;> ring1)
  | (norm_num [Finset.sum_Icc_succ_top, Finset.prod_Icc_succ_top] <;> ring1))

/-- Logs of products and quotients of any length. -/
syntax "by_logs" : tactic
macro_rules | `(tactic| by_logs) => `(tactic|
  simp (disch := by_positive) only [Rule.log_product, Rule.log_product_base, Rule.log_quotient, Rule.log_quotient_base,
    Rule.log_power, Rule.log_power_base, Real.log_inv, Real.logb_inv, Real.log_pow, one_div] <;> by_ring)

/-- Exponentials of sums of any length. -/
syntax "by_exps" : tactic
macro_rules | `(tactic| by_exps) => `(tactic| simp only [sub_eq_add_neg, Real.exp_add] <;> by_ring)

syntax "by_exp_of_sum" : tactic
macro_rules | `(tactic| by_exp_of_sum) => `(tactic| first
  | by_rule Rule.exp_of_sum
  | (simp only [Real.exp_sum]; done)
  | (simp only [Real.exp_sum] <;> by_same))

/-- A power whose exponent is a whole number; the theorem says a real one. -/
syntax "by_powers" : tactic
macro_rules | `(tactic| by_powers) => `(tactic| first
  | by_ring
  | (simp only [← Real.rpow_natCast]; norm_num; done)
  | (simp (disch := by_positive) only [← Real.rpow_natCast, ← Real.rpow_add, ← Real.rpow_mul] <;> norm_num))

macro "measures" : tactic => `(tactic| simp only [ConditionalMutualInformation, MutualInformation, ConditionalEntropy,
  ConditionalKL, JensenShannon, WeightedJensenShannon, Entropy, CrossEntropy, KL, BinaryEntropy, Mean, Finset.sum_product])

/-- A measure and one of the forms of its definition. -/
syntax "by_definition" : tactic
macro_rules | `(tactic| by_definition) => `(tactic| first
  | rfl
  | (measures <;> by_sums)
  | (marginals; measures <;> by_sums)
  | (measures <;> by_logs)
  | (measures <;> (refine neg_congr ?_; by_sums)))

/-- Under sums over the same values, a factor in front of an inner sum. -/
syntax "by_scaled" : tactic
macro_rules | `(tactic| by_scaled) => `(tactic| first
  | by_same
  | (simp only [Finset.mul_sum] <;> by_same))

/-- Under sums and beside a common factor: a sum of masses is the total of a law, or a marginal mass. -/
syntax "by_marginal" : tactic
macro_rules | `(tactic| by_marginal) => `(tactic| first
  | rfl
  | exact Law.total (by assumption)
  | assumption
  | (refine Eq.trans ?_ (by assumption : _ = (1 : ℝ)); by_same)
  | (refine Finset.sum_congr rfl fun _ _ => ?_; by_marginal)
  | (refine times_congr rfl ?_; by_marginal)
  | (rw [← Finset.sum_div, div_eq_one_iff_eq (by by_nonzero)]; by_marginal)
  | (rw [← Finset.sum_div]; refine div_congr ?_ rfl; by_marginal)
  | by_same)

/-- What is independent by a given, or by what follows of it. -/
syntax "by_independence" : tactic
macro_rules | `(tactic| by_independence) => `(tactic| first
  | solve_by_elim
  | (symm; solve_by_elim)
  | (refine Rule.independence (by by_nonzero) ?_; solve_by_elim)
  | (rw [div_eq_iff (by by_nonzero)]; first | solve_by_elim | (rw [mul_comm]; solve_by_elim) | (symm; solve_by_elim))
  | (rw [eq_div_iff (by by_nonzero)]; first | solve_by_elim | (symm; solve_by_elim)))

syntax "by_each_independence" : tactic
macro_rules | `(tactic| by_each_independence) => `(tactic| first
  | by_independence
  | (refine Finset.sum_congr rfl fun _ _ => ?_; by_each_independence))

/-- A mass is what the others leave of the total. -/
syntax "by_complement" : tactic
macro_rules | `(tactic| by_complement) => `(tactic| first
  | (have total := Law.total (by assumption)
     simp [Finset.sum_Icc_succ_top] at total
     linarith)
  | (masses; ring1))

/-- Of a sum over Kronecker's delta the term is left in which its two values agree. -/
syntax "by_delta" : tactic
macro_rules | `(tactic| by_delta) => `(tactic| first
  | (simp [delta, *]; done)
  | (simp [delta, *] <;> ring1)
  | (refine (Rule.delta_sum (by assumption) fun _ _ apart => ?_).trans ?_ <;> (simp [delta, *]; done))
  | (refine Finset.sum_congr rfl fun _ _ => ?_; by_delta)
  | (refine Finset.sum_comm.trans (Finset.sum_congr rfl fun _ _ => ?_); by_delta))

syntax "by_idle" : tactic
macro_rules | `(tactic| by_idle) => `(tactic| first
  | exact Rule.sum_idle_first
  | exact Rule.sum_idle
  | (simp only [Finset.sum_const, nsmul_eq_mul] <;> by_same)
  | (rw [Finset.sum_comm]; simp only [Finset.sum_const, nsmul_eq_mul] <;> by_same))

syntax "by_split_last" : tactic
macro_rules | `(tactic| by_split_last) => `(tactic| first
  | (refine Rule.split_last ?_ ?_ <;> by_at_least)
  | (symm; refine Rule.split_last ?_ ?_ <;> by_at_least))

syntax "by_law" : tactic
macro_rules | `(tactic| by_law) => `(tactic| first
  | assumption
  | exact Law.product (by assumption) (by assumption)
  | (refine ⟨?_, ?_⟩
     · intro _ _; by_condition
     · simp only [Finset.sum_add_distrib, ← Finset.mul_sum, ← Finset.sum_div, Finset.sum_product]
       first | (rw [Law.total (by assumption), Law.total (by assumption)]; ring1) | by_marginal))

/-! ## Derivatives -/

syntax "by_diff_sum" : tactic
macro_rules | `(tactic| by_diff_sum) => `(tactic| first
  | by_rule Rule.diff_sum
  | (simp only [sub_eq_add_neg]; refine (Rule.diff_sum ?_ ?_).trans (plus_congr ?_ rfl)
     · by_differentiable
     · by_differentiable
     · by_diff_sum)
  | (refine (Rule.diff_sum ?_ ?_).trans (plus_congr ?_ rfl)
     · by_differentiable
     · by_differentiable
     · by_diff_sum))

syntax "by_diff_factor" : tactic
macro_rules | `(tactic| by_diff_factor) => `(tactic| first
  | by_rule Rule.diff_constant_factor
  | (refine Eq.trans (congrArg (fun h => deriv h _) (funext fun _ => ?_)) (Rule.diff_constant_factor (by by_differentiable))
     by_ring))

syntax "by_diff_power" : tactic
macro_rules | `(tactic| by_diff_power) => `(tactic| first
  | by_rule Rule.diff_power
  | (refine (Rule.diff_whole_power _ (by by_differentiable)).trans ?_; first | rfl | (norm_num; done) | (norm_num <;> ring1)))

syntax "by_diff_sums" : tactic
macro_rules | `(tactic| by_diff_sums) => `(tactic| first
  | (refine Rule.diff_under_sum fun _ _ => ?_; by_differentiable)
  | (refine (Rule.diff_under_sum fun _ _ => ?_).trans (Finset.sum_congr rfl fun _ _ => ?_)
     · by_differentiable
     · by_diff_sums))

/-- A derivative by an entry of a vector; the delta of two equal numbers is one. -/
syntax "by_entry" : tactic
macro_rules | `(tactic| by_entry) => `(tactic| first
  | exact Rule.diff_entry
  | (rw [Rule.diff_entry]; simp [delta]; done))

/-! ## Parts, other points and examples -/

macro "by_part " shown:term:max : tactic => `(tactic| first
  | exact $shown
  | exact ($shown).symm
  | exact ($shown).ge
  | exact ($shown).le
  | exact fun m => $shown m
  | exact fun m => ($shown m).symm
  | exact fun m => Iff.symm ($shown m)
  | (apply $shown <;> assumption)
  | (symm; apply $shown <;> assumption))

/-- That a number is inside an interval, or that an interval is open or convex. -/
syntax "by_inside" : tactic
macro_rules | `(tactic| by_inside) => `(tactic| first
  | exact Set.mem_univ _
  | (refine Set.mem_Ioo.mpr ⟨?_, ?_⟩ <;> by_condition)
  | (refine Set.mem_Ioi.mpr ?_; by_condition)
  | (refine Set.mem_Iio.mpr ?_; by_condition))
syntax "by_open" : tactic
macro_rules | `(tactic| by_open) => `(tactic| first | exact isOpen_Ioo | exact isOpen_Ioi | exact isOpen_Iio | exact isOpen_univ)
syntax "by_convex" : tactic
macro_rules | `(tactic| by_convex) => `(tactic| first
  | exact convex_Ioo _ _ | exact convex_Ioi _ | exact convex_Iio _ | exact convex_univ)

/-- A condition of the domain at another point. -/
syntax "by_domain" : tactic
macro_rules | `(tactic| by_domain) => `(tactic| first
  | assumption
  | trivial
  | (refine positive_update (by assumption) _ ?_; by_condition)
  | by_condition)

syntax "by_obligation" : tactic
macro_rules | `(tactic| by_obligation) => `(tactic| first
  | by_condition
  | (intros; by_condition)
  | (intros; simp only [Set.mem_Ioo, Set.mem_Ioi, Set.mem_Iio] at *; casesm* _ ∧ _ <;> by_condition)
  | (intros; masses; by_condition))

/-- A condition of the domain at its example: numbers, alphabets of two elements, uniform laws. -/
syntax "by_example" : tactic
macro_rules | `(tactic| by_example) => `(tactic| first
  | trivial
  | (norm_num; done)
  | (simp [Alphabet]; done)
  | (refine ⟨?_, ?_⟩
     · intro z _
       first
         | (norm_num; done)
         | (obtain ⟨_, _⟩ := z; norm_num; done)
         | (obtain ⟨⟨_, _⟩, _⟩ := z; norm_num; done)
         | (obtain ⟨⟨⟨_, _⟩, _⟩, _⟩ := z; norm_num; done)
     · norm_num [Finset.sum_Icc_succ_top, Finset.sum_product])
  | (intro _ _; norm_num; done)
  | (refine ⟨_, rfl⟩)
  | (refine ⟨1, ?_⟩; norm_num; done)
  | (intros; norm_num [Finset.sum_Icc_succ_top]; done))

end SymKL
