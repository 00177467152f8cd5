"""Figures that no operation of the closed list can say: one named function each, as figures.yaml names them.

Each takes the units in N and returns what the counted ones add; its docstring is the definition in short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from dvk_reports.figures.counted import Columns, Computed, by_unit, counted_parts, rows_in
from dvk_reports.figures.lasting import kept_two_years
from dvk_reports.figures.ledger import Ledger, Part
from dvk_reports.figures.pieces import Piece, counted_class, distinct, label, piece, total, unit_piece, whole
from dvk_reports.figures.pieces import chaired as chaired_by_sender
from dvk_reports.figures.unit_tests import covered_hamlets
from dvk_reports.model.records import AFTER_CLOSING, LATE, ON_TIME, Row, UnitState, Value
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.lookups import ACTIVE, HIGH, code_key, replication, review_rank
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold

Named = Callable[[Ledger, FigureSpec, tuple[Unit, ...]], Computed]
_OPINIONS = ("rat_hl", "hl", "bt", "khl", "rat_khl")


def _active(ledger: Ledger, parts: Iterable[Part]) -> Iterator[tuple[Part, Row]]:
    """Active models at the end of the period."""
    for part, row in rows_in(parts, "B2"):
        if part.quarter == ledger.last and row.text("trang_thai") in ACTIVE:
            yield part, row


def hamlets_with_model(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT2.1: thôn của danh mục có mô hình đang hoạt động, trên mọi thôn của các xã, thị trấn được tính.

    Mức thấp nhất, cao nhất tính trên mọi thôn của mọi xã, thị trấn phải nộp.
    """
    day = ledger.last_day
    counted = counted_parts(ledger, spec, [u for u in units if ledger.register.hamlets_of(u.code, day)])
    pieces: list[Piece] = []
    for unit, parts in by_unit(ledger, counted):
        for hamlet in ledger.register.hamlets_of(unit.code, day):
            pieces.append(Piece(unit.code, hamlet.at.file, hamlet.at, Decimal(1), below=True))
        for part in parts:
            covered = covered_hamlets(ledger, part)
            pieces += [piece(ledger, part, value, 1) for value in covered.values()]
    every = sum(len(ledger.register.hamlets_of(unit.code, day)) for unit in units)
    done = total(pieces)
    missing = sum(len(ledger.register.hamlets_of(unit.code, day)) for unit in units if unit.code not in counted)
    bounds = (done / every, (done + missing) / every) if every else (None, None)
    return Computed(pieces, tuple(counted), low=bounds[0], high=bounds[1])


def fields_of_communes(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT2.4: số xã, thị trấn có mô hình đang hoạt động ở đủ bốn lĩnh vực; dòng: có đúng chừng ấy lĩnh vực."""
    counted = counted_parts(ledger, spec, units)
    every = len(ledger.plan.labels("linh_vuc"))
    pieces = []
    lines: dict[str, list[Piece]] = {f"{number} lĩnh vực": [] for number in range(every, -1, -1)}
    for unit, parts in by_unit(ledger, counted):
        cells = {row.text("linh_vuc"): (part, row) for part, row in _active(ledger, parts) if row.text("linh_vuc")}
        if cells:
            part, row = next(iter(cells.values()))
            here = piece(ledger, part, row.values["linh_vuc"], 1)
        else:
            here = unit_piece(unit, below=False)
        lines[f"{len(cells)} lĩnh vực"].append(here)
        if len(cells) == every:
            pieces.append(here)
    return Computed(pieces, tuple(counted), lines=lines)


def reviewed_models(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT4.1: mô hình đang hoạt động, đăng ký trước mốc của năm (01/9), đã được đánh giá trong năm."""
    counted = counted_parts(ledger, spec, units)
    year = ledger.last.year
    cutoff = ledger.plan.month_day("moc_dang_ky_de_danh_gia", ledger.last_day, year)
    pieces: list[Piece] = []
    late = 0
    for _, parts in by_unit(ledger, counted):
        reviews = {code_key(row.text("ma_mo_hinh")): (part, row) for part, row in _reviews_of_year(ledger, parts)}
        for part, row in _active(ledger, parts):
            registered = row.day("ngay_dk")
            if registered is None or registered >= cutoff:
                late += 1
                continue
            pieces.append(piece(ledger, part, row.values["trang_thai"], 1, below=True))
            review = reviews.get(code_key(row.text("ma_mo_hinh")))
            if review is not None:
                pieces.append(piece(ledger, review[0], review[1].values["ngay_danh_gia"], 1))
    notes = [f"{show_count(late)} mô hình đăng ký từ {show_date(cutoff)} chưa tính"] if late else []
    return Computed(pieces, tuple(counted), notes)


def _reviews_of_year(ledger: Ledger, parts: Iterable[Part]) -> Iterator[tuple[Part, Row]]:
    first, last = date(ledger.last.year, 1, 1), ledger.last_day
    for part, row in rows_in(parts, "B3"):
        day = row.day("ngay_danh_gia")
        if day is not None and first <= day <= last and row.text("ma_mo_hinh"):
            yield part, row


def replicated_models(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT4.2: mô hình Hiệu quả cao đang hoạt động đã có nơi khác làm theo, trên mọi mô hình Hiệu quả cao đang hoạt động.

    Đơn vị chỉ được tính khi mọi quý từ đầu năm đều có báo cáo: lần đánh giá hay lượt nhân rộng có thể ở quý thiếu.
    """
    pieces: list[Piece] = []
    counted = []
    for unit in units:
        window = ledger.all_parts(unit, ledger.window)
        past = tuple(ledger.parts_at_hand(unit, ledger.past))
        if window is None or not all(whole(ledger, spec, part) for part in (*window, *past)):
            continue
        counted.append(unit.code)
        reviews = ledger.latest_reviews(unit)
        replicated = _replicated(ledger, unit)
        for _, row in _active(ledger, window):
            key = code_key(row.text("ma_mo_hinh"))
            review = reviews.get(key)
            if review is None or review[1].text("xep_loai") != HIGH:
                continue
            pieces.append(piece(ledger, review[0], review[1].values["xep_loai"], 1, below=True))
            if key in replicated:
                pieces.append(piece(ledger, replicated[key][0], replicated[key][1], 1))
    return Computed(pieces, tuple(counted))


def _replicated(ledger: Ledger, unit: Unit) -> dict[str, tuple[Part, Value]]:
    """Model key -> the first valid replication in any used return up to the period."""
    found: dict[str, tuple[Part, Value]] = {}
    now = {code_key(row.text("ma_mo_hinh")): row for _, row in rows_in(ledger.parts(unit, ledger.last) or (), "B2")}
    for part, row in rows_in(ledger.parts_at_hand(unit, ledger.past), "B3b"):
        key = code_key(row.text("ma_mo_hinh"))
        if not key or not part.clean(row, "ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong"):
            continue
        then = {code_key(model.text("ma_mo_hinh")): model for model in part.rows("B2")}
        told = replication(ledger.register, part.unit.code, row, {**now, **then}, part.quarter.last_day)
        if told is True:
            found.setdefault(key, (part, row.values["noi_nhan_rong"]))
    return found


def models_by_class(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT4.3: mô hình được đánh giá trong năm, mỗi mô hình ở xếp loại của lần đánh giá gần nhất của năm."""
    counted = counted_parts(ledger, spec, units)
    pieces = []
    for _, parts in by_unit(ledger, counted):
        latest: dict[str, tuple[Part, Row]] = {}
        for part, row in _reviews_of_year(ledger, parts):
            key = code_key(row.text("ma_mo_hinh"))
            if key not in latest or review_rank(row) >= review_rank(latest[key][1]):
                latest[key] = part, row
        for part, row in latest.values():
            pieces.append(piece(ledger, part, row.values["xep_loai"], 1, groups=(row.text("xep_loai"),)))
    return Computed(pieces, tuple(counted))


def satisfaction(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT5.1 – MT5.5: phiếu Rất hài lòng và Hài lòng trên mọi phiếu trả lời nội dung đó, gộp mọi dòng có hỏi."""
    counted = counted_parts(ledger, spec, units)
    pieces: list[Piece] = []
    for _, parts in by_unit(ledger, counted):
        for part, row in rows_in(parts, "B8"):
            values = [row.values.get(f"{spec.phep.mat}_{opinion}") for opinion in _OPINIONS]
            groups = (label(row.values.get("doi_tuong")),)
            for place, value in enumerate(values):
                if value is None or not isinstance(value.typed, Decimal):
                    continue
                pieces.append(piece(ledger, part, value, value.typed, below=True, groups=groups))
                if place < 2:
                    pieces.append(piece(ledger, part, value, value.typed, groups=groups))
    return Computed(pieces, tuple(counted))


def satisfaction_gap(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT5.7: tỷ lệ hài lòng chung của người dân trừ của tổ chức; mỗi dòng có tử số, mẫu số riêng."""
    found = satisfaction(ledger, spec, units)
    labels = ledger.plan.labels("doi_tuong_khao_sat")
    lines = {name: [item for item in found.pieces if name in item.groups] for name in labels}
    shares = [_share(lines[name]) for name in labels]
    gap = shares[0] - shares[1] if shares[0] is not None and shares[1] is not None else None
    return Computed([], found.counted, value=gap, lines=lines)


def _share(pieces: list[Piece]) -> Decimal | None:
    below = total(pieces, below=True)
    return total(pieces) / below if below else None


def outside_index(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """MT5.8: chỉ số do tỉnh công bố cho năm đó, ghi ở danh mục theo phần trăm."""
    index = ledger.register.index(spec.phep.ma or spec.ma, ledger.last.year)
    if index is None:
        return Computed([], (), ["chưa công bố"])
    value = index.value / 100
    return Computed([Piece("", index.at.file, index.at, value)], (), [f"Nguồn: {index.source}"], value=value)


def shares_of_attendants(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """NV1.3: lượt nữ, lượt dân tộc thiểu số trên số lượt của những lớp có ghi số đó (mỗi dòng tính riêng)."""
    counted = counted_parts(ledger, spec, units)
    return Computed([], tuple(counted), no_value=True)


def attendants_line(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...], column: str, extra: Columns) -> Computed:
    """One line of NV1.3: over the classes where the part is written."""
    counted = counted_parts(ledger, spec, units, extra)
    pieces: list[Piece] = []
    classes = told = 0
    for _, parts in by_unit(ledger, counted):
        for part, row in rows_in(parts, "B5"):
            if not counted_class(ledger, part, row, ()):
                continue
            classes += 1
            some, every = row.number_of(column), row.number_of("so_luot")
            if some is None or every is None:
                continue
            told += 1
            pieces.append(piece(ledger, part, row.values[column], some))
            pieces.append(piece(ledger, part, row.values["so_luot"], every, below=True))
    notes = [f"{show_count(told)} trên {show_count(classes)} lớp có ghi số này"] if classes else []
    return Computed(pieces, tuple(counted), notes)


def classes_in_plan(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """NV1.4: lớp của NV1.1 khai giảng trong các năm Kế hoạch định; lớp năm khác là Ngoài kế hoạch, không cộng vào."""
    counted = counted_parts(ledger, spec, units)
    years = [year.strip() for year in ledger.plan.value("nam_tap_huan", ledger.last_day).gia_tri.split(";")]
    lines: dict[str, list[Piece]] = {**{f"Năm {year}": [] for year in years}, "Ngoài kế hoạch": []}
    pieces = []
    for _, parts in by_unit(ledger, counted):
        for part, row in rows_in(parts, "B5"):
            day = row.day("ngay_tu")
            if day is None or not counted_class(ledger, part, row, ()):
                continue
            here = piece(ledger, part, row.values["ngay_tu"], 1)
            if str(day.year) in years:
                pieces.append(here)
                lines[f"Năm {day.year}"].append(here)
            else:
                lines["Ngoài kế hoạch"].append(here)
    return Computed(pieces, tuple(counted), lines=lines)


def inspected_units(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """NV4.2: đơn vị khác nhau được kiểm tra trong các cuộc của NV4.1, theo mã nếu nhận ra được."""
    counted = counted_parts(ledger, spec, units)
    pieces = []
    for _, parts in by_unit(ledger, counted):
        for part, row in rows_in(parts, "B7"):
            text, day = row.text("don_vi_duoc_kt"), row.day("ngay")
            if not text or not chaired_by_sender(ledger, part, row, ()):
                continue
            named = ledger.register.resolve_unit(text, day or part.quarter.last_day)
            key = named.code if named is not None else f"={fold(text)}"
            pieces.append(piece(ledger, part, row.values["don_vi_duoc_kt"], 1, key=key))
    return Computed(distinct(pieces), tuple(counted))


def recognised_models(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """NV5.1: mô hình khác nhau có quyết định công nhận trong năm xét; không có mã thì theo tên trong đơn vị."""
    counted = counted_parts(ledger, spec, units)
    pieces = []
    for part, row in _of_award_year(ledger, counted, "Mô hình"):
        if not row.text("so_qd") or row.day("ngay_qd") is None:
            continue
        code = code_key(row.text("ma_mo_hinh"))
        column = "ma_mo_hinh" if code else "ten"
        key = code or f"{part.unit.code}={fold(row.text('ten'))}"
        pieces.append(piece(ledger, part, row.values[column], 1, key=key))
    return Computed(distinct(pieces), tuple(counted))


def named_subjects(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """NV5.2: lượt tập thể, cá nhân điển hình được ghi danh; trùng đơn vị, loại, tên, ngày sinh thì tính một lần."""
    counted = counted_parts(ledger, spec, units)
    pieces = []
    for part, row in _of_award_year(ledger, counted, "Điển hình"):
        born = row.day("ngay_sinh")
        key = "|".join((part.unit.code, row.text("loai"), fold(row.text("ten")), str(born or "")))
        pieces.append(piece(ledger, part, row.values["loai"], 1, groups=(row.text("loai"),), key=key))
    return Computed(distinct(pieces), tuple(counted))


def _of_award_year(ledger: Ledger, counted: dict[str, tuple[Part, ...]], result: str) -> Iterator[tuple[Part, Row]]:
    for _, parts in by_unit(ledger, counted):
        for part, row in rows_in(parts, "B9a"):
            if row.text("ket_qua") == result and row.number_of("nam_xet") == ledger.last.year:
                yield part, row


def on_time(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """TL.1: đơn vị nộp đúng hạn trên số đơn vị đã rõ đúng hay không đúng hạn; nhiều quý thì cộng lượt đơn vị các quý.

    Quý chưa có hạn nộp, hoặc chưa tổng hợp, thì để trống.
    """
    codes = tuple(submission.unit for submission in ledger.due)
    pieces: list[Piece] = []
    for quarter in ledger.period.quarters:
        deadline = ledger.register.deadlines.get(quarter)
        if deadline is None or quarter not in ledger.submissions:
            lacking = "chưa có hạn nộp trong danh mục" if deadline is None else "chưa có số liệu"
            several = f" {quarter.title}" if len(ledger.period.quarters) > 1 else ""
            return Computed([], codes, [f"{lacking}{several}"], no_value=True)
        pieces += _punctual_units(ledger, quarter, deadline.due)
    return Computed(pieces, codes)


def _punctual_units(ledger: Ledger, quarter: Quarter, due: date) -> Iterator[Piece]:
    for submission in ledger.sent(quarter):
        unit = ledger.register.by_code.get(submission.unit)
        if unit is None:
            continue  # the clerk has taken it out of the register since
        accepted = submission.state is UnitState.ACCEPTED
        if (accepted and submission.received is not None) or (not accepted and ledger.as_of > due):
            yield unit_piece(unit, below=True)
        if accepted and submission.punctual == ON_TIME:
            yield unit_piece(unit, below=False)


def to_remind(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """TL.2: đơn vị chưa nộp, nộp muộn, bị trả lại hoặc cần xác minh ở quý cuối kỳ; mỗi đơn vị tính một lần."""
    lines: dict[str, list[Piece]] = {name: [] for name in (spec.phan_to.nhan if spec.phan_to else [])}
    pieces = []
    for submission in ledger.due:
        unit = ledger.register.by_code.get(submission.unit)
        if unit is None:
            continue
        here = unit_piece(unit, below=False)
        if submission.state is UnitState.MISSING:
            name = "Chưa nộp"
        elif submission.state in (UnitState.REFUSED, UnitState.UNREADABLE):
            name = "Trả lại"
        elif submission.state is UnitState.CONFLICT:
            name = "Cần xác minh"
        elif submission.punctual in (LATE, AFTER_CLOSING):
            name = "Nộp muộn"
        else:
            continue
        lines[name].append(here)
        pieces.append(here)
    deadline = ledger.register.deadlines.get(ledger.last)
    early = deadline is not None and ledger.as_of <= deadline.due and lines.get("Chưa nộp")
    return Computed(pieces, tuple(item.unit for item in ledger.due), ["chưa đến hạn"] if early else [], lines=lines)


NAMED: dict[str, Named] = {
    "thon_co_mo_hinh": hamlets_with_model,
    "so_linh_vuc": fields_of_communes,
    "mo_hinh_duoc_danh_gia": reviewed_models,
    "hieu_qua_cao_duoc_nhan_rong": replicated_models,
    "mo_hinh_theo_xep_loai": models_by_class,
    "hai_long": satisfaction,
    "chenh_lech_hai_long": satisfaction_gap,
    "chi_so_ngoai": outside_index,
    "ty_le_nguoi_du": shares_of_attendants,
    "lop_trong_ke_hoach": classes_in_plan,
    "don_vi_duoc_kiem_tra": inspected_units,
    "mo_hinh_duoc_cong_nhan": recognised_models,
    "dien_hinh_duoc_ghi_danh": named_subjects,
    "duy_tri_tu_hai_nam": kept_two_years,
    "nop_dung_han": on_time,
    "can_nhac": to_remind,
}
