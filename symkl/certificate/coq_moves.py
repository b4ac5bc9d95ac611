"""Coq's moves: the lemmas and tactics of Conditions.v and Tactics.v."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from symkl.certificate.closings import UNCERTIFIED, tactic
from symkl.certificate.coq_notation import COQ
from symkl.certificate.moves import Moves, Statement
from symkl.certificate.notation import Ends


class CoqMoves(Moves):
    """The moves in Ltac; a proof is a list of sentences."""

    notation = COQ
    unproved = UNCERTIFIED
    congruences: ClassVar[Mapping[str, str]] = {
        "negation": "apply opp_cong.",
        "function": "apply call_cong.",
        "whole power": "apply pow_cong.",
        "log": "first [apply call_cong | apply logb_cong; [reflexivity |]].",
        "log and base": "apply logb_cong.",
        "quotient": "apply div_cong.",
        "power": "apply Rpower_cong.",
        "relation": "apply relation_cong.",
        "argmin": "apply ArgMin_ext.",
        "argmax": "apply ArgMax_ext.",
        "minimum": "apply R_convex_minimum.",
        "reflexivity": "reflexivity.",
        "symmetry": "symmetry.",
        "inside": "by_inside.",
        "differentiable": "differentiable.",
        "nothing": "first [reflexivity | split; trivial].",
    }
    closings: ClassVar[Mapping[str, str]] = {
        "lines": "by_lines",
        "factors": "by_factors",
        "whole power": "by_whole_power",
        "same": "solve [same]",
        "reflexivity": "reflexivity",
        "scaled": "solve [by_scaled]",
        "marginal": "solve [by_marginal]",
        "masses out": "by_masses_out",
        "sums": "by_sums",
        "independence": "by_each_independence",
        "sums back": "symmetry; by_sums",
    }
    facts: ClassVar[Mapping[str, str]] = {
        "masses": "unfold {law}. by_masses.",
        "normalised": "unfold {law}. apply (normalised_law {alphabet} {function}); [inhabited | intros ? ?; cbv beta; positive].",
        "same law": "unfold {law}. assumption.",
        "uniform": "unfold {law}. apply uniform_law; [inhabited | by_size].",
        "less": "eapply Law_less; [eassumption | by_length].",
        "positive": "apply Law_pos{count}; assumption.",
        "total": "apply Law_total{count}; assumption.",
        "marginal law": ("unfold Law, Positive; split; [each_marginal {marginal} | unfold {marginal}; by_marginal_total]."),
        "marginal positive": "intros. unfold {marginal}. positive.",
    }

    blocks = True
    line = "{}."
    symmetric = "first [solve [{0}] | symmetry; {0}]."
    first = "transitivity ({}); [{} |]."
    last = "transitivity ({}); [| {}]."
    between = "transitivity ({}); [{} | {}]."
    under: ClassVar[Mapping[str, str]] = {
        "sum": "apply Sum_ext. intros {} {}. cbv beta.",
        "product": "apply Prod_ext. intros {} {}. cbv beta.",
    }
    by_part = "by_part ({})."
    recall = "pose proof ({})."
    known = "known {}."
    on_set = "intro; unfold Rminus; {}"

    def tactic(self, rule: str) -> str:
        """The tactic of the table of closings."""
        return tactic(rule)

    def _alternatives(self, tactics: Sequence[str]) -> str:
        return f"[{' | '.join(tactics)}]"

    # Going down

    def block(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines in braces."""
        lines = list(lines)
        if len(lines) == 1:
            yield "{ " + lines[0] + " }"
            return
        yield "{"
        yield from (f"  {line}" for line in lines)
        yield "}"

    def pairwise(self, plus: bool, signs: Sequence[tuple[bool, bool]]) -> Iterator[str]:
        """All goals at once: applying a lemma again and again compares the whole line each time. Minus is plus the opposite."""
        lemma = "plus_cong" if plus else "mult_cong"
        if len(signs) > 1:
            term = "_"
            for _ in signs[1:]:
                term = f"({lemma} _ _ _ _ {term} _)"
            yield f"refine {term}."

    def averaged(self, values: Sequence[str], members: Sequence[str]) -> str:
        """Mean_ext for a value or a pair of values."""
        value, member = values[0], members[0]
        for other, inside in zip(values[1:], members[1:], strict=True):
            value, member = f"[{value} {other}]", f"[{member} {inside}]%in_prod_iff"
        return f"apply Mean_ext. intros {value} {member}. cbv beta iota."

    def all_at_once(self, value: str, member: str, span: tuple[int, int], terms: tuple[list[str], list[str]]) -> Iterator[str]:
        """The line as the terms of one value after those of another, by written_each."""
        before, after = (f"(fun {value} => {' :: '.join([*(f'({t})' for t in side), 'nil'])})" for side in terms)
        over = self.notation.range.format(*span)
        yield f"change (written (flat_map {before} {over}) = written (flat_map {after} {over}))."
        yield f"apply written_each. intros {value} {member}. cbn [written fold_left]."

    # Other points

    def near(self, ends: Ends) -> str:
        """Derivative_near on the interval."""
        return f"apply (Derivative_near {self.notation.open_interval(ends)}); [by_inside |]."

    def elsewhere(self, other: str, inside: str, ends: Ends) -> str:
        """The point, and that it is between the ends."""
        return f"intros {other} {inside}. destruct {inside}; cbv beta iota in *."

    def there(self, name: str, where: str, conditions: int) -> str:
        """By the conditions of the point that is left and those of the interval."""
        return f"assert ({where}) as {name} by (unfold domain; by_conditions)."

    # Lemmas

    def lemma(self, statement: Statement, proof: Iterable[str]) -> str:
        """A Lemma for all variables under the domain `D`."""
        binder = f"forall {self.notation.binder(statement.variables)}, " if statement.variables else ""
        intro = " ".join(["intros", *(name for name, _ in statement.variables), "D."])
        body = "\n".join(f"  {line}" for line in [intro, *proof])
        return f"Lemma {statement.name} : {binder}{statement.domain} ->\n  {statement.text}.\nProof.\n{body}\nQed."

    def knowledge(self, variables: Sequence[str], facts: Sequence[str], conditions: int) -> str:
        """The tactic `known`, which reads the point off the proof that it is in the domain."""
        pattern = " ".join(["domain", *(f"?{name}" for name in variables)])
        shown = "".join(f"\n      pose proof ({' '.join([fact, *variables, 'there'])});" for fact in facts)
        return (
            f"Ltac known there :=\n  lazymatch type of there with\n  | {pattern} =>{shown}\n"
            '      let apart := fresh "D" in pose proof there as apart; unfold domain in apart; split_all apart\n  end.'
        )

    def apart(self, conditions: int) -> str:
        """The conjunction split."""
        return "pose proof D as D0. unfold domain in D0. split_all D0."

    def taken(self, values: Sequence[str]) -> Sequence[str]:
        """All values before their memberships."""
        return [*values, *(f"I{k}" for k in range(len(values)))]

    def take(self, values: Sequence[str]) -> Iterator[str]:
        """One intros for all."""
        if values:
            yield f"intros {' '.join(self.taken(values))}."

    def have(self, name: str, text: str, lines: Iterable[str]) -> Iterator[str]:
        """An assertion with its proof in braces."""
        yield f"assert ({name} : {text})."
        yield "{"
        yield from (f"  {line}" for line in lines)
        yield "}"

    def chain(self, kinds: Sequence[str], proofs: Sequence[str]) -> str:
        """By transitivity; with inequalities by linear arithmetic."""
        if "order" in kinds:
            if len(proofs) == 1:
                return f"by_order {proofs[0]}."
            return " ".join(f"pose proof {proof} as L{k}." for k, proof in enumerate(proofs)) + " lra."
        if "set" in kinds:
            return f"intro m. exact ({_transitive('iff_trans', [f'({proof} m)' for proof in proofs])})."
        return f"exact ({_transitive('iff_trans' if 'iff' in kinds else 'eq_trans', proofs)})."

    def from_part(self, proofs: Sequence[str], call: str) -> Iterator[str]:
        """The equivalence applied, then the part."""
        yield f"apply ({_transitive('iff_trans', proofs)}). {self.by_part.format(call)}"

    def example(self, point: Sequence[str], conditions: int, marginals: Sequence[str]) -> str:
        """The values, then the conditions."""
        return f"exists {', '.join(point)}; by_example" if point else "by_example"

    def obligation(self, laws: Sequence[str]) -> str:
        """The first of the conjunction."""
        unfold = f"unfold {', '.join(laws)}; " if laws else ""
        return f"split; [{unfold}by_obligation |]."


def _transitive(head: str, proofs: Sequence[str]) -> str:
    text = proofs[-1]
    for proof in reversed(proofs[:-1]):
        text = f"{head} {proof} ({text})"
    return text
