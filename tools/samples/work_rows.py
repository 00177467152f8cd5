"""Sheets B5 … B8: classes, news, inspections, surveys."""

from __future__ import annotations

from datetime import timedelta

from tools.samples.profile_of_units import NEWS, SURVEYED
from tools.samples.unit import Hand, RowValues, capital, lower

_CHANNELS = ("Cổng thông tin điện tử huyện", "Mạng xã hội", "Bản tin nội bộ", "Đài Truyền thanh - Truyền hình",
             "Báo Lào Cai", "Bản tin Ban Dân vận tỉnh", "Khác")  # fmt: skip


class WorkHand(Hand):
    """Writes what was done in the quarter."""

    def classes(self) -> None:
        rng, place = self.rng, self.place
        if place.code == "CQ-BDV":
            self._class("Bồi dưỡng công tác dân vận cho cấp ủy cơ sở", "Độc lập", "Huyện", "Cấp ủy viên", 96, 2)
            self._class("Tập huấn kỹ năng xây dựng mô hình “Dân vận khéo”", "Độc lập", "Huyện", "Tổ dân vận", 134, 1)
            self._class(
                "Tập huấn công tác Mặt trận, đoàn thể", "Lồng ghép", "Huyện", "Cán bộ Mặt trận, đoàn thể", 88, 1
            )
        elif place.commune and rng.random() < 0.4:
            self._class(
                "Tập huấn nghiệp vụ dân vận cho tổ dân vận thôn",
                "Lồng ghép",
                "Cơ sở",
                "Tổ dân vận",
                rng.randint(28, 60),
                1,
            )
            if rng.random() < 0.4:
                self._class(
                    "Tập huấn kỹ năng xây dựng mô hình “Dân vận khéo”",
                    "Độc lập",
                    "Huyện",
                    "Tổ dân vận",
                    rng.randint(5, 9),
                    1,
                )
        elif place.kind in ("DT", "CB_SN", "LLVT") and rng.random() < 0.45:
            group = "Cán bộ Mặt trận, đoàn thể" if place.kind == "DT" else "Khác"
            self._class(f"Tập huấn nghiệp vụ của {place.short}", "Lồng ghép", "Huyện", group, rng.randint(30, 90), 2)

    def _class(self, name: str, form: str, level: str, who: str, attended: int, days: int) -> None:
        rng = self.rng
        first = self.inside(5, 10)
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
                ngay=self.inside(0, 0),
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
                ngay=self.day(self.last - timedelta(days=15), self.last),
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
        return f"{capital(self.place.short)} lan tỏa Phong trào “Dân vận khéo”" + (
            f" (bài {number + 1})" if number else ""
        ), None

    def inspections(self) -> None:
        rng, place = self.rng, self.place
        if place.code == "CQ-BDV":
            for number, other in enumerate(rng.sample([o for o in self.others if o.commune], 4)):
                self._inspection(
                    "Ban Dân vận Huyện ủy", f"{41 + number}-KH/BDV", other.code if number % 2 else other.name
                )
        elif place.commune and rng.random() < 0.55:
            for name in rng.sample([name for _, name in place.hamlets], rng.randint(1, 3)):
                self._inspection("Đảng ủy xã, thị trấn", f"{rng.randint(12, 60)}-QĐ/ĐU", f"Chi bộ {lower(name)}")
        elif place.code in ("DT-MTTQ", "LLVT-CA", "DB-SN-YT"):
            other = rng.choice([o for o in self.others if o.commune])
            self._inspection("Khác", f"{rng.randint(12, 60)}-KH/CQ", other.name)

    def _inspection(self, level: str, symbol: str, whom: str) -> None:
        rng = self.rng
        asked = rng.randint(0, 5)
        day = self.inside(9, 5)
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
        last = self.day(self.last - timedelta(days=41), self.last - timedelta(days=2))
        for group in groups:
            sent = rng.randint(60, 150) if group == "Người dân" else rng.randint(34, 45)
            back = sent - rng.randint(0, 4)
            valid = back - rng.randint(0, 3)
            row: RowValues = {
                "dot": f"Đợt 2 năm {self.quarter.year}",
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
