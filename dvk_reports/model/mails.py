"""One line of the list of mails: what goes to one unit in one run."""

from __future__ import annotations

from dataclasses import dataclass

FOLDER = "thu"
"""Where the mails of a run lie below ``ket-qua/<KY>``."""
MARK = "X-DVK-Noi-Dung"
"""Header that says what a draft is about: while it stays the same, the unit has been told already."""


@dataclass(frozen=True, slots=True)
class UnitMail:
    """The mail of one unit, as ``thu.xlsx`` lists it."""

    unit: str
    name: str
    reader: str
    """Who answers for the unit; "" where nobody does."""
    to: str
    """The addresses, parted by a comma and a space; "" where the register has none."""
    subject: str
    holds: tuple[str, ...]
    """What it holds, in words: the receipt, what to mend, the reminder."""
    attached: tuple[str, ...]
    """Files below ``ket-qua/<KY>``."""
    state: str
    """How it stands with the return of the unit; "" where it owes none."""

    @property
    def file(self) -> str:
        """The mail itself, below ``ket-qua/<KY>``."""
        return f"{FOLDER}/{self.unit}.eml"
