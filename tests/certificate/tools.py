"""What the tests of certificates need: coqc, and one session of Coq that goes on after an error."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable

import pytest

from symkl.certificate.coqc import version
from symkl.certificate.prelude import compiled_prelude

needs_coqc = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")


def accepted(text: str, names: Iterable[str], seconds: float = 300) -> set[str]:
    """Which lemmas Coq has accepted after reading a text, sentence by sentence, past every error."""
    asked = "\n".join(f"Check {name}." for name in names)
    home = compiled_prelude(version())
    said = subprocess.run(
        ["coqtop", "-q", "-quiet", "-Q", str(home), "SymKL"],
        input=f"{text}\nAbort All.\n{asked}\n",
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    return {name for name in names if re.search(rf"^(?:Coq < |\S+ < )*{name}\s*$|^(?:\S+ < )*{name}\s*:", said.stdout, re.M)}
