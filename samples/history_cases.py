"""Stories sown among the recognitions and proposals of the history, as data: every mistake that such lists have.

Each case says who, what was written and where, which gate of the award round it concerns and how that gate should end.
A row that the form's own rules must complain about says so in ``finding``. Names are made up and stand here only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from history_awards import AWARD, PRAISE
from seeded import BLOCK, WARNING

from dvk_reports.plan.periods import Quarter

MET, NOT_MET, UNKNOWN = "Đạt", "Không đạt", "Thiếu căn cứ"
Finding = tuple[str, str, str]
"""(key of the cell, code, level)."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A row of B9a. ``born`` makes it a person's; ``quarter``: of the return, if not that of the unit's decision."""

    unit: str
    year: int
    model: str
    name: str
    born: date | None = None
    female: bool = False
    quarter: Quarter | None = None
    more: Mapping[str, object] = field(default_factory=dict)
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row of B9b of 2023-Q3."""

    unit: str
    model: str
    name: str
    form: str = PRAISE
    born: date | None = None
    female: bool = False
    more: Mapping[str, object] = field(default_factory=dict)
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Case:
    key: str
    what: str
    gate: str
    """E1 … E11 of the award round, or ``danh_tinh`` (who is who), ``hạng`` (ranking)."""
    expected: str
    rows: tuple[Recognised | Proposed, ...]


def _model(unit: str, number: int = 1) -> str:
    return f"MH-{unit}-{number:03d}"


TAN_TIEN, NGHIA_DO, VINH_YEN, XUAN_HOA = "DB-XA-02950", "DB-XA-02953", "DB-XA-02956", "DB-XA-02962"
DIEN_QUAN, KIM_SON, XUAN_THUONG, YEN_SON, BAO_HA = (
    "DB-XA-02959",
    "DB-XA-02971",
    "DB-XA-02980",
    "DB-XA-02986",
    "DB-XA-02989",
)
TAN_DUONG, PHUC_KHANH, LUONG_SON = "DB-XA-02965", "DB-XA-02998", "DB-XA-02992"
_FARMER = {"doi_tuong": "Nông dân"}

CASES: tuple[Case, ...] = (
    Case(
        "hai_ngay_sinh",
        "Một người, hai ngày sinh khác nhau ở hai năm (đảo ngày và tháng)",
        "danh_tinh",
        "Cần xác minh",
        (
            Recognised(TAN_TIEN, 2022, _model(TAN_TIEN), "Hoàng Thị Dở", date(1980, 3, 12), True),
            Proposed(TAN_TIEN, _model(TAN_TIEN), "Hoàng Thị Dở", born=date(1980, 12, 3), female=True, more=_FARMER),
        ),
    ),
    Case(
        "hai_nguoi_trung_ten",
        "Hai người cùng họ tên trong một xã, ngày sinh khác nhau, đều được công nhận; đề nghị một người",
        "danh_tinh",
        "hai người",
        (
            Recognised(NGHIA_DO, 2022, _model(NGHIA_DO), "Lục Văn Nhói", date(1975, 5, 20)),
            Recognised(NGHIA_DO, 2022, _model(NGHIA_DO), "Lục Văn Nhói", date(1991, 8, 2)),
            Proposed(NGHIA_DO, _model(NGHIA_DO), "Lục Văn Nhói", AWARD, date(1975, 5, 20), more=_FARMER),
        ),
    ),
    Case(
        "thieu_ngay_sinh",
        "Đề nghị cá nhân mà để trống ngày sinh",
        "danh_tinh",
        UNKNOWN,
        (
            Recognised(NGHIA_DO, 2022, _model(NGHIA_DO), "Ma Thị Chẩm", date(1984, 2, 11), True),
            Proposed(
                NGHIA_DO,
                _model(NGHIA_DO),
                "Ma Thị Chẩm",
                AWARD,
                date(1984, 2, 11),
                True,
                more={**_FARMER, "ngay_sinh": None},
                finding=("ngay_sinh", "K02", BLOCK),
            ),
        ),
    ),
    Case(
        "gian_doan",
        "Công nhận năm 2021 và 2023, không có năm 2022: chuỗi năm bị gián đoạn",
        "E3",
        NOT_MET,
        (
            Recognised(
                PHUC_KHANH,
                2021,
                _model(PHUC_KHANH),
                "Bàn Văn Sính",
                date(1970, 1, 15),
                quarter=Quarter(2022, 4),
                more={"so_qd": "52-QĐ/ĐU", "ngay_qd": date(2021, 10, 12)},
            ),
            Recognised(
                PHUC_KHANH,
                2023,
                _model(PHUC_KHANH),
                "Bàn Văn Sính",
                date(1970, 1, 15),
                quarter=Quarter(2023, 3),
                more={"so_qd": "61-QĐ/ĐU", "ngay_qd": date(2023, 9, 22)},
            ),
            Proposed(PHUC_KHANH, _model(PHUC_KHANH), "Bàn Văn Sính", AWARD, date(1970, 1, 15), more=_FARMER),
        ),
    ),
    Case(
        "chua_tung_cong_nhan",
        "Đề nghị người chưa từng được công nhận năm nào",
        "E3",
        NOT_MET,
        (Proposed(TAN_DUONG, _model(TAN_DUONG), "Đặng Thị Phẩy", AWARD, date(1988, 7, 7), True, more=_FARMER),),
    ),
    Case(
        "quyet_dinh_sau_15_10",
        "Quyết định công nhận năm 2022 ký sau ngày 15/10/2022",
        "E2",
        NOT_MET,
        (
            Recognised(
                VINH_YEN,
                2022,
                _model(VINH_YEN),
                "Giàng Seo Pủa",
                date(1979, 9, 30),
                quarter=Quarter(2022, 4),
                more={"so_qd": "88-QĐ/ĐU", "ngay_qd": date(2022, 10, 28)},
                finding=("ngay_qd", "K11", WARNING),
            ),
            Proposed(VINH_YEN, _model(VINH_YEN), "Giàng Seo Pủa", AWARD, date(1979, 9, 30), more=_FARMER),
        ),
    ),
    Case(
        "ky_hieu_sai",
        "Văn bản công nhận là thông báo, không phải quyết định",
        "E2",
        UNKNOWN,
        (
            Recognised(
                VINH_YEN,
                2022,
                _model(VINH_YEN),
                "Vàng Thị Ỉnh",
                date(1986, 4, 4),
                True,
                quarter=Quarter(2022, 4),
                more={"so_qd": "14-TB/ĐU", "ngay_qd": date(2022, 10, 12)},
                finding=("so_qd", "K17", WARNING),
            ),
            Proposed(VINH_YEN, _model(VINH_YEN), "Vàng Thị Ỉnh", born=date(1986, 4, 4), female=True, more=_FARMER),
        ),
    ),
    Case(
        "doi_mo_hinh",
        "Người được công nhận ở mô hình này năm 2022, năm 2023 đề nghị ở mô hình khác: chuỗi năm theo người",
        "E3",
        MET,
        (
            Recognised(BAO_HA, 2022, _model(BAO_HA), "Lương Văn Ngõa", date(1968, 12, 1)),
            Proposed(BAO_HA, _model(BAO_HA, 3), "Lương Văn Ngõa", AWARD, date(1968, 12, 1), more=_FARMER),
        ),
    ),
    Case(
        "chuyen_don_vi",
        "Người chuyển từ xã này sang xã khác: cùng họ tên, cùng ngày sinh, khác đơn vị",
        "danh_tinh",
        "Cần xác minh",
        (
            Recognised(YEN_SON, 2022, _model(YEN_SON), "Triệu Thị Sấu", date(1990, 11, 23), True),
            Proposed(XUAN_THUONG, _model(XUAN_THUONG), "Triệu Thị Sấu", AWARD, date(1990, 11, 23), True, more=_FARMER),
        ),
    ),
    Case(
        "don_vi_nhap",
        "Người được công nhận ở chi bộ đã nhập vào đảng bộ khác: chuỗi năm đi theo đơn vị nhận",
        "E3",
        MET,
        (
            Recognised("CB-CQ-PYT", 2022, _model("CB-CQ-PYT"), "Nông Thị Đào Tiên", date(1983, 6, 18), True),
            Proposed(
                "DB-SN-YT",
                _model("DB-SN-YT"),
                "Nông Thị Đào Tiên",
                AWARD,
                date(1983, 6, 18),
                True,
                more={"doi_tuong": "Người trực tiếp lao động, công tác"},
            ),
        ),
    ),
    Case(
        "viet_khac",
        "Một tập thể viết khác đi: dấu thanh đặt chỗ khác, thừa dấu cách, chữ hoa",
        "E3",
        MET,
        (
            Recognised(XUAN_HOA, 2022, _model(XUAN_HOA), "Tổ hòa giải Thôn Qua Mạc"),
            Proposed(XUAN_HOA, _model(XUAN_HOA), "Tổ  hoà giải thôn Qua Mạc", AWARD, more={"so_nguoi": 9, "so_nu": 4}),
        ),
    ),
    Case(
        "ho_gia_dinh",
        "Hộ gia đình: Kế hoạch không có chỉ tiêu cho nhóm này",
        "E9",
        UNKNOWN,
        (
            Recognised(KIM_SON, 2022, _model(KIM_SON), "Hộ ông Phùng Văn Chắp"),
            Proposed(
                KIM_SON,
                _model(KIM_SON),
                "Hộ ông Phùng Văn Chắp",
                AWARD,
                more={"phan_loai": "Hộ gia đình", **_FARMER},
            ),
        ),
    ),
    Case(
        "hai_hinh_thuc",
        "Một người đề nghị cả hai hình thức cho một thành tích",
        "E7",
        NOT_MET,
        (
            Recognised(BAO_HA, 2022, _model(BAO_HA), "Hoàng Văn Khùa", date(1972, 2, 28)),
            Proposed(BAO_HA, _model(BAO_HA), "Hoàng Văn Khùa", PRAISE, date(1972, 2, 28), more=_FARMER),
            Proposed(
                BAO_HA,
                _model(BAO_HA),
                "Hoàng Văn Khùa",
                AWARD,
                date(1972, 2, 28),
                more=_FARMER,
                finding=("ten", "K24", WARNING),
            ),
        ),
    ),
    Case(
        "hai_don_vi",
        "Một người do hai đơn vị cùng đề nghị",
        "E7",
        NOT_MET,
        (
            Recognised(XUAN_HOA, 2022, _model(XUAN_HOA), "Lý Seo Lử", date(1977, 10, 10)),
            Proposed(XUAN_HOA, _model(XUAN_HOA), "Lý Seo Lử", PRAISE, date(1977, 10, 10), more=_FARMER),
            Proposed(
                BAO_HA,
                _model(BAO_HA),
                "Lý Seo Lử",
                AWARD,
                date(1977, 10, 10),
                more=_FARMER,
                finding=("ten", "K24", WARNING),
            ),
        ),
    ),
    Case(
        "da_khen",
        "Thành tích này đã được khen",
        "E8",
        NOT_MET,
        (
            Recognised(TAN_TIEN, 2022, _model(TAN_TIEN), "Nông Văn Bính", date(1981, 1, 9)),
            Proposed(
                TAN_TIEN,
                _model(TAN_TIEN),
                "Nông Văn Bính",
                AWARD,
                date(1981, 1, 9),
                more={
                    **_FARMER,
                    "khen_da_nhan": "Giấy khen của Chủ tịch UBND huyện năm 2022 (Quyết định số 915/QĐ-UBND)",
                },
            ),
        ),
    ),
    Case(
        "dang_xem_xet",
        "Người đang bị xem xét kỷ luật, kiểm tra, tố cáo",
        "E6",
        NOT_MET,
        (
            Recognised(TAN_TIEN, 2022, _model(TAN_TIEN), "Sùng Văn Lềnh", date(1978, 8, 8)),
            Proposed(
                TAN_TIEN,
                _model(TAN_TIEN),
                "Sùng Văn Lềnh",
                AWARD,
                date(1978, 8, 8),
                more={"doi_tuong": "Lãnh đạo, quản lý", "dang_xem_xet": True},
            ),
        ),
    ),
    Case(
        "thieu_bien_ban",
        "Hồ sơ chưa có biên bản xét và báo cáo thành tích",
        "E5",
        NOT_MET,
        (
            Recognised(PHUC_KHANH, 2022, _model(PHUC_KHANH), "Phùng Thị Sáy", date(1992, 3, 3), True),
            Proposed(
                PHUC_KHANH,
                _model(PHUC_KHANH),
                "Phùng Thị Sáy",
                born=date(1992, 3, 3),
                female=True,
                more={**_FARMER, "hs_bien_ban": False, "hs_bao_cao": False},
            ),
        ),
    ),
    Case(
        "ho_so_de_trong",
        "Không ghi có tờ trình hay không",
        "E5",
        UNKNOWN,
        (
            Recognised(NGHIA_DO, 2022, _model(NGHIA_DO), "Đặng Văn Quỳ", date(1969, 6, 25)),
            Proposed(
                NGHIA_DO,
                _model(NGHIA_DO),
                "Đặng Văn Quỳ",
                born=date(1969, 6, 25),
                more={**_FARMER, "hs_to_trinh": None},
                finding=("hs_to_trinh", "K02", BLOCK),
            ),
        ),
    ),
    Case(
        "trung_thu_tu",
        "Hai đề nghị cùng số thứ tự ưu tiên",
        "E10",
        NOT_MET,
        (
            Recognised(BAO_HA, 2022, _model(BAO_HA), "Hợp tác xã Chè Bảo Hà (minh họa)"),
            Proposed(
                BAO_HA,
                _model(BAO_HA),
                "Hợp tác xã Chè Bảo Hà (minh họa)",
                AWARD,
                more={"so_nguoi": 21, "so_nu": 15, "thu_tu": 1},
                finding=("thu_tu", "K24", WARNING),
            ),
        ),
    ),
    Case(
        "mo_hinh_khong_co",
        "Mã mô hình không có trong danh sách của đơn vị",
        "E10",
        UNKNOWN,
        (
            Recognised(XUAN_HOA, 2022, _model(XUAN_HOA), "Bàn Thị Mới", date(1987, 5, 5), True),
            Proposed(
                XUAN_HOA,
                _model(XUAN_HOA, 77),
                "Bàn Thị Mới",
                born=date(1987, 5, 5),
                female=True,
                more=_FARMER,
                finding=("ma_mo_hinh", "K21", BLOCK),
            ),
        ),
    ),
    Case(
        "mo_hinh_xa_khac",
        "Mã mô hình là của xã khác",
        "E10",
        UNKNOWN,
        (
            Recognised(XUAN_HOA, 2022, _model(XUAN_HOA), "Hầu Văn Chớ", date(1974, 4, 14)),
            Proposed(
                XUAN_HOA,
                _model(TAN_DUONG),
                "Hầu Văn Chớ",
                AWARD,
                date(1974, 4, 14),
                more=_FARMER,
                finding=("ma_mo_hinh", "K21", BLOCK),
            ),
        ),
    ),
    Case(
        "chua_hieu_qua",
        "Mô hình xếp loại Chưa hiệu quả",
        "E4",
        NOT_MET,
        (
            Recognised(DIEN_QUAN, 2022, _model(DIEN_QUAN), "Triệu Văn Rịnh", date(1980, 10, 1)),
            Proposed(DIEN_QUAN, _model(DIEN_QUAN), "Triệu Văn Rịnh", AWARD, date(1980, 10, 1), more=_FARMER),
        ),
    ),
    Case(
        "trung_binh",
        "Mô hình xếp loại Trung bình",
        "E4",
        NOT_MET,
        (
            Recognised(DIEN_QUAN, 2022, _model(DIEN_QUAN, 2), "Lương Thị Phầy", date(1985, 9, 19), True),
            Proposed(DIEN_QUAN, _model(DIEN_QUAN, 2), "Lương Thị Phầy", AWARD, date(1985, 9, 19), True, more=_FARMER),
        ),
    ),
    Case(
        "chua_ra_soat",
        "Mô hình không được rà soát trong năm",
        "E4",
        NOT_MET,
        (
            Recognised(LUONG_SON, 2022, _model(LUONG_SON), "Nguyễn Văn Thìm", date(1966, 7, 17)),
            Proposed(LUONG_SON, _model(LUONG_SON), "Nguyễn Văn Thìm", AWARD, date(1966, 7, 17), more=_FARMER),
        ),
    ),
    Case(
        "nu_nhieu_hon_nguoi",
        "Tập thể có số nữ lớn hơn số người",
        "hạng",
        UNKNOWN,
        (
            Recognised(NGHIA_DO, 2022, _model(NGHIA_DO), "Câu lạc bộ Then Nghĩa Đô (minh họa)"),
            Proposed(
                NGHIA_DO,
                _model(NGHIA_DO),
                "Câu lạc bộ Then Nghĩa Đô (minh họa)",
                AWARD,
                more={"so_nguoi": 12, "so_nu": 21},
                finding=("so_nu", "K06", BLOCK),
            ),
        ),
    ),
    Case(
        "nop_sau_han",
        "Báo cáo quý III/2023 của đơn vị đến ngày 16/10/2023, sau hạn nộp",
        "E1",
        "theo ngày chốt nhận của đợt",
        (
            Recognised(KIM_SON, 2022, _model(KIM_SON), "Lục Thị Nhài", date(1993, 12, 12), True),
            Proposed(KIM_SON, _model(KIM_SON), "Lục Thị Nhài", AWARD, date(1993, 12, 12), True, more=_FARMER),
        ),
    ),
)
