"""What is a number in a sentence of a paper."""

from __future__ import annotations

import re
from typing import Final

# 1.234,5 · 83,3% · 45/54; a code such as MT2.1 or 110-KH is a word and no number.
NUMBER: Final = re.compile(r"(?<![\w./,-])\d[\d.,]*(?:/\d[\d.,]*)*%?(?![\w-])(?<![.,])")
