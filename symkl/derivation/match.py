"""Matching: every substitution under which a pattern is a term.

Matching is associative, never commutative: a run stands for neighbours in written order. It proposes; the kernel, which
makes the instance and compares, disposes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symkl.derivation.step import Bound
from symkl.language.term import Binder, Extremum, Symbol, Term, Value, free_names
from symkl.theory.pattern import Each, Run, Wild

Binding = Mapping[str, Bound]


def matches(pattern: Term, term: Term, binding: Binding | None = None) -> Iterator[Binding]:
    """The bindings, each extending `binding`, under which the pattern's instance is the term."""
    yield from _match(pattern, term, binding or {}, {})


def _match(pattern: Term, term: Term, binding: Binding, bound: Mapping[str, frozenset[str]]) -> Iterator[Binding]:
    """`bound` holds the actual names behind each bound name of the pattern that is open here."""
    match pattern:
        case Wild(name, scope):
            yield from _wild(name, scope, term, binding, bound)
        case Value(name):
            if isinstance(term, Value) and binding.get(name, name) == term.name:
                yield binding
        case Binder():
            if type(term) is type(pattern) and isinstance(term, Binder):
                yield from _binder(pattern, term, binding, bound)
        case Extremum(kind, name, body):
            if isinstance(term, Extremum) and term.kind == kind:
                over = Symbol(term.name)
                if binding.get(name, over) == over:
                    yield from _match(body, term.body, {**binding, name: over}, bound)
        case _:
            if type(term) is type(pattern) and term.identity == pattern.identity:
                yield from _sequence(pattern.args, term.args, binding, bound)


def _wild(
    name: str, scope: tuple[Term, ...], term: Term, binding: Binding, bound: Mapping[str, frozenset[str]]
) -> Iterator[Binding]:
    known = binding.get(name)
    if known is not None:
        if known == term:
            yield binding
    elif _in_scope(scope, term, bound):
        yield {**binding, name: term}


def _in_scope(scope: tuple[Term, ...], term: Term, bound: Mapping[str, frozenset[str]]) -> bool:
    allowed = {argument.name for argument in scope if isinstance(argument, Value | Wild)}
    forbidden = frozenset().union(*(names for name, names in bound.items() if name not in allowed))
    return not forbidden or forbidden.isdisjoint(free_names(term))


def _binder(pattern: Binder, term: Binder, binding: Binding, bound: Mapping[str, frozenset[str]]) -> Iterator[Binding]:
    run = pattern.names[0]
    if run.endswith("..."):
        name = run.removesuffix("...")
        ranges = tuple(part for pair in zip(term.names, term.domains, strict=False) for part in (Value(pair[0]), pair[1]))
        if len(pattern.names) == 1 and len(ranges) == 2 * len(term.names) and binding.get(name, ranges) == ranges:
            inner = {**bound, name: frozenset(term.names)}
            yield from _match(pattern.body, term.body, {**binding, name: ranges}, inner)
        return
    if len(pattern.names) != len(term.names) or len(pattern.domains) != len(term.domains):
        return
    extended = {**binding, **dict(zip(pattern.names, term.names, strict=True))}
    inner = {**bound, **{name: frozenset((actual,)) for name, actual in zip(pattern.names, term.names, strict=True)}}
    for with_domains in _sequence(pattern.domains, term.domains, extended, bound):
        yield from _match(pattern.body, term.body, with_domains, inner)


def _sequence(
    patterns: tuple[Term, ...], terms: tuple[Term, ...], binding: Binding, bound: Mapping[str, frozenset[str]]
) -> Iterator[Binding]:
    if not patterns:
        if not terms:
            yield binding
        return
    first, rest = patterns[0], patterns[1:]
    needed = sum(not isinstance(pattern, Run | Each) for pattern in rest)
    match first:
        case Run(name, scope):
            for length in _lengths(name, rest, len(terms) - needed, binding):
                run = terms[:length]
                if not all(_in_scope(scope, term, bound) for term in run):
                    return
                if binding.get(name, run) == run:
                    yield from _sequence(rest, terms[length:], {**binding, name: run}, bound)
        case Each(run, body):
            yield from _each(run, body, rest, terms, needed, binding, bound)
        case _ if terms:
            for extended in _match(first, terms[0], binding, bound):
                yield from _sequence(rest, terms[1:], extended, bound)


def _lengths(name: str, rest: tuple[Term, ...], most: int, binding: Binding) -> Iterator[int]:
    known = binding.get(name)
    if isinstance(known, tuple):
        lengths = range(len(known), len(known) + 1)
    elif not any(isinstance(pattern, Run | Each) for pattern in rest):
        # Nothing else can stretch, so that only one length fits; shorter ones still have to be in scope.
        lengths = range(most, most + 1)
    else:
        lengths = range(most + 1)
    for length in lengths:
        if 0 <= length <= most:
            yield length


def _each(
    run: str,
    body: Term,
    rest: tuple[Term, ...],
    terms: tuple[Term, ...],
    needed: int,
    binding: Binding,
    bound: Mapping[str, frozenset[str]],
) -> Iterator[Binding]:
    known = binding.get(run)
    elements: list[Term] = []
    free = {name: value for name, value in binding.items() if name != run}
    for length in range(len(terms) - needed + 1):
        found = tuple(elements)
        if known in (None, found):
            yield from _sequence(rest, terms[length:], {**free, run: found}, bound)
        if length == len(terms):
            return
        inner = next(_match(body, terms[length], free, bound), None)
        element = inner.get(run) if inner is not None else None
        if inner is None or not isinstance(element, Term):
            return
        elements.append(element)
        free = {name: value for name, value in inner.items() if name != run}
