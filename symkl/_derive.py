"""The public face of derivations: derive by name, render, save, replay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from symkl.derivation import step
from symkl.derivation.kernel import check
from symkl.derivation.run import run
from symkl.derivation.script import Script, script, scripts
from symkl.errors import NotDerived, OutputError, UnknownName, UsageError
from symkl.language.term import Relation, Term
from symkl.render import FORMATS, render
from symkl.render.lines import DETAILS
from symkl.theory import rules as knowledge

__all__ = ["DETAILS", "FORMATS", "LARGEST_N", "Derivation", "Rule", "derivations", "derive", "replay", "rules"]

LEMMAS = ("never", "needed", "first")
LARGEST_BASE = 10**6
LARGEST_N = 10_000
"""A derivation over so many categories takes about a minute."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Derivation:
    """A derivation whose every step the kernel has accepted.

    In a notebook it shows itself typeset. `steps` are the printed lines, each with `rule`, `says`, `before`, `after`,
    `conditions` and `rewrites`.
    """

    def __init__(self, checked: step.Derivation) -> None:
        self._checked = checked

    @property
    def name(self) -> str:
        """The name that it is derived by."""
        return self._checked.name

    @property
    def title(self) -> str:
        """What it shows, in words."""
        return self._checked.title

    @property
    def givens(self) -> tuple[str, ...]:
        """The givens in force, as texts."""
        return self._checked.setting.texts

    @property
    def goal(self) -> Term:
        """The statement that it shows."""
        return self._checked.goal

    @property
    def parts(self) -> tuple[step.Part, ...]:
        """Its parts, each a chain of lines."""
        return self._checked.parts

    @property
    def steps(self) -> tuple[step.Step, ...]:
        """The printed lines of all parts, in order."""
        return self._checked.steps

    def check(self) -> tuple[Relation, ...]:
        """Have the kernel re-check every step; what each part shows.

        Raises: Rejection with the number of the step.
        """
        return check(self._checked)

    def render(self, form: str, **options: Any) -> str:
        """The derivation in one of the formats of `FORMATS`; `detail` is one of `DETAILS`."""
        return render(self._checked, form, **options)

    def text(self, detail: str = "textbook") -> str:
        """Unicode mathematics for a terminal of 80 columns, without colour."""
        return self.render("text", detail=detail)

    def latex(self, detail: str = "textbook", standalone: bool = False) -> str:
        """An `align*` body, or a whole document."""
        return self.render("latex", detail=detail, standalone=standalone)

    def markdown(self, detail: str = "textbook") -> str:
        """Markdown with mathematics, as GitHub, MathJax and KaTeX render it."""
        return self.render("markdown", detail=detail)

    def to_json(self, detail: str = "textbook") -> str:
        """The versioned JSON that `replay` reads back."""
        return self.render("json", detail=detail)

    def script(self, name: str, family: str = "any") -> str:
        """The derivation as a script (TOML) that replays: one file for the gallery."""
        from symkl.derivation.save import script_of

        return script_of(self._checked, name, family)

    def _repr_latex_(self) -> str:
        return self.render("notebook-latex")

    def _repr_html_(self) -> str:
        return self.render("notebook-html")

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Derivation of {self._checked.setting.write(self.goal)}: {len(self.steps)} steps>"


class Rule:
    """A rule as the knowledge files state it.

    `name`, `topic` and `title` call it; `text` is its pattern, `when` are its conditions, `says` is its sentence, `source` is
    where it is from, `example` is a step by it, and `both_ways` says whether it is also used from right to left.
    """

    def __init__(self, known: knowledge.Rule) -> None:
        self._known = known

    def __getattr__(self, name: str) -> Any:
        return getattr(self._known, name)

    def check(self) -> None:
        """Replay the rule's example.

        Raises: KnowledgeError with the file, the table and the reason.
        """
        from symkl.derivation.examples import check_example

        check_example(self._known)

    def __repr__(self) -> str:
        return f"<Rule {self._known.name}: {self._known.text}>"


def derive(
    name: str,
    *,
    given: Iterable[str] | str = (),
    family: str | None = None,
    n: int | None = None,
    log: str | int = "e",
    lemmas: str = "needed",
) -> Derivation:
    """The derivation of a name or of a statement, checked by the kernel.

    A name takes a family of laws, and `n` to write out so many categories (at least 2; without it sums stay sums). A
    statement is one equation in the plain spelling or LaTeX, under givens; the prover finds its derivation. `log` is the
    base of every log: e (nats), 2 (bits), another whole number, or a letter. `lemmas` says when a derived identity is cited for
    a statement: "never", "needed" (where the derivation is not found or long without) or "first". Domain: masses are positive,
    and every step lists the conditions that it needs. Source: `source` of the derivation and of each of its rules.

    Raises: UnknownName with the nearest names, UsageError for a number or a base that is not allowed, ReadError and
    GivenError for a statement, NotDerived with the judge's verdict where no derivation is found.
    """
    base = _base(str(log))
    if lemmas not in LEMMAS:
        raise UnknownName("use of lemmas", lemmas, LEMMAS)
    if not _NAME.fullmatch(name):
        if family is not None or n is not None:
            raise UsageError("--family and --n go with the name of a derivation; a statement has its givens.")
        return _found(name, [given] if isinstance(given, str) else [*given], base, lemmas)
    if given:
        raise UsageError("--given goes with a statement; a derivation by name has its own givens.")
    if n is not None and (isinstance(n, bool) or not isinstance(n, int) or not 2 <= n <= LARGEST_N):
        raise UsageError(
            f"n = {n} is not allowed; the number of categories is a whole number of at least 2 and at most {LARGEST_N}."
        )
    numbers: Mapping[str, int] = {} if n is None else {"n": n}
    if family is None and numbers:
        family = next((each.family for each in scripts() if each.name == name and each.takes == tuple(numbers)), None)
    found = run(script(name, family, frozenset(numbers)), numbers, base)
    if lemmas == "never" and any(rewrite.rule == "lemma" for step in found.steps for rewrite in step.rewrites):
        statement = found.setting.write(found.goal)
        raise UsageError(f"{name} cites a lemma; derive its statement from axioms instead: symkl derive '{statement}' --axioms.")
    return Derivation(found)


def _found(text: str, given: list[str], base: str, lemmas: str) -> Derivation:
    from symkl._statement import other_readings, read_statement
    from symkl.derivation.prover import NotFound, prove_by_rules
    from symkl.judge.prove import judge
    from symkl.render.verdict import in_words

    statement, known = read_statement(text, given, base)
    found = prove_by_rules(statement, known, lemmas=lemmas)
    if not isinstance(found, NotFound):
        return Derivation(found)
    for rival, scene, _ in other_readings(text, given, base):
        otherwise = prove_by_rules(rival, scene, lemmas=lemmas)
        if not isinstance(otherwise, NotFound):
            return Derivation(otherwise)
    verdict = judge(statement, known)
    stopped = f"No derivation was found. The search stopped at\n  {known.write(found.left)}\nand\n  {known.write(found.right)}"
    raise NotDerived(f"{in_words(verdict)}\n{'' if verdict.verdict == 'refuted' else stopped}".rstrip(), verdict)


def _base(text: str) -> str:
    letter = len(text) == 1 and text.isalpha() and text.isascii()
    number = text.isdigit() and text.isascii() and len(text) < 8 and 2 <= int(text) <= LARGEST_BASE
    if not letter and not number:
        raise UsageError(
            f"--log {text} is not allowed; the base is e, a whole number from 2 to {LARGEST_BASE}, or a letter for it."
        )
    return text


def derivations() -> tuple[Script, ...]:
    """The scripts that `derive` knows, each with `name`, `family`, `topic`, `title` and what it takes."""
    return scripts()


def rules(name: str | None = None) -> tuple[Rule, ...]:
    """Every rule, or the one of that name.

    Raises: UnknownName with the nearest names, KnowledgeError for a broken file.
    """
    if name is not None:
        return (Rule(knowledge.rule(name)),)
    return tuple(map(Rule, knowledge.rules().values()))


def replay(source: str | Path | Mapping[str, Any]) -> Derivation:
    """A derivation saved as JSON (a path, or the loaded data), re-checked step by step.

    Raises: Rejection with the number of the step, UsageError for data that is no derivation, OutputError for a file that
    cannot be read.
    """
    from symkl.derivation.load import derivation_from_json

    data = source if isinstance(source, Mapping) else _loaded(Path(source))
    made = derivation_from_json(data)
    check(made)
    return Derivation(made)


def _loaded(path: Path) -> Any:
    import json

    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OutputError(f"Cannot read {path}: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not JSON: {error}.") from error
