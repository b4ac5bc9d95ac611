-- Not checked: symkl has not run Lean on this file.
import SymKL.Laws

/-!
# One theorem for each rule, by the rule's name: rule `log-quotient`, theorem `Rule.log_quotient`

A rule on a run of any length has the theorem of its shortest case; the tactics use it again and again. A rule of the log has a second
theorem, `..._base`, for the log to a base.
-/

noncomputable section

namespace SymKL

namespace Rule

/-! ## Algebra -/

theorem distribute {a b c : ℝ} : a * (b + c) = a * b + a * c := mul_add a b c

theorem distribute_right {a b c : ℝ} : (b + c) * a = b * a + c * a := add_mul b c a

theorem product_sign {a b : ℝ} : a * (-b) = -(a * b) := mul_neg a b

theorem quotient_sign {a b : ℝ} (_ : b ≠ 0) : (-a) / b = -(a / b) := neg_div b a

theorem sum_sign {a b : ℝ} : -(a + b) = -a + -b := neg_add a b

theorem double_negation {a : ℝ} : -(-a) = a := neg_neg a

theorem times_one {a b : ℝ} : a * 1 * b = a * b := by rw [mul_one]

theorem times_zero {a b : ℝ} : a * 0 * b = 0 := by rw [mul_zero, zero_mul]

theorem plus_zero {a b : ℝ} : a + 0 + b = a + b := by rw [add_zero]

theorem minus_zero : -(0 : ℝ) = 0 := neg_zero

theorem over_one {a : ℝ} : a / 1 = a := div_one a

theorem zero_over {a : ℝ} (_ : a ≠ 0) : 0 / a = 0 := zero_div a

theorem cancel {a : ℝ} (h : a ≠ 0) : a / a = 1 := div_self h

theorem cancel_factor {a b c d e : ℝ} (hb : b ≠ 0) (hd : d ≠ 0) (he : e ≠ 0) :
    (a * b * c) / (d * b * e) = (a * c) / (d * e) := by
  rw [div_eq_div_iff (mul_ne_zero (mul_ne_zero hd hb) he) (mul_ne_zero hd he)]
  ring

theorem cancel_against {a b c : ℝ} (hb : b ≠ 0) : (a * b * c) / b = a * c := by
  rw [div_eq_iff hb]
  ring

theorem cancel_below {a b c : ℝ} (hb : b ≠ 0) (ha : a ≠ 0) (hc : c ≠ 0) : b / (a * b * c) = 1 / (a * c) := by
  rw [div_eq_div_iff (mul_ne_zero (mul_ne_zero ha hb) hc) (mul_ne_zero ha hc)]
  ring

theorem cancel_square {a : ℝ} (ha : a ≠ 0) : a ^ 2 / a = a := by
  rw [div_eq_iff ha]
  ring

theorem cancel_product {a b c d e : ℝ} (hc : c ≠ 0) : a * c * b * (d / c) * e = a * b * d * e := by
  have whole : c * (d / c) = d := whole_of_part hc
  linear_combination a * b * e * whole

theorem cancel_product_left {a b c d e : ℝ} (hc : c ≠ 0) : a * (d / c) * b * c * e = a * d * b * e := by
  have whole : c * (d / c) = d := whole_of_part hc
  linear_combination a * b * e * whole

theorem split_fraction {a b c : ℝ} (_ : c ≠ 0) : (a + b) / c = a / c + b / c := add_div a b c

theorem common_denominator {a b c d : ℝ} (hb : b ≠ 0) (hd : d ≠ 0) : a / b + c / d = (a * d + c * b) / (b * d) := by
  rw [div_add_div _ _ hb hd]
  ring

theorem fraction_difference {a b c d : ℝ} (hb : b ≠ 0) (hd : d ≠ 0) : a / b - c / d = (a * d - c * b) / (b * d) := by
  rw [div_sub_div _ _ hb hd]
  ring

theorem negative_fraction_plus {a b c d : ℝ} (hb : b ≠ 0) (hd : d ≠ 0) :
    -(a / b) + c / d = (c * b - a * d) / (b * d) := by
  rw [neg_add_eq_sub, div_sub_div _ _ hd hb]
  ring

theorem multiply_fractions {a b c : ℝ} (_ : c ≠ 0) : a * (b / c) = (a * b) / c := (mul_div_assoc a b c).symm

theorem multiply_fraction_right {a b c : ℝ} (_ : c ≠ 0) : (b / c) * a = (b * a) / c := div_mul_eq_mul_div b c a

theorem divide_fraction {a b c : ℝ} (_ : b ≠ 0) (_ : c ≠ 0) : (a / b) / c = a / (b * c) := div_div a b c

theorem divide_by_fraction {a b c : ℝ} (_ : b ≠ 0) (_ : c ≠ 0) : a / (b / c) = (a * c) / b := div_div_eq_mul_div a b c

theorem power_zero {a : ℝ} (_ : a ≠ 0) : a ^ (0 : ℕ) = 1 := pow_zero a

theorem power_one {a : ℝ} : a ^ (1 : ℕ) = a := pow_one a

theorem power_product {a b c : ℝ} (ha : 0 < a) : a ^ b * a ^ c = a ^ (b + c) := (Real.rpow_add ha b c).symm

theorem power_of_power {a b c : ℝ} (ha : 0 < a) : (a ^ b) ^ c = a ^ (b * c) := (Real.rpow_mul ha.le b c).symm

theorem power_of_product {a b c : ℝ} (ha : 0 < a) (hb : 0 < b) : (a * b) ^ c = a ^ c * b ^ c :=
  Real.mul_rpow ha.le hb.le

theorem power_of_quotient {a b c : ℝ} (ha : 0 < a) (hb : 0 < b) : (a / b) ^ c = a ^ c / b ^ c :=
  Real.div_rpow ha.le hb.le c

theorem power_negative {a b : ℝ} (ha : 0 < a) : a ^ (-b) = 1 / a ^ b := by
  rw [Real.rpow_neg ha.le, one_div]

theorem power_of_one {a : ℝ} : (1 : ℝ) ^ a = 1 := Real.one_rpow a

/-! ## Logs and exponentials -/

theorem log_product {a b : ℝ} (ha : 0 < a) (hb : 0 < b) : Real.log (a * b) = Real.log a + Real.log b :=
  Real.log_mul ha.ne' hb.ne'

theorem log_product_base {k a b : ℝ} (ha : 0 < a) (hb : 0 < b) : Real.logb k (a * b) = Real.logb k a + Real.logb k b :=
  Real.logb_mul ha.ne' hb.ne'

theorem log_quotient {a b : ℝ} (ha : 0 < a) (hb : 0 < b) : Real.log (a / b) = Real.log a - Real.log b :=
  Real.log_div ha.ne' hb.ne'

theorem log_quotient_base {k a b : ℝ} (ha : 0 < a) (hb : 0 < b) : Real.logb k (a / b) = Real.logb k a - Real.logb k b :=
  Real.logb_div ha.ne' hb.ne'

theorem log_reciprocal {a : ℝ} (_ : 0 < a) : Real.log (1 / a) = -Real.log a := by
  rw [one_div, Real.log_inv]

theorem log_reciprocal_base {k a : ℝ} (_ : 0 < a) : Real.logb k (1 / a) = -Real.logb k a := by
  rw [one_div, Real.logb_inv]

theorem log_inverted {a b : ℝ} (ha : 0 < a) (hb : 0 < b) : Real.log (a / b) = -Real.log (b / a) := by
  rw [log_quotient ha hb, log_quotient hb ha, neg_sub]

theorem log_inverted_base {k a b : ℝ} (ha : 0 < a) (hb : 0 < b) : Real.logb k (a / b) = -Real.logb k (b / a) := by
  rw [log_quotient_base ha hb, log_quotient_base hb ha, neg_sub]

theorem log_power {a b : ℝ} (ha : 0 < a) : Real.log (a ^ b) = b * Real.log a := Real.log_rpow ha b

theorem log_power_base {k a b : ℝ} (ha : 0 < a) : Real.logb k (a ^ b) = b * Real.logb k a := by
  unfold Real.logb
  rw [Real.log_rpow ha, mul_div_assoc]

theorem log_one : Real.log 1 = 0 := Real.log_one

theorem log_one_base {k : ℝ} : Real.logb k 1 = 0 := Real.logb_one

theorem log_of_base {b : ℝ} (hb : 0 < b) (apart : b ≠ 1) : Real.logb b b = 1 := by
  unfold Real.logb
  exact div_self (Real.log_ne_zero_of_pos_of_ne_one hb apart)

theorem log_of_base_natural : Real.log (Real.exp 1) = 1 := Real.log_exp 1

theorem change_of_base {b a : ℝ} (_ : 0 < a) (_ : 0 < b) (_ : b ≠ 1) : Real.logb b a = Real.log a / Real.log b := rfl

theorem log_exp {a : ℝ} : Real.log (Real.exp a) = a := Real.log_exp a

theorem exp_log {a : ℝ} (ha : 0 < a) : Real.exp (Real.log a) = a := Real.exp_log ha

theorem exp_sum {a b : ℝ} : Real.exp (a + b) = Real.exp a * Real.exp b := Real.exp_add a b

theorem exp_negation {a : ℝ} : Real.exp (-a) = 1 / Real.exp a := by
  rw [Real.exp_neg, one_div]

theorem exp_product {a b : ℝ} : Real.exp a * Real.exp b = Real.exp (a + b) := (Real.exp_add a b).symm

theorem exp_of_sum {T : Type} {A : Finset T} {f : T → ℝ} : Real.exp (∑ x ∈ A, f x) = ∏ x ∈ A, Real.exp (f x) :=
  Real.exp_sum A f

theorem exp_power {a b : ℝ} (hb : 0 < b) : Real.exp (a * Real.log b) = b ^ a := by
  rw [Real.rpow_def_of_pos hb, mul_comm]

theorem power_of_log {b a : ℝ} (ha : 0 < a) (hb : 0 < b) (apart : b ≠ 1) : b ^ (Real.logb b a) = a :=
  Real.rpow_logb hb apart ha

theorem power_of_log_multiple {b a c : ℝ} (hc : 0 < c) (hb : 0 < b) (apart : b ≠ 1) : b ^ (a * Real.logb b c) = c ^ a := by
  rw [mul_comm, Real.rpow_mul hb.le, Real.rpow_logb hb apart hc]

theorem product_power {T : Type} {A : Finset T} {b : ℝ} {f : T → ℝ} (hb : 0 < b) :
    b ^ (∑ x ∈ A, f x) = ∏ x ∈ A, b ^ (f x) :=
  Real.rpow_sum_of_pos hb f A

theorem log_of_finite_product {T : Type} {A : Finset T} {f : T → ℝ} (hf : ∀ x ∈ A, 0 < f x) :
    Real.log (∏ x ∈ A, f x) = ∑ x ∈ A, Real.log (f x) :=
  Real.log_prod (hf := fun x hx => (hf x hx).ne')

theorem log_of_finite_product_base {T : Type} {k : ℝ} {A : Finset T} {f : T → ℝ} (hf : ∀ x ∈ A, 0 < f x) :
    Real.logb k (∏ x ∈ A, f x) = ∑ x ∈ A, Real.logb k (f x) := by
  unfold Real.logb
  rw [log_of_finite_product hf, Finset.sum_div]

/-! ## Sums and laws -/

theorem sum_linearity {T : Type} {A : Finset T} {f g : T → ℝ} :
    ∑ x ∈ A, (f x + g x) = ∑ x ∈ A, f x + ∑ x ∈ A, g x :=
  Finset.sum_add_distrib

theorem sum_negation {T : Type} {A : Finset T} {f : T → ℝ} : ∑ x ∈ A, -(f x) = -(∑ x ∈ A, f x) := by
  rw [Finset.sum_neg_distrib]

theorem sum_constant_out {T : Type} {A : Finset T} {c : ℝ} {f g : T → ℝ} :
    ∑ x ∈ A, f x * c * g x = c * (∑ x ∈ A, f x * g x) := by
  rw [Finset.mul_sum]
  exact Finset.sum_congr rfl fun x _ => by ring

theorem sum_denominator_out {T : Type} {A : Finset T} {c : ℝ} {f : T → ℝ} (_ : c ≠ 0) :
    ∑ x ∈ A, f x / c = (∑ x ∈ A, f x) / c := by
  rw [Finset.sum_div]

theorem factor_into_sum {T : Type} {A : Finset T} {c d : ℝ} {f : T → ℝ} :
    c * (∑ x ∈ A, f x) * d = ∑ x ∈ A, c * f x * d := by
  rw [Finset.mul_sum, Finset.sum_mul]

theorem sum_of_constant {T : Type} {A : Finset T} {c : ℝ} : ∑ _x ∈ A, c = (A.card : ℝ) * c := by
  rw [Finset.sum_const, nsmul_eq_mul]

theorem size_of_range {n : ℕ} : ((Finset.Icc 1 n).card : ℝ) = (n : ℝ) := by
  rw [Nat.card_Icc, Nat.add_sub_cancel]

theorem sum_of_zero {T : Type} {A : Finset T} : ∑ _x ∈ A, (0 : ℝ) = 0 := Finset.sum_const_zero

theorem sum_rename {T : Type} {A : Finset T} {f : T → ℝ} : ∑ x ∈ A, f x = ∑ y ∈ A, f y := rfl

theorem sum_exchange {T U : Type} {A : Finset T} {B : Finset U} {f : T → U → ℝ} :
    ∑ x ∈ A, ∑ y ∈ B, f x y = ∑ y ∈ B, ∑ x ∈ A, f x y :=
  Finset.sum_comm

theorem sum_order {T U : Type} {A : Finset T} {B : Finset U} {f : T → U → ℝ} :
    ∑ x ∈ A, ∑ y ∈ B, f x y = ∑ y ∈ B, ∑ x ∈ A, f x y :=
  Finset.sum_comm

theorem sum_nest {T U : Type} {A : Finset T} {B : Finset U} {f : T → U → ℝ} :
    ∑ z ∈ A ×ˢ B, f z.1 z.2 = ∑ x ∈ A, ∑ y ∈ B, f x y := by
  simp only [Finset.sum_product]

theorem sum_merge {T U : Type} {A : Finset T} {B : Finset U} {f : T → U → ℝ} :
    ∑ x ∈ A, ∑ y ∈ B, f x y = ∑ z ∈ A ×ˢ B, f z.1 z.2 := by
  simp only [Finset.sum_product]

theorem sum_idle {T U : Type} {A : Finset T} {B : Finset U} {f : T → ℝ} :
    ∑ x ∈ A, ∑ _y ∈ B, f x = ∑ x ∈ A, (B.card : ℝ) * f x :=
  Finset.sum_congr rfl fun _ _ => sum_of_constant

theorem sum_idle_first {T U : Type} {A : Finset T} {B : Finset U} {f : U → ℝ} :
    ∑ _x ∈ A, ∑ y ∈ B, f y = ∑ y ∈ B, (A.card : ℝ) * f y := by
  rw [Finset.sum_comm]
  exact sum_idle

theorem write_out {f : ℕ → ℝ} {low high : ℕ} (within : low ≤ high + 1) :
    ∑ k ∈ Finset.Icc low (high + 1), f k = ∑ k ∈ Finset.Icc low high, f k + f (high + 1) :=
  Finset.sum_Icc_succ_top within f

theorem split_last {f : ℕ → ℝ} {low high : ℕ} (one : 1 ≤ low) (within : low ≤ high) :
    ∑ k ∈ Finset.Icc low high, f k = ∑ k ∈ Finset.Icc low (high - 1), f k + f high := by
  obtain ⟨before, rfl⟩ : ∃ before, high = before + 1 := ⟨high - 1, by omega⟩
  rw [Nat.add_sub_cancel]
  exact Finset.sum_Icc_succ_top within f

theorem delta_sum {A : Finset ℕ} {f : ℕ → ℝ} {k : ℕ} (hk : k ∈ A) (zero : ∀ i ∈ A, i ≠ k → f i = 0) :
    ∑ i ∈ A, f i = f k :=
  Finset.sum_eq_single_of_mem k hk zero

theorem expectation_as_sum {T : Type} {A : Finset T} {P f : T → ℝ} : Mean A P f = ∑ x ∈ A, P x * f x := rfl

theorem expectation_sign {T : Type} {A : Finset T} {P f : T → ℝ} : Mean A P (fun x => -(f x)) = -(Mean A P f) := by
  unfold Mean
  rw [← Finset.sum_neg_distrib]
  exact Finset.sum_congr rfl fun x _ => mul_neg (P x) (f x)

theorem marginalise {T : Type} {A : Finset T} {P : T → ℝ} (h : Law A P) : ∑ x ∈ A, P x = 1 := h.2

/-- A mass is what the others leave of the total. -/
theorem complement {mass others : ℝ} (total : others + mass = 1) : mass = 1 - others := by linarith

/-- What is independent given a condition has the product of the conditional masses. -/
theorem independence {joint left right condition : ℝ} (h : condition ≠ 0) (split : joint * condition = left * right) :
    joint / condition = (left / condition) * (right / condition) := by
  rw [div_mul_div_comm, div_eq_div_iff h (mul_ne_zero h h)]
  linear_combination condition * split

/-- The joint mass is the mass of the condition times the conditional mass. -/
theorem condition {joint condition : ℝ} (h : condition ≠ 0) : joint = condition * (joint / condition) :=
  (whole_of_part h).symm

/-! ## Derivatives -/

section Calculus

variable {f g : ℝ → ℝ} {x : ℝ}

theorem diff_negation : deriv (fun t => -(f t)) x = -(deriv f x) :=
  deriv.neg (f := f) (x := x)

theorem diff_constant_factor {c : ℝ} (hf : DifferentiableAt ℝ f x) : deriv (fun t => c * f t) x = c * deriv f x :=
  deriv_const_mul c hf

theorem diff_constant_denominator {c : ℝ} (_ : c ≠ 0) (_ : DifferentiableAt ℝ f x) :
    deriv (fun t => f t / c) x = deriv f x / c :=
  deriv_div_const c

theorem diff_sum (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) :
    deriv (fun t => f t + g t) x = deriv f x + deriv g x :=
  (hf.hasDerivAt.add hg.hasDerivAt).deriv

theorem diff_product (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) :
    deriv (fun t => f t * g t) x = deriv f x * g x + f x * deriv g x :=
  (hf.hasDerivAt.mul hg.hasDerivAt).deriv

theorem diff_quotient (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) (h : g x ≠ 0) :
    deriv (fun t => f t / g t) x = (deriv f x * g x - f x * deriv g x) / g x ^ 2 :=
  (hf.hasDerivAt.div hg.hasDerivAt h).deriv

theorem diff_ln (hf : DifferentiableAt ℝ f x) (pos : 0 < f x) : deriv (fun t => Real.log (f t)) x = deriv f x / f x :=
  (hf.hasDerivAt.log pos.ne').deriv

theorem diff_log {b : ℝ} (hf : DifferentiableAt ℝ f x) (pos : 0 < f x) (_ : 0 < b) (_ : b ≠ 1) :
    deriv (fun t => Real.logb b (f t)) x = deriv f x / (f x * Real.log b) := by
  have whole : HasDerivAt (fun t => Real.log (f t) / Real.log b) (deriv f x / f x / Real.log b) x :=
    (hf.hasDerivAt.log pos.ne').div_const (Real.log b)
  rw [← div_div]
  exact whole.deriv

theorem diff_exp (hf : DifferentiableAt ℝ f x) : deriv (fun t => Real.exp (f t)) x = Real.exp (f x) * deriv f x :=
  hf.hasDerivAt.exp.deriv

theorem diff_whole_power (n : ℕ) (hf : DifferentiableAt ℝ f x) :
    deriv (fun t => f t ^ n) x = (n : ℝ) * f x ^ (n - 1) * deriv f x :=
  ((hasDerivAt_pow n (f x)).comp x hf.hasDerivAt).deriv

theorem diff_square (hf : DifferentiableAt ℝ f x) : deriv (fun t => f t ^ (2 : ℕ)) x = 2 * f x * deriv f x := by
  rw [diff_whole_power 2 hf]
  norm_num

theorem diff_power {k : ℝ} (hf : DifferentiableAt ℝ f x) (pos : 0 < f x) :
    deriv (fun t => f t ^ k) x = k * f x ^ (k - 1) * deriv f x := by
  rw [(hf.hasDerivAt.rpow_const (Or.inl pos.ne')).deriv]
  ring

theorem diff_exponent (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) (pos : 0 < f x) :
    deriv (fun t => f t ^ g t) x = f x ^ g x * deriv (fun t => g t * Real.log (f t)) x := by
  have inner : DifferentiableAt ℝ (fun t => g t * Real.log (f t)) x := hg.mul (hf.log pos.ne')
  have near : (fun t => f t ^ g t) =ᶠ[nhds x] fun t => Real.exp (g t * Real.log (f t)) := by
    filter_upwards [hf.continuousAt.eventually (lt_mem_nhds pos)] with t ht
    rw [Real.rpow_def_of_pos ht, mul_comm]
  rw [near.deriv_eq, diff_exp inner, Real.rpow_def_of_pos pos, mul_comm (Real.log (f x))]

theorem diff_constant {c : ℝ} : deriv (fun _ : ℝ => c) x = 0 := deriv_const x c

theorem diff_variable : deriv (fun t : ℝ => t) x = 1 := deriv_id x

theorem diff_entry {z : ℕ → ℝ} {i k : ℕ} : deriv (fun t => Function.update z k t i) x = delta i k := by
  unfold delta
  by_cases h : i = k
  · subst h
    rw [if_pos rfl]
    simp only [Function.update_self]
    exact deriv_id x
  · rw [if_neg h]
    simp only [Function.update_of_ne h]
    exact deriv_const x _

end Calculus

theorem diff_under_sum {T : Type} {A : Finset T} {f : T → ℝ → ℝ} {x : ℝ} (h : ∀ i ∈ A, DifferentiableAt ℝ (f i) x) :
    deriv (fun t => ∑ i ∈ A, f i t) x = ∑ i ∈ A, deriv (f i) x :=
  (derivative_of_sum h).deriv

/-! ## Minima and maxima -/

theorem argmin_constant {D : Set ℝ} {f : ℝ → ℝ} {c m : ℝ} : ArgMin D (fun t => f t + c) m ↔ ArgMin D f m := by
  unfold ArgMin
  simp only [add_le_add_iff_right]

theorem argmin_factor {D : Set ℝ} {f : ℝ → ℝ} {c m : ℝ} (pos : 0 < c) : ArgMin D (fun t => c * f t) m ↔ ArgMin D f m := by
  constructor
  · rintro ⟨hm, least⟩
    exact ⟨hm, fun x hx => le_of_mul_le_mul_left (least x hx) pos⟩
  · rintro ⟨hm, least⟩
    exact ⟨hm, fun x hx => mul_le_mul_of_nonneg_left (least x hx) pos.le⟩

theorem argmax_constant {D : Set ℝ} {f : ℝ → ℝ} {c m : ℝ} : ArgMax D (fun t => f t + c) m ↔ ArgMax D f m := by
  unfold ArgMax
  simp only [add_le_add_iff_right]

theorem argmin_negation {D : Set ℝ} {f : ℝ → ℝ} {m : ℝ} : ArgMin D (fun t => -(f t)) m ↔ ArgMax D f m := by
  unfold ArgMin ArgMax
  simp only [neg_le_neg_iff]

theorem convex_minimum {D : Set ℝ} {f : ℝ → ℝ} {a : ℝ} (convex : Convex ℝ D)
    (diff : ∀ t ∈ D, DifferentiableAt ℝ f t) (pos : ∀ t ∈ D, deriv (deriv f) t > 0)
    (zero : ∀ t ∈ D, (deriv f t = 0 ↔ t = a)) (ha : a ∈ D) : ∀ m, ArgMin D f m ↔ m = a := by
  have strict : StrictConvexOn ℝ D f :=
    strictConvexOn_of_deriv2_pos' convex (fun t ht => (diff t ht).continuousAt.continuousWithinAt) (fun t ht => pos t ht)
  have flat : deriv f a = 0 := (zero a ha).mpr rfl
  have least : ∀ t ∈ D, f a ≤ f t := by
    intro t ht
    rcases lt_trichotomy t a with below | same | above
    · have rise := strict.convexOn.slope_le_deriv ht ha below (diff a ha)
      rw [flat, slope_def_field, div_le_iff₀ (sub_pos.mpr below)] at rise
      linarith
    · exact (congrArg f same.symm).le
    · have rise := strict.convexOn.deriv_le_slope ha ht above (diff a ha)
      rw [flat, slope_def_field, le_div_iff₀ (sub_pos.mpr above)] at rise
      linarith
  intro m
  constructor
  · rintro ⟨hm, lowest⟩
    exact strict.eq_of_isMinOn (isMinOn_iff.mpr lowest) (isMinOn_iff.mpr least) hm ha
  · rintro rfl
    exact ⟨ha, least⟩

/-! ## Statements -/

theorem add_to_both_sides {a b c : ℝ} : a = b ↔ a + c = b + c := (add_left_inj c).symm

theorem multiply_both_sides {a b c : ℝ} (h : c ≠ 0) : a = b ↔ a * c = b * c := (mul_left_inj' h).symm

theorem swap_sides {a b : ℝ} : a = b ↔ b = a := eq_comm

theorem fraction_zero {a b : ℝ} (h : b ≠ 0) : a / b = 0 ↔ a = 0 := by
  rw [div_eq_zero_iff]
  exact or_iff_left h

theorem difference_zero {a b : ℝ} : a - b = 0 ↔ a = b := sub_eq_zero

/-! ## Inequalities -/

theorem positive {a : ℝ} (h : 0 < a) : a > 0 := h

theorem not_negative {a : ℝ} (h : 0 ≤ a) : a ≥ 0 := h

theorem not_positive {a : ℝ} (h : 0 ≤ a) : -a ≤ 0 := neg_nonpos.mpr h

theorem drop_positive_term {a b : ℝ} (h : 0 ≤ b) : a + b ≥ a := le_add_of_nonneg_right h

theorem add_positive_term {a b : ℝ} (h : 0 ≤ b) : a ≤ a + b := le_add_of_nonneg_right h

theorem drop_negative_term {a b : ℝ} (h : 0 ≤ b) : a - b ≤ a := sub_le_self a h

theorem difference_not_negative {a b : ℝ} : a - b ≥ 0 ↔ a ≥ b := sub_nonneg

theorem log_below_line {a : ℝ} (ha : 0 < a) : Real.log a ≤ a - 1 := Real.log_le_sub_one_of_pos ha

theorem mean_log_below_line {T : Type} {A : Finset T} {a b : T → ℝ} (ha : ∀ x ∈ A, 0 < a x) (hb : ∀ x ∈ A, 0 < b x) :
    -(∑ x ∈ A, a x * Real.log (b x)) ≥ -(∑ x ∈ A, a x * (b x - 1)) :=
  neg_le_neg (Finset.sum_le_sum fun x hx => mul_le_mul_of_nonneg_left (log_below_line (hb x hx)) (ha x hx).le)

theorem gibbs {T : Type} {A : Finset T} {P Q : T → ℝ} (hP : Law A P) (hQ : Law A Q) : KL Real.log A P Q ≥ 0 := by
  have each : ∀ x ∈ A, P x - Q x ≤ P x * Real.log (P x / Q x) := by
    intro x hx
    have p := hP.1 x hx
    have q := hQ.1 x hx
    have line := mul_le_mul_of_nonneg_left (log_below_line (div_pos q p)) p.le
    have whole : P x * (Q x / P x) = Q x := whole_of_part p.ne'
    rw [log_inverted q p, mul_sub, whole] at line
    linarith
  have total : ∑ x ∈ A, (P x - Q x) = 0 := by
    rw [Finset.sum_sub_distrib, hP.2, hQ.2, sub_self]
  have bound := Finset.sum_le_sum each
  rw [total] at bound
  exact bound

theorem gibbs_base {k : ℝ} (hk : 1 < k) {T : Type} {A : Finset T} {P Q : T → ℝ} (hP : Law A P) (hQ : Law A Q) :
    KL (Real.logb k) A P Q ≥ 0 := by
  have scaled : KL (Real.logb k) A P Q = KL Real.log A P Q / Real.log k := by
    unfold KL Real.logb
    rw [Finset.sum_div]
    exact Finset.sum_congr rfl fun x _ => (mul_div_assoc _ _ _).symm
  rw [scaled]
  exact div_nonneg (gibbs hP hQ) (Real.log_pos hk).le

theorem jensen_log {T : Type} {A : Finset T} {P f : T → ℝ} (hP : Law A P) (hf : ∀ x ∈ A, 0 < f x) :
    Mean A P (fun x => Real.log (f x)) ≤ Real.log (Mean A P f) := by
  have bound := strictConcaveOn_log_Ioi.concaveOn.le_map_sum (fun x hx => (hP.1 x hx).le) hP.2
    (fun x hx => Set.mem_Ioi.mpr (hf x hx))
  simpa only [Mean, smul_eq_mul] using bound

theorem jensen_log_base {k : ℝ} (hk : 1 < k) {T : Type} {A : Finset T} {P f : T → ℝ} (hP : Law A P)
    (hf : ∀ x ∈ A, 0 < f x) : Mean A P (fun x => Real.logb k (f x)) ≤ Real.logb k (Mean A P f) := by
  have scaled : Mean A P (fun x => Real.logb k (f x)) = Mean A P (fun x => Real.log (f x)) / Real.log k := by
    unfold Mean Real.logb
    rw [Finset.sum_div]
    exact Finset.sum_congr rfl fun x _ => (mul_div_assoc _ _ _).symm
  rw [scaled]
  exact div_le_div_of_nonneg_right (jensen_log hP hf) (Real.log_pos hk).le

theorem jensen_minus_log {T : Type} {A : Finset T} {P f : T → ℝ} (hP : Law A P) (hf : ∀ x ∈ A, 0 < f x) :
    -(Mean A P (fun x => Real.log (f x))) ≥ -(Real.log (Mean A P f)) :=
  neg_le_neg (jensen_log hP hf)

theorem jensen_minus_log_base {k : ℝ} (hk : 1 < k) {T : Type} {A : Finset T} {P f : T → ℝ} (hP : Law A P)
    (hf : ∀ x ∈ A, 0 < f x) : -(Mean A P (fun x => Real.logb k (f x))) ≥ -(Real.logb k (Mean A P f)) :=
  neg_le_neg (jensen_log_base hk hP hf)

end Rule

end SymKL

end
