"""What a display has said from the top to the row that is judged: what the next side is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field

from symkl.homework.compare import Comparer
from symkl.homework.excuses import Excuses
from symkl.homework.hidden import has_hidden
from symkl.homework.names import NOTHING, Names, Register
from symkl.homework.rows import Equation, Side
from symkl.homework.supposed import Suppositions
from symkl.language.term import Function, Mass, Symbol, Term, Value, free_names


@dataclass(slots=True)
class Trail:
    """The sides so far, and what their rows introduced, stated and left open."""

    comparer: Comparer
    register: Register
    suppositions: Suppositions | None = None
    """What the words around the display assume."""
    sides: list[Side] = field(default_factory=list)
    seen: Names = NOTHING
    seen_above: Names = NOTHING
    """What the rows above speak of."""
    tied: Names = NOTHING
    """Names that a row relates to laws without saying how."""
    exact: set[str] = field(default_factory=set)
    equations: list[Equation] = field(default_factory=list)
    conditions: list[Equation] = field(default_factory=list)
    """What rows state of laws and do not derive: H(Y|X) = 0."""
    units: frozenset[str] = frozenset()
    """The units of information that the rows name."""
    solved: set[int] = field(default_factory=set)
    """Rows of the display that state an equation which a row below solves: conditions, whatever was said of them."""
    count: int = -1
    """How many rows of the display have been judged."""
    gap: bool = False
    """Whether a row since the last side could not be read."""
    row: int = 0
    """Which row of its chain is judged."""

    def state(self) -> tuple[object, ...]:
        """What a reading of a row may change, to be restored for the next reading."""
        return (
            list(self.sides), self.seen, self.tied, set(self.exact), list(self.equations), list(self.conditions),
            self.gap, dict(self.comparer.definitions),
        )  # fmt: skip

    def restore(self, state: tuple[object, ...]) -> None:
        """Goes back to a state."""
        sides, self.seen, self.tied, exact, equations, conditions, self.gap, definitions = state  # type: ignore[assignment]
        self.sides, self.exact, self.equations = list(sides), set(exact), list(equations)  # type: ignore[call-overload]
        self.conditions = list(conditions)  # type: ignore[call-overload]
        self.comparer.definitions = dict(definitions)  # type: ignore[call-overload]

    def push(self, term: Term, verdict: str, operator: str = "=") -> None:
        """Takes a side as one that the next may be compared with."""
        self.sides.append(Side(term, verdict, operator, self.row))
        self.seen = self.seen | self.register.of(term)

    def tie(self, before: Term, after: Term) -> None:
        """Remembers what a row relates to laws without saying how."""
        names, new = self.register.of(before), self.register.of(after)
        if new.opaque - names.opaque or new.laws - names.laws:
            self.tied = self.tied | Names(names.laws | new.laws, new.opaque)

    def excuses(self) -> Excuses:
        """Why a refuted step of this place may be meant rightly."""
        return Excuses(self.comparer, self.register, self.seen, self.tied)

    def names(self, term: Term) -> Names:
        """What a term speaks of, definitions written out."""
        return self.register.of(self.comparer.defined(term))

    def new_names(self, new: Names) -> frozenset[str]:
        """The names of which the rows have not spoken."""
        return new.opaque - self.seen.opaque - set(self.comparer.definitions)

    def is_new_name(self, left: Term, right: Term) -> bool:
        """Whether a side is a name that nothing has defined: a symbol, or an unknown function of something."""
        if not isinstance(left, Symbol | Function | Value | Mass):
            return False
        name = left.marginal.law if isinstance(left, Mass) else left.name
        if isinstance(left, Value):
            return name not in free_names(right) and all(name not in free_names(side.term) for side in self.sides)
        if name not in self.names(left).opaque or name in self.names(right).opaque:
            return False
        return name not in self.seen.opaque and name not in self.comparer.definitions

    def hidden(self, term: Term) -> bool:
        """Whether a term has a derivative of what is not written."""
        return has_hidden(self.comparer.defined(term), self.comparer.setting)

    def write(self, term: Term) -> str:
        """The plain spelling of a term."""
        return self.comparer.setting.write(term)
