"""The node that every head of the term tree is: immutable, hashed once, equal up to the names of bound values."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from operator import is_
from typing import TypeVar

T = TypeVar("T", bound="Term")

DEPTH_LIMIT = 100
"""Readers refuse deeper nesting, so that no walk over a term can exhaust the stack."""


BoundNames = Mapping[str, int]


class Term:
    """A node: `args` are its terms, `identity` what else tells it from its like."""

    __slots__ = ("_free", "_hash", "args", "identity", "written")
    args: tuple[Term, ...]
    identity: Hashable
    written: str
    _hash: int | None
    _free: frozenset[str] | None

    def __init__(self, args: Iterable[Term] = (), identity: Hashable = None, written: str = "") -> None:
        put = object.__setattr__
        put(self, "args", tuple(args))
        put(self, "identity", identity)
        put(self, "written", written)
        put(self, "_hash", None)
        put(self, "_free", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a term is immutable; build a new one instead of setting {name}")

    def __reduce__(self) -> tuple[object, ...]:
        return restored, (type(self), self.args, self.identity, self.written)

    def with_args(self: T, args: Iterable[Term]) -> T:
        """The same head and identity over other arguments."""
        args = tuple(args)
        if len(args) == len(self.args) and all(map(is_, args, self.args)):
            return self
        return restored(type(self), args, self.identity, self.written)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Term) or hash(self) != hash(other):
            return False
        return self.alike(other, {}, {})

    def alike(self, other: Term, mine: BoundNames, theirs: BoundNames, depth: int = 0) -> bool:
        """Equal up to bound names; the maps number those that are open on either side, `depth` counts them."""
        if self is other and not depth:
            return True
        if type(other) is not type(self) or other.identity != self.identity or len(other.args) != len(self.args):
            return False
        return all(a.alike(b, mine, theirs, depth) for a, b in zip(self.args, other.args, strict=True))

    def __hash__(self) -> int:
        known = self._hash
        if known is None:
            known = self._fingerprint()
            object.__setattr__(self, "_hash", known)
        return known

    def _fingerprint(self) -> int:
        return hash((type(self).__name__, self.identity, tuple(map(hash, self.args))))

    def __repr__(self) -> str:
        parts = [] if self.identity is None else [str(self.identity)]
        return f"{type(self).__name__}({', '.join(parts + [repr(a) for a in self.args])})"


def restored(cls: type[T], args: tuple[Term, ...], identity: Hashable, written: str) -> T:
    """A node of a class from its parts, as they were checked when it was first made."""
    term = cls.__new__(cls)
    Term.__init__(term, args, identity, written)
    return term
