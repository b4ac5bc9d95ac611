"""Scripts: what a broken one gets, and the words that a script has for where and how a rule is used."""

from __future__ import annotations

import pytest

from symkl.derivation.run import run
from symkl.derivation.script import read_script, script, scripts
from symkl.errors import KnowledgeError, ScriptError, SymklError, UnknownName, UsageError
from symkl.language.plain_reader import read_plain
from symkl.language.term import subterms

GOOD = """
name = "split"
family = "any"
topic = "test"
title = "A quotient"
givens = ["0 < p < 1", "0 < q < 1"]
goal = "log(p/q) = log(p) - log(q)"

[[part]]
title = "One step"
start = "log(p/q)"
steps = ["log-quotient"]
"""


def made(text: str) -> object:
    return run(read_script("my.toml", text))


def test_the_good_script_runs() -> None:
    assert made(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("[[part]]", "[[part]", "the file", "broken TOML"),
        ("name =", "nam =", "the file", "unknown key nam"),
        ("goal =", "goal_ =", "the file", "unknown key goal_"),
        ('title = "A quotient"', "", "the file", "missing the text 'title'"),
        ('givens = ["0 < p < 1", "0 < q < 1"]', 'givens = "0 < p < 1"', "the file", "'givens' is a list of texts"),
        ("start =", "begin =", "part 1", "unknown key begin"),
        ('start = "log(p/q)"', "", "part 1", "missing the text 'start'"),
        ('steps = ["log-quotient"]', 'steps = "log-quotient"', "part 1", "steps is a list"),
        ('["log-quotient"]', "[3]", "part 1, step 1", "a step is the name of a rule or a table"),
        ('["log-quotient"]', '[{ rule = "log-quotient", when = "x" }]', "part 1, step 1", "unknown key when"),
        ('["log-quotient"]', '[{ at = "p" }]', "part 1, step 1", "a step names its rule"),
        ('["log-quotient"]', "[{ do = [] }]", "part 1, step 1", "do is a list of one rule or more"),
        ('["log-quotient"]', "[{ do = [3] }]", "part 1, step 1", "a rule is a name or a table"),
        ('["log-quotient"]', '[{ rule = "log-quotient", strategy = "best" }]', "part 1, step 1", "a strategy is one of"),
        ('["log-quotient"]', '[{ rule = "log-quotient", bind = "p" }]', "part 1, step 1", "bind is a table"),
        ('["log-quotient"]', '[{ rule = "log-quotient", which = "first" }]', "part 1, step 1", "'which' is a whole number"),
        ('["log-quotient"]', '[{ rule = "unfold", form = "first" }]', "part 1, step 1", "'form' is a whole number"),
    ],
)  # fmt: skip
def test_a_broken_file_names_file_place_and_reason(old: str, new: str, where: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(KnowledgeError) as caught:
        made(GOOD.replace(old, new))
    assert (caught.value.file, caught.value.table) == ("my.toml", where)
    assert reason in str(caught.value)


def test_a_file_without_parts() -> None:
    with pytest.raises(KnowledgeError, match=r"one \[\[part\]\] or more"):
        made(GOOD[: GOOD.index("[[part]]")])


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ('["log-quotient"]', '["log-product"]', "part 1, step 1", "'log-product' applies nowhere in log(p/q)"),
        ('["log-quotient"]', '["log-quotient", "log-quotient"]', "part 1, step 2", "applies nowhere in log(p) - log(q)"),
        ('["log-quotient"]', '["log-power?"]', "part 1, step 1", "no rule of the step applies"),
        ('["log-quotient"]', '[{ to = "log(q/p)" }]', "part 1, step 1", "not the same polynomial"),
        ('["log-quotient"]', '[{ to = "log(p/q" }]', "part 1", ""),
        ('["log-quotient"]', '[{ to = "log(p/r)" }]', "part 1", "'r' is not declared"),
        ('["log-quotient"]', '[{ to = "0", at = "exp(here)" }]', "part 1, step 1", "stands nowhere in the line"),
        ('["log-quotient"]', '[{ to = "0", at = "exp(" }]', "part 1, step 1", ""),
        ('["log-quotient"]', '[{ fold = "H(p)" }]', "part 1, step 1", "applies nowhere"),
        ('["log-quotient"]', '["log-quotient", { group = ["a*b"] }]', "part 1, step 2", "no group takes the term"),
        ('["log-quotient"]', '["log-quotient", { group = ["log(a)", "-log(a)", "a*b"] }]', "part 1, step 2", "a group is empty"),
        ('start = "log(p/q)"', 'start = "log(p/q"', "part 1", ""),
        ("log(p) - log(q)", "log(p) + log(q)", "the kernel", "goal not shown"),
        ("log(p) - log(q)", "log(p) + log(r)", "the goal", "'r' is not declared"),
        ('"0 < q < 1"', '"q real"', "", ""),
    ],
)  # fmt: skip
def test_a_step_that_does_not_apply_names_script_step_and_reason(old: str, new: str, where: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(ScriptError) as caught:
        made(GOOD.replace(old, new))
    assert caught.value.script == "my.toml"
    assert caught.value.step.startswith(where)
    assert reason in str(caught.value)


def test_a_rule_that_nobody_knows() -> None:
    with pytest.raises(SymklError, match="log-quotient") as caught:
        made(GOOD.replace('["log-quotient"]', '["log-quotent"]'))
    assert "my.toml" in str(caught.value)
    assert "part 1, step 1" in str(caught.value)


def steps(start: str, moves: str, goal: str, *givens: str) -> str:
    """The last line of a script with one part."""
    text = f"""
name = "test"\nfamily = "any"\ntopic = "test"\ntitle = "Test"
givens = {list(givens)!r}
goal = "{goal}"
[[part]]
title = ""
start = "{start}"
steps = [{moves}]
"""
    done = run(read_script("test.toml", text))
    return done.setting.write(done.parts[-1].end)


COINS = ("0 < p < 1", "0 < q < 1")


@pytest.mark.parametrize(
    ("start", "moves", "end"),
    [
        ("log(p/q) + log(q/p)", '"log-quotient"', "log(p) - log(q) + log(q) - log(p)"),
        ("log(p/q) + log(q/p)", '{ rule = "log-quotient", strategy = "first" }', "log(p) - log(q) + log(q/p)"),
        ("log(p/q) + log(q/p)", '{ rule = "log-quotient", which = 1 }', "log(p/q) + log(q) - log(p)"),
        ("log(p/q) + log(q/p)", '{ rule = "log-quotient", at = "log(q/p)" }', "log(p/q) + log(q) - log(p)"),
        ("log(p) - log(q)", '"-log-quotient"', "log(p/q)"),
        ("-(-(-(-p)))", '"double-negation*"', "p"),
        ("-(-(-(-p)))", '{ rule = "double-negation", strategy = "innermost" }', "-(-p)"),
        ("p", '{ do = ["double-negation?", { to = "p + 0" }] }', "p + 0"),
        ("p*(q + 1) + q", '{ to = "1 + q", at = "q + 1" }', "p*(1 + q) + q"),
        ("log(p*q)", '{ do = ["log-product", { to = "log(q) + log(p)" }] }', "log(q) + log(p)"),
    ],
)
def test_the_words_of_a_script(start: str, moves: str, end: str) -> None:
    assert steps(start, moves, f"{start} = {end}", *COINS) == end


def test_a_rule_that_never_comes_to_an_end_is_stopped() -> None:
    with pytest.raises(ScriptError, match="no end"):
        steps("sum(i in 1..3, sum(j in 1..3, i*j))", '"sum-exchange*"', "1 = 1")


def test_an_unknown_name_comes_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="kl-decomposition"):
        script("kl-decompositon")


def test_numbers_that_a_script_does_not_take() -> None:
    with pytest.raises(UsageError, match="takes no number"):
        script("kl-decomposition", "bernoulli", frozenset("n"))


def test_without_a_family_the_coin_comes_first() -> None:
    assert script("kl-decomposition").family == "bernoulli"


def test_names_families_and_numbers_tell_the_scripts_apart() -> None:
    keys = [(each.name, each.family, each.takes) for each in scripts()]
    assert len(set(keys)) == len(keys)


def test_a_hundred_categories_take_the_steps_of_two() -> None:
    each = script("kl-decomposition", "categorical", frozenset("n"))
    hundred, two = (run(each, {"n": n}) for n in (100, 2))
    assert [step.rule for step in hundred.steps] == [step.rule for step in two.steps]
    assert read_plain("p[100]*log(p[100])", hundred.setting.scope) in set(subterms(hundred.parts[0].end))
