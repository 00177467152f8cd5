"""Sheets B2, B3, B3b, B4, B4b: models, reviews, replications, thôn without a model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tools.samples.models_text import AGENCY, COMMUNE, CULTURE, ECONOMY, POLITICS, SECURITY, ModelText
from tools.samples.profile_of_units import AGENCY_MODELS, MODELS, NO_RURAL_HIGH, UNCOVERED, UNREVIEWED
from tools.samples.unit import FAIR, HIGH, LOW, MIDDLE, REPLICATE, Hand, RowValues, as_day, capital, lower


class ModelHand(Hand):
    """Writes the sheets about models."""

    def models(self) -> None:
        texts = self._commune_texts() if self.place.commune else self._agency_texts()
        places = list(self._places(len(texts)))
        for number, (text, (where, hamlets)) in enumerate(zip(texts, places, strict=True), 1):
            self.report.rows.setdefault("B2", []).append(self._model(number, len(texts), text, where, hamlets))
        self._ended()

    def _commune_texts(self) -> list[ModelText]:
        count = MODELS.get(self.key, 1)
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
        if row["ngay_bd"] > self.last:  # type: ignore[operator]
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

    def reviews(self) -> None:
        due = [row for row in self.active() if as_day(row["ngay_dk"]) < self.cut_off]
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
        text = self.text_of(model)
        first = max(self.first + timedelta(days=40), as_day(model["ngay_bd"] or model["ngay_dk"]))
        if self.place.commune:
            form = rng.choices(("Đảng ủy đánh giá", "Tự đánh giá", "Ban Dân vận đánh giá"), (60, 30, 10))[0]
        else:
            form = rng.choices(("Tự đánh giá", "Ban Dân vận đánh giá"), (85, 15))[0]
        by = {"Đảng ủy đánh giá": f"Đảng ủy {self.place.short}", "Ban Dân vận đánh giá": "Ban Dân vận Huyện ủy"}
        row: RowValues = {
            "ma_mo_hinh": model["ma_mo_hinh"],
            "ngay_danh_gia": self.day(first, self.last - timedelta(days=4)),
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
        row: RowValues = {
            "ma_mo_hinh": model["ma_mo_hinh"],
            "ngay_nhan_rong": self.inside(4, 5),
        }
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
