"""A class of 1,000 submissions: how near `--jobs 2` comes to two bare processes, and what memory it takes.

    python benchmarks/class_run.py [--count 1000] [--repeat 3] [--memory]

The submissions are made of the blocks that the tests check. A bare process checks its half in a loop and keeps nothing; two of
them are the most that two cores give. Each round runs both one after the other; the best of each is compared, and the CPU times
too, which a busy machine disturbs less. `--memory` prints the largest resident set of the command and of its workers instead.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

BLOCKS = Path(__file__).parent.parent / "tests" / "homework" / "blocks.jsonl"
BARE = """
import sys
from symkl.homework.check import check_document
for path in sys.argv[1:]:
    check_document(path)
"""
PAGE = 1024


def write_class(folder: Path, count: int) -> list[str]:
    blocks = [json.loads(line)["rows"] for line in BLOCKS.read_text(encoding="utf-8").splitlines()]
    paths = []
    for number in range(count):
        rows = " \\\\\n".join(f"& {row}" for row in blocks[number % len(blocks)])
        path = folder / f"student{number:04}.md"
        path.write_text(f"# Homework of {number}\n\n$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$\n", encoding="utf-8")
        paths.append(str(path))
    return paths


def timed(commands: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Wall and CPU seconds of some commands that run side by side."""
    before, start = os.times(), time.perf_counter()
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    for process in running:
        process.wait()
    wall, after = time.perf_counter() - start, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def command_on(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "symkl", "check", str(folder), *options]


def speed(folder: Path, count: int, repeat: int) -> None:
    paths = write_class(folder, count)
    one, halves, jobs = [], [], []
    for number in range(repeat):
        halves.append(timed([[sys.executable, "-c", BARE, *paths[k::2]] for k in (0, 1)]))
        kept = folder.parent / f"results{number}"
        jobs.append(timed([command_on(folder, "--jobs", "2", "-o", str(kept), "--format", "csv")]))
        print(f"round {number + 1}: two bare {halves[-1][0]:.1f} s, --jobs 2 {jobs[-1][0]:.1f} s", flush=True)
    one.append(timed([[sys.executable, "-c", BARE, *paths]]))
    for name, runs in (("one process", one), ("two bare processes", halves), ("--jobs 2", jobs)):
        wall, cpu = (min(run[k] for run in runs) for k in (0, 1))
        gain = min(run[0] for run in one) / wall
        print(f"{name:<20} {wall:6.1f} s wall, {cpu:6.1f} s CPU, {count / wall:5.0f} documents a second, gain {gain:.2f}")
    walls, cpus = (min(run[k] for run in halves) / min(run[k] for run in jobs) for k in (0, 1))
    print(f"--jobs 2 has {walls:.2f} of what two bare processes gain; of their CPU time {cpus:.2f}")


def memory(folder: Path, count: int) -> None:
    write_class(folder, count)
    for form in ("csv", "json", "html"):
        process = subprocess.Popen(command_on(folder, "--jobs", "2", "--format", form), stdout=subprocess.DEVNULL)
        command, workers = 0, 0
        while process.poll() is None:
            command = max(command, resident(process.pid))
            workers = max([workers, *map(resident, children(process.pid))])
            time.sleep(0.05)
        print(f"{count} documents as {form}: the command {command / PAGE:.0f} MB, a worker {workers / PAGE:.0f} MB", flush=True)


def resident(process: int) -> int:
    """The largest resident set of a process so far, in kB."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def children(parent: int) -> list[int]:
    """The processes that any thread of a process has started."""
    found = []
    for thread in Path(f"/proc/{parent}/task").glob("*"):
        try:
            found += [int(word) for word in (thread / "children").read_text(encoding="utf-8").split()]
        except OSError:
            continue
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "class")
        folder.mkdir()
        if options.memory:
            memory(folder, options.count)
        else:
            speed(folder, options.count, options.repeat)


if __name__ == "__main__":
    main()
