(** What the statement of a certificate means: the definitions to read and to trust.

    An alphabet is a list without repetition; a law on it is a function that is positive there and sums to one. The log
    is Coq's [ln], or [logb b] for another base. Coq's [x / 0] and [ln] of a number that is not positive are junk: every
    statement is therefore made under hypotheses that keep denominators from zero and arguments of logs positive. *)

From Coq Require Import Reals List Classical_Prop Lra.
Open Scope R_scope.

(** ** Finite sums *)

Fixpoint Sum {T : Type} (A : list T) (f : T -> R) : R :=
  match A with
  | nil => 0
  | x :: rest => f x + Sum rest f
  end.

Fixpoint Prod {T : Type} (A : list T) (f : T -> R) : R :=
  match A with
  | nil => 1
  | x :: rest => f x * Prod rest f
  end.

(** The whole numbers from [low] to [high], both included. *)
Definition range (low high : nat) : list nat := seq low (S high - low).

Definition size {T : Type} (A : list T) : R := INR (length A).

Definition delta (i j : nat) : R := if Nat.eqb i j then 1 else 0.

(** ** Laws *)

Definition Alphabet {T : Type} (A : list T) : Prop := NoDup A /\ (2 <= length A)%nat.

Definition Positive {T : Type} (A : list T) (P : T -> R) : Prop := forall x, In x A -> 0 < P x.

Definition Law {T : Type} (A : list T) (P : T -> R) : Prop := Positive A P /\ Sum A P = 1.

(** Laws whose masses may be zero; where [Q] has no mass, [P] has none. *)
Definition LawWithZeros {T : Type} (A : list T) (P : T -> R) : Prop := (forall x, In x A -> 0 <= P x) /\ Sum A P = 1.

Definition AbsolutelyContinuous {T : Type} (A : list T) (P Q : T -> R) : Prop := forall x, In x A -> Q x = 0 -> P x = 0.

Definition Mean {T : Type} (A : list T) (P f : T -> R) : R := Sum A (fun x => P x * f x).

(** ** Measures, for any log *)

Definition logb (b x : R) : R := ln x / ln b.

Definition Entropy (log : R -> R) {T : Type} (A : list T) (P : T -> R) : R :=
  - Sum A (fun x => P x * log (P x)).

Definition CrossEntropy (log : R -> R) {T : Type} (A : list T) (P Q : T -> R) : R :=
  - Sum A (fun x => P x * log (Q x)).

Definition KL (log : R -> R) {T : Type} (A : list T) (P Q : T -> R) : R :=
  Sum A (fun x => P x * log (P x / Q x)).

Definition BinaryEntropy (log : R -> R) (t : R) : R := - t * log t - (1 - t) * log (1 - t).

(** The mean over the law [r] of the divergence of two conditional laws. *)
Definition ConditionalKL (log : R -> R) {T U : Type} (A : list T) (B : list U) (r : T -> R) (p q : T -> U -> R) : R :=
  Sum A (fun x => Sum B (fun y => r x * p x y * log (p x y / q x y))).

Definition JensenShannon (log : R -> R) {T : Type} (A : list T) (P Q : T -> R) : R :=
  (KL log A P (fun x => (P x + Q x) / 2) + KL log A Q (fun x => (P x + Q x) / 2)) / 2.

Definition WeightedJensenShannon (log : R -> R) {T : Type} (t : R) (A : list T) (P Q : T -> R) : R :=
  t * KL log A P (fun x => t * P x + (1 - t) * Q x) + (1 - t) * KL log A Q (fun x => t * P x + (1 - t) * Q x).

(** H(Y | X), where [p x y] is the joint mass. *)
Definition ConditionalEntropy (log : R -> R) {T U : Type} (A : list T) (B : list U) (p : T -> U -> R) : R :=
  - Sum A (fun x => Sum B (fun y => p x y * log (p x y / Sum B (fun y' => p x y')))).

Definition MutualInformation (log : R -> R) {T U : Type} (A : list T) (B : list U) (p : T -> U -> R) : R :=
  Sum A (fun x => Sum B (fun y =>
    p x y * log (p x y / (Sum B (fun y' => p x y') * Sum A (fun x' => p x' y))))).

(** I(X; Y | Z), where [p x y z] is the joint mass and [m z] that of Z. *)
Definition ConditionalMutualInformation
    (log : R -> R) {T U V : Type} (A : list T) (B : list U) (C : list V) (p : T -> U -> V -> R) : R :=
  let m z := Sum A (fun x => Sum B (fun y => p x y z)) in
  Sum A (fun x => Sum B (fun y => Sum C (fun z =>
    p x y z * log (p x y z / m z / (Sum B (fun y' => p x y' z) / m z * (Sum A (fun x' => p x' y z) / m z)))))).

(** ** The one real number with a property; 0 where there is none or more than one *)

Definition below (S : R -> Prop) (r : R) : Prop :=
  (exists l, unique S l /\ r <= l) \/ ((~ exists l, unique S l) /\ r <= 0).

Lemma below_bounded : forall S, bound (below S).
Proof.
  intro S. destruct (classic (exists l, unique S l)) as [[l Hl] | none].
  - exists l. intros r [[m [Hm le]] | [none _]].
    + destruct Hl as [Hl once]. destruct Hm as [Hm _]. rewrite (once m Hm). exact le.
    + exfalso. apply none. exists l. exact Hl.
  - exists 0. intros r [[m [Hm _]] | [_ le]]; [exfalso; apply none; exists m; exact Hm | exact le].
Qed.

Lemma below_inhabited : forall S, exists r, below S r.
Proof.
  intro S. destruct (classic (exists l, unique S l)) as [[l Hl] | none].
  - exists l. left. exists l. split; [exact Hl | lra].
  - exists 0. right. split; [exact none | lra].
Qed.

Definition the (S : R -> Prop) : R := proj1_sig (completeness (below S) (below_bounded S) (below_inhabited S)).

(** ** Calculus *)

Definition Differentiable (f : R -> R) (x : R) : Prop := exists l, derivable_pt_lim f x l.

Definition Derivative (f : R -> R) (x : R) : R := the (derivable_pt_lim f x).

(** An open interval: [lo < x < hi], where either end may be missing. *)
Definition Inside (lo hi : option R) (x : R) : Prop :=
  match lo with Some a => a < x | None => True end /\ match hi with Some b => x < b | None => True end.

(** The vector [z] with [t] in the place of its entry [k]. *)
Definition update (z : nat -> R) (k : nat) (t : R) (i : nat) : R := if Nat.eqb i k then t else z i.

Definition ArgMin (D : R -> Prop) (f : R -> R) (m : R) : Prop := D m /\ forall x, D x -> f m <= f x.

Definition ArgMax (D : R -> Prop) (f : R -> R) (m : R) : Prop := D m /\ forall x, D x -> f x <= f m.
