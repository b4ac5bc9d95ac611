"""A derivation as one page that opens offline, mathematics as MathML, in the look of the gallery."""

from __future__ import annotations

from symkl.derivation.step import Derivation
from symkl.render.gallery.frame import Words, page_alone
from symkl.render.gallery.page import told


def render(derivation: Derivation) -> str:
    """A whole page: the title, the goal and the givens, each part with its lines, and where the derivation is from."""
    words = Words(derivation.setting, reference="")
    return page_alone(words.plain(derivation.title), told(derivation, words))
