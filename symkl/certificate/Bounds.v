(** Rational bounds of expressions, by which two closed ones are told apart. *)

From Coq Require Import Reals List Lra Lia ZArith.
From SymKL Require Import Definitions Calculus Expressions Enclosures.
Open Scope R_scope.

Section Point.
Variable bits : positive.
Variable terms : nat.
Variable two : interval.
Hypothesis two_within : Within bits (ln 2) two.
Variable point : nat -> R.
Variable box : nat -> interval.
Hypothesis point_within : forall k, Within bits (point k) (box k).

Definition both (f : interval -> interval -> interval) (I J : option interval) : option interval :=
  match I, J with Some A, Some B => Some (f A B) | _, _ => None end.

Fixpoint bounds (e : expression) : option interval :=
  match e with
  | Whole z => Some (whole bits z)
  | Coordinate k => Some (box k)
  | Add a b => both add (bounds a) (bounds b)
  | Multiply a b => both (multiply bits) (bounds a) (bounds b)
  | Opposite a => option_map opposite (bounds a)
  | Inverse a => match bounds a with Some A => if apart A then Some (inverse bits A) else None | None => None end
  | Logarithm a => match bounds a with Some A => log bits terms two A | None => None end
  | Exponential a => match bounds a with Some A => exponential bits terms two A | None => None end
  | Absolute a => option_map absolute (bounds a)
  | Slope _ _ => None
  end.

Lemma bounds_within : forall e I, bounds e = Some I -> Within bits (evaluate point e) I.
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH];
    intros I H; cbn [bounds evaluate] in *.
  - injection H as <-. apply whole_within.
  - injection H as <-. apply point_within.
  - destruct (bounds a) as [A |], (bounds b) as [B |]; try discriminate. injection H as <-. apply add_within; auto.
  - destruct (bounds a) as [A |], (bounds b) as [B |]; try discriminate. injection H as <-. apply multiply_within; auto.
  - destruct (bounds a) as [A |]; try discriminate. injection H as <-. apply opposite_within; auto.
  - destruct (bounds a) as [A |]; try discriminate. destruct (apart A) eqn:sign; try discriminate. injection H as <-.
    apply inverse_within; auto.
  - destruct (bounds a) as [A |]; try discriminate. exact (log_within bits terms two two_within _ A I (IH A eq_refl) H).
  - destruct (bounds a) as [A |]; try discriminate. exact (exponential_within bits terms two two_within _ A I (IH A eq_refl) H).
  - destruct (bounds a) as [A |]; try discriminate. injection H as <-. apply absolute_within; auto.
  - discriminate.
Qed.

Definition is (test : interval -> bool) (I : option interval) : bool := match I with Some A => test A | None => false end.

Fixpoint smooth (e : expression) : bool :=
  match e with
  | Whole _ | Coordinate _ => true
  | Add a b | Multiply a b => (smooth a && smooth b)%bool
  | Opposite a | Exponential a => smooth a
  | Inverse a | Absolute a => (smooth a && is apart (bounds a))%bool
  | Logarithm a => (smooth a && is above_zero (bounds a))%bool
  | Slope _ _ => false
  end.

Lemma smooth_right : forall e, smooth e = true -> Smooth point e.
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH];
    intro H; cbn [smooth Smooth] in *; try exact I; try (apply andb_prop in H; destruct H as [H K]); auto.
  - split; [auto |]. unfold is in K. destruct (bounds a) as [A |] eqn:E; [| discriminate].
    exact (apart_within bits _ A (bounds_within a A E) K).
  - split; [auto |]. unfold is in K. destruct (bounds a) as [A |] eqn:E; [| discriminate].
    exact (above_zero_within bits _ A (bounds_within a A E) K).
  - split; [auto |]. unfold is in K. destruct (bounds a) as [A |] eqn:E; [| discriminate].
    exact (apart_within bits _ A (bounds_within a A E) K).
  - discriminate.
Qed.

(** That what every derivative is taken of is smooth. *)
Fixpoint checked (e : expression) : bool :=
  match e with
  | Whole _ | Coordinate _ => true
  | Add a b | Multiply a b => (checked a && checked b)%bool
  | Opposite a | Inverse a | Logarithm a | Exponential a | Absolute a => checked a
  | Slope _ a => (checked a && smooth (flat a))%bool
  end.

Lemma checked_right : forall e, checked e = true -> Checked point e.
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH];
    intro H; cbn [checked Checked] in *; try exact I; try (apply andb_prop in H; destruct H as [H K]); auto using smooth_right.
Qed.
End Point.

(** ** At rational coordinates *)

Definition fraction (q : Z * positive) : R := IZR (fst q) / IZR (Zpos (snd q)).

Definition at_points (points : list (Z * positive)) (k : nat) : R := fraction (nth k points (0%Z, 1%positive)).

Definition around (bits : positive) (points : list (Z * positive)) (k : nat) : interval :=
  let q := nth k points (0%Z, 1%positive) in
  let z := (fst q * scale bits / Zpos (snd q))%Z in (z, z + 1)%Z.

Lemma around_within : forall bits points k, Within bits (at_points points k) (around bits points k).
Proof.
  intros bits points k. unfold Within, around, at_points, fraction. destruct (nth k points _) as [n d]. cbn [fst snd].
  set (s := scale bits). assert (0 < IZR (Zpos d)) as pos by (apply IZR_lt; reflexivity).
  pose proof (Z.mul_div_le (n * s) (Zpos d) eq_refl) as low. apply IZR_le in low.
  pose proof (Z.mul_succ_div_gt (n * s) (Zpos d) eq_refl) as high. apply IZR_lt in high.
  rewrite !mult_IZR in low, high. rewrite succ_IZR in high. rewrite plus_IZR.
  assert (IZR n / IZR (Zpos d) * IZR s * IZR (Zpos d) = IZR n * IZR s) as whole by (field; lra).
  split; apply Rmult_le_reg_r with (IZR (Zpos d)); lra.
Qed.

(** Which of two expressions is seen to be less: the first (true), the second (false), or neither. *)
Definition order (bits : positive) (terms : nat) (points : list (Z * positive)) (a b : expression) : option bool :=
  let box := around bits points in
  match log_two bits terms with
  | None => None
  | Some two =>
      if (checked bits terms two box a && checked bits terms two box b)%bool then
        match bounds bits terms two box (flat a), bounds bits terms two box (flat b) with
        | Some A, Some B => if Z.ltb (snd A) (fst B) then Some true else if Z.ltb (snd B) (fst A) then Some false else None
        | _, _ => None
        end
      else None
  end.

Definition ordered (less : bool) (x y : R) : Prop := if less then x < y else y < x.

Lemma order_right : forall bits terms points a b less, order bits terms points a b = Some less ->
  ordered less (evaluate (at_points points) a) (evaluate (at_points points) b).
Proof.
  intros bits terms points a b less. unfold order. pose proof (around_within bits points) as within.
  set (box := around bits points) in *. destruct (log_two bits terms) as [two |] eqn:found; [| discriminate].
  apply log_two_within in found.
  destruct (checked bits terms two box a) eqn:Ha; [| discriminate]. destruct (checked bits terms two box b) eqn:Hb; [| discriminate].
  cbn [andb]. pose proof (bounds_within bits terms two found _ box within) as enclosed.
  apply (checked_right bits terms two found _ box within) in Ha, Hb.
  destruct (bounds bits terms two box (flat a)) as [A |] eqn:BA; [| discriminate].
  destruct (bounds bits terms two box (flat b)) as [B |] eqn:BB; [| discriminate].
  apply enclosed in BA, BB. rewrite flat_right in BA, BB by assumption.
  destruct BA as [lowA highA]. destruct BB as [lowB highB]. pose proof (scale_positive bits).
  destruct (Z.ltb_spec (snd A) (fst B)) as [lt | _]; [| destruct (Z.ltb_spec (snd B) (fst A)) as [lt | _]; [| discriminate]];
    intro E; injection E as <-; apply IZR_lt in lt; cbn [ordered]; apply Rmult_lt_reg_r with (IZR (scale bits)); lra.
Qed.

(** Whether what a derivative is taken of is seen to be differentiable. *)
Definition has_slope (bits : positive) (terms : nat) (points : list (Z * positive)) (e : expression) : bool :=
  match log_two bits terms with
  | None => false
  | Some two => checked bits terms two (around bits points) e
  end.

Lemma has_slope_right : forall bits terms points k a, has_slope bits terms points (Slope k a) = true ->
  Differentiable (fun t => evaluate (update (at_points points) k t) a) (at_points points k).
Proof.
  intros bits terms points k a. unfold has_slope. destruct (log_two bits terms) as [two |] eqn:found; [| discriminate].
  apply log_two_within in found. intro H. apply slope_exists.
  exact (checked_right bits terms two found _ _ (around_within bits points) _ H).
Qed.
