"""How other books and programs write what the plain spelling has: what to say of a name, and what a given perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMES = {
    "a divergence is written KL(P || Q)": ("D", "D_KL", "DKL", "Dkl", "KLD", "kl", "KL_div", "kl_div", "kl_divergence"),
    "a cross-entropy is written H(P, Q)": ("CE", "cross_entropy", "crossentropy", "xent", "BCE"),
    "an entropy is written H(P) or H(X)": ("entropy", "Entropy", "Ent"),
    "a mutual information is written I(X; Y)": ("MI", "mutual_information", "mutual_info"),
    "a Jensen-Shannon divergence is written JS(P || Q)": ("JSD", "D_JS", "jsd", "js"),
    "an expectation is written E[x ~ p](...)": ("E", "Exp", "Expectation", "mean"),
    "a probability is written as a mass, p(x)": ("Pr", "Prob", "prob", "Probability"),
    "the log of base 2 is written log2(x)": ("log_2", "lb", "ld"),
    "the log of base 10 is written log10(x)": ("log_10",),
    "a log is written log2(x) or log10(x) where its base is meant": ("lg",),
    "a derivative is written diff(f, p)": ("d", "D_p", "grad", "deriv", "derivative", "partial", "H'", "h'"),
    "a sum is written sum(i in 1..n, ...)": ("Sum", "SUM", "sum_i", "sum_j", "sum_k", "sum_x", "Σ", "Sigma", "sigma_i"),
    "a product is written prod(i in 1..n, ...)": ("Prod", "product", "prod_i", "prod_j", "Π"),
    "an integral is written int(x, ...)": ("integral", "Int", "integrate"),
    "a root is written sqrt(x)": ("root", "Sqrt"),
    "a total variation is written 1/2*sum(i in 1..n, abs(p[i] - q[i]))": ("TV", "tv", "D_TV"),
}
_SAID = {name: said for said, names in _NAMES.items() for name in names}

_EXTREMUM = re.compile(r"(argmin|argmax|min|max)_(\w+)")


def written_here(name: str) -> str:
    """How the plain spelling writes what a name stands for elsewhere, as a half sentence; empty where it is no such name."""
    match = _EXTREMUM.fullmatch(name)
    if match is not None:
        return f"an extremum is written {match[1]}[{match[2]}](...)"
    return _SAID.get(name, "")


_GIVENS = (
    (r"(?P<name>[^\W\d_]\w*) ~ (?P<family>[^\W\d_]\w*)", "{name} ~ {family}({lower})"),
    (r"(?P<names>[^~]+?) ~ (?P<law>[^\W\d_]\w*)", "{names} ~ {law}({values})"),
    (r"(?P<name>\w+) in \((?P<low>[\d./]+), ?(?P<high>[\d./]+)\)", "{low} < {name} < {high}"),
    (r"(?P<name>\w+) in \[(?P<low>[\d./]+), ?(?P<high>[\d./]+)\]", "{low} <= {name} <= {high}"),
    (r"(?P<name>\w+) in (?P<alphabet>\{.+\}|\w+\.\.\w+)", "{name} on {alphabet}"),
    (r"(?P<head>.+ on )\{(?P<first>\w+), ?(?:\w+, ?)*\.\.\.?, ?(?P<last>\w+)\}", "{head}{{{first}..{last}}}"),
    (r"(?P<one>[\w, ]+?),? (?:and )?(?P<other>\w+) (?:are )?(?:independent|indep)", "{one} indep {other}"),
    (r"(?P<one>\w+) (?:-|--|→|⟶|=>) (?P<two>\w+) (?:-|--|→|⟶|=>) (?P<three>\w+)", "{one} -> {two} -> {three}"),
    (r"(?P<one>.+) and (?P<other>.+)", "{one}; {other}"),
    (r"(?:base|log) ?(?P<base>\d+|e)", "log base {base}"),
    (r"(?P<names>[\w, ]+?) (?:is|are)(?: an?)? (?P<sort>integer|real|positive|function)s?", "{names} {sort}"),
    (r"(?P<names>[\w, ]+?) (?:is|are)(?: an?)? (?:distributions?|laws?|probability distributions?)", "{names} on {{1..n}}"),
)
"""Givens as they are written elsewhere, and here."""


def givens_meant(text: str) -> Iterator[str]:
    """What a given that is not understood perhaps meant; whether it reads is not asked here."""
    for pattern, meant in _GIVENS:
        match = re.fullmatch(pattern, text)
        if match is not None:
            found = match.groupdict()
            names = found.get("name") or found.get("names") or ""
            yield meant.format(**found, lower=names.lower(), values=names.lower().replace(" ", ""))
