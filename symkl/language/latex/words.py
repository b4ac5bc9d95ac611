"""The words of the field as people spell them: operators, measures, and which runs of letters are one name."""

from __future__ import annotations

import re

from symkl.language.latex.tokens import Token

OPERATORS = {
    "log": "log", "ln": "ln", "lg": "lg", "exp": "exp", "argmin": "argmin", "argmax": "argmax", "min": "min", "max": "max",
    "arginf": "argmin", "argsup": "argmax", "inf": "min", "sup": "max", "minimize": "min", "maximize": "max",
    "logarithm": "log",
}  # fmt: skip
"""Words that reach over what follows, in lower case."""

COMMANDS = {
    "log": "log", "ln": "ln", "lg": "lg", "exp": "exp", "sum": "sum", "prod": "prod", "int": "int", "iint": "int", "iiint": "int",
    "argmin": "argmin", "argmax": "argmax", "min": "min", "max": "max", "inf": "min", "sup": "max", "Expect": "E",
    "EE": "E",
}  # fmt: skip
"""Commands that do."""

MEASURES = {
    "KL": "KL", "kl": "KL", "KLD": "KL", "DKL": "KL", "D": "KL", "d": "KL", "RE": "KL", "Kl": "KL",
    "H": "H", "Ent": "H", "Entropy": "H", "entropy": "H", "ent": "H", "CE": "H", "CrossEntropy": "H", "BCE": "H", "h": "h",
    "I": "I", "MI": "I", "IG": "I", "JS": "JS", "JSD": "JS", "DJS": "JS",
}  # fmt: skip
"""Names that are applied to laws or random variables, and the measure they stand for."""

SUBSCRIPTED = {
    ("D", "KL"): "KL", ("d", "KL"): "KL", ("D", "kl"): "KL", ("D", "Kl"): "KL", ("D", "JS"): "JS", ("D", "JSD"): "JS",
    ("H", "b"): "H", ("H", "2"): "H", ("h", "2"): "H", ("h", "b"): "H", ("H", "CE"): "H", ("H", "ent"): "H", ("D", "RE"): "KL",
    ("S", "KL"): "KL", ("L", "CE"): "H", ("L", "KL"): "KL",
}  # fmt: skip
"""The same with a subscript. Another subscript on a measure makes it an unknown function of that name."""

OF_LISTS = frozenset({"H", "KL", "JS"})
"""Measures whose arguments may be lists of masses."""

QUANTITIES = frozenset({"H", "KL", "KLD", "DKL", "JS", "JSD", "MI", "CE", "BCE", "IG", "Ent", "Entropy", "CrossEntropy"})
"""Measures that also stand without arguments, as the name of a number."""

LAWS = {"Pr": "P", "Prob": "P"}
"""Words for the law of whatever they are applied to."""

UNITS = frozenset({"bit", "bits", "nat", "nats", "dit", "dits", "ban", "bans", "hartley", "hartleys", "shannon", "shannons"})

_KNOWN_RUNS = (
    "argmin",
    "argmax",
    "exp",
    "log",
    "Log",
    "LOG",
    "Exp",
    "ln",
    "Ln",
    "lg",
    "const",
    "KLD",
    "DKL",
    "KL",
    "JSD",
    "JS",
    "MI",
    "CE",
)
_CONSECUTIVE = "abcdefghijklmnopqrstuvwxyz"


_ESCAPES = re.compile(r"\\text(\w+)\{\}|\\([&%$#_{}])|\\[,;:! ]|~")
_ESCAPED = {"bar": "|", "backslash": "\\", "asciitilde": "~", "asciicircum": "^", "less": "<", "greater": ">"}


def unescaped(text: str) -> str:
    """Words as a person reads them: \\& is an ampersand, \\textbar{} a bar, \\, a space."""
    found = _ESCAPES.sub(lambda m: m[2] or (_ESCAPED.get(m[1], m[0]) if m[1] else " "), text)
    return found.strip()


def length_of_name(run: str, in_script: bool, after: str) -> int:
    """How many letters of a run of letters are one name: pq is a product, ELBO a word, logp is log and p."""
    if len(run) == 1 or in_script:
        return len(run)
    for known in _KNOWN_RUNS:
        if run.startswith(known) and (known.lower() in OPERATORS or len(run) == len(known)):
            if known == "CE" or (known == "MI" and after not in ("(", "[", "\\{")):
                break
            return len(known)
    if run in LAWS and after in ("(", "[", "\\{"):
        return len(run)
    if len(run) == 2:
        applied = after in ("(", "[") and run.isupper()
        return 2 if applied or (run[0] == "d" and run[1] != "d" and after in ("=", "end", "")) else 1
    return 1 if run.lower() in _CONSECUTIVE else len(run)


def opens_expectation(here: Token, after: Token, certain: bool = False) -> bool:
    """Whether what follows an E makes it an expectation: a law below it, a square bracket, or what it averages."""
    if here.text == "_" or (here.text in ("[", "\\{") and here.kind == "symbol"):
        return True
    if here.kind == "command" and here.text in ("log", "ln", "sum"):
        return True
    if certain:
        return here.kind not in ("end",) and here.text not in ("=", "+", "-", ")", ",")
    return here.text == "(" and after.kind == "command" and after.text in ("log", "ln", "sum", "frac")


def conventional(command: str) -> str:
    """The plain name of a command that is not LaTeX's own: \\x and \\vx are x, \\KL is KL, \\E is E."""
    if len(command) == 2 and command[0] in "vb" and command[1].isalpha():
        return command[1]
    if len(command) == 3 and command[:2] in ("bm", "bf", "mb") and command[2].isalpha():
        return command[2]
    return command
