"""The phases of an expansion, and the orders in which a derivation takes them.

Each phase is a row of a table: rules to use until they apply nowhere. One phase is one printed line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symkl.derivation.choices import CHOICES, Choice
from symkl.derivation.choices_late import LATE_CHOICES

ALL_CHOICES: Mapping[str, Choice] = {**CHOICES, **LATE_CHOICES}


@dataclass(frozen=True, slots=True)
class Phase:
    """Rules to use until none applies, those that tidy up after them, and what the line says.

    `choices` make the rewrites of rules that need more than a place; the others are used wherever they match. `shared` is
    whether a part that both sides of an identity have may be left as it is.
    """

    name: str
    rules: tuple[str, ...]
    says: str = ""
    tidy: tuple[str, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=lambda: ALL_CHOICES)
    shared: bool = True


SIGNS = ("sum-sign", "double-negation", "minus-zero", "plus-zero", "times-one", "over-one")
"""What leaves a line without needless signs, brackets, zeros and ones."""

DEFINITIONS = Phase("definitions", ("unfold", "expectation-as-sum"))
MERGED = Phase("merged", ("sign-before-sum", "factor-into-sum", "sum-merge", "integral-merge", "join", "sum-order"))
WRITTEN_OUT = Phase("written out", ("write-out",), shared=False)
MASSES = Phase("masses", ("substitute-masses", "arithmetic"), shared=False)
INDEPENDENCE = Phase("independence", ("independence", "condition", "conditional-mass"))
CANCELS = ("cancel", "cancel-factor", "cancel-against", "cancel-below", "times-one", "over-one", "log-one", "times-zero")
CONDITIONALS = Phase(
    "conditionals",
    ("conditional-mass", "cancel-product", "cancel-product-left", "cancel-against"),
)
LOGS = Phase(
    "logs",
    (
        "cancel",
        "one-fraction",
        "log-one",
        "log-of-base",
        "log-quotient",
        "log-reciprocal",
        "log-product",
        "log-of-finite-product",
        "log-power",
        "log-exp",
        "log-of-number",
    ),
    tidy=SIGNS,
)
SPLIT = Phase(
    "split",
    (
        "factor-into-sum",
        "sum-merge",
        "integral-merge",
        "distribute",
        "distribute-right",
        "product-sign",
        "multiply-fractions",
        "multiply-fraction-right",
        "sum-linearity",
        "integral-linearity",
        "sum-negation",
        "integral-negation",
        "sum-constant-out",
        "integral-constant-out",
        "sum-denominator-out",
        "integral-denominator-out",
        "expand",
    ),
    "The sum is split, and what does not depend on the values goes in front.",
    tidy=SIGNS,
)
TOTALS = Phase(
    "totals", ("marginalise", "sum-of-constant", "size-of-range", "sum-of-zero", "times-zero", "times-one"), tidy=SIGNS
)
DERIVATIVES = Phase(
    "derivatives",
    (
        "diff-constant",
        "diff-variable",
        "diff-sum",
        "diff-negation",
        "diff-under-sum",
        "diff-constant-factor",
        "diff-constant-denominator",
        "diff-ln",
        "diff-log",
        "diff-exp",
        "diff-quotient",
        "diff-product",
        "diff-square",
        "diff-power",
        "diff-exponent",
    ),
    "The rules of differentiation.",
    tidy=("times-zero", "zero-over", "sum-of-zero", "product-sign", "quotient-sign", *SIGNS),
    shared=False,
)
EXPONENTIALS = Phase("exponentials", ("exp-product", "exp-log"))
BASES = Phase("bases", ("change-of-base",))
"""Taken only where a statement has logs to several bases."""

# What is left to do where the two sides have not met

DELTAS = Phase("deltas", ("diff-entry", "delta-sum"), tidy=SIGNS)
EXPONENTS = Phase(
    "exponents",
    (
        *("double-negation", "exponent-sign", "exponent-factor", "exp-sum", "exp-of-sum", "product-power"),
        *("exponent-of-logs", "exp-power"),
        *("power-of-log-multiple", "exp-log", "power-of-log"),
    ),
)
NEGATIVE = Phase("negative exponents", ("exp-negation", "power-negative"), tidy=("cancel", "power-of-one"))
POWERS = Phase(
    "powers",
    ("power-of-quotient", "power-of-product", "power-of-power", "power-product", "arithmetic"),
    tidy=("power-of-one", "power-one", "power-zero", "cancel", "cancel-product", "cancel-against"),
)
FACTORED = Phase("numbers", ("prime-factors", "log-product", "log-power", "log-of-base", "arithmetic"), tidy=SIGNS)
CANCELLED = Phase(
    "cancelled",
    (*CANCELS, "cancel-square", "cancel-product", "cancel-product-left", "common-factors"),
    tidy=("quotient-sign", *SIGNS),
)
IDLE = Phase("idle values", ("sum-idle", "sum-idle-first", "sum-constant-out", "size-of-range", "marginalise"), tidy=SIGNS)
ORDERED = Phase("ordered", ("sum-merge", "integral-merge", "sum-order"), tidy=SIGNS)
GIVEN = Phase("given", ("given", "arithmetic"), shared=False)
COMPLEMENTS = Phase("complements", ("complement",), shared=False)
LAST_TERMS = Phase("last terms", ("split-last",), shared=False)

# Orders

PLAN = (DEFINITIONS, MERGED, BASES, MASSES, INDEPENDENCE, CONDITIONALS, LOGS, SPLIT, TOTALS, EXPONENTIALS)
"""The order in which a textbook takes them."""

WITH_NUMBERS = (DEFINITIONS, BASES, WRITTEN_OUT, MASSES, INDEPENDENCE, CONDITIONALS, LOGS, SPLIT, TOTALS, EXPONENTIALS)
WITH_DERIVATIVES = (DEFINITIONS, BASES, WRITTEN_OUT, MASSES, DERIVATIVES, DELTAS, LOGS, SPLIT, TOTALS, EXPONENTIALS)
WITH_SPLIT_LOGS = (DEFINITIONS, BASES, WRITTEN_OUT, MASSES, LOGS, DERIVATIVES, DELTAS, SPLIT, TOTALS)
LOGS_BEFORE_DERIVATIVES = (DEFINITIONS, BASES, MASSES, LOGS, SPLIT, TOTALS, DERIVATIVES, DELTAS, SPLIT)
"""Logs are plainer to differentiate once they are split; those of masses by a formula more so."""

WITH_EXPONENTS = (DEFINITIONS, EXPONENTS, NEGATIVE, POWERS)
"""For a statement that has a measure or a sum in an exponent."""

WITH_LAST_TERMS = (DEFINITIONS, LAST_TERMS, LOGS, SPLIT, TOTALS)
"""For a statement that has a sum over 1..n-1."""

LATE = (
    *(DELTAS, GIVEN, CANCELLED, EXPONENTS, NEGATIVE, LOGS, SPLIT, POWERS, CANCELLED, TOTALS, IDLE, FACTORED),
    *(LOGS, SPLIT, ORDERED),
)
"""What is tried after all these, where the two sides have not met."""
