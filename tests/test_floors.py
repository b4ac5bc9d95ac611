"""The floors: a module imports only from below, and the heavy libraries wait until they are needed."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "symkl"

FLOORS = {
    "errors": 0,
    "language": 1,
    "theory": 2,
    "judge": 3,
    "interop": 3,
    "derivation": 4,
    "homework": 5,
    "certificate": 5,
    "render": 6,
    "plots": 6,
    "": 7,
    "cli": 8,
    "__main__": 9,
}
"""The floor of each room; the room without a name is `symkl/__init__.py`, the public API."""

HEAVY = ("sympy", "flint", "rich", "joblib", "hypothesis", "matplotlib")
MODULES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    """The part of the house that a module lives in: 'language' for symkl.language.term, '' for symkl and symkl._derive."""
    first = [*module.split("."), ""][1]
    return first if not first.startswith("_") or first == "__main__" else ""


def imported(tree: ast.AST, module: str, is_package: bool) -> list[str]:
    """The modules of symkl that an import statement names, wherever in the file it stands."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module if is_package else module.rpartition(".")[0]
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            # `from symkl import errors` names a module, `from symkl import derive` the public API.
            found.extend(f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base for alias in node.names)
    return [name for name in found if name.split(".")[0] == "symkl"]


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def faults(module: str, source: str, is_package: bool = False) -> list[str]:
    """What a module imports that its floor forbids."""
    own = room(module)
    if own not in FLOORS:
        return [f"{module} is in a room that no floor is known for"]
    wrong = []
    for name in imported(ast.parse(source), module, is_package):
        other = room(name)
        below = other in FLOORS and FLOORS[other] < FLOORS[own]
        if own == "cli":
            below = other in ("", "errors")
        if other != own and not below:
            wrong.append(f"{module} (floor {FLOORS[own]}) imports {name} (floor {FLOORS.get(other)})")
    return wrong


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_only_from_below(path: Path) -> None:
    assert faults(module_name(path), path.read_text(encoding="utf-8"), path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("module", "source", "allowed"),
    [
        ("symkl.theory.setting", "from symkl.language.term import Term", True),
        ("symkl.theory.setting", "from symkl.theory.families import family", True),
        ("symkl.language.latex.reader", "from symkl.language import term", True),
        ("symkl.language.term", "from symkl.theory.setting import setting", False),
        ("symkl.judge.verdict", "from symkl.interop.sympy_text import sympy_text", False),
        ("symkl.judge.verdict", "import symkl.interop.sympy_text", False),
        ("symkl.judge.verdict", "from symkl import errors", True),
        ("symkl.judge.verdict", "from symkl import derive", False),
        ("symkl.judge.verdict", "import symkl", False),
        ("symkl.judge.verdict", "def f():\n    from symkl.derivation import kernel", False),
        ("symkl.judge.verdict", "if True:\n    from ..derivation import step", False),
        ("symkl.judge.verdict", "from . import verdict", True),
        ("symkl.judge.verdict", "from ..theory import setting", True),
        ("symkl.cli.prove", "import symkl", True),
        ("symkl.cli.prove", "from symkl.cli import main", True),
        ("symkl.cli.prove", "from symkl.errors import SymklError", True),
        ("symkl.cli.prove", "from symkl.theory.setting import setting", False),
        ("symkl._derive", "from symkl.render.lines import DETAILS", True),
        ("symkl.render.lines", "from symkl._derive import derive", False),
        ("symkl", "from symkl.cli import main", False),
        ("symkl", "from symkl.render import text", True),
        ("symkl.attic.old", "", False),
    ],
)
def test_the_floors_are_told_apart(module: str, source: str, allowed: bool) -> None:
    assert (faults(module, source) == []) == allowed


def test_no_module_is_left_out() -> None:
    assert {room(module_name(path)) for path in MODULES} <= FLOORS.keys()
    assert len(MODULES) > 10


def loaded_by(code: str) -> list[str]:
    """Which of the heavy libraries a fresh interpreter has loaded after running the code."""
    report = f"import atexit, sys; atexit.register(lambda: print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr))"
    done = subprocess.run([sys.executable, "-c", f"{report}\n{code}"], capture_output=True, text=True, check=True, timeout=60)
    return list(ast.literal_eval(done.stderr.splitlines()[-1]))


def test_importing_symkl_loads_nothing_heavy() -> None:
    assert loaded_by("import symkl") == []


def test_help_loads_nothing_heavy() -> None:
    assert loaded_by("import sys; sys.argv = ['symkl', '--help']; from symkl.cli import main; main()") == []


def test_what_is_loaded_is_seen() -> None:
    assert loaded_by("import flint") == ["flint"]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_trusted_code_asserts_nothing(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source)))
