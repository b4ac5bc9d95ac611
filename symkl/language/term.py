"""The term tree: small, immutable, in written order.

A term is a head (its class), arguments, and for some heads an identity that is no term (a name, a number, a mass's
law). Nothing is reordered, flattened, cancelled or distributed by construction: `Plus(a, Plus(b, c))` is a + (b + c)
and stays so. What happens to a term is a step.

Equality is structural up to the names of bound values. `written` remembers how something was spelled (`0.50`, `ln`);
writers use it and equality ignores it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar

from symkl.errors import SymklError
from symkl.language.atoms import Constant as Constant
from symkl.language.atoms import Law as Law
from symkl.language.atoms import Marginal as Marginal
from symkl.language.atoms import Mass as Mass
from symkl.language.atoms import Named
from symkl.language.atoms import Number as Number
from symkl.language.atoms import Outcome as Outcome
from symkl.language.atoms import RandomVariable as RandomVariable
from symkl.language.atoms import Symbol as Symbol
from symkl.language.atoms import Value as Value
from symkl.language.node import DEPTH_LIMIT as DEPTH_LIMIT
from symkl.language.node import BoundNames, restored
from symkl.language.node import Term as Term
from symkl.language.optima import Optimum as Optimum
from symkl.language.optima import Pick as Pick

# Arithmetic


class _Variadic(Term):
    __slots__ = ()
    __match_args__ = ("args",)

    def __init__(self, *args: Term) -> None:
        super().__init__(args)


class Plus(_Variadic):
    """a + b + ..., in written order; a - b is a + the negation of b."""

    __slots__ = ()


class Times(_Variadic):
    """a * b * ..., in written order."""

    __slots__ = ()


class Quotient(Term):
    """A fraction."""

    __slots__ = ()
    __match_args__ = ("numerator", "denominator")

    def __init__(self, numerator: Term, denominator: Term) -> None:
        super().__init__((numerator, denominator))

    @property
    def numerator(self) -> Term:
        return self.args[0]

    @property
    def denominator(self) -> Term:
        return self.args[1]


class _Unary(Term):
    __slots__ = ()
    __match_args__ = ("argument",)

    def __init__(self, argument: Term) -> None:
        super().__init__((argument,))

    @property
    def argument(self) -> Term:
        return self.args[0]


class Negation(_Unary):
    """-a."""

    __slots__ = ()


class Exp(_Unary):
    """e to the power of a."""

    __slots__ = ()


class Abs(_Unary):
    """|a|."""

    __slots__ = ()


class Power(Term):
    """Base to an exponent."""

    __slots__ = ()
    __match_args__ = ("base", "exponent")

    def __init__(self, base: Term, exponent: Term) -> None:
        super().__init__((base, exponent))

    @property
    def base(self) -> Term:
        return self.args[0]

    @property
    def exponent(self) -> Term:
        return self.args[1]


E = Constant("e")
PI = Constant("pi")


class Log(Term):
    """The log of a to a base; the natural log has base e. `written` is 'ln' where it was spelled so."""

    __slots__ = ()
    __match_args__ = ("argument", "base")

    def __init__(self, argument: Term, base: Term = E, written: str = "") -> None:
        super().__init__((argument, base), None, written)

    @property
    def argument(self) -> Term:
        return self.args[0]

    @property
    def base(self) -> Term:
        return self.args[1]


# Alphabets


class Range(Term):
    """The integers from low to high, both included: 1..n."""

    __slots__ = ()
    __match_args__ = ("low", "high")

    def __init__(self, low: Term, high: Term) -> None:
        super().__init__((low, high))

    @property
    def low(self) -> Term:
        return self.args[0]

    @property
    def high(self) -> Term:
        return self.args[1]


class Outcomes(_Variadic):
    """A finite set written out: {H, T}."""

    __slots__ = ()


class Alphabet(Named):
    """The alphabet of a random variable, or one declared by name."""

    __slots__ = ()


class Size(_Unary):
    """The number of elements of an alphabet."""

    __slots__ = ()


class Delta(Term):
    """Kronecker's delta: 1 where both values are the same, else 0."""

    __slots__ = ()
    __match_args__ = ("left", "right")

    def __init__(self, left: Term, right: Term) -> None:
        super().__init__((left, right))

    @property
    def left(self) -> Term:
        return self.args[0]

    @property
    def right(self) -> Term:
        return self.args[1]


# Binders


class Binder(Term):
    """Binds names over domains: the arguments are the domains, then the body; the names are bound in the body alone."""

    __slots__ = ()
    __match_args__ = ("names", "domains", "body")
    one_domain: ClassVar[bool] = False

    def __init__(self, names: Iterable[str], domains: Iterable[Term], body: Term) -> None:
        names, domains = tuple(names), tuple(domains)
        if len(domains) != (1 if self.one_domain else len(names)) or not names:
            raise ValueError(f"{type(self).__name__} over {len(names)} names with {len(domains)} domains")
        super().__init__((*domains, body), names)

    @property
    def names(self) -> tuple[str, ...]:
        return self.identity  # type: ignore[return-value]

    @property
    def domains(self) -> tuple[Term, ...]:
        return self.args[:-1]

    @property
    def body(self) -> Term:
        return self.args[-1]

    def _fingerprint(self) -> int:
        return hash((type(self).__name__, len(self.names), tuple(map(hash, self.args))))

    def alike(self, other: Term, mine: BoundNames, theirs: BoundNames, depth: int = 0) -> bool:
        """The same domains, and bodies alike under names that are numbered from the outermost binder."""
        if type(other) is not type(self) or not isinstance(other, Binder) or len(other.names) != len(self.names):
            return False
        if not all(a.alike(b, mine, theirs, depth) for a, b in zip(self.domains, other.domains, strict=True)):
            return False
        inner_mine = {**mine, **{name: depth + k for k, name in enumerate(self.names)}}
        inner_theirs = {**theirs, **{name: depth + k for k, name in enumerate(other.names)}}
        return self.body.alike(other.body, inner_mine, inner_theirs, depth + len(self.names))


class Sum(Binder):
    """A finite sum over alphabets."""

    __slots__ = ()


class Product(Binder):
    """A finite product over alphabets."""

    __slots__ = ()


class Integral(Binder):
    """An integral over the ranges of variables with densities."""

    __slots__ = ()


class Expectation(Binder):
    """E[x ~ q](f): the mean of f where the values are drawn from one law."""

    __slots__ = ()
    one_domain = True


class Derivative(Term):
    """The derivative of the body by a symbol or by one entry z[k] of a vector. The variable stays free: it is the point."""

    __slots__ = ()
    __match_args__ = ("body", "variable")

    def __init__(self, body: Term, variable: Term) -> None:
        super().__init__((body, variable))

    @property
    def body(self) -> Term:
        return self.args[0]

    @property
    def variable(self) -> Term:
        return self.args[1]


class Extremum(Term):
    """argmin[q](f), argmax, min, max: over the whole domain that the givens state for the symbol q."""

    __slots__ = ()
    __match_args__ = ("kind", "name", "body")

    def __init__(self, kind: str, name: str, body: Term) -> None:
        super().__init__((body,), (kind, name))

    @property
    def kind(self) -> str:
        return self.identity[0]  # type: ignore[index,no-any-return]

    @property
    def name(self) -> str:
        return self.identity[1]  # type: ignore[index,no-any-return]

    @property
    def body(self) -> Term:
        return self.args[0]


# Measures, functions, labels, relations


class Measure(Term):
    """A measure of laws, random variables or numbers, as written: H(P, Q), I(X; Y | Z), KL(P || Q), JS[t](P || Q).

    `separators` stand between the arguments; "]" follows a weight written in square brackets.
    """

    __slots__ = ()
    __match_args__ = ("name", "separators", "args")

    def __init__(self, name: str, args: Iterable[Term], separators: Iterable[str] = ()) -> None:
        super().__init__(args, (name, tuple(separators)))
        if len(self.separators) != len(self.args) - 1:
            raise ValueError(f"{name} of {len(self.args)} arguments with {len(self.separators)} separators")

    @property
    def name(self) -> str:
        return self.identity[0]  # type: ignore[index,no-any-return]

    @property
    def separators(self) -> tuple[str, ...]:
        return self.identity[1]  # type: ignore[index,no-any-return]


class Function(Term):
    """An unknown function, applied."""

    __slots__ = ()
    __match_args__ = ("name", "args")

    def __init__(self, name: str, args: Iterable[Term]) -> None:
        super().__init__(args, name)

    @property
    def name(self) -> str:
        return str(self.identity)


class Label(Term):
    """An underbrace: the body, and under it a text or a term that the body is claimed to be."""

    __slots__ = ()
    __match_args__ = ("body", "text", "claim")

    def __init__(self, body: Term, label: str | Term) -> None:
        if isinstance(label, str):
            super().__init__((body,), label)
        else:
            super().__init__((body, label), "")

    @property
    def body(self) -> Term:
        return self.args[0]

    @property
    def text(self) -> str:
        return str(self.identity)

    @property
    def claim(self) -> Term | None:
        return self.args[1] if len(self.args) == 2 else None


RELATIONS = ("=", "<=", ">=", "<", ">", "!=", ":=", "~=")
CONVERSE = {"<": ">", "<=": ">=", ">=": "<=", ">": "<"}
"""The inequality that says the same with its sides exchanged."""


class Relation(Term):
    """A chain of sides with a relation between each two: a = b <= c."""

    __slots__ = ()
    __match_args__ = ("operators", "args")

    def __init__(self, sides: Iterable[Term], operators: Iterable[str]) -> None:
        super().__init__(sides, tuple(operators))
        if len(self.operators) != len(self.args) - 1 or not self.operators:
            raise ValueError(f"{len(self.args)} sides with {len(self.operators)} relations")

    @property
    def operators(self) -> tuple[str, ...]:
        return self.identity  # type: ignore[return-value]


def signed(value: Fraction | int) -> Term:
    """The number, as the negation of a positive one where it is negative."""
    return Negation(Number(-value)) if value < 0 else Number(value)


def equation(left: Term, right: Term) -> Relation:
    """left = right."""
    return Relation((left, right), ("=",))


def difference(left: Term, *subtracted: Term) -> Plus:
    """left - a - b ..., as a sum in written order."""
    return Plus(left, *(Negation(term) for term in subtracted))


def sum_of(terms: Sequence[Term]) -> Term:
    """The terms added in written order; a lone one is itself, and none are 0."""
    return Plus(*terms) if len(terms) > 1 else terms[0] if terms else Number(0)


def product_of(factors: Sequence[Term]) -> Term:
    """The factors multiplied in written order; a lone one is itself, and none are 1."""
    return Times(*factors) if len(factors) > 1 else factors[0] if factors else Number(1)


# Names and substitution


def free_names(term: Term) -> frozenset[str]:
    """The names of symbols and values that nothing inside the term binds."""
    known = term._free
    if known is None:
        if isinstance(term, Symbol | Value):
            known = frozenset((term.name,))
        elif isinstance(term, Binder):
            known = frozenset().union(*map(free_names, term.domains), free_names(term.body).difference(term.names))
        elif isinstance(term, Extremum):
            known = free_names(term.body) - {term.name}
        else:
            known = frozenset().union(*map(free_names, term.args))
        object.__setattr__(term, "_free", known)
    return known


def fresh_name(name: str, taken: Iterable[str]) -> str:
    """`name`, or the first of name', name'', ... that is not taken."""
    taken = set(taken)
    while name in taken:
        name += "'"
    return name


def substitute(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with free symbols and values replaced by name, bound names renamed where they would capture."""
    relevant = free_names(term).intersection(values)
    if not relevant:
        return term
    if isinstance(term, Symbol | Value):
        return values[term.name]
    if isinstance(term, Extremum) and any(term.name in free_names(values[name]) for name in relevant):
        raise SymklError(f"{term.name} is what {term.kind} is over; what stands inside it cannot be replaced by {term.name}.")
    if isinstance(term, Extremum):
        return term.with_args(substitute(a, {name: values[name] for name in relevant}) for a in term.args)
    if isinstance(term, Binder):
        return _substitute_under(term, {name: values[name] for name in relevant})
    if isinstance(term, Derivative) and _moves_with(term.variable, {name: values[name] for name in relevant}):
        raise SymklError("A derivative must be worked out before its variable is replaced or put in another name's place.")
    return term.with_args(substitute(a, values) for a in term.args)


def _moves_with(variable: Term, values: Mapping[str, Term]) -> bool:
    if isinstance(variable, Symbol):
        return variable.name in values or any(variable.name in free_names(value) for value in values.values())
    incoming = (part for value in values.values() for part in subterms(value))
    return any(isinstance(part, Mass) and part.identity == variable.identity for part in incoming)


def _substitute_under(term: Binder, values: Mapping[str, Term]) -> Term:
    domains = [substitute(d, values) for d in term.domains]
    inner = {name: value for name, value in values.items() if name not in term.names and name in free_names(term.body)}
    incoming = frozenset().union(*(free_names(v) for v in inner.values()))
    taken = set(incoming | free_names(term.body) | set(term.names))
    names, renamed = [], dict(inner)
    for name in term.names:
        new = name
        if name in incoming:
            new = fresh_name(name, taken)
            taken.add(new)
            renamed[name] = Value(new)
        names.append(new)
    return restored(type(term), (*domains, substitute(term.body, renamed)), tuple(names), term.written)


def rename_bound(term: Binder, names: Iterable[str]) -> Binder:
    """The same binder under other bound names."""
    names = tuple(names)
    body = substitute(term.body, {old: Value(new) for old, new in zip(term.names, names, strict=True) if old != new})
    return restored(type(term), (*term.domains, body), names, term.written)


# Walking


def subterms(term: Term) -> Iterator[Term]:
    """The term and every term inside it, outermost first, in written order."""
    pending = [term]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(current.args))


def without_labels(term: Term) -> Term:
    """The term with every underbrace taken away."""
    return _unlabelled(term) if _has_label(term) else term


def _has_label(term: Term) -> bool:
    return isinstance(term, Label) or any(map(_has_label, term.args))


def _unlabelled(term: Term) -> Term:
    if isinstance(term, Label):
        return _unlabelled(term.body)
    return term.with_args(map(_unlabelled, term.args))


def law_names(*terms: Term) -> set[str]:
    """The names of the laws that the terms speak of, by themselves or by their masses."""
    return {part.marginal.law for term in terms for part in subterms(term) if isinstance(part, Mass | Law)}


def is_law(term: Term) -> bool:
    """Whether the term denotes a law: one by name, a mixture, a product of laws."""
    match term:
        case Law():
            return True
        case Plus() | Times():
            return any(map(is_law, term.args))
        case Quotient(numerator, _):
            return is_law(numerator)
        case Negation(inner) | Label(inner, _, _):
            return is_law(inner)
        case _:
            return False
