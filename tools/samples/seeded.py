"""The mistakes sown in the sample forms, as data: the maker writes them, the tests look for every one of them.

Each is one that real returns have. ``row`` is the n-th data row of the sheet (0 on BIA, B1, B11); the cell follows from
it and from ``key``. A mistake that the product must find is at ``cell``; one that concerns a sheet as a whole has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

BLOCK, WARNING, REMARK = "Chặn", "Cảnh báo", "Ghi chú"

How = Literal[
    "o",  # another value in one cell
    "them_dong",  # a row of its own is added, with the mistake in it
    "them_lai",  # the last row of the sheet is written once more
    "bo_het",  # all rows of the sheet are left out, and its tick
    "bo_bieu",  # the sheet is taken out of the workbook
    "bo_thon",  # a pre-printed thôn is taken out of B4
    "bieu_la",  # a sheet that the unit was not given is put in, with a row
    "loi_o",  # a formula whose result is an error
    "cong_thuc",  # a formula saved without its result
    "phan_tram",  # a number with a percent format
    "phong_cu",  # text in the letters of an old font, and in that font
    "chu_cu",  # the same text, the font changed since
    "tong",  # a number typed over the formula of the total row
    "o_tinh",  # a number typed over a cell that the form counts itself
    "an_dong",  # a hidden row
    "duoi_tong",  # a row below the total row
    "dong_mau",  # a row of dots left in
    "cot_la",  # a column of the unit's own
    "doi_cot",  # two columns exchanged
    "xoa_khoa",  # the hidden row of keys emptied
    "trang_la",  # a sheet of the unit's own
    "khong",  # nothing is written: what was written on purpose elsewhere leads to it
]


@dataclass(frozen=True, slots=True)
class Seed:
    """One mistake and what must be found."""

    unit: str
    sheet: str
    row: int
    key: str
    wrong: object
    code: str
    level: str
    how: How = "o"
    beside: Mapping[str, object] = field(default_factory=dict)
    """Other cells of the row that belong to the story."""
    at_sheet: bool = False
    """The finding names the sheet (or the file) and no cell."""
    found_on: tuple[str, str] | None = None
    """(sheet, key) where it is found, if not where it was made."""


SEEDS: tuple[Seed, ...] = (
    # --- thị trấn Phố Ràng
    Seed("DB-TT-02947", "B1", 0, "so_dang_vien_duoc_pho_bien", "98%", "K20", BLOCK),
    Seed("DB-TT-02947", "B2", 2, "co_ntm", True, "K03", WARNING),
    # --- Tân Tiến, Nghĩa Đô, Vĩnh Yên (một tệp nén)
    Seed("DB-XA-02950", "B4", 3, "so_mo_hinh", 9, "K05", WARNING, how="o_tinh"),
    Seed(
        "DB-XA-02953",
        "B10",
        3,
        "du_toan",
        15_000_000,
        "K18",
        WARNING,
        how="them_dong",
        beside={
            "noi_dung": "Hỗ trợ xi măng làm đường thôn",
            "nguon": "NSNN cấp xã",
            "thuc_hien": Decimal("14.2"),
        },
    ),
    Seed("DB-XA-02956", "B3", 1, "m2_dat", "khoảng 500 m2", "K04", BLOCK),
    Seed("DB-XA-02956", "B1", 0, "so_cuoc_tuyen_truyen", None, "K02", BLOCK),
    # --- Xuân Hòa, Tân Dương
    Seed("DB-XA-02962", "B2", 2, "linh_vuc", "Kinh tế - xã hội", "K03", BLOCK),
    Seed("DB-XA-02962", "B2", 4, "ma_thon", "Thôn Nà Cọ", "K21", BLOCK),
    Seed("DB-XA-02965", "B1", 0, "so_chi_bo_da_trien_khai", 99, "K06", BLOCK),
    Seed("DB-XA-02965", "B1", 0, "so_ke_hoach", "15-QĐ/ĐU", "K17", WARNING),
    # --- Thượng Hà: mô hình sáp nhập ghi trùng mã của mô hình trước
    Seed("DB-XA-02968", "B2", 8, "ma_mo_hinh", "MH-DB-XA-02968-007", "K24", BLOCK),
    # --- Kim Sơn: mất dòng mã ẩn, vẫn nhận được theo tiêu đề
    Seed("DB-XA-02971", "B3", 0, "", None, "T03", REMARK, how="xoa_khoa", at_sheet=True),
    Seed("DB-XA-02971", "B8", 1, "tt_hl", 7, "K06", BLOCK, found_on=("B8", "tt_rat_hl")),
    Seed("DB-XA-02971", "B3", 2, "tien_xhh", Decimal("-5.5"), "K04", BLOCK),
    # --- Cam Cọn
    Seed("DB-XA-02974", "B4", 5, "ma_thon", None, "K10", WARNING, how="bo_thon", at_sheet=True),
    Seed(
        "DB-XA-02974",
        "B10",
        0,
        "thuc_hien",
        "1.234",
        "K04",
        BLOCK,
        how="them_dong",
        beside={"noi_dung": "Mua giống cây trồng hai bên đường", "nguon": "Xã hội hóa"},
    ),
    # --- Xuân Thượng
    Seed(
        "DB-XA-02980",
        "B5",
        0,
        "trong_do_nu",
        52,
        "K06",
        BLOCK,
        how="them_dong",
        beside={
            "ten_lop": "Tập huấn chăm sóc quế hữu cơ",
            "hinh_thuc": "Lồng ghép",
            "cap_to_chuc": "Cơ sở",
            "ngay_tu": date(2023, 8, 14),
            "ngay_den": date(2023, 8, 15),
            "doi_tuong": "Khác",
            "so_luot": 25,
        },
    ),
    Seed("DB-XA-02980", "B8", 1, "td_bt", None, "K06", BLOCK, found_on=("B8", "td_rat_hl")),
    # --- Việt Tiến, Yên Sơn
    Seed("DB-XA-02983", "B2", 2, "ten", None, "T05", REMARK, how="an_dong"),
    Seed(
        "DB-XA-02983",
        "B7",
        0,
        "ngay",
        date(2023, 9, 12),
        "T06",
        WARNING,
        how="duoi_tong",
        beside={
            "so_van_ban": "31-QĐ/ĐU",
            "chu_tri": "Đảng ủy xã Việt Tiến",
            "cap": "Đảng ủy xã, thị trấn",
            "hinh_thuc": "Kiểm tra",
            "don_vi_duoc_kt": "Chi bộ thôn Việt Hải",
        },
    ),
    Seed("DB-XA-02986", "B3", 1, "", "Số hộ tham gia", "T04", WARNING, how="cot_la"),
    # --- Bảo Hà
    Seed("DB-XA-02989", "B3", 2, "ngay_danh_gia", date(2022, 12, 15), "K11", BLOCK),
    Seed("DB-XA-02989", "B6", 1, "kenh", "Facebook", "K03", BLOCK),
    Seed(
        "DB-XA-02989",
        "B6",
        0,
        "so_luong",
        12,
        "K04",
        BLOCK,
        how="them_dong",
        beside={
            "ngay": date(2023, 8, 2),
            "tieu_de": "Đăng bài về các mô hình trên trang của xã",
            "kenh": "Mạng xã hội",
            "loai": "Bài",
        },
    ),
    # --- Lương Sơn: hai cột đổi chỗ
    Seed("DB-XA-02992", "B3", 0, "", ("ngay_danh_gia", "don_vi_danh_gia"), "T03", REMARK, how="doi_cot", at_sheet=True),
    Seed("DB-XA-02992", "B2", 2, "ngay_bd", date(2021, 2, 10), "K25", BLOCK),
    # --- Phúc Khánh
    Seed("DB-XA-02998", "B3", 1, "ngay_cong", "=12/0", "K04", BLOCK, how="loi_o"),
    Seed(
        "DB-XA-02998",
        "B3b",
        0,
        "noi_nhan_rong",
        "Phúc Khánh",
        "K26",
        WARNING,
        how="them_dong",
        beside={"ma_mo_hinh": "MH-DB-XA-02998-002", "ngay_nhan_rong": date(2023, 8, 20)},
    ),
    # --- cơ quan
    Seed(
        "DB-CQ-UBND",
        "B9b",
        0,
        "ngay_sinh",
        None,
        "K02",
        BLOCK,
        how="them_dong",
        beside={
            "phan_loai": "Cá nhân",
            "ten": "Lương Thị Sao Mai",
            "ong_ba": "Bà",
            "gioi_tinh": "Nữ",
            "don_vi_cong_tac": "Văn phòng HĐND và UBND huyện",
            "doi_tuong": "Người trực tiếp lao động, công tác",
            "ma_mo_hinh": "MH-DB-CQ-UBND-001",
            "thanh_tich": "Nhiều năm liền được người dân khen ngợi ở bộ phận một cửa.",
            "hinh_thuc": "Giấy khen của Chủ tịch UBND huyện",
            "thu_tu": 7,
            "hs_to_trinh": True,
            "hs_bao_cao": True,
            "hs_bien_ban": True,
            "hs_xac_nhan": True,
            "dang_xem_xet": False,
        },
    ),
    Seed("DB-CQ-HKL", "B9b", 0, "", None, "K22", BLOCK, how="bo_het", found_on=("BIA", "khong_phat_sinh_b9b")),
    Seed("CB-CQ-TAND", "BIA", 0, "khong_phat_sinh_b3", True, "K23", WARNING),
    Seed("CB-CQ-GDDT", "B1", 0, "ngay_ke_hoach", None, "K02", BLOCK, beside={"so_ke_hoach": "21-KH/CB"}),
    Seed(
        "CB-CQ-BHXH",
        "B11",
        0,
        "uu_diem",
        "Trong quý II năm 2023, chi bộ đã chỉ đạo duy trì mô hình, không có phản ánh về thái độ phục vụ.",
        "K16",
        WARNING,
    ),
    Seed(
        "CB-CQ-BHXH",
        "B11",
        0,
        "kien_nghi",
        "[CẦN BỔ SUNG: kiến nghị của chi bộ]",
        "K16",
        WARNING,
    ),
    Seed(
        "CB-CQ-NN",
        "B3",
        0,
        "ma_mo_hinh",
        "MH-CB-CQ-NN-019",
        "K21",
        BLOCK,
        how="them_dong",
        beside={
            "ngay_danh_gia": date(2023, 9, 8),
            "hinh_thuc": "Tự đánh giá",
            "xep_loai": "Hiệu quả khá",
            "kien_nghi": "Duy trì",
        },
    ),
    Seed(
        "CB-CQ-NN",
        "B6",
        0,
        "ngay",
        date(2023, 8, 22),
        "K24",
        WARNING,
        how="them_lai",
        beside={"tieu_de": "Cán bộ nông nghiệp xuống thôn", "kenh": "Bản tin nội bộ", "loai": "Tin"},
    ),
    # --- sự nghiệp
    Seed("DB-SN-BV", "B1", 0, "so_chi_bo_da_trien_khai", 1, "K20", BLOCK, how="phan_tram"),
    Seed(
        "DB-SN-YT",
        "B6",
        0,
        "ngay",
        date(2023, 10, 6),
        "K11",
        BLOCK,
        how="them_dong",
        beside={"tieu_de": "Khám bệnh miễn phí ở thôn vùng cao", "kenh": "Cổng thông tin điện tử huyện", "loai": "Tin"},
    ),
    Seed("DB-SN-NT", "B6", 0, "", "…", "T06", WARNING, how="dong_mau"),
    Seed("CB-SN-CT", "B3", 0, "ngay_cong", 999, "K05", WARNING, how="tong"),
    Seed("CB-SN-GDNN", "B1", 0, "so_luot_nhan_dan", "hai mươi", "K04", BLOCK),
    Seed("CB-SN-THPT1", "B3", 1, "tien_xhh", "=12/0", "K04", BLOCK, how="loi_o"),
    Seed("CB-SN-VH", "B6", 2, "ma_mo_hinh", "MH-XA-BAO-HA-001", "K21", BLOCK),
    Seed("CB-SN-VH", "B6", 4, "ngay", date(2029, 8, 15), "K11", BLOCK),
    Seed("CB-SN-DVNN", "B10", 0, "", None, "T01", BLOCK, how="bo_bieu", at_sheet=True),
    # --- Mặt trận, đoàn thể
    Seed(
        "DT-MTTQ",
        "B5",
        0,
        "so_luot",
        Decimal("12.6"),
        "K04",
        BLOCK,
        how="them_dong",
        beside={
            "ten_lop": "Tập huấn giám sát, phản biện xã hội",
            "hinh_thuc": "Lồng ghép",
            "cap_to_chuc": "Huyện",
            "ngay_tu": date(2023, 9, 6),
            "ngay_den": date(2023, 9, 6),
            "doi_tuong": "Cán bộ Mặt trận, đoàn thể",
        },
    ),
    Seed("DT-HND", "BIA", 0, "ngay_ky", date(2023, 9, 25), "K25", WARNING),
    Seed("DT-HPN", "B2", 2, "ngay_tt", None, "K02", BLOCK, beside={"ly_do_tt": None}),
    Seed(
        "DT-DTN",
        "B3",
        1,
        "kien_nghi",
        "Nhân rộng",
        "K02",
        WARNING,
        beside={"xep_loai": "Hiệu quả khá"},
    ),
    Seed(
        "DT-LDLD",
        "B9b",
        1,
        "",
        None,
        "T07",
        WARNING,
        how="bieu_la",
        beside={
            "phan_loai": "Tập thể",
            "ten": "Công đoàn cơ sở (minh họa)",
            "don_vi_cong_tac": "Liên đoàn Lao động huyện",
            "doi_tuong": "Khác",
            "ma_mo_hinh": "MH-DT-LDLD-001",
            "thanh_tich": "Chăm lo tốt đời sống đoàn viên.",
            "hinh_thuc": "Biểu dương của Ban Thường vụ Huyện ủy",
            "thu_tu": 1,
            "hs_to_trinh": True,
            "hs_bao_cao": True,
            "hs_bien_ban": True,
            "hs_xac_nhan": True,
            "dang_xem_xet": False,
        },
    ),
    Seed("DT-LDLD", "Nháp", 0, "", None, "T10", REMARK, how="trang_la", at_sheet=True),
    # --- phòng, ban
    Seed("PB-NV", "B8", 1, "phieu_thu", 500, "K06", BLOCK),
    Seed("PB-VHTT", "B6", 3, "ngay", "31/9/2023", "K04", BLOCK),
    Seed("PB-TNMT", "B8", 1, "den_ngay", date(2023, 7, 20), "K25", BLOCK, beside={"tu_ngay": date(2023, 7, 28)}),
    Seed("CQ-UBKT", "B6", 0, "", None, "K22", BLOCK, how="bo_het", found_on=("BIA", "khong_phat_sinh_b6")),
    # --- lực lượng vũ trang, doanh nghiệp
    Seed(
        "LLVT-CA",
        "B9a",
        0,
        "so_qd",
        "30-TB/ĐU",
        "K17",
        WARNING,
        how="them_dong",
        beside={
            "nam_xet": 2023,
            "ngay_qd": date(2022, 9, 10),
            "co_quan_qd": "Đảng ủy Công an huyện",
            "ma_mo_hinh": "MH-LLVT-CA-001",
            "loai": "Tập thể",
            "ten": "Đội Xây dựng phong trào bảo vệ an ninh Tổ quốc",
            "don_vi": "Công an huyện",
            "ket_qua": "Điển hình",
        },
    ),
    Seed("LLVT-CA", "B9a", -1, "ngay_qd", None, "K11", WARNING, how="khong"),
    Seed(
        "LLVT-QS",
        "B9b",
        0,
        "thanh_tich",
        "Đơn vị đã phối hợp với các xã tổ chức nhiều đợt hành quân dã ngoại làm công tác dân vận, " * 7,
        "T11",
        WARNING,
        how="them_dong",
        beside={
            "phan_loai": "Tập thể",
            "ten": "Đại đội bộ binh (minh họa)",
            "don_vi_cong_tac": "Ban Chỉ huy Quân sự huyện",
            "doi_tuong": "Khác",
            "so_nguoi": 30,
            "so_nu": 0,
            "ma_mo_hinh": "MH-LLVT-QS-001",
            "hinh_thuc": "Biểu dương của Ban Thường vụ Huyện ủy",
            "thu_tu": 8,
            "hs_to_trinh": True,
            "hs_bao_cao": True,
            "hs_bien_ban": True,
            "hs_xac_nhan": True,
            "dang_xem_xet": False,
        },
    ),
    Seed(
        "LLVT-QS",
        "B9b",
        0,
        "thu_tu",
        8,
        "K24",
        WARNING,
        how="them_dong",
        beside={
            "phan_loai": "Tập thể",
            "hinh_thuc": "Biểu dương của Ban Thường vụ Huyện ủy",
            "ten": "Trung đội dân quân thường trực (minh họa)",
            "don_vi_cong_tac": "Ban Chỉ huy Quân sự huyện",
            "doi_tuong": "Khác",
            "ma_mo_hinh": "MH-LLVT-QS-001",
            "thanh_tich": "Giúp dân gặt lúa, sửa đường sau mưa lũ.",
            "hs_to_trinh": True,
            "hs_bao_cao": True,
            "hs_bien_ban": False,
            "hs_xac_nhan": True,
            "dang_xem_xet": False,
        },
    ),
    Seed("DB-DN-LN", "B2", 1, "ten", "§èi tho¹i víi ng­êi lao ®éng", "T09", REMARK, how="phong_cu"),
    Seed("DB-DN-LN", "B2", 1, "chu_the", "C«ng ty L©m nghiÖp", "T09", BLOCK, how="chu_cu"),
    Seed("CB-DN-DL", "B1", 0, "so_luot_nhan_dan", "=30+45", "K04", BLOCK, how="cong_thuc"),
)


def of_unit(unit: str) -> tuple[Seed, ...]:
    return tuple(seed for seed in SEEDS if seed.unit == unit)
