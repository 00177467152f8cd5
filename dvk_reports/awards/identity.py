"""``ma_de_nghi``: the stable id of a subject in a round, never of a row.

It is made of the unit that goes on with the proposal, the form, the class, the normalised name and the birth date, so
that what a person has typed beside a subject finds it again in every later return, in whatever row it then stands.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date

from dvk_reports.awards.records import Records
from dvk_reports.model.proposals import Candidate, Subject
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.people import heir
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.text import fold, unaccented

_LETTERS = 24
"""Of a name in an id: enough for a person to see whose it is."""
_APART = "~"
"""Between the id of a subject and what tells its proposals apart, where it has several."""


def subject_id(register: Register, subject: Subject, day: date) -> str:
    """“DB-XA-1.ly-a-pao.3f9a2c41”: whose it is for a person, and a check sum of the five things that make it.

    ``day``: of the round; up to it a unit that was merged is called by the code of its successor.
    """
    unit = heir(register, subject.unit, day)
    born = subject.birth.isoformat() if subject.birth is not None else ""
    parts = (unit, fold(subject.form), fold(subject.kind), fold(subject.name), born)
    words = "".join(letter if letter.isalnum() else " " for letter in unaccented(subject.name).lower()).split()
    return f"{unit}.{'-'.join(words)[:_LETTERS].strip('-') or 'khong-ten'}.{_sum(parts, 8)}"


def unit_of(key: str) -> str:
    """The unit that an id was made for."""
    return key.partition(".")[0]


def base_of(key: str) -> str:
    """The subject's own id, without what tells its proposals apart."""
    return key.partition(_APART)[0]


def moved(key: str, base: str) -> str:
    """The same proposal under another id of its subject."""
    return f"{base}{key[len(base_of(key)) :]}"


def candidate_ids(records: Records, candidates: Sequence[Candidate]) -> list[str]:
    """An id for each; proposals of one subject are told apart by what they are for, equal ones by their order."""
    bases = [subject_id(records.register, item.subject, records.day) for item in candidates]
    several = Counter(bases)
    seen: Counter[str] = Counter()
    found = []
    for base, item in zip(bases, candidates, strict=True):
        key = base
        if several[base] > 1:
            key = f"{base}{_APART}{_sum((code_key(item.model), fold(item.achievement)), 4)}"
        seen[key] += 1
        found.append(key if seen[key] == 1 else f"{key}{_APART}{seen[key]}")
    return found


def _sum(parts: Sequence[str], letters: int) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:letters]
