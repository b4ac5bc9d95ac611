"""Runs a script: finds the places, records the rewrites, and has the kernel check the whole derivation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from symkl.derivation.bindings import application_from_data, bound_from_data
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at, rewrite_everywhere, rewrites_until_done
from symkl.derivation.kernel import check, conclusion
from symkl.derivation.lemmas import LEMMA, stated
from symkl.derivation.match import Binding, matches
from symkl.derivation.places import at, places
from symkl.derivation.reverse import reverse
from symkl.derivation.script import Move, PartScript, Script, StepScript, lemma_script
from symkl.derivation.step import EQUAL, EQUIVALENT, Application, Bound, Derivation, Part, Place, Rewrite, Step
from symkl.derivation.strategy import find
from symkl.errors import ReadError, Rejection, ScriptError, UndefinedTerm, UnknownName, UsageError
from symkl.language.plain_reader import read_plain
from symkl.language.term import (
    Function,
    Label,
    Measure,
    Negation,
    Number,
    Plus,
    RandomVariable,
    Relation,
    Symbol,
    Term,
    Value,
    subterms,
    sum_of,
    without_labels,
)
from symkl.theory.measures import definition_of, unfold
from symkl.theory.pattern import Wild, read_pattern
from symkl.theory.rules import patterns, printed_name, rule
from symkl.theory.setting import Setting, setting

HOLE = "here"
"""In the `at` of a move, the name of the part that the rule is used on."""


def run(script: Script, numbers: Mapping[str, int] | None = None, log_base: str = "e") -> Derivation:
    """The derivation that a script describes, every step accepted by the kernel.

    `numbers` are those that the script takes; `log_base` is the base of every bare log.

    Raises: ScriptError that names the script, the step and the reason; GivenError for a base that makes no sense; UsageError
    for another base than e where the derivation is for natural logs alone.
    """
    if script.natural and log_base != "e":
        raise UsageError(f"{script.name} is a derivation for natural logs; leave --log {log_base} out.")
    return _Runner(script, numbers or {}, log_base).derivation()


class _Runner:
    def __init__(self, script: Script, numbers: Mapping[str, int], log_base: str) -> None:
        self.script = script
        unit = "" if log_base == "e" else f"/ln({log_base})"
        self.substitutions = {"@unit": unit, **{f"@{name}": str(value) for name, value in numbers.items()}}
        base = [] if log_base == "e" else [f"log base {log_base}"]
        self.setting: Setting = setting([*map(self.text, script.givens), *base])
        functions = self.setting.scope.functions.union(_TEMPLATES)
        self.templates = replace(self.setting.scope, functions=functions)
        self.below = script.lemma or None
        self.context = Context(self.setting, below=self.below)

    def text(self, text: str) -> str:
        for name, value in self.substitutions.items():
            text = text.replace(name, value)
        return text

    def derivation(self) -> Derivation:
        parts: list[Part] = []
        for number, part in enumerate(self.script.parts, 1):
            done = self.part(number, part)
            parts.append(done)
            shown = (*self.context.results, conclusion(done, self.context.results))
            self.context = Context(self.setting, shown, self.below)
        script = self.script
        made = Derivation(
            name=script.name,
            title=self.text(script.title),
            setting=self.setting,
            goal=self.read(script.goal, "the goal"),
            parts=tuple(parts),
            closing=self.text(script.closing),
            source=script.source,
        )
        try:
            check(made, self.below)
        except Rejection as rejection:
            raise ScriptError(script.file, "the kernel", str(rejection)) from rejection
        return made

    def read(self, text: str, where: str) -> Term:
        try:
            return read_plain(self.text(text), self.templates)
        except ReadError as error:
            raise ScriptError(self.script.file, where, str(error)) from error

    def part(self, number: int, part: PartScript) -> Part:
        where = f"part {number}"
        start = self.template(self.read(part.start, where))
        line = start
        steps = []
        for count, step in enumerate(part.steps, 1):
            done = self.step(step, line, f"{where}, step {count}")
            steps.append(done)
            line = done.after
        return Part(self.text(part.title), start, tuple(steps), self.text(part.prose))

    def step(self, step: StepScript, line: Term, where: str) -> Step:
        if not step.back:
            return printed_step(self.moves(step, line, where), self.text(step.says))
        forward = self.moves(step, self.template(self.read(step.back, where)), where)
        if forward[-1].after != line:
            raise ScriptError(self.script.file, where, f"the rules lead from there to {self.setting.write(forward[-1].after)}")
        try:
            return printed_step(reverse(forward, self.context), self.text(step.says))
        except Rejection as error:
            raise ScriptError(self.script.file, where, str(error)) from error

    def moves(self, step: StepScript, line: Term, where: str) -> list[Rewrite]:
        rewrites: list[Rewrite] = []
        for move in step.moves:
            try:
                done = self.move(move, rewrites[-1].after if rewrites else line, where)
            except (Rejection, UndefinedTerm, UnknownName) as error:
                raise ScriptError(self.script.file, where, f"'{move.rule}': {error}") from error
            if not done and not move.optional:
                shown = self.setting.write(rewrites[-1].after if rewrites else line)
                raise ScriptError(self.script.file, where, f"'{move.rule}' applies nowhere in {shown}")
            rewrites.extend(done)
        if not rewrites:
            raise ScriptError(self.script.file, where, "no rule of the step applies")
        return rewrites

    def move(self, move: Move, line: Term, where: str) -> Sequence[Rewrite]:
        known = rule(move.rule)
        if move.places:
            chosen = self.exact(move, where)
            return [apply_at(known, line, chosen, self.context, move.backward)]
        if move.to or move.group:
            place = self.only_place(move, line, where)
            part = at(line, place)
            target = self.grouped(move, part, where) if move.group else self.template(self.read(move.to, where))
            return [apply_at(known, line, [Application(place, {"to": target})], self.context)]
        supplied = self.supplied(move, where)
        if move.repeat:
            return rewrites_until_done(known.name, line, self.context, move.backward, move.strategy)
        if not move.at and not move.which and not move.fold:
            done = rewrite_everywhere(known.name, line, self.context, move.backward, supplied, move.strategy)
            return [] if done is None else [done]
        chosen = self.chosen(move, line, supplied, where)
        return [apply_at(known, line, chosen, self.context, move.backward)] if chosen else []

    def supplied(self, move: Move, where: str) -> Binding:
        if move.cite:
            return self.cited(move, where)
        known = rule(move.rule)
        names = set() if known.computed else _bound_names(move.rule)
        supplied: dict[str, Term | str | tuple[Term, ...]] = {}
        for name, text in move.bind.items():
            if name in names:
                supplied[name] = text
            elif name == "first":
                supplied[name] = tuple(Value(piece.strip()) for piece in text.split(","))
            else:
                supplied[name] = self.template(self.read(text, where))
        if move.form:
            supplied["form"] = Number(move.form)
        if move.fold:
            supplied["from"] = self.read(move.fold, where)
        return supplied

    def cited(self, move: Move, where: str) -> Binding:
        """A lemma's name, and what its random variables or laws stand for."""
        variables = stated(move.cite).setting.scope.variables
        bound: dict[str, Bound] = {LEMMA: move.cite}
        try:
            for name, text in move.bind.items():
                pieces = [piece.strip() for piece in text.split(",")]
                group = tuple(RandomVariable(piece) for piece in pieces)
                bound[name] = group if name in variables else bound_from_data({"law": text}, self.setting)
        except ReadError as error:
            raise ScriptError(self.script.file, where, str(error)) from error
        return bound

    def chosen(self, move: Move, line: Term, supplied: Binding, where: str) -> list[Application]:
        known = rule(move.rule)
        found: list[Application] = []
        for binding in self.forms(move, supplied):
            found = find(known, line, self.context, move.backward, binding, move.strategy)
            if found:
                break
        if move.at:
            inside = self.marked(move, line, where)
            found = [one for one in found if any(one.place.path[: len(path)] == path for path in inside)]
        return [found[k] for k in move.which if k < len(found)] if move.which else found

    def forms(self, move: Move, supplied: Binding) -> list[Binding]:
        """A fold tries every form of the definition."""
        measure = supplied.get("from")
        if not move.fold or move.form or not isinstance(measure, Measure):
            return [supplied]
        return [{**supplied, "form": Number(k)} for k in range(len(definition_of(measure).forms))]

    # Places that a script points at

    def exact(self, move: Move, where: str) -> list[Application]:
        try:
            return [application_from_data(each, self.setting, where) for each in move.places]
        except (ReadError, UsageError) as error:
            raise ScriptError(self.script.file, where, str(error)) from error

    def marked(self, move: Move, line: Term, where: str) -> list[tuple[int, ...]]:
        """The paths of the parts that `at` describes, or of the hole in them."""
        scope = replace(self.setting.scope, numbers=self.setting.scope.numbers | {HOLE})
        try:
            pattern = _with_hole(read_plain(self.text(move.at), scope))
        except ReadError as error:
            raise ScriptError(self.script.file, where, str(error)) from error
        hole = next((path for path, part in places(pattern) if part == Wild(HOLE)), ())
        return [(*path, *hole) for path, part in places(line) if next(matches(pattern, part), None) is not None]

    def only_place(self, move: Move, line: Term, where: str) -> Place:
        if not move.at:
            return Place()
        found = self.marked(move, line, where)
        if not found:
            raise ScriptError(self.script.file, where, f"'{move.at}' stands nowhere in the line")
        return Place(found[0])

    # Templates

    def template(self, term: Term) -> Term:
        """The term with the calls of a template worked out."""
        if isinstance(term, Function) and term.name in _TEMPLATES:
            return _TEMPLATES[term.name](self, tuple(self.template(part) for part in term.args))
        return term.with_args(map(self.template, term.args))

    def everywhere(self, name: str, term: Term) -> Term:
        done = rewrite_everywhere(name, term, self.context)
        return term if done is None else done.after

    def unfolded(self, args: tuple[Term, ...]) -> Term:
        measure, form = args[0], args[1] if len(args) > 1 else Number(0)
        if not isinstance(measure, Measure) or not isinstance(form, Number):
            raise Rejection("bad template", "unfold(measure) or unfold(measure, form).")
        return unfold(measure, self.setting, int(form.value))

    def grouped(self, move: Move, line: Term, where: str) -> Term:
        """The terms of a sum gathered by the first pattern that each matches, in the order of the patterns."""
        shapes = [read_pattern(text) for text in move.group]
        groups: list[list[Term]] = [[] for _ in shapes]
        line = without_labels(line)
        for term in line.args if isinstance(line, Plus) else (line,):
            index = next((k for k, shape in enumerate(shapes) if next(matches(shape, term), None) is not None), None)
            if index is None:
                raise ScriptError(self.script.file, where, f"no group takes the term {self.setting.write(term)}")
            groups[index].append(term)
        if not all(groups):
            raise ScriptError(self.script.file, where, "a group is empty")
        made: list[Term] = [sum_of(group) for group in groups]
        if move.labels:
            made = [Label(term, self.text(text)) for term, text in zip(made, move.labels, strict=True)]
        return sum_of(made)


def printed_step(rewrites: Sequence[Rewrite], says: str = "") -> Step:
    """The printed line that rewrites make together, named by those of their rules that are worth naming."""
    known = [rule(rewrite.rule) for rewrite in rewrites]
    named = [each for each in known if not each.minor] or known
    sentences = dict.fromkeys(_sentence(each) for each in rewrites if rule(each.rule) in named)
    relation = EQUIVALENT if isinstance(rewrites[0].before, Relation) else EQUAL
    for each in known:
        operator = EQUAL if each.computed else patterns(each).operator
        if operator in ("<", "<=", ">", ">="):
            relation = operator
    return Step(
        relation=relation,
        before=rewrites[0].before,
        after=rewrites[-1].after,
        rewrites=tuple(rewrites),
        rule=printed_name(each.name for each in known),
        says=says or " ".join(sentences),
    )


def _sentence(rewrite: Rewrite) -> str:
    """What a rule says; of a definition, what the measure's own entry says."""
    if rewrite.rule == LEMMA:
        names = dict.fromkeys(str(one.binding.get(LEMMA)) for one in rewrite.applications)
        return " ".join(f"{lemma_script(name).title}." for name in names)
    if rewrite.rule == "unfold":
        found = (
            at(rewrite.before, one.place) if not rewrite.backward else one.binding.get("from") for one in rewrite.applications
        )
        measures = [bound for bound in found if isinstance(bound, Measure)]
        return " ".join(dict.fromkeys(definition_of(measure).says for measure in measures))
    return rule(rewrite.rule).says


def _bound_names(name: str) -> set[str]:
    read = patterns(rule(name))
    return {part.name for side in (read.left, read.right) for part in subterms(side) if isinstance(part, Value)}


def _with_hole(term: Term) -> Term:
    if term == Symbol(HOLE):
        return Wild(HOLE)
    return term.with_args(map(_with_hole, term.args))


_TEMPLATES: Mapping[str, Callable[[_Runner, tuple[Term, ...]], Term]] = {
    "unfold": lambda runner, args: runner.unfolded(args),
    "write_out": lambda runner, args: runner.everywhere("write-out", args[0]),
    "substitute_masses": lambda runner, args: runner.everywhere("substitute-masses", args[0]),
    "negated": lambda runner, args: Negation(args[0]),
}
