(** Real expressions as data: their derivatives are computed by Coq, and are proved to be right wherever every log and every
    denominator has a value. *)

From Coq Require Import Reals List Lra ZArith FunctionalExtensionality.
From SymKL Require Import Definitions Calculus.

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

(** That what every derivative is taken of is smooth. *)
Fixpoint Checked (point : nat -> R) (e : expression) : Prop :=
  match e with
  | Whole _ | Coordinate _ => True
  | Add a b | Multiply a b => Checked point a /\ Checked point b
  | Opposite a | Inverse a | Logarithm a | Exponential a | Absolute a => Checked point a
  | Slope _ a => Checked point a /\ Smooth point (flat a)
  end.

(** ** Around a point *)

Definition Near (x : R) (S : R -> Prop) : Prop := exists d, 0 < d /\ forall t, Rabs (t - x) < d -> S t.

Lemma near_both : forall x S T, Near x S -> Near x T -> Near x (fun t => S t /\ T t).
Proof.
  intros x S T (d & Hd & HS) (e & He & HT). exists (Rmin d e). split; [apply Rmin_glb_lt; assumption |].
  intros t Ht. pose proof (Rmin_l d e). pose proof (Rmin_r d e). split; [apply HS | apply HT]; lra.
Qed.

Lemma near_all : forall x (S : R -> Prop), (forall t, S t) -> Near x S.
Proof. intros x S H. exists 1. split; [lra |]. intros t _. apply H. Qed.

Lemma near_apart : forall f x y, Differentiable f x -> f x <> y -> Near x (fun t => f t <> y).
Proof.
  intros f x y [l H] apart. pose proof (derivable_continuous_pt f x (exist _ l H)) as continuous.
  destruct (continuous (Rabs (f x - y)) (Rabs_pos_lt _ (Rminus_eq_contra _ _ apart))) as (d & Hd & close).
  exists d. split; [exact Hd |]. intros t Ht same. destruct (Req_dec x t) as [<- | other]; [exact (apart same) |].
  specialize (close t (conj (conj I other) Ht)). cbn in close. unfold R_dist in close. rewrite same, Rabs_minus_sym in close. lra.
Qed.

Lemma near_positive : forall f x, Differentiable f x -> 0 < f x -> Near x (fun t => 0 < f t).
Proof.
  intros f x [l H] pos. pose proof (derivable_continuous_pt f x (exist _ l H)) as continuous.
  destruct (continuous (f x) pos) as (d & Hd & close).
  exists d. split; [exact Hd |]. intros t Ht. destruct (Req_dec x t) as [<- | other]; [exact pos |].
  specialize (close t (conj (conj I other) Ht)). cbn in close. unfold R_dist in close. apply Rabs_def2 in close. lra.
Qed.

Lemma smooth_near : forall e point k, Smooth point e -> Near (point k) (fun t => Smooth (update point k t) e).
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH]; intros point k H;
    cbn [Smooth] in *; try (apply near_all; trivial; fail); auto.
  - destruct H. apply near_both; auto.
  - destruct H. apply near_both; auto.
  - destruct H as [H apart]. apply near_both; [auto |]. apply (near_apart (fun t => evaluate (update point k t) a)).
    + exists (evaluate point (derive k a)). apply derive_right. exact H.
    + rewrite update_same. exact apart.
  - destruct H as [H pos]. apply near_both; [auto |]. apply (near_positive (fun t => evaluate (update point k t) a)).
    + exists (evaluate point (derive k a)). apply derive_right. exact H.
    + rewrite update_same. exact pos.
  - destruct H as [H apart]. apply near_both; [auto |]. apply (near_apart (fun t => evaluate (update point k t) a)).
    + exists (evaluate point (derive k a)). apply derive_right. exact H.
    + rewrite update_same. exact apart.
Qed.

Lemma checked_near : forall e point k, Checked point e -> Near (point k) (fun t => Checked (update point k t) e).
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH]; intros point k H;
    cbn [Checked] in *; try (apply near_all; trivial; fail); auto;
    destruct H; apply near_both; auto using smooth_near.
Qed.

Lemma near_inside : forall x S, Near x S -> exists lo hi, Inside lo hi x /\ forall t, Inside lo hi t -> S t.
Proof.
  intros x S (d & Hd & H). exists (Some (x - d)), (Some (x + d)). split; [split; lra |].
  intros t [low high]. apply H. apply Rabs_def1; lra.
Qed.

Lemma flat_right : forall e point, Checked point e -> evaluate point (flat e) = evaluate point e.
Proof.
  induction e as [z | j | a IHa b IHb | a IHa b IHb | a IH | a IH | a IH | a IH | a IH | j a IH];
    intros point H; cbn [Checked flat evaluate] in *; try reflexivity; try (destruct H as [H K]); try solve [f_equal; auto].
  destruct (near_inside _ _ (checked_near a point j H)) as (lo & hi & inside & near). symmetry. etransitivity.
  - symmetry. apply (Derivative_near lo hi (fun t => evaluate (update point j t) (flat a))); [exact inside |].
    intros t Ht. apply IH. exact (near t Ht).
  - apply Derivative_is. apply derive_right. exact K.
Qed.

Lemma slope_exists : forall point k a, Checked point (Slope k a) ->
  Differentiable (fun t => evaluate (update point k t) a) (point k).
Proof.
  intros point k a [H K]. destruct (near_inside _ _ (checked_near a point k H)) as (lo & hi & inside & near).
  apply (Differentiable_near lo hi (fun t => evaluate (update point k t) (flat a))); [exact inside | |].
  - intros t Ht. apply flat_right. exact (near t Ht).
  - exists (evaluate point (derive k (flat a))). apply derive_right. exact K.
Qed.

(** ** Terms as expressions *)

(** Stands for coordinate k while a function is read. *)
Definition coordinate (k : nat) : R := INR k.

(** The place that a derivative moves: apart from every other, even one of the same value. *)
Definition place (x : R) : R := x.

Definition at_numbers (numbers : list R) (k : nat) : R := nth k numbers 0.

Fixpoint power (a : expression) (n : nat) : expression :=
  match n with
  | O => Whole 1
  | S m => Multiply a (power a m)
  end.

(** The position of a number in a list, which must have it. *)
Ltac position e numbers :=
  match numbers with
  | cons e _ => constr:(O)
  | cons _ ?rest => let k := position e rest in constr:(S k)
  end.

(** The expression of a term, and the numbers that its coordinates are: those that are known, and those that are met in it. *)
Ltac expression_of numbers e :=
  lazymatch e with
  | IZR ?z => constr:((Whole z, numbers))
  | R0 => constr:((Whole 0, numbers))
  | R1 => constr:((Whole 1, numbers))
  | coordinate ?k => constr:((Coordinate k, numbers))
  | ?a + ?b => expression_of_two numbers Add a b
  | ?a * ?b => expression_of_two numbers Multiply a b
  | ?a - ?b => expression_of_two numbers (fun x y => Add x (Opposite y)) a b
  | ?a / ?b => expression_of_two numbers (fun x y => Multiply x (Inverse y)) a b
  | Rpower ?a ?b => expression_of_two numbers (fun x y => Exponential (Multiply y (Logarithm x))) a b
  | logb ?b ?a => expression_of_two numbers (fun x y => Multiply (Logarithm x) (Inverse (Logarithm y))) a b
  | - ?a => expression_of_one numbers Opposite a
  | / ?a => expression_of_one numbers Inverse a
  | ln ?a => expression_of_one numbers Logarithm a
  | exp ?a => expression_of_one numbers Exponential a
  | Rabs ?a => expression_of_one numbers Absolute a
  | ?a ^ ?n => expression_of_one numbers (fun x => power x n) a
  | Derivative ?f (coordinate ?k) => let body := eval cbv beta in (f (coordinate k)) in expression_of_one numbers (Slope k) body
  | context [coordinate _] => fail
  | Derivative ?f ?a =>
      let k := eval cbv in (length numbers) in
      let more := eval cbn [app] in (app numbers (cons (place a) nil)) in
      let body := eval cbv beta in (f (coordinate k)) in
      expression_of_one more (Slope k) body
  | _ =>
      match constr:(tt) with
      | _ => let k := position e numbers in constr:((Coordinate k, numbers))
      | _ =>
          let k := eval cbv in (length numbers) in
          let more := eval cbn [app] in (app numbers (cons e nil)) in
          constr:((Coordinate k, more))
      end
  end
with expression_of_one numbers head a :=
  let read := expression_of numbers a in
  lazymatch read with (?x, ?more) => let made := eval cbn [power] in (head x) in constr:((made, more)) end
with expression_of_two numbers head a b :=
  let read := expression_of numbers a in
  lazymatch read with (?x, ?more) =>
    let other := expression_of more b in
    lazymatch other with (?y, ?all) => let made := eval cbv beta in (head x y) in constr:((made, all)) end
  end.

(** That a derivative is itself differentiable: what is left are its logs and denominators. *)
Ltac by_slopes :=
  lazymatch goal with |- Differentiable ?f ?x =>
    let body := eval cbv beta in (f (coordinate 0)) in
    let read := expression_of (cons (place x) nil) body in
    lazymatch read with (?e, ?numbers) =>
      refine (slope_exists (at_numbers numbers) 0 e _);
      cbn [Checked Smooth flat derive plus times evaluate at_numbers nth Nat.eqb]; unfold place;
      repeat lazymatch goal with |- _ /\ _ => split end
    end
  end.
