(** Rational bounds of real numbers, computed by Coq: each is proved to enclose its number.

    An interval is a pair of whole numbers, in units of 1 / 2 ^ [bits]; every bound is rounded outward, so that numbers stay
    short. The bounds of a log are those of 2 (z + z^3 / 3 + ...) with z = (x - 1) / (x + 1), after as many halvings as bring x
    near 1; an exponential lies between two numbers whose logs do. *)

From Coq Require Import Reals List Lra Lia ZArith.
Open Scope R_scope.

(** The sum of z ^ (2 j + 1) / (2 j + 1) over [n] numbers from [j] on. *)
Fixpoint series (n j : nat) (z : R) : R :=
  match n with
  | O => 0
  | S m => z ^ (2 * j + 1) / INR (2 * j + 1) + series m (S j) z
  end.

Fixpoint geometric (n j : nat) (z : R) : R :=
  match n with
  | O => 0
  | S m => z ^ (2 * j) + geometric m (S j) z
  end.

Lemma geometric_sum : forall n j z, (1 - z ^ 2) * geometric n j z = z ^ (2 * j) - z ^ (2 * (n + j)).
Proof.
  induction n as [| n IH]; intros j z; cbn [geometric]; [rewrite Rmult_0_r; cbn; ring |].
  rewrite Rmult_plus_distr_l, IH. replace (n + S j)%nat with (S n + j)%nat by lia.
  replace (2 * S j)%nat with (2 * j + 2)%nat by lia. rewrite pow_add. ring.
Qed.

Lemma series_derivative : forall n j z, derivable_pt_lim (series n j) z (geometric n j z).
Proof.
  induction n as [| n IH]; intros j z; [apply derivable_pt_lim_const |]. cbn [series geometric].
  apply (derivable_pt_lim_plus (fun z => z ^ (2 * j + 1) / INR (2 * j + 1)) (series n (S j))); [| apply IH].
  replace (z ^ (2 * j)) with (INR (2 * j + 1) * z ^ pred (2 * j + 1) * / INR (2 * j + 1) + z ^ (2 * j + 1) * 0).
  - apply (derivable_pt_lim_mult (fun z => z ^ (2 * j + 1)) (fun _ => / INR (2 * j + 1)));
      [apply derivable_pt_lim_pow | apply derivable_pt_lim_const].
  - replace (pred (2 * j + 1)) with (2 * j)%nat by lia. field. apply not_0_INR. lia.
Qed.

Lemma series_at_0 : forall n j, series n j 0 = 0.
Proof.
  induction n as [| n IH]; intro j; [reflexivity |]. cbn [series]. rewrite IH, pow_i by lia. unfold Rdiv. ring.
Qed.

Lemma log_series : forall n z, 0 <= z < 1 ->
  series n 0 z <= (ln (1 + z) - ln (1 - z)) / 2 <= series n 0 z + z ^ (2 * (n + 0) + 1) * / (1 - z ^ 2).
Proof.
  intros n z [[pos | <-] lt].
  2: { rewrite Rplus_0_r, Rminus_0_r, ln_1, series_at_0, pow_i, Rmult_0_l by lia. lra. }
  set (f := fun t => ln (1 + t) - ln (1 - t) - 2 * series n 0 t).
  set (d := fun t => 2 * (t ^ (2 * (n + 0)) * / (1 - t ^ 2))).
  assert (forall c, 0 <= c <= z -> derivable_pt_lim f c (d c)) as D.
  { intros c Hc. assert (1 - c ^ 2 <> 0) as apart by nra.
    replace (d c) with (/ (1 + c) * (0 + 1) - / (1 - c) * (0 - 1) - (0 * series n 0 c + 2 * geometric n 0 c)).
    - unfold f.
      apply (derivable_pt_lim_minus (fun t => ln (1 + t) - ln (1 - t)) (fun t => 2 * series n 0 t));
        [apply (derivable_pt_lim_minus (fun t => ln (1 + t)) (fun t => ln (1 - t))) |].
      + apply (derivable_pt_lim_comp (fun t => 1 + t) ln); [| apply derivable_pt_lim_ln; lra].
        apply (derivable_pt_lim_plus (fun _ => 1) (fun t => t)); [apply derivable_pt_lim_const | apply derivable_pt_lim_id].
      + apply (derivable_pt_lim_comp (fun t => 1 - t) ln); [| apply derivable_pt_lim_ln; lra].
        apply (derivable_pt_lim_minus (fun _ => 1) (fun t => t)); [apply derivable_pt_lim_const | apply derivable_pt_lim_id].
      + apply (derivable_pt_lim_mult (fun _ => 2) (series n 0)); [apply derivable_pt_lim_const | apply series_derivative].
    - pose proof (geometric_sum n 0 c) as sum. replace (c ^ (2 * 0)) with 1 in sum by reflexivity.
      replace (geometric n 0 c) with ((1 - c ^ (2 * (n + 0))) / (1 - c ^ 2)) by (rewrite <- sum; field; exact apart).
      unfold d. field. repeat split; nra. }
  destruct (MVT_cor2 f d 0 z pos D) as [c [eq [H1 H2]]].
  assert (f 0 = 0) as zero.
  { unfold f. rewrite Rplus_0_r, Rminus_0_r, ln_1, series_at_0. ring. }
  rewrite zero, !Rminus_0_r in eq. unfold f in eq.
  assert (0 <= c ^ (2 * (n + 0)) <= z ^ (2 * (n + 0))) by (split; [apply pow_le; lra | apply pow_incr; lra]).
  assert (0 < / (1 - c ^ 2) <= / (1 - z ^ 2)) by (split; [apply Rinv_0_lt_compat; nra | apply Rinv_le_contravar; nra]).
  assert (0 <= d c <= 2 * (z ^ (2 * (n + 0)) * / (1 - z ^ 2))).
  { unfold d. split; [apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra] |].
    apply Rmult_le_compat_l; [lra |]. apply Rmult_le_compat; lra. }
  rewrite pow_add, pow_1. nra.
Qed.

(** ** Intervals *)

Definition interval : Type := (Z * Z)%type.

Section Bits.
Variable bits : positive.

Definition scale : Z := (2 ^ Zpos bits)%Z.

Definition Within (x : R) (I : interval) : Prop := IZR (fst I) <= x * IZR scale <= IZR (snd I).

Lemma scale_positive : 0 < IZR scale.
Proof. apply IZR_lt, Z.pow_pos_nonneg; lia. Qed.

(** A whole number over 2 ^ [by], rounded down and up. *)
Definition down (by_bits a : Z) : Z := Z.shiftr a by_bits.
Definition up (by_bits a : Z) : Z := (- Z.shiftr (- a) by_bits)%Z.

Lemma down_below : forall n a, (0 <= n)%Z -> IZR (down n a) * IZR (2 ^ n) <= IZR a.
Proof.
  intros n a Hn. rewrite <- mult_IZR. apply IZR_le. unfold down. rewrite Z.shiftr_div_pow2 by exact Hn.
  rewrite Z.mul_comm. apply Z.mul_div_le. apply Z.pow_pos_nonneg; lia.
Qed.

Lemma up_above : forall n a, (0 <= n)%Z -> IZR a <= IZR (up n a) * IZR (2 ^ n).
Proof.
  intros n a Hn. pose proof (down_below n (- a) Hn) as H. unfold down in H. unfold up. rewrite opp_IZR in *. lra.
Qed.

Definition whole (z : Z) : interval := (z * scale, z * scale)%Z.
Definition add (I J : interval) : interval := (fst I + fst J, snd I + snd J)%Z.
Definition opposite (I : interval) : interval := (- snd I, - fst I)%Z.
Definition multiply (I J : interval) : interval :=
  let a := (fst I * fst J)%Z in let b := (fst I * snd J)%Z in let c := (snd I * fst J)%Z in let d := (snd I * snd J)%Z in
  (down (Zpos bits) (Z.min (Z.min a b) (Z.min c d)), up (Zpos bits) (Z.max (Z.max a b) (Z.max c d))).
Definition above_zero (I : interval) : bool := Z.ltb 0 (fst I).
Definition below_zero (I : interval) : bool := Z.ltb (snd I) 0.
Definition apart (I : interval) : bool := (above_zero I || below_zero I)%bool.
Definition inverse (I : interval) : interval := (scale * scale / snd I, - (scale * scale / - fst I))%Z.
Definition absolute (I : interval) : interval :=
  if above_zero I then I else if below_zero I then opposite I else (0%Z, Z.max (- fst I) (snd I)).

Lemma whole_within : forall z, Within (IZR z) (whole z).
Proof. intro z. unfold Within, whole. cbn [fst snd]. rewrite mult_IZR. lra. Qed.

Lemma add_within : forall x y I J, Within x I -> Within y J -> Within (x + y) (add I J).
Proof. intros x y I J HI HJ. unfold Within, add in *. cbn [fst snd]. rewrite !plus_IZR. lra. Qed.

Lemma opposite_within : forall x I, Within x I -> Within (- x) (opposite I).
Proof. intros x I H. unfold Within, opposite in *. cbn [fst snd]. rewrite !opp_IZR. lra. Qed.

Lemma IZR_min : forall a b, IZR (Z.min a b) = Rmin (IZR a) (IZR b).
Proof.
  intros a b. destruct (Z.min_spec a b) as [[lt ->] | [le ->]]; symmetry.
  - apply Rmin_left. left. apply IZR_lt. exact lt.
  - apply Rmin_right. apply IZR_le. exact le.
Qed.

Lemma IZR_max : forall a b, IZR (Z.max a b) = Rmax (IZR a) (IZR b).
Proof.
  intros a b. destruct (Z.max_spec a b) as [[lt ->] | [le ->]]; symmetry.
  - apply Rmax_right. left. apply IZR_lt. exact lt.
  - apply Rmax_left. apply IZR_le. exact le.
Qed.

(** A product with one factor between two numbers lies between the products with these. *)
Lemma between : forall a b x y, a <= x <= b -> Rmin (a * y) (b * y) <= x * y <= Rmax (a * y) (b * y).
Proof.
  intros a b x y H. destruct (Rle_dec 0 y) as [pos | neg].
  - split; [apply Rle_trans with (a * y); [apply Rmin_l |] | apply Rle_trans with (b * y); [| apply Rmax_r]];
      apply Rmult_le_compat_r; lra.
  - assert (x * y <= a * y) by nra. assert (b * y <= x * y) by nra.
    split; [apply Rle_trans with (b * y); [apply Rmin_r |] | apply Rle_trans with (a * y); [| apply Rmax_l]]; assumption.
Qed.

Lemma product_between : forall a b c d x y, a <= x <= b -> c <= y <= d ->
  Rmin (Rmin (a * c) (a * d)) (Rmin (b * c) (b * d)) <= x * y <= Rmax (Rmax (a * c) (a * d)) (Rmax (b * c) (b * d)).
Proof.
  intros a b c d x y Hx Hy. pose proof (between a b x y Hx) as H.
  pose proof (between c d y a Hy) as Ha. pose proof (between c d y b Hy) as Hb.
  rewrite !(Rmult_comm _ a) in Ha. rewrite !(Rmult_comm _ b) in Hb. split.
  - apply Rle_trans with (Rmin (a * y) (b * y)); [| apply H].
    apply Rmin_glb; eapply Rle_trans; [apply Rmin_l | apply Ha | apply Rmin_r | apply Hb].
  - apply Rle_trans with (Rmax (a * y) (b * y)); [apply H |].
    apply Rmax_lub; eapply Rle_trans; [apply Ha | apply Rmax_l | apply Hb | apply Rmax_r].
Qed.

Lemma multiply_within : forall x y I J, Within x I -> Within y J -> Within (x * y) (multiply I J).
Proof.
  intros x y [a b] [c d] HI HJ. unfold Within in *. cbn [fst snd] in HI, HJ.
  pose proof (product_between _ _ _ _ _ _ HI HJ) as H. rewrite <- !mult_IZR, <- !IZR_min, <- !IZR_max in H.
  unfold multiply. cbn [fst snd]. pose proof scale_positive as pos.
  pose proof (down_below (Zpos bits) (Z.min (Z.min (a * c) (a * d)) (Z.min (b * c) (b * d))) ltac:(lia)) as low.
  pose proof (up_above (Zpos bits) (Z.max (Z.max (a * c) (a * d)) (Z.max (b * c) (b * d))) ltac:(lia)) as high.
  fold scale in low, high. split; apply Rmult_le_reg_r with (IZR scale); lra.
Qed.

Lemma above_zero_within : forall x I, Within x I -> above_zero I = true -> 0 < x.
Proof.
  intros x I [H _] pos. apply Z.ltb_lt, IZR_lt in pos. pose proof scale_positive.
  apply Rmult_lt_reg_r with (IZR scale); lra.
Qed.

Lemma below_zero_within : forall x I, Within x I -> below_zero I = true -> x < 0.
Proof.
  intros x I [_ H] neg. apply Z.ltb_lt, IZR_lt in neg. pose proof scale_positive.
  apply Rmult_lt_reg_r with (IZR scale); lra.
Qed.

Lemma apart_within : forall x I, Within x I -> apart I = true -> x <> 0.
Proof.
  intros x I H sign. apply Bool.orb_true_iff in sign. destruct sign as [pos | neg].
  - pose proof (above_zero_within x I H pos). lra.
  - pose proof (below_zero_within x I H neg). lra.
Qed.

Lemma quotient_below : forall a b, (0 < a)%Z -> b <> 0%Z -> IZR (a / b) <= IZR a * / IZR b.
Proof.
  intros a b Ha Hb. assert (IZR b <> 0) as apart by (apply not_0_IZR; exact Hb).
  assert (IZR b * IZR (a / b) + IZR (a mod b) = IZR a) as whole by (rewrite <- mult_IZR, <- plus_IZR, <- Z.div_mod by exact Hb; reflexivity).
  assert (IZR a * / IZR b = IZR (a / b) + IZR (a mod b) * / IZR b) as -> by (rewrite <- whole; field; exact apart).
  destruct (Z.lt_total 0 b) as [pos | [zero | neg]]; [| lia |].
  - pose proof (Z.mod_pos_bound a b pos) as [low _]. apply IZR_le in low.
    assert (0 < / IZR b) by (apply Rinv_0_lt_compat, IZR_lt; exact pos). nra.
  - pose proof (Z.mod_neg_bound a b neg) as [_ low]. apply IZR_le in low.
    assert (/ IZR b < 0) by (apply Rinv_lt_0_compat, IZR_lt; exact neg). nra.
Qed.

Lemma inverse_within : forall x I, Within x I -> apart I = true -> Within (/ x) (inverse I).
Proof.
  intros x [a b] H sign. pose proof (apart_within x _ H sign) as nonzero. pose proof scale_positive as pos.
  unfold Within, inverse in *. cbn [fst snd] in *. set (s := IZR scale) in *. set (y := x * s) in *.
  assert (0 < IZR a \/ IZR b < 0) as side.
  { apply Bool.orb_true_iff in sign. unfold above_zero, below_zero in sign. cbn [fst snd] in sign.
    destruct sign as [above | below]; [left | right]; apply IZR_lt, Z.ltb_lt; assumption. }
  assert (/ x * s = s * s * / y) as -> by (unfold y; field; split; lra).
  assert (0 < scale * scale)%Z as square by (apply lt_IZR; rewrite mult_IZR; unfold s in pos; nra).
  assert (a <> 0 /\ b <> 0)%Z as [na nb] by (split; intros ->; lra).
  pose proof (quotient_below (scale * scale) b square nb) as low.
  pose proof (quotient_below (scale * scale) (- a) square ltac:(lia)) as high.
  rewrite mult_IZR in low, high. rewrite opp_IZR in *. fold s in low, high.
  replace (/ - IZR a) with (- / IZR a) in high by (field; lra).
  assert (/ IZR b <= / y <= / IZR a) as inverses.
  { destruct side as [above | below]; [split; apply Rinv_le_contravar; lra |].
    assert (forall t u, t <= u -> u < 0 -> / u <= / t) as flip.
    { intros t u le lt. replace (/ u) with (- / - u) by (field; lra). replace (/ t) with (- / - t) by (field; lra).
      apply Ropp_le_contravar, Rinv_le_contravar; lra. }
    split; apply flip; lra. }
  assert (0 < s * s) by nra. split; nra.
Qed.

Lemma absolute_within : forall x I, Within x I -> Within (Rabs x) (absolute I).
Proof.
  intros x I H. unfold absolute. destruct (above_zero I) eqn:pos; [| destruct (below_zero I) eqn:neg].
  - rewrite Rabs_pos_eq; [exact H | left; exact (above_zero_within x I H pos)].
  - rewrite Rabs_left by exact (below_zero_within x I H neg). apply opposite_within. exact H.
  - unfold Within in *. cbn [fst snd]. rewrite IZR_max, opp_IZR. pose proof scale_positive.
    pose proof (Rmax_l (- IZR (fst I)) (IZR (snd I))). pose proof (Rmax_r (- IZR (fst I)) (IZR (snd I))).
    pose proof (Rabs_pos x). unfold Rabs in *. destruct (Rcase_abs x); split; nra.
Qed.

(** ** Bounds of logs *)

(** The series of intervals: [power] holds z ^ (2 j + 1), [square] holds z ^ 2 and [rest] holds 1 / (1 - z ^ 2). *)
Fixpoint series_bounds (n : nat) (odd : Z) (power square rest : interval) : interval :=
  match n with
  | O => (0%Z, snd (multiply power rest))
  | S m =>
      add (multiply power (inverse (whole odd))) (series_bounds m (odd + 2) (multiply power square) square rest)
  end.

Lemma series_within : forall n j z x power square rest,
  Within (z ^ (2 * j + 1)) power -> Within (z ^ 2) square -> Within (/ (1 - z ^ 2)) rest ->
  series n j z <= x <= series n j z + z ^ (2 * (n + j) + 1) * / (1 - z ^ 2) ->
  Within x (series_bounds n (2 * Z.of_nat j + 1) power square rest).
Proof.
  induction n as [| n IH]; intros j z x power square rest Hp Hs Hr Hx; cbn [series series_bounds] in *.
  - pose proof (multiply_within _ _ _ _ Hp Hr) as [_ high]. cbn [Nat.add] in Hx. pose proof scale_positive.
    split; cbn [fst snd]; nra.
  - set (t := z ^ (2 * j + 1) / INR (2 * j + 1)) in *. replace x with (t + (x - t)) by ring. apply add_within.
    + unfold t, Rdiv. apply multiply_within; [exact Hp |].
      rewrite INR_IZR_INZ. replace (Z.of_nat (2 * j + 1)) with (2 * Z.of_nat j + 1)%Z by lia.
      apply inverse_within; [apply whole_within |]. apply Bool.orb_true_iff. left. apply Z.ltb_lt.
      unfold whole. cbn [fst]. apply Z.mul_pos_pos; [lia | apply lt_IZR, scale_positive].
    + replace (2 * Z.of_nat j + 1 + 2)%Z with (2 * Z.of_nat (S j) + 1)%Z by lia.
      apply (IH (S j) z); [| exact Hs | exact Hr |].
      * replace (z ^ (2 * S j + 1)) with (z ^ (2 * j + 1) * z ^ 2) by (rewrite <- pow_add; f_equal; lia).
        apply multiply_within; assumption.
      * replace (2 * (n + S j) + 1)%nat with (2 * (S n + j) + 1)%nat by lia. lra.
Qed.

Variable terms : nat.

(** Of a number that is at least 1. *)
Definition log_above_one (I : interval) : option interval :=
  let z := add (whole 1) (multiply (whole (-2)) (inverse (add I (whole 1)))) in
  let square := multiply z z in
  let below := add (whole 1) (opposite square) in
  if (above_zero I && above_zero below)%bool
  then Some (multiply (whole 2) (series_bounds terms 1 z square (inverse below)))
  else None.

Lemma log_above_one_within : forall x I J, 1 <= x -> Within x I -> log_above_one I = Some J -> Within (ln x) J.
Proof.
  intros x I J one H. unfold log_above_one.
  destruct (above_zero I) eqn:pos; [| discriminate]. set (z := 1 + -2 * / (x + 1)).
  assert (0 <= z < 1) as range.
  { unfold z. assert (/ (x + 1) <= / 2) by (apply Rinv_le_contravar; lra). assert (0 < / (x + 1)) by (apply Rinv_0_lt_compat; lra). lra. }
  assert (Within z (add (whole 1) (multiply (whole (-2)) (inverse (add I (whole 1)))))) as Hz.
  { apply add_within; [apply whole_within |]. apply multiply_within; [apply whole_within |].
    apply inverse_within; [apply add_within; [exact H | apply whole_within] |].
    apply Bool.orb_true_iff. left. unfold above_zero, add, whole in *. cbn [fst]. apply Z.ltb_lt in pos. apply Z.ltb_lt.
    pose proof scale_positive as s. apply lt_IZR in s. lia. }
  set (Z := add (whole 1) _) in *. cbn [andb].
  assert (Within (1 + - z ^ 2) (add (whole 1) (opposite (multiply Z Z)))) as below.
  { apply add_within; [apply whole_within |]. apply opposite_within. cbn [pow]. rewrite Rmult_1_r. apply multiply_within; exact Hz. }
  destruct (above_zero (add (whole 1) (opposite (multiply Z Z)))) eqn:least; [| discriminate].
  intro E. injection E as <-.
  replace (ln x) with (IZR 2 * ((ln (1 + z) - ln (1 - z)) / 2)).
  - apply multiply_within; [apply whole_within |]. apply (series_within terms 0 z).
    + cbn [Nat.mul Nat.add pow]. rewrite Rmult_1_r. exact Hz.
    + cbn [pow]. rewrite Rmult_1_r. apply multiply_within; exact Hz.
    + apply inverse_within; [exact below |]. apply Bool.orb_true_iff. left. exact least.
    + exact (log_series terms z range).
  - replace (1 + z) with (x * (1 - z)) by (unfold z; field; lra). rewrite ln_mult by lra. lra.
Qed.

(** The bounds of ln 2, of which every other log takes a multiple. *)
Definition log_two : option interval := log_above_one (whole 2).

Variable two : interval.
Hypothesis two_within : Within (ln 2) two.

(** An interval times 2 ^ [by]. *)
Definition shift (by_bits : Z) (I : interval) : interval :=
  if Z.leb 0 by_bits then (fst I * 2 ^ by_bits, snd I * 2 ^ by_bits)%Z else (down (- by_bits) (fst I), up (- by_bits) (snd I)).

Definition log (I : interval) : option interval :=
  let k := (Z.log2 (fst I) - Zpos bits)%Z in
  let J := shift (- k) I in
  if (above_zero I && Z.leb scale (fst J))%bool
  then match log_above_one J with Some L => Some (add (multiply (whole k) two) L) | None => None end
  else None.

(** 2 ^ [k] for any whole number. *)
Definition power_of_two (k : Z) : R := if Z.leb 0 k then IZR (2 ^ k) else / IZR (2 ^ - k).

Lemma power_of_two_positive : forall k, 0 < power_of_two k.
Proof.
  intro k. unfold power_of_two.
  destruct (Z.leb_spec 0 k); [| apply Rinv_0_lt_compat]; apply IZR_lt, Z.pow_pos_nonneg; lia.
Qed.

Lemma ln_power_of_two : forall k, ln (power_of_two k) = IZR k * ln 2.
Proof.
  assert (forall k, (0 <= k)%Z -> ln (IZR (2 ^ k)) = IZR k * ln 2) as natural.
  { intros k Hk. rewrite <- (Z2Nat.id k Hk). generalize (Z.to_nat k). intro n.
    induction n as [| n IH]; [cbn; rewrite ln_1; ring |].
    rewrite Nat2Z.inj_succ, Z.pow_succ_r, mult_IZR, ln_mult, IH, succ_IZR by
      (first [lia | lra | apply IZR_lt, Z.pow_pos_nonneg; lia]). ring. }
  intro k. unfold power_of_two. destruct (Z.leb_spec 0 k); [apply natural; assumption |].
  rewrite ln_Rinv by (apply IZR_lt, Z.pow_pos_nonneg; lia). rewrite natural by lia. rewrite opp_IZR. ring.
Qed.

Lemma shift_within : forall x k I, Within x I -> Within (x * power_of_two k) (shift k I).
Proof.
  intros x k I [low high]. unfold Within, shift, power_of_two. destruct (Z.leb_spec 0 k) as [pos | neg]; cbn [fst snd].
  - assert (0 < IZR (2 ^ k)) by (apply IZR_lt, Z.pow_pos_nonneg; lia). rewrite !mult_IZR. split; nra.
  - assert (0 < IZR (2 ^ - k)) as pos by (apply IZR_lt, Z.pow_pos_nonneg; lia).
    pose proof (down_below (- k) (fst I) ltac:(lia)). pose proof (up_above (- k) (snd I) ltac:(lia)).
    replace (x * / IZR (2 ^ - k) * IZR scale) with (x * IZR scale * / IZR (2 ^ - k)) by ring.
    split; apply Rmult_le_reg_r with (IZR (2 ^ - k)); try exact pos; rewrite Rmult_assoc, Rinv_l by lra; lra.
Qed.

Lemma log_within : forall x I J, Within x I -> log I = Some J -> Within (ln x) J.
Proof.
  intros x I J H. unfold log. set (k := (Z.log2 (fst I) - Zpos bits)%Z).
  destruct (above_zero I) eqn:pos; [| discriminate].
  pose proof (above_zero_within x I H pos) as Hx. pose proof (shift_within x (- k) I H) as near.
  destruct (Z.leb_spec scale (fst (shift (- k) I))) as [least | _]; [| discriminate]. cbn [andb].
  destruct (log_above_one (shift (- k) I)) as [L |] eqn:found; [| discriminate]. intro E. injection E as <-.
  assert (1 <= x * power_of_two (- k)) as one.
  { apply IZR_le in least. destruct near as [low _]. pose proof scale_positive. apply Rmult_le_reg_r with (IZR scale); lra. }
  replace (ln x) with (IZR k * ln 2 + ln (x * power_of_two (- k))).
  - apply add_within; [apply multiply_within; [apply whole_within | exact two_within] |].
    exact (log_above_one_within _ _ _ one near found).
  - rewrite ln_mult, ln_power_of_two, opp_IZR by (first [exact Hx | apply power_of_two_positive]). ring.
Qed.

(** ** Bounds of exponentials *)

(** A guess that nothing rests on, in units: Taylor's series after halvings, then squarings. *)
Fixpoint taylor (n : nat) (j x : Z) : Z :=
  match n with
  | O => scale
  | S m => (scale + down (Zpos bits) (x * taylor m (j + 1) x) / j)%Z
  end.

Definition guess (x : Z) : Z :=
  let halvings := Z.max 0 (Z.log2 (Z.abs x) + 3 - Zpos bits) in
  Nat.iter (Z.to_nat halvings) (fun y => down (Zpos bits) (y * y)) (taylor terms 1 (down halvings x)).

(** What the guess may be wrong by. *)
Definition margin (y : Z) : Z := (down (Zpos bits) y * 256 + 256)%Z.

Definition exp_below (x : Z) : Z :=
  let y := guess x in
  let c := (y - margin y)%Z in
  match log (c, c) with Some L => if (Z.ltb 0 c && Z.leb (snd L) x)%bool then c else 0%Z | None => 0%Z end.

Definition exp_above (x : Z) : option Z :=
  let y := guess x in
  let c := (y + margin y)%Z in
  match log (c, c) with Some L => if (Z.ltb 0 c && Z.leb x (fst L))%bool then Some c else None | None => None end.

Definition exponential (I : interval) : option interval :=
  match exp_above (snd I) with Some high => Some (exp_below (fst I), high) | None => None end.

Lemma exactly : forall c, Within (IZR c / IZR scale) (c, c).
Proof. intro c. pose proof scale_positive. unfold Within. cbn [fst snd]. replace (IZR c / IZR scale * IZR scale) with (IZR c) by (field; lra). lra. Qed.

Lemma exp_le : forall x y, x <= y -> exp x <= exp y.
Proof. intros x y [lt | ->]; [left; apply exp_increasing; exact lt | lra]. Qed.

Lemma exponential_within : forall x I J, Within x I -> exponential I = Some J -> Within (exp x) J.
Proof.
  intros x [a b] J [Ha Hb] H. unfold exponential in H. cbn [fst snd] in *. pose proof scale_positive as pos.
  destruct (exp_above b) as [high |] eqn:above; [| discriminate]. injection H as <-. split; cbn [fst snd].
  - unfold exp_below. set (c := (guess a - _)%Z). assert (0 <= exp x * IZR scale) as least
      by (apply Rmult_le_pos; left; [apply exp_pos | exact pos]).
    destruct (log (c, c)) as [L |] eqn:found; [| exact least].
    destruct (Z.ltb_spec 0 c) as [Hc |]; [| exact least]. destruct (Z.leb_spec (snd L) a) as [le |]; [| exact least].
    apply IZR_lt in Hc. apply IZR_le in le. destruct (log_within _ _ _ (exactly c) found) as [_ most].
    assert (0 < IZR c / IZR scale) as above_zero by (apply Rdiv_lt_0_compat; assumption).
    assert (ln (IZR c / IZR scale) <= x) as less by (apply Rmult_le_reg_r with (IZR scale); lra).
    apply exp_le in less. rewrite exp_ln in less by exact above_zero. cbn [andb].
    replace (IZR c) with (IZR c / IZR scale * IZR scale) by (field; lra). apply Rmult_le_compat_r; lra.
  - unfold exp_above in above. set (c := (guess b + _)%Z) in *.
    destruct (log (c, c)) as [L |] eqn:found; [| discriminate].
    destruct (Z.ltb_spec 0 c) as [Hc |]; [| discriminate]. destruct (Z.leb_spec b (fst L)) as [le |]; [| discriminate].
    injection above as <-. apply IZR_lt in Hc. apply IZR_le in le. destruct (log_within _ _ _ (exactly c) found) as [least _].
    assert (0 < IZR c / IZR scale) as above_zero by (apply Rdiv_lt_0_compat; assumption).
    assert (x <= ln (IZR c / IZR scale)) as more by (apply Rmult_le_reg_r with (IZR scale); lra).
    apply exp_le in more. rewrite exp_ln in more by exact above_zero.
    replace (IZR c) with (IZR c / IZR scale * IZR scale) by (field; lra). apply Rmult_le_compat_r; lra.
Qed.
End Bits.

Lemma log_two_within : forall bits terms J, log_two bits terms = Some J -> Within bits (ln 2) J.
Proof.
  intros bits terms J. unfold log_two. apply log_above_one_within; [lra | apply whole_within].
Qed.
