"""A second, slow and plain computation of every figure of any period, written from the definitions alone.

It shares nothing with ``dvk_reports.figures``: it is the other clerk who counts the same forms by hand, so that the two
can be compared. Values are plain Python: str, int or Decimal, date, bool, None for a blank.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product

Quarter = tuple[int, int]
Row = dict[str, object]

PARTY = ["DB_XA", "DB_TT", "DB_CQ", "CB_CQ", "DB_SN", "CB_SN", "DB_DN", "CB_DN", "LLVT"]
ALL = [*PARTY, "DT", "PB", "BXD"]
COMMUNES = ["DB_XA", "DB_TT"]
TRAINERS = ["DB_XA", "DB_TT", "DB_CQ", "CB_CQ", "DB_SN", "CB_SN", "LLVT", "DT", "PB", "BXD"]
INSPECTORS = ["DB_XA", "DB_TT", "DB_CQ", "DB_SN", "LLVT", "DT", "PB", "BXD"]
SURVEYED = ["DB_XA", "DB_TT", "PB", "LLVT"]

ACTIVE = {"Đang thực hiện", "Duy trì"}
ENDED = {"Dừng", "Sáp nhập"}
HIGH = "Hiệu quả cao"
RADIO = "Loa truyền thanh cơ sở"
MET, NOT_MET, OPEN = "Đạt", "Không đạt", "Chưa đủ cơ sở kết luận"

LABELS = {
    "linh_vuc": ["Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Xây dựng hệ thống chính trị"],
    "xep_loai": ["Hiệu quả cao", "Hiệu quả khá", "Trung bình", "Chưa hiệu quả"],
    "hinh_thuc_lop": ["Độc lập", "Lồng ghép"],
    "doi_tuong_lop": [
        "Cấp ủy viên",
        "Cán bộ Mặt trận, đoàn thể",
        "Tổ dân vận",
        "Trưởng thôn, tổ trưởng dân phố",
        "Cán bộ chính quyền",
        "Khác",
    ],
    "kenh": [
        "Bản tin nội bộ",
        "Cổng thông tin điện tử huyện",
        "Bản tin Ban Dân vận tỉnh",
        "Báo Lào Cai",
        "Đài Truyền thanh - Truyền hình",
        "Mạng xã hội",
        "Loa truyền thanh cơ sở",
        "Khác",
    ],
    "loai_tin_bai": ["Tin", "Bài", "Phóng sự", "Ảnh"],
    "cap": ["Cơ sở", "Huyện", "Tỉnh"],
    "loai_mo_hinh": ["Tập thể", "Cá nhân"],
    "trang_thai": ["Đăng ký", "Đang thực hiện", "Duy trì", "Tạm dừng", "Dừng", "Sáp nhập"],
    "cap_kiem_tra": ["Ban Dân vận Huyện ủy", "Đảng ủy xã, thị trấn", "Khác"],
    "hinh_thuc_kiem_tra": ["Kiểm tra", "Giám sát", "Khảo sát"],
    "doi_tuong_khao_sat": ["Người dân", "Tổ chức"],
    "phan_loai_khen": ["Tập thể", "Cá nhân", "Hộ gia đình"],
}

# sheet -> kinds -> quarters in which it is given (duties.csv; B9b only in a year with a round)
GIVEN: dict[str, list[tuple[list[str], set[int]]]] = {
    "B1": [(ALL, {1, 2, 3, 4})],
    "B2": [(ALL, {1, 2, 3, 4})],
    "B3": [(ALL, {1, 2, 3, 4})],
    "B3b": [(ALL, {1, 2, 3, 4})],
    "B5": [(TRAINERS, {1, 2, 3, 4})],
    "B6": [(ALL, {1, 2, 3, 4})],
    "B7": [(INSPECTORS, {1, 2, 3, 4})],
    "B8": [(SURVEYED, {1, 2, 3, 4})],
    "B9a": [(PARTY, {3, 4})],
    "B9b": [(PARTY, {3})],
    "B10": [(ALL, {1, 2, 3, 4})],
}

FACETS = {"MT5.1": "ch", "MT5.2": "tt", "MT5.3": "td", "MT5.4": "tg", "MT5.5": "cl"}
FIVE = ("rat_hl", "hl", "bt", "khl", "rat_khl")

# figure -> who owes it, the sheets it reads, whether of the window of the year
OWED: dict[str, tuple[Sequence[str] | str, str, bool]] = {
    "MT1.1": (PARTY, "B1", False),
    "MT1.2": (PARTY, "B1", True),
    "MT1.3": (PARTY, "B1 B6", True),
    "MT1.4": (PARTY, "B1 B6", True),
    "MT1.5": (PARTY, "B1", False),
    "MT1.6": (PARTY, "B1", False),
    "MT2.1": (COMMUNES, "B2", False),
    "MT2.2": (COMMUNES, "B2", False),
    "MT2.3": (["DB_XA"], "B2 B3", False),
    "MT2.4": (COMMUNES, "B2", False),
    "MT3.1": ("agency", "B1 B2", False),
    "MT3.2": ("agency", "B2 B3", False),
    "MT4.1": (ALL, "B2 B3", True),
    "MT4.2": (ALL, "B2 B3 B3b", False),
    "MT4.3": (ALL, "B3", True),
    **dict.fromkeys(("MT5.1", "MT5.2", "MT5.3", "MT5.4", "MT5.5", "MT5.7"), (SURVEYED, "B8", True)),
    **dict.fromkeys(("NV1.1", "NV1.2", "NV1.3", "NV1.4"), (TRAINERS, "B5", False)),
    **dict.fromkeys(("NV2.1", "NV2.2", "NV2.3"), (ALL, "B6", False)),
    "NV2.4": (ALL, "B1", False),
    **dict.fromkeys((f"NV3.{k}" for k in (1, 2, 3, 4, 5, 7, 8)), (ALL, "B2", False)),
    "NV3.6": (ALL, "B3b B2", False),
    **dict.fromkeys(("NV4.1", "NV4.2", "NV4.3"), (INSPECTORS, "B7", False)),
    **dict.fromkeys(("NV5.1", "NV5.2", "NV5.3"), (PARTY, "B9a", True)),
    "NV5.4": (PARTY, "B9b", True),
    **dict.fromkeys(("KP.1", "KP.2", "KP.3"), (ALL, "B10", False)),
    **dict.fromkeys(("KQ.1", "KQ.2", "KQ.3", "KQ.4"), (ALL, "B3", False)),
    **dict.fromkeys(("TL.1", "TL.2"), (ALL, "", False)),
}
COUNTS_UNITS = {"MT1.1", "MT1.2", "MT1.3", "MT1.4", "MT2.2", "MT2.3", "MT2.4", "MT3.1", "MT3.2", "TL.1", "TL.2"}
"""What counts units cannot be added up again across a merger."""
FLOWS = {
    *("NV1.1", "NV1.2", "NV1.4", "NV2.1", "NV2.2", "NV2.3", "NV3.1", "NV3.6", "NV3.7", "NV4.1", "NV4.2", "NV4.3"),
    *("KP.1", "KP.2", "KP.3", "KQ.1", "KQ.2", "KQ.3", "KQ.4"),
}

REQUIRED = {
    "B1": "tong_so_chi_bo so_chi_bo_da_trien_khai tong_so_dang_vien so_dang_vien_duoc_pho_bien so_hoi_nghi_pho_bien "
    "so_cuoc_tuyen_truyen so_chuyen_muc",
    "B2": "ma_mo_hinh ten loai linh_vuc cap ngay_dk trang_thai",
    "B3": "ma_mo_hinh ngay_danh_gia hinh_thuc xep_loai",
    "B3b": "ma_mo_hinh noi_nhan_rong ngay_nhan_rong",
    "B5": "ten_lop hinh_thuc cap_to_chuc ngay_tu ngay_den doi_tuong so_luot",
    "B6": "ngay tieu_de kenh loai",
    "B7": "ngay chu_tri cap hinh_thuc don_vi_duoc_kt",
    "B8": "dot tu_ngay den_ngay co_quan doi_tuong hinh_thuc phieu_phat phieu_thu phieu_hop_le",
    "B9a": "nam_xet so_qd ngay_qd loai ten don_vi ket_qua",
    "B9b": "phan_loai ten don_vi_cong_tac doi_tuong ma_mo_hinh thanh_tich hinh_thuc thu_tu",
    "B10": "noi_dung nguon thuc_hien",
}
SNAPSHOT_B1 = [
    "so_ke_hoach",
    "ngay_ke_hoach",
    "ke_hoach_con_hieu_luc",
    "tong_so_chi_bo",
    "so_chi_bo_da_trien_khai",
    "tong_so_dang_vien",
    "so_dang_vien_duoc_pho_bien",
    "so_chuyen_muc",
]
FLOW_B1 = ["so_hoi_nghi_pho_bien", "so_luot_dang_vien", "so_cuoc_tuyen_truyen", "so_luot_nhan_dan"]


@dataclass
class Body:
    code: str
    kind: str
    name: str = ""
    agency: bool = False
    since: date | None = None
    until: date | None = None
    aliases: tuple[str, ...] = ()

    def valid(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass
class Hamlet:
    code: str
    name: str
    unit: str
    since: date | None = None
    until: date | None = None


@dataclass
class Answer:
    """A used return. Every row carries its Excel row under "#" (0 on B1)."""

    sheets: dict[str, list[Row]]
    nil: bool = False
    tick_b2: bool = False
    stopped: set[tuple[str, int, str]] = field(default_factory=set)
    stopped_sheets: set[str] = field(default_factory=set)


@dataclass
class Sent:
    """What is known of one unit's return in the run's quarter (Tình hình nộp)."""

    unit: str
    state: str = "Đã chấp nhận"
    punctual: str = "Đúng hạn"
    received: date | None = None


@dataclass
class World:
    period: tuple[Quarter, ...]
    """The quarters of the period, none before the plan's first."""
    span: str
    """quarter, 6T, 9T, year or range."""
    units: list[Body]
    returns: dict[Quarter, dict[str, Answer]]
    """Quarters that the workspace holds, the run's own among them."""
    hamlets: list[Hamlet] = field(default_factory=list)
    mergers: list[tuple[str, str]] = field(default_factory=list)
    windows: dict[Quarter, tuple[date, date]] = field(default_factory=dict)
    indices: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    sent: dict[Quarter, list[Sent]] = field(default_factory=dict)
    due: dict[Quarter, date] = field(default_factory=dict)
    as_of: date | None = None
    rounds: frozenset[int] = frozenset({2023, 2025})
    first: Quarter = (2022, 2)
    left: list[Body] = field(default_factory=list)
    """Units whose returns are held and whose row has left the register."""
    read: dict[tuple[str, Quarter], Answer | None] = field(default_factory=dict)
    """Returns with what a nil report carries, once they have been worked out."""

    @property
    def quarter(self) -> Quarter:
        return self.period[-1]


@dataclass
class Flow:
    """What the counted unit-quarters hold, n and N, and whether there is any of them."""

    rows: list[tuple[Body, Quarter, Row]]
    n: int
    N: int
    some: bool

    @property
    def owed(self) -> tuple[int, int, bool]:
        return self.n, self.N, self.some


@dataclass
class Line:
    tu_so: Decimal | None = None
    mau_so: Decimal | None = None
    gia_tri: Decimal | None = None
    thap_nhat: Decimal | None = None
    cao_nhat: Decimal | None = None
    ket_luan: str = ""
    n: int | None = None
    N: int | None = None
    ky_truoc: Decimal | None = None
    cung_ky: Decimal | None = None
    so_cung_ky: Decimal | None = None
    luy_ke: Decimal | None = None


# --- days and words ---


@cache
def first_day(q: Quarter) -> date:
    return date(q[0], 3 * q[1] - 2, 1)


@cache
def last_day(q: Quarter) -> date:
    return (date(q[0] + 1, 1, 1) if q[1] == 4 else date(q[0], 3 * q[1] + 1, 1)) - timedelta(days=1)


@cache
def plain(text: object) -> str:
    """NFC, trim, one space, lower case; the tone is moved to the end of the word so that òa and oà are one."""
    words = []
    for word in unicodedata.normalize("NFC", str(text or "")).lower().split():
        letters = unicodedata.normalize("NFD", word)
        tones = "".join(sorted(c for c in letters if c in "\u0300\u0309\u0303\u0301\u0323"))
        words.append(unicodedata.normalize("NFC", "".join(c for c in letters if c not in tones)) + tones)
    return " ".join(words)


def number(value: object) -> Decimal:
    return Decimal(str(value)) if value is not None else Decimal(0)


class Reference:
    """All figures of one period, of all units or of what ``only`` some of them sent."""

    def __init__(self, world: World, only: set[str] | None = None) -> None:
        self.w = world
        self.only = only
        self.period = world.period
        self.q = world.quarter
        self.year = world.quarter[0]
        self.end = last_day(world.quarter)
        self.body = {u.code: u for u in [*world.units, *world.left]}
        self.today = [u for u in world.units if u.valid(self.end) and (only is None or u.code in only)]
        start = max((self.year, 1), world.first)
        self.window = [q for q in sorted(world.returns) if start <= q <= self.q]
        self.past = [q for q in sorted(world.returns) if world.first <= q <= self.q]
        self.out: dict[tuple[str, str], Line] = {}
        # Asked for by every figure, the same for all of them.
        self.given, self.home, self.stand = cache(self._given), cache(self._home), cache(self._stand)
        self.perimeter, self.senders = cache(self._perimeter), cache(self._senders)

    # --- who ---------------------------------------------------------------------------------------------------

    def _given(self, sheet: str, kind: str, q: Quarter) -> bool:
        if sheet == "B9b" and q[0] not in self.w.rounds:
            return False
        return any(kind in kinds and q[1] in quarters for kinds, quarters in GIVEN[sheet])

    def owers(self, kinds: Sequence[str] | str, sheets: Iterable[str], year: bool = False) -> list[Body]:
        """N: valid on the last day and given, in one quarter of the period (or window), every sheet that is read."""
        quarters = self.window if year else self.period
        return [
            u
            for u in self.today
            if (u.agency if kinds == "agency" else u.kind in kinds)
            and any(all(self.given(s, self.body[c].kind, q) for s in sheets) for c, q in self.pairs(u.code, quarters))
        ]

    def _home(self, code: str, day: date) -> str | None:
        """Where a unit's past has gone by that day: itself, its one heir, the heir's heir; None where there is none."""
        if code in {u.code for u in self.w.left}:
            return None
        if self.body[code].valid(day):
            return code
        heirs = {new for old, new in self.w.mergers if old == code}
        return self.home(heirs.pop(), day) if len(heirs) == 1 else None

    def _stand(self, code: str, q: Quarter) -> list[str]:
        """Who reported then for what is this unit on the period's last day."""
        alive = [u.code for u in self.there(q)] if code in {u.code for u in self.w.left} else []
        alive += [u.code for u in self.w.units if u.valid(last_day(q))]
        return [c for c in alive if (self.home(c, self.end) or c) == code]

    def there(self, q: Quarter) -> list[Body]:
        """Who had to report in a quarter: the units of then, also those whose row is gone since."""
        left = {s.unit for s in self.w.sent.get(q, [])} & {u.code for u in self.w.left}
        found = [u for u in self.w.units if u.valid(last_day(q))] + [u for u in self.w.left if u.code in left]
        return [u for u in found if self.only is None or u.code in self.only]

    def unit_quarters(
        self, kinds: Sequence[str], sheets: Iterable[str], quarters: Iterable[Quarter]
    ) -> list[tuple[str, Quarter]]:
        """The returns that a flow asks for, sent or not: of each quarter's own units that were given every sheet."""
        sheets = list(sheets)
        return [
            (u.code, q)
            for q in quarters
            for u in self.there(q)
            if u.kind in kinds and all(self.given(s, u.kind, q) for s in sheets)
        ]

    def counted_pairs(
        self,
        kinds: Sequence[str],
        columns: Sequence[str],
        quarters: Iterable[Quarter],
        also: Callable[[str, Quarter], bool] | None = None,
    ) -> tuple[list[tuple[str, Quarter]], set[str]]:
        """The unit-quarters that are sound, and the units of today one of whose unit-quarters is not."""
        sheets = {c.split(".")[0] for c in columns}
        good, short = [], set()
        for c, q in self.unit_quarters(kinds, sheets, quarters):
            if self.clean(c, q, columns) and (also is None or also(c, q)):
                good.append((c, q))
            else:
                short.add(self.home(c, self.end) or "")
        return good, short

    def pairs(self, code: str, quarters: Iterable[Quarter]) -> list[tuple[str, Quarter]]:
        return [(c, q) for q in quarters for c in self.stand(code, q)]

    # --- what a return says --------------------------------------------------------------------------------------

    def answer(self, code: str, q: Quarter) -> Answer | None:
        """The return, with what a nil report carries from the unit's last used quarter."""
        if (code, q) not in self.w.read:
            self.w.read[code, q] = self._answer(code, q)
        return self.w.read[code, q]

    def _answer(self, code: str, q: Quarter) -> Answer | None:
        said = self.w.returns.get(q, {}).get(code)
        if said is None or not said.nil:
            return said
        last = self.last_said(code, q)
        full = Answer(dict(said.sheets), True, said.tick_b2, set(said.stopped), set(said.stopped_sheets))
        if "B1" in said.sheets and "B1" not in said.stopped_sheets:
            self._carry_b1(full, said, last)
        if said.sheets.get("B2") == [] and not said.tick_b2 and "B2" not in said.stopped_sheets:
            if last is None or "B2" not in last.sheets or "B2" in last.stopped_sheets:
                full.stopped_sheets.add("B2")
            else:
                gone = [
                    r
                    for r in last.sheets["B2"]
                    if r.get("trang_thai") in ENDED and ("B2", r["#"], "trang_thai") not in last.stopped
                ]
                full.sheets["B2"] = kept = [r for r in last.sheets["B2"] if r not in gone]
                full.stopped |= {s for s in last.stopped if s[0] == "B2"}
                if any(("B2", r["#"], "ma_mo_hinh") in last.stopped for r in gone):  # a doubt about the whole list
                    if kept:
                        full.stopped.add(("B2", kept[0]["#"], "ma_mo_hinh"))  # type: ignore[arg-type]
                    else:
                        full.stopped_sheets.add("B2")
        return full

    def last_said(self, code: str, q: Quarter) -> Answer | None:
        """What the unit, or those that went into it, said in the last quarter that anything of them was used in.

        Several lists of models are one list; what each alone could say, or what one of them did not send, is not known.
        """
        for p in sorted((p for p in self.w.returns if self.w.first <= p < q), reverse=True):
            alive = [u.code for u in self.w.units if u.valid(last_day(p))]
            codes = [c for c in alive if self.home(c, last_day(q)) == code]
            said = [a for c in codes if (a := self.answer(c, p)) is not None]
            if not said:
                continue
            if len(said) < len(codes):
                return None
            return said[0] if len(said) == 1 else _one_list(said)
        return None

    def _carry_b1(self, full: Answer, said: Answer, last: Answer | None) -> None:
        row: Row = dict(said.sheets["B1"][0]) if said.sheets["B1"] else {"#": 0}
        known = last is not None and "B1" in last.sheets and "B1" not in last.stopped_sheets
        for key in SNAPSHOT_B1:
            if row.get(key) is None and ("B1", 0, key) not in said.stopped:
                if known and last is not None and ("B1", 0, key) not in last.stopped:
                    row[key] = last.sheets["B1"][0].get(key) if last.sheets["B1"] else None
                else:
                    full.stopped.add(("B1", 0, key))
        for key in FLOW_B1:
            if row.get(key) is None and ("B1", 0, key) not in said.stopped:
                row[key] = Decimal(0)
        full.sheets["B1"] = [row]

    def rows(self, code: str, q: Quarter, sheet: str) -> list[Row]:
        said = self.answer(code, q)
        if said is None or sheet in said.stopped_sheets or not self.given(sheet, self.body[code].kind, q):
            return []
        return said.sheets.get(sheet, [])

    def shut(self, code: str, q: Quarter, sheet: str) -> bool:
        """The sheet is absent or stopped."""
        said = self.answer(code, q)
        return said is None or sheet not in said.sheets or sheet in said.stopped_sheets

    def bad(self, code: str, q: Quarter, sheet: str, row: Row, key: str) -> bool:
        """Stopped, or required and blank."""
        said = self.answer(code, q)
        assert said is not None
        if (sheet, row.get("#", 0), key) in said.stopped:
            return True
        if row.get(key) is not None:
            return False
        kind = self.body[code].kind
        if sheet == "B2" and key == "ma_thon":
            return kind in COMMUNES
        if sheet == "B2" and key == "ngay_tt":
            return row.get("trang_thai") in {"Tạm dừng", "Dừng", "Sáp nhập"}
        if sheet == "B9a" and key == "ngay_sinh":
            return row.get("loai") == "Cá nhân"
        return key in REQUIRED[sheet].split()

    def clean(self, code: str, q: Quarter, columns: Iterable[str]) -> bool:
        """No read cell of a sheet given in that quarter is doubtful; a sheet not given says nothing."""
        for column in columns:
            sheet, key = column.split(".")
            if not self.given(sheet, self.body[code].kind, q):
                continue
            if self.shut(code, q, sheet) or any(
                self.bad(code, q, sheet, row, key) for row in self.rows(code, q, sheet)
            ):
                return False
        return True

    def b1(self, code: str, q: Quarter, key: str) -> tuple[bool, object]:
        """(known, value) of a cell of B1."""
        if self.shut(code, q, "B1"):
            return False, None
        rows = self.rows(code, q, "B1")
        row = rows[0] if rows else {"#": 0}
        said = self.answer(code, q)
        assert said is not None
        return ("B1", 0, key) not in said.stopped, row.get(key)

    def window_of(self, q: Quarter) -> tuple[date, date]:
        return self.w.windows.get(q, (first_day(q), last_day(q)))

    # --- looking up ------------------------------------------------------------------------------------------------

    def thon(self, unit: str, day: date | None = None) -> list[Hamlet]:
        at = day or self.end
        return [
            h
            for h in self.w.hamlets
            if h.unit == unit and (not h.since or h.since <= at) and (not h.until or at <= h.until)
        ]

    def named_thon(self, unit: str, text: object, day: date | None = None) -> set[str]:
        own = self.thon(unit, day)
        if plain(text) == plain("Tất cả"):
            return {h.code for h in own}
        found: set[str] = set()
        for part in str(text or "").split(";"):
            hits = [h.code for h in own if plain(part) == plain(h.code)] or [
                h.code for h in own if plain(part) == plain(h.name)
            ]
            if len(hits) == 1:
                found.add(hits[0])
        return found

    def resolve(self, text: object, day: date) -> str | None:
        hits = [
            u.code
            for u in self.w.units
            if u.valid(day) and plain(text) in {plain(u.code), plain(u.name), *(plain(a) for a in u.aliases)}
        ]
        return hits[0] if len(hits) == 1 else None

    # --- writing down ------------------------------------------------------------------------------------------------

    def verdict(self, line: Line, target: Decimal | None, m: str, of_year: bool) -> str:
        if target is None or not line.N:
            return ""
        if m == "m2":
            if line.n != line.N or line.gia_tri is None:
                return OPEN
            said = MET if line.gia_tri >= target else NOT_MET
        elif line.thap_nhat is not None and line.cao_nhat is not None:
            said = MET if line.thap_nhat >= target else NOT_MET if line.cao_nhat < target else OPEN
        else:
            short = line.tu_so is not None and line.mau_so is not None and line.tu_so < line.mau_so
            said = NOT_MET if target == 1 and short else OPEN
        return OPEN if said == NOT_MET and of_year and self.q[1] != 4 else said

    def tests(self, ma: str, owers: list[Body], test: Callable[[Body], bool | None], of_year: bool) -> None:
        results = [test(u) for u in owers]
        met, n, N = results.count(True), len([r for r in results if r is not None]), len(owers)
        line = Line(n=n, N=N)
        if N:
            line.tu_so, line.mau_so = Decimal(met), Decimal(n)
            line.gia_tri = Decimal(met) / n if n else None
            line.thap_nhat = Decimal(met) / N
            line.cao_nhat = Decimal(met + N - n) / N
        line.ket_luan = self.verdict(line, Decimal(1), "m1", of_year)
        self.out[ma, ""] = line

    def ratio(self, ma: str, nhom: str, above: Decimal, below: Decimal, n: int, N: int) -> Line:
        line = Line(n=n, N=N)
        if N:
            line.tu_so, line.mau_so = above, below
            line.gia_tri = above / below if below else None
        self.out[ma, nhom] = line
        return line

    def amount(self, ma: str, nhom: str, value: Decimal | int, n: int, N: int, some: bool = False) -> None:
        """A count or a sum; unknown where no unit is in it and no unit-quarter counts (``some``)."""
        known = Decimal(value) if n or some or value else None
        self.out[ma, nhom] = Line(known, None, known, n=n, N=N)

    def lines(self, ma: str, labels: Iterable[str], by: dict[str, Decimal], n: int, N: int, some: bool = False) -> None:
        labels = list(labels)
        known = n or some or any(by.get(label) for label in labels)
        for label in labels:
            value = by.get(label, Decimal(0)) if known else None
            self.out[ma, label] = Line(value, None, value, n=n, N=N)

    # --- all figures ------------------------------------------------------------------------------------------------

    def compute(self) -> dict[tuple[str, str], Line]:
        self.plans()
        self.coverage()
        self.agencies()
        self.reviews()
        self.surveys()
        self.training()
        self.news()
        self.models()
        self.inspections()
        self.recognition()
        self.money()
        self.results()
        self.punctuality()
        return self.out

    # MT1
    def has_plan(self, u: Body) -> bool | None:
        """All ways the doubtful cells may turn out must agree."""
        if self.shut(u.code, self.q, "B1"):
            return None
        other = date(self.year - 1, 6, 1)
        choices: list[Sequence[object]] = []
        for key, ways in (
            ("so_ke_hoach", (None, "x")),
            ("ngay_ke_hoach", (None, self.end, other)),
            ("ke_hoach_con_hieu_luc", (None, True)),
        ):
            known, value = self.b1(u.code, self.q, key)
            choices.append([value] if known else ways)
        found = {_plan(so, ngay, con, self.year) for so, ngay, con in product(*choices)}
        return found.pop() if len(found) == 1 else None

    def over_window(self, u: Body, known_and_sum: Callable[[str, Quarter], tuple[bool, Decimal]]) -> bool | None:
        whole = True
        for code, q in self.pairs(u.code, self.window):
            if self.answer(code, q) is None:
                whole = False
                continue
            known, amount = known_and_sum(code, q)
            if amount >= 1:
                return True
            whole = whole and known
        return False if whole else None

    def spread(self, u: Body) -> bool | None:
        def meetings(code: str, q: Quarter) -> tuple[bool, Decimal]:
            known, value = self.b1(code, q, "so_hoi_nghi_pho_bien")
            return (known and value is not None), number(value) if known else Decimal(0)

        return self.over_window(u, meetings)

    def told(self, u: Body) -> bool | None:
        def talks(code: str, q: Quarter) -> tuple[bool, Decimal]:
            known, value = self.b1(code, q, "so_cuoc_tuyen_truyen")
            total = number(value) if known else Decimal(0)
            known = known and value is not None and self.clean(code, q, ["B6.so_luong", "B6.ngay"])
            for row in self.rows(code, q, "B6"):
                if not any(self.bad(code, q, "B6", row, key) for key in ("so_luong", "ngay")):
                    total += number(1 if row.get("so_luong") is None else row["so_luong"])
            return known, total

        return self.over_window(u, talks)

    def plans(self) -> None:
        owers = self.owers(PARTY, ["B1"])
        year = self.owers(PARTY, ["B1"], year=True)
        with_news = self.owers(PARTY, ["B1", "B6"], year=True)
        self.tests("MT1.1", owers, self.has_plan, False)
        self.tests("MT1.2", year, self.spread, True)
        self.tests("MT1.3", with_news, self.told, True)
        self.tests("MT1.4", with_news, lambda u: all_of([self.has_plan(u), self.spread(u), self.told(u)]), True)
        for ma, part, whole in (
            ("MT1.5", "so_chi_bo_da_trien_khai", "tong_so_chi_bo"),
            ("MT1.6", "so_dang_vien_duoc_pho_bien", "tong_so_dang_vien"),
        ):
            counted = [u for u in owers if self.clean(u.code, self.q, [f"B1.{part}", f"B1.{whole}"])]
            above = sum((number(self.b1(u.code, self.q, part)[1]) for u in counted), Decimal(0))
            below = sum((number(self.b1(u.code, self.q, whole)[1]) for u in counted), Decimal(0))
            line = self.ratio(ma, "", above, below, len(counted), len(owers))
            if ma == "MT1.5":
                self.bounds_if_whole(line)
                line.ket_luan = self.verdict(line, Decimal(1), "m1", False)

    def bounds_if_whole(self, line: Line) -> None:
        if line.N and line.n == line.N:
            line.thap_nhat = line.cao_nhat = line.gia_tri

    # MT2
    def active(self, code: str) -> list[Row]:
        return [r for r in self.rows(code, self.q, "B2") if r.get("trang_thai") in ACTIVE]

    def coverage(self) -> None:
        columns = ["B2.ma_mo_hinh", "B2.ma_thon", "B2.trang_thai"]
        communes = self.owers(COMMUNES, ["B2"])
        counted = [u for u in communes if self.clean(u.code, self.q, columns)]
        covered = {u.code: self.covered(u) for u in counted}
        have = Decimal(sum(len(c) for c in covered.values()))
        of_counted = sum(len(self.thon(u.code)) for u in counted)
        everywhere = sum(len(self.thon(u.code)) for u in communes)
        line = self.ratio("MT2.1", "", have, Decimal(of_counted), len(counted), len(communes))
        if everywhere:
            line.thap_nhat = have / everywhere
            line.cao_nhat = (have + everywhere - of_counted) / everywhere
        line.ket_luan = self.verdict(line, Decimal(1), "m1", False)

        def every_thon(u: Body) -> bool | None:
            if self.shut(u.code, self.q, "B2") or not self.thon(u.code):
                return None
            if self.covered(u) == {h.code for h in self.thon(u.code)}:
                return True
            return False if self.clean(u.code, self.q, columns) else None

        self.tests("MT2.2", communes, every_thon, False)
        self.tests("MT2.3", self.owers(["DB_XA"], ["B2", "B3"]), lambda u: self.has_high(u, ntm=True), True)
        read = ["B2.ma_mo_hinh", "B2.linh_vuc", "B2.trang_thai"]
        told = [u for u in communes if self.clean(u.code, self.q, read)]
        sizes = [len({r["linh_vuc"] for r in self.active(u.code)}) for u in told]
        self.amount("MT2.4", "", sizes.count(4), len(told), len(communes))
        by = {f"{k} lĩnh vực": Decimal(sizes.count(k)) for k in range(5)}
        self.lines("MT2.4", [f"{k} lĩnh vực" for k in (4, 3, 2, 1, 0)], by, len(told), len(communes))

    def covered(self, u: Body) -> set[str]:
        """Thôn named by the active rows in which none of the three cells is doubtful."""
        found: set[str] = set()
        for row in self.active(u.code):
            if not any(self.bad(u.code, self.q, "B2", row, k) for k in ("ma_mo_hinh", "ma_thon", "trang_thai")):
                found |= self.named_thon(u.code, row.get("ma_thon"))
        return found

    # reviews
    def review_rows(self, u: Body, quarters: Iterable[Quarter]) -> list[tuple[str, Quarter, Row]]:
        return self.rows_on_models(u, quarters, "B3")

    def rows_on_models(self, u: Body, quarters: Iterable[Quarter], sheet: str) -> list[tuple[str, Quarter, Row]]:
        """Of the unit's own past; of a unit it is a part of, those on the models that it lists now."""
        quarters = list(quarters)
        found = [
            (c, q, r)
            for c, q in self.pairs(u.code, quarters)
            if self.answer(c, q) is not None
            for r in self.rows(c, q, sheet)
        ]
        listed = {plain(r["ma_mo_hinh"]) for r in self.rows(u.code, self.q, "B2") if r.get("ma_mo_hinh") is not None}
        for c in self.wholes(u.code):
            for q in quarters:
                if self.body[c].valid(last_day(q)):
                    for r in self.rows(c, q, sheet):
                        if self.bad(c, q, sheet, r, "ma_mo_hinh") or plain(r["ma_mo_hinh"]) in listed:
                            found.append((c, q, r))
        return found

    def wholes(self, code: str) -> set[str]:
        """Units of which this one is a part, and what went into them."""
        found: set[str] = set()
        before = {old for old, new in self.w.mergers if new == code}
        while before:
            found |= before
            before = {old for old, new in self.w.mergers if new in before} - found
        return {c for c in found if self.home(c, self.end) != code}

    def given_shut(self, code: str, q: Quarter, sheet: str) -> bool:
        return self.given(sheet, self.body[code].kind, q) and self.shut(code, q, sheet)

    def said_well(self, u: Body, quarters: Iterable[Quarter], sheet: str, keys: Iterable[str]) -> bool:
        keys, quarters = list(keys), list(quarters)
        theirs = [(c, q) for c in self.wholes(u.code) for q in quarters if self.body[c].valid(last_day(q))]
        if any(self.answer(c, q) is not None and self.given_shut(c, q, sheet) for c, q in theirs):
            return False
        return not any(self.bad(c, q, sheet, r, k) for c, q, r in self.rows_on_models(u, quarters, sheet) for k in keys)

    def class_of(self, u: Body, model: object, quarters: Iterable[Quarter]) -> object:
        """Class of the latest review; every read cell is known to be good."""
        best: tuple[tuple[object, ...], object] | None = None
        for _, q, r in self.review_rows(u, quarters):
            if plain(r["ma_mo_hinh"]) == plain(model):
                rank = _rank(q, r)
                if best is None or rank > best[0]:
                    best = (rank, r["xep_loai"])
        return best[1] if best else None

    def surely_high(self, u: Body, model: object) -> bool:
        """The latest review is Hiệu quả cao whatever the doubtful cells turn out to be."""
        sure: list[tuple[tuple[object, ...], object]] = []
        doubtful: list[tuple[Quarter, Row, bool, bool]] = []
        for c, q, r in self.review_rows(u, self.past):
            bad_model, bad_day, bad_class = (
                self.bad(c, q, "B3", r, k) for k in ("ma_mo_hinh", "ngay_danh_gia", "xep_loai")
            )
            if not bad_model and plain(r["ma_mo_hinh"]) != plain(model):
                continue
            if bad_model or bad_day or bad_class:
                doubtful.append((q, r, bad_day, bad_class))
            else:
                sure.append((_rank(q, r), r["xep_loai"]))
        if not sure:
            return False
        rank, label = max(sure, key=lambda pair: pair[0])
        if label != HIGH:
            return False
        for q, r, bad_day, bad_class in doubtful:
            above = bad_day or _rank(q, r) > rank
            if above and (bad_class or r["xep_loai"] != HIGH):
                return False
        return True

    def has_high(self, u: Body, ntm: bool) -> bool | None:
        if self.answer(u.code, self.q) is None:
            return None
        keys = ["ma_mo_hinh", "trang_thai", *(["co_ntm"] if ntm else [])]
        for row in self.active(u.code):
            if any(self.bad(u.code, self.q, "B2", row, k) for k in keys) or (ntm and row.get("co_ntm") is not True):
                continue
            if self.surely_high(u, row["ma_mo_hinh"]):
                return True
        whole = all(self.answer(c, q) is not None for c, q in self.pairs(u.code, self.window))
        read = ["B3.ma_mo_hinh", "B3.ngay_danh_gia", "B3.xep_loai"]
        sound = self.clean(u.code, self.q, [f"B2.{k}" for k in keys]) and all(
            self.clean(c, q, read) for c, q in self.pairs(u.code, self.past) if self.answer(c, q) is not None
        )
        sound = sound and self.said_well(u, self.past, "B3", ["ma_mo_hinh", "ngay_danh_gia", "xep_loai"])
        return False if whole and sound else None

    # MT3
    def agencies(self) -> None:
        listed = {"Đăng ký", "Đang thực hiện", "Duy trì", "Tạm dừng"}

        def works(u: Body) -> bool | None:
            plan = self.has_plan(u) if self.answer(u.code, self.q) is not None else None
            any_model = any(
                r.get("trang_thai") in listed
                and not any(self.bad(u.code, self.q, "B2", r, k) for k in ("ma_mo_hinh", "trang_thai"))
                for r in self.rows(u.code, self.q, "B2")
            )
            if plan or any_model:
                return True
            known = self.clean(u.code, self.q, ["B2.ma_mo_hinh", "B2.trang_thai"])
            return False if plan is False and known else None

        self.tests("MT3.1", self.owers("agency", ["B1", "B2"]), works, False)
        self.tests("MT3.2", self.owers("agency", ["B2", "B3"]), lambda u: self.has_high(u, ntm=False), True)

    # MT4
    def whole(self, u: Body, quarters: Iterable[Quarter], columns: Sequence[str]) -> bool:
        """Every quarter of the window in which a read sheet is given is used, and clean."""
        for c, q in self.pairs(u.code, quarters):
            if any(self.given(col.split(".")[0], self.body[c].kind, q) for col in columns) and not self.clean(
                c, q, columns
            ):
                return False
        return True

    def used_clean(self, u: Body, columns: Sequence[str]) -> bool:
        """Every used return up to now is clean, and none of the window is missing."""
        window = all(self.answer(c, q) is not None for c, q in self.pairs(u.code, self.window))
        return window and self.used_ones_clean(u, columns)

    def used_ones_clean(self, u: Body, columns: Sequence[str]) -> bool:
        return all(self.clean(c, q, columns) for c, q in self.pairs(u.code, self.past) if self.answer(c, q) is not None)

    def ended(self, kinds: Sequence[str], quarters: Sequence[Quarter]) -> list[tuple[Body, list[Quarter]]]:
        """Units that ended in the quarters without a successor, with those they stood in."""
        found = []
        for u in self.w.units:
            own = [q for q in quarters if u.valid(last_day(q))]
            if own and u.kind in kinds and self.home(u.code, self.end) is None:
                found.append((u, own))
        for u in self.w.left:
            own = [q for q in quarters if u in self.there(q)]
            if own and u.kind in kinds:
                found.append((u, own))
        return [(u, own) for u, own in found if self.only is None or u.code in self.only]

    def reviews(self) -> None:
        owers = self.owers(ALL, ["B2", "B3"], year=True)
        b3 = ["B3.ma_mo_hinh", "B3.ngay_danh_gia"]
        newyear = date(self.year, 1, 1)
        above = below = Decimal(0)
        counted = [
            u
            for u in owers
            if self.whole(u, self.window, b3)
            and self.clean(u.code, self.q, ["B2.ma_mo_hinh", "B2.trang_thai", "B2.ngay_dk"])
            and self.said_well(u, self.window, "B3", ["ma_mo_hinh", "ngay_danh_gia"])
        ]
        for u in counted:
            reviewed = {
                plain(r["ma_mo_hinh"]) for _, _, r in self.review_rows(u, self.window) if newyear <= _day(r) <= self.end
            }
            models = [r for r in self.active(u.code) if r["ngay_dk"] < date(self.year, 9, 1)]  # type: ignore[operator]
            below += len(models)
            above += sum(plain(r["ma_mo_hinh"]) in reviewed for r in models)
        self.model_ratio("MT4.1", above, below, len(counted), len(owers))
        self.replicated()
        self.classes()

    def model_ratio(self, ma: str, above: Decimal, below: Decimal, n: int, N: int) -> None:
        line = self.ratio(ma, "", above, below, n, N)
        self.bounds_if_whole(line)
        line.ket_luan = self.verdict(line, Decimal(1), "m1", True)

    def replication(self, code: str, q: Quarter, row: Row, later: list[Row]) -> bool:
        """Another unit, or another thôn of the own unit than those the model had in the same return (else later)."""
        place = self.resolve(row["noi_nhan_rong"], last_day(q))
        if place != code:
            return True
        named = self.named_thon(code, row.get("thon_nhan_rong"), last_day(q))
        for model in [*self.rows(code, q, "B2"), *later]:
            if plain(model["ma_mo_hinh"]) == plain(row["ma_mo_hinh"]):
                return bool(named - self.named_thon(code, model.get("ma_thon"), last_day(q)))
        return False

    def replicated(self) -> None:
        owers = self.owers(ALL, ["B2", "B3", "B3b"])
        read = ["B3.ma_mo_hinh", "B3.ngay_danh_gia", "B3.xep_loai"]
        read += ["B3b.ma_mo_hinh", "B3b.noi_nhan_rong", "B3b.thon_nhan_rong"]
        here = ["B2.ma_mo_hinh", "B2.trang_thai", "B2.ma_thon"]
        counted = [
            u
            for u in owers
            if self.used_clean(u, read)
            and self.clean(u.code, self.q, here)
            and self.said_well(u, self.past, "B3", ["ma_mo_hinh", "ngay_danh_gia", "xep_loai"])
            and self.said_well(u, self.past, "B3b", ["ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong"])
        ]
        above = below = 0
        for u in counted:
            models = self.rows(u.code, self.q, "B2")
            spread = {
                plain(r["ma_mo_hinh"])
                for c, q, r in self.rows_on_models(u, self.past, "B3b")
                if self.replication(c, q, r, models)
            }
            high = [m for m in self.active(u.code) if self.class_of(u, m["ma_mo_hinh"], self.past) == HIGH]
            below += len(high)
            above += sum(plain(m["ma_mo_hinh"]) in spread for m in high)
        self.model_ratio("MT4.2", Decimal(above), Decimal(below), len(counted), len(owers))

    def classes(self) -> None:
        read = ["B3.ma_mo_hinh", "B3.ngay_danh_gia", "B3.xep_loai"]
        owers = self.owers(ALL, ["B3"], year=True)
        counted = [u for u in owers if self.whole(u, self.window, read)]
        newyear = date(self.year, 1, 1)
        pairs = [pair for u in counted for pair in self.pairs(u.code, self.window)]
        for u, own in self.ended(ALL, self.window):
            if all(self.clean(u.code, q, read) for q in own):
                pairs += [(u.code, q) for q in own]
        best: dict[str, tuple[tuple[object, ...], str]] = {}
        for c, q in pairs:
            for r in self.rows(c, q, "B3"):
                if newyear <= _day(r) <= self.end:
                    model, rank = plain(r["ma_mo_hinh"]), _rank(q, r)
                    if model not in best or rank > best[model][0]:
                        best[model] = rank, str(r["xep_loai"])
        by = {label: Decimal(sum(of == label for _, of in best.values())) for label in LABELS["xep_loai"]}
        n, N = len(counted), len(owers)
        self.amount("MT4.3", "", sum(by.values(), Decimal(0)), n, N)
        self.lines("MT4.3", LABELS["xep_loai"], by, n, N)

    # MT5
    def surveys(self) -> None:
        for ma, facet in FACETS.items():
            n, N, above, below = self.pooled(facet, None, [])
            line = self.ratio(ma, "", above, below, n, N)
            line.ket_luan = self.verdict(line, Decimal("0.9"), "m2", True)
        values = []
        for label in LABELS["doi_tuong_khao_sat"]:
            n, N, above, below = self.pooled("ch", label, ["B8.doi_tuong"])
            line = self.ratio("MT5.7", label, above, below, n, N)
            values.append(line.gia_tri)
        gap = values[0] - values[1] if values[0] is not None and values[1] is not None else None
        self.out["MT5.7", ""] = Line(gia_tri=gap, n=n, N=N)
        index = self.w.indices.get(("MT5.8", self.year))
        self.out["MT5.8", ""] = Line(gia_tri=index / 100 if index is not None else None)

    def pooled(self, facet: str, label: str | None, more: list[str]) -> tuple[int, int, Decimal, Decimal]:
        """n, N and the two sums of a facet over the counted unit-quarters of the window."""
        read = [*(f"B8.{facet}_{k}" for k in FIVE), "B8.phieu_hop_le", "B8.den_ngay", *more]

        def adds_up(c: str, q: Quarter) -> bool:
            for r in self.rows(c, q, "B8"):
                filled = [number(r[f"{facet}_{k}"]) for k in FIVE if r.get(f"{facet}_{k}") is not None]
                if filled and (len(filled) < 5 or sum(filled) != r["phieu_hop_le"]):
                    return False
            return True

        owers = self.owers(SURVEYED, ["B8"], year=True)
        pairs, short = self.counted_pairs(SURVEYED, read, self.window, adds_up)
        above = below = Decimal(0)
        for c, q in pairs:
            for r in self.rows(c, q, "B8"):
                if label is None or r["doi_tuong"] == label:
                    five = [number(r.get(f"{facet}_{k}")) for k in FIVE]
                    above += five[0] + five[1]
                    below += sum(five, Decimal(0))
        return len([u for u in owers if u.code not in short]), len(owers), above, below

    # lists
    def flow_rows(
        self,
        kinds: Sequence[str],
        columns: Sequence[str],
        also: Callable[[str, Quarter], bool] | None = None,
        year: bool = False,
    ) -> Flow:
        """Rows of the first column's sheet in every counted unit-quarter of the period (or of the year); n and N.

        A unit is in n when all its unit-quarters are counted, those of its predecessors too.
        """
        sheet = columns[0].split(".")[0]
        owers = self.owers(kinds, {c.split(".")[0] for c in columns}, year)
        pairs, short = self.counted_pairs(kinds, columns, self.window if year else self.period, also)
        rows = [(self.body[c], q, r) for c, q in pairs for r in self.rows(c, q, sheet)]
        return Flow(rows, len([u for u in owers if u.code not in short]), len(owers), bool(pairs))

    def counted_rows(self, kinds: Sequence[str], columns: Sequence[str]) -> tuple[list[tuple[Body, Row]], int, int]:
        """Rows of the last quarter in the first column's sheet of the units that are in n, with n and N."""
        sheet = columns[0].split(".")[0]
        owers = self.owers(kinds, {c.split(".")[0] for c in columns})
        counted = [u for u in owers if self.clean(u.code, self.q, columns)]
        return [(u, r) for u in counted for r in self.rows(u.code, self.q, sheet)], len(counted), len(owers)

    def grouped(
        self, ma: str, rows: list[tuple[Row, Decimal]], key: str, labels: str, n: int, N: int, some: bool = False
    ) -> None:
        by: dict[str, Decimal] = {}
        for row, value in rows:
            by[str(row[key])] = by.get(str(row[key]), Decimal(0)) + value
        self.lines(ma, LABELS[labels], by, n, N, some)

    # NV1
    def classes_held(self, columns: Sequence[str]) -> tuple[list[Row], Flow]:
        flow = self.flow_rows(TRAINERS, columns)
        held = [
            r
            for u, _, r in flow.rows
            if r["cap_to_chuc"] == "Cơ sở" or (r["cap_to_chuc"] == "Huyện" and u.kind not in COMMUNES)
        ]
        return held, flow

    def training(self) -> None:
        rows, flow = self.classes_held(["B5.ngay_tu", "B5.cap_to_chuc", "B5.hinh_thuc"])
        self.amount("NV1.1", "", len(rows), *flow.owed)
        self.grouped("NV1.1", [(r, Decimal(1)) for r in rows], "hinh_thuc", "hinh_thuc_lop", *flow.owed)
        rows, flow = self.classes_held(["B5.ngay_tu", "B5.cap_to_chuc", "B5.so_luot", "B5.doi_tuong"])
        self.amount("NV1.2", "", sum((number(r["so_luot"]) for r in rows), Decimal(0)), *flow.owed)
        self.grouped("NV1.2", [(r, number(r["so_luot"])) for r in rows], "doi_tuong", "doi_tuong_lop", *flow.owed)
        for label, key in (("Nữ", "trong_do_nu"), ("Dân tộc thiểu số", "trong_do_dtts")):
            rows, flow = self.classes_held(["B5.ngay_tu", "B5.cap_to_chuc", "B5.so_luot", f"B5.{key}"])
            filled = [r for r in rows if r.get(key) is not None]
            above = sum((number(r[key]) for r in filled), Decimal(0))
            below = sum((number(r["so_luot"]) for r in filled), Decimal(0))
            self.ratio("NV1.3", label, above, below, flow.n, flow.N)
        _, flow = self.classes_held(["B5.ngay_tu", "B5.cap_to_chuc", "B5.so_luot"])
        self.out["NV1.3", ""] = Line(n=flow.n, N=flow.N)
        rows, flow = self.classes_held(["B5.ngay_tu", "B5.cap_to_chuc"])
        planned = [r for r in rows if r["ngay_tu"].year in (2022, 2023)]  # type: ignore[attr-defined]
        self.amount("NV1.4", "", len(planned), *flow.owed)
        by = {f"Năm {y}": Decimal(sum(r["ngay_tu"].year == y for r in rows)) for y in (2022, 2023)}  # type: ignore[attr-defined]
        by["Ngoài kế hoạch"] = Decimal(len(rows) - len(planned))
        self.lines("NV1.4", by, by, *flow.owed)

    # NV2
    def news(self) -> None:
        def pieces(r: Row) -> Decimal:
            return Decimal(1) if r.get("so_luong") is None else number(r["so_luong"])

        flow = self.flow_rows(ALL, ["B6.ngay", "B6.kenh", "B6.loai", "B6.so_luong"])
        told = [(r, pieces(r)) for _, _, r in flow.rows if r["kenh"] != RADIO]
        self.amount("NV2.1", "", sum((v for _, v in told), Decimal(0)), *flow.owed)
        self.grouped("NV2.1", told, "loai", "loai_tin_bai", *flow.owed)
        flow = self.flow_rows(ALL, ["B6.ngay", "B6.kenh", "B6.so_luong"])
        told = [(r, pieces(r)) for _, _, r in flow.rows]
        self.amount("NV2.2", "", sum((v for _, v in told), Decimal(0)), *flow.owed)
        self.grouped("NV2.2", told, "kenh", "kenh", *flow.owed)
        flow = self.flow_rows(ALL, ["B6.ngay", "B6.ma_mo_hinh"])
        named = {plain(r["ma_mo_hinh"]) for _, _, r in flow.rows if r.get("ma_mo_hinh") is not None}
        self.amount("NV2.3", "", len(named), *flow.owed)
        owers = self.owers(ALL, ["B1"])
        counted = [u for u in owers if self.clean(u.code, self.q, ["B1.so_chuyen_muc"])]
        total = sum((number(self.b1(u.code, self.q, "so_chuyen_muc")[1]) for u in counted), Decimal(0))
        self.amount("NV2.4", "", total, len(counted), len(owers))

    # NV3
    def models(self) -> None:

        def inside(day: object, q: Quarter) -> bool:
            first, last = self.window_of(q)
            return isinstance(day, date) and first <= day <= last

        flow = self.flow_rows(ALL, ["B2.ma_mo_hinh", "B2.ngay_dk"])
        self.amount("NV3.1", "", sum(inside(r["ngay_dk"], q) for _, q, r in flow.rows), *flow.owed)
        base = ["B2.ma_mo_hinh", "B2.trang_thai"]
        for ma, more, groups in (
            ("NV3.2", [], []),
            ("NV3.3", ["B2.linh_vuc"], [("linh_vuc", "linh_vuc")]),
            ("NV3.4", ["B2.cap", "B2.loai"], [("cap", "cap"), ("loai", "loai_mo_hinh")]),
        ):
            rows, n, N = self.counted_rows(ALL, [*base, *more])
            running = [(r, Decimal(1)) for _, r in rows if r["trang_thai"] in ACTIVE]
            self.amount(ma, "", len(running), n, N)
            for key, labels in groups:
                self.grouped(ma, running, key, labels, n, N)
        rows, n, N = self.counted_rows(ALL, [*base, "B2.mo_hinh_diem"])
        self.amount(
            "NV3.5", "", sum(r["trang_thai"] in ACTIVE and r.get("mo_hinh_diem") is True for _, r in rows), n, N
        )
        columns = [f"B3b.{k}" for k in ("ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong", "ngay_nhan_rong")]
        flow = self.flow_rows(ALL, [*columns, "B2.ma_thon"])
        good = [r for u, q, r in flow.rows if self.replication(u.code, q, r, [])]
        self.amount("NV3.6", "", len(good), *flow.owed)

        def end_days_known(code: str, q: Quarter) -> bool:
            return not any(
                r.get("trang_thai") in ENDED and self.bad(code, q, "B2", r, "ngay_tt") for r in self.rows(code, q, "B2")
            )

        flow = self.flow_rows(ALL, base, end_days_known)
        gone = [(r, Decimal(1)) for _, q, r in flow.rows if r["trang_thai"] in ENDED and inside(r.get("ngay_tt"), q)]
        self.amount("NV3.7", "", len(gone), *flow.owed)
        by = {k: Decimal(sum(r["trang_thai"] == k for r, _ in gone)) for k in ("Dừng", "Sáp nhập")}
        self.lines("NV3.7", by, by, *flow.owed)
        rows, n, N = self.counted_rows(ALL, base)
        self.amount("NV3.8", "", len(rows), n, N)
        self.grouped("NV3.8", [(r, Decimal(1)) for _, r in rows], "trang_thai", "trang_thai", n, N)

    # NV4
    def inspected(self, columns: Sequence[str]) -> tuple[list[Row], Flow]:
        flow = self.flow_rows(INSPECTORS, columns)
        led = [
            r
            for u, _, r in flow.rows
            if r["cap"] == "Khác"
            or (r["cap"] == "Ban Dân vận Huyện ủy" and u.kind == "BXD")
            or (r["cap"] == "Đảng ủy xã, thị trấn" and u.kind in COMMUNES)
        ]
        return led, flow

    def inspections(self) -> None:
        rows, flow = self.inspected(["B7.ngay", "B7.cap", "B7.hinh_thuc"])
        self.amount("NV4.1", "", len(rows), *flow.owed)
        for key, labels in (("hinh_thuc", "hinh_thuc_kiem_tra"), ("cap", "cap_kiem_tra")):
            self.grouped("NV4.1", [(r, Decimal(1)) for r in rows], key, labels, *flow.owed)
        rows, flow = self.inspected(["B7.ngay", "B7.cap", "B7.don_vi_duoc_kt"])
        seen = {
            self.resolve(r["don_vi_duoc_kt"], r["ngay"]) or "~" + plain(r["don_vi_duoc_kt"])  # type: ignore[arg-type]
            for r in rows
        }
        self.amount("NV4.2", "", len(seen), *flow.owed)
        base = ["B7.ngay", "B7.cap", "B7.so_kien_nghi"]
        rows, flow = self.inspected(base)
        self.amount("NV4.3", "", sum((number(r.get("so_kien_nghi")) for r in rows), Decimal(0)), *flow.owed)
        rows, flow = self.inspected([*base, "B7.so_da_khac_phuc"])
        done = sum((number(r.get("so_da_khac_phuc")) for r in rows), Decimal(0))
        self.amount("NV4.3", "Đã khắc phục", done, *flow.owed)

    # NV5
    def recognition(self) -> None:
        keys = ("nam_xet", "so_qd", "ngay_qd", "ket_qua", "ma_mo_hinh", "ten")
        flow = self.flow_rows(PARTY, [f"B9a.{k}" for k in keys], year=True)
        found = {
            plain(r["ma_mo_hinh"]) if r.get("ma_mo_hinh") is not None else (unit.code, plain(r["ten"]))
            for unit, _, r in flow.rows
            if r["ket_qua"] == "Mô hình" and r["nam_xet"] == self.year
        }
        self.amount("NV5.1", "", len(found), *flow.owed)
        keys = ("nam_xet", "ket_qua", "loai", "ten", "ngay_sinh")
        flow = self.flow_rows(PARTY, [f"B9a.{k}" for k in keys], year=True)
        people = {
            (unit.code, r["loai"], plain(r["ten"]), r.get("ngay_sinh"))
            for unit, _, r in flow.rows
            if r["ket_qua"] == "Điển hình" and r["nam_xet"] == self.year
        }
        self.amount("NV5.2", "", len(people), *flow.owed)
        by = {k: Decimal(sum(p[1] == k for p in people)) for k in LABELS["loai_mo_hinh"]}
        self.lines("NV5.2", by, by, *flow.owed)
        self.streaks()
        flow = self.flow_rows(PARTY, ["B9b.phan_loai", "B9b.ten"], year=True)
        self.amount("NV5.4", "", len(flow.rows), *flow.owed)
        rows = [(r, Decimal(1)) for _, _, r in flow.rows]
        self.grouped("NV5.4", rows, "phan_loai", "phan_loai_khen", *flow.owed)

    def streaks(self) -> None:
        """NV5.3, reading A: recognised in this year and in the year before; blank where no B9a of that year is held."""
        columns = [f"B9a.{k}" for k in ("nam_xet", "ngay_qd", "loai", "ten", "ngay_sinh")]
        owers = self.owers(PARTY, ["B9a"], year=True)
        pairs, _ = self.counted_pairs(PARTY, columns, self.past)
        _, short = self.counted_pairs(PARTY, columns, self.window)
        whole = [u for u in owers if u.code not in short and self.used_ones_clean(u, columns)]
        n, N = len(whole), len(owers)
        years: dict[tuple[object, ...], set[object]] = {}
        known: set[object] = set()
        told: dict[tuple[object, ...], list[tuple[str, int]]] = {}
        for c, q in self.unit_quarters(PARTY, ["B9a"], self.past):
            if q[1] == 4 and not self.shut(c, q, "B9a"):
                known.add(q[0])  # due then: a row or the tick
            for r in self.rows(c, q, "B9a"):
                known.add(r.get("nam_xet"))
                if (c, q) in pairs:
                    years.setdefault(self.subject(self.home(c, self.end) or c, c, q, r, told), set()).add(r["nam_xet"])
        self.go_on_in_parts(years)
        if self.year - 1 not in known:
            self.out["NV5.3", ""] = Line(n=n, N=N)
            return
        kept = [who for who, of in years.items() if {self.year, self.year - 1} <= of]
        some = any(q in self.window for _, q in pairs)
        self.amount("NV5.3", "", len(kept), n, N, some)
        by = {k: Decimal(sum(who[0] == k for who in kept)) for k in LABELS["loai_mo_hinh"]}
        self.lines("NV5.3", LABELS["loai_mo_hinh"], by, n, N, some)

    def go_on_in_parts(self, years: dict[tuple[object, ...], set[object]]) -> None:
        """What a split unit said of a subject goes on in the part that names it; where two do, nobody knows."""
        for who in list(years):
            parts = {self.home(new, self.end) for old, new in self.w.mergers if old == who[1]}
            if len(parts) > 1 and len(who) > 2:
                same = [other for other in years if other[1] in parts and (other[0], *other[2:]) == (who[0], *who[2:])]
                if len(same) == 1:
                    years[same[0]] |= years.pop(who)

    def subject(
        self, now: str, c: str, q: Quarter, row: Row, told: dict[tuple[object, ...], list[tuple[str, int]]]
    ) -> tuple[object, ...]:
        """Who is meant: a person by name, birth date and unit; a body by the register, else by name inside the unit.

        ``told``: the bodies of one name as (unit that last named it, number). Where units merge that each had one,
        nobody knows which the new unit means: it is another.
        """
        if row["loai"] == "Cá nhân":
            return row["loai"], now, plain(row["ten"]), row["ngay_sinh"]
        registered = self.resolve(row["ten"], row["ngay_qd"])  # type: ignore[arg-type]
        if registered:
            return row["loai"], self.home(registered, self.end) or registered
        name = (row["loai"], now, plain(row["ten"]))
        known = told.setdefault(name, [])
        meant = [(last, number) for last, number in known if self.home(last, last_day(q)) == c]
        number = meant[0][1] if len(meant) == 1 else 1 + max((k for _, k in told.get((*name, "all"), [])), default=0)
        known[:] = [*(item for item in known if item not in meant), (c, number)]
        told.setdefault((*name, "all"), []).append((c, number))
        return (*name, number)

    # KP, KQ
    def money(self) -> None:
        base = ["B10.nguon", "B10.thuc_hien"]
        state = ["NSNN cấp huyện", "NSNN cấp xã"]
        flow = self.flow_rows(ALL, base)
        spent = {k: Decimal(0) for k in [*state, "Xã hội hóa", "Khác"]}
        for _, _, r in flow.rows:
            spent[str(r["nguon"])] += number(r["thuc_hien"])
        self.amount("KP.1", "", spent[state[0]] + spent[state[1]], *flow.owed)
        self.lines("KP.1", state, spent, *flow.owed)
        self.amount("KP.2", "", spent["Xã hội hóa"], *flow.owed)
        self.amount("KP.3", "", spent["Khác"], *flow.owed)
        flow = self.flow_rows(ALL, [*base, "B10.du_toan"])
        planned = sum((number(r.get("du_toan")) for _, _, r in flow.rows if r["nguon"] in state), Decimal(0))
        self.amount("KP.1", "Dự toán", planned, *flow.owed)
        flow = self.flow_rows(ALL, [*base, "B10.quy_doi"])
        kind = sum((number(r.get("quy_doi")) for _, _, r in flow.rows), Decimal(0))
        self.amount("KP.2", "Hiện vật quy đổi", kind, *flow.owed)

    def results(self) -> None:
        for ma, key in (("KQ.1", "m2_dat"), ("KQ.2", "ngay_cong"), ("KQ.3", "tien_xhh"), ("KQ.4", "km_duong")):
            flow = self.flow_rows(ALL, ["B3.ma_mo_hinh", "B3.ngay_danh_gia", f"B3.{key}"])
            best: dict[tuple[str, Quarter, str], Row] = {}
            for u, q, r in flow.rows:
                model = (u.code, q, plain(r["ma_mo_hinh"]))
                if model not in best or _rank(q, r) > _rank(q, best[model]):
                    best[model] = r
            self.amount(ma, "", sum((number(r.get(key)) for r in best.values()), Decimal(0)), *flow.owed)

    # TL
    def punctuality(self) -> None:
        N = len([u for u in self.today if u.kind in ALL])
        sent = {q: [s for s in self.w.sent.get(q, []) if self.only is None or s.unit in self.only] for q in self.period}
        if self.w.as_of is None or any(q not in self.w.due or q not in self.w.returns for q in self.period):
            self.out["TL.1", ""] = Line(n=N, N=N)
        else:
            on_time = known = 0
            for q, all_sent in sent.items():
                accepted = [s for s in all_sent if s.state == "Đã chấp nhận"]
                known += len([s for s in accepted if s.received is not None])
                known += len(all_sent) - len(accepted) if self.w.as_of > self.w.due[q] else 0
                on_time += sum(s.punctual == "Đúng hạn" for s in accepted if s.received is not None)
            self.ratio("TL.1", "", Decimal(on_time), Decimal(known), N, N)
        if self.q not in self.w.sent:
            return
        last = sent[self.q]
        by = {
            "Chưa nộp": [s.unit for s in last if s.state == "Chưa nộp"],
            "Nộp muộn": [s.unit for s in last if s.punctual in ("Nộp muộn", "Sau khóa sổ")],
            "Trả lại": [s.unit for s in last if s.state in ("Trả lại", "Không đọc được")],
            "Cần xác minh": [s.unit for s in last if s.state == "Cần xác minh"],
        }
        self.amount("TL.2", "", len({u for units in by.values() for u in units}), N, N)
        self.lines("TL.2", by, {k: Decimal(len(v)) for k, v in by.items()}, N, N)

    # --- whose figure it is ------------------------------------------------------------------------------------------

    def _perimeter(self, ma: str) -> set[str]:
        """Codes of the units that owe the figure."""
        if ma == "MT5.8":
            return set()
        kinds, sheets, year = OWED[ma]
        return {u.code for u in self.owers(kinds, sheets.split(), year)}

    def added(self, ma: str) -> tuple[Quarter, ...]:
        """The quarters whose numbers the figure is made of."""
        if ma in FLOWS or ma in ("NV1.3", "TL.1"):
            return self.period
        return tuple(self.window) if ma in OWED and OWED[ma][2] else (self.q,)

    def _senders(self, ma: str) -> set[str]:
        """Codes of the units whose returns may stand in the figure, those that ended since among them."""
        if ma == "MT5.8":
            return set()
        kinds, sheets, year = OWED[ma]
        found = self.perimeter(ma)
        if kinds != "agency" and (year or len(self.added(ma)) > 1):
            return found | {c for c, _ in self.unit_quarters(kinds, sheets.split(), self.added(ma))}
        return found


def _one_list(answers: list[Answer]) -> Answer:
    if any("B2" not in a.sheets or "B2" in a.stopped_sheets for a in answers):
        return Answer({})
    rows: list[Row] = []
    stopped: set[tuple[str, int, str]] = set()
    for place, a in enumerate(answers):
        rows += [{**r, "#": (place, r["#"])} for r in a.sheets["B2"]]
        stopped |= {("B2", (place, at), key) for sheet, at, key in a.stopped if sheet == "B2"}  # type: ignore[misc]
    return Answer({"B2": rows}, stopped=stopped)


def _plan(so: object, ngay: object, con: object, year: int) -> bool | None:
    """MT1.1 on three known cells; None where one is filled without its partner."""
    if (so is None) != (ngay is None) or (con is True and so is None):
        return None
    return isinstance(ngay, date) and (ngay.year == year or con is True)


def all_of(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _day(row: Row) -> date:
    found = row["ngay_danh_gia"]
    assert isinstance(found, date)
    return found


def _rank(q: Quarter, row: Row) -> tuple[object, ...]:
    """The greatest day; same day Ban Dân vận, Đảng ủy, Tự đánh giá; then the lower row (of the later return)."""
    forms = ["Tự đánh giá", "Đảng ủy đánh giá", "Ban Dân vận đánh giá"]
    form = row.get("hinh_thuc")
    return _day(row), forms.index(str(form)) if form in forms else -1, q, row["#"]


def reference(world: World) -> dict[tuple[str, str], Line]:
    """The figures with what stands beside them."""
    now = Reference(world)
    found = now.compute()
    before, then = _earlier(world)
    if before:
        _beside(now, before, "ky_truoc")
    if then:
        _beside(now, then, "cung_ky")
    every = _between(world.first, world.quarter)
    if all(q in world.returns for q in every):
        since = Reference(replace(world, period=every, span="range")).compute()
        for key, line in found.items():
            if key[0] in FLOWS:
                line.luy_ke = since[key].gia_tri if key in since else None
    return found


def _between(first: Quarter, last: Quarter) -> tuple[Quarter, ...]:
    return tuple((y, k) for y in range(first[0], last[0] + 1) for k in (1, 2, 3, 4) if first <= (y, k) <= last)


def _earlier(world: World) -> tuple[World | None, World | None]:
    """The period before and the same period a year before, as far as the plan runs in them."""

    def back(quarters: int) -> World | None:
        moved = [4 * y + k - 1 - quarters for y, k in world.period]
        found = tuple(q for q in ((m // 4, m % 4 + 1) for m in moved) if q >= world.first)
        return replace(world, period=found) if found else None

    before = back(1) if world.span == "quarter" else back(4) if world.span == "year" else None
    return before, None if world.span == "range" else back(4)


def _beside(now: Reference, world: World, column: str) -> None:
    """Then, on the units that both periods have, whatever they were called; on those the percent too."""
    if world.quarter not in world.returns:
        return
    then = Reference(world)
    whole = then.compute()
    parts: dict[frozenset[str], tuple[Lines, Lines]] = {}
    cut = len(world.period) < len(now.period)
    for (ma, nhom), line in now.out.items():
        senders = now.senders(ma) | then.senders(ma)
        if ma in COUNTS_UNITS and _joined_or_split(now, then, ma, senders):
            continue
        both = frozenset(_of_both(now, then, ma, senders))
        here, there = now.out, whole
        if not senders <= both:
            if not any(now.home(code, now.end) in now.perimeter(ma) for code in both):
                continue
            if both not in parts:
                parts[both] = Reference(now.w, set(both)).compute(), Reference(world, set(both)).compute()
            here, there = parts[both]
        value = there[ma, nhom].gia_tri if (ma, nhom) in there else None
        setattr(line, column, value)
        ratio = ma in ("NV1.3", "TL.1") or (ma.startswith("MT") and ma not in ("MT2.4", "MT4.3"))
        mine = here[ma, nhom].gia_tri if (ma, nhom) in here else None
        if column == "cung_ky" and not ratio and not (cut and ma in FLOWS) and value and mine is not None:
            line.so_cung_ky = mine * 100 / value


Lines = dict[tuple[str, str], Line]


def _gone(now: Reference, then: Reference, ma: str) -> set[str]:
    """Units of the register that stood in one of the quarters compared and are there no more."""
    quarters = [*now.added(ma), *then.added(ma)]
    return {
        u.code for u in now.w.units if not u.valid(now.end) and any(u.valid(last_day(quarter)) for quarter in quarters)
    }


def _joined_or_split(now: Reference, then: Reference, ma: str, senders: set[str]) -> bool:
    return any(old in _gone(now, then, ma) and (old in senders or new in senders) for old, new in now.w.mergers)


def _of_both(now: Reference, then: Reference, ma: str, senders: set[str]) -> set[str]:
    """The units that both periods have and all that went into them; no part of one that was split."""
    split = {
        old for old in _gone(now, then, ma) & senders if len({new for was, new in now.w.mergers if was == old}) > 1
    }
    parts = {now.home(new, now.end) for old, new in now.w.mergers if old in split}
    common = ({now.home(code, now.end) for code in then.perimeter(ma)} & now.perimeter(ma)) - parts
    return {u.code for u in now.w.units if now.home(u.code, now.end) in common}
