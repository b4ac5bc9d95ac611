"""A uniform law that no given speaks of, brought in to compare with: H(P) <= log n is Gibbs' inequality for it."""

from __future__ import annotations

from collections.abc import Iterator

from symkl.errors import GivenError
from symkl.language.givens import UniformGiven
from symkl.language.plain_writer import write_plain
from symkl.language.scope import MASS
from symkl.language.term import Alphabet, Law, Mass, RandomVariable, Term, subterms
from symkl.theory.setting import Setting, setting

_NAMES = "UVW"


def with_uniform_law(statement: Term, known: Setting) -> Iterator[Setting]:
    """The setting with a uniform law on the alphabet of a law in the statement, for each that has none; marked as inferred."""
    name = next((letter for letter in _NAMES if _is_free(letter, known)), None)
    if name is None:
        return
    uniform = {law for given in known.givens if isinstance(given, UniformGiven) for law in given.names}
    taken = {law.alphabets for law in known.scope.laws.values() if law.name in uniform}
    for alphabet in dict.fromkeys(_alphabets(statement, known)):
        if (alphabet,) in taken:
            continue
        place = alphabet.name if isinstance(alphabet, Alphabet) else write_plain(alphabet)
        inferred = {text for text in known.texts if text in known.inferred}
        try:
            yield setting(
                [text for text in known.texts if text not in inferred], [*sorted(inferred), f"{name} uniform on {place}"]
            )
        except GivenError:
            continue


def _is_free(letter: str, known: Setting) -> bool:
    scope = known.scope
    names = {*scope.laws, *(law.letter for law in scope.laws.values()), *scope.variables, *scope.numbers, *scope.functions}
    return letter not in names and letter.lower() not in names


def _alphabets(statement: Term, known: Setting) -> Iterator[Term]:
    scope = known.scope
    for part in subterms(statement):
        if isinstance(part, Law | Mass):
            law = scope.laws.get(part.marginal.law)
            if law is not None and law.entries == MASS:
                yield from (law.alphabet(name) for name in part.marginal.of)
        elif isinstance(part, RandomVariable):
            yield scope.alphabet_of(part.name)
