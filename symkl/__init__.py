"""symkl: the step-by-step engine for information theory.

    import symkl

    derivation = symkl.derive("kl-decomposition", family="bernoulli")
    print(derivation.latex())

The public names are those of `__all__`; each is loaded when it is first asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symkl._certify import (
        Certificate,
        CoqVerdict,
        certify,
        certify_gallery,
        certify_line,
        certify_refutation,
        gallery_certificates,
        run_certificates,
    )
    from symkl._check import (
        REPORT_FORMATS,
        CheckedFile,
        Line,
        Report,
        Tally,
        check,
        check_each,
        keep_reports,
        render_report,
        report_pieces,
    )
    from symkl._derive import DETAILS, FORMATS, LARGEST_N, Derivation, Rule, derivations, derive, replay, rules
    from symkl._explain import explain
    from symkl._gallery import PLOTS, build_gallery, plot
    from symkl._notebook import load_ipython_extension
    from symkl._prove import Verdict, assert_equal, prove, render_verdict
    from symkl._read import Ambiguity, Document, Reading, read, read_document, render_reading
    from symkl.errors import SymklError
    from symkl.interop.sympy_terms import from_sympy, to_sympy

__version__ = "0.1.0"

_HOMES = {
    name: module
    for module, names in {
        "symkl._certify": (
            "Certificate",
            "CoqVerdict",
            "certify",
            "certify_gallery",
            "certify_line",
            "certify_refutation",
            "gallery_certificates",
            "run_certificates",
        ),
        "symkl._check": (
            "REPORT_FORMATS",
            "CheckedFile",
            "Line",
            "Report",
            "Tally",
            "check",
            "check_each",
            "keep_reports",
            "render_report",
            "report_pieces",
        ),
        "symkl._derive": ("DETAILS", "FORMATS", "LARGEST_N", "Derivation", "Rule", "derivations", "derive", "replay", "rules"),
        "symkl._explain": ("explain",),
        "symkl._gallery": ("PLOTS", "build_gallery", "plot"),
        "symkl._notebook": ("load_ipython_extension",),
        "symkl._prove": ("Verdict", "assert_equal", "prove", "render_verdict"),
        "symkl._read": ("Ambiguity", "Document", "Reading", "read", "read_document", "render_reading"),
        "symkl.errors": ("SymklError",),
        "symkl.interop.sympy_terms": ("from_sympy", "to_sympy"),
    }.items()
    for name in names
}
"""Each public name, and the module that it is loaded from."""

__all__ = [
    "DETAILS",
    "FORMATS",
    "LARGEST_N",
    "PLOTS",
    "REPORT_FORMATS",
    "Ambiguity",
    "Certificate",
    "CheckedFile",
    "CoqVerdict",
    "Derivation",
    "Document",
    "Line",
    "Reading",
    "Report",
    "Rule",
    "SymklError",
    "Tally",
    "Verdict",
    "__version__",
    "assert_equal",
    "build_gallery",
    "certify",
    "certify_gallery",
    "certify_line",
    "certify_refutation",
    "check",
    "check_each",
    "derivations",
    "derive",
    "explain",
    "from_sympy",
    "gallery_certificates",
    "keep_reports",
    "load_ipython_extension",
    "plot",
    "prove",
    "read",
    "read_document",
    "render_reading",
    "render_report",
    "render_verdict",
    "replay",
    "report_pieces",
    "rules",
    "run_certificates",
    "to_sympy",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'symkl' has no attribute '{name}'")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
