"""The proof that summing a mass out leaves the marginal one.

Four lines, each written as a term: the values that are summed out go innermost, the other factors come in front of their sum,
the sum of the mass is the marginal mass (or one), and what is left is the line after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symkl.certificate.moves import Moves
from symkl.errors import NoImage
from symkl.language.term import Mass, Number, Sum, Term, Times, Value, free_names, product_of
from symkl.theory.setting import Setting

Write = Callable[[Term], str]


def marginal_proof(before: Term, after: Term, setting: Setting, moves: Moves, write: Write) -> Iterator[str]:
    """A proof of before = after, where after is before with values of one mass summed out.

    Raises: NoImage where the two are not of that form.
    """
    if not isinstance(before, Sum):
        raise NoImage("Only a sum is summed out in a certificate.")
    pairs = list(zip(before.names, before.domains, strict=True))
    names = after.names if isinstance(after, Sum) and set(after.names) < set(before.names) else ()
    kept = [pair for pair in pairs if pair[0] in names]
    over = [pair for pair in pairs if pair[0] not in names]
    out = {name for name, _ in over}
    factors = before.body.args if isinstance(before.body, Times) else (before.body,)
    mass = next((factor for factor in factors if isinstance(factor, Mass) and out & free_names(factor)), None)
    if mass is None:
        raise NoImage("The mass that is summed out was not found.")
    position = factors.index(mass)
    rest = [*factors[:position], *factors[position + 1 :]]
    marginal = _without(mass, out, setting)
    lines = [
        _over(kept, _over(over, _times(rest, mass))),
        _over(kept, _times(rest, _over(over, mass))),
        _over(kept, _times(rest, marginal)),
    ]
    same, scaled, summed = (moves.closings[name] for name in ("same", "scaled", "marginal"))
    yield moves.first.format(write(lines[0]), same)
    yield moves.first.format(write(lines[1]), scaled)
    yield moves.between.format(write(lines[2]), summed, same)


def _over(pairs: list[tuple[str, Term]], body: Term) -> Term:
    return Sum([name for name, _ in pairs], [domain for _, domain in pairs], body) if pairs else body


def _times(rest: list[Term], factor: Term) -> Term:
    return Times(product_of(rest), factor) if rest else factor


def _without(mass: Mass, out: set[str], setting: Setting) -> Term:
    law = setting.scope.laws[mass.marginal.law]
    of = [pair for pair in zip(mass.marginal.of, mass.args, strict=False) if not out & free_names(pair[1])]
    if any(isinstance(value, Value) and value.name in out for value in mass.args[len(mass.marginal.of) :]):
        raise NoImage("A value of the condition is summed out.")
    if not of:
        return Number(1)
    values = (*(value for _, value in of), *mass.args[len(mass.marginal.of) :])
    return Mass(law.marginal(tuple(variable for variable, _ in of), mass.marginal.given), values)
