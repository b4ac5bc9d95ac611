"""How many rows a second of its own time `check` judges on one core, warm. Usage: python benchmarks/check.py [FILE.jsonl]

The file has one object a line, with `lines`; without one, a few chains of the textbooks are used.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from symkl.homework.check import check_document
from symkl.language.documents import parse

CHAINS = (
    (r"D_{KL}(P\|Q) = \sum_x P(x)\log\frac{P(x)}{Q(x)}", r"= \sum_x P(x)\log P(x) - \sum_x P(x)\log Q(x)", r"= H(P,Q) - H(P)"),
    (r"I(X;Y) = H(X) - H(X|Y)", r"= H(X) + H(Y) - H(X,Y)", r"= H(Y) - H(X|Y)"),
    (r"H(X) = -\sum_x p(x)\log_2 p(x)", r"= 0.5\cdot 1 + 0.5\cdot 1", r"= 1"),
)


def main() -> None:
    chains = list(CHAINS)
    if len(sys.argv) > 1:
        chains = [tuple(json.loads(line)["lines"]) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    check_document(parse("$$H(X) = H(X)$$", "markdown"))
    rows, took = 0, []
    for chain in chains:
        body = " \\\\\n".join(f"& {row}" for row in chain)
        source = parse(f"$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$\n", "markdown")
        start = time.process_time()
        rows += len(check_document(source).lines)
        took.append(time.process_time() - start)
    total = sum(took)
    print(f"{rows} rows in {total:.2f} s: {rows / total:.0f} rows a second; the slowest document took {max(took):.2f} s")


if __name__ == "__main__":
    main()
