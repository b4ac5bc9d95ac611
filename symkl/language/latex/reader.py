"""Reads a formula as it is written: a hand-written reader, one pass, linear in the input, with a bound on nesting.

What the letters stand for, and how far log and sum reach, is not asked here; see `elaborate`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from symkl.errors import ReadError
from symkl.language.latex import symbols, words
from symkl.language.latex.commands import Commands
from symkl.language.latex.cursor import BRACKET_LIMIT
from symkl.language.latex.factors import _OPENS
from symkl.language.latex.independence import with_informations
from symkl.language.latex.macros import Macros, customary, expand
from symkl.language.latex.repair import with_bracket_before_bars, with_plain_bars
from symkl.language.latex.surprisals import surprisals
from symkl.language.latex.syntax import (
    TENSOR,
    Applied,
    Chain,
    Differential,
    Expression,
    Fraction,
    Group,
    Minus,
    Name,
    Node,
    Operator,
    Run,
    chain_of,
)
from symkl.language.latex.tokens import Token, tokens
from symkl.language.latex.unindexed import indexed, observed

OPERATOR_LIMIT = 100
_CLOSERS = frozenset({")", "]", "}", "\\}", "rvert", "rVert"})
_CONDITION_WORDS = frozenset(
    [
        "for",
        "if",
        "iff",
        "where",
        "when",
        "with",
        "since",
        "because",
        "whenever",
        "such",
        "using",
        "by",
        "as",
        "provided",
        "assuming",
        "given",
        "let",
        "and",
        "so",
        "unless",
        "by",
        "from",
        "due",
        "note",
        "which",
        "wlog",
        "follows",
        "holds",
        "equality",
        "const",
    ]
)
_WORDS = re.compile(r"\\(?:text|textrm|textit|mathrm|mbox|textnormal)\s*\{([^{}]*)\}")
_CONDITION_COMMANDS = frozenset({"because", "forall", "blacksquare", "square", "qed", "QED"})
_END_OF_PROOF = frozenset({"∎", "□", "■", "\\blacksquare", "\\square", "\\qed", "\\QED"})


@dataclass(slots=True)
class Written:
    """A formula as written: the chain, the notes beside it, and the source."""

    text: str
    chain: Chain
    notes: list[str] = field(default_factory=list)


def read_syntax(text: str, macros: Macros | None = None) -> Written:
    """The formula that a LaTeX text spells, as written.

    Raises: ReadError with the place and the name of what is not understood.
    """
    macros = macros or {}
    written = tokens(text, macros)
    expanded = with_plain_bars(expand(written, customary(written, macros), text))
    found = with_informations(expanded)
    try:
        formula = _read(text, found)
        if found is not expanded and found != expanded:
            formula.notes.append("independence and Markov chains are read as mutual informations that are 0")
        return formula
    except ReadError:
        repaired = with_bracket_before_bars(found)
        if repaired is None:
            raise
        formula = _read(text, repaired[0])
        formula.notes.append(f"a bracket is missing; it is closed before {text[repaired[1] :][:12].strip()}")
        return formula


def _read(text: str, found: list[Token]) -> Written:
    try:
        reader = SyntaxReader(text, found)
        return Written(text, reader.formula(), reader.notes)
    except RecursionError:
        raise ReadError(f"Nested deeper than {BRACKET_LIMIT} levels", text, 0) from None


_SETS = ("mathcal", "mathscr", "mathbb")
"""Commands that people write alphabets with."""

_BOUNDS = re.compile(r"_\s*(?:\{[^{}]*\}|\S)\s*\^")


class SyntaxReader(Commands):
    """A reader at a position in the tokens of one formula."""

    def formula(self) -> Chain:
        """The whole text; trailing punctuation, notes and conditions are set aside."""
        if self.here.kind == "end":
            raise self.error("There is no formula here")
        chain = self.chain(())
        self._condition()
        if self.here.kind != "end":
            raise self._unread()
        return chain

    def _unread(self) -> ReadError:
        token = self.here
        if token.text in _CLOSERS:
            return self.error(f"The bracket {self.found()} closes none that is open")
        if token.text == "_" and self.before.text in _CLOSERS:
            between = _BOUNDS.match(self.text, token.start)
            return self.error(
                "An antiderivative between bounds is not read" if between else "An index after a bracket is not read"
            )
        if token.text == ",":
            return self.error("A second formula after a comma; put each formula in a row of its own")
        if (token.kind == "command" and token.text == "mid") or token.text in ("|", "||"):
            return self.error(f"A bar {self.found()} outside of brackets")
        return self.error(f"Expected an operator or the end, found {self.found()}")

    def _condition(self) -> None:
        """What follows the formula: punctuation, and after a comma or a word like 'for' the condition it holds under."""
        while self.here.kind != "end":
            token = self.here
            if token.text in (".", ",", ";", ":", "?") and token.kind == "symbol":
                self.take()
                if token.text == "," and self._names_a_condition():
                    self._rest_is_a_note()
                elif token.text in (",", ";") and self.here.kind not in ("end", "text") and not self.at(".", ",", ";"):
                    raise self.error("A second formula after a comma; put each formula in a row of its own")
            elif token.kind == "text":
                self._note()
            elif token.kind == "command" and token.text in _CONDITION_COMMANDS:
                self._rest_is_a_note()
            elif token.text == "(" and self._equation_number():
                return
            elif self._opens_a_remark():
                self._rest_is_a_note()
            else:
                return

    def _names_a_condition(self) -> bool:
        """Whether i = 1, ..., n or x \\in X or x > 0 follows: a name, a relation, and no law or measure."""
        distance, names = 0, 0
        while self.ahead(distance).kind != "end":
            token = self.ahead(distance)
            if token.kind == "text":
                return names == 0
            if token.kind == "symbol" and token.text in ("(", "[", "|"):
                return names == 0 and token.text == "("
            if token.kind == "command" and token.text in ("sum", "frac", "log", "int", "E"):
                return False
            names += token.kind in ("letter", "command")
            distance += 1
            if distance > 30:
                return False
        relations = {"in", "geq", "leq", "neq", "ge", "le", "forall", "sim", "to", ">", "<"}
        ahead = [self.ahead(k) for k in range(distance)]
        if any(token.text in relations for token in ahead):
            return True
        # i = 1, ..., n and i = 1 are conditions; a = b is a second formula.
        equal = next((k for k, token in enumerate(ahead) if token.text == "="), None)
        if equal is None:
            return False
        single = equal + 2 == len(ahead) and ahead[-1].kind == "number"
        return single or any(token.text == "dots" for token in ahead)

    def _equation_number(self) -> bool:
        """(4) at the end of a row, after a closed bracket, is the number of the equation."""
        if self.ahead().kind == "number" and self.ahead(2).text == ")" and self.ahead(3).kind == "end":
            self._position += 3
            return True
        return False

    def _opens_a_remark(self) -> bool:
        """Whether words in brackets stand here: (\\text{multiply by 1})."""
        if not self.at("("):
            return False
        after = self.ahead()
        words = after.text.strip()
        said = after.kind == "text" and (" " in words or words.endswith(":") or not words.isascii())
        return said or (after.kind == "command" and after.text == "because")

    def _note(self) -> None:
        token = self.take()
        text = token.text.strip()
        if not text or text in _END_OF_PROOF:
            return
        found = set(text.replace("(", " ").replace(",", " ").replace(":", " ").lower().split())
        heading = self._position == 1 and text.endswith((":", ":-", "：", ","))
        if found & _CONDITION_WORDS and self.here.kind != "end" and not self._depth_of_brackets and not heading:
            self._position -= 1
            self._rest_is_a_note()
        else:
            self.notes.append(text)

    def _rest_is_a_note(self) -> None:
        start = self.here.start
        self._position = len(self._tokens) - 1
        last = self._tokens[-2].end if len(self._tokens) > 1 else start
        rest = _WORDS.sub(r"\1", self.text[start:last]).strip()
        if rest and rest not in _END_OF_PROOF:
            self.notes.append(" ".join(rest.split()))

    # Chains, expressions, runs

    def chain(self, closers: tuple[str, ...]) -> Chain:
        start = self.here.start
        sides: list[Expression | None] = []
        relations: list[str] = []
        while True:
            self._skip_notes()
            if not sides and self._relation() is not None:
                sides.append(None)
            else:
                sides.append(self._expression(closers))
            relation = self._take_relation()
            if relation is None or (relation in ("=>", "<=>") and self.here.kind == "end" and sides[0] is not None):
                # An arrow at the end of a row leads into the next row or display.
                break
            relations.append(relation)
        return Chain(start, max(start, self.before.end), sides, relations)

    def _inside(self, closers: tuple[str, ...]) -> Chain:
        self._deeper()
        chain = self.chain(closers)
        self._depth -= 1
        return chain

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > BRACKET_LIMIT:
            raise self.error(f"Nested deeper than {BRACKET_LIMIT} levels")

    def _skip_notes(self) -> None:
        while self.here.kind == "text" and not self._is_name_here():
            self._note()

    def _is_name_here(self) -> bool:
        before, notes = self._position, len(self.notes)
        try:
            node = self._upright()
        except ReadError:
            node = None
        self._position = before
        del self.notes[notes:]
        return node is not None

    def _relation(self) -> str | None:
        """The relation that stands here, untaken."""
        token = self.here
        if token.kind == "symbol":
            if token.text in "<>=:-!~":
                return self._typed_relation()
            return None
        if token.kind != "command":
            return None
        if token.text in ("overset", "stackrel", "underset"):
            return "labelled" if self._labelled_relation() else None
        if token.text in ("in", "sim", "notin"):
            return token.text
        if token.text == "epsilon" and self._in_script and self._between_value_and_set():
            return "in"
        if token.text in ("to", "rightarrow", "longrightarrow") and self._in_script:
            return None
        return symbols.RELATIONS.get(token.text)

    def _between_value_and_set(self) -> bool:
        """Whether an epsilon stands for membership, as in \\sum_{x \\epsilon X}: between a small letter and a set."""
        after = self.ahead()
        named = after.kind == "letter" and after.text.isupper()
        return self.before.kind == "letter" and self.before.text.islower() and (named or after.text in _SETS)

    def _typed_relation(self) -> str | None:
        """A relation typed with characters: <=, >=, :=, ==, =>, ->, !=."""
        first, second, third = self.here.text, self.ahead().text, self.ahead(2).text
        two = first + second
        if two + third in ("<=>", "==>"):
            return {"<=>": "<=>", "==>": "=>"}[two + third]
        if two in ("<=", ">=", ":=", "==", "=>", "->", "!=", "=:"):
            return {"==": "=", "=:": ":="}.get(two, two)
        return first if first in ("<", ">", "=") else None

    def _labelled_relation(self) -> bool:
        """Whether \\overset{remark}{relation} stands here."""
        saved, notes, found = self._position, len(self.notes), list(self._tokens)
        try:
            self.take()
            self._remark()
            if self.at("{"):
                self.take()
            return self._relation() is not None and self.here.text not in ("in", "sim")
        finally:
            self._position, self._tokens = saved, found
            del self.notes[notes:]

    def _take_relation(self) -> str | None:
        relation = self._relation()
        if relation is None:
            return None
        if relation == "labelled":
            label = self.take()
            start = self.here.start
            self._remark()
            self.remark(start)
            braces = self.at("{")
            if braces:
                self.take()
            inner = self._take_relation()
            if inner is None:
                raise self.error("Expected a relation", label)
            if braces:
                self.expect("}", "to close the relation")
            return inner
        typed = self.here.kind == "symbol"
        token = self.take()
        if typed:
            length = {"<=>": 3, "=>": 2, "<=": 2, ">=": 2, ":=": 2, "->": 2, "!=": 2}.get(relation, 1)
            if relation == "=" and self.at("="):
                length = 2
            if relation == "=>" and token.text == "=" and self.at("="):
                length = 3
            if relation == ":=" and token.text == "=":
                length = 2
            for _ in range(length - 1):
                self.take()
        # Two relations in a row are a typing habit: = \; = or :=.
        return relation

    def _expression(self, closers: tuple[str, ...]) -> Expression:
        start = self.here.start
        runs: list[Run] = []
        while True:
            negative = False
            while self.at("+", "-"):
                sign = self.take()
                negative ^= sign.text == "-"
                if self.here.kind == "end" or self.at(")", "]", "}"):
                    if self._in_script and not runs:
                        return self._sign_alone(sign.text, sign.start)
                    raise self.error(f"Nothing follows the '{sign.text}'", sign)
            run = self._run(closers)
            run.negative = negative
            runs.append(run)
            if not (self.at("+", "-") and self._typed_relation() is None):
                break
        expression = Expression(start, self.before.end, runs)
        surprisals(expression)
        observed(expression)
        return expression

    def _sign_alone(self, sign: str, start: int) -> Expression:
        name = Name(start, start + 1, "plus" if sign == "+" else "minus", word=True)
        return Expression(start, start + 1, [Run(start, start + 1, [name], [""])])

    def _run(self, closers: tuple[str, ...]) -> Run:
        start = self.here.start
        factors: list[Node] = []
        joints: list[str] = []
        open_integrals = self._integrals
        reaching = 0
        while True:
            joint = ""
            if factors and self.at_command("otimes"):
                self.take()
                joint = TENSOR
            elif factors and self.at("*", "/"):
                joint = self.take().text
                if self.at("-"):
                    factors.append(Minus(self.here.start, self.here.end))
                    joints.append(joint)
                    self.take()
                    joint = ""
                elif self.at("+"):
                    self.take()
            elif factors and self.at("-") and _reaches(factors[-1]) and self._typed_relation() is None:
                minus = self.take()
                factors.append(Minus(minus.start, minus.end))
                joints.append("")
            elif factors and self.at("+") and _reaches(factors[-1]):
                self.take()
            if self._ends_run(closers, factors):
                node = None
            else:
                node = self.factor()
            if node is None:
                if self.here.kind == "text" and factors and not joint:
                    self._note()
                    continue
                if joint or not factors:
                    raise self._missing(joint)
                break
            if self.at("_") and isinstance(node, Group) and _may_take_the_index(factors, node, joint):
                called = factors[-1]
                if isinstance(called, Name):
                    called.sub, called.called = self._subscript(), True
            factors.append(node)
            joints.append(joint)
            reaching += isinstance(node, Operator)
            if reaching > OPERATOR_LIMIT and _reaches(node) and _reaches(factors[-2]):
                raise self.error(f"More than {OPERATOR_LIMIT} operators that reach over one another")
        self._integrals = (
            open_integrals if not any(isinstance(f, Operator) and f.word == "int" for f in factors) else self._integrals
        )
        indexed(factors)
        run = Run(start, self.before.end, factors, joints)
        if any(isinstance(factor, Differential) for factor in factors):
            self._integrals = max(0, self._integrals - 1)
        return run

    def _ends_run(self, closers: tuple[str, ...], factors: Sequence[Node]) -> bool:
        token = self.here
        if token.kind == "end" or (token.kind == "command" and token.text in _CONDITION_COMMANDS):
            return True
        if token.kind == "symbol":
            if token.text in closers or token.text in _CLOSERS or token.text in (",", ";"):
                return True
            if token.text == "|" and self._size_of_a_set():
                return False
            if token.text in ("|", "||") and (self._open_bars or self._depth_of_brackets):
                # After a factor a bar closes or separates; before one it opens an absolute value.
                return not self._expects_operand() and not self._opens_an_absolute_value(closers)
            if token.text == "." and not (self.ahead().text == "." and self.ahead().start == token.end):
                return True
        if factors and not closers and self._opens_a_remark():
            return True
        if factors and token.text == "epsilon" and self._relation() == "in":
            return True
        if token.text == "(" and self.before.text in (")", "]", "\\}", "}") and self.ahead(3).kind == "end" and not closers:
            return self.ahead().kind == "number" and self.ahead(2).text == ")" and "." not in self.ahead().text and token.spaced
        return False

    def _size_of_a_set(self) -> bool:
        """Whether the bar here opens |\\mathcal{X}|."""
        braced = self.ahead(2).text == "{"
        return self.ahead().text in _SETS and self.ahead(5 if braced else 3).text == "|" and not self._open_bars

    def _opens_an_absolute_value(self, closers: tuple[str, ...]) -> bool:
        """Whether the bar after a factor opens |a|: a second bar follows, and behind it the bracket around both ends."""
        if self.here.text != "|" or not {")", "]"} & set(closers):
            return False
        depth, distance, bars = 0, 1, 0
        while distance < 60 and self.ahead(distance).kind != "end":
            token = self.ahead(distance)
            depth += (token.text in _OPENS) - (token.text in _CLOSERS)
            if depth < 0:
                return bars == 1 and self.ahead(distance - 1).text == "|"
            if depth == 0 and token.text in (",", ";", "=", "||", "mid"):
                return False
            bars += depth == 0 and token.text == "|"
            distance += 1
        return False

    def _missing(self, joint: str) -> ReadError:
        token = self.here
        if token.kind == "command" and token.text not in ("mid", "in", "sim"):
            if token.text == "dots":
                return self.error("Dots are not read here")
            return self.error(f"The command \\{token.text} is not read here")
        after = f"after the '{joint}'" if joint else "here"
        return self.error(f"Expected a number, a name or a bracket {after}, found {self.found()}")

    # Brackets

    def group(self) -> Group:
        opening = self.take()
        close = _OPENS[opening.text]
        self._deeper()
        saved = self._depth_of_brackets, self._open_bars
        self._depth_of_brackets += opening.text != "{" or self._in_script > 0
        self._open_bars = 0
        parts: list[Chain] = []
        separators: list[str] = []
        if self.at(close):
            raise self.error("Empty brackets")
        while True:
            parts.append(self.chain((close, ",", ";", ":")))
            if opening.text == "{" and self.at_command("choose", "over"):
                return self._infix(opening.start, parts)
            separator = self._separator(opening.text)
            if separator is None:
                break
            separators.append(separator)
            if self.at(close) and separator in (",", ";"):
                separators.pop()
                break
        if (opening.text == "[" and self.at(")")) or (opening.text == "(" and self.at("]")):
            raise self.error(f"'{opening.text}' is closed by {self.found()}; an interval is not read")
        if not self.at(close):
            if self.here.kind == "end" or self.here.text in _CLOSERS:
                raise self.error(f"The bracket '{opening.text}' is never closed", opening)
            raise self._unread()
        self.take()
        self._depth_of_brackets, self._open_bars = saved
        self._depth -= 1
        return Group(opening.start, self.before.end, opening.text, parts, separators, spaced=opening.spaced)

    def _infix(self, start: int, parts: list[Chain]) -> Group:
        """{n \\choose k} and {a \\over b}."""
        word = self.take().text
        below = self.chain(("}",))
        self.expect("}", f"to close \\{word}")
        self._depth -= 1
        end = self.before.end
        node: Node = Applied(start, end, "binom", [parts[0], below])
        if word == "over":
            node = Fraction(start, end, parts[0], below)
        return Group(start, end, "{", [chain_of(node)], [])

    def _separator(self, opening: str) -> str | None:
        """What stands between two parts of a bracket: a comma, a semicolon, a colon, a bar or a double bar."""
        token = self.here
        if (token.kind == "command" and token.text == "mid") or (
            token.text in ("|", "||", "rvert", "lvert") and token.kind == "symbol"
        ):
            self.take()
            double = token.text == "||"
            while self.at_command("mid") or self.at("|", "||"):
                self.take()
                double = True
            return "||" if double else "|"
        if (token.kind == "symbol" and token.text in (",", ";", ":") and opening != "{") or self.at(",", ";", ":"):
            self.take()
            while self.at(","):
                self.take()
            return token.text
        return None


def _may_take_the_index(factors: Sequence[Node], group: Group, joint: str) -> bool:
    """Whether an index behind brackets is that of the function before them: f(x)_i is f_i(x)."""
    before = factors[-1] if factors else None
    return isinstance(before, Name) and before.sub is None and before.power is None and not joint and group.bracket == "("


def _reaches(node: Node) -> bool:
    return isinstance(node, Operator) and node.word not in ("log", "ln", "lg", "exp")


__all__ = ["Written", "read_syntax", "words"]
