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
Ltac at_elements :=
  unfold LawWithZeros, AbsolutelyContinuous, range in *; cbn [seq Nat.sub] in *;
  repeat match goal with H : _ /\ _ |- _ => destruct H end;
  repeat match goal with
  | H : forall x, In x ?A -> _, I : In ?k ?A |- _ =>
      let fact := type of (H k I) in
      lazymatch goal with _ : fact |- _ => fail | _ => let here := fresh "M" in pose proof (H k I) as here; cbv beta in here end
  end;
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

(** Logs of quotients and products, wherever what stands in them is positive. *)
Ltac logs_apart :=
  repeat match goal with
  | |- context [ln (?a / ?b)] => rewrite (R_log_quotient a b) by (solve [lra | positive])
  | |- context [ln (?a * ?b)] => rewrite (R_log_product a b) by (solve [lra | positive])
  end.
Ltac by_logs_apart :=
  unfold Rminus, logb; rewrite ?Rmult_0_l, ?Rmult_0_r, ?Rplus_0_l, ?Rplus_0_r;
  first [ring | logs_apart; rewrite ?ln_1; first [ring | lra | field; conjunction; condition]].

Ltac by_support_at_elements := at_elements; by_cases_of_masses; by_logs_apart.
Ltac by_support_written := unfold range in *; cbn [Sum seq Nat.sub Nat.eqb] in *; by_support_at_elements.
Ltac by_support_under_sum :=
  unfold Rminus;
  repeat first [rewrite <- Sum_plus | rewrite <- Sum_opp | rewrite <- Sum_scale | rewrite <- Sum_scale_right | rewrite <- Sum_div];
  apply Sum_ext; intros; cbv beta; by_support_at_elements.
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
  intros; at_elements; by_cases_of_masses;
  first
    [ lra
    | positive
    | nonzero
    | match goal with H : _ <> 0 |- _ => exfalso; apply H; first [reflexivity | ring] end ].

Ltac by_example_with_zeros :=
  conjunction;
  first
    [ solve [split; [intros; cbn; lra | cbn; lra]]
    | solve [unfold AbsolutelyContinuous; let x := fresh in let within := fresh in intros x within; cbn in within;
        repeat (destruct within as [<- | within]; [cbn; lra |]); contradiction]
    | solve [unfold AbsolutelyContinuous; intros; cbn in *; lra]
    | by_example ].
