"""The gallery as a static site: an index by topic, a page for each derivation, the reference of the rules.

Formulas are MathML, so that a page needs no script and no network; the only script copies text to the clipboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from symkl.derivation.script import Script
from symkl.derivation.step import Derivation
from symkl.render.gallery.index import index_page
from symkl.render.gallery.page import derivation_page
from symkl.render.gallery.rules import rules_page

ASSETS = ("style.css", "copy.js")


@dataclass(frozen=True, slots=True)
class Entry:
    """A derivation with the script that it comes from, the numbers it was run with, and the pictures of its page."""

    script: Script
    derivation: Derivation
    numbers: Mapping[str, int]
    pictures: Sequence[tuple[str, str]] = ()
    """Each picture: the file, and what it shows."""

    @property
    def page(self) -> str:
        """The file of its page."""
        return self.script.file.removesuffix(".toml") + ".html"

    @property
    def command(self) -> str:
        """The command line that prints it."""
        numbers = "".join(f" --{name} {value}" for name, value in self.numbers.items())
        return f"symkl derive {self.script.name} --family {self.script.family}{numbers}"

    @property
    def python(self) -> str:
        """The Python that prints it."""
        numbers = "".join(f", {name}={value}" for name, value in self.numbers.items())
        call = f'symkl.derive("{self.script.name}", family="{self.script.family}"{numbers})'
        return f"import symkl\n\nderivation = {call}\nprint(derivation.text())\n"


def site(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Every file of the site: its name and its text."""
    yield "index.html", index_page(entries)
    yield "rules.html", rules_page()
    for k, entry in enumerate(entries):
        before = entries[k - 1] if k else None
        after = entries[k + 1] if k + 1 < len(entries) else None
        yield entry.page, derivation_page(entry, before, after)
    for name in ASSETS:
        yield name, files("symkl.render.gallery").joinpath(name).read_text(encoding="utf-8")
