"""Lean's notation with mathlib: alphabets are finite sets, sums mathlib's own."""

from __future__ import annotations

from symkl.certificate.notation import ATOM, BIG, POWER, Form, Notation

_KEYWORDS = """
    abbrev at attribute axiom binder_predicate by calc catch class def deriving do elab else end example exists export extends
    finally for forall from fun generalizing have hiding if import in include inductive infix infixl infixr initialize instance
    let local macro macro_rules match mut mutual namespace nofun nomatch noncomputable notation obtain omit only opaque open
    partial postfix prefix private protected public rec renaming return scoped section set_option show sorry structure
    suffices syntax termination_by decreasing_by then theorem to try universe unless unsafe using variable where with while
    Prop Sort Type
"""
_WRITTEN = """
    Real Finset Set Function Nat Int List Eq Iff And Or Not True False Filter DifferentiableAt deriv abs id max min
    SymKL Proof Claim Check Rule Law Alphabet Positive Mean Entropy CrossEntropy KL BinaryEntropy ConditionalKL JensenShannon
    WeightedJensenShannon ConditionalEntropy MutualInformation ConditionalMutualInformation ArgMin ArgMax delta update
    domain claim inhabited whole known masses marginals this there
"""

LEAN = Notation(
    words=_KEYWORDS + _WRITTEN,
    e="Real.exp 1",
    pi="Real.pi",
    whole="{}",
    typed="({} : ℝ)",
    cast=Form("({} : ℝ)", ATOM),
    size=Form("(Finset.card {} : ℝ)", ATOM),
    power=Form("{} ^ {}", POWER),
    log="Real.log",
    log_base="Real.logb {}",
    exp="Real.exp {}",
    absolute="abs {}",
    sum=Form("∑ {} ∈ {}, {}", BIG),
    product=Form("∏ {} ∈ {}, {}", BIG),
    body=BIG,
    range="(Finset.Icc {} {})",
    listed="({{{}}} : Finset ℕ)",
    separator=", ",
    pair="({} ×ˢ {})",
    pattern="({}, {})",
    grouped="{}",
    update="(Function.update {} {} {})",
    derivative="deriv {} {}",
    differentiable="DifferentiableAt ℝ {} {}",
    interval={
        (True, True): "(Set.Ioo {} {})",
        (True, False): "(Set.Ioi {})",
        (False, True): "(Set.Iio {})",
        (False, False): "Set.univ",
    },
    inside="{} ∈ {}",
    region="{}",
    relations={"=": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "!=": "≠"},
    conjunction=" ∧",
    equivalence="↔",
    implies="→",
    member="∀ {} ∈ {},",
    quantified="{members} {body}",
    for_all="∀",
    number="{} : ℝ",
    exists="∃",
    integer="(∃ z : ℤ, {} = (z : ℝ))",
    always="True",
    real="ℝ",
    natural="ℕ",
    alphabet="Finset ℕ",
    arrow=" → ",
    proposition="Prop",
    definition="def {name}{binder} : {type} :=\n  {body}",
    choice="if {} = {} then {} else {}",
    comment="-- {}",
)
