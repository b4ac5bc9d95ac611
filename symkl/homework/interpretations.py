"""Other ways to take a display: what the notation leaves open, and what the words beside a row state.

Each is a whole: it changes how every row of the display is taken, and says so in a sentence. One is chosen over the plain
way only where it leaves fewer rows wrong or undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from symkl.homework.assumptions import uniform
from symkl.homework.closed import has_family, in_closed_form
from symkl.homework.customs import by_formulas, customs, zero_logs
from symkl.homework.densities import ordered_intervals, written_densities
from symkl.homework.interpretation import Interpretation
from symkl.homework.normal import normals
from symkl.homework.settings import as_law, stated_texts, with_given
from symkl.language.names import GREEK
from symkl.language.scope import MASS, LawDeclaration, Scope
from symkl.language.term import (
    Alphabet,
    Binder,
    Derivative,
    E,
    Exp,
    Function,
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Negation,
    Number,
    Outcomes,
    Plus,
    Power,
    Quotient,
    RandomVariable,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    free_names,
    subterms,
)
from symkl.theory.setting import Setting

LABELS = frozenset({"y", "t"})
"""What a classifier's labels, one of them 1 and the others 0, are called."""


def conventions(
    current: Interpretation, terms: Sequence[Term], openings: Sequence[tuple[Term, Term]] = (), text: str = ""
) -> Interpretation:
    """The display as its notation has to be taken: 0 log 0 is zero, the index dropped beside a derivative, p~ as p times Z.

    `openings` are the sides of the equations that its chains open with: one may say what the masses of a law are. `text` is
    the document's: its logs, or its units, say what the measures of a display without logs are to.
    """
    current = next(by_formulas(current, openings), current)
    if current.setting.scope.log_base == E and any(map(has_family, terms)):
        current = current.then("laws are as the names of their families say", None, in_closed_form)
    current = next(ordered_intervals(current, terms), current)
    current = next(written_densities(current, openings), current)
    current = next(_one_base(current, terms, text), current)
    for find in (zero_logs, _dropped_beside_derivative, _unnormalised, _parameters):
        current = next(find(current, terms), current)
    return current


def others(current: Interpretation, terms: Sequence[Term], notes: str) -> Iterator[Interpretation]:
    """The interpretations one change away from a current one, for a display of these terms, with these words beside it."""
    for find in (
        _bases,
        _dropped_indices,
        _values_as_numbers,
        _dropped_parameters,
        _two_values,
        _uniform_by_name,
        _softmax,
        _labels,
        customs,
        normals,
    ):
        yield from find(current, terms, notes)


# The base of logs


def _bases(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    if _has_base(current):
        return
    bare, explicit = _logs(terms)
    numbers = any(not free_names(term) and any(isinstance(part, Number) for part in subterms(term)) for term in terms)
    measured = any(isinstance(part, Measure) for term in terms for part in subterms(term))
    # Within one side log and log_2 are two functions.
    apart = all(not all(_logs([term])) for term in terms)
    for base in explicit or ([Number(2)] if (bare or measured) and numbers else []):
        known, written = _measured_to(current.setting, base), current.setting.write(base)
        yield current.then(f"measures are taken to base {written}", known)
        if bare and apart:
            yield current.then(f"log is taken to base {written}", known, partial(_to_base, base=base))


_BASE_TWO = re.compile(r"\\log_\{?\s*2\b|\\(?:lg|lb)\b|\bbits?\b")
_OTHER_BASE = re.compile(r"\\log(?![_a-z])|\\ln\b|\blog\b(?!_)|\bln\b|\\log_\{?\s*(?:e\b|10|b)|\bnats?\b")


def _one_base(current: Interpretation, terms: Sequence[Term], text: str) -> Iterator[Interpretation]:
    """Measures beside logs that all name one base, and measures alone in a text of bits: to that base."""
    bases = {log.base for term in terms for log in subterms(term) if isinstance(log, Log)}
    if not bases and _BASE_TWO.search(text) and not _OTHER_BASE.search(text):
        bases = {Number(2)}
    measured = any(isinstance(part, Measure) for term in terms for part in subterms(term))
    if measured and len(bases) == 1 and E not in bases and not _has_base(current):
        base = bases.pop()
        said = f"measures are taken to base {current.setting.write(base)}"
        yield current.then(said, _measured_to(current.setting, base))


def _has_base(current: Interpretation) -> bool:
    stated = stated_texts(current.setting)
    return any("base" in said for said in current.said) or any(text.startswith("log base") for text in stated)


def _logs(terms: Sequence[Term]) -> tuple[bool, list[Term]]:
    """Whether there are logs that name no base, and the bases that others name."""
    logs = [part for term in terms for part in subterms(term) if isinstance(part, Log)]
    bare = any(log.base == E and log.written != "ln" for log in logs)
    return bare, list(dict.fromkeys(log.base for log in logs if log.base != E))


def _measured_to(known: Setting, base: Term) -> Setting:
    return replace(known, scope=replace(known.scope, log_base=base))


def _to_base(term: Term, base: Term) -> Term:
    args = [_to_base(argument, base) for argument in term.args]
    if isinstance(term, Log) and term.base == E and term.written != "ln":
        return Log(args[0], base)
    return term.with_args(args)


# Names


def _dropped_indices(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """y_i beside y, where no index is bound: the row dropped the index."""
    names = {part.name for term in terms for part in subterms(term) if isinstance(part, Symbol)}
    same = {name: stem for name in names if (stem := re.sub(r"_[ijkn]$", "", name)) != name and stem in names}
    if same:
        said = "; ".join(f"{name} is {stem}" for name, stem in sorted(same.items()))
        yield current.then(f"the index is dropped: {said}", None, partial(_renamed, names=same))


def _renamed(term: Term, names: dict[str, str]) -> Term:
    if isinstance(term, Symbol):
        return Symbol(names.get(term.name, term.name))
    return term.with_args([_renamed(argument, names) for argument in term.args])


def _parameters(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """theta in P(x|theta) that a log is taken of: a parameter, and so a number."""
    logged = {part for term in terms for log in subterms(term) if isinstance(log, Log) for part in _calculated_with(log)}
    conditions = {
        value.name
        for term in terms
        for part in subterms(term)
        if isinstance(part, Mass) and part.marginal.given
        for value in part.args[len(part.marginal.of) :]
        if isinstance(value, Value)
    }
    found = [each for each in _values_as_numbers(current, terms, "") if each.said[-1].partition(" ")[0] in logged & conditions]
    yield from found[:1]


def _values_as_numbers(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """theta in P(x|theta) that is also calculated with: a number."""
    used = {name for term in terms for name in _calculated_with(term)}
    known = current.setting
    for name in sorted(used):
        if name in known.scope.numbers or not name.isidentifier():
            continue
        number = f"number_{name}"
        complement = any(_is_complement(part, name) for term in terms for part in subterms(term))
        extra = f"0 < {number} < 1" if complement else f"{number} > 0"
        widened = with_given(known, extra)
        if widened is not None:
            yield current.then(f"{name} is also a number", widened, partial(_as_number, name=name, number=number))


def _calculated_with(term: Term) -> frozenset[str]:
    """Names of free values that stand where numbers stand."""
    found: set[str] = set()
    pending = [term]
    while pending:
        current = pending.pop()
        if isinstance(current, Mass | Law | Measure | Function):
            continue
        if isinstance(current, Plus | Times | Quotient | Negation | Power | Log | Exp):
            found.update(part.name for part in current.args if isinstance(part, Value) and part.name in free_names(term))
        pending.extend(current.args)
    return frozenset(found)


def _dropped_parameters(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """p(z) beside p(x,z|phi), where phi only ever stands behind a bar: the parameter is left out."""
    parts = [part for term in terms for part in subterms(term) if isinstance(part, Mass | Law)]
    behind: dict[tuple[str, str], Term] = {}
    before: set[tuple[str, str]] = set()
    for part in parts:
        law, of = part.marginal.law, part.marginal.of
        before |= {(law, name) for name in of}
        for name, value in zip(part.marginal.given, part.args[len(of) if isinstance(part, Mass) else 0 :], strict=False):
            if isinstance(value, Value) and value.name in GREEK:
                behind[law, name] = value
    for (law, name), value in behind.items():
        if (law, name) in before or all(name in part.marginal.given for part in parts if part.marginal.law == law):
            continue
        said = f"{law} is always that at {current.setting.write(value)}"
        if said not in current.said:
            yield current.then(said, None, partial(_at_parameter, law=law, name=name, value=value))


def _at_parameter(term: Term, law: str, name: str, value: Term) -> Term:
    args = [_at_parameter(argument, law, name, value) for argument in term.args]
    if not isinstance(term, Mass | Law) or term.marginal.law != law or name in term.marginal.given:
        return term.with_args(args)
    marginal = replace(term.marginal, given=(*term.marginal.given, name))
    if isinstance(term, Law) and term.marginal.given and not args:
        return term
    return type(term)(marginal, (*args, value))


def _is_complement(term: Term, name: str) -> bool:
    return len(term.args) == 2 and term.args[0] == Number(1) and any(Value(name) == part for part in subterms(term.args[1]))


def _as_number(term: Term, name: str, number: str) -> Term:
    if isinstance(term, Mass | Law | Measure) or (isinstance(term, Binder) and name in term.names):
        return term
    if isinstance(term, Value) and term.name == name:
        return Symbol(number)
    return term.with_args([_as_number(argument, name, number) for argument in term.args])


def _dropped_beside_derivative(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """The derivative by y of something in y_i: it would be zero unless y_i is y."""
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Derivative) and isinstance(part.variable, Symbol):
                stem, names = part.variable.name, free_names(part.body)
                if stem not in names and any(re.fullmatch(rf"{stem}_[ijkn]", name) for name in names):
                    yield from _dropped_indices(current, terms, "")
                    return


def _unnormalised(current: Interpretation, terms: Sequence[Term]) -> Iterator[Interpretation]:
    """p~ beside p and Z: the masses p before they are divided by Z."""
    parts = [part for term in terms for part in subterms(term)]
    whole = next((p for p in parts if isinstance(p, Symbol | Function) and p.name == "Z"), None)
    if whole is None:
        return
    laws = {p.marginal.law: p.marginal for p in parts if isinstance(p, Mass)}
    for part in parts:
        if not isinstance(part, Function):
            continue
        law = next((name for name in laws if part.name in (f"t{name}", f"{name}_tilde", f"tilde{name}")), None)
        if law is not None and len(part.args) == len(laws[law].of) and not laws[law].given:
            marginal = laws[law]
            yield current.then(
                f"{part.name} is {law} before it is divided by {current.setting.write(whole)}",
                None,
                partial(_normalised, name=part.name, marginal=marginal, whole=whole),
            )
            return


def _normalised(term: Term, name: str, marginal: Marginal, whole: Term) -> Term:
    if isinstance(term, Function) and term.name == name:
        return Times(whole, Mass(marginal, term.args))
    return term.with_args([_normalised(argument, name, marginal, whole) for argument in term.args])


# Alphabets


def _two_values(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """P(Y = 0) beside P(Y = 1), and no other value: Y has these two."""
    known = current.setting
    values: dict[str, set[int]] = {}
    for term in terms:
        for part in subterms(term):
            for variable, value in _at_values(part):
                if isinstance(value, Number) and value.value.denominator == 1:
                    values.setdefault(variable, set()).add(int(value.value))
    several = {variable for variable, found in values.items() if len(found) > 1 and variable in known.scope.variables}
    if not several or any("has the values" in said for said in current.said):
        return
    listed = {variable: sorted(values[variable]) for variable in several}
    # Beside a variable with the values 0 and 1, another that is seen at one of them has these two as well.
    if [0, 1] in listed.values():
        listed |= {name: [0, 1] for name, found in values.items() if found <= {0, 1} and name in known.scope.variables}
    for chosen in [{name: listed[name]} for name in sorted(several)] + ([listed] if len(listed) > 1 else []):
        scope, changes = known.scope, []
        for variable, found in chosen.items():
            alphabet = Outcomes(*map(Number, found))
            scope = _on_alphabet(scope, variable, alphabet)
            changes.append((variable, alphabet))
        said = "; ".join(f"{variable} has the values {', '.join(map(str, found))}" for variable, found in chosen.items())
        yield current.then(said, replace(known, scope=scope), partial(_in_alphabets, alphabets=dict(changes)))


def _at_values(part: Term) -> list[tuple[str, Term]]:
    match part:
        case Mass(marginal, args):
            return list(zip(marginal.of + marginal.given, args, strict=True))
        case Relation(_, (RandomVariable(name), value)):
            return [(name, value)]
    return []


def _on_alphabet(scope: Scope, variable: str, alphabet: Term) -> Scope:
    laws = {name: _law_on(law, variable, alphabet) for name, law in scope.laws.items()}
    return replace(scope, laws=laws)


def _law_on(law: LawDeclaration, variable: str, alphabet: Term) -> LawDeclaration:
    alphabets = tuple(alphabet if v == variable else a for v, a in zip(law.variables, law.alphabets, strict=True))
    return replace(law, alphabets=alphabets)


def _in_alphabets(term: Term, alphabets: Mapping[str, Term]) -> Term:
    if isinstance(term, Alphabet) and term.name in alphabets:
        return alphabets[term.name]
    return term.with_args([_in_alphabets(argument, alphabets) for argument in term.args])


# Laws by a formula


def _uniform_by_name(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """A law called U or u: by custom the uniform one."""
    laws = {part.marginal.law for term in terms for part in subterms(term) if isinstance(part, Law)}
    for law in sorted(laws & {"U", "u"}):
        assumed = uniform(current.setting, law)
        if assumed is not None:
            yield current.then(f"{law} is uniform", assumed)


def _softmax(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """dp_i/do_k: the masses p are those of the softmax of o; and what else is summed to one beside them are masses too."""
    known = current.setting
    if any("softmax" in said for said in current.said):
        return
    for term in terms:
        for part in subterms(term):
            match part:
                case Derivative(body, Mass(by, _)) if known.scope.laws[by.law].entries != MASS:
                    laws = {p.marginal.law for p in subterms(body) if isinstance(p, Mass) and p.marginal.indexed}
                    for law in sorted(laws - {by.law}):
                        if known.scope.laws[law].entries == MASS:
                            yield from _as_softmax(current, law, by.law)
                            return


def _as_softmax(current: Interpretation, law: str, logits: str) -> Iterator[Interpretation]:
    known = current.setting
    declared, vector = known.scope.laws[law], known.scope.laws[logits]
    domain = known.write(declared.alphabets[0])
    formula = f"{declared.letter}[i] = exp({vector.letter}[i])/sum(j in {domain}, exp({vector.letter}[j]))"
    widened = with_given(known, formula)
    if widened is not None:
        yield current.then(f"{declared.letter} is the softmax of {vector.letter}", widened)
    others = [name for name, other in known.scope.laws.items() if other.entries != MASS and name != logits]
    for name in others:
        again = as_law(known, name, f"{{{domain}}}", formula)
        if again is not None:
            yield current.then(f"{declared.letter} is the softmax of {vector.letter}, and {name} sums to 1", again)


def _labels(current: Interpretation, terms: Sequence[Term], _notes: str) -> Iterator[Interpretation]:
    """A vector whose entries weigh a sum in a gradient by other entries, or y: a classifier's labels, which sum to one."""
    known = current.setting
    parts = [part for term in terms for part in subterms(term)]
    by = {part.variable.marginal.law for part in parts if isinstance(part, Derivative) and isinstance(part.variable, Mass)}
    if any("sums to 1" in said for said in current.said):
        return
    summed = {
        inner.marginal.law
        for part in parts
        if isinstance(part, Sum)
        for inner in subterms(part.body)
        if isinstance(inner, Mass) and set(part.names) & free_names(inner)
    }
    for name in sorted(summed):
        if name not in by and (by or name in LABELS) and known.scope.laws[name].entries != MASS:
            again = as_law(known, name, f"{{{known.write(known.scope.laws[name].alphabets[0])}}}")
            if again is not None:
                yield current.then(f"{name} sums to 1", again)
