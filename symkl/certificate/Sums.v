(** Finite sums and laws: what the lemmas of the rules and the tactics rest on. *)

From Coq Require Import Reals List Lra Lia FunctionalExtensionality.
From SymKL Require Import Definitions.
Open Scope R_scope.

(** ** Sums *)

Section Sums.
Context {T : Type}.
Implicit Types (A : list T) (f g : T -> R).

Lemma Sum_ext : forall A f g, (forall x, In x A -> f x = g x) -> Sum A f = Sum A g.
Proof.
  induction A as [| x A IH]; intros f g H; simpl; [reflexivity |].
  rewrite (H x) by (left; reflexivity). rewrite (IH f g); [reflexivity |].
  intros y Hy. apply H. right. exact Hy.
Qed.

Lemma Prod_ext : forall A f g, (forall x, In x A -> f x = g x) -> Prod A f = Prod A g.
Proof.
  induction A as [| x A IH]; intros f g H; simpl; [reflexivity |].
  rewrite (H x) by (left; reflexivity). rewrite (IH f g); [reflexivity |].
  intros y Hy. apply H. right. exact Hy.
Qed.

Lemma Sum_plus : forall A f g, Sum A (fun x => f x + g x) = Sum A f + Sum A g.
Proof. induction A as [| x A IH]; intros; simpl; [lra | rewrite IH; lra]. Qed.

Lemma Sum_opp : forall A f, Sum A (fun x => - f x) = - Sum A f.
Proof. induction A as [| x A IH]; intros; simpl; [lra | rewrite IH; lra]. Qed.

Lemma Sum_scale : forall A c f, Sum A (fun x => c * f x) = c * Sum A f.
Proof. induction A as [| x A IH]; intros; simpl; [lra | rewrite IH; lra]. Qed.

Lemma Sum_div : forall A c f, Sum A (fun x => f x / c) = Sum A f / c.
Proof. induction A as [| x A IH]; intros; simpl; [lra | rewrite IH; lra]. Qed.

Lemma Sum_const : forall A c, Sum A (fun _ => c) = size A * c.
Proof.
  unfold size. induction A as [| x A IH]; intro c; [simpl; lra |].
  simpl Sum. rewrite IH. change (length (x :: A)) with (S (length A)). rewrite S_INR. lra.
Qed.

Lemma Sum_zero : forall A, Sum A (fun _ => 0) = 0.
Proof. intro A. rewrite Sum_const. lra. Qed.

Lemma Sum_nonneg : forall A f, (forall x, In x A -> 0 <= f x) -> 0 <= Sum A f.
Proof.
  induction A as [| x A IH]; intros f H; simpl; [lra |].
  pose proof (H x (or_introl eq_refl)). pose proof (IH f (fun y Hy => H y (or_intror Hy))). lra.
Qed.

Lemma Sum_pos : forall A f, A <> nil -> (forall x, In x A -> 0 < f x) -> 0 < Sum A f.
Proof.
  intros [| x A] f H pos; [congruence |]. simpl. pose proof (pos x (or_introl eq_refl)).
  assert (0 <= Sum A f) by (apply Sum_nonneg; intros y Hy; left; apply pos; right; exact Hy). lra.
Qed.

Lemma Sum_le : forall A f g, (forall x, In x A -> f x <= g x) -> Sum A f <= Sum A g.
Proof.
  induction A as [| x A IH]; intros f g H; simpl; [lra |].
  pose proof (H x (or_introl eq_refl)). pose proof (IH f g (fun y Hy => H y (or_intror Hy))). lra.
Qed.

Lemma Sum_term : forall A f x, (forall y, In y A -> 0 <= f y) -> In x A -> f x <= Sum A f.
Proof.
  induction A as [| z A IH]; intros f x H Hx; [destruct Hx |]. simpl.
  assert (0 <= Sum A f) by (apply Sum_nonneg; intros y Hy; apply H; right; exact Hy).
  pose proof (H z (or_introl eq_refl)). destruct Hx as [-> | Hx]; [lra |].
  pose proof (IH f x (fun y Hy => H y (or_intror Hy)) Hx). lra.
Qed.

Lemma Sum_app : forall A B f, Sum (A ++ B) f = Sum A f + Sum B f.
Proof. induction A as [| x A IH]; intros; simpl; [lra | rewrite IH; lra]. Qed.

(** The terms one after the other, as they are written. *)
Fixpoint Sum_from (total : R) A f : R :=
  match A with
  | nil => total
  | x :: rest => Sum_from (total + f x) rest f
  end.

Lemma Sum_written : forall x A f, Sum (x :: A) f = Sum_from (f x) A f.
Proof.
  intros x A f. simpl. generalize (f x). induction A as [| y A IH]; intro t; simpl; [lra |].
  rewrite <- IH. lra.
Qed.

Fixpoint Prod_from (total : R) A f : R :=
  match A with
  | nil => total
  | x :: rest => Prod_from (total * f x) rest f
  end.

Lemma Prod_written : forall x A f, Prod (x :: A) f = Prod_from (f x) A f.
Proof.
  intros x A f. simpl. generalize (f x). induction A as [| y A IH]; intro t; simpl; [lra |].
  rewrite <- IH. ring.
Qed.

End Sums.

(** A line of many terms, the same for each element of an alphabet: [a x1 + b x1 + a x2 + b x2 + ...]. *)
Definition written (terms : list R) : R :=
  match terms with
  | nil => 0
  | x :: rest => fold_left Rplus rest x
  end.

Lemma written_sum : forall terms, written terms = Sum terms (fun x => x).
Proof.
  intros [| x rest]; [reflexivity |]. simpl. revert x. induction rest as [| y rest IH]; intro x; simpl; [lra |].
  rewrite IH. lra.
Qed.

Lemma written_each : forall (A : list nat) (f g : nat -> list R),
  (forall i, In i A -> written (f i) = written (g i)) -> written (flat_map f A) = written (flat_map g A).
Proof.
  intros A f g H. rewrite !written_sum. induction A as [| i A IH]; [reflexivity |]. simpl. rewrite !Sum_app.
  rewrite <- !(written_sum (f i)), <- !(written_sum (g i)), (H i (or_introl eq_refl)). f_equal. apply IH.
  intros j Hj. apply H. right. exact Hj.
Qed.

Lemma Sum_exchange : forall {T U : Type} (A : list T) (B : list U) f,
  Sum A (fun x => Sum B (fun y => f x y)) = Sum B (fun y => Sum A (fun x => f x y)).
Proof.
  intros T U A B f. induction A as [| x A IH]; simpl; [symmetry; apply Sum_zero |].
  rewrite IH. symmetry. apply Sum_plus.
Qed.

Lemma Sum_map : forall {T U : Type} (A : list T) (h : T -> U) f, Sum (map h A) f = Sum A (fun x => f (h x)).
Proof. intros T U A h f. induction A as [| x A IH]; simpl; [reflexivity | rewrite IH; reflexivity]. Qed.

Lemma Sum_pairs : forall {T U : Type} (A : list T) (B : list U) f,
  Sum (list_prod A B) f = Sum A (fun x => Sum B (fun y => f (x, y))).
Proof.
  intros T U A B f. induction A as [| x A IH]; simpl; [reflexivity |].
  rewrite Sum_app, IH, Sum_map. reflexivity.
Qed.

(** ** Alphabets and laws *)

Lemma Alphabet_some : forall {T : Type} (A : list T), Alphabet A -> A <> nil.
Proof. intros T [| x A] [_ H]; simpl in H; [lia | congruence]. Qed.

Lemma size_positive : forall {T : Type} (A : list T), A <> nil -> 0 < size A.
Proof. intros T [| x A] H; [congruence |]. apply lt_0_INR. cbn. lia. Qed.

Lemma range_some : forall low high, (low <= high)%nat -> range low high <> nil.
Proof. unfold range. intros low high H. replace (S high - low)%nat with (S (high - low)) by lia. discriminate. Qed.

Lemma in_range : forall low high k, (Nat.leb low k && Nat.leb k high)%bool = true -> In k (range low high).
Proof.
  intros low high k H. apply andb_prop in H. destruct H as [above beneath].
  apply PeanoNat.Nat.leb_le in above, beneath. apply in_seq. lia.
Qed.

Lemma in_range_between : forall low high k, (low <= k)%nat -> (k <= high)%nat -> In k (range low high).
Proof. intros low high k above beneath. apply in_seq. lia. Qed.

Lemma range_within : forall a b low high k,
  In k (range a b) -> (Nat.leb low a && Nat.leb b high)%bool = true -> In k (range low high).
Proof.
  intros a b low high k within H. apply andb_prop in H. destruct H as [above beneath].
  apply PeanoNat.Nat.leb_le in above, beneath. apply in_seq in within. apply in_seq. lia.
Qed.

Lemma range_shorter : forall low high less k, In k (range low (high - less)) -> In k (range low high).
Proof. intros low high less k H. apply in_seq in H. apply in_seq. lia. Qed.

Lemma Sum_first : forall low high f, (low <= high)%nat -> Sum (range low high) f = f low + Sum (range (S low) high) f.
Proof. intros low high f H. unfold range. replace (S high - low)%nat with (S (S high - S low)) by lia. reflexivity. Qed.

Lemma range_length : forall low high, length (range low high) = (S high - low)%nat.
Proof. intros. apply seq_length. Qed.

Lemma pairs_some : forall {T U : Type} (A : list T) (B : list U), A <> nil -> B <> nil -> list_prod A B <> nil.
Proof. intros T U [| a A] [| b B] HA HB; try congruence. discriminate. Qed.

Lemma Law_pos : forall {T : Type} (A : list T) P, Law A P -> forall x, In x A -> 0 < P x.
Proof. intros T A P [H _]. exact H. Qed.

Lemma Law_total : forall {T : Type} (A : list T) P, Law A P -> Sum A P = 1.
Proof. intros T A P [_ H]. exact H. Qed.

Lemma Law_less : forall {T : Type} (A : list T) P, Law A P -> (2 <= length A)%nat -> forall x, In x A -> P x < 1.
Proof.
  intros T A P [pos total] two x Hx. rewrite <- total. apply in_split in Hx. destruct Hx as (before & after & ->).
  rewrite Sum_app. simpl.
  assert (forall y, In y (before ++ after) -> 0 < P y) as others.
  { intros y Hy. apply pos. apply in_app_or in Hy. apply in_or_app. destruct Hy; [left | right; right]; assumption. }
  assert (0 < Sum (before ++ after) P) as rest.
  { apply Sum_pos; [| exact others]. intro none. rewrite app_length in two. simpl in two.
    apply (f_equal (@length T)) in none. rewrite app_length in none. simpl in none. lia. }
  rewrite Sum_app in rest. lra.
Qed.

Lemma Law_at_most : forall {T : Type} (A : list T) P, Law A P -> forall x, In x A -> P x <= 1.
Proof.
  intros T A P [pos total] x Hx. rewrite <- total. apply Sum_term; [| exact Hx]. intros y Hy. left. exact (pos y Hy).
Qed.

Lemma Law_pos2 : forall {T U : Type} (A : list T) (B : list U) p,
  Law (list_prod A B) (fun '(x, y) => p x y) -> forall x y, In x A -> In y B -> 0 < p x y.
Proof. intros T U A B p [H _] x y Hx Hy. exact (H (x, y) (in_prod A B x y Hx Hy)). Qed.

Lemma Law_total2 : forall {T U : Type} (A : list T) (B : list U) p,
  Law (list_prod A B) (fun '(x, y) => p x y) -> Sum A (fun x => Sum B (fun y => p x y)) = 1.
Proof. intros T U A B p [_ H]. rewrite Sum_pairs in H. exact H. Qed.

Lemma Law_pos3 : forall {T U V : Type} (A : list T) (B : list U) (C : list V) p,
  Law (list_prod (list_prod A B) C) (fun '(x, y, z) => p x y z) ->
  forall x y z, In x A -> In y B -> In z C -> 0 < p x y z.
Proof.
  intros T U V A B C p [H _] x y z Hx Hy Hz.
  exact (H (x, y, z) (in_prod _ C (x, y) z (in_prod A B x y Hx Hy) Hz)).
Qed.

Lemma Law_total3 : forall {T U V : Type} (A : list T) (B : list U) (C : list V) p,
  Law (list_prod (list_prod A B) C) (fun '(x, y, z) => p x y z) ->
  Sum A (fun x => Sum B (fun y => Sum C (fun z => p x y z))) = 1.
Proof. intros T U V A B C p [_ H]. rewrite !Sum_pairs in H. exact H. Qed.

Lemma Law_pos4 : forall {T U V W : Type} (A : list T) (B : list U) (C : list V) (D : list W) p,
  Law (list_prod (list_prod (list_prod A B) C) D) (fun '(x, y, z, w) => p x y z w) ->
  forall x y z w, In x A -> In y B -> In z C -> In w D -> 0 < p x y z w.
Proof.
  intros T U V W A B C D p [H _] x y z w Hx Hy Hz Hw.
  exact (H (x, y, z, w) (in_prod _ D (x, y, z) w (in_prod _ C (x, y) z (in_prod A B x y Hx Hy) Hz) Hw)).
Qed.

Lemma Law_total4 : forall {T U V W : Type} (A : list T) (B : list U) (C : list V) (D : list W) p,
  Law (list_prod (list_prod (list_prod A B) C) D) (fun '(x, y, z, w) => p x y z w) ->
  Sum A (fun x => Sum B (fun y => Sum C (fun z => Sum D (fun w => p x y z w)))) = 1.
Proof. intros T U V W A B C D p [_ H]. rewrite !Sum_pairs in H. exact H. Qed.

Lemma Law_product : forall {T U : Type} (A : list T) (B : list U) f g,
  Law A f -> Law B g -> Law (list_prod A B) (fun '(x, y) => f x * g y).
Proof.
  intros T U A B f g [Pf Tf] [Pg Tg]. split.
  - intros [x y] H. apply in_prod_iff in H. destruct H. apply Rmult_lt_0_compat; [apply Pf | apply Pg]; assumption.
  - rewrite Sum_pairs. rewrite <- Tf. apply Sum_ext. intros x _. rewrite Sum_scale, Tg. ring.
Qed.

Lemma uniform_law : forall {T : Type} (A : list T) (c : R), A <> nil -> c = 1 / size A -> Law A (fun _ => c).
Proof.
  intros T A c some ->. unfold Law, Positive.
  assert (0 < size A).
  { unfold size. destruct A as [| a A]; [congruence |].
    change (length (a :: A)) with (S (length A)). rewrite S_INR. pose proof (pos_INR (length A)). lra. }
  split; [intros x _; apply Rdiv_lt_0_compat; lra | rewrite Sum_const; field; lra].
Qed.

Lemma normalised_law : forall {T : Type} (A : list T) (f : T -> R),
  A <> nil -> Positive A f -> Law A (fun x => f x / Sum A f).
Proof.
  intros T A f some pos. pose proof (Sum_pos A f some pos) as total. split.
  - intros x Hx. apply Rdiv_lt_0_compat; [apply pos; exact Hx | exact total].
  - rewrite Sum_div. field. lra.
Qed.

(** ** Gibbs' inequality *)

Lemma ln_le_minus_one : forall x, 0 < x -> ln x <= x - 1.
Proof.
  intros x Hx. destruct (Rle_dec (ln x) (x - 1)) as [le | gt]; [exact le | exfalso].
  pose proof (exp_ineq1_le (ln x)) as H. rewrite exp_ln in H by exact Hx. lra.
Qed.

Lemma ln_nonpositive : forall x, 0 < x -> x <= 1 -> 0 <= - ln x.
Proof. intros x Hx Hle. pose proof (ln_le_minus_one x Hx). lra. Qed.

Lemma logb_nonpositive : forall b x, 1 < b -> 0 < x -> x <= 1 -> 0 <= - logb b x.
Proof.
  intros b x Hb Hx Hle. unfold logb, Rdiv. rewrite Ropp_mult_distr_l. apply Rmult_le_pos; [apply ln_nonpositive; assumption |].
  left. apply Rinv_0_lt_compat. rewrite <- ln_1. apply ln_increasing; lra.
Qed.

Lemma ln_nonnegative : forall x, 1 <= x -> 0 <= ln x.
Proof. intros x [lt | <-]; [left; rewrite <- ln_1; apply ln_increasing; lra | rewrite ln_1; lra]. Qed.

Lemma logb_nonnegative : forall b x, 1 < b -> 1 <= x -> 0 <= logb b x.
Proof.
  intros b x Hb Hx. apply Rmult_le_pos; [apply ln_nonnegative; exact Hx |].
  left. apply Rinv_0_lt_compat. rewrite <- ln_1. apply ln_increasing; lra.
Qed.

Lemma ln_positive : forall x, 1 < x -> 0 < ln x.
Proof. intros x H. rewrite <- ln_1. apply ln_increasing; lra. Qed.

Lemma ratio_below_one : forall a b, 0 < b -> a <= b -> a / b <= 1.
Proof. intros a b Hb le. apply Rmult_le_reg_r with b; [exact Hb |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. Qed.

Lemma one_and : forall x, 0 <= x -> 1 <= 1 + x.
Proof. intros. lra. Qed.

Lemma Gibbs : forall {T : Type} (A : list T) P Q,
  Positive A P -> Positive A Q -> Sum A Q <= Sum A P -> 0 <= KL ln A P Q.
Proof.
  intros T A P Q HP HQ total. unfold KL.
  apply Rle_trans with (Sum A (fun x => P x + - Q x)).
  - rewrite Sum_plus, Sum_opp. lra.
  - apply Sum_le. intros x Hx. pose proof (HP x Hx). pose proof (HQ x Hx).
    assert (0 < Q x / P x) as ratio by (apply Rdiv_lt_0_compat; assumption).
    pose proof (ln_le_minus_one _ ratio) as bound.
    replace (P x / Q x) with (/ (Q x / P x)) by (field; lra).
    rewrite ln_Rinv by exact ratio.
    apply Rmult_le_compat_l with (r := P x) in bound; [| lra].
    replace (P x * (Q x / P x - 1)) with (Q x - P x) in bound by (field; lra). lra.
Qed.
