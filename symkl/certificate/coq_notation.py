"""Coq's notation: alphabets are lists, sums a function of the prelude."""

from __future__ import annotations

from symkl.certificate.notation import CALL, PLUS, Form, Notation

_KEYWORDS = """
    as at cofix else end exists exists2 fix for forall fun if IF in let match mod Prop return Set SProp then Type using where with
"""
_WRITTEN = """
    R nat list nil cons INR IZR Z bool True False and or not iff eq ex Some None option pair fst snd O S length In
    ln exp logb Rpower Rabs pow PI Rplus Rminus Rmult Rdiv Ropp Rinv Nat list_prod e
    Sum Prod range size delta Alphabet Positive Law Mean Entropy CrossEntropy KL BinaryEntropy ConditionalKL JensenShannon
    WeightedJensenShannon ConditionalEntropy MutualInformation ConditionalMutualInformation the Differentiable Derivative update
    Inside ArgMin ArgMax domain claim statement defined certified inhabited whole known
    LawWithZeros AbsolutelyContinuous Definitions Sums Calculus Support Shannon Rules Conditions Tactics Points
"""

COQ = Notation(
    words=_KEYWORDS + _WRITTEN,
    e="exp 1",
    pi="PI",
    whole="{}%nat",
    typed="",
    cast=Form("INR {}"),
    size=Form("size {}"),
    power=Form("Rpower {} {}"),
    log="ln",
    log_base="logb {}",
    exp="exp {}",
    absolute="Rabs {}",
    sum=Form("Sum {1} (fun {0} => {2})", CALL),
    product=Form("Prod {1} (fun {0} => {2})", CALL),
    body=PLUS,
    range="(range {} {})",
    listed="({} :: nil)",
    separator=" :: ",
    pair="(list_prod {} {})",
    pattern="{}, {}",
    grouped="'({})",
    update="(update {} {} {})",
    derivative="Derivative {} {}",
    differentiable="Differentiable {} {}",
    interval={
        (True, True): "(Some {}) (Some {})",
        (True, False): "(Some {}) None",
        (False, True): "None (Some {})",
        (False, False): "None None",
    },
    inside="Inside {1} {0}",
    region="(Inside {})",
    relations={"=": "=", "<=": "<=", ">=": ">=", "<": "<", ">": ">", "!=": "<>"},
    conjunction=" /\\",
    equivalence="<->",
    implies="->",
    member="In {} {} ->",
    quantified="forall {values}, {members} {body}",
    for_all="forall",
    number="{}",
    exists="exists",
    integer="(exists z : Z, {} = IZR z)",
    always="True",
    real="R",
    natural="nat",
    alphabet="list nat",
    arrow=" -> ",
    proposition="Prop",
    definition="Definition {name}{binder} : {type} :=\n  {body}.",
    choice="if Nat.eqb {} {} then {} else {}",
    comment="(* {} *)",
)
