(** Statements about laws whose masses may be zero: at each element a mass is zero, or positive with all that dominate it. *)

From Coq Require Import Reals List Lra.
From SymKL Require Import Definitions Sums Calculus Rules Conditions Tactics.
Open Scope R_scope.

Lemma zero_or_positive : forall m, 0 <= m -> 0 = m \/ 0 < m.
Proof. intros m [pos | zero]; [right | left]; assumption. Qed.

(** What holds for all elements, at each that is written down. *)
Ltac at_written H A :=
  lazymatch A with
  | ?a :: ?rest => let here := fresh "M" in pose proof (H a ltac:(cbn; tauto)) as here; cbn in here; at_written H rest
  | nil => idtac
  end.
Ltac at_members :=
  unfold LawWithZeros, AbsolutelyContinuous in *;
  repeat match goal with H : _ /\ _ |- _ => destruct H end;
  repeat match goal with
  | H : forall x, In x ?A -> _, I : In ?k ?A |- _ =>
      let fact := type of (H k I) in
      lazymatch goal with _ : fact |- _ => fail | _ => let here := fresh "M" in pose proof (H k I) as here; cbv beta in here end
  end.
Ltac at_elements :=
  unfold range in *; cbn [seq Nat.sub] in *; at_members;
  repeat match goal with H : forall x, In x (?a :: ?rest) -> _ |- _ => at_written H (a :: rest); clear H end.

Ltac by_cases_of_masses :=
  (* A mass that several hypotheses speak of is looked at once: every further look would double the cases. *)
  repeat match goal with
  | H : 0 <= ?m, _ : 0 = ?m |- _ => clear H
  | H : 0 <= ?m, _ : 0 < ?m |- _ => clear H
  | H : 0 <= ?m |- _ => destruct (zero_or_positive m H); clear H
  end;
  repeat match goal with
  | H : ?m = 0 -> ?k = 0, pos : 0 < ?m |- _ => clear H
  | H : ?m = 0 -> ?k = 0, zero : 0 = ?m |- _ => specialize (H (eq_sym zero)); symmetry in H
  end;
  first
    [ exfalso; lra
    | repeat match goal with H : 0 = ?m |- _ => lazymatch m with 0 => clear H | _ => rewrite <- H in *; clear H end end ].

(** Beside a weight the log of a quotient or a product comes apart wherever the weight is not zero: no case needs to be looked at. *)

Lemma weighted_log_quotient : forall w a b, (w <> 0 -> 0 < a /\ 0 < b) -> w * ln (a / b) = w * ln a + - (w * ln b).
Proof.
  intros w a b H. destruct (Req_dec w 0) as [-> | N]; [ring |]. destruct (H N). rewrite R_log_quotient by assumption. ring.
Qed.

Lemma weighted_log_product : forall w a b, (w <> 0 -> 0 < a /\ 0 < b) -> w * ln (a * b) = w * ln a + w * ln b.
Proof.
  intros w a b H. destruct (Req_dec w 0) as [-> | N]; [ring |]. destruct (H N). rewrite R_log_product by assumption. ring.
Qed.

Lemma weight_over : forall w a c, w * (a / c) = w * a / c.
Proof. intros. unfold Rdiv. ring. Qed.

Lemma positive_of_weight : forall w, 0 <= w -> w <> 0 -> 0 < w.
Proof. intros w H N. destruct H as [H | H]; [exact H | congruence]. Qed.

Lemma dominated : forall p q, 0 <= q -> (q = 0 -> p = 0) -> 0 < p -> 0 < q.
Proof. intros p q [pos | zero] H P; [exact pos | rewrite (H (eq_sym zero)) in P; lra]. Qed.

Lemma factors_nonzero : forall a b, a * b <> 0 -> a <> 0 /\ b <> 0.
Proof. intros a b N. split; intros ->; apply N; ring. Qed.

(** What is positive where a weight is: the weight itself, what dominates it, and what is made of such. *)
Ltac supported :=
  first
    [ assumption
    | solve [lra]
    | match goal with H : ?q = 0 -> ?p = 0 |- 0 < ?q => apply (dominated p q); [first [assumption | lra] | exact H | supported] end
    | lazymatch goal with
      | |- 0 < _ * _ => apply Rmult_lt_0_compat; supported
      | |- 0 < _ / _ => apply Rdiv_lt_0_compat; supported
      | |- 0 < _ + _ => first [apply Rplus_lt_le_0_compat | apply Rplus_le_lt_0_compat]; first [supported | weight_nonnegative]
      end ]
with weight_nonnegative :=
  first
    [ assumption
    | solve [lra]
    | lazymatch goal with
      | |- 0 <= _ * _ => apply Rmult_le_pos; weight_nonnegative
      | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; weight_nonnegative
      | |- 0 <= _ / _ => apply Rmult_le_pos; [weight_nonnegative | left; apply Rinv_0_lt_compat; lra]
      end ].
(** A weight that is not zero is positive, and so are its factors. *)
Ltac weighs :=
  repeat match goal with
  | N : _ * _ <> 0 |- _ => destruct (factors_nonzero _ _ N); clear N
  | N : ?w <> 0 |- _ => pose proof (positive_of_weight w ltac:(weight_nonnegative) N); clear N
  end.
Ltac where_it_weighs := intro; weighs; split; supported.

Ltac logs_apart :=
  repeat match goal with
  | |- context [?w * (ln ?a / ?c)] => rewrite (weight_over w (ln a) c)
  | |- context [?w * ln (?a / ?b)] => rewrite (weighted_log_quotient w a b) by where_it_weighs
  | |- context [?w * ln (?a * ?b)] => rewrite (weighted_log_product w a b) by where_it_weighs
  | |- context [ln (?a / ?b)] => rewrite (R_log_quotient a b) by supported
  | |- context [ln (?a * ?b)] => rewrite (R_log_product a b) by supported
  end.
Ltac by_logs_apart :=
  unfold logb; rewrite ?Rmult_0_l, ?Rmult_0_r, ?Rplus_0_l, ?Rplus_0_r;
  first [ring | logs_apart; rewrite ?ln_1; first [ring | lra | field; conjunction; condition]].

Ltac by_support_at_elements := at_elements; first [solve [by_logs_apart] | by_cases_of_masses; by_logs_apart].
Ltac by_support_written := unfold range in *; cbn [Sum seq Nat.sub Nat.eqb] in *; by_support_at_elements.
Ltac by_support_under_sum :=
  unfold Rminus;
  repeat first [rewrite <- Sum_plus | rewrite <- Sum_opp | rewrite <- Sum_scale | rewrite <- Sum_scale_right | rewrite <- Sum_div];
  apply Sum_ext; intros; cbv beta; first [solve [at_members; by_logs_apart] | by_support_at_elements].
Ltac by_support :=
  measures;
  lazymatch goal with
  | |- context [Sum (_ :: _) _] => first [solve [by_support_written] | by_support_under_sum]
  | _ => first [solve [by_support_under_sum] | by_support_written]
  end.

Ltac by_law_with_zeros :=
  split; [intros i Hi; cbn in Hi; repeat (destruct Hi as [<- | Hi]; [cbn; lra |]); destruct Hi | cbn; lra].

(** What stands in a log is positive wherever its weight is not zero. *)
Ltac by_guarded :=
  intros;
  first
    [ solve [at_members; weighs; first [supported | apply Rgt_not_eq; apply Rlt_gt; supported]]
    | at_elements; weighs; solve [first [supported | apply Rgt_not_eq; apply Rlt_gt; supported]]
    | at_elements; by_cases_of_masses;
      first
        [ lra
        | positive
        | nonzero
        | match goal with H : _ <> 0 |- _ => exfalso; apply H; first [reflexivity | ring] end ] ].

Ltac by_example_with_zeros :=
  conjunction;
  lazymatch goal with
  | |- LawWithZeros _ _ => split; [each_value; cbn; lra | cbn; lra]
  | |- AbsolutelyContinuous _ _ _ =>
      first
        [ solve [intros ? ? ?; cbv beta in *; lra]
        | solve [let x := fresh in let within := fresh in intros x within; cbn in within;
            repeat (destruct within as [<- | within]; [cbn; lra |]); contradiction]
        | solve [intros x within; cbn in *; lra] ]
  | |- forall x, _ => intros; cbn; lra
  | |- _ => by_example
  end.
