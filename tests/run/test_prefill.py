"""What a form holds before it is filled in: small returns of earlier quarters go in, the printed rows come out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import openpyxl

from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import UsedReturn
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.steps.prefill import form_content
from dvk_reports.sheets.forms.layout import FormContent
from dvk_reports.sheets.forms.templates import form_bytes
from tests.support.build import PLAN, b1, b2, form, office, quarter, unit, used

XA = unit("DB-XA-1")
REGISTER = office(XA, thon={"DB-XA-1": "T1 Bản Rịa; T2 Làng Hòa"})
LINE = "| ma_mo_hinh | ten | trang_thai |"


def returned(period: str, *models: str, who: Unit = XA, stops: Sequence[Stop] = (), **more: str) -> UsedReturn:
    """A used return. ``models``: ``1 Tên | trạng thái``, with the unit's own code of that number."""
    lines = [LINE]
    for text in models:
        head, _, state = (part.strip() for part in text.partition("|"))
        number, _, name = head.partition(" ")
        code = number if number.startswith("MH") else f"MH-{who.code}-{int(number):03d}"
        lines.append(f"| {code} | {name} | {state or 'Đang thực hiện'} |")
    sheets = {"B2": b2("\n".join(lines), ma_thon=more.pop("thon", "T1"))} if models else {}
    return used(form(who, period, {**sheets, **more}), stops)


def content(*returns: UsedReturn, to: str = "2023-Q3", who: Unit = XA, register: Register = REGISTER) -> FormContent:
    held: dict[str, dict[str, UsedReturn]] = {}
    for item in returns:
        held.setdefault(item.period, {})[item.unit] = item
    history = tuple(PastQuarter(quarter(key), found, {}) for key, found in sorted(held.items()))
    return form_content(Office(PLAN, register, date(2023, 10, 12)), who, quarter(to), history)


def models(found: FormContent) -> list[str]:
    """``code ten`` of every printed model, with a ! where a note stands on its code."""
    notes = found.notes.get("B2", {})
    return [
        f"{row['ma_mo_hinh']} {row['ten']}" + " !" * ((place, "ma_mo_hinh") in notes)
        for place, row in enumerate(found.rows.get("B2", ()))
    ]


def test_the_models_of_the_last_list_come_again_and_the_ended_do_not() -> None:
    got = content(returned("2023-Q1", "1 Một", "2 Hai"), returned("2023-Q2", "2 Hai", "1 Một", "3 Ba | Dừng"))
    assert models(got) == ["MH-DB-XA-1-002 Hai", "MH-DB-XA-1-001 Một"]


def test_a_model_that_is_missed_goes_on_being_printed_with_a_note() -> None:
    first = returned("2022-Q4", "1 Một", "2 Đường hoa")
    got = content(first, returned("2023-Q1", "1 Một"), returned("2023-Q2", "1 Một"))
    assert models(got) == ["MH-DB-XA-1-001 Một", "MH-DB-XA-1-002 Đường hoa !"]
    assert got.notes["B2"][1, "ma_mo_hinh"] == (
        "Mô hình có ở báo cáo quý IV năm 2022 nhưng không có ở báo cáo quý II năm 2023. "
        "Còn thực hiện thì giữ dòng này; đã kết thúc thì chọn trạng thái kết thúc, không xóa dòng."
    )
    again = content(first, returned("2023-Q1", "1 Một"), returned("2023-Q2", "1 Một", "2 Đường hoa"))
    assert models(again) == ["MH-DB-XA-1-001 Một", "MH-DB-XA-1-002 Đường hoa"]


def test_a_unit_that_was_silent_for_two_quarters_has_left_nothing_out() -> None:
    assert models(content(returned("2022-Q4", "1 Một", "2 Hai"))) == ["MH-DB-XA-1-001 Một", "MH-DB-XA-1-002 Hai"]


def test_a_nil_report_has_left_nothing_out() -> None:
    nil = replace(returned("2023-Q2"), kind="Không phát sinh")
    assert models(content(returned("2023-Q1", "1 Một"), nil)) == ["MH-DB-XA-1-001 Một"]


def test_a_stopped_cell_is_left_blank_and_says_what_stood_there() -> None:
    last = returned(
        "2023-Q2",
        "1 Một | Đăng ký",
        stops=[Stop("B2", 7, "trang_thai"), Stop("B1", 0, "tong_so_dang_vien")],
        B1=b1(tong_so_dang_vien=7, tong_so_chi_bo=3),
    )
    got = content(last)
    assert got.rows["B2"][0]["trang_thai"] is None and got.rows["B2"][0]["ten"] == "Một"
    assert got.notes["B2"] == {
        (0, "trang_thai"): "Ô này ở báo cáo quý II năm 2023 ghi “Đăng ký” nhưng chưa được tính. Ghi lại cho đúng."
    }
    assert (got.values["B1"]["tong_so_dang_vien"], got.values["B1"]["tong_so_chi_bo"]) == (None, 3)
    assert list(got.notes["B1"]) == [(0, "tong_so_dang_vien")]


def test_a_row_whose_code_was_stopped_goes_out_without_it_unless_the_model_is_printed_already() -> None:
    first = returned("2023-Q1", "1 Đường hoa")
    stop = Stop("B2", 7, "ma_mo_hinh")
    assert models(content(first, returned("2023-Q2", "9 Đường hoa", stops=[stop]))) == ["MH-DB-XA-1-001 Đường hoa !"]
    assert models(content(returned("2023-Q2", "9 Đường hoa", stops=[stop]))) == ["None Đường hoa !"]


def test_a_note_is_drawn_on_its_cell() -> None:
    first = returned("2023-Q1", "1 Một", "2 Hai", B1=b1(tong_so_dang_vien=7))
    last = returned("2023-Q2", "1 Một", stops=[Stop("B1", 0, "tong_so_dang_vien")], B1=b1(tong_so_dang_vien=7))
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(PLAN, content(first, last))))
    noted = {
        f"{sheet.title}!{cell.coordinate}": (cell.value, cell.fill.fgColor.rgb)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert noted == {"B2!B9": ("MH-DB-XA-1-002", "FFF8CBAD"), "B1!C10": (None, "FFF8CBAD")}


# --- a unit that was split ---

OLD = unit("DB-XA-9", until="30/06/2023", name="Đảng bộ xã Cũ")
P = unit("DB-XA-2", since="01/07/2023", order=1)
Q = unit("DB-XA-3", since="01/07/2023", order=2)
SPLIT = office(
    OLD,
    P,
    Q,
    thon={"DB-XA-9": "V1 Bản Mai; V2 Bản Đào", "DB-XA-2": "P1 Bản Mai", "DB-XA-3": "Q1 Bản Đào"},
    mergers=[("DB-XA-9", "DB-XA-2", "01/07/2023"), ("DB-XA-9", "DB-XA-3", "01/07/2023")],
)


def of_split(who: Unit, *returns: UsedReturn, to: str = "2023-Q3") -> list[str]:
    return models(content(*returns, to=to, who=who, register=SPLIT))


def test_the_models_of_a_split_unit_are_printed_in_its_parts() -> None:
    old = returned("2023-Q2", "1 Chung", "2 Cũ | Dừng", who=OLD, thon="Tất cả")
    assert of_split(P, old) == of_split(Q, old) == ["MH-DB-XA-9-001 Chung !"]
    got = content(old, who=P, register=SPLIT)
    assert got.notes["B2"][0, "ma_mo_hinh"] == (
        "Mô hình của Đảng bộ xã Cũ trước khi chia tách. Của đơn vị mình thì giữ dòng này; "
        "của đơn vị khác thì xóa cả dòng."
    )


def test_the_hamlet_of_a_model_says_in_which_part_it_lies() -> None:
    mai = returned("2023-Q2", "1 Mai", who=OLD, thon="V1")
    assert (of_split(P, mai), of_split(Q, mai)) == (["MH-DB-XA-9-001 Mai !"], [])
    assert content(mai, who=P, register=SPLIT).rows["B2"][0]["ma_thon"] == "P1"


def test_a_model_that_one_part_has_listed_is_printed_there_alone_from_then_on() -> None:
    old = returned("2023-Q2", "1 Một", "2 Hai", "3 Ba", who=OLD, thon="Tất cả")
    mine = returned("2023-Q3", "MH-DB-XA-9-001 Một", who=P, thon="P1")
    other = returned("2023-Q3", "MH-DB-XA-9-002 Hai | Dừng", who=Q, thon="Q1")
    assert of_split(P, old, mine, other, to="2023-Q4") == ["MH-DB-XA-9-001 Một", "MH-DB-XA-9-003 Ba !"]
    assert of_split(Q, old, mine, other, to="2023-Q4") == ["MH-DB-XA-9-003 Ba !"]


PEOPLE = {"nguoi_lap": "Vàng A", "dien_thoai": "0912 000 111", "nguoi_ky": "Lù B", "chuc_vu_ky": "Bí thư"}


def cover(found: FormContent) -> dict[str, object]:
    return {key: value for key, value in found.values["BIA"].items() if key not in ("phien_ban", "loai_bao_cao")}


def test_who_fills_in_and_who_signs_come_again_and_nothing_else_of_the_cover() -> None:
    more = {"ngay_ky": "01/07/2023", "so_van_ban": "45-BC/ĐU", "ban_ky": "Có", "thay_the_phien_ban": "1"}
    last = used(form(XA, "2023-Q2", bia={**PEOPLE, **more}))
    older = used(form(XA, "2023-Q1", bia={"nguoi_lap": "Người cũ", "nguoi_ky": "Người cũ"}))
    assert cover(content(older, last)) == PEOPLE
    assert cover(content(older, used(form(XA, "2023-Q2", bia={"nguoi_lap": "Vàng A"})))) == {"nguoi_lap": "Vàng A"}
    assert cover(content()) == {}


def test_a_silent_quarter_leaves_what_was_said_before_and_a_stopped_cell_is_left_out() -> None:
    last = used(form(XA, "2023-Q1", bia=PEOPLE), [Stop("BIA", 0, "dien_thoai")])
    assert cover(content(last)) == {key: text for key, text in PEOPLE.items() if key != "dien_thoai"}


def test_who_signed_for_a_unit_that_was_merged_into_this_one_does_not_sign_for_it() -> None:
    other = unit("DB-XA-9", until="2023-06-30")
    gone = office(XA, other, mergers=[("DB-XA-9", "DB-XA-1", "2023-07-01")])
    assert cover(content(used(form(other, "2023-Q2", bia=PEOPLE)), register=gone)) == {}


def test_a_row_of_which_nothing_counts_is_no_model() -> None:
    keys = returned("2023-Q2", "9 Đường hoa").rows["B2"][0].values
    struck = [Stop("B2", 7, key) for key in keys]
    assert models(content(returned("2023-Q2", "9 Đường hoa", "2 Hai", stops=struck))) == ["MH-DB-XA-1-002 Hai"]
    # A model of an earlier list does not go with the row that was struck out.
    first = returned("2023-Q1", "1 Đường hoa")
    assert models(content(first, returned("2023-Q2", "1 Đường hoa", "2 Hai", stops=struck))) == [
        "MH-DB-XA-1-002 Hai",
        "MH-DB-XA-1-001 Đường hoa !",
    ]
