"""Random terms of the whole language over one rich setting, each of them a term that a reader could produce."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    RELATIONS,
    Abs,
    Alphabet,
    Constant,
    Delta,
    Derivative,
    E,
    Exp,
    Expectation,
    Extremum,
    Function,
    Integral,
    Label,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Optimum,
    Outcome,
    Outcomes,
    Pick,
    Plus,
    Power,
    Product,
    Quotient,
    RandomVariable,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
)
from symkl.theory.setting import Setting, setting

GIVENS = (
    "P, Q on {1..n}",
    "R on {1..3}",
    "S on B",
    "C ~ Bernoulli(c)",
    "D ~ Bernoulli(1/3)",
    "X, Y, Z ~ m(x,y,z)",
    "W ~ g(w) density",
    "v real on {1..n}",
    "a > 0",
    "0 < t < 1",
    "k integer",
    "f function",
)
SETTING: Setting = setting(GIVENS)
SETTING_IN_BITS: Setting = setting([*GIVENS, "log base 2"])
SETTING_IN_BASE_A: Setting = setting([*GIVENS, "log base a"])

NUMBERS = ("n", "c", "a", "t", "k")
UP_TO_N = Range(Number(1), Symbol("n"))
COIN = Outcomes(Outcome("H"), Outcome("T"))
JOINT = SETTING.scope.laws["m"]
ON_N = tuple(SETTING.scope.laws[name] for name in ("P", "Q", "v"))
ON_COIN = tuple(SETTING.scope.laws[name] for name in ("C", "D"))
DENSITY = SETTING.scope.laws["g"]
VARIED = (Law(JOINT.marginal(("X",))), Law(JOINT.marginal(("Y",), ("X",))), Law(JOINT.marginal(("X", "Y"))))
MEASURED = tuple(SETTING.scope.laws[name] for name in ("P", "Q", "R", "S", "C"))

INDEX, TOSS, LETTER, REAL = "index", "toss", "letter", "real"
"""What a bound name ranges over, where it is no value of X, Y or Z: integers, a coin's sides, the alphabet B, reals."""

_NAMES = {INDEX: ("i", "j", "l"), TOSS: ("o", "o'"), LETTER: ("b", "b'"), REAL: ("w", "w'")}
_VALUES = {variable: (variable.lower(), f"{variable.lower()}'", f"{variable.lower()}_1") for variable in "XYZ"}
_DOMAINS = {
    INDEX: (UP_TO_N, Range(Number(1), Number(3)), Range(Number(0), Plus(Symbol("n"), Negation(Number(1))))),
    TOSS: (COIN,),
    LETTER: (Alphabet("B"),),
    REAL: (Alphabet("W"),),
    **{variable: (Alphabet(variable),) for variable in "XYZ"},
}


@dataclass(frozen=True)
class Bound:
    """The bound names in reach, each with what it ranges over."""

    names: tuple[tuple[str, str], ...] = ()

    def over(self, sort: str) -> list[str]:
        return [name for name, of in dict(self.names).items() if of == sort]

    def with_names(self, pairs: list[tuple[str, str]]) -> Bound:
        return replace(self, names=(*self.names, *pairs))


integers = st.integers(0, 12).map(Number)
fractions = st.builds(Fraction, st.integers(1, 9), st.integers(2, 9)).map(Number)
decimals = st.sampled_from(["0.5", "0.50", "1.25", "12.0", "0.333"]).map(lambda text: Number(Fraction(text), text))
numerals = st.one_of(integers, integers, fractions, decimals)


def _leaf(bound: Bound) -> st.SearchStrategy[Term]:
    choices = [numerals, st.sampled_from(NUMBERS).map(Symbol), st.just(E), masses(bound), st.just(Size(Alphabet("X")))]
    if bound.over(INDEX):
        choices.append(st.sampled_from(bound.over(INDEX)).map(Value))
    return st.one_of(choices)


def index(bound: Bound) -> st.SearchStrategy[Term]:
    """An index of a law on {1..n}: bound, free, a number, an index expression."""
    names = st.sampled_from([*bound.over(INDEX), "h_free", "k"]).map(lambda name: Symbol("k") if name == "k" else Value(name))
    shifted = st.builds(lambda name, by: Plus(name, Number(by)), st.just(Symbol("n")), st.integers(1, 3))
    return st.one_of(names, names, st.integers(1, 3).map(Number), shifted)


def _joint_values(draw: st.DrawFn, bound: Bound, variables: list[str]) -> list[Term]:
    return [Value(draw(st.sampled_from([*bound.over(v), *_free(bound, v)]))) for v in variables]


def _free(bound: Bound, variable: str) -> list[str]:
    taken = dict(bound.names)
    return [name for name in _VALUES[variable] if name not in taken]


@st.composite
def masses(draw: st.DrawFn, bound: Bound) -> Term:
    """A mass: indexed, of a coin, marginal or conditional of the joint law, a density."""
    kind = draw(st.sampled_from(["index", "coin", "joint", "whole", "density", "letter"]))
    if kind == "index":
        law = draw(st.sampled_from(ON_N))
        return law.mass(draw(index(bound)))
    if kind == "coin":
        sides = [*map(Outcome, "HT"), *map(Value, bound.over(TOSS)), Value("free'")]
        return draw(st.sampled_from(ON_COIN)).mass(draw(st.sampled_from(sides)))
    if kind == "density":
        return DENSITY.mass(Value(draw(st.sampled_from([*bound.over(REAL), "w''"]))))
    if kind == "letter":
        return SETTING.scope.laws["S"].mass(Value(draw(st.sampled_from([*bound.over(LETTER), "b''"]))))
    if kind == "whole":
        return JOINT.mass(*(Number(draw(st.integers(1, 3))) for _ in "XYZ"))
    variables = draw(st.permutations("XYZ"))[: draw(st.integers(1, 3))]
    of = draw(st.integers(1, len(variables)))
    marginal = JOINT.marginal(tuple(variables[:of]), tuple(variables[of:]))
    return Mass(marginal, _joint_values(draw, bound, list(variables)))


@st.composite
def laws(draw: st.DrawFn, bound: Bound, law: LawDeclaration | None = None) -> Term:
    """A law, a mixture, a product law, a conditional law at free or bound values."""
    law = law or draw(st.sampled_from([*MEASURED, JOINT, DENSITY]))
    shape = draw(st.sampled_from(["name", "half", "weighted", "product", "conditional", "marginal"]))
    if shape == "half":
        return Quotient(Plus(law.law(), law.law()), Number(2))
    if shape == "weighted":
        t = Symbol("t")
        return Plus(Times(t, law.law()), Times(Plus(Number(1), Negation(t)), law.law()))
    if law is not JOINT or shape == "name":
        return law.law()
    if shape == "product":
        return Times(Law(JOINT.marginal(("X",))), Law(JOINT.marginal(("Y",))))
    if shape == "conditional":
        variables = draw(st.permutations("XYZ"))
        return Law(JOINT.marginal((variables[0],), (variables[1],)), _joint_values(draw, bound, [variables[1]]))
    return Law(JOINT.marginal(tuple(draw(st.permutations("XYZ"))[: draw(st.integers(1, 2))])))


def _random_variables(draw: st.DrawFn) -> list[Term]:
    return [RandomVariable(name) for name in draw(st.permutations("XYZ"))]


@st.composite
def measures(draw: st.DrawFn, bound: Bound, inner: st.SearchStrategy[Term]) -> Term:
    """Every measure of the language, by the kinds of its arguments."""
    shape = draw(
        st.sampled_from(["H", "cross", "joint", "given", "event", "binary", "KL", "average", "I", "I given", "JS", "JS weighted"])
    )
    x, y, z = _random_variables(draw)
    match shape:
        case "H":
            return Measure(draw(st.sampled_from("Hh")), [draw(laws(bound))])
        case "cross":
            return Measure("H", [draw(laws(bound)), draw(laws(bound))], [","])
        case "joint":
            return Measure("H", [x, y, z][: (count := draw(st.integers(1, 3)))], [","] * (count - 1))
        case "given":
            return draw(st.sampled_from([Measure("H", [x, y, z], [",", "|"]), Measure("H", [x, y, z], ["|", ","])]))
        case "event":
            event = Relation((y, _joint_values(draw, bound, [y.name])[0]), ("=",))  # type: ignore[attr-defined]
            return Measure("H", [x, event], ["|"])
        case "binary":
            # A mass at free values would be read as the law itself.
            number = st.one_of(st.sampled_from(NUMBERS).map(Symbol), fractions, st.builds(Exp, inner), st.builds(Log, inner))
            return Measure(draw(st.sampled_from("Hh")), [draw(number)])
        case "KL":
            return Measure("KL", [draw(laws(bound)), draw(laws(bound))], ["||"])
        case "average":
            kernel = Law(JOINT.marginal((y.name,), (x.name,)))  # type: ignore[attr-defined]
            return Measure("KL", [kernel, kernel, Law(JOINT.marginal((x.name,)))], ["||", "|"])  # type: ignore[attr-defined]
        case "I":
            return draw(st.sampled_from([Measure("I", [x, y], [";"]), Measure("I", [x, y, z], [",", ";"])]))
        case "I given":
            return Measure("I", [x, y, z], [";", "|"])
        case "JS":
            return Measure("JS", [draw(laws(bound)), draw(laws(bound))], ["||"])
        case _:
            return Measure("JS", [draw(inner), draw(laws(bound)), draw(laws(bound))], ["]", "||"])


@st.composite
def binders(draw: st.DrawFn, bound: Bound, depth: int) -> Term:
    """A sum, product, integral or expectation, and what it binds in its body."""
    if draw(st.integers(0, 4)) == 0:
        return _expectation(draw, bound, depth)
    sorts = draw(st.lists(st.sampled_from([INDEX, TOSS, LETTER, "X", "Y"]), min_size=1, max_size=2))
    head = draw(st.sampled_from([Sum, Product]))
    if draw(st.integers(0, 5)) == 0:
        sorts, head = [REAL], Integral
    pairs: list[tuple[str, str]] = []
    for sort in sorts:
        free = [name for name in (*_NAMES.get(sort, ()), *_VALUES.get(sort, ())) if name not in dict(pairs)]
        pairs.append((draw(st.sampled_from(free)), sort))
    domains = [draw(st.sampled_from(_DOMAINS[sort])) for _, sort in pairs]
    return head([name for name, _ in pairs], domains, draw(terms(bound.with_names(pairs), depth - 1)))


def _expectation(draw: st.DrawFn, bound: Bound, depth: int) -> Term:
    name, sort, law = draw(
        st.sampled_from(
            [
                ("i", INDEX, SETTING.scope.laws["P"].law()),
                ("o", TOSS, SETTING.scope.laws["C"].law()),
                ("x", "X", Law(JOINT.marginal(("X",)))),
                ("y'", "Y", Law(JOINT.marginal(("Y",)))),
            ]
        )
    )
    return Expectation((name,), (law,), draw(terms(bound.with_names([(name, sort)]), depth - 1)))


@st.composite
def terms(draw: st.DrawFn, bound: Bound = Bound(), depth: int = 4) -> Term:
    """A number of the language: any head but relations."""
    if depth <= 0 or draw(st.integers(0, 5)) == 0:
        return draw(_leaf(bound))
    inner = terms(bound, depth - 1)
    few = st.lists(inner, min_size=2, max_size=4)
    choice = draw(st.integers(0, 17))
    match choice:
        case 0 | 1:
            return Plus(*(Negation(t) if draw(st.booleans()) else t for t in draw(few)))
        case 2 | 3:
            return Times(*draw(few))
        case 4 | 5:
            return Quotient(draw(inner), draw(inner))
        case 6:
            return Negation(draw(inner))
        case 7:
            return Power(draw(inner), draw(st.one_of(inner, numerals)))
        case 8 | 9:
            base = draw(st.sampled_from([E, E, Number(2), Number(10), Symbol("a"), Number(3)]))
            return Log(draw(inner), base, "ln" if base == E and draw(st.booleans()) else "")
        case 10:
            return draw(st.sampled_from([Exp, Abs]))(draw(inner))
        case 11 | 12 | 13:
            return draw(binders(bound, depth))
        case 14:
            return draw(measures(bound, inner))
        case 15:
            under = draw(st.one_of(st.sampled_from(["Term 1", "", "a|b, c)"]), inner))
            return Label(draw(inner), under)
        case 16:
            return _calculus(draw, inner, bound)
        case _:
            return draw(
                st.one_of(st.builds(lambda args: Function("f", args), st.lists(inner, min_size=1, max_size=2)), _deltas(bound))
            )


def _deltas(bound: Bound) -> st.SearchStrategy[Term]:
    return st.builds(Delta, index(bound), index(bound))


def _calculus(draw: st.DrawFn, inner: st.SearchStrategy[Term], bound: Bound) -> Term:
    match draw(st.integers(0, 3)):
        case 0:
            return Pick(draw(st.sampled_from(["min", "max"])), draw(st.lists(inner, min_size=2, max_size=3)))
        case 1:
            laws = draw(st.lists(st.sampled_from(VARIED), min_size=1, max_size=2, unique=True))
            conditions = [Relation((draw(inner), Symbol("a")), ("<=",))] if draw(st.booleans()) else []
            return Optimum(draw(st.sampled_from(["argmin", "max"])), laws, draw(inner), conditions)
    if draw(st.booleans()):
        variable = draw(st.one_of(st.sampled_from(NUMBERS).map(Symbol), index(bound).map(lambda at: ON_N[2].mass(at))))
        return Derivative(draw(inner), variable)
    return Extremum(draw(st.sampled_from(["argmin", "argmax", "min", "max"])), draw(st.sampled_from(NUMBERS)), draw(inner))


@st.composite
def statements(draw: st.DrawFn) -> Term:
    """A chain of relations between terms."""
    sides = draw(st.lists(terms(depth=3), min_size=2, max_size=3))
    return Relation(sides, draw(st.lists(st.sampled_from(RELATIONS), min_size=len(sides) - 1, max_size=len(sides) - 1)))


# Terms with an exact rational value


@st.composite
def rational_terms(draw: st.DrawFn, names: tuple[str, ...] = ("s", "i", "j"), depth: int = 3) -> Term:
    """Rational arithmetic with sums and products over 1..2 that reuse few names, so that capture is likely.

    Each name may be bound or free; free, it is a `Value`.
    """
    if depth <= 0 or draw(st.integers(0, 4)) == 0:
        value = st.sampled_from(names).map(Value)
        mass = st.builds(lambda law, at: law.mass(at), st.sampled_from(ON_N[:2]), value)
        return draw(st.one_of(value, mass, st.integers(0, 4).map(Number)))
    inner = rational_terms(names, depth - 1)
    match draw(st.integers(0, 6)):
        case 0:
            return Plus(*draw(st.lists(inner, min_size=2, max_size=3)))
        case 1:
            return Times(*draw(st.lists(inner, min_size=2, max_size=3)))
        case 2:
            return Negation(draw(inner))
        case 3:
            return Delta(draw(st.sampled_from(names).map(Value)), draw(st.sampled_from(names).map(Value)))
        case _:
            bound = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
            low, high = Number(draw(st.integers(0, 1))), Number(draw(st.integers(1, 2)))
            head = draw(st.sampled_from([Sum, Product]))
            return head(bound, [Range(low, high)] * len(bound), draw(inner))


__all__ = ["SETTING", "SETTING_IN_BASE_A", "SETTING_IN_BITS", "Constant", "rational_terms", "statements", "terms"]
