(** Real expressions as data: their bounds and their derivatives are computed by Coq, and are proved to be right.

    A closed statement is read into expressions, and its two sides are told apart by their bounds. Derivatives are taken first,
    in a small box around the point in which every log and every denominator is seen to have a value. *)

From Coq Require Import Reals List Lra Lia ZArith FunctionalExtensionality.
From SymKL Require Import Definitions Calculus Enclosures.

Open Scope R_scope.

Inductive expression : Set :=
  | Whole (z : Z)
  | Coordinate (k : nat)
  | Add (a b : expression)
  | Multiply (a b : expression)
  | Opposite (a : expression)
  | Inverse (a : expression)
  | Logarithm (a : expression)
  | Exponential (a : expression)
  | Absolute (a : expression)
  | Slope (k : nat) (a : expression).

(** The value where the coordinates are these numbers; [Slope k] is the derivative by coordinate k. *)
Fixpoint evaluate (point : nat -> R) (e : expression) : R :=
  match e with
  | Whole z => IZR z
  | Coordinate k => point k
  | Add a b => evaluate point a + evaluate point b
  | Multiply a b => evaluate point a * evaluate point b
  | Opposite a => - evaluate point a
  | Inverse a => / evaluate point a
  | Logarithm a => ln (evaluate point a)
  | Exponential a => exp (evaluate point a)
  | Absolute a => Rabs (evaluate point a)
  | Slope k a => Derivative (fun t => evaluate (update point k t) a) (point k)
  end.

(** ** Derivatives *)

(** That every log, denominator and absolute value may be differentiated. *)
Fixpoint Smooth (point : nat -> R) (e : expression) : Prop :=
  match e with
  | Whole _ | Coordinate _ => True
  | Add a b | Multiply a b => Smooth point a /\ Smooth point b
  | Opposite a | Exponential a => Smooth point a
  | Inverse a | Absolute a => Smooth point a /\ evaluate point a <> 0
  | Logarithm a => Smooth point a /\ 0 < evaluate point a
  | Slope _ _ => False
  end.

(** Sums and products without their zeros. *)
Definition plus (a b : expression) : expression :=
  match a, b with
  | Whole 0, _ => b
  | _, Whole 0 => a
  | _, _ => Add a b
  end.

Definition times (a b : expression) : expression :=
  match a, b with
  | Whole 0, _ | _, Whole 0 => Whole 0
  | Whole 1, _ => b
  | _, Whole 1 => a
  | _, _ => Multiply a b
  end.

Lemma evaluate_plus : forall point a b, evaluate point (plus a b) = evaluate point a + evaluate point b.
Proof.
  intros. unfold plus. destruct a as [[| ? | ?] | | | | | | | | |], b as [[| ? | ?] | | | | | | | | |]; cbn [evaluate]; ring.
Qed.

Lemma evaluate_times : forall point a b, evaluate point (times a b) = evaluate point a * evaluate point b.
Proof.
  intros. unfold times.
  destruct a as [[| [?|?|] | ?] | | | | | | | | |], b as [[| [?|?|] | ?] | | | | | | | | |]; cbn [evaluate]; ring.
Qed.

Fixpoint derive (k : nat) (e : expression) : expression :=
  match e with
  | Whole _ | Slope _ _ => Whole 0
  | Coordinate j => if Nat.eqb j k then Whole 1 else Whole 0
  | Add a b => plus (derive k a) (derive k b)
  | Multiply a b => plus (times (derive k a) b) (times a (derive k b))
  | Opposite a => times (Whole (-1)) (derive k a)
  | Inverse a => times (Opposite (Inverse (Multiply a a))) (derive k a)
  | Logarithm a => times (Inverse a) (derive k a)
  | Exponential a => times (Exponential a) (derive k a)
  | Absolute a => times (Multiply a (Inverse (Absolute a))) (derive k a)
  end.

Lemma derivative_of_absolute : forall x, x <> 0 -> derivable_pt_lim Rabs x (x * / Rabs x).
Proof.
  intros x apart. destruct (Rlt_dec 0 x) as [pos | neg].
  - rewrite Rabs_pos_eq, Rinv_r by lra. apply Rabs_derive_1. exact pos.
  - rewrite Rabs_left by lra. replace (x * / - x) with (-1) by (field; lra). apply Rabs_derive_2. lra.
Qed.

Lemma derive_right : forall e point k, Smooth point e ->
  derivable_pt_lim (fun t => evaluate (update point k t) e) (point k) (evaluate point (derive k e)).
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH]; intros point k smooth;
    cbn [evaluate derive Smooth] in *; rewrite ?evaluate_plus, ?evaluate_times; cbn [evaluate].
  - apply derivable_pt_lim_const.
  - unfold update. destruct (Nat.eqb j k) eqn:same; [apply derivable_pt_lim_id | apply derivable_pt_lim_const].
  - destruct smooth. apply (derivable_pt_lim_plus (fun t => evaluate (update point k t) a)); auto.
  - destruct smooth as [Ha Hb]. pose proof (derivable_pt_lim_mult _ _ _ _ _ (IHa point k Ha) (IHb point k Hb)) as H.
    cbv beta in H. rewrite update_same in H. exact H.
  - replace (-1 * evaluate point (derive k a)) with (- evaluate point (derive k a)) by ring.
    apply (derivable_pt_lim_opp (fun t => evaluate (update point k t) a)). auto.
  - destruct smooth as [Ha apart]. specialize (IH point k Ha).
    pose proof (derivable_pt_lim_div (fun _ => 1) _ (point k) 0 _ (derivable_pt_lim_const 1 _) IH) as H.
    cbv beta in H. rewrite update_same in H. specialize (H apart).
    replace (- / (evaluate point a * evaluate point a) * evaluate point (derive k a))
      with ((0 * evaluate point a - evaluate point (derive k a) * 1) / Rsqr (evaluate point a)) by (unfold Rsqr; field; exact apart).
    replace (fun t => / evaluate (update point k t) a) with (div_fct (fun _ => 1) (fun t => evaluate (update point k t) a));
      [exact H | apply functional_extensionality; intro; unfold div_fct; lra].
  - destruct smooth as [Ha pos]. apply (derivable_pt_lim_comp (fun t => evaluate (update point k t) a) ln); [auto |].
    cbv beta. rewrite update_same. apply derivable_pt_lim_ln. exact pos.
  - apply (derivable_pt_lim_comp (fun t => evaluate (update point k t) a) exp); [auto |].
    cbv beta. rewrite update_same. apply derivable_pt_lim_exp.
  - destruct smooth as [Ha apart]. apply (derivable_pt_lim_comp (fun t => evaluate (update point k t) a) Rabs); [auto |].
    cbv beta. rewrite update_same. apply derivative_of_absolute. exact apart.
  - destruct smooth.
Qed.

(** The expression with every derivative taken. *)
Fixpoint flat (e : expression) : expression :=
  match e with
  | Whole _ | Coordinate _ => e
  | Add a b => Add (flat a) (flat b)
  | Multiply a b => Multiply (flat a) (flat b)
  | Opposite a => Opposite (flat a)
  | Inverse a => Inverse (flat a)
  | Logarithm a => Logarithm (flat a)
  | Exponential a => Exponential (flat a)
  | Absolute a => Absolute (flat a)
  | Slope k a => derive k (flat a)
  end.

(** ** Bounds *)

Section Box.
Variable bits : positive.
Variable terms : nat.
Variable two : interval.
Hypothesis two_within : Within bits (ln 2) two.
Variable box : nat -> interval.

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

Lemma bounds_within : forall point, (forall k, Within bits (point k) (box k)) ->
  forall e I, bounds e = Some I -> Within bits (evaluate point e) I.
Proof.
  intros point Hp. induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH];
    intros I H; cbn [bounds evaluate] in *.
  - injection H as <-. apply whole_within.
  - injection H as <-. apply Hp.
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

Lemma smooth_right : forall point, (forall k, Within bits (point k) (box k)) -> forall e, smooth e = true -> Smooth point e.
Proof.
  intros point Hp. induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH];
    intro H; cbn [smooth Smooth] in *; try exact I; try (apply andb_prop in H; destruct H as [H K]); auto.
  - split; [auto |]. unfold is in K. destruct (bounds a) as [A |] eqn:E; [| discriminate].
    exact (apart_within bits _ A (bounds_within point Hp a A E) K).
  - split; [auto |]. unfold is in K. destruct (bounds a) as [A |] eqn:E; [| discriminate].
    exact (above_zero_within bits _ A (bounds_within point Hp a A E) K).
  - split; [auto |]. unfold is in K. destruct (bounds a) as [A |] eqn:E; [| discriminate].
    exact (apart_within bits _ A (bounds_within point Hp a A E) K).
  - discriminate.
Qed.

(** That what every derivative is taken of is smooth in the box. *)
Fixpoint checked (e : expression) : bool :=
  match e with
  | Whole _ | Coordinate _ => true
  | Add a b | Multiply a b => (checked a && checked b)%bool
  | Opposite a | Inverse a | Logarithm a | Exponential a | Absolute a => checked a
  | Slope _ a => (checked a && smooth (flat a))%bool
  end.

Definition Interior (point : nat -> R) : Prop :=
  forall k, IZR (fst (box k)) < point k * IZR (scale bits) < IZR (snd (box k)).

Lemma interior_within : forall point, Interior point -> forall k, Within bits (point k) (box k).
Proof. intros point H k. destruct (H k). split; lra. Qed.

(** Around the point, along one coordinate, two expressions that agree in the box agree. *)
Lemma along : forall point k, Interior point -> exists lo hi, Inside lo hi (point k) /\
  forall t, Inside lo hi t -> Interior (update point k t).
Proof.
  intros point k Hp. pose proof (scale_positive bits) as pos. set (s := IZR (scale bits)) in *.
  exists (Some (IZR (fst (box k)) / s)), (Some (IZR (snd (box k)) / s)). split.
  - destruct (Hp k) as [low high]. fold s in low, high.
    split; apply Rmult_lt_reg_r with s; try exact pos; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra.
  - intros t [low high] j. unfold update. destruct (Nat.eqb_spec j k) as [-> | _]; [| apply Hp].
    fold s. apply (Rmult_lt_compat_r s) in low, high; try exact pos.
    unfold Rdiv in low, high. rewrite Rmult_assoc, Rinv_l, Rmult_1_r in low, high by lra. split; assumption.
Qed.

Lemma flat_right : forall e point, Interior point -> checked e = true -> evaluate point (flat e) = evaluate point e.
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH];
    intros point Hp H; cbn [checked flat evaluate] in *; try reflexivity;
    try (apply andb_prop in H; destruct H as [H K]); try solve [f_equal; auto].
  destruct (along point j Hp) as (lo & hi & inside & interior). symmetry. etransitivity.
  - symmetry. apply (Derivative_near lo hi (fun t => evaluate (update point j t) (flat a))); [exact inside |].
    intros t Ht. apply IH; auto.
  - apply Derivative_is. apply derive_right. apply smooth_right; [apply interior_within; exact Hp | exact K].
Qed.

Lemma slope_exists : forall point k a, Interior point -> checked a = true -> smooth (flat a) = true ->
  Differentiable (fun t => evaluate (update point k t) a) (point k).
Proof.
  intros point k a Hp H K. destruct (along point k Hp) as (lo & hi & inside & interior).
  apply (Differentiable_near lo hi (fun t => evaluate (update point k t) (flat a))); [exact inside | |].
  - intros t Ht. apply flat_right; auto.
  - exists (evaluate point (derive k (flat a))). apply derive_right. apply smooth_right; [apply interior_within; exact Hp | exact K].
Qed.
End Box.

(** ** At rational coordinates *)

Definition fraction (q : Z * positive) : R := IZR (fst q) / IZR (Zpos (snd q)).

Definition at_points (points : list (Z * positive)) (k : nat) : R := fraction (nth k points (0%Z, 1%positive)).

Definition around (bits : positive) (points : list (Z * positive)) (k : nat) : interval :=
  let q := nth k points (0%Z, 1%positive) in
  let z := (fst q * scale bits / Zpos (snd q))%Z in (z - 1, z + 2)%Z.

Lemma around_interior : forall bits points, Interior bits (around bits points) (at_points points).
Proof.
  intros bits points k. unfold around, at_points, fraction. destruct (nth k points _) as [n d]. cbn [fst snd].
  set (s := scale bits). assert (0 < IZR (Zpos d)) as pos by (apply IZR_lt; reflexivity).
  pose proof (Z.mul_div_le (n * s) (Zpos d) eq_refl) as low. apply IZR_le in low.
  pose proof (Z.mul_succ_div_gt (n * s) (Zpos d) eq_refl) as high. apply IZR_lt in high.
  rewrite !mult_IZR in low, high. rewrite succ_IZR in high. rewrite minus_IZR, plus_IZR.
  replace (IZR n / IZR (Zpos d) * IZR s) with (IZR n * IZR s / IZR (Zpos d)) by (field; lra).
  split; apply Rmult_lt_reg_r with (IZR (Zpos d)); try exact pos;
    unfold Rdiv; rewrite ?Rmult_assoc, ?(Rmult_comm _ (/ _)), ?(Rmult_assoc _ (/ _)); field_simplify; lra.
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
  intros bits terms points a b less. unfold order. pose proof (around_interior bits points) as interior.
  set (box := around bits points) in *. destruct (log_two bits terms) as [two |] eqn:found; [| discriminate].
  apply log_two_within in found.
  destruct (checked bits terms two box a) eqn:Ha; [| discriminate]. destruct (checked bits terms two box b) eqn:Hb; [| discriminate].
  cbn [andb]. pose proof (bounds_within bits terms two found box _ (interior_within bits box _ interior)) as within.
  destruct (bounds bits terms two box (flat a)) as [A |] eqn:BA; [| discriminate].
  destruct (bounds bits terms two box (flat b)) as [B |] eqn:BB; [| discriminate].
  apply within in BA, BB. rewrite (flat_right bits terms two found) with (box := box) in BA, BB by assumption.
  destruct BA as [lowA highA]. destruct BB as [lowB highB]. pose proof (scale_positive bits).
  destruct (Z.ltb_spec (snd A) (fst B)) as [lt | _]; [| destruct (Z.ltb_spec (snd B) (fst A)) as [lt | _]; [| discriminate]];
    intro E; injection E as <-; apply IZR_lt in lt; cbn [ordered]; apply Rmult_lt_reg_r with (IZR (scale bits)); lra.
Qed.

(** Whether what a derivative by coordinate k is taken of is seen to be differentiable. *)
Definition has_slope (bits : positive) (terms : nat) (points : list (Z * positive)) (a : expression) : bool :=
  match log_two bits terms with
  | None => false
  | Some two => checked bits terms two (around bits points) (Slope 0 a)
  end.

Lemma has_slope_right : forall bits terms points k a, has_slope bits terms points a = true ->
  Differentiable (fun t => evaluate (update (at_points points) k t) a) (at_points points k).
Proof.
  intros bits terms points k a. unfold has_slope. destruct (log_two bits terms) as [two |] eqn:found; [| discriminate].
  apply log_two_within in found. cbn [checked]. intro H. apply andb_prop in H. destruct H as [H K].
  exact (slope_exists bits terms two found (around bits points) _ k a (around_interior bits points) H K).
Qed.
