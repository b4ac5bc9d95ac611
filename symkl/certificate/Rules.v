(** One lemma for each rule, by the rule's name: rule [log-quotient], lemma [R_log_quotient].

    A rule on a run of any length ([bs...]) has the lemma of its shortest case; the tactics use it again and again. A rule
    of the log has a second lemma, [..._base], for the log to a base. *)

From Coq Require Import Reals List Lra Lia.
From SymKL Require Import Definitions Sums Calculus.
Open Scope R_scope.

(** ** Algebra *)

Lemma R_distribute : forall a b c, a * (b + c) = a * b + a * c.
Proof. intros. ring. Qed.

Lemma R_distribute_right : forall a b c, (b + c) * a = b * a + c * a.
Proof. intros. ring. Qed.

Lemma R_product_sign : forall a b, a * (- b) = - (a * b).
Proof. intros. ring. Qed.

Lemma R_quotient_sign : forall a b, b <> 0 -> (- a) / b = - (a / b).
Proof. intros. field. assumption. Qed.

Lemma R_sum_sign : forall a b, - (a + b) = - a + - b.
Proof. intros. ring. Qed.

Lemma R_double_negation : forall a, - (- a) = a.
Proof. intros. ring. Qed.

Lemma R_times_one : forall a b, a * 1 * b = a * b.
Proof. intros. ring. Qed.

Lemma R_times_zero : forall a b, a * 0 * b = 0.
Proof. intros. ring. Qed.

Lemma R_plus_zero : forall a b, a + 0 + b = a + b.
Proof. intros. ring. Qed.

Lemma R_minus_zero : - 0 = 0.
Proof. ring. Qed.

Lemma R_over_one : forall a, a / 1 = a.
Proof. intros. field. Qed.

Lemma R_zero_over : forall a, a <> 0 -> 0 / a = 0.
Proof. intros. field. assumption. Qed.

Lemma R_cancel : forall a, a <> 0 -> a / a = 1.
Proof. intros. field. assumption. Qed.

Lemma R_cancel_factor : forall a b c d e, b <> 0 -> d <> 0 -> e <> 0 -> (a * b * c) / (d * b * e) = (a * c) / (d * e).
Proof. intros. field. auto. Qed.

Lemma R_cancel_against : forall a b c, b <> 0 -> (a * b * c) / b = a * c.
Proof. intros. field. assumption. Qed.

Lemma R_cancel_below : forall a b c, b <> 0 -> a <> 0 -> c <> 0 -> b / (a * b * c) = 1 / (a * c).
Proof. intros. field. auto. Qed.

Lemma R_cancel_square : forall a, a <> 0 -> a ^ 2 / a = a.
Proof. intros. field. assumption. Qed.

Lemma R_cancel_product : forall a b c d e, c <> 0 -> a * c * b * (d / c) * e = a * b * d * e.
Proof. intros. field. assumption. Qed.

Lemma R_cancel_product_left : forall a b c d e, c <> 0 -> a * (d / c) * b * c * e = a * d * b * e.
Proof. intros. field. assumption. Qed.

Lemma R_split_fraction : forall a b c, c <> 0 -> (a + b) / c = a / c + b / c.
Proof. intros. field. assumption. Qed.

Lemma R_common_denominator : forall a b c d, b <> 0 -> d <> 0 -> a / b + c / d = (a * d + c * b) / (b * d).
Proof. intros. field. auto. Qed.

Lemma R_fraction_difference : forall a b c d, b <> 0 -> d <> 0 -> a / b - c / d = (a * d - c * b) / (b * d).
Proof. intros. field. auto. Qed.

Lemma R_negative_fraction_plus : forall a b c d, b <> 0 -> d <> 0 -> - (a / b) + c / d = (c * b - a * d) / (b * d).
Proof. intros. field. auto. Qed.

Lemma R_multiply_fractions : forall a b c, c <> 0 -> a * (b / c) = (a * b) / c.
Proof. intros. field. assumption. Qed.

Lemma R_multiply_fraction_right : forall a b c, c <> 0 -> (b / c) * a = (b * a) / c.
Proof. intros. field. assumption. Qed.

Lemma R_divide_fraction : forall a b c, b <> 0 -> c <> 0 -> (a / b) / c = a / (b * c).
Proof. intros. field. auto. Qed.

Lemma R_divide_by_fraction : forall a b c, b <> 0 -> c <> 0 -> a / (b / c) = (a * c) / b.
Proof. intros. field. auto. Qed.

Lemma R_power_zero : forall a, a ^ 0 = 1.
Proof. intros. reflexivity. Qed.

Lemma R_power_one : forall a, a ^ 1 = a.
Proof. intros. ring. Qed.

Lemma R_power_product : forall a b c, Rpower a b * Rpower a c = Rpower a (b + c).
Proof. intros. symmetry. apply Rpower_plus. Qed.

Lemma R_power_of_power : forall a b c, 0 < a -> Rpower (Rpower a b) c = Rpower a (b * c).
Proof. intros. apply Rpower_mult. Qed.

Lemma R_power_of_product : forall a b c, 0 < a -> 0 < b -> Rpower (a * b) c = Rpower a c * Rpower b c.
Proof. intros. unfold Rpower. rewrite ln_mult, Rmult_plus_distr_l by assumption. apply exp_plus. Qed.

Lemma R_power_negative : forall a b, 0 < a -> Rpower a (- b) = 1 / Rpower a b.
Proof. intros. rewrite Rpower_Ropp. unfold Rdiv. ring. Qed.

Lemma R_power_of_quotient : forall a b c, 0 < a -> 0 < b -> Rpower (a / b) c = Rpower a c / Rpower b c.
Proof.
  intros a b c Ha Hb. unfold Rpower, Rdiv. rewrite ln_mult, ln_Rinv; try assumption; [| apply Rinv_0_lt_compat; assumption].
  rewrite Rmult_plus_distr_l, exp_plus, <- exp_Ropp. f_equal. f_equal. ring.
Qed.

Lemma R_power_of_one : forall a, Rpower 1 a = 1.
Proof. intros. unfold Rpower. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.

(** ** Logs *)

Lemma R_log_product : forall a b, 0 < a -> 0 < b -> ln (a * b) = ln a + ln b.
Proof. exact ln_mult. Qed.

Lemma R_log_quotient : forall a b, 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof.
  intros a b Ha Hb. unfold Rdiv. rewrite ln_mult; [| exact Ha | apply Rinv_0_lt_compat; exact Hb].
  rewrite ln_Rinv by exact Hb. ring.
Qed.

Lemma R_log_reciprocal : forall a, 0 < a -> ln (1 / a) = - ln a.
Proof. intros a Ha. rewrite R_log_quotient by lra. rewrite ln_1. ring. Qed.

Lemma R_log_power : forall a b, 0 < a -> ln (Rpower a b) = b * ln a.
Proof. intros a b _. unfold Rpower. apply ln_exp. Qed.

Lemma R_log_one : ln 1 = 0.
Proof. exact ln_1. Qed.

Lemma ln_not_0 : forall b, 0 < b -> b <> 1 -> ln b <> 0.
Proof. intros b Hb H zero. apply H. apply ln_inv; [exact Hb | lra |]. rewrite ln_1. exact zero. Qed.

Lemma logb_not_0 : forall k b, 0 < k -> k <> 1 -> 0 < b -> b <> 1 -> logb k b <> 0.
Proof.
  intros k b Hk apart Hb H. pose proof (ln_not_0 k Hk apart). pose proof (ln_not_0 b Hb H). unfold logb, Rdiv.
  apply Rmult_integral_contrapositive_currified; [assumption | apply Rinv_neq_0_compat; assumption].
Qed.

Lemma R_log_product_base : forall k a b, 0 < a -> 0 < b -> logb k (a * b) = logb k a + logb k b.
Proof. intros. unfold logb. rewrite ln_mult by assumption. unfold Rdiv. ring. Qed.

Lemma R_log_quotient_base : forall k a b, 0 < a -> 0 < b -> logb k (a / b) = logb k a - logb k b.
Proof. intros. unfold logb. rewrite R_log_quotient by assumption. unfold Rdiv. ring. Qed.

Lemma R_log_reciprocal_base : forall k a, 0 < a -> logb k (1 / a) = - logb k a.
Proof. intros. unfold logb. rewrite R_log_reciprocal by assumption. unfold Rdiv. ring. Qed.

Lemma R_log_power_base : forall k a b, 0 < a -> logb k (Rpower a b) = b * logb k a.
Proof. intros. unfold logb. rewrite R_log_power by assumption. unfold Rdiv. ring. Qed.

Lemma R_log_one_base : forall k, logb k 1 = 0.
Proof. intros. unfold logb. rewrite ln_1. unfold Rdiv. ring. Qed.

Lemma R_log_of_base : forall b, 0 < b -> b <> 1 -> logb b b = 1.
Proof. intros b Hb H. unfold logb. field. apply ln_not_0; assumption. Qed.

Lemma R_log_of_base_natural : ln (exp 1) = 1.
Proof. apply ln_exp. Qed.

Lemma R_change_of_base : forall b a, 0 < a -> 0 < b -> b <> 1 -> logb b a = ln a / ln b.
Proof. intros. reflexivity. Qed.

Lemma R_log_exp : forall a, ln (exp a) = a.
Proof. exact ln_exp. Qed.

Lemma R_exp_log : forall a, 0 < a -> exp (ln a) = a.
Proof. exact exp_ln. Qed.

Lemma R_exp_sum : forall a b, exp (a + b) = exp a * exp b.
Proof. exact exp_plus. Qed.

Lemma R_exp_negation : forall a, exp (- a) = 1 / exp a.
Proof. intros. rewrite exp_Ropp. unfold Rdiv. ring. Qed.

Lemma R_log_inverted : forall a b, 0 < a -> 0 < b -> ln (a / b) = - ln (b / a).
Proof. intros. rewrite !R_log_quotient by assumption. ring. Qed.

Lemma R_log_inverted_base : forall k a b, 0 < a -> 0 < b -> logb k (a / b) = - logb k (b / a).
Proof. intros. rewrite !R_log_quotient_base by assumption. ring. Qed.

Lemma R_exp_product : forall a b, exp a * exp b = exp (a + b).
Proof. intros. symmetry. apply exp_plus. Qed.

Lemma R_exp_of_sum : forall {T : Type} (A : list T) f, exp (Sum A f) = Prod A (fun x => exp (f x)).
Proof. intros T A f. induction A as [| x A IH]; simpl; [apply exp_0 | rewrite exp_plus, IH; reflexivity]. Qed.

Lemma R_exp_power : forall a b, 0 < b -> exp (a * ln b) = Rpower b a.
Proof. reflexivity. Qed.

Lemma R_power_of_log : forall b a, 0 < a -> 0 < b -> b <> 1 -> Rpower b (logb b a) = a.
Proof.
  intros b a Ha Hb H. unfold Rpower, logb. replace (ln a / ln b * ln b) with (ln a); [apply exp_ln; exact Ha |].
  field. apply ln_not_0; assumption.
Qed.

Lemma R_power_of_log_multiple : forall b a c, 0 < c -> 0 < b -> b <> 1 -> Rpower b (a * logb b c) = Rpower c a.
Proof.
  intros b a c Hc Hb H. unfold Rpower, logb. f_equal. field. apply ln_not_0; assumption.
Qed.

Lemma R_product_power : forall {T : Type} (A : list T) b f, 0 < b -> Rpower b (Sum A f) = Prod A (fun x => Rpower b (f x)).
Proof.
  intros T A b f _. unfold Rpower. induction A as [| x A IH]; simpl; [rewrite Rmult_0_l; apply exp_0 |].
  rewrite Rmult_plus_distr_r, exp_plus, IH. reflexivity.
Qed.

Lemma Prod_pos : forall {T : Type} (A : list T) f, (forall x, In x A -> 0 < f x) -> 0 < Prod A f.
Proof.
  intros T A f. induction A as [| x A IH]; simpl; intro H; [lra |].
  apply Rmult_lt_0_compat; [apply H; left; reflexivity | apply IH; intros; apply H; right; assumption].
Qed.

Lemma R_log_of_finite_product : forall {T : Type} (A : list T) f, (forall x, In x A -> 0 < f x) ->
  ln (Prod A f) = Sum A (fun x => ln (f x)).
Proof.
  intros T A f. induction A as [| x A IH]; simpl; intro H; [apply ln_1 |].
  rewrite ln_mult; [| apply H; left; reflexivity | apply Prod_pos; intros; apply H; right; assumption].
  rewrite IH; [reflexivity | intros; apply H; right; assumption].
Qed.

Lemma R_log_of_finite_product_base : forall {T : Type} k (A : list T) f, (forall x, In x A -> 0 < f x) ->
  logb k (Prod A f) = Sum A (fun x => logb k (f x)).
Proof. intros T k A f H. unfold logb. rewrite R_log_of_finite_product by exact H. symmetry. apply Sum_div. Qed.

(** ** Sums *)

Section SumRules.
Context {T : Type}.
Implicit Types (A : list T) (f g : T -> R).

Lemma R_sum_linearity : forall A f g, Sum A (fun x => f x + g x) = Sum A f + Sum A g.
Proof. exact Sum_plus. Qed.

Lemma R_sum_negation : forall A f, Sum A (fun x => - f x) = - Sum A f.
Proof. exact Sum_opp. Qed.

Lemma R_sum_constant_out : forall A c f g, Sum A (fun x => f x * c * g x) = c * Sum A (fun x => f x * g x).
Proof. intros. rewrite <- Sum_scale. apply Sum_ext. intros. ring. Qed.

Lemma R_sum_denominator_out : forall A c f, Sum A (fun x => f x / c) = Sum A f / c.
Proof. exact Sum_div. Qed.

Lemma R_factor_into_sum : forall A c d f, c * Sum A f * d = Sum A (fun x => c * f x * d).
Proof.
  intros. replace (c * Sum A f * d) with (c * d * Sum A f) by ring. rewrite <- Sum_scale. apply Sum_ext. intros. ring.
Qed.

Lemma R_sum_of_constant : forall A c, Sum A (fun _ => c) = size A * c.
Proof. exact Sum_const. Qed.

Lemma R_sum_of_zero : forall A, Sum A (fun _ => 0) = 0.
Proof. exact Sum_zero. Qed.

Lemma R_sum_rename : forall A f, Sum A (fun x => f x) = Sum A (fun y => f y).
Proof. reflexivity. Qed.

Lemma R_write_out : forall x A f, Sum (x :: A) f = Sum_from (f x) A f.
Proof. exact Sum_written. Qed.

Lemma R_marginalise : forall A P, Law A P -> Sum A P = 1.
Proof. exact Law_total. Qed.

Lemma R_expectation_as_sum : forall A P f, Mean A P f = Sum A (fun x => P x * f x).
Proof. reflexivity. Qed.

Lemma R_expectation_sign : forall A P f, Mean A P (fun x => - f x) = - Mean A P f.
Proof. intros. unfold Mean. rewrite <- Sum_opp. apply Sum_ext. intros. ring. Qed.
End SumRules.

Lemma R_size_of_range : forall n, size (range 1 n) = INR n.
Proof. intro n. unfold size, range. rewrite seq_length, PeanoNat.Nat.sub_succ, PeanoNat.Nat.sub_0_r. reflexivity. Qed.

Lemma R_sum_exchange : forall {T U : Type} (A : list T) (B : list U) f,
  Sum A (fun x => Sum B (fun y => f x y)) = Sum B (fun y => Sum A (fun x => f x y)).
Proof. intros. apply Sum_exchange. Qed.

Lemma R_sum_order : forall {T U : Type} (A : list T) (B : list U) f,
  Sum A (fun x => Sum B (fun y => f x y)) = Sum B (fun y => Sum A (fun x => f x y)).
Proof. intros. apply Sum_exchange. Qed.

Lemma R_sum_nest : forall {T U : Type} (A : list T) (B : list U) f,
  Sum (list_prod A B) (fun '(x, y) => f x y) = Sum A (fun x => Sum B (fun y => f x y)).
Proof. intros. apply Sum_pairs. Qed.

Lemma R_sum_merge : forall {T U : Type} (A : list T) (B : list U) f,
  Sum A (fun x => Sum B (fun y => f x y)) = Sum (list_prod A B) (fun '(x, y) => f x y).
Proof. intros. symmetry. apply Sum_pairs. Qed.

Lemma R_sum_idle : forall {T U : Type} (A : list T) (B : list U) f,
  Sum A (fun x => Sum B (fun _ => f x)) = Sum A (fun x => size B * f x).
Proof. intros. apply Sum_ext. intros. apply Sum_const. Qed.

Lemma R_sum_idle_first : forall {T U : Type} (A : list T) (B : list U) f,
  Sum A (fun _ => Sum B (fun y => f y)) = Sum B (fun y => size A * f y).
Proof. intros. rewrite Sum_exchange. apply Sum_ext. intros. apply Sum_const. Qed.

(** Of a sum whose other terms are zero, such as those with a delta, one term is left. *)
Lemma R_delta_sum : forall {T : Type} (A : list T) f k r,
  NoDup A -> In k A -> f k = r -> (forall i, In i A -> i <> k -> f i = 0) -> Sum A f = r.
Proof.
  intros T A f k r once Hk <- zero. apply in_split in Hk. destruct Hk as (before & after & ->).
  apply NoDup_remove_2 in once.
  assert (forall B, (forall i, In i B -> In i (before ++ after)) -> Sum B f = 0) as none.
  { intros B within. rewrite <- (Sum_zero B). apply Sum_ext. intros i Hi. specialize (within i Hi). apply zero.
    - apply in_app_or in within. apply in_or_app. destruct within; [left | right; right]; assumption.
    - intros ->. exact (once within). }
  rewrite Sum_app. simpl. rewrite (none before), (none after); [ring | |];
    intros i Hi; apply in_or_app; [right | left]; exact Hi.
Qed.

Lemma R_split_last : forall low high f, (1 <= low)%nat -> (low <= high)%nat ->
  Sum (range low high) f = Sum (range low (high - 1)) f + f high.
Proof.
  intros low high f one H. unfold range. replace (S high - low)%nat with (S (high - low)) by lia.
  replace (S (high - 1) - low)%nat with (high - low)%nat by lia.
  rewrite seq_S, Sum_app. simpl. replace (low + (high - low))%nat with high by lia. ring.
Qed.

(** A mass is what the others leave of the total. *)
Lemma R_complement : forall mass others, others + mass = 1 -> mass = 1 - others.
Proof. intros. lra. Qed.

(** What is independent given a condition has the product of the conditional masses. *)
Lemma R_independence : forall joint left right condition, condition <> 0 ->
  joint * condition = left * right -> joint / condition = (left / condition) * (right / condition).
Proof.
  intros joint left right condition H E. replace joint with (left * right / condition) by (rewrite <- E; field; exact H).
  field. exact H.
Qed.

(** The joint mass is the mass of the condition times the conditional mass. *)
Lemma R_condition : forall joint condition, condition <> 0 -> joint = condition * (joint / condition).
Proof. intros. field. assumption. Qed.

(** ** Derivatives *)

Section Calculus.
Variables (f g : R -> R) (x : R).
Hypothesis (Hf : Differentiable f x).

Lemma R_diff_negation : Derivative (fun t => - f t) x = - Derivative f x.
Proof. apply Derivative_is. apply derivable_pt_lim_opp. apply Derivative_spec. exact Hf. Qed.

Lemma R_diff_constant_factor : forall c, Derivative (fun t => c * f t) x = c * Derivative f x.
Proof. intro c. apply Derivative_is. apply (derivable_pt_lim_scal f c). apply Derivative_spec. exact Hf. Qed.

Lemma R_diff_constant_denominator : forall c, Derivative (fun t => f t / c) x = Derivative f x / c.
Proof.
  intro c. unfold Rdiv. rewrite Rmult_comm.
  replace (fun t => f t * / c) with (fun t => / c * f t) by (apply FunctionalExtensionality.functional_extensionality; intro; ring).
  apply R_diff_constant_factor.
Qed.

Lemma R_diff_ln : 0 < f x -> Derivative (fun t => ln (f t)) x = Derivative f x / f x.
Proof.
  intro pos. apply Derivative_is. unfold Rdiv. rewrite Rmult_comm.
  apply (derivable_pt_lim_comp f ln); [apply Derivative_spec; exact Hf | apply derivable_pt_lim_ln; exact pos].
Qed.

Lemma R_diff_exp : Derivative (fun t => exp (f t)) x = exp (f x) * Derivative f x.
Proof.
  apply Derivative_is. apply (derivable_pt_lim_comp f exp); [apply Derivative_spec; exact Hf | apply derivable_pt_lim_exp].
Qed.

Lemma diff_pow : forall n, Derivative (fun t => f t ^ n) x = INR n * f x ^ pred n * Derivative f x.
Proof.
  intro n. apply Derivative_is.
  apply (derivable_pt_lim_comp f (fun y => y ^ n)); [apply Derivative_spec; exact Hf | apply derivable_pt_lim_pow].
Qed.

Lemma R_diff_square : Derivative (fun t => f t ^ 2) x = 2 * f x * Derivative f x.
Proof. rewrite diff_pow. simpl. ring. Qed.

Lemma R_diff_power : forall k, 0 < f x ->
  Derivative (fun t => Rpower (f t) k) x = k * Rpower (f x) (k - 1) * Derivative f x.
Proof.
  intros k pos. apply Derivative_is.
  apply (derivable_pt_lim_comp f (fun y => Rpower y k)); [apply Derivative_spec; exact Hf |].
  apply derivable_pt_lim_power. exact pos.
Qed.

Hypothesis (Hg : Differentiable g x).

Lemma R_diff_sum : Derivative (fun t => f t + g t) x = Derivative f x + Derivative g x.
Proof. apply Derivative_is. apply derivable_pt_lim_plus; apply Derivative_spec; assumption. Qed.

Lemma diff_difference : Derivative (fun t => f t - g t) x = Derivative f x - Derivative g x.
Proof. apply Derivative_is. apply derivable_pt_lim_minus; apply Derivative_spec; assumption. Qed.

Lemma R_diff_product : Derivative (fun t => f t * g t) x = Derivative f x * g x + f x * Derivative g x.
Proof. apply Derivative_is. apply derivable_pt_lim_mult; apply Derivative_spec; assumption. Qed.

Lemma R_diff_quotient : g x <> 0 ->
  Derivative (fun t => f t / g t) x = (Derivative f x * g x - f x * Derivative g x) / g x ^ 2.
Proof.
  intro nonzero. apply Derivative_is.
  replace ((Derivative f x * g x - f x * Derivative g x) / g x ^ 2)
    with ((Derivative f x * g x - Derivative g x * f x) / Rsqr (g x)) by (unfold Rsqr; field; exact nonzero).
  apply derivable_pt_lim_div; [apply Derivative_spec; assumption | apply Derivative_spec; assumption | exact nonzero].
Qed.
End Calculus.

Lemma R_diff_exponent : forall f g x, Differentiable f x -> Differentiable g x -> 0 < f x ->
  Derivative (fun t => Rpower (f t) (g t)) x = Rpower (f x) (g x) * Derivative (fun t => g t * ln (f t)) x.
Proof.
  intros f g x Hf Hg pos. unfold Rpower. apply (R_diff_exp (fun t => g t * ln (f t))).
  apply Differentiable_mult; [exact Hg | apply Differentiable_ln; assumption].
Qed.

Lemma R_diff_entry : forall z i k x, Derivative (fun t => update z k t i) x = delta i k.
Proof.
  intros. unfold update, delta. apply Derivative_is. destruct (Nat.eqb i k); [apply derivable_pt_lim_id | apply derivable_pt_lim_const].
Qed.

Lemma R_diff_constant : forall c x, Derivative (fun _ => c) x = 0.
Proof. intros. apply Derivative_is. apply derivable_pt_lim_const. Qed.

Lemma R_diff_variable : forall x, Derivative (fun t => t) x = 1.
Proof. intros. apply Derivative_is. apply derivable_pt_lim_id. Qed.

Lemma R_diff_log : forall b f x, Differentiable f x -> 0 < f x -> 0 < b -> b <> 1 ->
  Derivative (fun t => logb b (f t)) x = Derivative f x / (f x * ln b).
Proof.
  intros b f x Hf pos Hb apart. unfold logb.
  rewrite (R_diff_constant_denominator (fun t => ln (f t))) by (apply Differentiable_ln; assumption).
  rewrite R_diff_ln by assumption. field. split; [apply ln_not_0; assumption | lra].
Qed.

Lemma R_diff_under_sum : forall {T : Type} (A : list T) (f : T -> R -> R) x,
  (forall i, In i A -> Differentiable (f i) x) ->
  Derivative (fun t => Sum A (fun i => f i t)) x = Sum A (fun i => Derivative (f i) x).
Proof.
  intros T A f x H. apply Derivative_is. apply derivable_pt_lim_Sum. intros i Hi. apply Derivative_spec. exact (H i Hi).
Qed.

(** ** Minima and maxima *)

Lemma ArgMin_ext : forall (D : R -> Prop) f g, (forall x, D x -> f x = g x) -> forall m, ArgMin D f m <-> ArgMin D g m.
Proof.
  intros D f g H m. unfold ArgMin. split; intros [Hm le]; (split; [exact Hm |]); intros x Hx;
    [rewrite <- !H by assumption | rewrite !H by assumption]; exact (le x Hx).
Qed.

Lemma ArgMax_ext : forall (D : R -> Prop) f g, (forall x, D x -> f x = g x) -> forall m, ArgMax D f m <-> ArgMax D g m.
Proof.
  intros D f g H m. unfold ArgMax. split; intros [Hm le]; (split; [exact Hm |]); intros x Hx;
    [rewrite <- !H by assumption | rewrite !H by assumption]; exact (le x Hx).
Qed.

Lemma R_argmin_constant : forall (D : R -> Prop) f c m, ArgMin D (fun t => f t + c) m <-> ArgMin D f m.
Proof. intros. unfold ArgMin. split; intros [Hm le]; (split; [exact Hm |]); intros x Hx; specialize (le x Hx); lra. Qed.

Lemma R_argmin_factor : forall (D : R -> Prop) f c m, 0 < c -> (ArgMin D (fun t => c * f t) m <-> ArgMin D f m).
Proof.
  intros D f c m pos. unfold ArgMin. split; intros [Hm le]; (split; [exact Hm |]); intros x Hx; specialize (le x Hx).
  - apply Rmult_le_reg_l with c; assumption.
  - apply Rmult_le_compat_l; lra.
Qed.

Lemma R_argmax_constant : forall (D : R -> Prop) f c m, ArgMax D (fun t => f t + c) m <-> ArgMax D f m.
Proof. intros. unfold ArgMax. split; intros [Hm le]; (split; [exact Hm |]); intros x Hx; specialize (le x Hx); lra. Qed.

Lemma R_argmin_negation : forall (D : R -> Prop) f m, ArgMin D (fun t => - f t) m <-> ArgMax D f m.
Proof. intros. unfold ArgMin, ArgMax. split; intros [Hm le]; (split; [exact Hm |]); intros x Hx; specialize (le x Hx); lra. Qed.

Lemma R_convex_minimum : forall lo hi f a,
  (forall t, Inside lo hi t -> Differentiable f t) ->
  (forall t, Inside lo hi t -> Derivative (Derivative f) t > 0) ->
  (forall t, Inside lo hi t -> (Derivative f t = 0 <-> t = a)) ->
  Inside lo hi a -> forall m, ArgMin (Inside lo hi) f m <-> m = a.
Proof.
  intros lo hi f a diff pos zero Ha. apply convex_minimum; [exact Ha | exact diff | exact pos |].
  apply (zero a Ha). reflexivity.
Qed.

(** ** Statements *)

Lemma R_add_to_both_sides : forall a b c, a = b <-> a + c = b + c.
Proof. intros. split; intro H; lra. Qed.

Lemma R_multiply_both_sides : forall a b c, c <> 0 -> (a = b <-> a * c = b * c).
Proof. intros a b c H. split; intro E; [rewrite E; reflexivity | apply Rmult_eq_reg_r with c; assumption]. Qed.

Lemma R_swap_sides : forall a b : R, a = b <-> b = a.
Proof. intros. split; intro H; symmetry; exact H. Qed.

Lemma R_fraction_zero : forall a b, b <> 0 -> (a / b = 0 <-> a = 0).
Proof.
  intros a b H. split; intro zero; [| subst; field; exact H].
  replace a with (a / b * b) by (field; exact H). rewrite zero. ring.
Qed.

Lemma R_difference_zero : forall a b, a - b = 0 <-> a = b.
Proof. intros. split; intro H; lra. Qed.

(** ** Inequalities *)

Lemma R_positive : forall a, 0 < a -> a > 0.
Proof. intros a H. exact H. Qed.

Lemma R_gibbs : forall {T : Type} (A : list T) P Q, Law A P -> Law A Q -> KL ln A P Q >= 0.
Proof. intros T A P Q [HP SP] [HQ SQ]. apply Rle_ge. apply Gibbs; [exact HP | exact HQ | lra]. Qed.

Lemma R_gibbs_base : forall k {T : Type} (A : list T) P Q, 1 < k -> Law A P -> Law A Q -> KL (logb k) A P Q >= 0.
Proof.
  intros k T A P Q Hk HP HQ. pose proof (R_gibbs A P Q HP HQ) as H. unfold KL, logb in *.
  assert (0 < ln k) by (rewrite <- ln_1; apply ln_increasing; lra).
  replace (Sum A (fun x => P x * (ln (P x / Q x) / ln k))) with (Sum A (fun x => P x * ln (P x / Q x)) / ln k).
  - apply Rle_ge. apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat; assumption].
  - rewrite <- Sum_div. apply Sum_ext. intros. unfold Rdiv. ring.
Qed.

Lemma R_not_negative : forall a, 0 <= a -> a >= 0.
Proof. intros. lra. Qed.

Lemma R_not_positive : forall a, 0 <= a -> - a <= 0.
Proof. intros. lra. Qed.

Lemma R_drop_positive_term : forall a b, 0 <= b -> a + b >= a.
Proof. intros. lra. Qed.

Lemma R_add_positive_term : forall a b, 0 <= b -> a <= a + b.
Proof. intros. lra. Qed.

Lemma R_drop_negative_term : forall a b, 0 <= b -> a - b <= a.
Proof. intros. lra. Qed.

Lemma R_difference_not_negative : forall a b, a - b >= 0 <-> a >= b.
Proof. intros. split; intro; lra. Qed.

Lemma R_log_below_line : forall a, 0 < a -> ln a <= a - 1.
Proof. exact ln_le_minus_one. Qed.

Lemma R_mean_log_below_line : forall {T : Type} (A : list T) a b,
  (forall x, In x A -> 0 < a x) -> (forall x, In x A -> 0 < b x) ->
  - Sum A (fun x => a x * ln (b x)) >= - Sum A (fun x => a x * (b x - 1)).
Proof.
  intros T A a b Ha Hb. apply Rle_ge, Ropp_le_contravar, Sum_le. intros x Hx.
  apply Rmult_le_compat_l; [left; apply Ha; exact Hx | apply ln_le_minus_one, Hb, Hx].
Qed.

Lemma R_jensen_log : forall {T : Type} (A : list T) P f, Law A P -> (forall x, In x A -> 0 < f x) ->
  Mean A P (fun x => ln (f x)) <= ln (Mean A P f).
Proof.
  intros T A P f [pos total] Hf. unfold Mean.
  assert (A <> nil) as some by (intros ->; simpl in total; lra).
  assert (0 < Sum A (fun x => P x * f x)) as mean
    by (apply Sum_pos; [exact some | intros x Hx; apply Rmult_lt_0_compat; [apply pos | apply Hf]; exact Hx]).
  set (m := Sum A (fun x => P x * f x)) in *.
  replace (ln m) with (Sum A (fun x => P x * ln m + P x * f x * / m - P x)).
  - apply Sum_le. intros x Hx. pose proof (pos x Hx) as Px. pose proof (Hf x Hx) as fx.
    assert (0 < f x / m) as ratio by (apply Rdiv_lt_0_compat; assumption).
    pose proof (ln_le_minus_one _ ratio) as bound. rewrite R_log_quotient in bound by assumption.
    apply Rmult_le_compat_l with (r := P x) in bound; [| lra]. unfold Rdiv in bound. lra.
  - unfold Rminus. rewrite !Sum_plus, Sum_opp, total.
    replace (Sum A (fun x => P x * ln m)) with (ln m * Sum A P) by (rewrite <- Sum_scale; apply Sum_ext; intros; ring).
    replace (Sum A (fun x => P x * f x * / m)) with (m / m)
      by (unfold m at 1, Rdiv; rewrite Rmult_comm, <- Sum_scale; apply Sum_ext; intros; ring).
    rewrite total. field. lra.
Qed.

Lemma R_jensen_minus_log : forall {T : Type} (A : list T) P f, Law A P -> (forall x, In x A -> 0 < f x) ->
  - Mean A P (fun x => ln (f x)) >= - ln (Mean A P f).
Proof. intros. apply Rle_ge, Ropp_le_contravar, R_jensen_log; assumption. Qed.

Lemma Mean_logb : forall k {T : Type} (A : list T) P f, Mean A P (fun x => logb k (f x)) = Mean A P (fun x => ln (f x)) / ln k.
Proof. intros. unfold Mean, logb. rewrite <- Sum_div. apply Sum_ext. intros. unfold Rdiv. ring. Qed.

Lemma R_jensen_log_base : forall k {T : Type} (A : list T) P f, 1 < k -> Law A P -> (forall x, In x A -> 0 < f x) ->
  Mean A P (fun x => logb k (f x)) <= logb k (Mean A P f).
Proof.
  intros k T A P f Hk HP Hf. rewrite Mean_logb. unfold logb, Rdiv. apply Rmult_le_compat_r.
  - left. apply Rinv_0_lt_compat. rewrite <- ln_1. apply ln_increasing; lra.
  - apply R_jensen_log; assumption.
Qed.

Lemma R_jensen_minus_log_base : forall k {T : Type} (A : list T) P f, 1 < k -> Law A P -> (forall x, In x A -> 0 < f x) ->
  - Mean A P (fun x => logb k (f x)) >= - logb k (Mean A P f).
Proof. intros. apply Rle_ge, Ropp_le_contravar, R_jensen_log_base; assumption. Qed.
