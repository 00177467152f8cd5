"""The words of click, the library that reads the command line, in Vietnamese: from the catalogue in ``locale``.

click asks gettext for every sentence of its own. Which catalogue that is, is set for this process alone; the machine's
language stays what it is, and a program that uses the library without the command is not touched.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "dvk"
LOCALE = Path(__file__).parent / "locale"


def speak_vietnamese() -> None:
    """From here on gettext answers with our catalogue; before any command is declared, for some words are kept then."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = "vi"  # the only thing by which gettext chooses a language
