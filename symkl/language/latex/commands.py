"""Commands with arguments of their own: fractions and derivatives, roots, braces with labels, remarks above a sign."""

from __future__ import annotations

import re

from symkl.errors import ReadError
from symkl.language.latex import words
from symkl.language.latex.factors import _SPACING, Factors, _leading_word
from symkl.language.latex.syntax import (
    Applied,
    Braced,
    Chain,
    Differential,
    Differentiated,
    Dots,
    Fraction,
    Group,
    Name,
    Node,
    Numeral,
    Operator,
    Root,
    Run,
    chain_of,
)
from symkl.language.latex.tokens import Token

_TAKE_WHAT_STANDS_BELOW = frozenset({"min", "max", "argmin", "argmax", "E", "sum", "prod"})
_ORDERS = frozenset("123456789")
_REFERENCE = re.compile(r"\\(?:eqref|ref|cref)\b|[!?*]$|\\phantom")


class Commands(Factors):
    """Reads the commands; `_command_x` reads \\x."""

    def _command_frac(self, token: Token) -> Node:
        numerator, denominator = self._argument(token), self._argument(token)
        derivative = self._derivative(token, numerator, denominator)
        if derivative is not None:
            return derivative
        node = Fraction(token.start, self.before.end, numerator, denominator)
        node.power = self._power()
        return self._ended(node)

    def _argument(self, token: Token) -> Chain:
        if self.at("{"):
            group = self.group()
            if group.only is None:
                self._refuse(f"\\{token.text} of several formulas", group.start, group.end)
            return group.only
        if self.here.kind == "number" and len(self.here.text) > 1 and self.here.text.isdigit():
            # \frac12 is one over two: TeX takes one digit at a time.
            number = self.here
            digits = [Token("number", digit, number.start + k, number.start + k + 1) for k, digit in enumerate(number.text)]
            self._tokens[self._position : self._position + 1] = digits
        if self.here.kind in ("number", "letter"):
            return self._single(self.take())
        node = self.factor_without_scripts()
        if node is None:
            raise self.error(f"\\{token.text} needs its argument, found {self.found()}")
        return chain_of(node)

    def _derivative(self, token: Token, numerator: Chain, denominator: Chain) -> Node | None:
        above, below = _factors_of(numerator), _factors_of(denominator)
        if not above or not below:
            return None
        order = _differential_order(above[0])
        if not order:
            return None
        sign = above[0].stem if isinstance(above[0], Name) else ""
        by = _variables_of(below, sign)
        if by is None:
            if sign == "partial":
                raise self.error("A derivative is by a symbol or one entry of a vector, not by a mass at a value", token)
            return None
        if len(above) == 1:
            return Operator(token.start, self.before.end, "diff", by=by, order=order)
        rest = above[1:]
        run = Run(rest[0].start, rest[-1].end, rest, _joints_of(numerator)[1:])
        run.joints[0] = ""
        body = chain_of(run)
        return Differentiated(token.start, self.before.end, body, by, order)

    def _command_partial(self, token: Token) -> Node:
        if self.at("_"):
            group = self._subscript()
            name = group.only.lone_name() if group.only is not None else None
            if name is None:
                raise self.error("A derivative is by one symbol", token)
            return Operator(token.start, self.before.end, "diff", by=[name])
        return self._scripts(Name(token.start, token.end, "partial"))

    def _command_nabla(self, token: Token) -> Node:
        if not self.at("_"):
            raise self.error("A gradient that does not say by what is not read; write \\nabla_\\theta", token)
        return self._command_partial(token)

    def _command_sqrt(self, token: Token) -> Node:
        index = None
        if self.at("["):
            self.take()
            index = self._inside(("]",))
            self.expect("]", "to close the index of the root")
        node = Root(token.start, token.end, self._argument(token), index)
        node.power = self._power()
        return self._ended(node)

    def _command_binom(self, token: Token) -> Node:
        node = Applied(token.start, token.end, "binom", [self._argument(token), self._argument(token)])
        node.power = self._power()
        return self._ended(node)

    def _command_boxed(self, token: Token) -> Node | None:
        if not self.at("{"):
            raise self.error(f"\\{token.text} needs its argument in braces", token)
        # A box, a line under a formula is layout: what is in it is read where it stands, relations and all.
        close = self._closing(self._position)
        del self._tokens[close], self._tokens[self._position]
        return self.factor()

    def _command_underbrace(self, token: Token) -> Node:
        body = self._argument(token)
        if not self.at("_", "^"):
            return Group(token.start, self.before.end, "{", [body], [])
        self.take()
        start = self.here.start
        text, label, claim = self._brace_label()
        if text is None:
            text = self.text[start : self.before.end].strip("{} ")
        return Braced(token.start, self.before.end, body, text, label, claim)

    _command_overbrace = _command_underbrace

    def _brace_label(self) -> tuple[str | None, Chain | None, bool]:
        """Under a brace stands a text, or a formula that the body is said to be."""
        if self.here.kind == "text":
            return words.unescaped(self.take().text), None, False
        opening = self._position
        if not self.at("{"):
            return None, self._script(), True
        close = self._closing(opening)
        inside = self._tokens[opening + 1 : close]
        if inside and all(token.kind == "text" for token in inside):
            self._position = close + 1
            return " ".join(words.unescaped(token.text) for token in inside), None, False
        try:
            group = self.group()
        except ReadError:
            self._position = close + 1
            return None, None, False
        return None, group.only, True

    def _command_dots(self, token: Token) -> Node:
        return Dots(token.start, token.end)

    def _command_onehalf(self, token: Token) -> Node:
        one, two = (chain_of(Numeral(token.start, token.end, digit)) for digit in "12")
        return Fraction(token.start, token.end, one, two)

    def _command_mathop(self, token: Token) -> Node:
        """\\mathop{\\rm arg\\,min}: the letters inside are one word."""
        if not self.at("{"):
            return self.factor() or self._undefined(token)
        close = self._closing(self._position)
        inside = self._tokens[self._position + 1 : close]
        if _leading_word(inside) == ("E", len(inside)) or [each.text for each in inside if each.kind == "text"] == ["E"]:
            self._position = close + 1
            return self._operator("E", token)
        word = "".join(inner.text for inner in inside if inner.kind in ("letter", "text", "command"))
        word = _SPACING.sub("", word).lower()
        if word in words.OPERATORS:
            self._position = close + 1
            return self._operator(words.OPERATORS[word], token)
        return self.group()

    def _command_arg(self, token: Token) -> Node:
        if self.at_command("min", "max"):
            return self._operator("arg" + self.take().text, token)
        word = self._letter_run()[:3]
        if word in ("min", "max"):
            for _ in word:
                self.take()
            return self._operator(f"arg{word}", token)
        raise self.error("\\arg stands before \\min or \\max", token)

    def _command_overset(self, token: Token) -> Node | None:
        """A word or a relation with a remark above or below it; the remark is a note."""
        start = self.here.start
        begins = self._position
        self._remark()
        written = list(self._tokens[begins : self._position])
        if self.at("{"):
            close = self._closing(self._position)
            # Dropping the braces leaves the relation or the word to be read where it stands.
            self._tokens[self._position : close + 1] = self._tokens[self._position + 1 : close]
        found = self.factor()
        if (
            token.text == "underset"
            and isinstance(found, Operator)
            and found.sub is None
            and found.word in _TAKE_WHAT_STANDS_BELOW
        ):
            found.sub = self._below(written)
            return found
        self.notes.extend(self._remarked(start, written[-1].end if written else start))
        return found

    def _below(self, written: list[Token]) -> Group:
        """What stands under a word as its subscript, read again where it was."""
        rest = self._tokens[self._position :]
        script = Token("symbol", "_", written[0].start, written[0].start)
        self._tokens[self._position :] = [script, *written, *rest]
        return self._subscript()

    _command_underset = _command_overset
    _command_stackrel = _command_overset

    def remark(self, start: int) -> None:
        """Keep what stands above a relation or a word as a note, unless it only refers to another equation."""
        self.notes.extend(self._remarked(start, self.before.end))

    def _remarked(self, start: int, end: int) -> list[str]:
        text = self.text[start:end].strip()
        text = text[1:-1].strip() if text.startswith("{") and text.endswith("}") else text
        return [text] if text and not _REFERENCE.match(text) else []

    def _remark(self) -> None:
        if self.at("{"):
            self._position = self._closing(self._position) + 1
        else:
            self.take()


def _factors_of(chain: Chain) -> list[Node]:
    expression = chain.single
    if expression is None or len(expression.runs) != 1 or expression.runs[0].negative:
        return []
    return expression.runs[0].factors


def _joints_of(chain: Chain) -> list[str]:
    expression = chain.single
    return list(expression.runs[0].joints) if expression is not None else []


def _differential_order(node: Node) -> int:
    """1 for d or \\partial, 2 for their squares, 0 for anything else."""
    if not isinstance(node, Name) or node.stem not in ("d", "partial") or node.sub is not None:
        return 0
    power = node.power.lone() if node.power is not None else None
    if node.power is None:
        return 1
    return int(power.text) if isinstance(power, Numeral) and power.text in _ORDERS else 0


def _variables_of(below: list[Node], sign: str) -> list[Name] | None:
    """The variables of dq, \\partial q^2, \\partial x \\partial y; None where the denominator is none of these."""
    by: list[Name] = []
    position = 0
    while position < len(below):
        mark = below[position]
        if isinstance(mark, Differential):
            by.append(mark.name)
            position += 1
            continue
        if isinstance(mark, Name) and mark.word and len(mark.stem) == 2 and mark.stem[0] == "d" == sign and mark.sub is None:
            by.append(Name(mark.start, mark.end, mark.stem[1:]))
            position += 1
            continue
        if not isinstance(mark, Name) or mark.stem != sign or position + 1 >= len(below):
            return None
        variable = below[position + 1]
        if not isinstance(variable, Name):
            return None
        raised = variable.power.lone() if variable.power is not None else None
        times = int(raised.text) if isinstance(raised, Numeral) and raised.text in _ORDERS else 1
        plain = Name(variable.start, variable.end, variable.stem, variable.word, variable.font, variable.sub)
        if variable.power is not None and not isinstance(raised, Numeral):
            # The i of \partial \theta^i is no power: it says which entry.
            if not isinstance(raised, Name) or variable.sub is not None:
                return None
            plain.sub = Group(raised.start, raised.end, "{", [variable.power], [])
        by.extend([plain] * times)
        position += 2
    return by
