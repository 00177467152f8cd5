"""The illustrative part of the sample register: party cells and agencies, thôn, days received, signer, outside index.

The communes, their merger and the deadlines are the real ones and come from ``register.yaml``; everything here is made
up, because the real lists are not public, and says so in its ``ghi_chu``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

Rows = list[dict[str, object]]

NOTE = "minh họa: danh sách thật không công bố"
SHEET_NOTE = "Dữ liệu ở trang này phần lớn là minh họa (xem cột Ghi chú và trang Đọc trước)."
NOTES = (
    "DỮ LIỆU MINH HỌA: danh mục này chỉ để thử chương trình.",
    "Có thật: mã, tên của 17 xã, thị trấn và 6 xã mới, việc sắp xếp từ ngày 01/7/2025, chỉ số SIPAS năm 2023.",
    "Minh họa: các chi, đảng bộ, cơ quan, đơn vị khác; thôn, tổ dân phố; ngày nhận; thư điện tử, điện thoại.",
    "Minh họa: họ tên, mô hình, số liệu trong các biểu mẫu ở thư mục nhan-ve; không phải của người, đơn vị có thật.",
    "Thư điện tử dùng tên miền không có thật (vi-du.example); số điện thoại bắt đầu bằng 0000.",
    "Khi dùng thật: chạy “dvk init” để có danh mục mới, rồi ghi danh sách của huyện.",
)
LAST_DAY = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Body:
    """A party cell or agency. ``agency``: counted in the targets on agencies (MT3)."""

    code: str
    name: str
    kind: str
    short: str
    """As it is written inside a sentence or a model's name."""
    agency: bool = True
    aliases: str = ""

    @property
    def group(self) -> str:
        return "III" if self.kind in ("LLVT", "DB_DN", "CB_DN") else "II"


# One row for each reporting body: a chi bộ that is the agency is one CB_* row; DT, PB, BXD only where the body has no
# chi, đảng bộ of its own (its members are in one of the three joint đảng bộ at the top, which are no agencies).
BODIES: tuple[Body, ...] = (
    Body("DB-CQ-HU", "Đảng bộ Cơ quan Huyện ủy", "DB_CQ", "Đảng bộ Cơ quan Huyện ủy", agency=False),
    Body(
        "DB-CQ-MTDT",
        "Đảng bộ Cơ quan Mặt trận Tổ quốc và các đoàn thể huyện",
        "DB_CQ",
        "Đảng bộ Cơ quan Mặt trận Tổ quốc và các đoàn thể huyện",
        agency=False,
    ),
    Body("DB-CQ-UBND", "Đảng bộ Cơ quan Ủy ban nhân dân huyện", "DB_CQ", "Đảng bộ Cơ quan UBND huyện", agency=False),
    Body("DB-CQ-HKL", "Đảng bộ Hạt Kiểm lâm huyện", "DB_CQ", "Hạt Kiểm lâm huyện", aliases="Hạt Kiểm lâm"),
    Body("CB-CQ-TAND", "Chi bộ Tòa án nhân dân huyện", "CB_CQ", "Tòa án nhân dân huyện", aliases="Chi bộ Toà án"),
    Body("CB-CQ-VKS", "Chi bộ Viện kiểm sát nhân dân huyện", "CB_CQ", "Viện kiểm sát nhân dân huyện"),
    Body("CB-CQ-THA", "Chi bộ Chi cục Thi hành án dân sự huyện", "CB_CQ", "Chi cục Thi hành án dân sự huyện"),
    Body("CB-CQ-THUE", "Chi bộ Chi cục Thuế huyện", "CB_CQ", "Chi cục Thuế huyện"),
    Body("CB-CQ-KBNN", "Chi bộ Kho bạc Nhà nước huyện", "CB_CQ", "Kho bạc Nhà nước huyện"),
    Body("CB-CQ-BHXH", "Chi bộ Bảo hiểm xã hội huyện", "CB_CQ", "Bảo hiểm xã hội huyện"),
    Body("CB-CQ-NHCS", "Chi bộ Phòng giao dịch Ngân hàng Chính sách xã hội huyện", "CB_CQ", "Ngân hàng CSXH huyện"),
    Body("CB-CQ-GDDT", "Chi bộ Phòng Giáo dục và Đào tạo", "CB_CQ", "Phòng Giáo dục và Đào tạo"),
    Body("CB-CQ-NN", "Chi bộ Phòng Nông nghiệp và Phát triển nông thôn", "CB_CQ", "Phòng Nông nghiệp và PTNT"),
    Body("DB-SN-BV", "Đảng bộ Bệnh viện đa khoa huyện", "DB_SN", "Bệnh viện đa khoa huyện"),
    Body("DB-SN-YT", "Đảng bộ Trung tâm Y tế huyện", "DB_SN", "Trung tâm Y tế huyện", aliases="Đảng bộ TTYT huyện"),
    Body("DB-SN-NT", "Đảng bộ Trường PTDT Nội trú huyện", "DB_SN", "Trường PTDT Nội trú huyện"),
    Body("CB-SN-CT", "Chi bộ Trung tâm Chính trị huyện", "CB_SN", "Trung tâm Chính trị huyện"),
    Body("CB-SN-GDNN", "Chi bộ Trung tâm GDNN - GDTX huyện", "CB_SN", "Trung tâm GDNN - GDTX huyện"),
    Body("CB-SN-VH", "Chi bộ Trung tâm Văn hóa, Thể thao - Truyền thông", "CB_SN", "Trung tâm VH, TT - TT huyện"),
    Body("CB-SN-THPT1", "Chi bộ Trường THPT số 1", "CB_SN", "Trường THPT số 1"),
    Body("CB-SN-THPT2", "Chi bộ Trường THPT số 2", "CB_SN", "Trường THPT số 2"),
    Body("CB-SN-DVNN", "Chi bộ Trung tâm Dịch vụ nông nghiệp huyện", "CB_SN", "Trung tâm Dịch vụ nông nghiệp"),
    Body("DT-MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam huyện", "DT", "Ủy ban MTTQ huyện", aliases="MTTQ huyện"),
    Body("DT-HND", "Hội Nông dân huyện", "DT", "Hội Nông dân huyện"),
    Body("DT-HPN", "Hội Liên hiệp Phụ nữ huyện", "DT", "Hội LHPN huyện", aliases="Hội LHPN huyện; Hội Phụ nữ huyện"),
    Body("DT-CCB", "Hội Cựu chiến binh huyện", "DT", "Hội Cựu chiến binh huyện", aliases="Hội CCB huyện"),
    Body("DT-DTN", "Đoàn TNCS Hồ Chí Minh huyện", "DT", "Huyện đoàn", aliases="Huyện đoàn"),
    Body("DT-LDLD", "Liên đoàn Lao động huyện", "DT", "Liên đoàn Lao động huyện", aliases="LĐLĐ huyện"),
    Body("PB-NV", "Phòng Nội vụ", "PB", "Phòng Nội vụ"),
    Body("PB-TP", "Phòng Tư pháp", "PB", "Phòng Tư pháp"),
    Body("PB-VHTT", "Phòng Văn hóa và Thông tin", "PB", "Phòng Văn hóa và Thông tin", aliases="Phòng VH&TT"),
    Body("PB-TNMT", "Phòng Tài nguyên và Môi trường", "PB", "Phòng Tài nguyên và Môi trường"),
    Body("CQ-BDV", "Ban Dân vận Huyện ủy", "BXD", "Ban Dân vận Huyện ủy"),
    Body("CQ-BTG", "Ban Tuyên giáo Huyện ủy", "BXD", "Ban Tuyên giáo Huyện ủy"),
    Body("CQ-BTC", "Ban Tổ chức Huyện ủy", "BXD", "Ban Tổ chức Huyện ủy"),
    Body("CQ-UBKT", "Ủy ban Kiểm tra Huyện ủy", "BXD", "Ủy ban Kiểm tra Huyện ủy", aliases="UBKT Huyện ủy"),
    Body("CQ-VPHU", "Văn phòng Huyện ủy", "BXD", "Văn phòng Huyện ủy"),
    Body("LLVT-CA", "Đảng bộ Công an huyện", "LLVT", "Công an huyện"),
    Body("LLVT-QS", "Đảng bộ Quân sự huyện", "LLVT", "Ban Chỉ huy Quân sự huyện"),
    Body("DB-DN-LN", "Đảng bộ Công ty Lâm nghiệp (minh họa)", "DB_DN", "Công ty Lâm nghiệp"),
    Body("CB-DN-DL", "Chi bộ Điện lực huyện", "CB_DN", "Điện lực huyện"),
    Body("CB-DN-TM", "Chi bộ Công ty Thương mại miền núi (minh họa)", "CB_DN", "Công ty Thương mại miền núi"),
    Body("CB-DN-MT", "Chi bộ Công ty Môi trường đô thị (minh họa)", "CB_DN", "Công ty Môi trường đô thị"),
)

# Commune (by its code of before 2025-07-01) -> names of its thôn; a number means numbered thôn.
HAMLETS: Mapping[str, tuple[str, ...] | int] = {
    "02947": 9,  # tổ dân phố
    "02950": ("Nà Khéo", "Nà Phung", "Thâm Luông", "Khuổi Ỏ", "Cốc Phát", "Bản Chang", "Nặm Đâu"),
    "02953": ("Bản Nà", "Bản Ràng", "Bản Lằng", "Nà Đình", "Nà Luông", "Thâm Mạ", "Khuổi Ca", "Kem Nọi", "Bản Hón"),
    "02956": ("Nặm Khạo", "Nặm Mười", "Khuổi Vèng", "Pác Mạc", "Tổng Kim", "Nặm Cúm", "Lò Vôi", "Bản Chuân"),
    "02959": ("Bản Khoai", "Bản Trang", "Bản 4", "Khao A", "Khao B", "Trĩ Ngoài", "Trĩ Trong", "Bản Điện"),
    "02962": ("Mai Thượng", "Mai Hạ", "Qua Mạc", "Cuông Nà", "Khuổi Thàn", "Nà Đò", "Lùng Ác", "Bó Ngán", "Kem Thượng"),
    "02965": ("Nà Cóc", "Bản Mười", "Cốc Ly", "Khuổi Ngoa", "Dương Hạ", "Mỏ Đá", "Pắc Pó"),
    "02968": ("Vài Siêu", "Bản Vài", "Khuổi Vèng", "Thèn Thượng", "Nậm Mạ", "Mai Đào", "Bản Thọc", "Làng Nạc"),
    "02971": ("Kim Quang", "Kim Thành", "Cao Sơn", "Bản Bông", "Tân Văn", "Nhai Tẻn", "Nhai Thổ", "Mông Hạ", "Bảo Ân"),
    "02974": ("Cam 1", "Cam 2", "Cam 3", "Cọn 1", "Cọn 2", "Tân Thành", "Bỗng Buôn", "Lỵ Cam"),
    "02977": ("Bon 1", "Bon 2", "Mai Tân", "Minh Hải", "Phúc Tân", "Làng Mới"),
    "02980": 8,
    "02983": ("Việt Hồng", "Việt Hải", "Già Hạ", "Già Thượng", "Cóc Khiểng", "Hàm Rồng"),
    "02986": ("Mạ 1", "Mạ 2", "Bát Mai", "Chom Yên", "Lự Yên", "Sơn Hải"),
    "02989": ("Bảo Vinh", "Liên Hà 1", "Liên Hà 2", "Liên Hà 3", "Tắp Mới", "Bùn Hạ", "Bùn Thượng", "Khoai Mới",
              "Lâm Sản", "Lúc Thượng", "Hà Tiên", "Bông Mới"),
    "02992": ("Sài 1", "Sài 2", "Phia Mạ", "Chiềng Lương", "5A", "5B", "Vuộc Nà"),
    "02998": ("Phúc Long", "Trõ Phúc", "Làng Chang", "Đồng Mòng", "Bản Trì", "Lỵ Khánh", "Đầm Rụng", "Nà Phát"),
}  # fmt: skip
URBAN = "02947"

# Merged thôn: the two old ones ended, the new one began (a thôn list has dates of its own).
MERGED_HAMLETS = {"02977": ("Làng Cũ 1", "Làng Cũ 2", "Làng Mới")}
_MERGER_DAY = date(2023, 1, 1)


def hamlet_code(commune: str, number: int) -> str:
    return f"T-{commune}-{number:02d}"


def hamlet_names(commune: str) -> list[str]:
    """Names of the thôn, tổ dân phố valid in 2023-Q3, in order."""
    names = HAMLETS[commune]
    if commune == URBAN:
        assert isinstance(names, int)
        return [f"Tổ dân phố số {n}" for n in range(1, names + 1)]
    if isinstance(names, int):
        return [f"Thôn {n}" for n in range(1, names + 1)]
    return [name if name.startswith("Bản ") else f"Thôn {name}" for name in names]


def hamlet_rows(communes: Iterable[tuple[str, str]]) -> Rows:
    """Rows of sheet ``Thôn``; ``communes``: (ma_hanh_chinh, ma_don_vi) of the 17."""
    rows: Rows = []
    for commune, unit in communes:
        kind = "Tổ dân phố" if commune == URBAN else "Thôn"
        names = hamlet_names(commune)
        gone = MERGED_HAMLETS.get(commune, ())
        for number, name in enumerate(names, 1):
            since = _MERGER_DAY if gone and name.endswith(gone[-1]) else None
            rows.append(_hamlet(commune, number, name, kind, unit, since, LAST_DAY))
        for number, name in enumerate(gone[:-1], len(names) + 1):
            last = date(_MERGER_DAY.year - 1, 12, 31)
            rows.append(_hamlet(commune, number, f"Thôn {name}", kind, unit, None, last))
    return rows


def _hamlet(
    commune: str, number: int, name: str, kind: str, unit: str, since: date | None, until: date
) -> dict[str, object]:
    return {
        "ma_thon": hamlet_code(commune, number),
        "ten": name,
        "loai": kind,
        "ma_don_vi": unit,
        "tu_ngay": since,
        "den_ngay": until,
        "ghi_chu": NOTE,
    }


def body_rows(bodies: Iterable[Body] = BODIES) -> Rows:
    """Rows of sheet ``Đơn vị`` for the illustrative bodies."""
    return [
        {
            "ma_don_vi": body.code,
            "ten": body.name,
            "ten_khac": body.aliases or None,
            "loai": body.kind,
            "nhom": body.group,
            "la_co_quan": body.agency,
            "den_ngay": LAST_DAY,
            "email": email(body.code),
            "dien_thoai": phone(number),
            "ghi_chu": NOTE,
        }
        for number, body in enumerate(bodies, 101)
    ]


def email(code: str) -> str:
    """An address under a domain that is reserved for examples."""
    plain = code.lower()
    return f"{plain}@vi-du.example"


def phone(number: int) -> str:
    """A number that no network gives out, with the zero that must not get lost."""
    return f"0000 000 {number:03d}"


SIGNERS: Rows = [
    {
        "van_ban": "bao_cao_quy",
        "tu_ngay": None,
        "den_ngay": LAST_DAY,
        "quyen_han": None,
        "chuc_vu": "TRƯỞNG BAN",
        "ho_ten": None,
    }
]
INDICES: Rows = [
    {
        "ma": "MT5.8",
        "nam": 2023,
        "gia_tri": 83.11,
        "nguon": "SIPAS năm 2023, tỉnh Lào Cai công bố (mức hài lòng của người dân ở huyện Bảo Yên)",
    }
]
