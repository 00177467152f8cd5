"""A bundled plan as it comes ready made: checked when it was packed, so that a command need not do it again.

It is the plan itself beside its YAML, and stands for it only where both say the same, letter by letter, and where the
code of the rule book is the one that packed it. In every other case the YAML is read and checked.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import VERSION

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sources import Source

FILE = "plan.bin"
HASH = 32
"""Bytes of the hash of its makers that it begins with."""


def packed(plan: Plan) -> bytes:
    """The plan, just read, as it is put beside its YAML."""
    return _made_by() + zlib.compress(pickle.dumps(plan, protocol=5), 9)


def ready_plan(folder: Traversable, source: Source) -> Plan | None:
    """The plan as it lies in a folder of the program; None where it is not what ``source`` says.

    Never asked of a folder that is not the program's own: what is unpacked here is trusted like code.
    """
    place = folder.joinpath(FILE)
    try:
        data = place.read_bytes() if place.is_file() else b""
        if data[:HASH] != _made_by():
            return None
        plan = unpacked(data)
    except (OSError, zlib.error):  # not to be read, or damaged: zlib knows its bytes by their sum
        return None
    same = plan.texts == source.flat and plan.starter == source.starter
    return plan if same and not any(item.strange for item in source.chain) else None


@lru_cache(maxsize=2)
def unpacked(data: bytes) -> Plan:
    """The plan that ``packed`` has put there; what else stands there is not looked at and could be code."""
    plan: Plan = pickle.loads(zlib.decompress(data[HASH:]))
    return plan


@cache
def _made_by() -> bytes:
    """The hash of the code that a plan is made by: another model, another check may make another plan of it."""
    made = hashlib.sha256(VERSION.encode())
    for place in sorted(_modules(files("dvk_reports.plan.book")), key=str):
        made.update(place.read_bytes().replace(b"\r\n", b"\n"))
    return made.digest()


def _modules(folder: Traversable) -> list[Traversable]:
    found = []
    for item in folder.iterdir():
        if item.name.endswith(".py"):
            found.append(item)
        elif item.is_dir():
            found += _modules(item)
    return found
