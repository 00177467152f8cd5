"""The commands on rules, templates and Word files: lines, exit codes, what is written."""

from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

from dvk_reports import cli, consolidate
from dvk_reports.cli import dvk
from dvk_reports.cli.main import commands
from dvk_reports.plan.book.in_force import changed
from dvk_reports.run.plans import load_plan
from dvk_reports.run.rules import rules_of
from tests.support.small_space import DAY, KY, put, sent


def run(*words):
    done = CliRunner().invoke(dvk, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_rules_on_the_screen_and_as_a_sheet(tmp_path):
    code, text = run("rules")
    assert code == 0
    for rule in load_plan().checks.luat:
        assert rule.cau in text
    path = tmp_path / "luật.xlsx"
    assert run("rules", path)[0] == 0
    book = openpyxl.load_workbook(path)
    written = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert {rule.ma for rule in load_plan().checks.luat} <= written


def test_a_rule_of_a_sheet_is_listed_for_the_days_on_which_it_holds():
    """A second limit of one column from 2024 on, in place of the first: each is told with its days."""
    plan = load_plan()
    spec = plan.sheets["B9b"]
    (old,) = [rule for rule in spec.luat if rule.loai == "toi_da_chu"]
    new = old.model_copy(update={"so": 400, "tu_ngay": date(2024, 1, 1)})
    old = old.model_copy(update={"den_ngay": date(2023, 12, 31)})
    luat = [*(rule for rule in spec.luat if rule.loai != "toi_da_chu"), old, new]
    sheets = [changed(item, luat=luat) if item is spec else item for item in plan.forms.bieu]
    plan = changed(plan, forms=changed(plan.forms, bieu=sheets))

    def told(as_of):
        found = [line for line in rules_of(plan, as_of).rules if line.sheet == "B9b" and "ký tự" in line.sentence]
        return [(line.sentence.partition(" không quá ")[2], line.force) for line in found]

    before, after = ("500 ký tự.", "áp dụng từ 01/04/2022 đến 31/12/2023"), ("400 ký tự.", "áp dụng từ 01/01/2024")
    assert (told(date(2023, 10, 12)), told(date(2024, 2, 1)), told(None)) == ([before], [after], [before, after])


def test_our_own_papers_pass_the_lint(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    folder = consolidate(space, KY, as_of=DAY.replace(day=19)).folder
    papers = [folder / "bao-cao.docx", *sorted((folder / "don-doc").glob("*.docx"))]
    code, text = run("lint", *papers)
    assert (code, len(papers)) == (0, 3), text


def test_a_paper_out_of_format_is_told_and_a_file_that_is_no_paper_stops(tmp_path):
    path = tmp_path / "tờ giấy.docx"
    document = Document()
    document.add_paragraph("Không có phần đầu")
    document.save(str(path))
    assert run("lint", path)[0] == 1
    broken = tmp_path / "hỏng.docx"
    broken.write_bytes(b"khong phai Word")
    assert run("lint", broken)[0] == 2


@pytest.mark.parametrize(("text", "code"), [("{{ ky_bao_cao }}", 1), ("{{ khong_co }}", 1), (None, 0)])
def test_templates_are_checked(space, text, code):
    """A template of the office's own: an unknown field is named, and so are fields that nothing uses."""
    if text is not None:
        document = Document()
        document.add_paragraph(text)
        document.save(str(space.root / "mau-word" / "bao-cao.docx"))
    done, output = run("-w", space.root, "templates", "check")
    assert done == code
    assert ("khong_co" in output) is (text == "{{ khong_co }}")


def test_every_field_is_listed_with_an_example():
    code, text = run("templates", "fields")
    assert code == 0 and "{{ ky_bao_cao }}" in text and "Ví dụ: quý III năm 2023" in text


def test_the_command_says_how_many_places_remain_to_be_filled_in(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    _, text = run("-w", space.root, "consolidate", KY, "--as-of", "2023-10-12")
    report = Document(str(space.results(KY) / "bao-cao.docx"))
    words = "\n".join(p.text for p in report.paragraphs)
    words += "\n".join(cell.text for table in report.tables for row in table.rows for cell in row.cells)
    assert "[văn bản của Ban]" in words
    assert "chỗ bôi vàng phải điền" in text


def test_an_edited_report_gets_a_list_of_what_was_taken_over_and_what_moved(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    folder = consolidate(space, KY, as_of=DAY).folder
    report = Document(str(folder / "bao-cao.docx"))
    scope = next(paragraph for paragraph in report.paragraphs if "1/3 đơn vị" in paragraph.text)
    scope.add_run(" Ban đã làm việc với từng đơn vị.")
    mine = scope.text
    report.save(str(folder / "bao-cao.docx"))
    put(space, "B.xlsx", sent(space, "CB-B", b1={"so_cuoc_tuyen_truyen": 5}))
    result = consolidate(space, KY, as_of=DAY)
    said = (folder / "bao-cao-2023-10-12-doi-chieu.txt").read_text(encoding="utf-8-sig").splitlines()
    assert said == list(result.redrafts)
    assert said[1] == "1. Giữ đoạn đã sửa và đặt đoạn mới bên dưới, vì nội dung đã khác:"
    assert " ".join(said[2].split()) == " ".join(mine.split())
    assert said[3].startswith("   Đoạn mới: ") and "2/3 đơn vị" in said[3]
    new = [paragraph.text for paragraph in Document(str(folder / "bao-cao-2023-10-12.docx")).paragraphs]
    assert new[new.index(mine) + 1].startswith("[CẦN BỔ SUNG: chọn một trong hai đoạn, nội dung đã khác] ")


def test_a_draft_without_fingerprints_gets_the_list_of_what_moved(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    folder = consolidate(space, KY, as_of=DAY).folder
    bare = Document()
    for paragraph in Document(str(folder / "bao-cao.docx")).paragraphs:
        bare.add_paragraph(paragraph.text)
    bare.save(str(folder / "bao-cao.docx"))
    put(space, "B.xlsx", sent(space, "CB-B", b1={"so_cuoc_tuyen_truyen": 5}))
    said = consolidate(space, KY, as_of=DAY).redrafts
    assert said[0].startswith("bao-cao-2023-10-12.docx: chưa chép được lời đã sửa ở bao-cao.docx")
    assert any("1/3 → 2/3" in line for line in said)


@pytest.mark.parametrize("behind", [(), ("-w",), ("--as-of",), ("-w", "--as-of")])
def test_workspace_and_day_stand_before_the_command_or_behind_it(space, tmp_path, behind):
    """Both ways they are the same run; what stands behind the command holds against what stands before it."""
    put(space, "A.xlsx", sent(space, "CB-A"))
    right = {"-w": str(space.root), "--as-of": "2023-10-19"}
    wrong = {"-w": str(tmp_path), "--as-of": "2023-10-12"}
    before = [word for option in right for word in (option, (wrong if option in behind else right)[option])]
    after = [word for option in behind for word in (option, right[option])]
    code, text = run(*before, "consolidate", KY, *after)
    assert code == 1, text
    assert '"ngay_lap": "2023-10-19"' in (space.results(KY) / "nhat-ky.json").read_text(encoding="utf-8")


def test_a_new_command_is_one_new_file(tmp_path, monkeypatch):
    """It is found by its name ``command``, stands last, and its errors are told like those of any other."""
    (tmp_path / "hello.py").write_text(
        "import click\nfrom dvk_reports.errors import PlanError\n\n"
        "@click.command('hello')\ndef command():\n    raise PlanError('sai ở dòng 7')\n",
        encoding="utf-8",
    )
    (tmp_path / "helper.py").write_text("command = 7\n", encoding="utf-8")
    before = list(dvk.commands)
    monkeypatch.setattr(cli, "__path__", [*cli.__path__, str(tmp_path)])
    assert [command.name for command in commands()] == list(dvk.commands) == [*before, "hello"]
    assert run("hello") == (2, "Không chạy được: sai ở dòng 7\n")
