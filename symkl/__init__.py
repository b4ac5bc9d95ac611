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
    "Certificate": "symkl._certify",
    "CheckedFile": "symkl._check",
    "CoqVerdict": "symkl._certify",
    "certify": "symkl._certify",
    "certify_gallery": "symkl._certify",
    "certify_line": "symkl._certify",
    "certify_refutation": "symkl._certify",
    "gallery_certificates": "symkl._certify",
    "run_certificates": "symkl._certify",
    "Ambiguity": "symkl._read",
    "Document": "symkl._read",
    "Reading": "symkl._read",
    "from_sympy": "symkl.interop.sympy_terms",
    "read": "symkl._read",
    "read_document": "symkl._read",
    "render_reading": "symkl._read",
    "to_sympy": "symkl.interop.sympy_terms",
    "DETAILS": "symkl._derive",
    "Derivation": "symkl._derive",
    "FORMATS": "symkl._derive",
    "LARGEST_N": "symkl._derive",
    "Line": "symkl._check",
    "REPORT_FORMATS": "symkl._check",
    "Report": "symkl._check",
    "Rule": "symkl._derive",
    "Tally": "symkl._check",
    "SymklError": "symkl.errors",
    "Verdict": "symkl._prove",
    "assert_equal": "symkl._prove",
    "PLOTS": "symkl._gallery",
    "build_gallery": "symkl._gallery",
    "check": "symkl._check",
    "check_each": "symkl._check",
    "derivations": "symkl._derive",
    "derive": "symkl._derive",
    "explain": "symkl._explain",
    "plot": "symkl._gallery",
    "keep_reports": "symkl._check",
    "load_ipython_extension": "symkl._notebook",
    "prove": "symkl._prove",
    "render_report": "symkl._check",
    "render_verdict": "symkl._prove",
    "report_pieces": "symkl._check",
    "replay": "symkl._derive",
    "rules": "symkl._derive",
}

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
