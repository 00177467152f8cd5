"""What a person decided stays with its subject: through later returns, copies of the workbook, and later rounds."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dvk_reports import consolidate, open_workspace
from dvk_reports.cli import dvk
from dvk_reports.run.awards import propose_awards
from dvk_reports.workspace.folder import Workspace
from tests.support.award_cases import PAPER, PRAISE
from tests.support.award_clerk import clerk, lines, run, words
from tests.support.award_space import GROUP, MODELS, PAO, PRAISED, PROPOSALS, REVIEWS, proposed, send, some
from tests.support.offices import convert, edited
from tests.support.small_space import files_of, put, sent

ROUND, DAY = "2023-10", date(2023, 10, 12)
NEWER = "xet-chon-2023-10-12.xlsx"
SUNG = "Lý A Sùng"
OUT = {"quyet_dinh": "Không chọn", "ly_do_sua": "xin rút tên"}
TWO = [proposed(), proposed(ten=SUNG, ngay_sinh=date(1985, 1, 2), thu_tu=2), *PROPOSALS[1:]]


@pytest.fixture(autouse=True)
def small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process reads the quarters: starting more takes longer than these small files do."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)


@pytest.fixture(scope="module")
def once_listed(round_held: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    space = open_workspace(shutil.copytree(round_held.root, tmp_path_factory.mktemp("hai người") / "làm việc"))
    send(space, TWO, version=2)
    propose_awards(space, ROUND, DAY, workers=1)
    return space


@pytest.fixture
def listed(once_listed: Workspace, tmp_path: Path) -> Workspace:
    """Two persons, two bodies and a family proposed, the shortlist written, nothing decided."""
    return open_workspace(shutil.copytree(once_listed.root, tmp_path / "làm việc"))


def folder_of(space: Workspace) -> Path:
    return space.awards(ROUND)


def typed(path: Path) -> dict[str, tuple[Any, Any]]:
    """Name -> (quyet_dinh, ly_do_sua), of those beside whom something is typed."""
    found = {name: (line["quyet_dinh"], line["ly_do_sua"]) for name, line in lines(path).items()}
    return {name: pair for name, pair in found.items() if any(pair)}


# --- through later returns ---


def test_a_decision_stays_with_its_person_when_rows_change_places(listed):
    """Sùng falls short of the quota of years; Páo withdraws. The unit's next version swaps their rows."""
    clerk(folder_of(listed) / "xet-chon.xlsx", {PAO: OUT})
    send(listed, [TWO[1], TWO[0], *TWO[2:]], version=3)
    code, text = run(listed, "draft", ROUND)
    assert code == 1 and "không còn" not in text
    assert not (folder_of(listed) / "quyet-dinh-giay-khen.docx").exists()
    run(listed, "propose", ROUND)
    assert typed(folder_of(listed) / NEWER) == {PAO: ("Không chọn", "xin rút tên")}


def test_a_decision_lapses_with_its_subject_and_is_told(listed):
    clerk(folder_of(listed) / "xet-chon.xlsx", {PAO: OUT})
    send(listed, TWO[1:], version=3)
    code, text = run(listed, "draft", ROUND)
    assert code == 1
    said = f"Đề nghị của {PAO} (mã CB-A.ly-a-pao."
    assert said in text and "; đã ghi “Không chọn”, lý do “xin rút tên”, nay không còn hiệu lực." in text
    run(listed, "propose", ROUND)
    assert typed(folder_of(listed) / NEWER) == {}
    assert lines(folder_of(listed) / NEWER, "Không còn đề nghị")[PAO]["quyet_dinh"] == "Không chọn"


def test_a_corrected_name_is_another_subject_and_stops_the_drafts_until_it_is_decided(listed):
    """The one who withdrew must not come back under a corrected name."""
    clerk(folder_of(listed) / "xet-chon.xlsx", {PAO: OUT})
    send(listed, [proposed(ten="Lý A Pào"), *TWO[1:]], version=3)
    before = files_of(folder_of(listed))
    code, text = run(listed, "draft", ROUND)
    assert code == 2 and files_of(folder_of(listed)) == before
    assert "Gần nhất là Lý A Pào (mã CB-A.ly-a-pao." in text and "chưa có quyết định" in text
    code, text = run(listed, "propose", ROUND)
    assert "; đã ghi “Không chọn”, lý do “xin rút tên”, không còn hiệu lực; gần nhất: Lý A Pào (mã CB-A.ly-a-" in text
    clerk(folder_of(listed) / NEWER, {"Lý A Pào": OUT})
    code, text = run(listed, "draft", ROUND)
    assert code == 1 and f"Dự thảo lập từ {NEWER}" in text
    assert not (folder_of(listed) / "quyet-dinh-giay-khen.docx").exists()


def test_one_proposal_of_a_subject_that_becomes_two_and_one_again(listed):
    clerk(folder_of(listed) / "xet-chon.xlsx", {SUNG: {"quyet_dinh": "Không chọn", "ly_do_sua": "nhường"}})
    other = proposed(ten=SUNG, ngay_sinh=date(1985, 1, 2), thu_tu=3, thanh_tich="Hiến đất")
    send(listed, [TWO[0], TWO[1], other, *TWO[2:]], version=3)
    code, text = run(listed, "draft", ROUND)
    assert code == 2 and f"Gần nhất là {SUNG}" in text
    send(listed, [TWO[0], other, *TWO[2:]], version=4)
    run(listed, "propose", ROUND)
    assert typed(folder_of(listed) / NEWER) == {SUNG: ("Không chọn", "nhường")}


# --- several copies ---


def test_the_newest_copy_goes_on_from_the_one_before(listed):
    folder = folder_of(listed)
    clerk(folder / "xet-chon.xlsx", {GROUP: {"quyet_dinh": "Chọn", "ly_do_sua": "Đã bổ sung"}})
    run(listed, "propose", ROUND)
    clerk(folder / NEWER, {PAO: OUT})
    code, text = run(listed, "draft", ROUND)
    assert code == 1 and f"Dự thảo lập từ {NEWER}; trong thư mục còn xet-chon.xlsx." in text
    said = words(folder / "quyet-dinh-giay-khen.docx")
    assert GROUP in said and PAO not in said


@pytest.mark.parametrize("word", ["Chọn", None])
def test_two_copies_that_contradict_each_other_stop_both_commands(listed, word):
    folder = folder_of(listed)
    clerk(folder / "xet-chon.xlsx", {PAO: OUT})
    run(listed, "propose", ROUND)
    clerk(folder / NEWER, {PAO: {"quyet_dinh": word, "ly_do_sua": None}, SUNG: {"quyet_dinh": "Chọn"}})
    before = files_of(listed.root)
    for verb in ("propose", "draft"):
        code, text = run(listed, verb, ROUND)
        assert code == 2
        assert f"Đợt 2023-10 có 02 tệp đã ghi khác nhau nên chưa rõ theo tệp nào: xet-chon.xlsx, {NEWER}." in text
        now = "“Chọn”" if word else "để trống"
        assert f"{PAO}, quyết định: “Không chọn” ở xet-chon.xlsx, {now} ở {NEWER}" in text
        assert files_of(listed.root) == before
    (folder / "xet-chon.xlsx").rename(listed.root / "cũ.xlsx")
    code, text = run(listed, "propose", ROUND)
    assert code == 1 and typed(folder / "xet-chon.xlsx").keys() == ({PAO, SUNG} if word else {SUNG})


def test_a_copy_under_another_name_decides_once(listed):
    folder = folder_of(listed)
    clerk(folder / "xet-chon.xlsx", {PAO: OUT})
    shutil.copy(folder / "xet-chon.xlsx", folder / "xet-chon (bản sao).xlsx")
    code, text = run(listed, "draft", ROUND)
    assert code == 1 and "khác nhau" not in text
    (folder / "xet-chon.xlsx").unlink()
    code, text = run(listed, "draft", ROUND)
    assert code == 1 and "Dự thảo lập từ" not in text
    assert not (folder / "quyet-dinh-giay-khen.docx").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_what_was_typed_into_another_format_is_noticed(listed, ending, tmp_path):
    folder = folder_of(listed)
    plain = (folder / "xet-chon.xlsx").read_bytes()
    clerk(folder / "xet-chon.xlsx", {PAO: OUT})
    convert(folder / "xet-chon.xlsx", ending, tmp_path / "out").rename(folder / f"xet-chon.{ending}")
    (folder / "xet-chon.xlsx").write_bytes(plain)
    code, text = run(listed, "draft", ROUND)
    assert code == 1 and f"Quyết định được đọc từ xet-chon.{ending}" in text
    assert not (folder / "quyet-dinh-giay-khen.docx").exists()
    (folder / f"xet-chon.{ending}").write_bytes(b"hong")
    code, text = run(listed, "draft", ROUND)
    assert code == 2 and f"Không đọc được xet-chon.{ending} nằm trong thư mục của đợt" in text


@pytest.mark.parametrize(
    ("key", "name"), [("quyet_dinh", "Quyết định (Chọn / Không chọn)"), ("ma_de_nghi", "Mã đề nghị")]
)
def test_a_deleted_column_is_named_with_a_way_out(listed, key, name):
    path = folder_of(listed) / "xet-chon.xlsx"

    def without(book: Any) -> None:
        sheet = book["Đề nghị"]
        sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == key))

    path.write_bytes(edited(path.read_bytes(), without))
    for verb in ("draft", "propose"):
        code, text = run(listed, verb, ROUND)
        assert code == 2 and f"xet-chon.xlsx: trang “Đề nghị” không còn cột “{name}”" in text
        assert re.search("chuyển tệp này ra khỏi thư mục, chạy “dvk -w .* awards propose 2023-10”", text)
    path.rename(listed.root / "cũ.xlsx")
    code, _ = run(listed, "propose", ROUND)
    assert code == 1 and path.is_file()


def test_a_deleted_line_comes_back_with_the_next_proposal(listed):
    """As the sentence says: propose again, and the drafts can be made."""
    path = folder_of(listed) / "xet-chon.xlsx"
    clerk(path, {GROUP: {"quyet_dinh": "Chọn", "ly_do_sua": "Đã bổ sung"}})

    def without(book: Any) -> None:
        sheet = book["Đề nghị"]
        sheet.delete_rows(next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 3).value == PAO))

    path.write_bytes(edited(path.read_bytes(), without))
    code, text = run(listed, "draft", ROUND)
    assert code == 2 and f"Dòng của {PAO} (mã CB-A.ly-a-pao." in text
    run(listed, "propose", ROUND)
    code, text = run(listed, "draft", ROUND)
    assert code == 1 and f"Dự thảo lập từ {NEWER}" in text
    said = words(folder_of(listed) / "quyet-dinh-giay-khen.docx")
    assert GROUP in said and PAO in said


# --- what the meeting decided ---

MEETING: dict[str, dict[str, object]] = {
    PAO: {
        "phieu_dong_y": 11,
        "phieu_khong_dong_y": 0,
        "ket_qua": "Được khen",
        "so_qd": "1250/QĐ-UBND",
        "ngay_qd": date(2023, 10, 20),
        "so_thanh_vien": 11,
    },
    PRAISED: {"ket_qua": "Được biểu dương"},
    GROUP: {"phieu_dong_y": 2, "phieu_khong_dong_y": 9, "ket_qua": "Không"},
}


def after_the_meeting(space: Workspace) -> None:
    clerk(folder_of(space) / "xet-chon.xlsx", {GROUP: {"quyet_dinh": "Chọn", "ly_do_sua": "Đã bổ sung"}})
    clerk(folder_of(space) / "xet-chon.xlsx", MEETING, "Kết quả")


def test_results_stand_in_every_later_copy_whatever_the_unit_sends(listed):
    after_the_meeting(listed)
    send(listed, [TWO[1], *TWO[2:]], version=3)
    code, text = run(listed, "propose", ROUND, as_of="2023-10-25")
    assert code == 1
    assert f"{PAO} (mã CB-A.ly-a-pao." in text and "đã có kết quả, nhưng đề nghị không còn" in text
    kept = lines(folder_of(listed) / "xet-chon-2023-10-25.xlsx", "Kết quả")
    for name, cells in MEETING.items():
        assert {key: shown(kept[name][key]) for key in cells} == cells
    assert kept[PAO]["de_xuat"] == "Không còn đề nghị"


def shown(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def test_a_later_round_knows_who_was_awarded(listed):
    after_the_meeting(listed)
    cover = {"phien_ban": 1, **dict.fromkeys(("khong_phat_sinh_b2", "khong_phat_sinh_b3", "khong_phat_sinh_b9b"))}
    again = [proposed(), *(some(name, hinh_thuc=form) for name, form in ((PRAISED, PRAISE), (GROUP, PAPER)))]
    rows = {"B2": MODELS, "B3": REVIEWS, "B9b": again}
    put(listed, "a.xlsx", sent(listed, "CB-A", cover, rows=rows, quarter="2025-Q3"), "2025-Q3")
    consolidate(listed, "2025-Q3", as_of=date(2025, 10, 9), workers=1)
    found = propose_awards(listed, "2025-10", date(2025, 10, 12), workers=1).shortlist
    said = {item.candidate.name: item.gates[7].reason for item in found.proposals}
    assert said == {
        PAO: f"đã được khen đợt 2023-10 cho mô hình này ({PAPER}, Quyết định số 1250/QĐ-UBND ngày 20/10/2023); cần ghi "
        "lý do nếu vẫn chọn",
        PRAISED: f"đã được biểu dương đợt 2023-10 cho mô hình này ({PRAISE}); cần ghi lý do nếu vẫn chọn",
        GROUP: "chưa được khen cho thành tích này",
    }


def test_the_report_of_a_stage_says_what_was_granted(listed):
    """Before the meeting it says nothing of awards; nor for a day before the decision."""
    period = "2022-Q4..2023-Q3"
    told = "khen thưởng 01 cá nhân"
    consolidate(listed, period, as_of=date(2023, 10, 25), workers=1)
    assert told not in words(listed.results(period) / "bao-cao.docx")
    after_the_meeting(listed)
    consolidate(listed, period, as_of=date(2023, 10, 25), workers=1)
    assert (
        "Ban Thường vụ Huyện ủy biểu dương 01 tập thể; Chủ tịch UBND huyện khen thưởng 01 cá nhân (Phụ lục VI)."
        in words(listed.results(period) / "bao-cao.docx")
    )
    consolidate(listed, period, as_of=date(2023, 10, 19), workers=1)
    assert told not in words(listed.results(period) / "bao-cao.docx")


def test_the_day_of_the_run_counts_before_the_command_too(listed):
    """A decision of 20/10 cannot be known on 12/10."""
    after_the_meeting(listed)
    for words_of, code_wanted in (
        (["--as-of", "2023-10-12", "awards", "draft", ROUND], 2),
        (["--as-of", "2023-10-25", "awards", "draft", ROUND], 1),
    ):
        done = CliRunner().invoke(dvk, ["-w", str(listed.root), *words_of])
        assert done.exit_code == code_wanted, done.output
        assert ("ngoài khoảng từ 01/10/2023 đến 12/10/2023" in done.output) is (code_wanted == 2)
