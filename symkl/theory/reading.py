"""Reading a formula or a whole document: its givens stated and inferred, and every row under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from symkl.errors import GivenError, ReadError, UnknownName
from symkl.language.collector import without_collector
from symkl.language.documents import Row, Source, load, parse
from symkl.language.latex import Reading, Written, elaborate, read_syntax
from symkl.language.latex.blocks import settle_blocks
from symkl.language.latex.entries import settle_entries
from symkl.language.latex.fonts import tell_fonts_apart
from symkl.language.latex.macros import Macros
from symkl.language.latex.naming import walk
from symkl.language.latex.parameters import tell_laws_apart
from symkl.language.latex.symbols import CONNECTIVES
from symkl.language.latex.syntax import Node
from symkl.language.term import Relation, Term
from symkl.theory.inference import Inferred, infer
from symkl.theory.setting import Setting, setting


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read: its place, and the reading or the error.

    `relations` and `sides` are what the row adds to its chain: for `= a <= b` they are ("=", "<=") and (a, b), and
    `inherits` is true; for `a = b` they are ("=",) and (a, b). `connective` is => or <=> where the row starts with one.
    """

    row: Row
    reading: Reading | None = None
    error: ReadError | None = None
    inherits: bool = False
    connective: str = ""
    relations: tuple[str, ...] = ()
    sides: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadChain:
    """Rows that belong together: one with a left side and those that inherit it, under the setting they are read in."""

    rows: tuple[ReadRow, ...]
    setting: Setting


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its chains in order, the givens in force, and why each inferred one was inferred."""

    source: Source
    setting: Setting
    chains: tuple[ReadChain, ...]
    reasons: dict[str, str] = field(default_factory=dict)
    stated: tuple[str, ...] = ()
    """The givens that are not inferred."""

    def __repr__(self) -> str:
        unread = sum(row.error is not None for row in self.rows)
        return f"<Document of {len(self.rows)} row{'s' * (len(self.rows) != 1)}: {unread} not read>"

    @property
    def rows(self) -> tuple[ReadRow, ...]:
        """All rows, in order."""
        return tuple(row for chain in self.chains for row in chain.rows)

    def alone(self, chains: Sequence[ReadChain]) -> list[ReadChain]:
        """Chains read under the stated givens and what their own notation suggests, whatever the rest of the document does."""
        written = [[(read.row, _written(read.row, self.source)) for read in chain.rows] for chain in chains]
        formulas = [item for chain in written for _, item in chain if isinstance(item, Written)]
        found, _ = settled(formulas, self.stated)
        return [ReadChain(tuple(_read(row, item, found) for row, item in chain), found) for chain in written]


def read_formula(text: str, given: Iterable[str] = (), macros: Macros | None = None) -> tuple[Reading, Setting]:
    """A formula in LaTeX under givens; what they do not say is inferred from its notation.

    Raises: ReadError with the place; GivenError.
    """
    written = read_syntax(text, macros)
    found, _ = settled([written], given)
    return elaborate(written, found.scope), found


def settled(formulas: Sequence[Written], given: Iterable[str] = ()) -> tuple[Setting, dict[str, str]]:
    """The setting of formulas: the givens, and those inferred for every name that they leave open, with their reasons.

    Raises: GivenError for a given that is not understood or contradicts another; an inferred one never raises.
    """
    given = tuple(given)
    stated = setting(given)
    nodes = _nodes(formulas)
    tell_fonts_apart(nodes)
    settle_blocks(_nodes(formulas) if settle_entries(formulas, nodes) else nodes)
    tell_laws_apart(formulas, stated.scope)
    inferred = infer(formulas, stated.scope)
    try:
        return setting(given, [found.text for found in inferred]), {found.text: found.why for found in inferred}
    except (GivenError, UnknownName):
        return _one_by_one(given, inferred)


def _nodes(formulas: Iterable[Written]) -> list[Node]:
    return [node for formula in formulas for node in walk(formula.chain)]


def _one_by_one(given: tuple[str, ...], inferred: list[Inferred]) -> tuple[Setting, dict[str, str]]:
    """The inferred givens that fit together, taken in order."""
    kept: list[Inferred] = []
    result = setting(given)
    for found in inferred:
        try:
            result = setting(given, [*(other.text for other in kept), found.text])
        except (GivenError, UnknownName):
            continue
        kept.append(found)
    return result, {found.text: found.why for found in kept}


@without_collector()
def read_document(document: str | Path | Source, given: Iterable[str] = (), kind: str | None = None) -> Document:
    """Every row of a document: a path, a text (with its `kind`: tex, markdown, rst, text, formula), or a source.

    A row that is not understood holds its error, and the others are read. A display whose notation does not fit that of the
    whole document is read under givens of its own.

    Raises: GivenError for a stated given that is not understood; UsageError and OutputError for a file that cannot be read.
    """
    source = _source(document, kind)
    given = (*given, *source.givens)
    written = [_written(row, source) for row in source.rows]
    found, reasons = settled([item for item in written if isinstance(item, Written)], given)
    rows = [_read(row, item, found) for row, item in zip(source.rows, written, strict=True)]
    chains = []
    for members in _chains(rows, written):
        chain = ReadChain(tuple(rows[k] for k in members), found)
        if any(rows[k].error is not None and isinstance(written[k], Written) for k in members):
            chain = _reread(chain, [(source.rows[k], written[k]) for k in members], given)
        chains.append(chain)
    return Document(source, found, tuple(chains), reasons, given)


def _source(document: str | Path | Source, kind: str | None) -> Source:
    if isinstance(document, Source):
        return document
    if isinstance(document, Path) or kind is None:
        return load(document)
    return parse(document, kind)


def _written(row: Row, source: Source) -> Written | ReadError:
    if row.error is not None:
        return row.error
    try:
        return read_syntax(row.source, source.macros)
    except ReadError as error:
        return error


def _read(row: Row, written: Written | ReadError, found: Setting) -> ReadRow:
    if isinstance(written, ReadError):
        return ReadRow(row, error=written)
    starts = written.chain.sides[0] is None
    connective = written.chain.relations[0] if starts and written.chain.relations[0] in CONNECTIVES else ""
    inherits = starts and not connective
    try:
        reading = elaborate(written, found.scope)
    except ReadError as error:
        return ReadRow(row, error=error, inherits=inherits, connective=connective)
    leading = (reading.leads,) if inherits else ()
    term = reading.term
    if isinstance(term, Relation) and not CONNECTIVES & set(term.operators):
        return ReadRow(row, reading, None, inherits, connective, (*leading, *term.operators), term.args)
    return ReadRow(row, reading, None, inherits, connective, leading, (term,))


def _chains(rows: Sequence[ReadRow], written: Sequence[Written | ReadError]) -> list[list[int]]:
    """The rows of each chain: a row with a left side of its own begins one, a row that starts with a relation goes on."""
    chains: list[list[int]] = []
    displayed: list[int] | None = None
    for k, (row, item) in enumerate(zip(rows, written, strict=True)):
        if displayed is not None and not row.row.inline and _starts_with_a_relation(row, item):
            displayed.append(k)
            continue
        chains.append([k])
        displayed = displayed if row.row.inline else chains[-1]
    return chains


def _starts_with_a_relation(row: ReadRow, written: Written | ReadError) -> bool:
    if isinstance(written, Written):
        return written.chain.sides[0] is None
    return row.row.source.lstrip("& \n\t").startswith(
        ("=", "<", ">", "\\le", "\\ge", "\\approx", "\\equiv", "\\implies", "\\Right")
    )


def _reread(chain: ReadChain, members: list[tuple[Row, Written | ReadError]], given: tuple[str, ...]) -> ReadChain:
    """The chain under the givens that its own notation suggests, where that reads more of it."""
    found, _ = settled([item for _, item in members if isinstance(item, Written)], given)
    rows = tuple(_read(row, item, found) for row, item in members)
    before, after = (sum(row.error is None for row in candidate) for candidate in (chain.rows, rows))
    return ReadChain(rows, found) if after > before else chain
