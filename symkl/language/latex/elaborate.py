"""From a formula as written to a term under a scope: products, quotients, and how far log, sum and derivative reach.

The rules of reach are written down in docs/reading.md. Where a rule chooses between two readings that people use, the
choice is reported, and `choices` lets the caller take the other one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from fractions import Fraction as Rational

from symkl.errors import ReadError
from symkl.language.latex import surprisals
from symkl.language.latex.context import Context
from symkl.language.latex.dots import series
from symkl.language.latex.naming import bound_by, plain_name
from symkl.language.latex.symbols import CONNECTIVES
from symkl.language.latex.syntax import (
    TENSOR,
    Absolute,
    Applied,
    Braced,
    Chain,
    Differential,
    Differentiated,
    Dots,
    Expression,
    Fraction,
    Group,
    Minus,
    Name,
    Node,
    Numeral,
    Operator,
    Root,
    Run,
)
from symkl.language.term import (
    DEPTH_LIMIT,
    Abs,
    E,
    Exp,
    Function,
    Label,
    Log,
    Measure,
    Negation,
    Number,
    Power,
    Quotient,
    Relation,
    Term,
    Times,
    is_law,
    product_of,
    sum_of,
)

LOGS = ("log", "ln", "lg")
RELATIONS_OF_NUMBERS = frozenset({"=", "<=", ">=", "<", ">", "!=", ":=", "~=", "propto"})
_VISIBLE = ("(", "[", "\\{")
_DIGIT_LIMIT = 1000


ReachTable = Mapping[str, tuple[list[int], list[int]]]
"""For each bound name: the runs that bind it, and the runs that hold it free."""


class Elaborator(Context):
    """Elaborates one formula under one scope."""

    # Statements

    def statement(self, chain: Chain) -> tuple[str, Term]:
        """The relation a text starts with, and the term or statement that follows."""
        sides, relations = list(chain.sides), list(chain.relations)
        leads = ""
        if sides[0] is None:
            leads = relations.pop(0)
            sides.pop(0)
        statements: list[Term] = []
        connectives: list[str] = []
        first = 0
        for position in range(len(sides)):
            if position == len(relations) or relations[position] in CONNECTIVES:
                statements.append(self._relation(sides[first : position + 1], relations[first:position], chain))
                connectives.extend(relations[position : position + 1])
                first = position + 1
        if len(statements) == 1:
            return leads, statements[0]
        return leads, self.placed(Relation(statements, connectives), chain.start, chain.end)

    def _relation(self, sides: list[Expression | None], relations: list[str], chain: Chain) -> Term:
        for relation in relations:
            if relation not in RELATIONS_OF_NUMBERS:
                shown = {"->": "An arrow", "in": "Membership in a set", "sim": "'distributed as'"}.get(relation, f"'{relation}'")
                self.refuse(f"{shown} is no relation between numbers; say it as a given", chain)
        present = [side for side in sides if side is not None]
        terms = self._laws_related(present) or [self.expression(side) for side in present]
        if len(terms) == 1:
            return terms[0]
        return self.placed(Relation(terms, relations), chain.start, chain.end)

    def _laws_related(self, sides: list[Expression]) -> list[Term]:
        """The sides of M = (P + Q)/2, where each is a law; empty where they are numbers."""
        first = Chain(sides[0].start, sides[0].end, [sides[0]], []).lone_name()
        name = plain_name(first) if first is not None else None
        law = self.scope.laws.get(name) if name is not None else None
        if len(sides) < 2 or law is None or name in self.scope.numbers:
            return []
        with self.laws(True):
            terms = [self.expression(side) for side in sides]
        if not all(map(is_law, terms)):
            self.refuse(f"'{name}' is a law, and the other side is none", sides[0])
        return terms

    def number(self, chain: Chain) -> Term:
        """A chain that has to be one expression."""
        if chain.single is None:
            self.refuse("A relation where a number is needed", chain)
        return self.expression(chain.single)

    # Sums of runs

    def expression(self, expression: Expression) -> Term:
        """Signed runs; a sum among them may reach over those that follow."""
        if len(expression.runs) == 1:
            term, _ = self._signed(expression.runs, 0, {})
            return self.placed(term, expression.start, expression.end)
        return self.placed(self._terms(expression.runs, expression), expression.start, expression.end)

    def _terms(self, runs: list[Run], node: Node) -> Term:
        with self.deeper(node):
            reach = self._reach_table(runs)
            terms: list[Term] = []
            dots: list[int] = []
            position = 0
            while position < len(runs):
                run = runs[position]
                if len(run.factors) == 1 and isinstance(run.factors[0], Dots):
                    dots.append(len(terms))
                    position += 1
                    continue
                term, following = self._signed(runs, position, reach)
                terms.append(self.placed(term, run.start, runs[following - 1].end))
                position = following
            if dots:
                terms = series(self, terms, dots, node)
            return sum_of(terms)

    def _reach_table(self, runs: list[Run], names: list[str] | None = None) -> dict[str, tuple[list[int], list[int]]]:
        """For each name that a sum binds: the runs that bind it, and the runs that hold it free."""
        table: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in names or ()}
        for position, run in enumerate(runs):
            for factor in run.factors:
                if isinstance(factor, Operator) and factor.word in ("sum", "prod", "E"):
                    for name in bound_by(factor):
                        table.setdefault(name, ([], []))[0].append(position)
        if table:
            for position, run in enumerate(runs):
                for name in self.free.of(run) & table.keys():
                    table[name][1].append(position)
        return table

    def _reached(self, names: list[str], runs: list[Run], position: int, reach: ReachTable) -> int:
        """The last run that a sum in the run at `position` has to reach for its index not to escape."""
        last = position
        for name in names:
            binders, holders = reach.get(name, ([], []))
            after = bisect_right(binders, position)
            limit = binders[after] if after < len(binders) else len(runs)
            found = bisect_left(holders, limit) - 1
            if found >= 0:
                last = max(last, holders[found])
        return last

    def _signed(self, runs: list[Run], position: int, reach: ReachTable) -> tuple[Term, int]:
        run = runs[position]
        term, position = self._product(run, runs, position, reach)
        return (self.placed(Negation(term), run.start, run.end) if run.negative else term), position

    # Products

    def _product(self, run: Run, runs: list[Run], position: int, reach: ReachTable) -> tuple[Term, int]:
        """The factors of a run, and the number of the run after what they reach."""
        factors: list[Term] = []
        joints: list[str] = []
        after = position + 1
        k = 0
        while k < len(run.factors):
            node = run.factors[k]
            joint = run.joints[k]
            if joint == TENSOR and not self.laws_allowed:
                self.refuse("\\otimes: a tensor product of anything but laws is not read", node)
            if isinstance(node, Minus):
                term, k = self._negated(run, k)
                factors.append(term)
                joints.append(joint)
                continue
            if isinstance(node, Operator) and node.word not in (*LOGS, "exp"):
                term, k, after = self._reaching(node, run, k, runs, position, reach)
            elif isinstance(node, Differential):
                self.refuse("A differential without its integral", node)
            else:
                term, k = self.factor(run, k)
            factors.append(term)
            joints.append(joint)
        return self._joined(run, factors, joints), after

    def _joined(self, run: Run, factors: list[Term], joints: list[str]) -> Term:
        """Factors side by side; a slash divides everything before it by the factor after it."""
        if joints.count("/") > DEPTH_LIMIT // 2:
            self.refuse("Too many divisions in one product", run)
        gathered: list[Term] = []
        for k, (term, joint) in enumerate(zip(factors, joints, strict=True)):
            if joint != "/":
                gathered.append(term)
                continue
            above = product_of(gathered)
            below = term
            if k + 1 < len(factors) and joints[k + 1] == "" and not isinstance(factors[k + 1], Log | Measure):
                chosen, other = "the slash divides by the next factor alone", "by the product of the factors after it"
                if self.flipped("slash", run, chosen, other):
                    below = Times(*factors[k:])
                    return Quotient(above, below)
            gathered = [Quotient(above, below)]
        return product_of(gathered)

    def _negated(self, run: Run, k: int) -> tuple[Term, int]:
        """A minus before a single factor: a \\cdot -b."""
        if k + 1 >= len(run.factors):
            self.refuse("Nothing follows the minus", run.factors[k])
        node = run.factors[k + 1]
        if isinstance(node, Operator) and node.word not in (*LOGS, "exp"):
            self.refuse("Put brackets around what follows the sign", node)
        term, after = self.factor(run, k + 1)
        return self.placed(Negation(term), run.factors[k].start, node.end), after

    def _rest(self, run: Run, k: int, stop: int | None = None) -> Run:
        """The factors of a run from k on, as a run of their own; a minus before them is its sign."""
        factors, joints = run.factors[k:stop], run.joints[k:stop]
        if not factors:
            self.refuse("Nothing follows for it to reach over", run.factors[k - 1])
        negative = isinstance(factors[0], Minus)
        if negative:
            factors, joints = factors[1:], joints[1:]
        if joints and joints[0] == "/":
            self.refuse("A slash follows an operator", factors[0])
        if not factors:
            self.refuse("Nothing follows the minus", run)
        return Run(factors[0].start, factors[-1].end, factors, ["", *joints[1:]], negative)

    def _body(self, runs: list[Run]) -> Term:
        if len(runs) == 1:
            term, _ = self._signed(runs, 0, {})
        else:
            term = self._terms(runs, runs[0])
        return self.placed(term, runs[0].start, runs[-1].end)

    def _peek(self, run: Run, k: int) -> tuple[Term, int]:
        reported = len(self.ambiguities)
        found = self.factor(run, k)
        del self.ambiguities[reported:]
        return found

    # Factors

    def factor(self, run: Run, k: int) -> tuple[Term, int]:
        """The factor at k, with what it is applied to; and the number of the next factor."""
        node = run.factors[k]
        if isinstance(node, Name):
            following = run.factors[k + 1] if k + 1 < len(run.factors) and run.joints[k + 1] == "" else None
            term, used = self.name(node, following if isinstance(following, Group) else None)
            end = following.end if used and following is not None else node.end
            return self.placed(term, node.start, end), k + 1 + used
        if isinstance(node, Operator):
            if node.word in LOGS:
                return self._log(node, run, k)
            if node.word == "exp":
                argument, after = self._argument(node, run, k)
                return self.placed(self._power_of(Exp(argument), node.sup, node), node.start, run.factors[after - 1].end), after
            term, after, _ = self._reaching(node, self._rest(run, k), 0, [self._rest(run, k)], 0, {})
            return term, len(run.factors) if after else k + 1
        return self.placed(self._simple(node), node.start, node.end), k + 1

    def _simple(self, node: Node) -> Term:
        match node:
            case Numeral():
                return self._raised(self._numeral(node), node.power, node)
            case Group():
                return self._raised(self._grouped(node), node.power, node)
            case Fraction():
                above, below = self.number(node.numerator), self.number(node.denominator)
                whole = isinstance(node.denominator.lone(), Numeral)
                return self._raised(self._quotient(above, below, whole), node.power, node)
            case Root():
                index = self.number(node.index) if node.index is not None else Number(2)
                exponent = Number(1 / index.value) if isinstance(index, Number) and index.value else Quotient(Number(1), index)
                return self._raised(Power(self.number(node.body), exponent), node.power, node)
            case Applied(name=surprisals.SURPRISAL):
                return surprisals.surprisal(self, node, self.number(node.parts[1])) or self.number(node.parts[0])
            case Applied():
                return self._raised(Function(node.name, [self.number(part) for part in node.parts]), node.power, node)
            case Absolute():
                return self._raised(self._absolute(node), node.power, node)
            case Differentiated():
                return self.differentiated(self.number(node.body), node.by)
            case Braced():
                return self._braced(node)
            case Dots():
                raise self.fault("Dots in a product are not read", node)
            case _:
                raise self.fault("This is not read as a factor", node)

    def _quotient(self, above: Term, below: Term, whole: bool) -> Term:
        """A quotient; of two integers in lowest terms it is one number, unless braces around the lower keep it apart."""
        match above, below:
            case Number(a), Number(b) if (
                whole and b and a.denominator == b.denominator == 1 != b and Rational(a, b).denominator == b
            ):
                if not (above.written or below.written):
                    return Number(Rational(a, b))
        return Quotient(above, below)

    def _absolute(self, node: Absolute) -> Term:
        size = self.size_of_set(node.body)
        return size if size is not None else Abs(self.number(node.body))

    def _numeral(self, node: Numeral) -> Term:
        if len(node.text) > _DIGIT_LIMIT:
            self.refuse(f"A number of more than {_DIGIT_LIMIT} digits", node)
        if "." in node.text:
            return Number(Rational(node.text), node.text if node.text[0] != "." else "0" + node.text)
        return Number(int(node.text))

    def _grouped(self, node: Group) -> Term:
        if node.only is None:
            if "|" in node.separators or "||" in node.separators:
                self.refuse("A bar in brackets that belong to no law and no measure; a conditional mean is not read", node)
            self.refuse("Several formulas in one bracket, which belongs to no name that takes them", node)
        if node.bracket == "{" and node.only.single is None:
            self.refuse("A relation where a number is needed", node)
        return self.number(node.only)

    def _raised(self, base: Term, power: Chain | None, node: Node) -> Term:
        return base if power is None else self._power_of(base, power, node)

    def _power_of(self, base: Term, power: Chain | None, node: Node) -> Term:
        if power is None:
            return base
        lone = power.lone_name()
        if lone is not None and lone.stem == "T" and "T" not in self.scope.numbers:
            self.refuse("The transpose of a vector or a matrix is not read", power)
        with self.laws(False):
            exponent = self.number(power)
        return self.placed(Power(base, exponent), node.start, max(node.end, power.end))

    def _braced(self, node: Braced) -> Term:
        body = self.number(node.body)
        if node.label is None or not node.claim:
            return Label(body, node.text)
        claimed = [side for side in node.label.sides if side is not None]
        only_relation = node.label.sides[0] is None and node.label.relations == ["="]
        if len(claimed) != 1 or (node.label.sides[0] is None and not only_relation):
            return Label(body, node.text)
        number = node.label.lone()
        if isinstance(number, Group) and number.only is not None and isinstance(number.only.lone(), Numeral | Name):
            # (1) below a brace numbers it.
            return Label(body, node.text)
        try:
            with self.laws(False):
                return Label(body, self.expression(claimed[0]))
        except ReadError:
            return Label(body, node.text)

    # Logs and exponentials

    def _log(self, node: Operator, run: Run, k: int) -> tuple[Term, int]:
        base, written = self._base(node)
        with self.laws(False):
            argument, after = self._argument(node, run, k)
        term = self._power_of(Log(argument, base, written), self._exponent_of_log(node), node)
        return self.placed(term, node.start, run.factors[after - 1].end), after

    def _exponent_of_log(self, node: Operator) -> Chain | None:
        lone = node.sup.lone() if node.sup is not None else None
        if node.sup is not None and not isinstance(lone, Numeral):
            self.refuse("A log with this exponent is not read; put brackets around the log", node.sup)
        return node.sup

    def _base(self, node: Operator) -> tuple[Term, str]:
        if node.sub is not None:
            if node.word == "ln":
                self.refuse("ln has base e; another base is written \\log_b", node)
            if node.sub.only is None:
                self.refuse("The base of a log is one number or name", node.sub)
            lone = node.sub.only.lone_name()
            if lone is not None and lone.stem == "e" and lone.sub is None:
                return E, ""
            with self.laws(False):
                return self.number(node.sub.only), ""
        if node.word == "lg":
            self.refuse("\\lg is base 2 to some and base 10 to others; write \\log_2 or \\log_{10}", node)
        return (E, "ln") if node.word == "ln" else (self.scope.log_base, "")

    def _argument(self, node: Operator, run: Run, k: int) -> tuple[Term, int]:
        """What a log or exp is of: a bracket, an operator with its reach, or the factors side by side after it."""
        start = k + 1
        if start >= len(run.factors) or run.joints[start] != "":
            self.refuse(f"Nothing follows the {node.word}", node)
        first = run.factors[start]
        if isinstance(first, Group) and first.bracket in _VISIBLE:
            return self._bracketed(node, run, start, first)
        if isinstance(first, Operator):
            with self.deeper(first):
                return self.factor(run, start)
        stop = start + 1
        while stop < len(run.factors) and run.joints[stop] in ("", "/"):
            if isinstance(run.factors[stop], Operator | Differential | Minus | Dots | Braced):
                break
            stop += 1
        if stop < len(run.factors) and isinstance(run.factors[stop], Operator) and run.joints[stop] == "/":
            self.refuse("A slash before an operator; put brackets", run.factors[stop])
        single = self._peek(run, start)[1] if stop > start + 1 else stop
        if stop > single:
            chosen = f"the {node.word} takes {self.source(first.start, run.factors[stop - 1].end)}"
            other = f"it takes {self.source(first.start, run.factors[single - 1].end)} alone"
            if self.flipped("log", node, chosen, other):
                stop = single
        elif stop < len(run.factors) and run.joints[stop] == "*" and not isinstance(run.factors[stop], Operator | Minus):
            chosen = f"the {node.word} takes {self.source(first.start, run.factors[stop - 1].end)} alone"
            other = "it takes the product after it"
            if self.flipped("log", node, chosen, other):
                stop += 1
        inner = self._rest(run, start, stop)
        term, _ = self._product(inner, [inner], 0, {})
        return self.placed(term, inner.start, inner.end), stop

    def _bracketed(self, node: Operator, run: Run, start: int, first: Group) -> tuple[Term, int]:
        """A bracket right after log is its argument, and closes it."""
        term = self._simple(first)
        if first.power is not None and not self.laws_allowed:
            chosen, other = f"the {node.word} is of the power", f"the power is of the {node.word}"
            self.flipped("log-power", node, chosen, other)
        following = run.factors[start + 1] if start + 1 < len(run.factors) else None
        if isinstance(following, Group) and following.bracket in _VISIBLE and run.joints[start + 1] == "":
            chosen, other = f"the {node.word} ends with its bracket", "it takes the brackets after it as well"
            if self.flipped("log", node, chosen, other):
                inner = self._rest(run, start, start + 2)
                return self._product(inner, [inner], 0, {})[0], start + 2
        return self.placed(term, first.start, first.end), start + 1

    # What the other readers add (`reaching`, `names`, `binders`)

    def _reaching(
        self, node: Operator, run: Run, k: int, runs: list[Run], position: int, reach: ReachTable
    ) -> tuple[Term, int, int]:
        """An operator at factor k with its body: the term, the next factor of the run, and the next run."""
        raise NotImplementedError

    def differentiated(self, body: Term, by: list[Name]) -> Term:
        """The derivative of a body by each of the variables, the last first."""
        raise NotImplementedError

    def name(self, node: Name, following: Group | None) -> tuple[Term, int]:
        """What a name stands for, applied to the bracket after it where it is; and how many brackets were used."""
        raise NotImplementedError

    def finite(self, node: Operator, body: list[Run]) -> Term:
        """A sum or product with its body."""
        raise NotImplementedError

    def integral(self, node: Operator, names: list[Name], body: list[Run]) -> Term:
        """An integral with its body."""
        raise NotImplementedError

    def expectation(self, node: Operator, body: list[Run]) -> Term:
        """An expectation with its body."""
        raise NotImplementedError

    def size_of_set(self, chain: Chain) -> Term | None:
        """The size of an alphabet, where |...| is around one."""
        raise NotImplementedError
