"""A closed quarter stays closed: the seal, running it again, later editions and what they restate."""

import hashlib
import json
import os
import shutil
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

from dvk_reports import close_period, consolidate, status, verify_archive
from dvk_reports.cli import dvk
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.restated import restated_note
from dvk_reports.intake.back.past import read_past
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.run.plans import load_plan
from dvk_reports.run.steps import locked
from dvk_reports.run.steps.seal import read_seal
from dvk_reports.workspace.folder import Workspace
from tests.support.registers import register_bytes
from tests.support.small_space import KY, files_of, put, sent

SEALED_ON, LATER = date(2023, 10, 23), date(2023, 11, 6)
UNITS = [
    {"ma_don_vi": f"CB-{n}", "ten": f"Chi bộ {n}", "loai": "CB_CQ", "nhom": "II", "email": f"cb{n}@vi-du.example"}
    for n in "ABC"
]
DEADLINES = [{"ky": KY, "han_nop": date(2023, 10, 10), "ngay_khoa_so": date(2023, 10, 20)}]


def register(space, units=UNITS, deadlines=DEADLINES, **sheets):
    rows = {"Đơn vị": units, "Hạn nộp": deadlines, **sheets}
    space.register_path.write_bytes(register_bytes(space.plan, rows))


def dated(path, day):
    noon = datetime(day.year, day.month, day.day, 12).timestamp()
    os.utime(path, (noon, noon))
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A and B have sent their returns in time, C is silent: (consolidated, closed), made once and copied."""
    space = Workspace(tmp_path_factory.mktemp("mẫu") / "tổng hợp", load_plan(), read_sheets)
    (space.root / "mau-word").mkdir(parents=True)
    register(space)
    dated(put(space, "A.xlsx", sent(space, "CB-A")), date(2023, 10, 9))
    dated(put(space, "thư/B.xlsx", sent(space, "CB-B")), date(2023, 10, 12))
    consolidate(space, KY, as_of=SEALED_ON)
    closed = Workspace(space.root.parent / "đã khóa", space.plan, read_sheets)
    shutil.copytree(space.root, closed.root)
    close_period(closed, KY, as_of=SEALED_ON)
    return space, closed


def copied(space, folder):
    shutil.copytree(space.root, folder / "làm việc")
    return Workspace(folder / "làm việc", space.plan, read_sheets)


@pytest.fixture
def quarter(made, tmp_path):
    return copied(made[0], tmp_path)


@pytest.fixture
def sealed(made, tmp_path):
    return copied(made[1], tmp_path)


def archive(space, edition=""):
    return space.root / "luu" / f"{KY}{edition}.zip"


def late(space, **b1):
    return dated(put(space, "C.xlsx", sent(space, "CB-C", b1=b1)), date(2023, 11, 2))


def lines(space, name="Điều chỉnh", *keys):
    """The data rows of a sheet by their keys."""
    book = openpyxl.load_workbook(space.results(KY) / "tong-hop.xlsx")
    rows = list(book[name].iter_rows(values_only=True))
    places = [rows[0].index(key) for key in keys]
    return [tuple(row[place] for place in places) for row in rows[1:] if row[0]]


def test_a_sealed_quarter_holds_everything_and_runs_again_to_the_same_bytes(quarter):
    closed = close_period(quarter, KY, as_of=SEALED_ON)
    assert (closed.path, closed.edition) == (quarter.root / "luu" / f"{KY}.zip", 0)
    assert closed.remarks == ("Còn 01 đơn vị chưa có báo cáo được dùng; nộp sau thì thành bản bổ sung.",)
    seal = read_seal(closed.path)
    assert {name: data for name, data in seal.files.items() if not name.startswith("quy-dinh/")} == {
        name: data for name, data in files_of(quarter.root).items() if not name.startswith(("luu/", "gui-lan-nay/"))
    }
    rules = {name.removeprefix("quy-dinh/") for name in seal.files if name.startswith("quy-dinh/")}
    assert rules == set(quarter.plan.texts)
    assert seal.record["ngay_tep"] == {f"nhan-ve/{KY}/A.xlsx": "2023-10-09", f"nhan-ve/{KY}/thư/B.xlsx": "2023-10-12"}
    assert {"openpyxl", "xlsxwriter", "python-docx"} <= set(seal.record["goi"])
    before = files_of(quarter.root)
    found = verify_archive(closed.path)
    assert (found.same, found.differences, found.versions, found.by_hand) == (True, (), (), ())
    assert found.compared == len(files_of(quarter.results(KY)))
    assert files_of(quarter.root) == before


def test_the_day_of_a_file_is_an_input(sealed):
    """B has no other word on its day: the archive run on another day of copying still tells the same."""
    path = archive(sealed)
    assert lines(sealed, "Tình hình nộp", "ma_don_vi", "ngay_nhan", "dung_han")[1] == (
        "CB-B",
        datetime(2023, 10, 12),
        "Nộp muộn",
    )
    shutil.copy(path, sealed.root.parent / path.name)
    shutil.rmtree(sealed.root)
    assert verify_archive(sealed.root.parent / path.name).same


def test_two_copies_give_the_same_archive(made, quarter):
    """Also after a run on another computer's copy."""
    consolidate(quarter, KY, as_of=SEALED_ON)
    (quarter.results(KY) / "thay-doi.txt").unlink()
    assert close_period(quarter, KY, as_of=SEALED_ON).path.read_bytes() == archive(made[1]).read_bytes()


def flipped(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_any_changed_byte_is_noticed(made, tmp_path):
    data = archive(made[1]).read_bytes()
    path = tmp_path / f"{KY}.zip"
    for place in range(0, len(data), max(1, len(data) // 150)):
        path.write_bytes(flipped(data, place))
        with pytest.raises(WorkspaceError):
            read_seal(path)
    for changed in (data[:-1], data + b" ", b""):
        path.write_bytes(changed)
        with pytest.raises(WorkspaceError):
            read_seal(path)
    with pytest.raises(WorkspaceError, match="Không đọc được tệp lưu"):
        verify_archive(tmp_path / "không có.zip")


def test_a_file_put_in_another_ones_place_is_named(made, tmp_path):
    source = archive(made[1])
    target = tmp_path / source.name
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name.endswith("B.xlsx"):
                continue
            new.writestr(name, b"khac" if name == "danh-muc.xlsx" else old.read(name))
        new.writestr("them.txt", b"")
    with pytest.raises(WorkspaceError) as error:
        verify_archive(target)
    assert str(error.value) == (
        f"Niêm phong của {KY}.zip không còn nguyên vẹn: danh-muc.xlsx đã bị sửa; mất nhan-ve/{KY}/thư/B.xlsx; "
        "thêm them.txt."
    )


def test_what_comes_out_otherwise_is_told_by_its_cells(sealed, monkeypatch):
    """A program that counts otherwise than the one that sealed."""
    path = archive(sealed)
    monkeypatch.setattr("dvk_reports.sheets.totals.context.TotalsContext.coverage", property(lambda self: "9/9"))
    monkeypatch.setattr("dvk_reports.run.close.__version__", "0.0.1")
    found = verify_archive(path)
    assert not found.same
    (told,) = found.differences
    assert told.startswith("tong-hop.xlsx: khác bản đã khóa: Tổng quan!") and "2/3 → 9/9" in told
    assert [line.endswith(" lúc khóa, 0.0.1 hiện nay") for line in found.versions] == [True]


def paper_of_its_own(space):
    Document().save(str(space.root / "mau-word" / "bao-cao.docx"))


CHANGES = [
    (late, r"tệp nhận về C\.xlsx \(mới\)"),
    (lambda space: (space.received(KY) / "A.xlsx").unlink(), r"tệp nhận về A\.xlsx \(không còn\)"),
    (lambda space: put(space, "A.xlsx", b"khac"), r"tệp nhận về A\.xlsx \(đã đổi\)"),
    (lambda space: dated(space.received(KY) / "A.xlsx", date(2023, 10, 8)), r"A\.xlsx \(ngày của tệp đã đổi\)"),
    (lambda space: register(space, UNITS[:2]), r"danh mục danh-muc\.xlsx \(đã đổi\)"),
    (paper_of_its_own, r"mẫu Word bao-cao\.docx \(mới\)"),
    (lambda space: (space.results(KY) / "tong-hop.xlsx").write_bytes(b"khac"), r"tong-hop\.xlsx đã bị sửa sau khi"),
    (lambda space: (space.results(KY) / "nhat-ky.json").unlink(), "chưa tổng hợp nên chưa khóa được"),
    (lambda space: (space.results(KY) / "nhat-ky.json").write_text("{"), r"nhat-ky\.json bị hỏng hoặc bị sửa"),
]


def test_what_has_changed_since_is_consolidated_first(made, tmp_path):
    for number, (change, said) in enumerate(CHANGES):
        space = copied(made[0], tmp_path / str(number))
        change(space)
        with pytest.raises(WorkspaceError, match=said) as error:
            close_period(space, KY, as_of=SEALED_ON)
        assert f"dvk consolidate {KY}" in str(error.value)
        assert not (space.root / "luu").exists()


def test_a_longer_period_is_not_closed(made):
    for period in ("2023", "2023-6T", "2023-9T", "2022-Q2..2023-Q3"):
        with pytest.raises(PlanError, match="gồm nhiều quý; lệnh này khóa từng quý"):
            close_period(made[0], period)


def test_a_draft_edited_by_the_clerk_is_sealed_as_edited(quarter):
    paper = quarter.results(KY) / "bao-cao.docx"
    document = Document(str(paper))
    document.add_paragraph("Lời của văn thư")
    document.save(str(paper))
    closed = close_period(quarter, KY, as_of=SEALED_ON)
    assert closed.remarks[0] == "bao-cao.docx đã được sửa tay sau khi tổng hợp: niêm phong như bản đã sửa."
    assert read_seal(closed.path).files[f"ket-qua/{KY}/bao-cao.docx"] == paper.read_bytes()
    found = verify_archive(closed.path)
    assert (found.same, found.by_hand) == (True, ("bao-cao.docx đã được sửa tay",))


def test_an_unchanged_quarter_is_the_same_edition_and_has_nothing_to_seal(sealed):
    before = files_of(sealed.results(KY))
    again = consolidate(sealed, KY, as_of=SEALED_ON)
    after = files_of(sealed.results(KY))
    assert again.data.edition == 0
    assert {**after, "thay-doi.txt": b""} == {**before, "thay-doi.txt": b""}
    with pytest.raises(WorkspaceError, match=f"Không có gì mới để khóa: {KY}.zip"):
        close_period(sealed, KY, as_of=SEALED_ON)
    # The office's work on other sealeds makes no edition of this one; nor does another day of the run.
    register(sealed, deadlines=[*DEADLINES, {"ky": "2023-Q4", "han_nop": date(2024, 1, 10)}])
    assert consolidate(sealed, KY, as_of=LATER).data.edition == 0
    with pytest.raises(WorkspaceError, match=r"lập ngày khác với bản đã khóa \(ngày 23/10/2023\)"):
        close_period(sealed, KY, as_of=LATER)


def test_a_return_after_closing_makes_an_edition_with_its_reasons(sealed):
    first = archive(sealed)
    content = first.read_bytes()
    late(sealed, tong_so_dang_vien=40)
    result = consolidate(sealed, KY, as_of=LATER)
    why = "Chi bộ C: báo cáo được dùng sau khi khóa sổ (tệp C.xlsx)"
    assert (result.data.edition, result.data.edition_reasons) == (1, (why,))
    told = lines(
        sealed, "Điều chỉnh", "ma", "nhom", "ten", "gia_tri_truoc", "n_truoc", "N_truoc", "gia_tri", "n", "N", "ly_do"
    )
    name = sealed.plan.figure_specs["MT1.6"].ten
    assert [line for line in told if line[0] == "MT1.6"] == [("MT1.6", None, name, 1, 2, 3, 0.75, 3, 3, why)]
    # Every line that moved, and no other: counted anew from the two workbooks.
    keys = ("ma", "nhom", "gia_tri", "n_bao_cao", "n_phai_bao_cao")
    now = [line for sheet in ("Chỉ tiêu", "Nhiệm vụ") for line in lines(sealed, sheet, *keys)]
    (sealed.root / "cũ.xlsx").write_bytes(read_seal(first).totals)
    old = openpyxl.load_workbook(sealed.root / "cũ.xlsx")
    then = []
    for sheet in ("Chỉ tiêu", "Nhiệm vụ"):
        rows = list(old[sheet].iter_rows(values_only=True))
        places = [rows[0].index(key) for key in keys]
        then += [tuple(row[place] for place in places) for row in rows[1:] if row[0]]
    assert [line[:2] for line in told] == [line[:2] for line in now if line not in then]
    assert {line[-1] for line in told} == {why}

    book = openpyxl.load_workbook(sealed.results(KY) / "tong-hop.xlsx")
    assert book["Tổng quan"]["I2"].value == "BẢN BỔ SUNG LẦN 1"
    paper = Document(str(sealed.results(KY) / "bao-cao.docx"))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Phong trào “Dân vận khéo” quý III năm 2023 (bổ sung lần 1), nhiệm vụ trọng tâm" in text.replace("\xa0", " ")
    assert f"- {why}." in text.replace("\xa0", " ")
    record = json.loads((sealed.results(KY) / "nhat-ky.json").read_text(encoding="utf-8"))
    assert (record["lan_bo_sung"], record["ly_do_bo_sung"]) == (1, [why])

    second = close_period(sealed, KY, as_of=LATER)
    assert (second.path.name, second.remarks) == (f"{KY}-bs1.zip", ())
    assert first.read_bytes() == content
    assert verify_archive(first).same
    assert (read_seal(second.path).previous().data, read_seal(first).previous()) == (content, None)
    with pytest.raises(WorkspaceError, match="Không có gì mới để khóa"):
        close_period(sealed, KY, as_of=LATER)

    # A second late word: the lines of the first edition stay behind the new ones.
    put(sealed, "C2.xlsx", sent(sealed, "CB-C", {"phien_ban": 2, "thay_the_phien_ban": 1}))
    data = consolidate(sealed, KY, as_of=LATER).data
    assert data.edition_reasons == ("Chi bộ C: báo cáo được thay sau khi khóa sổ (tệp C2.xlsx)",)
    moved = [(item.edition, item.code, item.value_before, item.value) for item in data.restated if item.moved]
    assert [item for item in moved if item[1] == "MT1.6"] == [
        (2, "MT1.6", Decimal("0.75"), 1),
        (1, "MT1.6", 1, Decimal("0.75")),
    ]
    assert {item.reason for item in data.restated if item.edition == 1} == {why}
    (past,) = read_past(sealed.plan, [(Quarter.parse(KY), sealed.results(KY) / "tong-hop.xlsx")], 1)
    assert (past.edition, past.restated["MT1.6", ""]) == (2, (2, data.edition_reasons[0]))
    assert "MT1.1" not in past.restated  # its n moved, its value did not
    first.write_bytes(content[:-1])
    assert verify_archive(second.path).differences == (
        f"{KY}.zip ở cùng thư mục khác bản {KY}-bs1.zip đã niêm phong bên trong",
    )
    first.write_bytes(content)
    third = close_period(sealed, KY, as_of=LATER).path
    assert (third.name, verify_archive(third).same) == (f"{KY}-bs2.zip", True)


def test_the_office_s_own_changes_are_reasons_too(sealed):
    register(sealed, UNITS[:2])
    data = consolidate(sealed, KY, as_of=SEALED_ON).data
    assert data.edition_reasons == (
        "Chi bộ C: không còn trong danh sách đơn vị phải báo cáo",
        "danh mục thay đổi: trang Đơn vị (bớt 1 dòng)",
    )
    (line,) = [item for item in data.restated if (item.code, item.group) == ("MT1.6", "")]
    assert (line.owed_before, line.owed, line.value_before, line.value) == (3, 2, 1, 1)
    register(sealed)
    assert consolidate(sealed, KY, as_of=SEALED_ON).data.edition == 0


def test_a_signer_or_a_template_of_its_own_makes_an_edition_without_figures(sealed):
    signer = {"van_ban": "bao_cao_quy", "chuc_vu": "TRƯỞNG BAN", "ho_ten": "Nguyễn Văn A"}
    register(sealed, **{"Người ký": [signer]})
    data = consolidate(sealed, KY, as_of=SEALED_ON).data
    assert (data.edition, data.restated) == (1, ())
    assert data.edition_reasons == ("danh mục thay đổi: trang Người ký (thêm 1 dòng)",)


def test_a_file_that_counts_for_nobody_is_named(sealed):
    put(sealed, "giấy.pdf", b"%PDF-1.4\n%%EOF")
    data = consolidate(sealed, KY, as_of=SEALED_ON).data
    assert (data.edition, data.restated) == (1, ())
    assert data.edition_reasons == ("tệp giấy.pdf nhận thêm sau khi khóa sổ",)


def test_a_damaged_archive_stops_the_run_and_changes_nothing(sealed):
    path = archive(sealed)
    path.write_bytes(path.read_bytes()[:-5])
    before = files_of(sealed.root)
    with pytest.raises(WorkspaceError, match="bị hỏng"):
        consolidate(sealed, KY, as_of=LATER)
    assert files_of(sealed.root) == before


def test_a_later_quarter_says_what_it_rests_on(made):
    """The note names the edition and the reason, and only where the value itself was restated."""
    last, why = Quarter.parse(KY), "Chi bộ C: báo cáo được dùng sau khi khóa sổ (tệp C.xlsx)"
    ledger = Ledger(
        office=made[0].office(LATER),
        period=Period.of(last.next),
        returns={},
        held=frozenset({last, last.next}),
        restated={last: {("MT1.6", ""): (1, why)}},
    )
    assert restated_note(ledger, {"kỳ trước": (last,)}, "MT1.6") == (
        f"số kỳ trước đã điều chỉnh ở bản bổ sung lần 1: {why}"
    )
    assert restated_note(ledger, {"lũy kế": (last.previous, last)}, "MT1.6") == (
        f"số lũy kế (quý III năm 2023) đã điều chỉnh ở bản bổ sung lần 1: {why}"
    )
    assert restated_note(ledger, {"kỳ trước": (last,), "cùng kỳ": (last.previous,)}, "MT1.1") == ""


def test_earlier_quarters_are_sealed_as_history_and_their_changes_told(quarter):
    put(quarter, "A.xlsx", sent(quarter, "CB-A", quarter="2023-Q4"), quarter="2023-Q4")
    consolidate(quarter, "2023-Q4", as_of=date(2024, 1, 8))
    closed = close_period(quarter, "2023-Q4", as_of=date(2024, 1, 8))
    assert f"ket-qua/{KY}/tong-hop.xlsx" in read_seal(closed.path).files
    assert verify_archive(closed.path).same
    late(quarter, tong_so_dang_vien=40)
    consolidate(quarter, KY, as_of=date(2024, 1, 9))
    with pytest.raises(WorkspaceError, match=rf"sổ tổng hợp kỳ trước {KY} \(đã đổi\)"):
        close_period(quarter, "2023-Q4", as_of=date(2024, 1, 9))


def run(*words):
    done = CliRunner().invoke(dvk, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_the_commands(quarter):
    root = quarter.root
    assert "dvk close" not in status(root, as_of=date(2023, 10, 19)).next_step
    assert status(root, as_of=SEALED_ON).next_step == (
        f"Đã qua ngày khóa sổ 20/10/2023; xem kết quả rồi khóa: dvk close {KY}"
    )
    code, text = run("-w", root, "close", KY, "--as-of", "2023-10-23")
    assert code == 1 and text.startswith(f"Đã khóa kỳ {KY}: ")
    found = status(root, as_of=SEALED_ON)
    assert any("báo cáo được dùng, đã khóa;" in line for line in found.lines) and "dvk close" not in found.next_step
    path = Path(root) / "luu" / f"{KY}.zip"
    code, text = run("verify", path)
    assert code == 0 and f"Chạy lại kỳ {KY} ra đúng từng byte" in text
    path.write_bytes(b"PK")
    code, text = run("verify", path)
    assert code == 2 and "bị hỏng" in text
    assert run("-w", root, "close", "2023")[0] == 2


def test_a_quarter_without_silent_units_is_closed_without_a_word(quarter):
    late(quarter)
    consolidate(quarter, KY, as_of=SEALED_ON)
    assert close_period(quarter, KY, as_of=date(2023, 10, 20)).remarks == (
        "Ngày khóa sổ trong danh mục là 20/10/2023, chưa qua.",
    )
    archive(quarter).unlink()
    assert close_period(quarter, KY, as_of=date(2023, 10, 21)).clean


# --- behind a password ----------------------------------------------------------------------------------------------


def test_an_archive_behind_a_password(quarter, monkeypatch):
    """The same seal inside; nobody reads it without the word, and later editions and checks work with it."""
    plain = close_period(quarter, KY, as_of=SEALED_ON)
    data = plain.path.read_bytes()
    plain.path.unlink()
    monkeypatch.setattr(locked, "asks", [])
    shut = close_period(quarter, KY, as_of=SEALED_ON, password="Trời mưa 8!")
    assert shut.sha256 == plain.sha256 == hashlib.sha256(data).hexdigest()
    kept = shut.path.read_bytes()
    assert data not in kept and b"danh-muc.xlsx" not in kept
    for word, said in ((None, "có mật khẩu"), ("sai", "không đúng")):
        if word:
            monkeypatch.setenv(locked.VARIABLE, word)
        with pytest.raises(WorkspaceError, match=said):
            verify_archive(shut.path)
        with pytest.raises(WorkspaceError, match=said):
            consolidate(quarter, KY, as_of=SEALED_ON)
    monkeypatch.setenv(locked.VARIABLE, "Trời mưa 8!")
    assert verify_archive(shut.path).same
    monkeypatch.delenv(locked.VARIABLE)
    monkeypatch.setattr(locked, "asks", [lambda name: "Trời mưa 8!" if name == shut.path.name else None])
    assert verify_archive(shut.path).same
    shut.path.write_bytes(kept[:200] + bytes([kept[200] ^ 1]) + kept[201:])
    with pytest.raises(WorkspaceError, match=r"bị hỏng|không đúng"):
        verify_archive(shut.path)
