"""Computed rules of masses: marginal, conditional and independent ones, and masses that the givens state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symkl.derivation.context import Binding, Context, refuse
from symkl.language.scope import DENSITY, MASS, LawDeclaration
from symkl.language.term import Integral, Mass, Quotient, Sum, Term, Times, Value, free_names, product_of
from symkl.theory.independence import independent

_Pairs = Sequence[tuple[str, Term]]
"""Random variables with their values."""


def substitute_masses(term: Term, _binding: Binding, context: Context) -> Term:
    """P(H) = p where a given says so."""
    formula = context.setting.formulas.get(term.marginal.law) if isinstance(term, Mass) else None
    value = None if formula is None or len(term.args) != 1 else formula.at(term.args[0])
    if value is None:
        raise refuse("The givens do not say this mass.")
    return value


def marginalise(term: Term, binding: Binding, context: Context) -> Term:
    """Sum values out that occur in one mass alone, there as a value of it: the mass becomes the marginal one."""
    if not isinstance(term, Sum | Integral):
        raise refuse("There is no sum.")
    factors = term.body.args if isinstance(term.body, Times) else (term.body,)
    over = _over(term, factors, binding)
    carriers = [k for k, factor in enumerate(factors) if over & free_names(factor)]
    mass = factors[carriers[0]] if len(carriers) == 1 else None
    if mass is None or not isinstance(mass, Mass):
        raise refuse("The values that are summed out do not occur in one mass alone.")
    marginal = _summed_out(mass, {n: d for n, d in zip(term.names, term.domains, strict=True) if n in over}, term, context)
    rest = [*factors[: carriers[0]], *([] if marginal is None else [marginal]), *factors[carriers[0] + 1 :]]
    body = product_of(rest)
    kept = [(name, domain) for name, domain in zip(term.names, term.domains, strict=True) if name not in over]
    if not kept:
        return body
    return type(term)([name for name, _ in kept], [domain for _, domain in kept], body)


def _over(term: Sum | Integral, factors: Sequence[Term], binding: Binding) -> frozenset[str]:
    """The names to sum out: those that the step says, or all that occur in the first mass that has some to itself."""
    said = binding.get("over")
    if isinstance(said, tuple):
        names = frozenset(value.name for value in said if isinstance(value, Value))
        if not names or not names <= set(term.names):
            raise refuse("The step sums out values that the sum does not have.")
        return names
    alone: dict[int, set[str]] = {}
    for name in term.names:
        found = [k for k, factor in enumerate(factors) if name in free_names(factor)]
        if len(found) == 1 and isinstance(factors[found[0]], Mass):
            alone.setdefault(found[0], set()).add(name)
    return frozenset(alone[min(alone)] if alone else ())


def _summed_out(mass: Mass, over: Mapping[str, Term], term: Sum | Integral, context: Context) -> Mass | None:
    law = context.setting.scope.laws.get(mass.marginal.law)
    if law is None or law.entries != (MASS if isinstance(term, Sum) else DENSITY):
        raise refuse(f"{mass.marginal.law} is no law whose total is one.")
    of = list(zip(mass.marginal.of, mass.args, strict=False))
    rest = mass.args[len(of) :]
    for name, domain in over.items():
        at = [pair for pair in of if pair[1] == Value(name)]
        if len(at) != 1 or law.alphabet(at[0][0]) != domain:
            raise refuse(f"'{name}' does not range over the whole alphabet of one variable of the mass.")
        of.remove(at[0])
    if any(over.keys() & free_names(value) for value in (*rest, *(value for _, value in of))):
        raise refuse("A value that is summed out occurs a second time.")
    if not of:
        return None
    return Mass(law.marginal(tuple(variable for variable, _ in of), mass.marginal.given), (*(v for _, v in of), *rest))


def condition(term: Term, binding: Binding, context: Context) -> Term:
    """p(x,y|z) = p(x|z)*p(y|x,z), the values that the step names first."""
    first = binding.get("first")
    if not isinstance(term, Mass) or not isinstance(first, tuple):
        raise refuse("The step has to say which values of the mass come first.")
    of = list(zip(term.marginal.of, term.args, strict=False))
    rest = term.args[len(of) :]
    before = [pair for pair in of if pair[1] in first]
    after = [pair for pair in of if pair[1] not in first]
    law = context.setting.scope.laws.get(term.marginal.law)
    if law is None or not before or not after or law.entries not in (MASS, DENSITY):
        raise refuse("A joint mass is split into two factors.")
    given = term.marginal.given
    names = tuple(variable for variable, _ in before)
    values = tuple(value for _, value in before)
    left = Mass(law.marginal(names, given), (*values, *rest))
    right_names = tuple(variable for variable, _ in after)
    right = Mass(law.marginal(right_names, (*names, *given)), (*(value for _, value in after), *values, *rest))
    return Times(left, right)


def conditional_mass(term: Term, _binding: Binding, context: Context) -> Term:
    """p(y|x) = p(x,y)/p(x); conditions that the step does not name stay behind the bar."""
    law = context.setting.scope.laws.get(term.marginal.law) if isinstance(term, Mass) else None
    if not isinstance(term, Mass) or law is None or not term.marginal.given or law.entries not in (MASS, DENSITY):
        raise refuse("Only a conditional mass is a quotient of masses.")
    pairs = list(zip((*term.marginal.of, *term.marginal.given), term.args, strict=True))
    below = pairs[len(term.marginal.of) :]
    return Quotient(_joint(law, pairs), _joint(law, below))


def _joint(law: LawDeclaration, pairs: Sequence[tuple[str, Term]]) -> Mass:
    """The mass of some variables at values, in the order of the law."""
    ordered = sorted(pairs, key=lambda pair: law.variables.index(pair[0]))
    return Mass(law.marginal(tuple(name for name, _ in ordered)), (value for _, value in ordered))


def independence(term: Term, binding: Binding, context: Context) -> Term:
    """p(x,y|z) = p(x|z)*p(y|z), or p(x|y,z) = p(x|z), where a given says that X and Y are independent given Z.

    The values that the step names are those of the first factor, or those that leave the condition.
    """
    first = binding.get("first")
    if not isinstance(term, Mass) or not isinstance(first, tuple):
        raise refuse("The step has to say which values of the mass come first.")
    law = context.setting.scope.laws.get(term.marginal.law)
    of = list(zip(term.marginal.of, term.args, strict=False))
    rest = list(zip(term.marginal.given, term.args[len(of) :], strict=True))
    left = [pair for pair in of if pair[1] in first]
    right = [pair for pair in of if pair[1] not in first]
    # The givens speak of the random variables, and so of the law that they have.
    if law is None or any(context.setting.scope.variables.get(name) != law.name for name, _ in (*of, *rest)):
        raise refuse("No given speaks of the independence of variables under this law.")
    if not left:
        return _without(law, of, rest, first, context)
    names = [frozenset(name for name, _ in pairs) for pairs in (left, right, rest)]
    if not right or not independent(names[0], names[1], names[2], context.setting):
        raise refuse("No given says that these variables are independent.")

    def factor(pairs: Sequence[tuple[str, Term]]) -> Mass:
        marginal = law.marginal(tuple(name for name, _ in pairs), tuple(name for name, _ in rest))
        return Mass(marginal, (*(value for _, value in pairs), *(value for _, value in rest)))

    return Times(factor(left), factor(right))


def _without(law: LawDeclaration, of: _Pairs, given: _Pairs, forgotten: tuple[Term, ...], context: Context) -> Mass:
    """A conditional mass without conditions that it does not depend on."""
    dropped = [pair for pair in given if pair[1] in forgotten]
    kept = [pair for pair in given if pair[1] not in forgotten]
    names = [frozenset(name for name, _ in pairs) for pairs in (of, dropped, kept)]
    if not dropped or not independent(names[0], names[1], names[2], context.setting):
        raise refuse("No given says that these variables are independent.")
    marginal = law.marginal(tuple(name for name, _ in of), tuple(name for name, _ in kept))
    return Mass(marginal, (*(value for _, value in of), *(value for _, value in kept)))
