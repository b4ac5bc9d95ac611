"""The certificate of a derivation: the proof from its steps, and the claim from its givens and goal alone.

The proof has one lemma for each printed step and one theorem for each part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from symkl.certificate.coq_moves import CoqMoves
from symkl.certificate.domain import Domain
from symkl.certificate.example import example
from symkl.certificate.facts import facts
from symkl.certificate.files import Certificate
from symkl.certificate.free import free_values
from symkl.certificate.moves import Moves, Statement
from symkl.certificate.names import slug
from symkl.certificate.obligations import obligations
from symkl.certificate.proof import Point, Proof
from symkl.certificate.terms import Terms
from symkl.derivation.context import Context
from symkl.derivation.kernel import conclusion, shows
from symkl.derivation.step import EQUAL, Derivation, Part, Step
from symkl.errors import NoImage
from symkl.language.term import Extremum, Label, Relation, Term, without_labels
from symkl.theory.setting import Setting


def certificate(derivation: Derivation, moves: Moves | None = None) -> Certificate:
    """The certificate of a derivation, for Coq where no other moves are given.

    Raises: NoImage with the reason, where the assistant has no expression here for something in it.
    """
    moves = moves or CoqMoves()
    body, lines = _Writer(derivation, moves).proof()
    claim = checked_claim(derivation.name, derivation.setting, derivation.goal, moves)
    return replace(claim, body=body, lines=tuple(lines))


def checked_claim(name: str, setting: Setting, goal: Term, moves: Moves | None = None) -> Certificate:
    """A claim made from its givens and its statement, with a point of its domain, and no proof yet.

    Raises: NoImage.
    """
    moves = moves or CoqMoves()
    notation = moves.notation
    terms = Terms(setting, notation)
    domain = Domain(terms)
    statement = _claim(terms, domain, goal)
    claim = [*domain.definitions(), domain.statement(), notation.defined("claim", [], notation.proposition, statement)]
    point = moves.example(example(domain), len(domain.conditions()), list(terms.marginals.values()))
    inhabited = f"{notation.exists} {domain.binder()}, {domain.call()}" if domain.variables() else "domain"
    return Certificate(name, "", "\n\n".join(claim) + "\n", inhabited, point)


def _claim(terms: Terms, domain: Domain, goal: Term) -> str:
    if not isinstance(goal, Relation):
        raise NoImage("Only a statement has a certificate.")
    goal = _bare(goal)
    notation = terms.notation
    shown = _for_values(terms, [goal], notation.together([*obligations(terms, goal), terms.statement(goal)]))
    binder = f"{notation.for_all} {domain.binder()},\n  " if domain.variables() else ""
    return f"{binder}{domain.call()} {notation.implies}\n  {shown}"


def _for_values(terms: Terms, within: Iterable[Term], proposition: str) -> str:
    """A proposition for all values that some lines leave free."""
    found = free_values(within, terms.setting)
    members = [(terms.names.of("value", name), terms.alphabet(alphabet)) for name, alphabet in found.items()]
    return terms.notation.each(members, proposition, typed=True)


def _bare(term: Relation) -> Relation:
    bare = without_labels(term)
    if not isinstance(bare, Relation):
        raise NoImage("Only a statement has a certificate.")
    return bare


class _Writer:
    def __init__(self, derivation: Derivation, moves: Moves) -> None:
        self.derivation = derivation
        self.moves = moves
        self.terms = Terms(derivation.setting, moves.notation)
        self.domain = Domain(self.terms)
        self.text: list[str] = []
        self.lines: list[tuple[int, int, str]] = []

    def proof(self) -> tuple[str, list[tuple[int, int, str]]]:
        # Statements come first, for they say which marginal laws and functions there are.
        bodies = list(self._lemmas())
        for definition in [*self.domain.definitions(), self.domain.statement()]:
            self._write(definition)
        laws = [self.terms.names.of("law", law.name) for law in self.domain.laws if law.name in self.derivation.setting.formulas]
        for tactic in self.moves.unfolding(laws, list(self.terms.marginals.values())):
            self._write(tactic)
        self._facts()
        for number, rule, name, statement, lines in bodies:
            self.lines.append((sum(piece.count("\n") + 2 for piece in self.text) + 1, number, rule))
            self._write(self._lemma(name, statement, lines))
        return "\n\n".join(self.text) + "\n", self.lines

    def _write(self, piece: str) -> None:
        self.text.append(piece.rstrip("\n"))

    def _facts(self) -> None:
        """What follows of the laws; then the tactic that takes the domain apart and has all of it at hand."""
        known = list(facts(self.moves, self.domain))
        conditions = len(self.domain.conditions())
        for k, fact in enumerate(known):
            calls = [self._at(earlier.name) for earlier in known[:k] if not earlier.marginal]
            recalled = [self.moves.recall.format(call) for call in calls]
            self._write(self._lemma(fact.name, fact.statement, [self.moves.apart(conditions), *recalled, *fact.proof]))
        variables = [variable.identifier for variable in self.domain.variables()]
        self._write(self.moves.knowledge(variables, [fact.name for fact in known], conditions))

    def _at(self, lemma: str) -> str:
        return " ".join([lemma, *(variable.identifier for variable in self.domain.variables()), "D"])

    def _lemma(self, name: str, statement: str, proof: Iterable[str]) -> str:
        variables = [(variable.identifier, variable.type) for variable in self.domain.variables()]
        return self.moves.lemma(Statement(name, variables, self.domain.call(), statement), proof)

    def _lemmas(self) -> Iterator[tuple[int, str, str, str, list[str]]]:
        results: tuple[Relation, ...] = ()
        number = 0
        for k, part in enumerate(self.derivation.parts, 1):
            context = Context(self.derivation.setting, results)
            within = [part.start, *(step.after for step in part.steps)]
            names = []
            for step in part.steps:
                number += 1
                rules = dict.fromkeys(rewrite.rule for rewrite in step.rewrites)
                names.append(f"step_{number}_{slug(list(rules)[:3])}")
                lines = [
                    self.moves.known.format("D"),
                    *self._step(step, Proof(self.moves, self.terms, self.domain, context), within),
                ]
                yield number, step.rule, names[-1], self._stated(step.before, step.relation, step.after, within), lines
            result = conclusion(part, results)
            yield 0, "", f"part_{k}", self._relation(result, within), self._part(part, result, results, names, k, within)
            results = (*results, result)
        yield 0, "", "claim", *self._goal(results)

    # One step

    def _step(self, step: Step, proof: Proof, within: Sequence[Term]) -> list[str]:
        intro = list(self._intro(within))
        if len(step.rewrites) == 1:
            return [*intro, *proof.of(step.rewrites[0])]
        lines = intro
        kinds = []
        for k, rewrite in enumerate(step.rewrites, 1):
            relation = EQUAL if rewrite is not step.rewrites[-1] or step.relation == "<=>" else step.relation
            kind, text = self._comparison(rewrite.before, relation, rewrite.after)
            kinds.append(kind)
            lines += self.moves.have(f"E{k}", text, proof.of(rewrite))
        return [*lines, self.moves.chain(kinds, [f"E{k}" for k in range(1, len(kinds) + 1)])]

    def _intro(self, within: Sequence[Term]) -> Iterator[str]:
        """The free values of some lines, and that they belong to their alphabets."""
        yield from self.moves.take([self.terms.names.of("value", name) for name in free_values(within, self.derivation.setting)])

    def _stated(self, before: Term, relation: str, after: Term, within: Sequence[Term]) -> str:
        return _for_values(self.terms, within, self._comparison(before, relation, after)[1])

    def _comparison(self, before: Term, relation: str, after: Term) -> tuple[str, str]:
        """How two lines compare, and the kind of comparison: of numbers, of statements, of sets."""
        before, after = _unlabelled(before), _unlabelled(after)
        if isinstance(before, Relation) and isinstance(after, Relation):
            same = self.terms.notation.equivalence
            return "iff", f"({self.terms.statement(before)}) {same} ({self.terms.statement(after)})"
        kind = "set" if isinstance(before, Extremum) or isinstance(after, Extremum) else "eq" if relation == EQUAL else "order"
        return kind, self.terms.statement(Relation((before, after), (relation,)))

    # Parts and the claim

    def _relation(self, result: Relation, within: Sequence[Term]) -> str:
        return _for_values(self.terms, within, self.terms.statement(_bare(result)))

    def _part(
        self, part: Part, result: Relation, results: Sequence[Relation], names: Sequence[str], number: int, within: Sequence[Term]
    ) -> list[str]:
        here = " ".join([Proof(self.moves, self.terms, self.domain, Context(self.derivation.setting)).arguments(Point({}))])
        values = [self.terms.names.of("value", name) for name in free_values(within, self.derivation.setting)]
        call = " ".join([here, *self.moves.taken(values)])
        kinds = [self._comparison(step.before, step.relation, step.after)[0] for step in part.steps]
        intro = list(self._intro(within))
        terms = [f"({name} {call})" for name in names]
        if not kinds:
            return [*intro, self.moves.congruences["nothing"]]
        if not isinstance(part.start, Relation) or result.operators == ("<=>",):
            return [*intro, self.moves.chain(kinds, terms)]
        start = without_labels(part.start)
        earlier = next(k for k, shown in enumerate(results, 1) if without_labels(shown) == start)
        return [*intro, *self.moves.from_part(terms, f"part_{earlier} {here}")]

    def _goal(self, results: Sequence[Relation]) -> tuple[str, list[str]]:
        goal = without_labels(self.derivation.goal)
        part = next((k for k, shown in enumerate(results, 1) if shows(shown, goal)), None)
        if part is None or not isinstance(goal, Relation):
            raise NoImage("No part shows the goal.")
        needs = obligations(self.terms, goal)
        together = self.terms.notation.together([*needs, self.terms.statement(goal)])
        statement = _for_values(self.terms, [goal], together)
        here = Proof(self.moves, self.terms, self.domain, Context(self.derivation.setting)).arguments(Point({}))
        laws = [self.terms.names.of("law", law) for law in self.derivation.setting.formulas]
        # Away from the point itself the masses are known by their formula alone.
        shown = [self.moves.obligation(laws if "update" in need else []) for need in needs]
        close = [*shown, self.moves.by_part.format(f"part_{part} {here}")]
        return statement, [self.moves.known.format("D"), *self._intro([goal]), *close]


def _unlabelled(term: Term) -> Term:
    return _unlabelled(term.body) if isinstance(term, Label) else term
