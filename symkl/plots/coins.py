"""Pictures of coins: cross-entropy as a loss, the entropy curve, divergences compared."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log2
from typing import Any

POINTS = 400
_BLUE, _RED, _GREY, _GREEN = "#1d5fa6", "#b4472f", "#8a929c", "#3d7d4f"


def binary_entropy(p: float) -> float:
    """The entropy of a coin, in nats."""
    return -p * log(p) - (1 - p) * log(1 - p)


def cross_entropy(p: float, q: float) -> float:
    """The cross-entropy of the coin q relative to the coin p, in nats."""
    return -p * log(q) - (1 - p) * log(1 - q)


def divergence(p: float, q: float) -> float:
    """The divergence of the coin q from the coin p, in nats."""
    return cross_entropy(p, q) - binary_entropy(p)


def jensen_shannon_divergence(p: float, q: float) -> float:
    """The Jensen-Shannon divergence of two coins, in nats."""
    middle = (p + q) / 2
    return (divergence(p, middle) + divergence(q, middle)) / 2


def inside(points: int = POINTS) -> Sequence[float]:
    """Numbers between zero and one, neither of them included."""
    return [(k + 0.5) / points for k in range(points)]


def cross_entropy_loss(figure: Any) -> None:
    """H(P, Q) and KL(P || Q) against q for a few p, their gap H(P), and the common minimum."""
    panels = figure.subplots(1, 3, sharey=True)
    for axes, p in zip(panels, (0.2, 0.5, 0.7), strict=True):
        grid = inside()
        axes.plot(grid, [cross_entropy(p, q) for q in grid], color=_BLUE, label="$H(P, Q)$")
        axes.plot(grid, [divergence(p, q) for q in grid], color=_RED, label=r"$\mathrm{KL}(P\,\|\,Q)$")
        axes.plot([p, p], [0, binary_entropy(p)], "o", color=_GREY, markersize=4, clip_on=False, zorder=5)
        axes.annotate(
            "", (p, binary_entropy(p)), (p, 0), arrowprops={"arrowstyle": "<->", "color": _GREY, "shrinkA": 3, "shrinkB": 3}
        )
        axes.text(p + 0.04, binary_entropy(p) / 2, "$H(P)$", color=_GREY, va="center")
        axes.set(xlim=(0, 1), ylim=(0, 2.4), xlabel="$q$", title=f"$p = {p}$")
        axes.set_xticks([0, p, 1], ["0", str(p), "1"])
    panels[0].set_ylabel("nats")
    panels[1].legend(frameon=False, loc="upper center")


def entropy(figure: Any) -> None:
    """The entropy of a coin against p, in bits."""
    axes = figure.subplots()
    grid = [0.0, *inside(), 1.0]
    axes.plot(grid, [0 if p in (0, 1) else binary_entropy(p) / log(2) for p in grid], color=_BLUE)
    axes.plot([0.5], [1], "o", color=_BLUE, markersize=4, zorder=5, clip_on=False)
    axes.annotate("fair coin: 1 bit", (0.5, 1), (0.5, 0.93), ha="center", va="center")
    axes.set(xlim=(0, 1), ylim=(0, 1.05), xlabel="$p$", ylabel="$H(P)$ in bits", xticks=[0, 0.25, 0.5, 0.75, 1])


def jensen_shannon(figure: Any) -> None:
    """Divergences in both directions and the Jensen-Shannon divergence of a fair coin and a coin q, in bits."""
    axes = figure.subplots()
    grid, half = inside(), 0.5
    axes.plot(grid, [divergence(half, q) / log(2) for q in grid], color=_RED, label=r"$\mathrm{KL}(P\,\|\,Q)$")
    axes.plot(grid, [divergence(q, half) / log(2) for q in grid], color=_GREEN, label=r"$\mathrm{KL}(Q\,\|\,P)$")
    axes.plot(grid, [jensen_shannon_divergence(half, q) / log(2) for q in grid], color=_BLUE, label=r"$\mathrm{JS}(P\,\|\,Q)$")
    axes.axhline(log2(2), color=_GREY, linewidth=0.8, linestyle="--")
    axes.text(0.5, 1.03, "one bit", color=_GREY, ha="center")
    axes.set(xlim=(0, 1), ylim=(0, 2), xlabel="$q$, with $p = 1/2$", ylabel="bits")
    axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, 0.92))
