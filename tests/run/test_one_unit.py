"""One unit, one loss: what cannot be written for one unit costs that unit a finding, and nobody else anything."""

import openpyxl
import pytest

from dvk_reports import consolidate, make_forms
from dvk_reports.errors import SheetError, TemplateError
from dvk_reports.sheets.base.book import close_book, fitting, new_book, page
from tests.support.small_space import DAY, KY, files_of, put, sent, units

LONG = "một hai ba " * 2978  # 32,758 characters: legal in Excel
MODEL = {
    "ma_mo_hinh": "MH-CB-A-001",
    "ten": "Mô hình",
    "loai": "Tập thể",
    "linh_vuc": "Kinh tế",
    "cap": "Cơ sở",
    "trang_thai": "Đang thực hiện",
}


def _others(folder):
    return {name: data for name, data in files_of(folder).items() if "CB-B" in name or "CB-C" in name}


def _boxed(space, **changed):
    for code in ("CB-B", "CB-C"):
        put(space, f"{code}.xlsx", sent(space, code, b1={"so_chuyen_muc": None} if code == "CB-C" else None))
    put(space, "CB-A.xlsx", sent(space, "CB-A", **changed))


@pytest.fixture
def alone(space):
    """What the others get when nothing is odd."""
    _boxed(space)
    return _others(consolidate(space, KY, as_of=DAY).folder)


@pytest.mark.parametrize(
    "text", [LONG, "a\x0bb", "a\ud800b".encode("utf-8", "replace").decode()], ids=["long", "vt", "half"]
)
def test_a_text_that_no_cell_can_hold_as_told(space, alone, text):
    """In a text cell of a row, in a code, in a name on the cover: written as far as it goes."""
    cover = {"khong_phat_sinh_b2": None, "nguoi_lap": text}
    _boxed(space, cover=cover, b1={"tong_so_dang_vien": text}, rows={"B2": [{**MODEL, "ten": text, "ma_thon": text}]})
    result = consolidate(space, KY, as_of=DAY)
    assert units(result) == {"CB-A": "Đã chấp nhận", "CB-B": "Đã chấp nhận", "CB-C": "Đã chấp nhận"}
    assert _others(result.folder) == alone


@pytest.mark.parametrize("error", [SheetError("Cần sửa!B13: không ghi được"), ValueError("x"), UnicodeError("y")])
def test_a_copy_a_receipt_a_letter_that_cannot_be_made(space, alone, monkeypatch, error):
    """Whatever fails for one unit: a finding of that unit, exit 1, the rest as it was."""
    import dvk_reports.mail.units as room

    real = room.receipt

    def fails(plan, lead, item, *others):
        if item.unit == "CB-A":
            raise error
        return real(plan, lead, item, *others)

    monkeypatch.setattr(room, "receipt", fails)
    result = consolidate(space, KY, as_of=DAY)
    reason = str(error) if isinstance(error, SheetError) else "có nội dung không ghi được"
    said = f"Không lập được thư của đơn vị ({reason}); các đơn vị khác không bị ảnh hưởng."
    assert [(f.unit, f.text) for f in result.data.findings if f.code == "T18"] == [("CB-A", said)]
    assert not result.clean
    assert _others(result.folder) == alone


def test_a_form_that_cannot_be_drawn(space, monkeypatch):
    import dvk_reports.sheets.forms.templates as room

    real = room.form_bytes

    def fails(plan, content, templates):
        if "CB-A" in str(content):
            raise SheetError("B1!C5: không ghi được")
        return real(plan, content, templates)

    monkeypatch.setattr(room, "form_bytes", fails)
    made = make_forms(space, KY, as_of=DAY)
    assert [name for name in files_of(made.folder) if name.endswith(".xlsx")] == [
        f"DVK_CB-B_{KY}.xlsx",
        f"DVK_CB-C_{KY}.xlsx",
    ]
    assert "Không lập được biểu mẫu gửi Chi bộ A" in " ".join(made.lost)
    assert not made.clean


def test_an_error_of_the_whole_run_is_no_loss_of_one_unit(space, alone, monkeypatch):
    import dvk_reports.mail.units as room

    def fails(*_):
        raise TemplateError("mẫu hỏng")

    monkeypatch.setattr(room, "receipt", fails)
    with pytest.raises(TemplateError):
        consolidate(space, KY, as_of=DAY)


def test_a_cell_takes_what_excel_takes():
    """32,767 units of UTF-16; what is longer is cut and says so, what XML has not is shown as a sign."""
    assert fitting("x" * 32_767) == "x" * 32_767
    assert fitting("🙂" * 16_383) == "🙂" * 16_383
    for text in ("x" * 32_768, "🙂" * 16_384, "à" * 100_000):
        cut = fitting(text)
        assert cut.endswith(" […] (dài quá một ô Excel, đã cắt bớt)")
        assert 32_700 < len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert fitting("a\ud800b\x00c") == "a�b�c"


@pytest.mark.parametrize("name", ["Đảng ủy " * 60, "A & B " * 60, "𝟎" * 150, "x" * 148 + "&&&&&&", "a\x0bb\nc"])
def test_a_name_that_no_footer_can_hold(tmp_path, name, recwarn):
    """The footer repeats the name as far as it goes; the sheet is drawn, and nobody reads a warning in English."""
    book = new_book(tmp_path / "a.xlsx")
    page(book.add_worksheet(), foot=name)
    close_book(book, "a.xlsx")
    assert list(recwarn) == []
    foot = openpyxl.load_workbook(tmp_path / "a.xlsx").active.oddFooter
    assert (foot.left.text.strip()[:1], foot.center.text.strip()) == (name[0], "Trang &P/&N")
    assert foot.left.text.count("&") % 2 == 0
