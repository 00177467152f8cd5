"""A small workspace, and how its units fill in and send back their forms."""

from datetime import date

from dvk_reports import open_workspace
from dvk_reports.model.periods import Quarter
from tests.support.offices import form_of
from tests.support.registers import register_bytes
from tools.samples.lean import lean_form

KY, DAY = "2023-Q3", date(2023, 10, 12)
PLAN_FIELDS = {
    "so_ke_hoach": "12-KH/CB",
    "ngay_ke_hoach": date(2023, 2, 1),
    "tong_so_chi_bo": 0,
    "so_chi_bo_da_trien_khai": 0,
    "tong_so_dang_vien": 20,
    "so_dang_vien_duoc_pho_bien": 20,
    "so_hoi_nghi_pho_bien": 1,
    "so_cuoc_tuyen_truyen": 1,
    "so_chuyen_muc": 0,
}
COVER = {
    "phien_ban": 1,
    "loai_bao_cao": "Chính thức",
    "khong_phat_sinh_b2": True,
    "khong_phat_sinh_b3": True,
    "khong_phat_sinh_b9b": True,
}
SOME = ("BIA", "B1", "B2", "B3", "B3b", "B5", "B6", "B7", "B9a", "B9b", "B10", "B11")


_DRAWN = {}
"""The register of every workspace made here, drawn once: plan and letters of the units -> its bytes."""


def made(root, letters="ABC"):
    """Three party cells, or more of them, each owing the same sheets."""
    for name in ("nhan-ve", "mau-word", "ket-qua"):
        (root / name).mkdir(parents=True)
    (root / "nhan-ve" / KY).mkdir()
    workspace = open_workspace(root)
    drawn = workspace.plan.info.ma, letters
    if drawn not in _DRAWN:
        _DRAWN[drawn] = _register(workspace.plan, letters)
    workspace.register_path.write_bytes(_DRAWN[drawn])
    return workspace


def _register(plan, letters):
    rows = {
        "Đơn vị": [
            {
                "ma_don_vi": f"CB-{n}",
                "ten": f"Chi bộ {n}",
                "loai": "CB_CQ",
                "nhom": "II",
                "email": f"cb{n}@vi-du.example",
            }
            for n in letters
        ],
        "Hạn nộp": [{"ky": KY, "han_nop": date(2023, 10, 10), "ngay_khoa_so": date(2023, 10, 20)}],
        "Ngày nhận": [{"ma_don_vi": f"CB-{n}", "ky": KY, "ngay_nhan": date(2023, 10, 9)} for n in letters],
    }
    return register_bytes(plan, rows)


def sent(space, code, cover=None, b1=None, rows=None, quarter=KY, draw=lean_form):
    """The form of a unit; drawn by ``form_bytes`` where its looks matter."""
    register = space.register()
    return form_of(
        space.plan,
        register,
        register.by_code[code],
        Quarter.parse(quarter),
        {"BIA": {**COVER, **(cover or {})}, "B1": {**PLAN_FIELDS, **(b1 or {})}},
        rows,
        SOME,
        draw,
    )


def put(space, name, data, quarter=KY):
    path = space.received(quarter) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def files_of(folder):
    """Path below the folder -> content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def states(result):
    return {record.file: record.state.value for record in result.data.files}


def units(result):
    return {item.unit: item.state.value for item in result.data.submissions}
