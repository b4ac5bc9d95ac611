"""How often is the judge wrong? Random terms, true rewritings of them, and mutations, for as long as it is told.

    python benchmarks/soundness.py --mutations 10000 --seconds 600 --seed 1

A rewriting has to be proved. A mutation that is called proved is evaluated at several models in ball arithmetic, which shares
nothing with the normal form: it has to be an identity. Prints the counts; ends with 1 when one verdict was wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from rewriting import World, closed, mutated, random_term, rewritten, worlds

from symkl.errors import SymklError, UndefinedTerm
from symkl.judge.algebra import Algebra
from symkl.judge.budget import Budget, Undecided
from symkl.judge.prove import judge
from symkl.judge.refutation import Refuter
from symkl.judge.sampling import Sampler, generic_plans
from symkl.language.term import Term, equation


def verdict_on(left: Term, right: Term, world: World) -> str:
    """proved, refuted, unknown, or undefined."""
    try:
        return judge(equation(left, right), world.setting).verdict
    except UndefinedTerm:
        return "undefined"


def holds(left: Term, right: Term, world: World, count: int = 6) -> bool | None:
    """Whether two terms agree at models that are not the judge's own; None where no model could tell."""
    budget = Budget(seconds=20, operations=50_000_000)
    algebra = Algebra(world.setting, budget)
    refuter = Refuter(Sampler(algebra.coordinates, algebra.domain, (left, right), budget), left, right, budget)
    seen = None
    for plan in generic_plans(count):
        shifted = type(plan)(plan.shape, plan.size, plan.joint, plan.seed + 5000)
        try:
            model = refuter.sampler.draw(shifted)
            if model is not None:
                if refuter.at("=", model) is not None:
                    return False
                seen = True
        except (SymklError, Undecided):
            continue
    return seen


def one_round(world: World, random: Random, counts: Counter[str], notes: list[str]) -> None:
    """One random term, one true rewriting of it, one mutation of that."""
    term = closed(world, random_term(world, random), random)
    equal = rewritten(term, world, random, random.randint(1, 5))
    write = world.setting.write
    found = verdict_on(term, equal, world)
    counts[f"rewriting {found}"] += 1
    if found != "proved":
        notes.append(f"rewriting {found}: {write(term)} = {write(equal)}   [{'; '.join(world.setting.texts)}]")
    other = mutated(equal, world, random)
    found = verdict_on(term, other, world)
    counts[f"mutation {found}"] += 1
    if found == "proved":
        truth = holds(term, other, world)
        counts[f"mutation proved, {'an identity' if truth else 'not compared' if truth is None else 'WRONG'}"] += 1
        if truth is False:
            notes.append(f"WRONG proved: {write(term)} = {write(other)}   [{'; '.join(world.setting.texts)}]")
    if found == "unknown":
        notes.append(f"mutation unknown: {write(term)} = {write(other)}   [{'; '.join(world.setting.texts)}]")


def main() -> int:
    """Run, print the counts, and say whether a verdict was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="how many of the undecided are printed")
    options = parser.parse_args()
    random, counts, notes = Random(options.seed), Counter[str](), list[str]()
    known, end = worlds(), time.monotonic() + options.seconds
    for k in range(options.mutations):
        if time.monotonic() > end:
            break
        one_round(known[k % len(known)], random, counts, notes)
    for note in notes[: options.show]:
        print(note)
    for name, count in sorted(counts.items()):
        print(f"{count:8d}  {name}")
    return 1 if counts["mutation proved, WRONG"] or counts["rewriting refuted"] else 0


if __name__ == "__main__":
    sys.exit(main())
