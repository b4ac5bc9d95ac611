"""Terms and statements as the text of a proof assistant, in written order.

A value of an alphabet is a natural number, an alphabet a list of them, a law a function; a number is real. What has no image
here (densities, integrals) raises NoImage with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symkl.certificate.measures import measure, without_values
from symkl.certificate.names import Names
from symkl.certificate.notation import ATOM, CALL, MINUS, PLUS, POWER, TIMES, Ends, Notation
from symkl.errors import NoImage
from symkl.language.scope import DENSITY, POSITIVE, LawDeclaration
from symkl.language.term import (
    CONVERSE,
    Abs,
    Alphabet,
    Constant,
    Delta,
    Derivative,
    E,
    Exp,
    Expectation,
    Extremum,
    Function,
    Integral,
    Label,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Power,
    Product,
    Quotient,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    fresh_name,
)
from symkl.theory.measures import coordinates, mass_of
from symkl.theory.setting import Setting

Env = Mapping[tuple[str, str], str]
"""What stands for a name where it is not its own identifier: inside a proof, or under a derivative by an entry of a vector."""


class Terms:
    """Writes the terms of one setting, and remembers the marginal laws and unknown functions that they need."""

    def __init__(self, setting: Setting, notation: Notation) -> None:
        self.setting = setting
        self.notation = notation
        self.names = names = Names(notation.words)
        self.marginals: dict[tuple[str, tuple[str, ...]], str] = {}
        self.functions: dict[str, int] = {}
        self.sizes = {
            alphabet.high.name
            for law in setting.scope.laws.values()
            for alphabet in law.alphabets
            if isinstance(alphabet, Range) and isinstance(alphabet.high, Symbol)
        }
        self.codes = _codes(setting)
        for law in setting.scope.laws.values():
            for variable, alphabet in zip(law.variables, law.alphabets, strict=True):
                if alphabet == Alphabet(variable):
                    names.alias("alphabet", variable, f"A_{variable}")

    # Numbers

    def real(self, term: Term, env: Env | None = None, level: int = PLUS) -> str:
        """A term as a real number, in brackets where it binds less tightly than `level`."""
        text, own = self._real(term, env or {})
        return text if own <= level else f"({text})"

    def _real(self, term: Term, env: Env) -> tuple[str, int]:
        match term:
            case Number(value):
                return _number(value)
            case Symbol(name):
                return self._symbol(name, env)
            case Value(name):
                return self.notation.cast.of(self.value(term, env))
            case Constant("e"):
                return self.notation.e, CALL
            case Constant("pi"):
                return self.notation.pi, ATOM
            case Label(body, _, _):
                return self._real(body, env)
            case Mass():
                return self.mass(term, env)
            case Plus(terms):
                return self._plus(terms, env), PLUS
            case Times(factors):
                first, *rest = (self.real(f, env, MINUS if k == 0 else POWER) for k, f in enumerate(factors))
                return " * ".join([first, *rest]), TIMES
            case Quotient(numerator, denominator):
                return f"{self.real(numerator, env, TIMES)} / {self.real(denominator, env, POWER)}", TIMES
            case Negation(Number() as inner):
                # Without brackets Coq reads a negative number, which is no negation.
                return f"- ({self.real(inner, env)})", MINUS
            case Negation(inner):
                return f"- {self.real(inner, env, POWER)}", MINUS
            case Power(base, Number(value)) if value.denominator == 1:
                return f"{self.real(base, env, CALL)} ^ {value}", POWER
            case Power(base, exponent):
                return self.notation.power.of(self.argument(base, env), self.argument(exponent, env))
            case Size(alphabet):
                return self.notation.size.of(self.alphabet(alphabet))
            case Sum(names, domains, body) | Product(names, domains, body):
                return self._over(term, names, domains, body, env)
            case _:
                return self._head(term, env), CALL

    def _head(self, term: Term, env: Env) -> str:
        match term:
            case Log(argument, base):
                return f"{self.log(base, env)} {self.real(argument, env, ATOM)}"
            case Exp(argument):
                return self.notation.exp.format(self.real(argument, env, ATOM))
            case Abs(argument):
                return self.notation.absolute.format(self.argument(argument, env))
            case Delta(left, right):
                return f"delta {self.value(left, env)} {self.value(right, env)}"
            case Expectation(names, _, body):
                return self._mean(term, names, body, env)
            case Measure():
                return measure(self, term, env)
            case Derivative(body, variable):
                function, point = self.derivative(body, variable, env)
                return self.notation.derivative.format(function, point)
            case Function(name, args):
                self.functions[name] = len(args)
                return " ".join([self.names.of("function", name), *(self.real(a, env, ATOM) for a in args)])
            case Integral():
                raise NoImage("An integral has no certificate: only finite alphabets have.")
            case _:
                raise NoImage(f"A {type(term).__name__} has no certificate here.")

    def _plus(self, terms: Sequence[Term], env: Env) -> str:
        text = self.real(terms[0], env, PLUS - 1)
        for term in terms[1:]:
            inner = term.args[0] if isinstance(term, Negation) else term
            text += f" {'-' if isinstance(term, Negation) else '+'} {self.real(inner, env, TIMES)}"
        return text

    def _symbol(self, name: str, env: Env) -> tuple[str, int]:
        text = env.get(("number", name)) or self.names.of("number", name)
        return self.notation.cast.of(text) if name in self.sizes else (text, ATOM)

    def argument(self, term: Term, env: Env | None = None) -> str:
        """A term that stands alone, such as one side of a power, where its numerals say their type."""
        if self.notation.typed and _of_numerals(term):
            return self.notation.typed.format(self.real(term, env))
        return self.real(term, env, ATOM)

    def typed(self, text: str, *terms: Term) -> str:
        """The text of terms, said to be real where they are all numerals."""
        return self.notation.typed.format(text) if self.notation.typed and all(map(_of_numerals, terms)) else text

    def log(self, base: Term, env: Env) -> str:
        """The log to a base, as a function."""
        return self.notation.log if base == E else self.notation.log_base.format(self.real(base, env, ATOM))

    # Alphabets and values

    def value(self, term: Term, env: Env) -> str:
        """A value as a natural number."""
        match term:
            case Value(name):
                return env.get(("value", name)) or self.names.of("value", name)
            case Number(value) if value.denominator == 1:
                return self.notation.whole.format(value)
            case Outcome(name):
                return self.notation.whole.format(self.codes[name])
            case Symbol(name) if name in self.sizes:
                return env.get(("number", name)) or self.names.of("number", name)
            case _:
                raise NoImage(f"{self.setting.write(term)} stands as a value, which only a bound name or an outcome may here.")

    def alphabet(self, term: Term) -> str:
        """An alphabet as a list, in brackets where it needs them."""
        match term:
            case Range(Number(low), high) if low.denominator == 1:
                return self.notation.range.format(low, self._bound(high))
            case Outcomes(values):
                return self.notation.alphabet_of(self.value(value, {}) for value in values)
            case Alphabet(name):
                return self.names.of("alphabet", name)
            case _:
                raise NoImage(f"The alphabet {self.setting.write(term)} has no certificate.")

    def _bound(self, high: Term) -> str:
        match high:
            case Number(value) if value.denominator == 1:
                return str(value)
            case Symbol(name) if name in self.sizes:
                return self.names.of("number", name)
            case Plus((Symbol(name), Negation(Number(value)))) if name in self.sizes and value.denominator == 1:
                return f"({self.names.of('number', name)} - {value})"
            case _:
                raise NoImage(f"A range up to {self.setting.write(high)} has no certificate.")

    # Laws and masses

    def law(self, name: str, env: Env) -> str:
        """A law as a function: a variable, or where the givens say its masses their function of the parameters."""
        known = env.get(("law", name))
        if known is not None:
            return known
        if self.setting.scope.laws[name].entries == DENSITY:
            raise NoImage(f"{name} is a density; only finite alphabets have certificates.")
        identifier = self.names.of("law", name)
        used = [env.get(key) or self.names.of(*key) for key in self.parameters(name)]
        return f"({' '.join([identifier, *used])})" if used else identifier

    def parameters(self, law: str) -> list[tuple[str, str]]:
        """What the masses of a law are a function of, where a given says them: sizes, numbers and other laws."""
        formula = self.setting.formulas.get(law)
        if formula is None:
            return []
        found: dict[tuple[str, str], None] = {}
        terms = [*formula.outcomes.values(), *([] if formula.formula is None else [formula.formula])]
        pending = list(reversed(terms))
        while pending:
            term = pending.pop()
            match term:
                case Symbol(name):
                    found["number", name] = None
                case Alphabet(name):
                    found["alphabet", name] = None
                case Mass(marginal, _):
                    inner = self.parameters(marginal.law)
                    found.update(dict.fromkeys(inner if marginal.law in self.setting.formulas else [("law", marginal.law)]))
                case _:
                    pass
            pending.extend(reversed(term.args))
        return list(found)

    def mass(self, mass: Mass, env: Env) -> tuple[str, int]:
        """A mass: the law's function at its values; a conditional one is a quotient of two."""
        law = self.setting.scope.laws.get(mass.marginal.law)
        if law is None:
            raise NoImage(f"No given declares the law {mass.marginal.law}.")
        at = dict(zip((*mass.marginal.of, *mass.marginal.given), mass.args, strict=True))
        joint = self._marginal(law, at, env)
        if not mass.marginal.given:
            return joint, CALL
        below = self._marginal(law, {name: at[name] for name in mass.marginal.given}, env)
        return f"{joint} / {below}", TIMES

    def _marginal(self, law: LawDeclaration, at: Mapping[str, Term], env: Env) -> str:
        of = law.in_order(at)
        values = [self.value(at[name], env) for name in of]
        function = self.law(law.name, env)
        if of == law.variables:
            return " ".join([function, *values])
        marginal = self.marginals.setdefault((law.name, of), self.names.of("marginal", f"{law.name}_{''.join(of)}"))
        summed = [self.alphabet(law.alphabet(name)) for name in law.variables if name not in of]
        return " ".join([marginal, *summed, function, *values])

    def mass_function(self, law: Term, variables: Sequence[str], env: Env) -> str:
        """The masses of a law, a mixture or a product law, as a function of the values of its variables."""
        declared = self.setting.scope.laws.get(law.marginal.law) if not law.args and hasattr(law, "marginal") else None
        if declared is not None and len(variables) == 1 and declared.variables == tuple(variables):
            return self.law(declared.name, env)
        bound = [fresh_name(name.lower() or "i", free_names(law)) for name in variables]
        values = {name: Value(value) for name, value in zip(variables, bound, strict=True)}
        binders = [self.names.of("value", value) for value in bound]
        body = self.real(mass_of(law, values), without_values(env, bound))
        return f"(fun {self.notation.bound(binders)} => {body})"

    # Binders

    def _over(self, term: Term, names: Sequence[str], domains: Sequence[Term], body: Term, env: Env) -> tuple[str, int]:
        form = self.notation.sum if isinstance(term, Sum) else self.notation.product
        text = self.typed(self.real(body, without_values(env, names), self.notation.body), body)
        for name, domain in reversed(list(zip(names, domains, strict=True))):
            text, _ = form.of(self.names.of("value", name), self.alphabet(domain), text)
        return text, form.level

    def _mean(self, term: Expectation, names: Sequence[str], body: Term, env: Env) -> str:
        law = term.domains[0]
        found = coordinates(law, self.setting)
        if len(found) != len(names):
            raise NoImage("The expectation names other values than its law has.")
        inner = without_values(env, names)
        binders = self.notation.bound([self.names.of("value", name) for name in names])
        masses = mass_of(law, {c.variable: Value(name) for c, name in zip(found, names, strict=True)})
        alphabet = self.notation.pairs([self.alphabet(c.alphabet) for c in found])
        return f"Mean {alphabet} (fun {binders} => {self.real(masses, inner)}) (fun {binders} => {self.real(body, inner)})"

    # Calculus

    def derivative(self, body: Term, variable: Term, env: Env) -> tuple[str, str]:
        """The function that is differentiated, and the point."""
        match variable:
            case Symbol(name) if name not in self.sizes:
                own = self.names.of("number", name)
                inner = {key: text for key, text in env.items() if key != ("number", name)}
                return self._function(own, body, inner), env.get(("number", name)) or own
            case Mass(_, (_,)):
                moved, point = self.moved(variable, env)
                return self._function(point, body, moved), self.real(variable, env, ATOM)
            case _:
                raise NoImage(f"A derivative by {self.setting.write(variable)} has no certificate.")

    def _function(self, name: str, body: Term, env: Env) -> str:
        """A function of a number."""
        return f"(fun {self.notation.number.format(name)} => {self.typed(self.real(body, env), body)})"

    def moved(self, entry: Mass, env: Env) -> tuple[Env, str]:
        """Where an entry of a vector is another number: what stands for the vector, and the name of the number."""
        point, law = self.names.of("entry", "t"), entry.marginal.law
        return {**env, ("law", law): self.updated(entry, env, point)}, point

    def updated(self, entry: Mass, env: Env, number: str) -> str:
        """A vector with a number in the place of one of its entries."""
        return self.notation.update.format(self.law(entry.marginal.law, env), self.value(entry.args[0], env), number)

    def interval_of_entry(self, entry: Mass) -> Ends:
        """The open interval that an entry of a vector may move in: the positive numbers, or all."""
        return (self.typed("0"), None) if self.setting.scope.laws[entry.marginal.law].entries == POSITIVE else (None, None)

    def interval(self, name: str) -> Ends:
        """The open interval that the givens state for a number.

        Raises: NoImage where they state anything else of it.
        """
        ends: dict[str, str] = {}
        for fact in self.setting.facts:
            left, right = fact.relation.args[0], fact.relation.args[1]
            operator = fact.relation.operators[0]
            if Symbol(name) == right:
                left, right, operator = right, left, CONVERSE.get(operator, operator)
            if Symbol(name) not in (left, right) and not _mentions(fact.relation, name):
                continue
            side, end = {"<": "high", ">": "low"}.get(operator), self.argument(right)
            if (
                left != Symbol(name)
                or side is None
                or _mentions(right, name)
                or ends.get(side, "") not in ("", self.argument(right))
            ):
                raise NoImage(f"The givens on {name} do not make an open interval.")
            ends[side] = end
        return ends.get("low"), ends.get("high")

    # Statements

    def statement(self, relation: Relation, env: Env | None = None) -> str:
        """A chain of sides as a proposition."""
        env = env or {}
        links = [
            self._link(operator, left, right, env)
            for operator, left, right in zip(relation.operators, relation.args, relation.args[1:], strict=False)
        ]
        return f"{self.notation.conjunction} ".join(links)

    def _link(self, operator: str, left: Term, right: Term, env: Env) -> str:
        if operator == "<=>" and isinstance(left, Relation) and isinstance(right, Relation):
            return f"({self.statement(left, env)} {self.notation.equivalence} {self.statement(right, env)})"
        if operator == "=" and (isinstance(left, Extremum) or isinstance(right, Extremum)):
            m = self.names.of("element", "m")
            same = f"{self.member(left, m, env)} {self.notation.equivalence} {self.member(right, m, env)}"
            return f"({self.notation.for_all} {self.notation.number.format(m)}, {same})"
        relation = self.notation.relations.get(operator)
        if relation is None:
            raise NoImage(f"A statement with '{operator}' has no certificate.")
        return f"{self.typed(self.real(left, env), left, right)} {relation} {self.real(right, env)}"

    def member(self, term: Term, element: str, env: Env) -> str:
        """That an element is among the minima or maxima, or is the number that a term names."""
        match term:
            case Label(body, _, _):
                return self.member(body, element, env)
            case Extremum(kind, name, body) if kind in ("argmin", "argmax"):
                region = self.notation.region.format(self.notation.open_interval(self.interval(name)))
                inner = {key: text for key, text in env.items() if key != ("number", name)}
                function = self._function(self.names.of("number", name), body, inner)
                return f"{'ArgMin' if kind == 'argmin' else 'ArgMax'} {region} {function} {element}"
            case Extremum(kind, _, _):
                raise NoImage(f"A {kind} as a number has no certificate.")
            case _:
                return f"{element} = {self.real(term, env)}"


def _number(value: Fraction) -> tuple[str, int]:
    return (str(value), ATOM) if value.denominator == 1 else (f"{value.numerator} / {value.denominator}", TIMES)


def _of_numerals(term: Term) -> bool:
    """Whether a term is made of whole numbers alone, whose type nothing in it tells."""
    arithmetic = isinstance(term, Number | Plus | Times | Quotient | Negation | Power | Label)
    return arithmetic and all(_of_numerals(part) for part in term.args)


def _mentions(term: Term, name: str) -> bool:
    return term == Symbol(name) or any(_mentions(part, name) for part in term.args)


def _codes(setting: Setting) -> dict[str, int]:
    """Numbers for named outcomes, apart from those that alphabets contain as numbers."""
    values = [value for law in setting.scope.laws.values() for a in law.alphabets if isinstance(a, Outcomes) for value in a.args]
    start = max((int(value.value) + 1 for value in values if isinstance(value, Number)), default=0)
    named = dict.fromkeys(value.name for value in values if isinstance(value, Outcome))
    return {name: start + k for k, name in enumerate(named)}
