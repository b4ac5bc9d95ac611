"""Dual numbers: a value and its derivative, carried through arithmetic; nested ones are told apart by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq


@dataclass(frozen=True, slots=True)
class Dual:
    """value + tangent * h with h^2 = 0; numbers of a lower level are constants to it."""

    value: Any
    tangent: Any
    level: int

    def _apart(self, other: Any) -> tuple[Any, Any, Any, Any, int]:
        if isinstance(other, Dual):
            if other.level == self.level:
                return self.value, self.tangent, other.value, other.tangent, self.level
            if other.level > self.level:
                return self, fmpq(0), other.value, other.tangent, other.level
        return self.value, self.tangent, other, fmpq(0), self.level

    def __add__(self, other: Any) -> Dual:
        a, da, b, db, level = self._apart(other)
        return Dual(a + b, da + db, level)

    def __mul__(self, other: Any) -> Dual:
        a, da, b, db, level = self._apart(other)
        return Dual(a * b, da * b + a * db, level)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.tangent, self.level)

    def __sub__(self, other: Any) -> Dual:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Dual:
        return self.__neg__().__add__(other)

    def __truediv__(self, other: Any) -> Dual:
        a, da, b, db, level = self._apart(other)
        quotient = a / b
        return Dual(quotient, (da - quotient * db) / b, level)

    def __rtruediv__(self, other: Any) -> Dual:
        quotient = other / self.value
        return Dual(quotient, -quotient * self.tangent / self.value, self.level)

    def __pow__(self, count: int) -> Dual:
        if count == 0:
            return Dual(fmpq(1), fmpq(0), self.level)
        return Dual(self.value**count, fmpq(count) * self.value ** (count - 1) * self.tangent, self.level)

    def log(self) -> Dual:
        """The natural log."""
        value = arb(self.value).log() if isinstance(self.value, fmpq) else self.value.log()
        return Dual(value, self.tangent / self.value, self.level)

    def exp(self) -> Dual:
        """e to this power."""
        value = arb(self.value).exp() if isinstance(self.value, fmpq) else self.value.exp()
        return Dual(value, self.tangent * value, self.level)


def constant_part(value: Any) -> Any:
    """The number without any tangents."""
    while isinstance(value, Dual):
        value = value.value
    return value
