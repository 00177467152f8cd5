"""The practice pack: each task of ``bai-tap.xlsx`` is done as it says, and what is found is what the answer says."""

import re
import shlex
import shutil
import time

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports import consolidate, open_workspace
from dvk_reports.cli import dvk
from dvk_reports.errors import PlanError
from dvk_reports.plan.practice import practice_of
from dvk_reports.run.init import init_workspace
from dvk_reports.run.plans import bundled_plans, chosen_plan
from tests.test_house import ROOT

PLAN = chosen_plan()
TEXT = practice_of(bundled_plans()[PLAN])
CODE = re.compile(r"\b(?:CB-MH-\d\d|[A-Z]+-MH)\b")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """As ``dvk init --sample`` makes it; for reading only."""
    folder = tmp_path_factory.mktemp("tập") / "tập làm"
    done = CliRunner().invoke(dvk, ["init", str(folder), "--sample"])
    assert done.exit_code == 0 and "Mở bai-tap.xlsx" in done.output
    return folder


def lines(folder, sheet, number):
    """The lines of a sheet of ``bai-tap.xlsx`` that are numbered, without the number."""
    rows = openpyxl.load_workbook(folder / "bai-tap.xlsx")[sheet].iter_rows(values_only=True)
    return {row[0]: row[1:] for row in rows if isinstance(row[0], int)}[number]


class Pupil:
    """Does tasks and looks things up in the workbook."""

    def __init__(self, folder):
        self.folder = folder
        self.inbox = folder / "nhan-ve" / TEXT.ky
        self.summary = ""
        self.result = None

    def task(self, number):
        return lines(self.folder, "Bài tập", number)[0]

    def answer(self, number):
        """The answer, which stands beside the question that was asked."""
        question, answer, where = lines(self.folder, "Đáp án", number)
        assert question == lines(self.folder, "Bài tập", number)[1] and where
        return answer

    def run(self):
        """The command of the first task, typed in the folder."""
        command = re.search(r"dvk .*", self.task(1))[0]
        done = CliRunner().invoke(dvk, ["-w", str(self.folder), *shlex.split(command)[1:]])
        assert done.exit_code == 1, done.output
        self.summary = done.output.splitlines()[0]
        self.result = consolidate(open_workspace(self.folder), TEXT.ky, as_of=TEXT.ngay)
        return done.output

    def rows(self, sheet):
        frame = self.result.frame(sheet, raw=True)
        return frame.astype(object).where(frame.notna(), None).to_dict("records")

    def find(self, sheet, **wanted):
        (row,) = [row for row in self.rows(sheet) if all(row[key] == value for key, value in wanted.items())]
        return row

    def silent(self):
        return {row["ma_don_vi"] for row in self.rows("Tình hình nộp") if row["trang_thai"] == "Chưa nộp"}

    def figure(self, code):
        row = self.find("Chỉ tiêu", ma=code)
        return f"{row['tu_so']}/{row['mau_so']}, {row['n_bao_cao']}/{row['n_phai_bao_cao']} đơn vị"


@pytest.fixture(scope="module")
def first(fresh, tmp_path_factory):
    """After the first task; for reading only."""
    pupil = Pupil(shutil.copytree(fresh, tmp_path_factory.mktemp("đã tổng hợp") / "tập làm"))
    pupil.run()
    return pupil


def test_what_is_made(fresh):
    assert {path.name for path in fresh.iterdir()} >= {"bai-tap.xlsx", "danh-muc.xlsx", "nhan-ve", "ket-qua"}
    assert {path.name for path in (fresh / "nhan-ve" / TEXT.ky).iterdir()} == {item.ten for item in TEXT.tep}
    units = open_workspace(fresh).register().units_on(TEXT.ngay)
    assert len(units) == 12
    assert all("minh họa" in unit.name.lower() for unit in units)
    assert openpyxl.load_workbook(fresh / "bai-tap.xlsx").sheetnames == ["Bài tập", "Đáp án"]
    assert not open_workspace(fresh).register().findings


def test_the_same_again_and_quickly(fresh, tmp_path):
    began = time.process_time()
    init_workspace(tmp_path / "nữa", sample=True)
    assert time.process_time() - began < 5
    made = {path.relative_to(fresh): path.read_bytes() for path in fresh.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path / "nữa"): path.read_bytes() for path in (tmp_path / "nữa").rglob("*.*")}
    assert again == made


def test_every_task_has_a_test():
    text = (ROOT / "tests" / "run" / "test_practice.py").read_text(encoding="utf-8")
    done = {int(number) for number in re.findall(r"(?:first|pupil)\.answer\((\d+)\)", text)}
    assert done == set(range(1, len(TEXT.bai_tap) + 1))


def test_how_many(first):
    files, used = re.match(r"(\d+ tệp): (\d+) dùng, ", first.summary).groups()
    silent = re.search(r"; (\d+ đơn vị chưa nộp)$", first.summary)[1]
    assert first.answer(1) == f"{files}, {used} tệp được dùng, {silent}."


def test_who_is_silent(first):
    assert set(CODE.findall(first.answer(2))) == first.silent()
    assert first.answer(2).count("-MH") == 4 == len(first.silent())


def test_another_period(first):
    row = first.find("Tệp", ma_don_vi="CB-MH-06")
    answer = first.answer(3)
    assert answer.startswith(f"{row['tep']} ghi kỳ {row['ky']}: trạng thái {row['trang_thai']}.")
    assert answer.endswith(f"gửi biểu mẫu của {TEXT.ky}.")
    assert "CB-MH-06" in first.silent()


def test_an_unknown_code(first):
    row = first.find("Lỗi", tep="chi bộ 7 - quý 3.xlsx")
    right = re.search(r"Có phải là (\S+)\?", row["cach_sua"])[1]
    assert first.answer(4) == (
        f"{row['ma_loi']}: ô {row['o']} của {row['sheet']} ghi {row['gia_tri']} (chữ O), không có trong danh mục; "
        f"đúng là {right} (số 0)."
    )
    assert first.find("Tệp", tep=row["tep"])["trang_thai"] == "Trả lại"


def test_no_form(first):
    row = first.find("Tệp", tep="Phòng minh họa - danh sách họp.xlsx")
    assert first.answer(5).startswith(f"{row['trang_thai']}: ")
    assert row["ly_do"].startswith("bảng tính không có biểu nào")


def test_twice_the_same_version(first):
    rows = [row for row in first.rows("Tệp") if row["ma_don_vi"] == "CB-MH-05"]
    state = first.find("Tình hình nộp", ma_don_vi="CB-MH-05")["trang_thai"]
    assert {row["trang_thai"] for row in rows} == {state} == {"Cần xác minh"}
    names = " và ".join(row["tep"] for row in rows)
    assert first.answer(6) == f"{state}: {names} cùng phiên bản {rows[0]['phien_ban']} mà khác số liệu."


def test_twice_the_same_values(first):
    states = [row["trang_thai"] for row in first.rows("Tệp") if row["ma_don_vi"] == "CB-MH-01"]
    assert first.answer(7) == f"Hai tệp cùng giá trị: một tệp {states[0]}, một tệp {states[1]}."
    assert first.find("Tình hình nộp", ma_don_vi="CB-MH-01")["trang_thai"] == "Đã chấp nhận"


def test_a_blank_sheet_that_is_due(first):
    row = first.find("Lỗi", ma_don_vi="CB-MH-02")
    sheet = row["dung_o"].partition("!")[0]
    assert first.answer(8) == (
        f"{row['ma_loi']}: biểu {sheet} phải nộp mà trống. Ghi các dòng, hoặc chọn Có ở ô {row['o']} của "
        f"{row['sheet']} (Không phát sinh: biểu {sheet})."
    )


def test_text_and_part_beyond_the_whole(first):
    text, part = (first.find("Lỗi", ma_don_vi=code) for code in ("CB-MH-03", "CB-MH-04"))
    whole, at = re.search(r"\((\d+) ở ô (\w+)\)", part["noi_dung"]).groups()
    assert part["dung_o"] == f"{part['sheet']}!0!{part['khoa']}"  # the part alone
    assert first.answer(9) == (
        f"CB-MH-03: {text['ma_loi']}, ô {text['o']} của {text['sheet']} ghi “{text['gia_tri']}”. "
        f"CB-MH-04: {part['ma_loi']}, ô {part['o']} của {part['sheet']} ghi {part['gia_tri']}, lớn hơn tổng {whole} ở "
        f"{at}; chỉ ô {part['o']} bị dừng."
    )


def test_a_figure_and_who_is_not_in_it(first):
    answer, row = first.answer(10), first.find("Chỉ tiêu", ma="MT1.6")
    assert answer.startswith(f"{first.figure('MT1.6')}: CB-MH-03, CB-MH-04 có ô bị dừng, ba đơn vị khác ")
    assert set(CODE.findall(row["chua_co"])) == {"CB-MH-03", "CB-MH-04", "CB-MH-05", "CB-MH-06", "CB-MH-07"}


def test_an_answered_warning(first):
    row = first.find("Lỗi", ma_don_vi="CB-MH-08")
    assert row["muc"] == "Cảnh báo"
    answer = (
        f"{row['ma_loi']}, ô {row['o']} của {row['sheet']}: “{row['giai_trinh']}” Không còn đếm là cảnh báo phải xem."
    )
    assert first.answer(11) == answer
    assert first.find("Tình hình nộp", ma_don_vi="CB-MH-08")["so_canh_bao"] == 0


def write(path, sheet, cell, value, to=None):
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(to or path)


def test_the_quarter_is_brought_to_order(first, tmp_path):
    """Tasks 12 to 14, one after the other, as each builds on the one before."""
    pupil = Pupil(shutil.copytree(first.folder, tmp_path / "tập làm"))
    name, value, cell, sheet = re.search(
        r"tra-lai\\(\S+\.xlsx), .* ghi (\d+) vào (\w+) của (\w+),", pupil.task(12)
    ).groups()
    copy = pupil.folder / "ket-qua" / TEXT.ky / "tra-lai" / name
    write(copy, sheet, cell, int(value), pupil.inbox / name)
    assert "CB-MH-03: 1/1 lỗi đã sửa hoặc đã giải trình." in pupil.run()
    old = pupil.find("Tệp", tep="DVK_CB-MH-03_2023-Q3.xlsx")["trang_thai"]
    assert pupil.answer(12) == f"{pupil.figure('MT1.6')}. Tệp cũ: {old}."

    (pupil.inbox / re.search(r"Chuyển (\S+) ra khỏi nhan-ve", pupil.task(13))[1]).rename(pupil.folder / "bỏ.xlsx")
    pupil.run()
    accepted = [row for row in pupil.rows("Tình hình nộp") if row["trang_thai"] == "Đã chấp nhận"]
    assert pupil.answer(13) == f"{len(accepted)} đơn vị. MT1.6: {pupil.figure('MT1.6')}."

    form, cell, sheet, code = re.search(
        r"nhan-ve\\2023-Q3\\(.+\.xlsx) .* sửa ô (\w+) của (\w+) thành (\S+),", pupil.task(14)
    ).groups()
    write(pupil.inbox / form, sheet, cell, code)
    pupil.run()
    answer = pupil.answer(14)
    assert set(CODE.findall(answer)) == pupil.silent()
    assert answer.endswith(f"MT1.6: {pupil.figure('MT1.6')}.")


def test_what_lies_there_is_not_written_over(tmp_path):
    (tmp_path / "nhan-ve" / TEXT.ky).mkdir(parents=True)
    mine = tmp_path / "nhan-ve" / TEXT.ky / TEXT.tep[3].ten
    mine.write_bytes(b"x")
    done = CliRunner().invoke(dvk, ["init", str(tmp_path), "--sample"])
    assert done.exit_code == 2 and f"đã có nhan-ve/{TEXT.ky}/{TEXT.tep[3].ten}; không ghi đè" in done.output
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    mine.unlink()
    (tmp_path / "bai-tap.xlsx").mkdir()
    assert CliRunner().invoke(dvk, ["init", str(tmp_path), "--sample"]).exit_code == 2
    (tmp_path / "bai-tap.xlsx").rmdir()
    assert CliRunner().invoke(dvk, ["init", str(tmp_path), "--sample"]).exit_code == 0


def test_a_plan_without_practice_says_so_and_writes_nothing(tmp_path):
    for name, folder in bundled_plans().items():
        if name != PLAN:
            with pytest.raises(PlanError, match="không có dữ liệu để tập làm"):
                practice_of(folder)
            done = CliRunner().invoke(dvk, ["init", str(tmp_path / name), "--plan", name, "--sample"])
            assert done.exit_code == 2 and "Bỏ --sample" in done.output
            assert not (tmp_path / name).exists()


def test_a_mistake_in_the_text_names_its_place(tmp_path):
    folder = tmp_path / "kế hoạch"
    (folder / "thuc-hanh").mkdir(parents=True)
    (folder / "thuc-hanh" / "thuc-hanh.yaml").write_text("ky: 2023-Q3\ntep: [{ten: a, la: b}]\n", encoding="utf-8")
    with pytest.raises(PlanError, match=r"viết sai ở .*ngay.*tep\.0\.la"):
        practice_of(folder)
