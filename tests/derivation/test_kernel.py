"""The kernel refuses every tampered derivation, by name and with the number of the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from symkl.derivation.context import Context
from symkl.derivation.engine import rewrite_everywhere
from symkl.derivation.kernel import check, shows
from symkl.derivation.run import run
from symkl.derivation.script import script
from symkl.derivation.step import Application, Condition, Derivation, Part, Place, Rewrite, Step
from symkl.errors import Rejection
from symkl.language.plain_reader import read_plain
from symkl.language.term import Label, Negation, Number, Plus, Relation, Term, equation
from symkl.theory.setting import Setting, setting

COIN = run(script("kl-decomposition", "bernoulli"))
LOSS = run(script("cross-entropy-loss", "bernoulli"))


def rejected(made: Derivation) -> Rejection:
    with pytest.raises(Rejection) as caught:
        check(made)
    return caught.value


def number_of(made: Derivation, rule: str) -> int:
    """The number of the first printed step that uses a rule."""
    return next(number for number, _, step in made.numbered() if any(each.rule == rule for each in step.rewrites))


def with_step(made: Derivation, number: int, change: Callable[[Step], Step]) -> Derivation:
    """The derivation with one printed step changed, and nothing else."""
    count = 0
    parts = []
    for part in made.parts:
        steps = []
        for step in part.steps:
            count += 1
            steps.append(change(step) if count == number else step)
        parts.append(replace(part, steps=tuple(steps)))
    return replace(made, parts=tuple(parts))


def with_rewrite(made: Derivation, rule: str, change: Callable[[Rewrite], Rewrite]) -> tuple[Derivation, int]:
    """The derivation with the first use of a rule changed, and the number of its step."""
    number = number_of(made, rule)

    def changed(step: Step) -> Step:
        index = next(k for k, each in enumerate(step.rewrites) if each.rule == rule)
        rewrites = list(step.rewrites)
        rewrites[index] = change(rewrites[index])
        return replace(step, rewrites=tuple(rewrites))

    return with_step(made, number, changed), number


def with_binding(rewrite: Rewrite, **bound: object) -> Rewrite:
    first, *others = rewrite.applications
    return replace(rewrite, applications=(replace(first, binding={**first.binding, **bound}), *others))  # type: ignore[dict-item]


def in_coin(text: str) -> Term:
    return read_plain(text, COIN.setting.scope)


def test_the_shipped_ones_are_accepted() -> None:
    assert check(COIN)
    assert check(LOSS)


def assert_refused(tampered: tuple[Derivation, int], reason: str) -> None:
    made, number = tampered
    rejection = rejected(made)
    assert (rejection.reason, rejection.step) == (reason, number), rejection
    assert str(rejection).startswith(f"Step {number}: {reason}")


def test_a_changed_sign_in_a_line() -> None:
    def change(step: Step) -> Step:
        after = Negation(step.after)
        last = replace(step.rewrites[-1], after=after)
        return replace(step, after=after, rewrites=(*step.rewrites[:-1], last))

    number = number_of(COIN, "log-quotient")
    assert_refused((with_step(COIN, number, change), number), "wrong result")


def test_a_changed_sign_in_the_printed_line_alone() -> None:
    number = number_of(COIN, "log-quotient")
    assert_refused((with_step(COIN, number, lambda step: replace(step, after=Negation(step.after))), number), "broken chain")


def test_a_changed_sign_deep_inside() -> None:
    right, wrong = (
        "p*(log(p) - log(q)) + (1 - p)*(log(1 - p) - log(1 - q))",
        "p*(log(p) + log(q)) + (1 - p)*(log(1 - p) - log(1 - q))",
    )

    def change(step: Step) -> Step:
        assert step.after == in_coin(right)
        last = replace(step.rewrites[-1], after=in_coin(wrong))
        return replace(step, after=in_coin(wrong), rewrites=(last,))

    number = number_of(COIN, "log-quotient")
    assert_refused((with_step(COIN, number, change), number), "wrong result")


def test_a_changed_rule() -> None:
    assert_refused(with_rewrite(COIN, "log-quotient", lambda each: replace(each, rule="log-power")), "the rule does not match")


def test_a_rule_that_nobody_knows() -> None:
    tampered = with_rewrite(COIN, "log-quotient", lambda each: replace(each, rule="log-quotients"))
    assert_refused(tampered, "unknown rule")
    assert "log-quotient" in rejected(tampered[0]).detail


def test_a_changed_name_in_print_alone() -> None:
    number = number_of(COIN, "log-quotient")
    assert_refused((with_step(COIN, number, lambda step: replace(step, rule="log-product")), number), "other name")


def test_a_missing_condition() -> None:
    def change(each: Rewrite) -> Rewrite:
        assert each.conditions
        return replace(each, conditions=each.conditions[1:])

    assert_refused(with_rewrite(COIN, "log-quotient", change), "other conditions")


def test_a_condition_discharged_by_something_else() -> None:
    def change(each: Rewrite) -> Rewrite:
        first, *others = each.conditions
        return replace(each, conditions=(Condition(first.relation, "common sense"), *others))

    assert_refused(with_rewrite(COIN, "log-quotient", change), "other conditions")


@pytest.mark.parametrize("path", [(7,), (0, 0, 0, 0, 0, 0), (-1,)])
def test_a_place_that_is_not_there(path: tuple[int, ...]) -> None:
    def change(each: Rewrite) -> Rewrite:
        first, *others = each.applications
        return replace(each, applications=(replace(first, place=Place(path)), *others))

    assert_refused(with_rewrite(COIN, "log-quotient", change), "wrong place")


def test_a_place_where_something_else_stands() -> None:
    def change(each: Rewrite) -> Rewrite:
        first, *others = each.applications
        return replace(each, applications=(replace(first, place=Place(first.place.path[:-1])), *others))

    assert_refused(with_rewrite(COIN, "log-quotient", change), "the rule does not match")


def test_a_run_outside_the_term() -> None:
    def change(each: Rewrite) -> Rewrite:
        first, *others = each.applications
        return replace(each, applications=(replace(first, place=Place((), (0, 9))), *others))

    assert_refused(with_rewrite(COIN, "log-quotient", change), "wrong place")


def test_overlapping_places() -> None:
    term = read_plain("a + b + c", setting(["a, b, c real"]).scope)
    where = setting(["a, b, c real"])
    swaps = [
        Application(Place((), run), {"to": read_plain(text, where.scope)}) for run, text in (((0, 2), "b + a"), ((1, 3), "c + b"))
    ]
    rewrite = Rewrite("rearrange", False, tuple(swaps), term, term)
    made = _one_step(where, rewrite)
    assert_refused((made, 1), "wrong place")


def test_a_place_twice() -> None:
    where = setting(["a real"])
    term = read_plain("a + 0", where.scope)
    once = Application(Place(), {"as": (read_plain("a", where.scope),), "bs": ()})
    rewrite = Rewrite("plus-zero", False, (once, once), term, read_plain("a", where.scope))
    assert_refused((_one_step(where, rewrite), 1), "the rule does not match")


def test_a_place_inside_another() -> None:
    where = setting(["a, b real"])
    term = read_plain("-(-(-(-a)))", where.scope)
    outer = Application(Place(), {"a": read_plain("-(-a)", where.scope)})
    inner = Application(Place((0, 0)), {"a": read_plain("a", where.scope)})
    rewrite = Rewrite("double-negation", False, (outer, inner), term, read_plain("a", where.scope))
    assert_refused((_one_step(where, rewrite), 1), "wrong place")


def _one_step(where: Setting, rewrite: Rewrite) -> Derivation:
    step = Step("=", rewrite.before, rewrite.after, (rewrite,), rewrite.rule, "")
    return Derivation("test", "test", where, equation(rewrite.before, rewrite.after), (Part("", rewrite.before, (step,)),))


def test_a_broken_chain_between_steps() -> None:
    number = number_of(COIN, "log-quotient")

    def gone(made: Derivation) -> Derivation:
        first, *others = made.parts
        steps = tuple(step for k, step in enumerate(first.steps, 1) if k != number)
        return replace(made, parts=(replace(first, steps=steps), *others))

    assert_refused((gone(COIN), number), "broken chain")


def test_a_broken_chain_between_rewrites() -> None:
    def change(step: Step) -> Step:
        return replace(step, rewrites=step.rewrites[:1] + step.rewrites[2:])

    number = number_of(COIN, "distribute")
    assert_refused((with_step(COIN, number, change), number), "broken chain")


def test_a_step_without_a_rewrite() -> None:
    number = number_of(COIN, "write-out")

    def change(step: Step) -> Step:
        return replace(step, rewrites=(), after=step.before, rule="")

    assert_refused((with_step(COIN, number, change), number), "broken chain")


def test_a_rewrite_that_is_applied_nowhere() -> None:
    assert_refused(with_rewrite(COIN, "log-quotient", lambda each: replace(each, applications=())), "the rule does not match")


def test_a_missing_given() -> None:
    assert rejected(replace(COIN, setting=setting(["P ~ Bernoulli(p)"]))).step == 1


def test_a_missing_condition_among_the_givens() -> None:
    where = setting(["a > 0", "b > 0"])
    term, after = (read_plain(text, where.scope) for text in ("log(a/b)", "log(a) - log(b)"))
    application = Application(
        Place(), {"a": read_plain("a", where.scope), "b": read_plain("b", where.scope), "base": term.args[1]}
    )
    conditions = tuple(Condition(read_plain(f"{name} > 0", where.scope), f"{name} > 0") for name in "ab")
    made = _one_step(where, Rewrite("log-quotient", False, (application,), term, after, conditions))
    weaker = replace(made, setting=setting(["a > 0", "b real"]))
    assert rejected(weaker).reason == "may be undefined"
    unfit = replace(made, setting=setting(["a*b > 0", "a real"]))
    assert rejected(unfit).step == 1


def test_a_wrong_binding() -> None:
    assert_refused(with_rewrite(COIN, "log-quotient", lambda each: with_binding(each, a=Number(1))), "the rule does not match")


@pytest.mark.parametrize("bound", ["i", (Number(1),)])
def test_a_binding_of_another_kind(bound: object) -> None:
    assert_refused(with_rewrite(COIN, "log-quotient", lambda each: with_binding(each, a=bound)), "bad substitution")


def test_a_binding_that_lacks_a_variable() -> None:
    def change(each: Rewrite) -> Rewrite:
        first, *others = each.applications
        binding = {name: bound for name, bound in first.binding.items() if name != "a"}
        return replace(each, applications=(replace(first, binding=binding), *others))

    assert_refused(with_rewrite(COIN, "log-quotient", change), "bad substitution")


@pytest.mark.parametrize("relation", [">=", "<", "<=>", ":=", ""])
def test_a_wrong_relation(relation: str) -> None:
    number = number_of(COIN, "log-quotient")
    assert_refused((with_step(COIN, number, lambda step: replace(step, relation=relation)), number), "wrong relation")


def test_an_inequality_that_is_called_an_equation() -> None:
    number = number_of(LOSS, "positive")
    assert_refused((with_step(LOSS, number, lambda step: replace(step, relation="=")), number), "wrong relation")


def test_a_flipped_direction() -> None:
    assert_refused(with_rewrite(COIN, "log-quotient", lambda each: replace(each, backward=True)), "the rule does not match")


def test_an_inequality_from_right_to_left() -> None:
    assert_refused(with_rewrite(LOSS, "positive", lambda each: replace(each, backward=True)), "wrong direction")


def test_a_goal_that_is_not_shown() -> None:
    rejection = rejected(replace(COIN, goal=in_coin("KL(P || Q) = H(P, Q) + H(P)")))
    assert rejection.reason == "goal not shown"


def test_a_goal_that_holds_from_right_to_left_only() -> None:
    goal = COIN.goal
    assert isinstance(goal, Relation)
    assert rejected(replace(COIN, goal=equation(goal.args[1], goal.args[0]))).reason == "goal not shown"


def test_a_derivation_of_nothing() -> None:
    assert rejected(replace(COIN, parts=())).reason == "goal not shown"


def test_a_result_from_the_future() -> None:
    def change(each: Rewrite) -> Rewrite:
        return with_binding(each, number=Number(5))

    assert_refused(with_rewrite(COIN, "result", change), "the rule does not apply")


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_result_that_is_not_there_or_is_this_part(number: int) -> None:
    assert_refused(
        with_rewrite(COIN, "result", lambda each: with_binding(each, number=Number(number))), "the rule does not apply"
    )


def test_a_part_that_uses_what_comes_after_it() -> None:
    first, *others = COIN.parts
    moved = replace(COIN, parts=(*others, first))
    assert rejected(moved).reason in ("the rule does not apply", "label not shown")


def with_labels(term: Term, change: Callable[[Label], Term]) -> Term:
    if isinstance(term, Label):
        return change(term)
    return term.with_args(with_labels(part, change) for part in term.args)


def relabelled(change: Callable[[Label], Term]) -> Derivation:
    """The coin, every underbrace that claims something claiming something else, in lines and substitutions alike."""

    def of(term: Term) -> Term:
        return with_labels(term, lambda label: label if label.claim is None else change(label))

    def application(one: Application) -> Application:
        return replace(one, binding={name: of(b) if isinstance(b, Term) else b for name, b in one.binding.items()})

    def rewrite(each: Rewrite) -> Rewrite:
        applications = tuple(map(application, each.applications))
        return replace(each, before=of(each.before), after=of(each.after), applications=applications)

    def step(each: Step) -> Step:
        return replace(each, before=of(each.before), after=of(each.after), rewrites=tuple(map(rewrite, each.rewrites)))

    return replace(COIN, parts=tuple(replace(p, steps=tuple(map(step, p.steps))) for p in COIN.parts))


def test_the_labels_claim_what_was_shown() -> None:
    assert check(relabelled(lambda label: label))


def test_a_label_that_claims_something_else() -> None:
    rejection = rejected(relabelled(lambda label: Label(label.body, in_coin("KL(P || Q)"))))
    assert rejection.reason == "label not shown"
    assert rejection.step == next(
        number for number, _, step in COIN.numbered() if step.rewrites[0].rule == "result" and not step.rewrites[0].backward
    )


def test_a_label_that_claims_a_trivial_falsehood() -> None:
    assert rejected(relabelled(lambda label: Label(label.body, Number(1)))).reason == "label not shown"


def test_labels_of_text_may_be_any() -> None:
    where = setting(["a real"])
    term = read_plain("a", where.scope)
    labelled = Label(term, "the first term")
    made = _one_step(where, Rewrite("rearrange", False, (Application(Place(), {"to": labelled}),), term, labelled))
    assert check(made)


def test_the_number_counts_through_the_parts() -> None:
    last = len(LOSS.steps)

    def change(step: Step) -> Step:
        return replace(step, after=Plus(step.after, Number(0)))

    assert rejected(with_step(LOSS, last, change)).step == last


# What earlier parts show of sums and multiples


def _bound(extra: str, shown: str) -> Rewrite | None:
    known = setting(["P, Q on {1..n}; 0 < t < 1; s real; s != 0"])
    earlier = read_plain(shown, known.scope)
    assert isinstance(earlier, Relation)
    return rewrite_everywhere("not-negative", read_plain(extra, known.scope), Context(known, (earlier,)))


@pytest.mark.parametrize("extra", ["KL(P || Q)", "t*KL(P || Q)", "KL(P || Q)/2 + 1", "2*KL(P || Q) + (1 - t)*KL(P || Q)/n"])
def test_a_sum_of_multiples_of_what_is_shown_is_not_negative(extra: str) -> None:
    found = _bound(extra, "KL(P || Q) >= 0")
    assert found is not None
    assert "part 1" in found.conditions[0].discharged_by


@pytest.mark.parametrize(
    ("extra", "shown"),
    [
        ("-KL(P || Q)", "KL(P || Q) >= 0"),
        ("s*KL(P || Q)", "KL(P || Q) >= 0"),
        ("(t - 1)*KL(P || Q)", "KL(P || Q) >= 0"),
        ("KL(P || Q)/s", "KL(P || Q) >= 0"),
        ("KL(P || Q) - KL(P || Q)/2", "KL(P || Q) >= 0"),
        ("KL(Q || P)", "KL(P || Q) >= 0"),
        ("KL(P || Q)", "KL(P || Q) <= 0"),
        ("KL(P || Q)", "KL(P || Q) >= -1"),
        ("KL(P || Q)", "KL(P || Q) != 0"),
    ],
)
def test_what_is_not_such_a_sum_is_refused(extra: str, shown: str) -> None:
    assert _bound(extra, shown) is None


@pytest.mark.parametrize(
    ("shown", "goal", "answer"),
    [
        ("a >= b", "b <= a", True),
        ("a > b", "b < a", True),
        ("a >= b", "a <= b", False),
        ("a >= b", "b < a", False),
        ("a = b", "b = a", False),
    ],
)
def test_a_goal_may_be_read_from_the_right(shown: str, goal: str, answer: bool) -> None:
    scope = setting(["a, b real"]).scope
    first, second = read_plain(shown, scope), read_plain(goal, scope)
    assert isinstance(first, Relation)
    assert shows(first, second) is answer
