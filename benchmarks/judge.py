"""How fast is the judge? Ratios against SymPy, and growth in n, in one run. Parsed terms, no result cache.

python benchmarks/judge.py [--rounds 200]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sympy

from symkl.judge.prove import judge
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting

COIN = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
STATEMENTS = Path(__file__).parents[1] / "tests" / "judge" / "statements.jsonl"


def milliseconds(run: Callable[[], object], rounds: int) -> float:
    """The least time of a run, in processor time, so that other load on the machine does not count."""
    run()
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return 1000 * best


def judged(statement: str, *givens: str) -> Callable[[], object]:
    known = setting(givens)
    term = read_plain(statement, known.scope)
    return lambda: judge(term, known)


def written_out(n: int) -> Callable[[], object]:
    """KL = cross-entropy - entropy, every one of n masses written, the last as one minus the others."""
    p, q = ([f"{letter}[{k}]" for k in range(1, n)] for letter in "pq")
    p.append(f"(1 - {' - '.join(p)})")
    q.append(f"(1 - {' - '.join(q)})")
    kl = " + ".join(f"{a}*log({a}/{b})" for a, b in zip(p, q, strict=True))
    cross = " - ".join(f"{a}*log({b})" for a, b in zip(p, q, strict=True))
    entropy = " - ".join(f"{a}*log({a})" for a in p)
    return judged(f"{kl} = (-{cross}) - (-{entropy})", f"P, Q on {{1..{n}}}")


def with_sympy() -> object:
    # No result cache on either side.
    sympy.core.cache.clear_cache()
    p, q = sympy.symbols("p q", positive=True)
    kl = p * sympy.log(p / q) + (1 - p) * sympy.log((1 - p) / (1 - q))
    cross = -p * sympy.log(q) - (1 - p) * sympy.log(1 - q)
    entropy = -p * sympy.log(p) - (1 - p) * sympy.log(1 - p)
    return sympy.simplify(kl - cross + entropy)


def main() -> int:
    """Print the figures; end with 1 when one is over its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    figures: list[tuple[str, float, float]] = []
    coin = milliseconds(judged("KL(P || Q) = H(P, Q) - H(P)", *COIN), rounds)
    slow = milliseconds(with_sympy, 3)
    figures.append(("coin decomposition, ms", coin, 1))
    figures.append(("coin decomposition, part of SymPy's simplify", coin / slow, 0.01))
    hundred = milliseconds(written_out(100), 10)
    figures.append(("n = 100 written out, ms", hundred, 20))
    figures.append(("n = 1000 written out, times n = 100", milliseconds(written_out(1000), 3) / hundred, 13))
    rows = [json.loads(line) for line in STATEMENTS.read_text().splitlines()]
    times = [(milliseconds(judged(row["statement"], *row["given"]), 3), row["id"]) for row in rows]
    figures.append((f"{len(times)} statements, mean ms", sum(t for t, _ in times) / len(times), 3))
    figures.append((f"{len(times)} statements, worst ms ({max(times)[1]})", max(times)[0], 50))
    for name, value, bar in figures:
        print(f"{value:10.3f}  (bar {bar:g})  {name}{'' if value <= bar else '   OVER'}")
    return 1 if any(value > bar for _, value, bar in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
