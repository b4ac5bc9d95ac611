"""The public face of the gallery: the static site, and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from symkl.derivation.run import run
from symkl.derivation.script import Script, scripts
from symkl.errors import OutputError
from symkl.plots import PLOTS, available, draw, plot_of
from symkl.render.gallery import Entry, site

__all__ = ["PLOTS", "build_gallery", "plot"]

CATEGORIES = 3
"""With how many categories a script is shown that takes their number."""

_TOPICS = ("divergence", "entropy", "information", "inequalities", "learning")


def build_gallery(folder: str | Path, pictures: bool = True) -> list[Path]:
    """Write every derivation as a static site into a folder, which is made where it does not exist; the files written.

    Pictures need matplotlib (the extra `plot`); without it, or with `pictures=False`, the pages have none.

    Raises: OutputError where a file cannot be written.
    """
    home = Path(folder)
    drawn = pictures and available()
    written = []
    try:
        home.mkdir(parents=True, exist_ok=True)
        for name, text in site(list(_entries(drawn))):
            (home / name).write_text(text, encoding="utf-8")
            written.append(home / name)
        for name in PLOTS if drawn else ():
            draw(name, home / f"{name}.svg")
            written.append(home / f"{name}.svg")
    except OSError as error:
        raise OutputError(f"Cannot write {error.filename or home}: {error.strerror or error}.") from error
    return written


def plot(name: str, output: str | Path) -> Path:
    """Draw one of `PLOTS` into a file, in the format of its ending.

    Raises: UnknownName with the nearest names, UsageError without matplotlib or for another ending, OutputError where the
    file cannot be written.
    """
    path = Path(output)
    try:
        draw(name, path)
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror or error}.") from error
    return path


def _entries(drawn: bool) -> Iterator[Entry]:
    for script in sorted(scripts(), key=_order):
        numbers = dict.fromkeys(script.takes, CATEGORIES)
        shown = [(f"{name}.svg", known.caption) for name, known in plot_of(script.name, script.family)] if drawn else []
        yield Entry(script, run(script, numbers), numbers, shown)


def _order(script: Script) -> tuple[int, str, str, str]:
    topic = _TOPICS.index(script.topic) if script.topic in _TOPICS else len(_TOPICS)
    return topic, script.topic, script.name, script.file
