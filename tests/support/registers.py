"""The register of a few units, as the product draws it, with few blank lines below: most of its cells are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import pytest

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.register import workbook


def register_bytes(plan: Plan, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> bytes:
    """``danh-muc.xlsx`` with these lines; sheet -> lines."""
    out = BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "_ROOM", 3)
        patch.setattr(workbook, "_SPARE", 2)
        workbook.write_register(out, plan, workbook.RegisterData(rows))
    return out.getvalue()
