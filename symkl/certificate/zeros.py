"""The claim of a derivation where masses may be zero, as a theorem of its own.

The steps of a derivation are about positive masses. With 0 log 0 = 0 the claim may hold for all masses that are not negative, as
long as no law has mass where one that it is compared with has none (absolute continuity). The proof looks at each element: a
mass is zero there, and its terms with it, or it is positive with those that dominate it, and the logs come apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symkl.certificate.coq_notation import COQ
from symkl.certificate.domain import Domain
from symkl.certificate.entropies import proof_by_entropies
from symkl.certificate.example import example
from symkl.certificate.files import Certificate
from symkl.certificate.gibbs import proof_by_gibbs
from symkl.certificate.obligations import guarded_obligations
from symkl.certificate.prelude import SHANNON, SUPPORT
from symkl.certificate.terms import Terms
from symkl.errors import NoImage
from symkl.language.scope import MASS, LawDeclaration
from symkl.language.term import (
    Derivative,
    Exp,
    Extremum,
    Function,
    Law,
    Log,
    Mass,
    Measure,
    Product,
    Quotient,
    Relation,
    Symbol,
    Term,
    Times,
    subterms,
    without_labels,
)
from symkl.theory.facts import MassFormula
from symkl.theory.measures import definition_of
from symkl.theory.setting import Setting


def certificate_with_zeros(name: str, setting: Setting, goal: Term) -> Certificate:
    """The certificate that a claim holds where masses may be zero too.

    Raises: NoImage with the reason, where it is none about laws whose masses may be zero, or none that is shown here.
    """
    bare = without_labels(goal)
    if not isinstance(bare, Relation):
        raise NoImage("Only a statement is stated with zeros.")
    _check(bare, setting)
    terms = Terms(setting, COQ)
    domain = _DomainWithZeros(terms, bare)
    needs = guarded_obligations(terms, bare)
    statement = f"forall {domain.binder()},\n  {domain.call()} ->\n  " + " /\\\n  ".join([*needs, terms.statement(bare)])
    joint = any(len(law.variables) > 1 for law in domain.laws)
    if joint:
        shown = proof_by_entropies(terms, bare)
    elif bare.operators != ("=",):
        shown = [*_formulas_are_laws(domain), *proof_by_gibbs(terms, bare, domain.dominated)]
    else:
        shown = _at_each_element(domain, len(needs))
    variables = " ".join(variable.identifier for variable in domain.variables())
    proof = [f"intros {variables} D. unfold domain in D. split_all D.", *shown]
    definitions = [*domain.definitions(), domain.statement()]
    lemma = f"Lemma claim : {statement}.\nProof.\n" + "\n".join(proof) + "\nQed."
    claim = "\n\n".join([*definitions, f"Definition claim : Prop :=\n  {statement}."]) + "\n"
    point = f"exists {', '.join(example(domain))}; by_example_with_zeros"
    inhabited = f"exists {domain.binder()}, {domain.call()}"
    body = "\n\n".join([*definitions, lemma]) + "\n"
    return Certificate(f"{name} with zeros", body, claim, inhabited, point, also=SUPPORT if "by_support." in shown else SHANNON)


def _at_each_element(domain: Domain, needs: int) -> list[str]:
    """The proof that looks at the masses one by one."""
    laws = ", ".join(domain.terms.names.of("law", law) for law in domain.setting.formulas)
    return [
        *_formulas_are_laws(domain),
        *([f"unfold {laws} in *."] if laws else []),
        *["split; [solve [by_guarded] |]."] * needs,
        "by_support.",
    ]


def _formulas_are_laws(domain: Domain) -> list[str]:
    given = [law for law in domain.laws if law.name in domain.setting.formulas]
    return [f"assert (LawWithZeros {domain.on_alphabet(law)}) by by_law_with_zeros." for law in given]


class _DomainWithZeros(Domain):
    """The domain of a claim where masses may be zero: parameters may lie on their bounds, and laws dominate others."""

    masses = "LawWithZeros"

    def __init__(self, terms: Terms, goal: Relation) -> None:
        super().__init__(terms)
        self.dominated = list(dict.fromkeys(_dominated(goal, self.setting)))
        formulas = self.setting.formulas.values()
        within = [part for formula in formulas for mass in formula.outcomes.values() for part in subterms(mass)]
        self._parameters = {part.name for part in within if isinstance(part, Symbol)}

    def conditions(self) -> list[str]:
        """What the givens say of the masses, and which laws have mass where others have."""
        continuous = [
            f"AbsolutelyContinuous {self.on_alphabet(one)} {self.terms.law(other.name, {})}" for one, other in self.dominated
        ]
        return [*super().conditions(), *continuous]

    def admitted(self, relation: Relation) -> Relation:
        """What a condition of the givens admits: where the masses are made of parameters, those may lie on their bounds."""
        about = {part.name for part in subterms(relation) if isinstance(part, Symbol)}
        closed = about <= self._parameters and relation.operators == ("<",)
        return Relation(relation.args, ("<=",)) if closed else relation


def _check(goal: Relation, setting: Setting) -> None:
    laws = list(setting.scope.laws.values())
    if not laws or any(law.entries != MASS for law in laws):
        raise NoImage("It is not about laws alone.")
    if any(formula.formula is not None for formula in setting.formulas.values()):
        raise NoImage("The masses are a formula of parameters, and never zero.")
    if all(law.name in setting.formulas and not _varies(setting.formulas[law.name]) for law in laws):
        raise NoImage("The masses are numbers, and never zero.")
    for term in subterms(goal):
        if isinstance(term, Derivative | Extremum | Exp | Product | Function):
            raise NoImage("Derivatives, extrema, products and exponentials are stated for positive masses alone.")
    if not any(isinstance(term, Log | Measure) for term in subterms(goal)):
        raise NoImage("It has no log, and no need of 0 log 0.")


def _varies(formula: MassFormula) -> bool:
    return any(isinstance(part, Symbol) for mass in formula.outcomes.values() for part in subterms(mass))


def _dominated(goal: Relation, setting: Setting) -> Iterator[tuple[LawDeclaration, LawDeclaration]]:
    """Pairs of laws of which the second has to have mass where the first has: it stands in a log that the first weighs."""
    for term in subterms(goal):
        if isinstance(term, Measure) and definition_of(term).slug in ("kl", "cross-entropy"):
            # A mixture has mass where one of its laws has.
            first, second = term.args
            yield from _pairs(_names(first), _names(second) if isinstance(second, Law) else [], setting)
        if isinstance(term, Times):
            weights = [factor.marginal.law for factor in term.args if isinstance(factor, Mass)]
            logs = [part for factor in term.args for part in subterms(factor) if isinstance(part, Log)]
            inside = [part.marginal.law for log in logs for part in _factors(log) if isinstance(part, Mass)]
            yield from _pairs(weights, inside, setting)


def _factors(log: Log) -> Iterator[Term]:
    """What stands in a log as a factor or below a line."""
    pending = [log.args[0]]
    while pending:
        term = pending.pop()
        pending.extend(term.args if isinstance(term, Times | Quotient) else ())
        yield term


def _names(law: Term) -> list[str]:
    return [part.marginal.law for part in subterms(law) if isinstance(part, Law)]


def _pairs(one: Sequence[str], other: Sequence[str], setting: Setting) -> Iterator[tuple[LawDeclaration, LawDeclaration]]:
    for first in one:
        for second in other:
            if first != second:
                yield setting.scope.laws[first], setting.scope.laws[second]
