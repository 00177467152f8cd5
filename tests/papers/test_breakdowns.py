"""A breakdown that comes to less than the number it stands beside says why where it is printed."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dvk_reports.model.findings import Stop
from dvk_reports.papers.report.tables import field_table
from tests.support.build import PLAN, b2, figures_of, form, ledger, office, unit, used

A, B = unit("CB-CQ-1", name="Chi bộ Một"), unit("CB-CQ-2", name="Chi bộ Hai", order=1)


def models(sender, *, doubtful=False):
    head = "| ma_mo_hinh | ngay_dk | trang_thai | chu_the | muc_tieu | noi_dung |\n"
    item = used(
        form(sender, "2023-Q3", {"B2": b2(f"{head}| MH-{sender.code}-001 | 05/08/2023 | Duy trì | x | x | x |")})
    )
    return replace(item, stops=frozenset({*item.stops, Stop("B2", 7, "linh_vuc")})) if doubtful else item


@pytest.mark.parametrize(
    ("doubtful", "total", "why"),
    [(False, "2", ""), (True, "1", " (tổng chung là 2; ở đây không tính Chi bộ Hai)")],
)
def test_the_total_of_the_table_of_fields_says_which_unit_is_not_in_it(doubtful, total, why):
    found = figures_of(ledger(office(A, B), "2023-Q3", [models(A), models(B, doubtful=doubtful)]))
    data = SimpleNamespace(figure=lambda code, group="": found.get((code, group)))
    table = field_table(SimpleNamespace(plan=PLAN, data=data))
    assert (table["tong_so_mo_hinh"], table["tong_so_mo_hinh_vi_sao"]) == (total, why)
