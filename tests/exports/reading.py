"""How a test reads what was exported, and which programs of others are there to do it."""

import importlib.util
import os
import shutil

import pypdfium2
import pytest


def needs(*modules: str, program: str = ""):
    """Skip without the programs of ``make checkers``; there, their absence is a failure."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if program and shutil.which(program) is None:
        missing.append(program)
    required = os.environ.get("REQUIRE_CHECKERS") and missing
    assert not required, f"REQUIRE_CHECKERS is set, but there is no {', '.join(missing)}"
    return pytest.mark.skipif(
        bool(missing), reason=f"no {', '.join(missing)}; install what is missing: make checkers"
    )


def texts(data: bytes) -> list[str]:
    """The text of each page of a PDF, as a reader's program finds it, on one line."""
    with pypdfium2.PdfDocument(data) as document:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(" ".join(text.get_text_bounded().split()))
            text.close()
            page.close()
    return found
