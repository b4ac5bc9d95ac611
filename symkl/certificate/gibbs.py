"""Inequalities between entropies and divergences of single laws whose masses may be zero.

A divergence is a cross-entropy less an entropy, and neither a divergence nor an entropy is negative (Gibbs).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symkl.certificate.entropies import Combination, Reason, gap, linear, together, used
from symkl.certificate.terms import Terms
from symkl.errors import NoImage
from symkl.language.scope import LawDeclaration
from symkl.language.term import Law, Measure, Relation
from symkl.theory.measures import definition_of

Pairs = Sequence[tuple[LawDeclaration, LawDeclaration]]


def proof_by_gibbs(terms: Terms, goal: Relation, dominated: Pairs) -> list[str]:
    """The proof of an inequality, where the second law of each pair has mass wherever the first has.

    Raises: NoImage where it does not follow from entropies and divergences that are not negative.
    """
    spoken_of = linear(gap(goal))
    target = together((_entropies(measure), factor) for measure, factor in spoken_of.items())
    divergences = [Measure("KL", (Law(one.marginal()), Law(other.marginal())), ("||",)) for one, other in dominated]
    laws = dict.fromkeys(_laws(measure)[0] for measure in spoken_of)
    reasons = [Reason(measure) for measure in (*divergences, *(Measure("H", (law,)) for law in laws))]
    needed = used({reason: _entropies(reason.measure) for reason in reasons}, target)
    measures = dict.fromkeys([*spoken_of, *(reason.measure for reason in needed)])
    return [
        *(f"assert ({terms.real(m)} = {_written(terms, m)}) by by_divergence." for m in measures if _slug(m) == "kl"),
        *(reason.shown(terms) for reason in needed),
        "lra.",
    ]


def _slug(measure: Measure) -> str:
    return definition_of(measure).slug


def _laws(measure: Measure) -> tuple[Law, ...]:
    found = tuple(law for law in measure.args if isinstance(law, Law) and not law.args and not law.marginal.given)
    if len(found) < len(measure.args) or _slug(measure) not in ("entropy", "cross-entropy", "kl"):
        raise NoImage("With zeros only inequalities between entropies and divergences of laws by name are stated.")
    return found


def _entropies(measure: Measure) -> Combination:
    """A measure in entropies of one law, and cross-entropies of two."""
    laws = _laws(measure)
    across = dict.fromkeys(laws)
    found: list[tuple[Combination, Fraction]] = [({tuple(across): Fraction(1)}, Fraction(1))]
    if _slug(measure) == "kl":
        found.append(({laws[:1]: Fraction(1)}, Fraction(-1)))
    return together(found)


def _written(terms: Terms, divergence: Measure) -> str:
    first, second = _laws(divergence)
    return f"{terms.real(Measure('H', (first, second), (',',)))} - {terms.real(Measure('H', (first,)))}"
