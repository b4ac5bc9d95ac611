"""Random terms of the field, true rewritings of them, and mutations: what the soundness of the judge is tested with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from symkl.language.plain_reader import read_plain
from symkl.language.term import (
    Binder,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Power,
    Quotient,
    Sum,
    Symbol,
    Term,
    Times,
    free_names,
    is_law,
    signed,
)
from symkl.theory.measures import definition_of, unfold
from symkl.theory.setting import Setting, setting


@dataclass(frozen=True)
class World:
    """A setting, the atoms that random terms over it are made of, and terms that are positive in it."""

    setting: Setting
    atoms: tuple[Term, ...]
    positive: tuple[Term, ...]
    measures: tuple[Term, ...]
    index: str = ""


def _world(givens: str, atoms: str, positive: str, known: str, index: str = "") -> World:
    found = setting([givens])

    def terms(text: str) -> tuple[Term, ...]:
        return tuple(read_plain(part, found.scope) for part in text.split(" ; ") if part)

    return World(found, terms(atoms), terms(positive), terms(known), index)


def worlds() -> list[World]:
    """Settings of every kind."""
    return [
        _world(
            "P ~ Bernoulli(p); Q ~ Bernoulli(q)",
            "p ; q ; 1 - p",
            "p ; q ; 1 - p ; 1 - q ; p + q",
            "H(P) ; H(P, Q) ; KL(P || Q) ; JS(P || Q) ; KL(Q || P) ; H(Q)",
        ),
        _world("a > 0; b > 0; 0 < t < 1", "a ; b ; t", "a ; b ; a + b ; 1 - t ; a*b + 1 ; exp(a)", "H(t)"),
        _world(
            "P, Q, R on {1..n}; 0 < t < 1",
            "t ; n ; p[i]",
            "p[i] ; q[i] ; r[i] ; p[i] + q[i] ; t",
            "H(P) ; H(P, Q) ; KL(P || Q) ; KL(P || R) ; KL(Q || P) ; JS(P || Q) ; H(t*P + (1-t)*Q) ; KL(P || (Q + R)/2)",
            "i",
        ),
        _world("P, Q on {1..3}", "p[1] ; q[2]", "p[1] ; p[2] ; p[3] ; q[1] ; q[3] ; 1 - p[1]", "H(P) ; H(P, Q) ; KL(P || Q)"),
        _world(
            "X, Y, Z ~ p(x,y,z)",
            "p(x) ; p(y|x)",
            "p(x) ; p(y) ; p(x,y) ; p(y|x) ; p(z|x,y)",
            "H(X) ; H(X, Y) ; H(Y | X) ; I(X; Y) ; I(X; Y | Z) ; H(X, Y, Z) ; H(Z | X, Y) ; I(X, Y; Z) ; H(Z)",
        ),
        _world(
            "X, Y, Z ~ p(x,y,z); X -> Y -> Z",
            "p(y)",
            "p(x,y) ; p(z|y) ; p(z|x,y)",
            "H(X, Y, Z) ; I(X; Z | Y) ; I(X; Y) ; I(X; Z) ; H(Z | X, Y) ; H(Z | Y)",
        ),
        _world(
            "p(x,y), q(x,y) joint laws",
            "p(x)",
            "p(x,y) ; q(y|x) ; q(x)",
            "KL(p(x,y) || q(x,y)) ; KL(p(x) || q(x)) ; KL(p(y|x) || q(y|x) | p(x)) ; I(X; Y) ; KL(p(x,y) || q(x)*q(y))",
        ),
    ]


# Random terms


def random_term(world: World, random: Random, depth: int = 3) -> Term:
    """A term that has a value on the whole domain."""
    roll = random.random()
    if depth <= 0 or roll < 0.12:
        return random.choice((random.choice(world.atoms), Number(random.randint(1, 4)), Number(Fraction(1, 2))))
    if roll < 0.4 and world.measures:
        return random.choice(world.measures)
    if roll < 0.55:
        return Log(_positive(world, random, depth - 1))
    if roll < 0.7:
        return Plus(random_term(world, random, depth - 1), random_term(world, random, depth - 1))
    if roll < 0.8:
        return Plus(random_term(world, random, depth - 1), Negation(random_term(world, random, depth - 1)))
    if roll < 0.9:
        return Times(random_term(world, random, depth - 1), random_term(world, random, depth - 2))
    return Quotient(random_term(world, random, depth - 1), _positive(world, random, depth - 2))


def _positive(world: World, random: Random, depth: int) -> Term:
    roll = random.random()
    if depth <= 0 or roll < 0.4:
        return random.choice(world.positive)
    if roll < 0.6:
        return Times(_positive(world, random, depth - 1), _positive(world, random, depth - 1))
    if roll < 0.85:
        return Quotient(_positive(world, random, depth - 1), _positive(world, random, depth - 1))
    return Power(_positive(world, random, depth - 1), Number(random.randint(2, 3)))


def closed(world: World, term: Term, random: Random) -> Term:
    """The term with its free index summed over, where the world has one."""
    if not world.index or world.index not in free_names(term):
        return term
    scope = world.setting.scope
    alphabet = next(iter(scope.laws.values())).alphabets[0]
    weight = read_plain(random.choice(("p[i]", "q[i]", "1")), scope)
    return Sum([world.index], [alphabet], Times(weight, term))


# True rewritings: each takes a term and gives an equal one, or None where it does not fit


def _split_log(term: Term, _world: World, _random: Random) -> Term | None:
    match term:
        case Log(Times((first, *rest)), base):
            other = Times(*rest) if len(rest) > 1 else rest[0]
            return Plus(Log(first, base), Log(other, base))
        case Log(Quotient(above, below), base):
            return Plus(Log(above, base), Negation(Log(below, base)))
        case Log(Power(inner, exponent), base):
            return Times(exponent, Log(inner, base))
    return None


def _commute(term: Term, _world: World, random: Random) -> Term | None:
    if isinstance(term, Plus | Times) and not is_law(term):
        parts = list(term.args)
        random.shuffle(parts)
        return type(term)(*parts)
    return None


def _distribute(term: Term, _world: World, _random: Random) -> Term | None:
    match term:
        case Times((first, Plus(parts))):
            return Plus(*(Times(first, part) for part in parts))
        case Quotient(Plus(parts), below):
            return Plus(*(Quotient(part, below) for part in parts))
        case Negation(Plus(parts)):
            return Plus(*(Negation(part) for part in parts))
    return None


def _add_and_take(term: Term, world: World, random: Random) -> Term | None:
    if is_law(term):
        return None
    extra = random.choice(world.positive)
    return Plus(term, extra, Negation(extra))


def _times_and_over(term: Term, world: World, random: Random) -> Term | None:
    if is_law(term):
        return None
    extra = random.choice(world.positive)
    return Quotient(Times(term, extra), extra)


def _unfold(term: Term, world: World, random: Random) -> Term | None:
    if not isinstance(term, Measure):
        return None
    return unfold(term, world.setting, random.randrange(len(definition_of(term).forms)))


def _change_base(term: Term, _world: World, random: Random) -> Term | None:
    match term:
        case Log(argument, base):
            new = Number(random.choice((2, 10)))
            return Quotient(Log(argument, new), Log(base, new))
    return None


def _split_sum(term: Term, _world: World, _random: Random) -> Term | None:
    match term:
        case Sum(names, domains, Plus(parts)):
            return Plus(*(Sum(names, domains, part) for part in parts))
        case Sum(names, domains, Negation(inner)):
            return Negation(Sum(names, domains, inner))
    return None


REWRITINGS: tuple[Callable[[Term, World, Random], Term | None], ...] = (
    _split_log,
    _commute,
    _distribute,
    _add_and_take,
    _times_and_over,
    _unfold,
    _change_base,
    _split_sum,
)


def rewritten(term: Term, world: World, random: Random, steps: int) -> Term:
    """An equal term, by so many random rewritings at random places."""
    for _ in range(steps):
        rewrite = random.choice(REWRITINGS)
        places = [path for path, part in _places(term) if rewrite(part, world, Random(0)) is not None]
        if places:
            term = _replaced(term, random.choice(places), lambda part, rule=rewrite: rule(part, world, random) or part)
    return term


# Mutations


def _flip_sign(term: Term, _world: World, _random: Random) -> Term | None:
    if isinstance(term, Negation):
        return term.argument
    return None if is_law(term) else Negation(term)


def _other_number(term: Term, _world: World, random: Random) -> Term | None:
    match term:
        case Number(value):
            return signed(value + random.choice((1, 2)))
        case Symbol():
            return Plus(term, Number(1))
    return None


def _drop_part(term: Term, _world: World, random: Random) -> Term | None:
    if not isinstance(term, Plus | Times) or is_law(term):
        return None
    parts = list(term.args)
    del parts[random.randrange(len(parts))]
    return type(term)(*parts) if len(parts) > 1 else parts[0]


def _flip_quotient(term: Term, _world: World, _random: Random) -> Term | None:
    match term:
        case Log(Quotient(above, below), base):
            return Log(Quotient(below, above), base)
    return None


def _other_measure(term: Term, world: World, random: Random) -> Term | None:
    return random.choice(world.measures) if isinstance(term, Measure) else None


def _other_mass(term: Term, world: World, random: Random) -> Term | None:
    if not isinstance(term, Mass):
        return None
    return random.choice([known for known in world.positive if isinstance(known, Mass)] or [term])


def _log_of_sum(term: Term, _world: World, _random: Random) -> Term | None:
    match term:
        case Log(Times(parts), base):
            return Log(Plus(*parts), base)
        case Log(Power(inner, exponent), base):
            return Power(Log(inner, base), exponent)
    return None


MUTATIONS = (_flip_sign, _other_number, _drop_part, _flip_quotient, _other_measure, _other_mass, _log_of_sum)


def mutated(term: Term, world: World, random: Random) -> Term:
    """The term with one random change at a random place, which is mostly but not always a false one."""
    for _ in range(20):
        mutate = random.choice(MUTATIONS)
        places = [path for path, part in _places(term) if mutate(part, world, Random(0)) is not None]
        if places:
            return _replaced(term, random.choice(places), lambda part, rule=mutate: rule(part, world, random) or part)
    return Plus(term, Number(1))


# Places


def _places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every place that holds a number: laws, indices, domains and exponents are left alone."""
    yield path, term
    if isinstance(term, Measure | Mass):
        return
    for k, part in enumerate(term.args):
        skipped = (isinstance(term, Binder) and k < len(term.args) - 1) or (isinstance(term, Log | Power) and k == 1)
        if not skipped and not is_law(part):
            yield from _places(part, (*path, k))


def _replaced(term: Term, path: tuple[int, ...], change: Callable[[Term], Term]) -> Term:
    if not path:
        return change(term)
    parts = list(term.args)
    parts[path[0]] = _replaced(parts[path[0]], path[1:], change)
    return term.with_args(parts)
