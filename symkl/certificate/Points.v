(** Statements at one rational point: two sides that differ are told apart by their bounds; two that are equal are the same
    sums of logs of primes. *)

From Coq Require Import Reals List Lra Lia ZArith QArith Qreals.
From SymKL Require Import Definitions Sums Calculus Rules Conditions Tactics Expressions Bounds.
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
  measures; unfold logb, size, delta, range, update;
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

(** ** Sides that differ *)

Lemma ordered_apart : forall less l r, ordered less l r -> l <> r.
Proof. intros [|] l r H; cbn in H; lra. Qed.

Lemma derivative_at : forall f a b, a = b -> Derivative f a = Derivative f b.
Proof. intros f a b ->. reflexivity. Qed.

Lemma differentiable_at : forall f a b, a = b -> Differentiable f b -> Differentiable f a.
Proof. intros f a b ->. trivial. Qed.

(** The points of derivatives as fractions. *)
Ltac as_fraction a :=
  lazymatch a with
  | IZR _ / IZR (Zpos _) => fail
  | _ =>
      let q := rational a in
      let q := eval vm_compute in (Qred q) in
      lazymatch q with
      | Qmake ?n ?d => first [rewrite (derivative_at _ a (IZR n / IZR (Zpos d))) by lra | apply (differentiable_at _ a (IZR n / IZR (Zpos d))); [lra |]]
      end
  end.
Ltac points_as_fractions :=
  repeat match goal with |- context [Derivative ?f ?a] => as_fraction a end;
  try lazymatch goal with |- Differentiable _ ?a => as_fraction a end.

(** By bounds that are taken more and more finely: the bits, and the terms of the series of logs. *)
Ltac finer close := first [close 24%positive 9%nat | close 64%positive 22%nat | close 160%positive 54%nat].

(** Numbers that are fractions, as pairs. *)
Ltac fractions numbers :=
  lazymatch numbers with
  | nil => constr:(@nil (Z * positive))
  | cons (place (IZR ?n / IZR (Zpos ?d))) ?rest => let others := fractions rest in constr:(cons (n, d) others)
  end.

(** Poses which of two closed numbers is less. *)
Ltac told_apart l r H :=
  let one := expression_of (@nil R) l in
  lazymatch one with (?a, ?some) =>
    let other := expression_of some r in
    lazymatch other with (?b, ?numbers) =>
      let points := fractions numbers in
      finer ltac:(fun bits terms =>
        let found := eval vm_compute in (order bits terms points a b) in
        lazymatch found with Some ?less =>
          assert (ordered less l r) as H;
          [refine (order_right bits terms points a b less _); vm_cast_no_check (eq_refl (Some less)) |]
        end)
    end
  end.

Ltac by_slope :=
  points_as_fractions;
  lazymatch goal with |- Differentiable ?f ?a =>
    let read := expression_of (@nil R) (Derivative f a) in
    lazymatch read with (Slope ?k ?e, ?numbers) =>
      let points := fractions numbers in
      finer ltac:(fun bits terms =>
        refine (has_slope_right bits terms points k e _); vm_compute; reflexivity)
    end
  end.

(** A statement about two closed numbers, or that one is false. *)
Ltac by_bounds :=
  points_as_fractions;
  let H := fresh in
  lazymatch goal with
  | |- ?l < ?r => told_apart l r H; exact H
  | |- ?l <> ?r => told_apart l r H; apply (ordered_apart _ _ _ H)
  | |- ~ (_ /\ _) =>
      let K := fresh in
      intros [H K];
      first
        [ lazymatch type of H with ?A => assert (~ A) by by_bounds; contradiction end
        | lazymatch type of K with ?A => assert (~ A) by by_bounds; contradiction end ]
  | |- ~ (?l <= ?r) => told_apart l r H; exact (Rlt_not_le _ _ H)
  | |- ~ (?l >= ?r) => told_apart l r H; exact (Rlt_not_ge _ _ H)
  | |- ~ (?l < ?r) => told_apart l r H; exact (Rlt_asym _ _ H)
  | |- ~ (?l > ?r) => told_apart l r H; exact (Rlt_asym _ _ H)
  end.

Ltac by_defined :=
  intros; at_element; repeat match goal with H : Inside _ _ _ |- _ => destruct H; cbv beta iota in * end; written_out; conjunction;
  first [lra | nonzero | positive | by_bounds | by_slope | differentiable].

(** [ln (p ^ a * q ^ b * ...) = a ln p + b ln q + ...]. *)
Ltac by_powers :=
  first
    [ rewrite ln_1; lra
    | rewrite ?mult_IZR; rewrite ?ln_mult by (repeat match goal with |- 0 < _ * _ => apply Rmult_lt_0_compat end; apply IZR_lt, Z.pow_pos_nonneg; lia);
      rewrite !ln_whole_power by lia; rewrite ?INR_IZR_INZ; cbn [Z.of_nat Pos.of_succ_nat Pos.succ]; lra ].

(** The log of a whole number as a sum of logs of primes; [factors] is its product. *)
Ltac by_primes factors :=
  lazymatch goal with |- ln (IZR ?n) = _ => rewrite (ln_same n factors) by (vm_compute; reflexivity) end; by_powers.

(** Sides that are equal refute what says that they are not. *)
Ltac by_equality :=
  lazymatch goal with
  | |- ~ (?l <> ?r) => let E := fresh in assert (l = r) as E by first [lra | field; lra]; intro; contradiction
  | |- ~ (?l < ?r) => let E := fresh in assert (l = r) as E by first [lra | field; lra]; intro; lra
  | |- ~ (?l > ?r) => let E := fresh in assert (l = r) as E by first [lra | field; lra]; intro; lra
  end.

Ltac by_member := cbn; tauto.

(** ** Minima and maxima *)

Lemma no_minimum : forall (D : R -> Prop) f e x, D x -> f x < f e -> ~ (forall m, ArgMin D f m <-> m = e).
Proof. intros D f e x Hx less H. destruct (proj2 (H e) eq_refl) as [_ least]. specialize (least x Hx). lra. Qed.

Lemma no_maximum : forall (D : R -> Prop) f e x, D x -> f e < f x -> ~ (forall m, ArgMax D f m <-> m = e).
Proof. intros D f e x Hx less H. destruct (proj2 (H e) eq_refl) as [_ most]. specialize (most x Hx). lra. Qed.

(** That a number is no minimum or maximum: one of some other points is better. *)
Ltac by_other_point others :=
  lazymatch others with
  | cons ?x ?rest =>
      first
        [ first [apply (no_minimum _ _ _ x) | apply (no_maximum _ _ _ x)];
          [solve [unfold Inside; split; first [exact I | lra]] | cbv beta; solve [by_bounds]]
        | by_other_point rest ]
  end.
