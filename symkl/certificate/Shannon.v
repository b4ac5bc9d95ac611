(** Measures of laws whose masses may be zero, as combinations of entropies, and those that are not negative.

    Where a mass is zero its term is zero, whatever stands in the log; where it is positive, so are the marginal masses. *)

From Coq Require Import Reals List Lra.
From SymKL Require Import Definitions Sums Rules Conditions Tactics.
From SymKL Require Export Support.
Open Scope R_scope.

(** ** What is used of a log *)

Definition Splits (log : R -> R) : Prop :=
  (forall a b, 0 < a -> 0 < b -> log (a / b) = log a - log b) /\ (forall a b, 0 < a -> 0 < b -> log (a * b) = log a + log b).

(** It lies below its tangent at 1. *)
Definition Bounded (log : R -> R) : Prop := exists c, 0 <= c /\ forall x, 0 < x -> log x <= c * (x - 1).

Lemma ln_splits : Splits ln.
Proof. split; [exact R_log_quotient | exact R_log_product]. Qed.

Lemma logb_splits : forall b, Splits (logb b).
Proof.
  intro b. unfold logb. split; intros x y Hx Hy; [rewrite R_log_quotient | rewrite R_log_product]; try assumption;
    unfold Rdiv; ring.
Qed.

Lemma ln_bounded : Bounded ln.
Proof. exists 1. split; [lra |]. intros x Hx. rewrite Rmult_1_l. apply ln_le_minus_one. exact Hx. Qed.

Lemma logb_bounded : forall b, 1 < b -> Bounded (logb b).
Proof.
  intros b Hb. assert (0 < ln b) by (apply ln_positive; exact Hb). exists (/ ln b).
  split; [left; apply Rinv_0_lt_compat; assumption |]. intros x Hx. unfold logb, Rdiv. rewrite Rmult_comm.
  apply Rmult_le_compat_l; [left; apply Rinv_0_lt_compat; assumption | apply ln_le_minus_one; exact Hx].
Qed.

Section Beside_a_weight.
Variable log : R -> R.
Hypothesis splits : Splits log.

Lemma weighted_quotient : forall w a b, (w <> 0 -> 0 < a /\ 0 < b) -> w * log (a / b) = w * log a - w * log b.
Proof.
  intros w a b H. destruct (Req_dec w 0) as [-> | N]; [ring |]. destruct (H N). rewrite (proj1 splits) by assumption. ring.
Qed.

Lemma weighted_product : forall w a b, (w <> 0 -> 0 < a /\ 0 < b) -> w * log (a * b) = w * log a + w * log b.
Proof.
  intros w a b H. destruct (Req_dec w 0) as [-> | N]; [ring |]. destruct (H N). rewrite (proj2 splits) by assumption. ring.
Qed.

Lemma log_reversed : forall a b, 0 < a -> 0 < b -> log (a / b) = - log (b / a).
Proof. intros. rewrite !(proj1 splits) by assumption. ring. Qed.
End Beside_a_weight.

(** Gibbs at one value: p log(p/q) is at least a multiple of p - q, also where p is zero. *)
Lemma tangent : forall log, Splits log -> Bounded log ->
  exists c, 0 <= c /\ forall p q, 0 <= p -> 0 <= q -> (q = 0 -> p = 0) -> c * (p - q) <= p * log (p / q).
Proof.
  intros log splits [c [Hc bound]]. exists c. split; [exact Hc |]. intros p q [Hp | <-] Hq H.
  - assert (0 < q) by (apply (dominated p); assumption). rewrite (log_reversed log splits) by assumption.
    assert (log (q / p) <= c * (q / p - 1)) as B by (apply bound; apply Rdiv_lt_0_compat; assumption).
    apply (Rmult_le_compat_l p) in B; [| lra].
    replace (p * (c * (q / p - 1))) with (c * (q - p)) in B by (field; lra). lra.
  - rewrite Rmult_0_l. pose proof (Rmult_le_pos c q Hc Hq). lra.
Qed.

Lemma Sum_minus : forall {T : Type} (A : list T) f g, Sum A (fun x => f x - g x) = Sum A f - Sum A g.
Proof. intros. unfold Rminus. rewrite Sum_plus, Sum_opp. reflexivity. Qed.

(** A sum is positive where one of its terms is. *)
Lemma Sum_above : forall {T : Type} (A : list T) f x, (forall y, In y A -> 0 <= f y) -> In x A -> 0 < f x -> 0 < Sum A f.
Proof. intros T A f x H Hx pos. apply Rlt_le_trans with (f x); [exact pos | apply Sum_term; assumption]. Qed.

(** ** Two random variables, or two groups of them *)

Section Two.
Variable log : R -> R.
Hypothesis splits : Splits log.
Context {T U : Type} (A : list T) (B : list U) (p : T -> U -> R).
Hypothesis nonnegative : forall x y, In x A -> In y B -> 0 <= p x y.
Let a x := Sum B (fun y => p x y).
Let b y := Sum A (fun x => p x y).

Lemma first_nonnegative : forall x, In x A -> 0 <= a x.
Proof. intros x Hx. apply Sum_nonneg. intros. apply nonnegative; assumption. Qed.

Lemma second_nonnegative : forall y, In y B -> 0 <= b y.
Proof. intros y Hy. apply Sum_nonneg. intros. apply nonnegative; assumption. Qed.

Lemma joint_positive : forall x y, In x A -> In y B -> p x y <> 0 -> 0 < p x y /\ 0 < a x /\ 0 < b y.
Proof.
  intros x y Hx Hy N. assert (0 < p x y) by (apply positive_of_weight; [apply nonnegative; assumption | exact N]).
  split; [assumption |]. split.
  - apply (Sum_above B (fun y => p x y) y); [intros; apply nonnegative; assumption | exact Hy | assumption].
  - apply (Sum_above A (fun x => p x y) x); [intros; apply nonnegative; assumption | exact Hx | assumption].
Qed.

Lemma second_of_both : Sum A (fun x => Sum B (fun y => p x y * log (b y))) = Sum B (fun y => b y * log (b y)).
Proof. rewrite Sum_exchange. apply Sum_ext. intros. apply Sum_scale_right. Qed.

Lemma ConditionalEntropy_entropies :
  ConditionalEntropy log A B p = Entropy log (list_prod A B) (fun '(x, y) => p x y) - Entropy log A a.
Proof.
  unfold ConditionalEntropy, Entropy. rewrite Sum_pairs.
  replace (Sum A (fun x => a x * log (a x))) with (Sum A (fun x => Sum B (fun y => p x y * log (a x))))
    by (apply Sum_ext; intros; apply Sum_scale_right).
  enough (Sum A (fun x => Sum B (fun y => p x y * log (p x y / a x))) =
    Sum A (fun x => Sum B (fun y => p x y * log (p x y))) - Sum A (fun x => Sum B (fun y => p x y * log (a x)))) as E
    by (unfold a in *; lra).
  rewrite <- Sum_minus. apply Sum_ext. intros x Hx. rewrite <- Sum_minus. apply Sum_ext. intros y Hy.
  apply weighted_quotient; [exact splits |]. intro N. destruct (joint_positive x y Hx Hy N) as (? & ? & ?). split; assumption.
Qed.

Lemma MutualInformation_entropies :
  MutualInformation log A B p = Entropy log A a + Entropy log B b - Entropy log (list_prod A B) (fun '(x, y) => p x y).
Proof.
  unfold MutualInformation, Entropy. rewrite Sum_pairs.
  replace (Sum A (fun x => a x * log (a x))) with (Sum A (fun x => Sum B (fun y => p x y * log (a x))))
    by (apply Sum_ext; intros; apply Sum_scale_right).
  rewrite <- second_of_both.
  enough (Sum A (fun x => Sum B (fun y => p x y * log (p x y / (a x * b y)))) =
    Sum A (fun x => Sum B (fun y => p x y * log (p x y))) -
    (Sum A (fun x => Sum B (fun y => p x y * log (a x))) + Sum A (fun x => Sum B (fun y => p x y * log (b y))))) as E
    by (unfold a, b in *; lra).
  rewrite <- Sum_plus, <- Sum_minus. apply Sum_ext. intros x Hx. rewrite <- Sum_plus, <- Sum_minus. apply Sum_ext. intros y Hy.
  assert (p x y <> 0 -> 0 < p x y /\ 0 < a x /\ 0 < b y) as all by (apply joint_positive; assumption).
  rewrite weighted_quotient; [| exact splits | intro N; destruct (all N) as (? & ? & ?); split; [| apply Rmult_lt_0_compat]; assumption].
  rewrite weighted_product; [| exact splits | intro N; destruct (all N) as (? & ? & ?); split; assumption].
  reflexivity.
Qed.

Lemma ConditionalEntropy_nonnegative : Bounded log -> 0 <= ConditionalEntropy log A B p.
Proof.
  intros [c [Hc bound]]. unfold ConditionalEntropy. rewrite <- Sum_opp. apply Sum_nonneg. intros x Hx.
  rewrite <- Sum_opp. apply Sum_nonneg. intros y Hy. fold (a x).
  destruct (Req_dec (p x y) 0) as [-> | N]; [lra |]. destruct (joint_positive x y Hx Hy N) as (Pp & Pa & _).
  assert (p x y / a x <= 1).
  { apply ratio_below_one; [exact Pa |]. apply (Sum_term B (fun y => p x y)); [intros; apply nonnegative; assumption | exact Hy]. }
  assert (log (p x y / a x) <= c * (p x y / a x - 1)) as L by (apply bound; apply Rdiv_lt_0_compat; assumption).
  assert (0 <= c * (1 - p x y / a x)) by (apply Rmult_le_pos; lra).
  rewrite Ropp_mult_distr_r. apply Rmult_le_pos; lra.
Qed.

Hypothesis total : Sum A (fun x => Sum B (fun y => p x y)) = 1.

Lemma MutualInformation_nonnegative : Bounded log -> 0 <= MutualInformation log A B p.
Proof.
  intro bounded. destruct (tangent log splits bounded) as [c [Hc least]].
  apply Rle_trans with (Sum A (fun x => Sum B (fun y => c * (p x y - a x * b y)))).
  - right. transitivity (c * (1 - 1 * 1)); [ring |]. symmetry.
    transitivity (c * (Sum A (fun x => Sum B (fun y => p x y)) - Sum A (fun x => Sum B (fun y => a x * b y)))).
    { rewrite <- Sum_minus, <- Sum_scale. apply Sum_ext. intros. rewrite <- Sum_minus, <- Sum_scale. reflexivity. }
    rewrite total. f_equal. f_equal.
    transitivity (Sum A (fun x => a x * Sum B b)); [apply Sum_ext; intros; apply Sum_scale |].
    rewrite Sum_scale_right. apply mult_cong; [exact total | rewrite <- total, Sum_exchange; reflexivity].
  - apply Sum_le. intros x Hx. apply Sum_le. intros y Hy. apply least.
    + apply nonnegative; assumption.
    + apply Rmult_le_pos; [apply first_nonnegative | apply second_nonnegative]; assumption.
    + intro zero. destruct (Req_dec (p x y) 0) as [E | N]; [exact E | exfalso].
      change (a x * b y = 0) in zero.
      destruct (joint_positive x y Hx Hy N) as (_ & Pa & Pb). pose proof (Rmult_lt_0_compat _ _ Pa Pb). lra.
Qed.

Lemma MutualInformation_independent :
  (forall x y, In x A -> In y B -> p x y = a x * b y) -> MutualInformation log A B p = 0.
Proof.
  intro product. unfold MutualInformation. rewrite <- (Sum_zero A). apply Sum_ext. intros x Hx.
  rewrite <- (Sum_zero B). apply Sum_ext. intros y Hy. fold (a x) (b y).
  rewrite weighted_quotient; [rewrite <- (product x y Hx Hy); ring | exact splits |].
  intro N. destruct (joint_positive x y Hx Hy N) as (? & ? & ?). split; [| apply Rmult_lt_0_compat]; assumption.
Qed.
End Two.

(** ** Three of them *)

Section Three.
Variable log : R -> R.
Hypothesis splits : Splits log.
Context {T U V : Type} (A : list T) (B : list U) (C : list V) (p : T -> U -> V -> R).
Hypothesis nonnegative : forall x y z, In x A -> In y B -> In z C -> 0 <= p x y z.
Let a x z := Sum B (fun y => p x y z).
Let b y z := Sum A (fun x => p x y z).
Let m z := Sum A (fun x => Sum B (fun y => p x y z)).

Lemma above_nonnegative : forall x z, In x A -> In z C -> 0 <= a x z.
Proof. intros. apply Sum_nonneg. intros. apply nonnegative; assumption. Qed.

Lemma beside_nonnegative : forall y z, In y B -> In z C -> 0 <= b y z.
Proof. intros. apply Sum_nonneg. intros. apply nonnegative; assumption. Qed.

Lemma all_positive : forall x y z, In x A -> In y B -> In z C -> p x y z <> 0 ->
  0 < p x y z /\ 0 < a x z /\ 0 < b y z /\ 0 < m z.
Proof.
  intros x y z Hx Hy Hz N. assert (0 < p x y z) by (apply positive_of_weight; [apply nonnegative; assumption | exact N]).
  assert (0 < a x z) by (apply (Sum_above B (fun y => p x y z) y); [intros; apply nonnegative; assumption | exact Hy | assumption]).
  split; [assumption |]. split; [assumption |]. split.
  - apply (Sum_above A (fun x => p x y z) x); [intros; apply nonnegative; assumption | exact Hx | assumption].
  - apply (Sum_above A (fun x => a x z) x); [intros; apply above_nonnegative; assumption | exact Hx | assumption].
Qed.

Let over f := Sum A (fun x => Sum B (fun y => Sum C (fun z => p x y z * f x y z))).

Lemma over_first : over (fun x _ z => log (a x z)) = Sum A (fun x => Sum C (fun z => a x z * log (a x z))).
Proof.
  apply Sum_ext. intros. rewrite Sum_exchange. apply Sum_ext. intros. apply Sum_scale_right.
Qed.

Lemma over_second : over (fun _ y z => log (b y z)) = Sum B (fun y => Sum C (fun z => b y z * log (b y z))).
Proof.
  unfold over. rewrite Sum_exchange. apply Sum_ext. intros. rewrite Sum_exchange. apply Sum_ext. intros. apply Sum_scale_right.
Qed.

Lemma over_third : over (fun _ _ z => log (m z)) = Sum C (fun z => m z * log (m z)).
Proof.
  unfold over. rewrite Sum_exchange3. apply Sum_ext. intros z _. unfold m. rewrite <- Sum_scale_right.
  apply Sum_ext. intros. apply Sum_scale_right.
Qed.

Lemma over_minus : forall f g, over (fun x y z => f x y z - g x y z) = over f - over g.
Proof.
  intros. unfold over. rewrite <- Sum_minus. apply Sum_ext. intros. rewrite <- Sum_minus. apply Sum_ext. intros.
  rewrite <- Sum_minus. apply Sum_ext. intros. ring.
Qed.

Lemma over_plus : forall f g, over (fun x y z => f x y z + g x y z) = over f + over g.
Proof.
  intros. unfold over. rewrite <- Sum_plus. apply Sum_ext. intros. rewrite <- Sum_plus. apply Sum_ext. intros.
  rewrite <- Sum_plus. apply Sum_ext. intros. ring.
Qed.

Lemma over_ext : forall f g, (forall x y z, In x A -> In y B -> In z C -> p x y z <> 0 -> f x y z = g x y z) -> over f = over g.
Proof.
  intros f g H. unfold over. apply Sum_ext. intros. apply Sum_ext. intros. apply Sum_ext. intros.
  destruct (Req_dec (p x x0 x1) 0) as [E | N]; [rewrite E; ring | rewrite H by assumption; reflexivity].
Qed.

Lemma information_split : ConditionalMutualInformation log A B C p =
  over (fun x y z => log (p x y z) + log (m z) - log (a x z) - log (b y z)).
Proof.
  apply over_ext. intros x y z Hx Hy Hz N. destruct (all_positive x y z Hx Hy Hz N) as (Pp & Pa & Pb & Pm).
  fold (m z) (a x z) (b y z). destruct splits as [quotient product].
  rewrite quotient, product, !quotient; try assumption; try (apply Rdiv_lt_0_compat; assumption);
    [ring | apply Rmult_lt_0_compat; apply Rdiv_lt_0_compat; assumption].
Qed.

Lemma ConditionalMutualInformation_entropies :
  ConditionalMutualInformation log A B C p =
    Entropy log (list_prod A C) (fun '(x, z) => a x z) + Entropy log (list_prod B C) (fun '(y, z) => b y z)
    - Entropy log (list_prod (list_prod A B) C) (fun '(x, y, z) => p x y z) - Entropy log C m.
Proof.
  rewrite information_split, !over_minus, over_plus, over_first, over_second, over_third.
  unfold Entropy. rewrite !Sum_pairs. unfold over. cbv beta iota. ring.
Qed.

Lemma ConditionalMutualInformation_independent :
  (forall x y z, In x A -> In y B -> In z C -> p x y z * m z = a x z * b y z) -> ConditionalMutualInformation log A B C p = 0.
Proof.
  intro product. rewrite information_split.
  transitivity (over (fun _ _ _ => 0)).
  - apply over_ext. intros x y z Hx Hy Hz N. destruct (all_positive x y z Hx Hy Hz N) as (Pp & Pa & Pb & Pm).
    pose proof (f_equal log (product x y z Hx Hy Hz)) as E. rewrite !(proj2 splits) in E by assumption. lra.
  - transitivity (Sum A (fun _ => 0)); [apply Sum_ext; intros | apply Sum_zero].
    transitivity (Sum B (fun _ => 0)); [apply Sum_ext; intros | apply Sum_zero].
    transitivity (Sum C (fun _ => 0)); [apply Sum_ext; intros; ring | apply Sum_zero].
Qed.

Hypothesis total : Sum A (fun x => Sum B (fun y => Sum C (fun z => p x y z))) = 1.

Lemma ConditionalMutualInformation_nonnegative : Bounded log -> 0 <= ConditionalMutualInformation log A B C p.
Proof.
  intro bounded. destruct (tangent log splits bounded) as [c [Hc least]].
  assert (forall z, In z C -> 0 <= m z) as Pm
    by (intros; apply Sum_nonneg; intros; apply Sum_nonneg; intros; apply nonnegative; assumption).
  apply Rle_trans with (Sum A (fun x => Sum B (fun y => Sum C (fun z => c * (p x y z - a x z * b y z / m z))))).
  - right. transitivity (c * (1 - 1)); [ring |]. symmetry.
    transitivity (c * (Sum A (fun x => Sum B (fun y => Sum C (fun z => p x y z)))
      - Sum A (fun x => Sum B (fun y => Sum C (fun z => a x z * b y z / m z))))).
    { rewrite <- Sum_minus, <- Sum_scale. apply Sum_ext. intros. rewrite <- Sum_minus, <- Sum_scale. apply Sum_ext. intros.
      rewrite <- Sum_minus, <- Sum_scale. reflexivity. }
    rewrite total. f_equal. f_equal. transitivity (Sum C m); [| rewrite <- total; symmetry; apply Sum_exchange3].
    rewrite Sum_exchange3. apply Sum_ext. intros z Hz. transitivity (m z * m z / m z).
    + transitivity (Sum A (fun x => a x z * m z / m z)).
      * apply Sum_ext. intros. rewrite Sum_div, Sum_scale. f_equal. f_equal. unfold b, m. apply Sum_exchange.
      * rewrite Sum_div, Sum_scale_right. reflexivity.
    + destruct (Req_dec (m z) 0) as [-> | N]; [unfold Rdiv; ring | field; exact N].
  - apply Sum_le. intros x Hx. apply Sum_le. intros y Hy. apply Sum_le. intros z Hz. fold (m z) (a x z) (b y z).
    destruct (Req_dec (p x y z) 0) as [-> | N].
    + rewrite Rmult_0_l. assert (0 <= a x z * b y z / m z).
      { destruct (Pm z Hz) as [pos | <-]; [| unfold Rdiv; rewrite Rinv_0; lra].
        apply Rmult_le_pos; [apply Rmult_le_pos; [apply above_nonnegative | apply beside_nonnegative]; assumption |].
        left. apply Rinv_0_lt_compat. exact pos. }
      pose proof (Rmult_le_pos c _ Hc H). lra.
    + destruct (all_positive x y z Hx Hy Hz N) as (Pp & Pa & Pb & Pz).
      replace (p x y z / m z / (a x z / m z * (b y z / m z))) with (p x y z / (a x z * b y z / m z)) by (field; lra).
      assert (0 < a x z * b y z / m z) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; assumption).
      apply least; lra.
Qed.
End Three.

(** ** One law, and two *)

Lemma Entropy_nonnegative : forall log, Bounded log -> forall {T : Type} (A : list T) P, LawWithZeros A P -> 0 <= Entropy log A P.
Proof.
  intros log [c [Hc bound]] T A P [pos total]. unfold Entropy. rewrite <- Sum_opp. apply Sum_nonneg. intros x Hx.
  destruct (Req_dec (P x) 0) as [-> | N]; [lra |].
  assert (0 < P x) by (apply positive_of_weight; [apply pos; exact Hx | exact N]).
  assert (P x <= 1) by (rewrite <- total; apply Sum_term; assumption).
  pose proof (bound (P x) ltac:(assumption)) as L. assert (0 <= c * (1 - P x)) by (apply Rmult_le_pos; lra).
  rewrite Ropp_mult_distr_r. apply Rmult_le_pos; lra.
Qed.

Lemma KL_nonnegative : forall log, Splits log -> Bounded log -> forall {T : Type} (A : list T) P Q,
  LawWithZeros A P -> LawWithZeros A Q -> AbsolutelyContinuous A P Q -> 0 <= KL log A P Q.
Proof.
  intros log splits bounded T A P Q [Pp Pt] [Qp Qt] dominated_by. destruct (tangent log splits bounded) as [c [Hc least]].
  apply Rle_trans with (Sum A (fun x => c * (P x - Q x))).
  - rewrite Sum_scale, Sum_minus, Pt, Qt. lra.
  - apply Sum_le. intros x Hx. apply least; [apply Pp; exact Hx | apply Qp; exact Hx | apply dominated_by; exact Hx].
Qed.

Lemma KL_entropies : forall log, Splits log -> forall {T : Type} (A : list T) P Q,
  LawWithZeros A P -> LawWithZeros A Q -> AbsolutelyContinuous A P Q -> KL log A P Q = CrossEntropy log A P Q - Entropy log A P.
Proof.
  intros log splits T A P Q [Pp _] [Qp _] dominated_by. unfold KL, CrossEntropy, Entropy.
  enough (Sum A (fun x => P x * log (P x / Q x)) = Sum A (fun x => P x * log (P x)) - Sum A (fun x => P x * log (Q x))) by lra.
  rewrite <- Sum_minus. apply Sum_ext. intros x Hx. apply weighted_quotient; [exact splits |]. intro N.
  assert (0 < P x) by (apply positive_of_weight; [apply Pp; exact Hx | exact N]).
  split; [assumption |]. apply (dominated (P x)); [apply Qp; exact Hx | apply dominated_by; exact Hx | assumption].
Qed.

Lemma Entropy_at_most : forall log, Splits log -> Bounded log -> forall {T : Type} (A : list T) P, A <> nil ->
  LawWithZeros A P -> Entropy log A P <= log (size A).
Proof.
  intros log splits bounded T A P some [pos total].
  assert (0 < size A) as large. { unfold size. apply lt_0_INR. destruct A; [congruence | simpl; apply PeanoNat.Nat.lt_0_succ]. }
  assert (LawWithZeros A (fun _ : T => 1 / size A)) as uniform.
  { split; [intros; left; apply Rdiv_lt_0_compat; lra | rewrite Sum_const; field; lra]. }
  assert (AbsolutelyContinuous A P (fun _ : T => 1 / size A)) as continuous.
  { intros x Hx zero. pose proof (Rdiv_lt_0_compat 1 (size A) ltac:(lra) large). lra. }
  pose proof (KL_nonnegative log splits bounded A P _ (conj pos total) uniform continuous) as gibbs.
  rewrite KL_entropies in gibbs by first [assumption | split; assumption].
  assert (CrossEntropy log A P (fun _ => 1 / size A) = log (size A)) as constant.
  { unfold CrossEntropy. rewrite Sum_scale_right, total, (proj1 splits) by lra.
    assert (log 1 = 0) as one. { pose proof (proj1 splits 1 1 ltac:(lra) ltac:(lra)) as E. replace (1 / 1) with 1 in E by field. lra. }
    rewrite one. ring. }
  lra.
Qed.

(** ** What a certificate uses *)

Lemma masses2 : forall {T U : Type} (A : list T) (B : list U) p, LawWithZeros (list_prod A B) (fun '(x, y) => p x y) ->
  (forall x y, In x A -> In y B -> 0 <= p x y) /\ Sum A (fun x => Sum B (fun y => p x y)) = 1.
Proof.
  intros T U A B p [pos total]. rewrite Sum_pairs in total. split; [| exact total].
  intros x y Hx Hy. exact (pos (x, y) (in_prod A B x y Hx Hy)).
Qed.

Lemma masses3 : forall {T U V : Type} (A : list T) (B : list U) (C : list V) p,
  LawWithZeros (list_prod (list_prod A B) C) (fun '(x, y, z) => p x y z) ->
  (forall x y z, In x A -> In y B -> In z C -> 0 <= p x y z) /\
  Sum A (fun x => Sum B (fun y => Sum C (fun z => p x y z))) = 1.
Proof.
  intros T U V A B C p [pos total]. rewrite !Sum_pairs in total. split; [| exact total].
  intros x y z Hx Hy Hz. exact (pos (x, y, z) (in_prod _ C (x, y) z (in_prod A B x y Hx Hy) Hz)).
Qed.

Lemma masses4 : forall {T U V W : Type} (A : list T) (B : list U) (C : list V) (D : list W) p,
  LawWithZeros (list_prod (list_prod (list_prod A B) C) D) (fun '(x, y, z, w) => p x y z w) ->
  (forall x y z w, In x A -> In y B -> In z C -> In w D -> 0 <= p x y z w) /\
  Sum A (fun x => Sum B (fun y => Sum C (fun z => Sum D (fun w => p x y z w)))) = 1.
Proof.
  intros T U V W A B C D p [pos total]. rewrite !Sum_pairs in total. split; [| exact total].
  intros x y z w Hx Hy Hz Hw.
  exact (pos (x, y, z, w) (in_prod _ D (x, y, z) w (in_prod _ C (x, y) z (in_prod A B x y Hx Hy) Hz) Hw)).
Qed.

Ltac masses_of_laws :=
  repeat match goal with
  | H : LawWithZeros (list_prod (list_prod (list_prod ?A ?B) ?C) ?D) _ |- _ => destruct (masses4 A B C D _ H); clear H
  | H : LawWithZeros (list_prod (list_prod ?A ?B) ?C) _ |- _ => destruct (masses3 A B C _ H); clear H
  | H : LawWithZeros (list_prod ?A ?B) _ |- _ => destruct (masses2 A B _ H); clear H
  end.

Ltac log_splits := first [exact ln_splits | apply logb_splits].
Ltac log_bounded := first [exact ln_bounded | apply logb_bounded; lra].

Lemma minus_cong : forall a b c d : R, a = c -> b = d -> a - b = c - d.
Proof. intros. subst. reflexivity. Qed.

(** The values of pairs one by one. *)
Ltac masses_at_hand :=
  intros; repeat match goal with x : (_ * _)%type |- _ => destruct x end;
  repeat match goal with H : In (_, _) (list_prod _ _) |- _ => apply in_prod_iff in H; destruct H end; cbv beta iota.

(** Masses, and sums of masses, are not negative. *)
Ltac masses_nonnegative :=
  masses_at_hand;
  first
    [ match goal with H : forall x, _ |- 0 <= _ => apply H; assumption end
    | lazymatch goal with |- 0 <= ?s =>
        let sum := lazymatch s with Sum _ _ => s | _ => eval red in s end in
        change (0 <= sum); apply Sum_nonneg; masses_nonnegative
      end ].

(** The same entropy, with its values in another order or in pairs. *)
Ltac same_entropy :=
  lazymatch goal with
  | |- ?e = ?e => reflexivity
  | |- _ + _ = _ + _ => apply plus_cong; same_entropy
  | |- _ - _ = _ - _ => apply minus_cong; same_entropy
  | |- Entropy _ _ _ = Entropy _ _ _ => unfold Entropy; apply opp_cong; cbv beta iota; same
  end.

Ltac by_entropies :=
  lazymatch goal with
  | |- ConditionalMutualInformation _ _ _ _ _ = _ =>
      etransitivity; [apply ConditionalMutualInformation_entropies; [log_splits | masses_nonnegative] |]
  | |- MutualInformation _ _ _ _ = _ => etransitivity; [apply MutualInformation_entropies; [log_splits | masses_nonnegative] |]
  | |- ConditionalEntropy _ _ _ _ = _ => etransitivity; [apply ConditionalEntropy_entropies; [log_splits | masses_nonnegative] |]
  | |- Entropy _ _ _ = _ => idtac
  end;
  cbv beta; same_entropy.

(** A sum over pairs as two sums, wherever it stands. *)
Ltac unpaired :=
  first
    [ etransitivity; [apply Sum_pairs | cbv beta iota; unpaired]
    | apply Sum_ext; intros; cbv beta iota; unpaired
    | reflexivity ].

(** The masses add up to one, in whatever order they are added. *)
Ltac by_total_of_masses :=
  etransitivity; [unpaired |]; cbv beta; match goal with H : _ = 1 |- _ = 1 => etransitivity; [| exact H]; solve [same] end.

Ltac by_not_negative :=
  lazymatch goal with
  | |- 0 <= ConditionalMutualInformation _ _ _ _ _ =>
      apply ConditionalMutualInformation_nonnegative; [log_splits | masses_nonnegative | by_total_of_masses | log_bounded]
  | |- 0 <= MutualInformation _ _ _ _ =>
      apply MutualInformation_nonnegative; [log_splits | masses_nonnegative | by_total_of_masses | log_bounded]
  | |- 0 <= ConditionalEntropy _ _ _ _ => apply ConditionalEntropy_nonnegative; [masses_nonnegative | log_bounded]
  | |- 0 <= Entropy _ _ _ => apply Entropy_nonnegative; [log_bounded | assumption]
  | |- 0 <= KL _ _ _ _ => apply KL_nonnegative; [log_splits | log_bounded | assumption | assumption | assumption]
  end.

(** What a given says of the masses, at the values at hand. *)
Ltac by_stated_product :=
  masses_at_hand; match goal with H : forall x, _ |- _ => etransitivity; [| etransitivity; [apply H; eassumption |]]; solve [same] end.
Ltac by_independent :=
  lazymatch goal with
  | |- ConditionalMutualInformation _ _ _ _ _ = 0 =>
      apply ConditionalMutualInformation_independent; [log_splits | masses_nonnegative | by_stated_product]
  | |- MutualInformation _ _ _ _ = 0 =>
      apply MutualInformation_independent; [log_splits | masses_nonnegative | by_stated_product]
  end.

Ltac by_divergence := apply KL_entropies; [log_splits | assumption | assumption | assumption].
