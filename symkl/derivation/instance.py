"""The instance of a pattern under a binding: what the kernel compares with the term at a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from symkl.derivation.step import Bound
from symkl.errors import Rejection
from symkl.language.term import (
    Binder,
    Extremum,
    Plus,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    fresh_name,
    product_of,
    substitute,
    subterms,
    sum_of,
)
from symkl.theory.pattern import Each, Run, Wild, formal_scopes

Scopes = Mapping[str, tuple[Term, ...]]

BAD_BINDING = "bad substitution"


def result(pattern: Term, binding: Mapping[str, Bound], formal: Scopes) -> Term:
    """The instance of a rule's right side, where a sum that stands for a term of a sum is spliced into it.

    `formal` says with which bound names the binding was made (those of the rule's left side): where f{i} was matched, f{j}
    is f with j for i.

    Raises: Rejection as `instance` does.
    """
    return _Instance(binding, formal, splices=True).of(pattern)


def instance(pattern: Term, binding: Mapping[str, Bound], formal: Scopes | None = None) -> Term:
    """The pattern with what the binding says in the place of its variables.

    A run splices into the sum, the product or the argument list around it; an empty sum is 0, an empty product 1. A bound
    name is renamed where a term that may not contain it does, so that nothing is captured.

    Raises: Rejection where the binding lacks a variable or gives one of the wrong kind.
    """
    return _Instance(binding, formal_scopes(pattern) if formal is None else formal, splices=False).of(pattern)


class _Instance:
    def __init__(self, binding: Mapping[str, Bound], formal: Scopes, splices: bool, around: frozenset[str] = frozenset()) -> None:
        self.binding = binding
        self.formal = formal
        self.splices = splices
        self.around = around

    def under(self, binding: Mapping[str, Bound], names: Iterable[str] = ()) -> _Instance:
        return _Instance(binding, self.formal, self.splices, self.around.union(names))

    def of(self, pattern: Term) -> Term:
        match pattern:
            case Wild(name, args):
                return self.applied(_term(self.binding, name), self.formal.get(name, args), args)
            case Value(name):
                return Value(_name(self.binding, name))
            case Plus() | Times():
                return self.variadic(pattern)
            case Extremum(kind, name, body):
                variable = _term(self.binding, name)
                if not isinstance(variable, Symbol):
                    raise Rejection(BAD_BINDING, f"'{name}' has to stand for a number by name.")
                return Extremum(kind, variable.name, self.of(body))
            case Binder():
                return self.binder(pattern)
            case Run() | Each():
                raise Rejection(BAD_BINDING, "A run stands only in a sum, a product or an argument list.")
            case _:
                return pattern.with_args(self.arguments(pattern.args))

    def applied(self, term: Term, formal: tuple[Term, ...], args: tuple[Term, ...]) -> Term:
        values: dict[str, Term] = {}
        for old, new in zip(formal, args, strict=False):
            if old != new and isinstance(old, Value) and isinstance(new, Value):
                values[_name(self.binding, old.name)] = Value(_name(self.binding, new.name))
        taken = free_names(term) - values.keys()
        if not all(taken.isdisjoint(free_names(new)) for new in values.values()):
            raise Rejection(BAD_BINDING, "The new name of a bound value already stands for another one.")
        return substitute(term, values)

    def arguments(self, patterns: Iterable[Term]) -> list[Term]:
        found: list[Term] = []
        for pattern in patterns:
            match pattern:
                case Run(name, args):
                    formal = self.formal.get(name, args)
                    found.extend(self.applied(term, formal, args) for term in _run(self.binding, name))
                case Each(run, body):
                    found.extend(self.under({**self.binding, run: one}).of(body) for one in _run(self.binding, run))
                case _:
                    found.append(self.of(pattern))
        return found

    def variadic(self, pattern: Plus | Times) -> Term:
        args = self.arguments(pattern.args)
        if self.splices:
            args = [part for arg in args for part in (arg.args if type(arg) is type(pattern) else (arg,))]
        return sum_of(args) if isinstance(pattern, Plus) else product_of(args)

    def binder(self, pattern: Binder) -> Term:
        names, domains, written = [], [], {}
        for name, domain in zip(pattern.names, pattern.domains, strict=True):
            if name.endswith("..."):
                ranges = _run(self.binding, name.removesuffix("..."))
                for value, alphabet in zip_longest(ranges[::2], ranges[1::2]):
                    if not isinstance(value, Value) or alphabet is None:
                        raise Rejection(BAD_BINDING, f"'{name}' binds names with their alphabets.")
                    names.append(value.name)
                    domains.append(alphabet)
            else:
                written[name] = _name(self.binding, name)
                names.append(written[name])
                domains.append(self.of(domain))
        if not names or len(set(names)) < len(names):
            raise Rejection(BAD_BINDING, "A binder binds one name or more, each of them once.")
        renamed = _renaming(pattern, names, self.binding)
        inner = {name: _renamed(bound, renamed, _may_contain(pattern.body, name)) for name, bound in self.binding.items()}
        inner.update({name: renamed.get(actual, actual) for name, actual in written.items()})
        names = [renamed.get(name, name) for name in names]
        if not self.around.isdisjoint(names):
            raise Rejection(BAD_BINDING, "A bound name is bound again inside.")
        return type(pattern)(names, domains, self.under(inner, names).of(pattern.body))


def _renaming(pattern: Binder, names: list[str], binding: Mapping[str, Bound]) -> dict[str, str]:
    """New names for those that a variable without leave to contain them does contain."""
    strangers: set[str] = set()
    taken = set(names)
    own = {name.removesuffix("...") for name in pattern.names}
    for term in subterms(pattern.body):
        if isinstance(term, Wild | Run | Each):
            name = term.run if isinstance(term, Each) else term.name
            if name in own:
                continue
            found = _free(binding.get(name))
            taken |= found
            if not _may_contain(pattern.body, name):
                strangers |= found
    renamed = {}
    for name in names:
        if name in strangers:
            renamed[name] = fresh_name(name, taken)
            taken.add(renamed[name])
    return renamed


def _may_contain(body: Term, variable: str) -> bool:
    """Whether the variable is written with bound names in braces somewhere in the body."""
    return any(isinstance(term, Wild | Run) and term.name == variable and term.args for term in subterms(body))


def _renamed(bound: Bound, names: Mapping[str, str], allowed: bool) -> Bound:
    if not names or not allowed:
        return bound
    values: dict[str, Term] = {old: Value(new) for old, new in names.items()}
    if isinstance(bound, Term):
        return substitute(bound, values)
    if isinstance(bound, tuple):
        return tuple(substitute(term, values) for term in bound)
    return bound


def _free(bound: Bound | None) -> frozenset[str]:
    if isinstance(bound, Term):
        return free_names(bound)
    if isinstance(bound, tuple):
        return frozenset().union(*map(free_names, bound))
    return frozenset()


def _term(binding: Mapping[str, Bound], name: str) -> Term:
    bound = binding.get(name)
    if not isinstance(bound, Term):
        raise Rejection(BAD_BINDING, f"'{name}' has to stand for a term.")
    return bound


def _run(binding: Mapping[str, Bound], name: str) -> tuple[Term, ...]:
    bound = binding.get(name)
    if not isinstance(bound, tuple):
        raise Rejection(BAD_BINDING, f"'{name}' has to stand for a run of terms.")
    return bound


def _name(binding: Mapping[str, Bound], name: str) -> str:
    bound = binding.get(name)
    if not isinstance(bound, str):
        raise Rejection(BAD_BINDING, f"'{name}' has to stand for a bound name.")
    return bound
