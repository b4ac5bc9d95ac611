"""The anatomy of a name: what stands in the line, what above it, what below it.

`q1` and `q_1` are q with the subscript 1, `theta` is a Greek letter, `y_hat` is y under a hat, `p_star` is p with a star,
`p_data` is p with the subscript data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
"""The Greek letters that LaTeX has a command for, each by its name."""

SPELLED_OUT = {letter: name for name, letter in GREEK.items()}

ACCENTS = ("hat", "tilde", "bar")
STAR = "star"

_STEM_WITH_DIGITS = re.compile(r"([^\W\d_]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: `base` with an accent, subscripts, and a star or primes behind it."""

    base: str
    accent: str = ""
    subscripts: tuple[str, ...] = ()
    primes: int = 0
    star: bool = False


@lru_cache(maxsize=4096)
def anatomy(name: str) -> Name:
    """The parts of a name of the plain spelling."""
    stem = name.rstrip("'")
    base, *rest = stem.split("_")
    if not base or not all(rest):
        return Name(stem, primes=len(name) - len(stem))
    numbered = _STEM_WITH_DIGITS.fullmatch(base)
    if numbered is not None:
        base, rest = numbered[1], [numbered[2], *rest]
    accent, star = "", False
    if rest and rest[0] in ACCENTS:
        accent = rest.pop(0)
    elif rest and rest[-1] == STAR:
        star = bool(rest.pop())
    return Name(SPELLED_OUT.get(base, base), accent, tuple(rest), len(name) - len(stem), star)
