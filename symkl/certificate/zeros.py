"""The claim of a derivation where masses may be zero, as a theorem of its own.

The steps of a derivation are about positive masses. With 0 log 0 = 0 the claim may hold for all masses that are not negative, as
long as no law has mass where one that it is compared with has none (absolute continuity). The proof looks at each element: a
mass is zero there, and its terms with it, or it is positive with those that dominate it, and the logs come apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symkl.certificate.coq_notation import COQ
from symkl.certificate.domain import Domain, upward
from symkl.certificate.example import example
from symkl.certificate.files import Certificate
from symkl.certificate.obligations import guarded_obligations
from symkl.certificate.prelude import SUPPORT
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

    Raises: NoImage with the reason, where it is none about laws whose masses may be zero.
    """
    bare = without_labels(goal)
    if not isinstance(bare, Relation) or bare.operators != ("=",):
        raise NoImage("Only an equation is stated with zeros.")
    _check(bare, setting)
    terms = Terms(setting, COQ)
    domain = Domain(terms)
    needs = guarded_obligations(terms, bare)
    statement = f"forall {domain.binder()},\n  {domain.call()} ->\n  " + " /\\\n  ".join([*needs, terms.statement(bare)])
    body = " /\\\n  ".join(_conditions(terms, domain, bare))
    definitions = [*domain.definitions(), f"Definition domain {domain.binder()} : Prop :=\n  {body}."]
    given = [law for law in domain.laws if law.name in setting.formulas]
    laws = ", ".join(terms.names.of("law", law.name) for law in given)
    variables = " ".join(variable.identifier for variable in domain.variables())
    proof = [
        f"intros {variables} D. unfold domain in D. split_all D.",
        *(f"assert (LawWithZeros {_on_alphabet(terms, law)}) by by_law_with_zeros." for law in given),
        *([f"unfold {laws} in *."] if laws else []),
        *["split; [solve [by_guarded] |]."] * len(needs),
        "by_support.",
    ]
    lemma = f"Lemma claim : {statement}.\nProof.\n" + "\n".join(proof) + "\nQed."
    claim = "\n\n".join([*definitions, f"Definition claim : Prop :=\n  {statement}."]) + "\n"
    point = f"exists {', '.join(example(domain))}; by_example_with_zeros"
    inhabited = f"exists {domain.binder()}, {domain.call()}"
    return Certificate(f"{name} with zeros", "\n\n".join([*definitions, lemma]) + "\n", claim, inhabited, point, also=SUPPORT)


def _check(goal: Relation, setting: Setting) -> None:
    laws = list(setting.scope.laws.values())
    if not laws or any(law.entries != MASS for law in laws):
        raise NoImage("It is not about laws alone.")
    if any(len(law.variables) > 1 for law in laws):
        raise NoImage("Joint laws with zeros have conditional laws that are not defined.")
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


def _conditions(terms: Terms, domain: Domain, goal: Relation) -> list[str]:
    setting = terms.setting
    parameters = {
        name
        for formula in setting.formulas.values()
        for mass in formula.outcomes.values()
        for name in (part.name for part in subterms(mass) if isinstance(part, Symbol))
    }
    found = []
    for fact in setting.facts:
        relation = upward(fact.relation)
        about = {part.name for part in subterms(relation) if isinstance(part, Symbol)}
        closed = about <= parameters and relation.operators == ("<",)
        found.append(terms.statement(Relation(relation.args, ("<=",)) if closed else relation))
    for law in domain.laws:
        if law.name not in setting.formulas:
            found.append(f"LawWithZeros {_on_alphabet(terms, law)}")
    for one, other in dict.fromkeys(_dominated(goal, setting)):
        found.append(f"AbsolutelyContinuous {_on_alphabet(terms, one)} {terms.law(other.name, {})}")
    return list(dict.fromkeys(found))


def _on_alphabet(terms: Terms, law: LawDeclaration) -> str:
    return f"{terms.alphabet(law.alphabets[0])} {terms.law(law.name, {})}"


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
