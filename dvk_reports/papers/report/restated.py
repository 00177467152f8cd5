"""What the report of a later edition says of the figures that the edition before had otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Restated
from dvk_reports.papers.report import wording
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent
from dvk_reports.vietnamese.text import upper_first


def restated(data: Consolidation) -> Mapping[str, object]:
    """``dieu_chinh`` (rows), the sentence above it and the reasons below; all empty in a first edition.

    The table holds the figures whose value is another one; the lines of their breakdowns, and figures with another
    n/N alone, stand in the workbook.
    """
    own = [item for item in data.restated if item.edition == data.edition and not item.group]
    rows = [_row(item) for item in own if item.moved]
    return {
        "loi_dieu_chinh": _opening(data, len(rows), len(own) - len(rows)),
        "ly_do_dieu_chinh": [f"- {upper_first(reason)}." for reason in data.edition_reasons],
        "dieu_chinh": rows,
    }


def _opening(data: Consolidation, moved: int, counted: int) -> str:
    if not data.edition:
        return ""
    before = f"báo cáo bổ sung lần {data.edition - 1}" if data.edition > 1 else "báo cáo lập khi khóa sổ"
    parts = [f"{show_count(moved)} chỉ tiêu có số liệu điều chỉnh (Bảng điều chỉnh)"] if moved else []
    parts += [f"{show_count(counted)} chỉ tiêu chỉ đổi số đơn vị được tính"] if counted else []
    what = ", ".join(parts) or "không chỉ tiêu nào thay đổi số liệu"
    return f"Báo cáo này là bản bổ sung lần {data.edition}, thay {before}; {what}. Lý do:"


def _row(item: Restated) -> dict[str, str]:
    return {
        "ma": item.code,
        "chi_tieu": item.name,
        "truoc": _value(item.value_before, item),
        "don_vi_truoc": _of(item.reported_before, item.owed_before),
        "nay": _value(item.value, item),
        "don_vi": _of(item.reported, item.owed),
    }


def _value(value: Decimal | None, item: Restated) -> str:
    """A dash for what was not known."""
    if value is None:
        return wording.NOTHING
    if not item.ratio:
        return show_number(value)
    return show_percent(value) if item.unit_of_measure == "%" else show_number(value * 100, 1)


def _of(reported: int | None, owed: int | None) -> str:
    return f"{reported}/{owed}" if owed and reported is not None else wording.NOTHING
