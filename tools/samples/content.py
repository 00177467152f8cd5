"""What every unit of the sample district writes in its form for 2023-Q3: right content, before a mistake is sown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tools.samples.award_rows import AwardHand
from tools.samples.model_rows import ModelHand
from tools.samples.profile_of_units import NIL_UNIT, NOT_SPREAD, OLD_PLAN, WITHOUT_PLAN
from tools.samples.unit import Report, RowValues
from tools.samples.work_rows import WorkHand


class Writer(ModelHand, WorkHand, AwardHand):
    """Writes the form of one unit."""

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
        signed = self.last + timedelta(days=rng.randint(0, 5))
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
            members = (
                rng.randint(190, 420) if place.commune else rng.randint(60, 160) if branches else rng.randint(9, 34)
            )
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
        return {"so_ke_hoach": symbol, "ngay_ke_hoach": date(self.quarter.year, rng.randint(1, 4), rng.randint(3, 28))}
