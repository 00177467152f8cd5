"""What every unit of the sample district writes in its form for 2023-Q3: right content, before a mistake is sown.

Everything is drawn from ``random.Random`` seeded by the unit's code, so that the same unit always writes the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from models_text import AGENCY, COMMUNE, CULTURE, ECONOMY, POLITICS, SECURITY, ModelText

SEED = "dan-van-kheo-2023-Q3"
FIRST, LAST = date(2023, 7, 1), date(2023, 9, 30)
CUT_OFF = date(2023, 9, 1)
YEAR = 2023
HIGH, FAIR, MIDDLE, LOW = "Hiệu quả cao", "Hiệu quả khá", "Trung bình", "Chưa hiệu quả"
REPLICATE = "Nhân rộng"

RowValues = dict[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as its own clerk knows it."""

    code: str
    name: str
    kind: str
    short: str
    """As it is written inside a sentence: “xã Tân Tiến”, “Phòng Nội vụ”."""
    hamlets: tuple[tuple[str, str], ...] = ()
    """(code, name) of its thôn."""

    @property
    def commune(self) -> bool:
        return self.kind in ("DB_XA", "DB_TT")


@dataclass
class Report:
    """Content of one form. ``values``: key/value sheets; ``rows``: table sheets."""

    place: Place
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    rows: dict[str, list[RowValues]] = field(default_factory=dict)

    def add(self, sheet: str, **row: object) -> None:
        self.rows.setdefault(sheet, []).append(dict(row))


# --- the look of a commune, set by hand so that verdicts differ ------------------------------------------------------

MODELS = {"02947": 7, "02950": 5, "02953": 8, "02956": 6, "02959": 6, "02962": 7, "02965": 5, "02968": 7, "02971": 8,
          "02974": 6, "02977": 4, "02980": 7, "02983": 4, "02986": 5, "02989": 9, "02992": 6, "02998": 6}  # fmt: skip
UNCOVERED = {"02956": 2, "02962": 1, "02974": 1, "02989": 3}
"""Thôn without a model."""
NO_RURAL_HIGH = ("02956", "02965", "02974")
"""Communes whose models of xây dựng nông thôn mới are not (yet) of the highest class."""
UNREVIEWED = {"02953": 1, "02968": 2, "02989": 1, "CB-SN-VH": 1}
"""Active models not reviewed this year."""
SURVEYED = ("02947", "02950", "02953", "02959", "02968", "02971", "02980", "02983", "02989", "PB-NV", "PB-TP", "PB-TNMT", "LLVT-CA")  # fmt: skip
WITHOUT_PLAN = ("CB-CQ-THA", "CB-DN-DL")
OLD_PLAN = ("CB-SN-DVNN",)
"""Plan of an earlier year that the unit does not call valid."""
NOT_SPREAD = ("CB-CQ-VKS",)
"""No conference in the quarter."""
NIL_UNIT = "CB-DN-MT"
AGENCY_MODELS = {"DB-CQ-HU": 0, "DB-CQ-MTDT": 0, "CB-CQ-THA": 0, "CQ-BTC": 0, "DB-CQ-UBND": 1, NIL_UNIT: 0}
"""Others have one or two."""

NEWS = {"CQ-BTG": 9, "CB-SN-VH": 14, "PB-VHTT": 6, "CQ-BDV": 7, "02989": 3, "CQ-BTC": 0, "CQ-UBKT": 0, "CB-CQ-NN": 1, "DB-SN-NT": 1}  # fmt: skip
"""Tin, bài of those who write regularly, and of those who have to have some."""
_CHANNELS = ("Cổng thông tin điện tử huyện", "Mạng xã hội", "Bản tin nội bộ", "Đài Truyền thanh - Truyền hình",
             "Báo Lào Cai", "Bản tin Ban Dân vận tỉnh", "Khác")  # fmt: skip

_FAMILY = ("Hoàng", "Lục", "Nông", "Triệu", "Bàn", "Đặng", "Lý", "Vàng", "Giàng", "Ma", "Nguyễn", "Trần", "Lương", "Phùng")  # fmt: skip
_MALE = ("Văn Tòng", "Văn Páo", "Văn Khoàn", "Seo Chứ", "Tiến Lành", "Văn Thích", "Quang Đàm", "Văn Quấy", "Đức Sềnh")
_FEMALE = ("Thị Mẩy", "Thị Pham", "Thị Dở", "Thị Nhói", "Thị Ích", "Thị Lả", "Thị Sao Mai", "Thị Chẩy", "Thị Ỏn")
_ETHNIC = ("Tày", "Dao", "Mông", "Nùng", "Kinh", "Giáy", "Phù Lá")


class Writer:
    """Writes the form of one unit."""

    def __init__(self, place: Place, others: Sequence[Place]) -> None:
        self.place = place
        self.others = [other for other in others if other.code != place.code]
        self.rng = random.Random(f"{SEED}:{place.code}")
        self.report = Report(place)
        self.key = place.code.rsplit("-", 1)[-1] if place.commune else place.code

    # --- small things ------------------------------------------------------------------------------------------

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def tenth(self, low: float, high: float) -> Decimal:
        return Decimal(round(self.rng.uniform(low, high) * 10)) / 10

    def person(self, female: bool) -> str:
        return f"{self.rng.choice(_FAMILY)} {self.rng.choice(_FEMALE if female else _MALE)}"

    def code(self, number: int) -> str:
        return f"MH-{self.place.code}-{number:03d}"

    def doer(self) -> str:
        return f"Khối dân vận {self.place.short}" if self.place.commune else capital(self.place.short)

    # --- the form ----------------------------------------------------------------------------------------------

    def write(self, given: Mapping[str, str]) -> Report:
        """``given``: sheet -> duty, as the rule book says for this kind of unit."""
        self.cover()
        self.plan_and_spread()
        if self.place.code == NIL_UNIT:
            self.report.values["BIA"] |= {"loai_bao_cao": "Không phát sinh", "khong_phat_sinh_b2": True}
            return self.report
        self.models()
        self.reviews()
        self.replications()
        for sheet, write in (
            ("B4", self.gaps),
            ("B4b", self.hamlet_changes),
            ("B5", self.classes),
            ("B6", self.news),
            ("B7", self.inspections),
            ("B8", self.surveys),
            ("B9a", self.recognitions),
            ("B9b", self.proposals),
            ("B10", self.money),
        ):
            if sheet in given:
                write()
        self.assessment()
        for sheet, duty in given.items():
            if duty == "den_han" and sheet not in ("BIA", "B1", "B4", "B11") and not self.report.rows.get(sheet):
                self.report.values["BIA"][f"khong_phat_sinh_{sheet.lower()}"] = True
        return self.report

    def cover(self) -> None:
        rng = self.rng
        signed = date(2023, 9, 30) + timedelta(days=rng.randint(0, 5))
        symbol = "BC/ĐU" if self.place.kind.startswith("DB") or self.place.kind == "LLVT" else "BC/CB"
        if self.place.kind in ("DT", "PB", "BXD"):
            symbol = "BC"
        post = "Phó Bí thư Đảng ủy" if "ĐU" in symbol else "Bí thư Chi bộ" if "CB" in symbol else "Thủ trưởng cơ quan"
        self.report.values["BIA"] = {
            "loai_bao_cao": "Chính thức",
            "nguoi_lap": self.person(rng.random() < 0.6),
            "dien_thoai": f"0000 000 {rng.randint(200, 999)}",
            "nguoi_ky": self.person(rng.random() < 0.3),
            "chuc_vu_ky": post,
            "ngay_ky": signed,
            "so_van_ban": f"{rng.randint(20, 180)}-{symbol}" if rng.random() < 0.8 else None,
            "ban_ky": rng.random() < 0.5,
        }

    def plan_and_spread(self) -> None:
        rng, place = self.rng, self.place
        party = place.kind not in ("DT", "PB", "BXD")
        branches = len(place.hamlets) + rng.randint(4, 6) if place.commune else 0
        if place.kind in ("DB_CQ", "DB_SN", "DB_DN", "LLVT"):
            branches = rng.randint(4, 11)
        members = 0
        if party:
            members = rng.randint(190, 420) if place.commune else rng.randint(60, 160) if branches else rng.randint(9, 34)
        told = members if rng.random() < 0.7 else max(0, members - rng.randint(1, max(1, members // 12)))
        nil = place.code == NIL_UNIT
        spread = 0 if place.code in NOT_SPREAD else rng.randint(1, 3) + (2 if place.commune else 0)
        talks = rng.randint(6, 20) if place.commune else rng.randint(1, 3)
        self.report.values["B1"] = {
            **self._plan(),
            "tong_so_chi_bo": branches,
            "so_chi_bo_da_trien_khai": branches if rng.random() < 0.75 else max(0, branches - rng.randint(1, 2)),
            "tong_so_dang_vien": members,
            "so_dang_vien_duoc_pho_bien": told if party else 0,
            "so_hoi_nghi_pho_bien": None if nil else spread,
            "so_luot_dang_vien": None if nil else min(members, told) * min(spread, 1),
            "so_cuoc_tuyen_truyen": None if nil else talks,
            "so_luot_nhan_dan": None if nil else talks * rng.randint(28, 55),
            "so_chuyen_muc": 1 if place.code in ("CB-SN-VH", "CQ-BTG", "PB-VHTT") or rng.random() < 0.15 else 0,
        }

    def _plan(self) -> RowValues:
        rng, kind = self.rng, self.place.kind
        if self.place.code in WITHOUT_PLAN:
            return {}
        body = "ĐU" if kind.startswith("DB") or kind == "LLVT" else "CB"
        if kind in ("DT", "PB", "BXD"):
            body = {"DT": "BTV", "PB": "CQ", "BXD": "CQ"}[kind]
        symbol = f"{rng.randint(3, 90):02d}-KH/{body}"
        if self.place.code in OLD_PLAN:
            return {"so_ke_hoach": symbol, "ngay_ke_hoach": date(2022, 5, rng.randint(5, 28))}
        if rng.random() < 0.2:
            day = date(2022, rng.randint(5, 8), rng.randint(3, 28))
            return {"so_ke_hoach": symbol, "ngay_ke_hoach": day, "ke_hoach_con_hieu_luc": True}
        return {"so_ke_hoach": symbol, "ngay_ke_hoach": date(YEAR, rng.randint(1, 4), rng.randint(3, 28))}

    # --- B2 ----------------------------------------------------------------------------------------------------

    def models(self) -> None:
        texts = self._commune_texts() if self.place.commune else self._agency_texts()
        places = list(self._places(len(texts)))
        for number, (text, (where, hamlets)) in enumerate(zip(texts, places, strict=True), 1):
            self.report.rows.setdefault("B2", []).append(self._model(number, len(texts), text, where, hamlets))
        self._ended()

    def _commune_texts(self) -> list[ModelText]:
        count = MODELS[self.key]
        fields = [ECONOMY, CULTURE, SECURITY, CULTURE, ECONOMY, CULTURE, ECONOMY, SECURITY, ECONOMY][:count]
        if self.key in ("02947", "02953", "02962", "02971", "02980", "02989"):
            fields[-1] = POLITICS
        used: list[ModelText] = []
        for name in fields:
            choices = [text for text in COMMUNE if text.field == name and text not in used]
            if not any(text.rural for text in used):
                choices = [text for text in choices if text.rural] or choices
            used.append(self.rng.choice(choices))
        return used

    def _agency_texts(self) -> list[ModelText]:
        code, kind = self.place.code, self.place.kind
        count = AGENCY_MODELS.get(code, 1 if self.rng.random() < 0.65 else 2)
        named = {text.name.split(" - ")[0].replace("{noi} ", "").split(" của")[0]: text for text in AGENCY}
        office, sponsor = named["Nụ cười công sở"], named["đỡ đầu thôn khó khăn"]
        first = {
            "DT": named["Giúp hội viên phát triển kinh tế"],
            "LLVT": named["Khu dân cư không có tội phạm, tệ nạn"],
            "PB": named["Giải quyết thủ tục không chờ, không hẹn"],
            "BXD": named["chung sức xây dựng nông thôn mới"],
            "DB_DN": named["Đối thoại với người lao động, người dân"],
            "CB_DN": named["Đối thoại với người lao động, người dân"],
        }.get(kind)
        by_code = {
            "DB-SN-BV": named["Bữa cơm yêu thương"],
            "CB-CQ-TAND": named["Tuyên truyền pháp luật lưu động bằng tiếng dân tộc"],
            "PB-TP": named["Tuyên truyền pháp luật lưu động bằng tiếng dân tộc"],
            "CB-CQ-BHXH": office,
            "DB-CQ-UBND": office,
            "DB-SN-NT": named["Bữa cơm yêu thương"],
        }
        rest = [sponsor, named["Tủ sách, góc học tập cho học sinh vùng cao"], named["chung sức xây dựng nông thôn mới"]]
        chosen = by_code.get(code) or first or self.rng.choice(rest)
        more = [text for text in rest if text is not chosen]
        return [chosen, self.rng.choice(more)][:count]

    def _places(self, count: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """(words for the model's name, its thôn) for each model; together they cover all thôn but the gaps."""
        if not self.place.commune:
            yield from ((self.place.short, []) for _ in range(count))
            return
        hamlets = list(self.place.hamlets)
        self.rng.shuffle(hamlets)
        covered = hamlets[: len(hamlets) - UNCOVERED.get(self.key, 0)]
        for number in range(count):
            mine = covered[number::count] or [self.rng.choice(covered)]
            yield lower(mine[0][1]), mine

    def _model(self, number: int, count: int, text: ModelText, where: str, hamlets: list[tuple[str, str]]) -> RowValues:
        rng = self.rng
        new = number == count and number > 1 and rng.random() < 0.7
        begun = self._registered(number, new)
        female = "Bà {nguoi}" in text.name
        said = {"noi": where, "nguoi": self.person(female)}
        urban = self.place.kind == "DB_TT"
        households = rng.randint(18, 160) if self.place.commune else rng.randint(5, 40)
        row: RowValues = {
            "ma_mo_hinh": self.code(number),
            "ten": capital(text.name.format(**said)),
            "loai": "Cá nhân" if text.person else "Tập thể",
            "linh_vuc": text.field,
            "co_ntm": True if text.rural and self.place.kind == "DB_XA" else None,
            "co_dtvm": True if text.rural and urban else None,
            "co_cchc": True if text.reform else None,
            "co_dtts": True if self.place.commune and not urban and rng.random() < 0.6 else None,
            "cap": rng.choices(("Cơ sở", "Huyện", "Tỉnh"), (80, 17, 3))[0],
            "ma_thon": self._hamlet_text(hamlets),
            "chu_the": capital(text.by.format(**said)),
            "ly_do": text.why,
            "muc_tieu": text.aim,
            "noi_dung": text.how,
            "so_ho": households,
            "so_nguoi": households * rng.randint(3, 5) + rng.randint(0, 3),
            "luc_luong": rng.choice(("Nhân dân góp công, góp tiền", "Hội viên, đoàn viên tự nguyện", "Xã hội hóa")),
            "ngay_dk": begun,
            "ngay_bd": begun + timedelta(days=rng.randint(0, 15)),
            "ket_qua_du_kien": text.product,
            "kha_nang": rng.choices(("Cao", "Trung bình", "Thấp"), (60, 33, 7))[0],
            "mo_hinh_diem": True if number == 1 and rng.random() < 0.5 else None,
            "trang_thai": "Duy trì" if begun < date(2022, 10, 1) else "Đang thực hiện",
        }
        if row["ngay_bd"] > LAST:  # type: ignore[operator]
            row["ngay_bd"] = begun
        if begun.year < 2022:
            # Registered before the plan: the old paper knew less.
            row |= {"ly_do": None, "muc_tieu": None, "noi_dung": None, "luc_luong": None}
        return row

    def _registered(self, number: int, new: bool) -> date:
        if new:
            return self.day(date(2023, 7, 4), date(2023, 9, 22))
        if number == 1 and self.rng.random() < 0.25:
            return self.day(date(2019, 3, 1), date(2021, 11, 30))
        return self.day(date(2022, 4, 20), date(2023, 5, 30))

    def _hamlet_text(self, hamlets: list[tuple[str, str]]) -> str | None:
        if not hamlets:
            return None
        if len(hamlets) == len(self.place.hamlets):
            return "Tất cả"
        by_name = self.rng.random() < 0.4
        return "; ".join(name if by_name else code for code, name in hamlets)

    def _ended(self) -> None:
        """A few models that stopped, rest, are merged or only registered: always ones that cover no thôn alone."""
        rows = self.report.rows.get("B2", [])
        number = len(rows) + 1
        kinds = {
            "02947": ("Tạm dừng", "Chờ sắp xếp lại tổ dân phố"),
            "02953": ("Dừng", "Đã hoàn thành mục tiêu"),
            "02968": ("Sáp nhập", "Cùng nội dung, cùng địa bàn với mô hình khác"),
            "02989": ("Dừng", "Người đứng đầu chuyển nơi ở"),
            "02998": ("Đăng ký", ""),
            "DT-HPN": ("Tạm dừng", "Chờ bố trí kinh phí"),
            "CB-SN-THPT1": ("Đăng ký", ""),
        }
        if self.key not in kinds:
            return
        state, why = kinds[self.key]
        hamlets = [self.rng.choice(self.place.hamlets)] if self.place.commune else []
        where = lower(hamlets[0][1]) if hamlets else self.place.short
        taken = {str(row["ten"]) for row in rows}
        pool = COMMUNE if self.place.commune else AGENCY
        text = next(t for t in pool if not t.person and capital(t.name.format(noi=where)) not in taken)
        row = self._model(number, number + 1, text, where, hamlets)
        row["trang_thai"] = state
        if state == "Đăng ký":
            row |= {"ngay_dk": date(2023, 9, 18), "ngay_bd": None, "mo_hinh_diem": None}
            row |= {"ly_do": text.why, "muc_tieu": text.aim, "noi_dung": text.how}
        else:
            row |= {"ngay_tt": self.day(date(2023, 7, 10), date(2023, 9, 20)), "ly_do_tt": why}
        if state == "Sáp nhập":
            row["sap_nhap_vao"] = rows[0]["ma_mo_hinh"]
        rows.append(row)

    # --- B3, B3b -----------------------------------------------------------------------------------------------

    def active(self) -> list[RowValues]:
        rows = self.report.rows.get("B2", [])
        return [row for row in rows if row["trang_thai"] in ("Đang thực hiện", "Duy trì")]

    def reviews(self) -> None:
        due = [row for row in self.active() if as_day(row["ngay_dk"]) < CUT_OFF]
        skipped = UNREVIEWED.get(self.key, 0)
        rural_done = self.key in NO_RURAL_HIGH
        for row in due[: len(due) - skipped]:
            grade = self.rng.choices((HIGH, FAIR, MIDDLE, LOW), (36, 44, 17, 3))[0]
            if row.get("co_ntm") and self.place.kind == "DB_XA":
                grade = HIGH if not rural_done else FAIR
                rural_done = True
            if not self.place.commune and row is due[0] and self.rng.random() < 0.7:
                grade = HIGH
            self.report.rows.setdefault("B3", []).append(self._review(row, grade))

    def _review(self, model: RowValues, grade: str) -> RowValues:
        rng = self.rng
        text = self._text_of(model)
        first = max(date(2023, 8, 10), as_day(model["ngay_bd"] or model["ngay_dk"]))
        if self.place.commune:
            form = rng.choices(("Đảng ủy đánh giá", "Tự đánh giá", "Ban Dân vận đánh giá"), (60, 30, 10))[0]
        else:
            form = rng.choices(("Tự đánh giá", "Ban Dân vận đánh giá"), (85, 15))[0]
        by = {"Đảng ủy đánh giá": f"Đảng ủy {self.place.short}", "Ban Dân vận đánh giá": "Ban Dân vận Huyện ủy"}
        row: RowValues = {
            "ma_mo_hinh": model["ma_mo_hinh"],
            "ngay_danh_gia": self.day(first, date(2023, 9, 26)),
            "don_vi_danh_gia": by.get(form, self.doer()),
            "hinh_thuc": form,
            "xep_loai": grade,
            "ket_qua": text.result if grade == HIGH or rng.random() < 0.4 else None,
            "kien_nghi": {HIGH: "Duy trì", FAIR: "Duy trì", MIDDLE: "Củng cố", LOW: "Củng cố"}[grade],
        }
        if grade == HIGH and rng.random() < 0.6:
            row["kien_nghi"] = REPLICATE
        gives = text.gives.split()
        if "m2" in gives:
            row["m2_dat"] = rng.randint(12, 190) * 10
        if "cong" in gives:
            row["ngay_cong"] = rng.randint(25, 420)
        if "tien" in gives:
            row["tien_xhh"] = self.tenth(3, 85)
        if "km" in gives:
            row["km_duong"] = self.tenth(0.3, 2.8)
        return row

    def _text_of(self, model: RowValues) -> ModelText:
        pool = COMMUNE if self.place.commune else AGENCY
        return next(text for text in pool if text.product == model["ket_qua_du_kien"])

    def replications(self) -> None:
        models = {row["ma_mo_hinh"]: row for row in self.report.rows.get("B2", [])}
        for review in self.report.rows.get("B3", []):
            if review["kien_nghi"] != REPLICATE:
                continue
            model = models[review["ma_mo_hinh"]]
            for _ in range(self.rng.choices((1, 2), (75, 25))[0]):
                row = self._replication(model)
                if row not in self.report.rows.get("B3b", []):
                    self.report.rows.setdefault("B3b", []).append(row)

    def _replication(self, model: RowValues) -> RowValues:
        rng = self.rng
        row: RowValues = {"ma_mo_hinh": model["ma_mo_hinh"], "ngay_nhan_rong": self.day(date(2023, 7, 5), date(2023, 9, 25))}
        own = self._free_hamlets(model)
        chance = rng.random()
        if self.place.commune and own and chance < 0.45:
            code, name = rng.choice(own)
            return row | {"noi_nhan_rong": self.place.code, "thon_nhan_rong": code if rng.random() < 0.7 else name}
        if chance > 0.95:
            return row | {"noi_nhan_rong": "Xã Bảo Nhai, huyện Bắc Hà", "ghi_chu": "Ngoài huyện"}
        same = [other for other in self.others if other.commune == self.place.commune]
        other = rng.choice(same)
        row["noi_nhan_rong"] = other.code if rng.random() < 0.6 else other.name
        if other.hamlets:
            row["thon_nhan_rong"] = rng.choice(other.hamlets)[0]
        return row

    def _free_hamlets(self, model: RowValues) -> list[tuple[str, str]]:
        """Thôn of the unit that are not the model's."""
        named = {part.strip() for part in str(model["ma_thon"]).split(";")}
        if "Tất cả" in named:
            return []
        return [hamlet for hamlet in self.place.hamlets if not named & set(hamlet)]

    # --- B4, B4b -----------------------------------------------------------------------------------------------

    def gaps(self) -> None:
        covered: set[str] = set()
        for model in self.active():
            named = {part.strip() for part in str(model["ma_thon"]).split(";")}
            covered |= {c for c, n in self.place.hamlets if {c, n} & named or "Tất cả" in named}
        why = ("Thôn mới ổn định tổ chức, đang lựa chọn mô hình", "Chưa có người đứng ra thực hiện", "Đang khảo sát")
        self.report.rows["B4"] = [
            {"ma_thon": code, "ten_thon": name, "ly_do_chua_co": None if code in covered else self.rng.choice(why)}
            for code, name in self.place.hamlets
        ]

    def hamlet_changes(self) -> None:
        if self.key != "02983":
            return
        old, new = self.place.hamlets[2:4], "Thôn Già"
        for code, name in old:
            self.report.add(
                "B4b",
                loai_thay_doi="Sáp nhập",
                ma_thon_cu=code,
                ten_thon_cu=name,
                ten_thon_moi=new,
                so_qd="25/NQ-HĐND",
                ngay_qd=date(2023, 8, 25),
                ngay_hieu_luc=date(2024, 1, 1),
                ghi_chu="Nghị quyết của HĐND tỉnh, minh họa",
            )

    # --- B5 … B8 -----------------------------------------------------------------------------------------------

    def classes(self) -> None:
        rng, place = self.rng, self.place
        if place.code == "CQ-BDV":
            self._class("Bồi dưỡng công tác dân vận cho cấp ủy cơ sở", "Độc lập", "Huyện", "Cấp ủy viên", 96, 2)
            self._class("Tập huấn kỹ năng xây dựng mô hình “Dân vận khéo”", "Độc lập", "Huyện", "Tổ dân vận", 134, 1)
            self._class("Tập huấn công tác Mặt trận, đoàn thể", "Lồng ghép", "Huyện", "Cán bộ Mặt trận, đoàn thể", 88, 1)
        elif place.commune and rng.random() < 0.4:
            self._class("Tập huấn nghiệp vụ dân vận cho tổ dân vận thôn", "Lồng ghép", "Cơ sở", "Tổ dân vận", rng.randint(28, 60), 1)
            if rng.random() < 0.4:
                self._class("Tập huấn kỹ năng xây dựng mô hình “Dân vận khéo”", "Độc lập", "Huyện", "Tổ dân vận", rng.randint(5, 9), 1)
        elif place.kind in ("DT", "CB_SN", "LLVT") and rng.random() < 0.45:
            group = "Cán bộ Mặt trận, đoàn thể" if place.kind == "DT" else "Khác"
            self._class(f"Tập huấn nghiệp vụ của {place.short}", "Lồng ghép", "Huyện", group, rng.randint(30, 90), 2)

    def _class(self, name: str, form: str, level: str, who: str, attended: int, days: int) -> None:
        rng = self.rng
        first = self.day(date(2023, 7, 6), date(2023, 9, 20))
        women = round(attended * rng.uniform(0.3, 0.65))
        self.report.add(
            "B5",
            ten_lop=name,
            chu_de="Cách thức xây dựng, nhân rộng mô hình; kỹ năng vận động Nhân dân",
            hinh_thuc=form,
            cap_to_chuc=level,
            ngay_tu=first,
            ngay_den=first + timedelta(days=days - 1),
            dia_diem="Trung tâm Chính trị huyện" if level == "Huyện" else f"Hội trường {self.place.short}",
            chu_tri="Ban Dân vận Huyện ủy" if level == "Huyện" and self.place.commune else self.doer(),
            doi_tuong=who,
            so_luot=attended,
            trong_do_nu=women,
            trong_do_dtts=round(attended * rng.uniform(0.55, 0.85)) if rng.random() < 0.85 else None,
        )

    def news(self) -> None:
        rng, place = self.rng, self.place
        for number in range(NEWS.get(self.key, rng.choice((0, 1, 2, 3, 3) if place.commune else (0, 0, 1, 1, 2)))):
            title, code = self._subject(number)
            self.report.add(
                "B6",
                ngay=self.day(FIRST, LAST),
                tieu_de=title,
                kenh=rng.choices(_CHANNELS, (26, 24, 14, 16, 6, 7, 7))[0],
                loai=rng.choices(("Tin", "Bài", "Phóng sự", "Ảnh"), (55, 28, 9, 8))[0],
                tac_gia=capital(place.short),
                ma_mo_hinh=code,
                lien_ket=f"https://vi-du.example/dvk/{place.code.lower()}-{number + 1}" if rng.random() < 0.4 else None,
                so_luong=1 if rng.random() < 0.3 else None,
            )
        if place.commune and rng.random() < 0.75:
            self.report.add(
                "B6",
                ngay=self.day(date(2023, 9, 15), LAST),
                tieu_de="Tuyên truyền về Phong trào “Dân vận khéo” trên loa truyền thanh cơ sở",
                kenh="Loa truyền thanh cơ sở",
                loai="Tin",
                tac_gia=f"Ban biên tập truyền thanh {place.short}",
                so_luong=rng.randint(8, 36),
            )

    def _subject(self, number: int) -> tuple[str, object]:
        """Headline and, where it is about one model, its code; the media write about the models of others."""
        rng = self.rng
        own = self.active()
        if self.key in NEWS and not self.place.commune:
            other = rng.choice([other for other in self.others if other.commune])
            title = rng.choice(("{0}: nói đi đôi với làm", "Cách làm hay ở {0}", "Ghi nhận từ {0}")).format(other.short)
            code = f"MH-{other.code}-{rng.randint(1, 3):03d}" if rng.random() < 0.6 else None
            return f"{capital(title)} (kỳ {number + 1})", code
        if own and rng.random() < 0.7:
            model = rng.choice(own)
            title = rng.choice(("Hiệu quả từ mô hình “{0}”", "Ghi nhận ở mô hình “{0}”")).format(model["ten"])
            return title + (f" (bài {number + 1})" if number else ""), model["ma_mo_hinh"]
        return f"{capital(self.place.short)} lan tỏa Phong trào “Dân vận khéo”" + (f" (bài {number + 1})" if number else ""), None

    def inspections(self) -> None:
        rng, place = self.rng, self.place
        if place.code == "CQ-BDV":
            for number, other in enumerate(rng.sample([o for o in self.others if o.commune], 4)):
                self._inspection("Ban Dân vận Huyện ủy", f"{41 + number}-KH/BDV", other.code if number % 2 else other.name)
        elif place.commune and rng.random() < 0.55:
            for name in rng.sample([name for _, name in place.hamlets], rng.randint(1, 3)):
                self._inspection("Đảng ủy xã, thị trấn", f"{rng.randint(12, 60)}-QĐ/ĐU", f"Chi bộ {lower(name)}")
        elif place.code in ("DT-MTTQ", "LLVT-CA", "DB-SN-YT"):
            other = rng.choice([o for o in self.others if o.commune])
            self._inspection("Khác", f"{rng.randint(12, 60)}-KH/CQ", other.name)

    def _inspection(self, level: str, symbol: str, whom: str) -> None:
        rng = self.rng
        asked = rng.randint(0, 5)
        day = self.day(date(2023, 7, 10), date(2023, 9, 25))
        by = self.place.short if self.place.kind != "BXD" else "Ban Dân vận Huyện ủy"
        self.report.add(
            "B7",
            so_van_ban=symbol,
            ngay=day,
            chu_tri=f"Đảng ủy {by}" if level == "Đảng ủy xã, thị trấn" else capital(by),
            cap=level,
            hinh_thuc=rng.choice(("Kiểm tra", "Giám sát", "Khảo sát")),
            don_vi_duoc_kt=whom,
            ket_qua="Cơ bản làm đúng kế hoạch; hồ sơ theo dõi mô hình còn thiếu" if asked else "Làm đúng kế hoạch",
            so_kien_nghi=asked,
            so_da_khac_phuc=rng.randint(0, asked),
            han_khac_phuc=day + timedelta(days=60) if asked else None,
        )

    def surveys(self) -> None:
        if self.key not in SURVEYED:
            return
        rng, place = self.rng, self.place
        body = f"UBND {place.short}" if place.commune else capital(place.short)
        groups = ("Người dân", "Tổ chức") if rng.random() < 0.5 or not place.commune else ("Người dân",)
        last = self.day(date(2023, 8, 20), date(2023, 9, 28))
        for group in groups:
            sent = rng.randint(60, 150) if group == "Người dân" else rng.randint(34, 45)
            back = sent - rng.randint(0, 4)
            valid = back - rng.randint(0, 3)
            row: RowValues = {
                "dot": "Đợt 2 năm 2023",
                "tu_ngay": last - timedelta(days=rng.randint(5, 20)),
                "den_ngay": last,
                "co_quan": body,
                "linh_vuc_tthc": rng.choice(("Hộ tịch, chứng thực", "Đất đai", "Bảo trợ xã hội", "Cư trú, căn cước")),
                "doi_tuong": group,
                "hinh_thuc": rng.choice(("Phiếu giấy", "Trực tuyến", "Phỏng vấn")),
                "phieu_phat": sent,
                "phieu_thu": back,
                "phieu_hop_le": valid,
            }
            for facet, share in (("tt", 0.945), ("td", 0.95), ("tg", 0.87), ("cl", 0.915), ("ch", 0.93)):
                if facet == "cl" and self.key == "02983":
                    continue  # quality was not asked
                row |= self._opinions(facet, valid, share + rng.uniform(-0.03, 0.03))
            self.report.rows.setdefault("B8", []).append(row)

    def _opinions(self, facet: str, valid: int, share: float) -> RowValues:
        happy = min(valid - 1, round(valid * share))
        very = round(happy * self.rng.uniform(0.35, 0.6))
        rest = valid - happy
        plain = round(rest * 0.7)
        unhappy = rest - plain
        counts = (very, happy - very, plain, unhappy, 0)
        return {f"{facet}_{key}": n for key, n in zip(("rat_hl", "hl", "bt", "khl", "rat_khl"), counts, strict=True)}

    # --- B9a, B9b, B10, B11 ------------------------------------------------------------------------------------

    def recognitions(self) -> None:
        rng = self.rng
        high = [r for r in self.report.rows.get("B3", []) if r["xep_loai"] == HIGH]
        if not high or rng.random() < 0.65:
            return
        symbol, day = self._decision(), self.day(date(2023, 9, 11), date(2023, 9, 29))
        models = {row["ma_mo_hinh"]: row for row in self.report.rows["B2"]}
        for review in high[:3]:
            model = models[review["ma_mo_hinh"]]
            self.report.add("B9a", **self._recognised(symbol, day, model, "Mô hình"))
            if rng.random() < 0.4:
                self.report.add("B9a", **self._recognised(symbol, day, model, "Điển hình"))

    def _decision(self) -> str:
        body = "ĐU" if self.place.kind.startswith("DB") or self.place.kind == "LLVT" else "CB"
        return f"{self.rng.randint(15, 95)}-QĐ/{body}"

    def _recognised(self, symbol: str, day: date, model: RowValues, result: str) -> RowValues:
        rng = self.rng
        person = model["loai"] == "Cá nhân" or (result == "Điển hình" and rng.random() < 0.5)
        female = rng.random() < 0.5
        name = self.person(female) if person else model["chu_the"]
        row: RowValues = {
            "nam_xet": YEAR,
            "so_qd": symbol,
            "ngay_qd": day,
            "co_quan_qd": self.place.name,
            "ma_mo_hinh": model["ma_mo_hinh"],
            "loai": "Cá nhân" if person else "Tập thể",
            "ten": name,
            "don_vi": self.place.short if person else self.place.name,
            "ket_qua": result,
        }
        if person:
            born = self.day(date(1964, 1, 1), date(1995, 12, 31))
            row |= {"ngay_sinh": born, "gioi_tinh": "Nữ" if female else "Nam", "chuc_vu": self._post()}
        return row

    def _post(self) -> str:
        choices = ("Bí thư chi bộ", "Trưởng thôn", "Chi hội trưởng", "Tổ trưởng tổ dân vận", "Người có uy tín")
        return self.rng.choice(choices if self.place.commune else ("Chuyên viên", "Phó trưởng phòng", "Đoàn viên"))

    def proposals(self) -> None:
        rng = self.rng
        good = [r for r in self.report.rows.get("B3", []) if r["xep_loai"] in (HIGH, FAIR)]
        if not good or rng.random() < 0.35:
            return
        models = {row["ma_mo_hinh"]: row for row in self.report.rows["B2"]}
        ranks: dict[tuple[str, str], int] = {}
        praise, award = "Biểu dương của Ban Thường vụ Huyện ủy", "Giấy khen của Chủ tịch UBND huyện"
        for review in good[: rng.randint(1, 3)]:
            model = models[review["ma_mo_hinh"]]
            form = rng.choice((praise, award))
            group = rng.choices(("Tập thể", "Cá nhân", "Hộ gia đình"), (50, 46, 4 if self.place.commune else 0))[0]
            ranks[form, group] = ranks.get((form, group), 0) + 1
            self.report.add("B9b", **self._proposed(model, form, group, ranks[form, group]))

    def _proposed(self, model: RowValues, form: str, group: str, rank: int) -> RowValues:
        rng, female = self.rng, self.rng.random() < 0.45
        complete = rng.random() < 0.85
        row: RowValues = {
            "phan_loai": group,
            "ten": model["chu_the"] if group == "Tập thể" else self.person(female),
            "don_vi_cong_tac": capital(self.place.short),
            "doi_tuong": "Khác",
            "ma_mo_hinh": model["ma_mo_hinh"],
            "thanh_tich": f"Hai năm liền duy trì tốt mô hình “{model['ten']}”; {lower(self._text_of(model).result)}.",
            "hinh_thuc": form,
            "thu_tu": rank,
            "hs_to_trinh": True,
            "hs_bao_cao": True,
            "hs_bien_ban": complete,
            "hs_xac_nhan": True,
            "dang_xem_xet": False,
        }
        if group == "Tập thể":
            people = rng.randint(5, 40)
            row |= {"so_nguoi": people, "so_nu": rng.randint(0, people)}
        elif group == "Cá nhân":
            worker = "Nông dân" if self.place.commune else "Người trực tiếp lao động, công tác"
            row |= {
                "ong_ba": "Bà" if female else "Ông",
                "gioi_tinh": "Nữ" if female else "Nam",
                "ngay_sinh": self.day(date(1964, 1, 1), date(1995, 12, 31)),
                "dan_toc": rng.choice(_ETHNIC),
                "chuc_vu": self._post(),
                "doi_tuong": rng.choices((worker, "Lãnh đạo, quản lý"), (70, 30))[0],
            }
        else:
            row |= {"ten": f"Hộ {'bà' if female else 'ông'} {row['ten']}", "doi_tuong": "Nông dân"}
        return row

    def money(self) -> None:
        rng, place = self.rng, self.place
        if rng.random() < (0.45 if place.commune else 0.7) and place.code != "CQ-BDV":
            return
        public = "NSNN cấp xã" if place.commune else "NSNN cấp huyện"
        budget = self.tenth(8, 40)
        self.report.add(
            "B10",
            noi_dung="Tuyên truyền, sơ kết Phong trào “Dân vận khéo”",
            nguon=public,
            du_toan=budget,
            thuc_hien=(budget * rng.randint(50, 95) / 100).quantize(Decimal("0.1")),
            chung_tu=f"PC {rng.randint(40, 180)}" if rng.random() < 0.5 else None,
        )
        if place.commune or rng.random() < 0.4:
            self.report.add(
                "B10",
                noi_dung="Vận động ủng hộ xây dựng mô hình",
                nguon="Xã hội hóa",
                thuc_hien=self.tenth(5, 120),
                hien_vat=rng.choice(("Xi măng, cát, đá", "Cây giống", "Bóng đèn, cột điện", None)),
                quy_doi=self.tenth(4, 60) if rng.random() < 0.6 else None,
            )

    def assessment(self) -> None:
        rng = self.rng
        if rng.random() < 0.45 and self.place.code != "CQ-BDV":
            return
        self.report.values["B11"] = {
            "uu_diem": rng.choice(_STRONG).format(noi=self.place.short),
            "ton_tai": rng.choice(_WEAK),
            "nguyen_nhan": rng.choice(_CAUSE),
            "kien_nghi": rng.choice(_ASK) if rng.random() < 0.6 else None,
            "phuong_huong": rng.choice(_NEXT),
        }


_STRONG = (
    "Quý III/2023, cấp ủy {noi} đã lãnh đạo, chỉ đạo rà soát toàn bộ mô hình; Nhân dân đồng thuận hiến đất, góp công, không có đơn thư.",
    "Các mô hình của {noi} được duy trì, gắn với xây dựng nông thôn mới và cải cách hành chính; đảng viên gương mẫu đi trước.",
    "Công tác tuyên truyền của {noi} có đổi mới, dùng tiếng dân tộc và mạng xã hội; một số mô hình được nơi khác đến học tập.",
    "Đã hoàn thành việc đánh giá, xếp loại mô hình trong tháng 9/2023; việc công nhận được làm công khai, đúng quy trình.",
)
_WEAK = (
    "Một số mô hình chưa rõ nét, còn trùng với phong trào của đoàn thể; hồ sơ theo dõi chưa đầy đủ.",
    "Việc nhân rộng mô hình còn chậm; ở thôn vùng cao chưa có cách làm phù hợp.",
    "Tin, bài về mô hình còn ít; số liệu báo cáo có lúc chưa kịp thời.",
)
_CAUSE = (
    "Cán bộ phụ trách kiêm nhiệm, mới thay đổi; kinh phí còn hạn chế.",
    "Địa bàn rộng, giao thông khó khăn, đời sống của một bộ phận Nhân dân còn thiếu thốn.",
    "Một số chi bộ chưa thật sự quan tâm chỉ đạo, kiểm tra.",
)
_ASK = (
    "Đề nghị Ban Dân vận Huyện ủy mở lớp bồi dưỡng kỹ năng xây dựng mô hình cho tổ dân vận.",
    "Đề nghị huyện bố trí kinh phí khen thưởng và nhân rộng mô hình có hiệu quả cao.",
    "Đề nghị sớm có hướng dẫn cụ thể về tiêu chí, thang điểm đánh giá mô hình.",
)
_NEXT = (
    "Trong quý IV/2023, tiếp tục duy trì, nhân rộng mô hình có hiệu quả cao; công bố quyết định công nhận vào dịp 15/10.",
    "Củng cố các mô hình xếp loại trung bình; phấn đấu thôn nào cũng có mô hình; làm tốt việc biểu dương, khen thưởng.",
    "Tăng cường kiểm tra, giám sát; gắn mô hình với chỉ tiêu giảm nghèo và nông thôn mới.",
)


def lower(text: str) -> str:
    """“Thôn Nà Khéo” inside a sentence; “Bản Nà” is a name of its own."""
    return text if text.startswith("Bản ") else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_day(value: object) -> date:
    assert isinstance(value, date)
    return value
