"""Does a rule's example hold: does the rule, where it stands, turn the left side into the right side?"""

from __future__ import annotations

from symkl.derivation.citing import proposals
from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.lemmas import LEMMA, stated
from symkl.derivation.match import Binding, matches
from symkl.derivation.reverse import reverse
from symkl.derivation.script import lemmas
from symkl.derivation.step import Application, Place, Rewrite
from symkl.derivation.strategy import find
from symkl.errors import GivenError, KnowledgeError, ReadError, Rejection
from symkl.language.plain_reader import read_plain
from symkl.language.term import Mass, Relation, Term, subterms
from symkl.theory.rules import ARROW, EQUIVALENT, Rule, patterns
from symkl.theory.setting import Setting, setting


def check_example(known: Rule) -> None:
    """Replay a rule's example, and for a rule that is used both ways its reverse.

    Raises: KnowledgeError with the file, the table and the reason.
    """
    try:
        where = setting(known.given)
        operator = ARROW if known.computed else patterns(known).operator
        left_text, _, right_text = known.example.partition(f" {operator} ")
        left, right = (read_plain(text, where.scope) for text in (left_text, right_text))
        context = Context(where, tuple(_shown(text, where) for text in known.assuming))
    except (ReadError, GivenError) as error:
        raise KnowledgeError(known.file, known.name, f"the example is not understood. {error}") from error
    bindings = _bindings(known, left, right)
    made = next((found for binding in bindings if (found := _made(known, left, right, binding, context)) is not None), None)
    if made is None:
        raise KnowledgeError(known.file, known.name, f"the rule does not turn '{left_text}' into '{right_text}'")
    if known.both_ways and not _leads_back(made, context):
        raise KnowledgeError(known.file, known.name, f"the rule does not turn '{right_text}' back into '{left_text}'")


def _shown(text: str, where: Setting) -> Relation:
    sides = [read_plain(piece, where.scope) for piece in text.split(f" {EQUIVALENT} ")]
    shown = sides[0] if len(sides) == 1 else Relation(sides, (EQUIVALENT,))
    if not isinstance(shown, Relation):
        raise ReadError("What is assumed is a relation", text, 0)
    return shown


def _bindings(known: Rule, left: Term, right: Term) -> list[Binding]:
    """What the rule would have to be given, read off the two sides of the example."""
    if not known.computed:
        read = patterns(known)
        taken = [{name: found[name] for name in known.takes if name in found} for found in matches(read.right, right)]
        return [{**one, **more} for one in matches(read.left, left) for more in (taken if known.takes else [{}])]
    if known.name in ("rearrange", "arithmetic", "fractions"):
        return [{"to": right}]
    if known.name == LEMMA:
        return [binding for script in lemmas() for binding in proposals(stated(script.name), left)]
    if known.name in ("condition", "independence"):
        return [{"first": part.args} for part in subterms(right) if isinstance(part, Mass)]
    return [{}]


def _made(known: Rule, left: Term, right: Term, binding: Binding, context: Context) -> Rewrite | None:
    """The rewrite from the left side to the right one, where the binding makes one."""
    try:
        if known.computed and known.name in ("substitute-masses", "arithmetic"):
            found = find(known, left, context, False, {})
        else:
            number = {} if known.name != "result" else find(known, left, context, False, {})[0].binding
            found = [Application(Place(), {**binding, **number})]
        made = apply_at(known, left, found, context)
    except (Rejection, IndexError):
        return None
    return made if made.after == right else None


def _leads_back(made: Rewrite, context: Context) -> bool:
    try:
        return reverse([made], context)[-1].after == made.before
    except Rejection:
        return False
