"""The commands as a person types them: what is printed, exit codes, and what bad input gets. Never a traceback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from symkl.cli import COMMANDS, group, main

WORKED, WRONG, USAGE, UNREAD, COULD_NOT = 0, 1, 2, 3, 4


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Symkl = Callable[..., Ended]


@pytest.fixture
def symkl(capfd: pytest.CaptureFixture[str]) -> Symkl:
    def run(*args: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        out, err = capfd.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        assert "Traceback" not in out + err
        assert "Internal error" not in err
        return Ended(code, out, err)

    return run


def process(args: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "symkl", *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


# What works


@pytest.mark.parametrize(
    "args",
    [
        ("derive", "kl-decomposition"),
        ("derive", "kl-decomposition", "--family", "categorical", "--n", "3"),
        ("derive", "kl-decomposition", "--family", "categorical"),
        ("derive", "kl-decomposition", "--n", "2"),
        ("derive", "cross-entropy-loss"),
        ("derive", "entropy", "--family", "bernoulli"),
        ("derive", "cross-entropy", "--family", "uniform"),
        ("derive", "kl", "--family", "categorical", "--log", "2"),
        ("derive", "kl", "--log", "10"),
        ("derive", "kl", "--log", "b"),
        ("derivations",),
        ("rules",),
        ("rules", "log-quotient"),
        ("--version",),
        ("--help",),
        *((command, "--help") for command in sorted(COMMANDS)),
    ],
    ids=" ".join,
)
def test_it_works(symkl: Symkl, args: tuple[str, ...]) -> None:
    ended = symkl(*args)
    assert (ended.code, ended.err) == (WORKED, "")
    assert ended.out.strip()


@pytest.mark.parametrize("form", ["text", "latex", "markdown", "html", "json"])
@pytest.mark.parametrize("detail", ["brief", "textbook", "full"])
def test_every_format_at_every_detail(symkl: Symkl, form: str, detail: str) -> None:
    ended = symkl("derive", "kl-decomposition", "--format", form, "--detail", detail)
    assert (ended.code, ended.err) == (WORKED, "")
    assert len(ended.out) > 200


def test_the_text_fits_eighty_columns(symkl: Symkl) -> None:
    for n in ("2", "3", "12"):
        text = symkl("derive", "kl-decomposition", "--n", n).out
        assert max(map(len, text.splitlines())) <= 80


def test_no_colour_where_there_is_no_terminal(symkl: Symkl) -> None:
    for args in (("derive", "kl"), ("rules",), ("derivations",), ("rules", "log-quotient")):
        assert "\x1b" not in symkl(*args).out


def test_a_standalone_document(symkl: Symkl) -> None:
    ended = symkl("derive", "kl", "--format", "latex", "--standalone")
    assert ended.out.startswith("\\documentclass")
    assert ended.out.rstrip().endswith("\\end{document}")


def test_every_command_is_in_the_help(symkl: Symkl) -> None:
    text = symkl("--help").out
    assert all(command in text for command in COMMANDS)


def test_the_commands_stand_in_the_order_of_use(symkl: Symkl) -> None:
    text = symkl("--help").out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in text.splitlines() if line.strip()] == list(COMMANDS)
    assert list(COMMANDS)[:3] == ["derive", "prove", "check"]


@pytest.mark.parametrize("command", [*COMMANDS, "gallery build"])
def test_every_help_fits_eighty_columns(symkl: Symkl, command: str) -> None:
    text = symkl(*command.split(), "--help").out
    assert text.startswith("Usage: symkl")
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does_and_every_example_is_understood(symkl: Symkl, name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    for row in symkl(name, "--help").out.splitlines():
        if row.startswith("  symkl "):
            words = shlex.split(row.partition(" > ")[0])
            example = group.get_command(click.Context(group), words[1])
            assert example is not None
            example.make_context(words[1], words[2:])


def test_a_picture_that_is_none_is_named(symkl: Symkl) -> None:
    ended = symkl("plot", "cross-entropy-los")
    assert ended.code == USAGE
    assert "Did you mean cross-entropy-loss" in ended.err


def test_shell_completion_knows_commands_options_and_formats() -> None:
    for words, expected in (("symkl ch", "check"), ("symkl check --wa", "--watch"), ("symkl check --format ju", "junit")):
        said = {"_SYMKL_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        command = [str(Path(sys.executable).with_name("symkl"))]
        done = subprocess.run(command, env={**os.environ, **said}, capture_output=True, text=True, timeout=60, check=False)
        assert expected in done.stdout, words


def test_every_derivation_is_listed(symkl: Symkl) -> None:
    import symkl as package

    text = symkl("derivations").out
    assert all(f"{each.name} --family {each.family}" in text for each in package.derivations())


def test_rules_check(symkl: Symkl) -> None:
    import symkl as package

    assert symkl("rules", "--check").out == f"{len(package.rules())} rules, every example replays.\n"


def test_a_rule_with_its_sentence_conditions_and_source(symkl: Symkl) -> None:
    text = symkl("rules", "log-quotient").out
    for shown in ("log(a/b) -> log(a) - log(b)", "a > 0, b > 0", "The log of a quotient", "Cover & Thomas", "log.toml"):
        assert shown in text


# Bad input


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("derive", "kl-decompositon"), "Did you mean kl-decomposition"),
        (("derive", "kl", "--family", "bernouli"), "Did you mean bernoulli"),
        (("rules", "log-quotent"), "Did you mean log-quotient"),
        (("deriv", "kl"), "Did you mean derive"),
        (("derive", "zzzzzzzz"), "There is no derivation named 'zzzzzzzz'"),
        (("derive", "kl", "--n", "0"), "a whole number of at least 2"),
        (("derive", "kl", "--n", "1"), "a whole number of at least 2"),
        (("derive", "kl", "--n", "-1"), "a whole number of at least 2"),
        (("derive", "kl", "--n", "x"), "a whole number of at least 2"),
        (("derive", "kl", "--n", "1.5"), "a whole number of at least 2"),
        (("derive", "kl", "--n", "²"), "a whole number of at least 2"),
        (("derive", "kl", "--n", ""), "a whole number of at least 2"),
        (("derive", "kl", "--family", "bernoulli", "--n", "3"), "it takes no number"),
        (("derive", "cross-entropy-loss", "--n", "3"), "it takes no number"),
        (("derive", "kl", "--log", "1"), "from 2 to"),
        (("derive", "kl", "--log", "0"), "from 2 to"),
        (("derive", "kl", "--log", "-2"), "from 2 to"),
        (("derive", "kl", "--log", "x+1"), "from 2 to"),
        (("derive", "kl", "--log", ""), "from 2 to"),
        (("derive", "kl", "--log", "²"), "from 2 to"),
        (("derive", "kl", "--log", "p"), "No numbers satisfy"),
        (("derive", "kl", "--log", "P"), "both a number and a law"),
        (("derive", "kl", "--format", "pdf"), "'pdf' is not one of"),
        (("derive", "kl", "--detail", "all"), "'all' is not one of"),
        (("derive", "kl", "--standalone"), "--format latex"),
        (("derive",), "Missing argument"),
        (("derive", "kl", "more"), "unexpected extra argument"),
        (("derive", "kl", "--nn", "3"), "No such option"),
        (("replay",), "Missing argument"),
    ],
    ids=str,
)
def test_a_request_that_makes_no_sense(symkl: Symkl, args: tuple[str, ...], said: str) -> None:
    ended = symkl(*args)
    assert (ended.code, ended.out) == (USAGE, "")
    assert said in ended.err


@pytest.mark.parametrize("output", ["missing/folder/file.txt", "."])
def test_an_output_that_cannot_be_written(symkl: Symkl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.chdir(tmp_path)
    ended = symkl("derive", "kl", "-o", output)
    assert (ended.code, ended.out) == (COULD_NOT, "")
    assert f"Cannot write {output}" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_be_changed_keeps_what_it_holds(
    symkl: Symkl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.txt"
    path.write_text("kept", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)
    ended = symkl("derive", "kl", "-o", str(path))
    assert ended.code == COULD_NOT
    assert "permission denied" in ended.err
    assert path.read_text(encoding="utf-8") == "kept"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_is_full_leaves_nothing_half_written(symkl: Symkl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "kept.txt"
    path.write_text("kept", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)
    ended = symkl("derive", "kl", "-o", str(path))
    assert ended.code == COULD_NOT
    assert "No space left" in ended.err
    assert path.read_text(encoding="utf-8") == "kept"
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_is_what_would_have_been_printed(symkl: Symkl, tmp_path: Path) -> None:
    path = tmp_path / "kl.md"
    printed = symkl("derive", "kl", "--format", "markdown").out
    ended = symkl("derive", "kl", "--format", "markdown", "-o", str(path))
    assert (ended.code, ended.out) == (WORKED, "")
    assert path.read_text(encoding="utf-8") == printed


# Replay


@pytest.fixture(scope="module")
def saved() -> dict[str, Any]:
    import symkl as package

    found = json.loads(package.derive("kl-decomposition").to_json())
    assert isinstance(found, dict)
    return found


def replayed(symkl: Symkl, folder: Path, data: object) -> Ended:
    path = folder / "saved.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return symkl("replay", str(path))


@pytest.mark.parametrize("detail", ["brief", "textbook", "full"])
@pytest.mark.parametrize(
    "args", [("kl-decomposition",), ("cross-entropy-loss",), ("kl", "--n", "3"), ("entropy", "--family", "uniform", "--log", "2")]
)
def test_what_was_saved_replays(symkl: Symkl, tmp_path: Path, args: tuple[str, ...], detail: str) -> None:
    path = tmp_path / "saved.json"
    assert symkl("derive", *args, "--format", "json", "--detail", detail, "-o", str(path)).code == WORKED
    ended = symkl("replay", str(path))
    assert (ended.code, ended.err) == (WORKED, "")
    assert "accepted by the kernel" in ended.out


def changed(data: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(data))
    change(copy)
    assert copy != data
    return copy


def quotient_step(data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return next((k, step) for k, step in enumerate(data["steps"], 1) if step["rewrites"][0]["rule"] == "log-quotient")


def _sign(data: dict[str, Any]) -> None:
    _, step = quotient_step(data)
    for line in (step["after"], step["rewrites"][-1]["after"]):
        line["plain"] = line["plain"].replace("log(p) - log(q)", "log(p) + log(q)")


def _rule(data: dict[str, Any]) -> None:
    quotient_step(data)[1]["rewrites"][0]["rule"] = "log-power"


def _name(data: dict[str, Any]) -> None:
    quotient_step(data)[1]["rule"] = "log-power"


def _condition(data: dict[str, Any]) -> None:
    quotient_step(data)[1]["conditions"].pop()


def _place(data: dict[str, Any]) -> None:
    quotient_step(data)[1]["rewrites"][0]["places"][0]["path"] = [5, 1]


def _binding(data: dict[str, Any]) -> None:
    binding = quotient_step(data)[1]["rewrites"][0]["places"][0]["binding"]
    binding["a"] = {"term": "q"}


def _direction(data: dict[str, Any]) -> None:
    quotient_step(data)[1]["rewrites"][0]["direction"] = "backward"


@pytest.mark.parametrize("change", [_sign, _rule, _name, _condition, _place, _binding, _direction])
def test_a_tampered_step_is_refused_with_its_number(
    symkl: Symkl, tmp_path: Path, saved: dict[str, Any], change: Callable[[dict[str, Any]], None]
) -> None:
    number, _ = quotient_step(saved)
    ended = replayed(symkl, tmp_path, changed(saved, change))
    assert (ended.code, ended.out) == (WRONG, ""), ended
    assert f"Step {number}:" in ended.err


def test_a_broken_chain_is_refused(symkl: Symkl, tmp_path: Path, saved: dict[str, Any]) -> None:
    number, _ = quotient_step(saved)
    ended = replayed(symkl, tmp_path, changed(saved, lambda data: data["steps"].pop(number - 1)))
    assert ended.code == WRONG
    assert f"Step {number}: broken chain" in ended.err


def test_a_missing_given_is_refused(symkl: Symkl, tmp_path: Path, saved: dict[str, Any]) -> None:
    ended = replayed(symkl, tmp_path, changed(saved, lambda data: data["givens"].pop()))
    assert ended.code in (WRONG, USAGE)
    assert ended.err


def test_another_goal_is_refused(symkl: Symkl, tmp_path: Path, saved: dict[str, Any]) -> None:
    def change(data: dict[str, Any]) -> None:
        data["goal"] = {"plain": "KL(P || Q) = H(P, Q) + H(P)"}

    ended = replayed(symkl, tmp_path, changed(saved, change))
    assert ended.code == WRONG
    assert "goal not shown" in ended.err


def test_latex_that_says_something_else_is_refused(symkl: Symkl, tmp_path: Path, saved: dict[str, Any]) -> None:
    def change(data: dict[str, Any]) -> None:
        data["steps"][0]["after"]["latex"] = "KL = 42"

    ended = replayed(symkl, tmp_path, changed(saved, change))
    assert ended.code == WRONG
    assert "another spelling" in ended.err


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        '"text"',
        "{}",
        '{"schema": 2}',
        '{"schema": 1}',
        '{"schema": 1, "givens": 3, "parts": [], "steps": []}',
        "[" * 5000,
        '{"schema": 1, "givens": [], "goal": {"plain": "1 = 1"}, "parts": [], "steps": []}',
    ],
    ids=lambda data: data[:40],
)
def test_what_is_no_derivation(symkl: Symkl, tmp_path: Path, data: str) -> None:
    ended = replayed(symkl, tmp_path, data)
    assert (ended.code, ended.out) == (USAGE, "")
    assert ended.err


def test_keys_taken_away_one_by_one_never_give_a_traceback(symkl: Symkl, tmp_path: Path, saved: dict[str, Any]) -> None:
    for key in list(saved):
        ended = replayed(symkl, tmp_path, changed(saved, lambda data, key=key: data.pop(key)))  # type: ignore[misc]
        assert ended.code in (WORKED, WRONG, USAGE, COULD_NOT), key
    step = saved["steps"][0]
    for key in list(step):
        for value in (None, 3, "text", [], {}):

            def change(data: dict[str, Any], key: str = key, value: object = value) -> None:
                data["steps"][0][key] = value

            if step[key] != value:
                assert replayed(symkl, tmp_path, changed(saved, change)).code in (WORKED, WRONG, USAGE), (key, value)


@pytest.mark.parametrize("path", ["missing.json", "."])
def test_a_file_that_cannot_be_read(symkl: Symkl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(tmp_path)
    ended = symkl("replay", path)
    assert (ended.code, ended.out) == (COULD_NOT, "")
    assert f"Cannot read {path}" in ended.err


def test_a_file_that_is_no_text(symkl: Symkl, tmp_path: Path) -> None:
    path = tmp_path / "noise.json"
    path.write_bytes(bytes(range(256)))
    assert symkl("replay", str(path)).code == USAGE


# The process itself


def test_a_reader_that_has_gone_is_no_fault() -> None:
    command = f"{sys.executable} -m symkl derivations | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_without_assertions_the_kernel_still_refuses(tmp_path: Path, saved: dict[str, Any]) -> None:
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(changed(saved, _sign)), encoding="utf-8")
    command = [sys.executable, "-O", "-m", "symkl", "replay", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == WRONG


def test_the_hot_path_imports_no_sympy() -> None:
    code = "import sys, symkl; symkl.derive('kl').text(); raise SystemExit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_output_that_an_encoding_has_no_signs_for_is_written_in_utf_8(encoding: str) -> None:
    done = process(["derive", "kl"], encoding="utf-8", env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding})
    assert done.returncode == WORKED
    assert "KL(P‖Q)" in done.stdout
    assert done.stderr == ""


def test_bytes_that_are_no_text_are_refused_in_words() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "symkl", "read", "--latex", b"\xff"], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == UNREAD
    assert b"Internal error" not in done.stderr


def test_a_long_error_is_wrapped_for_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with pytest.raises(SystemExit):
        main(["derive", "chain-rule-entropy"])
    rows = capsys.readouterr().err.splitlines()
    assert len(rows) > 1
    assert max(map(len, rows)) <= 80


@pytest.mark.parametrize(
    "arguments",
    [
        ("prove", "-log(1/x) = log(x)"),
        ("prove", r"-\log\frac1x = \log x"),
        ("derive", "-log(1/x) = log(x)", "--detail", "brief"),
        ("explain", "-log(1/p)", "log(p)", "--given", "0 < p < 1"),
        ("certify", "-log(1/x) = log(x)"),
    ],
    ids=lambda row: row[0],
)
def test_a_formula_that_begins_with_a_minus_is_no_option(symkl: Symkl, arguments: Sequence[str]) -> None:
    ended = symkl(*arguments)
    assert (ended.code, ended.err) == (WORKED, "")


def test_an_option_that_is_not_there_is_still_one(symkl: Symkl) -> None:
    ended = symkl("prove", "a = a", "--gven", "a > 0")
    assert ended.code == USAGE
    assert "--gven" in ended.err
