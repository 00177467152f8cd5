"""What a figure says when it rests on a quarter that was restated after closing."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.figures.ledger import Ledger
from dvk_reports.plan.periods import Quarter


def restated_note(ledger: Ledger, rests_on: Mapping[str, tuple[Quarter, ...]], code: str, group: str = "") -> str:
    """“số kỳ trước đã điều chỉnh ở bản bổ sung lần 1: <lý do>” for each comparison that rests on a restated figure.

    ``rests_on``: what the comparison is called (“kỳ trước”, “cùng kỳ”, “lũy kế”) -> the quarters it is made of; leave
    out what is printed blank. "" where nothing of it was restated. Several quarters are each told by their name.
    """
    found = []
    for name, quarters in rests_on.items():
        for quarter in quarters:
            edition, reason = ledger.restated.get(quarter, {}).get((code, group), (0, ""))
            if not edition:
                continue
            where = f" ({quarter.title})" if len(quarters) > 1 else ""
            found.append(f"số {name}{where} đã điều chỉnh ở bản bổ sung lần {edition}: {reason}")
    return "; ".join(found)
