"""The Lean text: what its files say of themselves, that they hold the same claims and steps, and that nothing is left open.

No Lean runs here: these tests look at the text alone.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import symkl
from symkl.certificate import lean_files, measures
from symkl.certificate.coq_moves import CoqMoves
from symkl.certificate.lean_closings import TACTICS, UNPROVED, WITHOUT_THEOREM, tactic, theorem
from symkl.certificate.lean_moves import LeanMoves
from symkl.certificate.lean_notation import LEAN
from symkl.certificate.names import Names
from symkl.certificate.write import certificate, checked_claim
from symkl.cli import main
from symkl.errors import NoImage
from symkl.language.plain_reader import read_plain
from symkl.theory.rules import rules
from symkl.theory.setting import setting
from tests.certificate.examples import example_of

FIRST = "-- Not checked: symkl has not run Lean on this file."
OPEN_ENDS = re.compile(r"\b(sorry|admit|axiom|unsafe|native_decide|implemented_by)\b")
PAIRS = {")": "(", "]": "[", "}": "{", "⟩": "⟨"}


@pytest.fixture(scope="module")
def gallery() -> dict[tuple[str, str], tuple[symkl.Certificate, dict[str, str]]]:
    made = {}
    for name, family, found in symkl.gallery_certificates():
        if not isinstance(found, NoImage):
            made[name, family] = (found, dict(lean_files.files(found.in_lean._made)))
    return made


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["certify", *args])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def without_comments(text: str) -> str:
    return re.sub(r"/-.*?-/|--[^\n]*", "", text, flags=re.S)


def balanced(text: str) -> bool:
    waiting: list[str] = []
    for mark in without_comments(text):
        if mark in PAIRS.values():
            waiting.append(mark)
        elif mark in PAIRS and (not waiting or waiting.pop() != PAIRS[mark]):
            return False
    return not waiting


def claimed(text: str) -> set[str]:
    """The laws and the domain of a file; the number at the end of a bound name is left out, for a proof may have more names."""
    found = re.findall(r"^def (?!claim|inhabited|whole).*?(?=\n\n)", text, re.M | re.S)
    return {re.sub(r"(?<=[A-Za-z])_?\d+\b", "", definition) for definition in found}


def test_the_whole_gallery_has_text(gallery) -> None:
    without = {known.name for known in symkl.derivations() if (known.name, known.family) not in gallery}
    assert without == {known.name for known in symkl.derivations() if known.family == "density"}


def test_the_first_line_of_every_file_says_that_it_is_not_checked(gallery) -> None:
    for _, files in gallery.values():
        for name, text in files.items():
            if name.endswith(".lean"):
                assert text.splitlines()[0] == FIRST, name
        assert files["lakefile.toml"].startswith("# Not checked")
        assert "certified" not in "".join(files.values()).lower()


def test_nothing_is_left_open(gallery) -> None:
    for _, files in gallery.values():
        for name, text in files.items():
            if name.endswith(".lean"):
                assert OPEN_ENDS.search(without_comments(text).replace("#print axioms", "")) is None, name


def test_brackets_sections_and_namespaces_balance(gallery) -> None:
    for key, (_, files) in gallery.items():
        for name, text in files.items():
            if name.endswith(".lean"):
                assert balanced(text), (key, name)
                opened = re.findall(r"^(?:noncomputable section|section|namespace)\b", text, re.M)
                assert len(opened) == len(re.findall(r"^end\b", text, re.M)), (key, name)


def test_the_steps_are_those_of_the_coq_proof(gallery) -> None:
    for key, (coq, files) in gallery.items():
        names = re.findall(r"^theorem (\w+)", files["Proof.lean"], re.M)
        assert names == re.findall(r"^Lemma (\w+)", coq.proof, re.M), key
        assert len(names) == len(set(names))
        # What a proof calls is there, before it is called.
        for at in re.finditer(r"\((step_\w+|part_\d+)\b", files["Proof.lean"]):
            assert f"\ntheorem {at[1]} " in files["Proof.lean"][: at.start()], (key, at[1])


def test_the_definitions_and_the_claim_stand_in_both_files_alike(gallery) -> None:
    for key, (_, files) in gallery.items():
        # A proof may speak of more marginal laws than the claim does.
        assert claimed(files["Claim.lean"]) <= claimed(files["Proof.lean"]), key
        assert "def domain" in files["Proof.lean"]
        assert "Proof" not in without_comments(files["Claim.lean"])
        assert files["Check.lean"].count("Proof.claim") == 1
        assert "#print axioms holds" in files["Check.lean"]


def test_the_claim_is_written_from_the_claim_alone() -> None:
    where = setting(["P, Q on {1..n}"])
    texts = {}
    for goal in ("KL(P || Q) = H(P, Q) - H(P)", "KL(Q || P) = H(P, Q) - H(P)", "KL(P || Q) = H(P, Q) + H(P)"):
        texts[goal] = checked_claim("any", where, read_plain(goal, where.scope), LeanMoves()).claim
    assert len(set(texts.values())) == 3
    derived = symkl.certify("KL(P || Q) = H(P, Q) - H(P)", given="P, Q on {1..n}").in_lean
    assert derived.statement == texts["KL(P || Q) = H(P, Q) - H(P)"]
    assert "KL Real.log (Finset.Icc 1 n) P Q" in derived.claim


def test_the_claim_does_not_see_the_steps() -> None:
    given = ["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"]
    found = symkl.certify("KL(P || Q) = H(P, Q) - H(P)", given=given).in_lean
    named = symkl.certify("kl-decomposition").in_lean
    assert found.claim == named.claim
    assert found.proof != named.proof
    # The check has the example of the domain, and nothing else of its own.
    assert found.check == named.check


def test_a_saved_derivation_has_the_same_text(tmp_path: Path) -> None:
    saved = tmp_path / "kl.json"
    saved.write_text(symkl.derive("kl").to_json(), encoding="utf-8")
    one, other = symkl.certify(str(saved)).in_lean, symkl.certify("kl").in_lean
    assert (one.claim, one.proof, one.check) == (other.claim, other.proof, other.check)


THEOREMS = set(re.findall(r"^theorem (\w+)", lean_files.prelude()["Rules"].partition("namespace Rule")[2], re.M))


@pytest.mark.parametrize("name", sorted(rules()))
def test_every_rule_has_its_theorem_or_a_reason(name: str) -> None:
    assert (theorem(name).removeprefix("Rule.") in THEOREMS) != (name in WITHOUT_THEOREM)


def test_every_theorem_belongs_to_a_rule_and_every_reason_is_current() -> None:
    known = {theorem(name).removeprefix("Rule.") for name in rules()}
    other = {name for name in THEOREMS if not {name, name.removesuffix("_base"), name.removesuffix("_natural")} & known}
    assert other == {"diff_whole_power"}
    assert set(WITHOUT_THEOREM) <= set(rules())
    assert set(TACTICS) <= set(rules())
    assert all(WITHOUT_THEOREM.values())
    assert len(WITHOUT_THEOREM) <= 15


def test_every_measure_has_its_definition() -> None:
    defined = set(re.findall(r"^def (\w+)", lean_files.prelude()["Definitions"], re.M))
    heads = {*measures.OF_LAWS.values(), *measures.OF_NUMBERS.values(), *measures.OF_VARIABLES.values()}
    assert heads | {"WeightedJensenShannon", "ConditionalKL", "Mean", "Law", "Positive", "Alphabet", "delta"} <= defined
    assert defined <= set(LEAN.words.split())


DECLARED = set(re.findall(r'^(?:syntax|macro) "(\w+)', lean_files.prelude()["Tactics"], re.M))
LEAN_TACTICS = {"first", "rfl", "exact", "refine", "symm", "assumption", "linarith", "ring1", "simp", "done", "intro"}
WORDS = {"by", "fun", "_", "Rule"}


@pytest.mark.parametrize("name", sorted(rules().keys() - WITHOUT_THEOREM.keys() | TACTICS.keys()))
def test_every_tactic_exists(name: str) -> None:
    used = set(re.findall(r"(?<!\?)\b[A-Za-z_]\w*", tactic(name)))
    assert used <= DECLARED | LEAN_TACTICS | WORDS | THEOREMS


def test_both_assistants_have_every_move() -> None:
    for table in ("congruences", "closings", "facts", "under"):
        assert getattr(LeanMoves, table).keys() == getattr(CoqMoves, table).keys(), table
    assert LeanMoves.notation.interval.keys() == CoqMoves.notation.interval.keys()
    assert LeanMoves.notation.relations.keys() == CoqMoves.notation.relations.keys()


def test_every_example_is_written() -> None:
    for name, known in rules().items():
        if known.assuming:
            continue
        try:
            made = certificate(example_of(known), LeanMoves())
        except NoImage as error:
            assert name in UNPROVED
            assert name in str(error) or "density" in str(error) or "integral" in str(error)
            continue
        assert balanced(made.body), name
        assert f"step_1_{name.replace('-', '_')}" in made.body
        assert certificate(example_of(known), CoqMoves()).name == made.name


def test_names_are_no_words_of_lean() -> None:
    names = Names(LEAN.words)
    for word in ("fun", "Real", "at", "theorem", "Finset", "Proof", "domain", "KL", "this", "sorry"):
        assert names.of("number", word) not in LEAN.words.split()
    assert names.of("law", "λ") == "u3bb"
    statement = symkl.certify("log(Real*fun) = log(Real) + log(fun)", given=["Real > 0", "fun > 0"]).in_lean.statement
    assert "(Real :" not in statement
    assert "(fun :" not in statement


@pytest.mark.parametrize("log", [2, "b"])
def test_other_bases(log: int | str) -> None:
    text = symkl.certify("kl-decomposition", log=log).in_lean
    assert f"KL (Real.logb {log})" in text.statement
    assert balanced(text.proof)


def test_many_categories_are_proved_term_by_term() -> None:
    text = symkl.certify("kl-decomposition", family="categorical", n=12).in_lean
    assert "Finset.Icc 1 12" in text.statement
    assert "P 12" in text.proof
    assert "flat_map" not in text.proof


def test_numerals_that_stand_alone_say_that_they_are_real() -> None:
    assert "(1 / 2 : ℝ)" in symkl.certify("2^(1/2) * 2^(1/2) = 2").in_lean.statement
    assert "(0 : ℝ) < 1" in certificate(example_of(rules()["log-one"]), LeanMoves()).claim


def test_the_command_says_that_nothing_was_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = said(capsys, "kl", "--format", "lean", "-o", str(tmp_path))
    assert code == 0
    assert "Not checked: symkl has not run Lean" in out
    assert "certified" not in out.lower()
    assert "In LaTeX" in out
    assert "KL Real.log" in out
    assert "zero too is written for Coq alone" in out
    prelude = {f"SymKL/{name}.lean" for name in lean_files.PRELUDE}
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {"Claim.lean", "Proof.lean", "Check.lean", "lakefile.toml", "lean-toolchain"} | prelude
    library = tomllib.loads((tmp_path / "lakefile.toml").read_text(encoding="utf-8"))["lean_lib"][0]
    assert set(library["roots"]) == {path.partition("/")[0].removesuffix(".lean") for path in written if path.endswith(".lean")}


def test_zeros_are_not_spoken_of_where_there_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert "zero" not in said(capsys, "softmax-jacobian", "--format", "lean")[1]


def test_running_lean_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for source in ("kl", "--all"):
        code, out, err = said(capsys, source, "--format", "lean", "--run")
        assert code == 2
        assert out == ""
        assert "does not run Lean" in err
        assert "lake build" in err


def test_the_gallery_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = said(capsys, "--all", "--format", "lean", "-o", str(tmp_path))
    assert code == 3
    assert "certified" not in out.lower()
    assert "Not checked" in out
    assert out.count("no text  ") == sum(known.family == "density" for known in symkl.derivations())
    assert len(list(tmp_path.iterdir())) == len(symkl.derivations()) - out.count("no text  ")


def test_what_has_no_text_is_refused_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "H(P) = H(Q)", "--given", "P, Q on {1..n}", "--format", "lean")
    assert code == 4
    assert "false at a point" in err
    assert "--format coq" in err
    assert said(capsys, "kl-density", "--format", "lean")[0] == 4
