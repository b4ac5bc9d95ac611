-- Not checked: symkl has not run Lean on this file.
import SymKL.Definitions

/-!
# Laws, and the lemmas by which a proof goes down to the place of a rule
-/

noncomputable section

namespace SymKL

/-! ## Laws -/

theorem Law.pos {T : Type} {A : Finset T} {P : T → ℝ} (h : Law A P) : ∀ x ∈ A, 0 < P x := h.1

theorem Law.total {T : Type} {A : Finset T} {P : T → ℝ} (h : Law A P) : ∑ x ∈ A, P x = 1 := h.2

theorem Law.less {T : Type} {A : Finset T} {P : T → ℝ} (h : Law A P) (two : 2 ≤ A.card) : ∀ x ∈ A, P x < 1 := by
  intro x hx
  obtain ⟨y, hy, apart⟩ := Finset.exists_mem_ne two x
  have bound : P x < ∑ z ∈ A, P z :=
    Finset.single_lt_sum apart hx hy (h.1 y hy) (fun z hz _ => (h.1 z hz).le)
  rw [h.2] at bound
  exact bound

theorem Law.at_most {T : Type} {A : Finset T} {P : T → ℝ} (h : Law A P) : ∀ x ∈ A, P x ≤ 1 := by
  intro x hx
  have bound : P x ≤ ∑ z ∈ A, P z := Finset.single_le_sum (fun z hz => (h.1 z hz).le) hx
  rw [h.2] at bound
  exact bound

theorem Law.some {T : Type} {A : Finset T} {P : T → ℝ} (h : Law A P) : A.Nonempty := by
  rcases A.eq_empty_or_nonempty with empty | found
  · have total := h.2
    rw [empty, Finset.sum_empty] at total
    exact absurd total zero_ne_one
  · exact found

/-! A law by its masses at one, two, three and four values. -/

theorem Law.of1 {T : Type} {A : Finset T} {p : T → ℝ} (pos : ∀ x ∈ A, 0 < p x) (total : ∑ x ∈ A, p x = 1) : Law A (fun x => p x) :=
  ⟨pos, total⟩

theorem Law.of2 {T U : Type} {A : Finset T} {B : Finset U} {p : T → U → ℝ} (pos : ∀ x ∈ A, ∀ y ∈ B, 0 < p x y)
    (total : ∑ x ∈ A, ∑ y ∈ B, p x y = 1) : Law (A ×ˢ B) (fun (x, y) => p x y) := by
  constructor
  · rintro ⟨x, y⟩ within
    simp only [Finset.mem_product] at within
    exact pos x within.1 y within.2
  · simp only [Finset.sum_product]
    exact total

theorem Law.of3 {T U V : Type} {A : Finset T} {B : Finset U} {C : Finset V} {p : T → U → V → ℝ}
    (pos : ∀ x ∈ A, ∀ y ∈ B, ∀ z ∈ C, 0 < p x y z) (total : ∑ x ∈ A, ∑ y ∈ B, ∑ z ∈ C, p x y z = 1) :
    Law ((A ×ˢ B) ×ˢ C) (fun ((x, y), z) => p x y z) := by
  constructor
  · rintro ⟨⟨x, y⟩, z⟩ within
    simp only [Finset.mem_product] at within
    exact pos x within.1.1 y within.1.2 z within.2
  · simp only [Finset.sum_product]
    exact total

theorem Law.pos2 {T U : Type} {A : Finset T} {B : Finset U} {p : T → U → ℝ} (h : Law (A ×ˢ B) (fun (x, y) => p x y)) :
    ∀ x ∈ A, ∀ y ∈ B, 0 < p x y :=
  fun x hx y hy => h.1 (x, y) (Finset.mem_product.mpr ⟨hx, hy⟩)

theorem Law.pos3 {T U V : Type} {A : Finset T} {B : Finset U} {C : Finset V} {p : T → U → V → ℝ}
    (h : Law ((A ×ˢ B) ×ˢ C) (fun ((x, y), z) => p x y z)) : ∀ x ∈ A, ∀ y ∈ B, ∀ z ∈ C, 0 < p x y z :=
  fun x hx y hy z hz => h.1 ((x, y), z) (Finset.mem_product.mpr ⟨Finset.mem_product.mpr ⟨hx, hy⟩, hz⟩)

theorem Law.pos4 {T U V W : Type} {A : Finset T} {B : Finset U} {C : Finset V} {E : Finset W} {p : T → U → V → W → ℝ}
    (h : Law (((A ×ˢ B) ×ˢ C) ×ˢ E) (fun (((x, y), z), w) => p x y z w)) :
    ∀ x ∈ A, ∀ y ∈ B, ∀ z ∈ C, ∀ w ∈ E, 0 < p x y z w :=
  fun x hx y hy z hz w hw => h.1 (((x, y), z), w)
    (Finset.mem_product.mpr ⟨Finset.mem_product.mpr ⟨Finset.mem_product.mpr ⟨hx, hy⟩, hz⟩, hw⟩)

theorem Law.total2 {T U : Type} {A : Finset T} {B : Finset U} {p : T → U → ℝ} (h : Law (A ×ˢ B) (fun (x, y) => p x y)) :
    ∑ x ∈ A, ∑ y ∈ B, p x y = 1 := by
  have total := h.2
  simp only [Finset.sum_product] at total
  exact total

theorem Law.total3 {T U V : Type} {A : Finset T} {B : Finset U} {C : Finset V} {p : T → U → V → ℝ}
    (h : Law ((A ×ˢ B) ×ˢ C) (fun ((x, y), z) => p x y z)) : ∑ x ∈ A, ∑ y ∈ B, ∑ z ∈ C, p x y z = 1 := by
  have total := h.2
  simp only [Finset.sum_product] at total
  exact total

theorem Law.total4 {T U V W : Type} {A : Finset T} {B : Finset U} {C : Finset V} {E : Finset W} {p : T → U → V → W → ℝ}
    (h : Law (((A ×ˢ B) ×ˢ C) ×ˢ E) (fun (((x, y), z), w) => p x y z w)) :
    ∑ x ∈ A, ∑ y ∈ B, ∑ z ∈ C, ∑ w ∈ E, p x y z w = 1 := by
  have total := h.2
  simp only [Finset.sum_product] at total
  exact total

theorem Law.product {T U : Type} {A : Finset T} {B : Finset U} {f : T → ℝ} {g : U → ℝ} (hf : Law A f) (hg : Law B g) :
    Law (A ×ˢ B) (fun (x, y) => f x * g y) := by
  constructor
  · rintro ⟨x, y⟩ h
    obtain ⟨hx, hy⟩ := Finset.mem_product.mp h
    exact mul_pos (hf.1 x hx) (hg.1 y hy)
  · simp only [Finset.sum_product, ← Finset.mul_sum, hg.2, mul_one]
    exact hf.2

theorem uniform_law {T : Type} {A : Finset T} {c : ℝ} (pos : 0 < c) (total : (A.card : ℝ) * c = 1) : Law A (fun _ => c) := by
  refine ⟨fun _ _ => pos, ?_⟩
  rw [Finset.sum_const, nsmul_eq_mul]
  exact total

theorem normalised_law {T : Type} {A : Finset T} {f : T → ℝ} (some : A.Nonempty) (pos : Positive A f) :
    Law A (fun x => f x / (∑ y ∈ A, f y)) := by
  have total : 0 < ∑ y ∈ A, f y := Finset.sum_pos pos some
  refine ⟨fun x hx => div_pos (pos x hx) total, ?_⟩
  rw [← Finset.sum_div]
  exact div_self total.ne'

theorem whole_of_part {c d : ℝ} (h : c ≠ 0) : c * (d / c) = d := by
  rw [div_eq_mul_inv, mul_left_comm, mul_inv_cancel₀ h, mul_one]

/-! ## Going down to a place -/

theorem plus_congr {a b c d : ℝ} (h : a = c) (k : b = d) : a + b = c + d := by rw [h, k]
theorem minus_congr {a b c d : ℝ} (h : a = c) (k : -b = -d) : a - b = c - d := by rw [h, neg_inj.mp k]
theorem plus_to_minus {a b c d : ℝ} (h : a = c) (k : b = -d) : a + b = c - d := by rw [h, k, sub_eq_add_neg]
theorem minus_to_plus {a b c d : ℝ} (h : a = c) (k : -b = d) : a - b = c + d := by rw [h, ← k, sub_eq_add_neg]
theorem times_congr {a b c d : ℝ} (h : a = c) (k : b = d) : a * b = c * d := by rw [h, k]
theorem div_congr {a b c d : ℝ} (h : a = c) (k : b = d) : a / b = c / d := by rw [h, k]
theorem neg_congr {a b : ℝ} (h : a = b) : -a = -b := by rw [h]
theorem call_congr {f : ℝ → ℝ} {a b : ℝ} (h : a = b) : f a = f b := by rw [h]
theorem logb_congr {a b c d : ℝ} (h : a = c) (k : b = d) : Real.logb a b = Real.logb c d := by rw [h, k]
theorem pow_congr {n : ℕ} {a b : ℝ} (h : a = b) : a ^ n = b ^ n := by rw [h]
theorem rpow_congr {a b c d : ℝ} (h : a = c) (k : b = d) : a ^ b = c ^ d := by rw [h, k]
theorem relation_congr {r : ℝ → ℝ → Prop} {a b c d : ℝ} (h : a = c) (k : b = d) : r a b ↔ r c d := by rw [h, k]
theorem mean_congr {T : Type} {A : Finset T} {P f g : T → ℝ} (h : ∀ x ∈ A, f x = g x) : Mean A P f = Mean A P g :=
  Finset.sum_congr rfl fun x hx => by rw [h x hx]

theorem argmin_congr {D : Set ℝ} {f g : ℝ → ℝ} (h : ∀ x ∈ D, f x = g x) (m : ℝ) : ArgMin D f m ↔ ArgMin D g m := by
  constructor
  · rintro ⟨hm, least⟩
    exact ⟨hm, fun x hx => by rw [← h m hm, ← h x hx]; exact least x hx⟩
  · rintro ⟨hm, least⟩
    exact ⟨hm, fun x hx => by rw [h m hm, h x hx]; exact least x hx⟩

theorem argmax_congr {D : Set ℝ} {f g : ℝ → ℝ} (h : ∀ x ∈ D, f x = g x) (m : ℝ) : ArgMax D f m ↔ ArgMax D g m := by
  constructor
  · rintro ⟨hm, greatest⟩
    exact ⟨hm, fun x hx => by rw [← h m hm, ← h x hx]; exact greatest x hx⟩
  · rintro ⟨hm, greatest⟩
    exact ⟨hm, fun x hx => by rw [h m hm, h x hx]; exact greatest x hx⟩

theorem deriv_congr_on {D : Set ℝ} (hD : IsOpen D) {f g : ℝ → ℝ} {x : ℝ} (hx : x ∈ D) (h : ∀ t ∈ D, f t = g t) :
    deriv f x = deriv g x :=
  Filter.EventuallyEq.deriv_eq (Filter.eventuallyEq_of_mem (hD.mem_nhds hx) h)

/-! ## Functions that have a derivative, in the form in which a certificate writes them -/

section Differentiable

variable {f g : ℝ → ℝ} {x : ℝ}

theorem differentiable_add (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) :
    DifferentiableAt ℝ (fun t => f t + g t) x :=
  (hf.hasDerivAt.add hg.hasDerivAt).differentiableAt

theorem differentiable_sub (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) :
    DifferentiableAt ℝ (fun t => f t - g t) x :=
  (hf.hasDerivAt.sub hg.hasDerivAt).differentiableAt

theorem differentiable_neg (hf : DifferentiableAt ℝ f x) : DifferentiableAt ℝ (fun t => -(f t)) x :=
  hf.hasDerivAt.neg.differentiableAt

theorem differentiable_mul (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) :
    DifferentiableAt ℝ (fun t => f t * g t) x :=
  (hf.hasDerivAt.mul hg.hasDerivAt).differentiableAt

theorem differentiable_div (h : g x ≠ 0) (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x) :
    DifferentiableAt ℝ (fun t => f t / g t) x :=
  (hf.hasDerivAt.div hg.hasDerivAt h).differentiableAt

theorem differentiable_log (h : f x ≠ 0) (hf : DifferentiableAt ℝ f x) : DifferentiableAt ℝ (fun t => Real.log (f t)) x :=
  (hf.hasDerivAt.log h).differentiableAt

theorem differentiable_logb {b : ℝ} (h : f x ≠ 0) (hf : DifferentiableAt ℝ f x) :
    DifferentiableAt ℝ (fun t => Real.logb b (f t)) x :=
  ((hf.hasDerivAt.log h).div_const (Real.log b)).differentiableAt

theorem differentiable_exp (hf : DifferentiableAt ℝ f x) : DifferentiableAt ℝ (fun t => Real.exp (f t)) x :=
  hf.hasDerivAt.exp.differentiableAt

end Differentiable

theorem derivative_of_sum {T : Type} {A : Finset T} {f : T → ℝ → ℝ} {x : ℝ} (h : ∀ i ∈ A, DifferentiableAt ℝ (f i) x) :
    HasDerivAt (fun t => ∑ i ∈ A, f i t) (∑ i ∈ A, deriv (f i) x) x := by
  have whole := HasDerivAt.sum fun i hi => (h i hi).hasDerivAt
  first
    | exact whole
    | (rw [Finset.sum_fn] at whole; exact whole)

theorem differentiable_sum {T : Type} {A : Finset T} {f : T → ℝ → ℝ} {x : ℝ} (h : ∀ i ∈ A, DifferentiableAt ℝ (f i) x) :
    DifferentiableAt ℝ (fun t => ∑ i ∈ A, f i t) x :=
  (derivative_of_sum h).differentiableAt

theorem differentiable_update (z : ℕ → ℝ) (k i : ℕ) (x : ℝ) :
    DifferentiableAt ℝ (fun t => Function.update z k t i) x := by
  by_cases h : i = k
  · subst h
    simp only [Function.update_self]
    exact differentiableAt_id
  · simp only [Function.update_of_ne h]
    exact differentiableAt_const _

theorem positive_update {A : Finset ℕ} {z : ℕ → ℝ} (h : Positive A z) (k : ℕ) {t : ℝ} (ht : 0 < t) :
    Positive A (Function.update z k t) := by
  intro i hi
  by_cases same : i = k
  · subst same
    rw [Function.update_self]
    exact ht
  · rw [Function.update_of_ne same]
    exact h i hi

end SymKL

end
