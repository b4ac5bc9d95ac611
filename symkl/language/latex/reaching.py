"""Operators with a reach: how far a sum, an integral, an expectation, a derivative or an argmin goes."""

from __future__ import annotations

from symkl.language.latex.elaborate import _VISIBLE, Elaborator, ReachTable
from symkl.language.latex.naming import bound_by, plain_name
from symkl.language.latex.syntax import (
    Differential,
    Group,
    Minus,
    Name,
    Node,
    Numeral,
    Operator,
    Run,
)
from symkl.language.scope import LawDeclaration
from symkl.language.term import (
    Derivative,
    Mass,
    Quotient,
    Symbol,
    Term,
)


class ReachReader(Elaborator):
    """Elaborates the operators that reach over what follows them."""

    def _reaching(
        self, node: Operator, run: Run, k: int, runs: list[Run], position: int, reach: ReachTable
    ) -> tuple[Term, int, int]:
        """An operator at factor k with its body: the term, the next factor of the run, and the next run."""
        with self.deeper(node):
            match node.word:
                case "sum" | "prod":
                    return self._finite(node, run, k, runs, position, reach)
                case "int":
                    return self._integral(node, run, k, runs, position)
                case "E":
                    return self._expectation(node, run, k, runs, position)
                case "diff":
                    return self._derivative(node, run, k, runs, position)
                case _:
                    return self._extremum(node, run, k, runs, position)

    def _finite(
        self, node: Operator, run: Run, k: int, runs: list[Run], position: int, reach: ReachTable
    ) -> tuple[Term, int, int]:
        names = bound_by(node)
        stop = self._rebound(run, k, names)
        last = self._reached(names, runs, position, reach) if stop is None else position
        if last > position:
            chosen = f"the {node.word} reaches over every term that holds {', '.join(names)}"
            if self.flipped("reach", node, chosen, "it reaches to the next sign only"):
                last = position
        body = [self._rest(run, k + 1, stop), *runs[position + 1 : last + 1]]
        term = self.finite(node, body)
        return self.placed(term, node.start, body[-1].end), stop or len(run.factors), last + 1

    def _rebound(self, run: Run, k: int, names: list[str]) -> int | None:
        """Where a later sum in the same product binds the same name again: there the first sum ends."""
        for later in range(k + 2, len(run.factors)):
            factor = run.factors[later]
            if isinstance(factor, Operator) and factor.word in ("sum", "prod") and set(bound_by(factor)) & set(names):
                # Right after another operator it is nested, and hides the name.
                return None if isinstance(run.factors[later - 1], Operator | Minus) else later
        return None

    def _integral(self, node: Operator, run: Run, k: int, runs: list[Run], position: int) -> tuple[Term, int, int]:
        """An integral reaches to its differential; where that stands first, over the rest of the product."""
        last, marks = position, self._before_the_next_integral(run, k, self._differentials(run, k + 1))
        while not marks and last + 1 < len(runs):
            last += 1
            marks = self._differentials(runs[last], 0)
        if not marks:
            body = [self._rest(run, k + 1)]
            return self.placed(self.integral(node, [], body), node.start, body[-1].end), len(run.factors), position + 1
        whole = runs[last]
        final = max(marks)
        nested = sum(isinstance(f, Operator) and f.word == "int" for f in run.factors[k + 1 : final])
        mine = marks[-1 - nested :] if nested else marks
        if nested:
            mine = [marks[-1]]
            final = marks[-1]
        names = [whole.factors[m].name for m in mine if isinstance(whole.factors[m], Differential)]  # type: ignore[attr-defined]
        kept = [(f, j) for m, (f, j) in enumerate(zip(whole.factors, whole.joints, strict=True)) if m not in mine]
        stop_kept = sum(1 for m in range(final) if m not in mine)
        first = k + 1 if last == position else 0
        if final + 1 < len(whole.factors) and all(m <= k + len(marks) for m in mine) and last == position:
            # \int dx f: the differential stands first, and the rest of the product is the body.
            stop_kept = len(kept)
            final = len(whole.factors) - 1
        inner = Run(whole.start, whole.end, [f for f, _ in kept[:stop_kept]], [j for _, j in kept[:stop_kept]], whole.negative)
        if last == position:
            body = [self._rest(inner, first)] if stop_kept > first else [self._one(node)]
        else:
            body = [self._rest(run, k + 1), *runs[position + 1 : last], inner]
            if not inner.factors:
                self.refuse("Nothing stands before the differential", whole)
        term = self.placed(self.integral(node, names, body), node.start, whole.factors[final].end)
        if last == position:
            return term, final + 1, position + 1
        if final + 1 < len(whole.factors):
            self.refuse("A factor after the differential of an integral over several terms", whole.factors[final + 1])
        return term, len(run.factors), last + 1

    def _before_the_next_integral(self, run: Run, k: int, marks: list[int]) -> list[int]:
        """The differentials of an integral that ends before another one begins, as in a product of two integrals."""
        opened = 1
        for m in range(k + 1, len(run.factors)):
            factor = run.factors[m]
            if isinstance(factor, Operator) and factor.word == "int":
                if opened <= 0:
                    return [mark for mark in marks if mark < m]
                opened += 1
            elif isinstance(factor, Differential):
                opened -= 1
        return marks

    def _one(self, node: Node) -> Run:
        return Run(node.start, node.end, [Numeral(node.start, node.end, "1")], [""])

    def _differentials(self, run: Run, start: int) -> list[int]:
        return [k for k in range(start, len(run.factors)) if isinstance(run.factors[k], Differential)]

    def _expectation(self, node: Operator, run: Run, k: int, runs: list[Run], position: int) -> tuple[Term, int, int]:
        following = run.factors[k + 1] if k + 1 < len(run.factors) else None
        if isinstance(following, Group) and following.bracket in _VISIBLE and run.joints[k + 1] == "":
            plain = Group(following.start, following.end, following.bracket, following.parts, following.separators)
            body = [Run(plain.start, plain.end, [plain], [""])]
            term = self.placed(self.expectation(node, body), node.start, following.end)
            return self._raised(term, following.power, following), k + 2, position + 1
        names = self.averaged_names(node)
        last = self._reached(names, runs, position, self._reach_table(runs, names))
        if last > position:
            chosen = f"the expectation reaches over every term that holds {', '.join(names)}"
            if self.flipped("reach", node, chosen, "it reaches to the next sign only"):
                last = position
        body = [self._rest(run, k + 1), *runs[position + 1 : last + 1]]
        return self.placed(self.expectation(node, body), node.start, body[-1].end), len(run.factors), last + 1

    def averaged_names(self, node: Operator) -> list[str]:
        """The values that the subscript of an expectation shows: x of x \\sim p, z of q(z|x)."""
        names = bound_by(node)
        if names or node.sub is None or len(node.sub.parts) != 1 or node.sub.parts[0].single is None:
            return names
        for run in node.sub.parts[0].single.runs:
            for head, group in zip(run.factors, run.factors[1:], strict=False):
                if isinstance(head, Name) and isinstance(group, Group):
                    for position, part in enumerate(group.parts):
                        if position and group.separators[position - 1] != ",":
                            break
                        lone = part.lone_name()
                        name = plain_name(lone) if lone is not None else None
                        if name is not None and name not in names:
                            names.append(name)
        return names

    def _derivative(self, node: Operator, run: Run, k: int, runs: list[Run], position: int) -> tuple[Term, int, int]:
        following = run.factors[k + 1] if k + 1 < len(run.factors) else None
        grouped = isinstance(following, Group) and following.bracket in _VISIBLE
        stop = k + 2 if grouped else len(run.factors)
        if not grouped and len(run.factors) > k + 2 and not isinstance(following, Operator):
            _, single = self._peek(run, k + 1)
            chosen, other = "the derivative is of the whole product after it", "of the first factor only"
            if single < len(run.factors) and self.flipped("derivative", node, chosen, other):
                stop = single
        last = position
        variable = plain_name(node.by[0]) or node.by[0].stem
        if not grouped and any(variable in self.free.of(later) for later in runs[position + 1 :]):
            chosen, other = "the derivative reaches to the next sign", "it reaches over the terms after it as well"
            if self.flipped("derivative-reach", node, chosen, other):
                last = len(runs) - 1
        body = [self._rest(run, k + 1, stop), *runs[position + 1 : last + 1]]
        term = self.differentiated(self._body(body), node.by)
        return self.placed(term, node.start, body[-1].end), stop if last == position else len(run.factors), last + 1

    def differentiated(self, body: Term, by: list[Name]) -> Term:
        """The derivative of a body by each of the variables, the last first."""
        for name in reversed(by):
            law, _ = self.law_named(name)
            if law is not None and plain_name(name) in (law.name, law.letter) and plain_name(name) not in self.scope.numbers:
                return self._density_of_one_law(body, by, name)
            variable, _ = self.name(name, None)
            if not isinstance(variable, Symbol | Mass):
                self.refuse("A derivative is by a number or by one entry z_k of a vector", name)
            body = Derivative(body, variable)
        return body

    def _density_of_one_law(self, body: Term, by: list[Name], name: Name) -> Term:
        """dP/dQ under a sum or a mean of bare laws: the quotient of their masses."""
        mass, _ = self.name(name, None)
        if len(by) > 1 or not isinstance(mass, Mass) or not isinstance(body, Mass) or body.args != mass.args:
            self.refuse("A derivative by a law is read as dP/dQ in a mean of bare laws only", name)
        self.assume(f"the derivative of {body.marginal.law} by {mass.marginal.law} is the quotient of their masses")
        return Quotient(body, mass)

    def law_named(self, node: Name) -> tuple[LawDeclaration | None, bool]:
        """The law a name stands for or is an entry of; and whether its subscript says which random variables are meant."""
        raise NotImplementedError

    def _extremum(self, node: Operator, run: Run, k: int, runs: list[Run], position: int) -> tuple[Term, int, int]:
        """A minimum, a maximum or the place of one (`extrema`)."""
        raise NotImplementedError
