"""How fast the prover is, and how many lines its derivations have: python benchmarks/prover.py FILE.jsonl

Each line of the file is an object with `given` and `statement`; a `truth` of false is left out. Times are processor
milliseconds of a warm run, the best of three.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from symkl.derivation.prover import prove_by_rules
from symkl.derivation.step import Derivation
from symkl.language.plain_reader import read_plain
from symkl.language.term import Relation
from symkl.theory.setting import setting

ROUNDS = 3


def main(path: str) -> None:
    times = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if not case.get("truth", True):
            continue
        known = setting(case["given"])
        statement = read_plain(case["statement"], known.scope)
        if not isinstance(statement, Relation) or statement.operators != ("=",):
            continue
        found = prove_by_rules(statement, known)
        spent = []
        for _ in range(ROUNDS):
            start = time.process_time()
            prove_by_rules(statement, known)
            spent.append(1000 * (time.process_time() - start))
        times.append(min(spent))
        lines = len(found.steps) if isinstance(found, Derivation) else "--"
        print(f"{lines:>3} lines {times[-1]:7.1f} ms  {case['statement']}")
    print(f"{len(times)} identities, mean {sum(times) / len(times):.1f} ms, worst {max(times):.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
