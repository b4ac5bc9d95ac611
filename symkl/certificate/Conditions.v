(** Congruence down to the place of a rule, and the conditions of its lemma from the context. *)

From Coq Require Import Reals List Lra Lia Morphisms.
From SymKL Require Import Definitions Sums Calculus Expressions Rules.
Open Scope R_scope.

(** ** Congruence *)

Lemma plus_cong : forall a b c d : R, a = c -> b = d -> a + b = c + d.
Proof. intros. subst. reflexivity. Qed.
Lemma mult_cong : forall a b c d : R, a = c -> b = d -> a * b = c * d.
Proof. intros. subst. reflexivity. Qed.
Lemma div_cong : forall a b c d : R, a = c -> b = d -> a / b = c / d.
Proof. intros. subst. reflexivity. Qed.
Lemma opp_cong : forall a b : R, a = b -> - a = - b.
Proof. intros. subst. reflexivity. Qed.
Lemma call_cong : forall (f : R -> R) a b, a = b -> f a = f b.
Proof. intros. subst. reflexivity. Qed.
Lemma pow_cong : forall n a b, a = b -> a ^ n = b ^ n.
Proof. intros. subst. reflexivity. Qed.
Lemma Rpower_cong : forall a b c d, a = c -> b = d -> Rpower a b = Rpower c d.
Proof. intros. subst. reflexivity. Qed.
Lemma logb_cong : forall a b c d, a = c -> b = d -> logb a b = logb c d.
Proof. intros. subst. reflexivity. Qed.
Lemma relation_cong : forall (r : R -> R -> Prop) a b c d, a = c -> b = d -> (r a b <-> r c d).
Proof. intros. subst. split; trivial. Qed.
Lemma Mean_ext : forall {T : Type} (A : list T) P f g, (forall x, In x A -> f x = g x) -> Mean A P f = Mean A P g.
Proof. intros T A P f g H. apply Sum_ext. intros x Hx. rewrite (H x Hx). reflexivity. Qed.
Lemma same_set : forall S : R -> Prop, forall m, S m <-> S m.
Proof. intros. split; trivial. Qed.
Lemma singleton_cong : forall a b : R, a = b -> forall m, m = a <-> m = b.
Proof. intros. subst. split; trivial. Qed.
Lemma set_trans : forall S T U : R -> Prop, (forall m, S m <-> T m) -> (forall m, T m <-> U m) -> forall m, S m <-> U m.
Proof. intros S T U H K m. rewrite (H m). apply K. Qed.
Lemma Sum_exchange3 : forall {T U V : Type} (A : list T) (B : list U) (C : list V) f,
  Sum A (fun x => Sum B (fun y => Sum C (fun z => f x y z))) = Sum C (fun z => Sum A (fun x => Sum B (fun y => f x y z))).
Proof.
  intros. rewrite <- (Sum_exchange A C (fun x z => Sum B (fun y => f x y z))).
  apply Sum_ext. intros. apply Sum_exchange.
Qed.
Lemma Sum_exchange4 : forall {T U V W : Type} (A : list T) (B : list U) (C : list V) (D : list W) f,
  Sum A (fun x => Sum B (fun y => Sum C (fun z => Sum D (fun w => f x y z w)))) =
  Sum D (fun w => Sum A (fun x => Sum B (fun y => Sum C (fun z => f x y z w)))).
Proof.
  intros. rewrite <- (Sum_exchange A D (fun x w => Sum B (fun y => Sum C (fun z => f x y z w)))).
  apply Sum_ext. intros. apply Sum_exchange3.
Qed.
Lemma Sum_scale_right : forall {T : Type} (A : list T) c f, Sum A (fun x => f x * c) = Sum A f * c.
Proof. intros. rewrite Rmult_comm, <- Sum_scale. apply Sum_ext. intros. ring. Qed.

(** ** Conditions *)

Ltac at_least := first [lia | apply INR_le; cbn; lra].

Ltac element :=
  solve
    [ assumption
    | apply in_range; reflexivity
    | eapply range_within; [eassumption | reflexivity]
    | unfold range; cbn; tauto
    | eapply range_shorter; eassumption
    | apply in_range_between; at_least ].

Ltac inhabited :=
  first
    [ assumption
    | apply Alphabet_some; assumption
    | apply pairs_some; inhabited
    | apply range_some; at_least
    | discriminate ].

Lemma above_fraction : forall t, 0 < t -> 0 < 1 - 1 / (1 + t).
Proof. intros t Ht. replace (1 - 1 / (1 + t)) with (t / (1 + t)) by (field; lra). apply Rdiv_lt_0_compat; lra. Qed.

Ltac conjunction := repeat match goal with |- _ /\ _ => split end.

Ltac positive :=
  first
    [ assumption
    | solve [lra]
    | lazymatch goal with
      | |- 0 < _ * _ => apply Rmult_lt_0_compat; positive
      | |- 0 < _ / _ => apply Rdiv_lt_0_compat; positive
      | |- 0 < / _ => apply Rinv_0_lt_compat; positive
      | |- 0 < exp _ => apply exp_pos
      | |- 0 < Rpower _ _ => apply exp_pos
      | |- 0 < _ ^ _ => apply pow_lt; positive
      | |- 0 < Sum _ _ => apply Sum_pos; [inhabited | intros; cbv beta; positive]
      | |- 0 < Prod _ _ => apply Prod_pos; intros; cbv beta; positive
      | |- 0 < Mean _ _ _ => unfold Mean; positive
      | |- 0 < ln _ => apply ln_positive; above_one
      | |- 0 < update _ _ _ _ => apply update_positive; intros; positive
      | |- 0 < PI => exact PI_RGT_0
      | |- 0 < 1 - 1 / (1 + _) => apply above_fraction; positive
      | |- 0 < 1 + - (1 / (1 + _)) => apply above_fraction; positive
      | |- 0 < _ + 0 => rewrite Rplus_0_r; positive
      | |- 0 < _ + _ => apply Rplus_lt_0_compat; positive
      | |- 0 < Rabs _ => apply Rabs_pos_lt; nonzero
      | |- 0 < size _ => apply size_positive; inhabited
      end
    | match goal with
      | H : Law ?A ?f |- 0 < ?f ?x => apply (Law_pos A f H); element
      | H : Positive ?A ?f |- 0 < ?f ?x => apply H; element
      | H : forall x, In x _ -> 0 < _ |- _ => apply H; element
      | H : forall x y, In x _ -> In y _ -> 0 < _ |- _ => apply H; element
      | H : forall x y z, In x _ -> In y _ -> In z _ -> 0 < _ |- _ => apply H; element
      | H : forall x y z w, In x _ -> In y _ -> In z _ -> In w _ -> 0 < _ |- _ => apply H; element
      | H : forall x, In x _ -> ?f x < 1 |- 0 < 1 + - ?f ?x => apply Rlt_Rminus; apply H; element
      | H : forall x, In x _ -> ?f x < 1 |- 0 < 1 - ?f ?x => apply Rlt_Rminus; apply H; element
      end
    | lazymatch goal with |- 0 < _ - _ => one_of_total | |- 0 < _ + - _ => one_of_total end
    | progress cbn; positive ]
with above_one := first [lra | lazymatch goal with |- 1 < _ ^ _ => apply Rlt_pow_R1; [above_one | lia] end]
with one_of_total :=
  (* The masses that are written down are not all of them. *)
  match goal with
  | H : Law ?A ?f |- _ =>
      let total := fresh in pose proof (Law_total A f H) as total; unfold range in total; cbn [Sum seq Nat.sub] in total;
      repeat match type of total with
        context [f ?k] => lazymatch goal with known : 0 < f k |- _ => fail | _ => assert (0 < f k) by (apply (Law_pos A f H); element) end
      end; lra
  end
with nonzero :=
  first
    [ assumption
    | lazymatch goal with
      | |- - _ <> 0 => apply Ropp_neq_0_compat; nonzero
      | |- _ * _ <> 0 => apply Rmult_integral_contrapositive_currified; nonzero
      | |- ln _ <> 0 => apply ln_not_0; [positive | lra]
      | |- logb _ _ <> 0 => apply logb_not_0; [positive | lra | positive | lra]
      end
    | apply Rgt_not_eq; apply Rlt_gt; positive
    | lra
    | apply Rlt_not_eq; apply Ropp_lt_cancel; rewrite Ropp_0; ring_simplify; positive ].

Ltac nonnegative :=
  first
    [ assumption
    | solve [lra]
    | solve [left; positive]
    | match goal with H : forall x, In x _ -> _ >= 0 |- _ => apply Rge_le, H; element end
    | lazymatch goal with
      | |- 0 <= - Sum _ _ => rewrite <- Sum_opp; nonnegative
      | |- 0 <= Sum _ _ => apply Sum_nonneg; intros; cbv beta; nonnegative
      | |- 0 <= - (?a * ?b) => rewrite Ropp_mult_distr_r; apply Rmult_le_pos; nonnegative
      | |- 0 <= - ln ?a => apply ln_nonpositive; [positive | below_one]
      | |- 0 <= - logb ?b ?a => apply logb_nonpositive; [lra | positive | below_one]
      | |- 0 <= ln (1 + _) => apply ln_nonnegative; apply one_and; nonnegative
      | |- 0 <= logb _ (1 + _) => apply logb_nonnegative; [lra | apply one_and; nonnegative]
      | |- 0 <= _ * _ => apply Rmult_le_pos; nonnegative
      | |- 0 <= _ / _ => apply Rmult_le_pos; [nonnegative | left; apply Rinv_0_lt_compat; positive]
      | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; nonnegative
      | |- 0 <= _ ^ 2 => apply pow2_ge_0
      | |- 0 <= Rabs _ => apply Rabs_pos
      end ]
with below_one :=
  first
    [ lra
    | match goal with
      | H : forall x, In x _ -> ?f x < 1 |- ?f ?x <= 1 => left; apply H; element
      | H : Law ?A ?f, I : In ?x ?A |- _ <= 1 => exact (Law_at_most A f H x I)
      | H : Sum ?A ?f = 1 |- ?a <= 1 => apply Rle_trans with (Sum A f); [one_of_sum | right; exact H]
      end
    | lazymatch goal with |- ?a / ?b <= 1 => apply ratio_below_one; [positive | one_of_sum] end ]
with one_of_sum :=
  (* A joint mass is at most the marginal one, which is a sum of such. *)
  cbv beta;
  first
    [ right; reflexivity
    | lazymatch goal with
      | |- ?a <= ?b =>
          let sum := lazymatch b with Sum _ _ => b | _ => eval red in b end in
          lazymatch sum with
          | Sum ?A ?g =>
              change (a <= sum);
              first
                [ match goal with
                  | I : In ?k A |- _ =>
                      apply Rle_trans with (g k);
                      [one_of_sum | apply (Sum_term A g k); [intros; cbv beta; left; positive | exact I]]
                  end
                | let part := lazymatch a with Sum _ _ => a | _ => eval red in a end in
                  lazymatch part with Sum A _ => change (part <= sum); apply Sum_le; intros; one_of_sum end ]
          end
      end ].

Ltac measures :=
  unfold ConditionalMutualInformation, MutualInformation, ConditionalEntropy, ConditionalKL, JensenShannon,
    WeightedJensenShannon, Entropy, CrossEntropy, KL, BinaryEntropy, Mean; cbv beta iota zeta.

Ltac differentiable :=
  unfold Rminus; cbv beta;
  first
    [ assumption
    | apply Differentiable_const
    | apply Differentiable_id
    | lazymatch goal with
      | |- Differentiable (fun t => update ?z ?k t ?i) _ => apply Differentiable_entry
      | |- Differentiable (fun t => @?a t + @?b t) _ => apply (Differentiable_plus a b); differentiable
      | |- Differentiable (fun t => - @?a t) _ => apply (Differentiable_opp a); differentiable
      | |- Differentiable (fun t => @?a t * @?b t) _ => apply (Differentiable_mult a b); differentiable
      | |- Differentiable (fun t => @?a t / @?b t) _ =>
          apply (Differentiable_div a b); [cbv beta; nonzero | differentiable | differentiable]
      | |- Differentiable (fun t => ln (@?a t)) _ => apply (Differentiable_ln a); [cbv beta; positive | differentiable]
      | |- Differentiable (fun t => logb ?b (@?a t)) _ => apply (Differentiable_logb b a); [cbv beta; positive | differentiable]
      | |- Differentiable (fun t => exp (@?a t)) _ => apply (Differentiable_exp a); differentiable
      | |- Differentiable (fun t => Rpower (@?a t) (@?b t)) _ => unfold Rpower; differentiable
      | |- Differentiable (fun t => (@?a t) ^ ?n) _ => apply (Differentiable_pow a); differentiable
      | |- Differentiable (fun t => Sum ?A (fun i => @?f t i)) _ =>
          first
            [ apply (Differentiable_Sum A (fun i t => f t i)); intros; cbv beta; differentiable
            | cbn; differentiable ]
      | |- Differentiable (fun t => Derivative _ _) _ =>
          first [by_slopes | measures; cbn; by_slopes]; first [exact I | positive | nonzero]
      end
    | progress measures; differentiable
    | progress cbn; differentiable ].

Ltac condition :=
  cbv beta;
  lazymatch goal with
  | |- In _ _ => element
  | |- 0 < _ => positive
  | |- _ > 0 => apply Rlt_gt; positive
  | |- _ <> 0 => nonzero
  | |- Differentiable _ _ => differentiable
  | |- forall i, In i _ -> Differentiable _ _ => intros; cbv beta; differentiable
  | _ => first [assumption | lra | apply Rgt_not_eq; lra | apply Rlt_not_eq; lra]
  end.
