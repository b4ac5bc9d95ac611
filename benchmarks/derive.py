"""How long `symkl derive` takes, as ratios in one run: python benchmarks/derive.py

Whole processes are measured against `python -c "import sympy"` on the same machine in the same minute, the growth with n inside
one process. Each figure is the least of several runs. The exit code is 1 where a limit is passed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

ROUNDS = 7
SYMPY = ("-c", "import sympy")
LIMITS: dict[str, tuple[tuple[str, ...], float]] = {
    "symkl --help": (("-m", "symkl", "--help"), 0.3),
    "symkl derive kl-decomposition": (("-m", "symkl", "derive", "kl-decomposition"), 0.5),
    "symkl derive kl-decomposition --n 100": (("-m", "symkl", "derive", "kl-decomposition", "--n", "100"), 2.0),
}
GROWTH = 13.0
"""At most this is t(1000)/t(100): ten times the work, with room for what a larger heap costs."""


def seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def process(arguments: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)


def whole_processes() -> dict[str, float]:
    """The least time of each command, taken in turn, so that a busy minute is busy for all of them."""
    commands = {"import sympy": SYMPY, **{name: arguments for name, (arguments, _) in LIMITS.items()}}
    found = {name: float("inf") for name in commands}
    for _ in range(ROUNDS):
        for name, arguments in commands.items():
            found[name] = min(found[name], seconds(lambda arguments=arguments: process(arguments)))  # type: ignore[misc]
    return found


def derivation(n: int) -> str:
    import symkl

    return symkl.derive("kl-decomposition", family="categorical", n=n).text()


def growth() -> dict[int, float]:
    """The time to derive, check and write out n categories."""
    derivation(3)
    return {n: min(seconds(lambda n=n: derivation(n)) for _ in range(2 if n == 1000 else 4)) for n in (10, 100, 1000)}  # type: ignore[misc]


def main() -> int:
    times = whole_processes()
    unit = times.pop("import sympy")
    good = True
    print(f"{'process':<42}{'ms':>8}{'of sympy':>10}{'limit':>8}")
    print(f"{'import sympy':<42}{1000 * unit:>8.0f}{1:>10.2f}")
    for name, taken in times.items():
        limit = LIMITS[name][1]
        good = good and taken / unit <= limit
        print(f"{name:<42}{1000 * taken:>8.0f}{taken / unit:>10.2f}{limit:>8.1f}")
    sizes = growth()
    print(f"\n{'derive, check and write n categories':<42}{'ms':>8}{'ms for each':>13}")
    for n, taken in sizes.items():
        print(f"{f'n = {n}':<42}{1000 * taken:>8.0f}{1000 * taken / n:>13.2f}")
    ratio = sizes[1000] / sizes[100]
    good = good and ratio <= GROWTH
    print(f"{'t(1000)/t(100)':<42}{ratio:>8.1f}{'limit':>13}{GROWTH:>6.0f}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
