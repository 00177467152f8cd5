"""What a unit of the history writes in its form of one quarter: right content, before a mistake is sown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from dvk_reports.plan.periods import ROMAN, Quarter
from tools.samples.award_rows import ASK, CAUSE, WEAK, AwardHand
from tools.samples.history_models import Life, YearHand
from tools.samples.profile_of_units import NOT_SPREAD, WITHOUT_PLAN
from tools.samples.unit import Place, Report, RowValues
from tools.samples.work_rows import WorkHand

_TICKED = ("B2", "B3", "B5", "B6", "B7", "B8", "B9a", "B9b", "B10")
_STRONG = (
    "Trong {ky}, cấp ủy {noi} đã chỉ đạo các mô hình đi vào nền nếp; Nhân dân đồng thuận.",
    "Đến hết {ky}, các mô hình của {noi} được duy trì; đảng viên gương mẫu đi trước.",
    "Tuyên truyền của {noi} có đổi mới, dùng tiếng dân tộc và mạng xã hội.",
)
_NEXT = (
    "Trong {sau}, tiếp tục nhân rộng mô hình có hiệu quả cao.",
    "Củng cố các mô hình xếp loại trung bình; phấn đấu thôn nào cũng có mô hình.",
    "Tăng cường kiểm tra, giám sát; gắn mô hình với chỉ tiêu giảm nghèo và nông thôn mới.",
)


class HistoryWriter(YearHand, WorkHand, AwardHand):
    """Writes the form of one unit for one quarter."""

    def __init__(
        self,
        place: Place,
        others: Sequence[Place],
        quarter: Quarter,
        lives: Sequence[Life],
        renamed: Mapping[str, tuple[str, ...]],
    ) -> None:
        super().__init__(place, others, quarter)
        self.lives = lives
        self.renamed = renamed
        self.same = Random(f"don-vi:{place.code}")
        """For what a unit says alike in every quarter."""

    def write(self, given: Mapping[str, str], nil: bool) -> Report:
        """``given``: sheet -> duty; ``nil``: the return says “Không phát sinh”."""
        self.cover()
        self.plan_and_spread()
        if nil:
            self.report.values["BIA"] |= {"loai_bao_cao": "Không phát sinh", "khong_phat_sinh_b2": True}
            flows = ("so_hoi_nghi_pho_bien", "so_luot_dang_vien", "so_cuoc_tuyen_truyen", "so_luot_nhan_dan")
            self.report.values["B1"] |= dict.fromkeys(flows)
            return self.report
        self.models()
        if self.quarter.number >= 3:
            self.reviews()
            self.replications()
        last = self.quarter.number == 4
        for sheet, wanted, write in (
            ("B4", True, self.gaps),
            ("B4b", True, self.hamlet_changes),
            ("B5", True, self.classes),
            ("B6", True, self.news),
            ("B7", True, self.inspections),
            ("B8", last, self.surveys),
            ("B10", self.quarter.number in (2, 4), self.money),
        ):
            if sheet in given and wanted:
                write()
        if given.get("B11") == "den_han" or self.rng.random() < 0.2:
            self.assessment()
        return self.report

    def cover(self) -> None:
        same, kind = self.same, self.place.kind
        symbol = "BC/ĐU" if kind.startswith("DB") or kind == "LLVT" else "BC/CB"
        if kind in ("DT", "PB", "BXD"):
            symbol = "BC"
        post = "Phó Bí thư Đảng ủy" if "ĐU" in symbol else "Bí thư Chi bộ" if "CB" in symbol else "Thủ trưởng cơ quan"
        # The same two people sign every quarter.
        self.rng, rng = same, self.rng
        by, signer = self.person(same.random() < 0.6), self.person(same.random() < 0.3)
        self.rng = rng
        self.report.values["BIA"] = {
            "loai_bao_cao": "Chính thức",
            "nguoi_lap": by,
            "dien_thoai": f"0000 000 {same.randint(200, 999)}",
            "nguoi_ky": signer,
            "chuc_vu_ky": post,
            "ngay_ky": self.last + timedelta(days=rng.randint(0, 4)),
            "so_van_ban": f"{rng.randint(20, 180)}-{symbol}",
            "ban_ky": rng.random() < 0.6,
        }

    def plan_and_spread(self) -> None:
        same, rng, place = self.same, self.rng, self.place
        party = place.kind not in ("DT", "PB", "BXD")
        more = same.randint(4, 6)
        branches = len(place.hamlets) + more if place.commune else 0
        if place.kind in ("DB_CQ", "DB_SN", "DB_DN", "LLVT"):
            branches = same.randint(4, 11)
        members = 0
        if party:
            members = (
                same.randint(190, 420) if place.commune else same.randint(60, 160) if branches else same.randint(9, 34)
            )
        steps = (self.quarter.year - 2022) * 4 + self.quarter.number - 2
        members += steps // 2 if members else 0
        lacking = max(0, same.randint(0, 12) - 3 * steps) if members > 20 else 0
        spread, talks = same.randint(1, 3), same.randint(8, 18) if place.commune else same.randint(1, 2)
        spread = 0 if place.code in NOT_SPREAD else spread
        talks += rng.randint(0, 3)
        self.report.values["B1"] = {
            **self._plan_of_year(),
            "tong_so_chi_bo": branches,
            "so_chi_bo_da_trien_khai": max(0, branches - max(0, same.randint(0, 2) - steps)),
            "tong_so_dang_vien": members,
            "so_dang_vien_duoc_pho_bien": members - lacking,
            "so_hoi_nghi_pho_bien": spread,
            "so_luot_dang_vien": (members - lacking) * min(spread, 1),
            "so_cuoc_tuyen_truyen": talks,
            "so_luot_nhan_dan": talks * rng.randint(28, 55),
            "so_chuyen_muc": 1 if place.code in ("CB-SN-VH", "CQ-BTG", "PB-VHTT") else 0,
        }

    def _plan_of_year(self) -> RowValues:
        """A plan each year; one unit in six lets that of the year before go on and says so."""
        kind = self.place.kind
        if self.place.code in WITHOUT_PLAN:
            return {}
        body = "ĐU" if kind.startswith("DB") or kind == "LLVT" else "CB"
        body = {"DT": "BTV", "PB": "CQ", "BXD": "CQ"}.get(kind, body)
        keeps = self.same.random() < 0.17
        year = 2022 if keeps else self.quarter.year
        drawn = Random(f"ke-hoach:{self.place.code}:{year}")
        first = date(year, 4, 20) if year == 2022 else date(year, 1, 5)
        row: RowValues = {
            "so_ke_hoach": f"{drawn.randint(3, 90):02d}-KH/{body}",
            "ngay_ke_hoach": first + timedelta(days=drawn.randint(0, 50)),
        }
        if year < self.quarter.year:
            row["ke_hoach_con_hieu_luc"] = True
        return row

    def assessment(self) -> None:
        rng, number = self.rng, self.quarter.number
        now, then = f"quý {ROMAN[number]}/{self.quarter.year}", self.quarter.next
        self.report.values["B11"] = {
            "uu_diem": rng.choice(_STRONG).format(noi=self.place.short, ky=now),
            "ton_tai": rng.choice(WEAK),
            "nguyen_nhan": rng.choice(CAUSE),
            "kien_nghi": rng.choice(ASK) if rng.random() < 0.5 else None,
            "phuong_huong": rng.choice(_NEXT).format(sau=f"quý {ROMAN[then.number]}/{then.year}"),
        }


def ticked(report: Report, given: Mapping[str, str]) -> None:
    """The ticks of due sheets without a row; last of all, when every row is there."""
    if report.values["BIA"]["loai_bao_cao"] == "Không phát sinh":
        return
    for sheet, duty in given.items():
        if duty == "den_han" and sheet in _TICKED and not report.rows.get(sheet):
            report.values["BIA"][f"khong_phat_sinh_{sheet.lower()}"] = True
