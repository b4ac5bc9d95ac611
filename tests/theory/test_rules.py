"""The registry of rules: every example replays, both ways, and no rule is false in any model."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from models import Undefined, equal, free_values, random_model

from symkl.derivation.examples import check_example
from symkl.derivation.instance import instance, result
from symkl.errors import KnowledgeError, Rejection, UnknownName
from symkl.language.plain_reader import read_plain
from symkl.language.term import (
    Binder,
    Derivative,
    Extremum,
    Log,
    Negation,
    Number,
    Plus,
    Quotient,
    Range,
    Relation,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    signed,
    subterms,
)
from symkl.theory.pattern import BASE, Each, Run, Wild, formal_scopes
from symkl.theory.rules import ARROW, EQUIVALENT, Rule, collect_rules, patterns, printed_name, rule, rules
from symkl.theory.setting import setting

RULES = list(rules().values())
PATTERNS = [each for each in RULES if not each.computed]
INEQUALITIES = ("<", "<=", ">", ">=")


def named(known: list[Rule]) -> object:
    return pytest.mark.parametrize("known", known, ids=lambda each: each.name)


@named(RULES)
def test_every_example_replays(known: Rule) -> None:
    check_example(known)


@named(RULES)
def test_every_example_is_true_in_random_models(known: Rule) -> None:
    where = setting(known.given)
    operator = ARROW if known.computed else patterns(known).operator
    left_text, _, right_text = known.example.partition(f" {operator} ")
    left, right = read_plain(left_text, where.scope), read_plain(right_text, where.scope)
    for seed in range(3):
        model = random_model(where, seed)
        at = free_values(model, seed, left, right)
        if operator in INEQUALITIES:
            assert model.holds(Relation((left, right), (operator,)), at)
        else:
            assert equal(model, left, right, at)


def test_the_models_refute_what_is_false() -> None:
    where = setting(["P, Q on {1..n}"])
    left, right = (read_plain(text, where.scope) for text in ("KL(P || Q)", "H(P, Q) + H(P)"))
    assert not any(equal(random_model(where, seed), left, right) for seed in range(3))


# No rule is false: random terms for its variables, wherever its conditions happen to hold

WORLD = setting(["P, Q on {1..3}", "a, b, c, d real", "k integer", "t > 0"])
SYMBOLS = ("a", "b", "c", "d", "k", "t")
ALPHABETS = (Range(Number(1), Number(3)), Range(Number(1), Number(2)), Range(Number(1), Number(0)), Range(Number(2), Number(3)))


class _Random:
    """Random bindings of a rule: small terms with zeros, ones and signs among them."""

    def __init__(self, known: Rule, seed: int) -> None:
        self.known = patterns(known)
        self.source = random.Random(f"{known.name} {seed}")

    def binding(self) -> dict[str, object]:
        parts = [*subterms(self.known.left), *subterms(self.known.right)]
        names = iter("ijlmuvwxyz")
        binding: dict[str, object] = {part.variable.name: Symbol("d") for part in parts if isinstance(part, Derivative)}
        binding |= {part.name: Symbol("d") for part in parts if isinstance(part, Extremum)}
        for name in dict.fromkeys(name for part in parts if isinstance(part, Binder) for name in part.names):
            if name.endswith("..."):
                pairs = [(Value(next(names)), self.source.choice(ALPHABETS)) for _ in range(self.source.randint(1, 2))]
                binding[name.removesuffix("...")] = tuple(part for pair in pairs for part in pair)
            else:
                binding[name] = next(names)
        for part in parts:
            match part:
                case Run(name, args) if name not in binding:
                    binding[name] = tuple(self.term(2, args, name) for _ in range(self.source.randint(0, 2)))
                case Each(name, _) if name not in binding:
                    binding[name] = tuple(self.term(2, (), name) for _ in range(self.source.randint(0, 2)))
                case Wild(name, args) if name not in binding:
                    binding[name] = self.wild(name, args, parts)
        return binding

    def wild(self, name: str, args: tuple[Term, ...], parts: list[Term]) -> Term:
        if name == BASE:
            return self.source.choice([Number(2), Number(10), Symbol("t")])
        if name in self.known.laws:
            return WORLD.scope.laws[self.source.choice("PQ")].law()
        if any(isinstance(part, Binder) and Wild(name) in part.domains for part in parts):
            return self.source.choice(ALPHABETS)
        return self.term(2, args, name)

    def term(self, depth: int, args: tuple[Term, ...], name: str) -> Term:
        leaf = depth == 0 or self.source.random() < 0.4
        if leaf:
            return self.leaf(args, name)
        one, two = self.term(depth - 1, args, name), self.term(depth - 1, args, name)
        return self.source.choice(
            [
                Plus(one, two),
                Plus(one, Negation(two)),
                Times(one, two),
                Negation(one),
                Quotient(one, Plus(Number(2), Times(two, two))),
                Log(Plus(Number(1), Times(one, one))),
            ]
        )

    def leaf(self, args: tuple[Term, ...], name: str) -> Term:
        fixed = {variable for term, variable in self.known.free if term == name}
        symbols = [Symbol(each) for each in SYMBOLS if each != "d" or not fixed]
        numbers = [Number(0), Number(1), Number(2), signed(Fraction(-3, 2))]
        return self.source.choice([*symbols, *symbols, *numbers])


@named([each for each in PATTERNS if each.name != "convex-minimum"])
def test_no_rule_is_false_where_its_conditions_hold(known: Rule) -> None:
    read = patterns(known)
    compared = 0
    for seed in range(30 if _slow(known) else 60):
        binding = _Random(known, seed).binding()
        model = random_model(WORLD, seed % 7)
        try:
            left = instance(read.left, binding)  # type: ignore[arg-type]
            right = result(read.right, binding, formal_scopes(read.left))  # type: ignore[arg-type]
            conditions = [instance(each, binding) for each in _single(read.when, binding)]  # type: ignore[arg-type]
            at = dict.fromkeys(free_names(left) | free_names(right), 1)
            if not all(model.holds(each, at) for each in conditions):
                continue
            model.value(left, at) if not isinstance(left, Relation) else model.holds(left, at)
        except (Undefined, Rejection):
            continue
        if read.operator in INEQUALITIES:
            assert model.holds(Relation((left, right), (read.operator,)), at)
        else:
            assert equal(model, left, right, at), WORLD.write(left)
        compared += 1
    assert compared >= 3


def _slow(known: Rule) -> bool:
    return any(isinstance(part, Extremum) for part in subterms(patterns(known).left))


def _single(when: tuple[Relation, ...], binding: dict[str, object]) -> list[Relation]:
    """Conditions on runs are left to the instances that have none."""
    runs = {name for name, bound in binding.items() if isinstance(bound, tuple) and bound}
    found = []
    for each in when:
        if any(isinstance(part, Wild | Run) and part.name in runs for part in subterms(each)):
            raise Rejection("a run", "not tried")
        if not any(isinstance(part, Wild | Run) and isinstance(binding.get(part.name), tuple) for part in subterms(each)):
            found.append(each)
    return found


# Bad knowledge

GOOD = """
[log-quotient]
rule = "log(a/b) -> log(a) - log(b)"
when = ["a > 0", "b > 0"]
says = "The log of a quotient is the difference of the logs."
source = "a book"
given = ["0 < p < 1", "0 < q < 1"]
example = "log(p/q) -> log(p) - log(q)"
"""


def loaded(text: str) -> Rule:
    (found,) = collect_rules([("my.toml", text)]).values()
    if not found.computed:
        patterns(found)
    return found


def test_the_good_table_loads() -> None:
    check_example(loaded(GOOD))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("rule =", "rule ="[:-1] + "= ="), "broken TOML"),
        (("log(a) - log(b)", "log(a) - log(c)"), "unbound on the right: c"),
        (("says =", "sayz ="), "unknown key sayz"),
        (("source =", "# source ="), "missing the text 'source'"),
        (("example =", "# example ="), "missing the text 'example'"),
        (("-> log(a) - log(b)", "-> log(a) - log(b))"), "Expected an operator or the end"),
        (("log(a/b) ->", "log(a/b) becomes"), "has no '->'"),
        (('"b > 0"', '"c > 0"'), "unknown in a condition: c"),
        (('"b > 0"', '"b positive"'), ""),
        (('"b > 0"', '"b"'), "is no relation"),
        (('["a > 0", "b > 0"]', '"a > 0"'), "'when' is a list of texts"),
        (("says =", "computed = true\nsays ="), "'computed' marks the rules that Python decides"),
    ],
)
def test_a_broken_table_names_file_table_and_reason(change: tuple[str, str], reason: str) -> None:
    text = GOOD.replace(*change)
    assert text != GOOD
    with pytest.raises(KnowledgeError) as caught:
        loaded(text)
    assert caught.value.file == "my.toml"
    assert caught.value.table in ("log-quotient", "the file")
    assert reason in str(caught.value)


def test_a_table_that_is_no_table() -> None:
    with pytest.raises(KnowledgeError, match=r"my\.toml, \[name\]: expected a table"):
        loaded('name = "log"')


def test_two_rules_of_one_name() -> None:
    with pytest.raises(KnowledgeError, match=r"two\.toml, \[log-quotient\]: a rule of that name stands in one\.toml"):
        collect_rules([("one.toml", GOOD), ("two.toml", GOOD)])


def test_a_rule_both_ways_may_not_lose_a_variable() -> None:
    text = GOOD.replace("-> log(a) - log(b)", "-> log(a)").replace("says", "both_ways = true\nsays")
    with pytest.raises(KnowledgeError, match="the right side does not bind b"):
        loaded(text)


@pytest.mark.parametrize(
    "example",
    ["log(p/q) -> log(p) + log(q)", "log(p/q) -> log(q) - log(p)", "log(p*q) -> log(p) - log(q)", "log(p/q) -> log(p/q)"],
)
def test_a_false_example(example: str) -> None:
    with pytest.raises(KnowledgeError, match=r"my\.toml, \[log-quotient\]: the rule does not turn"):
        check_example(loaded(GOOD.replace("log(p/q) -> log(p) - log(q)", example)))


def test_an_example_whose_conditions_nothing_discharges() -> None:
    with pytest.raises(KnowledgeError, match="does not turn"):
        check_example(loaded(GOOD.replace('"0 < q < 1"', '"q real"')))


def test_an_example_that_is_not_understood() -> None:
    with pytest.raises(KnowledgeError, match="not understood"):
        check_example(loaded(GOOD.replace('"0 < q < 1"', '"0 < r < 1"')))


def test_an_unknown_rule_comes_with_the_nearest_names() -> None:
    with pytest.raises(UnknownName, match="log-quotient"):
        rule("log-quotent")


def test_a_line_is_called_by_the_rules_worth_naming() -> None:
    assert printed_name(["distribute", "product-sign", "rearrange", "distribute"]) == "distribute, rearrange"
    assert printed_name(["product-sign"]) == "product-sign"


def test_every_rule_has_a_sentence_and_a_source() -> None:
    for known in RULES:
        assert known.says.endswith("."), known.name
        assert known.source and known.title, known.name
        assert known.computed or patterns(known).operator in (ARROW, EQUIVALENT, *INEQUALITIES)
