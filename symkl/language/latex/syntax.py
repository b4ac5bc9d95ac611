"""A formula as it is written, before anyone asks what its letters stand for.

A chain is expressions with relations between them; an expression is signed runs; a run is factors side by side, where an
operator word (sum, log, expectation) is a factor of its own whose reach is settled later, once the kinds of the
names are known. Every node keeps its span in the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """A factor: the span of the source that it was read from."""

    start: int
    end: int


@dataclass(slots=True)
class Numeral(Node):
    """Digits, perhaps with a point; `power` is what it is raised to."""

    text: str
    power: Chain | None = None


TENSOR = "otimes"
"""What stands between the factors of a product law P_X \\otimes P_Y."""


@dataclass(slots=True)
class Name(Node):
    """A letter, a Greek letter or a word, with what stands on it and beside it.

    `stem` is its plain name with accents, stars and primes spelled out; `word` says that it was written upright or as
    several letters; `assumed` that it is a command that no one defined; `called` that its index stands behind brackets.
    """

    stem: str
    word: bool = False
    font: str = ""
    sub: Group | None = None
    power: Chain | None = None
    tag: Group | None = None
    assumed: bool = False
    spaced: bool = False
    called: bool = False

    @property
    def letter(self) -> str:
        """The stem without its accents and primes: p of \\hat p and p'."""
        return self.stem.split("_")[0].rstrip("'")


@dataclass(slots=True)
class Group(Node):
    """Brackets of one kind: parts with separators between them. `{` are TeX's own braces, which no one sees."""

    bracket: str
    parts: list[Chain]
    separators: list[str]
    power: Chain | None = None
    spaced: bool = False

    @property
    def only(self) -> Chain | None:
        """The one part, where there is just one."""
        return self.parts[0] if len(self.parts) == 1 else None


@dataclass(slots=True)
class Fraction(Node):
    """\\frac, \\over."""

    numerator: Chain
    denominator: Chain
    power: Chain | None = None


@dataclass(slots=True)
class Root(Node):
    """\\sqrt[index]{body}."""

    body: Chain
    index: Chain | None = None
    power: Chain | None = None


@dataclass(slots=True)
class Applied(Node):
    """A fixed function of its arguments: binom, norm, floor."""

    name: str
    parts: list[Chain]
    power: Chain | None = None


@dataclass(slots=True)
class Absolute(Node):
    """|...|."""

    body: Chain
    power: Chain | None = None


@dataclass(slots=True)
class Operator(Node):
    """A word that reaches over what follows: sum, prod, int, log, ln, exp, expectation, argmin, derivative.

    `by` are the variables of a derivative, `order` how often it is taken.
    """

    word: str
    sub: Group | None = None
    sup: Chain | None = None
    by: list[Name] = field(default_factory=list)
    order: int = 1


@dataclass(slots=True)
class Differentiated(Node):
    """A derivative written as one fraction: \\frac{\\partial L}{\\partial z}."""

    body: Chain
    by: list[Name]
    order: int = 1


@dataclass(slots=True)
class Differential(Node):
    """The dx of an integral."""

    name: Name


@dataclass(slots=True)
class Braced(Node):
    """An underbrace with its label: a text, or a formula."""

    body: Chain
    text: str
    label: Chain | None
    claim: bool


@dataclass(slots=True)
class Dots(Node):
    """\\cdots."""


@dataclass(slots=True)
class Minus(Node):
    """A minus that begins what an operator reaches over, or a single factor."""


@dataclass(slots=True)
class Run(Node):
    """Factors side by side; `joints` say what stands before each: '' (nothing), '*' or '/'."""

    factors: list[Node]
    joints: list[str]
    negative: bool = False


@dataclass(slots=True)
class Expression(Node):
    """Runs with signs; the sign of the first is kept in the run."""

    runs: list[Run]


@dataclass(slots=True)
class Chain(Node):
    """Expressions with relations between them. The first is None where the text starts with a relation."""

    sides: list[Expression | None]
    relations: list[str]

    @property
    def single(self) -> Expression | None:
        """The one expression, where there is no relation."""
        return self.sides[0] if len(self.sides) == 1 else None

    def lone(self) -> Node | None:
        """The one factor, where the chain is nothing but that."""
        expression = self.single
        if expression is None or len(expression.runs) != 1:
            return None
        run = expression.runs[0]
        return run.factors[0] if len(run.factors) == 1 and not run.negative else None

    def lone_name(self) -> Name | None:
        """The one name, where the chain is nothing but that, perhaps in TeX's braces."""
        node = self.lone()
        while isinstance(node, Group) and node.bracket == "{" and node.only is not None and node.power is None:
            node = node.only.lone()
        return node if isinstance(node, Name) else None


def chain_of(node: Node) -> Chain:
    """A chain that is nothing but one expression, one run or one factor."""
    if isinstance(node, Expression):
        return Chain(node.start, node.end, [node], [])
    run = node if isinstance(node, Run) else Run(node.start, node.end, [node], [""])
    return Chain(node.start, node.end, [Expression(node.start, node.end, [run])], [])
