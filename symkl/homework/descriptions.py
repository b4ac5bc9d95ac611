"""Formulas in running text that only say how laws are written, and assume nothing of them: p_i > 0, P = (p, 1 - p)."""

from __future__ import annotations

import re

from symkl.theory.setting import Setting

_MASS = r"\\?[A-Za-z]+(?:_\{?[\w,]+\}?)?(?:\([\w,\s|]+\))?"
_LESS = r"(?:<|\\leq?(?:slant)?|≤)"
_MORE = r"(?:>|\\geq?(?:slant)?|≥)"
_BOUNDED = re.compile(rf"(?:0\s*{_LESS}\s*)?{_MASS}\s*{_LESS}\s*1|0\s*{_LESS}\s*{_MASS}|{_MASS}\s*{_MORE}\s*0")
"""A mass is between 0 and 1."""

_TOTAL = re.compile(r"\\sum(?:\\limits)?(?!.*\\log)[^=]*(?:_\{[^{}]*\})?[^=]*=\s*1")
"""Masses sum to one."""

_COIN = re.compile(rf"(?P<law>[A-Z])\s*=\s*[(\[]\s*(?P<heads>{_MASS})\s*,\s*1\s*-\s*(?P<again>{_MASS})\s*[)\]]")
_SIDE = re.compile(rf"(?:\\Pr|[A-Za-z]+)\s*\(\s*[A-Z]\s*=\s*[01HT]\s*\)\s*=\s*(?:1\s*-\s*)?(?P<heads>{_MASS})")
"""A coin shows one side with probability p and the other with 1 - p."""


def only_describes(formula: str, known: Setting) -> bool:
    """Whether a formula says of a law no more than what every law is like, or than the setting says already."""
    text = " ".join(formula.split())
    if _BOUNDED.fullmatch(text) or _TOTAL.fullmatch(text):
        return True
    coin, side = _COIN.fullmatch(text), _SIDE.fullmatch(text)
    if coin is not None:
        return coin["heads"] == coin["again"] and f"{coin['law']} ~ Bernoulli({coin['heads']})" in known.texts
    return side is not None and any(given.endswith(f"~ Bernoulli({side['heads']})") for given in known.texts)
