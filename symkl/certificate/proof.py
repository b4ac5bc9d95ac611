"""The proof of one rewrite: congruence down to each place, and there the rule's lemma.

A rewrite carries its places and substitutions, so the proof searches nothing. Where a sum or product is cut into runs, or
spliced, both its groupings are written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from symkl.certificate.domain import Domain
from symkl.certificate.marginal import marginal_proof
from symkl.certificate.moves import Moves
from symkl.certificate.notation import Ends
from symkl.certificate.terms import Env, Terms
from symkl.certificate.uniform import Blocks, blocks
from symkl.derivation.context import Context
from symkl.derivation.kernel import replacement
from symkl.derivation.places import put
from symkl.derivation.step import Application, Condition, Place, Rewrite
from symkl.errors import NoImage
from symkl.language.scope import MASS, POSITIVE
from symkl.language.term import (
    Abs,
    Derivative,
    Exp,
    Expectation,
    Extremum,
    Label,
    Log,
    Mass,
    Negation,
    Number,
    Plus,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    free_names,
    subterms,
)
from symkl.theory.rules import rule


@dataclass(frozen=True, slots=True)
class Change:
    """What comes to stand at a place, and the application of the rule that puts it there."""

    new: Term
    application: Application


Places = Mapping[Place, Change]

_HERE = Place()


@dataclass(frozen=True, slots=True)
class Point:
    """Where in the proof we are: what stands for the variables, and the proof that they lie in the domain."""

    env: Env
    domain: str = "D"


class Proof:
    """Writes the proofs of one certificate's rewrites."""

    def __init__(self, moves: Moves, terms: Terms, domain: Domain, context: Context) -> None:
        self.moves = moves
        self.terms = terms
        self.domain = domain
        self.context = context

    def of(self, rewrite: Rewrite) -> list[str]:
        """The proof that a rewrite's two terms are as it says.

        Raises: NoImage for a rule whose steps have no certificate.
        """
        if rewrite.rule in self.moves.unproved:
            raise NoImage(f"The step '{rewrite.rule}': {self.moves.unproved[rewrite.rule]}.")
        known = rule(rewrite.rule)
        places = {a.place: Change(replacement(known, a, rewrite, self.context), a) for a in rewrite.applications}
        self._rewrite = rewrite
        shown = [number for condition in rewrite.conditions for number in re.findall(r"part (\d+)", condition.discharged_by)]
        earlier = dict.fromkeys(self.moves.recall.format(f"part_{number} {self.arguments(Point({}))}") for number in shown)
        return [*earlier, *self._root(rewrite.before, places, Point({}))]

    def _closed(self, change: Change, point: Point) -> str:
        if self._rewrite.rule != "result":
            return self.moves.closed(self._rewrite.rule, self._rewrite.backward)
        number = change.application.binding.get("number")
        part = int(number.value) if isinstance(number, Number) else 0
        return self.moves.by_part.format(f"part_{part} {self.arguments(point)}")

    def _close(self, before: Term, change: Change, point: Point) -> Iterator[str]:
        yield from self._at_hand(before, change.new, point)
        if self._rewrite.rule != "marginalise":
            yield self._closed(change, point)
            return
        sums, marginal = (change.new, before) if self._rewrite.backward else (before, change.new)
        if self._rewrite.backward:
            yield self.moves.congruences["symmetry"]
        yield from marginal_proof(sums, marginal, self.terms.setting, self.moves, lambda term: self.terms.real(term, point.env))

    def _at_hand(self, before: Term, after: Term, point: Point) -> Iterator[str]:
        """The masses of two terms are positive, where an assistant has to be told."""
        if not self.moves.at_hand or not self._rewrite.conditions:
            return
        free = free_names(before) | free_names(after)
        found = (term for term in chain(subterms(before), subterms(after)) if isinstance(term, Mass) and free_names(term) <= free)
        for mass in dict.fromkeys(found):
            if self.terms.setting.scope.laws[mass.marginal.law].entries in (MASS, POSITIVE):
                yield self.moves.at_hand.format(self.terms.real(mass, point.env))

    def arguments(self, point: Point) -> str:
        """The variables as they stand at a point, and the proof that they lie in the domain."""
        found = [point.env.get((v.kind, v.name)) or v.identifier for v in self.domain.variables()]
        return " ".join([*found, point.domain])

    # The whole line

    def _root(self, before: Term, places: Places, point: Point) -> Iterator[str]:
        match before:
            case _ if _HERE in places and self._rewrite.rule == "convex-minimum":
                yield from self._convex_minimum(before, self._rewrite.conditions, point)
            case Extremum() if _HERE in places:
                line = self._closed(places[_HERE], point)
                yield line if self._rewrite.rule == "result" else self.moves.on_set.format(line)
            case _ if _HERE in places:
                yield from self._close(before, places[_HERE], point)
            case Label(body, _, _):
                yield from self._root(body, _inside(places, 0), point)
            case Relation():
                yield from self._relation(before, places, point)
            case Extremum(kind, name, body):
                point, lines = self._moved(name, point)
                yield self.moves.congruences["argmin" if kind == "argmin" else "argmax"]
                yield from lines
                yield from self._equal(body, _inside(places, 0), point)
            case _:
                yield from self._equal(before, places, point)

    def _relation(self, before: Relation, places: Places, point: Point) -> Iterator[str]:
        if len(before.args) != 2 or any(isinstance(side, Relation | Extremum) for side in before.args):
            raise NoImage("A step inside such a statement has no certificate.")
        yield self.moves.congruences["relation"]
        for k, side in enumerate(before.args):
            yield from self.moves.block(self._equal(side, _inside(places, k), point))

    # Equal terms

    def _equal(self, before: Term, places: Places, point: Point) -> Iterator[str]:
        """A proof of before = after, where after has other terms at the places."""
        if not places:
            yield self.moves.congruences["reflexivity"]
            return
        if _HERE in places:
            yield from self._close(before, places[_HERE], point)
            return
        match before:
            case Label(body, _, _):
                yield from self._equal(body, _inside(places, 0), point)
            case Plus() | Times():
                yield from self._variadic(before, places, point)
            case Quotient() | Log() | Power():
                yield from self._call(before, places, point)
            case Negation(inner):
                yield self.moves.congruences["negation"]
                yield from self._equal(inner, _inside(places, 0), point)
            case Exp(inner) | Abs(inner):
                yield self.moves.congruences["function"]
                yield from self._equal(inner, _inside(places, 0), point)
            case Sum() | Product():
                yield from self._under(before, places, point)
            case Expectation() if not _inside(places, 0):
                yield from self._averaged(before, places, point)
            case Derivative(body, variable):
                yield from self._differentiated(body, variable, places, point)
            case _:
                closings = self.moves.closings
                yield self.moves.either(closings["reflexivity"], closings["same"], self.moves.tactic(self._rewrite.rule))

    def _call(self, before: Term, places: Places, point: Point) -> Iterator[str]:
        first, second = before.args[:2]
        natural = isinstance(before, Power) and isinstance(second, Number) and second.value.denominator == 1
        single = natural or (isinstance(before, Log) and not _inside(places, 1))
        if single:
            yield self.moves.congruences["whole power" if natural else "log"]
            yield from self._equal(first, _inside(places, 0), point)
            return
        if isinstance(before, Power):
            exponent = put(second, {place: change.new for place, change in _inside(places, 1).items()})
            base = put(first, {place: change.new for place, change in _inside(places, 0).items()})
            if isinstance(exponent, Number) and exponent.value.denominator == 1:
                real, _ = self.terms.notation.power.of(*(self.terms.argument(side, point.env) for side in (base, exponent)))
                yield self.moves.last.format(real, self.moves.closings["whole power"])
        heads = {Quotient: "quotient", Power: "power", Log: "log and base"}
        yield self.moves.congruences[heads[type(before)]]
        order = (1, 0) if isinstance(before, Log) else (0, 1)
        for k in order:
            yield from self.moves.block(self._equal((first, second)[k], _inside(places, k), point))

    def _under(self, before: Sum | Product, places: Places, point: Point) -> Iterator[str]:
        body = len(before.domains)
        if any(_inside(places, k) for k in range(body)):
            yield self.moves.either(self.moves.closings["same"], self.moves.tactic(self._rewrite.rule))
            return
        env = dict(point.env)
        under = self.moves.under["sum" if isinstance(before, Sum) else "product"]
        for name in before.names:
            env["value", name] = self.terms.names.fresh(name)
            member = self.terms.names.fresh(f"in_{env['value', name]}")
            yield under.format(env["value", name], member)
        yield from self._equal(before.body, _inside(places, body), Point(env, point.domain))

    def _averaged(self, before: Expectation, places: Places, point: Point) -> Iterator[str]:
        env = dict(point.env)
        for name in before.names:
            env["value", name] = self.terms.names.fresh(name)
        values = [env["value", name] for name in before.names]
        members = [self.terms.names.fresh(f"in_{value}") for value in values]
        yield self.moves.averaged(values, members)
        yield from self._equal(before.body, _inside(places, 1), Point(env, point.domain))

    def _variadic(self, before: Plus | Times, places: Places, point: Point) -> Iterator[str]:
        changes = {place: change.new for place, change in places.items()}
        cut = blocks(before, changes) if isinstance(before, Plus) and self.moves.blocks else None
        if cut is not None:
            yield from self._each(cut, places, point)
            return
        pieces = list(_pieces(before, places))
        plus = isinstance(before, Plus)
        close = self.moves.closings["lines" if plus else "factors"]
        if any(piece.cut for piece in pieces):
            yield self.moves.first.format(self._grouped(before, [piece.old for piece in pieces], point), close)
        if any(piece.cut or type(piece.new) is type(before) for piece in pieces):
            yield self.moves.last.format(self._grouped(before, [piece.new for piece in pieces], point), close)
        yield from self.moves.pairwise(plus, [(_subtracted(piece.old), _subtracted(piece.new)) for piece in pieces])
        for piece in pieces:
            lines = self._equal(piece.old, piece.places, point)
            yield from self.moves.block(lines) if len(pieces) > 1 else lines

    def _each(self, cut: Blocks, places: Places, point: Point) -> Iterator[str]:
        """The same proof for every value of the range."""
        value, member = self.terms.names.fresh(cut.name), self.terms.names.fresh("member")
        env = {**point.env, ("value", cut.name): value}
        before, after = ([self.terms.real(term, env) for term in terms] for terms in (cut.terms, cut.after))
        yield from self.moves.all_at_once(value, member, (cut.low, cut.high), (before, after))
        inner = {place: Change(new, places[known].application) for place, (new, known) in cut.places.items()}
        yield from self._equal(cut.before, inner, Point(env, point.domain))

    def _grouped(self, before: Plus | Times, terms: Sequence[Term], point: Point) -> str:
        return self.terms.real(type(before)(*terms) if len(terms) > 1 else terms[0], point.env)

    # Other points of the domain

    def _differentiated(self, body: Term, variable: Term, places: Places, point: Point) -> Iterator[str]:
        if isinstance(variable, Symbol):
            ends = self.terms.interval(variable.name)
            moved, lines = self._moved(variable.name, point)
        elif isinstance(variable, Mass) and len(variable.args) == 1:
            ends = self.terms.interval_of_entry(variable)
            moved, lines = self._updated(variable, ends, point)
        else:
            raise NoImage(f"A derivative by {self.terms.setting.write(variable)} has no certificate.")
        yield self.moves.near(ends)
        yield from lines
        yield from self._equal(body, _inside(places, 0), moved)

    def _moved(self, name: str, point: Point) -> tuple[Point, list[str]]:
        """Another value of a number, inside the interval that the givens state for it."""
        other, inside = self.terms.names.fresh(name), self.terms.names.fresh(f"inside_{name}")
        env = {**point.env, ("number", name): other}
        return self._there(env, self.moves.elsewhere(other, inside, self.terms.interval(name)))

    def _updated(self, entry: Mass, ends: Ends, point: Point) -> tuple[Point, list[str]]:
        other, law = self.terms.names.fresh("t"), entry.marginal.law
        moved = self.terms.updated(entry, point.env, other)
        inside = self.terms.names.fresh("inside")
        return self._there({**point.env, ("law", law): moved}, self.moves.elsewhere(other, inside, ends))

    def _there(self, env: Env, intro: str) -> tuple[Point, list[str]]:
        point = Point(env, self.terms.names.fresh("there"))
        where = f"domain {self.arguments(point).removesuffix(point.domain)}"
        there = self.moves.there(point.domain, where, len(self.domain.conditions()))
        return point, [intro, there, self.moves.known.format(point.domain)]

    def _convex_minimum(self, before: Term, conditions: Sequence[Condition], point: Point) -> Iterator[str]:
        """The three conditions of a minimum, each by the part that showed it."""
        if not isinstance(before, Extremum):
            raise NoImage("A minimum inside a line has no certificate.")
        yield self.moves.congruences["minimum"]
        for condition in (None, *conditions[:2]):
            moved, lines = self._moved(before.name, point)
            shown = re.fullmatch(r"part (\d+)", condition.discharged_by) if condition is not None else None
            if condition is not None and shown is None:
                raise NoImage("A condition of the minimum was shown by no part.")
            by_part = self.moves.by_part.format(f"part_{shown[1]} {self.arguments(moved)}") if shown is not None else ""
            yield from self.moves.block([*lines, by_part or self.moves.congruences["differentiable"]])
        yield self.moves.congruences["inside"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of a sum or product: what stands there before and after, the places in it, and whether the run was cut out."""

    old: Term
    new: Term
    places: Places
    cut: bool = False


def _pieces(before: Plus | Times, places: Places) -> Iterator[_Piece]:
    runs = {place.run[0]: (place.run[1], new) for place, new in places.items() if not place.path and place.run is not None}
    position = 0
    while position < len(before.args):
        if position in runs:
            stop, change = runs[position]
            terms = before.args[position:stop]
            old = type(before)(*terms) if len(terms) > 1 else terms[0]
            yield _Piece(old, change.new, {_HERE: change}, cut=True)
            position = stop
            continue
        inner = _inside(places, position)
        old = before.args[position]
        yield _Piece(old, put(old, {place: change.new for place, change in inner.items()}) if inner else old, inner)
        position += 1


def _subtracted(term: Term) -> bool:
    return isinstance(term, Negation)


def _inside(places: Places, argument: int) -> Places:
    return {Place(p.path[1:], p.run): new for p, new in places.items() if p.path and p.path[0] == argument}
