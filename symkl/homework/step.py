"""One relation of a chain: the step from the side before it, and where that fails from a side above."""

from __future__ import annotations

from dataclasses import replace

from symkl.homework.compare import PROVED, REFUTED, Definition, Outcome, is_zero, replaced_by
from symkl.homework.constants import up_to_a_constant
from symkl.homework.data import matches_definition, replaced_function
from symkl.homework.diagnosis import masses_are_known
from symkl.homework.equations import follows as follows_from
from symkl.homework.evident import evident_entropy
from symkl.homework.hidden import factor_by_factor
from symkl.homework.introductions import introduction, one_hot
from symkl.homework.names import is_data
from symkl.homework.on_the_line import density_of
from symkl.homework.rounding import CUT_OFF, agree, cut_off, data_decimals, decimals, exact_decimals
from symkl.homework.rows import DIFFERS_FROM_UNDECIDED, Equation, Judged, Side
from symkl.homework.trail import Trail
from symkl.homework.verdicts import CORRECT, GIVEN, UNKNOWN, WRONG
from symkl.language.term import Binder, Derivative, Function, Mass, Number, Symbol, Term, free_names, subterms

SAYS_DERIVATIVE = "says what the derivative is"

STATED = "stated here and not derived; what rests on it is held to it"

MOST_CONDITIONS = 6
"""Of what the rows state of laws the last so many are looked at."""

_COMBINED = {
    ("=", "<="): "<=", ("=", ">="): ">=", ("=", "<"): "<", ("=", ">"): ">",
    ("<=", "<="): "<=", ("<=", "<"): "<", ("<", "<"): "<",
    (">=", ">="): ">=", (">=", ">"): ">", (">", ">"): ">",
}  # fmt: skip


def step(trail: Trail, operator: str, after: Term) -> Judged:
    """The verdict on one relation and the side after it."""
    if not trail.sides:
        trail.push(after, GIVEN)
        trail.exact |= exact_decimals(after)
        return Judged(GIVEN, "the chain begins here")
    if operator == "=" and is_zero(after) and _has_derivative(trail):
        trail.equations.append(Equation(trail.sides[-1].term, after, trail.count))
        return Judged(GIVEN, "a condition: the derivative is set to zero")
    if operator in ("=", ":=") and isinstance(after, Symbol | Function) and trail.is_new_name(after, trail.sides[-1].term):
        trail.comparer.definitions[after.name] = Definition(after, trail.sides[-1].term)
        trail.push(after, GIVEN, operator)
        return Judged(GIVEN, f"{trail.write(after)} is introduced")
    found = _compared(trail, operator, after)
    gap, trail.gap = trail.gap, False
    if gap and found.verdict == WRONG:
        found = replace(found, verdict=UNKNOWN, reason=f"differs from the last row that was read: {found.reason}")
    if found.verdict in (UNKNOWN, GIVEN):
        trail.tie(trail.sides[-1].term, after)
    if found.verdict in (GIVEN, CORRECT) and not (found.outcome and {"rounded", CUT_OFF} & set(found.outcome.said)):
        trail.exact |= exact_decimals(after)
    trail.push(after, found.verdict, operator)
    return found


def _has_derivative(trail: Trail) -> bool:
    return any(isinstance(part, Derivative) for side in trail.sides[:2] for part in subterms(side.term))


def _compared(trail: Trail, operator: str, after: Term) -> Judged:
    previous = trail.sides[-1]
    known = len(trail.comparer.definitions)
    first = _against(trail, operator, previous.term, after)
    if first.verdict == CORRECT or len(trail.comparer.definitions) > known:
        return first
    for side, combined in _earlier(trail, operator):
        outcome = trail.comparer.compare(combined, side.term, after)
        if outcome.verdict == PROVED:
            return Judged(CORRECT, f"agrees with row {side.row + 1}", outcome.said, outcome, side.term, combined, after)
        if first.verdict == WRONG and trail.suppositions:
            found = trail.suppositions.proves(combined, side.term, after, trail.exact | data_decimals(after))
            if found is not None:
                said = found.outcome.said if found.outcome else ()
                return Judged(CORRECT, f"agrees with row {side.row + 1} {found.said}", said)
    if (
        first.verdict == WRONG
        and len(trail.sides) > 1
        and all(side.verdict == CORRECT and side.operator == "=" for side in trail.sides[1:])
    ):
        first = replace(first, head=trail.sides[0].term)
    if first.verdict == WRONG and previous.verdict == UNKNOWN and previous.operator == "=":
        return replace(first, verdict=UNKNOWN, reason=f"{DIFFERS_FROM_UNDECIDED}: {first.reason}")
    return first


def _earlier(trail: Trail, operator: str) -> list[tuple[Side, str]]:
    """The right sides above the previous one, nearest first, each with the relation that the chain has from it to here.

    A wrong or undecided row in between is passed over: the row after it may go on from the last right one.
    """
    found: list[tuple[Side, str]] = []
    combined = operator
    skip = trail.sides[-1].verdict in (WRONG, UNKNOWN)
    for k in range(len(trail.sides) - 1, 0, -1):
        side = trail.sides[k]
        link = "=" if side.verdict in (WRONG, UNKNOWN) and side.operator not in ("<=", ">=", "<", ">") else side.operator
        link = "=" if link == ":=" else link
        combined = _combined(link, combined)
        if not combined:
            return found
        before = trail.sides[k - 1]
        usable = before.verdict in (CORRECT, GIVEN) or (before.verdict == UNKNOWN and trail.sides[-1].verdict == WRONG)
        if usable and (skip or combined == "="):
            found.append((before, combined))
    return found


def _against(trail: Trail, operator: str, before: Term, after: Term) -> Judged:
    if operator == "!=":
        return _differ(trail, before, after)
    loosely = up_to_a_constant(operator, before, after, trail.comparer, trail.seen_above, trail.seen, trail.excuses())
    if loosely is not None:
        return loosely
    outcome = trail.comparer.compare("=" if operator == "~=" else operator, before, after)
    if outcome.verdict == PROVED:
        return Judged(CORRECT, "", outcome.said, outcome, before, operator, after)
    rounded = _rounded(trail, operator, before, after)
    if rounded is not None:
        return rounded
    supposed = _supposed(trail, operator, before, after)
    if supposed is not None:
        return supposed
    data = _introduces(trail, operator, before, after, outcome)
    if data is not None:
        return data
    if outcome.verdict == REFUTED:
        conditional = _under_conditions(trail, operator, before, after)
        if conditional is not None:
            return conditional
        excuse = trail.excuses().of(operator, before, after) or _roughly(trail, operator, before, after)
        if excuse and not (trail.suppositions and trail.suppositions.covers(before, after)):
            return Judged(UNKNOWN, excuse, (), outcome, before, operator, after)
        return _refuted(trail, operator, before, after, outcome)
    return Judged(UNKNOWN, outcome.reason, (), outcome, before, operator, after)


def _supposed(trail: Trail, operator: str, before: Term, after: Term) -> Judged | None:
    """The verdict on a step that what the words assume proves, or refutes by the data that they give."""
    if not trail.suppositions or operator not in ("=", ":=", "~=", "<=", ">=", "<", ">"):
        return None
    exact = trail.exact | data_decimals(after)
    found = trail.suppositions.proves(operator, before, after, exact)
    if found is not None:
        return Judged(CORRECT, found.said, found.outcome.said if found.outcome else ())
    found = trail.suppositions.contradicts(operator, before, after, exact)
    if found is None or found.outcome is None:
        return None
    if found.verdict == UNKNOWN:
        return Judged(UNKNOWN, found.said, (), found.outcome, before, operator, after)
    return Judged(WRONG, found.outcome.reason, (found.said,), found.outcome, before, operator, after, world=found.world)


def supposed_opening(trail: Trail, operator: str, left: Term, right: Term) -> Judged | None:
    """The verdict on an equation that opens a chain, where only what the words assume decides it."""
    if not trail.suppositions:
        return None
    plainly = trail.comparer.compare("=" if operator in ("~=", ":=") else operator, left, right).verdict == PROVED
    return None if plainly else _supposed(trail, operator, left, right)


def _refuted(trail: Trail, operator: str, before: Term, after: Term, outcome: Outcome) -> Judged:
    """The verdict on a step that is refuted without what the words assume, and that nothing excuses."""
    found = trail.suppositions.settles(operator, before, after, trail.exact) if trail.suppositions is not None else None
    if found is None:
        return Judged(WRONG, outcome.reason, (), outcome, before, operator, after)
    if found.verdict == UNKNOWN:
        reason = f"{found.said}; without it the sides differ"
        return Judged(UNKNOWN, reason, (), outcome, before, operator, after)
    outcome = found.outcome or outcome
    return Judged(WRONG, outcome.reason, (found.said,), outcome, before, operator, after, world=found.world)


def _differ(trail: Trail, before: Term, after: Term) -> Judged:
    """The verdict on `is not`, which says that two sides are not the same in general."""
    outcome = trail.comparer.compare("=", before, after)
    if outcome.verdict == REFUTED:
        return Judged(CORRECT, "they differ in general", (), outcome, before, "!=", after)
    if outcome.verdict == PROVED:
        return Judged(WRONG, "both sides are equal everywhere", (), outcome, before, "!=", after)
    return Judged(UNKNOWN, outcome.reason, (), outcome, before, "!=", after)


def _under_conditions(trail: Trail, operator: str, before: Term, after: Term) -> Judged | None:
    """The verdict on a refuted step under what rows above state of its laws; None where they state nothing of them."""
    laws = trail.names(before).laws | trail.names(after).laws
    undecided = None
    for known in reversed(trail.conditions[-MOST_CONDITIONS:]):
        if known.row == trail.count or not laws & trail.names(known.left).laws:
            continue
        written = f"{trail.write(known.left)} = {trail.write(known.right)}"
        meant = Definition(known.left, known.right)
        left, right = replaced_by(before, meant), replaced_by(after, meant)
        outcome = trail.comparer.compare(operator, left, right) if (left, right) != (before, after) else None
        if (outcome is None or outcome.verdict != PROVED) and operator == "=":
            outcome = follows_from(known.left, known.right, before, after, trail.comparer)
        if outcome is not None and outcome.verdict == PROVED:
            return Judged(CORRECT, f"by {written}", (), outcome, before, operator, after)
        if is_zero(known.right) or trail.names(known.right).laws:
            undecided = Judged(UNKNOWN, f"whether {written} makes it right is not decided", (), None, before, operator, after)
    return undecided


def _roughly(trail: Trail, operator: str, before: Term, after: Term) -> str:
    """Why numbers that are rounded, beside names, may still be meant rightly."""
    rounded = (decimals(before) | decimals(after)) - trail.exact
    named = free_names(before) | free_names(after)
    if len(trail.units) > 1 and not trail.names(before).laws and not trail.names(after).laws:
        return f"the rows name several units: {', '.join(sorted(trail.units))}"
    if named and (operator == "~=" or any(len(text.partition(".")[2]) > 2 for text in rounded)):
        return "rounded numbers beside names are not compared"
    return ""


def _rounded(trail: Trail, operator: str, before: Term, after: Term) -> Judged | None:
    if operator not in ("=", "~="):
        return None
    if not decimals(before) and not decimals(after):
        return None
    sources = [before, *(side.term for side in reversed(trail.sides[:-1]) if side.verdict in (CORRECT, GIVEN))]
    for source in sources:
        found = agree(trail.comparer.unfolded(source), trail.comparer.unfolded(after), trail.comparer.setting, trail.exact)
        if found is not None and found[0]:
            rounded = Outcome(PROVED, "", said=("rounded",))
            return Judged(CORRECT, "rounded", ("rounded",), rounded, before, operator, after)
        if operator == "~=" and cut_off(trail.comparer.unfolded(source), after, trail.comparer.setting, trail.exact):
            cut = Outcome(PROVED, "", said=(CUT_OFF,))
            return Judged(CORRECT, CUT_OFF, cut.said, cut, before, operator, after)
        if source is before and found is None:
            return None
    if cut_off(trail.comparer.unfolded(before), after, trail.comparer.setting, trail.exact):
        return Judged(UNKNOWN, f"{CUT_OFF}?", (), None, before, operator, after)
    return None


def _introduces(trail: Trail, operator: str, before: Term, after: Term, outcome: Outcome) -> Judged | None:
    """Whether a row only says what data a law or a measure has."""
    if operator not in ("=", ":=", "~="):
        return None
    names, new = trail.register.of(before), trail.register.of(after)
    if trail.hidden(before) and not trail.hidden(after) and not is_zero(after) and factor_by_factor(before, after):
        return Judged(GIVEN, SAYS_DERIVATIVE, before=before, operator=operator, after=after)
    if outcome.verdict == PROVED:
        return None
    density = density_of(before, after, trail.comparer.setting) if len(trail.sides) == 1 else None
    if density is not None:
        trail.comparer.definitions[trail.write(density[0])] = Definition(*density)
        says = f"says what {trail.write(density[0])} is: {trail.write(density[1])}"
        return Judged(GIVEN, says, before=before, operator=operator, after=after)
    function = replaced_function(trail.comparer.defined(before), trail.comparer.defined(after))
    if function is not None:
        return Judged(GIVEN, f"says what {function} is", before=before, operator=operator, after=after)
    found = introduction(before, after, trail.new_names(new), trail.comparer)
    if found is not None:
        trail.comparer.definitions[trail.write(found.definition.head)] = found.definition
        return Judged(GIVEN, found.says, before=before, operator=operator, after=after)
    label = one_hot(before, after, trail.comparer)
    if label is not None:
        return Judged(GIVEN, label, before=before, operator=operator, after=after)
    if not names.laws:
        return None
    matched = matches_definition(before, after)
    if matched == "yes" and new.opaque - names.opaque:
        return Judged(GIVEN, "the data are introduced here", before=before, operator=operator, after=after)
    if not is_data(after, new) or (matched == "no" and _counts_values(trail, before, after)):
        return None
    opening = len(trail.sides) == 1
    if not opening and ((isinstance(after, Number) and "." not in after.written) or _is_nought(trail, after)):
        return None
    if trail.comparer.constant(before):
        return None
    if outcome.verdict == REFUTED and masses_are_known(before, operator, after, trail.comparer):
        return _refuted(trail, operator, before, after, outcome)
    out_of_range = _out_of_range(trail, before, after)
    if out_of_range is not None:
        return out_of_range
    evident = evident_entropy(before, after)
    if evident is not None:
        slip = trail.comparer.compare("=", evident, after)
        if slip.verdict == REFUTED:
            return Judged(WRONG, f"these masses have the entropy {trail.write(evident)}", (), slip, evident, operator, after)
    if matched == "sign":
        return Judged(WRONG, "the sign is wrong for whatever data", (), outcome, before, operator, after)
    if matched == "yes" or (matched != "mixed" and (opening or not new.opaque)):
        says = STATED if is_zero(after) else "the data are introduced here"
        return Judged(GIVEN, says, before=before, operator=operator, after=after)
    return None


def _counts_values(trail: Trail, before: Term, after: Term) -> bool:
    """Whether a side is made of how many values the laws of the side before have, as log n is: no datum."""
    laws = trail.comparer.setting.scope.laws
    alphabets = [each for name in trail.register.of(before).laws if name in laws for each in laws[name].alphabets]
    names, sizes = free_names(after), {name for alphabet in alphabets for name in free_names(alphabet)}
    return bool(names) and names <= sizes and not isinstance(before, Mass) and not _binds(after)


def _binds(term: Term) -> bool:
    return any(isinstance(part, Binder) for part in subterms(term))


def _is_nought(trail: Trail, term: Term) -> bool:
    """Whether numbers come to nothing, as log 1 does: no data."""
    return not free_names(term) and not decimals(term) and trail.comparer.compare("=", term, Number(0)).verdict == PROVED


def _out_of_range(trail: Trail, before: Term, after: Term) -> Judged | None:
    sign = trail.comparer.compare("<", after, Number(0))
    for wanted, wrong_sign in ((">=", "<"), ("<=", ">")):
        if trail.comparer.compare(wrong_sign, after, Number(0)).verdict != PROVED:
            continue
        if trail.comparer.compare(wanted, before, Number(0)).verdict == PROVED:
            word = "negative" if wanted == ">=" else "positive"
            return Judged(WRONG, f"{trail.write(before)} is never {word}", (), sign, before, "=", after)
    return None


def _combined(one: str, other: str) -> str:
    """The relation between the ends of two steps; empty where they do not combine."""
    if one == other:
        return one
    return _COMBINED.get((one, other)) or _COMBINED.get((other, one)) or ""
