(** Finite sums, positivity and derivatives: what the lemmas of the rules and the tactics rest on. *)

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

Lemma range_some : forall low high, (low <= high)%nat -> range low high <> nil.
Proof. unfold range. intros low high H. replace (S high - low)%nat with (S (high - low)) by lia. discriminate. Qed.

Lemma in_range : forall low high k, (Nat.leb low k && Nat.leb k high)%bool = true -> In k (range low high).
Proof.
  intros low high k H. apply andb_prop in H. destruct H as [above beneath].
  apply PeanoNat.Nat.leb_le in above, beneath. apply in_seq. lia.
Qed.

Lemma range_within : forall a b low high k,
  In k (range a b) -> (Nat.leb low a && Nat.leb b high)%bool = true -> In k (range low high).
Proof.
  intros a b low high k within H. apply andb_prop in H. destruct H as [above beneath].
  apply PeanoNat.Nat.leb_le in above, beneath. apply in_seq in within. apply in_seq. lia.
Qed.

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

(** ** The one number with a property *)

Lemma the_one : forall S l, unique S l -> the S = l.
Proof.
  intros S l Hl. unfold the. destruct (completeness _ _ _) as [m [upper least]]. simpl.
  apply Rle_antisym.
  - apply least. intros r [[k [Hk le]] | [none _]].
    + destruct Hl as [Hl once]. destruct Hk as [Hk _]. rewrite (once k Hk). exact le.
    + exfalso. apply none. exists l. exact Hl.
  - apply upper. left. exists l. split; [exact Hl | lra].
Qed.

(** ** Derivatives *)

Lemma Derivative_is : forall f x l, derivable_pt_lim f x l -> Derivative f x = l.
Proof.
  intros f x l H. apply the_one. split; [exact H |]. intros m Hm. exact (uniqueness_limite f x l m H Hm).
Qed.

Lemma Derivative_spec : forall f x, Differentiable f x -> derivable_pt_lim f x (Derivative f x).
Proof. intros f x [l H]. rewrite (Derivative_is f x l H). exact H. Qed.

Lemma Derivative_none : forall f x, ~ Differentiable f x -> Derivative f x = 0.
Proof.
  intros f x none. unfold Derivative, the. destruct (completeness _ _ _) as [m [upper least]]. simpl.
  apply Rle_antisym.
  - apply least. intros r [[k [[Hk _] _]] | [_ le]]; [exfalso; apply none; exists k; exact Hk | exact le].
  - apply upper. right. split; [| lra]. intros [l [Hl _]]. apply none. exists l. exact Hl.
Qed.

Lemma Inside_near : forall lo hi x, Inside lo hi x ->
  exists d : posreal, forall h, Rabs h < d -> Inside lo hi (x + h).
Proof.
  intros lo hi x [Hlo Hhi].
  assert (exists d, 0 < d /\ (match lo with Some a => a < x - d | None => True end)
                          /\ (match hi with Some b => x + d < b | None => True end)) as (d & pos & Dlo & Dhi).
  { destruct lo as [a |], hi as [b |].
    - exists (Rmin (x - a) (b - x) / 2).
      pose proof (Rmin_l (x - a) (b - x)). pose proof (Rmin_r (x - a) (b - x)).
      assert (0 < Rmin (x - a) (b - x)) by (apply Rmin_glb_lt; lra). repeat split; lra.
    - exists ((x - a) / 2). repeat split; lra.
    - exists ((b - x) / 2). repeat split; lra.
    - exists 1. repeat split; lra. }
  exists (mkposreal d pos). simpl. intros h Hh. apply Rabs_def2 in Hh.
  split; [destruct lo | destruct hi]; trivial; lra.
Qed.

Lemma derivable_pt_lim_near : forall lo hi f g x l, Inside lo hi x ->
  (forall t, Inside lo hi t -> f t = g t) -> derivable_pt_lim f x l -> derivable_pt_lim g x l.
Proof.
  intros lo hi f g x l Hx same H eps Heps. destruct (H eps Heps) as [d Hd].
  destruct (Inside_near lo hi x Hx) as [d' Hd'].
  assert (0 < Rmin d d') as pos by (apply Rmin_glb_lt; [apply cond_pos | apply cond_pos]).
  exists (mkposreal _ pos). simpl. intros h nonzero Hh.
  rewrite <- (same x Hx), <- (same (x + h)).
  - apply Hd; [exact nonzero |]. eapply Rlt_le_trans; [exact Hh | apply Rmin_l].
  - apply Hd'. eapply Rlt_le_trans; [exact Hh | apply Rmin_r].
Qed.

Lemma Differentiable_near : forall lo hi f g x, Inside lo hi x ->
  (forall t, Inside lo hi t -> f t = g t) -> Differentiable f x -> Differentiable g x.
Proof. intros lo hi f g x Hx same [l H]. exists l. exact (derivable_pt_lim_near lo hi f g x l Hx same H). Qed.

Lemma Derivative_near : forall lo hi f g x, Inside lo hi x ->
  (forall t, Inside lo hi t -> f t = g t) -> Derivative f x = Derivative g x.
Proof.
  intros lo hi f g x Hx same. destruct (Classical_Prop.classic (Differentiable f x)) as [[l H] | none].
  - rewrite (Derivative_is f x l H). symmetry. apply Derivative_is.
    exact (derivable_pt_lim_near lo hi f g x l Hx same H).
  - rewrite (Derivative_none f x none). symmetry. apply Derivative_none. intro some. apply none.
    apply (Differentiable_near lo hi g f x Hx); [| exact some]. intros t Ht. symmetry. exact (same t Ht).
Qed.

Lemma Derivative_ext : forall f g x, (forall t, f t = g t) -> Derivative f x = Derivative g x.
Proof. intros f g x H. f_equal. apply functional_extensionality. exact H. Qed.

Section Differentiable.
Variables (f g : R -> R) (x : R).

Lemma Differentiable_const : forall c, Differentiable (fun _ => c) x.
Proof. intro c. exists 0. apply derivable_pt_lim_const. Qed.

Lemma Differentiable_id : Differentiable (fun t => t) x.
Proof. exists 1. apply derivable_pt_lim_id. Qed.

Lemma Differentiable_plus : Differentiable f x -> Differentiable g x -> Differentiable (fun t => f t + g t) x.
Proof. intros [l Hl] [m Hm]. exists (l + m). exact (derivable_pt_lim_plus f g x l m Hl Hm). Qed.

Lemma Differentiable_minus : Differentiable f x -> Differentiable g x -> Differentiable (fun t => f t - g t) x.
Proof. intros [l Hl] [m Hm]. exists (l - m). exact (derivable_pt_lim_minus f g x l m Hl Hm). Qed.

Lemma Differentiable_opp : Differentiable f x -> Differentiable (fun t => - f t) x.
Proof. intros [l Hl]. exists (- l). exact (derivable_pt_lim_opp f x l Hl). Qed.

Lemma Differentiable_mult : Differentiable f x -> Differentiable g x -> Differentiable (fun t => f t * g t) x.
Proof. intros [l Hl] [m Hm]. exists (l * g x + f x * m). exact (derivable_pt_lim_mult f g x l m Hl Hm). Qed.

Lemma Differentiable_div : g x <> 0 -> Differentiable f x -> Differentiable g x -> Differentiable (fun t => f t / g t) x.
Proof.
  intros nonzero [l Hl] [m Hm]. exists ((l * g x - m * f x) / Rsqr (g x)).
  exact (derivable_pt_lim_div f g x l m Hl Hm nonzero).
Qed.

Lemma Differentiable_ln : 0 < f x -> Differentiable f x -> Differentiable (fun t => ln (f t)) x.
Proof.
  intros pos [l Hl]. exists (/ f x * l).
  exact (derivable_pt_lim_comp f ln x l (/ f x) Hl (derivable_pt_lim_ln (f x) pos)).
Qed.

Lemma Differentiable_exp : Differentiable f x -> Differentiable (fun t => exp (f t)) x.
Proof.
  intros [l Hl]. exists (exp (f x) * l). exact (derivable_pt_lim_comp f exp x l _ Hl (derivable_pt_lim_exp (f x))).
Qed.

Lemma Differentiable_pow : forall n, Differentiable f x -> Differentiable (fun t => f t ^ n) x.
Proof.
  intros n [l Hl]. exists (INR n * f x ^ pred n * l).
  exact (derivable_pt_lim_comp f (fun y => y ^ n) x l _ Hl (derivable_pt_lim_pow (f x) n)).
Qed.
End Differentiable.

Lemma Differentiable_logb : forall b f x, 0 < f x -> Differentiable f x -> Differentiable (fun t => logb b (f t)) x.
Proof.
  intros b f x pos H. destruct (Differentiable_ln f x pos H) as [l Hl]. exists (l * / ln b + ln (f x) * 0).
  exact (derivable_pt_lim_mult (fun t => ln (f t)) (fun _ => / ln b) x l 0 Hl (derivable_pt_lim_const _ x)).
Qed.

Lemma update_same : forall z k, update z k (z k) = z.
Proof.
  intros. apply functional_extensionality. intro i. unfold update.
  destruct (PeanoNat.Nat.eqb_spec i k) as [-> | _]; reflexivity.
Qed.

Lemma Differentiable_entry : forall z k i x, Differentiable (fun t => update z k t i) x.
Proof. intros. unfold update. destruct (Nat.eqb i k); [apply Differentiable_id | apply Differentiable_const]. Qed.

Lemma derivable_pt_lim_Sum : forall {T : Type} (A : list T) (f : T -> R -> R) (l : T -> R) x,
  (forall i, In i A -> derivable_pt_lim (f i) x (l i)) -> derivable_pt_lim (fun t => Sum A (fun i => f i t)) x (Sum A l).
Proof.
  intros T A f l x. induction A as [| i A IH]; intro H; simpl; [apply derivable_pt_lim_const |].
  apply (derivable_pt_lim_plus (f i) (fun t => Sum A (fun i => f i t))).
  - apply H. left. reflexivity.
  - apply IH. intros j Hj. apply H. right. exact Hj.
Qed.

Lemma Differentiable_Sum : forall {T : Type} (A : list T) (f : T -> R -> R) x,
  (forall i, In i A -> Differentiable (f i) x) -> Differentiable (fun t => Sum A (fun i => f i t)) x.
Proof.
  intros T A f x H. exists (Sum A (fun i => Derivative (f i) x)). apply derivable_pt_lim_Sum.
  intros i Hi. apply Derivative_spec. exact (H i Hi).
Qed.

(** ** The minimum of a strictly convex function *)

Lemma rising : forall f lo hi, (forall t, Inside lo hi t -> 0 < Derivative f t) ->
  forall s t, Inside lo hi s -> Inside lo hi t -> s < t -> f s < f t.
Proof.
  intros f lo hi pos s t Hs Ht lt.
  assert (forall c, s <= c <= t -> derivable_pt_lim f c (Derivative f c)) as D.
  { intros c Hc. apply Derivative_spec. destruct (Classical_Prop.classic (Differentiable f c)) as [H | none]; [exact H |].
    exfalso. assert (Inside lo hi c) as Hi.
    { destruct Hs, Ht. split; [destruct lo | destruct hi]; trivial; lra. }
    specialize (pos c Hi). rewrite (Derivative_none f c none) in pos. lra. }
  destruct (MVT_cor2 f (Derivative f) s t lt D) as [c [eq [Hsc Hct]]].
  assert (Inside lo hi c) as Hi. { destruct Hs, Ht. split; [destruct lo | destruct hi]; trivial; lra. }
  pose proof (Rmult_lt_0_compat _ (t - s) (pos c Hi) ltac:(lra)). lra.
Qed.

Lemma convex_minimum : forall lo hi f a, Inside lo hi a ->
  (forall t, Inside lo hi t -> Differentiable f t) ->
  (forall t, Inside lo hi t -> 0 < Derivative (Derivative f) t) -> Derivative f a = 0 ->
  forall m, ArgMin (Inside lo hi) f m <-> m = a.
Proof.
  intros lo hi f a Ha diff pos zero.
  assert (forall t, Inside lo hi t -> t <> a -> f a < f t) as least.
  { intros t Ht apart. destruct (Rtotal_order t a) as [lt | [eq | gt]]; [| contradiction |].
    - destruct (MVT_cor2 f (Derivative f) t a lt) as [c [eq [H1 H2]]].
      { intros c Hc. apply Derivative_spec, diff. destruct Ha, Ht. split; [destruct lo | destruct hi]; trivial; lra. }
      assert (Inside lo hi c) as Hc. { destruct Ha, Ht. split; [destruct lo | destruct hi]; trivial; lra. }
      pose proof (rising (Derivative f) lo hi pos c a Hc Ha H2) as down. rewrite zero in down.
      pose proof (Rmult_lt_0_compat (- Derivative f c) (a - t) ltac:(lra) ltac:(lra)). lra.
    - destruct (MVT_cor2 f (Derivative f) a t gt) as [c [eq [H1 H2]]].
      { intros c Hc. apply Derivative_spec, diff. destruct Ha, Ht. split; [destruct lo | destruct hi]; trivial; lra. }
      assert (Inside lo hi c) as Hc. { destruct Ha, Ht. split; [destruct lo | destruct hi]; trivial; lra. }
      pose proof (rising (Derivative f) lo hi pos a c Ha Hc H1) as up. rewrite zero in up.
      pose proof (Rmult_lt_0_compat (Derivative f c) (t - a) ltac:(lra) ltac:(lra)). lra. }
  intro m. split.
  - intros [Hm le]. destruct (Req_dec m a) as [eq | apart]; [exact eq |].
    pose proof (least m Hm apart). pose proof (le a Ha). lra.
  - intros ->. split; [exact Ha |]. intros t Ht. destruct (Req_dec t a) as [-> | apart]; [lra |].
    left. exact (least t Ht apart).
Qed.
