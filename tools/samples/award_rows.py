"""Sheets B9a … B11: recognitions, proposals, money and the unit's own words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.samples.unit import FAIR, HIGH, Hand, RowValues, capital, lower

_ETHNIC = ("Tày", "Dao", "Mông", "Nùng", "Kinh", "Giáy", "Phù Lá")


class AwardHand(Hand):
    """Writes recognitions, proposals, money and the general assessment."""

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
            "nam_xet": self.quarter.year,
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
            "thanh_tich": f"Hai năm liền duy trì tốt mô hình “{model['ten']}”; {lower(self.text_of(model).result)}.",
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
            "uu_diem": rng.choice(STRONG).format(noi=self.place.short),
            "ton_tai": rng.choice(WEAK),
            "nguyen_nhan": rng.choice(CAUSE),
            "kien_nghi": rng.choice(ASK) if rng.random() < 0.6 else None,
            "phuong_huong": rng.choice(NEXT),
        }


STRONG = (
    "Quý III/2023, cấp ủy {noi} đã chỉ đạo rà soát toàn bộ mô hình; Nhân dân đồng thuận, không có đơn thư.",
    "Các mô hình của {noi} được duy trì, gắn với cải cách hành chính; đảng viên gương mẫu đi trước.",
    "Tuyên truyền của {noi} có đổi mới, dùng tiếng dân tộc và mạng xã hội; có mô hình được nơi khác học tập.",
    "Đã hoàn thành việc đánh giá, xếp loại mô hình trong tháng 9/2023; việc công nhận làm công khai.",
)
WEAK = (
    "Một số mô hình chưa rõ nét, còn trùng với phong trào của đoàn thể; hồ sơ theo dõi chưa đầy đủ.",
    "Việc nhân rộng mô hình còn chậm; ở thôn vùng cao chưa có cách làm phù hợp.",
    "Tin, bài về mô hình còn ít; số liệu báo cáo có lúc chưa kịp thời.",
)
CAUSE = (
    "Cán bộ phụ trách kiêm nhiệm, mới thay đổi; kinh phí còn hạn chế.",
    "Địa bàn rộng, giao thông khó khăn, đời sống của một bộ phận Nhân dân còn thiếu thốn.",
    "Một số chi bộ chưa thật sự quan tâm chỉ đạo, kiểm tra.",
)
ASK = (
    "Đề nghị Ban Dân vận Huyện ủy mở lớp bồi dưỡng kỹ năng xây dựng mô hình cho tổ dân vận.",
    "Đề nghị huyện bố trí kinh phí khen thưởng và nhân rộng mô hình có hiệu quả cao.",
    "Đề nghị sớm có hướng dẫn cụ thể về tiêu chí, thang điểm đánh giá mô hình.",
)
NEXT = (
    "Trong quý IV/2023, tiếp tục nhân rộng mô hình có hiệu quả cao; công bố quyết định công nhận vào dịp 15/10.",
    "Củng cố các mô hình xếp loại trung bình; phấn đấu thôn nào cũng có mô hình; làm tốt việc biểu dương, khen thưởng.",
    "Tăng cường kiểm tra, giám sát; gắn mô hình với chỉ tiêu giảm nghèo và nông thôn mới.",
)
