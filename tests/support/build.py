"""Small builders: little text tables become the records that a file of a unit would give.

Every cell goes through the same typing as a cell of a real workbook, so that the checks see what a file would give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from dvk_reports.checks.context import Case
from dvk_reports.checks.engine import Checked, check_return
from dvk_reports.figures.compute import compute
from dvk_reports.figures.ledger import Ledger
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.model.figures import Figure
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.periods import Quarter, parse_period
from dvk_reports.model.returns import FormSheet, Return, Submission, UsedReturn
from dvk_reports.model.values import Cell, Row
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.plan.duty import duties
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Deadline, Hamlet, Merger, OutsideIndex, Register, Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.run.steps.judge import past_of
from dvk_reports.vietnamese.dates import read_date

PLAN: Plan = load_plan()
FIRST_ROW = 7
"""The first data row of a table where the table itself names none (column ``dòng``)."""
HERE = Cell("danh-muc.xlsx", "Đơn vị", 2, 1)

NAMES = {
    "DB-XA-1": "Đảng bộ xã Nghĩa Đô",
    "DB-XA-2": "Đảng bộ xã Bảo Hà",
    "DB-TT-1": "Đảng bộ thị trấn Phố Ràng",
    "DB-CQ-1": "Đảng bộ cơ quan Huyện ủy",
    "CQ-BDV": "Ban Dân vận Huyện ủy",
}

PLAIN_B1 = """
    | so_ke_hoach                | 12-KH/ĐU   |
    | ngay_ke_hoach              | 10/01/2023 |
    | tong_so_chi_bo             | 10         |
    | so_chi_bo_da_trien_khai    | 10         |
    | tong_so_dang_vien          | 200        |
    | so_dang_vien_duoc_pho_bien | 200        |
    | so_hoi_nghi_pho_bien       | 1          |
    | so_cuoc_tuyen_truyen       | 1          |
    | so_chuyen_muc              | 0          |
"""


def lines_of(text: str) -> list[list[str]]:
    """The cells of every line that starts with |."""
    lines = (line.strip() for line in text.splitlines())
    return [[part.strip() for part in line[1:].removesuffix("|").split("|")] for line in lines if line.startswith("|")]


def table(text: str) -> list[dict[str, str]]:
    """A table with its keys in the first line."""
    head, *lines = lines_of(text) or [[]]
    return [dict(zip(head, line, strict=True)) for line in lines]


def pairs(text: str) -> dict[str, str]:
    """A key/value sheet: one line per key."""
    return {line[0]: line[1] for line in lines_of(text)}


def quarter(text: str) -> Quarter:
    return Quarter.parse(text)


def day(text: str) -> date:
    found = read_date(text)
    assert found is not None, text
    return found


# --- the register ---


def unit(
    code: str,
    kind: str = "",
    *,
    agency: bool = False,
    since: str = "",
    until: str = "",
    aliases: Sequence[str] = (),
    name: str = "",
    order: int = 0,
) -> Unit:
    """A unit of the register; its kind stands in its code (``DB-XA-1``) where none is given."""
    known = list(PLAN.kinds)
    kind = kind or next((item for item in known if code.startswith(item.replace("_", "-"))), "DB_CQ")
    return Unit(
        code=code,
        name=name or NAMES.get(code, code),
        kind=kind,
        group="I",
        agency=agency,
        since=day(since) if since else None,
        until=day(until) if until else None,
        aliases=tuple(aliases),
        email="",
        phone="",
        contact="",
        order=order,
        at=HERE,
    )


def office(
    *units: Unit,
    thon: Mapping[str, str] | None = None,
    mergers: Iterable[tuple[str, str, str]] = (),
    due: Mapping[str, str] | None = None,
    windows: Mapping[str, tuple[str, str]] | None = None,
    indices: Iterable[tuple[str, int, str]] = (),
) -> Register:
    """A register. ``thon``: unit -> "T1 Bản Rịa; T2 Làng Mười"; ``due``: quarter -> last day to send;
    ``windows``: quarter -> first and last day of its flows, where they are not the calendar's.
    """
    hamlets = []
    for code, text in (thon or {}).items():
        for part in text.split(";"):
            number, _, name = part.strip().partition(" ")
            hamlets.append(Hamlet(number, name or number, "Thôn", code, None, None, HERE))
    deadlines = {}
    for key, text in (due or {}).items():
        of = quarter(key)
        deadlines[of] = Deadline(of, day(text), None, of.first_day, of.last_day)
    for key, (first, last) in (windows or {}).items():
        of = quarter(key)
        deadlines[of] = Deadline(of, of.next.first_day, None, day(first), day(last))
    return Register(
        units=units,
        hamlets=tuple(hamlets),
        mergers=tuple(Merger(old, new, day(text), "Nghị quyết") for old, new, text in mergers),
        deadlines=deadlines,
        indices=tuple(OutsideIndex(code, year, Decimal(value), "Sở Nội vụ", HERE) for code, year, value in indices),
        spellings=PLAN.info.spellings,
    )


# --- returns ---


def raw(text: str) -> RawCell | None:
    """A cell as Excel holds it: 12 a number, 05/09/2023 a day, #REF! an error, = a formula without a result.

    Everything else is text, so 05/09/2023 is a day typed as text.
    """
    if text == "":
        return None
    if text.startswith("#") and text.endswith(("!", "?", "A", "0")):
        return RawCell(None, error=text, formula=True)
    if text == "=":
        return RawCell(None, formula=True)
    if re.fullmatch("[0-9]+", text):
        return RawCell(int(text))
    if re.fullmatch("[0-9]{2}/[0-9]{2}/[0-9]{4}", text) and (found := read_date(text)) is not None:
        return RawCell(found, number_format="dd/mm/yyyy")
    return RawCell(text)


def table_sheet(parser: ValueParser, spec: SheetSpec, rows: Iterable[Mapping[str, str]], file: str) -> FormSheet:
    """A table sheet: keys stand from column B on, in the order of the form."""
    columns = {key: place for place, key in enumerate(spec.keys, 2)}
    found = []
    for number, given in enumerate(rows, FIRST_ROW):
        unknown = set(given) - {*columns, "dòng"}
        assert not unknown, f"{spec.ma}: {unknown}"
        at_row = int(given.get("dòng") or number)
        values = {}
        for key, col in columns.items():
            at = Cell(file, spec.ma, at_row, col)
            values[key] = parser.value(spec, spec.fields[key], raw(given.get(key, "")), at, at_row)
        found.append(Row(spec.ma, at_row, values))
    return FormSheet(spec.ma, spec.ma, "2022.1", tuple(found), columns)


def key_sheet(parser: ValueParser, spec: SheetSpec, given: Mapping[str, str], file: str) -> FormSheet:
    """A key/value sheet: values stand in column C, the first key in row 5."""
    rows = {key: place for place, key in enumerate(spec.keys, 5)}
    unknown = set(given) - set(rows)
    assert not unknown, f"{spec.ma}: {unknown}"
    values = {}
    for key, number in rows.items():
        at = Cell(file, spec.ma, number, 3)
        values[key] = parser.value(spec, spec.fields[key], raw(given.get(key, "")), at, 0)
    return FormSheet(spec.ma, spec.ma, "2022.1", (Row(spec.ma, 0, values),), rows)


def form(
    sender: Unit,
    period: str,
    sheets: Mapping[str, str] | None = None,
    *,
    bia: Mapping[str, str] | None = None,
    ticks: str = "",
    absent: Iterable[str] = (),
    plan: Plan = PLAN,
) -> Return:
    """A return of a unit on the form of its quarter. ``sheets``: sheet -> little table; sheets not named are empty.

    ``ticks``: sheets ticked as Không phát sinh, e.g. "B3 B10". B1 and B11 are filled in plainly unless given.
    """
    of = quarter(period)
    plan = plan.on(of.last_day)
    file = f"{sender.code}.xlsx"
    parser = ValueParser(plan, sender.code, end=of.last_day)
    cover = {
        "ma_don_vi": sender.code,
        "ky": period,
        "ngay_chot": f"{of.last_day:%d/%m/%Y}",
        "phien_ban": "1",
        "loai_bao_cao": "Chính thức",
        "ma_mau": "2022.1",
        **{f"khong_phat_sinh_{sheet.lower()}": "Có" for sheet in ticks.split()},
        **(bia or {}),
    }
    given = sheets or {}
    unknown = set(given) - set(plan.sheets)
    assert not unknown, unknown
    found = {"BIA": key_sheet(parser, plan.sheets["BIA"], cover, file)}
    for name in [*duties(plan, sender.kind, of), *given]:
        if name in found or name in absent:
            continue
        spec = plan.sheets[name]
        if spec.table:
            found[name] = table_sheet(parser, spec, table(given.get(name, "")), file)
        else:
            plain = PLAIN_B1 if name == "B1" else "| uu_diem | Có chuyển biến |"
            found[name] = key_sheet(parser, spec, pairs(given.get(name, plain)), file)
    return Return(
        file=file,
        sha256="",
        unit=cover["ma_don_vi"],
        period=cover["ky"],
        form=cover["ma_mau"],
        version=1,
        kind=cover["loai_bao_cao"],
        sheets=found,
        findings=tuple(parser.findings),
    )


def checked(
    sender: Unit,
    register: Register | None,
    period: str,
    item: Return,
    before: Sequence[Return] = (),
    plan: Plan = PLAN,
) -> Checked:
    """The findings of a return. ``before``: the unit's used returns of earlier quarters."""
    own = sender if register is not None and sender.code in register.by_code else None
    of = quarter(period)
    history = [PastQuarter(quarter(old.period), {old.unit: used(old)}, {}) for old in before]
    past = past_of(plan, register, sender, history, of)
    return check_return(Case(plan, item, of, register, own, past))


def told(findings: Iterable[Finding]) -> list[str]:
    """``code SENTENCE level sheet cell key`` of every finding: twelve sentences share K04, so no code is enough."""
    parts = ((f.code, f.rule, f.level.value, f.sheet, f.cell, f.key) for f in findings)
    return [" ".join(part for part in line if part) for line in parts]


def used(item: Return, stops: Iterable[Stop] = ()) -> UsedReturn:
    return UsedReturn(
        unit=item.unit,
        period=item.period,
        file=item.file,
        kind=item.kind,
        rows={name: sheet.rows for name, sheet in item.sheets.items()},
        stops=frozenset(stops),
    )


# --- plain rows: a table is laid over a good row, so that only what matters is written out ---


def b1(**cells: object) -> str:
    plain: dict[str, object] = dict(pairs(PLAIN_B1))
    return "\n".join(f"| {key} | {value} |" for key, value in (plain | cells).items())


MODEL = {
    "ma_mo_hinh": "MH-DB-XA-1-001",
    "ten": "Đường hoa thôn bản",
    "loai": "Tập thể",
    "linh_vuc": "Kinh tế",
    "cap": "Cơ sở",
    "ma_thon": "T1",
    "ngay_dk": "05/03/2022",
    "trang_thai": "Đang thực hiện",
}


def rows(base: dict[str, str], text: str) -> str:
    """A little table laid over a plain row: only what matters is written out."""
    found = [{**base, **line} for line in table(text)]
    keys = list(dict.fromkeys(key for line in found for key in line))
    lines = ["|".join(["", *keys, ""]), *("|".join(["", *(row.get(key, "") for key in keys), ""]) for row in found)]
    return "\n".join(lines)


def b2(text: str, **base: str) -> str:
    return rows(MODEL | base, text)


def b3(text: str) -> str:
    plain = {"ma_mo_hinh": "MH-DB-XA-1-001", "ngay_danh_gia": "05/09/2023", "hinh_thuc": "Tự đánh giá"}
    return rows(plain | {"xep_loai": "Hiệu quả cao", "ket_qua": "Tốt"}, text)


def b5(text: str) -> str:
    plain = {"ten_lop": "Lớp", "hinh_thuc": "Độc lập", "cap_to_chuc": "Cơ sở", "ngay_tu": "05/09/2023"}
    return rows(plain | {"ngay_den": "06/09/2023", "doi_tuong": "Khác", "so_luot": "10"}, text)


def b6(text: str) -> str:
    plain = {"ngay": "05/09/2023", "tieu_de": "Tin", "kenh": "Mạng xã hội", "loai": "Tin"}
    return rows(plain, text)


def b7(text: str) -> str:
    plain = {"ngay": "05/09/2023", "chu_tri": "Đồng chí Bí thư", "hinh_thuc": "Kiểm tra", "don_vi_duoc_kt": "DB-XA-2"}
    return rows(plain | {"cap": "Khác"}, text)


def b8(text: str) -> str:
    plain = {"dot": "Đợt 1", "tu_ngay": "01/09/2023", "den_ngay": "05/09/2023", "co_quan": "Một cửa"}
    plain |= {"doi_tuong": "Người dân", "hinh_thuc": "Phiếu giấy", "phieu_phat": "50", "phieu_thu": "50"}
    return rows(plain | {"phieu_hop_le": "40"}, text)


def b9b(text: str) -> str:
    plain = {"phan_loai": "Tập thể", "ten": "Tổ A", "don_vi_cong_tac": "Xã", "doi_tuong": "Khác"}
    plain |= {"ma_mo_hinh": "MH-DB-XA-1-001", "thanh_tich": "Tốt", "thu_tu": "1"}
    plain |= {"hinh_thuc": "Giấy khen của Chủ tịch UBND huyện", "dang_xem_xet": "Không"}
    plain |= dict.fromkeys(("hs_to_trinh", "hs_bao_cao", "hs_bien_ban", "hs_xac_nhan"), "Có")
    return rows(plain, text)


def b9a(text: str) -> str:
    plain = {"nam_xet": "2023", "so_qd": "30-QĐ/ĐU", "ngay_qd": "10/10/2023", "co_quan_qd": "Đảng ủy"}
    return rows(plain | {"loai": "Tập thể", "don_vi": "Xã", "ket_qua": "Điển hình"}, text)


def b10(text: str) -> str:
    return rows({"noi_dung": "Hội nghị"}, text)


# --- figures ---


def ledger(
    register: Register,
    period: str,
    returns: Iterable[UsedReturn],
    *,
    held: str = "",
    as_of: date | None = None,
    submissions: Sequence[Submission] | Mapping[Quarter, tuple[Submission, ...]] = (),
    printed: Mapping[Quarter, Mapping[tuple[str, str], Decimal]] = MappingProxyType({}),
    plan: Plan = PLAN,
) -> Ledger:
    """``held``: quarters of the workspace besides those of the returns and the run's own."""
    found = {(item.unit, quarter(item.period)): item for item in returns}
    of = plan.within(parse_period(period))
    assert of is not None
    quarters = {of.last, *(key for _, key in found), *(quarter(text) for text in held.split()), *printed}
    return Ledger(
        office=Office(plan, register, as_of or of.last_day),
        period=of,
        returns=found,
        held=frozenset(quarters),
        submissions={of.last: tuple(submissions)} if not isinstance(submissions, Mapping) else submissions,
        printed={key: {name: _as_read(name, value) for name, value in then.items()} for key, then in printed.items()},
    )


def _as_read(name: tuple[str, str], value: Decimal) -> Figure:
    """A printed value as it is read back."""
    spec = PLAN.figure_specs[name[0]]
    return Figure(name[0], name[1], spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", value=value)


def judged(sender: Unit, register: Register, item: Return, before: Sequence[Return] = ()) -> UsedReturn:
    """The return as it counts after its checks."""
    result = checked(sender, register, item.period, item, before)
    assert not result.refused, result.refused
    return used(item, result.stops)


def figures_of(source: Ledger) -> dict[tuple[str, str], Figure]:
    return {(item.code, item.group): item for item in compute(source)}
