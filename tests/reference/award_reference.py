"""An award round computed again from the written rules alone, in another way, over plain rows.

A row is a dict of texts and days with its ``unit``, ``quarter`` and ``row``; a key listed in ``stop`` is stopped. Every
question is asked of one candidate against all rows; nothing is grouped, sorted or kept between two candidates. Truth
has three values: True, False, None (not known).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

HIGH = "Hiệu quả cao"
REVIEWERS = ["Tự đánh giá", "Đảng ủy đánh giá", "Ban Dân vận đánh giá"]
GROUPS = {"Người trực tiếp lao động, công tác": 1, "Nông dân": 1, "Khác": 2, "Lãnh đạo, quản lý": 3}
Row = dict[str, Any]


@dataclass
class District:
    """Plain rows of every used return, and what the office knows."""

    year: int
    as_of: date
    units: dict[str, tuple[date | None, date | None]]
    merged: dict[str, list[tuple[str, date]]]
    used: set[tuple[str, str]]
    """(unit, quarter) of every used return."""
    held: set[str]
    sheets: dict[str, list[Row]] = field(default_factory=dict)
    dead_sheets: set[tuple[str, str, str]] = field(default_factory=set)
    """(unit, quarter, sheet) that is stopped whole."""
    quotas: dict[tuple[str, str], int] = field(default_factory=dict)
    reading: str = "A"
    received: dict[tuple[str, str], date] = field(default_factory=dict)
    cut_off: date = date.max

    @property
    def start(self) -> date:
        return date(self.year, 10, 1)

    def ended(self, quarter: str) -> bool:
        return last_of(quarter) < self.start

    def rows(self, sheet: str, units: set[str]) -> list[Row]:
        return [
            row
            for row in self.sheets.get(sheet, [])
            if row["unit"] in units
            and self.ended(row["quarter"])
            and (row["unit"], row["quarter"], sheet) not in self.dead_sheets
        ]

    def heir(self, unit: str) -> str:
        for _ in range(9):
            later = self.merged.get(unit, [])
            if len(later) != 1 or later[0][1] > self.start:
                return unit
            unit = later[0][0]
        return unit

    def line(self, unit: str) -> set[str]:
        return {other for other in self.units if self.heir(other) == self.heir(unit)}

    def alive(self, unit: str, day: date) -> bool:
        since, until = self.units[unit]
        return (since or date.min) <= day <= (until or date.max)

    def silent(self, sheet: str, units: set[str], quarter: str) -> bool:
        """Of a held quarter: somebody of the line who was alive did not say, or said it unreadably."""
        return quarter in self.held and any(
            self.alive(unit, last_of(quarter))
            and ((unit, quarter) not in self.used or (unit, quarter, sheet) in self.dead_sheets)
            for unit in units
        )


def last_of(quarter: str) -> date:
    year, number = int(quarter[:4]), int(quarter[-1])
    return [date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)][number - 1]


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def get(row: Row, key: str) -> Any:
    """The cell, None where it is blank or stopped."""
    return None if key in row.get("stop", ()) else row.get(key) or None


def years_from(first: date, last: date) -> int:
    years = 0
    while (first.month, first.day) and date_plus(first, years + 1) <= last:
        years += 1
    return years


def date_plus(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def worst(values: list[bool | None]) -> bool | None:
    return False if False in values else None if None in values else True


# --- who is who ---


def subject_of(d: District, c: Row) -> tuple[Any, ...]:
    """Whom a proposal speaks of: the unit it now belongs to, form, class, name, birthday; what is stopped is blank."""
    return d.heir(c["unit"]), get(c, "hinh_thuc"), get(c, "phan_loai"), plain(get(c, "ten") or ""), get(c, "ngay_sinh")


def relation(d: District, c: Row, other: Row, kind_key: str) -> str:
    """``same``, ``doubt`` or ``none`` between a candidate and another row (``kind_key``: loai, phan_loai)."""
    kind, name = get(c, "phan_loai"), get(c, "ten")
    if not kind or not name or not get(other, "ten"):
        return "none"
    # Recognitions have no class for a family: it stands there as a body.
    alike = [{kind}, {"Tập thể", "Hộ gia đình"}]
    if not any({kind, get(other, kind_key)} <= kinds for kinds in alike):
        return "none"
    if plain(get(other, "ten")) != plain(name) or d.heir(other["unit"]) != d.heir(c["unit"]):
        return "none"
    if kind == "Cá nhân":
        one, two = get(c, "ngay_sinh"), get(other, "ngay_sinh")
        return "same" if one and one == two else "doubt"
    return "same"  # a name in the line; that two units had it is asked in ``branches``


def branches(d: District, c: Row) -> set[str]:
    """Old units of the line, other than the candidate's own, whose rows bear the name of this body."""
    return {
        row["unit"]
        for sheet, key in (("B9a", "loai"), ("B9b", "phan_loai"))
        for row in d.rows(sheet, d.line(c["unit"]))
        if row is not c and row["unit"] != c["unit"] and relation(d, c, row, key) == "same"
    }


def own_rows(d: District, c: Row) -> list[Row]:
    rows = [row for row in d.rows("B9a", d.line(c["unit"])) if relation(d, c, row, "loai") == "same"]
    if get(c, "phan_loai") != "Cá nhân" and len(branches(d, c)) > 1:
        return [row for row in rows if row["unit"] == c["unit"]]
    return rows


def in_doubt(d: District, c: Row, fails_e3: bool, wanted: set[int]) -> bool:
    line = d.line(c["unit"])
    everything = [(row, "loai") for row in d.rows("B9a", set(d.units))]
    everything += [(row, "phan_loai") for row in d.rows("B9b", set(d.units)) if row is not c]
    if any(relation(d, c, row, key) == "doubt" for row, key in everything):
        return True
    if get(c, "phan_loai") in ("Tập thể", "Hộ gia đình"):
        return len(branches(d, c)) > 1
    if get(c, "phan_loai") != "Cá nhân":
        return False
    for row, key in everything:
        if row["unit"] in line or get(row, key) != "Cá nhân" or not get(row, "ten") or not get(c, "ten"):
            continue
        twin = plain(get(row, "ten")) == plain(get(c, "ten")) and get(c, "ngay_sinh") == get(row, "ngay_sinh")
        if not twin or not get(c, "ngay_sinh"):
            continue
        if key == "phan_loai" or (fails_e3 and d.reading != "C" and get(row, "nam_xet") in wanted):
            return True
        if fails_e3 and d.reading == "B" and get(row, "nam_xet"):
            return True
    return False


# --- reviews ---


def latest(d: District, c: Row) -> tuple[Row | None, list[Row]]:
    """(the latest review that can be placed, those that may be later)."""
    model = get(c, "ma_mo_hinh")
    rows = d.rows("B3", d.line(c["unit"]))
    mine = [row for row in rows if get(row, "ma_mo_hinh") == model and get(row, "ngay_danh_gia")]

    def beats(one: Row, two: Row) -> bool:
        left = (one["ngay_danh_gia"], REVIEWERS.index(one["hinh_thuc"]), one["quarter"], one["unit"], one["row"])
        right = (two["ngay_danh_gia"], REVIEWERS.index(two["hinh_thuc"]), two["quarter"], two["unit"], two["row"])
        return left > right

    best = next((row for row in mine if not any(beats(other, row) for other in mine)), None)
    loose = [
        row
        for row in rows
        if (get(row, "ma_mo_hinh") in (None, model))
        and (get(row, "ma_mo_hinh") is None or get(row, "ngay_danh_gia") is None)
        and (best is None or (get(row, "ngay_danh_gia") or date.max) >= best["ngay_danh_gia"])
    ]
    return best, loose


def agreed(answers: list[bool | None]) -> bool | None:
    return answers[0] if len(set(answers)) == 1 else None


def e4(d: District, c: Row) -> bool | None:
    if not get(c, "ma_mo_hinh"):
        return None
    best, loose = latest(d, c)

    def says(row: Row | None) -> bool | None:
        if row is None:
            return False
        day, name = get(row, "ngay_danh_gia"), get(row, "xep_loai")
        if day is not None and day.year != d.year:
            return False
        return None if day is None or name is None else name == HIGH

    answer = agreed([says(row) for row in [best, *loose]])
    if answer is not False:
        return answer
    return None if missed(d, c, best) else False


def missed(d: District, c: Row, best: Row | None) -> bool:
    """Whether a quarter of the year that ends after the latest review was not heard."""
    since = best["ngay_danh_gia"] if best is not None else date.min
    later = [f"{d.year}-Q{n}" for n in (1, 2, 3) if last_of(f"{d.year}-Q{n}") > since]
    return any(d.silent("B3", d.line(c["unit"]), quarter) for quarter in later)


def goes_on(d: District, c: Row) -> bool | None:
    if not get(c, "ma_mo_hinh"):
        return None
    best, loose = latest(d, c)

    def says(row: Row | None) -> bool | None:
        if row is None:
            return False
        day = get(row, "ngay_danh_gia")
        if day is None or "kien_nghi" in row.get("stop", ()):
            return None
        return day.year == d.year and row.get("kien_nghi") in ("Duy trì", "Nhân rộng")

    answers = {says(row) for row in [best, *loose]}
    if answers != {False}:
        return True if answers == {True} else None
    return None if missed(d, c, best) else False


# --- years ---


def maybe_recognised(d: District, c: Row, year: int) -> bool:
    """Whether a recognition of the year may stand where it cannot be read."""
    line = d.line(c["unit"])
    quarters = [q for q in (f"{year}-Q3", f"{year}-Q4") if q in d.held and d.ended(q)]
    if year >= 2022 and year != d.year and f"{year}-Q4" not in d.held:
        return True
    if any(d.silent("B9a", line, quarter) for quarter in quarters):
        return True
    for row in d.rows("B9a", line):
        unknown = [key for key in ("nam_xet", "ten", "loai") if get(row, key) is None]
        fits = (
            get(row, "nam_xet") in (None, year)
            and (get(row, "ten") is None or plain(get(row, "ten")) == plain(get(c, "ten")))
            and (get(c, "phan_loai") == "Hộ gia đình" or get(row, "loai") in (None, get(c, "phan_loai")))
        )
        if unknown and fits:
            return True
    return False


def decided(row: Row, year: int) -> bool | None:
    cells = [get(row, key) for key in ("so_qd", "ngay_qd", "co_quan_qd")]
    return None if None in cells else cells[1] <= date(year, 10, 15)


def e2_e3(d: District, c: Row) -> tuple[bool | None, bool | None, int]:
    """E2, E3 and the streak."""
    known = get(c, "ten") and get(c, "phan_loai") and (get(c, "phan_loai") != "Cá nhân" or get(c, "ngay_sinh"))
    rows = own_rows(d, c) if known else []
    by_year: dict[int, list[bool | None]] = {}
    for row in rows:
        if get(row, "nam_xet"):
            by_year.setdefault(get(row, "nam_xet"), []).append(decided(row, get(row, "nam_xet")))
    good = {year: True if True in found else None if None in found else False for year, found in by_year.items()}
    if d.reading == "B":
        days = [get(row, "ngay_qd") for row in rows if get(row, "ngay_qd")]
        length = years_from(min(days), d.start) if days and min(days) <= d.start else 0
        e2 = worst(list(good.values())) if good else None
        if not known:
            return None, None, 0
        if length >= 2:
            return e2, True, length
        blank = any(
            all(get(row, "ngay_qd") is None for row in rows if get(row, "nam_xet") == year and decided(row, year) == v)
            for year, v in good.items()
        )
        open_ = blank or any(maybe_recognised(d, c, year) for year in range(2022, d.year) if year not in by_year)
        return e2, None if open_ else False, length
    if not known:
        return None, None, 0
    on = goes_on(d, c) if d.year not in by_year else True
    counts = set(by_year) | ({d.year} if on is True else set())
    length = 0
    while d.year - length in counts:
        length += 1
    counted = [good[year] for year in range(d.year - length + 1, d.year + 1) if year in good]
    e2 = worst(counted) if counted else None
    if length >= 2:
        return e2, True, length
    for year in (d.year, d.year - 1):
        if year in counts:
            continue
        possible = maybe_recognised(d, c, year) or (year == d.year and on is None)
        if not possible:
            return e2, False, length
    return e2, None, length


# --- the round ---


def gates(d: District, c: Row) -> tuple[dict[str, bool | None], int]:
    unit, line = c["unit"], d.line(c["unit"])
    found: dict[str, bool | None] = {}
    came = d.received.get((unit, c["quarter"]))
    if came is not None and came > d.as_of:
        came = None
    found["E1"] = d.alive(unit, d.start) and (
        came <= d.cut_off if came is not None else True if d.as_of <= d.cut_off else None
    )
    found["E2"], found["E3"], streak = e2_e3(d, c)
    found["E4"] = e4(d, c)
    papers = [
        c.get(key) if key not in c.get("stop", ()) else None for key in ("hs_to_trinh", "hs_bao_cao", "hs_bien_ban")
    ]
    found["E5"] = worst([None if not value else value == "Có" for value in papers])
    under = get(c, "dang_xem_xet")
    found["E6"] = None if under is None else under == "Không"
    others = [row for row in d.rows("B9b", set(d.units)) if row is not c]
    if not get(c, "ten") or not get(c, "phan_loai"):
        found["E7"] = None
    else:
        clashes: list[bool | None] = []
        for row in others:
            if relation(d, c, row, "phan_loai") != "same" or (
                get(c, "phan_loai") != "Cá nhân" and len(branches(d, c)) > 1 and row["unit"] != unit
            ):
                continue
            text = get(c, "thanh_tich") is not None and get(c, "thanh_tich") == get(row, "thanh_tich")
            codes = [get(c, "ma_mo_hinh"), get(row, "ma_mo_hinh")]
            clashes.append(False if text else None if None in codes else codes[0] != codes[1])
        found["E7"] = worst(clashes)
    found["E8"] = None if "khen_da_nhan" in c.get("stop", ()) else not c.get("khen_da_nhan")
    form, kind = get(c, "hinh_thuc"), get(c, "phan_loai")
    found["E9"] = None if not form or not kind else (form, kind) in d.quotas
    rank = get(c, "thu_tu")
    same = [
        row
        for row in others
        if (row["unit"], row["quarter"]) == (unit, c["quarter"])
        and (get(row, "hinh_thuc"), get(row, "phan_loai")) == (form, kind)
        and get(row, "thu_tu") == rank
    ]
    model = get(c, "ma_mo_hinh")
    models = d.rows("B2", line)
    last = max((q for q in d.held if d.ended(q)), default="")
    doubtful = d.silent("B2", line, last) or any(
        get(row, "ma_mo_hinh") is None for row in models if row["quarter"] == last
    )
    exists = (
        None
        if model is None
        else True
        if any(get(row, "ma_mo_hinh") == model for row in models)
        else None
        if doubtful
        else False
    )
    found["E10"] = worst([None if rank is None else not same, exists])
    found["E11"] = None if form is None else max(d.start, d.as_of) <= date(2025, 6, 30)
    return found, streak


def weights(d: District, c: Row, streak: int) -> list[int]:
    """Smaller is better; register order is not in it."""
    best, _ = latest(d, c)
    classes = [HIGH, "Hiệu quả khá", "Trung bình", "Chưa hiệu quả"]
    place = classes.index(get(best, "xep_loai")) if best is not None and get(best, "xep_loai") else 99
    if get(c, "phan_loai") == "Tập thể":
        people, women = get(c, "so_nguoi"), get(c, "so_nu")
        female = bool(people) and women is not None and women * 10 >= people * 7
    else:
        female = get(c, "gioi_tinh") == "Nữ"
    copies = [
        row
        for row in d.rows("B3b", d.line(c["unit"]))
        if get(row, "ma_mo_hinh") == get(c, "ma_mo_hinh") and get(row, "noi_nhan_rong")
    ]
    return [
        place,
        -streak,
        get(c, "thu_tu") or 999,
        GROUPS.get(get(c, "doi_tuong") or "", 999),
        0 if female else 1,
        -len(copies),
    ]


def outcomes(d: District) -> dict[str, tuple[str, dict[str, bool | None], int | None]]:
    """id -> (state, gates, rank)."""
    proposals = [row for row in d.rows("B9b", set(d.units)) if row["quarter"].startswith(str(d.year))]
    found: dict[str, tuple[str, dict[str, bool | None], int | None]] = {}
    free: list[tuple[Row, dict[str, bool | None], list[int]]] = []
    for c in proposals:
        asked, streak = gates(d, c)
        blocking = [value for code, value in asked.items() if code not in ("E8", "E11")]
        name = f"{c['unit']}.{c['quarter']}.{c['row']}"
        wanted = {d.year - 1, d.year}
        if asked["E6"] is False or (get(c, "phan_loai") == "Hộ gia đình" and asked["E9"] is not True):
            found[name] = ("Chưa xét", asked, None)
        elif asked["E7"] is False or in_doubt(d, c, asked["E3"] is not True, wanted):
            found[name] = ("Cần xác minh", asked, None)
        elif False in blocking:
            found[name] = ("Không đủ điều kiện", asked, None)
        elif None in blocking:
            found[name] = ("Chưa xét", asked, None)
        else:
            free.append((c, asked, weights(d, c, streak)))
    for c, asked, mine in free:
        rivals = [
            w for other, _, w in free if (other["hinh_thuc"], other["phan_loai"]) == (c["hinh_thuc"], c["phan_loai"])
        ]
        better, equal = sum(w < mine for w in rivals), sum(w == mine for w in rivals)
        quota = d.quotas[c["hinh_thuc"], c["phan_loai"]]
        state = "Dự kiến" if better + equal <= quota else "Dự bị" if better >= quota else "Ngang nhau tại ranh giới"
        found[f"{c['unit']}.{c['quarter']}.{c['row']}"] = (state, asked, better + 1)
    return found
