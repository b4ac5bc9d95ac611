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
