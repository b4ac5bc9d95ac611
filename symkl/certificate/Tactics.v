(** How a step is closed at its place: the rule's lemma, or the laws of the ring, of sums and of masses. *)

From Coq Require Import Reals List Lra Lia.
From SymKL Require Import Definitions Sums Calculus Rules Conditions.
Open Scope R_scope.

(** ** Closing an equation at a place *)

(** The rule's lemma, from left to right or from right to left; where both sides at once do not tell Coq what its variables
    stand for, the left side alone does. *)
Ltac by_left L := etransitivity; [apply L; condition | cbv beta; rewrite ?update_same; reflexivity].
Ltac by_rule L := first [solve [apply L; condition] | solve [symmetry; apply L; condition] | by_left L | symmetry; by_left L].

(** The same after renaming, pairing and reordering sums. *)
Ltac same :=
  first
    [ reflexivity
    | lazymatch goal with
      | |- Sum (list_prod _ _) _ = _ => rewrite Sum_pairs; cbv beta iota; same
      | |- _ = Sum (list_prod _ _) _ => symmetry; rewrite Sum_pairs; cbv beta iota; same
      | |- Sum ?A _ = Sum ?A _ => first [apply Sum_ext; intros; cbv beta; same | exchanged]
      | |- Sum _ _ = Sum _ _ => exchanged
      | |- - _ = - _ => apply opp_cong; same
      | |- ln _ = ln _ => apply call_cong; same
      | |- logb _ _ = logb _ _ => apply logb_cong; same
      | |- _ / _ = _ / _ => first [apply div_cong; same | closed]
      | |- _ * _ = _ * _ => first [apply mult_cong; same | closed]
      | |- _ + _ = _ + _ => first [apply plus_cong; same | closed]
      end
    | opened
    | closed ]
with opened :=
  lazymatch goal with
  | |- Sum _ _ = Sum _ _ => fail
  | |- Sum _ _ = ?r => let s := eval red in r in lazymatch s with Sum _ _ => transitivity s; [same | reflexivity] end
  | |- ?l = Sum _ _ => let s := eval red in l in lazymatch s with Sum _ _ => transitivity s; [reflexivity | same] end
  end
with exchanged :=
  first
    [ etransitivity; [apply Sum_exchange |]; apply Sum_ext; intros; cbv beta; same
    | etransitivity; [apply Sum_exchange3 |]; apply Sum_ext; intros; cbv beta; same
    | etransitivity; [apply Sum_exchange4 |]; apply Sum_ext; intros; cbv beta; same ]
with closed := first [solve [ring] | solve [field; conjunction; condition]].

(** Both sides the same polynomial, or the same fraction. Long sums are linear in their terms: [lra] takes a hundred of them
    in half a second, [ring] in forty. *)
Ltac by_ring :=
  cbv beta; first [reflexivity | solve [lra] | solve [ring] | solve [field; conjunction; condition] | solve [same]].

Ltac by_lines := first [reflexivity | solve [lra] | ring].
Ltac by_factors := rewrite <- ?Rmult_assoc; reflexivity.

(** Sums that are the same once every constant and every sign stands inside, and all are one sum. *)
Ltac by_sums :=
  rewrite ?Sum_pairs; unfold Rminus; cbv beta iota;
  repeat first [rewrite <- Sum_plus | rewrite <- Sum_opp | rewrite <- Sum_scale | rewrite <- Sum_scale_right | rewrite <- Sum_div];
  first
    [ under_sum
    | etransitivity; [apply Sum_exchange |]; under_sum
    | etransitivity; [apply Sum_exchange3 |]; under_sum
    | etransitivity; [apply Sum_exchange4 |]; under_sum
    | symmetry; etransitivity; [apply Sum_exchange |]; under_sum
    | symmetry; etransitivity; [apply Sum_exchange3 |]; under_sum
    | symmetry; etransitivity; [apply Sum_exchange4 |]; under_sum ]
with under_sum :=
  apply Sum_ext; intros; cbv beta; first [reflexivity | solve [same] | by_sums].

Ltac by_write_out := unfold range; cbn [seq Nat.sub]; first [rewrite R_write_out | rewrite Prod_written]; first [reflexivity | cbn; by_ring].

(** Logs of products and exponentials of sums, of any length. *)
Ltac by_logs := repeat first [rewrite R_log_product by positive | rewrite R_log_product_base by positive]; by_ring.
Ltac by_exps := unfold Rminus; repeat rewrite R_exp_sum; by_ring.
Ltac by_exp_of_sum :=
  first
    [ by_rule @R_exp_of_sum
    | etransitivity; [apply R_exp_of_sum | apply Prod_ext; intros; cbv beta; by_exp_of_sum]
    | symmetry; etransitivity; [apply R_exp_of_sum | apply Prod_ext; intros; cbv beta; by_exp_of_sum] ].

(** Minus a sum is the sum of what is minus its terms. *)
Ltac sign_inside := etransitivity; [symmetry; apply Sum_opp |]; apply Sum_ext; intros; cbv beta iota; first [sign_inside | reflexivity].
Ltac signs_inside :=
  rewrite ?Sum_pairs; cbv beta iota;
  try lazymatch goal with |- - Sum _ _ = _ => etransitivity; [sign_inside |] end;
  try lazymatch goal with |- _ = - Sum _ _ => symmetry; etransitivity; [sign_inside |]; symmetry end.

(** A measure and one of the forms of its definition. *)
Ltac by_definition :=
  first
    [ reflexivity
    | measures; first
        [ solve [same]
        | solve [symmetry; same]
        | solve [by_sums]
        | solve [signs_inside; by_sums]
        | rewrite ?Sum_pairs; repeat first [rewrite <- Sum_opp | rewrite <- Sum_scale]; apply Sum_ext; intros; cbv beta iota;
          repeat first [rewrite R_log_reciprocal by positive | rewrite R_log_reciprocal_base by positive];
          first [solve [by_ring] | solve [by_sums] | solve [rewrite ?Sum_pairs; by_sums]] ] ].

(** Under sums over the same values, a factor in front of an inner sum. *)
Ltac by_scaled :=
  first
    [ reflexivity
    | etransitivity; [| apply Sum_scale]; inner_scaled
    | apply Sum_ext; intros; cbv beta; by_scaled ]
with inner_scaled := apply Sum_ext; intros; cbv beta; by_scaled.

(** Under sums and beside a common factor: a sum of masses is the total of a law, or a marginal mass. *)
Ltac by_marginal :=
  first
    [ reflexivity
    | match goal with H : Law ?A ?P |- Sum ?A ?P = 1 => exact (Law_total A P H) end
    | match goal with H : _ = 1 |- _ = 1 => etransitivity; [| exact H]; solve [same] end
    | solve [same]
    | solve [by_conditional]
    | apply Sum_ext; intros; cbv beta; by_marginal
    | apply mult_cong; [reflexivity | by_marginal] ]
with by_conditional :=
  etransitivity; [solve [by_divided] |];
  first
    [ apply div_cong; [first [reflexivity | same] | reflexivity]
    | match goal with |- ?a / ?b = 1 => transitivity (b / b); [apply div_cong; [first [reflexivity | same] | reflexivity] |];
        apply R_cancel; condition end ]
with by_divided :=
  first
    [ apply Sum_div
    | etransitivity; [apply Sum_ext; intros; cbv beta; by_divided | apply Sum_div] ].

(** ** Derivatives *)

(** Of a function by its shape: Coq does not always see by itself which two functions are multiplied in it. *)
Ltac by_diff_parts :=
  unfold Rminus; etransitivity;
  [ lazymatch goal with
    | |- Derivative (fun t => @?f t + @?g t) ?x = _ => apply (R_diff_sum f g x)
    | |- Derivative (fun t => - @?f t) ?x = _ => apply (R_diff_negation f x)
    | |- Derivative (fun t => @?f t * @?g t) ?x = _ => apply (R_diff_product f g x)
    | |- Derivative (fun t => @?f t / @?g t) ?x = _ => apply (R_diff_quotient f g x)
    | |- Derivative (fun t => ln (@?f t)) ?x = _ => apply (R_diff_ln f x)
    | |- Derivative (fun t => exp (@?f t)) ?x = _ => apply (R_diff_exp f x)
    end; condition
  | cbv beta; first [reflexivity | by_ring] ].

Ltac by_diff_sum :=
  unfold Rminus;
  first
    [ apply R_diff_sum; condition
    | etransitivity; [apply R_diff_sum; condition | apply plus_cong; [by_diff_sum | reflexivity]]
    | by_diff_parts
    | lazymatch goal with |- Derivative (fun t => @?f t + @?g t) ?x = _ =>
        etransitivity; [apply (R_diff_sum f g x); condition | apply plus_cong; [by_diff_sum | reflexivity]]
      end ].

Ltac by_diff_factor :=
  lazymatch goal with
  | |- Derivative ?F ?x = ?c * Derivative ?f ?x =>
      transitivity (Derivative (fun t => c * f t) x);
      [apply Derivative_ext; intro; cbv beta; by_ring | apply R_diff_constant_factor; condition]
  | |- Derivative ?F ?x = Derivative ?f ?x => apply Derivative_ext; intro; cbv beta; by_ring
  end.

Ltac whole n := match goal with |- context [Rpower ?a ?e] => replace e with (INR n) by (cbn; lra) end.

Ltac by_diff_power :=
  first
    [ apply R_diff_power; condition
    | rewrite diff_pow by condition;
      first [whole 0%nat | whole 1%nat | whole 2%nat | whole 3%nat | whole 4%nat | whole 5%nat | idtac];
      rewrite ?Rpower_pow by positive; apply mult_cong; [cbn; ring | reflexivity] ].

Ltac by_diff_sums :=
  first
    [ apply R_diff_under_sum; condition
    | etransitivity; [apply R_diff_under_sum; condition | apply Sum_ext; intros; cbv beta; by_diff_sums] ].

Ltac by_log_power :=
  first
    [ by_rule R_log_power
    | by_rule R_log_power_base
    | match goal with |- context [?a ^ ?n] => rewrite <- (Rpower_pow n a) by positive end;
      first [rewrite R_log_power by positive | rewrite R_log_power_base by positive]; cbn; ring ].

Ltac by_power_of_power :=
  first
    [ by_rule R_power_of_power
    | match goal with |- Rpower ?a ?b ^ ?n = _ => rewrite <- (Rpower_pow n (Rpower a b)) by positive end;
      rewrite Rpower_mult; f_equal; cbn; lra ].

Ltac by_zeros :=
  first [apply R_sum_of_zero | etransitivity; [apply Sum_ext; intros; cbv beta; by_zeros | apply R_sum_of_zero]].

Ltac by_power :=
  rewrite <- ?Rpower_pow by positive; rewrite <- ?Rpower_plus;
  first [reflexivity | rewrite ?Rpower_plus; by_ring].

(** What is known of a law follows from its masses. *)
Ltac by_masses :=
  split;
  [ intros i Hi; cbn in Hi; repeat (destruct Hi as [<- | Hi]; [cbn; lra |]); destruct Hi
  | cbn; lra ].

(** ** Domains, parts and examples *)

(** A conjunction taken apart; what the conditions themselves are made of stays. *)
Ltac split_all H :=
  lazymatch type of H with
  | _ /\ _ =>
      let A := fresh "D" in let B := fresh "D" in pose proof (proj1 H) as A; pose proof (proj2 H) as B; clear H; split_all B
  | _ => idtac
  end.

Ltac by_conditions := conjunction; first [assumption | exact I | apply Positive_update; assumption | lra | cbn in *; lra].

Ltac by_inside := unfold Inside; split; first [exact I | assumption | lra | positive].

Ltac by_length :=
  first
    [ cbn; lia
    | lazymatch goal with H : Alphabet ?A |- (_ <= length ?A)%nat => apply H end
    | lazymatch goal with |- (2 <= length (range ?low ?high))%nat =>
        rewrite range_length; enough (S low <= high)%nat by lia; at_least end ].

Ltac by_size := first [reflexivity | rewrite R_size_of_range; reflexivity | unfold size, range; cbn; field].

Ltac by_total :=
  repeat first [rewrite Sum_plus | rewrite Sum_scale | rewrite Sum_scale_right | rewrite Sum_div];
  repeat match goal with H : Law ?A ?P |- context [Sum ?A ?P] => rewrite (Law_total A P H) end;
  first [reflexivity | solve [lra] | solve [field; condition]].

(** [- sum a ln b >= - sum a (b - 1)], under any number of sums. *)
Ltac mean_line :=
  apply Sum_le; intros; cbv beta; first [mean_line | apply Rmult_le_compat_l; [left; positive | apply ln_le_minus_one; positive]].
Ltac by_mean_line := apply Rle_ge, Ropp_le_contravar; mean_line.

Ltac each_marginal m :=
  intros; repeat match goal with x : (_ * _)%type |- _ => destruct x end;
  repeat match goal with H : In (_, _) (list_prod _ _) |- _ => apply in_prod_iff in H; destruct H end; cbv beta iota;
  unfold m; positive.

Ltac by_marginal_total :=
  rewrite ?Sum_pairs; cbv beta iota; match goal with H : _ = 1 |- _ = 1 => etransitivity; [| exact H]; solve [same] end.

Ltac each_positive := intros; repeat match goal with x : (_ * _)%type |- _ => destruct x end;
  repeat match goal with H : In (_, _) (list_prod _ _) |- _ => apply in_prod_iff in H; destruct H end; cbv beta iota; positive.

(** A sum of a product is the product of the sums, each over the values that its factor speaks of. *)
Ltac factored :=
  first
    [ apply Sum_scale
    | etransitivity; [apply Sum_scale_right | apply mult_cong; [first [factored | reflexivity] | reflexivity]]
    | etransitivity; [apply Sum_ext; intros; cbv beta; factored |];
      first
        [ apply Sum_scale
        | etransitivity; [apply Sum_scale_right | apply mult_cong; [first [factored | reflexivity] | reflexivity]] ] ].
Lemma ones : forall a b, a = 1 -> b = 1 -> a * b = 1.
Proof. intros a b -> ->. ring. Qed.
Ltac by_ones := first [match goal with H : _ = 1 |- _ = 1 => exact H end | apply ones; by_ones].
Ltac by_product_total :=
  rewrite ?Sum_pairs; cbv beta iota; etransitivity; [factored |];
  repeat match goal with
    H : Law ?A ?f |- _ =>
      let total := fresh in pose proof (Law_total A f H) as total; rewrite ?Sum_pairs in total; cbv beta iota in total;
      clear H
  end;
  by_ones.

(** A law times conditional laws, each of which sums to one. *)
Lemma kernel_total : forall {T U : Type} (A : list T) (B : list U) f k,
  Sum A f = 1 -> (forall x, In x A -> Sum B (fun y => k x y) = 1) -> Sum A (fun x => Sum B (fun y => f x * k x y)) = 1.
Proof.
  intros T U A B f k total each. rewrite <- total. apply Sum_ext. intros x Hx. rewrite Sum_scale.
  etransitivity; [apply mult_cong; [reflexivity | exact (each x Hx)] | ring].
Qed.
Ltac by_kernel_total :=
  rewrite ?Sum_pairs; cbv beta iota; first [kernel | etransitivity; [apply Sum_exchange |]; cbv beta; kernel]
with kernel :=
  lazymatch goal with |- Sum ?A (fun x => Sum ?B (fun y => @?f x * @?k x y)) = 1 => apply (kernel_total A B f k) end;
  [ match goal with H : Law _ _ |- _ => exact (Law_total _ _ H) end
  | intros; cbv beta; by_conditional ].

Ltac by_law :=
  first
    [ assumption
    | apply Law_product; assumption
    | split; [intros ? ?; cbv beta iota; positive | first [solve [by_total] | solve [cbv beta; by_conditional]]]
    | split; [unfold Positive; each_positive | first [by_product_total | by_kernel_total]] ].

(** A mass is what the others leave of the total. *)
Ltac by_complement :=
  match goal with
  | H : Law ?A ?f |- _ =>
      let total := fresh in
      pose proof (Law_total A f H) as total; cbv beta in *;
      first
        [ lra
        | rewrite R_split_last in total by at_least; first [exact total | lra]
        | rewrite Sum_first, Rplus_comm in total by at_least; first [exact total | lra]
        | cbn in *; lra ]
  end.

Ltac by_given := first [assumption | symmetry; assumption | lra].

(** Of a sum over Kronecker's delta the term is left in which its two values agree. *)
Ltac distinct := first [apply seq_NoDup | match goal with H : Alphabet ?A |- NoDup ?A => apply H end].
Ltac by_delta_at k :=
  lazymatch goal with |- Sum ?A ?f = _ =>
    apply (R_delta_sum A f k); cbv beta;
    [ distinct
    | element
    | unfold delta; rewrite ?PeanoNat.Nat.eqb_refl; by_ring
    | let i := fresh in let apart := fresh in
      intros i _ apart; apply PeanoNat.Nat.eqb_neq in apart; unfold delta;
      rewrite ?apart, ?(PeanoNat.Nat.eqb_sym k i), ?apart; unfold Rdiv; ring ]
  end.
Ltac by_delta :=
  cbv beta;
  first
    [ match goal with
      | I : In ?k ?A |- Sum ?A _ = _ => by_delta_at k
      | |- Sum _ ?f = _ =>
          let body := eval cbv beta in (f 0%nat) in
          match body with context [delta ?a ?b] => first [by_delta_at b | by_delta_at a] end
      end
    | apply Sum_ext; intros; by_delta
    | etransitivity; [apply Sum_exchange |]; apply Sum_ext; intros; by_delta ].

Ltac split_last := etransitivity; [apply R_split_last; at_least | cbv beta; reflexivity].
Ltac by_split_last := first [split_last | symmetry; split_last].

(** A derivative by an entry of a vector; the delta of two numbers is a number. *)
Ltac by_entry :=
  first
    [ by_rule R_diff_entry
    | etransitivity; [apply R_diff_entry |]; first [reflexivity | unfold delta; rewrite PeanoNat.Nat.eqb_refl; reflexivity] ].

(** A power whose exponent has become a whole number. *)
Ltac by_whole_power :=
  match goal with |- Rpower ?a _ = ?a ^ ?n => rewrite <- (Rpower_pow n a) by positive; f_equal; cbn; lra end.

(** A value that nothing mentions is summed out first or last. *)
Ltac by_idle :=
  first
    [ apply R_sum_idle_first
    | apply Sum_ext; intros; cbv beta; apply Sum_const
    | rewrite Sum_exchange; apply Sum_ext; intros; cbv beta; apply Sum_const ].

(** Marginal masses as sums of the masses of more variables. *)
Ltac by_masses_out := first [solve [same] | apply mult_cong; solve [same]].
Ltac by_each_independence :=
  first
    [ match goal with H : forall x, _ |- _ => apply H; assumption end
    | apply Sum_ext; intros; cbv beta; by_each_independence ].

Ltac by_independence :=
  first
    [ match goal with
      | H : forall x y, In x ?A -> In y ?B -> _ = _, I : In ?a ?A, J : In ?b ?B |- _ =>
          by_equation (H a b I J)
      | H : forall x y z, In x ?A -> In y ?B -> In z ?C -> _ = _, I : In ?a ?A, J : In ?b ?B, K : In ?c ?C |- _ =>
          by_equation (H a b c I J K)
      | H : forall x y z w, In x ?A -> In y ?B -> In z ?C -> In w ?D -> _ = _,
        I : In ?a ?A, J : In ?b ?B, K : In ?c ?C, L : In ?d ?D |- _ =>
          by_equation (H a b c d I J K L)
      end ]
with by_equation E :=
  let F := fresh in
  pose proof E as F;
  first
    [ solve [exact F | symmetry; exact F]
    | match type of F with ?joint * ?c = ?split =>
        let G := fresh in
        assert (joint = split / c) as G by (rewrite <- F; field; conjunction; condition);
        rewrite G; field; conjunction; condition
      end
    | rewrite F; field; conjunction; condition ].

Ltac by_obligation :=
  intros; repeat match goal with H : Inside _ _ _ |- _ => destruct H; cbv beta iota in * end;
  cbv beta; conjunction; condition.

Ltac each_value := intros; repeat match goal with x : (_ * _)%type |- _ => destruct x end; cbv beta iota.

(** A point of the domain: numbers, alphabets of two elements, uniform laws. *)
Ltac by_example :=
  conjunction;
  first
    [ exact I
    | solve [lra]
    | solve [cbn; lra]
    | solve [split; [repeat constructor; cbn; intuition discriminate | cbn; lia]]
    | solve [unfold Law, Positive; split; [each_value; lra | cbn; lra]]
    | solve [unfold Positive; each_value; lra]
    | solve [eexists; reflexivity]
    | solve [intros; cbn; lra] ].

Ltac by_part H := first [exact H | symmetry; exact H | apply H; assumption | symmetry; apply H; assumption
  | apply Rle_ge; first [exact H | apply H; assumption] | apply Rge_le; first [exact H | apply H; assumption] | intro; apply H | intro; symmetry; apply H].

Ltac by_order H := exact H.
