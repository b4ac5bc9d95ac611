-- Not checked: symkl has not run Lean on this file.
import Mathlib

/-!
# What the statement of a certificate means: the definitions to read and to trust

An alphabet is a finite set of two elements or more; a law on it is a function that is positive there and sums to one. The log is
mathlib's `Real.log`, or `Real.logb b` for another base. In Lean `x / 0` is `0`, `Real.log` of a negative number is that of its
absolute value, and `deriv` is `0` where there is no derivative: every statement is therefore made under hypotheses that keep
denominators from zero and arguments of logs positive. Since `Real.log 0 = 0`, `0 log 0 = 0` needs no convention.
-/

noncomputable section

namespace SymKL

/-- Kronecker's delta. -/
def delta (i j : ℕ) : ℝ := if i = j then 1 else 0

/-! ## Laws -/

def Alphabet {T : Type} (A : Finset T) : Prop := 2 ≤ A.card

def Positive {T : Type} (A : Finset T) (P : T → ℝ) : Prop := ∀ x ∈ A, 0 < P x

def Law {T : Type} (A : Finset T) (P : T → ℝ) : Prop := Positive A P ∧ ∑ x ∈ A, P x = 1

def Mean {T : Type} (A : Finset T) (P f : T → ℝ) : ℝ := ∑ x ∈ A, P x * f x

/-! ## Measures, for any log -/

def Entropy (log : ℝ → ℝ) {T : Type} (A : Finset T) (P : T → ℝ) : ℝ :=
  -(∑ x ∈ A, P x * log (P x))

def CrossEntropy (log : ℝ → ℝ) {T : Type} (A : Finset T) (P Q : T → ℝ) : ℝ :=
  -(∑ x ∈ A, P x * log (Q x))

def KL (log : ℝ → ℝ) {T : Type} (A : Finset T) (P Q : T → ℝ) : ℝ :=
  ∑ x ∈ A, P x * log (P x / Q x)

def BinaryEntropy (log : ℝ → ℝ) (t : ℝ) : ℝ := -t * log t - (1 - t) * log (1 - t)

/-- The mean over the law `r` of the divergence of two conditional laws. -/
def ConditionalKL (log : ℝ → ℝ) {T U : Type} (A : Finset T) (B : Finset U) (r : T → ℝ) (p q : T → U → ℝ) : ℝ :=
  ∑ x ∈ A, ∑ y ∈ B, r x * p x y * log (p x y / q x y)

def JensenShannon (log : ℝ → ℝ) {T : Type} (A : Finset T) (P Q : T → ℝ) : ℝ :=
  (KL log A P (fun x => (P x + Q x) / 2) + KL log A Q (fun x => (P x + Q x) / 2)) / 2

def WeightedJensenShannon (log : ℝ → ℝ) {T : Type} (t : ℝ) (A : Finset T) (P Q : T → ℝ) : ℝ :=
  t * KL log A P (fun x => t * P x + (1 - t) * Q x) + (1 - t) * KL log A Q (fun x => t * P x + (1 - t) * Q x)

/-- H(Y | X), where `p x y` is the joint mass. -/
def ConditionalEntropy (log : ℝ → ℝ) {T U : Type} (A : Finset T) (B : Finset U) (p : T → U → ℝ) : ℝ :=
  -(∑ x ∈ A, ∑ y ∈ B, p x y * log (p x y / (∑ y' ∈ B, p x y')))

def MutualInformation (log : ℝ → ℝ) {T U : Type} (A : Finset T) (B : Finset U) (p : T → U → ℝ) : ℝ :=
  ∑ x ∈ A, ∑ y ∈ B, p x y * log (p x y / ((∑ y' ∈ B, p x y') * (∑ x' ∈ A, p x' y)))

/-- I(X; Y | Z), where `p x y z` is the joint mass; each quotient has the mass of Z below. -/
def ConditionalMutualInformation (log : ℝ → ℝ) {T U V : Type} (A : Finset T) (B : Finset U) (C : Finset V)
    (p : T → U → V → ℝ) : ℝ :=
  ∑ x ∈ A, ∑ y ∈ B, ∑ z ∈ C, p x y z *
    log (p x y z / (∑ x' ∈ A, ∑ y' ∈ B, p x' y' z) /
      ((∑ y' ∈ B, p x y' z) / (∑ x' ∈ A, ∑ y' ∈ B, p x' y' z) *
        ((∑ x' ∈ A, p x' y z) / (∑ x' ∈ A, ∑ y' ∈ B, p x' y' z))))

/-! ## Minima and maxima on a set -/

def ArgMin (D : Set ℝ) (f : ℝ → ℝ) (m : ℝ) : Prop := m ∈ D ∧ ∀ x ∈ D, f m ≤ f x

def ArgMax (D : Set ℝ) (f : ℝ → ℝ) (m : ℝ) : Prop := m ∈ D ∧ ∀ x ∈ D, f x ≤ f m

end SymKL

end
