"""Ratios of units: each unit meets the test, does not, or it is not known (contract “Unit tests”)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from dvk_reports.figures.ledger import Ledger, Part
from dvk_reports.figures.pieces import Piece, piece
from dvk_reports.model.records import Row, Value
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.lookups import ACTIVE, HIGH, code_key, review_rank
from dvk_reports.plan.register.register import Unit


class Answer(Enum):
    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Told:
    """The answer of one unit and the cell that decides it."""

    answer: Answer
    part: Part | None = None
    value: Value | None = None


UNKNOWN = Told(Answer.UNKNOWN)
Test = Callable[[Ledger, FigureSpec, Unit], Told]


def pieces_of(ledger: Ledger, unit: Unit, told: Told) -> list[Piece]:
    """A met unit adds 1 above and below, a unit that does not meet the test 1 below."""
    if told.answer is Answer.UNKNOWN:
        return []
    if told.part is None or told.value is None:
        cells = [Piece(unit.code, unit.at.file, unit.at, Decimal(1), below=below) for below in (False, True)]
    else:
        cells = [piece(ledger, told.part, told.value, 1, below=below) for below in (False, True)]
    return cells if told.answer is Answer.MET else cells[1:]


def _one(parts: tuple[Part, ...] | None, sheet: str) -> tuple[Part, Row] | None:
    """The single row of a key/value sheet in the last quarter, where exactly one return stands for the unit."""
    if parts is None or len(parts) != 1 or not parts[0].readable(sheet):
        return None
    rows = parts[0].rows(sheet)
    return (parts[0], rows[0]) if rows else None


def has_plan(ledger: Ledger, spec: FigureSpec, unit: Unit) -> Told:
    """MT1.1: số và ngày kế hoạch đã ghi, của năm này hoặc năm trước còn hiệu lực. Trống cả ba ô là chưa có."""
    found = _one(ledger.parts(unit, ledger.last), "B1")
    if found is None:
        return UNKNOWN
    part, row = found
    number, day = row.values.get("so_ke_hoach"), row.values.get("ngay_ke_hoach")
    still = row.values.get("ke_hoach_con_hieu_luc")
    if number is None or day is None or not part.clean(row, "so_ke_hoach", "ngay_ke_hoach"):
        return UNKNOWN
    known = still is not None and part.clean(row, "ke_hoach_con_hieu_luc")
    if number.blank and day.blank:
        if not known or row.yes("ke_hoach_con_hieu_luc"):
            return UNKNOWN
        return Told(Answer.NOT_MET, part, number)
    issued = row.day("ngay_ke_hoach")
    if number.blank or issued is None:
        return UNKNOWN
    if issued.year == ledger.last.year:
        return Told(Answer.MET, part, day)
    if not known:
        return UNKNOWN
    return Told(Answer.MET if row.yes("ke_hoach_con_hieu_luc") else Answer.NOT_MET, part, still)


def _flow(ledger: Ledger, unit: Unit, key: str) -> Told:
    """A count of B1 over the window of the year: met at the first quarter with at least one."""
    complete, last = True, None
    for quarter in ledger.window:
        parts = ledger.parts(unit, quarter)
        complete = complete and parts is not None
        for part in ledger.parts_at_hand(unit, (quarter,)):
            rows = part.rows("B1")
            number = rows[0].number_of(key) if rows else None
            if number is None or part.stopped(rows[0], key):
                complete = False
            elif number >= 1:
                return Told(Answer.MET, part, rows[0].values[key])
            else:
                last = part, rows[0].values[key]
    if not complete or last is None:
        return UNKNOWN
    return Told(Answer.NOT_MET, *last)


def spread_to_members(ledger: Ledger, spec: FigureSpec, unit: Unit) -> Told:
    """MT1.2: từ đầu năm có ít nhất 01 hội nghị phổ biến."""
    return _flow(ledger, unit, "so_hoi_nghi_pho_bien")


def spread_to_people(ledger: Ledger, spec: FigureSpec, unit: Unit) -> Told:
    """MT1.3: từ đầu năm có ít nhất 01 cuộc tuyên truyền hoặc 01 tin, bài (mọi kênh)."""
    meetings = _flow(ledger, unit, "so_cuoc_tuyen_truyen")
    if meetings.answer is Answer.MET:
        return meetings
    complete = True
    for quarter in ledger.window:
        complete = complete and ledger.parts(unit, quarter) is not None
        for part in ledger.parts_at_hand(unit, (quarter,)):
            complete = complete and part.readable("B6")
            added = Decimal(0)
            for row in part.rows("B6"):
                if not part.clean(row, "so_luong", "ngay"):
                    complete = False
                    continue
                blank = row.values.get("so_luong") is None or row.values["so_luong"].blank
                added += Decimal(1) if blank else row.number_of("so_luong") or Decimal(0)
                if added >= 1:
                    return Told(Answer.MET, part, row.values["ngay"])
    if not complete or meetings.answer is Answer.UNKNOWN:
        return UNKNOWN
    return meetings


def all_three(ledger: Ledger, spec: FigureSpec, unit: Unit) -> Told:
    """MT1.4: đạt cả ba nội dung; một nội dung không đạt là không đạt, dù nội dung khác chưa rõ."""
    told = [test(ledger, spec, unit) for test in (has_plan, spread_to_members, spread_to_people)]
    failed = next((item for item in told if item.answer is Answer.NOT_MET), None)
    if failed is not None:
        return failed
    return told[0] if all(item.answer is Answer.MET for item in told) else UNKNOWN


def covered_hamlets(ledger: Ledger, part: Part) -> dict[str, Value]:
    """Code of a thôn -> the B2 cell that covers it, over the active rows on which no read cell is stopped."""
    found: dict[str, Value] = {}
    for row in part.rows("B2"):
        if row.text("trang_thai") in ACTIVE and part.clean(row, "ma_mo_hinh", "ma_thon", "trang_thai"):
            named, _ = ledger.register.resolve_hamlets(part.unit.code, row.text("ma_thon"), ledger.last_day)
            for hamlet in named:
                found.setdefault(hamlet.code, row.values["ma_thon"])
    return found


def all_hamlets_covered(ledger: Ledger, spec: FigureSpec, unit: Unit) -> Told:
    """MT2.2: mọi thôn, tổ dân phố của danh mục có mô hình đang hoạt động của chính xã, thị trấn."""
    parts = ledger.parts(unit, ledger.last)
    hamlets = ledger.register.hamlets_of(unit.code, ledger.last_day)
    if parts is None or len(parts) != 1 or not hamlets or not parts[0].readable("B2"):
        return UNKNOWN
    part = parts[0]
    covered = covered_hamlets(ledger, part)
    if all(hamlet.code in covered for hamlet in hamlets):
        return Told(Answer.MET, part, covered[hamlets[0].code])
    if _any_stopped(part, "B2", "ma_mo_hinh", "ma_thon", "trang_thai"):
        return UNKNOWN
    rows = part.rows("B2")
    return Told(Answer.NOT_MET, part, rows[0].values["trang_thai"]) if rows else Told(Answer.NOT_MET)


def _any_stopped(part: Part, sheet: str, *keys: str) -> bool:
    return any(not part.clean(row, *keys) for row in part.rows(sheet))


def has_high_model(ledger: Ledger, spec: FigureSpec, unit: Unit) -> Told:
    """MT2.3, MT3.2: một mô hình đang hoạt động (MT2.3: nông thôn mới) xếp loại Hiệu quả cao ở lần đánh giá gần nhất."""
    rural = spec.phep.chi_ntm
    keys = ("ma_mo_hinh", "trang_thai", "co_ntm") if rural else ("ma_mo_hinh", "trang_thai")
    reviews = ledger.latest_reviews(unit)
    parts = ledger.parts(unit, ledger.last)
    last = None
    for part in parts or ():
        for row in part.rows("B2"):
            last = part, row.values["trang_thai"]
            if not part.clean(row, *keys) or row.text("trang_thai") not in ACTIVE or (rural and not row.yes("co_ntm")):
                continue
            review = reviews.get(code_key(row.text("ma_mo_hinh")))
            if review is None or not review[0].clean(review[1], "xep_loai") or review[1].text("xep_loai") != HIGH:
                continue
            if not _may_be_overturned(ledger, unit, code_key(row.text("ma_mo_hinh")), review[1]):
                return Told(Answer.MET, review[0], review[1].values["xep_loai"])
    window = ledger.all_parts(unit, ledger.window)
    if parts is None or window is None:
        return UNKNOWN
    read_b2 = all(part.readable("B2") and not _any_stopped(part, "B2", *keys) for part in parts)
    review_keys = ("ma_mo_hinh", "ngay_danh_gia", "xep_loai")
    at_hand = ledger.parts_at_hand(unit, ledger.past)
    read_b3 = all(part.readable("B3") and not _any_stopped(part, "B3", *review_keys) for part in at_hand)
    if not read_b2 or not read_b3:
        return UNKNOWN
    return Told(Answer.NOT_MET, *last) if last else Told(Answer.NOT_MET)


def _may_be_overturned(ledger: Ledger, unit: Unit, model: str, review: Row) -> bool:
    """Whether a review that cannot be placed (its code or day is stopped) may be a later one with a lower class."""
    for part in ledger.parts_at_hand(unit, ledger.past):
        for row in part.rows("B3"):
            code_known, day_known = part.clean(row, "ma_mo_hinh"), part.clean(row, "ngay_danh_gia")
            if (code_known and day_known) or (code_known and code_key(row.text("ma_mo_hinh")) != model):
                continue
            placed = day_known and part.clean(row, "hinh_thuc") and row.text("hinh_thuc") != ""
            earlier = day_known and (row.day("ngay_danh_gia") or date.min) < (review.day("ngay_danh_gia") or date.max)
            earlier = earlier or (placed and review_rank(row) < review_rank(review))
            high = part.clean(row, "xep_loai") and row.text("xep_loai") == HIGH
            if not earlier and not high:
                return True
    return False


def agency_takes_part(ledger: Ledger, spec: FigureSpec, unit: Unit) -> Told:
    """MT3.1: đạt MT1.1, hoặc có ít nhất 01 mô hình chưa dừng (Đăng ký, Đang thực hiện, Duy trì, Tạm dừng)."""
    planned = has_plan(ledger, spec, unit)
    if planned.answer is Answer.MET:
        return planned
    parts = ledger.parts(unit, ledger.last)
    for part in parts or ():
        for row in part.rows("B2"):
            if part.clean(row, "ma_mo_hinh", "trang_thai") and row.text("trang_thai") in (
                "Đăng ký",
                *ACTIVE,
                "Tạm dừng",
            ):
                return Told(Answer.MET, part, row.values["trang_thai"])
    known = parts is not None and all(
        part.readable("B2") and not _any_stopped(part, "B2", "ma_mo_hinh", "trang_thai") for part in parts
    )
    return planned if known and planned.answer is Answer.NOT_MET else UNKNOWN


TESTS: dict[str, Test] = {
    "co_ke_hoach": has_plan,
    "da_pho_bien": spread_to_members,
    "da_tuyen_truyen": spread_to_people,
    "dat_ca_ba_noi_dung": all_three,
    "phu_kin_thon": all_hamlets_covered,
    "co_mo_hinh_hieu_qua_cao": has_high_model,
    "co_quan_thuc_hien": agency_takes_part,
}


def run_test(ledger: Ledger, spec: FigureSpec, units: Iterable[Unit]) -> tuple[list[Piece], tuple[str, ...]]:
    """(pieces, codes of the units that met or did not) of a unit test."""
    pieces: list[Piece] = []
    counted = []
    for unit in units:
        told = TESTS[spec.phep.ham or ""](ledger, spec, unit)
        found = pieces_of(ledger, unit, told)
        pieces += found
        if found:
            counted.append(unit.code)
    return pieces, tuple(counted)
