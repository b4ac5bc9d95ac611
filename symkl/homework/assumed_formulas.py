"""What a formula that the words assume says under a setting: givens, functions of random variables, laws that are equal."""

from __future__ import annotations

import re
from fractions import Fraction

from symkl.errors import ReadError, SymklError
from symkl.language.latex import elaborate, read_syntax
from symkl.language.latex.macros import Macros
from symkl.language.term import Law, Mass, Measure, Number, RandomVariable, Range, Relation, Symbol, Term, Times, without_labels
from symkl.theory.affine import affine, constant
from symkl.theory.setting import Setting

_ASSIGNED = re.compile(r"(?P<variable>[A-Z](?:_\{?\w+\}?)?'?)\s*=\s*(?P<body>[^=<>|]+)")
_NAME = re.compile(r"(?<![A-Za-z\\_])[A-Z](?:_\{?\w+\}?)?'?(?![A-Za-z])")
_INVERTIBLE = re.compile(r"\s*\S+\s*(?:\+|-|\\oplus|⊕)\s*\S+\s*")
_VECTOR = re.compile(
    r"(?P<name>\\?[A-Za-z]+(?:_\{?[A-Z]\w*\}?)?)\s*(?:\(\s*\w+\s*\)\s*)?(?:=|\\sim)\s*"
    r"(?:\\left|\\big[lr]?)?\s*(?:\(|\[|\\\{|\\langle|\\begin\{[pb]matrix\})(?P<entries>[^=]+?)"
    r"(?:\\right|\\big[lr]?)?\s*(?:\)|\]|\\\}|\\rangle|\\end\{[pb]matrix\})(?:\^\{?(?:T|\\top|\\intercal)\}?)?"
)
_AT = re.compile(
    r"(?:[Pp]|\\?Pr|\\(?:mathbb|mathrm|text|operatorname)\s*\{\s*(?:P|Pr)\s*\}|ℙ)\s*(?:\\left\s*)?[(\[{]\s*(?P<variable>[A-Z])\s*=\s*"
    r"(?P<value>\d+)\s*(?:\\right\s*)?[)\]}]\s*=\s*(?P<mass>[^=]+)"
)
_SEPARATOR = re.compile(r"\s*(?:,|;|&|\\\\)\s*")


def meant(formula: str, known: Setting, macros: Macros | None = None) -> tuple[str, ...] | None:
    """What a formula says, in the words of a supposition; None where it is not understood under the setting."""
    return (
        _function(formula, known)
        or _data(formula, known, macros)
        or _mass(formula, known, macros)
        or _relation(formula, known, macros)
    )


def _function(formula: str, known: Setting) -> tuple[str, ...] | None:
    """Y = g(X), Z = X + Y: a random variable that is a function of others."""
    match = _ASSIGNED.fullmatch(formula.strip())
    if match is None or "\\log" in match["body"] or "\\sum" in match["body"]:
        return None
    variable = re.sub(r"[{}]", "", match["variable"])
    of = sorted({re.sub(r"[{}]", "", name) for name in _NAME.findall(match["body"])})
    if variable not in known.scope.variables or not of or not set(of) <= known.scope.variables.keys() or variable in of:
        return None
    if match["body"].strip() == of[0]:
        return (f"{variable} same as {of[0]}",)
    found = [f"{variable} function of {', '.join(of)}"]
    if len(of) == 2 and _INVERTIBLE.fullmatch(match["body"]):
        found += [f"{one} function of {other}, {variable}" for one, other in (of, reversed(of))]
    return tuple(found)


def _data(formula: str, known: Setting, macros: Macros | None) -> tuple[str, ...] | None:
    """p = (1/2, 1/4, 1/4): the masses of a law, in order."""
    match = _VECTOR.fullmatch(formula.strip())
    if match is None:
        return None
    written = _SEPARATOR.split(match["entries"].strip())
    size = _size_of(match["name"], written, known)
    if size is not None:
        return (size,)
    entries = [number_of(entry, macros) for entry in written]
    if len(entries) < 2 or None in entries:
        return None
    return (f"{re.sub(r'[{}]', '', match['name'])} with masses {', '.join(map(str, entries))}",)


def _size_of(name: str, entries: list[str], known: Setting) -> str | None:
    """What p = (p_1, p_2, p_3) says: that the law has three masses."""
    law = known.scope.law(name)
    named = [entry.replace("{", "").replace("}", "") for entry in entries]
    if law is None or not law.indexed or named != [f"{law.letter}_{k}" for k in range(1, len(entries) + 1)]:
        return None
    alphabet = law.alphabets[0]
    high = alphabet.high if isinstance(alphabet, Range) else None
    return f"{known.write(high)} = {len(entries)}" if isinstance(high, Symbol | Number) else None


def _mass(formula: str, known: Setting, macros: Macros | None) -> tuple[str, ...] | None:
    """P(X = 0) = 0.3: a mass of the law of a random variable."""
    match = _AT.fullmatch(formula.strip())
    law = known.scope.laws.get(known.scope.variables.get(match["variable"], "")) if match else None
    mass = number_of(match["mass"], macros) if match else None
    if match is None or law is None or mass is None or len(law.variables) != 1:
        return None
    opening, closing = ("[", "]") if law.indexed else ("(", ")")
    return (f"{law.letter}{opening}{match['value']}{closing} = {mass}",)


def number_of(text: str, macros: Macros | None) -> Fraction | None:
    """The number that a text is; None where it is none."""
    try:
        return constant(affine(elaborate(read_syntax(text, macros), Setting().scope).term))
    except SymklError:
        return None


def relation_of(formula: str, known: Setting, macros: Macros | None) -> Relation | None:
    """A formula as a relation under a setting; None where it is none that is read."""
    try:
        term = elaborate(read_syntax(formula, macros), known.scope).term
    except ReadError:
        return None
    return term if isinstance(term, Relation) else None


def _relation(formula: str, known: Setting, macros: Macros | None) -> tuple[str, ...] | None:
    term = relation_of(formula, known, macros)
    if term is None:
        return None
    found = []
    sides = [without_labels(side) for side in term.args]
    for operator, left, right in zip(term.operators, sides, sides[1:], strict=False):
        said = _link(operator, left, right, known)
        if said is None:
            return None
        found.append(said)
    return tuple(found)


def _link(operator: str, left: Term, right: Term, known: Setting) -> str | None:
    if operator in ("=", "==") and isinstance(left, Law) and isinstance(right, Law):
        return f"{left.marginal.law} same as {right.marginal.law}"
    if operator == "=" and isinstance(left, RandomVariable) and isinstance(right, RandomVariable):
        return f"{left.name} same as {right.name}"
    if operator == "=" and right == Number(0) and isinstance(left, Measure):
        return _vanishing(left)
    if operator == "=" and isinstance(left, Mass) and not left.marginal.indexed:
        factored = _factored(left, right)
        if factored is not None:
            return factored
    if operator not in ("=", "<", "<=", ">", ">=", "!="):
        return None
    return f"{known.write(left)} {operator} {known.write(right)}"


def _vanishing(measure: Measure) -> str | None:
    """What it says that a measure is zero: a function, a constant, an independence, two laws that are the same."""
    names = [part.name if isinstance(part, RandomVariable) else "" for part in measure.args]
    match measure.name, measure.separators:
        case "H", () if names[0]:
            return f"{names[0]} constant"
        case "H", ("|",) if all(names):
            return f"{names[0]} function of {names[1]}"
        case "H", ("|", ",") if all(names):
            return f"{names[0]} function of {names[1]}, {names[2]}"
        case "I", (";",) if all(names):
            return f"{names[0]} indep {names[1]}"
        case "I", (";", "|") if all(names):
            return f"{names[0]} indep {names[1]} | {names[2]}"
        case "KL" | "JS", _ if len(measure.args) == 2 and all(isinstance(part, Law) for part in measure.args):
            one, other = (part.marginal.law for part in measure.args if isinstance(part, Law))
            return f"{one} same as {other}"
    return None


def _factored(left: Mass, right: Term) -> str | None:
    """The independence that p(x,y) = p(x) p(y), p(x,y|z) = p(x|z) p(y|z) or p(y|x,z) = p(y|z) says."""
    factors = right.args if isinstance(right, Times) else (right,)
    parts = [part.marginal for part in factors if isinstance(part, Mass) and part.marginal.law == left.marginal.law]
    of, given = left.marginal.of, left.marginal.given
    if len(parts) != len(factors):
        return None
    if len(of) == 1 and len(parts) == 1 and parts[0].of == of and set(parts[0].given) < set(given):
        apart, under = [*of, *(name for name in given if name not in parts[0].given)], parts[0].given
    elif len(of) == len(parts) == 2 and [part.of for part in parts] in ([of[:1], of[1:]], [of[1:], of[:1]]):
        if any(set(part.given) != set(given) for part in parts):
            return None
        apart, under = list(of), given
    else:
        return None
    return f"{apart[0]} indep {', '.join(apart[1:])}" + (f" | {', '.join(under)}" if under else "")
