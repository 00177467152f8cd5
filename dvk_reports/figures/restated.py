"""What a figure says when it rests on a quarter that was restated after closing."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.periods import Quarter


def restated_note(ledger: Ledger, rests_on: Mapping[str, tuple[Quarter, ...]], code: str, group: str = "") -> str:
    """“số kỳ trước đã điều chỉnh ở bản bổ sung lần 1: <lý do>” for each restated figure that a number rests on.

    ``rests_on``: what the number is called (“kỳ trước”, “cùng kỳ”, “lũy kế”) -> the quarters it is made of; leave
    out what is printed blank. "" where nothing of it was restated. A quarter is told once, for all that rests on it,
    and by its name where one of these is made of several.
    """
    found = []
    for quarter in sorted({quarter for quarters in rests_on.values() for quarter in quarters}):
        edition, reason = ledger.restated.get(quarter, {}).get((code, group), (0, ""))
        if not edition:
            continue
        names = [name for name, quarters in rests_on.items() if quarter in quarters]
        where = f" ({quarter.title})" if any(len(rests_on[name]) > 1 for name in names) else ""
        found.append(f"số {', '.join(names)}{where} đã điều chỉnh ở bản bổ sung lần {edition}: {reason}")
    return "; ".join(found)
