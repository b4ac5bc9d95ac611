"""What the givens have to be together: names of one kind, formulas in no circle, masses of a law, conditions with a model."""

from __future__ import annotations

from collections.abc import Iterable

from symkl.errors import GivenError
from symkl.language.kinds import CAPITALS, RESERVED
from symkl.language.scope import MASS, REAL
from symkl.language.term import (
    Exp,
    Mass,
    Number,
    Outcome,
    Plus,
    Power,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    law_names,
    rename_bound,
    subterms,
    sum_of,
)
from symkl.theory.consistency import contradiction
from symkl.theory.declarations import Declarations, size_of
from symkl.theory.facts import MassFormula


def check(known: Declarations) -> None:
    """Raise GivenError where a name has two kinds, formulas run in a circle, or the conditions leave no model."""
    _check_names(known)
    _check_circles(known)
    _check_formulas(known)
    facts = [(fact.relation, fact.given) for fact in known.facts]
    clash = contradiction([*facts, *_implied(known)], known.integers)
    if clash:
        named = " and ".join(f"'{given}'" for given in clash) + " together" * (len(clash) > 1)
        spoken_of = {name for relation, given in facts if given in clash for name in free_names(relation)}
        whole = "".join(f", {name} being an integer" for name in sorted(spoken_of & known.integers))
        raise GivenError(f"No numbers satisfy {named}{whole}; one of the givens has to change.")


def _check_names(known: Declarations) -> None:
    kinds: dict[str, str] = {}
    letters = {law.letter: f"the letter of the masses of {law.name}" for law in known.laws.values() if law.letter != law.name}
    values = {name.lower(): f"a value of {name}" for name in known.variables if name.lower() not in known.laws}
    for kind, names in (
        ("a number", known.numbers),
        ("a law", known.laws),
        ("a random variable", known.variables),
        ("a function", known.functions),
        ("an outcome", known.outcomes),
    ):
        for name in sorted(names):
            other = kinds.setdefault(name, kind)
            if kind in ("a number", "a function", "a law"):
                other = letters.get(name) or values.get(name) or other
            free = kind == "an outcome" or (name in CAPITALS and kind == "a random variable")
            if name in RESERVED and not free:
                raise GivenError(f"'{name}' is a word of the language; give {kind} another name.")
            if other != kind:
                raise GivenError(f"The givens make '{name}' both {other} and {kind}; give one of them another name.")


def _check_formulas(known: Declarations) -> None:
    for formula in known.formulas.values():
        law = known.laws[formula.law]
        if law.entries == MASS and not _is_a_law(formula, law.alphabets[0], known):
            raise GivenError(
                f"'{formula.given}': the masses are not seen to be positive with sum 1; "
                "write them as f/sum(j in ..., f), where f is an exp or made of positive numbers."
            )


def _positive(known: Declarations, term: Term) -> bool:
    match term:
        case Exp():
            return True
        case Number(value):
            return value > 0
        case Mass(marginal, _):
            return known.laws[marginal.law].entries != REAL
        case Power(base, _):
            return _positive(known, base)
        case Plus() | Times() | Quotient():
            return all(_positive(known, part) for part in term.args)
        case Symbol():
            above = (Relation((term, Number(0)), (">",)), Relation((Number(0), term), ("<",)))
            return any(fact.relation in above for fact in known.facts)
        case _:
            return False


def _check_circles(known: Declarations) -> None:
    uses = {name: law_names(*formula.terms()) for name, formula in known.formulas.items()}
    for name, formula in known.formulas.items():
        reached, pending = set(), list(uses[name])
        while pending:
            law = pending.pop()
            if law not in reached:
                reached.add(law)
                pending.extend(uses.get(law, ()))
        if name in reached:
            raise GivenError(f"'{formula.given}' gives the masses of {name} in terms of themselves.")


def _implied(known: Declarations) -> Iterable[tuple[Relation, str]]:
    """What the declarations say of the masses that the conditions mention."""
    mentioned = dict.fromkeys(part for fact in known.facts for part in subterms(fact.relation) if isinstance(part, Mass))
    for mass in mentioned:
        law = known.laws[mass.marginal.law]
        given = known.declared_by[law.name]
        if law.entries != REAL:
            yield Relation((mass, Number(0)), (">",)), given
        if law.entries == MASS:
            yield Relation((mass, Number(1)), ("<",)), given
        formula = known.formulas.get(law.name)
        value = formula.at(mass.args[0]) if formula is not None and len(mass.args) == 1 else None
        if formula is not None and value is not None:
            yield Relation((mass, value), ("=",)), formula.given
    for law in known.laws.values():
        masses = [mass for mass in mentioned if mass.marginal.law == law.name and _is_element(mass.args[0])]
        if law.entries == MASS and law.variables == ("",) and masses:
            total = sum_of(masses)
            size = size_of(law.alphabets[0])
            finite = isinstance(size, Number)
            operator = "<=" if not finite else "=" if size == Number(len(masses)) else "<"
            yield Relation((total, Number(1)), (operator,)), known.declared_by[law.name]


def _is_element(value: Term) -> bool:
    return isinstance(value, Number | Outcome)


def _is_a_law(formula: MassFormula, alphabet: Term, known: Declarations) -> bool:
    """Whether the masses of a formula in an index are seen to be positive and to sum to one."""
    term = formula.formula
    match term:
        case None:
            return True
        case Quotient(numerator, Sum((_,), (domain,), _) as total) if domain == alphabet:
            return rename_bound(total, (formula.index,)).body == numerator and _positive(known, numerator)
        case Mass(_, (Value(name),)):
            return name == formula.index and _positive(known, term)
        case _:
            return term == Quotient(Number(1), size_of(alphabet))
