"""Random changes to shipped derivations: whatever the kernel still accepts is true, decided by evaluation and not by trust."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from models import Model, Undefined, equal, free_values, random_model

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.kernel import check_rewrite, conclusion
from symkl.derivation.match import matches
from symkl.derivation.places import places
from symkl.derivation.run import run
from symkl.derivation.script import scripts
from symkl.derivation.step import EQUAL, EQUIVALENT, Application, Bound, Derivation, Place, Rewrite
from symkl.errors import Rejection
from symkl.language.term import (
    E,
    Log,
    Mass,
    Negation,
    Number,
    Plus,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    without_labels,
)
from symkl.theory.rules import patterns, rules
from symkl.theory.wellformed import malformed

NAMES = (
    *("kl-decomposition", "cross-entropy-loss", "entropy", "kl", "entropy-chain-rule", "kl-chain-rule", "entropy-markov"),
    *("gibbs-by-jensen", "elbo-reconstruction", "softmax-cross-entropy-gradient", "jensen-shannon-entropies", "entropy-grouping"),
)
DERIVATIONS = [run(each, {"n": 3} if each.takes else {}) for each in scripts() if each.name in NAMES]
RULES = list(rules().values())
QUIET = settings(suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Case:
    """One rewrite of a shipped derivation, with what had been shown before it."""

    derivation: Derivation
    rewrite: Rewrite
    context: Context


def cases() -> Iterator[Case]:
    for made in DERIVATIONS:
        results: tuple[Relation, ...] = ()
        for part in made.parts:
            for step in part.steps:
                for rewrite in step.rewrites:
                    yield Case(made, rewrite, Context(made.setting, results))
            results = (*results, conclusion(part, results))


CASES = list(cases())
_models: dict[tuple[int, int], Model] = {}


def model_of(made: Derivation, seed: int) -> Model:
    key = (DERIVATIONS.index(made), seed)
    if key not in _models:
        _models[key] = random_model(made.setting, seed)
    return _models[key]


def assert_true(case: Case, rewrite: Rewrite, relation: str) -> None:
    for seed in range(2):
        model = model_of(case.derivation, seed)
        at = free_values(model, seed, rewrite.before, rewrite.after)
        try:
            before_has_value = _has_value(model, rewrite.before, at)
        except Undefined:
            before_has_value = False
        if not before_has_value:
            continue
        if relation in (EQUAL, EQUIVALENT):
            assert equal(model, rewrite.before, rewrite.after, at), _shown(case, rewrite)
        else:
            assert model.holds(Relation((rewrite.before, rewrite.after), (relation,)), at), _shown(case, rewrite)


def _has_value(model: Model, term: Term, at: dict[str, object]) -> bool:
    model.holds(term, at) if isinstance(term, Relation) else model.value(term, at)  # type: ignore[arg-type]
    return True


def _shown(case: Case, rewrite: Rewrite) -> str:
    return f"{rewrite.rule}: {rewrite.before!r} -> {rewrite.after!r} in {case.derivation.name}"


# Changed terms


def mutated(term: Term, source: random.Random) -> Term:
    """The term with one node changed."""
    path, _ = source.choice(list(places(term)))
    return _at(term, path, lambda found: _other(found, term, source))


def _at(term: Term, path: tuple[int, ...], change: Callable[[Term], Term]) -> Term:
    if not path:
        return change(term)
    args = list(term.args)
    args[path[0]] = _at(args[path[0]], path[1:], change)
    return term.with_args(args)


def _other(term: Term, whole: Term, source: random.Random) -> Term:
    sibling = source.choice([part for _, part in places(whole)])
    choices: list[Term] = [Negation(term), Plus(term, Number(0)), Times(Number(1), term), sibling, Number(source.randint(0, 2))]
    match term:
        case Negation(inner):
            choices.append(inner)
        case Plus(parts) | Times(parts):
            choices.extend((type(term)(*reversed(parts)), type(term)(*parts[:-1]), type(term)(*parts, parts[0])))
        case Quotient(above, below):
            choices.extend((Quotient(below, above), Times(above, below)))
        case Log(argument, base):
            choices.extend((argument, Log(argument, Number(2)), Log(base, argument)))
        case Symbol(name):
            choices.append(Symbol({"p": "q", "q": "p"}.get(name, name)))
        case Mass(marginal, values):
            choices.append(Mass(replace(marginal, law="Q" if marginal.law == "P" else "P"), values))
            choices.append(Mass(marginal, [Number(2) if isinstance(value, Number) else Value("j") for value in values]))
        case Sum(names, domains, body):
            choices.append(Sum(["j"] * len(names), domains, body))
    return source.choice(choices)


def changed(rewrite: Rewrite, source: random.Random) -> Rewrite:
    """A rewrite with one thing changed: a line, a place, a substitution, the rule, the direction, the conditions."""
    index = source.randrange(len(rewrite.applications))
    one = rewrite.applications[index]
    others = rewrite.applications[:index], rewrite.applications[index + 1 :]

    def with_application(new: Application) -> Rewrite:
        return replace(rewrite, applications=(*others[0], new, *others[1]))

    match source.randrange(7):
        case 0:
            return replace(rewrite, after=mutated(rewrite.after, source))
        case 1:
            return replace(rewrite, before=mutated(rewrite.before, source))
        case 2:
            path, _ = source.choice(list(places(rewrite.before)))
            run = (0, source.randint(1, 3)) if source.random() < 0.5 else None
            return with_application(replace(one, place=Place(path, run)))
        case 3 if one.binding:
            name = source.choice(sorted(one.binding))
            return with_application(replace(one, binding={**one.binding, name: _bound(one.binding[name], source)}))
        case 4:
            return replace(rewrite, rule=source.choice(RULES).name)
        case 5:
            return replace(rewrite, backward=not rewrite.backward, before=rewrite.after, after=rewrite.before)
        case _:
            return replace(rewrite, applications=rewrite.applications[:-1], conditions=rewrite.conditions[1:])


def _bound(bound: Bound, source: random.Random) -> Bound:
    if isinstance(bound, Term):
        return mutated(bound, source)
    if isinstance(bound, str):
        return source.choice(["i", "j", "k"])
    if bound and source.random() < 0.5:
        return (*bound[:-1], mutated(bound[-1], source))
    return (*bound, Number(1)) if source.random() < 0.5 else bound[1:]


@QUIET
@given(st.sampled_from(range(len(CASES))), st.integers(0, 2**32))
def test_a_changed_rewrite_is_refused_or_still_true(index: int, seed: int) -> None:
    case = CASES[index]
    rewrite = changed(case.rewrite, random.Random(seed))
    if malformed(rewrite.before, case.context.setting):
        return  # Not a line: the kernel accepts no derivation that it stands in.
    try:
        relation = check_rewrite(rewrite, case.context)
    except Rejection:
        return
    assert_true(case, rewrite, relation)


@QUIET
@given(st.sampled_from(range(len(CASES))), st.integers(0, 2**32))
def test_a_target_changed_in_line_and_substitution_is_refused_or_still_true(index: int, seed: int) -> None:
    case = CASES[index]
    source = random.Random(seed)
    target = mutated(without_labels(case.rewrite.after), source)
    for name in ("rearrange", "arithmetic", "fractions"):
        rewrite = Rewrite(name, False, (Application(Place(), {"to": target}),), case.rewrite.before, target)
        try:
            relation = check_rewrite(rewrite, case.context)
        except Rejection:
            continue
        assert_true(case, rewrite, relation)


@QUIET
@given(st.sampled_from(range(len(CASES))), st.sampled_from(range(len(RULES))), st.integers(0, 2**32))
def test_any_rule_anywhere_on_a_changed_line_is_refused_or_true(index: int, which: int, seed: int) -> None:
    case, known, source = CASES[index], RULES[which], random.Random(seed)
    before = case.rewrite.before
    for _ in range(source.randint(0, 2)):
        before = mutated(before, source)
    if malformed(before, case.context.setting):
        return
    for path, found in list(places(before))[:40]:
        for binding, backward in _bindings(known, found, before, source):
            try:
                made = apply_at(known, before, [Application(Place(path), binding)], case.context, backward)
                relation = check_rewrite(made, case.context)
            except Rejection:
                continue
            assert_true(case, made, relation)


def _bindings(known: object, found: Term, line: Term, source: random.Random) -> Iterator[tuple[dict[str, Bound], bool]]:
    parts = [part for _, part in places(line)]
    if known.computed:  # type: ignore[attr-defined]
        named = {"to": source.choice(parts), "number": Number(source.randint(0, 3)), "form": Number(source.randint(0, 2))}
        yield {**named, "first": (source.choice(parts),)}, False
        yield {**named, "from": source.choice(parts), "first": (source.choice(parts),)}, True
        return
    read = patterns(known)  # type: ignore[arg-type]
    for backward in (False, True):
        left, right = read.sides(backward)
        for number, binding in enumerate(matches(left, found)):
            if number == 3:
                break
            filled: dict[str, Bound] = {"base": E, **binding}
            for name in {part.name for _, part in places(right) if hasattr(part, "name") and isinstance(part.name, str)}:
                filled.setdefault(name, source.choice([source.choice(parts), Number(0), Symbol("q"), ()]))
            yield filled, backward


def test_the_names_are_those_of_derivations() -> None:
    assert {each.name for each in DERIVATIONS} == set(NAMES)


def test_something_false_is_noticed() -> None:
    """The evaluation tells true from false: a sign changed in a line makes it false."""
    case = next(each for each in CASES if each.rewrite.rule == "log-quotient")
    false = replace(case.rewrite, after=Negation(case.rewrite.after))
    try:
        assert_true(case, false, EQUAL)
    except AssertionError:
        return
    raise RuntimeError("a changed sign was not noticed")
