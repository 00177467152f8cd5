"""More stories of the awards, as data: about models, dossiers, ranks; ``CASES`` has all of them."""

from __future__ import annotations

from datetime import date

from tools.samples.case_records import (
    BAO_HA,
    DIEN_QUAN,
    FARMER,
    KIM_SON,
    LUONG_SON,
    NGHIA_DO,
    NOT_MET,
    PHUC_KHANH,
    TAN_DUONG,
    TAN_TIEN,
    UNKNOWN,
    XUAN_HOA,
    Case,
    Proposed,
    Recognised,
    model,
)
from tools.samples.history_awards import AWARD
from tools.samples.history_cases import WHO
from tools.samples.seeded import BLOCK, WARNING

_EQUAL = {"so_nguoi": 20, "so_nu": 8}
TIED = tuple(
    row
    for unit, number, name in (
        ("DB-XA-02977", 3, "Tổ tự quản đường làng (minh họa)"),
        ("DB-XA-02992", 5, "Tổ tự quản vệ sinh môi trường (minh họa)"),
        ("DB-XA-02998", 4, "Tổ giúp việc hòa giải (minh họa)"),
        ("CB-CQ-TAND", 2, "Tổ tuyên truyền pháp luật (minh họa)"),
        ("DB-SN-YT", 1, "Tổ y tế lưu động (minh họa)"),
    )
    for row in (
        Recognised(unit, 2022, model(unit, number), name),
        Proposed(unit, model(unit, number), name, AWARD, more=_EQUAL),
    )
)
"""Collectives that no step of the ranking tells apart; the line of the quota of 15 runs between them."""

WHAT: tuple[Case, ...] = (
    Case(
        "ngang_nhau",
        "Năm tập thể bằng nhau ở mọi bước xếp hạng, đường ranh của chỉ tiêu đi qua giữa",
        "hạng",
        "Ngang nhau tại ranh giới",
        TIED,
    ),
    Case(
        "da_khen",
        "Thành tích này đã được khen",
        "E8",
        NOT_MET,
        (
            Recognised(TAN_TIEN, 2022, model(TAN_TIEN), "Nông Văn Bính", date(1981, 1, 9)),
            Proposed(
                TAN_TIEN,
                model(TAN_TIEN),
                "Nông Văn Bính",
                AWARD,
                date(1981, 1, 9),
                more={
                    **FARMER,
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
            Recognised(TAN_TIEN, 2022, model(TAN_TIEN), "Sùng Văn Lềnh", date(1978, 8, 8)),
            Proposed(
                TAN_TIEN,
                model(TAN_TIEN),
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
            Recognised(PHUC_KHANH, 2022, model(PHUC_KHANH), "Phùng Thị Sáy", date(1992, 3, 3), True),
            Proposed(
                PHUC_KHANH,
                model(PHUC_KHANH),
                "Phùng Thị Sáy",
                born=date(1992, 3, 3),
                female=True,
                more={**FARMER, "hs_bien_ban": False, "hs_bao_cao": False},
            ),
        ),
    ),
    Case(
        "ho_so_de_trong",
        "Không ghi có tờ trình hay không",
        "E5",
        UNKNOWN,
        (
            Recognised(NGHIA_DO, 2022, model(NGHIA_DO), "Đặng Văn Quỳ", date(1969, 6, 25)),
            Proposed(
                NGHIA_DO,
                model(NGHIA_DO),
                "Đặng Văn Quỳ",
                born=date(1969, 6, 25),
                more={**FARMER, "hs_to_trinh": None},
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
            Recognised(BAO_HA, 2022, model(BAO_HA), "Hợp tác xã Chè Bảo Hà (minh họa)"),
            Proposed(
                BAO_HA,
                model(BAO_HA),
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
            Recognised(XUAN_HOA, 2022, model(XUAN_HOA), "Bàn Thị Mới", date(1987, 5, 5), True),
            Proposed(
                XUAN_HOA,
                model(XUAN_HOA, 77),
                "Bàn Thị Mới",
                born=date(1987, 5, 5),
                female=True,
                more=FARMER,
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
            Recognised(XUAN_HOA, 2022, model(XUAN_HOA), "Hầu Văn Chớ", date(1974, 4, 14)),
            Proposed(
                XUAN_HOA,
                model(TAN_DUONG),
                "Hầu Văn Chớ",
                AWARD,
                date(1974, 4, 14),
                more=FARMER,
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
            Recognised(DIEN_QUAN, 2022, model(DIEN_QUAN), "Triệu Văn Rịnh", date(1980, 10, 1)),
            Proposed(DIEN_QUAN, model(DIEN_QUAN), "Triệu Văn Rịnh", AWARD, date(1980, 10, 1), more=FARMER),
        ),
    ),
    Case(
        "trung_binh",
        "Mô hình xếp loại Trung bình",
        "E4",
        NOT_MET,
        (
            Recognised(DIEN_QUAN, 2022, model(DIEN_QUAN, 2), "Lương Thị Phầy", date(1985, 9, 19), True),
            Proposed(DIEN_QUAN, model(DIEN_QUAN, 2), "Lương Thị Phầy", AWARD, date(1985, 9, 19), True, more=FARMER),
        ),
    ),
    Case(
        "chua_ra_soat",
        "Mô hình không được rà soát trong năm",
        "E4",
        NOT_MET,
        (
            Recognised(LUONG_SON, 2022, model(LUONG_SON), "Nguyễn Văn Thìm", date(1966, 7, 17)),
            Proposed(LUONG_SON, model(LUONG_SON), "Nguyễn Văn Thìm", AWARD, date(1966, 7, 17), more=FARMER),
        ),
    ),
    Case(
        "nu_nhieu_hon_nguoi",
        "Tập thể có số nữ lớn hơn số người",
        "hạng",
        UNKNOWN,
        (
            Recognised(NGHIA_DO, 2022, model(NGHIA_DO), "Câu lạc bộ Then Nghĩa Đô (minh họa)"),
            Proposed(
                NGHIA_DO,
                model(NGHIA_DO),
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
            Recognised(KIM_SON, 2022, model(KIM_SON), "Lục Thị Nhài", date(1993, 12, 12), True),
            Proposed(KIM_SON, model(KIM_SON), "Lục Thị Nhài", AWARD, date(1993, 12, 12), True, more=FARMER),
        ),
    ),
)
CASES: tuple[Case, ...] = (*WHO, *WHAT)
