"""The registries of measures and families: every form has one value, every family is a law; broken tables are named."""

from __future__ import annotations

import pytest
from models import equal, free_values, random_model

from symkl.errors import KnowledgeError, UndefinedTerm, UnknownName
from symkl.language.plain_reader import read_plain
from symkl.language.term import Mass, Measure, Number, Plus, Relation, Value
from symkl.theory import families as families_module
from symkl.theory import measures as measures_module
from symkl.theory.definedness import undefined_part
from symkl.theory.families import families, family
from symkl.theory.measures import definition_of, measures, unfold
from symkl.theory.setting import setting

GIVENS = ("P, Q on {1..3}", "X, Y, Z ~ m(x,y,z)", "0 < t < 1", "A, B on {1..n}", "f(u,v), g(u,v) joint laws")
DENSITIES = ("X, Y ~ f(x,y) density", "g, k densities of w")

WRITTEN = [
    *((GIVENS, text) for text in ("H(P)", "H(P, Q)", "KL(P || Q)", "JS(P || Q)", "JS[t](P || Q)", "H(t)", "h(t)")),
    *((GIVENS, text) for text in ("H(A)", "KL(A || B)", "KL(P || (P + Q)/2)", "KL(P || t*P + (1 - t)*Q)", "H((P + Q)/2)")),
    *((GIVENS, text) for text in ("H(X)", "H(X, Y)", "H(X, Y, Z)", "H(Y | X)", "H(X, Y | Z)", "H(X | Y, Z)", "H(Y | X = x)")),
    *((GIVENS, text) for text in ("I(X; Y)", "I(X, Y; Z)", "I(X; Y | Z)", "I(X; Y, Z)")),
    *((GIVENS, text) for text in ("KL(f(u,v) || g(u,v))", "KL(f(u) || g(u))", "KL(f(u,v) || f(u)*g(v))")),
    (GIVENS, "KL(f(v|u) || g(v|u) | f(u))"),
    *((DENSITIES, text) for text in ("h(X)", "h(X, Y)", "h(Y | X)")),
]  # fmt: skip


@pytest.mark.parametrize(("givens", "text"), WRITTEN)
def test_every_form_of_a_measure_has_one_value(givens: tuple[str, ...], text: str) -> None:
    where = setting(givens)
    measure = read_plain(text, where.scope)
    assert isinstance(measure, Measure)
    forms = [unfold(measure, where, k) for k in range(len(definition_of(measure).forms))]
    for seed in range(3):
        model = random_model(where, seed)
        at = free_values(model, seed, measure, *forms)
        assert all(equal(model, forms[0], form, at) for form in forms[1:])
    assert all(undefined_part(form, where) is None for form in forms)


def test_every_measure_of_the_registry_is_tried() -> None:
    tried = {definition_of(read_plain(text, setting(givens).scope)).slug for givens, text in WRITTEN}  # type: ignore[arg-type]
    missing = measures().keys() - tried
    assert missing <= {"differential-entropy"}, missing


@pytest.mark.parametrize(
    "text",
    [
        "H(X, Y) = H(X) + H(Y | X)",
        "I(X; Y) = H(X) - H(X | Y)",
        "I(X; Y | Z) = H(X | Z) - H(X | Y, Z)",
        "I(X, Y; Z) = I(X; Z) + I(Y; Z | X)",
        "KL(P || Q) = H(P, Q) - H(P)",
        "JS(P || Q) = H((P + Q)/2) - (H(P) + H(Q))/2",
        "KL(f(u,v) || g(u,v)) = KL(f(u) || g(u)) + KL(f(v|u) || g(v|u) | f(u))",
        "H(X | Y) <= H(X)",
        "KL(P || Q) >= 0",
        "JS(P || Q) <= log(2)",
        "H(P) <= log(3)",
        "H(t) <= log(2)",
    ],
)
def test_the_definitions_are_those_of_the_field(text: str) -> None:
    where = setting(GIVENS)
    statement = read_plain(text, where.scope)
    for seed in range(3):
        assert random_model(where, seed).holds(statement)


@pytest.mark.parametrize(
    "text", ["KL(P || Q) = H(P, Q) + H(P)", "I(X; Y) = H(X) + H(Y)", "H(X, Y) <= H(X)", "KL(P || Q) = KL(Q || P)"]
)
def test_and_not_those_of_another(text: str) -> None:
    where = setting(GIVENS)
    statement = read_plain(text, where.scope)
    assert not any(random_model(where, seed).holds(statement) for seed in range(3))


def test_every_definition_says_what_it_is() -> None:
    for slug, definition in measures().items():
        assert definition.says.endswith("."), slug
        assert definition.title and definition.range and definition.source, slug


@pytest.mark.parametrize(
    ("givens", "text"), [(("P on {1..3}", "Q on {1..4}"), "KL(P || Q)"), (("P on {1..3}", "C ~ Bernoulli(c)"), "H(P, C)")]
)
def test_laws_on_different_alphabets(givens: tuple[str, ...], text: str) -> None:
    where = setting(givens)
    laws = [where.scope.laws[name].law() for name in sorted(where.scope.laws)]
    measure = Measure("KL", laws, ["||"]) if text.startswith("KL") else Measure("H", laws, [","])
    with pytest.raises(UndefinedTerm, match="different alphabets"):
        unfold(measure, where)


def test_a_form_that_is_not_there() -> None:
    where = setting(GIVENS)
    with pytest.raises(UndefinedTerm, match="form"):
        unfold(read_plain("KL(P || Q)", where.scope), where, 7)  # type: ignore[arg-type]


def test_a_measure_that_nobody_defines() -> None:
    with pytest.raises(UndefinedTerm, match=r"KL is written KL\(P || Q\)"):
        definition_of(Measure("KL", [Number(1)]))


@pytest.mark.parametrize("name", sorted(families()))
def test_the_masses_of_a_family_are_a_law(name: str) -> None:
    known = family(name)
    arguments = ["a", "b", "1 - a - b"] if known.listed else list(known.parameters)
    where = setting([f"P ~ {name}({', '.join(arguments)})"])
    law = where.scope.laws["P"]
    member = known.member([read_plain(text, where.scope) for text in arguments])
    masses = [law.mass(value) for value in member.outcomes]
    assert len(masses) == len(member.masses)
    for seed in range(5):
        model = random_model(where, seed)
        assert model.holds(Relation((Plus(*masses), Number(1)), ("=",)))
        assert all(model.holds(Relation((mass, Number(0)), (">",))) for mass in masses)


def test_an_unknown_family_comes_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Bernoulli"):
        family("Bernouli")


FAMILY = """
[Coin]
parameters = ["p"]
alphabet = ["H", "T"]
masses = ["p", "1 - p"]
conditions = ["p > 0", "p < 1"]
says = "A coin."
source = "a book"
"""
MEASURE = """
[length]
written = "H(P)"
forms = ["-sum(x, P(x)*log(P(x)))"]
title = "length"
says = "A length."
range = "[0, infinity]"
source = "a book"
"""


class _Folder:
    def __init__(self, text: str) -> None:
        self.text = text

    def joinpath(self, _name: str) -> _Folder:
        return self

    def read_text(self, encoding: str) -> str:
        assert encoding == "utf-8"
        return self.text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('masses = ["p", "1 - p"]', 'masses = ["p"]', "1 masses for 2 outcomes"),
        ("says =", "sais =", "missing says"),
        ("says =", "more = 1\nsays =", "unknown key more"),
        ('"p > 0"', '"p"', "is no relation"),
        ('parameters = ["p"]', 'parameters = "p"', "expected a list of texts"),
        ("[Coin]", '[Coin]\naliases = { 1 = "X" }', "aliases name outcomes"),
        ('"1 - p"', '"1 - r"', ""),
        ("parameters = [", "parameters = ", ""),
    ],
)
def test_a_broken_family(monkeypatch: pytest.MonkeyPatch, old: str, new: str, reason: str) -> None:
    text = FAMILY.replace(old, new)
    assert text != FAMILY
    monkeypatch.setattr(families_module, "files", lambda _: _Folder(text))
    with pytest.raises(KnowledgeError) as caught:
        families.__wrapped__()
    assert caught.value.file == "families.toml"
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("title =", "titel =", "the keys have to be"),
        ('forms = ["-sum(x, P(x)*log(P(x)))"]', "forms = []", "one definition or more"),
        ("log(P(x))", "log(S(x))", ""),
        ('written = "H(P)"', 'written = "P(x)"', "is no measure"),
        ("[length]", "[length", ""),
    ],
)
def test_a_broken_measure(monkeypatch: pytest.MonkeyPatch, old: str, new: str, reason: str) -> None:
    text = MEASURE.replace(old, new)
    assert text != MEASURE
    monkeypatch.setattr(measures_module, "files", lambda _: _Folder(text))
    with pytest.raises(KnowledgeError) as caught:
        measures.__wrapped__()
    assert caught.value.file == "measures.toml"
    assert reason in str(caught.value)


def test_values_of_a_measure_do_not_clash_with_those_around_it() -> None:
    where = setting(["X, Y ~ m(x,y)"])
    unfolded = unfold(read_plain("H(Y | X = y)", where.scope), where)  # type: ignore[arg-type]
    assert Value("y") in [value for part in _masses(unfolded) for value in part.args]
    model = random_model(where, 1)
    other = unfold(read_plain("H(Y | X = x)", where.scope), where)  # type: ignore[arg-type]
    assert model.value(unfolded, {"y": 2}).overlaps(model.value(other, {"x": 2}))


def _masses(term: object) -> list[Mass]:
    from symkl.language.term import subterms

    return [part for part in subterms(term) if isinstance(part, Mass)]  # type: ignore[arg-type]
