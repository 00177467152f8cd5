"""A round from end to end, as the clerk goes through it: propose, edit, propose, draft; lines, exit codes, files."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from dvk_reports import open_workspace
from dvk_reports.run.awards import draft_awards, propose_awards
from dvk_reports.vietnamese.spaces import NO_BREAK
from dvk_reports.workspace.folder import Workspace, digest
from tests.support.award_cases import PAPER, PRAISE, with_quota
from tests.support.award_clerk import clerk, lines, run, words
from tests.support.award_space import GROUP, HOME, PAO, PRAISED, PROPOSALS, REVIEWS, body, recognition, send, some
from tests.support.small_space import files_of

ROUND = "2023-10"
DAY = date(2023, 10, 12)
PARTY = [f"{name}-bieu-duong.docx" for name in ("to-trinh", "quyet-dinh", "thong-bao", "bien-ban-hop-xet")]
TEMPLATES = Path(__file__).parents[2] / "templates_docx"
STATE = ["to-trinh-giay-khen.docx", "quyet-dinh-giay-khen.docx", "bien-ban-hop-xet.docx"]


@pytest.fixture(autouse=True)
def small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process reads the quarters: starting more takes longer than these small files do."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)


@pytest.fixture
def space(round_held: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of one's own, two quarters consolidated, nothing proposed yet."""
    return open_workspace(shutil.copytree(round_held.root, tmp_path / "làm việc"))


@pytest.fixture(scope="module")
def once_listed(round_held: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("đã xét") / "làm việc"
    space = open_workspace(shutil.copytree(round_held.root, root))
    propose_awards(space, ROUND, DAY, workers=1)
    return space


@pytest.fixture
def listed(once_listed: Workspace, tmp_path: Path) -> Workspace:
    """The same with its first proposal."""
    return open_workspace(shutil.copytree(once_listed.root, tmp_path / "làm việc"))


CHOICES: dict[str, dict[str, object]] = {
    GROUP: {"quyet_dinh": "Chọn", "ly_do_sua": "Đã xem biên bản bổ sung"},
    PRAISED: {"so_tien_nhap": 500_000, "can_cu_tien": "Quy chế chi tiêu của Huyện ủy"},
}


def test_propose_edit_propose_draft(space):
    code, text = run(space, "propose", ROUND)
    folder = space.awards(ROUND)
    assert code == 1
    assert text.splitlines()[0] == "4 đề nghị: 2 Dự kiến, 1 Không đủ điều kiện, 1 Chưa xét"
    *_, told, step = text.splitlines()
    assert told.endswith("Chương trình chỉ đề xuất; người có thẩm quyền quyết định.")
    assert step.startswith("Việc tiếp theo: ")
    assert {name: line["de_xuat"] for name, line in lines(folder / "xet-chon.xlsx").items()} == {
        PRAISED: "Dự kiến",
        GROUP: "Không đủ điều kiện",
        PAO: "Dự kiến",
        HOME: "Chưa xét",
    }
    record = json.loads((folder / "nhat-ky.json").read_text("utf-8"))
    assert record["de_nghi"] == {"Dự kiến": 2, "Không đủ điều kiện": 1, "Chưa xét": 1}
    assert record["ket_qua"] == {"xet-chon.xlsx": digest((folder / "xet-chon.xlsx").read_bytes())}

    clerk(folder / "xet-chon.xlsx", CHOICES)
    typed = (folder / "xet-chon.xlsx").read_bytes()
    code, text = run(space, "propose", ROUND)
    assert code == 1
    assert "xet-chon.xlsx đã có người sửa nên được giữ nguyên; bản mới là xet-chon-2023-10-12.xlsx" in text
    assert "So với lần xét trước" not in text
    assert (folder / "xet-chon.xlsx").read_bytes() == typed
    kept = lines(folder / "xet-chon-2023-10-12.xlsx")
    assert {name: {key: kept[name][key] for key in cells} for name, cells in CHOICES.items()} == CHOICES
    assert kept[GROUP]["nhac"] == "Trái điều kiện, đã có lý do"

    code, text = run(space, "draft", ROUND)
    assert code == 1
    assert "Dự thảo lập từ xet-chon.xlsx; trong thư mục còn xet-chon-2023-10-12.xlsx." in text
    made = files_of(folder)
    assert {name for name in made if "/" not in name and name.endswith(".docx")} == {*PARTY, *STATE}
    request = words(folder / "to-trinh-giay-khen.docx")
    assert "tặng Giấy khen cho 01 tập thể và 01 cá nhân" in request
    assert (
        f"{GROUP}, Chi bộ A: kết quả rà soát là “Không đủ điều kiện”; lý do chọn: Đã xem biên bản bổ sung." in request
    )
    # Counts in the texts are the rows of every list.
    for name, table in (("to-trinh-giay-khen.docx", -1), ("bien-ban-hop-xet.docx", 1)):
        rows = Document(str(folder / name)).tables[table].rows
        held = [row.cells[1].text for row in rows if row.cells[0].text.isdigit()]
        assert [text.split(",")[0] for text in held] == [GROUP, f"Ông {PAO}"], name
        assert "01 tập thể và 01 cá nhân" in words(folder / name)
    decision = words(folder / "quyet-dinh-giay-khen.docx")
    assert "cho 01 tập thể và 01 cá nhân" in decision
    assert f"1. {GROUP}, Chi bộ A;" in decision and f"1. Ông {PAO}, Chi bộ A./." in decision
    money = "Mức tiền kèm theo: 01 tập thể, mỗi tập thể 500.000 đồng; tổng số tiền 500.000 đồng (Năm trăm nghìn đồng)"
    assert f"{money}, theo Quy chế chi tiêu của Huyện ủy." in words(folder / "quyet-dinh-bieu-duong.docx")
    papers = json.loads((folder / "nhat-ky-du-thao.json").read_text("utf-8"))["ket_qua"]
    assert {name: digest(data) for name, data in made.items() if name in papers} == papers
    missing = sum(data_words.count("[CẦN BỔ SUNG") for data_words in map(words, folder.rglob("*.docx")))
    assert f"Dự thảo còn {missing} chỗ “[CẦN BỔ SUNG]” phải điền trước khi trình ký." in text


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            {GROUP: {"quyet_dinh": "Chọn"}},
            f"Chọn {GROUP} trong khi chương trình ghi “Không đủ điều kiện” (E5 Không đạt), mà chưa ghi lý do.",
        ),
        ({HOME: {"quyet_dinh": "Chọn"}}, f"Chọn {HOME} trong khi chương trình ghi “Chưa xét” (E2 Thiếu căn cứ, "),
        ({PAO: {"quyet_dinh": "Không chọn"}}, f"Quyết định của {PAO} khác đề xuất “Dự kiến” mà chưa ghi lý do."),
        ({PAO: {"quyet_dinh": "Tùy"}}, f"Quyết định của {PAO} ghi “Tùy”, không hiểu là chọn hay không chọn."),
    ],
)
def test_a_choice_that_waits_for_its_reason_stops_the_drafts(listed, typed, line):
    folder = listed.awards(ROUND)
    clerk(folder / "xet-chon.xlsx", typed)
    before = files_of(folder)
    code, text = run(listed, "draft", ROUND)
    assert code == 2
    assert line in text and "Không lập dự thảo: 1 chỗ trong xet-chon.xlsx phải ghi lại trước." in text
    assert files_of(folder) == before


def test_over_the_quota_only_with_a_reason_and_then_it_stays_visible(space):
    tight = replace(space, plan=with_quota(0))
    found = propose_awards(tight, ROUND, DAY, workers=1)
    assert {item.candidate.name: item.outcome.value for item in found.shortlist.proposals}[PAO] == "Dự bị"
    folder = tight.awards(ROUND)
    clerk(folder / "xet-chon.xlsx", {PAO: {"quyet_dinh": "Chọn"}})
    stopped = draft_awards(tight, ROUND, DAY, workers=1)
    assert [finding.code for finding in stopped.stopped] == ["X03"] and not stopped.written
    clerk(folder / "xet-chon.xlsx", {PAO: {"ly_do_sua": "Thành tích đặc biệt"}})
    drafted = draft_awards(tight, ROUND, DAY, workers=1)
    assert not drafted.stopped and [finding.code for finding in drafted.findings] == ["X05"]
    assert "kết quả rà soát là “Dự bị”; lý do chọn: Thành tích đặc biệt." in words(folder / "to-trinh-giay-khen.docx")


def test_what_changed_under_the_choices_is_told(listed):
    folder = listed.awards(ROUND)
    clerk(folder / "xet-chon.xlsx", CHOICES)
    send(listed, [PROPOSALS[0], some(GROUP), *PROPOSALS[3:]], version=2)
    code, text = run(listed, "propose", ROUND)
    assert code == 1
    told = text.split("So với lần xét trước:\n")[1].splitlines()
    assert told[0].startswith(
        f"  {GROUP} ({PAPER}, Tập thể): đề xuất từ “Không đủ điều kiện” thành “Dự kiến”; xếp hạng từ trống thành “1”"
    )
    assert told[0].endswith("; đã ghi “Chọn”, lý do “Đã xem biên bản bổ sung”, được giữ nguyên.")
    assert any(PRAISED in line for line in told[1:])
    # The line of the third row now speaks of the household: its choice does not pass to another subject.
    newer = lines(folder / "xet-chon-2023-10-12.xlsx")
    assert newer[HOME]["quyet_dinh"] is None and newer[GROUP]["quyet_dinh"] == "Chọn"


def test_the_office_template_wins_and_an_edited_draft_is_kept(listed):
    own = Document(str(TEMPLATES / "to-trinh-nha-nuoc.docx"))
    own.paragraphs[0].insert_paragraph_before("Mẫu của cơ quan")
    own.save(str(listed.root / "mau-word" / "to-trinh-nha-nuoc.docx"))
    run(listed, "draft", ROUND)
    path = listed.awards(ROUND) / "to-trinh-giay-khen.docx"
    paper = Document(str(path))
    assert paper.paragraphs[0].text == "Mẫu của cơ quan"
    paper.add_paragraph("Ý kiến của lãnh đạo")
    paper.save(str(path))
    mine = path.read_bytes()
    code, text = run(listed, "draft", ROUND)
    assert code == 1
    assert "to-trinh-giay-khen.docx đã được người dùng sửa nên giữ nguyên; bản mới nằm bên cạnh." in text
    assert path.read_bytes() == mine
    beside = path.with_name("to-trinh-giay-khen-2023-10-12.docx")
    assert "Ý kiến của lãnh đạo" in [paragraph.text for paragraph in Document(str(beside)).paragraphs]
    assert "1. Giữ đoạn viết thêm:\n     Ý kiến của lãnh đạo" in text


def test_drafts_that_are_no_longer_made_go_unless_a_person_edited_them(listed):
    run(listed, "draft", ROUND)
    folder = listed.awards(ROUND)
    clerk(folder / "xet-chon.xlsx", {PRAISED: {"quyet_dinh": "Không chọn", "ly_do_sua": "Đơn vị xin rút"}})
    _, text = run(listed, "draft", ROUND)
    assert f"{PRAISE}: không có tập thể, cá nhân nào được chọn nên không lập văn bản." in text
    assert not [name for name in PARTY if (folder / name).exists()]
    assert "Đơn vị xin rút" in words(next((folder / "thu-tra-loi").glob("*.docx")))


def test_same_inputs_same_day_same_bytes(space, tmp_path):
    other = open_workspace(shutil.copytree(space.root, tmp_path / "nơi khác"))
    for each in (space, other):
        propose_awards(each, ROUND, DAY, workers=1)
        clerk(each.awards(ROUND) / "xet-chon.xlsx", CHOICES)
        draft_awards(each, ROUND, DAY, workers=1)
    drop = ("xet-chon.xlsx",)  # saved by another program
    one, two = ({k: v for k, v in files_of(each.awards(ROUND)).items() if k not in drop} for each in (space, other))
    assert one == two and len(one) > 10


@pytest.mark.parametrize(
    ("name", "as_of"), [(ROUND, "2025-07-01"), ("2025-10", "2025-06-01"), ("2025-10", "2025-10-12")]
)
def test_no_draft_of_the_district_after_its_end(space, name, as_of):
    """Nor for a round that comes after it, whatever day is given."""
    code, text = run(space, "propose", name, as_of=as_of)
    assert code == 1 and "E11: sau ngày 30/6/2025 không còn thẩm quyền" in text
    before = files_of(space.root)
    code, text = run(space, "draft", name, as_of=as_of)
    assert code == 2 and "E11: ngày " in text and "Không tệp nào được ghi." in text
    assert files_of(space.root) == before


def test_nothing_to_draft_from(space):
    code, text = run(space, "draft", ROUND)
    assert code == 2 and re.search(r"Xét đề nghị trước: dvk -w .* awards propose 2023-10\b", text)
    for verb in ("propose", "draft"):
        code, text = run(space, verb, "2024-10")
        assert code == 2 and "Không có đợt xét “2024-10”. Các đợt có trong quy định: 2023-10, 2025-10." in text
    assert not (space.root / "khen-thuong").exists()


def test_a_round_without_a_proposal(space):
    shutil.rmtree(space.results("2023-Q3"))
    code, text = run(space, "propose", ROUND)
    assert code == 1 and text.splitlines()[0] == "0 đề nghị"
    assert "Chưa có sổ tổng hợp của các quý: 2022-Q2, 2022-Q3, 2023-Q1, 2023-Q2, 2023-Q3" in text
    code, text = run(space, "draft", ROUND)
    assert code == 1 and "không có tập thể, cá nhân nào được chọn" in text
    assert not list(space.awards(ROUND).rglob("*.docx"))


def test_recognition_before_the_unit_has_decided(space):
    code, text = run(space, "draft", ROUND, "--recognise", "CB-A")
    assert code == 1
    assert (
        "Chi bộ A chưa ghi quyết định nào của năm xét 2023 ở biểu B9a: dự thảo lập theo kết quả đánh giá ở biểu B3, để "
        "đơn vị đối chiếu biên bản họp, ghi số và ký. Ban hành xong, đơn vị ghi vào biểu B9a."
    ) in text
    document = Document(str(space.awards(ROUND) / "cong-nhan" / "DVK_CB-A_2023_cong-nhan.docx"))
    assert "Công nhận 01 mô hình “Dân vận khéo” năm 2023 (có danh sách kèm theo)." in "\n".join(
        paragraph.text.replace(NO_BREAK, " ") for paragraph in document.paragraphs
    )
    assert [cell.text for cell in document.tables[-1].rows[-1].cells] == [
        "1",
        "Tiết kiệm điện nước cơ quan",
        "[CẦN BỔ SUNG: tập thể, cá nhân thực hiện]",
        "[CẦN BỔ SUNG: thôn, chi bộ]",
        "Kinh tế",
        "2022",
        "Hiệu quả cao",
    ]


@pytest.mark.parametrize(
    "changes",
    [{"kien_nghi": "Dừng"}, {"kien_nghi": "Củng cố"}, {"ngay_danh_gia": date(2022, 9, 5)}, {"kien_nghi": None}],
)
def test_nothing_to_recognise_is_said(space, changes):
    send(space, PROPOSALS, version=2, B3=[{**REVIEWS[0], **changes}])
    code, text = run(space, "draft", ROUND, "--recognise", "CB-A")
    said_plainly = (
        "Chi bộ A: biểu B9a không có dòng nào của năm xét 2023; biểu B3 không có mô hình nào mà lần đánh giá gần nhất "
        "là của năm 2023 và kiến nghị Duy trì hoặc Nhân rộng. Không lập quyết định công nhận."
    )
    assert code == 2 and said_plainly in text


def test_recognition_by_the_unit_itself(space):
    rows = [
        recognition(2023, date(2023, 9, 20)),
        recognition(2023, date(2023, 9, 20), **body(GROUP), ket_qua="Mô hình"),
    ]
    send(space, PROPOSALS, version=2, B9a=rows)
    code, text = run(space, "draft", ROUND, "--recognise", "CB-A")
    assert code == 1
    path = space.awards(ROUND) / "cong-nhan" / "DVK_CB-A_2023_cong-nhan.docx"
    said = words(path)
    assert "chưa ghi quyết định" not in text
    assert "Công nhận 01 mô hình và 01 điển hình “Dân vận khéo” năm 2023" in said
    assert "Tiết kiệm điện nước cơ quan" in said and "2022" in said and "CẦN BỔ SUNG: năm]" not in said
    code, text = run(space, "draft", ROUND, "--recognise", "CB-X")
    assert code == 2 and "Không có đơn vị “CB-X” trong danh mục." in text
