"""One unit, one loss: what cannot be made for one unit becomes a finding of that unit, and the run goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dvk_reports.errors import DvkError, SheetError
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding

_UNKNOWN = "có nội dung không ghi được"


class Losses:
    """What was not made in a run, and for whom."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    @contextmanager
    def of(self, unit: str, what: str) -> Iterator[None]:
        """Make something for one unit. Errors of plan, template and disk are of the whole run and go through."""
        try:
            yield
        except SheetError as error:
            self.add(unit, what, str(error).rstrip("."))
        except DvkError:
            raise
        except Exception:
            self.add(unit, what)

    def add(self, unit: str, what: str, reason: str = _UNKNOWN) -> None:
        """Keep in mind that something of a unit was not made."""
        self.findings.append(say(Msg.NOT_MADE, Location(unit=unit), noi=what, vi=reason))
