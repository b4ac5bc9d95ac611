"""What has to hold so that Coq's reading of a claim is the intended one.

In Coq x / 0 is 0, ln of what is not positive is 0, and a derivative that does not exist is 0 here. The claim therefore says, and
the certificate proves, that denominators are not zero, arguments of logs are positive, and derivatives exist.
"""

from __future__ import annotations

from collections.abc import Iterator

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
        real = self.terms.real
        match term:
            case Log(argument, base):
                yield f"0 < {real(argument, env)}"
                if base != E and not isinstance(base, Number):
                    yield f"0 < {real(base, env)}"
                    yield f"{real(base, env)} <> 1"
            case Quotient(_, denominator) if not isinstance(denominator, Number | Constant):
                yield f"{real(denominator, env)} <> 0"
            case Power(base, exponent) if not (isinstance(exponent, Number) and exponent.value.denominator == 1):
                yield f"0 < {real(base, env)}"
            case Derivative(body, variable):
                function, point = self.terms.derivative(body, variable, env)
                yield f"Differentiable {function} {point}"
            case _:
                return

    def _under(self, members: list[tuple[str, str]], body: Term, env: Env) -> Iterator[str]:
        for text in self.of(body, env):
            for name, alphabet in reversed(members):
                value = self.terms.names.of("value", name)
                text = f"forall {value}, In {value} {alphabet} -> {text}"
            yield f"({text})"

    def _at_other_points(self, term: Derivative | Extremum, env: Env) -> Iterator[str]:
        """Inside a derivative or an extremum the obligations are for every point of the interval."""
        over = term.variable if isinstance(term, Derivative) else Symbol(term.name)
        if isinstance(over, Mass):
            moved, name = self.terms.moved(over, env)
            low, high = self.terms.interval_of_entry(over)
            inside = f"Inside {low} {high} {name} -> " if (low, high) != ("None", "None") else ""
            yield from (f"(forall {name}, {inside}{text})" for text in dict.fromkeys(self.of(term.body, moved)))
            return
        inner = list(dict.fromkeys(self.of(term.body, env)))
        if not inner:
            return
        if not isinstance(over, Symbol):
            raise NoImage("Such a derivative has no certificate.")
        low, high = self.terms.interval(over.name)
        name = self.terms.names.of("number", over.name)
        yield from (f"(forall {name}, Inside {low} {high} {name} -> {text})" for text in inner)


class _Guarded(_Obligations):
    def of(self, term: Term, env: Env) -> Iterator[str]:
        if not isinstance(term, Times):
            yield from super().of(term, env)
            return
        weights = [factor for factor in term.args if not any(isinstance(part, Log) for part in subterms(factor))]
        guards = "".join(f"{self.terms.real(weight, env)} <> 0 -> " for weight in weights)
        for factor in term.args:
            for text in super().of(factor, env):
                yield f"({guards}{text})" if factor not in weights else text
