"""`symkl read`: exit codes, standard input, files, JSON."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from symkl.cli.read import command


def run(*args: str, given: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(args), input=given, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.output


def test_a_formula_is_shown_with_its_givens_and_choices() -> None:
    code, output = run("--latex", r"\sum_i p_i \log p_i q_i")
    assert code == 0
    for piece in ("sum(i in 1..n, p[i]*log(p[i]*q[i]))", "two readings", "(inferred)", "bound, over 1..n"):
        assert piece in output


def test_a_given_is_used() -> None:
    _, output = run("--latex", "H(P) = 1", "--given", "P on {1..3}")
    assert "P on {1..3}" in output
    assert "inferred" not in output


def test_what_is_not_read_is_exit_code_three() -> None:
    code, output = run("-", given="$$H(X) = 1$$\n\n$$H(X) = \\lg 2$$")
    assert code == 3
    assert "line 3, column 3" in output
    assert "2 rows, 1 not read" in output
    assert run("-", given="only words")[0] == 3


def test_json(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_text("$$H(p,q) = -\\sum_i p_i \\log q_i$$", encoding="utf-8")
    code, output = run(str(file), "--format", "json")
    data = json.loads(output)
    assert code == 0
    assert data["schema"] == 1
    assert data["chains"][0]["rows"][0]["formula"]["plain"] == "H(p, q) = -sum(i in 1..n, p[i]*log(q[i]))"
    assert data["givens"] == [{"text": "p, q on {1..n}", "inferred": True, "why": "p, q with an index: masses of a law"}]
