"""Stories sown among the recognitions and proposals of the history, as data: every mistake that such lists have.

Each case says who, what was written and where, which gate of the award round it concerns and how that gate should end.
A row that the form's own rules must complain about says so in ``finding``. Names are made up and stand here only.
``history_dossiers.py`` has those about models, dossiers and ranks.
"""

from __future__ import annotations

from datetime import date

from dvk_reports.plan.periods import Quarter
from tools.samples.case_records import (
    BAO_HA,
    FARMER,
    KIM_SON,
    MET,
    NGHIA_DO,
    NOT_MET,
    PHUC_KHANH,
    TAN_DUONG,
    TAN_TIEN,
    UNKNOWN,
    VINH_YEN,
    XUAN_HOA,
    XUAN_THUONG,
    YEN_SON,
    Case,
    Proposed,
    Recognised,
    model,
)
from tools.samples.history_awards import AWARD, PRAISE
from tools.samples.seeded import BLOCK, WARNING

WHO: tuple[Case, ...] = (
    Case(
        "hai_ngay_sinh",
        "Một người, hai ngày sinh khác nhau ở hai năm (đảo ngày và tháng)",
        "danh_tinh",
        "Cần xác minh",
        (
            Recognised(TAN_TIEN, 2022, model(TAN_TIEN), "Hoàng Thị Dở", date(1980, 3, 12), True),
            Proposed(TAN_TIEN, model(TAN_TIEN), "Hoàng Thị Dở", born=date(1980, 12, 3), female=True, more=FARMER),
        ),
    ),
    Case(
        "hai_nguoi_trung_ten",
        "Hai người cùng họ tên trong một xã, ngày sinh khác nhau, đều được công nhận; đề nghị một người",
        "danh_tinh",
        "hai người",
        (
            Recognised(NGHIA_DO, 2022, model(NGHIA_DO), "Lục Văn Nhói", date(1975, 5, 20)),
            Recognised(NGHIA_DO, 2022, model(NGHIA_DO), "Lục Văn Nhói", date(1991, 8, 2)),
            Proposed(NGHIA_DO, model(NGHIA_DO), "Lục Văn Nhói", AWARD, date(1975, 5, 20), more=FARMER),
        ),
    ),
    Case(
        "thieu_ngay_sinh",
        "Đề nghị cá nhân mà để trống ngày sinh",
        "danh_tinh",
        UNKNOWN,
        (
            Recognised(NGHIA_DO, 2022, model(NGHIA_DO), "Ma Thị Chẩm", date(1984, 2, 11), True),
            Proposed(
                NGHIA_DO,
                model(NGHIA_DO),
                "Ma Thị Chẩm",
                AWARD,
                date(1984, 2, 11),
                True,
                more={**FARMER, "ngay_sinh": None},
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
                model(PHUC_KHANH),
                "Bàn Văn Sính",
                date(1970, 1, 15),
                quarter=Quarter(2022, 4),
                more={"so_qd": "52-QĐ/ĐU", "ngay_qd": date(2021, 10, 12)},
            ),
            Recognised(
                PHUC_KHANH,
                2023,
                model(PHUC_KHANH),
                "Bàn Văn Sính",
                date(1970, 1, 15),
                quarter=Quarter(2023, 3),
                more={"so_qd": "61-QĐ/ĐU", "ngay_qd": date(2023, 9, 22)},
            ),
            Proposed(PHUC_KHANH, model(PHUC_KHANH), "Bàn Văn Sính", AWARD, date(1970, 1, 15), more=FARMER),
        ),
    ),
    Case(
        "chua_tung_cong_nhan",
        "Đề nghị người chưa từng được công nhận năm nào",
        "E3",
        NOT_MET,
        (Proposed(TAN_DUONG, model(TAN_DUONG), "Đặng Thị Phẩy", AWARD, date(1988, 7, 7), True, more=FARMER),),
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
                model(VINH_YEN),
                "Giàng Seo Pủa",
                date(1979, 9, 30),
                quarter=Quarter(2022, 4),
                more={"so_qd": "88-QĐ/ĐU", "ngay_qd": date(2022, 10, 28)},
                finding=("ngay_qd", "K11", WARNING),
            ),
            Proposed(VINH_YEN, model(VINH_YEN), "Giàng Seo Pủa", AWARD, date(1979, 9, 30), more=FARMER),
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
                model(VINH_YEN),
                "Vàng Thị Ỉnh",
                date(1986, 4, 4),
                True,
                quarter=Quarter(2022, 4),
                more={"so_qd": "14-TB/ĐU", "ngay_qd": date(2022, 10, 12)},
                finding=("so_qd", "K17", WARNING),
            ),
            Proposed(VINH_YEN, model(VINH_YEN), "Vàng Thị Ỉnh", born=date(1986, 4, 4), female=True, more=FARMER),
        ),
    ),
    Case(
        "doi_mo_hinh",
        "Người được công nhận ở mô hình này năm 2022, năm 2023 đề nghị ở mô hình khác: chuỗi năm theo người",
        "E3",
        MET,
        (
            Recognised(BAO_HA, 2022, model(BAO_HA), "Lương Văn Ngõa", date(1968, 12, 1)),
            Proposed(BAO_HA, model(BAO_HA, 3), "Lương Văn Ngõa", AWARD, date(1968, 12, 1), more=FARMER),
        ),
    ),
    Case(
        "chuyen_don_vi",
        "Người chuyển từ xã này sang xã khác: cùng họ tên, cùng ngày sinh, khác đơn vị",
        "danh_tinh",
        "Cần xác minh",
        (
            Recognised(YEN_SON, 2022, model(YEN_SON), "Triệu Thị Sấu", date(1990, 11, 23), True),
            Proposed(XUAN_THUONG, model(XUAN_THUONG), "Triệu Thị Sấu", AWARD, date(1990, 11, 23), True, more=FARMER),
        ),
    ),
    Case(
        "don_vi_nhap",
        "Người được công nhận ở chi bộ đã nhập vào đảng bộ khác: chuỗi năm đi theo đơn vị nhận",
        "E3",
        MET,
        (
            Recognised("CB-CQ-PYT", 2022, model("CB-CQ-PYT"), "Nông Thị Đào Tiên", date(1983, 6, 18), True),
            Proposed(
                "DB-SN-YT",
                model("DB-SN-YT"),
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
            Recognised(XUAN_HOA, 2022, model(XUAN_HOA), "Tổ hòa giải Thôn Qua Mạc"),
            Proposed(XUAN_HOA, model(XUAN_HOA), "Tổ  hoà giải thôn Qua Mạc", AWARD, more={"so_nguoi": 9, "so_nu": 4}),
        ),
    ),
    Case(
        "ho_gia_dinh",
        "Hộ gia đình: Kế hoạch không có chỉ tiêu cho nhóm này",
        "E9",
        UNKNOWN,
        (
            Recognised(KIM_SON, 2022, model(KIM_SON), "Hộ ông Phùng Văn Chắp"),
            Proposed(
                KIM_SON,
                model(KIM_SON),
                "Hộ ông Phùng Văn Chắp",
                AWARD,
                more={"phan_loai": "Hộ gia đình", **FARMER},
            ),
        ),
    ),
    Case(
        "hai_hinh_thuc",
        "Một người đề nghị cả hai hình thức cho một thành tích",
        "E7",
        NOT_MET,
        (
            Recognised(BAO_HA, 2022, model(BAO_HA), "Hoàng Văn Khùa", date(1972, 2, 28)),
            Proposed(BAO_HA, model(BAO_HA), "Hoàng Văn Khùa", PRAISE, date(1972, 2, 28), more=FARMER),
            Proposed(
                BAO_HA,
                model(BAO_HA),
                "Hoàng Văn Khùa",
                AWARD,
                date(1972, 2, 28),
                more=FARMER,
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
            Recognised(XUAN_HOA, 2022, model(XUAN_HOA), "Lý Seo Lử", date(1977, 10, 10)),
            Proposed(XUAN_HOA, model(XUAN_HOA), "Lý Seo Lử", PRAISE, date(1977, 10, 10), more=FARMER),
            Proposed(
                BAO_HA,
                model(BAO_HA),
                "Lý Seo Lử",
                AWARD,
                date(1977, 10, 10),
                more=FARMER,
                finding=("ten", "K24", WARNING),
            ),
        ),
    ),
)
