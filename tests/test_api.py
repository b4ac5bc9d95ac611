"""The public face: names, lazy loading, what a derivation offers, and what bad arguments get."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import symkl
from symkl.errors import GivenError, OutputError, Rejection, UnknownName, UsageError


def test_every_public_name_is_there() -> None:
    for name in symkl.__all__:
        assert getattr(symkl, name) is not None
    assert set(dir(symkl)) >= set(symkl.__all__)
    assert len(symkl.__all__) == len(set(symkl.__all__))


def test_a_name_that_is_not_public() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        symkl.nonsense  # noqa: B018


def test_importing_loads_nothing_yet() -> None:
    code = "import sys, symkl; print(*{'sympy', 'flint', 'rich', 'click', 'symkl._derive'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == ""


def test_a_derivation_by_name() -> None:
    derivation = symkl.derive("kl-decomposition", family="bernoulli")
    assert derivation.name == "kl-decomposition"
    assert derivation.givens == ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
    assert derivation.steps[3].rule == "log-quotient"
    assert derivation.steps[3].conditions
    assert len(derivation.steps) == sum(len(part.steps) for part in derivation.parts)
    assert derivation.goal in derivation.check()
    assert "KL(P || Q) = H(P, Q) - H(P)" in repr(derivation)


def test_a_derivation_in_every_format() -> None:
    derivation = symkl.derive("kl")
    for form in symkl.FORMATS:
        for detail in symkl.DETAILS:
            assert derivation.render(form, detail=detail)
    assert "\\log" in derivation.latex()
    assert derivation.latex(standalone=True).startswith("\\documentclass")
    assert "KL(P‖Q)" in derivation.text()
    assert "$" in derivation.markdown()
    assert derivation._repr_html_().startswith("<")
    assert derivation._repr_latex_().startswith("$")


def test_what_was_saved_replays(tmp_path: Path) -> None:
    derivation = symkl.derive("kl-decomposition", family="categorical", n=3, log=2)
    path = tmp_path / "saved.json"
    path.write_text(derivation.to_json(), encoding="utf-8")
    for source in (path, str(path), json.loads(derivation.to_json())):
        replayed = symkl.replay(source)
        assert replayed.steps == derivation.steps
        assert replayed.goal == derivation.goal


def test_what_was_saved_and_changed_does_not() -> None:
    data = json.loads(symkl.derive("kl").to_json())
    data["steps"][0]["after"]["plain"] = "0"
    with pytest.raises(Rejection, match="Step 1"):
        symkl.replay(data)


@pytest.mark.parametrize("n", [0, 1, -3, True, 2.0, "3"])
def test_numbers_of_categories_that_make_no_sense(n: object) -> None:
    with pytest.raises(UsageError, match="at least 2"):
        symkl.derive("kl", n=n)  # type: ignore[arg-type]


@pytest.mark.parametrize("base", [0, 1, -2, "ee", "", "2.5", 10**9])
def test_bases_that_make_no_sense(base: int | str) -> None:
    with pytest.raises(UsageError, match="not allowed"):
        symkl.derive("kl", log=base)


def test_a_base_that_is_a_parameter() -> None:
    with pytest.raises(GivenError):
        symkl.derive("kl", log="p")


def test_unknown_names() -> None:
    with pytest.raises(UnknownName, match="kl-decomposition"):
        symkl.derive("kl-decompositoin")
    with pytest.raises(UnknownName, match="bernoulli"):
        symkl.derive("kl", family="bernouilli")
    with pytest.raises(UnknownName, match="log-quotient"):
        symkl.rules("log-qoutient")


def test_rules_and_derivations_are_listed() -> None:
    assert {"kl-decomposition", "cross-entropy-loss"} <= {each.name for each in symkl.derivations()}
    (known,) = symkl.rules("log-quotient")
    assert known.says == "The log of a quotient is the difference of the logs."
    known.check()
    assert "log(a/b)" in repr(known)
    assert len(symkl.rules()) > 80


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        symkl.replay(tmp_path / "missing.json")


def test_all_errors_are_one_family() -> None:
    for error in (UnknownName, UsageError, OutputError, Rejection, GivenError):
        assert issubclass(error, symkl.SymklError)


def test_a_document_that_is_not_there_is_no_text() -> None:
    with pytest.raises(OutputError, match="no such file"):
        symkl.check("homework.tex")
    with pytest.raises(TypeError, match="a path or a text"):
        symkl.check(None)
    assert symkl.check("").summary["correct"] == 0


@pytest.mark.parametrize("text", ["$$H(X,Y)=H(X)+H(Y|X)$$", "H(X,Y)=H(X)+H(Y|X)"])
def test_a_formula_without_a_blank_is_no_file(text: str) -> None:
    assert symkl.check(text).summary["correct"] == 1


def test_what_is_printed_is_what_the_command_shows() -> None:
    verdict = symkl.prove("KL(P || Q) = KL(Q || P)", given="P, Q on {1..n}")
    assert str(verdict) == symkl.render_verdict(verdict)
    assert repr(verdict) == "<Verdict refuted: KL(P || Q) = KL(Q || P)>"
    assert symkl.certify_refutation(verdict).refutes
    report = symkl.check(r"$$KL(p \| q) = H(p, q) + H(p)$$")
    assert str(report) == symkl.render_report(report)
    assert repr(report) == "<Report on 1 document: 1 wrong>"
    derivation = symkl.derive("kl")
    assert str(derivation) == derivation.text()


def test_a_reading_says_in_a_line_what_was_read() -> None:
    assert repr(symkl.read(r"= \log p_i q_i")) == r"<Reading of '= \\log p_i q_i': = log(p[i]*q[i])>"
    assert repr(symkl.read_document("$$a = 1$$ and $$)($$", kind="text")) == "<Document of 2 rows: 1 not read>"


@pytest.mark.parametrize(
    ("statement", "verdict", "said"),
    [
        ("I(X; Y) = H(X) - H(X | Y)", "proved", "X, Y ~ p(x,y) (inferred)"),
        ("KL(P || Q) = KL(Q || P)", "refuted", "P, Q on {1..n} (inferred)"),
        (r"\sigma(-z) = 1 - \sigma(z)", "proved", "sigma is the"),
        (r"-\log\sigma(z) = \log(1 + e^{-z})", "proved", "else it has no value somewhere"),
        (r"\sigma(-z) = \sigma(z)", "unknown", "what sigma is, is not said"),
        ("f(x) = g(x)", "unknown", "what f and g is, is not said"),
    ],
)
def test_a_statement_without_givens_is_read_by_its_notation(statement: str, verdict: str, said: str) -> None:
    found = symkl.prove(statement)
    assert found.verdict == verdict
    assert said in str(found)


def test_what_plain_and_latex_read_differently_needs_its_givens() -> None:
    for statement in ("ab = b*a", "H(X | Y) = H(X"):
        with pytest.raises(symkl.SymklError):
            symkl.prove(statement)
    with pytest.raises(symkl.SymklError, match="not declared"):
        symkl.prove("H(P) = H(R)", given="P on {1..n}")
    with pytest.raises(symkl.SymklError, match="not declared"):
        symkl.assert_equal("log(a*b)", "log(a) + log(b)")


def test_another_reading_is_derived_where_it_is_the_true_one() -> None:
    derivation = symkl.derive(r"\frac{d}{dz}\sigma(z) = \sigma(z)(1 - \sigma(z))")
    assert "exp(-z)" in repr(derivation)


def test_a_public_verdict_is_a_verdict_like_any_other() -> None:
    verdict = symkl.prove("log(a*b) = log(a) + log(b)", given=("a > 0", "b > 0"))
    assert pickle.loads(pickle.dumps(verdict)) == verdict
    with pytest.raises(UsageError):
        bool(verdict)
