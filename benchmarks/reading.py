"""How fast formulas are read, beside SymPy's parse_latex on those that both read.

Run: python benchmarks/reading.py. With the `lark` package installed SymPy's lark backend is timed in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from symkl.errors import ReadError
from symkl.language.latex import read_latex
from symkl.theory.setting import setting

BOTH = [
    r"p \log p",
    r"-p \log p - (1-p) \log(1-p)",
    r"\frac{p}{q}",
    r"p \log\left(\frac{p}{q}\right) + (1-p) \log\left(\frac{1-p}{1-q}\right)",
    r"\frac{1}{2} \log(2) + \frac{1}{2} \log(3)",
    r"(p - q)^2",
    r"\sqrt{p q}",
    r"\frac{q - p}{q (1 - q)}",
    r"p^2 + 2 p q + q^2",
]
OWN = [
    r"D_{KL}(P \| Q) = \sum_{i=1}^{n} p_i \log \frac{p_i}{q_i}",
    r"= -\sum_{i=1}^{n} p_i \log q_i - \left(-\sum_{i=1}^{n} p_i \log p_i\right)",
    r"\mathbb{E}_{i \sim P}\left[\log \frac{p_i}{q_i}\right] \ge 0",
    r"H(P, Q) = H(P) + D_{\mathrm{KL}}(P \,\|\, Q)",
]
NUMBERS = setting(["0 < p < 1", "0 < q < 1"]).scope
LAWS = setting(["P, Q on {1..n}"]).scope


def per_second(read: Callable[[str], object], formulas: list[str], seconds: float = 1.0) -> float:
    """How many formulas a second, over whole rounds for about `seconds`."""
    for formula in formulas:
        read(formula)
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for formula in formulas:
            read(formula)
        count += len(formulas)
    return count / (time.perf_counter() - start)


def main() -> None:
    print(f"symkl, {len(OWN)} rows of derivations: {per_second(lambda text: read_latex(text, LAWS), OWN):8.0f} formulas/s")
    ours = per_second(lambda text: read_latex(text, NUMBERS), BOTH)
    print(f"symkl, {len(BOTH)} formulas that both read: {ours:6.0f} formulas/s")
    try:
        from sympy.parsing.latex import parse_latex

        theirs = per_second(lambda text: parse_latex(text, backend="lark"), BOTH)
    except (ImportError, ReadError) as error:
        print(f"SymPy's parse_latex is not installed here ({error}); pip install lark")
        return
    print(f"SymPy {'parse_latex (lark)':29s}: {theirs:6.0f} formulas/s: symkl is {ours / theirs:.0f} times as fast")


if __name__ == "__main__":
    main()
