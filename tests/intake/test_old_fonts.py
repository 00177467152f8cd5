"""Text of the old encodings in a form: read and told where font and letters agree, else stopped and said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.styles import Font

from tests.intake.test_reading_forms import EXPECTED, FORM, PLAN, answers, form_in, read
from tests.support.offices import convert, edited
from tests.support.old_fonts import in_tcvn3, in_vni

TCVN3, VNI, TODAY = ".VnTime", "VNI-Times", "Times New Roman"

# sheet, key, what is typed, the font, what is read, the finding
CELLS = [
    ("B2", "ten", in_tcvn3("Đối thoại với người lao động"), TCVN3, "Đối thoại với người lao động", "T09 Ghi chú"),
    ("B2", "linh_vuc", in_tcvn3("Kinh tế"), TCVN3, "Kinh tế", "T08 Ghi chú"),
    ("B2", "trang_thai", in_vni("Đăng ký"), VNI, "Đăng ký", "T08 Ghi chú"),
    ("B2", "cap", in_tcvn3("Cơ sở"), TODAY, None, "K03 Chặn"),
    ("B2", "chu_the", in_vni("Hội Nông dân"), TCVN3, None, "T09 Chặn"),
    ("B2", "noi_dung", in_tcvn3("Hiến đất"), VNI, None, "T09 Chặn"),
    ("B2", "ket_qua_du_kien", "Nhãm 1", TCVN3, None, "T09 Chặn"),
    ("B8", "dot", "Đợt một", TCVN3, "Đợt một", ""),
    ("B8", "co_quan", in_tcvn3("UBND xã Tân Tiến"), ".VnTimeH", "UBND XÃ TÂN TIẾN", "T09 Ghi chú"),
    (
        "B11",
        "uu_diem",
        in_vni("Cấp ủy lãnh đạo sát sao,\nkịp thời"),
        VNI,
        "Cấp ủy lãnh đạo sát sao,\nkịp thời",
        "T09 Ghi chú",
    ),
    ("B11", "ton_tai", in_tcvn3("Còn chậm ở thôn xa"), TODAY, None, "T09 Chặn"),
    ("BIA", "nguoi_lap", in_tcvn3("Đặng Văn Quyết"), TCVN3, "Đặng Văn Quyết", "T09 Ghi chú"),
    ("BIA", "loai_bao_cao", in_tcvn3("Chính thức"), TCVN3, "Chính thức", "T08 Ghi chú"),
    # By its letters alone it could be Cã; of two words one is on the list.
    ("BIA", "ban_ky", in_tcvn3("Có"), TCVN3, True, "T08 Ghi chú"),
]


def placed(form: Any, sheet: str, key: str) -> Any:
    return form.sheets[sheet].rows[0].values[key]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The form with every cell of the table typed in its font."""
    clean = read(tmp_path_factory.mktemp("sach"))
    where = {(sheet, key): placed(clean, sheet, key).at for sheet, key, *_ in CELLS}

    def edit(book: Any) -> None:
        for sheet, key, text, font, *_ in CELLS:
            at = where[sheet, key]
            cell = book[sheet].cell(at.row, at.col)
            cell.value, cell.font = text, Font(name=font)

    data: bytes = edited(FORM, edit)
    return data


@pytest.mark.parametrize("ending", ["xlsx", "xls:MS Excel 97", "ods"])
def test_every_text_of_a_form_in_every_format(tmp_path: Any, typed: bytes, ending: str) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(typed)
    form = form_in(path if ending == "xlsx" else convert(path, ending, tmp_path / "ra"))
    told = {
        (item.sheet, item.key): (f"{item.code} {item.level.value}", item.raw, bool(item.stops))
        for item in form.findings
        if item.key
    }
    expected = {
        (sheet, key): (finding, text, "Chặn" in finding) for sheet, key, text, _, _, finding in CELLS if finding
    }
    assert told == expected
    assert {(sheet, key): placed(form, sheet, key).typed for sheet, key, *_ in CELLS} == {
        (sheet, key): read_as for sheet, key, _, _, read_as, _ in CELLS
    }
    assert [placed(form, sheet, key).text for sheet, key, *_ in CELLS] == [text for _, _, text, *_ in CELLS]


def test_what_was_written_and_what_was_read_are_both_told(tmp_path: Any, typed: bytes) -> None:
    (note,) = [item for item in read(tmp_path, typed).findings if item.key == "nguoi_lap"]
    assert "“§Æng V¨n QuyÕt”" in note.text and "TCVN3" in note.text and "“Đặng Văn Quyết”" in note.text


@pytest.mark.parametrize(("font", "typed_in"), [(TCVN3, in_tcvn3), (VNI, in_vni)])
def test_captions_in_an_old_font_serve_where_the_keys_are_gone(
    tmp_path: Any, font: str, typed_in: Callable[[str], str]
) -> None:
    """Every caption of every sheet, those too that could be another word ("Ghi chó")."""

    def edit(book: Any) -> None:
        for name in ("B2", "B8", "B10", "B11"):
            sheet = book[name]
            table = PLAN.sheets[name].table
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.row == 1 or (cell.column == 1 and not table):
                        cell.value = None
                    elif isinstance(cell.value, str) and (cell.row < 8 if table else cell.column == 2):
                        cell.value, cell.font = typed_in(cell.value), Font(name=font)

    form = read(tmp_path, edited(FORM, edit))
    assert answers(form) == EXPECTED
    assert {(item.code, item.sheet) for item in form.findings} == {("T03", name) for name in ("B2", "B8", "B10", "B11")}
