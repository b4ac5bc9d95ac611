"""Single factors of a formula: names with their scripts, numbers, brackets, fractions, and the words that reach further."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

from symkl.language.latex import symbols, words
from symkl.language.latex.cursor import Cursor
from symkl.language.latex.naming import script_text
from symkl.language.latex.syntax import (
    Absolute,
    Applied,
    Chain,
    Differential,
    Dots,
    Group,
    Name,
    Node,
    Numeral,
    Operator,
    Run,
    chain_of,
)
from symkl.language.latex.tokens import Token

_OPENS = {"(": ")", "[": "]", "\\{": "\\}", "{": "}"}
_SPACING = re.compile(r"\\[,;:! ]|~|\\(?:quad|nolimits|limits)\b|\\(?=\\)")
_FONT = re.compile(r"\\(?:mathbb|mathbf|mathrm|mathcal|mathsf|boldsymbol|bf|rm)\b")
_PLACEHOLDER_NEIGHBOURS = frozenset({"(", ")", "[", "]", "|", "||", ",", ";", "mid"})
_UPRIGHT_WORD = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*\d*$")

REFUSED = {
    "pm": "a plus-or-minus sign stands for two formulas", "mp": "a minus-or-plus sign stands for two formulas",
    "otimes": "a tensor product", "oplus": "a direct sum", "circ": "a composition or an entrywise product", "cup": "a union",
    "bigcup": "a union", "bigcap": "an intersection", "lfloor": "a floor", "lceil": "a ceiling", "det": "a determinant",
    "tr": "a trace", "dim": "a dimension", "sin": "a trigonometric function", "cos": "a trigonometric function",
    "tan": "a trigonometric function", "lim": "a limit", "subset": "an inclusion of sets", "perp": "an independence sign",
    "cancel": "a term that is struck out", "setminus": "a difference of sets",
    "langle": "angle brackets, which are written for a mean, an inner product or a pair", "gcd": "a greatest common divisor",
    "neg": "a negation", "lnot": "a negation", "forall": "a quantifier", "exists": "a quantifier",
    "oint": "a contour integral", "emptyset": "the empty set",
}  # fmt: skip
"""Constructs that are recognised and not read, and what they are."""


MARKS = frozenset({"underline", "mathbf", "boldsymbol", "bm", "pmb"})
"""Commands that are part of a symbol's name, and around a formula only mark it."""


class Factors(Cursor):
    """Reads one factor at a time; `chain` is what stands inside brackets."""

    def __init__(self, text: str, found: list[Token]) -> None:
        super().__init__(text, found)
        self.notes: list[str] = []
        self._integrals = 0

    def chain(self, closers: tuple[str, ...]) -> Chain:
        """Expressions and relations up to one of the closing symbols, which stays."""
        raise NotImplementedError

    # Factors

    def factor(self) -> Node | None:
        """The factor that begins here, or None where none does."""
        token = self.here
        match token.kind:
            case "letter":
                return self._letters()
            case "number":
                self.take()
                numeral = Numeral(token.start, token.end, token.text)
                numeral.power = self._power()
                return self._ended(numeral)
            case "text":
                return self._upright()
            case "command":
                return self._command()
            case "symbol":
                return self._symbol()
            case _:
                return None

    def _ended(self, node: Node) -> Node:
        node.end = max(node.end, self.before.end)
        return node

    def _symbol(self) -> Node | None:
        token = self.here
        if token.text == "{" and self._braces_an_operator():
            del self._tokens[self._closing(self._position)], self._tokens[self._position]
            return self.factor()
        if token.text in _OPENS:
            group = self.group()
            if not self._bare:
                group.power = self._power()
            return self._ended(group)
        if token.text in ("lvert", "|"):
            return self._absolute("|" if token.text == "|" else "rvert")
        if token.text in ("lVert", "||") and self._bars_close_norm():
            return self._norm()
        if token.text == "." and self.ahead().text == "." and self.ahead().start == token.end:
            while self.at("."):
                self.take()
            return Dots(token.start, self.before.end)
        if token.text == "*" and {self.before.text, self.ahead().text} <= _PLACEHOLDER_NEIGHBOURS:
            # The dot of p(. | x): the values that are left open.
            self._tokens[self._position] = token._replace(kind="letter", text="_dot")
            self.take()
            return Name(token.start, token.end, "_dot")
        if token.text == "!":
            raise self.error("A factorial is not read")
        if token.text == "%":
            raise self.error("A percent sign is not read; write the fraction")
        return None

    def _braces_an_operator(self) -> bool:
        """Whether the braces here hold a log or an expectation with its scripts and nothing more: {\\mathbb E}_p."""
        inside = self._tokens[self._position + 1 : self._closing(self._position)]
        word, length = _leading_word(inside)
        if word not in ("log", "ln", "lg", "E"):
            return False
        rest = inside[length:]
        depth = 0
        for position, token in enumerate(rest):
            depth += (token.text == "{") - (token.text == "}")
            if not depth and token.text not in ("_", "^", "}") and rest[position - 1].text not in ("_", "^"):
                return False
        return True

    def _bars_close_norm(self) -> bool:
        close = "rVert" if self.here.text == "lVert" else "||"
        depth, distance = 0, 1
        while self.ahead(distance).kind != "end" and distance < 200:
            token = self.ahead(distance)
            depth += (token.text in _OPENS) - (token.text in _OPENS.values())
            if depth < 0:
                return False
            if token.text == close and depth == 0:
                return True
            distance += 1
        return False

    def _absolute(self, close: str) -> Node:
        start = self.take().start
        self._open_bars += 1
        body = self._inside((close,))
        self._open_bars -= 1
        self.expect(close, "to close the absolute value")
        node = Absolute(start, self.before.end, body)
        node.power = self._power()
        return self._ended(node)

    _open_bars = 0

    def _norm(self) -> Node:
        token = self.take()
        close = "rVert" if token.text == "lVert" else "||"
        body = self._inside((close,))
        self.expect(close, "to close the norm")
        which = script_text(self._subscript()) if self.at("_") else ""
        if which is None:
            raise self.error("A norm with a formula below it is not read")
        node = Applied(token.start, self.before.end, f"norm_{which}" if which else "norm", [body])
        node.power = self._power()
        return self._ended(node)

    def _inside(self, closers: tuple[str, ...]) -> Chain:
        raise NotImplementedError

    def group(self) -> Group:
        """Brackets with everything in them."""
        raise NotImplementedError

    # Scripts

    def _power(self) -> Chain | None:
        """What stands above the factor that was just taken."""
        power = None
        while True:
            if self.at("^"):
                if power is not None:
                    raise self.error("Two superscripts on one factor")
                self.take()
                power = self._script()
            elif self.here.kind == "power":
                power = self._single(self.take())
            else:
                return power

    def _script(self) -> Chain:
        """The argument of ^ or _ as a chain: one token, or braces."""
        if self.at("{") and self.ahead().text in ("*", "+", "-", "'") and self.ahead(2).text == "}":
            del self._tokens[self._position + 2], self._tokens[self._position]
        if self.at("{"):
            group = self.group()
            return group.only or chain_of(group)
        token = self.here
        if token.kind in ("number", "letter"):
            self.take()
            if token.kind == "number" and len(token.text) > 1 and "." not in token.text:
                # TeX takes one digit: p_12 is p_1 2. A person means both.
                return self._single(token)
            return self._single(token)
        if token.kind in ("command", "text", "symbol"):
            node = self._symbol_script(token) if token.kind == "symbol" else self.factor_without_scripts()
            if node is not None:
                return chain_of(node)
        raise self.error(f"Expected what stands above or below the line, found {self.found()}")

    def _symbol_script(self, token: Token) -> Node | None:
        if token.text in ("*", "+", "-", "'"):
            self.take()
            return Name(token.start, token.end, {"*": "_star", "+": "plus", "-": "minus", "'": "'"}[token.text])
        return self._symbol()

    def factor_without_scripts(self) -> Node | None:
        """A factor that takes no scripts of its own: the argument of ^ or _ is one command."""
        self._bare += 1
        try:
            return self.factor()
        finally:
            self._bare -= 1

    _bare = 0

    def _single(self, token: Token) -> Chain:
        if token.kind == "letter":
            return chain_of(Name(token.start, token.end, token.text))
        return chain_of(Numeral(token.start, token.end, token.text))

    def _subscript(self) -> Group:
        """The argument of _ as a group, with the separators inside it."""
        token = self.take()
        if token.kind == "index":
            chain = self._single(Token("number" if token.text.isdigit() else "letter", token.text, token.start, token.end))
        elif self.at("{"):
            self._in_script += 1
            group = self.group()
            self._in_script -= 1
            return group
        else:
            chain = self._script()
        return Group(chain.start, chain.end, "{", [chain], [])

    _in_script = 0
    _depth_of_brackets = 0

    def _scripts(self, name: Name) -> Name:
        """The subscript, superscript and primes of a name, in any order."""
        if self._bare:
            return name
        while True:
            if self.at("'"):
                self.take()
                name.stem += "'"
            elif self.at("_") or self.here.kind == "index":
                if name.sub is not None:
                    raise self.error("Two subscripts on one symbol")
                name.sub = self._subscript()
            elif self.at("^") or self.here.kind == "power":
                if name.power is not None or name.tag is not None:
                    raise self.error("Two superscripts on one symbol")
                above = self._power()
                self._decorate(name, above)
            else:
                name.end = self.before.end
                return _with_tag(name)

    def _decorate(self, name: Name, above: Chain | None) -> None:
        """A superscript is a star or a prime, a tag in brackets such as (t), or a power."""
        if above is None:
            return
        node = above.lone()
        if isinstance(node, Name) and node.stem in ("_star", "'", "_dagger"):
            name.stem += node.stem
        elif (isinstance(node, Name) and node.word and node.stem == "T") or (isinstance(node, Name) and node.stem == "top"):
            self._refuse("The transpose of a vector or a matrix is not read", above.start, above.end)
        elif isinstance(node, Name) and ((node.word and len(node.stem) > 1) or (node.stem == "pi" and name.stem.isupper())):
            # V^{soft}, V^\\pi: which V.
            name.stem += "_" + node.stem
        elif isinstance(node, Group) and node.bracket == "(":
            name.tag = node
        else:
            name.power = above

    def _refuse(self, reason: str, start: int, end: int) -> NoReturn:
        raise self.error(reason, Token("", "", start, end))

    # Letters and words

    def _letters(self) -> Node:
        run = self._letter_run()
        if self._integrals and not self._in_script and run.startswith("d") and (len(run) > 1 or self._differential_follows()):
            return self._differential()
        if self._bare:
            run = run[0]
        length = words.length_of_name(run, self._in_script > 0, self.ahead(len(run)).text)
        first = self.here
        word = run[:length]
        for _ in range(length):
            self.take()
        if word.lower() in words.OPERATORS and length > 1:
            return self._operator(words.OPERATORS[word.lower()], first)
        logged = self.here.spaced and self._letter_run() in ("log", "ln")
        if word == "E" and (logged or words.opens_expectation(self.here, self.ahead())) and not self._is_an_energy():
            return self._operator("E", first)
        law = words.LAWS.get(word)
        name = Name(first.start, self.before.end, law or word, word=length > 1 and law is None, spaced=first.spaced)
        return self._scripts(name)

    def _is_an_energy(self) -> bool:
        """Whether E_\\theta(x) stands here: a Greek parameter below, and a bracket with nothing but names, which is no mean."""
        if not self.at("_"):
            return False
        start = 2 if self.ahead().text == "{" else 1
        if self.ahead(start).text not in symbols.GREEK or self.ahead(2 * start).text != "(":
            return False
        distance = 2 * start + 1
        while self.ahead(distance).kind == "letter" or self.ahead(distance).text in (",", "_", "'"):
            distance += 1
        return self.ahead(distance).text == ")" and distance > 2 * start + 1

    def _letter_run(self) -> str:
        """The letters side by side from here; K L with spaces is the word KL where a bracket follows."""
        found, distance = [], 0
        while self.ahead(distance).kind == "letter" and (distance == 0 or not self.ahead(distance).spaced):
            found.append(self.ahead(distance).text)
            distance += 1
        run = "".join(found)
        if run in ("K", "D") and distance == 1:
            spaced = run
            while self.ahead(distance).kind == "letter" and len(spaced) < 3:
                spaced += self.ahead(distance).text
                distance += 1
            if spaced in ("KL", "DKL") and self.ahead(distance).text in ("(", "[", "\\{"):
                return spaced
        return run

    def _differential_follows(self) -> bool:
        after = self.ahead()
        if after.kind == "command":
            return after.text in symbols.GREEK or after.text in symbols.STYLES or len(after.text) <= 2
        return after.kind == "letter"

    def _differential(self) -> Node:
        start = self.take().start
        token = self.here
        if token.kind == "letter":
            self.take()
            name = self._scripts(Name(token.start, token.end, token.text))
        else:
            node = self._command()
            if not isinstance(node, Name):
                raise self.error("Expected the variable of the integral after d", token)
            name = node
        return Differential(start, self.before.end, name)

    def _upright(self) -> Node | None:
        """The content of \\text{...} and its like, where it is a name or an operator; None where it is a note."""
        token = self.here
        content = _FONT.sub("", _SPACING.sub("", token.text)).strip().strip("$").replace("{", "").replace("}", "")
        if content == "d" and self._integrals and self._differential_follows():
            return self._differential()
        if not _UPRIGHT_WORD.match(content):
            return None
        squeezed = content.replace(" ", "").replace("-", "")
        heading = words.OPERATORS.get(squeezed.lower()) in ("min", "max") and not (self._in_script or self.ahead().text == "_")
        if heading and len(squeezed) > 3:
            # Minimize S, which is said of what follows.
            return None
        if squeezed.lower() in words.OPERATORS and squeezed != "Exp":
            self.take()
            return self._operator(words.OPERATORS[squeezed.lower()], token)
        single_word = " " not in content and token.text.strip() == token.text
        operand = self._expects_operand() or self.ahead().text in ("(", "[", "_", "^") or len(content) == 1
        if not (self._in_script or self._bare) and not (single_word and operand):
            return None
        self.take()
        if content == "E" and words.opens_expectation(self.here, self.ahead()):
            return self._operator("E", token)
        return self._scripts(Name(token.start, token.end, squeezed, word=True, spaced=token.spaced))

    def _expects_operand(self) -> bool:
        """Whether a factor has to stand here: at the start, after an operator, a relation or an opening bracket."""
        if self._position == 0:
            return True
        before = self.before
        if self._depth_of_brackets and before.text in ("|", "||", ",", ";", "mid"):
            return True
        if before.kind == "symbol":
            return before.text in ("+", "-", "*", "/", "=", "<", ">", *_OPENS)
        return before.kind == "command" and before.text in symbols.RELATIONS

    # Commands

    def _command(self) -> Node | None:
        token = self.here
        name = token.text
        if name in symbols.RELATIONS or name in ("mid", "in", "sim", "notin", "because", "choose", "over", "gets"):
            return None
        if name in symbols.GREEK:
            return self._greek(token)
        if name in MARKS and self._marks_a_formula():
            name = "boxed"
        if name in symbols.FONTS or name in symbols.ACCENTS:
            return self._styled(token)
        if name in REFUSED and not (self._in_script and name in ("setminus", "emptyset")):
            raise self.error(f"\\{name}: {REFUSED[name]} is not read")
        sign = symbols.SIGNS.get(name)
        if sign is not None:
            raise self.error(f"\\{name}: {sign} is not read")
        reader = getattr(self, f"_command_{name}", None)
        if reader is not None:
            self.take()
            result: Node | None = reader(token)
            return result
        self.take()
        if name in words.COMMANDS:
            return self._operator(words.COMMANDS[name], token)
        if name == "infty":
            return Name(token.start, token.end, "infty")
        if name in symbols.NAMED:
            return self._scripts(Name(token.start, token.end, symbols.NAMED[name]))
        return self._undefined(token)

    def _undefined(self, token: Token) -> Node:
        """A command that no one has defined: a conventional one is read so, another is a symbol of that name."""
        name = token.text
        if name in ("R", "N", "Z", "Q", "C") and self.before.text == "in":
            raise self.error(f"The set \\{name} is not read", token)
        if self.at("{"):
            raise self.error(f"The command \\{name} is not known, and it has an argument", token)
        stem = words.conventional(name)
        if stem == "E" and words.opens_expectation(self.here, self.ahead(), certain=True):
            return self._operator("E", token)
        node = Name(token.start, token.end, stem, word=len(stem) > 1, assumed=True, spaced=token.spaced)
        return self._scripts(node)

    def _greek(self, token: Token) -> Node:
        self.take()
        if token.text in ("Sigma", "Pi") and self.at("_") and self._sums_over():
            return self._operator("sum" if token.text == "Sigma" else "prod", token)
        return self._scripts(Name(token.start, token.end, token.text, spaced=token.spaced))

    def _marks_a_formula(self) -> bool:
        """Whether the braces after this command hold a formula and no symbol, so that the line or the fat type is layout."""
        if self.ahead().text != "{":
            return False
        inside = self._tokens[self._position + 2 : self._closing(self._position + 1)]
        return any(token.text in ("(", "=", "+", "-") for token in inside)

    def _closing(self, opening: int) -> int:
        depth = 0
        for position in range(opening, len(self._tokens)):
            token = self._tokens[position]
            if token.kind == "symbol":
                depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return position
        raise self.error("A brace that is never closed", self._tokens[opening])

    def _sums_over(self) -> bool:
        """Whether the subscript here is a range: it holds = or \\in."""
        distance = 1
        while self.ahead(distance).kind != "end" and distance < 40 and self.ahead(distance).text != "}":
            if self.ahead(distance).text in ("=", "in"):
                return True
            distance += 1
        return False

    def _styled(self, token: Token) -> Node:
        """A font or an accent and its argument."""
        self.take()
        accent = symbols.ACCENTS.get(token.text)
        braces = self.at("{")
        if braces:
            group = self.group()
            inner: Node | None = group.only.lone() if group.only is not None else group
            if not isinstance(inner, Name):
                inner = self._styled_word(group, token)
        else:
            inner = self.factor_without_scripts()
        if isinstance(inner, Numeral) and accent is None:
            if inner.text == "1":
                raise self.error("An indicator function is not read", token)
            return inner
        if not isinstance(inner, Name):
            raise self.error(f"\\{token.text} stands over a symbol", token)
        if accent is not None:
            inner.stem += f"_{accent}"
        else:
            inner.font = token.text
        inner.start, inner.spaced = token.start, token.spaced
        mean = inner.stem == "E" and token.text in ("mathbb", "Bbb", "mathscr", "mathcal", "mathbf")
        if mean and words.opens_expectation(self.here, self.ahead(), certain=token.text == "mathbb"):
            return self._operator("E", token)
        return self._scripts(inner)

    def _styled_word(self, group: Group, token: Token) -> Node:
        """Several letters in one font: \\mathbb{KL}, \\mathbf{xy}."""
        expression = group.only.single if group.only is not None else None
        factors = expression.runs[0].factors if expression is not None and len(expression.runs) == 1 else []
        if factors and all(isinstance(factor, Name) and factor.sub is None and factor.power is None for factor in factors):
            return Name(group.start, group.end, "".join(f.stem for f in factors if isinstance(f, Name)), word=True)
        if symbols.ACCENTS.get(token.text) in ("bar", "underline") or len(factors) != 1:
            raise self.error(f"\\{token.text} over more than one symbol is not read", token)
        return factors[0]

    # Operator words

    def _operator(self, word: str, token: Token) -> Node:
        if self._bare or (self._in_script and word in ("min", "max", "exp") and not self.at("_", "(", "[")):
            return self._scripts(Name(token.start, token.end, word, word=True))
        operator = Operator(token.start, token.end, word)
        while self.at("_", "^") or self.here.kind in ("index", "power"):
            if self.at("_") or self.here.kind == "index":
                if operator.sub is not None:
                    raise self.error("Two subscripts on one symbol")
                operator.sub = self._subscript()
            else:
                if operator.sup is not None:
                    raise self.error("Two superscripts on one symbol")
                operator.sup = self._power()
        self._integrals += word == "int"
        if word == "E" and operator.sub is not None:
            for part in operator.sub.parts:
                # People write x \in p for x drawn from p.
                part.relations = ["sim" if relation == "in" else relation for relation in part.relations]
        return self._ended(operator)


def _leading_word(tokens: Sequence[Token]) -> tuple[str, int]:
    """The word that tokens begin with, as letters, in a font or as a command, and how many tokens it takes."""
    if not tokens or tokens[0].kind not in ("letter", "command"):
        return "", 0
    styled = tokens[0].kind == "command" and tokens[0].text in symbols.FONTS
    braced = styled and len(tokens) > 1 and tokens[1].text == "{"
    if tokens[0].kind == "command" and not styled:
        return tokens[0].text, 1
    start = end = styled + braced
    while end < len(tokens) and tokens[end].kind == "letter":
        end += 1
    return "".join(token.text for token in tokens[start:end]), end + braced


def _with_tag(name: Name) -> Name:
    """x^{(i)} is the i-th x, as x_i is; with a subscript of its own it has two indices."""
    if name.tag is not None:
        _name_neighbour(name.tag)
        below = name.sub.parts if name.sub is not None else []
        separators = [*(name.sub.separators if name.sub is not None else []), *([","] if below else []), *name.tag.separators]
        name.sub = Group(name.tag.start, name.tag.end, "{", [*below, *name.tag.parts], separators)
        name.tag = None
    return name


def _name_neighbour(tag: Group) -> None:
    """Make one name of t + 1 in theta^{(t+1)}: it says which iterate is meant, and nobody adds there."""
    expression = tag.only.single if tag.only is not None else None
    if expression is None or len(expression.runs) != 2 or expression.runs[0].negative:
        return
    first, second = (run.factors[0] if len(run.factors) == 1 else None for run in expression.runs)
    if isinstance(first, Name) and first.sub is None and first.power is None and isinstance(second, Numeral):
        sign = "minus" if expression.runs[1].negative else "plus"
        name = Name(expression.start, expression.end, f"{first.stem}_{sign}_{second.text}", word=True)
        expression.runs[:] = [Run(expression.start, expression.end, [name], [""])]
