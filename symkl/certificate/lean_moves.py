"""Lean's moves: the lemmas of Laws.lean and the tactics of Tactics.lean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from symkl.certificate.lean_closings import UNPROVED, tactic
from symkl.certificate.lean_notation import LEAN
from symkl.certificate.moves import Moves, Statement
from symkl.certificate.notation import Ends

_SUMMANDS = {
    (False, False): "plus_congr",
    (True, True): "minus_congr",
    (False, True): "plus_to_minus",
    (True, False): "minus_to_plus",
}
"""The lemma for the next summand, by whether it is subtracted before, and after."""


class LeanMoves(Moves):
    """The moves as tactics; a proof is a block of lines."""

    notation = LEAN
    unproved = UNPROVED
    congruences: ClassVar[Mapping[str, str]] = {
        "negation": "refine neg_congr ?_",
        "function": "refine call_congr ?_",
        "whole power": "refine pow_congr ?_",
        "log": "first | refine congrArg Real.log ?_ | refine logb_congr rfl ?_",
        "log and base": "refine logb_congr ?_ ?_",
        "quotient": "refine div_congr ?_ ?_",
        "power": "refine rpow_congr ?_ ?_",
        "relation": "refine relation_congr ?_ ?_",
        "argmin": "refine argmin_congr ?_",
        "argmax": "refine argmax_congr ?_",
        "minimum": "refine Rule.convex_minimum (by by_convex) ?_ ?_ ?_ (by by_inside)",
        "reflexivity": "rfl",
        "symmetry": "symm",
        "inside": "",
        "differentiable": "by_differentiable",
        "nothing": "first | rfl | exact Iff.rfl | exact fun _ => Iff.rfl",
    }
    closings: ClassVar[Mapping[str, str]] = {
        "lines": "ring",
        "factors": "ring",
        "whole power": "by_powers",
        "same": "by_same",
        "reflexivity": "rfl",
        "scaled": "by_scaled",
        "marginal": "by_marginal",
        "masses out": "by_sums",
        "sums": "by_sums",
        "independence": "by_each_independence",
        "sums back": "by_sums",
    }
    facts: ClassVar[Mapping[str, str]] = {
        "masses": "refine ⟨?_, ?_⟩ <;> (simp [Positive, {law}] <;> first | linarith | (constructor <;> linarith))",
        "normalised": "exact normalised_law (f := {function}) (by by_nonempty) (fun _ _ => by by_positive)",
        "same law": "exact (by assumption : Law _ _)",
        "uniform": "exact uniform_law (c := {mass}) (by by_positive) (by by_size)",
        "less": "exact Law.less (by assumption) (by by_length)",
        "positive": "exact Law.pos{count} (by assumption)",
        "total": "exact Law.total{count} (by assumption)",
        "marginal law": "refine Law.of{count} ?_ ?_ <;> (intros; simp only [{marginal}]; first | by_marginal | by_positive)",
        "marginal positive": "intros; unfold {marginal}; by_positive",
    }
    line = "{}"
    symmetric = "first | ({0}) | (symm; {0})"
    first = "refine Eq.trans (b := {}) (by {}) ?_"
    last = "refine Eq.trans (b := {}) ?_ (by {})"
    between = "exact Eq.trans (b := {}) (by {}) (by {})"
    under: ClassVar[Mapping[str, str]] = {
        "sum": "refine Finset.sum_congr rfl fun {} {} => ?_",
        "product": "refine Finset.prod_congr rfl fun {} {} => ?_",
    }
    by_part = "by_part ({})"
    recall = "have := {}"
    known = "known {}"
    on_set = "intro _; {}"
    at_hand = "have : 0 < {} := by by_positive"

    def tactic(self, rule: str) -> str:
        """The tactic of the table of closings."""
        return tactic(rule)

    def _alternatives(self, tactics: Sequence[str]) -> str:
        return " ".join(f"| ({tactic})" for tactic in tactics)

    # Going down

    def block(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines under a dot."""
        first, *rest = lines
        yield f"· {first}"
        yield from (f"  {line}" for line in rest)

    def pairwise(self, plus: bool, signs: Sequence[tuple[bool, bool]]) -> Iterator[str]:
        """The lemmas one inside the other; minus has its own."""
        if len(signs) > 1:
            term = "?_"
            for sign in signs[1:]:
                term = f"{_SUMMANDS[sign] if plus else 'times_congr'} {term if term == '?_' else f'({term})'} ?_"
            yield f"refine {term}"

    def averaged(self, values: Sequence[str], members: Sequence[str]) -> str:
        """Under a mean of a value or of a pair of values."""
        if len(values) == 1:
            return f"refine mean_congr fun {values[0]} {members[0]} => ?_"
        pair, inside = values[0], members[0]
        for value, member in zip(values[1:], members[1:], strict=True):
            pair, inside = f"⟨{pair}, {value}⟩", f"⟨{inside}, {member}⟩"
        return f"refine mean_congr ?_; rintro {pair} within; simp only [Finset.mem_product] at within; obtain {inside} := within"

    # Other points

    def near(self, ends: Ends) -> str:
        """Two functions that agree on an open set around the point have one derivative there."""
        return f"refine deriv_congr_on (D := {self.notation.open_interval(ends)}) (by by_open) (by by_inside) ?_"

    def elsewhere(self, other: str, inside: str, ends: Ends) -> str:
        """The point, and that it is between the ends."""
        apart = {2: f"; obtain ⟨_, _⟩ := {inside}", 1: f"; simp only [Set.mem_Ioi, Set.mem_Iio] at {inside}", 0: ""}
        return f"intro {other} {inside}{apart[sum(end is not None for end in ends)]}"

    def there(self, name: str, where: str, conditions: int) -> str:
        """By the conditions of the point that is left and those of the interval."""
        return f"have {name} : {where.rstrip()} := by unfold domain; {_all_of(conditions, 'by_domain')}"

    # Lemmas

    def lemma(self, statement: Statement, proof: Iterable[str]) -> str:
        """A theorem with the variables and the domain `D` before the colon."""
        binder = f" {self.notation.binder(statement.variables)}" if statement.variables else ""
        head = f"theorem {statement.name}{binder} (D : {statement.domain}) :\n    {statement.text} := by"
        return "\n".join([head, *(f"  {line}" for line in proof if line)])

    def unfolding(self, laws: Sequence[str], marginals: Sequence[str]) -> Iterator[str]:
        """What the tactics `masses` and `marginals` do here."""
        for name, simplify, defined in (("masses", "simp", laws), ("marginals", "simp only", marginals)):
            if defined:
                yield f"macro_rules | `(tactic| {name}) => `(tactic| {simplify} [{', '.join(defined)}])"

    def knowledge(self, variables: Sequence[str], facts: Sequence[str], conditions: int) -> str:
        """What the tactic `known` does here."""
        shown = [f"have := {' '.join([fact, *('_' for _ in variables), '$there'])}" for fact in facts]
        return f"macro_rules | `(tactic| known $there) => `(tactic| ({'; '.join([*shown, _taken_apart('$there', conditions)])}))"

    def apart(self, conditions: int) -> str:
        """The conjunction taken apart."""
        return _taken_apart("D", conditions)

    def taken(self, values: Sequence[str]) -> Sequence[str]:
        """Each value before its membership."""
        return [text for k, value in enumerate(values) for text in (value, f"I{k}")]

    def take(self, values: Sequence[str]) -> Iterator[str]:
        """One intro for all."""
        if values:
            yield f"intro {' '.join(self.taken(values))}"

    def have(self, name: str, text: str, lines: Iterable[str]) -> Iterator[str]:
        """A statement with its proof below."""
        yield f"have {name} : {text} := by"
        yield from (f"  {line}" for line in lines)

    def chain(self, kinds: Sequence[str], proofs: Sequence[str]) -> str:
        """By transitivity; with inequalities by linear arithmetic."""
        if "order" in kinds:
            if len(proofs) == 1:
                return f"exact {proofs[0]}"
            return "; ".join([*(f"have L{k} := {proof}" for k, proof in enumerate(proofs)), "linarith"])
        if "set" in kinds:
            return f"intro m; exact {_transitive([f'({proof} m)' for proof in proofs])}"
        return f"exact {_transitive(proofs)}"

    def from_part(self, proofs: Sequence[str], call: str) -> Iterator[str]:
        """The equivalence from left to right, then the part."""
        yield f"refine Iff.mp {_bracketed(_transitive(proofs))} ?_"
        yield self.by_part.format(call)

    def example(self, point: Sequence[str], conditions: int, marginals: Sequence[str]) -> str:
        """The values, then the conditions one by one."""
        values = f"refine ⟨{', '.join([*point, '?_'])}⟩; " if point else ""
        sums = f"try simp only [{', '.join(marginals)}]; " if marginals else ""
        return f"{values}unfold domain; {sums}{_all_of(conditions, 'by_example')}"

    def obligation(self, laws: Sequence[str]) -> str:
        """The first of the conjunction."""
        return "refine ⟨by by_obligation, ?_⟩"


def _all_of(conditions: int, tactic: str) -> str:
    return f"refine ⟨{', '.join(['?_'] * conditions)}⟩ <;> {tactic}" if conditions > 1 else tactic


def _taken_apart(proof: str, conditions: int) -> str:
    names = ", ".join(f"D{k}" for k in range(1, conditions + 1))
    apart = f"; obtain ⟨{names}⟩ := D0" if conditions > 1 else ""
    return f"have D0 := {proof}; unfold domain at D0{apart}"


def _transitive(proofs: Sequence[str]) -> str:
    text = proofs[-1]
    for proof in reversed(proofs[:-1]):
        text = f"{proof}.trans {_bracketed(text)}"
    return text


def _bracketed(text: str) -> str:
    return f"({text})" if (" " in text and not text.startswith("(")) or ".trans " in text else text
