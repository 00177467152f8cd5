"""A plan of one's own: found, checked, begun, and used by every command of the workspace."""

import re
import shutil
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports import (
    check_plan,
    close_period,
    consolidate,
    init_workspace,
    list_plans,
    list_rules,
    make_forms,
    new_plan,
    open_workspace,
    verify_archive,
)
from dvk_reports.cli import dvk
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.run.plans import bundled_plans, load_plan
from dvk_reports.run.steps.seal import read_seal
from tests.support.small_space import DAY, KY, made, put, sent

BASE = "bao_yen_2022_2025"
FORMS = """\
danh_sach:
  loai_tin_bai: {nhan: [Tin, Bài, Phóng sự, Ảnh, Video]}
bieu:
  - {ma: B6, ten: "Tin, bài, video"}
"""
CHECKS = """\
luat:
  - {thong_bao: SMALL_SAMPLE, hieu_luc: [{tu_ngay: 2023-01-01, che_do: tat, can_cu: "Quy ước riêng"}]}
"""


def run(*words):
    done = CliRunner().invoke(dvk, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def write(folder, **texts):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def own(root, **texts):
    """A plan of its own in ``ke-hoach``, and the line that names it."""
    write(root / "ke-hoach", plan=f'ke_thua: {BASE}\nma: rieng\nten: "Kế hoạch riêng"\n', **texts)
    write(root, **{"ke-hoach": "dung: ke-hoach\n"})


# --- which plan -----------------------------------------------------------------------------------------------------


def test_without_a_choice_the_plan_that_the_program_names(tmp_path):
    assert open_workspace(tmp_path).plan == load_plan(BASE) == load_plan()


@pytest.mark.parametrize("choice", ["dung: ke-hoach\n", "\ufeffdung: ke-hoach/\n", 'dung: "../làm việc/ke-hoach"\n'])
def test_a_choice_names_a_folder_of_the_workspace(tmp_path, choice):
    root = tmp_path / "làm việc"
    own(root)
    write(root, **{"ke-hoach": choice})
    assert open_workspace(root).plan.info.ma == "rieng"


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("dung: ke-hoac\n", "Không có kế hoạch “ke-hoac”. Có phải là “ke-hoach”?"),
        ("dung: bao_yen_2022\n", f"Không có kế hoạch “bao_yen_2022”. Có phải là “{BASE}”?"),
        ("dung: nhan-ve\n", "không có plan.yaml nên không phải là một kế hoạch."),
        ("dungg: ke-hoach\n", "thiếu dòng “dung: <tên kế hoạch hoặc thư mục>”."),
        ("dung: ke-hoach\nten: x\n", "ke-hoach.yaml, dòng 2: không có mục “ten”; chỉ có dung."),
        ("dung: [a]\n", "ke-hoach.yaml, dòng 1: dung phải là tên kế hoạch hoặc thư mục."),
        ("dung: [a\n", "ke-hoach.yaml, dòng 2: không đọc được, thiếu dấu phẩy hoặc dấu ]"),
        ("ke-hoach\n", "ke-hoach.yaml: thiếu dòng"),
    ],
)
def test_a_choice_that_names_no_plan(tmp_path, choice, told):
    own(tmp_path)
    (tmp_path / "nhan-ve").mkdir()
    write(tmp_path, **{"ke-hoach": choice})
    with pytest.raises(PlanError) as error:
        open_workspace(tmp_path)
    assert told in str(error.value)
    assert run("-w", tmp_path, "plan", "check")[0] == 2


def test_a_choice_that_is_no_text_and_a_plan_that_is_none(tmp_path):
    own(tmp_path)
    (tmp_path / "ke-hoach.yaml").write_bytes("dung: kế-hoạch\n".encode("utf-16"))
    with pytest.raises(PlanError, match="mã UTF-8"):
        open_workspace(tmp_path)
    write(tmp_path, **{"ke-hoach": "dung: ke-hoach\n"})
    (tmp_path / "ke-hoach" / "forms.yaml").write_bytes("bieu: []  # biểu\n".encode("utf-16"))
    with pytest.raises(PlanError, match=r"forms\.yaml.*mã UTF-8"):
        open_workspace(tmp_path)


def test_the_office_s_own_template_may_be_named(tmp_path):
    paper = "van_ban: [{ma: bao_cao_quy, mau: bao-cao-xa.docx}]\n"
    own(tmp_path, documents=paper)
    with pytest.raises(PlanError, match=r"không có mẫu Word “bao-cao-xa\.docx”"):
        open_workspace(tmp_path)
    (tmp_path / "mau-word").mkdir()
    (tmp_path / "mau-word" / "bao-cao-xa.docx").write_bytes(b"")
    assert open_workspace(tmp_path).plan.document("bao_cao_quy", DAY).mau == "bao-cao-xa.docx"


# --- dvk plan -------------------------------------------------------------------------------------------------------


def test_the_plans_at_hand(tmp_path):
    own(tmp_path)
    found = {plan.name: (plan.bundled, plan.used) for plan in list_plans(tmp_path)}
    assert found == {**dict.fromkeys(bundled_plans(), (True, False)), "ke-hoach": (False, True)}
    code, text = run("plan", "list", "-w", tmp_path)
    assert code == 0
    assert (
        "ke-hoach (của thư mục làm việc, đang dùng): Kế hoạch riêng" in text and f"{BASE} (có sẵn): Phong trào" in text
    )
    assert f"{BASE} (có sẵn, đang dùng)" in run("plan", "list", "-w", tmp_path / "khong_co")[1]


def test_a_plan_without_mistakes(tmp_path):
    own(tmp_path, forms=FORMS, checks=CHECKS)
    code, text = run("-w", tmp_path, "plan", "check")
    assert (code, text.splitlines()[0].split(":")[0]) == (0, "Bộ quy định ke-hoach dùng được")
    assert check_plan(tmp_path, "ke-hoach").plan == open_workspace(tmp_path).plan
    for name in bundled_plans():
        assert run("plan", "check", name)[0] == 0


def test_every_mistake_of_a_plan_on_a_line_of_its_own(tmp_path):
    own(
        tmp_path,
        forms="bieu: [{ma: B6, tenn: x}]\nbo: {bieu: [B99]}\n",
        figures="chi_tieu: [{ma: NV1.2, phep: {cot: xx}}]\n",
    )
    code, text = run("-w", tmp_path, "plan", "check", "ke-hoach")
    assert (code, text.splitlines()) == (
        1,
        [
            "ke-hoach/figures.yaml, dòng 1, mục chi_tieu → NV1.2 → phep → cot: không có cột “xx” ở biểu B5.",
            "ke-hoach/forms.yaml, dòng 1, mục bieu → B6 → tenn: mục này không có trong quy định. Có phải là “ten”?",
            "ke-hoach/forms.yaml, dòng 2: không có “B99” để bỏ. Có phải là “B9b”?",
            "Bộ quy định ke-hoach có 3 chỗ phải sửa.",
        ],
    )


def test_the_rows_of_a_new_register_are_checked_with_the_plan(tmp_path):
    own(tmp_path, register="don_vi:\n  - {ma_don_vi: A, ten: A, loai: CB_XA, nhom: II}\n")
    found = check_plan(tmp_path)
    assert found.mistakes == (
        "register.yaml, dòng 2, mục don_vi → 1 → loai: không có loại đơn vị “CB_XA”. Có phải là “DB_XA”?",
    )
    with pytest.raises(PlanError, match="CB_XA"):
        init_workspace(tmp_path)


def test_a_new_plan_is_small_and_right_at_once(tmp_path):
    code, text = run("-w", tmp_path, "plan", "new", "ke-hoach", "--from", BASE)
    assert code == 0 and "dung: ke-hoach" in text
    assert {path.name for path in (tmp_path / "ke-hoach").iterdir()} == {"plan.yaml", "forms.yaml"}
    assert check_plan(tmp_path, "ke-hoach").clean
    assert run("-w", tmp_path, "plan", "new", "ke-hoach", "--from", BASE)[0] == 2
    assert run("-w", tmp_path, "plan", "new", "x")[0] == 2
    assert run("-w", tmp_path, "plan", "new", "x", "--from", "khong_co")[0] == 2
    assert not (tmp_path / "x").exists()


def test_a_new_plan_on_one_of_its_own(tmp_path):
    own(tmp_path, forms=FORMS)
    folder = new_plan(tmp_path, "nhánh/thôn", "ke-hoach")
    assert "ke_thua: ../../ke-hoach" in (folder / "plan.yaml").read_text(encoding="utf-8")
    assert load_plan("nhánh/thôn", tmp_path).sheets["B6"].ten == "Tin, bài, video"


def test_the_examples_in_a_new_plan_are_right(tmp_path):
    """Taken as they stand, all together: they must not lead astray."""
    folder = new_plan(tmp_path, "mau", BASE)
    for path in folder.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        told = [re.sub(r"^# (?=\w+:( |$)|  )", "", line) for line in lines]
        assert told != lines
        path.write_text("\n".join(told) + "\n", encoding="utf-8")
    plan = check_plan(tmp_path, "mau")
    assert plan.mistakes == ()
    assert plan.plan.sheets["B11"].keys[-1] == "cot_moi" and "LOAI_MOI" in plan.plan.kinds


# --- every command on the workspace's plan --------------------------------------------------------------------------


def test_init_with_a_plan_names_it_and_draws_its_register(tmp_path):
    own(tmp_path / "mẫu", forms=FORMS)
    folder = init_workspace(tmp_path / "mới", tmp_path / "mẫu" / "ke-hoach")
    assert (folder / "ke-hoach.yaml").read_text(encoding="utf-8").splitlines()[-1] == 'dung: "../mẫu/ke-hoach"'
    assert open_workspace(folder).plan.info.ma == "rieng"
    register = open_workspace(folder).register()
    assert register.units == () and register.findings == ()


def test_init_in_a_folder_that_has_a_plan_takes_it(tmp_path):
    own(tmp_path, register="don_vi:\n  - {ma_don_vi: A, ten: Chi bộ A, loai: CB_CQ, nhom: II}\n")
    assert run("init", tmp_path)[0] == 0
    assert [unit.code for unit in open_workspace(tmp_path).register().units] == ["A"]
    (tmp_path / "danh-muc.xlsx").unlink()
    with pytest.raises(WorkspaceError, match=r"đã có ke-hoach\.yaml"):
        init_workspace(tmp_path, BASE)


def test_init_with_a_bundled_plan_by_its_name(tmp_path):
    assert run("init", tmp_path / "a", "--plan", BASE)[0] == 0
    assert (tmp_path / "a" / "ke-hoach.yaml").read_text(encoding="utf-8").endswith(f'dung: "{BASE}"\n')
    assert len(open_workspace(tmp_path / "a").register().units) == 23
    assert run("init", tmp_path / "b", "--plan", "bao_yen")[0] == 2
    assert not (tmp_path / "b").exists()


@pytest.fixture
def space(tmp_path):
    """Three party cells, on a plan of their own."""
    root = tmp_path / "làm việc"
    root.mkdir()
    own(root, forms=FORMS, checks=CHECKS)
    return made(root)


def test_forms_rules_and_findings_are_those_of_the_plan(space):
    folder = make_forms(space.root, KY).folder
    book = openpyxl.load_workbook(folder / f"DVK_CB-A_{KY}.xlsx")
    words = {str(cell.value) for row in book["B6"].iter_rows(max_row=6) for cell in row}
    assert any("video" in word.lower() for word in words)
    force = {line.sentence: line.force for line in list_rules(space.root).rules}
    few = space.plan.checks.rules["SMALL_SAMPLE"].cau
    assert force[few].endswith("tắt từ 01/01/2023") and list_rules().rules != list_rules(space.root).rules


def test_a_sealed_quarter_holds_the_plan_and_runs_again_without_the_workspace(space, tmp_path):
    put(space, "A.xlsx", sent(space, "CB-A"))
    consolidate(space.root, KY, as_of=date(2023, 10, 23))
    archive = close_period(space.root, KY, as_of=date(2023, 10, 23)).path
    held = read_seal(archive).files
    assert held["ke-hoach.yaml"] == b"dung: ke-hoach\n"
    assert held["quy-dinh/forms.yaml"] == FORMS.encode()
    assert {"quy-dinh/plan.yaml", "quy-dinh/ke-thua/plan.yaml", "quy-dinh/ke-thua/forms.yaml"} <= set(held)
    alone = tmp_path / archive.name
    shutil.copy(archive, alone)
    shutil.rmtree(space.root)
    assert verify_archive(alone).differences == ()


def test_a_changed_plan_is_told_before_closing(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    consolidate(space.root, KY, as_of=date(2023, 10, 23))
    write(space.root / "ke-hoach", forms=FORMS.replace("Video", "Phim"))
    with pytest.raises(WorkspaceError, match=r"quy định forms\.yaml \(đã đổi\)"):
        close_period(space.root, KY, as_of=date(2023, 10, 23))
