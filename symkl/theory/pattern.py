"""The pattern language of rules: the plain spelling, with names that stand for anything of their kind.

a, b, f        a term             xs...       a run of terms (possibly none) in a sum, a product, an argument list
f{i}           a term in which the bound name i may occur; without {i} it may not
each(xs, t)    t for each term xs of the run
P, Q, R, U     a law              W, X, Y, Z  a random variable (both inside measures)
i in A         a bound name and its alphabet          sum(is..., f{is})  any number of bound names
p(xs..., i)    the mass of a law at values; a run of values carries the variables that they belong to
log            a log to any base, the same throughout the rule; ln and log[b] say their own
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symkl.language.plain_reader import PlainReader
from symkl.language.scope import Scope
from symkl.language.term import Binder, Constant, Derivative, Extremum, Measure, Term, Value, subterms
from symkl.language.tokens import Token

BASE = "base"
"""The name that the base of a bare log has in every pattern."""

_LAW_LETTERS = "PQRU"
_VARIABLE_LETTERS = "WXYZ"


class Wild(Term):
    """A pattern variable; its arguments are the bound names that what it stands for may contain."""

    __slots__ = ()
    __match_args__ = ("name", "args")

    def __init__(self, name: str, args: tuple[Term, ...] = ()) -> None:
        super().__init__(args, name)

    @property
    def name(self) -> str:
        """The variable's name."""
        return str(self.identity)


class Run(Term):
    """A pattern variable for a run of terms, `xs...`; its arguments are the bound names that the run may contain."""

    __slots__ = ()
    __match_args__ = ("name", "args")

    def __init__(self, name: str, args: tuple[Term, ...] = ()) -> None:
        super().__init__(args, name)

    @property
    def name(self) -> str:
        """The run's name."""
        return str(self.identity)


class Each(Term):
    """The body once for each term of a run; inside it the run's name stands for one of them."""

    __slots__ = ()
    __match_args__ = ("run", "body")

    def __init__(self, run: str, body: Term) -> None:
        super().__init__((body,), run)

    @property
    def run(self) -> str:
        """The run's name."""
        return str(self.identity)

    @property
    def body(self) -> Term:
        """What is repeated."""
        return self.args[0]


def read_pattern(text: str) -> Term:
    """The pattern that a text spells.

    Raises: ReadError with the place.
    """
    return _PatternReader(text).statement()


def variables_of(pattern: Term) -> frozenset[str]:
    """The names that a match of the pattern binds, or an instance needs: variables, runs, laws and bound names."""
    return frozenset(_names(pattern))


def formal_scopes(pattern: Term) -> Mapping[str, tuple[Term, ...]]:
    """The bound names in braces after each variable, as the pattern writes them first.

    Not cached: patterns that differ in their bound names alone are equal, and these names are the answer.
    """
    found: dict[str, tuple[Term, ...]] = {}
    for term in subterms(pattern):
        if isinstance(term, Wild | Run) and term.args:
            found.setdefault(term.name, term.args)
    return found


def _names(pattern: Term) -> Iterator[str]:
    for term in subterms(pattern):
        match term:
            case Wild(name, _) | Run(name, _):
                yield name
            case Extremum(_, name, _):
                yield name
            case Each(run, _):
                yield run
            case Value(name):
                yield name
            case Binder(names, _, _):
                yield from (name.removesuffix("...") for name in names)
            case _:
                pass


class _PatternReader(PlainReader):
    def __init__(self, text: str) -> None:
        super().__init__(text, Scope(log_base=Wild(BASE)))

    def atom(self) -> Term:
        """A pattern variable, a run, or what the plain spelling has."""
        if self.here.kind == "name" and self.ahead().text == "{":
            name = self.take().text
            return Wild(name, self._scope_names())
        if self.here.kind == "name" and self.ahead().text == "...":
            name = self.take().text
            self.take()
            return Run(name, self._scope_names() if self.at("{") else ())
        return super().atom()

    def _scope_names(self) -> tuple[Term, ...]:
        self.expect("{")
        names = [self.expression()]
        while self.at(","):
            self.take()
            names.append(self.expression())
        self.expect("}")
        return tuple(names)

    def resolve(self, token: Token) -> Term:
        """Every bare name is a bound name or a variable of the pattern."""
        if token.text in self._bound:
            return Value(token.text)
        return Constant(token.text) if token.text in ("e", "pi") else Wild(token.text)

    def alphabet(self) -> Term:
        """A name stands for any alphabet."""
        if self.here.kind == "name" and self.ahead().text != "..":
            return Wild(self.take().text)
        return super().alphabet()

    def stands_for_law(self, term: Term) -> bool:
        """A pattern variable may stand for a law."""
        return isinstance(term, Wild)

    def _ranges(self) -> tuple[list[str], list[Term]]:
        names: list[str] = []
        domains: list[Term] = []
        while self.here.kind == "name" and self.ahead().text == "..." and self.ahead(2).text == ",":
            name = self.take().text
            self.take()
            self.expect(",", " and what is summed")
            names.append(name + "...")
            domains.append(Run(name))
        return (names, domains) if names else super()._ranges()

    def _applied(self, token: Token) -> Term:
        if token.text == "each":
            self.expect("(")
            run = self.take().text
            self.expect(",")
            body = self.expression()
            self.expect(")")
            return Each(run, body)
        raise self.error(f"'{token.text}' is applied; rules about masses are computed", token)

    def _derivative(self, token: Token) -> Term:
        self.expect("(")
        body = self.expression()
        self.expect(",", " and the variable of the derivative")
        variable = self.expression()
        self.expect(")")
        return Derivative(body, variable)

    def _extremum(self, token: Token) -> Term:
        self.expect("[")
        over = self.take().text
        self.expect("]")
        self.expect("(")
        body = self.expression()
        self.expect(")")
        return Extremum(token.text, over, body)

    def _settled(self, token: Token, arguments: list[Term], separators: list[str]) -> Term:
        return Measure(token.text, arguments, separators)


def is_law_name(name: str) -> bool:
    """Whether a pattern variable inside a measure stands for a law."""
    return name[0] in _LAW_LETTERS


def is_variable_name(name: str) -> bool:
    """Whether a pattern variable inside a measure stands for a random variable."""
    return name[0] in _VARIABLE_LETTERS
