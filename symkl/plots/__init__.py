"""Floor 6: pictures where a picture says it faster, drawn with matplotlib (the extra `plot`).

A picture is a function that draws on axes, and one line of `PLOTS` with the derivations on whose pages it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from symkl.errors import UnknownName, UsageError

ENDINGS = (".svg", ".pdf", ".png")
_INK = "#3b4450"


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture: the function that draws it, what it shows, and the derivations (name, family) whose pages it stands on."""

    home: str
    caption: str
    pages: tuple[tuple[str, str], ...]


PLOTS = {
    "cross-entropy-loss": Plot(
        "symkl.plots.coins:cross_entropy_loss",
        "Cross-entropy and divergence against q, for three true coins p: the gap between the two curves is H(P), whatever q is, "
        "and both are least at q = p.",
        (
            ("cross-entropy-loss", "bernoulli"),
            ("kl-decomposition", "bernoulli"),
            ("maximum-likelihood", "bernoulli"),
            ("cross-entropy-at-least-entropy", "categorical"),
        ),
    ),
    "entropy": Plot(
        "symkl.plots.coins:entropy",
        "The entropy of a coin in bits: one bit for a fair coin, less the surer its side.",
        (("entropy", "bernoulli"), ("binary-entropy-derivative", "bernoulli"), ("entropy-at-most-log-n", "uniform")),
    ),
    "jensen-shannon": Plot(
        "symkl.plots.coins:jensen_shannon",
        "Both divergences and the Jensen-Shannon divergence of a fair coin and a coin q, in bits: the divergence of q from the "
        "fair coin grows without bound, the Jensen-Shannon divergence stays below one bit.",
        (
            ("jensen-shannon-entropies", "categorical"),
            ("jensen-shannon-divergences", "categorical"),
            ("jensen-shannon-bound", "categorical"),
        ),
    ),
}
"""Each picture by its name."""


def available() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def plot_of(name: str, family: str) -> Iterator[tuple[str, Plot]]:
    """The pictures that stand on the page of a derivation."""
    yield from ((plot, known) for plot, known in PLOTS.items() if (name, family) in known.pages)


def draw(name: str, path: Path) -> None:
    """Draw a picture into a file, in the format of its ending.

    Raises: UnknownName with the nearest names, UsageError without matplotlib or for another ending.
    """
    if name not in PLOTS:
        raise UnknownName("picture", name, PLOTS)
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{path.name}: a picture is written as {', '.join(ENDINGS)}; end the name of the file with one of these."
        )
    if not available():
        raise UsageError("Pictures need matplotlib: pip install 'symkl[plot]'.")
    module, function = PLOTS[name].home.split(":")
    figure = _figure()
    getattr(import_module(module), function)(figure)
    # Without a date and with fixed identifiers, the same picture is the same file.
    figure.savefig(path, metadata={"Date": None} if path.suffix.lower() == ".svg" else None)


def _figure() -> Any:
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams.update(
        {
            "svg.hashsalt": "symkl",
            "svg.fonttype": "path",
            "font.family": "serif",
            "mathtext.fontset": "cm",
            "font.size": 10,
            "axes.edgecolor": _INK,
            "axes.labelcolor": _INK,
            "text.color": _INK,
            "xtick.color": _INK,
            "ytick.color": _INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "figure.facecolor": "white",
        }
    )
    return Figure(figsize=(7.2, 3.6), layout="constrained")
