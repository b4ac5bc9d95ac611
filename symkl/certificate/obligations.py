"""What has to hold so that a proof assistant's reading of a claim is the intended one.

In Coq and Lean x / 0 is 0, a derivative that does not exist is 0 here, and the log of what is not positive is junk. The claim
therefore says, and the certificate proves, that denominators are not zero, arguments of logs are positive, and derivatives exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symkl.certificate.notation import Ends
from symkl.certificate.terms import Env, Terms
from symkl.errors import NoImage
from symkl.language.term import (
    Binder,
    Constant,
    Derivative,
    E,
    Expectation,
    Extremum,
    Log,
    Mass,
    Measure,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
    Times,
    is_law,
    subterms,
)
from symkl.theory.measures import coordinates


def obligations(terms: Terms, claim: Term) -> list[str]:
    """The obligations of a claim, each once."""
    return list(dict.fromkeys(_Obligations(terms).of(claim, {})))


def guarded_obligations(terms: Terms, claim: Term) -> list[str]:
    """The obligations of a claim where weights may be zero: what stands beside a weight has its own where the weight is not zero.

    Raises: NoImage.
    """
    return list(dict.fromkeys(_Guarded(terms).of(claim, {})))


class _Obligations:
    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.notation = terms.notation

    def of(self, term: Term, env: Env) -> Iterator[str]:
        if isinstance(term, Measure) or is_law(term):
            # The masses of laws are positive by the domain, and measures are stated of laws alone.
            return
        yield from self._own(term, env)
        match term:
            case Sum(names, domains, body) | Product(names, domains, body):
                members = list(zip(names, map(self.terms.alphabet, domains), strict=True))
                yield from self._under(members, body, env)
            case Expectation(names, (law,), body):
                alphabets = [self.terms.alphabet(c.alphabet) for c in coordinates(law, self.terms.setting)]
                yield from self._under(list(zip(names, alphabets, strict=True)), body, env)
            case Binder():
                raise NoImage("Such a binder has no certificate.")
            case Derivative() | Extremum():
                yield from self._at_other_points(term, env)
            case _:
                for part in term.args:
                    yield from self.of(part, env)

    def _own(self, term: Term, env: Env) -> Iterator[str]:
        real, unequal = self.terms.real, self.notation.relations["!="]
        match term:
            case Log(argument, base):
                yield f"{self.terms.typed('0', argument)} < {real(argument, env)}"
                if base != E and not isinstance(base, Number):
                    yield f"0 < {real(base, env)}"
                    yield f"{real(base, env)} {unequal} 1"
            case Quotient(_, denominator) if not isinstance(denominator, Number | Constant):
                yield f"{self.terms.typed(real(denominator, env), denominator)} {unequal} 0"
            case Power(base, exponent) if not (isinstance(exponent, Number) and exponent.value.denominator == 1):
                yield f"{self.terms.typed('0', base)} < {real(base, env)}"
            case Derivative(body, variable):
                function, point = self.terms.derivative(body, variable, env)
                yield self.notation.differentiable.format(function, point)
            case _:
                return

    def _under(self, members: list[tuple[str, str]], body: Term, env: Env) -> Iterator[str]:
        for text in self.of(body, env):
            for name, alphabet in reversed(members):
                value = self.terms.names.of("value", name)
                text = self.notation.each([(value, alphabet)], text)
            yield f"({text})"

    def _at_other_points(self, term: Derivative | Extremum, env: Env) -> Iterator[str]:
        """Inside a derivative or an extremum the obligations are for every point of the interval."""
        over = term.variable if isinstance(term, Derivative) else Symbol(term.name)
        if isinstance(over, Mass):
            moved, name = self.terms.moved(over, env)
            yield from self._inside(self.terms.interval_of_entry(over), name, dict.fromkeys(self.of(term.body, moved)))
            return
        inner = list(dict.fromkeys(self.of(term.body, env)))
        if not inner:
            return
        if not isinstance(over, Symbol):
            raise NoImage("Such a derivative has no certificate.")
        yield from self._inside(self.terms.interval(over.name), self.terms.names.of("number", over.name), inner)

    def _inside(self, ends: Ends, name: str, propositions: Iterable[str]) -> Iterator[str]:
        inside = f"{self.notation.inside.format(name, self.notation.open_interval(ends))} {self.notation.implies} "
        bounded = any(ends)
        bound = self.notation.number.format(name) if bounded else self.notation.binder([(name, self.notation.real)])
        for text in propositions:
            yield f"({self.notation.for_all} {bound}, {inside if bounded else ''}{text})"


class _Guarded(_Obligations):
    def of(self, term: Term, env: Env) -> Iterator[str]:
        if not isinstance(term, Times):
            yield from super().of(term, env)
            return
        weights = [factor for factor in term.args if not any(isinstance(part, Log) for part in subterms(factor))]
        unequal, implies = self.notation.relations["!="], self.notation.implies
        guards = "".join(f"{self.terms.real(weight, env)} {unequal} 0 {implies} " for weight in weights)
        for factor in term.args:
            for text in super().of(factor, env):
                yield f"({guards}{text})" if factor not in weights else text
