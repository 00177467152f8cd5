"""Another plan: a folder of YAML that takes over another, and a register; every command works on it."""

from __future__ import annotations

from datetime import date

from dvk_reports import consolidate, init_workspace, make_forms, open_workspace
from dvk_reports.model.periods import Quarter
from dvk_reports.sheets.register.workbook import RegisterData, write_register
from tests.support.offices import form_of
from tests.support.small_space import COVER, PLAN_FIELDS, SOME

PLAN = """ke_thua: bao_yen_2022_2025
ma: khoi_vi_du
ten: "Phong trào “Dân vận khéo” khối ví dụ, giai đoạn 2026 - 2027"
dia_ban: "khối ví dụ"
ky_dau: 2026-Q1
ky_cuoi: 2027-Q4
loai_don_vi:
  - {ma: CB_KHOI, ten: "chi bộ trong khối"}
tap_don_vi:
  tat_ca_don_vi: [CB_KHOI]
  chi_dang_bo: [CB_KHOI]
"""
FORMS = """phien_ban:
  - {ma: "2026.1", tu_ngay: 2026-01-01, can_cu: "Kế hoạch ví dụ"}
"""


def test_an_office_of_its_own_from_init_to_the_report(tmp_path):
    folder = tmp_path / "ke-hoach-khoi"
    folder.mkdir()
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "forms.yaml").write_text(FORMS, encoding="utf-8")
    root = init_workspace(tmp_path / "làm việc", folder, as_of=date(2026, 1, 5))
    space = open_workspace(root)
    assert space.plan.info.ma == "khoi_vi_du"
    units = [{"ma_don_vi": f"KV-{n}", "ten": f"Chi bộ khối {n}", "loai": "CB_KHOI", "nhom": "II"} for n in (1, 2)]
    deadline = {"ky": "2026-Q1", "han_nop": date(2026, 4, 10), "ngay_khoa_so": date(2026, 4, 20)}
    write_register(root / "danh-muc.xlsx", space.plan, RegisterData({"Đơn vị": units, "Hạn nộp": [deadline]}))
    made = make_forms(space, "2026-Q1", as_of=date(2026, 3, 20))
    assert [unit.code for unit in made.units] == ["KV-1", "KV-2"]
    values = {"BIA": COVER, "B1": PLAN_FIELDS | {"ngay_ke_hoach": date(2026, 2, 1)}}
    register = space.register()
    form = form_of(space.plan, register, register.by_code["KV-1"], Quarter(2026, 1), values, only=SOME)
    (root / "nhan-ve" / "2026-Q1" / "KV-1.xlsx").write_bytes(form)
    result = consolidate(space, "2026-Q1", as_of=date(2026, 4, 12))
    assert result.summary == "1 tệp: 1 dùng; 1 đơn vị chưa nộp"
    figure = result.data.figure("MT1.1")
    assert figure is not None and (figure.numerator, figure.denominator, figure.reported, figure.owed) == (1, 1, 1, 2)
    assert (result.folder / "bao-cao.docx").is_file()
