(** Statements at one rational point: logs of fractions as sums of logs of primes, and their signs. *)

From Coq Require Import Reals List Lra Lia ZArith QArith Qreals.
From SymKL Require Import Definitions Sums Calculus Rules Conditions Tactics.
Open Scope R_scope.

Lemma ln_fraction : forall e a b, e = IZR a / IZR b -> (0 < a)%Z -> (0 < b)%Z -> ln e = ln (IZR a) - ln (IZR b).
Proof. intros e a b -> Ha Hb. apply R_log_quotient; apply IZR_lt; assumption. Qed.

Lemma ln_same : forall a b, a = b -> ln (IZR a) = ln (IZR b).
Proof. intros a b ->. reflexivity. Qed.

Lemma ln_whole_power : forall a k, (0 < a)%Z -> ln (IZR (a ^ Z.of_nat k)) = INR k * ln (IZR a).
Proof.
  intros a k Ha. induction k as [| k IH]; [simpl; rewrite ln_1; lra |].
  rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia. rewrite mult_IZR, ln_mult, IH, S_INR; [lra | apply IZR_lt; lia |].
  apply IZR_lt. apply Z.pow_pos_nonneg; lia.
Qed.

(** [2 ^ m <= p ^ k] says where the log of [p] is among the multiples of the log of 2. *)
Lemma ln_powers : forall a m b k, ((0 <? a) && (0 <? b) && (0 <=? m) && (0 <=? k))%Z%bool = true -> (a ^ m <=? b ^ k)%Z = true ->
  IZR m * ln (IZR a) <= IZR k * ln (IZR b).
Proof.
  intros a m b k H le. repeat rewrite Bool.andb_true_iff in H. destruct H as [[[Ha Hb] Hm] Hk].
  apply Z.ltb_lt in Ha, Hb. apply Z.leb_le in Hm, Hk, le.
  assert (forall c n, (0 < c)%Z -> (0 <= n)%Z -> ln (IZR (c ^ n)) = IZR n * ln (IZR c)) as power.
  { intros c n Hc Hn. rewrite <- (Z2Nat.id n Hn) at 1. rewrite ln_whole_power by exact Hc. rewrite INR_IZR_INZ, Z2Nat.id by exact Hn.
    reflexivity. }
  rewrite <- !power by assumption. destruct (Z.eq_dec (a ^ m) (b ^ k)) as [-> | apart]; [lra |]. left.
  apply ln_increasing; apply IZR_lt; [apply Z.pow_pos_nonneg; assumption | lia].
Qed.

Lemma negative_times : forall x b, 0 < b -> x * b < 0 -> x < 0.
Proof. intros x b Hb H. apply Rmult_lt_reg_r with b; lra. Qed.

Lemma positive_times : forall x b, 0 < b -> 0 < x * b -> 0 < x.
Proof. intros x b Hb H. apply Rmult_lt_reg_r with b; lra. Qed.

(** A closed fraction as a rational number of Coq's, to be computed with. *)
Ltac rational e :=
  lazymatch e with
  | IZR ?z => constr:(inject_Z z)
  | ?a + ?b => let x := rational a in let y := rational b in constr:(Qplus x y)
  | ?a - ?b => let x := rational a in let y := rational b in constr:(Qminus x y)
  | ?a * ?b => let x := rational a in let y := rational b in constr:(Qmult x y)
  | ?a / ?b => let x := rational a in let y := rational b in constr:(Qdiv x y)
  | - ?a => let x := rational a in constr:(Qopp x)
  | / ?a => let x := rational a in constr:(Qinv x)
  | ?a ^ ?n => let x := rational a in constr:(Qpower x (Z.of_nat n))
  end.

Ltac split_log e :=
  let q := rational e in
  let q := eval vm_compute in (Qred q) in
  lazymatch q with
  | Qmake ?a ?b => rewrite (ln_fraction e a (Zpos b)) by first [reflexivity | field | lra | (field; lra)]
  end.

(** Every log of a fraction as a difference of logs of whole numbers. *)
Ltac split_logs := repeat match goal with |- context [ln ?e] => lazymatch e with IZR _ => fail | _ => split_log e end end.

(** Sums over lists that are written out, one by one. *)
Ltac written_out :=
  measures; unfold logb, size, delta, range;
  cbn [Sum Prod seq Nat.sub list_prod app map length Nat.eqb fst snd];
  rewrite ?INR_IZR_INZ; cbn [Z.of_nat Pos.of_succ_nat Pos.succ].

Ltac at_element := repeat match goal with H : In _ _ |- _ =>
  unfold range in H; cbn [In seq Nat.sub list_prod app map] in H; repeat (destruct H as [<- | H]); try contradiction end.

Ltac by_point :=
  conjunction;
  first
    [ exact I
    | solve [lra]
    | solve [rewrite ?INR_IZR_INZ; cbn [Z.of_nat Pos.of_succ_nat Pos.succ]; lra]
    | solve [split; [repeat constructor; cbn; intuition discriminate | cbn; lia]]
    | solve [unfold Law, Positive; split; [intros; at_element; cbn [Nat.eqb]; lra | written_out; lra]]
    | solve [unfold Positive; intros; at_element; cbn [Nat.eqb]; lra]
    | solve [eexists; reflexivity]
    | solve [intros; at_element; written_out; lra] ].

Ltac by_defined := intros; at_element; written_out; conjunction; first [lra | nonzero | positive].

(** [ln (p ^ a * q ^ b * ...) = a ln p + b ln q + ...]. *)
Ltac by_powers :=
  first
    [ rewrite ln_1; lra
    | rewrite ?mult_IZR; rewrite ?ln_mult by (repeat match goal with |- 0 < _ * _ => apply Rmult_lt_0_compat end; apply IZR_lt, Z.pow_pos_nonneg; lia);
      rewrite !ln_whole_power by lia; rewrite ?INR_IZR_INZ; cbn [Z.of_nat Pos.of_succ_nat Pos.succ]; lra ].

Ltac by_computing := vm_compute; reflexivity.

(** The log of a whole number as a sum of logs of primes; [factors] is its product. *)
Ltac by_primes factors :=
  lazymatch goal with |- ln (IZR ?n) = _ => rewrite (ln_same n factors) by (vm_compute; reflexivity) end; by_powers.
