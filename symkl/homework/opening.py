"""The relation that opens a chain: it introduces a name, solves the equation above it, or claims something."""

from __future__ import annotations

from dataclasses import replace

from symkl.homework.compare import PROVED, REFUTED, Comparer, Definition
from symkl.homework.equations import closed
from symkl.homework.equations import follows as follows_from
from symkl.homework.introductions import differentiated
from symkl.homework.rounding import data_decimals, exact_decimals
from symkl.homework.rows import Equation, Judged, Row
from symkl.homework.step import step, supposed_opening
from symkl.homework.trail import Trail
from symkl.homework.verdicts import CORRECT, GIVEN, UNKNOWN, WRONG
from symkl.language.term import Function, Law, Mass, Measure, Number, RandomVariable, Symbol, Term, Value, subterms

LETTERS = {"H": ("H",), "h": ("h",), "KL": ("D", "KL", "D_KL"), "I": ("I",), "JS": ("JS", "JSD", "D_JS")}
"""How a measure is named without its arguments."""

SAYS_SOMETHING = "says something of"
NOT_FOLLOWING = "does not follow from"


def opening(trail: Trail, row: Row, operator: str, left: Term, right: Term) -> Judged:
    """The verdict on the relation that a chain opens with."""
    trail.exact |= data_decimals(left) | data_decimals(right)
    solved = _solved(trail, row, operator, left, right)
    supposed = None if solved else supposed_opening(trail, operator, left, right)
    introduced = "" if solved or supposed else introduced_by(trail, left, right)
    if operator == "=" and not (solved or supposed or introduced):
        introduced = _lists_the_masses(trail, left, right)
    trail.push(left, GIVEN)
    trail.exact |= exact_decimals(left)
    if introduced:
        trail.exact |= exact_decimals(right)
        trail.push(right, GIVEN, operator)
        degenerate = _degenerate(right, trail.comparer)
        if degenerate is not None:
            return Judged(UNKNOWN, f"{trail.write(degenerate)} is 0 whatever the laws are; is that what was meant?")
        if operator == "=" and introduced.startswith(SAYS_SOMETHING):
            trail.equations.append(Equation(left, right, trail.count))
        return Judged(GIVEN, introduced)
    follows = solved or supposed or _follows(trail, row, operator, left, right)
    if follows is not None:
        trail.push(right, follows.verdict, operator)
        return follows
    shared = trail.names(left).opaque | trail.names(right).opaque
    if isinstance(left, Measure):
        for name in LETTERS.get(left.name, ()):
            # H(p) = ... and then dH/dp: the letter alone is the measure that the display opens with.
            trail.comparer.definitions.setdefault(f"{name} alone", Definition(Symbol(name), left))
    found = step(trail, operator, right)
    if found.verdict == WRONG and operator == "=" and _is_a_further_equation(trail, shared):
        trail.sides[-1] = replace(trail.sides[-1], verdict=UNKNOWN)
        found = replace(found, verdict=UNKNOWN, reason="it is not seen whether this follows from the equation above")
    if operator == "=" and found.verdict in (GIVEN, UNKNOWN) and not shared and trail.names(left).laws:
        trail.conditions.append(Equation(left, right, trail.count))
    if operator == "=" and found.verdict != CORRECT and shared:
        trail.equations.append(Equation(left, right, trail.count, found.verdict == WRONG))
    return found


def _is_a_further_equation(trail: Trail, names: frozenset[str]) -> bool:
    """Whether the row above states an equation, no identity, in the same names."""
    if not trail.equations or trail.equations[-1].row != trail.count - 1 or trail.equations[-1].claimed:
        return False
    above = trail.equations[-1]
    return bool(names & (trail.names(above.left).opaque | trail.names(above.right).opaque))


def introduced_by(trail: Trail, left: Term, right: Term) -> str:
    """What an opening equation introduces rather than claims, in words; empty where it claims."""
    names, others = trail.names(left), trail.names(right)
    for name, value in ((left, right), (right, left)):
        if not isinstance(name, Mass) and trail.is_new_name(name, value):
            if not isinstance(name, Value):
                trail.comparer.definitions[name.name] = Definition(name, value)  # type: ignore[attr-defined]
            return f"{trail.write(name)} is introduced"
    by_formula = isinstance(left, Mass) and left.marginal.law in trail.comparer.setting.formulas and not trail.sides
    if by_formula and trail.comparer.compare("=", left, right).verdict == PROVED:
        return f"says what {trail.write(left)} is"
    if trail.hidden(left) and not any(side.term == left for side in trail.sides):
        found = differentiated(left, right)
        if found is not None and trail.is_new_name(found.head, found.body):
            trail.comparer.definitions[trail.write(found.head)] = found
        return f"says what {trail.write(left)} is"
    new = {part.name for part in subterms(left) if isinstance(part, Function)} & names.opaque
    new = new - others.opaque - trail.seen_above.opaque - set(trail.comparer.definitions)
    if not names.laws and not names.opaque & others.opaque:
        new |= names.opaque - trail.seen_above.opaque - set(trail.comparer.definitions)
    return f"{SAYS_SOMETHING} {', '.join(sorted(new))}, of which nothing is known" if new else ""


def _lists_the_masses(trail: Trail, left: Term, right: Term) -> str:
    """H(X) = H(1/2, 1/4, 1/4) of a variable whose law nothing states says what its masses are."""
    match left, right:
        case Measure("H", _, (RandomVariable(name),)), Measure("H", _, (Law(marginal),)):
            known = trail.comparer.setting
            masses = known.scope.laws[marginal.law].masses
            if masses and known.scope.variables.get(name) not in known.formulas:
                return f"says that the masses of {name} are {', '.join(masses)}"
    return ""


def _solved(trail: Trail, row: Row, operator: str, left: Term, right: Term) -> Judged | None:
    """Whether a row solves the equation above it for a name."""
    return _follows(trail, row, operator, left, right) if isinstance(left, Symbol | Mass) else None


def _follows(trail: Trail, row: Row, operator: str, left: Term, right: Term) -> Judged | None:
    """Whether an equation follows from the one above it: the same difference up to a factor, or solved for a name."""
    if operator != "=" or not trail.equations:
        return None
    above = trail.equations[-1]
    outcome = follows_from(above.left, above.right, left, right, trail.comparer)
    if outcome is None:
        return None
    if outcome.verdict == PROVED:
        if above.row < trail.count:
            trail.solved.add(above.row)
        trail.equations.append(Equation(left, right, trail.count))
        return Judged(CORRECT, "the same equation as above, rearranged", outcome=outcome, before=left, after=right)
    alone = above.row in (trail.count - 1, trail.count) and isinstance(left, Symbol) and closed(above.left, above.right, left)
    if outcome.verdict == REFUTED and (row.connective or alone) and not trail.gap:
        return Judged(WRONG, f"{NOT_FOLLOWING} the equation above", (), outcome, above.left, "=", right)
    return None


def _degenerate(term: Term, comparer: Comparer) -> Term | None:
    """A divergence inside a term that is 0 whatever the laws are."""
    for part in subterms(term):
        divergence = isinstance(part, Measure) and part.name in ("KL", "JS")
        if divergence and comparer.compare("=", part, Number(0)).verdict == PROVED:
            return part
    return None
