"""What a document's notation shows of its names, before any given says what they are: the facts that inference stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

LAW_LETTERS = frozenset({"p", "q", "r", "P", "Q", "R"})
"""Letters that are laws where nothing says otherwise, with any accent."""
INDEX_LETTERS = frozenset("ijklmnt")
PARAMETERS = frozenset({"theta", "Theta", "phi", "Phi", "psi", "Psi", "lambda", "Lambda"})
"""Letters of parameters."""
FUNCTIONALS = (
    (frozenset({"Q"}), PARAMETERS),
    (frozenset({"R"}), frozenset({"d"})),
    (frozenset({"Q", "R", "r"}), frozenset({"s", "a"})),
)
"""Letters of laws, and arguments that make functions of them: the Q(theta | theta_t) of an iteration, the R(D) of a rate at
a distortion, the value and the reward of a state and an action."""
RANDOM_LETTERS = frozenset("UVWXY")
"""Capitals that are random where they are averaged; Z may be a constant, as T and S."""
VALUE_LETTERS = frozenset("xyzuvwstXYZUVWSTabcABC")
_ACCENTS = ("hat", "tilde", "bar", "check", "dot", "ddot", "breve", "acute", "grave", "underline")

Signature = tuple[tuple[str, ...], tuple[str, ...]]
"""The values of a mass, before the bar and after it."""


@dataclass(slots=True)
class Notation:
    """Every use of every name in the formulas of a document."""

    bound: dict[str, None] = field(default_factory=dict)
    ranges: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of an index: the low end and the high end or the set it runs over, as texts."""
    limits: set[str] = field(default_factory=set)
    integrated: set[str] = field(default_factory=set)
    summed: set[str] = field(default_factory=set)
    applied: dict[str, list[Signature]] = field(default_factory=dict)
    argument_shapes: dict[str, list[bool]] = field(default_factory=dict)
    """Of an applied name: for each use, whether its arguments are single names or several."""
    indexed: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    spelled: dict[tuple[str, ...], str] = field(default_factory=dict)
    """A letter and its indices, and the plain name of both together."""
    laws: dict[str, None] = field(default_factory=dict)
    measured: dict[str, None] = field(default_factory=dict)
    """Lone names in H, h and I: laws, random variables or numbers."""
    measured_with: dict[str, set[str]] = field(default_factory=dict)
    measured_by_h: set[str] = field(default_factory=set)
    events: dict[str, None] = field(default_factory=dict)
    averaged: set[str] = field(default_factory=set)
    """Capitals that stand for what is random in an expectation: no numbers."""
    bare: Counter[str] = field(default_factory=Counter)
    complements: set[str] = field(default_factory=set)
    positive: set[str] = field(default_factory=set)
    logged_laws: set[str] = field(default_factory=set)
    sets: dict[str, str] = field(default_factory=dict)
    subscript_variables: dict[str, dict[str, None]] = field(default_factory=dict)
    """Of a law: the random variables that its subscripts name, as in P_{X|Y}."""
    bare_laws: set[str] = field(default_factory=set)
    """Laws that stand somewhere without their values."""
    data: dict[str, None] = field(default_factory=dict)
    """Letters of values x_i that are data points, and not all the values of a random variable."""
    drawn: dict[str, list[Signature]] = field(default_factory=dict)
    """Of a law that stands bare after \\sim: the values drawn from it."""
    under: dict[str, tuple[str, list[Signature]]] = field(default_factory=dict)
    """Of a measure with a law below it, as H_q: the law, and the values whose joint or conditional law it needs."""
    mass_lists: dict[tuple[str, ...], None] = field(default_factory=dict)
    """The laws that a measure lists by their masses, as in H(1/2, 1/4, 1/4)."""
    bases: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    differential: bool = False


def is_functional(name: str, signatures: Sequence[Signature]) -> bool:
    """Whether a letter of laws is a function here: by what it is applied to, in every use (`FUNCTIONALS`)."""
    stems = {value.split("_")[0].rstrip("'") for before, after in signatures for value in (*before, *after)}
    return any(name.split("_")[0] in letters and bool(stems) and stems <= values for letters, values in FUNCTIONALS)


def is_function_letter(name: str) -> bool:
    """Whether a letter is a function where it is applied, with any accent or star: f, g_hat, f_star."""
    letter, *accents = name.rstrip("'").split("_")
    return letter in ("f", "g") and all(accent in (*_ACCENTS, "star") for accent in accents)


def stem_of(value: str) -> str:
    """The letter of a value: x of x_1, x' and x_star; accents belong to the letter, as in y_hat."""
    head, *rest = value.rstrip("'").split("_")
    kept = [head]
    while rest and rest[0] in _ACCENTS:
        kept.append(rest.pop(0))
    return "_".join(kept).rstrip("0123456789") or value
