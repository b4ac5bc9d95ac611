"""Applies one rule, as a script asks for it, and records the rewrite that the kernel will re-check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from symkl.derivation.context import Context
from symkl.derivation.kernel import check_rewrite, replacement
from symkl.derivation.match import Binding
from symkl.derivation.places import at, put
from symkl.derivation.side_conditions import conditions
from symkl.derivation.step import EVERYWHERE, Application, Condition, Place, Rewrite
from symkl.derivation.strategy import find
from symkl.errors import Rejection
from symkl.language.term import Term
from symkl.theory.rules import Rule, rule

MOST_ROUNDS = 200
"""A rule that still applies after so many rounds is taken not to come to an end."""


def apply_at(known: Rule, term: Term, applications: Iterable[Application], context: Context, backward: bool = False) -> Rewrite:
    """The rewrite of a rule at given places.

    Raises: Rejection where the rule does not match or a condition is not discharged.
    """
    asked = tuple(applications)
    chosen = tuple(replace(one, trial=None) if one.trial is not None else one for one in asked)
    draft = Rewrite(known.name, backward, chosen, term, term)
    made: dict[Place, Term] = {}
    needed: dict[Condition, None] = {}
    for one, plain in zip(asked, chosen, strict=True):
        trial = one.trial if one.trial is not None and one.trial.found == at(term, one.place) else None
        made[one.place] = replacement(known, plain, draft, context) if trial is None else trial.replacement
        needed.update(dict.fromkeys(conditions(known, (plain,), context) if trial is None else trial.conditions))
    return Rewrite(known.name, backward, chosen, term, put(term, made), tuple(needed))


def rewrite_to(name: str, term: Term, target: Term, context: Context, place: Place | None = None) -> Rewrite:
    """The rewrite of `rearrange` or `arithmetic` that puts a target at a place, the whole term by default.

    Raises: Rejection where the two are not the same polynomial.
    """
    return apply_at(rule(name), term, [Application(place or Place(), {"to": target})], context)


def rewrite_everywhere(
    name: str,
    term: Term,
    context: Context,
    backward: bool = False,
    supplied: Binding | None = None,
    strategy: str = EVERYWHERE,
) -> Rewrite | None:
    """One round of a rule where the strategy finds it, or None where it applies nowhere."""
    known = rule(name)
    found = find(known, term, context, backward, supplied or {}, strategy)
    return apply_at(known, term, found, context, backward) if found else None


def rewrites_until_done(
    name: str, term: Term, context: Context, backward: bool = False, strategy: str = EVERYWHERE
) -> list[Rewrite]:
    """Rounds of a rule until it applies nowhere.

    Raises: Rejection where it does not come to an end.
    """
    done: list[Rewrite] = []
    while (found := rewrite_everywhere(name, term, context, backward, None, strategy)) is not None:
        if found.after == term:
            break
        done.append(found)
        term = found.after
        if len(done) > MOST_ROUNDS:
            raise Rejection("no end", f"'{name}' still applies after {MOST_ROUNDS} rounds.")
    return done


def confirmed(rewrite: Rewrite, context: Context) -> Rewrite:
    """The rewrite, once the kernel has accepted it.

    Raises: Rejection.
    """
    check_rewrite(rewrite, context)
    return rewrite
