"""Lemmas: what may be cited, where, and what a citation is refused for."""

from __future__ import annotations

import json

import pytest

from symkl.derivation.citing import steps_by_lemmas
from symkl.derivation.context import Context
from symkl.derivation.kernel import check
from symkl.derivation.lemmas import LEMMA, NO_LEMMAS, cited, shown, stated
from symkl.derivation.load import derivation_from_json
from symkl.derivation.prover import FIRST, NEVER, NotFound, prove_by_rules
from symkl.derivation.run import run
from symkl.derivation.save import script_of
from symkl.derivation.script import Script, lemmas, read_script, scripts
from symkl.derivation.step import Bound, Derivation
from symkl.errors import KnowledgeError, Rejection, ScriptError, SymklError, UnknownName
from symkl.language.plain_reader import read_plain
from symkl.language.term import RandomVariable, Relation
from symkl.render import render
from symkl.theory.setting import Setting, setting

JOINT = setting(["X, Y, Z ~ p(x,y,z)", "U, V ~ q(u,v)"])
LAWS = setting(["P, Q on {1..n}", "R, S on {1..m}", "f, g densities of x", "0 < t < 1"])
CHAIN = "H(X, Y, Z) = H(X) + H(Y | X) + H(Z | X, Y)"


def group(text: str) -> tuple[RandomVariable, ...]:
    return tuple(RandomVariable(name) for name in text.split())


def citation(name: str, term: str, where: Setting, below: int | None = None, **binding: str) -> str:
    variables = stated(name).setting.scope.variables
    laws = {key: read_plain(f"H({text})", where.scope).args[0] for key, text in binding.items() if key not in variables}
    groups = {key: group(text) for key, text in binding.items() if key in variables}
    bound: dict[str, Bound] = {LEMMA: name, **groups, **laws}
    return where.write(cited(read_plain(term, where.scope), bound, Context(where, below=below)))


def rules_of(found: Derivation) -> list[str]:
    return [rewrite.rule for step in found.steps for rewrite in step.rewrites]


def derived(givens: list[str], text: str, lemmas: str) -> Derivation:
    known = setting(givens)
    statement = read_plain(text, known.scope)
    assert isinstance(statement, Relation)
    found = prove_by_rules(statement, known, lemmas=lemmas)
    assert not isinstance(found, NotFound)
    return found


@pytest.mark.parametrize("each", lemmas(), ids=lambda each: each.name)
def test_every_lemma_is_shown_in_every_base_and_cites_lower_ranks_alone(each: Script) -> None:
    for base in ("e", "2", "b"):
        assert shown(each.name, base) == stated(each.name)
    for part in each.parts:
        for move in (move for step in part.steps for move in step.moves if move.cite):
            assert stated(move.cite).script.lemma < each.lemma


def test_a_lemma_of_a_higher_rank_cites_one_of_a_lower() -> None:
    assert {each.lemma for each in lemmas()} >= {1, 2}
    assert len({each.name for each in lemmas()}) == len(lemmas()) < len(scripts())


@pytest.mark.parametrize(
    ("name", "term", "where", "binding", "other"),
    [
        ("entropy-chain-rule", "H(X, Y, Z)", JOINT, {"X": "X Y", "Y": "Z"}, "H(X, Y) + H(Z | X, Y)"),
        ("entropy-chain-rule", "H(U, V)", JOINT, {"X": "U", "Y": "V"}, "H(U) + H(V | U)"),
        ("kl-decomposition", "KL(Q || P)", LAWS, {"P": "Q", "Q": "P"}, "H(Q, P) - H(Q)"),
        ("kl-decomposition", "KL(R || S)", LAWS, {"P": "R", "Q": "S"}, "H(R, S) - H(R)"),
        ("kl-decomposition", "KL(P || (P + Q)/2)", LAWS, {"P": "P", "Q": "(P + Q)/2"}, "H(P, (P + Q)/2) - H(P)"),
        ("kl-decomposition", "KL(P || P)", LAWS, {"P": "P", "Q": "P"}, "H(P, P) - H(P)"),
    ],
)
def test_a_citation(name: str, term: str, where: Setting, binding: dict[str, str], other: str) -> None:
    assert citation(name, term, where, **binding) == other


@pytest.mark.parametrize(
    ("name", "term", "where", "binding"),
    [
        # Variables twice, of two laws, none, or unknown ones; another term.
        ("entropy-chain-rule", "H(X, X)", JOINT, {"X": "X", "Y": "X"}),
        ("entropy-chain-rule", "H(X, Y, X)", JOINT, {"X": "X Y", "Y": "X"}),
        ("entropy-chain-rule", "H(X, U)", JOINT, {"X": "X", "Y": "U"}),
        ("entropy-chain-rule", "H(X, Y)", JOINT, {"X": "X"}),
        ("entropy-chain-rule", "H(X, Y)", JOINT, {"X": "Y", "Y": "X"}),
        ("entropy-chain-rule", "H(X, Z)", JOINT, {"X": "X", "Y": "Y"}),
        # No independence is given here.
        ("entropy-independent", "H(X, Y)", JOINT, {"X": "X", "Y": "Y"}),
        ("markov-information", "I(X; Z | Y)", JOINT, {"X": "X", "Y": "Y", "Z": "Z"}),
        # Laws on other values, or densities.
        ("kl-decomposition", "KL(P || R)", LAWS, {"P": "P", "Q": "R"}),
        ("entropy-chain-rule-density", "h(X, Y)", JOINT, {"X": "X", "Y": "Y"}),
        # The weights do not sum to one.
        ("kl-decomposition", "KL(P || Q)", LAWS, {"P": "P", "Q": "P + Q"}),
        ("no-such-lemma", "H(X)", JOINT, {}),
        # A derivation, and no lemma.
        ("gibbs-inequality", "KL(P || Q)", LAWS, {}),
    ],
)
def test_a_citation_that_is_refused(name: str, term: str, where: Setting, binding: dict[str, str]) -> None:
    with pytest.raises(SymklError):
        citation(name, term, where, **binding)


def test_an_independence_that_follows_is_enough() -> None:
    where = setting(["X, Y, Z ~ p(x,y,z)", "X indep Y, Z"])
    assert citation("entropy-independent", "H(X, Z)", where, X="X", Y="Z") == "H(X) + H(Z)"
    with pytest.raises(Rejection):
        citation("entropy-independent", "H(Y, Z)", where, X="Y", Y="Z")


def test_only_lower_ranks_are_cited_below_one() -> None:
    binding = {"W": "X", "X": "Y", "Y": "Z", "Z": "V"}
    where = setting(["X, Y, Z, V ~ p(x,y,z,v)"])
    assert citation("entropy-chain-rule-four", "H(X, Y, Z, V)", where, **binding)
    for below in (NO_LEMMAS, 2):
        with pytest.raises(Rejection, match="may not be cited here"):
            citation("entropy-chain-rule-four", "H(X, Y, Z, V)", where, below, **binding)


CIRCLE = """
name = "circle"
family = "joint"
topic = "entropy"
title = "A circle"
givens = ["X, Y ~ p(x,y)"]
goal = "H(X, Y) = H(X) + H(Y | X)"
lemma = {rank}
[[part]]
title = "One line"
start = "H(X, Y)"
steps = [{{ cite = "entropy-chain-rule", bind = {{ X = "X", Y = "Y" }} }}]
"""


def test_a_lemma_does_not_cite_one_of_its_own_rank() -> None:
    with pytest.raises(ScriptError, match="applies nowhere"):
        run(read_script("circle.joint.toml", CIRCLE.format(rank=1)))
    assert run(read_script("circle.joint.toml", CIRCLE.format(rank=2))).steps
    with pytest.raises(KnowledgeError):
        read_script("circle.joint.toml", CIRCLE.format(rank='"first"'))
    with pytest.raises(ScriptError):
        run(read_script("circle.joint.toml", CIRCLE.format(rank=2).replace("entropy-chain-rule", "no-such")))


# Derivations that cite


def test_the_chain_rule_twice() -> None:
    found = derived(["X, Y, Z ~ p(x,y,z)"], CHAIN, FIRST)
    assert rules_of(found) == [LEMMA, LEMMA]
    assert [step.says for step in found.steps] == ["The chain rule of entropy."] * 2
    assert LEMMA not in rules_of(derived(["X, Y, Z ~ p(x,y,z)"], CHAIN, NEVER))
    assert check(found)
    with pytest.raises(Rejection, match="may not be cited here"):
        check(found, NO_LEMMAS)
    again = run(read_script("found.toml", script_of(found, "found")))
    assert [step.after for step in again.steps] == [step.after for step in found.steps]


def test_one_lemma_at_several_places_is_one_line() -> None:
    text = "KL(P || Q) + KL(Q || P) = H(P, Q) - H(P) + H(Q, P) - H(Q)"
    assert len(derived(["P, Q on {1..n}", "log base 2"], text, FIRST).steps) == 1


def test_a_replay_checks_the_lemma_and_what_it_stands_for() -> None:
    found = derived(["X, Y, Z ~ p(x,y,z)"], CHAIN, FIRST)
    text = render(found, "json")
    assert check(derivation_from_json(json.loads(text)))
    for old, new in (
        ("entropy-chain-rule", "entropy-independent"),
        ('"variable": "Z"', '"variable": "Y"'),
        ('"lemma"', '"result"'),
    ):
        assert old in text
        with pytest.raises((Rejection, SymklError)):
            check(derivation_from_json(json.loads(text.replace(old, new))))


@pytest.mark.parametrize("text", ["H(X, Y) = H(X) + H(Y)", "H(X) = H(Y)", "I(X; Y) = H(X) - H(Y | X)", "I(X; Y | Z) = I(X; Y)"])
def test_what_is_false_is_not_cited_together(text: str) -> None:
    statement = read_plain(text, JOINT.scope)
    assert steps_by_lemmas(*statement.args, Context(JOINT)) is None


def test_an_unknown_lemma_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="entropy-chain-rule"):
        stated("entropy-chain-rul")
