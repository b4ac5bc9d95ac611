(** Derivatives and minima: what the lemmas of the rules and the tactics rest on. *)

From Coq Require Import Reals List Lra FunctionalExtensionality.
From SymKL Require Import Definitions.
Open Scope R_scope.

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

Lemma update_positive : forall z k t i, 0 < z i -> 0 < t -> 0 < update z k t i.
Proof. intros. unfold update. destruct (Nat.eqb i k); assumption. Qed.

Lemma Positive_update : forall A z k t, Positive A z -> 0 < t -> Positive A (update z k t).
Proof. intros A z k t H Ht i Hi. apply update_positive; [apply H; exact Hi | exact Ht]. Qed.

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
